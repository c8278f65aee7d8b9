"""The journal's database: opened, checked, and quarantined if it is damaged.

The journal holds the facts of each release when it was indexed last, observed changes and sent
reminders, in a SQLite database in the state folder. Unlike the index, it can't be rebuilt, so it is
written in transactions, never deleted, and not changed by a program older than it. If it can't be
used, the index is built all the same.

detect_changes.py and deliveries.py write it, observations.py reads it.
"""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from errno import EPERM
from typing import Final, TypeVar

from countdown.journal.tables import TABLES, create_or_upgrade, is_current
from countdown.paths import make_folder, untrusted_reason
from countdown.stamps import CatalogueFiles

Answer = TypeVar("Answer")

FILE_NAME: Final = "journal.sqlite"
QUARANTINE: Final = f"{FILE_NAME}.damaged-"  # the name of a damaged journal, before a number
_LOCK_TIMEOUT: Final = 4.0  # s
_STALE_LOCK: Final = 600_000_000_000  # ns after which a process that quarantines must be dead


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

    For queries that must not change the journal. Raises OSError, sqlite3.Error and
    NewerJournalError.
    """
    copy = sqlite3.connect(":memory:", isolation_level=None)
    try:
        file = _trusted(folder)
        if os.path.exists(file):
            _copy(file, copy)
        if not is_current(copy):
            with transaction(copy):
                create_or_upgrade(copy)
    except BaseException:
        copy.close()
        raise
    return copy


def _copy(file: str, copy: sqlite3.Connection) -> None:
    with closing(sqlite3.connect(file, timeout=_LOCK_TIMEOUT, isolation_level=None)) as journal:
        # It waits for writers only until the timeout; backup() would wait forever.
        journal.execute("BEGIN")
        is_current(journal)
        journal.backup(copy)


def quarantine_if_damaged(folder: str, error: Exception, *, now: int) -> bool:
    """Quarantine the journal in *folder* if *error* means that it is damaged; True if it does.

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
    # Not opened if it exists: closing it would release the SQLite locks of this process.
    with suppress(FileExistsError):
        os.close(os.open(file, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    journal = sqlite3.connect(file, timeout=_LOCK_TIMEOUT, isolation_level=None)
    try:
        journal.execute("PRAGMA synchronous = FULL")  # A committed reminder survives a crash.
        if not is_current(journal):
            with transaction(journal):
                if not is_current(journal):  # Another process could have been faster.
                    create_or_upgrade(journal)
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


@contextmanager
def transaction(journal: sqlite3.Connection) -> Iterator[None]:
    """Lock *journal*; at the end of the block, commit everything, or nothing after an error.

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
    # These are subclasses of DatabaseError, except for text that can't be decoded.
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
    for table in TABLES:
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
        reported = {name for (name,) in journal.execute("SELECT name FROM quarantined")}
        new = [name for name in names if name not in reported]
        journal.executemany("INSERT INTO quarantined VALUES (?)", [(name,) for name in new])
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
