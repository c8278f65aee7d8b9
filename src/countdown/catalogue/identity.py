"""Decides which release an entry is about: by its id, an id on another site, or a former id."""

from collections.abc import Collection, Iterable
from typing import Any, Final

from countdown.catalogue import external_ids
from countdown.catalogue.former_ids import former_ids, is_conflict
from countdown.catalogue.schema import IDS
from countdown.toml.parse import Table

Identity = str | tuple[object, ...]
_KNOWN_BY: Final = ("title", "aliases", "kind")


class Releases:
    """The releases of one or more layers, lowest first, each found by any of its ids.

    No entry decides which release another one of its layer is about: a layer's entries are found
    before any of them is added.
    """

    def __init__(self, layers: Iterable[Iterable[Table | None]] = ()) -> None:
        self.tables: list[Table] = []
        self._positions: dict[Identity, int] = {}
        self._former: dict[str, int] = {}
        for layer in layers:
            entries = [(table, self.find(table)) for table in layer if table is not None]
            for table, position in entries:
                if position is None:
                    self.add(table)
                else:
                    self.change(position, table, _known_by(self.tables[position], table))

    def find(self, entry: Table) -> int | None:
        """The position of the release that *entry* is about; None if it is a new one.

        Its id counts first, then its ids on other sites. A former id counts last, unless the entry
        has another title or kind.
        """
        if not self.tables:
            return None
        names = identities(entry)
        for name in names:
            if name in self._positions:
                return self._positions[name]
        position = self._former.get(names[0]) if names and isinstance(names[0], str) else None
        if position is None or is_conflict(entry, self.tables[position]):
            return None
        return position

    def add(self, table: Table) -> int:
        """The position of *table*, a new release."""
        position = len(self.tables)
        self.tables.append(table)
        self._learn_ids(position, table)
        return position

    def change(self, position: int, entry: Table, merged: Table) -> None:
        """Replace the release at *position* by *merged*; it's found by the ids of *entry* too."""
        self.tables[position] = merged
        self._learn_ids(position, entry)

    def _learn_ids(self, position: int, table: Table) -> None:
        for name in identities(table):
            self._positions.setdefault(name, position)
        for id in former_ids(table):
            self._former.setdefault(id, position)


def identities(table: Table) -> list[Identity]:
    """The id of *table*, if it has one, and its external identities."""
    identifier = table.get("id")
    ids: list[Identity] = [identifier] if isinstance(identifier, str) else []
    return [*ids, *external_identities(table)] if "ids" in table else ids


def external_identities(table: dict[str, Any]) -> Collection[tuple[object, ...]]:
    """The external ids of *table* with its season: tables that share one are the same release.

    TMDB numbers films and series separately, so its identities include the kind.
    """
    ids = table.get("ids")
    if not isinstance(ids, dict):
        return ()
    season = table.get("season")
    season = season if isinstance(season, int) else None  # Another type is reported elsewhere.
    series = table.get("kind") in ("series", "season")
    return [
        (provider, _normalised(provider, value), season, series if provider == "tmdb" else None)
        for provider, value in ids.items()
        if type(value) in (str, int)
    ]


def _normalised(provider: str, value: object) -> object:
    """The id *value* in its normal form; an invalid one unchanged: it is reported elsewhere."""
    if provider not in IDS:
        return value
    try:
        return external_ids.normalise(provider, value)
    except external_ids.InvalidIdError:
        return value


def _known_by(table: Table, entry: Table) -> Table:
    """What tells the release *table* from others once *entry*, perhaps a wrong one, changes it."""
    changed: Table = {key: entry[key] for key in _KNOWN_BY if key in entry}
    titles = [each["titles"] for each in (table, entry) if isinstance(each.get("titles"), dict)]
    translated = {language: title for each in titles for language, title in each.items()}
    return {**table, **changed, "titles": translated}
