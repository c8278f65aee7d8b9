"""When an entity of a source is to be looked at again. No I/O, no clock."""

from binascii import crc32
from collections.abc import Iterable
from datetime import date
from typing import Final

HOUR: Final = 3600  # seconds
DAY: Final = 24 * HOUR
FULL_LOOK: Final = 30 * DAY  # after which it is read as a whole: lists of changes lose some
SELDOM: Final = 90 * DAY
_NEAR: Final = 14  # days
_SOON: Final = 90
_JUST_OUT: Final = 30

Window = tuple[date, date]  # the first and the last day on which it may come out


def interval(windows: Iterable[Window], today: date) -> int:
    """The seconds between two looks at a release with these *windows*, the shortest for any.

    The nearer it is, the more often: its date may still move.
    """
    return min((_interval(window, today) for window in windows), default=7 * DAY)


def _interval(window: Window, today: date) -> int:
    first, last = window
    if last < today:
        return 7 * DAY if (today - last).days <= _JUST_OUT else SELDOM
    away = (first - today).days
    if first == last and away <= _NEAR:
        return 12 * HOUR
    return DAY if away <= _SOON else 7 * DAY


def is_due(id: str, checked: int | None, seconds: int, now: int) -> bool:
    """True if the entity *id* is due, which was *checked* then and is looked at every *seconds*.

    Up to a tenth earlier or later, by its id, so that not all are due at once. A check in the
    future, by a clock that ran ahead, doesn't count.
    """
    if checked is None or checked > now:
        return True
    jitter = crc32(id.encode()) % 201 - 100
    return now - checked >= seconds + seconds * jitter // 1000
