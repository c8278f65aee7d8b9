"""Edit the text of a catalogue in place: comments, order and layout survive.

Every change is made twice: in the text, where only differing values are rewritten, and in the plain
values. The text is then parsed again, and returned only if it holds exactly these values.
"""

from collections.abc import Hashable
from typing import Any, cast

import tomli

from countdown.catalogue import load
from countdown.catalogue.load import Layer
from countdown.catalogue.schema import DEFAULT_FORMAT, FORMAT, FORMATS
from countdown.catalogue.strict_tables import is_same
from countdown.core.regions import parse_region
from countdown.core.text import escape_hostile
from countdown.errors import CatalogueError
from countdown.toml import edit, file_style, parse
from countdown.toml.parse import Table
from countdown.toml.positions import KeyPath, Places

_EMPTY_CATALOGUE = f"format = {FORMAT}\n".encode()
_ID_KEYS = ("title", "kind", "season", "date", "dates")  # from which a missing id is made
_SHORTHAND_KEYS = {"cast": "name", "sources": "url"}  # the key that a bare string stands for


class LooseEntryError(CatalogueError):
    """An entry can't be changed in place, since it isn't written in the catalogue's format."""


class Document:
    """The text of a valid catalogue, and its releases as plain tables."""

    def __init__(self, path: str, data: bytes | None, layer: Layer | None = None) -> None:
        """Read *data*, the content of the file *path*; None if it is missing.

        *layer* is that file, with complete tables. Raises CatalogueError.
        """
        self._path = path
        data = _EMPTY_CATALOGUE if data is None else data
        self._text, self._style = file_style.split_style(path, data)
        self._plain = {**parse.parse_toml(path, parse.decode(path, data))}
        if not self._plain:  # Without any key: empty, or only comments.
            end = "\n" if self._text and not self._text.endswith("\n") else ""
            self._text += f"{end}format = {FORMAT}\n"
            self._plain["format"] = FORMAT
        layer = layer or load.make_layer(path, data, self._plain)
        self._tables: list[Table] = [table or {} for table in layer.tables]  # are never changed
        indices = range(len(self._tables))
        self._paths = [layer.origins.get(("release", at), ("release", at)) for at in indices]
        self._origins = layer.origins
        if isinstance(self._plain.get("release"), list):
            self._plain["release"] = [*self._plain["release"]]

    @property
    def releases(self) -> list[Table]:
        """The tables of the releases, as the format has them; callers must not change them."""
        return self._tables

    @property
    def format(self) -> int:
        """The version of the format that it is in."""
        version = self._plain.get("format", DEFAULT_FORMAT)
        return version if version in FORMATS else FORMAT

    @property
    def not_editable_error(self) -> CatalogueError:
        """The error for a text that can't be edited in place."""
        what = f"{self._path}: This can't be changed without changing something else."
        return CatalogueError(escape_hostile(f"{what} Change it by hand: countdown edit"))

    def _loose_error(self, index: int, consequence: str = "") -> LooseEntryError:
        """The error for a change that the entry at *index* doesn't allow, as it's written."""
        path, table = self._paths[index], self._tables[index]
        line, column = Places(self._text, {path}).line_and_column(path)
        title = str(table.get("title", table.get("id", "")))
        name = f'"{parse.shorten(title)}"' if title else "This entry"
        what = f"{name} isn't written in the catalogue's format yet{consequence}."
        return LooseEntryError(escape_hostile(f"{self._path}:{line}:{column}: {what}"))

    def index(self, identifier: str) -> int | None:
        """The index of the release with the id *identifier*, or None."""
        ids = [table.get("id") for table in self.releases]
        return ids.index(identifier) if identifier in ids else None

    def add(self, table: Table) -> None:
        """Append the release *table*."""
        rows = self._plain.setdefault("release", [])
        if not isinstance(rows, list) or () in self._paths:
            at = [path[:1] in ((), ("release",)) for path in self._paths].index(True)
            raise self._loose_error(at, ", and no entry can follow it")
        rows.append(table)
        self._tables.append(table)
        self._paths.append(("release", len(rows) - 1))
        self._text = edit.append_table(self._text, "release", table, row=True)

    def set(self, index: int, key: str, value: Any) -> None:
        """Set *key* of the release at *index* to *value*.

        Equal rows and keys of a list or table stay untouched, so that their comments survive.
        """
        before = self.releases[index].get(key)
        if type(before) is type(value) and before == value:
            return
        rows, row = self._row(index, key)
        rows[row] = {**rows[row], key: value}
        self._tables[index] = {**self._tables[index], key: value}
        self._text = edit.set_value(self._text, (*self._paths[index], key), value, _ROW_RULES)

    def unset(self, index: int, key: str) -> None:
        """Delete *key* from the release at *index*."""
        rows, row = self._row(index, key)
        rows[row] = {name: value for name, value in rows[row].items() if name != key}
        table = self._tables[index]
        self._tables[index] = {name: value for name, value in table.items() if name != key}
        self._text = edit.remove(self._text, (*self._paths[index], key))

    def append(self, index: int, key: str, row: Any) -> None:
        """Append *row* to the list *key* of the release at *index*."""
        self.set(index, key, [*self.releases[index][key], row])

    def remove(self, index: int) -> None:
        """Delete the release at *index*; comments around it stay."""
        rows, row = self._row(index)
        path = self._paths[index]
        del rows[row], self._tables[index], self._paths[index]
        for other, (name, *rest) in enumerate(self._paths):
            if name == path[0] and rest and isinstance(rest[0], int) and rest[0] > row:
                self._paths[other] = (name, rest[0] - 1)
        self._text = edit.remove(self._text, path)

    def remove_if_bare(self, index: int) -> None:
        """Delete the release at *index* if it has nothing but its id: no other key, no comment."""
        path = self._paths[index]
        if [*self.releases[index]] == ["id"] and not edit.has_comments(self._text, path):
            self.remove(index)

    def _row(self, index: int, key: str = "") -> tuple[list[Any], int]:
        """The list in the file of the release at *index*, and the release's index in it.

        Raises CatalogueError if it isn't in a list, or if *key* can't be changed there alone.
        """
        path, table = self._paths[index], self._tables[index]
        rows: Any = self._plain.get(str(path[0])) if len(path) == 2 else None
        if not isinstance(rows, list):
            raise self._loose_error(index)
        row = int(path[1])
        if key and not is_same(rows[row], table):
            is_moved = any(
                to[:3] == ("release", index, key) and at[len(path)] != key
                for to, at in self._origins.items()
                if len(to) > 2
            )
            if is_moved or ("id" not in rows[row] and key in _ID_KEYS):
                raise self._loose_error(index)
        if path[0] != "release":  # That list is a copy already.
            self._plain[str(path[0])] = rows = [*rows]
        return rows, row

    def data(self) -> bytes:
        """The edited text as bytes. Raises CatalogueError if it hasn't the expected values."""
        try:
            tables = tomli.loads(self._text)
        except tomli.TOMLDecodeError:
            raise self.not_editable_error from None
        if tables != self._plain and _without_shorthands(tables) != _without_shorthands(
            self._plain
        ):
            raise self.not_editable_error
        # Unchanged releases stay the same objects: `load.check` skips those it has checked before.
        rows, releases = self._plain.get("release"), tables.get("release")
        if isinstance(rows, list) and isinstance(releases, list):
            for index, table in enumerate(releases):
                if table == rows[index]:
                    releases[index] = rows[index]
        before, self._plain = self._plain, tables
        for index, path in enumerate(self._paths):
            raw = value_at(before, path)
            if raw is not value_at(tables, path):
                self._tables[index] = _updated(self._tables[index], raw, value_at(tables, path))
        return self._style.encode(self._text)

    def layer(self, data: bytes) -> Layer:
        """The catalogue layer of *data*, the bytes that `data` returned."""
        return load.make_layer(self._path, data, self._plain)


def value_at(tables: Any, path: KeyPath) -> Any:
    """The value at *path* in *tables*."""
    for part in path:
        tables = tables[part]
    return tables


def _updated(table: Table, before: Any, after: Any) -> Table:
    """*table*, read from *before*, with the values that *after* has instead."""
    if is_same(table, before):
        return cast("Table", after)
    return {
        key: after[key]
        if isinstance(before, dict) and key in before and is_same(before[key], value)
        else value
        for key, value in table.items()
    }


def _without_shorthands(plain: dict[str, Any]) -> dict[str, Any]:
    """*plain* with a table for each bare name or address, and without empty lists of releases."""
    rows = plain.get("release", [])
    releases = [
        {
            key: [_row_as_table(key, row) for row in value]
            if key in _SHORTHAND_KEYS and isinstance(value, list)
            else value
            for key, value in table.items()
        }
        if isinstance(table, dict)
        else table
        for table in rows
    ]
    others = {key: value for key, value in plain.items() if key != "release" and value != []}
    return {**others, "release": releases if isinstance(rows, list) else rows}


def row_identity(key: str, row: Any) -> Hashable:
    """The part of *row* that identifies it within the list *key*."""
    if key == "dates":
        return row.get("region"), row.get("type"), row.get("place")
    if key == "country":
        return _code(row)
    if not isinstance(row, dict):
        return cast("Hashable", row)
    if key in _SHORTHAND_KEYS:
        return cast("Hashable", row[_SHORTHAND_KEYS[key]])
    return frozenset(row.items())


def _code(country: str) -> str:
    """The code of *country*; *country* itself if it is unknown, for the checker to refuse."""
    try:
        return parse_region(country)
    except ValueError:
        return country


def _row_as_table(key: str, row: Any) -> Any:
    """*row* of the list *key* as a table, if it is a shorthand for one."""
    return {_SHORTHAND_KEYS[key]: row} if isinstance(row, str) and key in _SHORTHAND_KEYS else row


_ROW_RULES = edit.RowRules(row_identity, _row_as_table)
