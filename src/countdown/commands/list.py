"""`countdown list`: every release still ahead."""

from collections.abc import Callable
from typing import Any

import click

from countdown.cli import options, output
from countdown.cli.filters import build_query
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
    "countdown list netflix 2027                  words narrow it",
    "countdown list --franchise MCU               initials will do",
    "countdown list --actor hemsworth --all       also what is out already",
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
    """Every release still ahead, soonest first, and below them those without a date.

    WORDS narrow it: a year, a month, a kind, a franchise, a platform, a person, words of a title.
    Filters combine: the same one twice widens the answer, different ones narrow it. A window
    counts where it may come: "2027" is within --from 2027-06.
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
        raise NothingFound(_why_empty(current, filters))


def _why_empty(current: Session, filters: Filters) -> str:
    from countdown.cli import empty_answer  # Deferred: most answers are not empty.

    answer = empty_answer.EmptyAnswer(
        find=lambda index, changed: empty_answer.find_listed(index, current, changed),
        summary="Nothing is ahead.",
        elsewhere=(
            empty_answer.Elsewhere(
                "Nothing matches that is still ahead. Add --all to include released titles.",
                {"everything": True},
            ),
        ),
    )
    return empty_answer.explain(current, filters, answer)
