"""Whom `due` has told what, in the journal: so that each thing is told once, and none is lost.

Whoever tells something has its turn meanwhile, and marks it when it has been told.
"""

import sqlite3
from typing import Final

MOVES: Final = 0  # The day of what is told but once: what moved. It is an ordinal of no day.
_KEPT: Final = 366  # days: by so much a clock may be wrong, and nothing is told twice


def last_observation(connection: sqlite3.Connection, scope: int, consumer: str) -> int:
    """The newest observation that *consumer* has been told of or is not to be told of.

    For one that is new, that is the newest there is: nobody wants all of the past.
    """
    row = connection.execute(
        "SELECT last FROM consumer WHERE scope = ? AND name = ?", [scope, consumer]
    ).fetchone()
    if row is None:
        row = connection.execute("SELECT coalesce(max(key), 0) FROM observation").fetchone()
    key: int = row[0]
    return key


def set_last_observation(
    connection: sqlite3.Connection, scope: int, consumer: str, key: int
) -> None:
    """Note that *consumer* knows of all observations up to *key*."""
    connection.execute("INSERT OR REPLACE INTO consumer VALUES (?, ?, ?)", [scope, consumer, key])
    connection.execute(
        "DELETE FROM told WHERE scope = ? AND consumer = ? AND day = ?"
        " AND CAST(substr(what, instr(what, ' ')) AS INTEGER) <= ?",
        [scope, consumer, MOVES, key],
    )


def list_deliveries(
    connection: sqlite3.Connection, scope: int, consumer: str, day: int
) -> set[str]:
    """What *consumer* has been told on the *day*, an ordinal; or of MOVES after its last one."""
    rows = connection.execute(
        "SELECT what FROM told WHERE scope = ? AND consumer = ? AND day = ?",
        [scope, consumer, day],
    )
    return {what for (what,) in rows}


def record_delivery(
    connection: sqlite3.Connection,
    scope: int,
    consumer: str,
    day: int,
    thing: str,
    *,
    today: int,
) -> None:
    """Note that *consumer* has been told a *thing* on the *day*; *today* is it by the clock.

    What moved is called by its kind and the key of its observation: `moved 12`.
    """
    connection.execute(
        "INSERT OR REPLACE INTO told VALUES (?, ?, ?, ?, ?)", [scope, consumer, day, thing, today]
    )


def delete_old(connection: sqlite3.Connection, *, today: int) -> None:
    """Forget what was told on days that are long over; *today* is in UTC."""
    connection.execute("DELETE FROM told WHERE noted < ? AND day <> ?", [today - _KEPT, MOVES])
