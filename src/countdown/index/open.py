"""Where an index lies, and how one that is fresh is opened. What a prompt needs of it, no more."""

import os
import sqlite3
from binascii import crc32

from countdown.index.freshness import is_fresh
from countdown.paths import untrusted_reason
from countdown.stamps import CatalogueFiles

TYPE_CHECKING = False  # The prompt and tab completion come this way without typing: see entry.
if TYPE_CHECKING:
    from typing import Final

PAGE_SIZE: "Final" = 4096  # bytes
UNCOMPARED: "Final" = 1  # the user_version of an index that the journal knows nothing of


def index_path(layers: CatalogueFiles, folder: str) -> str:
    """The file in the cache folder *folder* that holds the index of *layers*, if there is one."""
    name = "\0".join(layers.paths).encode("utf-8", "surrogateescape")
    return os.path.join(folder, f"index-{crc32(name):08x}.sqlite")


def needs_comparison(index: sqlite3.Connection) -> bool:
    """Whether what *index* holds has still to be compared with what the journal knows."""
    (found,) = index.execute("PRAGMA user_version").fetchone()
    return int(found) == UNCOMPARED


def open_fresh(path: str, layers: CatalogueFiles, now: int) -> sqlite3.Connection | None:
    """A read-only connection to the index at *path* if it is whole and says what *layers* say.

    One that anybody else can have written is as good as none. *now* is POSIX time in ns.
    """
    quoted = path.replace("%", "%25").replace("?", "%3f").replace("#", "%23")
    try:
        # Who could write it could have it say anything, and send a terminal anything.
        if untrusted_reason(path):
            return None
        status = os.stat(path)  # Before it is opened: it could be replaced just then.
        if status.st_size % PAGE_SIZE:  # Cut short in its last page, which SQLite does not notice.
            return None
        connection = sqlite3.connect(f"file:{quoted}?mode=ro&immutable=1", uri=True)
    except (OSError, sqlite3.Error):
        return None
    try:
        if is_fresh(connection, layers, path=path, built=status.st_mtime_ns, now=now):
            return connection
    except sqlite3.Error:
        pass  # Damaged or foreign: as good as none.
    connection.close()
    return None
