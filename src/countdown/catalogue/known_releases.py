"""The releases that an entry without an id or a kind can be about."""

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import NamedTuple

from countdown.catalogue.former_ids import former_ids, is_conflict
from countdown.catalogue.readers import Problems
from countdown.catalogue.release_reader import external_identities
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

    def __init__(self, tables: Iterable[Table | None], *, are_lower: bool) -> None:
        self.tables = [table for table in tables if table]
        self.are_lower = are_lower

    @cached_property
    def ids(self) -> frozenset[str]:
        """Their ids."""
        ids = (table.get("id") for table in self.tables)
        return frozenset(id for id in ids if isinstance(id, str))

    @cached_property
    def former_ids(self) -> dict[str, Table]:
        """The releases with former ids, by each of these."""
        return {id: table for table in self.tables if "was" in table for id in former_ids(table)}

    @cached_property
    def external_identities(self) -> frozenset[tuple[object, ...]]:
        """Their external identities, as `release_reader.external_identities` returns them."""
        return frozenset(each for table in self.tables for each in external_identities(table))

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
        if isinstance(id, str) and id in self.ids:
            return True
        if isinstance(id, str) and id in self.former_ids:
            return not is_conflict(table, self.former_ids[id])
        found = external_identities(table)
        return bool(found) and not self.external_identities.isdisjoint(found)
