"""Files of the cache folder, believed only if nobody but this user can have written them."""

import os
import stat

from countdown.paths import make_folder

TYPE_CHECKING = False  # The prompt and tab completion come this way without typing: see entry.
if TYPE_CHECKING:
    from typing import Final

MOST: "Final" = 16_777_216  # bytes; what is longer was not written here
# Windows lacks most of these.
_READ: "Final" = os.O_RDONLY | sum(
    getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY")
)
_WRITE: "Final" = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)


def own(status: os.stat_result) -> bool:
    """Whether a file or folder is this user's, and nobody else may change it."""
    if os.name == "nt":  # It has lists of who may what, and its modes say nothing of that.
        return True
    user: int = getattr(os, "geteuid", int)()
    return status.st_uid == user and not status.st_mode & 0o022


def untrusted_reason(path: str) -> str:
    """Why the file *path* is not to be believed: others can have written it. Empty if nobody can.

    A file that is missing can't be wrong, but its folder has to be this user's alone, too: whoever
    may write there may replace what is in it. Raises OSError.
    """
    folder = os.path.dirname(path)
    try:
        around = os.stat(folder)
        if not own(around):
            return _advice(folder, around)
        status = os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return ""
    if not stat.S_ISREG(status.st_mode):
        return "it is not a regular file"
    return "" if own(status) else _advice(path, status)


def _advice(path: str, status: os.stat_result) -> str:
    """What to do so that only this user can change *path*."""
    if status.st_uid != os.geteuid():  # Its owner alone may change the mode.
        return f"{path} belongs to another user. Remove it, or make it yours with chown"
    from shlex import quote  # Deferred: it costs a prompt 2 ms, and few folders are open.

    return f"Other users can change {path}. Run: chmod go-w {quote(path)}"


def read(path: str) -> bytes | None:
    """What the file *path* holds; None if it can't be read, or is not this user's alone."""
    try:
        handle = os.open(path, _READ)
    except OSError:
        return None
    try:
        status = os.fstat(handle)
        if not own(status) or not stat.S_ISREG(status.st_mode) or status.st_size > MOST:
            return None
        return os.read(handle, status.st_size)
    except OSError:
        return None
    finally:
        os.close(handle)


def put(path: str, data: bytes, *, at: int | None = None) -> None:
    """Make *data* the file *path*, at once or not at all, as of the POSIX time *at* in ns.

    Raises OSError.
    """
    folder = os.path.dirname(path)
    make_folder(folder)
    if not own(os.stat(folder)):
        raise PermissionError(folder)
    draft = f"{path}.{os.getpid()}"
    try:
        handle = os.open(draft, _WRITE, 0o600)
        try:
            if len(data) > MOST or os.write(handle, data) != len(data):
                raise OSError(path)
        finally:
            os.close(handle)
        if at is not None:
            os.utime(draft, ns=(at, at))
        os.replace(draft, path)
    except OSError:
        try:
            os.unlink(draft)
        except OSError:
            pass
        raise
