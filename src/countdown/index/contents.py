"""Queries about the index as a whole. Every function raises sqlite3.Error if it is damaged."""

import sqlite3
from collections.abc import Iterable, Iterator
from datetime import date

from countdown.core.effective_date import home_market
from countdown.core.release import Release
from countdown.index.names import by_name
from countdown.index.record import unpack


def extent(connection: sqlite3.Connection) -> tuple[int, date | None]:
    """The number of all releases, and the latest day on which one of them was checked."""
    number, day = connection.execute("SELECT count(*), max(checked) FROM release").fetchone()
    return number, None if day is None else date.fromordinal(day)


def all_releases(connection: sqlite3.Connection) -> Iterator[Release]:
    """Every release of the catalogue, except hidden ones."""
    rows = connection.execute("SELECT record FROM release ORDER BY key")
    return (unpack(record) for (record,) in rows)


def home_markets(connection: sqlite3.Connection, ids: Iterable[str]) -> dict[str, str]:
    """The home market of each release in *ids* that is in the catalogue, by id."""
    homes = {}
    for id in ids:
        for key in by_name(connection, "id", id):
            query = "SELECT record FROM release WHERE key = ?"
            (record,) = connection.execute(query, [key]).fetchone()
            homes[id] = home_market(unpack(record))
    return homes


def releases_that_moved(
    connection: sqlite3.Connection, first: date, last: date
) -> Iterator[Release]:
    """Releases that record a move that may have been announced from *first* to *last*."""
    rows = connection.execute(
        "SELECT record FROM release WHERE key IN"
        " (SELECT release FROM move WHERE last >= ? AND first <= ?) ORDER BY key",
        [first.toordinal(), last.toordinal()],
    )
    return (unpack(record) for (record,) in rows)
