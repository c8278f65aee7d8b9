"""The user's day, and the moment at which it ends."""

import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from countdown.prompt.clock import Clock


def posix(text: str) -> int:
    """The POSIX time in s of a *moment* with its offset."""
    return int(datetime.fromisoformat(text).timestamp())


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """Allows a test to set the system's time zone as TZ, and restores it."""
    yield monkeypatch
    monkeypatch.undo()
    time.tzset()


def move(here: pytest.MonkeyPatch, zone: str) -> None:
    """Set the system's time zone to *zone*."""
    here.setenv("TZ", zone)
    time.tzset()


NIGHTS = [  # zone, a moment, the local day then, the moment at which that ends
    ("UTC", "2022-07-04T12:00:00+00:00", "2022-07-04", "2022-07-05T00:00:00+00:00"),
    ("UTC", "2022-07-04T00:00:00+00:00", "2022-07-04", "2022-07-05T00:00:00+00:00"),
    ("UTC", "2022-07-04T23:59:59+00:00", "2022-07-04", "2022-07-05T00:00:00+00:00"),
    ("Asia/Kathmandu", "2022-07-04T18:14:59+00:00", "2022-07-04", "2022-07-05T00:00:00+05:45"),
    ("Asia/Kathmandu", "2022-07-04T18:15:00+00:00", "2022-07-05", "2022-07-06T00:00:00+05:45"),
    # 23 hours, and 25.
    ("America/New_York", "2026-03-08T00:30:00-05:00", "2026-03-08", "2026-03-09T00:00:00-04:00"),
    ("America/New_York", "2026-11-01T00:30:00-04:00", "2026-11-01", "2026-11-02T00:00:00-05:00"),
    # The day before one that begins at one o'clock.
    ("America/Sao_Paulo", "2018-11-03T20:00:00-03:00", "2018-11-03", "2018-11-04T01:00:00-02:00"),
    ("America/Sao_Paulo", "2018-11-04T01:00:00-02:00", "2018-11-04", "2018-11-05T00:00:00-02:00"),
    # The last hour of a day, when it comes for the second time.
    ("America/Sao_Paulo", "2019-02-16T23:30:00-03:00", "2019-02-16", "2019-02-17T00:00:00-03:00"),
    # Midnight twice: the day ends with the first.
    ("America/Havana", "2026-10-31T20:00:00-04:00", "2026-10-31", "2026-11-01T00:00:00-04:00"),
    # There was no 30 December.
    ("Pacific/Apia", "2011-12-29T20:00:00-10:00", "2011-12-29", "2011-12-31T00:00:00+14:00"),
]


@pytest.mark.parametrize(("zone", "moment", "day", "ends"), NIGHTS)
def test_day_ends_at_midnight_of_the_system(
    zone: str, moment: str, day: str, ends: str, here: pytest.MonkeyPatch
) -> None:
    """Or at the first moment of the next day, if the clocks skip midnight."""
    move(here, zone)
    clock = Clock.at(posix(moment))
    assert (clock.today, clock.day_end) == (date.fromisoformat(day).toordinal(), posix(ends))
    assert (clock.day_of(posix(ends) - 1), clock.day_of(posix(ends)) > clock.today) == (
        clock.today,
        True,
    )


@pytest.mark.parametrize(("zone", "moment", "day", "ends"), NIGHTS)
def test_day_ends_at_midnight_of_a_named_zone(zone: str, moment: str, day: str, ends: str) -> None:
    """Whatever the system's zone is."""
    today = date.fromisoformat(day).toordinal()
    assert Clock(today, posix(moment), ZoneInfo(zone)).day_end == posix(ends)


@pytest.mark.parametrize(
    ("hours", "day"), [(-10, "2022-07-03"), (0, "2022-07-04"), (14, "2022-07-05")]
)
def test_day_of_a_moment_is_that_of_the_zone(hours: int, day: str) -> None:
    """A moment is on up to three days around the world."""
    zone = timezone(timedelta(hours=hours))
    moment = posix("2022-07-04T10:00:00+00:00") - (1 if hours < 0 else 0)
    clock = Clock(1, 0, zone)
    assert clock.day_of(moment) == date.fromisoformat(day).toordinal()


def test_last_day_of_the_calendar_is_good_for_a_day() -> None:
    """It has no next midnight."""
    assert Clock(date.max.toordinal(), 1_000, UTC).day_end == 1_000 + 86_400


def test_clock_that_was_stopped_tells_the_start_of_its_day(here: pytest.MonkeyPatch) -> None:
    """That day ends 24 hours later, not at midnight."""
    move(here, "America/Lima")
    clock = Clock.at(posix("2026-11-22T12:34:56+00:00"), day="2022-07-04")
    assert clock.stopped
    assert clock.today == date(2022, 7, 4).toordinal()
    assert clock.seconds == posix("2022-07-04T00:00:00-05:00")
    assert clock.day_end == posix("2026-11-23T12:34:56+00:00")
    assert not Clock.at(clock.seconds).stopped


@pytest.mark.parametrize("day", ["tomorrow", "4/7/2022", "2022-07", "2022-13-01", "2022-07-04T10"])
def test_day_in_another_spelling_is_left_to_those_who_can_read_it(day: str) -> None:
    """Only click's path loads dateutil."""
    with pytest.raises(ValueError, match=r"Invalid isoformat|month must be"):
        Clock.at(0, day=day)
