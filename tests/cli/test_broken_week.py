"""A week in which the user's own catalogue is valid, broken, mended, broken, and mended again.

What is left out is unknown, not gone: the real `news` and `remind` say nothing of it meanwhile.
"""

import json
from pathlib import Path
from typing import Final

import pytest

from countdown import paths
from tests.cli.conftest import Ran, World
from tests.cli.shelf import SHIPPED as SHELF
from tests.thorough import part

GOOD: Final = """\
format = 1

[[release]]
id = "ours"
title = "Ours"
kind = "short"
date = 2026-12-24

[[release]]
id = "dune-3"
date = 2026-12-25

[[release]]
id = "thor-5"
hidden = true
"""
OTHER: Final = """
[[release]]
id = "other"
title = "Other"
kind = "film"
stage = "announced"
date = 2026-12-24
"""
SHIPPED: Final = SHELF + OTHER
BROKEN: Final = {
    "unreadable": f"{GOOD}\n= [",
    "newer": GOOD.replace("format = 1", "format = 3"),
    "an entry without its id": GOOD.replace('id = "ours"', "id = { a = 1 }"),
    "an overlay": GOOD.replace("date = 2026-12-25", 'date = "soon"'),
    "what is hidden": GOOD.replace("hidden = true", "hidden = 7"),
    "all of it": GOOD.replace("date =", "date = 1 #").replace("true", "1"),
}
EVEN: Final = part(BROKEN, 0, of=2)
ODD: Final = part(BROKEN, 1, of=2)


class Week:
    """The real commands with the user's own catalogue, at noon of a day."""

    def __init__(self, world: World, own: Path, shipped: Path) -> None:
        self.world = world
        self.own = own
        self.shipped = shipped

    def day(self, text: str, *words: str) -> Ran:
        """Go on to the next day, on which the own catalogue is *text*; what *words* answer."""
        self.world.later(1)
        self.own.write_text(text, "utf-8")
        return self.world(*words)


@pytest.fixture
def week(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Week:
    """From 22 November 2026 on, everything has been looked at once."""
    monkeypatch.delenv("COUNTDOWN_CATALOGUE")
    shipped = tmp_path / "shipped.toml"
    shipped.write_text(SHIPPED, "utf-8")
    monkeypatch.setattr(paths, "shipped", lambda name: str(shipped))
    own = Path(paths.user_catalogue() or "")
    own.parent.mkdir(parents=True)
    own.write_text(GOOD, "utf-8")
    made = Week(world, own, shipped)
    world("list")
    world("remind", "--recipient", "mail")
    return made


def observed(week: Week) -> list[str]:
    """The changes that were seen, the user's own too; each asked for twice, as of the day too."""
    ran = week.world("news", "--mine", "--since", "30d", "--json")
    changes = json.loads(ran.out)["changes"] if ran.out else []
    return [f"{change['id']} {change['what']}" for change in changes if change["seen"]]


@pytest.mark.parametrize("broken", EVEN.values(), ids=EVEN)
def test_news_has_nothing_of_it(week: Week, broken: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """No "removed", no "new", no "moved", neither while it is broken nor afterwards."""
    assert observed(week) == []
    for number, text in enumerate((broken, GOOD, broken, broken, GOOD, GOOD)):
        with monkeypatch.context() as patch:  # An answer that records nothing comes first.
            patch.setenv("COUNTDOWN_TODAY", f"2026-11-{23 + number}")
            week.day(text, "news")
            assert observed(week) == []
        week.world("list")
        assert observed(week) == []


@pytest.mark.parametrize("broken", ODD.values(), ids=ODD)
def test_changes_of_all_others_are_seen_meanwhile(week: Week, broken: str) -> None:
    """As those that come with a new version of the program."""
    week.day(broken, "list")
    week.shipped.write_text(SHIPPED.replace("announced", "filming"), "utf-8")
    week.day(broken, "list")
    assert observed(week) == ["thor-6 stage", "other stage"]
    week.day(GOOD, "list")
    assert observed(week) == ["thor-6 stage", "other stage"]


@pytest.mark.parametrize("broken", EVEN.values(), ids=EVEN)
def test_change_that_came_meanwhile_is_not_the_users(week: Week, broken: str) -> None:
    """Of a release over which the user wrote something else, it's seen once that can be read."""
    good = GOOD.replace("date = 2026-12-25", 'stage_note = "Mine."')
    broken = broken.replace("date = 2026-12-25", 'stage_note = "Mine."')
    week.day(good, "list")
    week.day(broken, "list")
    week.shipped.write_text(SHIPPED.replace("2026-12-18", "2026-12-19"), "utf-8")
    for text in (broken, f"{broken} # still", good):
        week.day(text, "list")
    assert observed(week) == ["dune-3 moved", "dune-3 moved"]
    ran = week.world("news", "--since", "30d")
    assert [line.split("\t")[1:3] for line in ran.out.splitlines()] == [
        ["Dune: Part Three", "delayed"]
    ]


def test_what_is_mended_otherwise_is_a_change(week: Week) -> None:
    """Once it can be read again, all that differs from the last good day is seen."""
    week.day(BROKEN["unreadable"], "list")
    first, ours, _, _ = GOOD.split("[[release]]")
    week.day(f"{first}[[release]]{ours.replace('12-24', '12-26')}", "list")
    assert sorted(observed(week)) == ["dune-3 moved", "ours moved", "thor-5 new"]


def test_release_that_is_taken_out_while_another_is_broken_is_removed(week: Week) -> None:
    """Each entry tells what it is about."""
    first, _, dune, thor = GOOD.split("[[release]]")
    week.day("[[release]]".join((first, dune.replace("2026", "'soon' #"), thor)), "list")
    assert observed(week) == ["ours removed"]


def test_catalogue_that_was_never_read_is_compared_once_it_can_be(week: Week) -> None:
    """Nobody knows which releases it is about, so even those that ship may be changed by it."""
    week.day("", "list")
    assert sorted(observed(week)) == ["dune-3 moved", "ours removed", "thor-5 new"]
    before = observed(week)
    week.day(BROKEN["unreadable"], "list")
    week.shipped.write_text(SHIPPED.replace("announced", "filming"), "utf-8")
    week.day(BROKEN["newer"], "list")
    assert observed(week) == before
    week.day("", "list")
    assert sorted({*observed(week)} - {*before}) == ["other stage", "thor-6 stage"]


@pytest.mark.parametrize("broken", ODD.values(), ids=ODD)
def test_remind_makes_up_for_it_once_it_is_mended(week: Week, broken: str) -> None:
    """Of what is left out nothing is said, not even the day that counted without the user."""
    remind = ("remind", "--recipient", "mail", "--milestones", "30")
    told: list[list[str]] = []
    for text in (GOOD, broken, broken, GOOD, broken, broken, GOOD, GOOD):
        ran = week.day(text, *remind)
        told.append(sorted(line.split(" comes")[0] for line in ran.out.splitlines()))
    names = ["Dune: Part Three", "Other", "Ours"]
    assert sorted(name for day in told for name in day) == names
    assert "Other" in told[1]
    if "hidden" not in broken or "soon" in broken:
        assert told[3]


@pytest.mark.parametrize("follow", ["Ours", "Dune: Part Three"])
def test_what_is_not_followed_does_not_take_its_place(week: Week, follow: str) -> None:
    """As it does once all that is followed is out."""
    week.shipped.write_text(SHIPPED.replace("2026-12-18", "2026-11-18"), "utf-8")
    week.world("follow", "--title", follow)
    remind = ("remind", "--recipient", "mail", "--milestones", "30")
    assert week.day(GOOD, *remind).out == ""
    assert week.day(BROKEN["unreadable"], *remind).out == ""
    assert week.day(BROKEN["newer"], *remind).out == ""
    assert week.world(*remind, "--all").out.startswith("Other comes out in 29 days")
    mended = week.day(GOOD, *remind).out
    assert mended.startswith(f"{follow} comes out in ")
    assert len(mended.splitlines()) == 1


def test_remind_without_a_journal_says_nothing_of_it_either(
    week: Week, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The entry itself tells what it is about."""
    journal = Path(paths.state_folder() or "", "journal.sqlite")
    journal.unlink()
    journal.mkdir()
    broken = BROKEN["an overlay"].replace("2026-12-24", "2026-12-23")
    ran = week.day(broken, "remind", "--milestones", "30,25")
    assert ran.out == "Ours comes out in 30 days, on 23 Dec 2026\n"
