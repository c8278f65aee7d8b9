"""Decides which release an entry is about: by its id, an id on another site, or a former id.

Releases that share an id on another site are one, even if only a third entry has the ids of both.
An entry of a source that shares one id with a release, but has another id on the same site, is
another release: that is a conflict.
"""

from collections.abc import Collection, Iterable
from typing import Any, Final, NamedTuple

from countdown.catalogue import external_ids
from countdown.catalogue.former_ids import former_ids, is_conflict
from countdown.catalogue.schema import IDS
from countdown.core.text import fold
from countdown.core.web_links import PROVIDERS
from countdown.toml.parse import Problem, Table

Identity = str | tuple[object, ...]
_KNOWN_BY: Final = ("title", "aliases", "kind", "season", "sequel_to")


class Part(NamedTuple):
    """An entry about a release: that at *place* of the layer at *height*, 0 for the lowest one."""

    height: int
    place: int
    table: Table


class Conflict(NamedTuple):
    """An *entry* that shares an id with a *release*, although the two aren't the same.

    They have different ids on *site*. If that is None, they have other titles, or are of another
    kind.
    """

    entry: Part
    release: Part
    site: str | None

    @property
    def problem(self) -> Problem:
        """The conflict as a problem of the entry."""
        other = self.release.table.get("title", self.release.table.get("id"))
        why = "which is another kind of release"
        if self.site is not None:
            why = f"which has another {PROVIDERS.get(self.site, self.site)} id"
        what = f'one of them is that of "{other}", {why}'
        return Problem(("release", self.entry.place, "ids"), what, "leave out the wrong one")


class Releases:
    """The releases of one or more layers, lowest first, each found by any of its ids.

    No entry decides which release another one of its layer is about: a layer's entries are found
    before any of them is added.
    """

    def __init__(self, layers: Iterable[Iterable[Table | None]] = ()) -> None:
        self.conflicts: list[Conflict] = []
        self._height = 0
        self._sources: set[int] = set()  # heights of layers
        self._parts: list[list[Part]] = []  # of each release
        self._known: list[Table] = []  # what tells each release from others
        self._joined: dict[int, int] = {}  # release → the one that it has become part of
        self._positions: dict[Identity, int] = {}
        self._former: dict[str, int] = {}
        for layer in layers:
            self.add_layer(layer)

    def add_layer(self, layer: Iterable[Table | None], *, is_source: bool = False) -> None:
        """Add the entries of *layer*. Those of a source can't change the ids of a release."""
        if is_source:
            self._sources.add(self._height)
        entries = [
            (Part(self._height, index, table), identities(table))
            for index, table in enumerate(layer)
            if table is not None
        ]
        found = [self._find_all(part, names, is_source) for part, names in entries]
        for (part, names), positions in zip(entries, found, strict=True):
            if positions:
                position = self._join(part, positions, is_source)
                self._parts[position].append(part)
                self._known[position] = _changed(self._known[position], part.table)
            else:
                position = len(self._parts)
                self._parts.append([part])
                self._known.append(part.table)
            for name in names:
                self._positions.setdefault(name, position)
            for former_id in former_ids(part.table):
                self._former.setdefault(former_id, position)
        self._height += 1

    def find(self, entry: Table) -> list[Part]:
        """The entries about the release that *entry* is about too, lowest first.

        Its id counts first, then its ids on other sites. A former id counts last, unless the entry
        has another title or kind. Empty if it is a new release.
        """
        position = self._find(entry, identities(entry))
        return [] if position is None else self._parts[position]

    def groups(self) -> list[list[Part]]:
        """The entries about each release, lowest first; releases in the order of the lowest."""
        groups = [each for at, each in enumerate(self._parts) if at not in self._joined]
        return sorted(groups, key=lambda parts: parts[0][:2]) if self._joined else groups

    def _find(self, entry: Table, names: list[Identity]) -> int | None:
        for name in names:
            if name in self._positions:
                return self._present(self._positions[name])
        if not (self._former and names and isinstance(names[0], str)):
            return None
        position = self._former.get(names[0])
        if position is None or is_conflict(entry, self._known[self._present(position)]):
            return None
        return self._present(position)

    def _find_all(self, part: Part, names: list[Identity], is_source: bool) -> list[int]:
        """The positions of all releases that *part*, with those *names*, has an id of.

        That of the release that it is about comes first.
        """
        if not self._height:
            return []
        first = self._find(part.table, names)
        if first is None or "ids" not in part.table:
            return [] if first is None else [first]
        found: dict[int, None] = {}
        named = [name for name in names if name in self._positions]
        for name in named:
            position = self._present(self._positions[name])
            known = self._known[position]
            site = differing_site(part.table, known) if is_source else None
            is_other = is_source and _are_of_other_kinds(part.table, known)
            if isinstance(name, str) or (site is None and not is_other):
                found[position] = None
            elif position not in found:
                self.conflicts.append(Conflict(part, self._parts[position][0], site))
        return [*found] if named else [first]

    def _join(self, part: Part, positions: list[int], is_source: bool) -> int:
        """The position of the release that *part* is about, joined with the others it names.

        A source can't join two releases that a person keeps apart, under different titles.
        """
        first, *others = dict.fromkeys(map(self._present, positions))
        for other in others:
            release, joined = self._known[first], self._known[other]
            site = differing_site(joined, release)
            is_doubtful = is_source and self._are_kept_apart(first, other)
            if site or _are_apart(release, joined) or is_doubtful:
                self.conflicts.append(Conflict(part, self._parts[other][0], site))
                continue
            self._joined[other] = first
            self._known[first] = _changed(joined, release)
            self._parts[first] = sorted([*self._parts[first], *self._parts[other]], key=_place)
        return first

    def _are_kept_apart(self, position: int, other: int) -> bool:
        """True if two releases are in one layer that is no source's, under different titles."""
        height, _, table = self._parts[position][0]
        other_height, _, other_table = self._parts[other][0]
        if height != other_height or height in self._sources:
            return False
        return _titles(table).isdisjoint(_titles(other_table))

    def _present(self, position: int) -> int:
        while position in self._joined:
            position = self._joined[position]
        return position


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


def differing_site(table: Table, other: Table) -> str | None:
    """A site on which the releases *table* and *other* have different ids; None if there's none."""
    ids = {site: (value, *rest) for site, value, *rest in external_identities(other)}
    for site, value, *rest in external_identities(table):
        if site in ids and ids[site][1:] == tuple(rest) and ids[site][0] != value:
            return str(site)
    return None


def _are_apart(table: Table, other: Table) -> bool:
    """True if *table* and *other* are of different kinds or seasons, or one follows the other."""
    if table.get("id") == other.get("sequel_to") or other.get("id") == table.get("sequel_to"):
        return True
    kinds = {each["kind"] for each in (table, other) if isinstance(each.get("kind"), str)}
    return len(kinds) > 1 or table.get("season") != other.get("season")


def _are_of_other_kinds(table: Table, other: Table) -> bool:
    """True if one is a series and the other a film: sources differ on what a special is."""
    kinds = (each.get("kind") for each in (table, other))
    found = {kind if kind in ("series", "season") else "film" for kind in kinds if kind}
    return len(found) > 1


def _titles(table: Table) -> set[str]:
    """The titles and aliases of *table*, folded."""
    aliases, titles = table.get("aliases"), table.get("titles")
    names = [
        table.get("title"),
        *(aliases if isinstance(aliases, list) else ()),
        *(titles.values() if isinstance(titles, dict) else ()),
    ]
    return {fold(name) for name in names if isinstance(name, str)}


def _changed(table: Table, entry: Table) -> Table:
    """The keys of the release *table* that tell it from others, changed by *entry*."""
    changed: Table = {key: entry[key] for key in _KNOWN_BY if key in entry}
    both = {
        key: {name: value for each in tables for name, value in each.items()}
        for key in ("titles", "ids")
        if (tables := [each[key] for each in (table, entry) if isinstance(each.get(key), dict)])
    }
    return {**table, **changed, **both}


def _place(part: Part) -> tuple[int, int]:
    return part.height, part.place
