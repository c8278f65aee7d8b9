"""`countdown news`: dates that moved, and other changes."""

import sqlite3
from collections.abc import Sequence
from datetime import date
from typing import Final

import click

from countdown.cli import date_arguments, journal_queries, options, output, recorded_moves
from countdown.cli.filters import require_follows
from countdown.cli.joined_changes import join_observations
from countdown.cli.session import Session, session
from countdown.cli.shell_words import shell_word
from countdown.core import wording
from countdown.core.changes import EPISODE_KINDS, ObservedChange
from countdown.errors import NothingFound
from countdown.index.followed import followed_ids
from countdown.journal import observations
from countdown.journal.observations import Observation, WatchedCatalogue
from countdown.views.news import news

_DEFAULT_SPAN: Final = "30d"
_MAX_OLDER: Final = 5  # changes to show if none is within the default span


@options.command(
    "news",
    "countdown news",
    "countdown news --since 1y",
    "countdown news --followed",
    "countdown news --mine         your own changes too",
)
@click.option(
    "--since",
    metavar="SPAN",
    help="Span like 12w or 6m, or a day. [default: 30d]",
)
@options.followed
@click.option("--mine", is_flag=True, help="Include changes you made yourself.")
def command(ctx: click.Context, since: str | None, followed: bool, mine: bool) -> None:
    """Show recent changes, newest first: new dates, delays, stages, additions.

    They come from the catalogue, by the day they were announced, and from what countdown itself
    saw change. For your region, only the date that counts there is compared. Without --since, you
    see the latest changes if there were none in 30 days.
    """
    current = session(ctx)
    span = _DEFAULT_SPAN if since is None else since
    start = date_arguments.span_start(span, current.now, origin="--since")
    follows = require_follows(current) if followed else None
    ids = current.ask(lambda index: None if follows is None else followed_ids(index, follows))
    watch, observed = journal_queries.query_journal(current, _list_observations)
    journal_queries.report_damage(current)
    observed = join_observations(
        observed, lambda each: journal_queries.local_moment(current, each.at)[1]
    )
    seen = journal_queries.observed_changes(current, observed, mine=mine)
    changes = _changes_since(current, start, seen, ids, mine=mine)
    is_older = not changes and since is None
    if is_older:
        year_ago = date_arguments.span_start("1y", current.now, origin="--since")
        older = _changes_since(current, year_ago, seen, ids, mine=mine)
        older = older or _changes_since(current, date.min, seen, ids, mine=mine)
        changes = older[:_MAX_OLDER]
    outlooks = current.ask(
        lambda index: journal_queries.find_outlooks(
            index, current, [change.id for change in changes]
        )
    )
    own = ""
    if not mine and (is_older or not changes):
        seen = journal_queries.observed_changes(current, observed)
        if _changes_since(current, start, seen, ids, mine=True):
            own = _own_changes(since, followed=followed)
    view = news(
        changes,
        outlooks,
        current.view_context,
        since=start,
        is_older=is_older,
        followed=output.followed_in(current),
        own=own,
    )
    output.show(view, current)
    if not changes:
        first = journal_queries.local_moment(current, watch.since)[1]
        raise NothingFound(
            _no_changes(current, start, first, is_default=since is None, followed=followed),
            *((f"To see your own changes: {own}",) if own else ()),
        )


def _changes_since(
    current: Session,
    first: date,
    seen: Sequence[ObservedChange],
    ids: frozenset[str] | None,
    *,
    mine: bool,
) -> list[ObservedChange]:
    """The changes from the day *first* on, newest first: *seen* ones and recorded moves.

    *ids* limit them to some releases.
    """
    added = {(change.id, change.on) for change in seen if change.change.kind == "new"}
    recorded = recorded_moves.find(current, first, mine=mine, added=added)
    # A recorded move may have been seen too.
    known = {(move.id, *recorded_moves.dates_of(move)) for move in recorded}
    unrecorded = [
        change
        for change in seen
        if change.on >= first
        and (
            change.change.kind in EPISODE_KINDS
            or (change.id, *recorded_moves.dates_of(change)) not in known
        )
    ]
    changes = sorted((*unrecorded, *recorded), key=_newness, reverse=True)
    return [change for change in changes if ids is None or change.id in ids]


def _newness(change: ObservedChange) -> tuple[date, date]:
    """A sort key: of periods that end on the same day, the longer one is older."""
    return change.on, change.announced.earliest if change.announced else change.on


def _list_observations(
    connection: sqlite3.Connection, watch: WatchedCatalogue
) -> tuple[WatchedCatalogue, list[Observation]]:
    return watch, observations.list_observations(
        connection, watch.scope, now=journal_queries.now_ns()
    )


def _own_changes(since: str | None, *, followed: bool) -> str:
    """The command that also shows the user's own changes."""
    span = "" if since is None else f" --since {shell_word(since)}"
    return f"countdown news --mine{' --followed' if followed else ''}{span}"


def _no_changes(
    current: Session, start: date, first: date, *, is_default: bool, followed: bool
) -> str:
    """A sentence on why there are no changes from *start* on; *first* is the first day observed."""
    what = "Nothing that you follow" if followed else "Nothing"
    if is_default or first >= start:
        day = wording.day_label(first, current.date_style)
        if first > current.now.today:
            return f"{what} changed that early. countdown first looked on {day}."
        return f"{what} has changed since {day}, when countdown first looked."
    day = wording.day_label(start, current.date_style)
    latest = f"countdown news{' --followed' if followed else ''}"
    return f"{what} has changed since {day}. To see the latest changes: {latest}"
