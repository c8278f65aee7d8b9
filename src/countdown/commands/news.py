"""`countdown news`: dates that moved, and what else was seen to change."""

import sqlite3
from datetime import date

import click

from countdown.cli import date_arguments, journal_queries, options, output, recorded_moves
from countdown.cli.filters import require_follows
from countdown.cli.session import Session, session
from countdown.core import wording
from countdown.errors import NothingFound
from countdown.index.followed import followed_ids
from countdown.journal import observations
from countdown.journal.observations import Observation, WatchedCatalogue
from countdown.views.news import news


@options.command(
    "news",
    "countdown news",
    "countdown news --since 1y          12w, 6m and a day like 2027-06-11 do too",
    "countdown news --followed",
    "countdown news --mine               also what you have changed yourself",
)
@click.option(
    "--since",
    metavar="SPAN",
    default="30d",
    help="How far back: 90d, 12w, 6m, 1y, or a day.  [default: 30d]",
)
@options.followed
@click.option("--mine", is_flag=True, help="Also what you have changed in your own catalogue.")
def command(ctx: click.Context, since: str, followed: bool, mine: bool) -> None:
    """Show what has moved, newest first: dates, stages, what is new and what is gone.

    These are the moves that the catalogue records, by the day on which they were announced, and
    what countdown saw when it read a catalogue that had changed. Of the latter, only the date that
    counts for your region is compared.
    """
    current = session(ctx)
    start = date_arguments.span_start(since, current.now, origin="--since")
    follows = require_follows(current) if followed else None
    ids = current.ask(lambda index: None if follows is None else followed_ids(index, follows))
    watch, observed = journal_queries.query_journal(current, _list_observations)
    journal_queries.report_damage(current)
    recorded = recorded_moves.find(current, start, mine=mine)
    # What was seen may be a move that is recorded as well.
    known = {(move.id, *recorded_moves.dates_of(move)) for move in recorded}
    seen = [
        change
        for change in journal_queries.observed_changes(current, observed, mine=mine)
        if change.on >= start and (change.id, *recorded_moves.dates_of(change)) not in known
    ]
    changes = sorted((*seen, *recorded), key=lambda change: change.on, reverse=True)
    if ids is not None:
        changes = [change for change in changes if change.id in ids]
    outlooks = current.ask(
        lambda index: journal_queries.find_outlooks(
            index, current, [change.id for change in changes]
        )
    )
    output.show(news(changes, outlooks, current.view_context, since=start), current)
    if not changes:
        first = journal_queries.local_moment(current, watch.since)[1]
        raise NothingFound(_no_changes(current, start, first, followed=followed))


def _list_observations(
    connection: sqlite3.Connection, watch: WatchedCatalogue
) -> tuple[WatchedCatalogue, list[Observation]]:
    return watch, observations.list_observations(
        connection, watch.scope, now=journal_queries.now_ns()
    )


def _no_changes(current: Session, start: date, first: date, *, followed: bool) -> str:
    what = "nothing that you follow" if followed else "nothing"
    day = wording.day_label(max(start, first), current.date_style)
    if first > current.now.today:
        return f"{what} was seen to move so early; countdown first looked on {day}"
    if first >= start:
        return f"{what} has moved since {day}, when countdown first looked"
    return f"{what} has moved since {day}; look further back with --since 1y"
