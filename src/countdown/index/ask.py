"""Asks a fresh index without click, for the prompt and for Tab."""

import os
import sqlite3

from countdown import environment, paths
from countdown.index.open import index_path, open_fresh
from countdown.stamps import CatalogueFiles, stamp

TYPE_CHECKING = False  # The module typing costs as much as a bare interpreter: see entry.
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeVar

    from countdown.cache import WatchedFiles

    Answer = TypeVar("Answer")


def ask_fresh_index(
    question: "Callable[[sqlite3.Connection], Answer]",
    folder: str,
    now: int,
    catalogues: tuple[str, ...] = (),
) -> "tuple[Answer, WatchedFiles] | None":
    """The answer of the index in *folder* to *question*, and the files that the answer depends on.

    None if the index must be built first: it is missing, out of date or damaged. *now* is POSIX
    time in ns. Without *catalogues*, it is the index of the usual files.
    """
    layers = CatalogueFiles(*((catalogues,) if catalogues else environment.catalogues()))
    watched = watched_files(layers.paths, layers.sources)
    connection = open_fresh(index_path(layers, folder), layers, now)
    if connection is None:
        return None
    try:
        return question(connection), watched
    except sqlite3.DatabaseError:
        return None
    finally:
        connection.close()


def watched_files(catalogues: tuple[str, ...], sources: str = "") -> "WatchedFiles":
    """The files that an answer from *catalogues* depends on, with their stamps now.

    *sources* is the folder of the layers of sources: it changes with each of them, and when it
    comes, the index that has them discards the answers without them.

    Their folders are watched too, since a file that is moved over another can be older. Two folders
    aren't: that of the built-in catalogue, which changes only with the program, and that of the
    settings, to which other programs write. For the system's time zone /etc is watched, because
    shells can't check a link without starting a process.
    """
    shipped = paths.shipped("releases.toml")
    folders = dict.fromkeys(os.path.dirname(path) for path in catalogues if path != shipped)
    files = [*catalogues, *filter(None, [paths.config_file()])]
    # Bash doesn't check that the first two still exist: see init.bash.
    order = dict.fromkeys((*catalogues, "/etc", *folders, *files, *filter(None, [sources])))
    stamps = [(path, stamp(path)) for path in order]
    return [(path, state) for path, state in stamps if state is not None or path in files]
