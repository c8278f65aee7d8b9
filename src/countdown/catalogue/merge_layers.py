"""Merges the entries of several layers into releases."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from countdown.catalogue import release_reader
from countdown.catalogue.identity import Part, Releases
from countdown.catalogue.layer import Layer
from countdown.catalogue.orphans import is_orphan, report_orphans
from countdown.catalogue.overlay_tables import apply_overlay, with_paired_keys
from countdown.catalogue.readers import CappedProblems
from countdown.core.release import Provider
from countdown.toml.parse import Table

if TYPE_CHECKING:
    from countdown.catalogue.claims import Slot
    from countdown.catalogue.merge import Entry


class MergedTable(NamedTuple):
    """A table, perhaps merged from several layers, with the layer and place of its lowest part.

    *slots* has all claims about its dates, if several layers make some. *providers* are the
    sources that know it.
    """

    layer: Layer
    place: int
    table: Table
    slots: "tuple[Slot, ...]" = ()
    providers: tuple[Provider, ...] = ()


def merge(layers: Sequence[Layer]) -> list[MergedTable]:
    """The releases of *layers*, hidden ones included, each in the place of its lowest part."""
    if len(layers) == 1 and layers[0].source is None:  # Nothing to look for.
        tables = enumerate(layers[0].tables)
        return [MergedTable(layers[0], at, table) for at, table in tables if table is not None]
    merged = []
    for parts in group(layers).groups():
        release = _merged(parts, layers)
        id = release.table.get("id")
        for height, place, _ in parts:
            ids = layers[height].ids
            if ids is not None and isinstance(id, str):
                ids[place] = id
        merged.append(release)
    return merged


def group(layers: Sequence[Layer]) -> Releases:
    """The entries of *layers* by release."""
    releases = Releases()
    for layer in layers:
        releases.add_layer(layer.tables, is_source=layer.source is not None)
    return releases


def _merged(parts: Sequence[Part], layers: Sequence[Layer]) -> MergedTable:
    """The release of *parts*, entries of *layers*, the lowest first."""
    height, place, table = parts[0]
    layer = layers[height]
    if len(parts) == 1 and layer.source is None:
        return MergedTable(layer, place, table)
    below = [part for part in parts if _is_below(part, layers)]
    has_source = any(layers[part.height].source for part in below)
    if has_source or len(below) > 1:
        if all(_is_readable(part, layers) for part in below):
            return _merged_by_fact(parts, below, layers)
        # Its mistakes are reported, as if it were alone.
        parts = [part for part in parts if layers[part.height].source is None]
        height, place, table = parts[0]
        layer = layers[height]
    for part in parts[1:]:
        if _is_valid(with_paired_keys(part.table, table), layers[part.height], part.place):
            table = apply_overlay(table, part.table, layers[part.height].format)
    return MergedTable(layer, place, table)


def _is_below(part: Part, layers: Sequence[Layer]) -> bool:
    """True if *part* is merged with others by fact, rather than a person's change of these."""
    layer = layers[part.height]
    return layer.source is not None or (part.height == 0 and layer.ids is None)


def _merged_by_fact(
    parts: Sequence[Part], below: Sequence[Part], layers: Sequence[Layer]
) -> MergedTable:
    """The release of *parts*, those *below* merged by fact, and changed by the others."""
    from countdown.catalogue import merge, origins  # Deferred: only sources need it.

    layer, place = layers[parts[0].height], parts[0].place
    entries = [merge.entry(part.table, layers[part.height], part.height) for part in below]
    known = [layers[part.height].source for part in below]
    sources = {source.origin: source for source in known if source}
    if len(parts) == 1 and not merge.needs_merging(parts[0].table, layer.source):
        table = merge.without_source_keys(parts[0].table)
        lone = origins.providers(entries, (), None, sources)
        return MergedTable(layer, place, table, (), lone)
    table = merge.unite(entries)
    own: list[Entry] = []
    for part in parts:
        if part not in below:
            each = layers[part.height]
            if _is_valid(with_paired_keys(part.table, table), each, part.place):
                height = len(layers) + len(own)  # Of two in one layer, the later one counts.
                own.append(merge.entry(part.table, each, height, is_own=True))
    merged = merge.merge(entries, own, table)
    found = origins.providers(entries, own, merged.slots, sources)
    return MergedTable(layer, place, merged.table, merged.slots, found)


def _is_readable(part: Part, layers: Sequence[Layer]) -> bool:
    """True if *part* has no mistake; those of a source have been looked at already."""
    layer, problems = layers[part.height], CappedProblems()
    if layer.source is None:
        release_reader.read_keys(part.table, ("release", part.place), problems)
    return not problems


def _is_valid(table: Table, layer: Layer, index: int) -> bool:
    before = len(layer.problems)
    release_reader.read_keys(table, ("release", index), layer.problems)
    return len(layer.problems) == before


def without_orphans(merged: list[MergedTable], layers: Sequence[Layer]) -> list[MergedTable]:
    """*merged* without orphans of higher layers; each is reported as a problem of its layer.

    Those of a source aren't: a source may know only the date of what another one has.
    """
    lowest = layers[0] if layers else None
    orphans = [
        each
        for each in merged
        if (each.layer is not lowest or each.layer.source) and is_orphan(each.table)
    ]
    if not orphans:
        return merged
    by_hand = [orphan for orphan in orphans if orphan.layer.source is None]
    for layer, index, table, *_ in by_hand:
        release_reader.read_keys(table, ("release", index), layer.problems)
    lost = {id(each.table) for each in orphans}
    kept = [each for each in merged if id(each.table) not in lost]
    ids = [each.table["id"] for each in kept if isinstance(each.table.get("id"), str)]
    report_orphans([(each.place, each.table["id"], each.layer.problems) for each in by_hand], ids)
    return kept
