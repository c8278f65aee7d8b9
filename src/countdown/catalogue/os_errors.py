"""Turns errors of the file system, while a user's file is changed, into errors to act on."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from countdown import files
from countdown.core.text import escape_hostile
from countdown.errors import CatalogueError
from countdown.toml.parse import Error

NOTHING_CHANGED: Final = "Nothing was changed."


@contextmanager
def os_errors_as(path: str, *, look: str, error: Error = CatalogueError) -> Iterator[None]:
    """Convert an OSError while the file *path* is changed into *error*.

    *look* is the command that shows the file's content. Each message says whether the file was
    changed nevertheless.
    """
    try:
        yield
    except files.FileChangedError:
        what = f"{path}: Another program changed it at the same time."
        raise error(escape_hostile(f"{what} {NOTHING_CHANGED} Try again.")) from None
    except files.NotSyncedError as problem:
        what = f"{path}: Saved, but the disk didn't confirm it: {problem.strerror}."
        raise error(escape_hostile(f"{what} Check it with {look}.")) from None
    except OSError as problem:
        where = os.fsdecode(problem.filename or path)
        raise error(
            escape_hostile(f"{where}: {problem.strerror or problem}. {NOTHING_CHANGED}")
        ) from None
