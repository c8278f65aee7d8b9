"""Deliveries: the reminders that each recipient has got, so that none is lost or sent twice.

`remind` holds a lock while it sends, and records a delivery afterwards. Every function raises
sqlite3.Error.
"""

import sqlite3
from typing import Final

MOVES: Final = 0  # The day of reminders that have none: of changes. No day has this ordinal.
_KEEP_DAYS: Final = 366  # A clock may be wrong by this much, and no reminder is sent twice.


def last_observation(connection: sqlite3.Connection, scope: int, recipient: str) -> int:
    """The key of the last observation up to which nothing is left to deliver to *recipient*.

    For a new one, that is the last of all: nobody wants all of the past.
    """
    row = connection.execute(
        "SELECT last FROM consumer WHERE scope = ? AND name = ?", [scope, recipient]
    ).fetchone()
    if row is None:
        row = connection.execute("SELECT coalesce(max(key), 0) FROM observation").fetchone()
    key: int = row[0]
    return key


def set_last_observation(
    connection: sqlite3.Connection, scope: int, recipient: str, key: int
) -> None:
    """Record that *recipient* needs no observation up to *key*."""
    connection.execute("INSERT OR REPLACE INTO consumer VALUES (?, ?, ?)", [scope, recipient, key])
    connection.execute(
        "DELETE FROM told WHERE scope = ? AND consumer = ? AND day = ?"
        " AND CAST(substr(what, instr(what, ' ')) AS INTEGER) <= ?",
        [scope, recipient, MOVES, key],
    )


def list_deliveries(
    connection: sqlite3.Connection, scope: int, recipient: str, day: int
) -> set[str]:
    """The reminders that *recipient* got on the *day*, an ordinal.

    With MOVES, those of changes after its last observation.
    """
    rows = connection.execute(
        "SELECT what FROM told WHERE scope = ? AND consumer = ? AND day = ?",
        [scope, recipient, day],
    )
    return {reminder for (reminder,) in rows}


def record_delivery(
    connection: sqlite3.Connection,
    scope: int,
    recipient: str,
    day: int,
    reminder: str,
    *,
    today: int,
) -> None:
    """Record that *recipient* got a *reminder* on the *day*; *today* is that of the clock.

    The reminder of a change is its kind and the key of its observation: `moved 12`.
    """
    connection.execute(
        "INSERT OR REPLACE INTO told VALUES (?, ?, ?, ?, ?)",
        [scope, recipient, day, reminder, today],
    )


def delete_old(connection: sqlite3.Connection, *, today: int) -> None:
    """Delete the deliveries of days that are long past; *today* is in UTC."""
    connection.execute("DELETE FROM told WHERE noted < ? AND day <> ?", [today - _KEEP_DAYS, MOVES])
