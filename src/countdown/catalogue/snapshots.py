"""The user's catalogue before each change, saved in the state folder so that it can be undone.

Each change has a file called `00000012-3f…-a0….toml`: its number, a hash of the catalogue after the
change, and a hash of the catalogue before it, which is the file's content. If there was no
catalogue before, it is `00000012-3f….none`. The result of an undone change is kept, too, as
`00000012-undone.toml`.
"""

import os
import re
from contextlib import suppress
from errno import EIO
from typing import Final, NamedTuple

from countdown import files, paths

MAX_SNAPSHOTS: Final = 100  # changes that can be undone
_CONTENT_SUFFIX: Final = ".toml"
_MISSING_SUFFIX: Final = ".none"
_UNDONE_SUFFIX: Final = "-undone.toml"
_DRAFT_SUFFIX: Final = ".draft"
_NAME: Final = re.compile(r"[0-8][0-9]{7}-([0-9a-f]{32}(-[0-9a-f]{32}\.toml|\.none)|undone\.toml)")


class Snapshot(NamedTuple):
    """A change that can be undone.

    *before* is the catalogue before it, None if it was missing. *unused_paths* are snapshots after
    it, of changes that were never made.
    """

    path: str
    before: bytes | None
    unused_paths: tuple[str, ...]


def save(folder: str, before: bytes | None, after: bytes) -> None:
    """Save *before* in *folder*: the catalogue is about to become *after*. Raises OSError."""
    paths.make_folder(folder)
    for name in os.listdir(folder):
        if name.endswith(_DRAFT_SUFFIX):  # left by a process that was killed
            os.unlink(os.path.join(folder, name))
    # A number is never used again: its `-undone.toml` would be overwritten.
    number = max((int(name[:8]) for name in _numbered_names(folder)), default=0) + 1
    ending = _MISSING_SUFFIX if before is None else f"-{_hash(before)}{_CONTENT_SUFFIX}"
    _write(os.path.join(folder, f"{number:08}-{_hash(after)}{ending}"), before or b"")


def delete_oldest(folder: str) -> None:
    """Delete the oldest snapshots of *folder* beyond MAX_SNAPSHOTS; errors are ignored."""
    with suppress(OSError):
        changes = _change_names(folder)
        undone = [name for name in _numbered_names(folder) if name not in changes]
        for name in (*changes[:-MAX_SNAPSHOTS], *undone[:-MAX_SNAPSHOTS]):
            os.unlink(os.path.join(folder, name))


def delete_last(folder: str) -> None:
    """Delete the last snapshot of *folder*, whose change was not made. Raises OSError."""
    for name in _change_names(folder)[-1:]:
        os.unlink(os.path.join(folder, name))


def find_last(folder: str, current: bytes | None) -> Snapshot | None:
    """The change that made the catalogue *current*; None if no saved change did.

    Skips changes that were never made since the process was killed just before. Raises OSError.
    """
    unused_paths: list[str] = []
    for name in reversed(_change_names(folder)):
        path = os.path.join(folder, name)
        before = _content_before(path)
        if current is not None and name[9:].startswith(_hash(current)):
            if before is not None and not name.endswith(f"-{_hash(before)}{_CONTENT_SUFFIX}"):
                raise OSError(EIO, "no longer holds what was noted there", path)
            return Snapshot(path, before, (*unused_paths,))
        if before != current:
            return None
        unused_paths.append(path)
    return None


def save_undone(snapshot: Snapshot, after: bytes) -> None:
    """Save *after*, the result of the change that is about to be undone. Raises OSError."""
    folder, name = os.path.split(snapshot.path)
    path = os.path.join(folder, name[:8] + _UNDONE_SUFFIX)
    _write(path, after, expected=files.content(path))  # It exists if an earlier undo failed.


def delete(snapshot: Snapshot) -> None:
    """Delete *snapshot*, whose change has been undone; errors are ignored, `find_last` skips it."""
    with suppress(OSError):
        for path in (*snapshot.unused_paths, snapshot.path):
            os.unlink(path)


def has_change(folder: str, current: bytes | None) -> bool:
    """True if a snapshot in *folder* differs from the catalogue *current*. Raises OSError."""
    return any(
        _content_before(os.path.join(folder, name)) != current for name in _change_names(folder)
    )


def _content_before(path: str) -> bytes | None:
    """The catalogue before the change whose snapshot is *path*; None if it was missing."""
    return None if path.endswith(_MISSING_SUFFIX) else files.content(path)


def _write(path: str, data: bytes, *, expected: bytes | None = None) -> None:
    try:
        files.replace(path, data, expected=expected)
    except files.NotSyncedError as error:  # Only the snapshot was written: nothing has changed.
        raise OSError(error.errno, error.strerror, error.filename) from None


def _change_names(folder: str) -> list[str]:
    """The file names of the changes in *folder* that can be undone, oldest first."""
    return [name for name in _numbered_names(folder) if not name.endswith(_UNDONE_SUFFIX)]


def _numbered_names(folder: str) -> list[str]:
    """The file names of all changes in *folder*, undone ones included, oldest first."""
    try:
        names = os.listdir(folder)
    except FileNotFoundError:
        return []
    return sorted(name for name in names if _NAME.fullmatch(name))


def _hash(data: bytes) -> str:
    from hashlib import blake2b  # Deferred: 2 ms, and only a change needs it.

    return blake2b(data, digest_size=16).hexdigest()
