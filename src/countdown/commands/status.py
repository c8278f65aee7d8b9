"""`countdown status`: productions without a date."""

import sqlite3

import click

from countdown.cli import lookup, options, output
from countdown.cli.filters import build_query
from countdown.cli.options import Filters
from countdown.cli.session import Session, session
from countdown.core.outlook import Outlook
from countdown.errors import NothingFound
from countdown.index.query import find
from countdown.views.stages import status


@options.command(
    "status",
    "countdown status",
    'countdown status "Extraction 3"          one production, dated or not',
    "countdown status --stage filming --platform netflix",
)
@click.argument("name", metavar="[TITLE]", required=False)
@options.filters(*options.MATCHING, options.limit)
def command(ctx: click.Context, /, name: str | None, filters: Filters) -> None:
    """Productions without a date, furthest along first, and how fresh that news is.

    News that is older than half a year is marked. With a TITLE, that release alone, dated or not.
    """
    current = session(ctx)
    outlooks = current.ask(lambda index: _find(index, name, current, filters))
    if not outlooks:
        raise NothingFound(_why_empty(current, filters))
    output.show(status(outlooks, current.view_context), current)


def _find(
    index: sqlite3.Connection, name: str | None, current: Session, filters: Filters
) -> list[Outlook]:
    query = build_query(current, filters._replace(dated=False))
    return lookup.find_title(index, name, query, current.layers) if name else find(index, query)


def _why_empty(current: Session, filters: Filters) -> str:
    from countdown.cli.empty_answer import Elsewhere, EmptyAnswer, explain  # Deferred: seldom.

    answer = EmptyAnswer(
        find=lambda index, changed: _find(index, None, current, changed),
        summary="Nothing is without a date.",
        elsewhere=(
            Elsewhere("Nothing matches that has no date. See {command}", {"dated": True}),
            Elsewhere("Nothing matches that is still ahead. See {command}", {"everything": True}),
        ),
    )
    return explain(current, filters, answer)
