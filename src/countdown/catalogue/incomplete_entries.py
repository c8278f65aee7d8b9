"""Finds entries that a person wrote without an id or a kind, fast, as most entries have both.

Overlays need neither; `missing_keys`, which takes 5 ms to import, completes the others.
"""

from collections.abc import Sequence
from typing import Final

from countdown.catalogue.known_releases import File, KnownReleases
from countdown.core.text import fold
from countdown.toml.parse import Table

_SLUG_SIGNS: Final = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-")


def complete(files: Sequence[File]) -> None:
    """Add missing ids and kinds to the tables of *files*, lowest layer first."""
    lower: list[list[Table | None]] = []
    for number, file in enumerate(files):
        known = KnownReleases(lower, are_lower=True)
        new = [
            index
            for index, table in enumerate(file.tables)
            if table and ("id" not in table or "kind" not in table) and not known.has_overlay(table)
        ]
        if new:
            from countdown.catalogue import missing_keys  # Deferred: most files lack none.

            higher = [table for other in files[number + 1 :] for table in other.tables]
            missing_keys.add(file, new, known, higher)
        lower.append(file.tables)
    for file in files:
        _name_sequels(file, lower)


def _name_sequels(file: File, layers: Sequence[Sequence[Table | None]]) -> None:
    """Replace each title in `sequel_to` of *file* by the id of the one release with that title."""
    by_title: dict[str, list[Table]] | None = None
    for index, table in enumerate(file.tables):
        target = table.get("sequel_to") if table else None
        if isinstance(target, str) and not _SLUG_SIGNS.issuperset(target):
            by_title = by_title or KnownReleases(layers, are_lower=True).by_title
            ids = {other["id"] for other in by_title.get(fold(target), ())}
            if len(ids) == 1:
                file.tables[index] = {**(table or {}), "sequel_to": ids.pop()}
