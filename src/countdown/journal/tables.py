"""Creates the tables of the journal, or upgrades them to the present version.

Facts are text: see facts.py. Facts are kept and not changes, because which change a fan sees
depends on the region.
"""

import sqlite3
from typing import Final

_APPLICATION: Final = 0x636F756E  # "coun" in ASCII
_VERSION: Final = 6

TABLES: Final = {
    # A set of catalogue files; *content* has the hashes of what was compared last. *own_unread* is
    # 1 while the user's own catalogue has entries that could never be read and don't tell ids.
    "scope": "key INTEGER PRIMARY KEY, name BLOB NOT NULL UNIQUE, since INTEGER NOT NULL,"
    " content TEXT NOT NULL, own_unread INTEGER NOT NULL DEFAULT 0",
    "known": "scope INTEGER NOT NULL, id TEXT NOT NULL, facts TEXT NOT NULL,"
    " PRIMARY KEY (scope, id)",
    # The releases that entries of the user's own catalogue are about, when it was read last. One
    # that is *unread* has an entry that could never be read.
    "own_release": "scope INTEGER NOT NULL, id TEXT NOT NULL, unread INTEGER NOT NULL DEFAULT 0,"
    " PRIMARY KEY (scope, id)",
    # What each source gave of the releases when its layer could last be read: see index/schema.sql.
    # A row without an id says that it has been read.
    "source_fact": "scope INTEGER NOT NULL, origin TEXT NOT NULL, id TEXT NOT NULL,"
    " fact TEXT NOT NULL, PRIMARY KEY (scope, origin, id, fact)",
    # *at* is POSIX time in ns by the clock of that moment. Without *before* the release is new,
    # without *after* it was removed. *mine* is 1 if only the user's own catalogue had changed.
    "observation": "key INTEGER PRIMARY KEY, scope INTEGER NOT NULL, at INTEGER NOT NULL,"
    " id TEXT NOT NULL, before TEXT, after TEXT, mine INTEGER NOT NULL DEFAULT 0",
    # Recipients of reminders, each with the last observation up to which all were delivered, the
    # first day of which a milestone may be left to deliver, and the time of the last whole run in
    # POSIX ns. Here and below days are ordinals.
    "recipient": "scope INTEGER NOT NULL, name TEXT NOT NULL, last INTEGER NOT NULL,"
    " day INTEGER, at INTEGER, PRIMARY KEY (scope, name)",
    # Since which day a recipient has asked for milestones so many days *ahead* of releases.
    "milestone": "scope INTEGER NOT NULL, recipient TEXT NOT NULL, ahead INTEGER NOT NULL,"
    " since INTEGER NOT NULL, PRIMARY KEY (scope, recipient, ahead)",
    # Milestones that were delivered, and changes after that observation. *day* is that of the
    # milestone, or deliveries.CHANGES, *delivered* the day by the clock.
    "delivery": "scope INTEGER NOT NULL, recipient TEXT NOT NULL, day INTEGER NOT NULL,"
    " reminder TEXT NOT NULL, delivered INTEGER NOT NULL,"
    " PRIMARY KEY (scope, recipient, day, reminder)",
    "quarantined": "name TEXT PRIMARY KEY",  # damaged journals that were reported to the user
}
# The names of tables before version 5.
_FORMER_NAMES: Final = {"recipient": "consumer", "delivery": "told", "quarantined": "aside"}
_FIRST_VERSIONS: Final = {
    "milestone": 3,
    "own_release": 4,
    "source_fact": 6,
}  # of tables that older journals lack
# The statements that bring a journal of that version to the next one.
_UPGRADES: Final = {
    1: ("ALTER TABLE observation ADD COLUMN mine INTEGER NOT NULL DEFAULT 0",),
    # Of a recipient that has run already, the deliveries show the last day and the milestones.
    2: (
        "CREATE TABLE milestone (scope INTEGER NOT NULL, consumer TEXT NOT NULL,"
        " ahead INTEGER NOT NULL, since INTEGER NOT NULL, PRIMARY KEY (scope, consumer, ahead))"
        " WITHOUT ROWID",
        "INSERT INTO milestone SELECT scope, consumer, CAST(what AS INTEGER), min(day) FROM told"
        " WHERE day > 0 GROUP BY 1, 2, 3",
        "ALTER TABLE consumer ADD COLUMN day INTEGER",
        "ALTER TABLE consumer ADD COLUMN at INTEGER",
        "UPDATE consumer SET day = (SELECT max(told.day) FROM told WHERE told.day > 0"
        " AND (told.scope, told.consumer) = (consumer.scope, consumer.name))",
    ),
    3: (
        "CREATE TABLE own_release (scope INTEGER NOT NULL, id TEXT NOT NULL,"
        " PRIMARY KEY (scope, id)) WITHOUT ROWID",
    ),
    4: (
        "ALTER TABLE scope RENAME COLUMN seen TO content",
        "ALTER TABLE scope ADD COLUMN own_unread INTEGER NOT NULL DEFAULT 0",
        "ALTER TABLE own_release ADD COLUMN unread INTEGER NOT NULL DEFAULT 0",
        *(f"ALTER TABLE {old} RENAME TO {new}" for new, old in _FORMER_NAMES.items()),
        "ALTER TABLE milestone RENAME COLUMN consumer TO recipient",
        "ALTER TABLE delivery RENAME COLUMN consumer TO recipient",
        "ALTER TABLE delivery RENAME COLUMN what TO reminder",
        "ALTER TABLE delivery RENAME COLUMN noted TO delivered",
        "UPDATE delivery SET reminder = replace(reminder, 'undated ', 'withdrawn ')"
        " WHERE day = 0 AND reminder LIKE 'undated %'",
    ),
    5: (
        "CREATE TABLE source_fact (scope INTEGER NOT NULL, origin TEXT NOT NULL, id TEXT NOT NULL,"
        " fact TEXT NOT NULL, PRIMARY KEY (scope, origin, id, fact)) WITHOUT ROWID",
    ),
}
_WITHOUT_ROWID: Final = (
    *("known", "own_release", "source_fact", "recipient", "milestone", "delivery", "quarantined"),
)


class NewerJournalError(sqlite3.Error):
    """The journal was written by a newer version of this program."""


def is_current(journal: sqlite3.Connection) -> bool:
    """True if *journal* has its tables; False if it is empty, or of an older version.

    Raises NewerJournalError, and DatabaseError if it is a database of another program.
    """
    locked = journal.in_transaction
    if not locked:  # Otherwise another process could create them between two of these statements.
        journal.execute("BEGIN")
    try:
        (application,) = journal.execute("PRAGMA application_id").fetchone()
        (version,) = journal.execute("PRAGMA user_version").fetchone()
        tables = {name for (name,) in journal.execute("SELECT name FROM sqlite_master")}
    finally:
        if not locked:
            journal.execute("ROLLBACK")
    if application == _APPLICATION and version > _VERSION:
        raise NewerJournalError(f"It has version {version}, and this countdown knows {_VERSION}")
    if not (application or version or tables):
        return False
    former = _FORMER_NAMES if version < 5 else {}
    names = [name for name in TABLES if _FIRST_VERSIONS.get(name, 1) <= version]
    expected = {former.get(name, name) for name in names}
    if application != _APPLICATION or version < 1 or not tables >= expected:
        raise sqlite3.DatabaseError("It isn't a journal of countdown")
    return bool(version == _VERSION)


def create_or_upgrade(journal: sqlite3.Connection) -> None:
    """Create the tables of an empty *journal*, or bring those of an older version to this one.

    For within a transaction. Raises sqlite3.Error.
    """
    (version,) = journal.execute("PRAGMA user_version").fetchone()
    if not version:
        _create_tables(journal)
        return
    for older in range(version, _VERSION):
        for statement in _UPGRADES[older]:
            journal.execute(statement)
    journal.execute(f"PRAGMA user_version = {_VERSION}")


def _create_tables(journal: sqlite3.Connection) -> None:
    for name, columns in TABLES.items():
        end = " WITHOUT ROWID" if name in _WITHOUT_ROWID else ""
        journal.execute(f"CREATE TABLE {name} ({columns}){end}")
    journal.execute(f"PRAGMA application_id = {_APPLICATION}")
    journal.execute(f"PRAGMA user_version = {_VERSION}")
