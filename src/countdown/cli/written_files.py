"""Writes the files that users name: pictures, and what they export."""

import os
from contextlib import suppress
from typing import Final

from countdown import files, paths, streams
from countdown.catalogue.os_errors import os_errors_as
from countdown.cli import output
from countdown.cli.session import Session
from countdown.config.source_settings import all_sources
from countdown.core.text import escape_hostile
from countdown.errors import UsageError

STDOUT: Final = "-"  # the name that stands for it
_LOCK: Final = "written"
_MODE: Final = 0o644  # Web servers and other users read them.


def write_file(path: str, data: bytes, current: Session, *, option: str) -> str:
    """Write *data* to the file *path*, in one step, and return the path to show.

    *option* names the path in errors. Raises UsageError; then the file is as it was.
    """
    full, state = paths.absolute(path), paths.state_folder()
    if state is None:
        raise UsageError(f"{option}: There's no home folder for a lock. Set HOME.")
    if is_own(full, current):
        raise UsageError(
            escape_hostile(f"{option}: {path} is one of countdown's own files. Name another one.")
        )
    if not path:
        raise UsageError(f"{option}: The name is empty. Name a file.")
    if os.path.isdir(full) or path.endswith(os.sep):
        raise UsageError(escape_hostile(f"{option}: {path} is a folder. Name a file in it."))
    folder = os.path.dirname(os.path.realpath(full))
    if not os.path.isdir(folder):
        raise UsageError(escape_hostile(f"{option}: There's no folder {folder}."))
    with (
        os_errors_as(full, look="that folder", error=UsageError),
        files.exclusive_lock(state, _LOCK),
    ):
        files.replace(full, data, expected=files.content(full), mode=_MODE)
    return paths.shorten(full)


def write_out(path: str, data: bytes, current: Session, *, option: str, done: str) -> None:
    """Write *data*, text in UTF-8, to the file *path* and say that it is *done*; `-` is stdout.

    Raises UsageError.
    """
    if path == STDOUT:
        streams.write(data.decode(), encoding="utf-8")
        return
    written = write_file(path, data, current, option=option)
    output.confirm(current, f"{done} {written}")


def old_content(path: str) -> bytes | None:
    """The content of the file *path*; None for stdout, and if it's missing or can't be read.

    The latter is told when the file is written.
    """
    with suppress(OSError):
        return files.content(path) if path != STDOUT and os.path.isfile(path) else None
    return None


def is_own(path: str, current: Session) -> bool:
    """True if *path* is a catalogue, or a folder that is countdown's alone, or in one."""
    target = os.path.realpath(path)
    named = [(each.file, each.key_file) for each in all_sources(current.settings)]
    used = filter(None, (*current.layers.paths, *(each for pair in named for each in pair)))
    if target in map(os.path.realpath, used):
        return True
    folders = (paths.config_folder(), paths.data_folder(), paths.state_folder())
    own = [os.path.realpath(each) for each in (*folders, paths.cache_folder()) if each]
    return any(f"{target}{os.sep}".startswith(f"{each}{os.sep}") for each in own)
