"""What was asked of each source, and when: a SQLite database in the state folder.

It holds no facts but those that wait for their layer. A damaged one, or one of another version, is
moved aside: without it, everything is asked again.
"""

import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from errno import EPERM
from typing import Final, NamedTuple

from countdown.core.text import escape_hostile
from countdown.paths import make_folder, untrusted_reason
from countdown.refresh.state_tables import LATER_TABLES, TABLE_NAMES, TABLES

FILE_NAME: Final = "sources.db"
_VERSION: Final = 1
_LOCK_TIMEOUT: Final = 4.0  # s


class SourceState(NamedTuple):
    """When a source was *read* last, and what for the next time. Times are in POSIX seconds.

    It isn't asked before *next*, after so many *failures* in a row, the last with the *error*.
    *etag* and *modified* are of its last answer, if it is a single file; *sha256* has the hashes of
    the layers of a provider, or the fingerprints of a catalogue.
    """

    read: int | None = None
    next: int | None = None
    failures: int = 0
    error: str = ""
    etag: str | None = None
    modified: str | None = None
    sha256: str | None = None
    serial: int | None = None


class EntityState(NamedTuple):
    """An item or show of a source: the *revision* that is in the layer. Times as above.

    It was *checked* for a change, and *read* as a whole. It is *missing_since* the source first
    said that there is none.
    """

    revision: int | None = None
    checked: int | None = None
    read: int | None = None
    missing_since: int | None = None


class Lookup(NamedTuple):
    """What a source answered to a question like `imdb:tt1375666` or `person:Zendaya`.

    *id* is what it was about, *found* are the entities that came of it, and *checked* is when.
    """

    id: str | None
    found: tuple[str, ...]
    checked: int


class EntityFailure(NamedTuple):
    """How many *times* in a row an entity had no usable answer, *last* in POSIX seconds."""

    times: int
    last: int


class State:
    """The open database. Every change is committed at once; each method may raise sqlite3.Error."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def sources(self) -> dict[str, SourceState]:
        """The state of each source that was ever asked, by its name."""
        rows = self._connection.execute("SELECT * FROM source ORDER BY name")
        return {name: SourceState(*values) for name, *values in rows}

    def save_source(self, name: str, state: SourceState) -> None:
        """Remember the *state* of the source *name*."""
        error = escape_hostile(state.error)
        self._connection.execute(
            "REPLACE INTO source VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [name, *state._replace(error=error)],
        )

    def entities(self, source: str) -> dict[str, EntityState]:
        """The state of each entity of *source*, by its id there."""
        rows = self._connection.execute(
            "SELECT id, revision, checked, read, missing_since FROM entity WHERE source = ?",
            [source],
        )
        return {id: EntityState(*values) for id, *values in rows}

    def save_entities(self, source: str, entities: Mapping[str, EntityState]) -> None:
        """Remember *entities* of *source*, by their ids there; others stay."""
        with _transaction(self._connection):
            self._save_entities(source, entities)

    def pending(self, source: str) -> dict[str, bytes]:
        """What was read of entities of *source* and isn't in its layer yet, by their ids."""
        rows = self._connection.execute(
            "SELECT id, tables FROM pending WHERE source = ? ORDER BY id", [source]
        )
        return dict(rows.fetchall())

    def save_pending(
        self, source: str, entities: Mapping[str, EntityState], tables: Mapping[str, bytes]
    ) -> None:
        """Remember *entities* of *source* with their *tables*, which wait for the layer."""
        with _transaction(self._connection):
            self._save_entities(source, entities)
            self._connection.executemany(
                "REPLACE INTO pending VALUES (?, ?, ?)",
                [(source, id, data) for id, data in tables.items()],
            )

    def clear_pending(self, source: str) -> None:
        """Forget what waited for the layer of *source*, which has it now."""
        self._connection.execute("DELETE FROM pending WHERE source = ?", [source])

    def limited(self, source: str) -> set[str]:
        """The entities of *source* of which the layer has only what is ahead."""
        rows = self._connection.execute("SELECT id FROM limited WHERE source = ?", [source])
        return {id for (id,) in rows}

    def save_limited(self, source: str, id: str, *, is_limited: bool) -> None:
        """Remember whether the layer has only a part of the entity *id* of *source*."""
        self._connection.execute("DELETE FROM limited WHERE (source, id) = (?, ?)", [source, id])
        if is_limited:
            self._connection.execute("INSERT INTO limited VALUES (?, ?)", [source, id])

    def failures(self, source: str) -> dict[str, EntityFailure]:
        """The entities of *source* that failed when they were asked about last."""
        query = "SELECT id, times, last FROM failure WHERE source = ?"
        rows = self._connection.execute(query, [source])
        return {id: EntityFailure(*values) for id, *values in rows}

    def save_failure(self, source: str, id: str, failure: EntityFailure | None) -> None:
        """Remember the *failure* of the entity *id* of *source*; None if it was answered."""
        self._connection.execute("DELETE FROM failure WHERE (source, id) = (?, ?)", [source, id])
        if failure is not None:
            self._connection.execute(
                "INSERT INTO failure VALUES (?, ?, ?, ?)", [source, id, *failure]
            )

    def lookups(self, source: str) -> dict[str, Lookup]:
        """What *source* answered to questions, by their keys."""
        query = "SELECT key, id, found, checked FROM lookup WHERE source = ?"
        rows = self._connection.execute(query, [source])
        return {key: Lookup(id, tuple(found.split()), at) for key, id, found, at in rows}

    def save_lookups(self, source: str, lookups: Mapping[str, Lookup]) -> None:
        """Remember the answers of *source* to questions, by their keys."""
        with _transaction(self._connection):
            self._connection.executemany(
                "REPLACE INTO lookup VALUES (?, ?, ?, ?, ?)",
                [
                    (source, key, id, " ".join(found), at)
                    for key, (id, found, at) in lookups.items()
                ],
            )

    def labels(self, source: str) -> dict[str, str]:
        """The names of people and companies at *source*, by their ids."""
        rows = self._connection.execute("SELECT id, name FROM label WHERE source = ?", [source])
        return dict(rows.fetchall())

    def save_labels(self, source: str, labels: Mapping[str, str]) -> None:
        """Remember names of *source*, by their ids."""
        with _transaction(self._connection):
            self._connection.executemany(
                "REPLACE INTO label VALUES (?, ?, ?)",
                [(source, id, name) for id, name in labels.items()],
            )

    def forget(self, source: str) -> None:
        """Forget everything about *source*."""
        with _transaction(self._connection):
            self._connection.execute("DELETE FROM source WHERE name = ?", [source])
            for table in TABLE_NAMES[1:]:
                self._connection.execute(f"DELETE FROM {table} WHERE source = ?", [source])

    def _save_entities(self, source: str, entities: Mapping[str, EntityState]) -> None:
        self._connection.executemany(
            "REPLACE INTO entity VALUES (?, ?, ?, ?, ?, ?)",
            [(source, id, *entity) for id, entity in entities.items()],
        )


@contextmanager
def open_state(state_folder: str, *, is_copy: bool = False) -> Iterator[State]:
    """The database in *state_folder*, which is created if there is none.

    With *is_copy*, it is a copy in memory: nothing that is saved stays. Else the caller must hold
    the lock of `refresh`. Raises OSError, also if another user could have written the folder, and
    sqlite3.Error.
    """
    path = os.path.join(state_folder, FILE_NAME)
    if is_copy:
        with closing(_copy(path)) as connection:
            yield State(connection)
        return
    make_folder(state_folder)
    if untrusted_reason(path) and not untrusted_reason(os.path.join(state_folder, "none")):
        _move_aside(path)  # The file alone is somebody else's.
    if reason := untrusted_reason(path):
        raise PermissionError(EPERM, reason, path)
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        connection = _connect(path)
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.OperationalError):  # Locked, or the disk is full.
            raise
        _move_aside(path)
        connection = _connect(path)
    with closing(connection):
        yield State(connection)


def read(state_folder: str) -> dict[str, SourceState]:
    """The state of each source in *state_folder*, by its name; nothing is created or changed.

    What can't be read isn't there.
    """
    path = os.path.join(state_folder, FILE_NAME)
    if not os.path.exists(path) or untrusted_reason(path):
        return {}
    with suppress(sqlite3.Error), closing(_open(path)) as connection:
        if _version(connection) == _VERSION:
            return State(connection).sources()
    return {}


def _copy(path: str) -> sqlite3.Connection:
    """A copy in memory of the database *path*; an empty one if that can't be used."""
    copy = sqlite3.connect(":memory:", isolation_level=None)
    if os.path.exists(path) and not untrusted_reason(path):
        with suppress(sqlite3.Error), closing(_open(path)) as connection:
            if _version(connection) == _VERSION:
                connection.backup(copy)
                copy.executescript(LATER_TABLES)
    if _version(copy) != _VERSION:
        copy.close()
        return _connect(":memory:")
    return copy


def _connect(path: str) -> sqlite3.Connection:
    """A connection to the database *path*, with its tables.

    Raises sqlite3.DatabaseError if it is damaged, or has been written by another version.
    """
    connection = _open(path)
    try:
        if _version(connection) == 0:
            connection.executescript(
                f"BEGIN IMMEDIATE; {TABLES} PRAGMA user_version = {_VERSION}; COMMIT;"
            )
        if _version(connection) != _VERSION:
            raise sqlite3.DatabaseError("another version")
        connection.executescript(LATER_TABLES)
        for name in TABLE_NAMES:
            connection.execute(f"SELECT count(*) FROM {name}").fetchall()
    except BaseException:
        connection.close()
        raise
    return connection


def _open(path: str) -> sqlite3.Connection:
    return sqlite3.connect(path, timeout=_LOCK_TIMEOUT, isolation_level=None)


def _version(connection: sqlite3.Connection) -> int:
    ((version,),) = connection.execute("PRAGMA user_version").fetchall()
    return int(version)


def _move_aside(path: str) -> None:
    """Give the database *path* another name; the one that was moved before is lost."""
    for end in ("-journal", ""):
        with suppress(FileNotFoundError):
            os.replace(path + end, f"{path}.damaged{end}")


@contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
