"""Release dates with their precision: windows from an earliest to a latest day. No I/O.

Every constructor here returns the exact window that its numbers name, so that no other module ever
sees a day that nobody announced.
"""

from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Final, Literal, NamedTuple, get_args

from countdown.core.local_time import local_time_of

Precision = Literal[
    "instant",
    "day",
    "month",
    "season",
    "quarter",
    "quadrimester",
    "semester",
    "year",
    "decade",
    "interval",
    "open",
]
PRECISIONS: Final[tuple[Precision, ...]] = get_args(Precision)

# The latest day of a window without an end. It stands last in every order, and is never shown.
NO_LATEST: Final = date.max
_BEYOND_CALENDAR: Final = date.max.toordinal() + 1

MONTHS: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

# Sub-year groupings of EDTF (ISO 8601-2:2019, 4.8): code → (first month, months, precision, name).
# Seasons are the northern hemisphere's meteorological ones, as the trade uses them.
GROUPINGS: Final[dict[int, tuple[int, int, Precision, str]]] = {
    21: (3, 3, "season", "spring"),
    22: (6, 3, "season", "summer"),
    23: (9, 3, "season", "autumn"),
    24: (12, 3, "season", "winter"),
    33: (1, 3, "quarter", "Q1"),
    34: (4, 3, "quarter", "Q2"),
    35: (7, 3, "quarter", "Q3"),
    36: (10, 3, "quarter", "Q4"),
    37: (1, 4, "quadrimester", "early"),
    38: (5, 4, "quadrimester", "mid"),
    39: (9, 4, "quadrimester", "late"),
    40: (1, 6, "semester", "first half of"),
    41: (7, 6, "semester", "second half of"),
}


class ReleaseDate(NamedTuple):
    """The window of days in which a release is announced to come out, both ends included.

    *edtf* is the window in the Extended Date/Time Format (ISO 8601-2), normalised; a trailing
    `?`, `~` or `%` says that the source is uncertain, approximate or both. *instant* is an aware
    UTC date-time if the exact moment is known; *earliest* and *latest* are then its day in UTC. The
    *latest* day of an open window is NO_LATEST.
    """

    earliest: date
    latest: date
    precision: Precision
    edtf: str
    instant: datetime | None = None

    @property
    def qualifier(self) -> str:
        """`?`, `~`, `%` or the empty text; for a window, it combines those of its ends."""
        if "/" not in self.edtf:
            return _qualifier(self.edtf)
        return _combined_qualifier(self.edtf)

    @property
    def is_open(self) -> bool:
        """True if it has no last day: not before 2027."""
        return self.precision == "open"

    @property
    def order_days(self) -> tuple[int, int]:
        """Numbers to sort by: the latest day, and how many there are from the earliest to it.

        An open window comes after every day of the calendar; of two, the one that begins first is
        first.
        """
        earliest = self.earliest.toordinal()
        if self.is_open:
            return _BEYOND_CALENDAR + earliest, _BEYOND_CALENDAR
        latest = self.latest.toordinal()
        return latest, latest - earliest

    @property
    def exact(self) -> bool:
        """True if it is one day, announced as certain, so that the release is out the day after."""
        return self.precision in ("day", "instant") and not self.qualifier


def day(on: date, qualifier: str = "") -> ReleaseDate:
    """The window of one day."""
    return ReleaseDate(on, on, "day", on.isoformat() + qualifier)


def instant(at: datetime) -> ReleaseDate:
    """The window of the aware moment *at*.

    Raises OverflowError if it is outside the years 1 to 9999 in UTC.
    """
    moment = at.astimezone(UTC).replace(microsecond=0)
    on = moment.date()
    edtf = moment.replace(tzinfo=None).isoformat(timespec="seconds") + "Z"
    return ReleaseDate(on, on, "instant", edtf, moment)


def month(year: int, number: int, qualifier: str = "") -> ReleaseDate:
    """Month *number* of *year*."""
    edtf = f"{year:04}-{number:02}{qualifier}"
    return ReleaseDate(date(year, number, 1), month_end(year, number), "month", edtf)


def year(number: int, qualifier: str = "") -> ReleaseDate:
    """The whole year *number*."""
    return ReleaseDate(date(number, 1, 1), date(number, 12, 31), "year", f"{number:04}{qualifier}")


def decade(tens: int, qualifier: str = "") -> ReleaseDate:
    """The decade of *tens*: 202 is 2020 to 2029."""
    first, last = date(tens * 10, 1, 1), date(tens * 10 + 9, 12, 31)
    return ReleaseDate(first, last, "decade", f"{tens:03}X{qualifier}")


def grouping(year: int, code: int, qualifier: str = "") -> ReleaseDate:
    """The season, quarter, quadrimester or semester of *year* that EDTF numbers *code*."""
    first, length, precision, _ = GROUPINGS[code]
    last = first + length - 1
    # Winter 9999 would end in a year that Python's calendar does not have.
    last_year, last_month = (year + 1, last - 12) if last > 12 else (year, last)
    latest = month_end(last_year, last_month) if last_year <= date.max.year else date.max
    return ReleaseDate(date(year, first, 1), latest, precision, f"{year:04}-{code}{qualifier}")


def interval(start: ReleaseDate, end: ReleaseDate) -> ReleaseDate:
    """The window from the first day of *start* to the last of *end*. Raises ValueError if empty."""
    if start.earliest > end.latest:
        raise ValueError(f"the window ends ({end.latest}) before it starts ({start.earliest})")
    if start.earliest == end.latest:
        return day(start.earliest, _combined_qualifier(start.qualifier + end.qualifier))
    return ReleaseDate(start.earliest, end.latest, "interval", f"{start.edtf}/{end.edtf}")


def open_window(start: ReleaseDate) -> ReleaseDate:
    """The window from the first day of *start* on, without an end."""
    return ReleaseDate(start.earliest, NO_LATEST, "open", f"{start.edtf}/..")


def start_of(when: ReleaseDate) -> ReleaseDate:
    """The day, month, year or other window at the start of the open window *when*."""
    text, first = when.edtf.partition("/")[0].rstrip("?~%"), when.earliest
    if len(text) == 10:
        return day(first)
    if _is_grouping(text):
        return grouping(first.year, int(text[5:]))
    if len(text) == 7:
        return month(first.year, first.month)
    return decade(first.year // 10) if text.endswith("X") else year(first.year)


def with_qualifier(when: ReleaseDate, qualifier: str) -> ReleaseDate:
    """*when*, which is no instant and has no qualifier, with *qualifier* at both of its ends."""
    ends = (end if end == ".." else f"{end}{qualifier}" for end in when.edtf.split("/"))
    return when._replace(edtf="/".join(ends))


def interchange_edtf(when: ReleaseDate) -> str:
    """*when* in the EDTF that other programs read: level 1, and level 2's groupings by themselves.

    With a qualifier or in an interval, a grouping is in months, and a decade in years. An interval
    whose last end begins no later than its first one is in days.
    """
    ends = when.edtf.split("/")
    if len(ends) == 1:
        is_plain = when.precision in ("instant", "day", "month", "year")
        if is_plain or not when.qualifier:
            return when.edtf
    days = (when.earliest, when.latest)
    first, last = map(_plain_end, ends * (3 - len(ends)), days)
    if last != ".." and _first_day(last) <= _first_day(first):
        first, last = (
            f"{on}{_qualifier(end)}" for on, end in zip(days, (first, last), strict=True)
        )
    return f"{first}/{last}"


def _plain_end(end: str, on: date) -> str:
    """*end* of an interval, which is the day *on*, without a grouping or a decade."""
    if _is_grouping(end):
        return f"{on.year:04}-{on.month:02}{_qualifier(end)}"
    return f"{on.year:04}{_qualifier(end)}" if _is_decade(end) else end


def _first_day(end: str) -> str:
    """The first day of *end*, a year, month or day, in ISO 8601."""
    text = end.rstrip("?~%")
    return text + "-01-01"[len(text) - 4 :]


def _qualifier(end: str) -> str:
    return end[-1] if end[-1] in "?~%" else ""


def _is_decade(end: str) -> bool:
    return end[3:4] == "X"


def _is_grouping(end: str) -> bool:
    return len(end.rstrip("?~%")) == 7 and int(end[5:7]) in GROUPINGS


def _combined_qualifier(text: str) -> str:
    """The one qualifier for all those in *text*: `?` and `~` together are `%`."""
    signs = {sign for sign in "?~%" if sign in text}
    return "%" if len(signs) > 1 else "".join(signs)


def month_end(year: int, number: int) -> date:
    """The last day of month *number* of *year*."""
    if number == 12:
        return date(year, 12, 31)
    return date(year, number + 1, 1) - timedelta(days=1)


def localised(when: ReleaseDate, zone: tzinfo | None) -> ReleaseDate:
    """*when* with the day of its instant in *zone*; None is the system's zone."""
    if when.instant is None:
        return when
    on = local_time_of(when.instant, zone).date()
    return when._replace(earliest=on, latest=on)
