"""Facts of sources whose layers can't be used for now: they are unknown, not gone.

A layer that is held back, expired, switched off or unreadable says nothing. Of what it gave, no
change is recorded until it can be read again. What a source gave that the user removed is
forgotten at the next comparison, which is no news either. Every function raises sqlite3.Error.
"""

import sqlite3
from collections.abc import Collection, Mapping
from typing import Final, NamedTuple

from countdown.journal.facts import with_facts_of

_REMOVED: Final = "-"  # before the origin of a source that was removed: no name begins with it


class SourceState(NamedTuple):
    """The facts that are *held* by id, and the ids that the first layers of sources added.

    *removed* has the facts of removed sources by id.
    """

    held: Mapping[str, Collection[str]]
    first_read: frozenset[str]
    removed: Mapping[str, Collection[str]]

    def text(self, id: str, before: str | None, after: str) -> str:
        """The facts text *after* of the release *id*, with those of *before* that are held."""
        facts = self.held.get(id)
        return after if before is None or not facts else with_facts_of(after, before, facts)

    def is_same(self, id: str, before: str | None, after: str) -> bool:
        """True if *before* and *after* differ at most by what removed sources gave."""
        facts = self.removed.get(id)
        if before is None or not facts:
            return before == after
        return with_facts_of(after, before, facts) == before


def find(journal: sqlite3.Connection, scope: int, index: sqlite3.Connection) -> SourceState:
    """What of *index* isn't to be compared with *journal* as it is."""
    present = _origins(index)
    rows = journal.execute("SELECT origin, id, fact FROM source_fact WHERE scope = ?", [scope])
    held: dict[str, set[str]] = {}
    removed: dict[str, set[str]] = {}
    known = set()
    for origin, id, fact in rows:
        known.add(origin)
        if origin not in present and id:
            missing = removed if origin.startswith(_REMOVED) else held
            missing.setdefault(id, set()).add(fact)
    # What the first layer of a source adds is no news; what it says about known releases is.
    pairs = index.execute("SELECT DISTINCT id, origin FROM source_fact").fetchall()
    old = {id for id, origin in pairs if origin in known}
    first_read = frozenset(id for id, _ in pairs if id not in old)
    return SourceState(held, first_read, removed)


def save(journal: sqlite3.Connection, scope: int, index: sqlite3.Connection) -> None:
    """Record what the sources of *index* gave; what others gave stays, if they weren't removed."""
    origins = [(scope, origin) for origin in sorted(_origins(index))]
    journal.executemany("DELETE FROM source_fact WHERE scope = ? AND origin = ?", origins)
    removed = "DELETE FROM source_fact WHERE scope = ? AND substr(origin, 1, 1) = ?"
    journal.execute(removed, [scope, _REMOVED])
    insert = "INSERT OR IGNORE INTO source_fact VALUES (?, ?, ?, ?)"
    journal.executemany(insert, [(*row, "", "") for row in origins])
    rows = index.execute("SELECT origin, id, fact FROM source_fact")
    journal.executemany(insert, [(scope, *row) for row in rows])


def release(journal: sqlite3.Connection, origins: Collection[str]) -> None:
    """Hold nothing any more of what the removed sources *origins* gave."""
    update = "UPDATE OR REPLACE source_fact SET origin = ? WHERE origin = ?"
    journal.executemany(update, [(_REMOVED + origin, origin) for origin in sorted(origins)])


def _origins(index: sqlite3.Connection) -> set[str]:
    return {origin for (origin,) in index.execute("SELECT origin FROM source")}
