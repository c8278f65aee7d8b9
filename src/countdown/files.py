"""The user's own files: one writer at a time, and each replaced as a whole or not at all."""

import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from errno import EACCES, EINVAL, EIO, EISDIR, ETIMEDOUT
from typing import BinaryIO, Final

from countdown.paths import make_folder

_PATIENCE: Final = 30.0  # s that a person waits for an edit, which takes a blink
_SILENCE: Final = 1.0  # s after which one who waits is told for whom
_READ: Final = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_DRAFT: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)


class FileChangedError(OSError):  # what has happened, not what is wrong
    """A file is no longer what it was when it was read."""


class NotSyncedError(OSError):  # it came about
    """A file has been replaced, but the disk has not confirmed it."""


class Waiting:
    """How a program that waits for another one says so: nothing is said until it is told how."""

    def __init__(self) -> None:
        self.tell: Callable[[str, str], None] = lambda task, path: None  # path: that of the lock


waiting: Final = Waiting()


@contextmanager
def exclusive_lock(
    folder: str, task: str = "edit", *, patience: float | None = None
) -> Iterator[None]:
    """Be the only process at a *task*, as writing the user's files is; wait for any other.

    *folder* is the state folder; it is made if need be. Who waits for more than a second is told so
    by `waiting`. Raises OSError, and TimeoutError, which is one, after *patience* in s, half a
    minute if that is None.
    """
    from filelock import FileLock, Timeout  # Deferred: 90 ms, and only a change needs it.

    make_folder(folder)
    wait = _PATIENCE if patience is None else patience
    path = os.path.join(folder, f"{task}.lock")
    lock = FileLock(path, mode=0o600)
    try:
        try:
            lock.acquire(timeout=min(wait, _SILENCE))
        except Timeout:
            waiting.tell(task, path)
            lock.acquire(timeout=max(wait - _SILENCE, 0))
    except Timeout:
        what = f"another countdown command is still running after {wait:g} s; try again"
        raise TimeoutError(ETIMEDOUT, what, path) from None
    try:
        yield
    finally:
        with suppress(OSError):  # It ends with the process; what was done alone stays done.
            lock.release()


def opened(path: str) -> BinaryIO:
    """The file *path*, open for reading. Raises OSError, also if it is a pipe or a device.

    Opening a pipe waits for somebody who writes into it, which may be for ever.
    """
    handle = os.open(path, _READ)
    mode = os.fstat(handle).st_mode
    if stat.S_ISREG(mode):
        return open(handle, "rb")
    os.close(handle)
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(EISDIR, os.strerror(EISDIR), path)
    raise OSError(EINVAL, "it is not a regular file", path)


def content(path: str) -> bytes | None:
    """The bytes of the file *path*; None if there is none. Raises OSError."""
    try:
        with opened(path) as file:
            return file.read()
    except FileNotFoundError:
        return None


def replace(path: str, data: bytes, *, known: bytes | None) -> None:
    """Make *data* the content of the file *path*, which must still hold *known* (None: be missing).

    Links lead to the file that is replaced; mode, owner and extended attributes stay. Whatever
    happens, the file holds afterwards what it held before or all of *data*. The caller must be
    `alone`. Raises Changed, Unconfirmed, and OSError for everything else.
    """
    make_folder(os.path.dirname(path))  # Not where a link leads to.
    target = os.path.realpath(path)
    folder, name = os.path.split(target)
    draft = os.path.join(folder, f".{name}.draft")
    with suppress(FileNotFoundError):
        os.unlink(draft)  # Of somebody who was killed.
    try:
        _write(draft, data, like=None if known is None else target)
        if content(draft) != data:
            raise OSError(EIO, "what was written there can't be read back", draft)
        _expect(target, known)
        os.replace(draft, target)
    except BaseException:
        with suppress(OSError):
            os.unlink(draft)
        raise
    _confirm(folder)


def remove(path: str, *, known: bytes) -> None:
    """Remove the file *path*, which must still hold *known*; a link to it stays.

    The caller must be `alone`. Raises Changed, Unconfirmed, and OSError for everything else.
    """
    target = os.path.realpath(path)
    _expect_writable(target)
    _expect(target, known)
    os.unlink(target)
    _confirm(os.path.dirname(target))


def _write(draft: str, data: bytes, *, like: str | None) -> None:
    """Write *data* to the new file *draft* and onto the disk, with all that surrounds *like*."""
    with open(os.open(draft, _DRAFT, 0o600), "wb") as file:
        file.write(data)
        file.flush()
        if like is not None:
            _resemble(draft, like)
        os.fsync(file.fileno())


def _resemble(draft: str, like: str) -> None:
    from shutil import copystat  # Deferred: only a change needs it.

    _expect_writable(like)
    wanted, made = os.stat(like), os.stat(draft)
    if (wanted.st_uid, wanted.st_gid) != (made.st_uid, made.st_gid):
        os.chown(draft, wanted.st_uid, wanted.st_gid)
    copystat(like, draft)
    os.utime(draft)


def _expect_writable(path: str) -> None:
    try:
        os.stat(path)
    except FileNotFoundError:
        raise FileChangedError(path) from None
    if not os.access(path, os.W_OK):
        raise PermissionError(EACCES, "it is write-protected", path)


def _expect(path: str, known: bytes | None) -> None:
    if content(path) != known:
        raise FileChangedError(path)


def _confirm(folder: str) -> None:
    """Have the disk write down which files *folder* holds."""
    if os.name == "nt":  # It has no such call.
        return
    try:
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
    except OSError as error:
        raise NotSyncedError(error.errno, error.strerror, folder) from None
