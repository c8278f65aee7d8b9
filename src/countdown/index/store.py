"""The index file: found, found stale or damaged, built again. Deleting it loses nothing.

It is trusted while every layer has the size, modification time and inode that it was built from.
A layer modified within the clock's grain of the build could have been modified again unseen, so
its content is compared too, until a later look finds it old enough.
"""

import json
import os
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Final, NamedTuple
from zlib import crc32

from countdown.version import VERSION

INDEX_VERSION: Final = 1
GRAIN: Final = 2_000_000_000  # ns: the coarsest modification times in use, those of FAT
_OLD: Final = 30 * 86_400_000_000_000  # ns after which the index of some other catalogue is swept

Progress = Callable[[str, int, int], None]
Stamp = list["str | int | None"]  # path, size, mtime in ns, inode, content hash


class Layers(NamedTuple):
    """The catalogue files of an index, lowest first; *optional* ones may be missing."""

    paths: tuple[str, ...]
    optional: tuple[str, ...] = ()


def connect(
    layers: Layers, *, folder: str | None, now: int, progress: Progress | None = None
) -> sqlite3.Connection:
    """A read-only connection to the index of *layers*, which is built first where need be.

    *folder* is the cache folder; None, or one that can't be written, makes it live in memory.
    *now* is POSIX time in ns. Raises CatalogueError if a layer can't be read or has problems.
    """
    if folder is None:
        return _build_in_memory(layers, progress)
    path = _path(layers, folder)
    return _open_fresh(path, layers, now) or _build(path, layers, now, progress)


def discard(layers: Layers, *, folder: str) -> None:
    """Remove the index of *layers*, which turned out to be damaged."""
    with suppress(OSError):
        os.unlink(_path(layers, folder))


def _path(layers: Layers, folder: str) -> str:
    name = "\0".join(layers.paths).encode("utf-8", "surrogateescape")
    return os.path.join(folder, f"index-{crc32(name):08x}.sqlite")


def _build(path: str, layers: Layers, now: int, progress: Progress | None) -> sqlite3.Connection:
    """Build the index of *layers* into the file *path*, or in memory if that can't be written."""
    try:
        draft = _create_draft(path)
    except OSError:
        return _build_in_memory(layers, progress)
    try:
        connection = sqlite3.connect(draft, isolation_level=None)
        try:
            stamps = _fill(connection, layers, progress)
            connection.execute("INSERT INTO meta VALUES ('signature', ?)", (_signature(stamps),))
        finally:
            connection.close()
        os.utime(draft, ns=(now, now))  # Taken before the layers were read: see _open_fresh.
        os.replace(draft, path)
    except (OSError, sqlite3.Error):
        return _build_in_memory(layers, progress)
    finally:
        with suppress(OSError):
            os.unlink(draft)
    _sweep(os.path.dirname(path), now)
    return _open_fresh(path, layers, now) or _build_in_memory(layers, progress)


def _create_draft(path: str) -> str:
    from tempfile import mkstemp  # Deferred: only a build needs it, and it costs 3 ms.

    folder = os.path.dirname(path)
    os.makedirs(folder, mode=0o700, exist_ok=True)
    handle, draft = mkstemp(dir=folder, prefix=os.path.basename(path) + ".")
    os.close(handle)
    return draft


def _build_in_memory(layers: Layers, progress: Progress | None) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    _fill(connection, layers, progress)
    return connection


def _fill(connection: sqlite3.Connection, layers: Layers, progress: Progress | None) -> list[Stamp]:
    # Deferred: tomli, the checker and FTS are for a build; an index that is fresh needs none.
    from countdown.catalogue import load
    from countdown.index import build

    stamps: list[Stamp] = []
    read: list[load.Layer] = []
    for path in layers.paths:
        stamp = _stamp(path)
        if stamp is None and path in layers.optional:
            stamps.append([path, None, None, None, None])
            continue
        if progress is not None and stamp is not None:
            progress("Reading", 0, int(stamp[1] or 0))
        data = load.content(path)
        stamps.append([*(stamp or [path, None, None, None]), _hash(data)])
        read.append(load.read(path, data))
    step = None if progress is None else _told(progress)
    connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")
    build.fill(connection, load.releases(read, progress=step))
    return stamps


def _told(progress: Progress) -> Callable[[int, int], None]:
    return lambda done, total: progress("Indexing", done, total)


def _open_fresh(path: str, layers: Layers, now: int) -> sqlite3.Connection | None:
    """A connection to the index at *path* if it is whole and says what *layers* say now."""
    try:
        built = os.stat(path).st_mtime_ns
        quoted = path.replace("%", "%25").replace("?", "%3f").replace("#", "%23")
        connection = sqlite3.connect(f"file:{quoted}?mode=ro&immutable=1", uri=True)
    except (OSError, sqlite3.Error):
        return None
    try:
        row = connection.execute("SELECT value FROM meta WHERE name = 'signature'").fetchone()
        signature = json.loads(row[0]) if row else None
        if signature and _matches(signature, layers, path=path, built=built, now=now):
            return connection
    except (sqlite3.Error, ValueError, TypeError, LookupError):
        pass  # Foreign, damaged or of another version: as good as none.
    connection.close()
    return None


def _matches(signature: list[object], layers: Layers, *, path: str, built: int, now: int) -> bool:
    version, stamps = signature
    if version != [VERSION, INDEX_VERSION] or not isinstance(stamps, list):
        return False
    young = settled = False
    for layer, (*known, content) in zip(layers.paths, stamps, strict=True):
        stamp = _stamp(layer)
        if stamp is None:
            if layer not in layers.optional or known[1] is not None:
                return False
            continue
        if stamp != known:
            return False
        modified = int(stamp[2] or 0)
        if modified + GRAIN > built:
            if _hash_of(layer) != content:
                return False
            settled = modified + GRAIN <= now and (settled or not young)
            young = True
    if settled:
        with suppress(OSError):
            os.utime(path, ns=(now, now))  # From now on the layers' stamps alone are enough.
    return True


def _signature(stamps: Sequence[Stamp]) -> str:
    return json.dumps([[VERSION, INDEX_VERSION], stamps])


def _stamp(path: str) -> Stamp | None:
    try:
        status = os.stat(path)
    except OSError:
        return None
    return [path, status.st_size, status.st_mtime_ns, status.st_ino]


def _hash(data: bytes) -> str:
    from hashlib import blake2b  # Deferred: only a build and a very young layer need it.

    return blake2b(data, digest_size=16).hexdigest()


def _hash_of(path: str) -> str | None:
    try:
        with open(path, "rb") as file:
            return _hash(file.read())
    except OSError:
        return None


def _sweep(folder: str, now: int) -> None:
    """Remove what was left in *folder* by catalogues not looked at for a month."""
    with suppress(OSError):
        for entry in os.scandir(folder):
            if entry.name.startswith("index-") and entry.stat().st_mtime_ns < now - _OLD:
                os.unlink(entry.path)
