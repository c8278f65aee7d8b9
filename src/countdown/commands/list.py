"""`countdown list`: every release still ahead."""

import sqlite3
from collections.abc import Callable
from typing import Any

import click

from countdown.cli import options, output
from countdown.cli.context import command_without_limit
from countdown.cli.filters import build_query
from countdown.cli.options import Filters
from countdown.cli.session import Session, session
from countdown.core.outlook import Outlook, stage_rank
from countdown.core.text import natural_key
from countdown.errors import NothingFound
from countdown.formats import TABLE
from countdown.index.counts import Counts, count_named
from countdown.index.followed import followed_ids
from countdown.index.query import find
from countdown.views.listing import listing
from countdown.views.view import ViewContext

_SORT_KEYS: dict[str, Callable[[Outlook], Any]] = {
    "kind": lambda outlook: outlook.release.kind,
    "platform": lambda outlook: (
        not outlook.release.platform,
        [*map(natural_key, outlook.release.platform)],
    ),
    "stage": lambda outlook: -stage_rank(outlook.stage),
}
_MAX_COUNTED = 1000  # releases that are read to say how many a limit leaves out
_NO_FILTERS = Filters()
_ANY_DATE: dict[str, Any] = {
    name: getattr(_NO_FILTERS, name)
    for name in ("within", "first", "last", "types", "dated", "limit", "released", "everything")
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
        from countdown.cli.list_words import add_words  # Deferred: only words need it.

        filters = add_words(current, filters, words)
    if filters.complete:
        _show_season_ends(ctx, current, filters, sort=sort, reverse=reverse)
    else:
        show_list(ctx, current, filters, sort=sort, reverse=reverse)


def _show_season_ends(
    ctx: click.Context, current: Session, filters: Filters, *, sort: str, reverse: bool
) -> None:
    """Write the seasons that pass *filters*, by the day on which their last episode is out.

    Programs get the same releases as from other lists, in this order.
    """
    from countdown.index.season_ends import find_season_ends  # Deferred: only needed here.

    query = build_query(current, filters)
    every = query._replace(states=(*query.states, "released"), limit=None)
    seasons, followed = current.ask(
        lambda index: (find_season_ends(index, every), followed_ids(index, current.follows))
    )
    admitted = [season for season in seasons if season.end.state in query.states]
    if sort != "date":
        key = _sort_key(sort, current.view_context)
        admitted.sort(key=lambda season: key(season.outlook))
    if reverse:
        admitted.reverse()
    shown, command = admitted[: query.limit], command_without_limit(ctx)
    numbers = (
        (len(admitted) - len(shown), "more", command),
        (len(seasons) - len(admitted), "complete already", f"{command} --all"),
    )
    view = listing(
        [season.end for season in shown],
        current.view_context,
        heading="Ready to watch in one go",
        ranked=sort != "date",
        followed=followed,
        missing=[(f"{number:,} {words}", call) for number, words, call in numbers if number],
    )
    output.show(view._replace(outlooks=tuple(season.outlook for season in shown)), current)
    if not shown:
        raise NothingFound(_why_empty(current, filters))


def _heading(filters: Filters) -> str:
    if filters.released:
        return "Out"
    return "All releases" if filters.everything else "Coming up"


def show_list(
    ctx: click.Context,
    current: Session,
    filters: Filters,
    *,
    sort: str = "date",
    reverse: bool = False,
) -> None:
    """Write the releases that pass *filters*."""
    query, by_date = build_query(current, filters), sort == "date"
    is_drawn = output.output_format(current) == TABLE

    def ask(index: sqlite3.Connection) -> tuple[list[Outlook], frozenset[str], Counts | None]:
        counts = count_named(index, query) if is_drawn else None
        needed = query
        # The limit applies to the order shown, so any order except the index's needs all rows. On a
        # terminal, a footer has the number of rows beyond it, unless counting takes too long.
        if not by_date or reverse or (counts and counts.every <= _MAX_COUNTED):
            needed = query._replace(limit=None)
        elif counts and query.limit:
            needed = query._replace(limit=query.limit + 1)
        return find(index, needed), followed_ids(index, current.follows), counts

    outlooks, followed, counts = current.ask(ask)
    if not by_date:
        outlooks.sort(key=_sort_key(sort, current.view_context))
    if reverse:
        outlooks.reverse()
    shown, missing = outlooks[: query.limit], []
    if counts:
        found, command = len(outlooks), command_without_limit(ctx)
        missing = _missing(filters, counts, found=found, shown=len(shown), command=command)
    output.show(
        listing(
            shown,
            current.view_context,
            heading=_heading(filters),
            ranked=not by_date,
            followed=followed,
            missing=missing,
        ),
        current,
    )
    if not shown:
        raise NothingFound(_why_empty(current, filters))


def _sort_key(sort: str, context: ViewContext) -> Callable[[Outlook], Any]:
    """The key that sorts outlooks in the order *sort*; for titles, by those shown."""
    if sort == "title":
        return lambda outlook: natural_key(outlook.release.title_in(context.languages))
    return _SORT_KEYS[sort]


def _missing(
    filters: Filters, counts: Counts, *, found: int, shown: int, command: str
) -> list[tuple[str, str]]:
    """Pairs: a description of what a list doesn't show, and the command that does.

    *counts* are those of releases with the filters' names. *found* is the number of rows without a
    limit, if they were looked up, and *shown* that of rows shown. *command* is the command line
    without a limit.
    """
    missing: list[tuple[str, str]] = []
    is_complete = filters.limit is None or counts.every <= _MAX_COUNTED
    if found > shown:
        missing.append((f"{found - shown:,} more" if is_complete else "more match", command))
    by_date = any((filters.within, filters.first, filters.last, filters.types))
    shows_out = filters.released or filters.everything or "released" in filters.stage
    if is_complete and not (shows_out or by_date or filters.dated is False):
        cancelled = 0 if "cancelled" in filters.stage else counts.cancelled
        out = counts.every - found - cancelled - (counts.undated if filters.dated else 0)
        numbers = ((out, "out already"), (cancelled, "cancelled"))
        missing += [(f"{n:,} {words}", f"{command} --all") for n, words in numbers if n]
    is_named = filters._replace(**_ANY_DATE) != _NO_FILTERS
    if counts.undated and (by_date or filters.dated) and not is_named:
        missing.append((f"{counts.undated:,} without a date", "countdown status"))
    return missing


def _why_empty(current: Session, filters: Filters) -> str:
    from countdown.cli import empty_answer  # Deferred: most answers are not empty.

    return empty_answer.explain_list(current, filters)
