"""What day it is for the user, and when that ends."""

import time
from datetime import date, datetime, timedelta, tzinfo

_DAY = 86_400  # s


class Clock:
    """A moment: *today*, the local day as an ordinal, and *seconds*, in POSIX time.

    *zone* is the user's, None the system's. *ends* is when the day ends, in POSIX time. A clock
    that is *stopped* tells a day that was asked for, so its answers hold as long as one likes.
    """

    __slots__ = ("ends", "seconds", "stopped", "today", "zone")

    def __init__(
        self, today: int, seconds: int, zone: tzinfo | None = None, *, stopped: int | None = None
    ) -> None:
        """*stopped* is the POSIX time at which a clock was stopped to tell another day."""
        self.today = today
        self.seconds = seconds
        self.zone = zone
        self.stopped = stopped is not None
        self.ends = self._midnight() if stopped is None else stopped + _DAY

    @classmethod
    def at(cls, seconds: int, *, day: str = "") -> "Clock":
        """The system's clock at *seconds*, or stopped then to tell the start of *day*.

        Raises ValueError if that is not written YYYY-MM-DD.
        """
        if not day:
            return cls(datetime.fromtimestamp(seconds).toordinal(), seconds)
        start = date.fromisoformat(day)
        return cls(start.toordinal(), int(time.mktime(start.timetuple())), stopped=seconds)

    def day_of(self, seconds: int) -> int:
        """The local day of a moment, as an ordinal."""
        try:
            return datetime.fromtimestamp(seconds, self.zone).toordinal()
        except (OverflowError, ValueError, OSError):
            from countdown.core.local_time import (
                local_time,  # Deferred: for the ends of the calendar.
            )

            return local_time(seconds, self.zone).toordinal()

    def _midnight(self) -> int:
        try:
            tomorrow = datetime.fromordinal(self.today) + timedelta(days=1)
            return int(tomorrow.replace(tzinfo=self.zone).timestamp())
        except (OverflowError, ValueError, OSError):  # No day comes after the last one.
            return self.seconds + _DAY
