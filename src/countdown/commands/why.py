"""`countdown why`: a paragraph on why a release has no day, or on the day that it has."""

import sqlite3
from datetime import date
from typing import NamedTuple

import click

from countdown.cli import lookup, options, output
from countdown.cli.date_history import history_of
from countdown.cli.session import Session, session
from countdown.core.explanation import Others, explain, moved_days
from countdown.core.outlook import Outlook
from countdown.index.contents import releases_that_moved
from countdown.views.explained import explained


@options.command(
    "why",
    "countdown why rescue 2",
    "countdown why avengers doomsday",
    exclude=("--format", "--json", "--days"),
)
@click.argument("words", nargs=-1, required=True, metavar="TITLE...")
def command(ctx: click.Context, words: tuple[str, ...]) -> None:
    """Say why there's no day yet, or how sure a day is.

    One paragraph: what has been announced, how far along it is, how its date and those of its
    franchise have moved before, and how old these facts are.
    """
    current, text = session(ctx), " ".join(words)
    context = current.view_context
    found = current.ask(lambda index: _find(index, text, current))
    if len(found.outlooks) > 1:
        lookup.write_titles(found.outlooks, text, current)
        return
    (outlook,) = found.outlooks
    sentences = explain(
        outlook,
        context.name(outlook.release),
        history_of(outlook, current),
        found.others,
        today=current.now.today,
        style=context.date_style,
    )
    output.show(explained(sentences, f"countdown show {outlook.release.id}", context), current)


class _Found(NamedTuple):
    """The releases of a title, and how dates of others than the first have moved."""

    outlooks: list[Outlook]
    others: Others


def _find(index: sqlite3.Connection, text: str, current: Session) -> _Found:
    """The releases called *text*. Raises NothingFound."""
    found = lookup.find_called(index, text, current)
    return _Found(found, _others(index, found[0], current.now.today))


def _others(index: sqlite3.Connection, outlook: Outlook, today: date) -> Others:
    """How dates of the same franchise have moved; those of the whole catalogue if none has."""
    release = outlook.release
    others = [each for each in releases_that_moved(index, date.min, today) if each.id != release.id]
    franchise = release.franchise[0] if release.franchise else ""
    kin = [each for each in others if franchise in each.franchise]
    days = moved_days(move for each in kin for move in each.moves)
    if days:
        return Others(franchise, days)
    return Others("", moved_days(move for each in others for move in each.moves))
