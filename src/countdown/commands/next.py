"""`countdown next`: the soonest release, large."""

import sqlite3

import click

from countdown.cli import options, output
from countdown.cli.filters import build_query, followed_keys, require_follows
from countdown.cli.options import Filters
from countdown.cli.session import Session, session
from countdown.core.outlook import Outlook
from countdown.errors import NothingFound
from countdown.formats import TABLE
from countdown.index.query import find
from countdown.views.headline import headline
from countdown.views.listing import listing

_MAX_SAME_DAY = 8  # releases of the soonest day to show


@options.command(
    "next",
    "countdown next",
    "countdown next --all                   not only what you follow",
    "countdown next avengers                words narrow it, as they do list",
    "countdown next --franchise MCU",
    "countdown next --platform netflix --type streaming",
)
@click.argument("words", nargs=-1)
@options.filters(*options.MATCHING, options.not_only_followed)
def command(ctx: click.Context, /, words: tuple[str, ...], filters: Filters) -> None:
    """The soonest release, drawn large. A window counts by its last day.

    Unless an option names releases, shows only what you follow while any of it is ahead.
    """
    current = session(ctx)
    if words:
        from countdown.cli.list_words import add_words  # Deferred, like all that words need.

        filters = add_words(current, filters, words)
    if filters.followed:
        require_follows(current)
    outlooks = current.ask(lambda index: _find(index, current, filters))
    if not outlooks:
        raise NothingFound(_why_empty(current, filters))
    same_day = [outlook for outlook in outlooks if outlook.order[:3] == outlooks[0].order[:3]]
    # Programs get the same rows as from list, but with exact days.
    context = current.view_context
    if output.output_format(current) == TABLE:
        view = headline(same_day, context)
    else:
        view = listing(same_day, context._replace(exact_days=True))._replace(context=context)
    output.show(view, current)


def _find(index: sqlite3.Connection, current: Session, filters: Filters) -> list[Outlook]:
    """The soonest releases: only followed ones, if these are shown alone."""
    query = build_query(current, filters._replace(followed=False))
    keys = followed_keys(index, current, filters)
    dated = query._replace(states=("upcoming", "open"), limit=_MAX_SAME_DAY, keys=keys)
    return find(index, dated)


def _why_empty(current: Session, filters: Filters) -> str:
    unlimited = filters._replace(everything=True)  # by what the user follows
    if not filters.followed and current.ask(lambda index: _find(index, current, unlimited)):
        return "Nothing that you follow matches. Add --all for the rest."
    from countdown.cli.empty_answer import Elsewhere, EmptyAnswer, explain  # Deferred, as above.

    answer = EmptyAnswer(
        find=lambda index, changed: _find(index, current, changed),
        summary="Nothing is ahead.",
        elsewhere=(
            Elsewhere(
                "Nothing matches that has a date. See {command}",
                {"everything": False, "dated": False},
            ),
            Elsewhere("Nothing matches that is still ahead. See {command}", {"everything": True}),
        ),
    )
    return explain(current, filters, answer)
