"""The user's clock: the local day, and when it ends."""

import time
from datetime import date, datetime, timedelta, tzinfo

_DAY = 86_400  # s


class Clock:
    """A moment: *today*, the local day as an ordinal, and *seconds*, in POSIX time.

    *zone* is the user's, None the system's. *day_end* is the POSIX time in s at which the day ends.
    A *stopped* clock shows a chosen day, as with COUNTDOWN_TODAY, and its hours don't pass.
    """

    __slots__ = ("day_end", "seconds", "stopped", "today", "zone")

    def __init__(
        self, today: int, seconds: int, zone: tzinfo | None = None, *, stopped: int | None = None
    ) -> None:
        """*stopped* is the POSIX time at which the clock was stopped; its day ends a day later."""
        self.today = today
        self.seconds = seconds
        self.zone = zone
        self.stopped = stopped is not None
        self.day_end = self._midnight() if stopped is None else stopped + _DAY

    @classmethod
    def at(cls, seconds: int, *, day: str = "") -> "Clock":
        """The system's clock at *seconds*, or stopped then at the start of *day*.

        Raises ValueError if *day* is not like 2027-06-11.
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
            from countdown.core.local_time import local_time  # Deferred: calendar's ends only.

            return local_time(seconds, self.zone).toordinal()

    def _midnight(self) -> int:
        try:
            tomorrow = datetime.fromordinal(self.today) + timedelta(days=1)
            return int(tomorrow.replace(tzinfo=self.zone).timestamp())
        except (OverflowError, ValueError, OSError):  # The calendar has no day after this one.
            return self.seconds + _DAY
