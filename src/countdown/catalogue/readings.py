"""Reports how each loosely written part of a catalogue file is read: `actors: read as cast`."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from countdown.catalogue.document import value_at
from countdown.catalogue.key_names import RELEASE_NAMES, compact
from countdown.catalogue.load import Layer
from countdown.catalogue.messages import PlaceNames, origin_of
from countdown.catalogue.readers import KeyPath
from countdown.catalogue.schema import RELEASE
from countdown.catalogue.strict_tables import is_same, read_file
from countdown.core.text import escape_hostile
from countdown.toml import parse
from countdown.toml.literals import literal, pairs
from countdown.toml.parse import Table
from countdown.toml.positions import Places

_LEFT_OUT: Final = "left out"


class Reading(NamedTuple):
    """The key *path* of a part of the file, and the *text* on how it is read."""

    path: KeyPath
    text: str


class LooseFile(NamedTuple):
    """The *raw* tables of a file, and the tables of the format that they are read as.

    *origins* are those of `StrictFile`; *tables* are complete. *parts* has, by the path of a
    release, pairs of a path in it and a different path in the file.
    """

    raw: Table
    top: Table
    tables: list[Table | None]
    origins: Mapping[KeyPath, KeyPath]
    parts: Mapping[KeyPath, Sequence[tuple[KeyPath, KeyPath]]]


def loose_file(layer: Layer) -> LooseFile:
    """The file of *layer*, whose tables must be complete and not emptied yet."""
    raw = parse.parse_toml(layer.path, parse.decode(layer.path, layer.content))
    strict = read_file(raw, [])
    parts: dict[KeyPath, list[tuple[KeyPath, KeyPath]]] = {}
    for path, origin in layer.origins.items():
        if len(path) > 2:
            parts.setdefault(path[:2], []).append((path, origin))
    return LooseFile(raw, strict.top, layer.tables, layer.origins, parts)


def lines(layer: Layer) -> list[str]:
    """A line for each part of the file that isn't written in the format.

    What has a problem of its own has none; other parts of its entry do, so that all can be mended
    at once.
    Its tables must be complete and not emptied yet. A source's layer has no such part.
    """
    if layer.source is not None:
        return []
    file = loose_file(layer)
    found = [*_top_readings(file)]
    wrong = {problem.path for problem in layer.problems}
    left_out = {problem.path[:2] for problem in layer.problems if not problem.keeps_entry}
    for index, table in enumerate(file.tables):
        entry = ("release", index)
        if table is not None and entry not in wrong:
            readings = _entry_readings(file, index, table)
            # Without its mistakes, more of the entry may be understood.
            found += [each for each in readings if entry not in left_out or each.text != _LEFT_OUT]
    wrong = {origin_of(path, layer.origins) for path in wrong}
    found = [reading for reading in found if reading.path not in wrong]
    if not found:
        return []
    document = parse.decode(layer.path, layer.content)
    places = Places(document, [path for path, _ in found])
    names, messages = PlaceNames(file.raw), []
    for path, text in sorted(found, key=lambda reading: places.offset(reading.path)):
        line, column = places.line_and_column(path)
        messages.append(escape_hostile(f"{layer.path}:{line}:{column}: {names.name(path)}{text}"))
    return messages


def entry_origin(file: LooseFile, index: int) -> KeyPath:
    """The key path in the file of the release at *index*."""
    return file.origins.get(("release", index), ("release", index))


def key_origins(file: LooseFile, index: int) -> dict[str, list[str]]:
    """The keys in the file from which each key of the release at *index* comes."""
    path, origin = ("release", index), entry_origin(file, index)
    table, raw = file.tables[index] or {}, value_at(file.raw, origin)
    found: dict[str, list[str]] = {key: [] for key in table}
    if not isinstance(raw, dict):
        return found
    parts = file.parts.get(path, ())
    moved = {at for _, at in parts}
    for key in table:
        is_moved = (*path, key) in file.origins or (*origin, key) in moved
        if key in raw and not is_moved:
            found[key].append(key)
    for to, at in parts:
        key, source = str(to[2]), str(at[len(origin)])
        if key in found and source not in found[key]:
            found[key].append(source)
    return found


def _top_readings(file: LooseFile) -> Iterator[Reading]:
    for name in ("format", "checked"):
        key = str(file.origins.get((name,), (name,))[0])
        if key not in file.raw:
            if name in file.top:
                yield Reading((), f"{name} is missing: read as {literal(file.top[name])}")
        elif key != name or not is_same(file.raw[key], file.top[name]):
            yield Reading((key,), _read_as(key, name, file.raw[key], file.top[name]))


def _entry_readings(file: LooseFile, index: int, table: Table) -> Iterator[Reading]:
    origin = entry_origin(file, index)
    raw = value_at(file.raw, origin)
    has_header = origin[:1] == ("release",) and len(origin) == 2 and isinstance(origin[1], int)
    sources = key_origins(file, index)
    missing = {name: table[name] for name, keys in sources.items() if not keys}
    if missing or not has_header:
        start = "read with" if has_header else "read as [[release]]"
        end = parse.shorten(pairs(missing))
        yield Reading(origin, f"{start} {end}".strip())
    for key, value in raw.items() if isinstance(raw, dict) else ():
        if not origin and key not in RELEASE and compact(key) not in RELEASE_NAMES:
            continue  # The release is the file itself, which has other keys too.
        targets = [name for name, keys in sources.items() if key in keys]
        if not targets:
            yield Reading((*origin, key), _LEFT_OUT)
        for name in targets:
            if sources[name] != [key]:
                yield Reading((*origin, key), f"read as part of {name}")
            elif name != key or not is_same(value, table[name]):
                yield Reading((*origin, key), _read_as(key, name, value, table[name]))


def _read_as(key: str, name: str, raw: Any, value: Any) -> str:
    """`read as cast`, `read as "film"`, `read as cast = ["Zendaya"]`."""
    if is_same(raw, value):
        return f"read as {name}"
    written = parse.shorten(literal(value))
    return f"read as {written}" if key == name else f"read as {name} = {written}"
