"""`countdown news`, the history that `show` draws, and what `doctor` tells of the journal."""

import csv
import io
import json
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from countdown import paths
from countdown.cli import build_names, shell_checks
from countdown.journal import database, detect_changes
from tests.cli.conftest import World, film
from tests.cli.shelf import Shelf

ROOT = Path(__file__).resolve().parents[2]
SCHEMA: dict[str, Any] = json.loads((ROOT / "data/output.schema.json").read_bytes())
OUTPUT = Draft202012Validator(SCHEMA)
CHANGE = Draft202012Validator({"$ref": "#/$defs/change", "$defs": SCHEMA["$defs"]})


def journal_file() -> Path:
    """Where the journal of this test is."""
    folder = paths.state_folder()
    assert folder is not None
    return Path(folder, database.FILE_NAME)


@pytest.fixture
def changed(world: World) -> World:
    """A world in which much has changed on 23 November, and the stage of one film on the 24th."""
    world.says(
        film("thor", "2027-05-01", stage="filming"),
        film("dune", "2027"),
        film("alien", "2027-36"),
        film("blade", "2027-11-05"),
        film("loki"),
        film("mummy", "2027-04-01", stage="filming"),
        film("gone", "2028"),
    )
    assert world("list").code == 0
    world.later(1)
    world.says(
        film("thor", "2027-09-25", stage="filming"),
        film("dune", "2027-36"),
        film("alien", "2027"),
        film("blade", "2027-11-04"),
        film("loki", "2029"),
        film("mummy", "2027-04-01", stage="cancelled"),
        film("new", "2028-01-01"),
    )
    assert world("list").code == 0
    world.later(1)
    world.says(
        film("thor", "2027-09-25", stage="wrapped"),
        film("dune", "2027-36"),
        film("alien", "2027"),
        film("blade", "2027-11-04"),
        film("loki", "2029"),
        film("mummy", stage="cancelled"),
        film("new", "2028-01-01"),
    )
    return world


def test_what_moved_is_told_newest_first(changed: World) -> None:
    """Each change with its day, title, kind, from, to and size, tab-separated in a pipe."""
    assert [line.split("\t") for line in changed("news").out.splitlines()] == [
        ["24 Nov 2026", "Thor", "stage", "filming", "wrapped", "", ""],
        ["24 Nov 2026", "Mummy", "withdrawn", "1 Apr 2027", "", "", ""],
        ["23 Nov 2026", "Thor", "delayed", "1 May 2027", "25 Sep 2027", "+21 weeks", ""],
        ["23 Nov 2026", "Dune", "narrowed", "2027", "Q4 2027", "", ""],
        ["23 Nov 2026", "Alien", "widened", "Q4 2027", "2027", "", ""],
        ["23 Nov 2026", "Blade", "brought forward", "5 Nov 2027", "4 Nov 2027", "-1 day", ""],
        ["23 Nov 2026", "Loki", "dated", "", "2029", "", ""],
        ["23 Nov 2026", "Mummy", "cancelled", "filming", "", "", ""],
        ["23 Nov 2026", "New", "new", "", "1 Jan 2028", "", ""],
        ["23 Nov 2026", "Gone", "removed", "2028", "", "", ""],
    ]


def test_move_of_the_home_market_is_seen(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of several regions, none of them the fan's, only the first country's date is compared."""
    monkeypatch.setenv("COUNTDOWN_REGION", "FR")

    def dated(us: str, gb: str, tail: str = 'country = ["GB"]') -> str:
        rows = (
            f'[[release.dates]]\nregion = "{r}"\ndate = {d}' for r, d in (("US", us), ("GB", gb))
        )
        return "\n".join([film("thor"), tail, *rows])

    world.says(dated("2027-05-01", "2027-06-01"))
    assert world("list").code == 0
    assert world("remind").out == ""
    world.later(1)
    world.says(dated("2027-05-03", "2027-06-11"))
    (line,) = world("news").out.splitlines()
    assert line.split("\t")[3:-1] == ["1 Jun 2027 GB", "11 Jun 2027 GB", "+10 days"]
    assert world("remind").out == "Thor is delayed by 10 days: 1 Jun 2027 GB → 11 Jun 2027 GB\n"
    (change,) = json.loads(world("news", "--json").out)["changes"]
    assert (change["region"], change["place"]) == ("GB", None)
    CHANGE.validate(change)
    assert "1 Jun 2027\t11 Jun 2027\t+10 days" in world("show", "thor").out
    world.says(film("dune"))  # What is gone has no known country any more.
    assert "\tremoved\t3 May 2027 US\t" in world("news").out


def test_move_whose_place_is_not_stated_says_so(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Briefly in the table, with its meaning in the legend; in words in a sentence."""
    monkeypatch.setenv("COLUMNS", "100")

    def dated(day: str) -> str:
        return f'{film("thor")}\n[[release.dates]]\nplace = "unstated"\ndate = {day}'

    world.says(dated("2027-05-01"))
    assert world("list").code == 0
    world.later(1)
    world.says(dated("2027-05-03"))
    table = world("news", "--format", "table").out
    assert "moved from 1 May 2027 place? to 3 May 2027 place?" in table
    assert "place? the source doesn't say where" in table
    (change,) = json.loads(world("news", "--json").out)["changes"]
    assert (change["region"], change["place"]) == (None, "unstated")
    CHANGE.validate(change)
    words = "1 May 2027 (place not stated) → 3 May 2027 (place not stated)"
    assert change["text"] == f"delayed by 2 days, {words}"


def test_change_does_not_hang_on_colour(changed: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Signs and words say it, below the month of the announcement."""
    monkeypatch.setenv("COLUMNS", "100")
    lines = [line.rstrip() for line in changed("news", "--format", "table").out.splitlines()]
    assert lines[:3] == ["News   since Sun 25 Oct   dates for US", "", "November (10)"]
    rows = [" ".join(line.split()) for line in lines[3:]]
    assert rows == [
        "Tue 24 Thor is now wrapped (was filming)",
        "Tue 24 · Mummy has no date any more (was 1 Apr 2027)",
        "Mon 23 ▲ Thor moved from 1 May 2027 to 25 Sep 2027 21 weeks later",
        "Mon 23 Dune has a more exact date: Q4 2027 (was 2027)",
        "Mon 23 Alien has a less exact date: 2027 (was Q4 2027)",
        "Mon 23 ▼ Blade moved from 5 Nov 2027 to 4 Nov 2027 1 day earlier",
        "Mon 23 Loki has a date: 2029",
        "Mon 23 × Mummy is cancelled (was filming)",
        "Mon 23 + New is new: 1 Jan 2028",
        "Mon 23 - Gone is no longer in the catalogue (was 2028)",
    ]
    monkeypatch.setenv("COLUMNS", "99")
    lines = [line.rstrip() for line in changed("news", "--format", "table").out.splitlines()]
    assert lines[7:9] == [
        "▲ Thor",
        "  moved from 1 May 2027 to 25 Sep 2027 · 21 weeks later · Mon 23",
    ]
    changed("follow", "thor")
    lines = [line.rstrip() for line in changed("news", "--format", "table").out.splitlines()]
    assert lines[7:10] == [
        "▲ ♥ Thor",
        "    moved from 1 May 2027 to 25 Sep 2027 · 21 weeks later · Mon 23",
        "    Dune",
    ]
    assert lines[-1] == "♥ you follow it"


@pytest.mark.parametrize("width", [20, 40, 57, 80, 120])
def test_no_line_is_wider_than_the_terminal(
    width: int, changed: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And nothing is left out."""
    monkeypatch.setenv("COLUMNS", str(width))
    out = changed("news", "--format", "table").out
    assert max(map(len, out.splitlines())) <= width
    said = " ".join(out.split())
    for part in ("▲ Thor", "from 1 May 2027 to 25 Sep 2027", "21 weeks later", "Mon 23"):
        assert part in said


@pytest.mark.parametrize(
    ("since", "count"),
    [
        ("30d", 10),
        ("1w", 10),
        ("1d", 10),
        ("0d", 2),
        ("2026-11-24", 2),
        ("2026-11", 10),
        ("1y", 10),
    ],
)
def test_since_takes_a_span_or_a_day(since: str, count: int, changed: World) -> None:
    """Like --within, but back; and a window begins with its first day."""
    assert len(changed("news", "--since", since).out.splitlines()) == count


@pytest.mark.parametrize("since", ["soon", "2.5", "d", "", "99999999999999d"])
def test_since_that_is_no_day_is_told(since: str, world: World) -> None:
    """With what would be right. A span can be as long as one likes."""
    ran = world("news", "--since", since)
    if since.startswith("99"):
        assert ran.code == 1
    else:
        assert ran.code == 2
        assert "a span like 90d, 12w, 6m or 1y, or a day" in ran.err


def test_nothing_moved_says_since_when_that_is_known(world: World) -> None:
    """The first look is silent, and a look back is only as long as there was a look."""
    world.says(film("thor", "2027"))
    first = "Nothing has changed since 22 Nov 2026, when countdown first looked.\n"
    assert world("news") == (1, "", first)
    world.later(10)
    assert world("news") == (1, "", first)
    world.later(60)
    assert world("news") == (1, "", first)
    hint = "see the latest changes: countdown news"
    lately = f"Nothing has changed since 1 Jan 2027. To {hint}\n"
    assert world("news", "--since", "30d") == (1, "", lately)
    assert world("news", "--as-of", "2026-11-01") == (
        1,
        "",
        "Nothing changed that early. countdown first looked on 22 Nov 2026.\n",
    )


def test_as_of_an_earlier_day_later_changes_are_not_known(changed: World) -> None:
    """As it stood on that evening."""
    found = changed("news", "--as-of", "2026-11-23").out.splitlines()
    assert len(found) == 8
    assert changed("news").out.splitlines()[2:] == found


def test_day_of_a_change_is_that_of_the_users_zone(changed: World) -> None:
    """Noon in UTC is tomorrow on Kiritimati."""
    (first, *_) = changed("news", "--timezone", "Pacific/Kiritimati").out.splitlines()
    assert first.startswith("25 Nov 2026\t")


def test_region_decides_which_date_is_compared(world: World) -> None:
    """What moves in Brazil is told in Brazil."""
    for day in ("05", "06"):
        dates = (
            '[[release.dates]]\nregion = "US"\ndate = 2027-01-05\n'
            f'[[release.dates]]\nregion = "BR"\ndate = 2027-01-{day}\n'
        )
        world.says(f"{film('thor')}\n{dates}")
        world("list")
    assert world("news").code == 1
    assert "+1 day" in world("news", "--region", "BR").out


def test_followed_narrows_it_to_what_one_follows(changed: World) -> None:
    """What is gone is in no catalogue that could say who was in it, so it is left out."""
    assert changed("news", "--followed").code == 2
    changed("follow", "--title", "blade", "--person", "gone")
    assert changed("news", "--followed").titles == ["23 Nov 2026"]
    assert "Blade" in changed("news", "--followed").out
    ran = changed("news", "--followed", "--since", "0d")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith("Nothing that you follow has changed since 24 Nov 2026")


# ---- What the catalogue records, and what is one's own ----


def moving(id: str, *moves: str) -> str:
    """A film that records *moves*."""
    return "\n".join([film(id, "2028-01-01"), *(f"[[release.moves]]\n{move}" for move in moves)])


def test_moves_that_the_catalogue_records_are_news_on_the_first_day(world: World) -> None:
    """By the day of the announcement, which may be a month; not those of another time."""
    world.says(
        moving(
            "thor",
            'announced = 2026-11-20\nfrom = "2027"\nto = 2027-05-06\nsource = "https://a.b"',
            "announced = 2026-09-01\nfrom = 2027-12-12\nto = 2027-12-24",
            "announced = 2026-12-01\nfrom = 2027-05-06\nto = 2027-05-07",
            "from = 2027-05-06\nto = 2027-05-08",
        ),
        moving("dune", 'announced = "2026-11"\nfrom = 2027-05-06\nto = 2027-05-01'),
        moving("blade", "announced = 2026-11-21\nfrom = 2027-05-06"),
        moving("alien", 'announced = 2026-11-22\nfrom = 2027-05-06\nto = "2027-05-06"'),
    )
    assert [line.split("\t") for line in world("news").out.splitlines()] == [
        ["Nov 2026", "Dune", "brought forward", "6 May 2027", "1 May 2027", "-5 days", ""],
        ["21 Nov 2026", "Blade", "withdrawn", "6 May 2027", "", "", ""],
        ["20 Nov 2026", "Thor", "narrowed", "2027", "6 May 2027", "", "a.b"],
    ]
    (thor,) = [
        one for one in json.loads(world("news", "--json").out)["changes"] if one["id"] == "thor"
    ]
    assert (thor["seen"], thor["announced"], thor["source"]) == (None, "2026-11-20", "https://a.b")
    assert len(world("news", "--since", "1y").out.splitlines()) == 4
    assert world("news", "--as-of", "2026-11-19").titles == ["Nov 2026"]


def test_latest_changes_are_news_if_nothing_has_changed_lately(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only where no span was asked for; a few of them, with the month or year of each."""
    monkeypatch.setenv("COLUMNS", "100")
    move = "announced = {}\nfrom = 2027-{}-01\nto = 2027-{}-02"
    announced = ['"2024"', '"2024-12"', "2024-12-30", "2025-03-03", '"2025-02"', "2023-01-01"]
    months = [f"{n:02}" for n in range(1, 7)]
    moves = [move.format(on, n, n) for on, n in zip(announced, months, strict=True)]
    world.says(moving("thor", *moves), moving("dune", move.format("2021-05-05", "07", "07")))
    assert [line.split("\t")[0] for line in world("news").out.splitlines()] == [
        "3 Mar 2025",
        "Feb 2025",
        "Dec 2024",
        "2024",
        "30 Dec 2024",
    ]
    assert len(json.loads(world("news", "--json").out)["changes"]) == 5
    lines = world("news", "--format", "table").out.splitlines()
    assert lines[0] == "News   the latest changes   dates for US"
    assert lines[2:4] == [
        "March 2025 (1)",
        "Mon  3  ▲  Thor  moved from 1 Apr 2027 to 2 Apr 2027  1 day later",
    ]
    assert lines[-1] == (
        "Nothing has changed since 23 Oct 2026. To see more:   countdown news --since 1y"
    )
    assert world("news", "--since", "30d").code == 1
    world("follow", "dune")
    assert world("news", "--followed").titles == ["5 May 2021"]


def test_move_that_is_recorded_and_was_seen_is_told_once(world: World) -> None:
    """By the day of its announcement; if that is too long ago, by that on which it was seen."""
    world.says(film("thor", "2027-05-06"))
    world("list")
    world.later(1)
    move = "announced = 2026-11-{}\nfrom = 2027-05-06\nto = 2028-01-01"
    world.says(moving("thor", move.format(20)))
    (line,) = world("news").out.splitlines()
    assert line.split("\t")[:3] == ["20 Nov 2026", "Thor", "delayed"]
    (line,) = world("news", "--since", "1d").out.splitlines()
    assert line.split("\t")[:3] == ["23 Nov 2026", "Thor", "delayed"]


def test_ones_own_changes_are_told_only_when_asked_for(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Hiding is no removal, nor is showing again a new release."""
    monkeypatch.delenv("COUNTDOWN_TODAY")  # A day that is asked about is not recorded.
    monkeypatch.setenv("COUNTDOWN_REGION", "US")
    shelf.write(f"format = 1\n[[release]]\n{film('short', '2099-01-01')}\n")
    shelf.ran("list")

    def told(*words: str) -> list[list[str]]:
        ran = shelf.run("news", *words)
        return [line.split("\t")[1:3] for line in ran.out.splitlines()]

    shelf.ran("edit", "short", "--stage", "filming")
    shelf.ran("list")
    shelf.ran("edit", "dune-3", "--date", "US=2027-01-08")
    shelf.ran("list")
    shelf.ran("hide", "thor-5")
    shelf.ran("list")
    assert told() == []
    assert shelf.run("news").err.splitlines()[1:] == [
        "To see your own changes: countdown news --mine"
    ]
    words = ("--since", "1y")
    assert shelf.run("news", *words).err.splitlines()[-1] == (
        "To see your own changes: countdown news --mine --since 1y"
    )
    shelf.ran("follow", "--title", "Short")
    assert shelf.run("news", "--followed").err.splitlines()[1:] == [
        "To see your own changes: countdown news --mine --followed"
    ]
    shelf.ran("unfollow", "Short")
    assert "your own" not in shelf.run("news", "--mine").err
    assert sorted(told("--mine")) == [["Dune: Part Three", "delayed"], ["Short", "stage"]]
    shelf.ran("edit", "thor-5", "--unset", "hidden")
    shelf.ran("list")
    assert sorted(told("--mine")) == [["Dune: Part Three", "delayed"], ["Short", "stage"]]
    shelf.ran("remove", "short")
    assert ["Short", "removed"] in told("--mine")
    assert told() == []


def test_ones_own_changes_of_a_day_are_a_row_for_each_fact(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From what it was before the first to what it is after the last, or nothing."""
    monkeypatch.delenv("COUNTDOWN_TODAY")
    monkeypatch.setenv("COUNTDOWN_REGION", "US")
    shelf.write(f"format = 1\n[[release]]\n{film('short', '2099-01-01', stage='filming')}\n")
    shelf.ran("list")

    def edit(*words: str) -> None:
        shelf.ran(*words)
        shelf.ran("list")

    def told() -> list[list[str]]:
        lines = shelf.run("news", "--mine").out.splitlines()
        return sorted(line.split("\t")[1:-1] for line in lines)

    for stage, date in (("wrapped", "2099-02-01"), ("completed", "2099-03-01")):
        edit("edit", "short", "--stage", stage)
        edit("edit", "short", "--date", date)
    edit("add", "Long", "--date", "2098-01-01")
    edit("edit", "long", "--date", "2098-02-01")
    edit("edit", "dune-3", "--stage", "wrapped")
    edit("edit", "dune-3", "--unset", "stage")
    new = ["Long", "new", "", "1 Feb 2098", ""]
    assert told() == [
        new,
        ["Short", "delayed", "1 Jan 2099", "1 Mar 2099", "+8 weeks"],
        ["Short", "stage", "filming", "completed", ""],
    ]
    edit("edit", "short", "--stage", "filming")
    edit("edit", "short", "--date", "2099-01-01")
    assert told() == [new]


def test_json_holds_changes_and_the_releases_as_they_are(changed: World) -> None:
    """After the contract: the changes in order, each release once."""
    document = json.loads(changed("news", "--json").out)
    assert [error.message for error in OUTPUT.iter_errors(document)] == []
    assert [one["what"] for one in document["changes"]][:4] == [
        *("stage", "withdrawn", "moved", "narrowed"),
    ]
    assert document["changes"][2] == {
        "seen": "2026-11-23T12:00:00Z",
        "announced": None,
        "id": "thor",
        "name": "Thor",
        "what": "moved",
        "from": "2027-05-01",
        "to": "2027-09-25",
        "region": None,
        "place": None,
        "days": 147,
        "stage_from": None,
        "stage_to": None,
        "cadence_from": None,
        "cadence_to": None,
        "source": None,
        "text": "delayed by 21 weeks, 1 May 2027 → 25 Sep 2027",
    }
    ids = [one["id"] for one in document["releases"]]
    assert ids == ["thor", "mummy", "dune", "alien", "blade", "loki", "new"]


def test_every_format_holds_the_changes(changed: World, world: World) -> None:
    """Lines of JSON, and flat columns; an empty answer is none in each of them."""
    lines = changed("news", "--format", "jsonl").out.splitlines()
    assert len(lines) == 10
    assert all(CHANGE.is_valid(json.loads(line)) for line in lines)
    for format, delimiter in (("csv", ","), ("tsv", "\t")):
        text = changed("news", "--format", format).out
        rows = list(csv.DictReader(io.StringIO(text), delimiter=delimiter))
        assert [row["name"] for row in rows][:3] == ["Thor", "Mummy", "Thor"]
    assert "| ▲ | 23 Nov 2026 | Thor | delayed |" in changed("news", "--format", "markdown").out
    for format in ("jsonl", "csv", "tsv", "markdown", "plain", "table"):
        ran = world("news", "--since", "2026-12-24", "--format", format)
        assert (ran.code, ran.out) == (1, "")
    empty = json.loads(world("news", "--since", "2026-12-24", "--json").out)
    assert (empty["changes"], empty["releases"]) == ([], [])


def test_index_that_was_there_before_the_journal_is_looked_at(world: World) -> None:
    """An update of the program begins to watch with the first question."""
    world.says(film("thor", "2027"))
    world("list")
    journal_file().unlink()
    assert world("news").err.endswith("when countdown first looked.\n")
    world.says(film("thor", "2028"))
    assert "+12 months" in world("news").out


def test_change_that_could_not_be_noted_is_noted_when_it_is_asked_for(
    world: World, impatient: None
) -> None:
    """Here because somebody else held the journal for too long."""
    world.says(film("thor", "2027"))
    world("list")
    world.says(film("thor", "2028"))
    with closing(sqlite3.connect(journal_file(), isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert world("list").code == 0
        ran = world("news")
        assert (ran.code, ran.out) == (1, "")
        assert ran.err == f"Can't use the journal {journal_file()}: database is locked.\n"
    assert "+12 months" in world("news").out


def test_damage_is_told_once_and_where_it_is_kept(world: World) -> None:
    """On stderr, with the next question that the journal is needed for."""
    world.says(film("thor", "2027"))
    world("list")
    journal_file().write_bytes(b"garbage" * 1000)
    kept = f"{journal_file()}.damaged-1"
    told = f"The journal was damaged. It's kept as {kept}, and a new one is started."
    first = "Nothing has changed since 22 Nov 2026, when countdown first looked."
    assert world("news").err.splitlines() == [told, first]
    assert world("news").err.splitlines() == [first]


def test_damage_is_told_even_if_that_cannot_be_noted(world: World, impatient: None) -> None:
    """Rather twice than never; here while another writes to the journal."""
    world("list")
    Path(f"{journal_file()}.damaged-1").touch()
    with closing(sqlite3.connect(journal_file(), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        for _ in range(2):
            assert "damaged-1" in world("news").err
    assert "damaged-1" in world("news").err
    assert "damaged-1" not in world("news").err


def homeless(patch: pytest.MonkeyPatch) -> None:
    """Take away the home folder, and the place of what is kept."""
    patch.setenv("HOME", "")
    patch.setenv("XDG_STATE_HOME", "")


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (homeless, "There's no home"),
        (lambda patch: journal_file().parent.write_text("no folder"), "File exists"),
        (
            lambda patch: patch.setattr(detect_changes, "record_changes", lambda *a, **b: False),
            "can't be written",
        ),
    ],
)
def test_without_a_journal_the_reason_is_told(
    spoil: Callable[[pytest.MonkeyPatch], None],
    reason: str,
    world: World,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """And all that needs none works as ever."""
    journal_file().parent.parent.mkdir(parents=True, exist_ok=True)
    world.says(film("thor", "2027"))
    spoil(monkeypatch)
    for _ in range(2):
        ran = world("news")
        assert (ran.code, ran.out) == (1, "")
        assert reason in ran.err
        assert len(ran.err.splitlines()) == 1
    assert world("list").code == world("show", "thor").code == 0


def test_catalogue_from_a_pipe_is_not_watched(world: World) -> None:
    """It is not there to be looked at again."""
    reading, writing = os.pipe()
    os.write(writing, b"format = 1\n")
    os.close(writing)
    try:
        ran = world("news", "--catalogue", f"/dev/fd/{reading}")
    finally:
        os.close(reading)
    assert (ran.code, ran.out) == (1, "")
    assert "can only be read once" in ran.err


# ---- What show and doctor draw ----


def test_show_draws_what_was_seen_with_what_the_catalogue_tells(world: World) -> None:
    """In one list, oldest first, none twice, with the days from the first date to the last."""
    move = (
        '[[release.moves]]\nannounced = 2025-05-22\nfrom = "2026-05-01"\nto = "2026-12-18"\n'
        'source = "https://example.org/news"\n'
    )
    for date in ("2026-05-01", "2026-12-18", "2027-05-06"):
        world.says(f"{film('thor', date)}\n{move}")
        world("list")
        world.later(1)
    page = world("show", "thor", "--format", "table").out.splitlines()
    heading = page.index("Delayed twice, 12 months in all")
    assert page[heading + 1 : heading + 4] == [
        " 1 May 2026",
        "18 Dec 2026  8 months later  announced 22 May 2025  example.org",
        " 6 May 2027  20 weeks later  seen 24 Nov 2026",
    ]
    (found,) = json.loads(world("show", "thor", "--json").out)["releases"]
    assert len(found["moves"]) == 1
    assert found["history"] == [
        {
            "announced": "2025-05-22",
            "seen": "2026-11-23",
            "from": "2026-05-01",
            "to": "2026-12-18",
            "days": 231,
            "source": "https://example.org/news",
        },
        {
            "announced": None,
            "seen": "2026-11-24",
            "from": "2026-12-18",
            "to": "2027-05-06",
            "days": 139,
            "source": None,
        },
    ]
    (before,) = json.loads(world("show", "thor", "--json", "--as-of", "2026-11-23").out)["releases"]
    assert len(before["history"]) == 1
    assert "history" not in json.loads(world("list", "--json").out)["releases"][0]


def test_first_date_and_no_date_any_more_are_steps_too(world: World) -> None:
    """A release that only got its date has not moved."""
    for date, heading, row in (
        ("", "", ""),
        ("2027", "Dated", "2027  seen 23 Nov 2026"),
        ("", "Moved once", "withdrawn  seen 24 Nov 2026"),
    ):
        world.says(film("thor", date))
        page = world("show", "thor", "--format", "table").out.splitlines()
        assert not heading or heading in page
        assert not row or " ".join(row.split()) in [" ".join(line.split()) for line in page]
        world.later(1)


def test_show_needs_no_journal(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is none, or none that can be read, the catalogue's own moves are drawn."""
    world.says(film("thor", "2027"))
    right = world("show", "thor").out
    other = world.path.with_name("other.toml")
    other.write_text(world.path.read_text("utf-8"), "utf-8")
    world("list")
    monkeypatch.setenv("COUNTDOWN_CATALOGUE", str(other))
    with monkeypatch.context() as patch:  # an index, but no look yet
        patch.setattr(detect_changes, "record_changes", lambda *a, **b: True)
        assert world("show", "thor").out == right
    journal_file().unlink()
    journal_file().mkdir()
    assert world("show", "thor") == (0, right, "")
    homeless(monkeypatch)
    assert world("show", "thor") == (0, right, "")


def doctor(world: World) -> dict[str, str]:
    """What `doctor` says, by label."""
    ran = world("doctor")
    assert ran.code == 0
    return dict(line.split("\t", 1) for line in ran.out.splitlines())


def test_doctor_tells_where_the_journal_is_and_how_it_is(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It only looks: a journal is neither begun nor put aside by it."""
    monkeypatch.setattr(shell_checks, "installed_shells", list)
    monkeypatch.setattr(shell_checks, "median_start_times", lambda *_: None)
    path = journal_file()
    assert doctor(world)["journal"] == f"{path}  will be created"
    assert not path.exists()
    for date in ("2027", "2028"):
        world.says(film("thor", date))
        world("list")
    assert doctor(world)["journal"] == f"{path}  watching since 2026-11-22, changes seen: 1"
    for shut in (path, path.parent):
        with monkeypatch.context() as patch:
            patch.setattr(os, "access", lambda place, mode, shut=shut: str(place) != str(shut))
            assert doctor(world)["journal"].endswith("; can't be written, so it isn't growing")
    with monkeypatch.context() as patch:
        patch.setenv("COUNTDOWN_CATALOGUE", str(ROOT / "tests/data/july-2022.toml"))
        assert doctor(world)["journal"] == f"{path}  hasn't seen this catalogue yet"
    path.write_bytes(b"garbage" * 1000)
    assert "damaged; the next command sets it aside" in doctor(world)["journal"]
    assert path.exists()
    world("news")
    assert doctor(world)["damaged"] == f"{path}.damaged-1  kept, not used"
    with closing(sqlite3.connect(path)) as opened:
        opened.execute("PRAGMA user_version = 9")
    assert "can't be used: It has version 9" in doctor(world)["journal"]
    assert "It has version 9, and this countdown knows 6" in world("news").err
    with monkeypatch.context() as patch:
        patch.setattr(os, "access", lambda *_: False)
        journal_file().unlink()
        assert world("news").code == 1
        assert doctor(world)["journal"].endswith("; can't be written, so it isn't growing")
    homeless(monkeypatch)
    assert doctor(world)["journal"] == "none  no home folder; set HOME"


def test_newest_comes_first_also_after_a_clock_that_ran_behind(world: World) -> None:
    """What was seen later stands above, though the time of neither is known any more."""
    world.says(film("thor", "2027-05-01"), film("dune", "2027-05-01"))
    world("list")
    for month, days in ((6, 1), (7, -0.2), (8, 0.1)):
        world.later(days)
        world.says(film("thor", f"2027-{month:02}-01"), film("dune", f"2027-{month:02}-01"))
        world("list")
    told = [line.split("\t")[1:5:3] for line in world("news").out.splitlines()]
    assert told == [
        [name, f"1 {m} 2027"] for m in ("Aug", "Jul", "Jun") for name in ("Thor", "Dune")
    ]


def test_what_tab_was_the_first_to_see_is_noted(world: World) -> None:
    """It builds the index, too; nobody after it would compare again."""
    world.says(film("thor", "2027-05-01"))
    world("list")
    world.says(film("thor", "2027-06-01"))
    assert build_names.build_and_complete("bash", ["show", "t"]) == 0
    moved = world("news").out
    assert moved.endswith("22 Nov 2026\tThor\tdelayed\t1 May 2027\t1 Jun 2027\t+31 days\t\n")


# ---- Episodes ----


def season(*lines: str) -> str:
    """The table of a season."""
    keys = ('id = "loki-3"', 'title = "Loki"', 'kind = "season"', "season = 3", "date = 2027-02-01")
    return "\n".join((*keys, *lines))


def test_end_of_a_season_and_its_cadence_are_compared(world: World) -> None:
    """In every format; a day that is only written otherwise is none."""
    for lines in (
        (),
        ("complete = 2027-03-14",),
        ('complete = "14 March 2027"', 'cadence = "weekly"'),
        ("complete = 2027-03-21", 'cadence = "weekly"'),
        ('cadence = "all at once"',),
        (),
    ):
        world.later(1)
        world.says(season(*lines))
        world("list")
    day = "28 Nov 2026\tLoki, season 3\t"
    assert world("news").out.splitlines() == [
        f"{day}cadence\tall at once\t\t\t",
        "27 Nov 2026\tLoki, season 3\tcomplete\t21 Mar 2027\t\t\t",
        "27 Nov 2026\tLoki, season 3\tcadence\tweekly\tall at once\t\t",
        "26 Nov 2026\tLoki, season 3\tcomplete\t14 Mar 2027\t21 Mar 2027\t+7 days\t",
        "25 Nov 2026\tLoki, season 3\tcadence\t\tweekly\t\t",
        "24 Nov 2026\tLoki, season 3\tcomplete\t\t14 Mar 2027\t\t",
    ]
    document = json.loads(world("news", "--json").out)
    assert [error.message for error in OUTPUT.iter_errors(document)] == []
    assert [(one["from"], one["to"], one["days"]) for one in document["changes"][:4]] == [
        (None, None, None),
        ("2027-03-21", None, None),
        (None, None, None),
        ("2027-03-14", "2027-03-21", 7),
    ]
    assert [one["text"] for one in document["changes"]] == [
        "cadence no longer known (was all at once)",
        "day of the last episode withdrawn, was 21 Mar 2027",
        "now all at once (was weekly)",
        "complete 7 days later, 14 Mar 2027 → 21 Mar 2027",
        "now weekly",
        "complete, 14 Mar 2027",
    ]


def test_date_that_moves_as_the_end_did_hides_it_not(world: World) -> None:
    """A move that the catalogue records is one of the date that counts."""
    world.says(season("complete = 2027-02-01"))
    world("list")
    moves = "[[release.moves]]\nannounced = 2026-11-22\nfrom = 2027-02-01\nto = 2027-03-01"
    table = season("complete = 2027-03-01").replace("date = 2027-02-01", "date = 2027-03-01")
    world.says(f"{table}\n{moves}")
    what = [line.split("\t")[2] for line in world("news").out.splitlines()]
    assert sorted(what) == ["complete", "delayed"]


def test_end_that_an_older_journal_did_not_keep_is_no_news(world: World) -> None:
    """Nobody knows what it was; what changes from now on is."""
    world.says(season("complete = 2027-03-14"), film("dune", "2027-05-01"))
    world("list")
    with closing(sqlite3.connect(journal_file())) as opened, opened:
        for id, facts in opened.execute("SELECT id, facts FROM known").fetchall():
            older = "\x1f".join(facts.split("\x1f")[:3])
            opened.execute("UPDATE known SET facts = ? WHERE id = ?", [older, id])
    world.later(1)
    world.says(season("complete = 2027-03-21", 'stage = "filming"'), film("dune", "2027-05-01"))
    what = [line.split("\t")[2] for line in world("news").out.splitlines()]
    assert what == ["stage"]
    world.later(1)
    world.says(season("complete = 2027-03-28", 'stage = "filming"'), film("dune", "2027-05-01"))
    found = [line.split("\t")[2:5] for line in world("news").out.splitlines()]
    assert found == [["complete", "21 Mar 2027", "28 Mar 2027"], ["stage", "", "filming"]]


# ---- An own catalogue that can't be read at first ----

_OWN = """\
format = 1

[[release]]
id = "mine"
title = "Mine"
kind = "film"
date = 2099-01-01

[[release]]
id = "dune-3"
date = 2099-02-01

[[release]]
id = "thor-5"
hidden = true
"""


@pytest.mark.parametrize(
    ("sound", "broken"),
    [
        ("format = 1", "format = 1 ["),
        ("format = 1", "format = 99"),
        ("date = 2099-01-01", "date = 'soon'"),
        ("date = 2099-02-01", "dates = [{ date = 'soon' }]"),
        ("hidden = true", "hidden = true\ncast = 3"),
        ('id = "mine"', "id = []"),
    ],
)
def test_what_could_not_be_read_at_first_is_not_new(
    sound: str, broken: str, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once it can be, it is taken as it is: nobody saw it before. What changes then is."""
    monkeypatch.delenv("COUNTDOWN_TODAY")  # A day that is asked about is not recorded.
    monkeypatch.setenv("COUNTDOWN_REGION", "US")
    wrong = _OWN.replace(sound, broken)
    for text in (wrong, f"{wrong}# still\n", _OWN):
        shelf.write(text)
        shelf.run("list")
        assert shelf.run("news", "--mine").out == ""
        assert shelf.run("remind", "--recipient", "mail", "--moves").out == ""
    shelf.write(_OWN.replace("2099-01-01", "2099-01-08").replace("2099-02-01", "2099-02-08"))
    found = sorted(line.split("\t")[1:3] for line in shelf.run("news", "--mine").out.splitlines())
    assert found == [["Dune: Part Three", "delayed"], ["Mine", "delayed"]]
    more = '\n[[release]]\nid = "more"\ntitle = "More"\nkind = "film"\n'
    shelf.write(_OWN + more)
    found = sorted(line.split("\t")[1:3] for line in shelf.run("news", "--mine").out.splitlines())
    assert found == [["More", "new"]]


def test_entry_that_is_broken_later_is_new_once_it_can_be_read(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first look was at the catalogue without it."""
    monkeypatch.delenv("COUNTDOWN_TODAY")  # A day that is asked about is not recorded.
    monkeypatch.setenv("COUNTDOWN_REGION", "US")
    more = '\n[[release]]\nid = "more"\ntitle = "More"\nkind = "film"\n'
    for text in (_OWN, f"{_OWN}{more}cast = 3\n", _OWN + more):
        shelf.write(text)
        shelf.run("list")
    found = [line.split("\t")[1:3] for line in shelf.run("news", "--mine").out.splitlines()]
    assert found == [["More", "new"]]
