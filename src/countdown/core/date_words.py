"""Dates in the words of the trade and of everyday speech, and in numbers. No I/O.

`core/edtf.py` reads the plainest of them itself and asks here for the others.
"""

import re
from datetime import date
from typing import Final

from countdown.core import dates, edtf
from countdown.core.dates import MONTHS, ReleaseDate
from countdown.core.edtf import DateContext, Reading
from countdown.core.relative_dates import WEEKDAY_NUMBERS, read_relative, wrong_weekday

_UNDATED: Final = frozenset(
    ("tba", "tbc", "tbd", "none", "unknown", "undated", "to be announced", "to be determined")
)
# Words → those that core/edtf.py reads; in this order.
_SYNONYMS: Final = tuple(
    (re.compile(pattern, re.ASCII), words)
    for pattern, words in (
        (r"([a-z])\.", r"\1 "),  # Nov. 6
        (r"(?<!\w)'([0-9]{2})(?!\w)", r"20\1"),  # Summer '27
        (r"\b(q[1-4]|h[12]|[1-4]q|[12]h)[/ -]?([0-9]{4})\b", r"\1 \2"),
        (r"\b([1-4])q\b", r"q\1"),
        (r"\b([12])h\b", r"h\1"),
        (r"\b(1st|first) quarter\b", "q1"),
        (r"\b(2nd|second) quarter\b", "q2"),
        (r"\b(3rd|third) quarter\b", "q3"),
        (r"\b(4th|fourth|last) quarter\b", "q4"),
        (r"\b(1st|first) half\b", "h1"),
        (r"\b(2nd|second) half\b", "h2"),
        (r"\b(the )?(start|beginning)\b", "early"),
        (r"\b(the )?middle\b", "mid"),
        (r"\b(the )?end\b", "late"),
        (r"\b(in|of|the|on)\b", " "),
        (r"\bholiday(s| season)?\b", "holiday"),
        (r"\bchristmas day\b", "25 december"),
        (r"\bchristmas eve\b", "24 december"),
        (r"\bnew year'?s day\b", "1 january"),
        (r"\bnew year'?s eve\b", "31 december"),
        (r"[, ]+", " "),
    )
)
_FIRST_OF_1900S: Final = "69"  # of years with two digits, as in POSIX
_FEASTS: Final = {"christmas": (12, 25), "xmas": (12, 25), "halloween": (10, 31)}
_WINTER_CODE: Final = 24
_WINTER: Final = re.compile(r"winter ([0-9]{4})[/-](?:[0-9]{2})?([0-9]{2})", re.ASCII)
_FEAST: Final = re.compile(r"([a-z]+) ([0-9]{4})", re.ASCII)
_RANGE_SIGN: Final = re.compile(r" ?(?:-|\bto\b|\bthrough\b|\band\b) ?", re.ASCII)
_NUMBERS: Final = re.compile(r"([0-9]{1,4})([./-])([0-9]{1,2})\2([0-9]{1,4})", re.ASCII)
_BARE_NUMBERS: Final = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})", re.ASCII)
_MONTH_YEAR: Final = re.compile(r"([0-9]{1,2})[./]([0-9]{4})", re.ASCII)
_YEAR_MONTH: Final = re.compile(r"([0-9]{4})[./-]([0-9]{1,2})", re.ASCII)
_YEARS: Final = re.compile(r"([0-9]{4})-([0-9]{4})", re.ASCII)
_ISO_RANGE: Final = re.compile(r"([0-9]{4}-[0-9]{2}(?:-[0-9]{2})?) ?- ?([0-9]{4}-[0-9-]{2,5})")
# Each end of such a window has its own qualifier.
_EDTF_WINDOW: Final = re.compile(r"[0-9]{3}[0-9x][^/]*/[0-9]{3}[0-9x].*")
_QUALIFIED: Final = re.compile(r"(about |~ ?)?(.*[^?~%])(\?)?")
_WITH_MONTHS: Final = re.compile(r"(.*) \(([^()]+)\)")
_OPEN: Final = re.compile(
    r"(?:not before|no(?:t)? earlier than|no sooner than) (.+)"
    r"|(.+?),? (?:or later|at the earliest|and beyond|onwards?)",
    re.ASCII,
)
_DASHES: Final = str.maketrans("‐‑‒–—−’‘\u00a0\u202f", "------''  ")


def read(text: str, context: DateContext | None) -> Reading | None:
    """The window that *text* names; None if it is in EDTF, or no date at all.

    Raises ValueError, with a message for users, if it names none, or more than one.
    """
    text = _normal(text)
    if is_undated(text):
        raise ValueError("that isn't a date; leave it out until there is one")
    return _read_qualified(text, context) or _read_plain(text, context)


def _read_plain(text: str, context: DateContext | None) -> Reading | None:
    reading = _read_numbers(text, context) or _read_months_behind(text, context)
    if reading is None and re.search("[a-z]", text):
        window = _read_words(text)
        reading = Reading(window) if window else None
    if reading is None and context is not None and context.language:
        from countdown.core import local_date_words  # Deferred: what is typed is seldom in one.

        # Before relative dates: `1 ago` is the first of August in Spanish.
        reading = local_date_words.read(text, context.language, context.today)
    return reading or read_relative(text, context)


def _read_qualified(text: str, context: DateContext | None) -> Reading | None:
    """The window of a *text* like `about 8 jul 2027` or `jul 2027?`, with its qualifier."""
    match = _QUALIFIED.fullmatch(text)
    if not match or not (match[1] or match[3]) or _EDTF_WINDOW.fullmatch(match[2]):
        return None
    qualifier = "%" if match[1] and match[3] else "~" if match[1] else "?"
    reading = edtf.read(match[2], context)
    if reading.date.qualifier or reading.date.instant:
        return None
    return reading._replace(date=dates.with_qualifier(reading.date, qualifier))


def _read_months_behind(text: str, context: DateContext | None) -> Reading | None:
    """The season or part of a year that its months follow: `summer 2027 (jun-aug)`."""
    match = _WITH_MONTHS.fullmatch(text)
    if not match:
        return None
    from countdown.core import local_date_words

    try:
        reading = edtf.read(match[1], context)
    except edtf.UnknownDateError:
        return None
    language = context.language if context else None
    has_months = local_date_words.has_months(match[2], reading.date, language)
    return reading if has_months else None


def is_undated(text: str) -> bool:
    """True if *text* says that there is no date yet: TBA."""
    return _normal(text) in _UNDATED


def _normal(text: str) -> str:
    return " ".join(text.lower().translate(_DASHES).split())


# ---- Numbers ----


def _read_numbers(text: str, context: DateContext | None) -> Reading | None:
    if match := _NUMBERS.fullmatch(text):
        lengths = len(match[1]), len(match[4])
        if lengths in ((4, 1), (4, 2)):
            return Reading(_day(int(match[1]), int(match[3]), int(match[4])))
        if lengths in ((1, 4), (2, 4)):
            return _day_and_month(int(match[1]), int(match[3]), int(match[4]), context)
        raise ValueError(
            f"the year is unclear; write it with four digits{_in_full(match, context)}"
        )
    if match := _ISO_RANGE.fullmatch(text):
        return Reading(dates.interval(*map(edtf.parse, match.groups())))
    if match := _BARE_NUMBERS.fullmatch(text):
        return Reading(_day(int(match[1]), int(match[2]), int(match[3])))
    if match := _MONTH_YEAR.fullmatch(text):
        return Reading(_month(int(match[2]), int(match[1])))
    match = _YEAR_MONTH.fullmatch(text)
    if match and (len(match[2]) == 1 or text[4] != "-"):
        return Reading(_month(int(match[1]), int(match[2])))
    if match := _YEARS.fullmatch(text):
        first, last = (dates.year(edtf.year_of(digits)) for digits in match.groups())
        return Reading(dates.interval(first, last))
    return None


def _in_full(match: "re.Match[str]", context: DateContext | None) -> str:
    """`: 2026-12-18`, the only day that 12/18/26 can be in *context*; else `, like 2027-06-11`."""
    first, sign, second, last = match.groups()
    day_first, month_first = (last, second, first), (last, first, second)
    orders = [day_first, month_first, (first, second, last)]
    is_day_first = context.day_first if context and sign != "-" else None
    if is_day_first is not None:
        orders = [day_first, month_first] if is_day_first else [month_first, day_first]
    days: list[str] = []
    for year, month, number in orders:
        if len(year) == 2:
            century = 2000 if year < _FIRST_OF_1900S else 1900
            try:
                days.append(_day(century + int(year), int(month), int(number)).edtf)
            except ValueError:
                continue
    is_known = days and (is_day_first is not None or len({*days}) == 1)
    return f": {days[0]}" if is_known else ", like 2027-06-11"


def _day_and_month(first: int, second: int, year: int, context: DateContext | None) -> Reading:
    """The day of 7/4/2027. Raises ValueError if it could be two and the order isn't known."""
    if first > 12 or first == second:
        return Reading(_day(year, second, first))
    if second > 12:
        return Reading(_day(year, first, second))
    day_first, month_first = _day(year, second, first), _day(year, first, second)
    if context is None or context.day_first is None:
        can_be = f"{_in_words(day_first.earliest)} or {_in_words(month_first.earliest)}"
        raise ValueError(f"that can be {can_be}; write {day_first.edtf} or {month_first.edtf}")
    return Reading(day_first if context.day_first else month_first, guessed=True)


def _in_words(on: date) -> str:
    return f"{on.day} {MONTHS[on.month - 1]}"


def _day(year: int, month: int, number: int) -> ReleaseDate:
    return dates.day(edtf.day_of(*_valid(year, month), number))


def _month(year: int, month: int) -> ReleaseDate:
    return dates.month(*_valid(year, month))


def _valid(year: int, month: int) -> tuple[int, int]:
    if not year:
        raise ValueError("years run from 0001 to 9999")
    if not 1 <= month <= 12:
        raise ValueError(f"there's no month {month:02}; months are 01 to 12")
    return year, month


# ---- Words ----


def _read_words(text: str) -> ReleaseDate | None:
    if match := _OPEN.fullmatch(text):
        return _read_open(match[1] or match[2])
    for pattern, words in _SYNONYMS:
        text = pattern.sub(words, text)
    text = text.strip()
    name, _, rest = text.partition(" ")
    if name in WEEKDAY_NUMBERS and re.search("[0-9]{4}", rest):
        return _on_weekday(WEEKDAY_NUMBERS[name], rest)
    return _read_window(text) or _read_range(text)


def _on_weekday(weekday: int, rest: str) -> ReleaseDate | None:
    """The day *rest*. Raises ValueError if it is another day of the week."""
    try:
        window = edtf.parse(rest)
    except edtf.UnknownDateError:
        return None
    if window.precision != "day":
        return None
    on = window.earliest
    if on.weekday() != weekday:
        raise ValueError(wrong_weekday(on, weekday))
    return window


def _read_open(text: str) -> ReleaseDate | None:
    """The window from *text* on. Raises ValueError if that has no first day of its own."""
    try:
        start = edtf.parse(text)
    except edtf.UnknownDateError:
        return None
    if "/" in start.edtf:
        raise ValueError("what comes no earlier needs one date; write not before 2027")
    return dates.open_window(start)


def _read_window(text: str) -> ReleaseDate | None:
    """The window of *text*, which isn't a range."""
    window = edtf.words(text)
    if window is not None:
        return window
    match = _WINTER.fullmatch(text)
    if match and int(match[2]) == (int(match[1]) + 1) % 100 and int(match[1]):
        return dates.grouping(int(match[1]), _WINTER_CODE)
    match = _FEAST.fullmatch(text)
    if not match or match[1] not in ("holiday", *_FEASTS):
        return None
    name, year = match[1], edtf.year_of(match[2])
    if name == "holiday":  # The trade's season: Thanksgiving to New Year.
        return dates.interval(dates.month(year, 11), dates.month(year, 12))
    # Announced for Christmas is about that day, not on it.
    return dates.day(date(year, *_FEASTS[name]), "~")


def _read_range(text: str) -> ReleaseDate | None:
    """The window from one date to another: `jan-mar 2027`, `june 11-15 2027`, `11-15 june 2027`.

    Raises ValueError if it ends before it begins.
    """
    text = text.removeprefix("from ").removeprefix("between ")
    for sign in _RANGE_SIGN.finditer(text):
        before, after = text[: sign.start()], text[sign.end() :]
        first_words, last_words = before.split(), after.split()
        ends = (after, " ".join([*first_words[:-1], after]))
        end = next(filter(None, map(_read_end, ends)), None)
        starts = (" ".join([before, *last_words[at:]]) for at in range(len(last_words), 0, -1))
        start = end and next(filter(None, map(_read_end, starts)), None)
        if end and start:
            if start.earliest > end.latest:
                hint = "write the year of both: Dec 2026-Feb 2027"
                raise ValueError(f'"{before}" comes after "{after}"; {hint}')
            return dates.interval(start, end)
    return None


def _read_end(text: str) -> ReleaseDate | None:
    """One end of a window."""
    if len(text) == 4 and text.isdigit() and text.isascii() and int(text):
        return dates.year(int(text))
    return _read_window(text)
