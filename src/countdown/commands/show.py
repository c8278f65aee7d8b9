"""`countdown show`: everything about one release."""

import sqlite3

import click

from countdown.cli import journal_queries, lookup, options, output
from countdown.cli.filters import build_query
from countdown.cli.session import Session, session
from countdown.core.history import HistoryStep, history
from countdown.core.outlook import Outlook
from countdown.index import suggestions
from countdown.views.card import card
from countdown.views.listing import listing


@options.command(
    "show",
    'countdown show "Thor: Love and Thunder"',
    'countdown show "Rescue 2"              by another of its titles',
    "countdown show extraction-2            by its id",
)
@click.argument("title", nargs=-1, required=True)
def command(ctx: click.Context, title: tuple[str, ...]) -> None:
    """Everything about one release: dates by region, moves, stage, cast, sources.

    Any of its titles finds it. Where several releases match, they are listed.
    """
    current, name = session(ctx), " ".join(title)
    outlooks, links = current.ask(lambda index: _find(index, name, current))
    if len(outlooks) > 1:
        output.show(listing(outlooks, current.view_context, ranked=True), current)
        output.hint(f'{len(outlooks)} releases match "{name}"; name one in full')
    else:
        steps = _history(outlooks[0], current)
        output.show(card(outlooks[0], current.view_context, links=links, history=steps), current)


def _history(outlook: Outlook, current: Session) -> tuple[HistoryStep, ...]:
    release = outlook.release
    observed = journal_queries.observed_moves(current, release.id)
    return history(release.moves, observed, region=current.region, zone=current.now.zone)


def _find(
    index: sqlite3.Connection, name: str, current: Session
) -> tuple[list[Outlook], list[tuple[str, str]]]:
    """The releases called *name*, and what is related if it is one. Raises NothingFound."""
    outlooks = lookup.find_title(index, name, build_query(current), current.layers)
    return outlooks, suggestions.links(index, outlooks[0].release) if len(outlooks) == 1 else []
