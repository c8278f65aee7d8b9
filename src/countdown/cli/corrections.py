"""Keeps corrected dates out of the journal: the old ones were mistakes, so nothing has moved."""

import os
import sqlite3
from contextlib import suppress

from countdown import paths
from countdown.catalogue import release_reader
from countdown.catalogue.load import Table
from countdown.cli.journal_queries import now_ns
from countdown.cli.session import Session, connect
from countdown.journal import database, detect_changes


def record_earlier_changes(current: Session) -> None:
    """Record all changes up to now, so that only the correction is taken as no change."""
    with suppress(sqlite3.DatabaseError):
        connect(current.layers, paths.cache_folder(), record=current.is_recording).close()


def accept_dates(current: Session, table: Table) -> None:
    """Have the journal take the dates of the release *table*, just corrected, as they are.

    Nothing is done if it can't be written, or doesn't know the release.
    """
    folder, release = paths.state_folder(), release_reader.release(table, (), [])
    if folder is None or release is None or not current.is_recording:
        return
    dates = [(each.market or "", each.type or "", each.date.edtf) for each in release.dates]
    if os.path.exists(database.path(folder)):
        with suppress(OSError, sqlite3.Error, ValueError):  # It is damaged.
            database.use(
                folder,
                lambda journal: detect_changes.accept_dates(
                    journal, current.layers, release.id, dates
                ),
                now=now_ns(),
            )
