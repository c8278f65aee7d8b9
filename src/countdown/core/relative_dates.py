"""Dates that count from today: `tomorrow`, `next friday`, `in 3 weeks`, `next summer`. No I/O."""

import re
from datetime import date, timedelta
from typing import Final

from countdown.core import dates, edtf
from countdown.core.dates import MONTHS, ReleaseDate
from countdown.core.edtf import MONTH_NUMBERS, DateContext, Reading
from countdown.core.span import day_after, day_before, parse_span

WEEKDAYS: Final = (
    *("Monday", "Tuesday", "Wednesday", "Thursday"),
    *("Friday", "Saturday", "Sunday"),
)
WEEKDAY_NUMBERS: Final = {
    **{name.lower(): number for number, name in enumerate(WEEKDAYS)},
    **{name[:3].lower(): number for number, name in enumerate(WEEKDAYS)},
    "tues": 1,
    "weds": 2,
    "thur": 3,
    "thurs": 3,
}
_SEASONS: Final = ("spring", "summer", "autumn", "fall", "winter")
_NEAR: Final = re.compile(r"(this|next|last|coming) (.+)", re.ASCII)
_DAY_MONTH: Final = re.compile(
    r"(?:(?P<weekday>[a-z]+) )?(?P<day>\d{1,2}) (?P<month>[a-z]+)", re.ASCII
)
_MONTH_DAY: Final = re.compile(
    r"(?:(?P<weekday>[a-z]+) )?(?P<month>[a-z]+) (?P<day>\d{1,2})", re.ASCII
)
_RELATIVE_DAYS: Final = {
    "today": 0,
    "now": 0,
    "tonight": 0,
    "tomorrow": 1,
    "yesterday": -1,
    "day after tomorrow": 2,
    "day before yesterday": -2,
}


def read_relative(text: str, context: DateContext | None) -> Reading | None:
    """The window that *text* names on the day of *context*. Raises ValueError without one."""
    words = " ".join(re.sub(r"\b(the|on)\b", " ", text).split())
    named = _day_and_month(words)
    if named and context is not None:
        return Reading(dates.day(nearest_day(*named, context.today)), guessed=True)
    if context is not None:
        window = _from_today(words, context.today)
        return Reading(window, guessed=True) if window else None
    is_span = words[:1].isdigit() and not words.endswith((" ago", " from now"))
    if named or (not is_span and _from_today(words, date(2000, 1, 1))):
        raise ValueError("that depends on today; write a date like 2027-06-11")
    return None


def _from_today(words: str, today: date) -> ReleaseDate | None:
    if words in _RELATIVE_DAYS:
        return _shifted(today, _RELATIVE_DAYS[words])
    if words in WEEKDAY_NUMBERS:
        return _shifted(today, (WEEKDAY_NUMBERS[words] - today.weekday()) % 7)
    match = _NEAR.fullmatch(words)
    if match:
        return _near(match[1], match[2], today)
    ago = words.endswith(" ago")
    span = words.removesuffix(" ago").removesuffix(" from now").removeprefix("in ")
    try:
        shift = day_before if ago else day_after
        return dates.day(shift(today, parse_span(span)))
    except ValueError:
        return None


def _day_and_month(words: str) -> tuple[int, int, int | None] | None:
    """The month, day and weekday of a date without a year, like `fri, dec 18`."""
    plain = " ".join(re.sub(r"[.,]|(?<=\d)(?:st|nd|rd|th)\b", " ", words).split())
    match = _DAY_MONTH.fullmatch(plain) or _MONTH_DAY.fullmatch(plain)
    weekday = match["weekday"] if match else None
    if not match or match["month"] not in MONTH_NUMBERS or weekday not in (None, *WEEKDAY_NUMBERS):
        return None
    number = WEEKDAY_NUMBERS[weekday] if weekday else None
    return MONTH_NUMBERS[match["month"]], int(match["day"]), number


def nearest_day(month: int, number: int, weekday: int | None, today: date) -> date:
    """The next day of that *month*, counted from *today*.

    With *weekday*, it may also be a past day of this year. Raises ValueError if there is no such
    day, or if it is another day of the week.
    """
    years = range(today.year, min(today.year + 9, date.max.year + 1))
    days = [on for year in years for on in _days_of(year, month, number)]
    if not days:
        raise ValueError(f"{_in_words(month, number)} isn't a day of any year soon")
    ahead = [on for on in days if on >= today] or days
    near = [ahead[0], days[0]]
    if weekday is None:
        return near[0]
    for on in near:
        if on.weekday() == weekday:
            return on
    raise ValueError(wrong_weekday(near[0], weekday))


def _days_of(year: int, month: int, number: int) -> list[date]:
    """A list of that day in *year*; empty if *year* doesn't have it."""
    try:
        return [date(year, month, number)]
    except ValueError:
        return []


def wrong_weekday(on: date, weekday: int) -> str:
    """The message for the day *on* if it was typed with another *weekday*."""
    is_on = f"{_in_words(on.month, on.day)} {on.year} is a {WEEKDAYS[on.weekday()]}"
    return f"{is_on}, not a {WEEKDAYS[weekday]}; write the day alone: {on}"


def _in_words(month: int, number: int) -> str:
    return f"{number} {MONTHS[month - 1]}"


def _shifted(today: date, days: int) -> ReleaseDate | None:
    ordinal = today.toordinal() + days
    is_in_calendar = 1 <= ordinal <= date.max.toordinal()
    return dates.day(date.fromordinal(ordinal)) if is_in_calendar else None


def _near(which: str, words: str, today: date) -> ReleaseDate | None:
    """This, the next or the last *words*: `friday`, `week`, `month`, `year`, `june`, `summer`."""
    step = {"this": 0, "last": -1}.get(which, 1)
    if words in WEEKDAY_NUMBERS:
        ahead = (WEEKDAY_NUMBERS[words] - today.weekday()) % 7
        if step < 0:
            return _shifted(today, ahead - 7)
        return _shifted(today, ahead or 7 * step)
    if words == "week":
        monday = today.toordinal() - today.weekday() + 7 * step
        if not 1 <= monday <= date.max.toordinal() - 6:
            return None
        first = date.fromordinal(monday)
        return dates.interval(dates.day(first), dates.day(first + timedelta(6)))
    if words == "month":
        year, month = divmod(today.year * 12 + today.month - 1 + step, 12)
        return dates.month(year, month + 1) if _is_in_calendar(year) else None
    if words == "year":
        year = today.year + step
        return dates.year(year) if _is_in_calendar(year) else None
    return _named_near(step, words, today)


def _named_near(step: int, words: str, today: date) -> ReleaseDate | None:
    """The month or season *words* that ends next (0), begins next (1), or ended last (-1)."""
    if words not in MONTH_NUMBERS and words not in _SEASONS:
        return None
    years = range(max(today.year - 2, 1), min(today.year + 2, date.max.year))
    windows = [edtf.parse(f"{words} {year:04}") for year in years]
    if step < 0:
        return next((window for window in reversed(windows) if window.latest < today), None)
    ahead = (w for w in windows if (w.earliest > today if step else w.latest >= today))
    return next(ahead, None)


def _is_in_calendar(year: int) -> bool:
    return date.min.year <= year <= date.max.year
