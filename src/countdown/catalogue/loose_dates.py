"""Dates with a place, as people write them → rows of `dates`.

`dates = { US = …, BR = … }`, `"Brazil: 10 June 2027"`, `"June 11, 2027 (United States)"`.
"""

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, Final, NamedTuple

from countdown.catalogue import loose_values, schema
from countdown.catalogue.key_names import DATE_NAMES, compact
from countdown.core import edtf
from countdown.core.regions import REGIONS, UNSTATED
from countdown.core.release import TYPES
from countdown.toml.parse import Table
from countdown.toml.positions import KeyPath

_WORLDWIDE: Final = frozenset(
    ("worldwide", "world", "world wide", "global", "international", "everywhere", "all", "ww")
)
_UNSTATED: Final = frozenset((UNSTATED, "unknown", "unclear", "?"))
_PARTS: Final = re.compile(r"[/,]")
_PLACE_BEFORE: Final = re.compile(r"([^0-9=:]*[^0-9=: ]) *[=:] *(\S.*)")
_PLACE_BEHIND: Final = re.compile(r"(\S[^()]*[^() ]) *\(([^()]+)\)")
_ROW_VALUES: Final[dict[str, Callable[[Any], Any]]] = {
    "type": loose_values.date_type,
    "date": loose_values.day,
    "checked": loose_values.day,
    "source": loose_values.address,
    "unverified": loose_values.flag,
}


class Row(NamedTuple):
    """A row of `dates`, and the key path in the file of each of its keys and of itself."""

    table: Table
    path: KeyPath
    keys: dict[str, KeyPath]


def read(value: Any, path: KeyPath) -> list[Row] | None:
    """The rows of *value*, which is at *path* in the file; None if it isn't understood."""
    if isinstance(value, dict):
        return _of_table(value, path, {})
    if isinstance(value, list):
        parts = [read(item, (*path, index)) for index, item in enumerate(value)]
        return None if None in parts else [row for part in parts for row in part or ()]
    if isinstance(value, str) and loose_values.is_nothing(value):
        return []
    table = _of_text(value) if isinstance(value, str) else None
    if table is not None:
        return [Row(table, path, {})]
    day = loose_values.day(value)
    return [Row({"date": day}, path, {})] if _is_date(day) or isinstance(day, str) else None


def _of_table(value: Table, path: KeyPath, place: Table) -> list[Row] | None:
    """The rows of the table *value*: one with known keys, or one for each region or type."""
    keys = {key: DATE_NAMES.get(compact(key)) for key in value}
    if "date" in keys.values() or (keys and None not in keys.values()):
        return [*_of_row(value, path, keys, place)]
    parts = [of_place(key, item, path, place) for key, item in value.items()]
    return None if None in parts else [row for part in parts for row in part or ()]


def of_place(
    key: str, value: Any, path: KeyPath = (), place: Table | None = None
) -> list[Row] | None:
    """The rows of *value* below a *key* that is a region or type; None if that isn't understood.

    The table with that key is at *path*, and about *place*.
    """
    at, place = _place(key), place or {}
    if at is None or not at.keys().isdisjoint(place):
        return None
    at = {**place, **at}
    if isinstance(value, dict):
        return _of_table(value, (*path, key), at)
    rows = read(value, (*path, key))
    return rows and [row._replace(table={**at, **row.table}) for row in rows]


def _of_row(
    value: Table, path: KeyPath, keys: dict[str, str | None], place: Table
) -> Iterator[Row]:
    """The rows for the table *value*, one for each region; *keys* are its keys by strict name."""
    table: Table = {**place}
    origins: dict[str, KeyPath] = {}
    regions: list[Any] = []
    for key, item in value.items():
        name = keys[key] or key
        if loose_values.is_nothing(item) and name != "date":
            continue
        if name == "region":
            regions = [_region(each) for each in (item if isinstance(item, list) else [item])]
            origins |= dict.fromkeys(("region", "place"), (*path, key))
            continue
        read = schema.ANNOUNCED_DATE[name].read if name in schema.ANNOUNCED_DATE else None
        if read is not None and loose_values.count_problems(item, read):
            item = _ROW_VALUES.get(name, _same)(item)
        table[name] = item
        origins[name] = (*path, key)
    if isinstance(table.get("date"), str) and loose_values.is_nothing(table["date"]):
        return
    if isinstance(table.get("date"), str) and (placed := _of_text(table["date"])):
        table = {**placed, **{key: table[key] for key in table if key != "date"}}
    for region in regions or [{}]:
        yield Row({**table, **region}, path, origins)


def _same(value: Any) -> Any:
    return value


def _region(value: Any) -> Table:
    """The place of the region *value*; empty for worldwide."""
    at = _place(value) if isinstance(value, str) else None
    return {"region": value} if at is None or "type" in at else at


def _of_text(text: str) -> Table | None:
    """The row of a *text* with a date and a place or type; None if it has no place."""
    text = text.strip()
    if not _is_date(text):
        for pattern, (day, where) in ((_PLACE_BEFORE, (2, 1)), (_PLACE_BEHIND, (1, 2))):
            match = pattern.fullmatch(text)
            at = _place(match[where]) if match else None
            if match and at is not None:
                return {**at, "date": loose_values.day(match[day])}
    return None


def _place(text: str) -> Table | None:
    """The region and type of `US`, `Brazil`, `US/theatrical`, `worldwide`; None for other words."""
    found: Table = {}
    for part in map(str.strip, _PARTS.split(text.replace("_", " "))):
        word = part.casefold()
        type, region = loose_values.date_type(part), loose_values.region(part)
        if word in _UNSTATED:
            key: Table = {"place": UNSTATED}
        elif type in TYPES:
            key = {"type": type}
        elif region in REGIONS:
            key = {"region": region}
        elif word in _WORLDWIDE:
            key = {}
        else:
            return None
        if not key.keys().isdisjoint(found):
            return None
        found |= key
    return found


def _is_date(value: object) -> bool:
    """True for a date of TOML, and for text that is one."""
    if not isinstance(value, str):
        return isinstance(value, date)
    try:
        edtf.parse(value)
    except ValueError:
        return False
    return True
