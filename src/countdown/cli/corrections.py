"""Keeps corrected dates out of the journal: the old ones were mistakes, so nothing has moved.

The user's own catalogue is corrected whatever the day (`--as-of`), and so is the journal.
"""

import os
import sqlite3
from contextlib import suppress
from typing import Final, Protocol

from countdown import paths
from countdown.catalogue import release_reader, store
from countdown.catalogue.history import Reversal
from countdown.catalogue.load import Table
from countdown.catalogue.store import CatalogueLocation
from countdown.cli import user_catalogue
from countdown.cli.journal_queries import now_ns
from countdown.cli.session import Session, connect
from countdown.errors import CountdownError
from countdown.journal import database, detect_changes

_OPTION: Final = "--correction"  # of `edit`, and in the name of its change for `undo` and `redo`


class Step(Protocol):
    """`history.undo` or `history.redo`."""

    def __call__(self, location: CatalogueLocation, *, dry_run: bool = False) -> Reversal:
        """The change that was undone or redone."""


def reverse(current: Session, step: Step, *, dry_run: bool) -> Reversal:
    """The result of *step*; the date of a correction that it undoes or redoes hasn't moved either.

    Raises NothingFound and CatalogueError.
    """
    location = user_catalogue.location()
    planned = step(location, dry_run=True)
    if dry_run:
        return planned
    words = planned.command.split()
    if words[:1] != ["edit"] or words[2:3] != [_OPTION]:
        reversal = step(location)
        if reversal.path == location.config_path:
            from countdown.cli import sources  # Deferred: changes of settings are rare.

            sources.use_configured()
        return reversal
    files = user_catalogue.with_files(current, location)
    reversal = step(location)
    with suppress(CountdownError):  # Nothing is recorded of a release that can't be read.
        accept_dates(files, store.read(location).find(words[1]))
    return reversal


def record_earlier_changes(current: Session) -> None:
    """Record all changes up to now, so that only the correction is taken as no change."""
    is_recording = current.is_recording or _journal_folder() is not None
    with suppress(sqlite3.DatabaseError):
        connect(current.layers, paths.cache_folder(), record=is_recording).close()


def accept_dates(current: Session, table: Table) -> None:
    """Have the journal take the dates of the release *table*, just corrected, as they are.

    Nothing is done if it can't be written, or doesn't know the release.
    """
    folder, release = _journal_folder(), release_reader.release(table, (), [])
    if folder is None or release is None:
        return
    dates = [(each.market or "", each.type or "", each.date.edtf) for each in release.dates]
    with suppress(OSError, sqlite3.Error, ValueError):  # It is damaged.
        database.use(
            folder,
            lambda journal: detect_changes.accept_dates(journal, current.layers, release.id, dates),
            now=now_ns(),
        )


def _journal_folder() -> str | None:
    """The folder of the journal; None if there is none yet."""
    folder = paths.state_folder()
    return folder if folder is not None and os.path.exists(database.path(folder)) else None
