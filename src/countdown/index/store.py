"""The index file: opened if it is fresh, else built again. Deleting it loses nothing."""

import os
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from typing import Final, NamedTuple

from countdown import stamps
from countdown.index import freshness
from countdown.index.open import PAGE_SIZE, index_path, needs_comparison, open_fresh
from countdown.paths import is_writable_by_user_alone, make_folder
from countdown.stamps import CatalogueFiles, Stamp, stamp

_OLD: Final = 30 * 86_400_000_000_000  # ns after which the index of some other catalogue is swept
# A draft that breaks is thrown away, so nothing is kept to mend it. 32 MiB of cache save a build
# of many releases from writing its pages twice.
_PRAGMAS: Final = f"""
    PRAGMA page_size = {PAGE_SIZE};
    PRAGMA cache_size = -32768;
    PRAGMA journal_mode = OFF;
    PRAGMA locking_mode = EXCLUSIVE;
    PRAGMA synchronous = OFF;
"""

Progress = Callable[[str, int, int], None]


class _BuildOptions(NamedTuple):
    """How an index is built: when, whom it is told, and where what has changed is noted."""

    now: int  # POSIX time in ns
    progress: Progress | None
    journal: str | None  # the state folder


def connect(
    layers: CatalogueFiles,
    *,
    folder: str | None,
    now: int,
    progress: Progress | None = None,
    journal: str | None = None,
) -> sqlite3.Connection:
    """A read-only connection to the index of *layers*, which is built first where need be.

    *folder* is the cache folder; None, or one that can't be written, makes it live in memory, and
    so does a layer that can be read but once, like a pipe. *now* is POSIX time in ns. What a build
    finds changed goes into the journal in the state folder *journal*; with None it waits there
    for the next one who names a folder. Raises CatalogueError if a layer can't be read or has
    problems.
    """
    if not is_rereadable(layers):
        return _build_in_memory(layers, _BuildOptions(now, progress, None))
    way = _BuildOptions(now, progress, journal)
    if folder is None:
        return _build_in_memory(layers, way)
    path = index_path(layers, folder)
    state = stamp(path)  # Before it is opened: another process may replace it.
    found = open_fresh(path, layers, now)
    if found is None:
        return _build(path, layers, way)
    if state is not None and journal is not None and needs_comparison(found):
        _catch_up(found, path, layers, way, built=state[1])
    return found


def _catch_up(
    index: sqlite3.Connection, path: str, layers: CatalogueFiles, way: _BuildOptions, *, built: int
) -> None:
    """Note what was put off when *index*, the file *path*, was *built*; and that it is done."""
    from countdown.journal import detect_changes  # Deferred: few builds put anything off.

    if way.journal is None or not detect_changes.catch_up(
        index, layers, folder=way.journal, now=way.now
    ):
        return
    with suppress(OSError, sqlite3.Error):
        draft = _create_draft(path)
        try:
            copy = sqlite3.connect(draft, isolation_level=None)
            try:
                copy.execute("PRAGMA journal_mode = OFF")
                # Not the file: another process may have put one there that is not compared yet.
                index.backup(copy)
                detect_changes.mark_compared(copy)
            finally:
                copy.close()
            # As of now, a layer that changed just after it was read would count as old enough for
            # its stamp to be believed, and the change would never be seen.
            os.utime(draft, ns=(built, built))
            os.replace(draft, path)
        finally:
            with suppress(OSError):
                os.unlink(draft)


def is_rereadable(layers: CatalogueFiles) -> bool:
    """Whether each of *layers* is there to be read again: a file, or nothing yet."""
    return all(os.path.isfile(path) or not os.path.exists(path) for path in layers.paths)


def discard(layers: CatalogueFiles, *, folder: str) -> None:
    """Remove the index of *layers*, which turned out to be damaged."""
    with suppress(OSError):
        os.unlink(index_path(layers, folder))


def _build(path: str, layers: CatalogueFiles, way: _BuildOptions) -> sqlite3.Connection:
    """Build the index of *layers* into the file *path*, or in memory if that can't be written."""
    try:
        draft = _create_draft(path)
    except OSError:
        return _build_in_memory(layers, way)
    try:
        connection = sqlite3.connect(draft, isolation_level=None)
        try:
            _fill(connection, layers, way)
        finally:
            connection.close()
        os.utime(draft, ns=(way.now, way.now))  # Taken before the layers were read: see freshness.
        os.replace(draft, path)
    except (OSError, sqlite3.Error):
        return _build_in_memory(layers, way)
    finally:
        with suppress(OSError):
            os.unlink(draft)
    _sweep(os.path.dirname(path), way.now)
    return open_fresh(path, layers, way.now) or _build_in_memory(layers, way)


def _create_draft(path: str) -> str:
    from tempfile import mkstemp  # Deferred: only a build needs it, and it costs 3 ms.

    folder = os.path.dirname(path)
    make_folder(folder)
    if not is_writable_by_user_alone(os.stat(folder)):
        raise PermissionError(folder)  # What lies there would not be believed.
    handle, draft = mkstemp(dir=folder, prefix=os.path.basename(path) + ".")
    os.close(handle)
    return draft


def _build_in_memory(layers: CatalogueFiles, way: _BuildOptions) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        _fill(connection, layers, way)
    except BaseException:
        connection.close()
        raise
    return connection


def _fill(connection: sqlite3.Connection, layers: CatalogueFiles, way: _BuildOptions) -> None:
    # Deferred: tomli, the checker and FTS are for a build; an index that is fresh needs none.
    from countdown.catalogue import load
    from countdown.index import build

    seen: list[tuple[str, Stamp | None, str | None]] = []
    read: list[load.Layer] = []
    for path in layers.paths:
        optional = path in layers.optional
        state = load.state(path)
        if state is None and optional:
            seen.append((path, None, None))
            continue
        if way.progress is not None and state is not None:
            way.progress("Reading", 0, state[0])
        data = load.content(path, pipe=not optional)
        seen.append((path, state, stamps.content_hash(data)))
        read.append(load.read(path, data))
    step = None if way.progress is None else _progress_adapter(way.progress)
    connection.executescript(_PRAGMAS)
    build.fill(connection, load.releases(read, progress=step))
    freshness.save_layers(connection, seen)
    from countdown.journal import detect_changes  # Deferred, like the others.

    read.clear()  # The text of a large catalogue makes room.
    # Before the index takes its place: who is killed in between compares once more.
    if way.journal is None or not detect_changes.record_changes(
        connection, layers, folder=way.journal, now=way.now
    ):
        detect_changes.mark_uncompared(connection)


def _progress_adapter(progress: Progress) -> Callable[[int, int], None]:
    return lambda done, total: progress("Indexing", done, total)


def _sweep(folder: str, now: int) -> None:
    """Remove what was left in *folder* by catalogues not looked at for a month."""
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith("index-") and entry.stat().st_mtime_ns < now - _OLD:
                os.unlink(entry.path)
