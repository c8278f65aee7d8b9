"""The user's files before each change, saved in the state folder so that it can be undone.

Each change has a file called `00000012-config-3f…-a0….toml`: its number, which of the user's files
was changed, a hash of that file after the change, and one of it before, or `none` if it was
missing. The first line is a comment with the user's command; below it is the file as it was before.
Once a change is undone, `00000015-undone-00000012-config-3f…-a0….toml` has the file as it was after
the change, so that it can be redone; the highest number is that of the last undo.

Earlier versions saved changes of the catalogue alone, and no commands: `00000012-3f…-a0….toml`,
`00000012-3f….none`, and `00000012-undone.toml`, which can't be redone.
"""

import os
import re
from collections.abc import Callable
from contextlib import suppress
from errno import EIO
from typing import Final, NamedTuple

from countdown import files, paths
from countdown.core.text import escape_hostile
from countdown.stamps import content_hash

CATALOGUE: Final = "catalogue"  # the user's own catalogue, in the name of a snapshot
CONFIG: Final = "config"  # config.toml, likewise
SOURCE: Final = "source-"  # before the name of a source: its layer, likewise
MAX_SNAPSHOTS: Final = 100  # changes that can be undone
_MAX_COMMAND: Final = 200  # characters of a command that are saved
_COMMAND_START: Final = "# countdown "
_MISSING: Final = "none"  # in place of the hash of a file that was missing
_DRAFT_SUFFIX: Final = ".draft"
_NAME: Final = re.compile(
    r"(?P<order>[0-8][0-9]{7})-(?:undone-(?P<number>[0-9]{8})-)?(?:(?P<file>catalogue|config|source-[a-z0-9-]{1,60})-)?"
    r"(?P<after>[0-9a-f]{32})(?:-(?P<before>[0-9a-f]{32}|none)\.toml|\.none)"
)
_OLD_UNDONE: Final = re.compile(r"[0-8][0-9]{7}-undone\.toml")

Contents = Callable[[str], bytes | None]  # the bytes of such a file; None if it is missing


class Snapshot(NamedTuple):
    """A snapshot at *path*: a user's *file* before a change, or after one that has been undone.

    *after* and *before* are hashes of that file's content. *order* is the number of the change, or,
    once it has been undone, a newer one. Unless it *has_command* in its first line, all of it is
    content.
    """

    path: str
    order: int
    number: int
    file: str
    after: str
    before: str
    is_undone: bool
    has_command: bool


class Change(NamedTuple):
    """A change that can be undone or redone.

    *command* is what the user did; empty if an earlier version saved it. *content* is that of the
    file once this is done; None if it is missing then. If the file *is_foreign*, it has been
    changed by other means since. *unused_paths* are snapshots of changes that were never made.
    """

    snapshot: Snapshot
    command: str
    content: bytes | None
    is_foreign: bool
    unused_paths: tuple[str, ...] = ()


def folder_in(state_folder: str) -> str:
    """The folder of the snapshots in the state folder."""
    return os.path.join(state_folder, "undo")


def save_and_replace(
    folder: str, file: str, path: str, after: bytes, *, before: bytes | None, command: str
) -> None:
    """Make *after* the content of the user's *file* at *path*, and save that it was *before*.

    *command* is what the user did. The caller must hold the lock. Raises OSError as `files.replace`
    does; then the change is not among the snapshots.
    """
    snapshot = save(folder, file, after, before=before, command=command)
    replace_saved(path, after, before=before, snapshot=snapshot)
    _delete_oldest(folder)


def save(folder: str, file: str, after: bytes, *, before: bytes | None, command: str) -> str:
    """Save what the user's *file* was *before* it became *after*; returns the snapshot's path.

    Raises OSError.
    """
    paths.make_folder(folder)
    for name in os.listdir(folder):
        if name.endswith(_DRAFT_SUFFIX):  # left by a process that was killed
            os.unlink(os.path.join(folder, name))
    name = f"{_next_order(folder):08}-{file}-{_hash(after)}-{_hash(before)}.toml"
    snapshot = os.path.join(folder, name)
    _write(snapshot, _first_line(command) + (before or b""))
    return snapshot


def replace_saved(path: str, after: bytes | None, *, before: bytes | None, snapshot: str) -> None:
    """Make *after* the content of the file *path*; delete the file *snapshot* if that fails.

    Raises OSError as `files.replace` does.
    """
    try:
        if after is None:
            files.remove(path, expected=before or b"")
        else:
            files.replace(path, after, expected=before)
    except files.NotSyncedError:
        raise
    except OSError:
        os.unlink(snapshot)
        raise


def last_change(folder: str, contents: Contents) -> Change | None:
    """The last change; None if there is none.

    Changes that were saved but never made, since the process was killed, are skipped. Raises
    OSError.
    """
    unused_paths: list[str] = []
    for snapshot in reversed(_snapshots(folder)):
        if snapshot.is_undone:
            continue
        current = contents(snapshot.file)
        command, before = _read(snapshot)
        if current is not None and _hash(current) == snapshot.after:
            _check(snapshot, before, snapshot.before)
            return Change(snapshot, command, before, False, (*unused_paths,))
        if before != current and snapshot.file.startswith(SOURCE):
            continue  # A refresh has replaced it: that must not block what was done before.
        if before != current:
            return Change(snapshot, command, before, True)
        unused_paths.append(snapshot.path)
    return None


def last_undone(folder: str, contents: Contents) -> Change | None:
    """The change that was undone last; None if there is none, or if a newer one was made since.

    Raises OSError.
    """
    last = last_change(folder, contents)
    newest = 0 if last is None else last.snapshot.number
    undone = [each for each in _snapshots(folder) if each.is_undone and each.number > newest]
    if not undone:
        return None
    snapshot = max(undone, key=lambda each: each.order)
    command, after = _read(snapshot)
    _check(snapshot, after, snapshot.after)
    return Change(snapshot, command, after, _hash(contents(snapshot.file)) != snapshot.before)


def save_undone(change: Change, after: bytes) -> str:
    """Save *after*, the result of the *change* that is about to be undone; returns the path.

    Raises OSError.
    """
    folder, snapshot = os.path.dirname(change.snapshot.path), change.snapshot
    path = _path(snapshot, f"{_next_order(folder):08}-undone-{snapshot.number:08}")
    _write(path, _first_line(change.command) + after)
    return path


def save_redone(change: Change, before: bytes | None) -> str:
    """Save *before*, the content before the *change* that is about to be redone, and its path.

    Raises OSError.
    """
    path = _path(change.snapshot, f"{change.snapshot.number:08}")
    data = _first_line(change.command) + (before or b"")
    _write(path, data, expected=files.content(path))  # It exists if a process was killed.
    return path


def delete(change: Change) -> None:
    """Delete the snapshot of *change*, which has been undone or redone; errors are ignored.

    If it stays, the functions above skip it.
    """
    with suppress(OSError):
        for path in (*change.unused_paths, change.snapshot.path):
            os.unlink(path)


def delete_layers(folder: str, must_go: Callable[[str, bytes | None], bool]) -> None:
    """Delete each snapshot of a source's layer that *must_go*, by its path and content.

    Those that can't be opened stay.
    """
    for snapshot in _snapshots(folder):
        if snapshot.file.startswith(SOURCE):
            with suppress(OSError):
                if must_go(snapshot.path, _read(snapshot)[1]):
                    os.unlink(snapshot.path)


def _path(snapshot: Snapshot, start: str) -> str:
    name = f"{start}-{snapshot.file}-{snapshot.after}-{snapshot.before}.toml"
    return os.path.join(os.path.dirname(snapshot.path), name)


def _delete_oldest(folder: str) -> None:
    """Delete the oldest snapshots of *folder* beyond MAX_SNAPSHOTS; errors are ignored."""
    with suppress(OSError):
        changes = [each.path for each in _snapshots(folder) if not each.is_undone]
        kept = {*map(os.path.basename, changes)}
        undone = [os.path.join(folder, name) for name in _names(folder) if name not in kept]
        for path in (*changes[:-MAX_SNAPSHOTS], *undone[:-MAX_SNAPSHOTS]):
            os.unlink(path)


def _read(snapshot: Snapshot) -> tuple[str, bytes | None]:
    """The command and the content in *snapshot*; None for the content before a file was made."""
    data = files.content(snapshot.path) or b""
    line, _, rest = data.partition(b"\n") if snapshot.has_command else (b"", b"", data)
    is_missing = snapshot.before == _MISSING and not snapshot.is_undone
    command = line.decode("utf-8", "replace").removeprefix(_COMMAND_START)
    return escape_hostile(command), None if is_missing else rest


def _check(snapshot: Snapshot, content: bytes | None, expected: str) -> None:
    """Raise OSError unless *content* has the hash *expected*: the disk or a program damaged it."""
    if _hash(content) != expected:
        raise OSError(EIO, "The saved version is damaged", snapshot.path)


def _first_line(command: str) -> bytes:
    r"""The first line of a snapshot; without `\n` or other characters that TOML refuses."""
    text = escape_hostile(" ".join(command.split()))[:_MAX_COMMAND]
    return f"{_COMMAND_START}{text}\n".encode()


def _write(path: str, data: bytes, *, expected: bytes | None = None) -> None:
    try:
        files.replace(path, data, expected=expected)
    except files.NotSyncedError as error:  # Only the snapshot was written: nothing has changed.
        raise OSError(error.errno, error.strerror, error.filename) from None


def _next_order(folder: str) -> int:
    """A number that no snapshot has: they are in the order of changing and undoing."""
    return max((int(name[:8]) for name in _names(folder)), default=0) + 1


def _snapshots(folder: str) -> list[Snapshot]:
    """The snapshots in *folder*, oldest first, without those that can't be undone or redone."""
    snapshots = []
    for name in _names(folder):
        parts = _NAME.fullmatch(name)
        if parts:
            order = int(parts["order"])
            snapshots.append(
                Snapshot(
                    os.path.join(folder, name),
                    order,
                    int(parts["number"] or order),
                    parts["file"] or CATALOGUE,
                    parts["after"],
                    parts["before"] or _MISSING,
                    is_undone=parts["number"] is not None,
                    has_command=parts["file"] is not None,
                )
            )
    return snapshots


def _names(folder: str) -> list[str]:
    """The file names of all snapshots in *folder*, oldest first."""
    try:
        names = os.listdir(folder)
    except FileNotFoundError:
        return []
    return sorted(name for name in names if _NAME.fullmatch(name) or _OLD_UNDONE.fullmatch(name))


def _hash(data: bytes | None) -> str:
    return _MISSING if data is None else content_hash(data)
