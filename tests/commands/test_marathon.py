"""`countdown marathon`: what to watch before a release, with days, and as a calendar."""

import csv
import io
import json
import sqlite3
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

import pytest
from icalendar import Calendar

from countdown import paths
from countdown.core.release import Release
from countdown.index import marathon as stored
from countdown.index.marathon import chain_of
from countdown.index.record import unpack
from tests.cli import living
from tests.cli.conftest import Countdown
from tests.cli.shelf import Shelf
from tests.commands.test_export import DUNE

Catalogue = Callable[[str], Countdown]


def release(id: str, date: str = "", **keys: object) -> str:
    """A table of the catalogue; values are written as JSON, which TOML reads too."""
    facts = {"id": id, "title": id.title(), "kind": "film", "franchise": ["Saga"]} | keys
    lines = [f"{key} = {json.dumps(value)}" for key, value in facts.items() if value is not None]
    return "\n".join(["[[release]]", *lines, f"date = {date}" if date else "", ""])


SAGA = (
    release("first", "2001-01-01", title="Saga One")
    + release("second", "2005-01-01", title="Other", sequel_to="first")
    + release("show", "2010-01-01", kind="season", season=2, title="Show")
    + release("third", "2026-12-18", title="Third", sequel_to="second")
)


def test_one_a_day_up_to_the_eve(catalogue: Catalogue) -> None:
    """In a pipe a row for each; a re-release and its own entry move nothing."""
    again = '[[release.dates]]\nregion = "US"\ndate = 2026-09-25\ntype = "re-release"\n'
    again += '[[release.dates]]\ndate = 2001-01-01\ntype = "theatrical"\n'
    run = catalogue(SAGA.replace("date = 2001-01-01", again, 1))
    ran = run("marathon", "third")
    assert (ran.code, ran.err) == (0, "")
    assert [line.split("\t")[:4] for line in ran.out.splitlines()] == [
        ["Tue 15 Dec 2026", "Saga One", "film", "1 Jan 2001"],
        ["Wed 16 Dec 2026", "Other", "film", "1 Jan 2005"],
        ["Thu 17 Dec 2026", "Show, season 2", "season", "1 Jan 2010"],
    ]


def test_screen_says_what_belongs_and_what_is_missing(catalogue: Catalogue) -> None:
    """With the commands for less."""
    out = catalogue(SAGA)("marathon", "third", "--format", "table").out
    text = " ".join(out.split())
    assert text.startswith("Before Third Fri 18 Dec 3 titles to watch before Third: those that it")
    assert "continues, and the rest of Saga. One a day from Tue 15 Dec to Thu 17 Dec." in text
    assert (
        "A season counts as one, but takes more than an evening. The catalogue has no season"
        in text
    )
    assert 'season 1 of "Show". The catalogue may lack others, too.' in text
    assert "Only films · only those that it continues" in text
    assert "countdown marathon third --kind film" in text
    assert "countdown marathon third --sequels" in text


@pytest.mark.parametrize(
    ("date", "stage", "expected"),
    [
        ("2026-12-18", "cancelled", "cancelled"),
        ("2026-12-18", "on-hold", "on hold"),
        ("", "released", "released"),
        ("", "filming", "no date yet"),
    ],
)
def test_head_of_a_target_without_a_day(
    catalogue: Catalogue, date: str, stage: str, expected: str
) -> None:
    """What is shelved or out has no date to wait for."""
    run = catalogue(SAGA + release("last", date, stage=stage, sequel_to="third"))
    head = run("marathon", "last", "--format", "table").out.splitlines()[0]
    assert head == f"Before Last   {expected}"


def test_days_of_another_year_say_so(catalogue: Catalogue) -> None:
    """Also if all days are in that year."""
    run = catalogue(SAGA.replace("2026-12-18", "2027-12-18"))
    assert "Wed 15 Dec 2027 " in run("marathon", "third", "--format", "table").out
    assert "Tue 15 Dec " in catalogue(SAGA)("marathon", "third", "--format", "table").out


def test_options_narrow(catalogue: Catalogue) -> None:
    """Sequels alone, a kind, and one of several franchises, with what it continues."""
    two = SAGA.replace(
        '["Saga"]\nsequel_to = "second"', '["Saga", "Old World"]\nsequel_to = "second"'
    )
    run = catalogue(
        two
        + release("far", "2002-02-02", franchise=["Old World"])
        + release("ow", franchise=["Other War"])
    )

    def titles(*words: str) -> list[str]:
        return [line.split("\t")[1] for line in run("marathon", "third", *words).out.splitlines()]

    assert titles("--sequels") == ["Saga One", "Other"]
    assert titles("--kind", "season") == ["Show, season 2"]
    assert titles("--kind", "series,film") == ["Saga One", "Far", "Other", "Show, season 2"]
    assert titles("--franchise", "OW") == ["Saga One", "Far", "Other"]
    narrow = run("marathon", "third", "--kind", "film", "--format", "table").out
    assert "--kind film" not in narrow
    assert "season" not in narrow
    assert "--sequels" not in run("marathon", "third", "--sequels", "--format", "table").out


def test_franchise_of_others(catalogue: Catalogue) -> None:
    """The release must be part of it."""
    run = catalogue(SAGA + release("a", franchise=["Else"]) + release("alone", franchise=None))
    ran = run("marathon", "third", "--franchise", "else")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("--franchise: Third isn't part of Else. Its franchises: Saga.\n")
    none = run("marathon", "alone", "--franchise", "else").err
    assert none.startswith("--franchise: Alone isn't part of Else. It has no franchise.\n")


def test_franchise_that_is_nowhere(catalogue: Catalogue) -> None:
    """Each is checked."""
    ran = catalogue(SAGA)("marathon", "third", "--franchise", "saga", "--franchise", "nope")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err == 'No franchise in the catalogue is called "nope".\n'


def test_days_can_be_chosen(catalogue: Catalogue) -> None:
    """How many a day, and from when; also what can't be done."""
    run = catalogue(SAGA)

    def days(*words: str) -> list[str]:
        return [line.split("\t")[0] for line in run("marathon", "third", *words).out.splitlines()]

    assert days("--per-day", "2") == ["Wed 16 Dec 2026", "Wed 16 Dec 2026", "Thu 17 Dec 2026"]
    assert days("--from", "2026-12-01")[0] == "Tue 1 Dec 2026"
    assert days("--from", "2026-11-22")[0] == "Sun 22 Nov 2026"
    assert days("--from", "2026-12-17") == ["Thu 17 Dec 2026"] * 3
    assert days("--from", "2026-12-18") == [""] * 3
    late = run("marathon", "third", "--from", "2026-12-17", "--per-day", "2", "--accessible").out
    assert "2 a day has to start on Wed 16 Dec. From Thu 17 Dec it takes 3 a day at least." in late


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--from", "2027"), "--from needs a single day, like 2026-11-22.\n"),
        (("--sequels", "--franchise", "x"), "Use either --sequels or --franchise, not both."),
        (("--per-day", "0"), "--per-day"),
        (("--from", "nonsense"), "--from"),
        (("--from", "2020-01-01"), "--from: 1 Jan 2020 is past. Name today or a later day.\n"),
        (("--from", "2026-11-21"), "--from: 21 Nov 2026 is past."),
    ],
    ids=lambda value: "" if isinstance(value, str) else " ".join(value),
)
def test_wrong_options(catalogue: Catalogue, words: tuple[str, ...], message: str) -> None:
    """One clear sentence each."""
    ran = catalogue(SAGA)("marathon", "third", *words)
    assert (ran.code, ran.out) == (2, "")
    assert message in ran.err


def test_too_late_for_one_a_day(catalogue: Catalogue) -> None:
    """Then it says when that had to start, and uses all days that are left."""
    ran = catalogue(SAGA)("marathon", "third", "--as-of", "2026-12-16", "--format", "markdown")
    assert "One a day had to start on Tue 15 Dec. From today it takes one or 2 a day." in ran.out
    assert "| Wed 16 Dec 2026 | Other |" in ran.out


def test_unfinished_season_lets_others_go_first(catalogue: Catalogue) -> None:
    """The rows are in the order of their days."""
    season = release("run", "2026-10-01", kind="season", season=1, sequel_to=None)
    season = season.replace("\ndate", "\ncomplete = 2026-12-17\ndate", 1)
    run = catalogue(SAGA + season + release("late", "2026-11-01"))
    rows = [line.split("\t")[:2] for line in run("marathon", "third").out.splitlines()]
    assert rows[3:] == [["Wed 16 Dec 2026", "Late"], ["Thu 17 Dec 2026", "Run, season 1"]]
    releases = json.loads(run("marathon", "third", "--json").out)["releases"]
    assert [each["id"] for each in releases] == ["first", "second", "show", "late", "run"]


def test_what_it_continues_is_late(catalogue: Catalogue) -> None:
    """It's named, unless another kind is wished."""
    run = catalogue(SAGA.replace("date = 2005-01-01", "date = 2026-12-18"))
    sentence = "Other, which it continues, isn't known to be out before it."
    assert sentence in run("marathon", "third", "--accessible").out
    assert sentence not in run("marathon", "third", "--kind", "season", "--accessible").out


def test_json_has_the_days(catalogue: Catalogue) -> None:
    """And the releases in the same order."""
    document = json.loads(catalogue(SAGA)("marathon", "third", "--json").out)
    assert document["marathon"] == {
        "before": "third",
        "franchises": ["Saga"],
        "last_day": "2026-12-17",
        "needed_start": "2026-12-15",
        "late": False,
        "per_day": {"min": 1, "max": 1},
        "watch": [
            {"id": "first", "day": "2026-12-15"},
            {"id": "second", "day": "2026-12-16"},
            {"id": "show", "day": "2026-12-17"},
        ],
        "unfinished": [],
        "missing": ["Show, season 1"],
        "unknown_id": None,
    }
    assert [each["id"] for each in document["releases"]] == ["first", "second", "show"]


def test_json_without_days(catalogue: Catalogue) -> None:
    """Null, never a day that can't be known."""
    tables = SAGA.replace("date = 2026-12-18", "")
    found = json.loads(catalogue(tables)("marathon", "third", "--json").out)["marathon"]
    assert (found["last_day"], found["needed_start"], found["per_day"]) == (None, None, None)
    assert [each["day"] for each in found["watch"]] == [None] * 3


def test_csv_has_a_column_for_the_day(catalogue: Catalogue) -> None:
    """Behind those that lists have."""
    run = catalogue(SAGA)
    rows = [*csv.DictReader(io.StringIO(run("marathon", "third", "--format", "csv").out))]
    assert [row["watch"] for row in rows] == ["2026-12-15", "2026-12-16", "2026-12-17"]
    late = run("marathon", "third", "--from", "2026-12-18", "--format", "csv").out
    assert [row["watch"] for row in csv.DictReader(io.StringIO(late))] == ["", "", ""]


def test_titles_that_mean_nothing_or_several(catalogue: Catalogue) -> None:
    """As for `show`; a whole title is meant alone."""
    run = catalogue(SAGA + release("third-2", title="Third Two"))
    assert run("marathon", "third").out.count("\n") == 3
    assert run("marathon", "thir").titles == ["Third", "Third Two"]
    assert run("marathon", "nowhere").code == 1
    assert run("marathon").code == 2


def test_nothing_comes_before(catalogue: Catalogue) -> None:
    """With what is missing, or the command without filters."""
    run = catalogue(SAGA + release("new", kind="season", season=2, franchise=None))
    ran = run("marathon", "new")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err == (
        "The catalogue has nothing to watch before New, season 2.\n"
        'The catalogue has no season 1 of "New".\n'
    )
    narrow = run("marathon", "new", "--kind", "film")
    assert (narrow.code, "Try" in narrow.err) == (1, False)
    assert narrow.err.startswith("The catalogue has nothing to watch before New, season 2.\n")
    none = run("marathon", "third", "--kind", "short")
    assert none.code == 1
    assert none.err.endswith("that matches. Try: countdown marathon third\n")


def test_hidden_release_ends_the_chain(shelf: Shelf) -> None:
    """It isn't missing, and the user can show it again."""
    shelf.write(f"format = 1\n{SAGA}")
    shelf.ran("hide", "first")
    ran = shelf.ran("marathon", "third", "--sequels", "--accessible")
    assert "Other continues first, which is hidden, so that isn't here." in ran.out
    found = json.loads(shelf.ran("marathon", "third", "--json").out)["marathon"]
    assert found["unknown_id"] is None


def test_unknown_release_ends_the_chain(
    index: Callable[[str], sqlite3.Connection],
) -> None:
    """An index can have such an id if an entry with mistakes was left out."""
    connection = index(SAGA)
    connection.execute("DELETE FROM release WHERE id = 'first'")
    (second,) = chain_of(connection, _release(connection, "third"))[0]
    assert chain_of(connection, second) == ([], ("first", second))
    connection.execute("UPDATE release SET record = replace(record, 'first', 'third')")
    assert [each.id for each in chain_of(connection, _release(connection, "third"))[0]] == [
        "second"
    ]


def _release(connection: sqlite3.Connection, id: str) -> Release:
    row = connection.execute("SELECT record FROM release WHERE id = ?", [id]).fetchone()
    return unpack(row[0])


def test_part_of_another_franchise_is_there(catalogue: Catalogue) -> None:
    """What the catalogue has isn't missing, also if it has it without a franchise."""
    gap = release("m", "2001-01-01", title="Man") + release("m3", "2009-01-01", title="Man 3")
    assert 'no "Man 2"' in catalogue(gap)("marathon", "man 3", "--accessible").out
    there = gap + release("m2", "2005-01-01", title="Man II", franchise=None)
    assert "Man 2" not in catalogue(there)("marathon", "man 3", "--accessible").out


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file that isn't there yet."""
    return tmp_path / "marathon.ics"


class Watching(NamedTuple):
    """An event of a calendar."""

    summary: str
    day: str
    id: str
    status: str
    number: int


def events_in(file: Path) -> list[Watching]:
    """The events of the calendar *file*."""
    return [
        Watching(
            *(str(each["SUMMARY"]), each.decoded("DTSTART").isoformat()),
            *(str(each["UID"]), str(each["STATUS"])),
            int(each.decoded("SEQUENCE")),
        )
        for each in Calendar.from_ical(file.read_bytes()).walk("VEVENT")
    ]


def test_calendar(catalogue: Catalogue, file: Path) -> None:
    """An event of a whole day for each, with the same ids and bytes for the same facts."""
    run = catalogue(SAGA)
    ran = run("marathon", "third", "--ics", str(file))
    assert (ran.code, ran.out) == (0, f"Wrote 3 events to {file}\n")
    assert ran.err.startswith("One a day from Tue 15 Dec to Thu 17 Dec.\n")
    data = file.read_bytes()
    events = events_in(file)
    assert [each.summary for each in events] == [
        *("Watch: Saga One (2001)", "Watch: Other (2005)", "Watch: Show, season 2 (2010)")
    ]
    assert [each.day for each in events] == [*("2026-12-15", "2026-12-16", "2026-12-17")]
    assert events[0].id == "watch-first-before-third@release-countdown"
    assert {each.status for each in events} == {"CONFIRMED"}
    run("marathon", "third", "--ics", str(file))
    assert file.read_bytes() == data
    run("marathon", "third", "--from", "2026-12-01", "--ics", str(file))
    moved = events_in(file)
    assert [each.id for each in moved] == [each.id for each in events]
    assert moved[0].number > events[0].number


def test_calendar_on_stdout(
    catalogue: Catalogue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing else is there, and there's no file of that name."""
    monkeypatch.chdir(tmp_path)
    ran = catalogue(SAGA)("marathon", "third", "--ics", "-")
    assert (ran.code, [*tmp_path.glob("-")]) == (0, [])
    assert len(Calendar.from_ical(ran.out).walk("VEVENT")) == 3
    assert ran.err.startswith("One a day from Tue 15 Dec to Thu 17 Dec.\n")


def test_calendar_of_a_doubtful_date(catalogue: Catalogue, file: Path) -> None:
    """Its days are tentative: another can be the last."""
    catalogue(SAGA.replace("2026-12-18", '"2027"'))("marathon", "third", "--ics", str(file))
    events = events_in(file)
    assert {each.status for each in events} == {"TENTATIVE"}
    assert events[-1].day == "2026-12-31"


def test_calendar_without_days(catalogue: Catalogue, file: Path) -> None:
    """Nothing is written, and it says why."""
    ran = catalogue(SAGA.replace("date = 2026-12-18", ""))("marathon", "third", "--ics", str(file))
    assert (ran.code, ran.out, file.exists()) == (1, "", False)
    assert ran.err == (
        "No date has been announced, so these have no days yet.\nNothing was written.\n"
    )


@pytest.mark.parametrize("path", ["", "missing/x.ics", "."])
def test_calendar_that_cannot_be_written(catalogue: Catalogue, path: str) -> None:
    """A sentence with the option."""
    ran = catalogue(SAGA)("marathon", "third", "--ics", path)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("--ics: ")


def layer(shelf: Shelf, *tables: Mapping[str, object]) -> None:
    """Have TMDB say *tables*, which may not be passed on."""
    shelf.write(f"format = 1\n{SAGA}")
    config = Path(str(paths.config_file()))
    config.parent.mkdir(parents=True, exist_ok=True)
    config.write_text('[[source]]\nname = "tmdb"\nkey_variable = "TMDB_TOKEN"\n')
    config.chmod(0o600)
    living.put("tmdb", living.TMDB, *tables)


def film_of_tmdb(id: str, **facts: object) -> dict[str, object]:
    """A film of the franchise that only TMDB knows."""
    return {"id": id, "title": id.title(), "kind": "film", "franchise": ["Saga"], **facts}


def test_calendar_has_nothing_that_may_not_be_passed_on(shelf: Shelf, file: Path) -> None:
    """It says how many it left out."""
    layer(shelf, film_of_tmdb("tmdb-7", dates=[{"date": "2003-03-03"}]))
    assert "Tmdb-7" in shelf.ran("marathon", "third").out
    ran = shelf.ran("marathon", "third", "--ics", str(file))
    assert ran.out == f"Wrote 3 events to {file}\n"
    assert ran.err.startswith("Left out, since its source doesn't allow it: 1 title.\n")
    assert b"Tmdb" not in file.read_bytes()


def test_calendar_before_what_may_not_be_passed_on(shelf: Shelf, file: Path) -> None:
    """Its days would give its date away."""
    layer(shelf, film_of_tmdb("tmdb-7", dates=[{"date": "2026-12-24"}]))
    refused = shelf.refused("marathon", "tmdb-7", "--ics", str(file), code=1)
    assert refused == "Its sources don't allow to pass this on, so nothing was written.\n"
    assert not file.exists()


def test_calendar_before_a_day_that_may_not_be_passed_on(shelf: Shelf, file: Path) -> None:
    """The same for a release that others know with another date."""
    layer(shelf, DUNE)
    shelf.write(f'{shelf.text}\n[[release]]\nid = "dune-3"\nfranchise = ["Saga"]\n')
    words = ("marathon", "dune-3", "--region", "FR")
    assert "Thu 10 Dec 2026" in shelf.ran(*words).out
    shelf.refused(*words, "--ics", str(file), code=1)


def test_hostile_titles_stay_text(catalogue: Catalogue, file: Path) -> None:
    """On the screen, and in a calendar."""
    bad = release("bad", "2003-03-03", title="$(x) [bold]\\nEND:VEVENT; <b>, 100%")
    run = catalogue(SAGA + bad)
    assert "$(x) [bold]\\nEND:VEVENT; <b>, 100%" in run("marathon", "third").out
    assert run("marathon", "third", "--ics", str(file)).code == 0
    written = file.read_bytes().replace(b"\r\n ", b"")  # Old versions of icalendar misread it.
    assert rb"SUMMARY:Watch: $(x) [bold]\\nEND:VEVENT\; <b>\, 100% (2003)" in written


def test_large_franchise(catalogue: Catalogue) -> None:
    """Thousands are planned, and `next` doesn't count them."""
    many = "".join(
        release(f"part-{n}", f"{1900 + n // 100}-01-{n % 27 + 1:02}", title=f"Name {n}")
        for n in range(2_000)
    )
    run = catalogue(SAGA + many)
    assert run("marathon", "third").out.count("\n") == 2_003
    assert "to watch" not in run("next", "--accessible").out


def test_next_and_show_have_a_line(catalogue: Catalogue) -> None:
    """For people alone, and only if there is something to watch before a day ahead."""
    run = catalogue(SAGA)
    line = "3 titles to watch before it: one a day from Tue 15 Dec: countdown marathon third\n"
    assert run("next", "--accessible").out.endswith(line)
    facts = "Before it: 3 titles to watch, one a day from Tue 15 Dec, countdown marathon third\n"
    assert facts in run("show", "third", "--accessible").out
    assert "Before it" in run("show", "third", "--format", "table").out
    for words in (("next",), ("show", "third"), ("next", "--json")):
        assert "marathon" not in run(*words).out
    assert "Before it" not in run("show", "second", "--accessible").out
    alone = catalogue(release("a", "2026-12-18") + release("b", "2020-01-01"))
    assert "to watch" not in alone("next", "--accessible").out


def test_next_names_the_release_if_there_are_several(catalogue: Catalogue) -> None:
    """On the same day."""
    run = catalogue(SAGA + release("alone", "2026-12-18", franchise=None))
    out = run("next", "--accessible").out
    assert "3 titles to watch before Third: one a day from Tue 15 Dec: " in out
    assert out.count("to watch") == 1


def test_unknown_id_is_named(catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    """If a chain ends in one that nobody hid."""

    def broken(
        connection: sqlite3.Connection, release: Release
    ) -> tuple[list[Release], tuple[str, Release]]:
        return [], ("lost", release)

    monkeypatch.setattr(stored, "chain_of", broken)
    run = catalogue(SAGA)
    out = run("marathon", "third", "--accessible").out
    assert 'The catalogue has no "lost", which Third continues.' in out
    found = json.loads(run("marathon", "third", "--json").out)["marathon"]
    assert found["unknown_id"] == "lost"
