"""The releases that an entry without an id or a kind can be about."""

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import NamedTuple

from countdown.catalogue.former_ids import former_ids
from countdown.catalogue.identity import Releases
from countdown.catalogue.readers import Problems
from countdown.core.text import fold
from countdown.toml.parse import Table


class File(NamedTuple):
    """The *tables* of the file *path*, the kinds that their headers say, and its problems."""

    path: str
    tables: list[Table | None]
    kinds: Mapping[int, str]
    problems: Problems


class KnownReleases:
    """The releases that an entry can be about: those of lower layers, or the built-in ones."""

    def __init__(self, layers: Iterable[Iterable[Table | None]], *, are_lower: bool) -> None:
        self._layers = [[table for table in layer if table] for layer in layers]
        self.tables = [table for layer in self._layers for table in layer]
        self.are_lower = are_lower

    @cached_property
    def ids(self) -> frozenset[str]:
        """Their ids."""
        ids = (table.get("id") for table in self.tables)
        return frozenset(id for id in ids if isinstance(id, str))

    @cached_property
    def former_ids(self) -> frozenset[str]:
        """Their former ids."""
        return frozenset(id for table in self.tables for id in former_ids(table))

    @cached_property
    def _releases(self) -> Releases:
        return Releases(self._layers)

    @cached_property
    def by_title(self) -> dict[str, list[Table]]:
        """Those with an id, by their folded title."""
        found: dict[str, list[Table]] = {}
        for table in self.tables:
            if isinstance(table.get("title"), str) and isinstance(table.get("id"), str):
                found.setdefault(fold(table["title"]), []).append(table)
        return found

    def has_overlay(self, table: Table) -> bool:
        """True if *table* names one of them, by its id, a former id or an external one."""
        id = table.get("id")
        # Fast path: most overlays have the id.
        return (isinstance(id, str) and id in self.ids) or bool(self._releases.find(table))
