"""Reads since when a catalogue is watched, and the changes observed in it.

A clock can be wrong. So observations are in the order in which they were written, and each counts
as made at the latest recorded time that is not after now, or else when the catalogue was first
compared: a clock that ran ahead leaves no trace, and one that ran behind loses nothing.
"""

import sqlite3
from typing import Final, NamedTuple

from countdown.core.changes import Facts
from countdown.core.text import escape_hostile
from countdown.journal import database
from countdown.journal.facts import read_facts
from countdown.stamps import CatalogueFiles

_OBSERVATIONS: Final = (
    "SELECT * FROM (SELECT key, id, before, after, mine, at, coalesce("
    "max(CASE WHEN at <= :now THEN at END) OVER (ORDER BY key),"
    " (SELECT min(since, :now) FROM scope WHERE key = :scope)) AS effective"
    " FROM observation WHERE scope = :scope)"
    " WHERE key > :last AND (:id IS NULL OR id = :id) ORDER BY key"
)


class WatchedCatalogue(NamedTuple):
    """A set of catalogue files, by its key, and *since* when it is watched, in POSIX ns."""

    scope: int
    since: int


class Observation(NamedTuple):
    """A change of a release; *before* or *after* is None if it wasn't in the catalogue.

    *key* grows from one to the next. *at* is the corrected time in POSIX ns; *clock_time* is what
    the clock showed, the same for all that was observed together. It is *mine* if only the user's
    own catalogue had changed.
    """

    key: int
    id: str
    before: Facts | None
    after: Facts | None
    at: int
    clock_time: int
    mine: bool


def watched_catalogue(
    connection: sqlite3.Connection, layers: CatalogueFiles, *, now: int
) -> WatchedCatalogue | None:
    """The watched catalogue of *layers*; None if they have never been compared.

    *now* is POSIX time in ns. Raises sqlite3.Error.
    """
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

    *now* is POSIX time in ns. With *id*, only those of this release. Observations that are damaged
    or written by another program are left out. Raises sqlite3.Error.
    """
    values = {"now": now, "scope": scope, "id": id, "last": last}
    readable = []
    for key, release, before, after, mine, clock_time, at in connection.execute(
        _OBSERVATIONS, values
    ):
        try:
            facts = _facts_before_or_after(before), _facts_before_or_after(after)
            readable.append(
                Observation(key, escape_hostile(release), *facts, at, clock_time, bool(mine))
            )
        except (ValueError, TypeError):
            continue
    return readable


def _facts_before_or_after(text: str | None) -> Facts | None:
    return None if text is None else read_facts(text)
