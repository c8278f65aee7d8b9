"""Stamps of files: size, modification time and inode, to notice a later change.

A stamp alone misses a second change within the clock's grain of the first; `is_unchanged` then
compares a hash of the content too.
"""

import os

TYPE_CHECKING = False  # The prompt and tab completion come this way without typing: see entry.
if TYPE_CHECKING:
    from collections.abc import Sequence

CLOCK_GRAIN_NS = 2_000_000_000  # ns: the coarsest modification times in use, those of FAT

Stamp = tuple[int, int, str]  # size, modification time in ns, inode


class CatalogueFiles:
    """Paths of catalogue files, the lowest layer first; the *optional* ones may be missing."""

    __slots__ = ("optional", "paths")

    def __init__(self, paths: tuple[str, ...], optional: tuple[str, ...] = ()) -> None:
        self.paths = paths
        self.optional = optional


def stamp(path: str | bytes) -> Stamp | None:
    """The present stamp of the file *path*; None if it is missing or can't be examined.

    `stamp_or_missing` distinguishes these two.
    """
    try:
        return stamp_or_missing(path)
    except OSError:
        return None


def stamp_or_missing(path: str | bytes) -> Stamp | None:
    """The present stamp of the file *path*; None if it is missing.

    Raises OSError if the file can't be examined: in an unreadable folder it may well exist, and if
    it counted as missing, the journal would record all its releases as removed. If its parent isn't
    a folder (ENOTDIR), it is certainly missing.
    """
    try:
        status = os.stat(path)
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return None
    return status.st_size, status.st_mtime_ns, str(status.st_ino)


def content_hash(data: bytes) -> str:
    """A hash of a file's content, as 32 hexadecimal digits."""
    try:  # Deferred: only a build, a change and a very young file need it.
        from _blake2 import blake2b  # Not from hashlib, which also loads OpenSSL: 3 ms.
    except ImportError:
        from hashlib import blake2b

    return blake2b(data, digest_size=16).hexdigest()


def is_unchanged(files: "Sequence[tuple[bytes, Stamp | None, str | None]]", *, now: int) -> bool:
    """True if every file still has its stamp; *files* are tuples of path, stamp and content hash.

    *now* is when reading them began, in POSIX ns: a file modified less than the grain before
    must also still have its content. A file that can't be examined counts as changed.
    """
    for path, before, content in files:
        try:
            if stamp_or_missing(path) != before:
                return False
        except OSError:
            return False
        if before and before[1] + CLOCK_GRAIN_NS > now and _hash_of(path) != content:
            return False
    return True


def _hash_of(path: bytes) -> str | None:
    try:
        with open(path, "rb") as file:
            return content_hash(file.read())
    except OSError:
        return None
