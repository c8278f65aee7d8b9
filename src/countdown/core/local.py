"""A moment as the user's clock shows it, whatever the zone and wherever in the calendar.

Python can't tell the local time of a zone that is a day or more away from UTC, as TZ=GMT+24 is, nor
of the first and last hours of the calendar, from 1 January 0001 to 31 December 9999.
"""

from datetime import datetime, timedelta, timezone, tzinfo

_EPOCH = datetime(1970, 1, 1)
_INWARDS = timedelta(days=4)  # more than any zone is away from UTC


def local_time(seconds: int, zone: tzinfo | None) -> datetime:
    """The date and time of day, without a zone, of the POSIX time *seconds* in *zone*.

    None is the system's zone. What would lie outside the calendar is its first or last moment.
    """
    try:
        return _plain(seconds, zone)
    except (OverflowError, ValueError, OSError):
        inwards = _INWARDS if seconds < 0 else -_INWARDS
    try:
        utc = _EPOCH + timedelta(seconds=seconds)
        away = _plain(seconds + int(inwards.total_seconds()), zone) - (utc + inwards)
        return utc + away
    except OverflowError:
        return datetime.min if seconds < 0 else datetime.max.replace(microsecond=0)


def local_time_of(instant: datetime, zone: tzinfo | None) -> datetime:
    """The same for the aware *instant*."""
    return local_time((instant - _EPOCH.replace(tzinfo=timezone.utc)) // timedelta(seconds=1), zone)


def utc_of(local: datetime, zone: tzinfo | None) -> datetime:
    """The moment at which clocks in *zone* show *local*, in UTC; at most the ends of the calendar.

    Where clocks show it twice it is the first of these moments, unless *local* says otherwise.
    """
    try:
        if zone is not None:
            return local.replace(tzinfo=zone).astimezone(timezone.utc)
        seconds = int(local.replace(microsecond=0).timestamp())
        return datetime.fromtimestamp(seconds, timezone.utc).replace(microsecond=local.microsecond)
    except (OverflowError, ValueError, OSError):
        inwards = _INWARDS if local.year < 5000 else -_INWARDS
    near = local + inwards
    try:
        found = local + (utc_of(near, zone).replace(tzinfo=None) - near)
    except OverflowError:
        found = datetime.min if inwards > timedelta() else datetime.max.replace(microsecond=0)
    return found.replace(tzinfo=timezone.utc)


def _plain(seconds: int, zone: tzinfo | None) -> datetime:
    return datetime.fromtimestamp(seconds, zone).replace(tzinfo=None)
