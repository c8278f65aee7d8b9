"""`countdown calendar`: months as grids, with the releases of their days."""

import sqlite3
from datetime import date
from typing import Final

import click

from countdown import environment
from countdown.cli import options, output
from countdown.cli.context import command_without_limit
from countdown.cli.filters import build_query
from countdown.cli.options import Filters
from countdown.cli.session import Session, session
from countdown.core import weeks
from countdown.core.outlook import Outlook
from countdown.errors import NothingFound, UsageError
from countdown.index.followed import followed_ids
from countdown.index.query import find
from countdown.views.calendar_months import calendar_view, last_day, months_from

_USUAL_MONTHS: Final = 3
_MAX_MONTHS: Final = 36


@options.command(
    "calendar",
    "countdown calendar",
    "countdown calendar march",
    "countdown calendar 2027-03 --months 6",
    'countdown calendar "Q1 2027" --platform netflix',
    "countdown calendar next month --followed",
)
@click.argument("words", nargs=-1, metavar="[MONTH]")
@click.option(
    "--months",
    type=click.IntRange(1, _MAX_MONTHS),
    metavar="N",
    help="Show N months. [default: as many of three as fit]",
)
@options.filters(*options.MATCHING)
def command(
    ctx: click.Context, /, words: tuple[str, ...], months: int | None, filters: Filters
) -> None:
    """Show months with the releases of their days.

    MONTH can be a month, a quarter or a year; it starts with this month. A vague date is never on
    a day: it's listed in the month in which it ends.
    """
    current = session(ctx)
    first, count = _first_month(current, filters, " ".join(words))
    shown = months_from(first, months or count or _USUAL_MONTHS)
    outlooks, followed = current.ask(
        lambda index: (
            _find(index, current, filters, shown),
            followed_ids(index, current.follows),
        )
    )
    is_open = not (months or count)
    view = calendar_view(
        outlooks,
        current.view_context,
        months=shown,
        first_weekday=weeks.first_weekday(environment.locale("LC_TIME")),
        followed=followed,
        command=f"{command_without_limit(ctx)} --months {_USUAL_MONTHS}" if is_open else "",
    )
    output.show(view, current)
    if not outlooks:
        raise NothingFound(_why_empty(current, filters, shown))


def _find(
    index: sqlite3.Connection, current: Session, filters: Filters, months: list[date]
) -> list[Outlook]:
    """The releases of *months* that pass *filters*, those that are out among them."""
    query = build_query(current, filters)
    first, last = months[0], last_day(months)
    return find(
        index,
        query._replace(
            states=tuple(dict.fromkeys([*query.states, "released"])),
            first=max(first, query.first) if query.first else first,
            last=min(last, query.last) if query.last else last,
        ),
    )


def _first_month(current: Session, filters: Filters, text: str) -> tuple[date, int]:
    """A day of the first month, and the number of months that *text* or --to names; 0 if none.

    Raises UsageError.
    """
    if not text and not (filters.first or filters.last or filters.within):
        return current.now.today, 0
    from countdown.cli import date_arguments  # Deferred: most calendars begin with this month.

    if not text:
        query = build_query(current, filters)
        first = query.first or min(current.now.today, query.last or date.max)
        return first, _count(first, query.last) if query.last else 0
    month = _month_of_name(current.now.today, text)
    first, last = (
        (month, month)
        if month
        else date_arguments.parse_window(text, current.now, origin="MONTH", region=current.region)
    )
    count = _count(first, last)
    if count > _MAX_MONTHS:
        raise UsageError(f'MONTH: "{text}" is longer than {_MAX_MONTHS} months.')
    return first, count


def _count(first: date, last: date) -> int:
    """The number of months from *first* to *last*."""
    return (last.year - first.year) * 12 + last.month - first.month + 1


def _month_of_name(today: date, text: str) -> date | None:
    """The next month with the name *text*, perhaps this one; None if no month is called that."""
    from countdown.cli.list_words import month_number  # Deferred, as above.

    number = month_number(text)
    year = today.year + (number < today.month)
    return date(year, number, 1) if number and year <= date.max.year else None


def _why_empty(current: Session, filters: Filters, months: list[date]) -> str:
    from countdown.cli.empty_answer import EmptyAnswer, explain  # Deferred: rarely used.

    answer = EmptyAnswer(
        find=lambda index, changed: _find(index, current, changed, months),
        summary="Nothing comes out in these months.",
        elsewhere=(),
    )
    return explain(current, filters, answer)
