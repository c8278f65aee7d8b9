"""Releases of the user's own catalogue: those left out of an index are unknown.

An unknown release isn't gone: no change of it is recorded until it can be read again. The first
successful reading is no change either. Every function raises sqlite3.Error.
"""

import sqlite3

from countdown.core.left_out import LeftOut
from countdown.index.left_out import read_left_out, user_ids


def find_unknown(
    journal: sqlite3.Connection, scope: int, left_out: LeftOut, present: frozenset[str]
) -> frozenset[str] | None:
    """The ids of releases of which nothing is known since what the user wrote is *left_out*.

    *present* are those that entries of the index are about. None if they aren't known: nothing of
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
    """The ids of `find_unknown` for *index*."""
    return find_unknown(journal, scope, read_left_out(index), user_ids(index))


def find_first_read(
    journal: sqlite3.Connection, scope: int, index: sqlite3.Connection
) -> frozenset[str]:
    """The ids of releases whose entry could never be read before, and can be in *index*."""
    readable = user_ids(index).difference(read_left_out(index).ids)
    unread = _read(journal, scope, unread=True)
    if _has_unread_entries(journal, scope):
        unread |= readable - _read(journal, scope)
    return readable & unread


def save(
    journal: sqlite3.Connection, scope: int, index: sqlite3.Connection, *, is_first: bool
) -> None:
    """Record which releases the user's entries in *index* are about.

    What was recorded stays while there are entries that don't tell. *is_first* says that the user's
    own catalogue wasn't looked at before.
    """
    left_out = read_left_out(index)
    before, after = _read(journal, scope), user_ids(index)
    is_unread = is_first or _has_unread_entries(journal, scope)
    read = [(scope, id) for id in after.difference(left_out.ids)]
    journal.executemany("UPDATE own_release SET unread = 0 WHERE scope = ? AND id = ?", read)
    if not left_out.has_unknown_ids:
        gone = [(scope, id) for id in before - after]
        journal.executemany("DELETE FROM own_release WHERE scope = ? AND id = ?", gone)
        journal.execute("UPDATE scope SET own_unread = 0 WHERE key = ?", [scope])
    new = [(scope, id, is_unread and id in left_out.ids) for id in after - before]
    journal.executemany("INSERT INTO own_release VALUES (?, ?, ?)", new)


def _read(journal: sqlite3.Connection, scope: int, *, unread: bool = False) -> frozenset[str]:
    """The ids that are recorded; only those of *unread* entries, if those are meant."""
    condition = " AND unread" if unread else ""
    rows = journal.execute(f"SELECT id FROM own_release WHERE scope = ?{condition}", [scope])
    return frozenset(id for (id,) in rows)


def _has_unread_entries(journal: sqlite3.Connection, scope: int) -> bool:
    """True if entries that don't tell their ids could never be read."""
    row = journal.execute("SELECT own_unread FROM scope WHERE key = ?", [scope]).fetchone()
    return bool(row[0])
