"""Reads all dates, as files have them and as people type them: EDTF and words. No I/O.

EDTF is the Extended Date/Time Format, ISO 8601-2:2019: level 0 and 1, and level 2's sub-year
groupings. Windows outside the years 1 to 9999 are not supported.

A file is read without a `DateContext`: it means the same to everybody on every day. A typed date
may depend on the user's day, and on their order of day and month: see `Reading.guessed`.
"""

import re
from datetime import date, datetime
from typing import Final, NamedTuple

from countdown.core import dates
from countdown.core.dates import GROUPINGS, MONTHS, ReleaseDate

EXAMPLES: Final = '"2027-06-11", "2027-06", "Q4 2027", "summer 2027", "early 2027", "2027", "202X"'

# Patterns are texts, here and below, which `re` compiles when they are first used: most files have
# dates in few of these forms.
_EDTF: Final = (
    r"(?a)(?P<year>\d{3}[\dX])(?:-(?P<month>\d\d|XX)(?:-(?P<day>\d\d|XX))?)?(?P<qualifier>[?~%]?)"
)
_INSTANT: Final = r"(?a)\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:\d\d)?"
MONTH_NUMBERS: Final = {
    **{name.lower(): number for number, name in enumerate(MONTHS, 1)},
    **{name[:3].lower(): number for number, name in enumerate(MONTHS, 1)},
    "sept": 9,
}
_GROUPING_CODES: Final = {
    **{name.lower(): code for code, (_, _, _, name) in GROUPINGS.items()},
    **{f"{name.lower()} of": 37 + third for third, name in enumerate(("early", "mid", "late"))},
    "fall": 23,
    "h1": 40,
    "h2": 41,
    "1st half of": 40,
    "2nd half of": 41,
}
_NO_MOMENT: Final = 'can\'t read that as a time; write one like "2027-06-11T00:00:00-07:00"'
_TENTHS: Final = {"early": (1, 10), "mid": (11, 20), "late": (21, 31)}
_DAY_MONTH: Final = r"(?a)(?P<day>\d{1,2})(?:st|nd|rd|th)? (?P<month>[a-z]+) (?P<year>\d{4})"
_MONTH_DAY: Final = r"(?a)(?P<month>[a-z]+) (?P<day>\d{1,2})(?:st|nd|rd|th)? (?P<year>\d{4})"
_WORDS_YEAR: Final = r"(?a)(?P<words>[a-z0-9 ]*[a-z0-9]) (?P<year>\d{4})"
_YEAR_WORDS: Final = r"(?a)(?P<year>\d{4}) (?P<words>[a-z][a-z0-9 ]*)"
_TIME_OF_DAY: Final = r"(?a)\d:\d\d"


class DateContext(NamedTuple):
    """The circumstances of a typed date: the user's day, and whether they write the day first.

    *day_first* is None if that isn't known. They may type in *language*, one of
    day_style.LANGUAGES, as well as in English.
    """

    today: date
    day_first: bool | None = None
    language: str | None = None


class Reading(NamedTuple):
    """A *date*; it is *guessed* if it depends on who typed it, or on which day."""

    date: ReleaseDate
    guessed: bool = False


class UnknownDateError(ValueError):
    """The text isn't a date in any spelling."""


def parse(text: str) -> ReleaseDate:
    """The window that *text* names in a file, in EDTF or in words.

    Raises ValueError, with a message for users, if there is no such window.
    """
    return read(text).date


def read(text: str, context: DateContext | None = None) -> Reading:
    """The window that *text* names in *context*; without one, as in a file.

    Raises ValueError, with a message for users, if there is no such window or more than one: its
    subclass UnknownDateError if *text* isn't a date in any spelling.
    """
    plain = text.strip()
    window = words(plain.lower())
    if window is None and not (re.fullmatch(_EDTF, plain) or re.fullmatch(_INSTANT, plain)):
        from countdown.core import date_words  # Deferred: 1 ms, and most files are in EDTF.

        reading = date_words.read(plain, context)
        if reading is not None:
            return reading
    window = window or _edtf(plain)
    if window is not None:
        return Reading(window)
    if re.search(_TIME_OF_DAY, plain):
        raise UnknownDateError(_NO_MOMENT)
    raise UnknownDateError(f"can't read that as a date; write one like {EXAMPLES}")


def _edtf(text: str) -> ReleaseDate | None:
    if "/" in text:
        return _interval(text)
    if text[10:11] == "T":
        return _instant(text)
    match = re.fullmatch(_EDTF, text)
    if match is None:
        return None
    qualifier = match["qualifier"]
    if match["year"].endswith("X"):
        if match["month"]:
            raise ValueError("a decade has no month; write 202X alone")
        return dates.decade(year_of(match["year"][:3] + "0") // 10, qualifier)
    year = year_of(match["year"])
    if match["month"] in (None, "XX"):
        if match["day"] not in (None, "XX"):
            raise ValueError("a day needs its month; write one like 2027-06-11")
        return dates.year(year, qualifier)
    month = int(match["month"])
    if month in GROUPINGS:
        if match["day"]:
            raise ValueError(f"a season or quarter has no day; write {year:04}-{month} alone")
        return dates.grouping(year, month, qualifier)
    if not 1 <= month <= 12:
        raise ValueError(f"there's no month or season {month:02}; months are 01 to 12")
    if match["day"] in (None, "XX"):
        return dates.month(year, month, qualifier)
    return dates.day(day_of(year, month, int(match["day"])), qualifier)


def _interval(text: str) -> ReleaseDate:
    ends = text.split("/")
    if len(ends) != 2:
        raise ValueError('a window needs a first and a last date; write "2027-01/2027-04"')
    if ends[0] in ("", ".."):
        raise ValueError('a window needs a first date; write "2027-01/2027-04" or "2027/.."')
    if ends[1] in ("", ".."):  # EDTF tells an open end from an unknown one; fans wait alike.
        return _open_window(_edtf(ends[0]))
    start, end = (_edtf(part) for part in ends)
    if start is None or end is None or start.instant or end.instant:
        raise ValueError('a window needs dates at both ends; write "2027-01/2027-04"')
    return dates.interval(start, end)


def _open_window(start: ReleaseDate | None) -> ReleaseDate:
    if start is None or start.instant:
        raise ValueError('a window needs a date at its start; write one like "2027/.."')
    return dates.open_window(start)


def _instant(text: str) -> ReleaseDate:
    try:
        # Checked before, as each Python's fromisoformat accepts other forms; before 3.11 no "Z".
        is_instant = re.fullmatch(_INSTANT, text)
        at = datetime.fromisoformat(text.replace("Z", "+00:00") if is_instant else "")
    except ValueError:
        raise ValueError(_NO_MOMENT) from None
    if at.tzinfo is None:
        raise ValueError('a time needs its UTC offset; write "2027-06-11T00:00:00-07:00"')
    return _aware(at)


def _aware(at: datetime) -> ReleaseDate:
    try:
        return dates.instant(at)
    except OverflowError:
        raise ValueError("that time is outside the years 1 to 9999") from None


def from_toml(value: object) -> ReleaseDate:
    """The window that a TOML date, date-time or string names. Raises ValueError.

    A bare year is a number in TOML and refused: it has to be in quotes.
    """
    if isinstance(value, str):
        return parse(value)
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise ValueError("a time needs its UTC offset; write 2027-06-11T00:00:00-07:00")
        return _aware(value)
    if isinstance(value, date):
        return dates.day(value)
    raise ValueError(f"should be a date, not {_kind(value)}; write one like {EXAMPLES}")


def to_toml(text: str) -> date | str:
    """*text*, in EDTF, as a TOML value: a TOML date for a day, else a string."""
    try:
        # Newer Pythons read weeks and days without hyphens too, which is no EDTF.
        return date.fromisoformat(text) if len(text) == 10 and "W" not in text else text
    except ValueError:
        return text


def _kind(value: object) -> str:
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, int):
        year = 999 < value < 10_000
        return f'a number (put a year in quotes: "{value}")' if year else "a number"
    return "a time of day" if hasattr(value, "hour") else "that kind of value"


def words(text: str) -> ReleaseDate | None:
    """The window of plain English words: "Q4 2027", "early June 2027", "11 June 2027"."""
    text = " ".join(text.replace(",", " ").replace("-", " ").split())
    if re.fullmatch(r"[0-9]{3}0s", text):
        return dates.decade(year_of(text[:4]) // 10)
    for pattern in (_DAY_MONTH, _MONTH_DAY):
        match = re.fullmatch(pattern, text)
        if match and match["month"] in MONTH_NUMBERS:
            month = MONTH_NUMBERS[match["month"]]
            return dates.day(day_of(year_of(match["year"]), month, int(match["day"])))
    match = re.fullmatch(_WORDS_YEAR, text) or re.fullmatch(_YEAR_WORDS, text)
    return _window(match["words"], match["year"]) if match else None


def _window(name: str, digits: str) -> ReleaseDate | None:
    if name in _GROUPING_CODES:
        return dates.grouping(year_of(digits), _GROUPING_CODES[name])
    part, _, name = name.rpartition(" ")
    month = MONTH_NUMBERS.get(name)
    if month and not part:
        return dates.month(year_of(digits), month)
    if month and part in _TENTHS:
        first, last = _TENTHS[part]
        end = dates.month_end(year_of(digits), month)
        return dates.interval(
            dates.day(end.replace(day=first)), dates.day(end.replace(day=min(last, end.day)))
        )
    return None


def year_of(digits: str) -> int:
    """*digits* as a year. Raises ValueError for the year 0."""
    if int(digits) == 0:
        raise ValueError("years run from 0001 to 9999")
    return int(digits)


def day_of(year: int, month: int, number: int) -> date:
    """That day. Raises ValueError, which names the last day of the month, if there is none."""
    try:
        return date(year, month, number)
    except ValueError:
        last = dates.month_end(year, month).day
        name = MONTHS[month - 1]
        raise ValueError(f"{name} {year} has only {last} days") from None
