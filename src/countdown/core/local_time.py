"""Local time of a moment and back, in any zone, up to both ends of the calendar.

Python can't compute the local time of a zone that is a day or more away from UTC, like TZ=GMT+24,
nor that of the first and last hours of the calendar, from 1 January 0001 to 31 December 9999. Some
platforms can't before 1970 nor after 3000.
"""

from datetime import UTC, datetime, timedelta, tzinfo

_EPOCH = datetime(1970, 1, 1)
_INWARDS = timedelta(days=4)  # more than any zone is away from UTC


def local_time(seconds: int, zone: tzinfo | None) -> datetime:
    """The date and time of day, without a zone, of the POSIX time *seconds* in *zone*.

    None is the system's zone. A time outside the calendar becomes its first or last moment.
    """
    try:
        return _plain(seconds, zone)
    except (OverflowError, ValueError, OSError):
        inwards = _INWARDS if seconds < 0 else -_INWARDS
    try:
        utc = _EPOCH + timedelta(seconds=seconds)
        return utc + _ahead(seconds + int(inwards.total_seconds()), zone)
    except OverflowError:
        return datetime.min if seconds < 0 else datetime.max.replace(microsecond=0)


def local_time_of(instant: datetime, zone: tzinfo | None) -> datetime:
    """The local time of the aware *instant* in *zone*; see `local_time`."""
    return local_time((instant - _EPOCH.replace(tzinfo=UTC)) // timedelta(seconds=1), zone)


def utc_of(local: datetime, zone: tzinfo | None) -> datetime:
    """The moment at which clocks in *zone* show *local*, in UTC, at most the end of the calendar.

    If clocks show it twice it is the first of these moments, unless *local* has fold = 1.
    """
    try:
        return _utc(local, zone)
    except (OverflowError, ValueError, OSError):
        inwards = _INWARDS if local.year < 5000 else -_INWARDS
    near = local + inwards
    try:
        away = near - _utc(near, zone).replace(tzinfo=None)
    except (OverflowError, ValueError, OSError):
        away = _ahead_at_epoch(zone)
    try:
        utc = local - away
    except OverflowError:
        utc = datetime.min if inwards > timedelta() else datetime.max.replace(microsecond=0)
    return utc.replace(tzinfo=UTC)


def _utc(local: datetime, zone: tzinfo | None) -> datetime:
    if zone is not None:
        return local.replace(tzinfo=zone).astimezone(UTC)
    seconds = int(local.replace(microsecond=0).timestamp())
    return datetime.fromtimestamp(seconds, UTC).replace(microsecond=local.microsecond)


def _ahead(seconds: int, zone: tzinfo | None) -> timedelta:
    """The time by which clocks in *zone* are ahead of UTC at the POSIX time *seconds*.

    Where the platform can't compute it, that of 1970: Windows has no local time before 1970 nor
    after 3000.
    """
    try:
        return _plain(seconds, zone) - (_EPOCH + timedelta(seconds=seconds))
    except (OverflowError, ValueError, OSError):
        return _ahead_at_epoch(zone)


def _ahead_at_epoch(zone: tzinfo | None) -> timedelta:
    return _plain(int(_INWARDS.total_seconds()), zone) - (_EPOCH + _INWARDS)


def _plain(seconds: int, zone: tzinfo | None) -> datetime:
    return datetime.fromtimestamp(seconds, zone).replace(tzinfo=None)
