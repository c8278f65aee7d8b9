"""Records the reminders delivered to each recipient, so that none is lost or sent twice.

`remind` holds a lock while it sends, and records a delivery afterwards. Days are ordinals. Every
function raises sqlite3.Error.
"""

import sqlite3
from typing import Final, NamedTuple

# The day of a milestone, or CHANGES, and the reminder: days ahead and id, `7 dune`; or the kind of
# a change and the key of its observation, `moved 12`.
DeliveryKey = tuple[int, str]

CHANGES: Final = 0  # in place of the day, for reminders of changes; no day has this ordinal
_KEEP_DAYS: Final = 366  # Even if a clock is wrong by this much, no reminder is sent twice.


class Recipient(NamedTuple):
    """The milestones of a recipient, and up to where everything is delivered.

    *last* is the key of the last observation of which nothing is left. Milestones of *day* and
    later can be left; None if no day is known. *at* is the time of the last complete run in POSIX
    ns, if any. *milestones* are numbers of days ahead, each with the day on which it was asked for
    first.
    """

    last: int
    day: int | None
    at: int | None
    milestones: dict[int, int]


def read_recipient(connection: sqlite3.Connection, scope: int, name: str) -> Recipient:
    """The recipient with that *name*.

    For a new one, all observations count as delivered: nobody wants the whole past.
    """
    row = connection.execute(
        "SELECT last, day, at FROM recipient WHERE scope = ? AND name = ?", [scope, name]
    ).fetchone()
    if row is None:
        (last,) = connection.execute("SELECT coalesce(max(key), 0) FROM observation").fetchone()
        row = (last, None, None)
    last, day, at = row
    milestones = connection.execute(
        "SELECT ahead, since FROM milestone WHERE scope = ? AND recipient = ?", [scope, name]
    )
    return Recipient(last, day, at, dict(milestones.fetchall()))


def write_recipient(
    connection: sqlite3.Connection, scope: int, name: str, recipient: Recipient
) -> None:
    """Record *recipient* under *name*; milestones that have a day keep it."""
    connection.execute(
        "INSERT OR REPLACE INTO recipient VALUES (?, ?, ?, ?, ?)",
        [scope, name, recipient.last, recipient.day, recipient.at],
    )
    connection.executemany(
        "INSERT OR IGNORE INTO milestone VALUES (?, ?, ?, ?)",
        [(scope, name, *milestone) for milestone in recipient.milestones.items()],
    )
    connection.execute(
        "DELETE FROM delivery WHERE scope = ? AND recipient = ? AND day = ?"
        " AND CAST(substr(reminder, instr(reminder, ' ')) AS INTEGER) <= ?",
        [scope, name, CHANGES, recipient.last],
    )


def list_deliveries(
    connection: sqlite3.Connection, scope: int, recipient: str, first: int, last: int
) -> set[DeliveryKey]:
    """The milestones from the day *first* to *last* that *recipient* got.

    And the changes after its last observation.
    """
    rows = connection.execute(
        "SELECT day, reminder FROM delivery WHERE scope = ? AND recipient = ?"
        " AND (day = ? OR day BETWEEN ? AND ?)",
        [scope, recipient, CHANGES, first, last],
    )
    return {*rows}


def record_delivery(
    connection: sqlite3.Connection, scope: int, recipient: str, key: DeliveryKey, *, today: int
) -> None:
    """Record that *recipient* got the reminder *key*; *today* is the day by the clock."""
    connection.execute(
        "INSERT OR REPLACE INTO delivery VALUES (?, ?, ?, ?, ?)", [scope, recipient, *key, today]
    )


def delete_old(connection: sqlite3.Connection, *, today: int) -> None:
    """Delete deliveries of the distant past; *today* is in UTC."""
    connection.execute(
        "DELETE FROM delivery WHERE delivered < ? AND day <> ?", [today - _KEEP_DAYS, CHANGES]
    )
