"""Opens the index file if it is fresh, else builds it again. Deleting it loses nothing."""

import os
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime
from typing import Final, NamedTuple

from countdown.cache import discard as discard_answers
from countdown.errors import CatalogueError
from countdown.index import freshness
from countdown.index.open import (
    PAGE_SIZE,
    index_path,
    mark_compared,
    mark_uncompared,
    needs_comparison,
    open_fresh,
)
from countdown.paths import is_writable_by_user_alone, make_folder
from countdown.stamps import CatalogueFiles, Stamp, content_hash, stamp

_MAX_AGE: Final = 30 * 86_400_000_000_000  # ns after which another catalogue's index is removed
# No rollback journal: a broken draft is discarded. With 32 MiB of cache, a large build doesn't
# write its pages twice.
_PRAGMAS: Final = f"""
    PRAGMA page_size = {PAGE_SIZE};
    PRAGMA cache_size = -32768;
    PRAGMA journal_mode = OFF;
    PRAGMA locking_mode = EXCLUSIVE;
    PRAGMA synchronous = OFF;
"""

Progress = Callable[[str, int, int], None]  # phase, steps done, all steps
Comparison = Callable[[sqlite3.Connection], bool]  # False if it must be repeated later


class _BuildOptions(NamedTuple):
    now: int  # POSIX time in ns
    progress: Progress | None
    compare: Comparison | None
    is_lenient: bool = False  # leave out mistakes of optional layers


def connect(
    layers: CatalogueFiles,
    *,
    folder: str | None,
    now: int,
    progress: Progress | None = None,
    compare: Comparison | None = None,
) -> sqlite3.Connection:
    """A read-only connection to the index of *layers*, which is built first if needed.

    *folder* is the cache folder. The index is in memory if that can't be written, or if a layer can
    be read only once, like a pipe. *now* is POSIX time in ns. *compare* records in the journal what
    a new index changes; without it, the next call with one does. Mistakes in an optional layer, the
    user's own, are left out: see left_out.py. Raises CatalogueError if a layer can't be read, or if
    another one has problems.
    """
    if not is_rereadable(layers):
        return _build_in_memory(layers, _BuildOptions(now, progress, None))
    options = _BuildOptions(now, progress, compare)
    if folder is None:
        return _build_without_mistakes(None, layers, options)
    path = index_path(layers, folder)
    state = stamp(path)  # Taken before it is opened: another process may replace it.
    index = open_fresh(path, layers, now)
    if index is None:
        return _build_without_mistakes(path, layers, options)
    if state is not None and compare is not None and needs_comparison(index) and compare(index):
        _replace_compared(index, path, built=state[1])
    return index


def _replace_compared(index: sqlite3.Connection, path: str, *, built: int) -> None:
    """Replace the file *path* by a copy of *index* that is marked as compared.

    *built* is its modification time in ns. If that fails, the file stays as it is.
    """
    with suppress(OSError, sqlite3.Error):
        draft = _create_draft(path)
        try:
            copy = sqlite3.connect(draft, isolation_level=None)
            try:
                copy.execute("PRAGMA journal_mode = OFF")
                # Not a copy of the file: another process may have replaced it by one not compared
                # yet.
                index.backup(copy)
                mark_compared(copy)
            finally:
                copy.close()
            # With the present time, a layer that changed just after it was read would count as old
            # enough for its stamp to be trusted, and the change would never be noticed.
            os.utime(draft, ns=(built, built))
            os.replace(draft, path)
        finally:
            with suppress(OSError):
                os.unlink(draft)


def is_rereadable(layers: CatalogueFiles) -> bool:
    """True if each of *layers* can be read more than once: a file, or one that is missing yet."""
    return all(os.path.isfile(path) or not os.path.exists(path) for path in layers.paths)


def discard(layers: CatalogueFiles, *, folder: str) -> None:
    """Remove the index of *layers* from the cache folder *folder*; errors are ignored."""
    with suppress(OSError):
        os.unlink(index_path(layers, folder))


def _build_without_mistakes(
    path: str | None, layers: CatalogueFiles, options: _BuildOptions
) -> sqlite3.Connection:
    """The index of *layers* in the file *path*, or in memory, without the user's mistakes."""

    def build(options: _BuildOptions) -> sqlite3.Connection:
        if path is None:
            return _build_in_memory(layers, options)
        return _build(path, layers, options)

    try:
        return build(options)  # Strict first: usually there are no mistakes.
    except CatalogueError:
        if not layers.optional:
            raise
    return build(options._replace(is_lenient=True))


def _build(path: str, layers: CatalogueFiles, options: _BuildOptions) -> sqlite3.Connection:
    """Build the index of *layers* into the file *path*, or in memory if that can't be written."""
    try:
        draft = _create_draft(path)
    except OSError:
        return _build_in_memory(layers, options)
    try:
        connection = sqlite3.connect(draft, isolation_level=None)
        try:
            _fill(connection, layers, options)
        finally:
            connection.close()
        # The time before the layers were read: see freshness.
        os.utime(draft, ns=(options.now, options.now))
        os.replace(draft, path)
        if layers.sources:  # Shells don't see that the folder of sources has come.
            discard_answers(os.path.dirname(path), "prompt", "names")
    except (OSError, sqlite3.Error):
        return _build_in_memory(layers, options)
    finally:
        with suppress(OSError):
            os.unlink(draft)
    _sweep(os.path.dirname(path), options.now)
    return open_fresh(path, layers, options.now) or _build_in_memory(layers, options)


def _create_draft(path: str) -> str:
    """The path of a new empty file beside *path*.

    Raises OSError, also for a folder of another user, whose files would not be trusted.
    """
    from tempfile import mkstemp  # Deferred: only a build needs it, and it costs 3 ms.

    folder = os.path.dirname(path)
    make_folder(folder)
    if not is_writable_by_user_alone(os.stat(folder)):
        raise PermissionError(folder)
    handle, draft = mkstemp(dir=folder, prefix=os.path.basename(path) + ".")
    os.close(handle)
    return draft


def _build_in_memory(layers: CatalogueFiles, options: _BuildOptions) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        _fill(connection, layers, options)
    except BaseException:
        connection.close()
        raise
    return connection


def _fill(connection: sqlite3.Connection, layers: CatalogueFiles, options: _BuildOptions) -> None:
    # Deferred: only a build needs tomli and the checker.
    from countdown.catalogue import load, source_reading, user_layer
    from countdown.core.left_out import LeftOut
    from countdown.index import build
    from countdown.index.left_out import save_left_out

    states: list[tuple[str, Stamp | None, str | None]] = []
    read: list[load.Layer] = []
    sources = source_reading.SourceLayers([])
    left_out, progress = LeftOut(), options.progress
    for path in layers.paths:
        optional = path in layers.optional
        state = load.file_stamp(path)
        if state is None and optional:
            states.append((path, None, None))
            continue
        if progress is not None and state is not None:
            progress("Reading", 0, state[0])
        data = load.content(path, allow_pipe=not optional)
        states.append((path, state, content_hash(data)))
        if optional and options.is_lenient:
            own = user_layer.read_user_layer(path, data, read)
            left_out = own.left_out
            read.append(own.layer)
        else:
            read.append(load.read_layer(path, data)._replace(ids={} if optional else None))
        if layers.sources and path == layers.paths[0]:
            sources = source_reading.read_folder(layers.sources, _day_of(options.now))
            read += sources.layers
    step = None if progress is None else _indexing(progress)
    connection.executescript(_PRAGMAS)
    build.fill(connection, load.releases(read, progress=step))
    user_ids = [id for layer in read if layer.ids for id in layer.ids.values()]
    save_left_out(connection, left_out, user_ids)
    origins = {(layer.source.origin,) for layer in sources.layers if layer.source}
    connection.executemany("INSERT INTO source VALUES (?)", sorted(origins))
    freshness.save_layers(connection, states, sources.files, sources.days)
    read.clear()  # Free the memory of a large catalogue's text.
    # Compare before the index is in place: if killed in between, the next run compares again.
    if options.compare is None or not options.compare(connection):
        mark_uncompared(connection)


def _day_of(now: int) -> date:
    """The day of *now*, POSIX time in ns, in UTC, as licences mean it."""
    return datetime.fromtimestamp(now // 1_000_000_000, UTC).date()


def _indexing(progress: Progress) -> Callable[[int, int], None]:
    return lambda done, total: progress("Indexing", done, total)


def _sweep(folder: str, now: int) -> None:
    """Remove from *folder* indexes that nobody has used for a month."""
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith("index-") and entry.stat().st_mtime_ns < now - _MAX_AGE:
                os.unlink(entry.path)
