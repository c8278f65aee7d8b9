"""The sentences on a marathon."""

from datetime import date, timedelta
from typing import Any

import pytest

from countdown.core import day_style
from countdown.core.marathon import Entry, target_day
from countdown.core.marathon_wording import (
    Marathon,
    is_worth_a_line,
    notes,
    pace,
    pace_in_short,
    rate,
    scope,
    titles,
)
from countdown.core.missing_part import MissingPart
from countdown.core.release import Release
from countdown.core.watch_days import WatchDays, watch_days
from tests.views.releases import NOW, film, outlook_of

TARGET = film("Target", "2022-07-18", id="target")
TODAY = NOW.today


def marathon(
    count: int,
    target: Release = TARGET,
    *,
    kind: str = "film",
    per_day: int | None = None,
    start: date | None = None,
    **facts: Any,
) -> Marathon:
    """*count* releases before *target*."""
    outlook = outlook_of(target)
    entries = tuple(
        Entry(outlook_of(film(f"F{n}", "2001-01-01", kind=kind)), None, date.min)
        for n in range(count)
    )
    day = target_day(outlook)
    last = day - timedelta(days=1) if day else None
    plan = watch_days([date.min] * count, last, TODAY, per_day=per_day, start=start)
    return Marathon(outlook, entries, plan, last, per_day=per_day, start=start, **facts)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (marathon(3), ["One a day from Fri 15 Jul to Sun 17 Jul."]),
        (marathon(3, per_day=2), ["One or 2 a day from Sat 16 Jul to Sun 17 Jul."]),
        (marathon(1), ["Watch it on Sun 17 Jul."]),
        (marathon(2, per_day=2), ["Watch both on Sun 17 Jul."]),
        (marathon(3, per_day=3), ["Watch all of them on Sun 17 Jul."]),
        (
            marathon(20),
            ["One a day had to start on Tue 28 Jun.", "From today it takes one or 2 a day."],
        ),
        (
            marathon(28, per_day=1),
            ["One a day had to start on Mon 20 Jun.", "From today it takes 2 a day."],
        ),
        (
            marathon(420, per_day=21),
            ["21 a day had to start on Tue 28 Jun.", "From today it takes 30 a day."],
        ),
        (
            marathon(3, start=date(2022, 7, 16)),
            ["One a day has to start on Fri 15 Jul.", "From Sat 16 Jul it takes one or 2 a day."],
        ),
        (
            marathon(5, start=date(2022, 7, 17), per_day=2),
            ["2 a day has to start on Fri 15 Jul.", "From Sun 17 Jul it takes 5 a day at least."],
        ),
        (
            marathon(3, start=date(2022, 7, 20)),
            ["Wed 20 Jul is too late: the last day before it is Sun 17 Jul."],
        ),
        (
            marathon(1, film("W", "2023")),
            ["Watch it on Sat 31 Dec.", "It can come out from 1 Jan 2023 on."],
        ),
        (
            marathon(1, film("D", "2022-07-18?")),
            ["Watch it on Sun 17 Jul.", "Its date isn't confirmed."],
        ),
        (
            marathon(1, film("O", "2022-07-01/2022-08-01")),
            ["It can come out any day now, so no day is left to plan."],
        ),
        (
            marathon(1, film("L", "2022-06-01/2022-07-01")),
            ["It should be out by now, so no day is left to plan."],
        ),
        (
            marathon(1, film("T", "2022-07-04T23:00Z")),
            ["It comes out today, so no day is left to plan."],
        ),
        (
            marathon(1, film("T", "2022-07-04")),
            ["It comes out today, so no day is left to plan."],
        ),
        (
            marathon(1, film("T", "2022-07-04?")),
            ["It can come out any day now, so no day is left to plan."],
        ),
        (marathon(1, film("N")), ["No date has been announced, so these have no days yet."]),
        (
            marathon(1, film("R", "2020-01-01")),
            ["It's out already. To plan days, say from which: --from DAY."],
        ),
        (marathon(2, film("R", "2020-01-01"), start=TODAY), ["One a day from Mon 4 Jul on."]),
        (marathon(1, film("C", stage="cancelled")), ["It was cancelled, so these have no days."]),
        (marathon(1, film("H", stage="on-hold")), ["It's on hold, so these have no days."]),
    ],
    ids=lambda value: "" if isinstance(value, Marathon) else " ".join(value)[:40],
)
def test_sentences_on_the_days(given: Marathon, expected: list[str]) -> None:
    """When to begin, or why there are no days."""
    assert pace(given, TODAY) == expected


def planned(*ready: int) -> Marathon:
    """One release for each of the days of July on which they can be watched."""
    given = marathon(len(ready), per_day=1)
    plan = watch_days([date(2022, 7, each) for each in ready], given.last, TODAY)
    return given._replace(plan=plan)


def test_sentences_on_releases_that_are_ready_late() -> None:
    """No day is claimed on which nothing is watched, and no start that would help."""
    free = watch_days([date(2022, 7, 5), date(2022, 7, 17)], date(2022, 7, 17), TODAY, start=TODAY)
    spread = marathon(2)._replace(plan=free, start=TODAY)
    assert pace(spread, TODAY) == ["2 films from Tue 5 Jul to Sun 17 Jul."]
    assert pace(planned(1, 17, 17), TODAY) == [
        "Some come out too late for one a day.",
        "3 films from Fri 15 Jul to Sun 17 Jul.",
    ]
    assert rate(WatchDays((), None, True, 1, 4)) == "one to 4 a day"


def test_sentence_ends_once() -> None:
    """Short names of months have a full stop in some languages."""
    assert pace(marathon(2), TODAY, "pt")[0].endswith("de jul.")


def test_sentence_on_what_belongs() -> None:
    """What it continues, its franchises, or both."""
    ids = frozenset({"f0"})
    assert scope(marathon(1, chain=ids), "X") == "1 film to watch before X, which continues it."
    both = marathon(2, chain=ids, franchises=("F", "G"))
    assert scope(both, "X").endswith("X: those that it continues, and the rest of F and G.")
    assert scope(marathon(2, chain=frozenset({"f0", "f1"})), "X").endswith(
        "X, which continues them."
    )
    assert scope(marathon(2, franchises=("F",)), "X") == "2 films to watch before X: those of F."


def test_each_entry_has_a_day_or_none() -> None:
    """As many as there are entries."""
    assert marathon(2).days == (date(2022, 7, 16), date(2022, 7, 17))
    assert marathon(2, film("N")).days == (None, None)


def test_titles_are_films_only_if_all_are() -> None:
    """A season is no film."""
    assert titles(marathon(1_200).entries) == "1,200 films"
    assert titles(marathon(2, kind="season").entries) == "2 titles"


def test_notes() -> None:
    """What is missing, and that more can be."""
    assert notes(marathon(1), str) == ["The catalogue may lack others, too."]
    parts = tuple(MissingPart((f"A {n}",), "film") for n in range(8))
    said = notes(
        marathon(
            1,
            kind="season",
            unfinished=(TARGET, TARGET),
            not_out=TARGET,
            unknown=("lost", TARGET),
            missing=parts,
        ),
        lambda release: release.name,
    )
    assert said == [
        "A season counts as one, but takes more than an evening.",
        "Not out in full by then: Target and Target.",
        "Target, which it continues, isn't known to be out before it.",
        'The catalogue has no "lost", which Target continues.',
        'The catalogue has no "A 0", no "A 1", no "A 2", no "A 3", no "A 4" and no "A 5", nor 2 '
        "more parts.",
        "The catalogue may lack others, too.",
    ]
    few = notes(marathon(1, missing=parts[:1]), str)
    assert few[0] == 'The catalogue has no "A 0".'


def test_pace_in_short() -> None:
    """With the year if it isn't this one."""
    american = day_style.AMERICAN
    assert pace_in_short(WatchDays((TODAY,), None, True, 2, 3), TODAY) == "2 or 3 a day from today"
    ahead = WatchDays((date(2023, 1, 1),), None, False, 1, 1)
    assert pace_in_short(ahead, TODAY, american) == "one a day from Sun Jan 1, 2023"


@pytest.mark.parametrize(
    ("when", "is_worth"),
    [("2022-07-18", True), ("2022-07-04", False), ("2023", False), ("2020-01-01", False)],
)
def test_only_days_ahead_are_worth_a_line(when: str, is_worth: bool) -> None:
    """A window has no eve."""
    assert is_worth_a_line(outlook_of(film("A", when)), TODAY) is is_worth
    assert not is_worth_a_line(outlook_of(film("A")), TODAY)
