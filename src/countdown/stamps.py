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
    """Paths of catalogue files, the lowest layer first; the *optional* ones may be missing.

    *sources* is the folder of the layers of sources, which lie over the first file; empty for none.
    """

    __slots__ = ("optional", "paths", "sources")

    def __init__(
        self, paths: tuple[str, ...], optional: tuple[str, ...] = (), sources: str = ""
    ) -> None:
        self.paths = paths
        self.optional = optional
        self.sources = sources


def stamp(path: str | bytes) -> Stamp | None:
    """The present stamp of the file *path*; None if it is missing or can't be examined.

    `stamp_or_missing` distinguishes these two.
    """
    try:
        return stamp_or_missing(path)
    except OSError:
        return None


def link_stamp(path: str | bytes) -> Stamp | None:
    """The present stamp of *path* itself, if that is a link; None if it can't be examined."""
    try:
        status = os.lstat(path)
    except (OSError, ValueError):
        return None
    return status.st_size, status.st_mtime_ns, str(status.st_ino)


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


def are_sources_unchanged(
    files: "Sequence[tuple[bytes, Stamp | None, str | None]]", *, now: int
) -> bool:
    """True if the folder of the layers of sources, the first of *files*, and these are unchanged.

    It is as `is_unchanged`, but what can't be examined is the same as long as that stays so, and a
    link isn't followed.
    """
    for number, (path, before, content) in enumerate(files):
        if (link_stamp(path) if number else stamp(path)) != before:
            return False
        is_young = before and content and before[1] + CLOCK_GRAIN_NS > now
        if is_young and (_hash_of(path) if number else names_hash(path)) != content:
            return False
    return True


def names_hash(folder: str | bytes) -> str | None:
    """A hash of the names of all that is in *folder*; None if it can't be listed."""
    try:
        names = sorted(map(os.fsencode, os.listdir(folder)))
    except OSError:
        return None
    return content_hash(b"\0".join(names))


def _hash_of(path: bytes) -> str | None:
    try:
        with open(path, "rb") as file:
            return content_hash(file.read())
    except OSError:
        return None
