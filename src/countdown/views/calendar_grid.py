"""The grid of a month: its weekdays, and its days with signs."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from countdown.core import weeks
from countdown.core.dates import month_end
from countdown.core.outlook import Outlook
from countdown.core.width import width
from countdown.views.calendar_months import CalendarMonth
from countdown.views.view import URGENCY_SIGNS, Cell, Style, ViewContext, urgency

TODAY_SIGN: Final = "◂"
_DAY_CELLS: Final = 3  # a day of two digits, and its sign
GRID_CELLS: Final = 7 * _DAY_CELLS
# Most urgent first: the sign of a day with several releases is that of the first in this order.
_URGENCY: Final = tuple(URGENCY_SIGNS)


def grid_lines(
    month: CalendarMonth, first_weekday: int, context: ViewContext
) -> list[tuple[Cell, ...]]:
    """The names of the weekdays, and a line for each week."""
    names = weeks.narrow_weekdays(first_weekday, context.date_style)
    heading = "".join(f"{' ' * (2 - width(name))}{name} " for name in names)
    on_days: dict[date | None, list[Outlook]] = {}
    for outlook in month.on_days:
        on_days.setdefault(outlook.date.latest if outlook.date else None, []).append(outlook)
    lines: list[tuple[Cell, ...]] = [(Cell(heading, "muted"),)]
    blank = (month.first.weekday() - first_weekday) % 7
    week = [Cell(" " * _DAY_CELLS * blank)] if blank else []
    for number in range(1, month_end(month.first.year, month.first.month).day + 1):
        on = month.first.replace(day=number)
        week.append(_day(on, on_days.get(on, ()), context.now.today))
        if (blank + number) % 7 == 0:
            lines.append(tuple(week))
            week = []
    return [*lines, tuple(week)] if week else lines


def _day(on: date, outlooks: Sequence[Outlook], today: date) -> Cell:
    """A day of the grid, with the sign of its most urgent release or that of today."""
    styles = [urgency(outlook) for outlook in outlooks]
    style: Style = min(styles, key=_URGENCY.index, default="")
    sign = URGENCY_SIGNS[style][0] if style else TODAY_SIGN if on == today else " "
    if on == today:
        style = "today"
    return Cell(f"{on.day:>2}{sign}", style or "muted")
