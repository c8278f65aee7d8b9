"""What is in the index as a whole. Every function raises sqlite3.Error if it is damaged."""

import sqlite3
from collections.abc import Iterator
from datetime import date

from countdown.core.release import Release
from countdown.index.record import unpack


def extent(connection: sqlite3.Connection) -> tuple[int, date | None]:
    """The number of all releases, and the latest day on which one of them was checked."""
    number, day = connection.execute("SELECT count(*), max(checked) FROM release").fetchone()
    return number, None if day is None else date.fromordinal(day)


def releases_that_moved(
    connection: sqlite3.Connection, first: date, last: date
) -> Iterator[Release]:
    """Releases that record a move which was, or may have been, announced from *first* to *last*."""
    rows = connection.execute(
        "SELECT record FROM release WHERE key IN"
        " (SELECT release FROM move WHERE last >= ? AND first <= ?) ORDER BY key",
        [first.toordinal(), last.toordinal()],
    )
    return (unpack(record) for (record,) in rows)
