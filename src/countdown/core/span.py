"""Spans as people type them: days `90`, `90d`, weeks `12w`, calendar months `6m`, years `1y`."""

from datetime import date, timedelta

Span = tuple[int, str]  # count, and unit: "d", "w", "m" or "y"
_MAX_COUNT = 99_999_999  # of any unit: longer than the calendar
_UNITS = {
    **dict.fromkeys(("", "d", "day", "days"), "d"),
    **dict.fromkeys(("w", "wk", "wks", "week", "weeks"), "w"),
    **dict.fromkeys(("m", "mo", "mos", "month", "months"), "m"),
    **dict.fromkeys(("y", "yr", "yrs", "year", "years"), "y"),
}
_COUNTS = {
    **dict.fromkeys(("a", "an", "one"), "1"),
    **{word: str(number) for number, word in enumerate(["two", "three", "four", "five", "six"], 2)},
    **{word: str(number) for number, word in enumerate(["seven", "eight", "nine", "ten"], 7)},
}
_MAX_BARE_DIGITS = 3  # of a number without a unit: 2027 is a year


def parse_span(text: str) -> Span:
    """*text* as a span. Raises ValueError, which says how to write one."""
    words = text.strip().lower()
    number = words.rstrip("abcdefghijklmnopqrstuvwxyz ")
    unit = _UNITS.get(words[len(number) :].strip())
    if not number:
        count, _, name = words.partition(" ")
        number, unit = _COUNTS.get(count, ""), _UNITS.get(name.strip() or "?")
    is_year = number == words and len(number) > _MAX_BARE_DIGITS
    if not (number.isascii() and number.isdecimal()) or unit is None or is_year:
        raise ValueError(f'"{text}" isn\'t a time span; write 90d, 12w, 6m or 1y')
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
