"""`edit --date … --correction`: nobody hears of a change, as the old date was a mistake."""

import os
import sqlite3
import time
from contextlib import closing
from datetime import UTC, datetime

import pytest

from countdown import paths
from countdown.journal import database
from tests.cli.conftest import film
from tests.cli.shelf import Shelf


@pytest.fixture
def watched(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> Shelf:
    """A catalogue with a release of the user's own, whose changes are recorded."""
    now = datetime(2026, 11, 22, 12, tzinfo=UTC).timestamp()
    monkeypatch.delenv("COUNTDOWN_TODAY")
    monkeypatch.setenv("COUNTDOWN_TIMEZONE", "UTC")
    monkeypatch.setattr(time, "time", lambda: now)
    monkeypatch.setattr(time, "time_ns", lambda: int(now) * 1_000_000_000)
    shelf.write(f"format = 1\n[[release]]\n{film('short', '2028-09-08')}\n")
    return shelf


def news(shelf: Shelf) -> list[tuple[str, ...]]:
    """The kind of each change, and what was and is."""
    lines = shelf.run("news", "--mine").out.splitlines()
    return [tuple(line.split("\t")[2:5]) for line in lines]


CORRECTION = ("edit", "short", "--date", "2028-09-15", "--correction", "--stage", "filming")


def test_nothing_has_moved(watched: Shelf) -> None:
    """Neither the answer nor `news` nor `show` speaks of a delay; another fact did change."""
    watched.ran("list")
    assert watched.ran(*CORRECTION).out == (
        "Corrected short: 8 Sep 2028 → 15 Sep 2028\nChanged short: stage\n"
    )
    assert news(watched) == [("stage", "", "filming")]
    assert "8 Sep" not in watched.ran("show", "short").out
    assert "Delayed" not in watched.ran("show", "short", "--format", "table").out


def test_later_move_is_from_the_corrected_date(watched: Shelf) -> None:
    """It is one, as any other."""
    watched.ran("list")
    watched.ran(*CORRECTION)
    watched.write(watched.text.replace("2028-09-15", "2028-10-01"))
    assert ("delayed", "15 Sep 2028", "1 Oct 2028") in news(watched)


def test_earlier_move_that_no_command_has_seen_stays_one(watched: Shelf) -> None:
    """Only what is corrected has not moved."""
    watched.ran("list")
    watched.write(watched.text.replace("2028-09-08", "2028-08-08"))
    watched.ran(*CORRECTION[:5])
    assert news(watched) == [("brought forward", "8 Sep 2028", "8 Aug 2028")]


def test_dry_run_corrects_nothing(watched: Shelf) -> None:
    """The date that is written later has moved."""
    watched.ran("list")
    watched.ran(*CORRECTION, "--dry-run")
    watched.write(watched.text.replace("2028-09-08", "2028-09-15"))
    assert news(watched) == [("delayed", "8 Sep 2028", "15 Sep 2028")]


def test_correction_that_is_undone_has_not_moved_either(watched: Shelf) -> None:
    """Nor if it is repeated; the other fact of that command did change."""
    watched.ran("list")
    watched.ran(*CORRECTION)
    ran = watched.ran("undo")
    assert ran.out == "Undid: edit short --correction (date, stage)\n"
    assert "2028-09-08" in watched.text
    assert news(watched) == []
    watched.ran("redo")
    assert "2028-09-15" in watched.text
    assert news(watched) == [("stage", "", "filming")]


def test_move_after_an_undone_correction_is_from_the_first_date(watched: Shelf) -> None:
    """And a move that no command has seen before it stays one."""
    watched.ran("list")
    watched.ran(*CORRECTION[:5])
    watched.ran("undo")
    watched.write(watched.text.replace("2028-09-08", "2028-10-01"))
    assert news(watched) == [("delayed", "8 Sep 2028", "1 Oct 2028")]


def test_move_that_is_undone_is_one(watched: Shelf) -> None:
    """Only corrections are looked for; a dry run undoes none."""
    watched.ran("list")
    watched.ran("edit", "short", "--date", "2028-10-01")
    watched.ran("list")
    watched.ran(*CORRECTION[:5])
    watched.ran("undo", "--dry-run")
    watched.ran("undo")
    assert ("delayed", "8 Sep 2028", "1 Oct 2028") in news(watched)
    watched.ran("undo")
    assert news(watched) == []  # It took back what it had done that day.


def test_undone_correction_may_be_beside_a_mistake(watched: Shelf) -> None:
    """The catalogue is restored all the same."""
    watched.write(f"{watched.text}colour = 'red'\n")
    watched.ran("list")
    watched.ran(*CORRECTION[:5])
    watched.ran("undo")
    assert news(watched) == []


def test_day_that_is_given_corrects_the_journal_too(watched: Shelf) -> None:
    """The catalogue is changed whatever the day, and what other facts did is still noticed."""
    watched.ran("list")
    watched.write(watched.text.replace("2028-09-08", "2028-08-08"))
    watched.ran(*CORRECTION, "--as-of", "2026-11-20")
    assert sorted(news(watched)) == [
        ("brought forward", "8 Sep 2028", "8 Aug 2028"),
        ("stage", "", "filming"),
    ]
    watched.ran("undo", "--as-of", "2026-11-20")
    assert news(watched) == [("brought forward", "8 Sep 2028", "8 Aug 2028")]


def test_day_that_is_given_begins_no_journal(watched: Shelf) -> None:
    """Whoever sets the day for good has none."""
    watched.ran(*CORRECTION, "--as-of", "2026-11-20")
    assert not os.path.exists(database.path(str(paths.state_folder())))


def test_move_and_correction_of_one_day_stay_two(watched: Shelf) -> None:
    """Joined, they would be a move that never happened."""
    watched.ran("list")
    watched.write(watched.text.replace("2028-09-08", "2028-10-01"))
    watched.ran("list")
    watched.ran("edit", "short", "--date", "2028-10-08", "--correction")
    watched.write(watched.text.replace("2028-10-08", "2028-10-15"))
    first = ("delayed", "8 Sep 2028", "1 Oct 2028")
    assert {*news(watched)} == {first, ("delayed", "8 Oct 2028", "15 Oct 2028")}
    watched.write(watched.text.replace("2028-10-15", "2028-10-22"))
    assert {*news(watched)} == {first, ("delayed", "8 Oct 2028", "22 Oct 2028")}
    watched.ran("edit", "short", "--date", "2028-11-01", "--correction", "--stage", "filming")
    found = {first, ("delayed", "8 Oct 2028", "22 Oct 2028"), ("stage", "", "filming")}
    assert {*news(watched)} == found
    assert len(news(watched)) == len(found)


def test_correction_of_a_release_added_that_day_leaves_it_one_change(watched: Shelf) -> None:
    """It is new, with the date that it has."""
    watched.ran("list")
    watched.ran("add", "Second", "--date", "2028-10-01")
    watched.ran("list")
    watched.ran("edit", "second", "--date", "2028-10-08", "--correction")
    watched.write(watched.text.replace("2028-10-08", "2028-10-15"))
    assert news(watched) == [("new", "", "15 Oct 2028")]
    watched.ran("remove", "second")
    assert news(watched) == []


def test_release_that_the_journal_does_not_know_is_corrected(
    watched: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also without a journal, and beside another catalogue in use."""
    watched.ran(*CORRECTION)
    watched.ran("list")
    with closing(sqlite3.connect(database.path(str(paths.state_folder())))) as journal:
        journal.execute("DELETE FROM known")
        journal.commit()
    watched.ran("edit", "short", "--date", "2028-09-16", "--correction")
    state = str(paths.state_folder())
    monkeypatch.setattr(database, "path", lambda folder: os.path.join(state, "none", "journal"))
    watched.ran("edit", "short", "--date", "2028-09-17", "--correction")


@pytest.mark.parametrize("facts", ["damaged", "Short\x1f"])
def test_damaged_journal_stops_no_correction(watched: Shelf, facts: str) -> None:
    """What it says of the release is then seen as a change."""
    watched.ran("list")
    with closing(sqlite3.connect(database.path(str(paths.state_folder())))) as journal:
        journal.execute("UPDATE known SET facts = ?", [facts])
        journal.commit()
    watched.ran(*CORRECTION)
    assert watched.last["stage"] == "filming"
