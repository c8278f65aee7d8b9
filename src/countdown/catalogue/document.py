"""Edit the text of a catalogue in place: comments, order and layout survive.

Every change is made twice: in the text, where only differing values are rewritten, and in the plain
values. The text is then parsed again, and returned only if it holds exactly these values.
"""

from collections.abc import Hashable
from typing import Any, cast

import tomli

from countdown.catalogue import load
from countdown.catalogue.load import Layer
from countdown.catalogue.schema import FORMAT
from countdown.core.regions import parse_region
from countdown.core.text import escape_hostile
from countdown.errors import CatalogueError
from countdown.toml import edit, file_style, parse
from countdown.toml.parse import Table

_EMPTY_CATALOGUE = f"format = {FORMAT}\n".encode()
_SHORTHAND_KEYS = {"cast": "name", "sources": "url"}  # the key that a bare string stands for


class Document:
    """The text of a valid catalogue, and its releases as plain tables."""

    def __init__(self, path: str, data: bytes | None) -> None:
        """Read *data*, the content of the file *path*; None if it is missing.

        Raises CatalogueError.
        """
        self._path = path
        data = _EMPTY_CATALOGUE if data is None else data
        self._text, self._style = file_style.split_style(path, data)
        self._plain = {**parse.parse_toml(path, parse.decode(path, data))}
        if not self._plain:  # A file without any key: at most comments.
            end = "\n" if self._text and not self._text.endswith("\n") else ""
            self._text += f"{end}format = {FORMAT}\n"
            self._plain["format"] = FORMAT
        if "release" in self._plain:
            self._plain["release"] = [*self._plain["release"]]  # Its tables are never changed.

    @property
    def releases(self) -> list[Table]:
        """The tables of the releases; callers must not change them."""
        releases: list[Table] = self._plain.get("release", [])
        return releases

    @property
    def not_editable_error(self) -> CatalogueError:
        """The error for a text that can't be edited in place."""
        what = f"{self._path}: This can't be changed without changing something else."
        return CatalogueError(escape_hostile(f"{what} Change it by hand: countdown edit"))

    def index(self, identifier: str) -> int | None:
        """The index of the release with the id *identifier*, or None."""
        ids = [table.get("id") for table in self.releases]
        return ids.index(identifier) if identifier in ids else None

    def add(self, table: Table) -> None:
        """Append the release *table*."""
        self._plain.setdefault("release", []).append(table)
        self._text = edit.append_table(self._text, "release", table, row=True)

    def set(self, index: int, key: str, value: Any) -> None:
        """Set *key* of the release at *index* to *value*.

        Equal rows and keys of a list or table stay untouched, so that their comments survive.
        """
        before = self.releases[index].get(key)
        if type(before) is type(value) and before == value:
            return
        self.releases[index] = {**self.releases[index], key: value}
        self._text = edit.set_value(self._text, ("release", index, key), value, _ROW_RULES)

    def unset(self, index: int, key: str) -> None:
        """Delete *key* from the release at *index*."""
        table = self.releases[index]
        self.releases[index] = {name: value for name, value in table.items() if name != key}
        self._text = edit.remove(self._text, ("release", index, key))

    def append(self, index: int, key: str, row: Any) -> None:
        """Append *row* to the list *key* of the release at *index*."""
        self.set(index, key, [*self.releases[index][key], row])

    def remove(self, index: int) -> None:
        """Delete the release at *index*; comments around it stay."""
        del self.releases[index]
        self._text = edit.remove(self._text, ("release", index))

    def remove_if_bare(self, index: int) -> None:
        """Delete the release at *index* if it has nothing but its id: no other key, no comment."""
        path = ("release", index)
        if [*self.releases[index]] == ["id"] and not edit.has_comments(self._text, path):
            self.remove(index)

    def data(self) -> bytes:
        """The edited text as bytes. Raises CatalogueError if its values are not the wanted ones."""
        try:
            tables = tomli.loads(self._text)
        except tomli.TOMLDecodeError:
            raise self.not_editable_error from None
        if tables != self._plain and _without_shorthands(tables) != _without_shorthands(
            self._plain
        ):
            raise self.not_editable_error
        # Unchanged releases stay the same objects: `load.check` skips those it has checked before.
        releases = [*self.releases]
        for index, table in enumerate(tables.get("release", [])):
            if table == releases[index]:
                tables["release"][index] = releases[index]
        self._plain = tables
        return self._style.encode(self._text)

    def layer(self, data: bytes) -> Layer:
        """The catalogue layer of *data*, the bytes that `data` returned."""
        return load.make_layer(self._path, data, self._plain)


def _without_shorthands(plain: dict[str, Any]) -> dict[str, Any]:
    """*plain* with a table for each bare name or address, and a list even for no releases."""
    releases = [
        {
            key: [_row_as_table(key, row) for row in value] if key in _SHORTHAND_KEYS else value
            for key, value in table.items()
        }
        for table in plain.get("release", [])
    ]
    return {**plain, "release": releases}


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
    """The code of *country*; itself if it is none, for the checker to refuse."""
    try:
        return parse_region(country)
    except ValueError:
        return country


def _row_as_table(key: str, row: Any) -> Any:
    """*row* of the list *key* as a table, if it is a shorthand for one."""
    return {_SHORTHAND_KEYS[key]: row} if isinstance(row, str) and key in _SHORTHAND_KEYS else row


_ROW_RULES = edit.RowRules(row_identity, _row_as_table)
