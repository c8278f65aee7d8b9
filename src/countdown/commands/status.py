"""`countdown status`: productions without a date."""

import sqlite3

import click

from countdown.cli import lookup, options, output
from countdown.cli.context import command_without_limit
from countdown.cli.filters import build_query
from countdown.cli.options import Filters
from countdown.cli.session import Session, session
from countdown.core.outlook import Outlook
from countdown.errors import NothingFound
from countdown.index.counts import count_ahead
from countdown.index.followed import followed_ids
from countdown.index.query import find
from countdown.views.status import status


@options.command(
    "status",
    "countdown status",
    "countdown status extraction 3    one release, dated or not",
    "countdown status --stage filming --platform netflix",
)
@click.argument("words", nargs=-1, metavar="[TITLE]...")
@options.filters(*options.MATCHING, options.limit)
def command(ctx: click.Context, /, words: tuple[str, ...], filters: Filters) -> None:
    """Show how far undated productions are, furthest along first.

    News is marked as old after six months. With a TITLE, you see that release only, dated or not.
    """
    current, title = session(ctx), " ".join(words)
    unlimited = filters._replace(limit=None)
    # Dated releases are counted for a footer, which answers with filters don't have.
    is_counted = not title and unlimited == Filters()
    outlooks, followed, dated = current.ask(
        lambda index: (
            _find(index, title, current, unlimited),
            followed_ids(index, current.follows),
            count_ahead(index, now=current.now, region=current.region).dated if is_counted else 0,
        )
    )
    if not outlooks:
        raise NothingFound(_why_empty(ctx, current, filters))
    shown = outlooks[: filters.limit]
    more = len(outlooks) - len(shown)
    missing = [(f"{more:,} more", command_without_limit(ctx))] if more else []
    missing += [(f"{dated:,} with a date", "countdown list")] if dated else []
    view = status(shown, current.view_context, followed=followed, missing=missing)
    output.show(view, current)


def _find(
    index: sqlite3.Connection, title: str, current: Session, filters: Filters
) -> list[Outlook]:
    query = build_query(current, filters._replace(dated=False))
    return lookup.find_title(index, title, query, current.layers) if title else find(index, query)


def _why_empty(ctx: click.Context, current: Session, filters: Filters) -> str:
    from countdown.cli.empty_answer import Elsewhere, EmptyAnswer, explain  # Deferred: rarely used.

    answer = EmptyAnswer(
        find=lambda index, changed: _find(index, "", current, changed),
        summary="Nothing is without a date.",
        elsewhere=(
            Elsewhere("Nothing matches without a date. Try: {command}", {"dated": True}),
            Elsewhere("Nothing matches that's still to come. Try: {command}", {"everything": True}),
        ),
    )
    return explain(current, filters, answer)
