"""The journal's database: opened, checked, and quarantined if it is damaged.

The journal holds the facts of each release when it was indexed last, observed changes and sent
reminders, in a SQLite database in the state folder. Unlike the index it can't be built again, so it
is written in whole transactions, never deleted, and left alone by a program older than it. Whatever
is wrong with it, the index is built all the same.

detect_changes.py and deliveries.py write it, observations.py reads it.
"""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from errno import EPERM
from typing import Final, TypeVar

from countdown.paths import make_folder, untrusted_reason
from countdown.stamps import CatalogueFiles

Answer = TypeVar("Answer")

FILE_NAME: Final = "journal.sqlite"
QUARANTINE: Final = f"{FILE_NAME}.damaged-"  # the name of a damaged journal, before a number
_APPLICATION: Final = 0x636F756E  # "coun" in ASCII
_VERSION: Final = 2
_LOCK_TIMEOUT: Final = 4.0  # s
_STALE_LOCK: Final = 600_000_000_000  # ns after which a process that quarantines must be dead

# Facts are text: see facts.py. Facts are kept and not changes, because which change a fan sees
# depends on the region.
_TABLES: Final = {
    # A set of catalogue files; *seen* has the hashes of the content that was compared last.
    "scope": "key INTEGER PRIMARY KEY, name BLOB NOT NULL UNIQUE, since INTEGER NOT NULL,"
    " seen TEXT NOT NULL",
    "known": "scope INTEGER NOT NULL, id TEXT NOT NULL, facts TEXT NOT NULL,"
    " PRIMARY KEY (scope, id)",
    # *at* is POSIX time in ns by the clock of that moment. Without *before* the release is new,
    # without *after* it was removed. *mine* is 1 if only the user's own catalogue had changed.
    "observation": "key INTEGER PRIMARY KEY, scope INTEGER NOT NULL, at INTEGER NOT NULL,"
    " id TEXT NOT NULL, before TEXT, after TEXT, mine INTEGER NOT NULL DEFAULT 0",
    # Recipients of reminders, each with the last observation up to which all were delivered.
    "consumer": "scope INTEGER NOT NULL, name TEXT NOT NULL, last INTEGER NOT NULL,"
    " PRIMARY KEY (scope, name)",
    # Deliveries: the milestones of a day, and changes after that observation. Days are ordinals:
    # *day* that of the reminder, or deliveries.MOVES, *noted* the day by the clock.
    "told": "scope INTEGER NOT NULL, consumer TEXT NOT NULL, day INTEGER NOT NULL,"
    " what TEXT NOT NULL, noted INTEGER NOT NULL, PRIMARY KEY (scope, consumer, day, what)",
    "aside": "name TEXT PRIMARY KEY",  # quarantined journals that were reported to the user
}
# The statements that bring a journal of that version to the next one.
_UPGRADES: Final = {1: "ALTER TABLE observation ADD COLUMN mine INTEGER NOT NULL DEFAULT 0"}
_WITHOUT_ROWID: Final = ("known", "consumer", "told", "aside")


class NewerJournalError(sqlite3.Error):
    """The journal was written by a newer version of this program."""


def path(folder: str) -> str:
    """The file of the journal in the state folder *folder*."""
    return os.path.join(folder, FILE_NAME)


def scope_name(layers: CatalogueFiles) -> bytes:
    """The name of *layers* in the journal: the usual files have the same one in every folder."""
    if layers.optional:
        return b"usual"
    return b"\0".join(map(os.fsencode, layers.paths))


# ---- Opening ----


def use(folder: str, work: Callable[[sqlite3.Connection], Answer], *, now: int) -> Answer:
    """The result of *work* on the journal in *folder*, which is created if there is none.

    A damaged one is quarantined, and *work* gets a new one. *now* is POSIX time in ns. Raises
    OSError, sqlite3.Error and NewerJournalError.
    """
    try:
        return _use(folder, work)
    except sqlite3.Error as error:
        if not quarantine_if_damaged(folder, error, now=now):
            raise
    return _use(folder, work)


def copy_in_memory(folder: str) -> sqlite3.Connection:
    """A copy in memory of the journal in *folder*, empty if there is none.

    For questions that must not change the journal. Raises OSError, sqlite3.Error and
    NewerJournalError.
    """
    copy = sqlite3.connect(":memory:", isolation_level=None)
    try:
        file = _trusted(folder)
        if os.path.exists(file):
            _copy(file, copy)
        if not _is_current(copy):
            with transaction(copy):
                _create_or_upgrade(copy)
    except BaseException:
        copy.close()
        raise
    return copy


def _copy(file: str, copy: sqlite3.Connection) -> None:
    with closing(sqlite3.connect(file, timeout=_LOCK_TIMEOUT, isolation_level=None)) as journal:
        # It waits for writers only as long as the timeout; backup() would wait for ever.
        journal.execute("BEGIN")
        _is_current(journal)
        journal.backup(copy)


def quarantine_if_damaged(folder: str, error: Exception, *, now: int) -> bool:
    """Quarantine the journal in *folder* if *error* was damage of it; return whether it was.

    *now* is POSIX time in ns. Raises OSError.
    """
    damage = isinstance(error, sqlite3.Error) and _is_damage(error)
    if damage:
        _quarantine(folder, now)
    return damage


def _use(folder: str, work: Callable[[sqlite3.Connection], Answer]) -> Answer:
    journal = connect(folder)
    try:
        return work(journal)
    finally:
        journal.close()


def connect(folder: str) -> sqlite3.Connection:
    """A connection to the journal in *folder*, which is created if there is none.

    Raises OSError, sqlite3.Error and NewerJournalError.
    """
    make_folder(folder)
    file = _trusted(folder)
    # Not opened if it exists: closing it would give up the SQLite locks of this process.
    with suppress(FileExistsError):
        os.close(os.open(file, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    journal = sqlite3.connect(file, timeout=_LOCK_TIMEOUT, isolation_level=None)
    try:
        journal.execute("PRAGMA synchronous = FULL")  # A committed reminder survives a crash.
        if not _is_current(journal):
            with transaction(journal):
                if not _is_current(journal):  # Another process could have been faster.
                    _create_or_upgrade(journal)
    except BaseException:
        journal.close()
        raise
    return journal


def _trusted(folder: str) -> str:
    """The file of the journal in *folder*. Raises OSError if another user could have written it."""
    file = path(folder)
    reason = untrusted_reason(file)
    if reason:
        raise PermissionError(EPERM, reason, file)
    return file


def _is_current(journal: sqlite3.Connection) -> bool:
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
    if application != _APPLICATION or version < 1 or not tables >= {*_TABLES}:
        raise sqlite3.DatabaseError("It isn't a journal of countdown")
    return bool(version == _VERSION)


def _create_or_upgrade(journal: sqlite3.Connection) -> None:
    (version,) = journal.execute("PRAGMA user_version").fetchone()
    if not version:
        _create_tables(journal)
        return
    for older in range(version, _VERSION):
        journal.execute(_UPGRADES[older])
    journal.execute(f"PRAGMA user_version = {_VERSION}")


def _create_tables(journal: sqlite3.Connection) -> None:
    for name, columns in _TABLES.items():
        end = " WITHOUT ROWID" if name in _WITHOUT_ROWID else ""
        journal.execute(f"CREATE TABLE {name} ({columns}){end}")
    journal.execute(f"PRAGMA application_id = {_APPLICATION}")
    journal.execute(f"PRAGMA user_version = {_VERSION}")


@contextmanager
def transaction(journal: sqlite3.Connection) -> Iterator[None]:
    """Lock *journal*; at the end everything that was written is committed, or nothing.

    Raises sqlite3.Error, also at the end.
    """
    journal.execute("BEGIN IMMEDIATE")
    try:
        yield
        journal.execute("COMMIT")
    finally:
        if journal.in_transaction:
            journal.execute("ROLLBACK")


# ---- Damage ----


def _is_damage(error: sqlite3.Error) -> bool:
    """True if *error* says that the file is damaged, rather than locked, full or forbidden."""
    # Those have subclasses of this class, but for text that can't be decoded.
    return type(error) is sqlite3.DatabaseError or "decode" in str(error)


def is_damaged(folder: str) -> bool:
    """True if the journal in *folder* is damaged, after reading all of it.

    Raises OSError, sqlite3.Error and NewerJournalError.
    """
    try:
        return _use(folder, _has_damage)
    except sqlite3.Error as error:
        if not _is_damage(error):
            raise
        return True


def _has_damage(journal: sqlite3.Connection) -> bool:
    for table in _TABLES:
        for _ in journal.execute(f"SELECT * FROM {table}"):
            pass
    return journal.execute("PRAGMA quick_check(1)").fetchall() != [("ok",)]


def list_quarantined(folder: str) -> list[str]:
    """The names of damaged journals in *folder* that were quarantined."""
    try:
        names = sorted(os.listdir(folder))
    except OSError:
        return []
    return [
        name for name in names if name.startswith(QUARANTINE) and name[len(QUARANTINE) :].isdigit()
    ]


def mark_reported(journal: sqlite3.Connection, names: list[str]) -> list[str]:
    """Mark the quarantined journals *names* as reported; return those that were not before.

    Raises sqlite3.Error.
    """
    with transaction(journal):
        reported = {name for (name,) in journal.execute("SELECT name FROM aside")}
        new = [name for name in names if name not in reported]
        journal.executemany("INSERT INTO aside VALUES (?)", [(name,) for name in new])
    return new


def _quarantine(folder: str, now: int) -> None:
    """Give the journal in *folder* another name, if it is still damaged. Raises OSError."""
    file = path(folder)
    lock = f"{file}.moving"
    try:
        os.close(os.open(lock, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError:
        with suppress(OSError):
            if abs(now - os.stat(lock).st_mtime_ns) > _STALE_LOCK:
                os.unlink(lock)  # The next command can quarantine it.
        raise
    try:
        if is_damaged(folder):
            numbers = [int(name[len(QUARANTINE) :]) for name in list_quarantined(folder)]
            name = f"{QUARANTINE}{max(numbers, default=0) + 1}"
            # The rollback journal goes first: it must not be applied to a new journal.
            for end in ("-journal", ""):
                with suppress(FileNotFoundError):
                    os.rename(file + end, os.path.join(folder, name + end))
    finally:
        os.unlink(lock)
