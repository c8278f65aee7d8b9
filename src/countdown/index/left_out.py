"""Records in an index what is left out of the user's own catalogue, and the ids of its entries.

Every function raises sqlite3.Error if the index is damaged.
"""

import sqlite3
from collections.abc import Iterable

from countdown.core.left_out import LeftOut


def save_left_out(
    connection: sqlite3.Connection, left_out: LeftOut, user_ids: Iterable[str]
) -> None:
    """Record what is *left_out*, and the ids of the releases that the user's entries are about."""
    reason, entries, keys, ids, has_unknown_ids = left_out
    if left_out != LeftOut():
        connection.execute(
            "INSERT INTO left_out VALUES (?, ?, ?, ?)",
            [reason, entries, keys, has_unknown_ids],
        )
    rows = {**dict.fromkeys(user_ids, False), **dict.fromkeys(ids, True)}
    connection.executemany("INSERT INTO own_release VALUES (?, ?)", rows.items())


def read_left_out(connection: sqlite3.Connection) -> LeftOut:
    """What is left out of the user's own catalogue."""
    rows = connection.execute(
        "SELECT reason, entries, keys, has_unknown_ids FROM left_out"
    ).fetchall()
    if not rows:
        return LeftOut()
    ((reason, entries, keys, has_unknown_ids),) = rows
    ids = connection.execute("SELECT id FROM own_release WHERE is_left_out ORDER BY rowid")
    return LeftOut(reason, entries, keys, tuple(id for (id,) in ids), bool(has_unknown_ids))


def user_ids(connection: sqlite3.Connection) -> frozenset[str]:
    """The ids of all releases that a user's entry is about, left out or not."""
    return frozenset(id for (id,) in connection.execute("SELECT id FROM own_release"))
