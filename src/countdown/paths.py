"""Where files live: XDG folders, and the platform's own elsewhere; and what state they are in.

XDG Base Directory Specification 0.8: a variable that is unset, empty or relative does not count.
"""

import os
import sys

TYPE_CHECKING = False  # The module typing costs as much as a bare interpreter: see entry.
if TYPE_CHECKING:
    from typing import Final

APP: "Final" = "countdown"
_XDG: "Final" = {
    "config": ("XDG_CONFIG_HOME", ".config"),
    "data": ("XDG_DATA_HOME", ".local/share"),
    "state": ("XDG_STATE_HOME", ".local/state"),
    "cache": ("XDG_CACHE_HOME", ".cache"),
}


Stamp = tuple[int, int, str]  # size, modification time in ns, inode: one state of a file


def stamp(path: str | bytes) -> Stamp | None:
    """The stamp of the file *path* as it is now; None if there is none to be seen.

    That is not to say that there is none: `stamp_or_missing` can tell.
    """
    try:
        return stamp_or_missing(path)
    except OSError:
        return None


def stamp_or_missing(path: str | bytes) -> Stamp | None:
    """The stamp of the file *path* as it is now; None if it is missing.

    Raises OSError if that can't be told. A file in a folder that can't be read may well be there:
    if it counted as missing, all that it holds would be noted as gone. Below something that is no
    folder (ENOTDIR) no file can be, so there it is missing for certain.
    """
    try:
        status = os.stat(path)
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return None
    return status.st_size, status.st_mtime_ns, str(status.st_ino)


def make_folder(path: str) -> None:
    """Make the folder *path* and each missing one above it, for this user alone. Raises OSError.

    os.makedirs gives its mode to the last folder only: with a umask of 0 anybody could write into
    the others. XDG wants 0700 for all of them.
    """
    try:
        _make_one(path)
    except FileNotFoundError:
        above = os.path.dirname(path)
        if above in ("", path):  # A root that is missing, like an unplugged drive of Windows.
            raise
        make_folder(above)
        _make_one(path)


def _make_one(path: str) -> None:
    """Make the folder *path* below one that is there; nothing if it is there too."""
    try:
        os.mkdir(path, 0o700)
    except OSError:  # Another process was faster, or the disk is read-only, or it is no folder.
        if not os.path.isdir(path):
            raise


def absolute(path: str) -> str:
    """*path* from the root; as it is where the working directory has been removed."""
    try:
        return os.path.abspath(path)
    except OSError:  # Then there is no such file either, as whoever opens it will say.
        return path


def config_folder() -> str | None:
    """The folder of the user's settings; None where there is no home folder."""
    return _folder("config")


def data_folder() -> str | None:
    """The folder of the user's own catalogue; None where there is no home folder."""
    return _folder("data")


def state_folder() -> str | None:
    """The folder of what is remembered from run to run; None where there is no home folder."""
    return _folder("state")


def cache_folder() -> str | None:
    """The folder of what can be made again; None where there is no home folder."""
    return _folder("cache")


def own_catalogue() -> str | None:
    """The user's own catalogue file, whether it exists or not."""
    folder = data_folder()
    return folder and os.path.join(folder, "releases.toml")


def config_file() -> str | None:
    """The file of the user's settings, whether it exists or not."""
    folder = config_folder()
    return folder and os.path.join(folder, "config.toml")


def shipped(name: str) -> str:
    """The data file *name* that came with the program."""
    here = os.path.dirname(os.path.abspath(__file__))
    installed = os.path.join(here, "data", name)
    if os.path.exists(installed):
        return installed
    return os.path.join(os.path.dirname(os.path.dirname(here)), "data", name)  # a checkout


def _folder(purpose: str) -> str | None:
    variable, default = _XDG[purpose]
    named = os.environ.get(variable, "")
    if os.path.isabs(named):
        return os.path.join(named, APP)
    if sys.platform in ("win32", "darwin"):
        import platformdirs  # Deferred: 18 ms, and needed only where XDG is no custom.

        folder: str = getattr(platformdirs, f"user_{purpose}_dir")(APP, appauthor=False)
        return folder
    home = os.path.expanduser("~") if os.environ.get("HOME") != "" else ""
    return os.path.join(home, default, APP) if os.path.isabs(home) else None
