"""What the journal knows: since when a catalogue is watched, and what was seen to change.

A clock can be wrong. Observations are therefore in the order in which they were written, and each
counts as made at the latest time noted so far that is not later than now, if none is when the
catalogue was first looked at: of a clock that ran ahead nothing sticks, and one that ran behind
loses nothing.
"""

import sqlite3
from typing import Final, NamedTuple

from countdown.core.changes import Facts
from countdown.core.text import escape_hostile
from countdown.journal import database
from countdown.journal.facts import read_facts
from countdown.stamps import CatalogueFiles

_OBSERVATIONS: Final = (
    "SELECT * FROM (SELECT key, id, before, after, at, coalesce("
    "max(CASE WHEN at <= :now THEN at END) OVER (ORDER BY key),"
    " (SELECT min(since, :now) FROM scope WHERE key = :scope)) AS seen"
    " FROM observation WHERE scope = :scope)"
    " WHERE key > :last AND (:id IS NULL OR id = :id) ORDER BY key"
)


class WatchedCatalogue(NamedTuple):
    """That a set of catalogue files is watched, and *since* when, in POSIX ns."""

    scope: int
    since: int


class Observation(NamedTuple):
    """That a release was found to be other than *before*; None is: not in the catalogue.

    *at* is when, in POSIX ns; *key* grows from one to the next. *look* is what the clock said, one
    time for all that was seen together.
    """

    key: int
    id: str
    before: Facts | None
    after: Facts | None
    at: int
    look: int


def watched_catalogue(
    connection: sqlite3.Connection, layers: CatalogueFiles, *, now: int
) -> WatchedCatalogue | None:
    """Since when *layers* are watched; None if nobody has looked at them yet."""
    row = connection.execute(
        "SELECT key, min(since, ?) FROM scope WHERE name = ?", [now, database.scope_name(layers)]
    ).fetchone()
    return row and WatchedCatalogue(*row)


def list_observations(
    connection: sqlite3.Connection,
    scope: int,
    *,
    now: int,
    id: str | None = None,
    last: int = 0,
) -> list[Observation]:
    """The observations in *scope* after that with the key *last*, oldest first.

    *now* is POSIX time in ns. With *id*, only those of this release. What can't be read, since it
    was damaged or written by another program, is left out.
    """
    asked = {"now": now, "scope": scope, "id": id, "last": last}
    found = []
    for key, name, before, after, look, at in connection.execute(_OBSERVATIONS, asked):
        try:
            found.append(
                Observation(key, escape_hostile(name), _facts(before), _facts(after), at, look)
            )
        except (ValueError, TypeError):
            continue
    return found


def _facts(text: str | None) -> Facts | None:
    return None if text is None else read_facts(text)
