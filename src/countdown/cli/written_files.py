"""Writes the files that users name: pictures, and what they export."""

import os
from typing import Final

from countdown import files, paths
from countdown.catalogue.os_errors import os_errors_as
from countdown.cli.session import Session
from countdown.core.text import escape_hostile
from countdown.errors import UsageError

_LOCK: Final = "written"
_MODE: Final = 0o644  # Web servers and other users read them.


def write_file(path: str, data: bytes, current: Session, *, option: str) -> str:
    """Write *data* to the file *path*, in one step, and return the path to show.

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
    if os.path.realpath(full) in {*map(os.path.realpath, _in_use(current))}:
        what = f"{option}: {path} is a file that countdown reads. Name another one."
        raise UsageError(escape_hostile(what))
    with (
        os_errors_as(full, look="that folder", error=UsageError),
        files.exclusive_lock(state, _LOCK),
    ):
        files.replace(full, data, expected=files.content(full), mode=_MODE)
    return paths.shorten(full)


def _in_use(current: Session) -> list[str]:
    """The catalogues and the configuration, which nothing else may replace."""
    own = (paths.user_catalogue(), paths.config_file())
    return [*current.layers.paths, *filter(None, own)]
