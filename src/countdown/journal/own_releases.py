"""The releases that the user's own catalogue is about: left out of an index, they are unknown.

What is unknown is not gone: no change of it is recorded until it can be read again. Every function
raises sqlite3.Error.
"""

import sqlite3

from countdown.core.left_out import LeftOut
from countdown.index.left_out import own_ids, read_left_out


def find_unknown(
    journal: sqlite3.Connection, scope: int, left_out: LeftOut, present: frozenset[str]
) -> frozenset[str] | None:
    """The ids of releases of which nothing is known since what the user wrote is *left_out*.

    *present* are those that entries of the index are about. None if they can't be told: nothing of
    the user's own catalogue can be read, and it was never read before.
    """
    if not left_out.has_unknown_ids:
        return frozenset(left_out.ids)
    before = _read(journal, scope)
    if left_out.reason and not before:
        return None
    return frozenset(left_out.ids) | (before - present)


def find_unknown_in(
    journal: sqlite3.Connection, scope: int, index: sqlite3.Connection
) -> frozenset[str] | None:
    """The same for what is left out of *index*."""
    return find_unknown(journal, scope, read_left_out(index), own_ids(index))


def save(journal: sqlite3.Connection, scope: int, index: sqlite3.Connection) -> None:
    """Record which releases the user's entries in *index* are about.

    What was recorded stays while there are entries that don't tell.
    """
    before, after = _read(journal, scope), own_ids(index)
    if not read_left_out(index).has_unknown_ids:
        gone = [(scope, id) for id in before - after]
        journal.executemany("DELETE FROM own_release WHERE scope = ? AND id = ?", gone)
    new = [(scope, id) for id in after - before]
    journal.executemany("INSERT INTO own_release VALUES (?, ?)", new)


def _read(journal: sqlite3.Connection, scope: int) -> frozenset[str]:
    rows = journal.execute("SELECT id FROM own_release WHERE scope = ?", [scope])
    return frozenset(id for (id,) in rows)
