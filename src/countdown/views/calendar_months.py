"""The view of `calendar`: releases on their days, month by month."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final, NamedTuple

from countdown.core import day_style, wording
from countdown.core.dates import month_end
from countdown.core.outlook import Outlook
from countdown.views import cells
from countdown.views.listing import DATED_COLUMNS, dated_row
from countdown.views.view import Block, Cell, Table, View, ViewContext, has_doubt, legend

BEYOND_HEADING: Final = "Possibly in these months, or later"
_NO_DAY: Final = "No day yet"


class CalendarMonth(NamedTuple):
    """A month from its *first* day, with releases *on_days*, and *windows* that end in it."""

    first: date
    on_days: tuple[Outlook, ...]
    windows: tuple[Outlook, ...]

    @property
    def every(self) -> tuple[Outlook, ...]:
        """All releases of the month."""
        return self.on_days + self.windows


class CalendarPages(NamedTuple):
    """Consecutive *months*, and the windows that end *beyond* them or never.

    *first_weekday* begins each week: 0 is Monday.
    """

    months: tuple[CalendarMonth, ...]
    beyond: tuple[Outlook, ...]
    first_weekday: int


def calendar_view(
    outlooks: Sequence[Outlook],
    context: ViewContext,
    *,
    months: Sequence[date],
    first_weekday: int,
    followed: frozenset[str],
    command: str = "",
) -> View:
    """The *outlooks*, in order of date, in a calendar of the *months* that begin on these days.

    With a *command*, which shows all months, a terminal has only those that it shows without
    scrolling.
    """
    every = tuple(outlooks)
    pages = _pages(every, months, first_weekday)

    def blocks() -> list[Block]:
        return _tables(pages, context, followed)

    def screen(columns: int, lines: int) -> list[Block]:
        from countdown.views.calendar_screen import draw_months  # Deferred: programs need none.

        return draw_months(
            pages, context, followed=followed, columns=columns, lines=lines, command=command
        )

    return View(blocks, every, context, screen, fits=bool(command), followed=followed)


def _pages(every: Sequence[Outlook], months: Sequence[date], first_weekday: int) -> CalendarPages:
    days: dict[date, list[Outlook]] = {first: [] for first in months}
    windows: dict[date, list[Outlook]] = {first: [] for first in months}
    beyond = []
    for outlook in every:
        when = outlook.date
        month = when.latest.replace(day=1) if when and not when.is_open else None
        if month is None or month not in days:
            beyond.append(outlook)
        else:
            (days if when and when.exact else windows)[month].append(outlook)
    return CalendarPages(
        tuple(CalendarMonth(on, tuple(days[on]), tuple(windows[on])) for on in months),
        tuple(beyond),
        first_weekday,
    )


def months_from(first: date, count: int) -> list[date]:
    """The first days of *count* months from that of *first* on; fewer at the calendar's end."""
    start = first.year * 12 + first.month - 1
    numbers = range(start, min(start + count, (date.max.year + 1) * 12))
    return [date(number // 12, number % 12 + 1, 1) for number in numbers]


def last_day(months: Sequence[date]) -> date:
    """The last day of the last of *months*."""
    return month_end(months[-1].year, months[-1].month)


def _tables(pages: CalendarPages, context: ViewContext, followed: frozenset[str]) -> list[Block]:
    """A table for each month that has releases, with a line above each day."""
    tables = []
    for month in pages.months:
        heading = day_style.long_month(month.first, context.date_style, year=True)
        tables.append((heading, month.every, tuple(_day_lines(month, context))))
    tables.append((BEYOND_HEADING, pages.beyond, ()))
    day = wording.day_label(context.now.today, context.date_style)
    circumstances = f"as of {day}{f' · {context.region}' if context.region else ''}"
    drawn: list[Table] = []
    for heading, outlooks, breaks in tables:
        if outlooks:
            title = heading if drawn else f"{heading} · {circumstances}"
            rows = tuple(dated_row(each, context, followed) for each in outlooks)
            below = cells.old_checks(outlooks, context)
            drawn.append(Table(title, DATED_COLUMNS, rows, breaks, below=below))
    every = [outlook for _, outlooks, _ in tables for outlook in outlooks]
    return [*drawn, legend(every, doubtful=has_doubt(drawn), followed=followed)]


def _day_lines(
    month: CalendarMonth, context: ViewContext
) -> Iterator[tuple[int, tuple[Cell, ...]]]:
    """The index of the first row of each day with that day; then that of the windows."""
    before = None
    for row, outlook in enumerate(month.on_days):
        on = outlook.date.latest if outlook.date else month.first
        if on != before:
            text = day_style.short_day(on, context.date_style)
            yield row, (Cell(text, "heading"),)
        before = on
    if month.windows:
        yield len(month.on_days), (Cell(_NO_DAY, "heading"),)
