"""Paths of the program's files (XDG folders, or those of the platform), and who can write there.

XDG Base Directory Specification 0.8: a variable that is unset, empty or relative does not count.
"""

import os
import stat
import sys

APP = "countdown"
_XDG = {
    "config": ("XDG_CONFIG_HOME", ".config"),
    "data": ("XDG_DATA_HOME", ".local/share"),
    "state": ("XDG_STATE_HOME", ".local/state"),
    "cache": ("XDG_CACHE_HOME", ".cache"),
}


def is_writable_by_user_alone(status: os.stat_result) -> bool:
    """Check that a file or folder belongs to this user, and that nobody else may write to it."""
    if os.name == "nt":  # Access is controlled by lists there, which the mode doesn't show.
        return True
    user: int = getattr(os, "geteuid", int)()
    return status.st_uid == user and not status.st_mode & 0o022


def untrusted_reason(path: str) -> str:
    """The reason why others can have written the file *path*; empty if they can't.

    A missing file can be trusted, but its folder must be writable by this user alone, too: others
    could replace what is in it. Raises OSError.
    """
    folder = os.path.dirname(path)
    try:
        folder_status = os.stat(folder)
        if not is_writable_by_user_alone(folder_status):
            return _advice(folder, folder_status)
        status = os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return ""
    if not stat.S_ISREG(status.st_mode):
        return "Not a regular file"
    return "" if is_writable_by_user_alone(status) else _advice(path, status)


def blocked_reason(path: str) -> str:
    """The reason why the file *path* can't be used: it isn't this user's alone, or can't be opened.

    Empty if it can. A missing file can't be opened.
    """
    try:
        reason = untrusted_reason(path)
    except OSError as error:
        return error.strerror or "It can't be examined"
    return reason or ("" if os.access(path, os.R_OK) else "It can't be opened")


def is_blocked_folder(path: str) -> bool:
    """True if the files in the folder *path* can't be listed or opened."""
    return not os.access(path, os.R_OK | os.X_OK)


def _advice(path: str, status: os.stat_result) -> str:
    """The command after which this user alone can write to *path*."""
    from shlex import quote  # Deferred: it costs a prompt 2 ms, and few folders are open.

    if status.st_uid != os.geteuid():  # Its owner alone may change the mode.
        owner, user = _user_name(status.st_uid), _user_name(os.geteuid())
        if os.geteuid() == 0:
            return f"{path} belongs to {owner}. Run countdown as {owner}, without sudo"
        return f"{path} belongs to {owner}. Run: sudo chown -R {quote(user)} {quote(path)}"
    return f"Other users can change {path}. Run: chmod go-w {quote(path)}"


def _user_name(number: int) -> str:
    """The name of the user with that *number*; the number itself if nobody has it any more."""
    from pwd import getpwuid

    try:
        return getpwuid(number).pw_name
    except KeyError:
        return str(number)


def make_folder(path: str) -> None:
    """Make the folder *path* and each missing one above it, for this user alone. Raises OSError.

    os.makedirs gives its mode to the last folder only: with a umask of 0 anybody could write into
    the folders above. XDG wants 0700 for all of them.
    """
    try:
        _make_folder_in_parent(path)
    except FileNotFoundError:
        parent = os.path.dirname(path)
        if parent in ("", path):  # A missing root, like an unplugged drive of Windows.
            raise
        make_folder(parent)
        _make_folder_in_parent(path)


def _make_folder_in_parent(path: str) -> None:
    """Make the folder *path* if it is missing; its parent must exist."""
    try:
        os.mkdir(path, 0o700)
    except OSError:  # Another process was faster, or the disk is read-only, or it is no folder.
        if not os.path.isdir(path):
            raise


def existing_above(path: str) -> str:
    """The nearest folder above *path*, or file in its place, that exists."""
    above = os.path.dirname(path)
    return above if os.path.lexists(above) else existing_above(above)


def can_make(path: str) -> bool:
    """True if the missing file or folder *path* can be made, with the folders above it."""
    return os.access(existing_above(path), os.W_OK | os.X_OK)


def absolute(path: str) -> str:
    """The absolute form of *path*; *path* itself if the working directory has been removed."""
    try:
        return os.path.abspath(path)
    except OSError:  # Then the file doesn't exist either: opening it will fail.
        return path


def shorten(path: str) -> str:
    """*path* for people to read: `~/x` if it is in the home folder."""
    home = os.path.expanduser("~")
    return f"~{path.removeprefix(home)}" if path.startswith(os.path.join(home, "")) else path


def near(path: str) -> str:
    """*path* as compilers write it: relative to the current folder if it is in that."""
    try:
        folder = os.path.join(os.getcwd(), "")
    except OSError:  # It has been removed.
        return path
    return path.removeprefix(folder) if folder != os.sep else path


def config_folder() -> str | None:
    """The folder of the user's settings; None where there is no home folder."""
    return _folder("config")


def data_folder() -> str | None:
    """The folder of the user's own catalogue; None where there is no home folder."""
    return _folder("data")


def state_folder() -> str | None:
    """The folder of the journal and of locks; None where there is no home folder."""
    return _folder("state")


def sources_folder() -> str | None:
    """The folder of the layers of sources; None where there is no home folder."""
    folder = state_folder()
    return folder and os.path.join(folder, "sources")


def cache_folder() -> str | None:
    """The folder of the index and of cache files; None where there is no home folder."""
    return _folder("cache")


def user_catalogue() -> str | None:
    """The user's own catalogue file, which may be missing."""
    folder = data_folder()
    return folder and os.path.join(folder, "releases.toml")


def config_file() -> str | None:
    """The file of the user's settings, which may be missing."""
    folder = config_folder()
    return folder and os.path.join(folder, "config.toml")


def shipped(name: str) -> str:
    """The path of the data file *name* of the program."""
    here = os.path.dirname(os.path.abspath(__file__))
    installed = os.path.join(here, "data", name)
    if os.path.exists(installed):
        return installed
    return os.path.join(os.path.dirname(os.path.dirname(here)), "data", name)  # a checkout


def _folder(purpose: str) -> str | None:
    variable, default = _XDG[purpose]
    base = os.environ.get(variable, "")
    if os.path.isabs(base):
        return os.path.join(base, APP)
    if sys.platform in ("win32", "darwin"):
        import platformdirs  # Deferred: 18 ms, and needed only on systems without XDG folders.

        folder: str = getattr(platformdirs, f"user_{purpose}_dir")(APP, appauthor=False)
        return folder
    home = os.path.expanduser("~") if os.environ.get("HOME") != "" else ""
    return os.path.join(home, default, APP) if os.path.isabs(home) else None


def folder_on_path(program: str) -> "str | None":
    """The folder of PATH in which a shell finds *program*; None if it isn't found."""
    name = os.path.basename(program)
    for folder in os.environ.get("PATH", "").split(os.pathsep):
        path = os.path.join(folder, name)
        if os.path.isabs(folder) and os.access(path, os.X_OK):
            is_this = os.path.realpath(path) == os.path.realpath(program)
            return folder if is_this else None
    return None
