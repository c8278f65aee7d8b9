"""What the user's own catalogue was before each change: kept in the state folder, to go back to.

A file for each change, whose name is `00000012-3f…-a0….toml`: its number, a hash of what the change
made of the catalogue, and one of what it was before, which the file holds. For a catalogue that was
not there, it is `00000012-3f….none`. What is taken back is kept too, as `00000012-undone.toml`.
"""

import os
import re
from contextlib import suppress
from errno import EIO
from typing import Final, NamedTuple

from countdown import files, paths

MAX_SNAPSHOTS: Final = 100  # changes that can be taken back
_WAS: Final = ".toml"
_WAS_NOT: Final = ".none"
_UNDONE: Final = "-undone.toml"
_DRAFT: Final = ".draft"
_NAME: Final = re.compile(r"[0-8][0-9]{7}-([0-9a-f]{32}(-[0-9a-f]{32}\.toml|\.none)|undone\.toml)")


class Snapshot(NamedTuple):
    """A change that can be taken back, and the notes after it of changes that came to nothing.

    *before* is None if there was no catalogue.
    """

    path: str
    before: bytes | None
    void: tuple[str, ...]


def save(folder: str, before: bytes | None, after: bytes) -> None:
    """Note in *folder* that the catalogue is about to become *after*. Raises OSError."""
    paths.make_folder(folder)
    for name in os.listdir(folder):
        if name.endswith(_DRAFT):  # Of somebody who was killed.
            os.unlink(os.path.join(folder, name))
    # A number is never used again, or what was taken back under it would be overwritten.
    number = max((int(name[:8]) for name in _numbered(folder)), default=0) + 1
    ending = _WAS_NOT if before is None else f"-{_hash(before)}{_WAS}"
    _put(os.path.join(folder, f"{number:08}-{_hash(after)}{ending}"), before or b"")


def delete_oldest(folder: str) -> None:
    """Forget the oldest of what is noted in *folder*, if it is too much and that can be done."""
    with suppress(OSError):
        steps = _steps(folder)
        undone = [name for name in _numbered(folder) if name not in steps]
        for name in (*steps[:-MAX_SNAPSHOTS], *undone[:-MAX_SNAPSHOTS]):
            os.unlink(os.path.join(folder, name))


def drop(folder: str) -> None:
    """Forget the last change noted in *folder*: it did not come about. Raises OSError."""
    for name in _steps(folder)[-1:]:
        os.unlink(os.path.join(folder, name))


def last(folder: str, current: bytes | None) -> Snapshot | None:
    """The change that made the catalogue what it is *current*ly; None if it was none of them.

    A change whose program was killed just before it came about is passed over. Raises OSError.
    """
    void: list[str] = []
    for name in reversed(_steps(folder)):
        path = os.path.join(folder, name)
        before = _before(path)
        if current is not None and name[9:].startswith(_hash(current)):
            if before is not None and not name.endswith(f"-{_hash(before)}{_WAS}"):
                raise OSError(EIO, "no longer holds what was noted there", path)
            return Snapshot(path, before, (*void,))
        if before != current:
            return None
        void.append(path)
    return None


def save_undone(step: Snapshot, after: bytes) -> None:
    """Keep what *step* had made, since it is about to be taken back. Raises OSError."""
    folder, name = os.path.split(step.path)
    undone = os.path.join(folder, name[:8] + _UNDONE)
    _put(undone, after, known=files.content(undone))  # There is one if that did not come about.


def delete(step: Snapshot) -> None:
    """Forget *step*, which has been taken back; if that fails, it is passed over."""
    with suppress(OSError):
        for path in (*step.void, step.path):
            os.unlink(path)


def any_snapshot(folder: str, current: bytes | None) -> bool:
    """Whether a change noted in *folder* was of anything but *current*. Raises OSError."""
    return any(_before(os.path.join(folder, name)) != current for name in _steps(folder))


def _before(path: str) -> bytes | None:
    """What the catalogue was before the change that is noted in the file *path*."""
    return None if path.endswith(_WAS_NOT) else files.content(path)


def _put(path: str, data: bytes, *, known: bytes | None = None) -> None:
    try:
        files.replace(path, data, expected=known)
    except files.NotSyncedError as error:  # Of what is only noted, nothing has come about.
        raise OSError(error.errno, error.strerror, error.filename) from None


def _steps(folder: str) -> list[str]:
    """The names of the changes noted in *folder*, oldest first."""
    return [name for name in _numbered(folder) if not name.endswith(_UNDONE)]


def _numbered(folder: str) -> list[str]:
    """The names of the changes noted in *folder*, and of those taken back, oldest first."""
    try:
        names = os.listdir(folder)
    except FileNotFoundError:
        return []
    return sorted(name for name in names if _NAME.fullmatch(name))


def _hash(data: bytes) -> str:
    from hashlib import blake2b  # Deferred: 2 ms, and only a change needs it.

    return blake2b(data, digest_size=16).hexdigest()
