"""`countdown list`: every release still ahead."""

from collections.abc import Callable
from typing import Any

import click

from countdown.cli import options, output
from countdown.cli.filters import NOTHING_FOLLOWED, build_query
from countdown.cli.options import Filters
from countdown.cli.session import Session, session
from countdown.core.outlook import Outlook, stage_rank
from countdown.core.text import natural_key
from countdown.errors import NothingFound
from countdown.index.followed import followed_ids
from countdown.index.query import find
from countdown.views.listing import listing

_SORT_KEYS: dict[str, Callable[[Outlook], Any]] = {
    "title": lambda outlook: natural_key(outlook.release.title),
    "kind": lambda outlook: outlook.release.kind,
    "platform": lambda outlook: (
        not outlook.release.platform,
        [*map(natural_key, outlook.release.platform)],
    ),
    "stage": lambda outlook: -stage_rank(outlook.stage),
}


@options.command(
    "list",
    "countdown list netflix 2027               any words narrow it",
    "countdown list --franchise MCU            initials work",
    "countdown list --actor hemsworth --all    released ones too",
    "countdown list --within 90d --type streaming",
    'countdown list --from 2027-06 --to "Q4 2027"',
    "countdown list --undated --stage filming",
    'countdown list --json | jq -r ".releases[].title"',
)
@click.argument("words", nargs=-1)
@options.filters(*options.MATCHING, *options.STATES, *options.ORDER, options.limit)
def command(
    ctx: click.Context, /, words: tuple[str, ...], filters: Filters, sort: str, reverse: bool
) -> None:
    """List upcoming releases, soonest first, then undated ones.

    WORDS narrow the list: a year, month, kind, franchise, platform, person, or words of a title.
    The same option twice widens it; different options narrow it. A vague date matches if any part
    of it does.
    """
    current = session(ctx)
    if words:
        from countdown.cli.list_words import add_words  # Deferred, like all that words need.

        filters = add_words(current, filters, words)
    _show(current, filters, sort=sort, reverse=reverse)


def overview(ctx: click.Context, filters: Filters) -> None:
    """The same list, for a bare `countdown`, and on a terminal a hint at the help."""
    _show(session(ctx), filters)
    output.hint("More: countdown --help")


def _show(current: Session, filters: Filters, *, sort: str = "date", reverse: bool = False) -> None:
    query, by_date = build_query(current, filters), sort == "date"
    # The limit holds in the order that is shown, so any order but the index's needs all rows.
    needed = query if by_date and not reverse else query._replace(limit=None)
    outlooks, followed = current.ask(
        lambda index: (find(index, needed), followed_ids(index, current.follows))
    )
    if not by_date:
        outlooks.sort(key=_SORT_KEYS[sort])
    if reverse:
        outlooks.reverse()
    outlooks = outlooks[: query.limit]
    output.show(
        listing(outlooks, current.view_context, ranked=not by_date, followed=followed), current
    )
    if not outlooks:
        if filters == Filters(followed=True):
            raise NothingFound(
                f"{NOTHING_FOLLOWED} is coming. To see what you follow: countdown follow"
            )
        from countdown.cli.empty_answer import explain  # Deferred: most answers are not empty.

        raise NothingFound(explain(current, filters))
