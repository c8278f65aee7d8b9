"""`countdown status`: productions without a date."""

import sqlite3

import click

from countdown.cli import lookup, options, output
from countdown.cli.filters import build_query
from countdown.cli.options import Filters
from countdown.cli.session import Session, session
from countdown.core.outlook import Outlook
from countdown.errors import NothingFound
from countdown.index.followed import followed_ids
from countdown.index.query import find
from countdown.views.status import status


@options.command(
    "status",
    "countdown status",
    'countdown status "Extraction 3"    one release, dated or not',
    "countdown status --stage filming --platform netflix",
)
@click.argument("name", metavar="[TITLE]", required=False)
@options.filters(*options.MATCHING, options.limit)
def command(ctx: click.Context, /, name: str | None, filters: Filters) -> None:
    """Show how far undated productions are, furthest along first.

    News is marked as old after six months. With a TITLE, you see that release only, dated or not.
    """
    current = session(ctx)
    outlooks, followed = current.ask(
        lambda index: (
            _find(index, name, current, filters._replace(limit=None)),
            followed_ids(index, current.follows),
        )
    )
    if not outlooks:
        raise NothingFound(_why_empty(current, filters))
    shown = outlooks[: filters.limit]
    more = len(outlooks) - len(shown)
    output.show(status(shown, current.view_context, followed=followed, more=more), current)


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
            Elsewhere("Nothing matches without a date. Try: {command}", {"dated": True}),
            Elsewhere("Nothing matches that's still to come. Try: {command}", {"everything": True}),
        ),
    )
    return explain(current, filters, answer)
