"""`countdown export`: what is written, where, and what may not be passed on."""

import csv
import json
import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from countdown import files, paths
from countdown.catalogue.source_files import Header
from countdown.errors import NoLibraryError
from countdown.exports import ics
from tests.cli import living
from tests.cli.conftest import Countdown, Ran, World, film
from tests.cli.living import ARCANE, READ, TMDB, TVMAZE
from tests.cli.shelf import Shelf
from tests.test_schemas import misfits

Catalogue = Callable[[str], Countdown]
TWO = """
[[release]]
id = "day"
title = "Day"
kind = "film"
date = 2026-12-18
[[release]]
id = "none"
title = "None"
kind = "film"
"""
# What TMDB says of the shipped film, and of one that only TMDB knows.
DUNE: dict[str, Any] = {"id": "tmdb-1", "title": "Dune", "kind": "film", "ids": {"tmdb": 1170608}}
DUNE |= {"synopsis": "TMDB's words.", "dates": [{"date": "2026-12-11", "region": "FR"}]}
ONLY_TMDB = {"id": "tmdb-2", "title": "Secret", "kind": "film", "dates": [{"date": "2027-02-03"}]}


def summaries(ran: Ran) -> list[str]:
    """The titles of the events that were written."""
    assert ran.code == 0, ran.err
    lines = ran.out.replace("\r\n ", "").split("\r\n")
    return [line.partition(":")[2] for line in lines if line.startswith("SUMMARY")]


# ---- What is written, and where ----


def test_calendar_is_written_to_stdout(catalogue: Catalogue) -> None:
    """Byte for byte the same each time, with alarms and windows as asked for."""
    run = catalogue(TWO.replace("2026-12-18", '"2027"'))
    first = run("export", "ics")
    assert summaries(first) == ["by 31 Dec 2027: Day (2027)"]
    assert first == run("export", "ics") == run("export", "ics", "-o", "-")
    assert summaries(run("export", "ics", "--windows", "span")) == ["Day (2027)"]
    assert "without a day" in run("export", "ics", "--windows", "none").err
    alarmed = run("export", "ics", "--alarm", "1d", "--alarm", "2w").out
    assert "TRIGGER:-P1D" in alarmed
    assert "TRIGGER:-P14D" in alarmed


def test_file_is_replaced_in_one_step(catalogue: Catalogue, tmp_path: Path) -> None:
    """Others may read it; what isn't in it is told."""
    run, path = catalogue(TWO), tmp_path / "out.ics"
    path.write_text("old")
    path.chmod(0o640)
    number = path.stat().st_ino
    ran = run("export", "ics", "-o", str(path))
    assert ran.out == f"Wrote 1 event to {path}\n"
    missing = "Not in the calendar: 1 release without a date, or without its last day\n"
    assert ran.err == run("export", "ics").err == missing
    assert path.stat().st_ino != number
    assert path.read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")
    assert path.stat().st_mode & 0o777 == 0o640
    os.umask(os.umask(0o022))
    other = tmp_path / "out.html"
    assert run("export", "html", "--output", str(other)).out == f"Wrote 2 releases to {other}\n"
    assert other.stat().st_mode & 0o444 == 0o444


def test_calendar_has_the_name_of_what_it_has(catalogue: Catalogue) -> None:
    """The words, or that it's what one follows."""
    run = catalogue(TWO)
    assert "\r\nNAME:Coming up\r\n" in run("export", "ics").out
    assert "\r\nNAME:day\r\n" in run("export", "ics", "day").out
    assert run("follow", "day").code == 0
    assert "\r\nNAME:What I follow\r\n" in run("export", "ics", "--followed").out


@pytest.mark.parametrize("format", ["ics", "toml", "json", "csv", "markdown", "html"])
def test_filters_are_those_of_list(format: str, catalogue: Catalogue, tmp_path: Path) -> None:
    """If nothing passes, nothing is written, and the exit code is 1."""
    run = catalogue(TWO + TWO.replace("ay", "ear").replace("one", "il").replace("2026", "2028"))
    out = run("export", format, "2028").out
    assert "Dear" in out
    assert "Day" not in out
    path = tmp_path / "out"
    path.write_text("old")
    none = run("export", format, "--kind", "series", "-o", str(path))
    assert (none.code, none.out) == (1, "")
    assert none.err
    assert path.read_text() == "old"


def test_calendar_without_events_is_none(catalogue: Catalogue) -> None:
    """RFC 5545 (3.6) wants one at least."""
    ran = catalogue(TWO)("export", "ics", "--title", "none")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith("Not in the calendar: 1 release without a date")


def test_what_was_called_off_is_told_to_calendars(catalogue: Catalogue) -> None:
    """Though lists leave it out; what was long ago isn't."""
    run = catalogue(
        TWO.replace(
            "date = 2026-12-18", 'date = 2026-12-18\nstage = "cancelled"\nstage_since = 2026-11-10'
        )
    )
    assert summaries(run("export", "ics")) == ["Day (cancelled)"]
    assert "Day" not in run("export", "csv").out
    run = catalogue(
        TWO.replace(
            "date = 2026-12-18", 'date = 2026-12-18\nstage = "cancelled"\nstage_since = 2025-11-10'
        )
    )
    assert run("export", "ics").err.startswith("Not in the calendar: 1 release without a date")


def test_types_have_events_of_their_own(catalogue: Catalogue) -> None:
    """If several are asked for."""
    run = catalogue(
        '[[release]]\nid = "x"\ntitle = "X"\nkind = "film"\n'
        '[[release.dates]]\ndate = 2027-01-01\ntype = "theatrical"\n'
        '[[release.dates]]\ndate = 2027-03-01\ntype = "digital"\n'
    )
    both = run("export", "ics", "--type", "theatrical", "--type", "digital").out
    assert "UID:x-theatrical@" in both
    assert "UID:x-digital@" in both
    digital = run("export", "ics", "--type", "digital").out
    assert "UID:x-digital@" in digital
    assert "SUMMARY:X (digital)" in digital
    assert "UID:x@" in run("export", "ics").out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("svg",), "Choose ics, toml, json, csv, markdown, html."),
        (("json", "--alarm", "1d"), "--alarm is only for ics."),
        (("csv", "--windows", "span"), "--windows is only for ics."),
        (
            ("ics", "--alarm", "3m"),
            '"3m" isn\'t days or weeks up to a year. Write it like 1d or 2w.',
        ),
        (("ics", "--alarm", "367d"), '--alarm: "367d" isn\'t days or weeks up to a year.'),
        (("ics", "--alarm", "soon"), '--alarm: "soon" isn\'t days or weeks up to a year.'),
        (("ics", "-o", ""), "--output: The name is empty. Name a file."),
        (("ics", "-o", "new/"), "--output: new/ is a folder. Name a file in it."),
        (("ics", "-o", "."), "--output: . is a folder. Name a file in it."),
        (("ics", "-o", "no/x"), "--output: There's no folder "),
    ],
)
def test_what_cannot_be_is_refused(words: tuple[str, ...], told: str, catalogue: Catalogue) -> None:
    """With what would be right."""
    ran = catalogue(TWO)("export", *words)
    assert (ran.code, ran.out) == (2, "")
    assert told in ran.err


def test_what_is_countdowns_own_is_not_replaced(mine: Shelf, tmp_path: Path) -> None:
    """A catalogue, the configuration, the journal, a key: by whatever name."""
    link, key = tmp_path / "link", tmp_path / "key"
    link.symlink_to(mine.path)
    key.write_text("secret")
    allow(mine, f'[[source]]\nname = "tmdb"\nkey_file = "{key}"\n')
    mine.ran("list")
    folders = (
        paths.config_folder(),
        paths.data_folder(),
        paths.state_folder(),
        paths.cache_folder(),
    )
    inside = [str(Path(str(folder)) / "new") for folder in folders]
    for path in (str(mine.path), str(link), str(key), paths.shipped("releases.toml"), *inside):
        for words in (("export", "toml", "-o"), ("timeline", "--svg")):
            told = mine.refused(*words, path)
            assert "is one of countdown's own files. Name another one.\n" in told, path
    assert mine.run("export", "toml", "-o", f"{paths.config_folder()}-not").code == 0


def test_full_disk_leaves_the_old_file(
    catalogue: Catalogue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And is told."""
    path = tmp_path / "out.ics"
    path.write_text("old")

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device", str(path))

    monkeypatch.setattr(files, "replace", full)
    ran = catalogue(TWO)("export", "ics", "-o", str(path))
    assert ran.code == 2
    assert "No space left on device" in ran.err
    assert path.read_text() == "old"


def test_library_that_is_missing_is_told(
    catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the line that installs it; other formats need none."""

    def missing(*_: object, **__: object) -> None:
        raise NoLibraryError("Writing a calendar", "icalendar", "calendars")

    monkeypatch.setattr(ics, "write", missing)
    ran = catalogue(TWO)("export", "ics")
    assert ran.out == ""
    assert "pipx inject release-countdown icalendar" in ran.err
    assert catalogue(TWO)("export", "csv").code == 0


# ---- What comes back ----


def test_catalogue_comes_back(mine: Shelf, tmp_path: Path) -> None:
    """As another catalogue it gives the same answers."""
    path = tmp_path / "all.toml"
    mine.ran("export", "toml", "--all", "--mine", "-o", str(path))
    assert mine.ran("check", str(path)).out.endswith("5 releases, no problems\n")
    back = mine.ran("--catalogue", str(path), "list", "--all", "--json").out
    assert (
        json.loads(back)["releases"]
        == json.loads(mine.ran("list", "--all", "--json").out)["releases"]
    )


@pytest.mark.parametrize("format", ["json", "csv"])
def test_list_comes_back(format: str, mine: Shelf, tmp_path: Path) -> None:
    """By import: all that is in it is followed."""
    path = tmp_path / f"list.{format}"
    mine.ran("export", format, "-o", str(path))
    ran = mine.ran("import", str(path))
    assert ran.out.startswith("3 newly followed\n")
    assert "already" in mine.ran("import", str(path), "--from", "countdown").out


def test_part_of_the_shipped_catalogue_is_a_catalogue(shipped: Countdown, tmp_path: Path) -> None:
    """What isn't ahead is missing, and with it what sequels follow."""
    path = tmp_path / "part.toml"
    for words in ((), ("mcu",), ("--kind", "season")):
        assert shipped("export", "toml", "-o", str(path), *words).code == 0
        assert shipped("check", str(path)).code == 0
        assert shipped("--catalogue", str(path), "list").code == 0


def test_catalogue_is_no_list(mine: Shelf, tmp_path: Path) -> None:
    """It's told what to do with it."""
    path = tmp_path / "all.toml"
    mine.ran("export", "toml", "-o", str(path))
    told = mine.refused("import", str(path), code=3)
    assert "this is a catalogue, not a list. To use it: countdown source add FILE" in told


def test_json_is_the_contract_and_says_nothing_of_follows(mine: Shelf) -> None:
    """They are nobody else's business."""
    mine.ran("follow", "dune: part three")
    document = json.loads(mine.ran("export", "json").out)
    assert misfits(document) == []
    assert not any("followed" in each for each in document["releases"])


def test_csv_has_no_formula(catalogue: Catalogue) -> None:
    """Dates and ids stand in columns of their own."""
    run = catalogue(
        '[[release]]\nid = "x"\ntitle = "=1+1, a"\nkind = "season"\nseason = 2\ndate = "2027-06"\n'
        'ids = { imdb = "tt1190080", tvmaze = 5 }\n'
        '[[release]]\nid = "y"\ntitle = "Open"\nkind = "film"\ndate = "2027/.."\n'
        'unverified = ["date"]\n'
    )
    first, second = csv.DictReader(run("export", "csv").out.splitlines())
    assert first["title"] == "'=1+1, a"
    assert [first[key] for key in ("season", "date", "earliest", "latest")] == [
        *("2", "2027-06", "2027-06-01", "2027-06-30")
    ]
    assert (first["imdb"], first["tvmaze"], first["tmdb"]) == ("tt1190080", "5", "")
    assert (second["latest"], first["unverified"], second["unverified"]) == ("", "", "yes")


# ---- What may be passed on ----


def test_own_entries_go_out_only_if_asked_for(mine: Shelf) -> None:
    """Nor does a change of one's own; what one hides stays away."""
    mine.write(
        mine.text + '\n[[release]]\nid = "dune-3"\nsynopsis = "My words."\n'
        '[[release]]\nid = "thor-5"\nhidden = true\n'
    )
    ran = mine.ran("export", "json")
    assert [each["id"] for each in json.loads(ran.out)["releases"]] == ["dune-3", "thor-6"]
    assert "My words." not in ran.out
    assert ran.err == "Left out: your own entries for 3 releases. To add them: --mine\n"
    ran = mine.ran("export", "json", "--mine")
    assert {"short", "long"} < {each["id"] for each in json.loads(ran.out)["releases"]}
    assert "thor-5" not in ran.out
    assert "My words." in ran.out
    assert ran.err == ""


def allow(shelf: Shelf, text: str) -> None:
    """Have config.toml say *text*."""
    path = Path(str(paths.config_file()))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(0o600)


KEY = '[[source]]\nname = "tmdb"\nkey_variable = "TMDB_TOKEN"\n'


@pytest.mark.parametrize("format", ["ics", "toml", "json", "csv", "markdown", "html"])
def test_what_tmdb_says_stays_here(format: str, shelf: Shelf) -> None:
    """Its facts are left out, the next best ones count, and both are told."""
    allow(shelf, KEY)
    living.put("tmdb", TMDB, DUNE, ONLY_TMDB)
    living.put("tvmaze", TVMAZE, ARCANE)
    assert "Secret" in shelf.ran("list").out
    ran = shelf.ran("export", format)
    assert "Dune: Part Three" in ran.out
    assert "Arcane" in ran.out
    assert "Data from TVmaze.com" in ran.out or format == "csv"
    assert not any(word in ran.out for word in ("Secret", "TMDB's words", "2026-12-11", "11 Dec"))
    told = "Left out: what TMDB says about 2 releases; its terms don't allow that.\n"
    assert ran.err.endswith(told)
    assert "TMDB" not in ran.out.replace("tmdb", "")


def test_tmdb_stays_here_by_whatever_name(shelf: Shelf, tmp_path: Path) -> None:
    """Its file as a catalogue; and if nothing else is left, that is said."""
    living.put("tmdb", TMDB, ONLY_TMDB)
    layer = living.folder() / "tmdb.toml"
    told = "Left out: what TMDB says about 1 release; its terms don't allow that.\n"
    assert shelf.run("export", "csv").err == told  # without any setting
    ran = shelf.run("--catalogue", str(layer), "export", "csv")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err == f"{told}Nothing else matches, so nothing was written.\n"


CATALOGUES = {
    'file = "/x.toml"': "it's private",
    'url = "https://192.168.1.5/x.toml"': "it's private",
    'url = "http://nas/x.toml"': "it's private",
    'url = "https://ana:pw@a.example/x.toml"': "it's private",
    'url = "https://a.example/x.toml?v=1"': "it's private",
    'url = "https://a.example/x.toml"\nkey_variable = "K"': "it's private",
    'url = "https://a.example/x.ics"\nkind = "calendar"': "it's private",
    'url = "https://a.example/x.toml"': "",
}


@pytest.mark.parametrize("place", CATALOGUES)
def test_private_source_stays_here(place: str, shelf: Shelf) -> None:
    """Only a catalogue at a public address goes on, with its credit, and without that address."""
    allow(shelf, f'[[source]]\nname = "friends"\n{place}\n')
    header = Header("friends", READ, "Friends", "CC-BY-4.0", "By Friends")
    living.put("friends", header, ONLY_TMDB)
    ran = shelf.ran("export", "json")
    why = CATALOGUES[place]
    assert ("Secret" in ran.out) == (not why)
    assert ("By Friends" in ran.out) == (not why)
    assert ran.err == (f"Left out: what Friends says about 1 release; {why}.\n" if why else "")
    assert not any(word in ran.out for word in ("a.example", "nas", "192.168", "x.toml"))


def test_source_that_nobody_knows_stays_here(shelf: Shelf) -> None:
    """It isn't in config.toml, and has no title."""
    living.put("left", Header("left", READ), ONLY_TMDB)
    ran = shelf.ran("export", "csv")
    assert "Secret" not in ran.out
    assert ran.err == "Left out: what left says about 1 release; it's private.\n"


def test_expired_facts_are_not_passed_on(shelf: Shelf) -> None:
    """As they aren't used here."""
    living.put("tvmaze", TVMAZE._replace(expires=date(2020, 1, 1)), ARCANE)
    ran = shelf.ran("export", "csv")
    assert "Arcane" not in ran.out
    assert ran.err == ""


def test_private_addresses_stay_here(catalogue: Catalogue) -> None:
    """Of pages; the facts that they support don't."""
    run = catalogue(
        '[[release]]\nid = "x"\ntitle = "X"\nkind = "film"\n'
        'sources = ["http://192.168.1.5/a", "https://a.example/?api_key=K", "https://b.example/"]\n'
        '[[release.dates]]\ndate = 2027-01-01\nsource = "http://nas.local/b"\n'
        '[[release.moves]]\nfrom = 2026-12-30\nto = 2027-01-01\nsource = "https://u:p@c.example/"\n'
        "announced = 2026-11-01\n"
    )
    for format in ("ics", "toml", "json"):
        out = run("export", format).out
        assert not any(word in out for word in ("192.168", "api_key", "nas.local", "c.example"))
    assert "https://b.example/" in run("export", "ics").out


def test_private_address_of_a_dispute_stays_here(shelf: Shelf) -> None:
    """The date that disputes another one doesn't."""
    dated = {"region": "US", "type": "theatrical", "source": "https://192.168.1.5/x"}
    dune = {**DUNE, "id": "tvmaze-1", "dates": [{**dated, "date": "2026-12-25"}]}
    living.put("tvmaze", TVMAZE, dune)
    assert "192.168" in shelf.ran("list", "--json").out
    out = shelf.ran("export", "json").out
    assert "2026-12-25" in out
    assert "192.168" not in out


# ---- What a calendar notices ----


def test_file_that_is_replaced_tells_of_each_change(world: World, tmp_path: Path) -> None:
    """By a higher number; what can't be read is told when it's written."""
    path = tmp_path / "out.ics"

    def number() -> int:
        assert world("export", "ics", "-o", str(path)).code == 0
        (line,) = (each for each in path.read_text().splitlines() if "SEQUENCE" in each)
        return int(line.partition(":")[2])

    world.says(film("dune", "2027-01-01"))
    assert [number(), number()] == [0, 0]
    world.says(film("dune", "2027-02-01"))
    assert [number(), number()] == [1, 1]
    world.says(film("dune", "2027-01-01"))
    assert number() == 2


def test_file_that_cannot_be_read_is_told(
    catalogue: Catalogue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With its name, and it stays."""
    path = tmp_path / "out.ics"
    path.write_text("old")

    def content(path: str) -> bytes:
        raise PermissionError(13, "Permission denied", path)

    monkeypatch.setattr(files, "content", content)
    ran = catalogue(TWO)("export", "ics", "-o", str(path))
    assert ran.code == 2
    assert "Permission denied" in ran.err
    assert path.read_text() == "old"
