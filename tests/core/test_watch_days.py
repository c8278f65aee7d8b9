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
    assert watch_days([OUT] * 3, LAST, TODAY, per_day=2).days == (day(16), day(16), day(17))


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


def test_nothing_is_watched_before_it_is_out() -> None:
    """What comes after it follows at the same pace, as long as there's room."""
    ready = [OUT, day(5), OUT, OUT]
    plan = watch_days(ready, LAST, TODAY, start=day(1))
    assert plan.days == (day(1), day(5), day(6), day(7))
    assert plan.max_a_day == 1
    crowded = watch_days([OUT, day(16), OUT, OUT], LAST, TODAY)
    assert crowded.days == (day(14), day(16), day(17), day(17))
    assert (crowded.min_a_day, crowded.max_a_day) == (1, 2)


def test_days_stay_in_the_calendar() -> None:
    """Also for thousands of releases at its ends."""
    assert watch_days([OUT] * 9, date(1, 1, 2), date(1, 1, 1)).needed == date.min
    plan = watch_days([OUT] * 9, None, TODAY, start=date.max)
    assert plan.days[-1] == date.max


@given(
    count=st.integers(1, 200),
    left=st.integers(0, 60),
    per_day=st.none() | st.integers(1, 9),
    start=st.none() | st.integers(-3, 60),
    wait=st.integers(0, 60),
)
def test_plans_are_in_order_and_in_time(
    count: int, left: int, per_day: int | None, start: int | None, wait: int
) -> None:
    """Every entry has a day from the start to the last one, and not too many share one."""
    last = TODAY + timedelta(days=left)
    begin = None if start is None else TODAY + timedelta(days=start)
    ready = [OUT] * (count - 1) + [TODAY + timedelta(days=min(wait, left))]
    plan = watch_days(ready, last, TODAY, per_day=per_day, start=begin)
    if not plan.days:
        assert begin is not None
        room = (last - begin).days + 1
        assert room <= 0 or (per_day or 0) * room < count
        return
    assert len(plan.days) == count
    assert [*plan.days] == sorted(plan.days)
    assert (begin or TODAY) <= plan.days[0] <= plan.days[-1] <= last
    sizes = Counter(plan.days).values()
    assert max(sizes) <= plan.max_a_day
    assert plan.days[-1] >= ready[-1]
    if begin is None or plan.is_late:
        assert plan.days[-1] == last or count < left + 1


@pytest.mark.parametrize("count", [1, 7, 21, 22, 50])
def test_evenly_spread(count: int) -> None:
    """No day has two more than another."""
    plan = watch_days([OUT] * count, TODAY + timedelta(days=6), TODAY)
    sizes = Counter(plan.days).values()
    assert max(sizes) - min(sizes) <= 1
