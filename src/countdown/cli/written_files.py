"""Writes pictures to the files that users name."""

import os
from typing import Final

from countdown import files, paths
from countdown.catalogue.os_errors import os_errors_as
from countdown.core.text import escape_hostile
from countdown.errors import UsageError

_LOCK: Final = "picture"


def write_picture(path: str, text: str, *, option: str) -> str:
    """Write *text* to the file *path*, in one step, and return the path to show.

    *option* names the path in errors. Raises UsageError; then the file is as it was.
    """
    full, state = paths.absolute(path), paths.state_folder()
    if state is None:
        raise UsageError(f"{option}: There's no home folder for a lock. Set HOME.")
    if os.path.isdir(full):
        raise UsageError(escape_hostile(f"{option}: {path} is a folder. Name a file in it."))
    folder = os.path.dirname(full)
    if not os.path.isdir(folder):
        raise UsageError(escape_hostile(f"{option}: There's no folder {folder}."))
    with (
        os_errors_as(full, look="your browser", error=UsageError),
        files.exclusive_lock(state, _LOCK),
    ):
        files.replace(full, text.encode(), expected=files.content(full))
    return paths.shorten(full)
