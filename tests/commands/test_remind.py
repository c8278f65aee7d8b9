"""`countdown remind`: each reminder once for each recipient, none lost; and notifications."""

import io
import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import warnings
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from countdown import files, paths
from countdown.cli import notifications
from countdown.cli.group import run
from countdown.journal import database, deliveries
from tests.cli.conftest import Ran, World, film, program_at
from tests.cli.shelf import Shelf

ROOT = Path(__file__).resolve().parents[2]
SCHEMA: dict[str, Any] = json.loads((ROOT / "data/output.schema.json").read_bytes())
OUTPUT = Draft202012Validator(SCHEMA)
REMINDER = Draft202012Validator({"$ref": "#/$defs/reminder", "$defs": SCHEMA["$defs"]})
SILENT = (1, "", "")
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def journal_file() -> Path:
    """Where the journal of this test is."""
    folder = paths.state_folder()
    assert folder is not None
    return Path(folder, database.FILE_NAME)


# ---- Milestones ----


def test_reminder_says_that_its_date_was_not_checked_for_long(world: World) -> None:
    """Of a row's own check, if it has one."""
    world.says(
        film("old", "2026-11-29", checked="2026-02-03"),
        film("new", "2026-11-29", checked="2026-11-03"),
        film("row", checked="2026-11-03")
        + '\n[[release.dates]]\ndate = 2026-11-29\nchecked = "2026-02"',
    )
    assert world("remind").out.splitlines() == [
        "New comes out in 7 days, on 29 Nov 2026",
        "Old comes out in 7 days, on 29 Nov 2026 (not checked since Feb 2026)",
        "Row comes out in 7 days, on 29 Nov 2026 (not checked since Feb 2026)",
    ]


def test_milestone_is_told_on_its_day_and_once(world: World) -> None:
    """Cron may ask as often as it likes."""
    world.says(film("thor", "2026-11-29", title="Thor: Love and Thunder"))
    sentence = "Thor: Love and Thunder comes out in 7 days, on 29 Nov 2026\n"
    assert world("remind") == (0, sentence, "")
    assert world("remind") == SILENT
    world.later(0.4)
    assert world("remind") == SILENT
    world.later(0.6)
    assert world("remind") == SILENT
    world.later(5)
    assert world("remind").out == "Thor: Love and Thunder comes out tomorrow, on 29 Nov 2026\n"
    world.later(1)
    assert world("remind").out == "Thor: Love and Thunder comes out today\n"
    world.later(1)
    assert world("remind") == SILENT


def test_each_milestone_has_its_day(world: World) -> None:
    """A hundred, thirty, seven, one and none, the soonest first; others if one asks for them."""
    days = {"a": "2026-11-22", "b": "2026-11-23", "c": "2026-11-29", "d": "2026-12-22"}
    days |= {"e": "2027-03-02", "f": "2026-11-24", "g": "2026-11-21"}
    world.says(*(film(id, date) for id, date in days.items()))
    assert [line[0] for line in world("remind").out.splitlines()] == ["A", "B", "C", "D", "E"]
    remind = ("remind", "--milestones", "2, 7", "--recipient", "other")
    assert [line[0] for line in world(*remind).out.splitlines()] == ["F", "C"]


def test_window_has_no_milestones(world: World) -> None:
    """Nor has a day that nobody is sure of, nor a production that is shelved."""
    world.says(
        film("thor", "2026-11"),
        film("dune", "2026-11-29?"),
        film("loki", "2026-11-29", stage="on-hold"),
    )
    assert world("remind") == SILENT


def test_instant_is_told_on_its_local_day(world: World) -> None:
    """An evening in Los Angeles is the next day in UTC."""
    world.says(film("thor", "2026-11-30T04:00:00Z"))
    assert world("remind") == SILENT
    ran = world("remind", "--timezone", "America/Los_Angeles", "--recipient", "la")
    assert ran.out == "Thor comes out in 7 days, on 29 Nov 2026\n"


def test_day_of_another_region_says_so(world: World) -> None:
    """It counts for want of a nearer one."""
    dates = '[[release.dates]]\nregion = "BR"\ndate = 2026-11-{}\n'
    world.says(film("thor") + "\n" + dates.format(29), film("dune") + "\n" + dates.format(22))
    assert world("remind").out.splitlines() == [
        "Dune comes out today in BR",
        "Thor comes out in BR in 7 days, on 29 Nov 2026",
    ]
    dates = dates.replace('region = "BR"', 'place = "unstated"')
    world.says(film("alien") + "\n" + dates.format(29), film("blade") + "\n" + dates.format(22))
    assert world("remind", "--recipient", "mail").out.splitlines() == [
        "Blade comes out today (place not stated)",
        "Alien comes out in 7 days, on 29 Nov 2026 (place not stated)",
    ]


def test_silent_run_opens_the_index_no_more_often_than_it_asks(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """For changes, for what is left out, and for what comes; nobody reads what comes next."""
    world.says(film("thor", "2026-11-30"))
    assert world("remind") == SILENT
    connect, opened = sqlite3.connect, []

    def counted(path: str, **named: Any) -> sqlite3.Connection:
        opened.append(path)
        made: sqlite3.Connection = connect(path, **named)
        return made

    monkeypatch.setattr(sqlite3, "connect", counted)
    assert world("remind") == SILENT
    assert sum("/index-" in path for path in opened) <= 3


def test_recipients_are_told_each_for_itself(world: World) -> None:
    """The mail does not take the notification away."""
    world.says(film("thor", "2026-11-29"))
    for name in ("default", "mail", "das Handy", "é"):
        assert world("remind", "--recipient", name).code == 0
        assert world("remind", "--recipient", name) == SILENT
    assert world("remind") == SILENT


@pytest.mark.parametrize(
    "name", ["", " ", " mail", "a" * 41, "a\nb", "\x1b[31m", "\ud800", "\u202e"]
)
def test_name_of_a_recipient_is_short_and_plain(name: str, world: World) -> None:
    """It is told what is wrong, in letters that harm no terminal."""
    ran = world("remind", "--recipient", name)
    assert ran.code == 2
    assert "Write a few plain letters" in ran.err
    assert ran.err.isprintable() or "\n" in ran.err


@pytest.mark.parametrize("days", ["soon", "", "7,", "-1", "1000000"])
def test_milestones_are_days(days: str, world: World) -> None:
    """As those of the prompt are."""
    ran = world("remind", "--milestones", days)
    assert ran.code == 2
    assert "100,30,7,1,0" in ran.err


def journal_says() -> list[str]:
    """All that the journal holds, as SQL; nothing where there is none."""
    if not journal_file().exists():
        return []
    with closing(sqlite3.connect(journal_file())) as opened:
        return [*opened.iterdump()]


UNRECORDED = pytest.mark.parametrize("way", ["--as-of", "COUNTDOWN_TODAY", "--dry-run"])


def remind(world: World, way: str, day: str, *words: str) -> Ran:
    """What `remind` says, only asked: of a *day* or, in a dry run, of the day by the clock."""
    if way == "COUNTDOWN_TODAY":
        os.environ[way] = day
        try:
            return world("remind", *words)
        finally:
            del os.environ[way]
    return world("remind", *words, *([way] if way == "--dry-run" else [way, day]))


@UNRECORDED
def test_what_is_only_asked_about_is_not_told(way: str, world: World) -> None:
    """The real reminder comes all the same, on its day, to each who gets it."""
    world.says(film("thor", "2026-11-29"))
    for left, phrase in ((7, "in 7 days"), (1, "tomorrow")):
        today, expected = f"2026-11-{29 - left}", f"Thor comes out {phrase}, on "
        for _ in range(2):
            assert remind(world, way, today, "--recipient", "mail").out.startswith(expected)
        assert world("remind", "--recipient", "mail").out.startswith(expected)
        assert remind(world, way, today, "--recipient", "mail") == SILENT
        world.later(left - 1)


def test_day_ahead_is_told_when_it_comes(world: World) -> None:
    """Looking ahead on the day before does not take it away."""
    world.says(film("thor", "2026-11-30"))
    assert world("remind", "--as-of", "2026-11-23").out.startswith("Thor comes out in 7 days")
    assert world("remind") == SILENT
    world.later(1)
    assert world("remind").out.startswith("Thor comes out in 7 days")


@UNRECORDED
def test_move_that_is_only_asked_about_is_told_later(way: str, world: World) -> None:
    """Also one that nobody has noted yet; asking leaves no trace, and none of it is lost."""
    world.says(film("thor", "2027-05-01"))
    assert remind(world, way, "2030-01-01") == SILENT
    assert journal_says() == []
    assert world("remind") == SILENT
    before = journal_says()
    world.says(film("thor", "2027-05-31"))
    sentence = "Thor is delayed by 30 days: 1 May 2027 → 31 May 2027\n"
    for _ in range(2):
        assert remind(world, way, "2030-01-01") == (0, sentence, "")
    assert journal_says() == before
    assert world("remind") == (0, sentence, "")
    assert remind(world, way, "2030-01-01") == SILENT
    assert world("remind") == SILENT


def test_dry_run_shows_no_notification(world: World, desktop: Path) -> None:
    """It prints what would be shown; and it also tries milestones out."""
    world.says(film("thor", "2026-12-21"))
    tried = ("remind", "--milestones", "29", "--dry-run")
    assert world(*tried, "--notify").out == "Thor comes out in 29 days, on 21 Dec 2026\n"
    assert shown(desktop) == []
    assert world("remind", "--milestones", "29").code == 0
    assert world("remind", "--milestones", "29") == SILENT


@UNRECORDED
def test_asking_waits_for_nobody_and_needs_no_place(
    way: str, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While another one tells, and where nothing can be written."""
    world.says(film("thor", "2026-11-29"))
    sentence = "Thor comes out in 7 days, on 29 Nov 2026\n"
    with files.exclusive_lock(paths.state_folder() or "", "remind"):
        assert remind(world, way, "2026-11-22") == (0, sentence, "")
    monkeypatch.setenv("XDG_STATE_HOME", "/dev/null")
    assert remind(world, way, "2026-11-22") == (0, sentence, "")


def test_asking_leaves_a_damaged_journal_as_it_is(world: World) -> None:
    """It is put aside by the next one who is to note something, who says so."""
    world.says(film("thor", "2026-11-29"))
    world("list")
    journal_file().write_bytes(b"no journal" * 1000)
    ran = world("remind", "--dry-run")
    assert ran.out == "Thor comes out in 7 days, on 29 Nov 2026\n"
    assert ran.err == f"Can't use the journal {journal_file()}: file is not a database.\n"
    assert world("news", "--as-of", "2026-11-22").code == 1
    assert world("show", "thor", "--as-of", "2026-11-22").code == 0
    assert journal_file().read_bytes() == b"no journal" * 1000
    assert "The journal was damaged" in world("remind").err


def test_what_was_told_long_ago_is_forgotten(world: World) -> None:
    """The journal does not grow with every day; but a clock may be wrong for a while."""
    world.says(film("thor", "2026-11-29"), film("dune", "2028-01-01"))
    assert world("remind").out.startswith("Thor")
    world.later(300)
    world("remind")
    world.later(-300)
    assert world("remind") == SILENT
    world.later(404)
    assert world("remind").out == "Dune comes out tomorrow, on 1 Jan 2028\n"
    with closing(sqlite3.connect(journal_file())) as opened:
        found = opened.execute("SELECT reminder FROM delivery").fetchall()
    assert found == [("1 dune",)]


# ---- Missed ----


def test_milestone_missed_while_nothing_ran_is_told_once(world: World) -> None:
    """As what is true on the day of the next run."""
    world.says(film("thor", "2026-12-02"))
    assert world("remind") == SILENT
    world.later(5)
    assert world("remind") == (0, "Thor comes out in 5 days, on 2 Dec 2026\n", "")
    assert world("remind") == SILENT
    world.later(1)
    assert world("remind") == SILENT


def test_milestone_that_was_told_is_not_missed(world: World) -> None:
    """However long nothing ran after it, and wherever in between it ran in vain."""
    world.says(film("thor", "2026-11-29"))
    assert world("remind").code == 0
    for _ in range(2):
        world.later(2)
        assert world("remind") == SILENT


def test_several_missed_milestones_of_a_release_are_one_line(world: World) -> None:
    """The last one, also where that is today's."""
    world.says(film("thor", "2026-12-26"), film("dune", "2026-12-21"), film("loki", "2026-12-20"))
    assert world("remind") == SILENT
    world.later(28)
    assert world("remind").out.splitlines() == [
        "Loki comes out today",
        "Dune comes out tomorrow, on 21 Dec 2026",
        "Thor comes out in 6 days, on 26 Dec 2026",
    ]
    assert world("remind") == SILENT


def test_release_that_came_out_meanwhile_is_told_for_a_week(world: World) -> None:
    """Unless somebody found after its day that it had not come out."""
    late = {"stage": "filming", "checked": "2026-12-06"}
    week, longer = film("week", "2026-12-01"), film("longer", "2026-11-30")
    dates = '\n[[release.dates]]\nregion = "BR"\ndate = 2026-12-03\n'
    world.says(film("loki", "2026-12-05", **late), film("thor") + dates, week, longer)
    assert world("remind") == SILENT
    world.later(16)
    assert world("remind").out.splitlines() == [
        "Week has been out since 1 Dec 2026",
        "Thor has been out in BR since 3 Dec 2026",
    ]
    assert world("remind") == SILENT
    world.later(1)
    assert world("remind") == SILENT


def test_nothing_is_told_from_before_the_first_run(world: World) -> None:
    """Of each recipient; milestones from then on are told, however late."""
    world.says(film("thor", "2026-11-28"), film("dune", "2026-11-20"))
    assert world("remind") == SILENT
    world.later(2)
    assert world("remind") == SILENT
    assert world("remind", "--recipient", "mail") == SILENT
    world.later(4)
    for recipient in ("default", "mail"):
        ran = world("remind", "--recipient", recipient)
        assert ran.out == "Thor comes out today\n"
    assert world("remind", "--recipient", "new").out == "Thor comes out today\n"


@pytest.mark.parametrize(
    ("seen", "expected"),
    [(0, ["Dune", "Thor"]), (2, ["Dune", "Thor"]), (3, ["Dune"]), (5, ["Dune"])],
)
def test_milestone_before_a_date_was_known_is_not_missed(
    seen: int, expected: list[str], world: World
) -> None:
    """Nobody could have told it on its day."""
    dune = film("dune", "2026-12-02")
    world.says(dune)
    assert world("remind") == SILENT
    world.later(seen)
    world.says(dune, film("thor", "2026-12-01"))  # seven days after the 24th
    world("list")
    world.later(5 - seen)
    assert sorted(line.split()[0] for line in world("remind").out.splitlines()) == expected


def test_milestone_that_became_known_after_the_run_of_its_day_is_missed(world: World) -> None:
    """The next run tells it; but not what was told on that day already."""
    world.says(film("thor", "2026-11-29"))
    assert world("remind").code == 0
    world.later(0.2)
    world.says(film("thor", "2026-11-29"), film("dune", "2026-11-29"))
    world("list")
    world.later(1)
    assert world("remind").out == "Dune comes out in 6 days, on 29 Nov 2026\n"


@pytest.mark.parametrize(
    ("before", "seen", "expected"),
    [
        (film("thor", "2027-01-05"), 2, ["is brought forward by 35 days", "comes out in 4 days"]),
        (film("thor", "2027-01-05"), 3, ["is brought forward by 35 days"]),
        (film("thor", "2026-12"), 2, ["has a more exact date", "comes out in 4 days"]),
        (film("thor", "2026-12"), 3, ["has a more exact date"]),
        (film("thor", "2026-12-01", stage="on-hold"), 2, ["comes out in 4 days"]),
        (film("thor", "2026-12-01", stage="on-hold"), 3, []),
        (film("thor", "2026-12-01", stage="filming"), 3, ["comes out in 4 days"]),
        (film("thor", "2026-11-29"), 1, ["is delayed by 2 days", "comes out in 4 days"]),
    ],
)
def test_milestones_are_those_of_the_date_since_it_is_known(
    before: str, seen: int, expected: list[str], world: World
) -> None:
    """A date that moved meanwhile has others."""
    world.says(before)
    world("remind")
    world.later(seen)
    world.says(film("thor", "2026-12-01", stage="wrapped"))
    world("list")
    world.later(5 - seen)
    lines = world("remind").out.splitlines()
    assert [re.split("[:,]", line)[0] for line in lines] == [f"Thor {start}" for start in expected]


def test_date_that_moved_by_a_day_has_milestones_of_its_own(world: World) -> None:
    """That of the day before was told, and is no more."""
    world.says(film("thor", "2026-11-29"))
    assert world("remind").out == "Thor comes out in 7 days, on 29 Nov 2026\n"
    world.later(1)
    world.says(film("thor", "2026-11-30"))
    assert world("remind").out.splitlines() == [
        "Thor is delayed by 1 day: 29 Nov 2026 → 30 Nov 2026",
        "Thor comes out in 7 days, on 30 Nov 2026",
    ]


def test_date_that_moved_away_has_no_missed_milestone(world: World) -> None:
    """That of the old date is of no use any more."""
    world.says(film("thor", "2026-12-01"))
    world("remind")
    world.later(5)
    world.says(film("thor", "2027-12-01"))
    assert world("remind").out == "Thor is delayed by 12 months: 1 Dec 2026 → 1 Dec 2027\n"


def test_other_milestones_are_missed_only_since_they_are_asked_for(world: World) -> None:
    """A changed crontab pours out nothing old; and what was only tried takes nothing away."""
    world.says(film("thor", "2026-12-02"), film("dune", "2026-12-20"))
    assert world("remind", "--milestones", "7") == SILENT
    world.later(1)
    assert world("remind", "--milestones", "100") == SILENT
    world.later(4)
    remind = ("remind", "--milestones", "25,7")
    assert world(*remind).out == "Thor comes out in 5 days, on 2 Dec 2026\n"
    assert world(*remind) == SILENT
    world.says(film("thor", "2026-12-02"), film("dune", "2026-12-20"), film("loki", "2026-12-25"))
    world("list")
    world.later(5)
    assert world(*remind).out == "Loki comes out in 23 days, on 25 Dec 2026\n"


def test_instant_is_not_told_again_in_another_zone(world: World) -> None:
    """There it has another day; but a missed one is told, whatever the zone."""
    world.says(film("thor", "2026-11-30T04:00:00Z"))
    assert world("remind", "--timezone", "America/Los_Angeles").out.startswith("Thor comes out")
    world.later(1)
    assert world("remind", "--timezone", "Asia/Tokyo") == SILENT
    world.later(6)
    ran = world("remind", "--timezone", "Asia/Tokyo")
    assert ran.out == "Thor comes out tomorrow, on 30 Nov 2026\n"
    world.later(0.5)
    ran = world("remind", "--timezone", "America/Los_Angeles")
    assert ran.out == "Thor comes out today\n"
    world.later(1)
    assert world("remind", "--timezone", "Asia/Tokyo") == SILENT


@pytest.mark.parametrize(
    ("first", "then", "hours"),
    [("America/Los_Angeles", "Asia/Tokyo", 24), ("Asia/Tokyo", "America/Los_Angeles", 8)],
)
def test_instant_is_not_told_again_on_the_day_of_the_flight(
    first: str, then: str, hours: int, world: World
) -> None:
    """Where it is a day later, or earlier."""
    world.says(film("thor", "2026-11-30T04:00:00Z"))
    world.later(0 if hours == 24 else hours / 24)
    assert world("remind", "--timezone", first).out.startswith("Thor comes out in 7 days")
    world.later(1 if hours == 24 else 0)
    for zone in (first, then):
        assert world("remind", "--timezone", zone) == SILENT


def test_day_is_not_told_again_after_flying_west(world: World) -> None:
    """Where it is still yesterday."""
    world.says(film("thor", "2026-11-30"))
    world.later(0.2)
    tokyo = ("remind", "--timezone", "Asia/Tokyo")
    assert world(*tokyo).out == "Thor comes out in 7 days, on 30 Nov 2026\n"
    world.later(0.2)
    for _ in range(3):
        assert world("remind", "--timezone", "America/Los_Angeles") == SILENT
        world.later(1)


def test_clock_that_was_set_back_tells_nothing_twice(world: World) -> None:
    """Neither for some days nor to the time before the first run; nor what is from before that."""
    world.says(film("thor", "2026-12-02"), film("dune", "2026-11-28"))
    assert world("remind") == SILENT
    world.later(5)
    assert world("remind").out.splitlines() == [
        "Dune comes out tomorrow, on 28 Nov 2026",
        "Thor comes out in 5 days, on 2 Dec 2026",
    ]
    for back in (3, 5, 20000):
        world.later(-back)
        assert world("remind") == SILENT
        world.later(back)
        assert world("remind") == SILENT
    world.later(3)
    assert world("remind").out == "Dune has been out since 28 Nov 2026\n"


def test_clock_without_a_battery_makes_nothing_look_missed(world: World) -> None:
    """It begins long before the first run; what was new after its milestone stays so."""
    thor = film("thor", "2027-01-01")
    world.says(thor)
    assert world("remind") == SILENT
    world.later(5)
    world.says(thor, film("loki", "2026-12-02"))
    assert world("remind") == SILENT
    world.later(-20000)
    assert world("remind") == SILENT
    world.later(20000)
    assert world("remind") == SILENT
    world.later(6)
    assert world("remind").out.splitlines() == [
        "Loki has been out since 2 Dec 2026",
        "Thor comes out in 29 days, on 1 Jan 2027",
    ]


def test_clock_that_ran_ahead_is_forgotten(world: World) -> None:
    """What is missed after it was set right is told again, and what is due then."""
    world.says(film("thor", "2026-12-02"), film("dune", "2026-11-30"))
    assert world("remind") == SILENT
    world.later(3000)
    assert world("remind") == SILENT
    world.later(-2999)
    assert world("remind").out == "Dune comes out in 7 days, on 30 Nov 2026\n"
    world.later(4)
    assert world("remind").out == "Thor comes out in 5 days, on 2 Dec 2026\n"


def test_what_a_killed_run_missed_is_told_the_next_day(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rather twice than never, and then no more."""
    world.says(film("thor", "2026-12-02"))
    assert world("remind") == SILENT
    world.later(4)
    with monkeypatch.context() as patch, open("/dev/full", "w") as full:
        patch.setattr(sys, "stdout", full)
        assert world("remind").code == 1
    world.later(1)
    assert world("remind").out == "Thor comes out in 5 days, on 2 Dec 2026\n"
    world.later(1)
    assert world("remind") == SILENT


def test_milestone_whose_notification_failed_is_told_the_next_day(
    world: World, desktop: Path
) -> None:
    """Also that of the first run; what was shown is not shown again."""
    world.says(film("thor", "2026-11-29"), film("dune", "2026-11-22"))
    refusing(desktop, "Thor")
    assert world("remind", "--notify").code == 1
    assert [words[3:] for words in shown(desktop)] == [["Dune", "comes out today"]]
    world.later(1)
    assert world("remind", "--notify").code == 1
    world.later(1)
    accepting(desktop)
    assert world("remind", "--notify").code == 0
    assert [words[3:] for words in shown(desktop)] == [
        ["Thor", "comes out in 5 days, on 29 Nov 2026"]
    ]
    assert world("remind", "--notify") == SILENT


@UNRECORDED
def test_asking_takes_no_missed_milestone_away(way: str, world: World) -> None:
    """It tells what would be told today."""
    world.says(film("thor", "2026-12-02"))
    assert world("remind") == SILENT
    world.later(5)
    sentence = "Thor comes out in 5 days, on 2 Dec 2026\n"
    before = journal_says()
    for _ in range(2):
        assert remind(world, way, "2026-11-27") == (0, sentence, "")
    assert journal_says() == before
    assert world("remind") == (0, sentence, "")
    assert remind(world, way, "2026-11-27") == SILENT


def test_day_ahead_has_its_own_milestones_alone(world: World) -> None:
    """Those before it will be told in time."""
    world.says(film("thor", "2026-12-02"), film("dune", "2026-12-12"))
    assert world("remind") == SILENT
    ran = world("remind", "--as-of", "2026-12-05")
    assert ran.out == "Dune comes out in 7 days, on 12 Dec 2026\n"
    assert world("remind", "--as-of", "2026-11-21") == SILENT


def test_followed_release_that_came_out_last_is_told_alone(world: World) -> None:
    """While it was ahead, nothing else was to be told; from then on all is."""
    world.says(film("thor", "2026-11-26"), film("dune", "2026-12-02"), film("loki", "2026-12-05"))
    world("follow", "thor")
    assert world("remind") == SILENT
    world.later(7)
    assert world("remind").out.splitlines() == [
        "Thor has been out since 26 Nov 2026",
        "Loki comes out in 6 days, on 5 Dec 2026",
    ]


def test_what_is_followed_meanwhile_is_told(world: World) -> None:
    """Its milestones since the last run are no older than anything else that is told."""
    world.says(film("thor", "2026-12-02"), film("dune", "2026-12-02"))
    assert world("remind") == SILENT
    world.later(5)
    world("follow", "thor")
    assert world("remind").out == "Thor comes out in 5 days, on 2 Dec 2026\n"
    assert world("remind", "--all") == SILENT


def test_window_has_no_missed_milestone(world: World) -> None:
    """It never had one."""
    world.says(film("thor", "2026-11"), film("dune", "2026-11-29?"))
    assert world("remind") == SILENT
    world.later(20)
    assert world("remind") == SILENT


def test_missed_milestone_says_in_json_that_it_is_late(world: World) -> None:
    """By the milestone that it is."""
    world.says(film("thor", "2026-12-02"), film("dune", "2026-11-25"))
    assert world("remind") == SILENT
    world.later(5)
    document = json.loads(world("remind", "--json").out)
    assert [error.message for error in OUTPUT.iter_errors(document)] == []
    late = [(one["name"], one["days"], one["milestone"]) for one in document["reminders"]]
    assert late == [("Dune", -2, 0), ("Thor", 5, 7)]
    assert document["reminders"][0]["text"] == "Dune has been out since 25 Nov 2026"


def test_several_at_once_tell_a_missed_milestone_once(tmp_path: Path, world: World) -> None:
    """As one of the day."""
    world.says(film("thor", "2026-12-02"))
    assert world("remind") == SILENT
    program = program_at(tmp_path / "countdown", datetime(2026, 11, 27, 12, tzinfo=UTC))
    runs = [subprocess.Popen([program, "remind"], stdout=subprocess.PIPE) for _ in range(3)]
    answers = sorted(run.communicate()[0] for run in runs)
    assert answers == [b"", b"", b"Thor comes out in 5 days, on 2 Dec 2026\n"]


def test_long_absence_looks_at_no_more_days_than_matter(world: World) -> None:
    """Even if the journal has nonsense for the day of the last run."""
    world.says(film("thor", "2026-11-24"))
    assert world("remind") == SILENT
    with closing(sqlite3.connect(journal_file())) as opened, opened:
        opened.execute("UPDATE recipient SET day = ?", [-(10**15)])
        opened.execute("UPDATE milestone SET since = ?", [-(10**15)])
    assert world("remind").out == "Thor comes out in 2 days, on 24 Nov 2026\n"


# ---- What moved ----


def test_move_is_told_once(world: World) -> None:
    """Since the recipient asked last, however long ago that was."""
    world.says(film("thor", "2027-05-01", title="Extraction 3"))
    assert world("remind") == SILENT
    world.says(film("thor", "2027-05-31", title="Extraction 3"))
    world.later(40)
    assert world("remind").out == "Extraction 3 is delayed by 30 days: 1 May 2027 → 31 May 2027\n"
    assert world("remind") == SILENT
    world.later(1)
    assert world("remind") == SILENT


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (film("thor"), film("thor", "2027"), "Thor has a date: 2027\n"),
        (film("thor", "2027"), film("thor"), "Thor has no date any more (was 2027)\n"),
        (
            film("thor", "2027"),
            film("thor", "2027-36"),
            "Thor has a more exact date: Q4 2027 (was 2027)\n",
        ),
        (
            film("thor", "2027-36"),
            film("thor", "2027"),
            "Thor has a less exact date: 2027 (was Q4 2027)\n",
        ),
        (
            film("thor", stage="on-hold"),
            film("thor", stage="cancelled"),
            "Thor is cancelled (was on hold)\n",
        ),
        (film("thor"), film("thor", stage="cancelled"), "Thor is cancelled\n"),
        (
            film("thor", "2027-06-11T19:00:00Z"),
            film("thor", "2027-06-11T21:00:00Z"),
            "Thor is delayed by 2 h: 11 Jun 2027, 19:00 UTC → 11 Jun 2027, 21:00 UTC\n",
        ),
        (film("thor"), film("thor", stage="filming"), ""),
        (film("dune"), film("thor", "2027"), ""),
    ],
)
def test_what_moved_is_a_sentence(before: str, after: str, expected: str, world: World) -> None:
    """Dates and cancellations are told; stages, and what is new or gone, are for `news`."""
    world.says(before)
    world("remind")
    world.says(after)
    assert world("remind") == (0 if expected else 1, expected, "")


def test_new_recipient_is_not_flooded(world: World) -> None:
    """It begins with what moves from now on; milestones it is told at once."""
    world.says(film("thor", "2026-11-30"))
    world("list")
    world.says(film("thor", "2026-11-29"))
    assert world("remind", "--recipient", "new").out == "Thor comes out in 7 days, on 29 Nov 2026\n"


def test_several_moves_are_told_as_one(world: World) -> None:
    """From what the recipient knew to what is known now; what went there and back is no news."""
    world.says(film("thor", "2027-05-01"), film("dune", "2028"))
    world("remind")
    for thor, dune in (("2027-05-11", "2029"), ("2027-05-31", "2028")):
        world.says(film("thor", thor), film("dune", dune))
        world("list")
    assert world("remind").out == "Thor is delayed by 30 days: 1 May 2027 → 31 May 2027\n"
    assert world("remind") == SILENT


def test_move_after_the_day_asked_about_is_told_later(world: World) -> None:
    """As of yesterday, nobody knew of it; and it is not lost by asking so."""
    world.says(film("thor", "2027-05-01"))
    world("remind")
    world.later(2)
    world.says(film("thor", "2027-05-31"))
    assert world("remind", "--as-of", "2026-11-23") == SILENT
    assert world("remind").code == 0


def test_followed_narrows_both(world: World) -> None:
    """And who begins to follow later is not told what moved before."""
    world.says(film("thor", "2026-11-29"), film("dune", "2026-11-29"), film("loki", "2027"))
    assert world("remind", "--followed").code == 2
    world("follow", "--title", "dune")
    assert world("remind", "--followed").out == "Dune comes out in 7 days, on 29 Nov 2026\n"
    world.says(film("thor", "2026-12-22"), film("dune", "2027"), film("loki", "2028"))
    assert world("remind", "--followed").out.startswith("Dune is delayed by 13 months: ")
    world("follow", "--title", "loki")
    assert world("remind", "--followed") == SILENT


STAGE = 'stage = "filming"'
LATER = 'date = "2099-03-01"'


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ([("2099-01-01", LATER)], []),
        ([("2099-01-01", LATER), ("2099-01-01", "")], []),
        ([("2099-01-01", STAGE)], []),
        ([("2099-01-01", 'stage = "cancelled"')], []),
        ([("2099-02-01", "")], ["is delayed by 31 days: 1 Jan 2099 → 1 Feb 2099"]),
        ([("2099-02-01", ""), ("2099-02-01", LATER)], []),
        (
            [("2099-02-01", ""), ("2099-02-01", STAGE)],
            ["is delayed by 31 days: 1 Jan 2099 → 1 Feb 2099"],
        ),
        (
            [("2099-02-01", ""), ("2099-02-01", LATER), ("2099-02-01", "")],
            ["is delayed by 31 days: 1 Jan 2099 → 1 Feb 2099"],
        ),
        (
            [("2099-01-01", LATER), ("2099-04-01", "")],
            ["is delayed by 31 days: 1 Mar 2099 → 1 Apr 2099"],
        ),
        (
            [("2099-01-01", "hidden = true"), ("2099-02-01", "hidden = true"), ("2099-02-01", "")],
            ["is delayed by 31 days: 1 Jan 2099 → 1 Feb 2099"],
        ),
        ([("2099-01-01", "hidden = true")], []),
    ],
)
def test_what_the_user_changed_is_no_reminder(
    steps: list[tuple[str, str]], expected: list[str], shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As in `news`; what the shipped catalogue changed is one, whatever the user did besides."""
    monkeypatch.delenv("COUNTDOWN_TODAY")
    shipped = Path(paths.shipped("releases.toml"))
    shipped.write_text(f"format = 1\n[[release]]\n{film('thor', '2099-01-01')}\n", "utf-8")
    assert shelf.run("remind") == SILENT
    for date, own in steps:
        shipped.write_text(f"format = 1\n[[release]]\n{film('thor', date)}\n", "utf-8")
        shelf.write(f'format = 1\n[[release]]\nid = "thor"\n{own}\n' if own else "format = 1\n")
        shelf.run("list")
    assert shelf.run("remind").out == "".join(f"Thor {text}\n" for text in expected)
    assert shelf.run("remind") == SILENT


# ---- For programs ----


def test_json_holds_what_is_told_and_its_releases(world: World) -> None:
    """After the contract; what was told so is told."""
    world.says(film("thor", "2026-11-29"), film("dune", "2027-05-01"))
    world("remind", "--recipient", "json")
    world.later(6)
    world.says(film("thor", "2026-11-29"), film("dune", "2027-05-31"))
    text = world("remind", "--recipient", "json", "--json").out
    document = json.loads(text)
    assert [error.message for error in OUTPUT.iter_errors(document)] == []
    move, day = document["reminders"]
    assert (move["change"]["days"], move["day"], move["days"]) == (30, None, None)
    assert day == {
        "id": "thor",
        "name": "Thor",
        "day": "2026-11-29",
        "days": 1,
        "milestone": 1,
        "complete": False,
        "change": None,
        "text": "Thor comes out tomorrow, on 29 Nov 2026",
    }
    assert [one["id"] for one in document["releases"]] == ["dune", "thor"]
    assert world("remind", "--recipient", "json", "--json") == SILENT
    world.later(1)
    (line,) = world("--format", "jsonl", "remind", "--recipient", "json").out.splitlines()
    assert REMINDER.is_valid(json.loads(line))


# ---- Told or not told ----


def test_what_could_not_be_written_is_told_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reader that has gone, a full disk: neither moves nor milestones are lost."""
    world.says(film("thor", "2027-05-01"))
    world("remind")
    world.says(film("thor", "2027-05-31"), film("dune", "2026-11-29"))

    with monkeypatch.context() as patch, open("/dev/full", "w") as full:
        patch.setattr(sys, "stdout", full)
        ran = world("remind")
        assert (ran.code, ran.out) == (1, "")
        assert "No space left" in ran.err
    assert len(world("remind").out.splitlines()) == 2
    assert world("remind") == SILENT


def test_who_is_killed_while_telling_tells_it_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is marked after it was told, so it can come twice and is never lost."""
    world.says(film("thor", "2026-11-29"))
    assert world("list").code == 0

    class Deadly(io.StringIO):
        def write(self, text: str) -> int:
            os.kill(os.getpid(), signal.SIGKILL)
            return len(text)

    with warnings.catch_warnings():  # Of threads, in a child that starts none.
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if not child:
        try:
            monkeypatch.setattr(sys, "stdout", Deadly())
            world("remind")
        finally:
            os._exit(1)
    _, status = os.waitpid(child, 0)
    assert os.WTERMSIG(status) == signal.SIGKILL
    assert world("remind").out == "Thor comes out in 7 days, on 29 Nov 2026\n"
    assert world("remind") == SILENT


def test_closed_stdout_tells_nobody(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """So nothing counts as told."""
    world.says(film("thor", "2026-11-29"))
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stdout", None)
        assert run(["remind"]) == 1
    assert world("remind").code == 0


def test_closed_stdout_is_told_without_a_traceback(world: World, tmp_path: Path) -> None:
    """As a shell closes it by >&-."""
    world.says(film("thor", "2026-11-29"))
    done = subprocess.run(
        ["sh", "-c", f"exec {program_at(tmp_path / 'countdown', NOON)} remind >&-"],
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (
        1,
        "Can't write the answer: Bad file descriptor.\n",
    )


def test_two_at_once_tell_it_once(tmp_path: Path, world: World) -> None:
    """Whoever comes second waits, and finds that it has been told."""
    world.says(film("thor", "2026-11-29"), film("dune", "2026-11-29"))
    world("list")
    program = program_at(tmp_path / "countdown", NOON)
    runs = [
        subprocess.Popen(
            [program, "remind"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(4)
    ]
    answers = sorted(run.communicate() for run in runs)
    assert sorted(run.returncode for run in runs) == [0, 1, 1, 1]
    assert answers[:3] == [("", "")] * 3
    assert len(answers[3][0].splitlines()) == 2


def test_journal_that_others_hold_is_told_of_and_no_reason_to_be_silent(
    world: World, impatient: None
) -> None:
    """Rather twice than never; what can still be read is taken into account."""
    world.says(film("thor", "2026-11-29"), film("dune", "2027-05-01"))
    assert world("remind").code == 0
    world.later(1)
    world.says(film("thor", "2026-11-30"), film("dune", "2027-05-31"))
    world("list")
    with closing(sqlite3.connect(journal_file(), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        for _ in range(2):
            ran = world("remind")
            assert len(ran.out.splitlines()) == 3
            assert ran.err == (
                "Can't remember what was sent, so it may be sent again: database is locked\n"
            )
    assert len(world("remind").out.splitlines()) == 3
    assert world("remind") == SILENT


@pytest.mark.parametrize("function", ["list_deliveries", "record_delivery"])
def test_trouble_while_it_is_remembered_is_told(
    function: str, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk that fills up just then."""
    world.says(film("thor", "2026-11-29"))

    def full(*_: object, **__: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(deliveries, function, full)
        ran = world("remind")
        assert (ran.code, ran.out) == (0, "Thor comes out in 7 days, on 29 Nov 2026\n")
        assert ran.err.startswith("Can't remember what was sent, so it may be sent again: ")
        assert "database or disk is full" in ran.err
    assert world("remind").err == ""
    assert world("remind") == SILENT


def test_without_a_home_milestones_are_told(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the reason why they will be told again; and why nothing that moved can be told."""
    world.says(film("thor", "2026-11-29"))
    monkeypatch.setenv("HOME", "")
    monkeypatch.setenv("XDG_STATE_HOME", "")
    for _ in range(2):
        ran = world("remind")
        assert ran.out == "Thor comes out in 7 days, on 29 Nov 2026\n"
        assert "There's no home folder" in ran.err
        assert len(ran.err.splitlines()) == 1
    world.says()
    ran = world("remind")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err == "There's no home folder for the journal. Set HOME.\n"


def test_who_comes_while_another_still_tells_waits_and_else_tells_nothing(
    world: World, impatient: None
) -> None:
    """Notifications can take their time; nothing is told twice for that."""
    world.says(film("thor", "2026-11-29"))
    with files.exclusive_lock(str(paths.state_folder()), "remind"):
        ran = world("remind")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith("Another countdown remind is still sending. ")
    assert world("remind").out.startswith("Thor")


def test_journal_that_can_not_be_written_is_no_silence(world: World, impatient: None) -> None:
    """What moved meanwhile is told when it can be; until then, why it is not."""
    world.says(film("thor", "2027-05-01"))
    assert world("remind") == SILENT
    world.says(film("thor", "2027-05-31"))
    with closing(sqlite3.connect(journal_file(), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        ran = world("remind")
        lacks = f"Can't write the journal {journal_file()}, so it lacks the latest changes.\n"
        assert ran == (1, "", f"{lacks}database is locked\n")
        assert world("news").err.startswith(lacks)
    assert world("remind").out == "Thor is delayed by 30 days: 1 May 2027 → 31 May 2027\n"


@pytest.mark.parametrize("table", ["delivery", "recipient"])
def test_damage_of_what_was_told_is_mended(table: str, world: World) -> None:
    """The journal is put aside; what is told once more is remembered then."""
    world.says(film("thor", "2026-11-29"))
    assert world("remind").code == 0
    with closing(sqlite3.connect(journal_file())) as opened:
        query = "SELECT rootpage FROM sqlite_master WHERE name = ?"
        (page,) = opened.execute(query, [table]).fetchone()
        (size,) = opened.execute("PRAGMA page_size").fetchone()
    with journal_file().open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xff" * 200)
    ran = world("remind")
    assert ran.out == "Thor comes out in 7 days, on 29 Nov 2026\n"
    assert "The journal was damaged. It's kept as " in ran.err
    assert world("remind") == SILENT


def test_damage_that_is_met_while_it_is_remembered_is_mended_for_the_next_time(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else it would be told at every call."""
    world.says(film("thor", "2026-11-29"))

    class Damaging(io.StringIO):
        def write(self, text: str) -> int:
            journal_file().write_bytes(b"no database at all")
            return super().write(text)

    with monkeypatch.context() as patch:
        patch.setattr(sys, "stdout", Damaging())
        assert "so it may be sent again: file is not a database\n" in world("remind").err
    assert Path(f"{journal_file()}.damaged-1").read_bytes() == b"no database at all"
    assert world("remind").code == 0
    assert world("remind") == SILENT


# ---- Notifications ----


def refusing(desktop: Path, title: str) -> None:
    """Let notify-send fail for *title*."""
    program = desktop / "notify-send"
    program.write_text(f'#!/bin/sh\n[ "$3" = {title} ] && exit 1\n' + program.read_text("utf-8"))


def accepting(desktop: Path) -> None:
    """Let notify-send work again."""
    program = desktop / "notify-send"
    program.write_text(program.read_text("utf-8").split("exit 1\n")[-1])


@pytest.fixture
def desktop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is all of PATH, with a notify-send that notes what it is given in `shown`."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in ("notify-send", "osascript"):
        program = folder / name
        program.write_text(
            f"#!/bin/sh\nprintf '%s\\0' {name} \"$@\" >>'{tmp_path}/shown'\n"
            f"printf '\\n' >>'{tmp_path}/shown'\n",
            "utf-8",
        )
        program.chmod(0o755)
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setattr(sys, "platform", "linux")
    return folder


def shown(desktop: Path) -> list[list[str]]:
    """The words of each notification, and none from now on."""
    path = desktop.parent / "shown"
    if not path.exists():
        return []
    text = path.read_text("utf-8")
    path.unlink()
    return [one.split("\0")[:-1] for one in text.split("\0\n")[:-1] for one in [f"{one}\0"]]


def test_each_thing_is_a_notification_and_nothing_is_printed(world: World, desktop: Path) -> None:
    """Title and sentence apart, and only once."""
    world.says(film("thor", "2026-11-29"), film("dune", "2026-11-22"))
    assert world("remind", "--notify") == (0, "", "")
    words = ["notify-send", "--app-name=countdown", "--"]
    assert shown(desktop) == [
        [*words, "Dune", "comes out today"],
        [*words, "Thor", "comes out in 7 days, on 29 Nov 2026"],
    ]
    assert world("remind", "--notify") == SILENT
    assert shown(desktop) == []


def test_what_moves_while_a_new_recipient_is_not_reached_is_not_lost(
    world: World, desktop: Path
) -> None:
    """It is new until it has been told something; what moves counts from its first try on."""
    world.says(film("thor", "2026-11-29"), film("dune", "2028-01-01"))
    refusing(desktop, "Thor")
    assert world("remind", "--notify").code == 1
    world.says(film("thor", "2026-11-29"), film("dune", "2028-02-01"))
    accepting(desktop)
    assert world("remind", "--notify").code == 0
    assert [words[3:] for words in shown(desktop)] == [
        ["Dune", "is delayed by 31 days: 1 Jan 2028 → 1 Feb 2028"],
        ["Thor", "comes out in 7 days, on 29 Nov 2026"],
    ]


def test_move_that_was_shown_is_not_shown_again_while_another_fails(
    world: World, desktop: Path
) -> None:
    """Not the next day either; and what becomes of it then starts from what was shown."""
    world.says(film("dune", "2028-01-01", stage="filming"), film("loki", "2028-01-01"))
    assert world("remind") == SILENT
    world.says(film("dune", "2028-02-01", stage="cancelled"), film("loki", "2028-02-01"))
    moved, back = (
        "is delayed by 31 days: 1 Jan 2028 → 1 Feb 2028",
        "is brought forward by 31 days: 1 Feb 2028 → 1 Jan",
    )
    refusing(desktop, "Loki")
    for day in range(3):
        assert world("remind", "--notify").code == 1
        assert [words[3:] for words in shown(desktop)] == (
            [] if day else [["Dune", moved], ["Dune", "is cancelled (was filming)"]]
        )
        world.later(1)
    world.says(film("dune", "2028-01-01", stage="cancelled"), film("loki", "2028-02-01"))
    accepting(desktop)
    assert world("remind", "--notify").code == 0
    assert sorted(words[3:] for words in shown(desktop)) == [
        ["Dune", f"{back} 2028"],
        ["Loki", moved],
    ]
    assert world("remind", "--notify") == SILENT


def test_more_than_three_things_share_a_notification(world: World, desktop: Path) -> None:
    """A line each."""
    world.says(*(film(id, "2026-11-22") for id in "abcd"))
    assert world("remind", "--notify") == (0, "", "")
    (only,) = shown(desktop)
    body = "\n".join(f"{name} comes out today" for name in "ABCD")
    assert only[3:] == ["4 reminders", body]


@pytest.mark.parametrize(
    "title",
    [
        "$(touch ran) `touch ran` ${HOME}",
        "--help",
        "-",
        "<b>bold</b> & <img src=x>",
        r"a\nb\\c",
        "100 %s %n",
        'q" quoted',
    ],
)
def test_title_is_shown_as_it_is(title: str, world: World, desktop: Path) -> None:
    """No shell reads it; markup and backslashes of the body are escaped, since those are read."""
    world.says(film("thor", "2026-11-22", title=title), film("dune"))
    world("remind", "--notify")
    ((*_, summary, _),) = shown(desktop)
    assert summary == title
    world.says(*(film(id, "2026-11-22", title=title) for id in "abcd"))
    world("remind", "--notify")
    ((*_, body),) = shown(desktop)
    first = body.splitlines()[0].removesuffix(" comes out today")
    for literal, character in (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"), ("\\\\", "\\")):
        first = first.replace(literal, character)
    assert first == title
    assert not Path("ran").exists()


def test_apple_is_given_words_and_no_script(
    world: World, desktop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The script is always the same; a title is an argument behind one that ends the options."""
    monkeypatch.setattr(sys, "platform", "darwin")
    world.says(film("thor", "2026-11-22", title='--help" & <b>'))
    world("remind", "--notify")
    ((program, *words),) = shown(desktop)
    assert program == "osascript"
    assert words[0::2][:3] == ["-e"] * 3
    assert words[6:] == ["countdown", '--help" & <b>', "comes out today"]


def test_missing_program_is_told_and_nothing_counts_as_told(world: World, desktop: Path) -> None:
    """With what to install."""
    world.says(film("thor", "2026-11-29"))
    (desktop / "notify-send").rename(desktop / "hidden")
    ran = world("remind", "--notify")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err == (
        "notify-send isn't installed, so nothing was sent."
        " Install libnotify (libnotify-bin on Debian and Ubuntu).\n"
    )
    (desktop / "hidden").rename(desktop / "notify-send")
    assert world("remind", "--notify").code == 0


def test_missing_program_of_apple_is_told(
    world: World, desktop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There is nothing to install there."""
    monkeypatch.setattr(sys, "platform", "darwin")
    (desktop / "osascript").unlink()
    world.says(film("thor", "2026-11-29"))
    assert world("remind", "--notify") == (
        *(1, ""),
        "osascript isn't installed, so nothing was sent. It comes with macOS.\n",
    )


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        ("echo 'no D-Bus here' >&2; exit 1", "no D-Bus here"),
        ("printf 'no D-Bus\\nhere\\n' >&2; exit 1", "no D-Bus; here"),
        ("exit 1", "Is a desktop running that shows notifications?"),
        ("printf 'a\\033[31mb' >&2; exit 1", "a\\x1b[31mb"),
    ],
)
def test_program_that_fails_is_told_and_nothing_counts_as_told(
    script: str, reason: str, world: World, desktop: Path
) -> None:
    """What it says is passed on, without what would drive a terminal."""
    world.says(film("thor", "2026-11-29"))
    (desktop / "notify-send").write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    for _ in range(2):
        ran = world("remind", "--notify")
        assert ran == (1, "", f"Couldn't show the notification, will retry: {reason}\n")
    assert world("remind").code == 0


def test_notification_spells_out_what_can_not_be_seen(desktop: Path) -> None:
    """A desktop would turn the line around, as a terminal does."""
    notifications.send("a\x1bb", "c\u202ed\ne")
    assert shown(desktop)[0][3:] == ["a\\x1bb", "c\\\\u202ed\ne"]


def test_notification_leaves_the_input_of_the_program_alone(world: World, desktop: Path) -> None:
    """In a shell's `while read` loop it would swallow the lines that are to come."""
    (desktop / "notify-send").write_text("#!/bin/sh\nread line\nexit 0\n", "utf-8")
    world.says(film("thor", "2026-11-29"))
    ours, end = os.pipe()
    os.write(end, b"next\n")
    os.close(end)
    before = os.dup(0)
    os.dup2(ours, 0)
    try:
        assert world("remind", "--notify").code == 0
        assert os.read(0, 10) == b"next\n"
    finally:
        os.dup2(before, 0)
        os.close(before)
        os.close(ours)


def test_what_was_shown_before_a_failure_is_told(world: World, desktop: Path) -> None:
    """The rest comes again, a move too."""
    world.says(film("thor", "2026-11-29"), film("dune", "2027-05-01"))
    world("remind", "--recipient", "other")
    world("remind", "--notify", "--milestones", "3")
    world.says(film("thor", "2026-11-29"), film("dune", "2027-05-31"))
    program = desktop / "notify-send"
    works = program.read_text("utf-8")
    program.write_text(f'{works}[ "$3" != Thor ]\n', "utf-8")
    assert world("remind", "--notify").code == 1
    assert [words[3] for words in shown(desktop)] == ["Dune", "Thor"]
    program.write_text(works, "utf-8")
    assert world("remind", "--notify").code == 0
    assert [words[3] for words in shown(desktop)] == ["Thor"]
    world.later(1)
    assert world("remind", "--notify") == SILENT


def test_program_that_hangs_or_is_none_is_a_failure(
    world: World, desktop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody waits for it forever."""
    world.says(film("thor", "2026-11-29"))
    (desktop / "notify-send").write_text("\x7fELF no program", "utf-8")
    ran = world("remind", "--notify")
    assert ran.code == 1
    assert ran.err.startswith("Couldn't show the notification, will retry: [Errno 8]")
    (desktop / "notify-send").write_text("#!/bin/sh\nread line <'fifo'\n", "utf-8")
    monkeypatch.chdir(desktop)
    os.mkfifo("fifo")
    run = subprocess.run

    def hasty(*args: Any, timeout: float, **named: Any) -> object:
        return run(*args, timeout=timeout / 400, **named)

    monkeypatch.setattr(subprocess, "run", hasty)
    assert "timed out" in world("remind", "--notify").err


# ---- At a terminal ----


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Answers go to a person."""
    monkeypatch.setattr("countdown.cli.output._is_terminal_output", lambda: True)


@pytest.mark.parametrize(
    ("tables", "expected"),
    [
        ([], "Nothing new. Nothing with an exact date is coming.\n"),
        (
            [film("thor", "2027"), film("loki")],
            "Nothing new. Nothing with an exact date is coming.\n",
        ),
        (
            [film("thor", "2026-11-24"), film("dune", "2027")],
            "Nothing new. Next: Thor in 2 days.\n",
        ),
        ([film("thor", "2026-11-26T02:00:00Z")], "Nothing new. Next: Thor in 4 days.\n"),
    ],
)
@pytest.mark.usefixtures("terminal")
def test_person_at_a_terminal_is_told_that_there_is_nothing_new(
    tables: list[str], expected: str, world: World
) -> None:
    """And what comes next, from the first run on; the exit code stays."""
    world.says(*tables)
    assert world("remind", "--dry-run") == (1, "", expected)
    assert world("remind") == (1, "", expected)
    since = expected.replace("new.", "new since 12:00.")
    assert world("remind") == (1, "", since)
    assert world("remind", "--dry-run") == (1, "", since)
    assert world("remind", "--recipient", "mail") == (1, "", expected)
    assert world("remind", "--as-of", "2026-11-22") == (1, "", expected)


@pytest.mark.usefixtures("terminal")
def test_person_at_a_terminal_is_told_since_when_nothing_is_new(
    world: World, desktop: Path
) -> None:
    """By the clock, or by the day of the last run that told everything."""
    world.says(film("thor", "2026-11-29"))
    assert world("remind") == (0, "Thor comes out in 7 days, on 29 Nov 2026\n", "")
    world.later(0.38)
    assert world("remind").err == "Nothing new since 12:00. Next: Thor in 7 days.\n"
    ran = world("remind", "--timezone", "America/New_York")
    assert ran.err == "Nothing new since 16:07. Next: Thor in 7 days.\n"
    world.later(1)
    assert world("remind").err == "Nothing new since 22 Nov 2026. Next: Thor in 6 days.\n"
    world.later(-0.5)
    assert world("remind").err == "Nothing new. Next: Thor in 6 days.\n"
    world.later(4.5)
    refusing(desktop, "Thor")
    assert world("remind", "--notify", "--milestones", "2").code == 1
    ran = world("remind", "--milestones", "50")
    assert ran.err == "Nothing new since 23 Nov 2026. Next: Thor in 2 days.\n"


@pytest.mark.usefixtures("terminal")
def test_person_at_a_terminal_sees_hearts(world: World) -> None:
    """Programs that ask for text get the same sentences without them."""
    world.says(film("thor", "2026-11-29"), film("dune", "2026-11-23"))
    world("follow", "thor")
    drawn = world("remind", "--all", "--dry-run").out
    assert drawn == (
        "  Dune comes out tomorrow, on 23 Nov 2026\n"
        "♥ Thor comes out in 7 days, on 29 Nov 2026\n\n♥ you follow it\n"
    )
    plain = world("remind", "--all", "--dry-run", "--format", "plain").out
    assert plain == "".join(f"{line[2:]}\n" for line in drawn.splitlines()[:2])
    assert "Choose plain, json, jsonl" in world("remind", "--format", "table").err
    assert world("remind", "--all").out == drawn
    assert world("remind", "--all").code == 1


@pytest.mark.usefixtures("terminal")
def test_person_at_a_terminal_is_told_of_what_is_followed(world: World) -> None:
    """If there is any of it ahead; and if there is none."""
    world.says(film("thor", "2026-11-23"), film("loki", "2026-11-30"), film("dune", "2027"))
    remind = ("remind", "--milestones", "50", "--recipient")
    assert "You don't follow anything yet." in world("remind", "--followed").err
    assert world(*remind, "a").err == "Nothing new. Next: Thor tomorrow.\n"
    world("follow", "loki")
    assert world(*remind, "b").err == "Nothing new. Next: Loki in 8 days.\n"
    assert world(*remind, "c", "--all").err == "Nothing new. Next: Thor tomorrow.\n"
    world("unfollow", "loki")
    world("follow", "dune")
    nothing = "Nothing new. Nothing that you follow is coming on an exact date.\n"
    assert world(*remind, "d").err == nothing
    assert world(*remind, "e", "--followed").err == nothing
    world.later(1)
    assert world(*remind, "f", "--all").err == "Nothing new. Next: Thor today.\n"


@pytest.mark.usefixtures("terminal")
def test_next_is_none_that_was_just_told(world: World) -> None:
    """What comes out today and is known to do so is no news; what isn't known is."""
    world.says(film("thor", "2026-11-22"), film("loki", "2026-11-30"))
    assert world("remind").out.startswith("Thor comes out today")
    assert world("remind").err == "Nothing new since 12:00. Next: Loki in 8 days.\n"
    world.says(film("thor", "2026-11-22"), film("loki", "2026-11-30"), film("dune", "2026-11-22"))
    ran = world("remind", "--milestones", "50", "--recipient", "mail")
    assert ran.err == "Nothing new. Next: Dune today.\n"


@pytest.mark.usefixtures("terminal")
def test_programs_are_told_nothing_where_there_is_nothing(world: World) -> None:
    """JSON is for them, also on a terminal."""
    world.says(film("thor", "2026-11-30"))
    assert world("remind", "--json") == SILENT
    assert world("--format", "jsonl", "remind") == SILENT


@pytest.mark.usefixtures("terminal")
def test_person_at_a_terminal_is_told_that_notifications_were_sent(
    world: World, desktop: Path
) -> None:
    """They can be on another screen."""
    world.says(film("thor", "2026-11-29"))
    assert world("remind", "--notify") == (0, "", "Sent 1 reminder to your desktop.\n")
    world.says(*(film(id, "2026-11-22") for id in "abcd"))
    assert world("remind", "--notify") == (0, "", "Sent 4 reminders to your desktop.\n")
    ran = world("remind", "--notify")
    assert ran == (1, "", "Nothing new since 12:00. Nothing with an exact date is coming.\n")


@pytest.mark.usefixtures("terminal")
def test_title_in_a_hint_does_the_terminal_no_harm(world: World) -> None:
    """It is written as it is, but for what a terminal would obey."""
    world.says(film("thor", "2026-11-30", title="[bold]$(touch ran)[/] %s"))
    assert world("remind").err == "Nothing new. Next: [bold]$(touch ran)[/] %s in 8 days.\n"


@pytest.mark.usefixtures("terminal")
def test_time_until_the_next_is_told_in_months_or_exact_days(world: World) -> None:
    """As in lists."""
    world.says(film("thor", "2027-05-22"))
    remind = ("remind", "--milestones", "50", "--recipient", "far")
    assert world(*remind).err == "Nothing new. Next: Thor in 6 months.\n"
    found = world(*remind[:3], "--days").err
    assert found == "Nothing new. Next: Thor in 181 days.\n"


def test_exact_days_are_told_where_they_are_wanted(world: World) -> None:
    """In every format; without the option, 100 days are weeks."""
    world.says(film("thor", "2027-03-02"))
    day = ("remind", "--as-of", "2026-11-22")
    assert world(*day).out == "Thor comes out in 14 weeks, on 2 Mar 2027\n"
    for format in ("plain", "json", "jsonl"):
        found = world(*day, "--days", "--format", format).out
        assert "Thor comes out in 100 days, on 2 Mar 2027" in found


def test_exact_days_of_a_move(world: World) -> None:
    """Asked about twice, since nothing is marked as sent."""
    world.says(film("thor", "2027-05-01"))
    assert world("remind") == SILENT
    world.says(film("thor", "2027-07-01"))
    world.later(1)
    asked = ("remind", "--dry-run")
    assert world(*asked).out == "Thor is delayed by 9 weeks: 1 May 2027 → 1 Jul 2027\n"
    exact = "Thor is delayed by 61 days: 1 May 2027 → 1 Jul 2027\n"
    assert world(*asked, "--days").out == exact
