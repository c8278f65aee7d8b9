"""English words for dates and for the time until them, short enough for a table cell. No I/O.

The dash between two numbers is U+2013; for ASCII terminals, formats replace it.
"""

from datetime import date
from typing import Final

from countdown.core import day_style
from countdown.core.dates import GROUPINGS, MONTHS, ReleaseDate
from countdown.core.outlook import Outlook, Remaining
from countdown.core.regions import UNSTATED

_WEEKDAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_TENTHS: Final = {(1, 10): "early", (11, 20): "mid"}
_QUARTERS: Final = ("1st", "2nd", "3rd", "4th")
_TWO_DAYS: Final = 48 * 3600  # s
_MIN_DAYS_FOR_MONTHS: Final = 60  # from this age on it is in months


def format_date(when: ReleaseDate, style: str = day_style.DEFAULT) -> str:
    """*when* in words: `8 Jul 2022`, `Q4 2027`, `summer 2027 (Jun–Aug)`.

    *style* is one of day_style.STYLES, for days, months and windows between days, or a language.
    """
    return _qualified(_plain_label(when, style), when.qualifier, style)


def long_date(when: ReleaseDate, style: str = day_style.DEFAULT) -> str:
    """*when* in full: `Friday, 8 July 2022`, `4th quarter 2027`, `early June 2027`."""
    return _qualified(_long_label(when, style), when.qualifier, style)


def _qualified(text: str, qualifier: str, style: str = day_style.DEFAULT) -> str:
    """*text* with words for EDTF's `?` (uncertain), `~` (approximate) or `%` (both).

    In other languages than English the signs say it.
    """
    about = "~" if style in day_style.LANGUAGES else "about "
    about = about if qualifier in ("~", "%") else ""
    return f"{about}{text}{'?' if qualifier in ('?', '%') else ''}"


def _plain_label(when: ReleaseDate, style: str) -> str:
    if style in day_style.LANGUAGES:
        from countdown.core import local_dates  # Deferred: most people read English dates.

        return local_dates.format_window(when, style)
    first, last = when.earliest, when.latest
    if when.precision in ("day", "instant"):
        return day_style.format_day(first, style)
    if when.precision == "month":
        return day_style.format_month(first, style)
    if when.precision == "year":
        return f"{first.year}"
    if when.precision == "decade":
        return f"{first.year}s"
    if when.precision == "interval":
        if style == day_style.ISO:
            return _iso_label(first, last)
        return _interval_label(first, last, style)
    name = GROUPINGS[int(when.edtf[5:7])][3]
    months = f" ({short_month(first)}–{short_month(last)})"
    return f"{name} {first.year}{'' if when.precision == 'quarter' else months}"


def _long_label(when: ReleaseDate, style: str) -> str:
    if style in day_style.LANGUAGES:
        from countdown.core import local_dates

        return local_dates.format_window(when, style, long=True)
    first, last = when.earliest, when.latest
    if when.precision in ("day", "instant"):
        return day_style.long_day(first, style)
    if when.precision == "quarter":
        return f"{_QUARTERS[(first.month - 1) // 3]} quarter {first.year}"
    if style == day_style.ISO:
        return _plain_label(when, style)
    if when.precision == "month":
        return day_style.long_month(first, year=True)
    if when.precision == "interval":
        return _interval_label(first, last, style, long=True)
    return _plain_label(when, style)


def _iso_label(first: date, last: date) -> str:
    """`2027-06-03–2027-06-09`, `2027-06`, `2027-01–2027-04`."""
    if first.day == 1 and _is_month_end(last):
        months = (
            day_style.format_month(first, day_style.ISO),
            day_style.format_month(last, day_style.ISO),
        )
        return "–".join(dict.fromkeys(months))
    return f"{first.isoformat()}–{last.isoformat()}"


def _interval_label(first: date, last: date, style: str, *, long: bool = False) -> str:
    """`early Jun 2027`, `3–9 Jun 2027`, `Jan–Apr 2027`, `Nov 2027–Feb 2028`, `3 Jun–4 Jul 2027`.

    With *long*, months are in full.
    """
    american = style == day_style.AMERICAN
    year = "" if first.year == last.year else f" {first.year}"
    begin, end = (MONTHS[on.month - 1] if long else short_month(on) for on in (first, last))
    if first.day == 1 and _is_month_end(last):
        if (first.year, first.month) == (last.year, last.month):
            return f"{begin} {first.year}"
        return f"{begin}{year}–{end} {last.year}"
    if (first.year, first.month) != (last.year, last.month):
        if american:
            comma = f",{year}" if year else ""
            return f"{begin} {first.day}{comma}–{end} {last.day}, {last.year}"
        return f"{first.day} {begin}{year}–{last.day} {end} {last.year}"
    tenth = _TENTHS.get((first.day, last.day))
    if first.day == 21 and _is_month_end(last):
        tenth = "late"
    if american and not tenth:
        return f"{begin} {first.day}–{last.day}, {first.year}"
    return f"{tenth or f'{first.day}–{last.day}'} {begin} {first.year}"


def _is_month_end(on: date) -> bool:
    return on == date.max or on.fromordinal(on.toordinal() + 1).month != on.month


def place(market: str) -> str:
    """The place of a date, behind it: the code of a region, or `(place not stated)`."""
    return "(place not stated)" if market == UNSTATED else market


def day_label(on: date, style: str = day_style.DEFAULT) -> str:
    """`8 Jul 2022`, or that day in another *style*."""
    return day_style.format_day(on, style)


def day_of_month(on: date, style: str = day_style.DEFAULT) -> str:
    """`Fri 18`, below the heading of its month; days of one digit stand below the last of two."""
    if style in day_style.LANGUAGES:
        from countdown.core import local_dates

        return local_dates.day_of_month(on, style)
    return f"{_WEEKDAYS[on.weekday()]} {on.day:>2}"


def month_heading(year: int, month: int, today: date, style: str = day_style.DEFAULT) -> str:
    """`December`, or `January 2027` in another year than *today*'s."""
    return day_style.long_month(date(year, month, 1), style, year=year != today.year)


def short_month(on: date) -> str:
    """`Jul`."""
    return MONTHS[on.month - 1][:3]


def titles(count: int) -> str:
    """`1 title`, `1,234 titles`."""
    return "1 title" if count == 1 else f"{count:,} titles"


def days(count: int) -> str:
    """`1 day`, `26 days`."""
    return f"{count} day" if count == 1 else f"{count} days"


def time_left(outlook: Outlook) -> str:
    """The time until a release, or its outcome: a phrase without a full stop."""
    when, remaining = outlook.date, outlook.remaining
    if outlook.state in ("on-hold", "cancelled"):
        return outlook.state.replace("-", " ")
    if when is None or remaining is None:
        return "out" if outlook.state == "released" else "no date announced"
    if outlook.state == "released":
        return _past(remaining) if when.exact else "out"
    if outlook.state == "overdue":
        late = f"{days(-remaining.max)} ago" if remaining.max else "today"
        what = "was due" if when.precision in ("day", "instant") else "the window passed"
        return f"{what} {late}; no release confirmed"
    return _future(when, remaining)


def time_until(when: ReleaseDate, remaining: Remaining) -> str:
    """The time until one date among several, whatever the state of the release."""
    if remaining.max < 0 or (remaining.seconds is not None and remaining.seconds <= 0):
        return _past(remaining) if when.exact else f"passed {days(-remaining.max)} ago"
    return _future(when, remaining)


def short_time_left(outlook: Outlook) -> str:
    """The time until a release, for a narrow column; see `time_left`."""
    if outlook.state == "overdue" and outlook.remaining:
        late = -outlook.remaining.max
        return f"{days(late)} overdue" if late else "overdue today"
    if outlook.state == "open" and outlook.date and outlook.date.precision != "day":
        most = outlook.remaining.max if outlook.remaining else 0
        return f"within {days(most)}" if most else "today at latest"
    return time_left(outlook)


def _future(when: ReleaseDate, remaining: Remaining) -> str:
    if remaining.seconds is not None and remaining.seconds < _TWO_DAYS:
        clock = _clock(remaining.seconds)
        return f"today, in {clock}" if remaining.max == 0 else f"in {clock}"
    if remaining.min > 0 and remaining.min == remaining.max:
        return f"in {_qualified(days(remaining.max), when.qualifier)}"
    if remaining.min > 0:
        return f"in {_qualified(f'{remaining.min}–{days(remaining.max)}', when.qualifier)}"
    if when.precision in ("day", "instant"):
        return _qualified("today", when.qualifier)
    if remaining.max == 0:
        return "any day now, today at the latest"
    return f"any day now, at most {days(remaining.max)}"


def _past(remaining: Remaining) -> str:
    if remaining.max == 0:
        return "out today"
    return f"out, {days(-remaining.max)} ago"


def _clock(seconds: int) -> str:
    """`14 h 20 min`; the last minute counts as one."""
    hours, minutes = divmod(max(seconds // 60, 1), 60)
    if not hours:
        return f"{minutes} min"
    return f"{hours} h {minutes} min" if minutes else f"{hours} h"


def calendar_span(start: date, end: date) -> str:
    """The time from *start* to a later *end* in calendar units: `3 months 12 days`."""
    from dateutil.relativedelta import relativedelta  # Deferred: 10 ms, and few answers need it.

    gap = relativedelta(end, start)
    parts = [("year", gap.years), ("month", gap.months), ("day", gap.days)]
    words = [f"{n} {unit}" if n == 1 else f"{n} {unit}s" for unit, n in parts if n]
    return " ".join(words) or "0 days"


def age(then: ReleaseDate, *, today: date, style: str = day_style.DEFAULT) -> str:
    """The least time since *then*: `today`, `12 days ago`, `8 months ago`."""
    passed = (today - then.latest).days
    if passed <= 0 and then.precision in ("day", "instant"):
        return "today" if passed == 0 else f"on {format_date(then, style)}"
    if passed <= 0:
        return f"{'some time ' if then.earliest <= today else ''}in {format_date(then, style)}"
    if passed < _MIN_DAYS_FOR_MONTHS:
        return f"{days(passed)} ago"
    words = calendar_span(then.latest, today).split()
    return f"{words[0]} {words[1]} ago"
