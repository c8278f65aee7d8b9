"""When something is looked at again: the nearer its date, the sooner."""

from datetime import date, timedelta

import pytest

from countdown.refresh.due import DAY, HOUR, interval, is_due

TODAY = date(2026, 11, 25)


def days(first: int, last: int | None = None) -> tuple[date, date]:
    """A window so many days from today."""
    return TODAY + timedelta(first), TODAY + timedelta(first if last is None else last)


@pytest.mark.parametrize(
    ("windows", "seconds"),
    [
        ([], 7 * DAY),
        ([days(0)], 12 * HOUR),
        ([days(14)], 12 * HOUR),
        ([days(15)], DAY),
        ([days(90)], DAY),
        ([days(91)], 7 * DAY),
        ([days(-5, 20)], DAY),
        ([days(5, 20)], DAY),
        ([days(200, 400)], 7 * DAY),
        ([days(-1)], 7 * DAY),
        ([days(-30)], 7 * DAY),
        ([days(-31)], 90 * DAY),
        ([days(-400), days(3)], 12 * HOUR),
    ],
)
def test_span_between_two_looks(windows: list[tuple[date, date]], seconds: int) -> None:
    """Of several dates, the one that is looked at most often counts."""
    assert interval(windows, TODAY) == seconds


def test_not_all_are_due_at_once() -> None:
    """Each a tenth earlier or later, always the same."""
    due = [is_due(f"Q{number}", 0, 1000, 1000) for number in range(1000)]
    assert 400 < sum(due) < 600
    assert not any(is_due(f"Q{number}", 0, 1000, 899) for number in range(1000))
    assert all(is_due(f"Q{number}", 0, 1000, 1100) for number in range(1000))


def test_check_that_is_missing_or_in_the_future_is_due() -> None:
    """A clock that ran ahead keeps nothing from being looked at."""
    assert is_due("Q1", None, DAY, 0)
    assert is_due("Q1", 100, DAY, 50)
