"""Writes the user's own files: one process at a time, and each file as a whole or not at all."""

import os
import stat
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from errno import EACCES, EINVAL, EIO, EISDIR, ETIMEDOUT
from typing import BinaryIO, Final

from countdown.paths import make_folder

_LOCK_TIMEOUT: Final = 30.0  # s; an edit takes milliseconds
_SILENT_WAIT: Final = 1.0  # s after which a wait for the lock is reported
_LOCK_PAUSE: Final = 0.025  # s between two attempts
_LOCK_FLAGS: Final = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
_READ_FLAGS: Final = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_DRAFT_FLAGS: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)


class FileChangedError(OSError):
    """A file has changed since it was read, and was left alone."""


class NotSyncedError(OSError):
    """A file has been replaced, but the disk has not confirmed it."""


class LockWait:
    """A wait for a lock; *report* is called with the task and the path of the lock."""

    def __init__(self) -> None:
        self.report: Callable[[str, str], None] = lambda task, path: None


lock_wait: Final = LockWait()


@contextmanager
def exclusive_lock(
    folder: str, task: str = "edit", *, timeout: float | None = None
) -> Iterator[None]:
    """Hold the lock of a *task* between processes in *folder*, which is created if missing.

    A wait of more than a second is reported by `lock_wait`. Raises OSError, and TimeoutError after
    *timeout* in s, by default half a minute.
    """
    make_folder(folder)
    wait = _LOCK_TIMEOUT if timeout is None else timeout
    path = os.path.join(folder, f"{task}.lock")
    handle = open_lock(path)
    try:
        if not try_lock(handle, min(wait, _SILENT_WAIT)):
            lock_wait.report(task, path)
            if not try_lock(handle, max(wait - _SILENT_WAIT, 0)):
                message = f"Another countdown command has been running for {wait:g} s, try again"
                raise TimeoutError(ETIMEDOUT, message, path)
        yield
    finally:
        unlock(handle)


def open_lock(path: str) -> int:
    """Open the file *path* for `try_lock`, and create it if it is missing. Raises OSError."""
    return os.open(path, _LOCK_FLAGS, 0o600)


def try_lock(handle: int, timeout: float) -> bool:
    """Lock the open file *handle*; False if another process still has it after *timeout* in s.

    The end of the process releases the lock, as `unlock` does. Raises OSError if the file system
    has no locks. The package filelock does the same, but takes 22 ms to import, which was a
    fifth of a change.
    """
    for attempt in range(int(timeout / _LOCK_PAUSE) + 1):
        if attempt:
            time.sleep(_LOCK_PAUSE)
        try:
            _lock_now(handle)
        except (BlockingIOError, PermissionError):  # EWOULDBLOCK of flock(2), EACCES of Windows
            continue
        return True
    return False


def unlock(handle: int) -> None:
    """Close the file *handle*, and release its lock even if it can't be closed."""
    with suppress(OSError):  # The lock ends with the process anyway.
        try:
            if os.name != "nt":
                import fcntl

                fcntl.flock(handle, fcntl.LOCK_UN)
        finally:
            os.close(handle)


def _lock_now(handle: int) -> None:
    if os.name == "nt":
        import msvcrt

        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]  # not on Linux
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


def open_regular(path: str) -> BinaryIO:
    """Open the regular file *path* for reading. Raises OSError, also for a pipe or a device.

    A plain open() of a pipe could wait for its writer forever.
    """
    handle = os.open(path, _READ_FLAGS)
    mode = os.fstat(handle).st_mode
    if stat.S_ISREG(mode):
        return open(handle, "rb")
    os.close(handle)
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(EISDIR, os.strerror(EISDIR), path)
    raise OSError(EINVAL, "Not a regular file", path)


def content(path: str) -> bytes | None:
    """The bytes of the file *path*; None if it is missing. Raises OSError."""
    try:
        with open_regular(path) as file:
            return file.read()
    except FileNotFoundError:
        return None


def replace(path: str, data: bytes, *, expected: bytes | None, mode: int = 0o600) -> None:
    """Replace the content of the file *path*, which must be *expected*, by *data*.

    If *expected* is None, the file must be missing, and gets *mode*. Links are followed; mode,
    owner and extended attributes stay. Whatever happens, the file has its old content or all of
    *data* afterwards. The caller must hold the `exclusive_lock`. Raises FileChangedError,
    NotSyncedError, and OSError for everything else.
    """
    make_folder(os.path.dirname(path))  # The target of a link, not the link itself.
    target = os.path.realpath(path)
    folder, name = os.path.split(target)
    draft = os.path.join(folder, f".{name}.draft")
    with suppress(FileNotFoundError):
        os.unlink(draft)  # left by a process that was killed
    try:
        _write(draft, data, like=None if expected is None else target, mode=mode)
        if content(draft) != data:
            raise OSError(EIO, "Can't read back what was written", draft)
        _expect(target, expected)
        os.replace(draft, target)
    except BaseException:
        with suppress(OSError):
            os.unlink(draft)
        raise
    _confirm(folder)


def remove(path: str, *, expected: bytes) -> None:
    """Remove the file *path*, whose content must be *expected*; a link to it stays.

    The caller must hold the `exclusive_lock`. Raises FileChangedError, NotSyncedError, and OSError
    for everything else.
    """
    target = os.path.realpath(path)
    _expect_writable(target)
    _expect(target, expected)
    os.unlink(target)
    _confirm(os.path.dirname(target))


def _write(draft: str, data: bytes, *, like: str | None, mode: int) -> None:
    """Write *data* to the new file *draft* and the disk, with the attributes of the file *like*."""
    with open(os.open(draft, _DRAFT_FLAGS, mode), "wb") as file:
        file.write(data)
        file.flush()
        if like is not None:
            _copy_attributes(like, draft)
        os.fsync(file.fileno())


def _copy_attributes(source: str, draft: str) -> None:
    """Give *draft* the owner, mode and extended attributes of *source*, but not its times."""
    _expect_writable(source)
    old, new = os.stat(source), os.stat(draft)
    if (old.st_uid, old.st_gid) != (new.st_uid, new.st_gid):
        os.chown(draft, old.st_uid, old.st_gid)
    if _has_only_a_mode(source):
        os.chmod(draft, stat.S_IMODE(old.st_mode))
    else:
        from shutil import copystat  # Deferred: it takes 2 ms, and few files need it.

        copystat(source, draft)
        os.utime(draft)


def _has_only_a_mode(path: str) -> bool:
    """True if the file *path* certainly has no extended attributes or flags."""
    try:
        return not os.listxattr(path)
    except (AttributeError, OSError):  # Only Linux has them, and not in all file systems.
        return False


def _expect_writable(path: str) -> None:
    try:
        os.stat(path)
    except FileNotFoundError:
        raise FileChangedError(path) from None
    if not os.access(path, os.W_OK):
        raise PermissionError(EACCES, "The file is write-protected", path)


def _expect(path: str, expected: bytes | None) -> None:
    if content(path) != expected:
        raise FileChangedError(path)


def _confirm(folder: str) -> None:
    """Sync the entries of *folder* to the disk."""
    if os.name == "nt":  # Windows can't sync folders.
        return
    try:
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
    except OSError as error:
        raise NotSyncedError(error.errno, error.strerror, folder) from None
