"""Reads dates and times of options, relative to the user's day and in the user's order.

Dates are read by `core/edtf.py`. A reading that depends on the person or the day is echoed in one
line on stderr.
"""

import re
from contextlib import suppress
from datetime import date, datetime, time, timedelta, timezone, tzinfo
from typing import Final

from countdown import environment
from countdown.cli import date_arguments
from countdown.cli.messages import warn
from countdown.core import day_style, wording
from countdown.core.edtf import MONTH_NUMBERS, Reading, UnknownDateError
from countdown.core.relative_dates import WEEKDAYS
from countdown.errors import ConfigError

_TIME: Final = re.compile(
    r"(?P<day>\S.*?)(?:(?<=\d)[tT]|,? +(?:at +)?)(?P<hour>\d{1,2})"
    r"(?::(?P<minute>\d\d)(?::(?P<second>\d\d)(?:\.\d+)?)?)?"
    r" *(?P<half>[aApP]\.?[mM]\b\.?)?(?: *(?P<zone>[A-Za-z+\-].*))?",
    re.ASCII,
)
_OFFSET: Final = re.compile(
    r"(?:utc|gmt|z)?(?: ?(?P<sign>[+-])(?P<hours>\d{1,2})(?::?(?P<minutes>\d\d))?)?",
    re.ASCII | re.IGNORECASE,
)
_SOUTHERN_SEASONS: Final = {  # EDTF's code of a season → the months of it in the south
    21: ("spring", "Sep {0}–Nov {0}"),
    22: ("summer", "Dec {0}–Feb {1}"),
    23: ("autumn", "Mar {0}–May {0}"),
    24: ("winter", "Jun {0}–Aug {0}"),
}
_SOUTHERN_REGIONS: Final = frozenset(
    "AO AR AU BO BR BW CL FJ LS MG MU MW MZ NA NC NZ PE PY RE SZ UY ZA ZM ZW".split()  # noqa: SIM905
)


def echo(reading: Reading, text: str, *, origin: str, region: str | None = None) -> None:
    """Write to stderr how *text* was read; for a season in the south, also what to write instead.

    The answer to a question has no *origin*; then the line is indented below it.
    """
    start = f"{origin}: " if origin else "  "
    warn(f'{start}Reading "{text}" as {_label(reading)}.{_southern_hint(reading, region)}')


def _label(reading: Reading) -> str:
    """`Friday, 27 Nov 2026`, or a window in words, in the user's language and style of days."""
    style = _date_style()
    if style in day_style.LANGUAGES:
        return wording.long_date(reading.date, style)
    label = wording.format_date(reading.date, style)
    is_day = reading.date.precision == "day"
    return f"{WEEKDAYS[reading.date.earliest.weekday()]}, {label}" if is_day else label


def _date_style() -> str:
    """The style of days that is set, else that of the locale; also if config.toml has a mistake."""
    from countdown.cli.session import read_settings  # Deferred: a circular import.

    with suppress(ConfigError):
        style = read_settings().date_style
        if style:
            return style
    return day_style.style_of(environment.locale("LC_TIME"))


def _southern_hint(reading: Reading, region: str | None) -> str:
    """A hint at the months of that season in the south; empty for other regions."""
    if region not in _SOUTHERN_REGIONS or reading.date.precision != "season":
        return ""
    year = reading.date.earliest.year
    name, months = _SOUTHERN_SEASONS[int(reading.date.edtf[5:7])]
    return f' For {name} in {region}, write "{months.format(year, year + 1)}".'


def parse_day_and_time(text: str, today: date, *, origin: str, is_silent: bool) -> date | datetime:
    """The day, or day and time, that *text* names in any spelling. Raises ValueError."""
    match = _TIME.fullmatch(text.strip())
    if not match or not (match["minute"] or match["half"]):
        return _single_day(text, today, origin=origin, is_silent=is_silent)
    at = _time_of_day(match["hour"], match["minute"], match["second"], match["half"])
    zone = _parse_offset(match["zone"])
    day = _single_day(match["day"], today, origin=origin, is_silent=is_silent)
    return datetime.combine(day, at, zone)


def _single_day(text: str, today: date, *, origin: str, is_silent: bool) -> date:
    """The one day *text*. Raises ValueError."""
    try:
        reading = date_arguments.read_date(text, today)
    except UnknownDateError:
        return _parse_with_dateutil(text)
    if reading.date.earliest != reading.date.latest:
        raise ValueError("that isn't a single day; write one like 2022-07-04")
    if not is_silent:
        date_arguments.echo_guess(reading, text, origin=origin)
    return reading.date.earliest


def _time_of_day(hour: str, minute: str | None, second: str | None, half: str | None) -> time:
    """The time of day; *half* is am or pm. Raises ValueError."""
    number = int(hour)
    if half:
        if not 1 <= number <= 12:
            raise ValueError("hours with am or pm go from 1 to 12")
        number = number % 12 + (12 if half[0] in "pP" else 0)
    try:
        return time(number, int(minute or 0), int(second or 0))
    except ValueError:
        raise ValueError("there's no such time; write one like 21:30") from None


def _parse_offset(text: str | None) -> tzinfo | None:
    """The zone or offset *text* after a time: `UTC-3` is three hours behind. Raises ValueError.

    Letters like EST are refused, since their meaning differs between countries.
    """
    if not text:
        return None
    match = _OFFSET.fullmatch(text)
    if match:
        hours, minutes = int(match["hours"] or 0), int(match["minutes"] or 0)
        if hours > 23 or minutes > 59:
            raise ValueError("an offset is at most 23:59; write one like -03:00")
        ahead = timedelta(hours=hours, minutes=minutes)
        return timezone(-ahead if match["sign"] == "-" else ahead)
    if "/" in text:
        return environment.zone(text)
    raise ValueError(f'"{text}" isn\'t a UTC offset; write one like -03:00, or use --timezone')


def _parse_with_dateutil(text: str) -> date:
    """The day *text* in a spelling that dateutil alone knows.

    Raises UnknownDateError if there is none, or if dateutil guesses.

    dateutil must give the same answer for every order of day, month and year, and for two defaults.
    It would silently drop weekdays and unknown zones, so only months may be words.
    """
    from dateutil import parser  # Deferred: 34 ms, which few spellings need.

    words = re.findall(r"[^\W\d_]+", text.lower())
    has_only_months = all(word in (*MONTH_NUMBERS, "st", "nd", "rd", "th") for word in words)
    if not (has_only_months and re.search(r"(?<!\d)\d{4}(?!\d)", text, re.ASCII)):
        raise UnknownDateError(text)
    defaults = (datetime(2000, 1, 1), datetime(2004, 3, 2))
    try:
        readings = {
            parser.parse(text, default=default, dayfirst=day_first, yearfirst=year_first)
            for default in defaults
            for day_first in (False, True)
            for year_first in (False, True)
        }
    except (ValueError, OverflowError, TypeError):
        raise UnknownDateError(text) from None
    if len(readings) != 1 or (reading := readings.pop()).time() != time():
        raise UnknownDateError(text)
    return reading.date()
