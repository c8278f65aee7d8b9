"""Converts a file by someone who hasn't read the format into tables of the format.

Parts in the format stay as they are; files that are entirely in it needn't be passed here.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from countdown.catalogue import loose_entries, loose_values, readers
from countdown.catalogue.key_names import ENTRY_KINDS, ID_NAMES, RELEASE_NAMES, TOP_NAMES, compact
from countdown.catalogue.readers import KeyPath, Problem, Problems
from countdown.catalogue.schema import DEFAULT_FORMAT, RELEASE
from countdown.catalogue.strict_tables import StrictFile, is_same, is_strict
from countdown.toml.parse import Table


class _Entry(NamedTuple):
    """A table that is a release, its key path in the file, and the kind and title in its header."""

    value: Any
    origin: KeyPath
    kind: str = ""
    name: str = ""


def read(raw: Table, problems: Problems) -> StrictFile:
    """The file *raw* as tables of the format; *problems* gets what can't be converted."""
    file = StrictFile({}, [], {}, {})
    top: list[str] = []  # keys of a release without a header
    for key, value in raw.items():
        word = compact(key)
        name = key if key in ("format", "checked") else TOP_NAMES.get(word, key)
        if key == "release" or (word in ENTRY_KINDS and isinstance(value, (list, dict))):
            entries: Any = _entries(key, value, ENTRY_KINDS[word])
            if entries is None:
                what = f"should be a list of tables, not {readers.kind_of(value)}"
                hint = "write [[release]] with double brackets"
                problems.append(Problem((key,), what, hint))
            for entry in entries or ():
                _add(entry, file, problems)
        elif name in ("format", "checked"):
            _set_top(file, name, key, value)
        elif isinstance(value, dict) and _is_entry(value) and word not in RELEASE_NAMES:
            _add(_Entry(value, (key,), "", key), file, problems)
        elif word in RELEASE_NAMES or key in RELEASE or word in ID_NAMES or word == "year":
            top.append(key)
        else:
            file.top[key] = value
    if not top:
        pass
    elif file.tables:
        what = "unknown key"
        hint = "write [[release]] above it"
        problems += [Problem((key,), what, hint, keeps_entry=True) for key in top]
    elif any(RELEASE_NAMES.get(compact(key)) == "title" for key in top):
        _add(_Entry({key: raw[key] for key in top}, ()), file, problems)
    else:
        file.top.update({key: raw[key] for key in top})
    file.top.setdefault("format", DEFAULT_FORMAT)
    return file


def _set_top(file: StrictFile, name: str, key: str, value: Any) -> None:
    if name == "format":
        number = loose_values.season(value.removesuffix(".0") if isinstance(value, str) else value)
        value = value if isinstance(value, int) else number
    elif loose_values.count_problems(value, readers.date):
        value = loose_values.day(value)
    file.top[name] = value
    if key != name:
        file.origins[(name,)] = (key,)


def _entries(key: str, value: Any, kind: str) -> Iterator[_Entry] | None:
    """The entries in *value*, at the top-level *key*; None if it can't have any."""
    if isinstance(value, list):
        return (_Entry(item, (key, index), kind) for index, item in enumerate(value))
    if not isinstance(value, dict):
        return None
    if not value or _is_entry(value):
        return iter([_Entry(value, (key,), kind)])
    return (_Entry(item, (key, name), kind, name) for name, item in value.items())


def _is_entry(table: Table) -> bool:
    """True if *table* has keys of a release, rather than releases by name."""
    named = [key for key in table if key in RELEASE or compact(key) in RELEASE_NAMES]
    return bool(named) and not all(isinstance(value, dict) for value in table.values())


def _add(entry: _Entry, file: StrictFile, problems: Problems) -> None:
    """Add the release of *entry* to *file*; anything else becomes None."""
    index, value = len(file.tables), entry.value
    path = ("release", index)
    if entry.kind:
        file.kinds[index] = entry.kind
    if entry.name and loose_values.is_nothing(value):
        value = {"title": entry.name}
    elif entry.name and not isinstance(value, dict) and _is_date(value):
        value = {"title": entry.name, "date": value}
    elif isinstance(value, str) and not loose_values.is_nothing(value):
        value = {"title": value}
    if not isinstance(value, dict):
        what = f"should be a table, not {readers.kind_of(value)}"
        problems.append(Problem(path, what, "write [[release]] and its keys"))
        file.tables.append(None)
        if path != entry.origin:
            file.origins[path] = entry.origin
        return
    if path == entry.origin and is_strict(value):
        file.tables.append(value)
        return
    table = loose_entries.read(value, path, entry.origin, file.origins, problems)
    if entry.name and not {"id", "title"} <= table.keys():
        _name(table, entry.name)
    file.tables.append(value if is_same(table, value) else table)


def _name(table: Table, name: str) -> None:
    """Set the id of *table*, or its title, to the *name* in a header like `[thor-5]`."""
    is_id = not loose_values.count_problems(name, readers.slug)
    if "title" not in table and not is_id:
        table["title"] = name
    elif "id" not in table:
        table["id"] = loose_values.identifier(name)


def _is_date(value: Any) -> bool:
    return not loose_values.count_problems(loose_values.day(value), readers.date)
