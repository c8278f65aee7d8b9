"""`countdown show`, and `countdown TITLE`: everything about one release, or a person's releases."""

import sqlite3

import click

from countdown.cli import journal_queries, lookup, options, output
from countdown.cli.context import shared_options
from countdown.cli.filters import build_query
from countdown.cli.options import Filters
from countdown.cli.session import Session, session
from countdown.core.effective_date import home_market
from countdown.core.history import HistoryStep, history
from countdown.core.outlook import Outlook
from countdown.index import suggestions
from countdown.views.card import card
from countdown.views.listing import listing

_MAX_IDS = 8  # in a hint


@options.command(
    "show",
    "countdown show thor love and thunder",
    "countdown rescue 2                     show may be left out; any title does",
    "countdown to dune                      the same in other words",
    "countdown chris hemsworth              a person's releases",
    "countdown show extraction-2            by its id",
)
@click.argument("words", nargs=-1, required=True, metavar="TITLE...")
@options.filters(options.everything_of_a_person)
def command(ctx: click.Context, /, words: tuple[str, ...], filters: Filters) -> None:
    """Everything about one release: dates by region, moves, stage, cast, sources.

    Any of its titles finds it. Where several releases match, they are listed. The name of a person
    shows their releases, as countdown actor does.
    """
    current, text = session(ctx), " ".join(words)
    similar = shared_options(ctx).similar_command
    outlooks, links = current.ask(lambda index: _find(index, text, current, similar))
    if not outlooks:
        lookup.show_people(current, text, filters)
    elif len(outlooks) > 1:
        heading = f'Titles with "{text}"'
        output.show(listing(outlooks, current.view_context, heading=heading, ranked=True), current)
        output.hint(_how_to_choose(outlooks, text))
    else:
        steps = _history(outlooks[0], current)
        output.show(card(outlooks[0], current.view_context, links=links, history=steps), current)


def _history(outlook: Outlook, current: Session) -> tuple[HistoryStep, ...]:
    release = outlook.release
    observed = journal_queries.observed_moves(current, release.id)
    return history(
        release.moves,
        observed,
        region=current.region,
        zone=current.now.zone,
        home=home_market(release),
    )


def _find(
    index: sqlite3.Connection, text: str, current: Session, similar: str
) -> tuple[list[Outlook], list[tuple[str, str]]]:
    """The releases called *text*, and what is related if it is one; none if it is a person.

    Raises NothingFound.
    """
    outlooks = lookup.find_release_or_people(
        index, text, build_query(current), current.layers, similar_command=similar
    )
    return outlooks, suggestions.links(index, outlooks[0].release) if len(outlooks) == 1 else []


def _how_to_choose(outlooks: list[Outlook], text: str) -> str:
    """A sentence on how to name one of *outlooks*: by its title, or where they share it, its id."""
    several = f'{len(outlooks)} releases match "{text}"'
    names = [outlook.release.name for outlook in outlooks]
    if len(set(names)) == len(names):
        return f"{several}; name one in full"
    ids = [outlook.release.id for outlook in outlooks[:_MAX_IDS]]
    more = f" and {len(outlooks) - _MAX_IDS} more" if len(outlooks) > _MAX_IDS else ""
    return f"{several}; name one by its id: {', '.join(ids)}{more}"
