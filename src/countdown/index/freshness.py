"""Whether an index still says what its layers say.

It is trusted while every layer has the size, modification time and inode that it was built from.
A layer modified within the clock's grain of the build could have been modified again unseen, so
its content is compared too, until a later look finds it old enough.
"""

import os
import sqlite3
from collections.abc import Sequence

from countdown.stamps import CLOCK_GRAIN_NS, CatalogueFiles, Stamp, is_unchanged
from countdown.version import VERSION

INDEX_VERSION = 3  # Raised with every change of schema.sql, Release, record.py or summary.py.


def save_layers(
    connection: sqlite3.Connection, layers: Sequence[tuple[str, Stamp | None, str | None]]
) -> None:
    """Write down in an index what it was built by and of: path, stamp and content hash."""
    connection.execute("INSERT INTO built VALUES (?)", (_version(),))
    connection.executemany(
        "INSERT INTO layer VALUES (NULL, ?, ?, ?, ?, ?)",
        [(os.fsencode(path), *(seen or (None,) * 3), content) for path, seen, content in layers],
    )


def saved_layers(connection: sqlite3.Connection) -> list[tuple[bytes, Stamp | None, str | None]]:
    """What the index open as *connection* was built of: path, stamp and content hash."""
    rows = connection.execute("SELECT path, size, modified, inode, content FROM layer ORDER BY key")
    return [
        (path, None if size is None else (size, modified, inode), content)
        for path, size, modified, inode, content in rows
    ]


def is_fresh(
    connection: sqlite3.Connection, layers: CatalogueFiles, *, path: str, built: int, now: int
) -> bool:
    """Whether the index in the file *path*, open as *connection*, says what *layers* say.

    *built* and *now* are POSIX times in ns. Raises sqlite3.Error if it is no index at all.
    """
    if connection.execute("SELECT version FROM built").fetchall() != [(_version(),)]:
        return False
    read = saved_layers(connection)
    if [layer for layer, *_ in read] != [os.fsencode(layer) for layer in layers.paths]:
        return False
    missing = {layer for layer, (_, seen, _) in zip(layers.paths, read, strict=True) if not seen}
    if not missing.issubset(layers.optional) or not is_unchanged(read, now=built):
        return False
    latest = max([seen[1] for _, seen, _ in read if seen], default=0)
    if built < latest + CLOCK_GRAIN_NS <= now:
        try:
            os.utime(path, ns=(now, now))  # From now on the stamps alone are enough.
        except OSError:
            pass  # Whoever can't write there looks at the content once more.
    return True


def _version() -> str:
    return f"{VERSION} {INDEX_VERSION}"
