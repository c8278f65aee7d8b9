"""The last change of the user's catalogue or settings, undone and redone.

Like any change, an undo or redo is made under the lock and in one step, and saved beforehand.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final, NamedTuple

from countdown.catalogue import snapshots, store
from countdown.catalogue.os_errors import os_errors_as
from countdown.catalogue.snapshots import Change, Contents
from countdown.catalogue.store import CatalogueLocation
from countdown.core.text import escape_hostile
from countdown.errors import NothingFound

_UNKNOWN: Final = "a change to your catalogue"  # if an earlier version saved it


class Reversal(NamedTuple):
    """An undone or redone change: the user's *command*, and the file at *path* and its content.

    *before* and *after* are those of the undo or redo; None if the file is missing.
    """

    command: str
    path: str
    before: bytes | None
    after: bytes | None


def undo(location: CatalogueLocation, *, dry_run: bool = False) -> Reversal:
    """Undo the last change, unless it is only a *dry_run*.

    Raises NothingFound if there is none or if it can't be undone, and CatalogueError as
    `store.change` does.
    """
    with _history(location) as (contents, folder):
        change = snapshots.last_change(folder, contents)
        if change is None:
            _check_readable(contents)
            raise NothingFound("There's nothing to undo.")
        return _reverse(location, change, contents, dry_run=dry_run)


def redo(location: CatalogueLocation, *, dry_run: bool = False) -> Reversal:
    """Redo the change that was undone last, unless it is only a *dry_run*.

    Raises errors as `undo` does.
    """
    with _history(location) as (contents, folder):
        change = snapshots.last_undone(folder, contents)
        if change is None:
            _check_readable(contents)
            raise NothingFound("There's nothing to redo.")
        return _reverse(location, change, contents, dry_run=dry_run)


@contextmanager
def _history(location: CatalogueLocation) -> Iterator[tuple[Contents, str]]:
    """Hold the lock; yields the content of the user's files, and the folder of the snapshots."""
    known: dict[str, bytes | None] = {}

    def contents(file: str) -> bytes | None:
        if file not in known:
            path = location.path_of(file)
            with os_errors_as(path, look=_look(file)):
                known[file] = store.read_bytes(path)
        return known[file]

    with store.exclusive_access(location):
        yield contents, location.snapshots_folder


def _check_readable(contents: Contents) -> None:
    """Raise CatalogueError if a user's file can't be read: that comes before other answers."""
    for file in (snapshots.CATALOGUE, snapshots.CONFIG):
        contents(file)


def _reverse(
    location: CatalogueLocation, change: Change, contents: Contents, *, dry_run: bool
) -> Reversal:
    """Make the content of *change* that of its file."""
    snapshot, command = change.snapshot, change.command or _UNKNOWN
    path, current = location.path_of(snapshot.file), contents(snapshot.file)
    if change.is_foreign:
        verb, version = ("redo", "later") if snapshot.is_undone else ("undo", "earlier")
        what = f"Can't {verb}: {command}. {path} has changed since then."
        raise NothingFound(escape_hostile(f"{what} The {version} version is in {snapshot.path}"))
    if not dry_run:
        with os_errors_as(path, look=_look(snapshot.file)):
            if snapshot.is_undone:
                saved = snapshots.save_redone(change, current)
            else:
                saved = snapshots.save_undone(change, current or b"")
            snapshots.replace_saved(path, change.content, before=current, snapshot=saved)
            snapshots.delete(change)
    return Reversal(command, path, current, change.content)


def _look(file: str) -> str:
    """The command that shows the content of *file*."""
    if file.startswith(snapshots.SOURCE):
        return "countdown source"
    return "countdown config list" if file == snapshots.CONFIG else store.INSPECT_COMMAND
