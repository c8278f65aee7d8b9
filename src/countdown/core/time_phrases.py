"""Phrases for the time between two days: `tomorrow`, `in 7 weeks`, `in 2011`. No I/O, no clock.

Every screen, format, reminder and prompt takes them from here. Units are whole ones: a part of a
week, month or year is left out, so that nobody who trusts a phrase is late. Up to a year is too
much to drop silently, hence `over 2 years`. Imports nothing at run time, since prompts come this
way.
"""

TYPE_CHECKING = False  # The prompt comes this way without typing: see entry.
if TYPE_CHECKING:
    from datetime import date
    from typing import Final

_MIN_DAYS_FOR_WEEKS: "Final" = 42
_MIN_MONTHS: "Final" = 6  # from which on a span is in months, not weeks
_MIN_MONTHS_FOR_YEARS: "Final" = 24
_TWO_DAYS: "Final" = 48 * 3600  # s
_LONGEST_DAY: "Final" = 25 * 3600  # s, where a clock is set back


def count(number: int, unit: str) -> str:
    """`1 day`, `26 days`."""
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"


def span(start: "date", end: "date") -> str:
    """The time from *start* to an *end* that is no earlier: `9 days`, `7 weeks`, `over 2 years`."""
    days = end.toordinal() - start.toordinal()
    if days < _MIN_DAYS_FOR_WEEKS:
        return count(days, "day")
    months = whole_months(start, end)
    if months < _MIN_MONTHS:
        return count(days // 7, "week")
    if months < _MIN_MONTHS_FOR_YEARS:
        return count(months, "month")
    is_anniversary = months % 12 == 0 and _is_day_of_month(start, end)
    return f"{'' if is_anniversary else 'over '}{count(months // 12, 'year')}"


def until(day: "date", today: "date") -> str:
    """The time until a *day* that is no earlier than *today*: `tomorrow`, `in 7 weeks`."""
    days = day.toordinal() - today.toordinal()
    return ("today", "tomorrow")[days] if days < 2 else f"in {span(today, day)}"


def since(day: "date", today: "date") -> str:
    """The time since a *day* that is no later than *today*: `yesterday`, `5 days ago`, `in 2011`.

    Days of more than two years ago have their year alone.
    """
    days = today.toordinal() - day.toordinal()
    if days < 2:
        return ("today", "yesterday")[days]
    if is_long(day, today):
        return f"in {day.year}"
    return f"{span(day, today)} ago"


def is_long(start: "date", end: "date") -> bool:
    """True if the time from *start* to *end* is counted in years."""
    return whole_months(start, end) >= _MIN_MONTHS_FOR_YEARS


def until_days(days: int) -> str:
    """The time until a day, in exact *days*: `today`, `tomorrow`, `in 501 days`."""
    return ("today", "tomorrow")[days] if days < 2 else f"in {count(days, 'day')}"


def since_days(days: int) -> str:
    """The time since a day, in exact *days*: `today`, `yesterday`, `501 days ago`."""
    return ("today", "yesterday")[days] if days < 2 else f"{count(days, 'day')} ago"


def until_instant(seconds: int, *, is_today: bool) -> str:
    """The *seconds* until an instant in hours: `today, in 3 h`, `in 14 h 20 min`; empty from 48 h.

    The last minute counts as a whole one. It is also empty for an instant that is today but more
    than a day away: at the end of the calendar, the day in UTC stands in for the local one.
    """
    if seconds >= (_LONGEST_DAY if is_today else _TWO_DAYS):
        return ""
    hours, minutes = divmod(max(seconds // 60, 1), 60)
    parts = [f"{hours} h"] if hours else []
    parts += [f"{minutes} min"] if minutes or not hours else []
    return f"{'today, ' if is_today else ''}in {' '.join(parts)}"


def whole_months(start: "date", end: "date") -> int:
    """The months of the calendar that have passed from *start* until an *end* no earlier."""
    months = (end.year - start.year) * 12 + end.month - start.month
    return months - (end.day < _day_in_month_of(start, end))


def _is_day_of_month(start: "date", end: "date") -> bool:
    """True if a whole number of months lies between *start* and *end*."""
    return end.day == _day_in_month_of(start, end)


def _day_in_month_of(start: "date", end: "date") -> int:
    """The day of the month of *start*, or the last one in the month of *end* if that is shorter."""
    if end.month == 2:
        is_leap = end.year % 4 == 0 and (end.year % 100 != 0 or end.year % 400 == 0)
        return min(start.day, 29 if is_leap else 28)
    return min(start.day, 30 if end.month in (4, 6, 9, 11) else 31)
