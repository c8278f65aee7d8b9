"""Finds moves that the catalogue records, and which of them only the user's catalogue has."""

import os
from collections.abc import Collection
from datetime import date

from countdown.cli.joined_changes import join_moves
from countdown.cli.session import Session
from countdown.core import changes
from countdown.core.changes import ObservedChange
from countdown.index.contents import releases_that_moved
from countdown.toml.parse import Table

_Tables = list[tuple[object, Table]]  # each table with the id of its release


def hidden_ids(current: Session) -> set[object]:
    """The ids of the releases that the user's own catalogue hides. Raises CatalogueError."""
    own, _ = _tables(current)
    return {id for id, table in own if table.get("hidden") is True}


def find(
    current: Session,
    first: date,
    *,
    mine: bool = True,
    added: Collection[tuple[str, date]] = (),
) -> list[ObservedChange]:
    """The moves that the catalogue records as announced from the day *first* on, newest first.

    Without *mine*, moves that only the user's own catalogue records are left out. With it, those of
    one day are joined, and left out if the release was *added* on that day; *added* has ids.
    """
    today = current.now.today
    releases = current.ask(lambda index: [*releases_that_moved(index, first, today)])
    own = _own_moves(current) if releases else set()
    known: list[ObservedChange] = []
    for release in releases:
        moves = [
            move._replace(on=min(move.on, today))
            for move in changes.recorded_moves(release, current.now.zone)
            if move.announced and move.announced.earliest <= today and move.on >= first
        ]
        others = [move for move in moves if _identity(move) not in own]
        own_ones = [move for move in moves if _identity(move) in own] if mine else []
        own_ones = [move for move in own_ones if (move.id, move.on) not in added]
        known += reversed([*others, *join_moves(own_ones)])
    return sorted(known, key=lambda move: move.on, reverse=True)


def _identity(move: ObservedChange) -> tuple[str, str, str, str]:
    """The id, announcement and dates of *move*, in the form of `_own_moves`."""
    announced = move.announced.edtf if move.announced else ""
    return (move.id, announced, *dates_of(move))


def dates_of(change: ObservedChange) -> tuple[str, str]:
    """The dates of *change* in EDTF, empty for none."""
    before, after = change.change.before, change.change.after
    return before.edtf if before else "", after.edtf if after else ""


def _own_moves(current: Session) -> set[tuple[str, str, str, str]]:
    """The moves that only the user's own catalogue records: id, announcement and dates in EDTF."""
    own, others = _tables(current, key="moves")
    return _moves(own) - _moves(others)


def _moves(tables: _Tables) -> set[tuple[str, str, str, str]]:
    from countdown.core import edtf  # Deferred: its patterns take 6 ms to compile.

    def written(move: Table, key: str) -> str:
        return edtf.from_toml(move[key]).edtf if key in move else ""

    return {
        (
            *(str(id), written(move, "announced")),
            *(written(move, "from"), written(move, "to")),
        )
        for id, table in tables
        for move in table.get("moves", ())
    }


def _tables(current: Session, *, key: str = "hidden") -> tuple[_Tables, _Tables]:
    """The tables with *key* in the user's own catalogue, and those in the others.

    Without an own catalogue, none. Raises CatalogueError.
    """
    from countdown.catalogue import user_layer  # Deferred: few answers need it.
    from countdown.cli import source_layers

    layers = current.layers
    if not any(map(os.path.isfile, layers.optional)):
        return [], []
    own, others = _Tables(), _Tables()
    sources = source_layers.usable_layers(layers)
    for layer in user_layer.read_usable_layers(layers.paths, layers.optional, sources)[0]:
        tables = own if layer.path in layers.optional else others
        for index, table in enumerate(layer.tables):
            if table and key in table:
                tables.append(((layer.ids or {}).get(index, table.get("id")), table))
    return own, others
