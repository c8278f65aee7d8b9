"""The moves that the catalogue records, and what of it only the user's own catalogue says."""

import os
from collections.abc import Iterable
from datetime import date

from countdown.cli.session import Session
from countdown.core import changes
from countdown.core.changes import ObservedChange
from countdown.index.contents import releases_that_moved
from countdown.toml.parse import Table


def hidden_ids(current: Session) -> set[object]:
    """The ids of the releases that the user's own catalogue hides. Raises CatalogueError."""
    own, _ = _tables(current)
    return {table.get("id") for table in own if table.get("hidden") is True}


def find(current: Session, first: date, *, mine: bool = True) -> list[ObservedChange]:
    """The moves that the catalogue records as announced from the day *first* on, newest first.

    Without *mine*, those that only the user's own catalogue records are left out.
    """
    today = current.now.today
    releases = current.ask(lambda index: [*releases_that_moved(index, first, today)])
    own = set() if mine or not releases else _own_moves(current)
    moves = (
        (each, move) for each in releases for move in changes.recorded_moves(each, current.now.zone)
    )
    known = [
        move._replace(on=min(move.on, today))
        for release, move in moves
        if move.announced and move.announced.earliest <= today and move.on >= first
        if (release.id, move.announced.edtf, *dates_of(move)) not in own
    ]
    return sorted(known, key=lambda move: move.on, reverse=True)


def dates_of(change: ObservedChange) -> tuple[str, str]:
    """The dates of *change* in EDTF, empty for none."""
    before, after = change.change.before, change.change.after
    return before.edtf if before else "", after.edtf if after else ""


def _own_moves(current: Session) -> set[tuple[str, str, str, str]]:
    """The moves that only the user's own catalogue records: id, announcement and dates in EDTF."""
    own, others = _tables(current, key="moves")
    return _moves(own) - _moves(others)


def _moves(tables: Iterable[Table]) -> set[tuple[str, str, str, str]]:
    from countdown.core import edtf  # Deferred: its patterns take 6 ms to compile.

    def written(move: Table, key: str) -> str:
        return edtf.from_toml(move[key]).edtf if key in move else ""

    return {
        (
            *(str(table.get("id")), written(move, "announced")),
            *(written(move, "from"), written(move, "to")),
        )
        for table in tables
        for move in table.get("moves", ())
    }


def _tables(current: Session, *, key: str = "hidden") -> tuple[list[Table], list[Table]]:
    """The tables with *key* of the user's own catalogue, and if it has any, those of the others.

    Raises CatalogueError.
    """
    from countdown.catalogue import load  # Deferred: few answers need it.

    def read(paths: Iterable[str]) -> list[Table]:
        layers = [load.read_layer(path, load.content(path)) for path in paths]
        return [table for layer in layers for table in layer.tables if table and key in table]

    layers = current.layers
    own = read(path for path in layers.optional if os.path.isfile(path))
    return own, read(path for path in layers.paths if path not in layers.optional) if own else []
