"""The days on which to watch what comes before a release."""

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from countdown.core.watch_days import WatchDays, watch_days

TODAY = date(2026, 11, 27)
LAST = date(2026, 12, 17)
OUT = date(2020, 1, 1)


def day(number: int, month: int = 12) -> date:
    """A day of 2026."""
    return date(2026, month, number)


def test_last_one_is_watched_on_the_last_day() -> None:
    """One a day, by default."""
    assert watch_days([OUT] * 3, LAST, TODAY) == WatchDays(
        (day(15), day(16), day(17)), day(15), False, 1, 1
    )
    two = watch_days([OUT] * 3, LAST, TODAY, per_day=2)
    assert two == WatchDays((day(16), day(16), day(17)), day(16), False, 1, 2)


def test_late_start_takes_more_a_day() -> None:
    """All days from today are used, and the first have more."""
    plan = watch_days([OUT] * 5, day(29, 11), TODAY)
    assert plan == WatchDays(
        (day(27, 11), day(27, 11), day(28, 11), day(28, 11), day(29, 11)), day(25, 11), True, 1, 2
    )
    assert watch_days([OUT] * 6, day(29, 11), TODAY, per_day=1).max_a_day == 2
    assert watch_days([OUT] * 6, day(29, 11), TODAY, per_day=2).is_late is False


def test_start_is_kept() -> None:
    """If one a day isn't enough from there, it's more; a wished number is never exceeded."""
    early = watch_days([OUT] * 2, LAST, TODAY, start=day(1))
    assert (early.days, early.is_late) == ((day(1), day(2)), False)
    assert watch_days([OUT] * 4, LAST, TODAY, start=day(16)).days == (
        *(day(16), day(16)),
        *(day(17), day(17)),
    )
    assert watch_days([OUT] * 5, LAST, TODAY, start=day(16), per_day=2) == WatchDays(
        (), day(15), True, 3, 3
    )
    assert watch_days([OUT] * 4, LAST, TODAY, start=day(16), per_day=2).max_a_day == 2


def test_no_day_is_left() -> None:
    """On the day itself, after it, and if the start is later than the last day."""
    late = watch_days([OUT] * 4, TODAY - timedelta(days=1), TODAY)
    assert (late.days, late.is_late, late.max_a_day) == ((), True, 0)
    assert watch_days([OUT], LAST, TODAY, start=day(18)).days == ()


def test_without_a_last_day_there_must_be_a_start() -> None:
    """Nothing is invented otherwise."""
    assert watch_days([OUT] * 2, None, TODAY) == WatchDays()
    assert watch_days([], LAST, TODAY) == WatchDays()
    assert watch_days([OUT] * 3, None, TODAY, per_day=2, start=day(1)).days == (
        *(day(1), day(1)),
        day(2),
    )


def test_entry_that_is_not_ready_lets_others_go_first() -> None:
    """And it's watched as soon as it can be."""
    plan = watch_days([OUT, day(5), OUT, OUT], LAST, TODAY, start=day(1))
    assert plan.days == (day(1), day(5), day(2), day(3))
    assert (plan.min_a_day, plan.max_a_day) == (0, 1)
    seasons = [day(4), OUT, day(30, 11), OUT]
    assert watch_days(seasons, day(5), TODAY).days == (day(4), day(2), day(3), day(5))


def test_wished_number_is_kept_if_it_can_be() -> None:
    """Seven, three a day, although two of them aren't ready at first."""
    ready = [OUT, OUT, day(28, 11), OUT, OUT, day(28, 11), TODAY]
    plan = watch_days(ready, day(28, 11), TODAY, per_day=3, start=day(25, 11))
    assert not plan.is_late
    assert plan.max_a_day == 3


def test_some_are_out_too_late() -> None:
    """Then no start would be early enough."""
    plan = watch_days([OUT, day(17), day(17)], LAST, TODAY)
    assert plan == WatchDays((day(15), day(17), day(17)), None, True, 0, 2)
    wished = watch_days([OUT, day(17), day(17)], LAST, TODAY, start=day(1), per_day=1)
    assert wished == WatchDays((), None, True, 2, 2)


def test_days_stay_in_the_calendar() -> None:
    """Also for thousands of releases at its ends."""
    assert watch_days([date.min] * 2, date.min, date.min).days == (date.min, date.min)
    plan = watch_days([OUT] * 9, None, TODAY, start=date.max)
    assert plan.days[-1] == date.max


@given(
    waits=st.lists(st.integers(-3, 20), min_size=1, max_size=60),
    left=st.integers(0, 20),
    per_day=st.none() | st.integers(1, 9),
    start=st.none() | st.integers(0, 25),
)
def test_plans_are_in_time_and_not_too_full(
    waits: list[int], left: int, per_day: int | None, start: int | None
) -> None:
    """Nothing before it's out or after the last day; more than wished only if that's too late."""
    last, rate = TODAY + timedelta(days=left), per_day or 1
    begin = None if start is None else TODAY + timedelta(days=start)
    ready = [TODAY + timedelta(days=min(wait, left)) for wait in waits]
    plan = watch_days(ready, last, TODAY, per_day=per_day, start=begin)
    first = begin or TODAY
    least = max(
        (
            -(-sum(each >= day for each in ready) // ((last - day).days + 1))
            for day in (first + timedelta(days=at) for at in range((last - first).days + 1))
            if day > first
        ),
        default=0,
    )
    if first <= last:
        least = max(least, -(-len(ready) // ((last - first).days + 1)))
        assert plan.is_late is (least > rate)
    if not plan.days:
        assert first > last or (per_day and begin and plan.max_a_day == least > per_day)
        return
    assert all(max(first, out) <= day <= last for day, out in zip(plan.days, ready, strict=True))
    sizes = Counter(plan.days)
    days = [min(sizes) + timedelta(days=at) for at in range((max(sizes) - min(sizes)).days + 1)]
    assert plan.min_a_day == min(sizes[day] for day in days)
    assert plan.max_a_day == max(sizes.values()) <= max(rate, least)
    out_at_once = [day for day, out in zip(plan.days, ready, strict=True) if out <= first]
    assert out_at_once == sorted(out_at_once)


@pytest.mark.parametrize("count", [1, 7, 21, 22, 50])
def test_evenly_spread(count: int) -> None:
    """No day has two more than another."""
    plan = watch_days([OUT] * count, TODAY + timedelta(days=6), TODAY)
    sizes = Counter(plan.days).values()
    assert max(sizes) - min(sizes) <= 1
