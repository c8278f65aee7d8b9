"""Freshness of an index: whether its catalogue files are still as they were when it was built.

An index is fresh while every file has the stamp that it was built from. A file modified within the
clock's grain of the build could have been modified again unnoticed, so its content is compared too,
until it is old enough.
"""

import os
import sqlite3
from collections.abc import Sequence

from countdown.stamps import CLOCK_GRAIN_NS, CatalogueFiles, Stamp, is_unchanged
from countdown.version import VERSION

# Raised with every change of schema.sql, Release, record.py or summary.py, and of what merging
# makes of the same files.
INDEX_VERSION = 22


def save_layers(
    connection: sqlite3.Connection, layers: Sequence[tuple[str, Stamp | None, str | None]]
) -> None:
    """Record in an index the program's version, and path, stamp and content hash of each layer."""
    connection.execute("INSERT INTO build VALUES (?)", (_version(),))
    connection.executemany(
        "INSERT INTO layer VALUES (NULL, ?, ?, ?, ?, ?)",
        [(os.fsencode(path), *(state or (None,) * 3), content) for path, state, content in layers],
    )


def saved_layers(connection: sqlite3.Connection) -> list[tuple[bytes, Stamp | None, str | None]]:
    """Path, stamp and content hash of each layer that an index was built from.

    Raises sqlite3.Error if the index is damaged.
    """
    rows = connection.execute(
        "SELECT path, size, modified_ns, inode, content_hash FROM layer ORDER BY key"
    )
    return [
        (path, None if size is None else (size, modified, inode), content)
        for path, size, modified, inode, content in rows
    ]


def is_fresh(
    connection: sqlite3.Connection, layers: CatalogueFiles, *, path: str, built: int, now: int
) -> bool:
    """True if the index in the file *path*, open as *connection*, still agrees with *layers*.

    *built* and *now* are POSIX times in ns. Raises sqlite3.Error if the file is no index.
    """
    if connection.execute("SELECT version FROM build").fetchall() != [(_version(),)]:
        return False
    saved = saved_layers(connection)
    if [layer for layer, *_ in saved] != [os.fsencode(layer) for layer in layers.paths]:
        return False
    states = [state for _, state, _ in saved]
    missing = {layer for layer, state in zip(layers.paths, states, strict=True) if not state}
    if not missing.issubset(layers.optional) or not is_unchanged(saved, now=built):
        return False
    latest = max([state[1] for state in states if state], default=0)
    if built < latest + CLOCK_GRAIN_NS <= now:
        try:
            os.utime(path, ns=(now, now))  # From now on the stamps alone are enough.
        except OSError:
            pass  # In a folder that can't be written, the content is compared every time.
    return True


def _version() -> str:
    return f"{VERSION} {INDEX_VERSION}"
