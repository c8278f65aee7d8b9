"""Dates and windows in words; `wording` adds how certain they are. No I/O.

The dash between two numbers is U+2013; for ASCII terminals, formats replace it.
"""

from datetime import date
from typing import Final

from countdown.core import day_style
from countdown.core.dates import GROUPINGS, MONTHS, ReleaseDate, start_of
from countdown.core.day_style import is_month_end

_TENTHS: Final = {(1, 10): "early", (11, 20): "mid"}
_QUARTERS: Final = ("1st", "2nd", "3rd", "4th")


def short_label(when: ReleaseDate, style: str) -> str:
    """`8 Jul 2022`, `Q4 2027`, `summer 2027 (Jun–Aug)`, `3–9 Jun 2027`, `2027 or later`."""
    if style in day_style.LANGUAGES:
        from countdown.core import local_dates  # Deferred: most people read English dates.

        return local_dates.format_window(when, style)
    if when.is_open:
        return f"{short_label(start_of(when), style)} or later"
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
    months = f" ({_short_month(first)}–{_short_month(last)})"
    return f"{name} {first.year}{'' if when.precision == 'quarter' else months}"


def long_label(when: ReleaseDate, style: str) -> str:
    """`Friday, 8 July 2022`, `4th quarter 2027`, `early June 2027`."""
    if style in day_style.LANGUAGES:
        from countdown.core import local_dates

        return local_dates.format_window(when, style, long=True)
    if when.is_open:
        return f"{long_label(start_of(when), style)} or later"
    first, last = when.earliest, when.latest
    if when.precision in ("day", "instant"):
        return day_style.long_day(first, style)
    if when.precision == "quarter":
        return f"{_QUARTERS[(first.month - 1) // 3]} quarter {first.year}"
    if style == day_style.ISO:
        return short_label(when, style)
    if when.precision == "month":
        return day_style.long_month(first, year=True)
    if when.precision == "interval":
        return _interval_label(first, last, style, long=True)
    return short_label(when, style)


def _iso_label(first: date, last: date) -> str:
    """`2027-06-03–2027-06-09`, `2027-06`, `2027-01–2027-04`."""
    if first.day == 1 and is_month_end(last):
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
    begin, end = (MONTHS[on.month - 1] if long else _short_month(on) for on in (first, last))
    if first.day == 1 and is_month_end(last):
        if (first.year, first.month) == (last.year, last.month):
            return f"{begin} {first.year}"
        return f"{begin}{year}–{end} {last.year}"
    if (first.year, first.month) != (last.year, last.month):
        if american:
            comma = f",{year}" if year else ""
            return f"{begin} {first.day}{comma}–{end} {last.day}, {last.year}"
        return f"{first.day} {begin}{year}–{last.day} {end} {last.year}"
    tenth = _TENTHS.get((first.day, last.day))
    if first.day == 21 and is_month_end(last):
        tenth = "late"
    if american and not tenth:
        return f"{begin} {first.day}–{last.day}, {first.year}"
    return f"{tenth or f'{first.day}–{last.day}'} {begin} {first.year}"


def _short_month(on: date) -> str:
    return MONTHS[on.month - 1][:3]
