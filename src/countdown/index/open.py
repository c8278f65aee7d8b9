"""Opens the file of an index if it is fresh: all that a prompt needs."""

import os
import sqlite3
from binascii import crc32

from countdown.index.freshness import is_fresh
from countdown.paths import untrusted_reason
from countdown.stamps import CatalogueFiles

PAGE_SIZE = 4096  # bytes
_UNCOMPARED = 1  # the user_version of an index that must still be compared with the journal


def index_path(layers: CatalogueFiles, folder: str) -> str:
    """The file in the cache folder *folder* for the index of *layers*, whether it exists or not."""
    sources = ("", layers.sources) if layers.sources else ()
    name = "\0".join((*layers.paths, *sources)).encode("utf-8", "surrogateescape")
    return os.path.join(folder, f"index-{crc32(name):08x}.sqlite")


def needs_comparison(index: sqlite3.Connection) -> bool:
    """True if *index* must still be compared with the journal."""
    (version,) = index.execute("PRAGMA user_version").fetchone()
    return int(version) == _UNCOMPARED


def mark_uncompared(index: sqlite3.Connection) -> None:
    """Leave the comparison of *index*, a draft, to the next command that opens it."""
    index.execute(f"PRAGMA user_version = {_UNCOMPARED}")


def mark_compared(index: sqlite3.Connection) -> None:
    """Record in *index*, a draft, that it has been compared with the journal."""
    index.execute("PRAGMA user_version = 0")


def has_left_out(index: sqlite3.Connection) -> bool:
    """True if something of the user's own catalogue is left out of *index*: see left_out.py."""
    return index.execute("SELECT 1 FROM left_out").fetchone() is not None


def open_fresh(path: str, layers: CatalogueFiles, now: int) -> sqlite3.Connection | None:
    """A read-only connection to the index at *path* if it is intact and agrees with *layers*.

    None otherwise, also if another user could have written it. *now* is POSIX time in ns.
    """
    quoted = path.replace("%", "%25").replace("?", "%3f").replace("#", "%23")
    try:
        # Another user who can write it could send anything to the terminal.
        if untrusted_reason(path):
            return None
        status = os.stat(path)  # Before it is opened: it could be replaced just then.
        if status.st_size % PAGE_SIZE:  # Truncated in its last page, which SQLite doesn't notice.
            return None
        connection = sqlite3.connect(f"file:{quoted}?mode=ro&immutable=1", uri=True)
    except (OSError, sqlite3.Error):
        return None
    try:
        if is_fresh(connection, layers, path=path, built=status.st_mtime_ns, now=now):
            return connection
    except sqlite3.Error:
        pass  # Damaged, or a file of another program.
    connection.close()
    return None
