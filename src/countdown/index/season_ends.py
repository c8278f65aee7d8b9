"""Seasons by the day on which their last episode is out.

Every function raises sqlite3.Error if the index is damaged.
"""

import sqlite3
from collections.abc import Iterator
from typing import NamedTuple

from countdown.core.outlook import Outlook, outlook
from countdown.core.release import Release
from countdown.core.season_end import season_end_outlook
from countdown.index import names
from countdown.index.query import Keys, Query, admits, named_keys, sort_outlooks
from countdown.index.record import unpack


class Season(NamedTuple):
    """The *outlook* of a season, and that of its *end*, the day of the last episode."""

    outlook: Outlook
    end: Outlook


def find_season_ends(connection: sqlite3.Connection, query: Query) -> list[Season]:
    """Seasons whose end *query* admits, in the order of their ends.

    The days and states of *query* apply to the end, its stages and types to the season.
    """
    seasons = {}
    of_end = query._replace(stages=(), types=())
    for release in seasons_with_end(connection, named_keys(connection, query)):
        now = outlook(release, now=query.now, region=query.region)
        end = season_end_outlook(release, now=query.now, region=query.region)
        if query.stages and now.stage not in query.stages:
            continue
        if query.types and not any(dated.type in query.types for dated in release.dates):
            continue
        if end is not None and end.dated and admits(of_end, end):
            seasons[release.id] = Season(now, end)
    ordered = sort_outlooks((season.end for season in seasons.values()), query)
    return [seasons[end.release.id] for end in ordered]


def seasons_with_end(connection: sqlite3.Connection, keys: Keys | None) -> Iterator[Release]:
    """The releases whose end is known, in no order; only those of *keys* unless it is None."""
    condition = "" if keys is None else " AND key IN (SELECT value FROM json_each(?))"
    rows = connection.execute(
        f"SELECT record FROM release WHERE has_season_end = 1{condition}",
        [] if keys is None else [names.listed(keys)],
    )
    return (unpack(record) for (record,) in rows)
