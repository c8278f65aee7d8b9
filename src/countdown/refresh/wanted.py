"""The releases whose facts are wanted of sources: those of the catalogues that people keep."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Final, NamedTuple

from countdown.catalogue import load, readers, source_reading, user_layer
from countdown.catalogue.external_ids import InvalidIdError, normalise
from countdown.catalogue.identity import Part
from countdown.catalogue.layer import Layer
from countdown.catalogue.merge_layers import group
from countdown.catalogue.schema import IDS
from countdown.errors import CatalogueError
from countdown.refresh.due import Window
from countdown.stamps import CatalogueFiles
from countdown.toml.parse import Table

_LONG_OUT: Final = 365  # days after which nobody expects a change
JUST_OUT: Final = 30  # days
_GOES_ON: Final = ("series",)


class Wanted(NamedTuple):
    """A release by its *ids* at providers, with all *windows* in which it may come out.

    It *is_own* if the user's own catalogue has an entry about it.
    """

    kind: str
    ids: Mapping[str, str | int]
    windows: tuple[Window, ...] = ()
    is_own: bool = False


class AllWanted(NamedTuple):
    """The wanted *releases*; *is_whole* is False if more may be wanted, which can't be read."""

    releases: tuple[Wanted, ...]
    is_whole: bool = True


def read_wanted(catalogues: CatalogueFiles, state_folder: str, today: date) -> AllWanted:
    """The wanted releases of *catalogues*, with what sources in *state_folder* know about them.

    Raises CatalogueError if a catalogue can't be read, but not if it's the user's own, or a
    source's.
    """
    is_whole = True
    layers = source_reading.read_source_layers(state_folder, today).layers
    for number, path in enumerate(catalogues.paths):
        may_fail = path in catalogues.optional
        try:
            if not may_fail or load.file_stamp(path):
                layer = load.read_layer(path, load.content(path, allow_pipe=not may_fail))
                if may_fail:
                    user_layer.check_entries_readable(layer)
                    is_whole = is_whole and all(map(_has_readable_ids, layer.tables))
                layers.insert(0 if number == 0 else len(layers), layer)
        except CatalogueError:
            if not may_fail:
                raise
            is_whole = False
    return AllWanted(find_wanted(layers, catalogues.optional, today), is_whole)


def find_wanted(
    layers: Sequence[Layer], own_paths: Collection[str], today: date
) -> tuple[Wanted, ...]:
    """The releases of *layers* with an id anywhere, without those that are long out.

    Sources' layers add ids and dates, but want nothing themselves. An entry in one of *own_paths*
    is always wanted.
    """
    load.complete(layers)
    found = (_wanted(parts, layers, own_paths) for parts in group(layers).groups())
    return tuple(each for each in found if each and each.ids and _counts(each, today))


def windows_of(table: Table) -> list[Window]:
    """The first and last days of all dates of *table*; those that can't be read are left out."""
    rows = [row for row in _list(table.get("dates")) if isinstance(row, dict)]
    values = [table.get("date"), *(row.get("date") for row in rows if "withdrawn" not in row)]
    problems = readers.CappedProblems()
    dates = [readers.date(value, (), problems) for value in values if value is not None]
    return [(each.earliest, each.latest) for each in dates if each]


def all_windows(tables: Iterable[Table], releases: Iterable[Wanted]) -> list[Window]:
    """The first and last days of all dates of *tables* and *releases*."""
    windows = [window for table in tables for window in windows_of(table)]
    return windows + [window for release in releases for window in release.windows]


def is_ahead(table: Table, today: date) -> bool:
    """True if the release of *table* is coming, has no date, or is hardly out."""
    windows = windows_of(table)
    return not windows or any((today - last).days <= JUST_OUT for _, last in windows)


def _wanted(
    parts: Sequence[Part], layers: Sequence[Layer], own_paths: Collection[str]
) -> Wanted | None:
    by_hand = [part for part in parts if layers[part.height].source is None]
    if not by_hand:
        return None
    ids: dict[str, str | int] = {}
    windows: list[Window] = []
    kind = ""
    for part in (*reversed(by_hand), *parts):
        kind = kind or str(part.table.get("kind", ""))
        for site, id in _ids(part.table).items():
            ids.setdefault(site, id)
    for part in parts:
        windows += windows_of(part.table)
    is_own = any(layers[part.height].path in own_paths for part in by_hand)
    return Wanted(kind, ids, tuple(dict.fromkeys(windows)), is_own)


def _counts(wanted: Wanted, today: date) -> bool:
    if wanted.is_own or not wanted.windows or wanted.kind in _GOES_ON:
        return True
    return any((today - last).days <= _LONG_OUT for _, last in wanted.windows)


def _ids(table: Table) -> dict[str, str | int]:
    """The ids of *table* in their normal form; those that can't be any are left out."""
    found: dict[str, str | int] = {}
    ids = table.get("ids")
    for site, id in ids.items() if isinstance(ids, dict) else ():
        if site in IDS:
            try:
                found[site] = normalise(site, id)
            except InvalidIdError:
                continue
    return found


def _has_readable_ids(table: Table | None) -> bool:
    """True if no id of *table* is lost on the way to the wanted ones."""
    ids = table.get("ids", {}) if table is not None else None
    return isinstance(ids, dict) and len(_ids({"ids": ids})) == sum(site in IDS for site in ids)


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []
