"""Styles in which days and months are written. No I/O."""

TYPE_CHECKING = False  # The prompt comes this way without typing: see entry.
if TYPE_CHECKING:
    from datetime import date
    from typing import Final

DEFAULT: "Final" = "day-month-year"
AMERICAN: "Final" = "month-day-year"
ISO: "Final" = "iso"
STYLES: "Final" = (DEFAULT, AMERICAN, ISO)
_MONTHS: "Final" = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()  # noqa: SIM905


def format_day(on: "date", style: str = DEFAULT) -> str:
    """The day *on*: `8 Jul 2022`, `Jul 8, 2022` or `2022-07-08`, whatever the locale."""
    if style == ISO:
        return on.isoformat()
    month = _MONTHS[on.month - 1]
    if style == AMERICAN:
        return f"{month} {on.day}, {on.year}"
    return f"{on.day} {month} {on.year}"


def format_month(on: "date", style: str = DEFAULT) -> str:
    """The month of *on*: `Jul 2022` or `2022-07`."""
    return on.isoformat()[:7] if style == ISO else f"{_MONTHS[on.month - 1]} {on.year}"
