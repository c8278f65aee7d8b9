"""Freshness of an index: whether its catalogue files are still as they were when it was built.

An index is fresh while every file has the stamp that it was built from. A file modified within the
clock's grain of the build could have been modified again unnoticed, so its content is compared too,
until it is old enough. The folder of the layers of sources has another stamp as soon as one comes,
goes or is replaced.
"""

import os
import sqlite3

from countdown import paths
from countdown.stamps import (
    CLOCK_GRAIN_NS,
    CatalogueFiles,
    are_sources_unchanged,
    is_unchanged,
)
from countdown.version import VERSION

TYPE_CHECKING = False  # The prompt comes this way without typing: see entry.
if TYPE_CHECKING:
    from collections.abc import Sequence

    from countdown.stamps import Stamp

    SavedFile = tuple[bytes, Stamp | None, str | None]  # path, stamp and content hash
    SavedSource = tuple[bytes, Stamp | None, str | None, bool]

# Raised with every change of schema.sql, Release, record.py or summary.py, and of what merging
# makes of the same files.
INDEX_VERSION = 26
_FIRST_ORDINAL = 719_163  # of 1970-01-01
_DAY_NS = 86_400_000_000_000
_VERSIONS = (
    "SELECT version FROM build"
    " WHERE :today BETWEEN coalesce(first_day, :today) AND coalesce(last_day, :today)"
)


def save_layers(
    connection: sqlite3.Connection,
    layers: "Sequence[tuple[str, Stamp | None, str | None]]",
    sources: "Sequence[tuple[str, Stamp | None, str | None, bool]]" = (),
    days: "tuple[int | None, int | None]" = (None, None),
) -> None:
    """Record in an index the program's version, and path, stamp and content hash of each layer.

    *sources* are the folder of the layers of sources and these. The index agrees with them on
    *days*, from the first ordinal to the last; None is no limit.
    """
    connection.execute("INSERT INTO build VALUES (?, ?, ?)", (_version(), *days))
    connection.executemany(
        "INSERT INTO layer VALUES (NULL, ?, ?, ?, ?, ?)",
        [(os.fsencode(path), *(state or (None,) * 3), content) for path, state, content in layers],
    )
    connection.executemany(
        "INSERT INTO source_file VALUES (NULL, ?, ?, ?, ?, ?, ?)",
        [
            (os.fsencode(path), *(state or (None,) * 3), content, is_blocked)
            for path, state, content, is_blocked in sources
        ],
    )


def saved_layers(connection: sqlite3.Connection) -> "list[SavedFile]":
    """Path, stamp and content hash of each layer that an index was built from, but for sources.

    Raises sqlite3.Error if the index is damaged.
    """
    rows = connection.execute(
        "SELECT path, size, modified_ns, inode, content_hash FROM layer ORDER BY key"
    )
    return [
        (path, None if size is None else (size, modified, inode), content)
        for path, size, modified, inode, content in rows
    ]


def saved_sources(connection: sqlite3.Connection) -> "list[SavedSource]":
    """Path, stamp, hash, and True if it is blocked, of the folder of sources' layers, then of each.

    Raises sqlite3.Error if the index is damaged.
    """
    rows = connection.execute(
        "SELECT path, size, modified_ns, inode, content_hash, is_blocked FROM source_file"
        " ORDER BY key"
    )
    return [
        (path, None if size is None else (size, modified, inode), content, bool(is_blocked))
        for path, size, modified, inode, content, is_blocked in rows
    ]


def are_files_unchanged(connection: sqlite3.Connection, *, now: int) -> bool:
    """True if all files that an index was built from are as they were at *now*, in POSIX ns.

    Raises sqlite3.Error if the index is damaged.
    """
    are_layers = is_unchanged(saved_layers(connection), now=now)
    return are_layers and _are_sources_unchanged(saved_sources(connection), now)


def _are_sources_unchanged(sources: "Sequence[SavedSource]", now: int) -> bool:
    """True if no layer of a source came, went, changed, or became usable since *now*."""
    if not are_sources_unchanged([source[:3] for source in sources], now=now):
        return False
    for number, (path, _, _, is_blocked) in enumerate(sources):
        if is_blocked:
            name = os.fsdecode(path)
            reason = paths.blocked_reason(name) if number else paths.is_blocked_folder(name)
            if not reason:
                return False
    return True


def is_fresh(
    connection: sqlite3.Connection, layers: CatalogueFiles, *, path: str, built: int, now: int
) -> bool:
    """True if the index in the file *path*, open as *connection*, still agrees with *layers*.

    *built* and *now* are POSIX times in ns. Raises sqlite3.Error if the file is no index.
    """
    today = _FIRST_ORDINAL + now // _DAY_NS
    if connection.execute(_VERSIONS, {"today": today}).fetchall() != [(_version(),)]:
        return False
    saved = saved_layers(connection)
    if [layer for layer, *_ in saved] != [os.fsencode(layer) for layer in layers.paths]:
        return False
    states = [state for _, state, _ in saved]
    missing = {layer for layer, state in zip(layers.paths, states, strict=True) if not state}
    if not missing.issubset(layers.optional) or not is_unchanged(saved, now=built):
        return False
    sources = saved_sources(connection)
    folders = [os.fsencode(layers.sources)] if layers.sources else []
    if [path for path, *_ in sources[:1]] != folders:
        return False
    if not _are_sources_unchanged(sources, built):
        return False
    states += [state for _, state, _, _ in sources]
    latest = max([state[1] for state in states if state], default=0)
    if built < latest + CLOCK_GRAIN_NS <= now:
        try:
            os.utime(path, ns=(now, now))  # From now on the stamps alone are enough.
        except OSError:
            pass  # In a folder that can't be written, the content is compared every time.
    return True


def _version() -> str:
    return f"{VERSION} {INDEX_VERSION}"
