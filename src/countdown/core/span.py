"""Spans as people type them: days `90d`, weeks `12w`, calendar months `6m`, calendar years `1y`."""

from datetime import date, timedelta

Span = tuple[int, str]  # count, and unit: "d", "w", "m" or "y"
_MAX_COUNT = 99_999_999  # of any unit, which is longer than the calendar


def parse_span(text: str) -> Span:
    """The span that *text* is. Raises ValueError, which says how to write one."""
    number, unit = text[:-1].strip(), text[-1:].lower()
    if not (number.isascii() and number.isdecimal()) or unit not in ("d", "w", "m", "y"):
        raise ValueError(f'"{text}" is no span; write 90d, 12w, 6m or 1y')
    digits = number.lstrip("0") or "0"
    return int(digits) if len(digits) <= len(str(_MAX_COUNT)) else _MAX_COUNT, unit


def day_after(day: date, span: Span) -> date:
    """The day *span* after *day*; at most the last day of the calendar."""
    count, unit = span
    return _shifted(day, count, unit) or date.max


def day_before(day: date, span: Span) -> date:
    """The day *span* before *day*; at least the first day of the calendar."""
    count, unit = span
    return _shifted(day, -count, unit) or date.min


def _shifted(day: date, count: int, unit: str) -> date | None:
    """The day *count* units after *day*; None beyond the calendar."""
    if unit in ("d", "w"):
        try:
            return day + timedelta(days=count * (7 if unit == "w" else 1))
        except OverflowError:
            return None
    year, month = divmod(day.year * 12 + day.month - 1 + count * (12 if unit == "y" else 1), 12)
    if not date.min.year <= year <= date.max.year:
        return None
    return _day_or_month_end(year, month + 1, day.day)


def _day_or_month_end(year: int, month: int, number: int) -> date:
    """The day *number* of a month, or its last day if it is shorter."""
    while True:
        try:
            return date(year, month, number)
        except ValueError:
            number -= 1
