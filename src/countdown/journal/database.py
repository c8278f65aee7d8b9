"""The journal: what was known of each release when it was indexed last, and what changed then.

A SQLite database in the state folder. Unlike the index it can't be made again, so it is written in
whole transactions, never thrown away, and left alone by a program that is older than it. Whatever
is wrong with it, the index is built all the same.

Here it is opened and kept sound; comparing.py and told.py write it, observations.py reads it.
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
QUARANTINE: Final = f"{FILE_NAME}.damaged-"  # and a number
_APPLICATION: Final = 0x636F756E  # "coun" in ASCII
_VERSION: Final = 1
_PATIENCE: Final = 4.0  # s that an answer waits for other writers
_STUCK: Final = 600_000_000_000  # ns after which whoever was moving a damaged journal was killed

# Facts are text of index/layout.py: name, stage, and the dates as region, type and EDTF, sorted.
# Which change a fan is told of depends on the region, so what is kept is what was known.
_TABLES: Final = {
    # A set of catalogue files; *seen* is the content that was compared last.
    "scope": "key INTEGER PRIMARY KEY, name BLOB NOT NULL UNIQUE, since INTEGER NOT NULL,"
    " seen TEXT NOT NULL",
    "known": "scope INTEGER NOT NULL, id TEXT NOT NULL, facts TEXT NOT NULL,"
    " PRIMARY KEY (scope, id)",
    # *at* is POSIX time in ns by the clock of that moment. Without *before* the release is new,
    # without *after* it is gone.
    "observation": "key INTEGER PRIMARY KEY, scope INTEGER NOT NULL, at INTEGER NOT NULL,"
    " id TEXT NOT NULL, before TEXT, after TEXT",
    # Whom `due` has told what: the newest observation before which all is told, the milestones of
    # a day, and what was told of later observations. Days are ordinals; *noted* is the day by the
    # clock, *day* the one that was asked for, or told.MOVES.
    "consumer": "scope INTEGER NOT NULL, name TEXT NOT NULL, last INTEGER NOT NULL,"
    " PRIMARY KEY (scope, name)",
    "told": "scope INTEGER NOT NULL, consumer TEXT NOT NULL, day INTEGER NOT NULL,"
    " what TEXT NOT NULL, noted INTEGER NOT NULL, PRIMARY KEY (scope, consumer, day, what)",
    "aside": "name TEXT PRIMARY KEY",  # Damaged journals that the user has heard of.
}
_WITHOUT_ROWID: Final = ("known", "consumer", "told", "aside")


class NewerJournalError(sqlite3.Error):
    """The journal was written by a newer version of this program."""


def path(folder: str) -> str:
    """The file of the journal in the state folder *folder*."""
    return os.path.join(folder, FILE_NAME)


def scope_name(layers: CatalogueFiles) -> bytes:
    """What the journal calls *layers*: the usual files have one name wherever they lie."""
    if layers.optional:
        return b"usual"
    return b"\0".join(map(os.fsencode, layers.paths))


# ---- Opening ----


def use(folder: str, work: Callable[[sqlite3.Connection], Answer], *, now: int) -> Answer:
    """What *work* makes of the journal in *folder*, which is begun if there is none.

    If it turns out damaged it is put aside, and *work* gets a new one. Raises OSError,
    sqlite3.Error and Newer.
    """
    try:
        return _used(folder, work)
    except sqlite3.Error as error:
        if not quarantine_if_damaged(folder, error, now=now):
            raise
    return _used(folder, work)


def copy_in_memory(folder: str) -> sqlite3.Connection:
    """A copy in memory of the journal in *folder*, or a new one if there is none.

    Whatever is noted in it is forgotten, and the journal stays as it is. Raises OSError,
    sqlite3.Error and Newer.
    """
    copy = sqlite3.connect(":memory:", isolation_level=None)
    try:
        file = _trusted(folder)
        if os.path.exists(file):
            _copy(file, copy)
        if not _begun(copy):
            with transaction(copy):
                _begin(copy)
    except BaseException:
        copy.close()
        raise
    return copy


def _copy(file: str, copy: sqlite3.Connection) -> None:
    with closing(sqlite3.connect(file, timeout=_PATIENCE, isolation_level=None)) as journal:
        # It waits for writers no longer than that; what is copied would wait for ever.
        journal.execute("BEGIN")
        _begun(journal)
        journal.backup(copy)


def quarantine_if_damaged(folder: str, error: Exception, *, now: int) -> bool:
    """Whether *error* was damage of the journal in *folder*, which then is put aside.

    Raises OSError.
    """
    damage = isinstance(error, sqlite3.Error) and _is_damage(error)
    if damage:
        _put_aside(folder, now)
    return damage


def _used(folder: str, work: Callable[[sqlite3.Connection], Answer]) -> Answer:
    journal = connect(folder)
    try:
        return work(journal)
    finally:
        journal.close()


def connect(folder: str) -> sqlite3.Connection:
    """A connection to the journal in *folder*, which is begun if there is none.

    Raises OSError, sqlite3.Error and Newer.
    """
    make_folder(folder)
    file = _trusted(folder)
    # Never opened here if it is there: closing it would give up the locks of this process.
    with suppress(FileExistsError):
        os.close(os.open(file, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    journal = sqlite3.connect(file, timeout=_PATIENCE, isolation_level=None)
    try:
        journal.execute("PRAGMA synchronous = FULL")  # What is told to be written is on the disk.
        if not _begun(journal):
            with transaction(journal):
                if not _begun(journal):  # Another process could have been faster.
                    _begin(journal)
    except BaseException:
        journal.close()
        raise
    return journal


def _trusted(folder: str) -> str:
    """The file of the journal in *folder*. Raises OSError if others can have written it."""
    file = path(folder)
    reason = untrusted_reason(file)
    if reason:
        raise PermissionError(EPERM, reason, file)
    return file


def _begun(journal: sqlite3.Connection) -> bool:
    """Whether *journal* has its tables; False if it is empty. Raises DatabaseError if foreign."""
    alone = journal.in_transaction
    if not alone:  # Else it could be begun by another process between one look and the next.
        journal.execute("BEGIN")
    try:
        (application,) = journal.execute("PRAGMA application_id").fetchone()
        (version,) = journal.execute("PRAGMA user_version").fetchone()
        tables = {name for (name,) in journal.execute("SELECT name FROM sqlite_master")}
    finally:
        if not alone:
            journal.execute("ROLLBACK")
    if application == _APPLICATION and version > _VERSION:
        raise NewerJournalError(f"it is of version {version}, and this program knows {_VERSION}")
    if not (application or version or tables):
        return False
    if (application, version) != (_APPLICATION, _VERSION) or not tables >= {*_TABLES}:
        raise sqlite3.DatabaseError("it is no journal of this program")
    return True


def _begin(journal: sqlite3.Connection) -> None:
    for name, columns in _TABLES.items():
        end = " WITHOUT ROWID" if name in _WITHOUT_ROWID else ""
        journal.execute(f"CREATE TABLE {name} ({columns}){end}")
    journal.execute(f"PRAGMA application_id = {_APPLICATION}")
    journal.execute(f"PRAGMA user_version = {_VERSION}")


@contextmanager
def transaction(journal: sqlite3.Connection) -> Iterator[None]:
    """Have *journal* to oneself: all that is written meanwhile stays, or nothing of it.

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
    """Whether the file is no sound database, rather than locked, full or forbidden."""
    # Those have classes of their own below this one, but for text that is none.
    return type(error) is sqlite3.DatabaseError or "decode" in str(error)


def is_damaged(folder: str) -> bool:
    """Whether the journal in *folder* is damaged: all of it is read. Raises OSError and others."""
    try:
        return _used(folder, _unsound)
    except sqlite3.Error as error:
        if not _is_damage(error):
            raise
        return True


def _unsound(journal: sqlite3.Connection) -> bool:
    for table in _TABLES:
        for _ in journal.execute(f"SELECT * FROM {table}"):
            pass
    return journal.execute("PRAGMA quick_check(1)").fetchall() != [("ok",)]


def list_quarantined(folder: str) -> list[str]:
    """The damaged journals in *folder* that were put aside."""
    try:
        names = sorted(os.listdir(folder))
    except OSError:
        return []
    return [
        name for name in names if name.startswith(QUARANTINE) and name[len(QUARANTINE) :].isdigit()
    ]


def mark_reported(journal: sqlite3.Connection, names: list[str]) -> list[str]:
    """Those of *names*, of journals put aside, that the user has not heard of; now that is done."""
    with transaction(journal):
        known = {name for (name,) in journal.execute("SELECT name FROM aside")}
        news = [name for name in names if name not in known]
        journal.executemany("INSERT INTO aside VALUES (?)", [(name,) for name in news])
    return news


def _put_aside(folder: str, now: int) -> None:
    """Give the journal in *folder* another name, if it is damaged still. Raises OSError."""
    file = path(folder)
    lock = f"{file}.moving"
    try:
        os.close(os.open(lock, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError:
        with suppress(OSError):
            if abs(now - os.stat(lock).st_mtime_ns) > _STUCK:
                os.unlink(lock)  # Whoever comes next can do it.
        raise
    try:
        if is_damaged(folder):
            numbers = [int(name[len(QUARANTINE) :]) for name in list_quarantined(folder)]
            name = f"{QUARANTINE}{max(numbers, default=0) + 1}"
            # What was to be rolled back goes first: it must not be applied to a new journal.
            for end in ("-journal", ""):
                with suppress(FileNotFoundError):
                    os.rename(file + end, os.path.join(folder, name + end))
    finally:
        os.unlink(lock)
