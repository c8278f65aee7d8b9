"""How often a host may be asked, and when again after it said that it is too often."""

import time
from collections import deque
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final

MAX_RETRY_AFTER: Final = 3600  # seconds; a longer wish isn't believed
_MINUTE: Final = 60.0


class Pace:
    """At most *requests* within *seconds*, counted by *clock* in seconds."""

    def __init__(
        self,
        requests: int,
        seconds: float = _MINUTE,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._requests = requests
        self._seconds = seconds
        self._clock = clock
        self._made: deque[float] = deque(maxlen=requests)

    def wait(self) -> float:
        """The seconds until the next request may be made; 0 if it may be made now."""
        if len(self._made) < self._requests:
            return 0.0
        return max(0.0, self._made[0] + self._seconds - self._clock())

    def note(self) -> None:
        """Count a request that is made now."""
        self._made.append(self._clock())


def parse_retry_after(text: str | None, now: datetime) -> int | None:
    """The seconds that a `Retry-After` asks for (RFC 9110, 10.2.3); None if it can't be read.

    *now* is in UTC. It is a number of seconds or a day and time, and at most an hour counts.
    """
    text = (text or "").strip()
    if text.isascii() and text.isdecimal():
        return min(_seconds(text), MAX_RETRY_AFTER)
    try:
        at = parsedate_to_datetime(text)
        seconds = (at.replace(tzinfo=at.tzinfo or UTC) - now).total_seconds()
    except (TypeError, ValueError, OverflowError):
        return None
    return min(max(0, round(seconds)), MAX_RETRY_AFTER)


def parse_max_age(text: str | None) -> int | None:
    """The seconds of `max-age` in a `Cache-Control` (RFC 9111, 5.2.2.1); None without one."""
    for part in (text or "").lower().split(","):
        name, _, value = part.strip().partition("=")
        value = value.strip('"')
        if name == "max-age" and value.isascii() and value.isdecimal():
            return _seconds(value)
    return None


def _seconds(digits: str) -> int:
    """The number that *digits* are, of which more than ten don't matter."""
    return int(digits.lstrip("0")[:10] or 0)
