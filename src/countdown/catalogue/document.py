"""The text of a catalogue, edited in place: comments, order and layout survive.

Every change is made twice: in the text, where only what differs is written, and in the plain
values. The text is then parsed again, and returned only if it says just that.
"""

from collections.abc import Hashable
from typing import Any, cast

import tomli

from countdown.catalogue import load
from countdown.catalogue.load import Layer
from countdown.catalogue.schema import FORMAT
from countdown.core.text import escape_hostile
from countdown.errors import CatalogueError
from countdown.toml import edit, file_style, parse
from countdown.toml.parse import Table

_NEW = f"format = {FORMAT}\n".encode()
_NAMED = {"cast": "name", "sources": "url"}  # what a row of theirs is that is text alone


class Document:
    """A catalogue's text, which must be in order, and its releases as plain tables."""

    def __init__(self, path: str, data: bytes | None) -> None:
        """*data* is what the file *path* holds; None if there is none. Raises CatalogueError."""
        self._path = path
        data = _NEW if data is None else data
        self._text, self._style = file_style.taken(path, data)
        self._plain = {**parse.parsed(path, parse.decoded(path, data))}
        if "release" in self._plain:
            self._plain["release"] = [*self._plain["release"]]  # Its tables are never changed.

    @property
    def releases(self) -> list[Table]:
        """The tables of the releases, not to be changed."""
        found: list[Table] = self._plain.get("release", [])
        return found

    @property
    def refusal(self) -> CatalogueError:
        """What is said of a text that can't be changed."""
        what = f"{self._path}: this can't be changed without changing something else"
        return CatalogueError(escape_hostile(f"{what}; change it by hand: countdown edit"))

    def number(self, identifier: str) -> int | None:
        """Where the release with the id *identifier* stands among them."""
        ids = [table.get("id") for table in self.releases]
        return ids.index(identifier) if identifier in ids else None

    def add(self, table: Table) -> None:
        """Put the release *table* at the end."""
        self._plain.setdefault("release", []).append(table)
        self._text = edit.with_table(self._text, "release", table, row=True)

    def set(self, number: int, key: str, value: Any) -> None:
        """Let *key* of the release at *number* be *value*.

        Of a list or a table only the rows and names change that differ, so that the comments
        beside the others stay.
        """
        before = self.releases[number].get(key)
        if type(before) is type(value) and before == value:
            return
        self.releases[number] = {**self.releases[number], key: value}
        self._text = edit.with_value(self._text, ("release", number, key), value, _ROWS)

    def unset(self, number: int, key: str) -> None:
        """Take *key* out of the release at *number*."""
        table = self.releases[number]
        self.releases[number] = {name: one for name, one in table.items() if name != key}
        self._text = edit.without(self._text, ("release", number, key))

    def append(self, number: int, key: str, row: Any) -> None:
        """Put *row* at the end of the list *key* of the release at *number*."""
        self.set(number, key, [*self.releases[number][key], row])

    def remove(self, number: int) -> None:
        """Take the release at *number* out; comments around it stay."""
        del self.releases[number]
        self._text = edit.without(self._text, ("release", number))

    def drop_empty(self, number: int) -> None:
        """Take the release at *number* out if it has no more than its id, and no comments."""
        path = ("release", number)
        if [*self.releases[number]] == ["id"] and not edit.has_comments(self._text, path):
            self.remove(number)

    def data(self) -> bytes:
        """The changed text as bytes. Raises CatalogueError if it says anything but was asked."""
        try:
            found = tomli.loads(self._text)
        except tomli.TOMLDecodeError:
            raise self.refusal from None
        if found != self._plain and _uniform(found) != _uniform(self._plain):
            raise self.refusal
        # What has not changed stays the same object, which was checked before.
        known = [*self.releases]
        for number, table in enumerate(found.get("release", [])):
            if table == known[number]:
                found["release"][number] = known[number]
        self._plain = found
        return self._style.data(self._text)

    def layer(self, data: bytes) -> Layer:
        """The catalogue file that *data*, as the document was written, makes."""
        return load.layer(self._path, data, self._plain)


def _uniform(plain: dict[str, Any]) -> dict[str, Any]:
    """*plain* in which each name and address is a table, and no release is an empty list."""
    releases = [
        {
            key: [_table(key, row) for row in value] if key in _NAMED else value
            for key, value in table.items()
        }
        for table in plain.get("release", [])
    ]
    return {**plain, "release": releases}


def row_name(key: str, row: Any) -> Hashable:
    """What makes *row* of the list *key* the one it is."""
    if key == "dates":
        return row.get("region"), row.get("type")
    if not isinstance(row, dict):
        return cast("Hashable", row)
    return cast("Hashable", row[_NAMED[key]]) if key in _NAMED else frozenset(row.items())


def _table(key: str, row: Any) -> Any:
    """*row* of the list *key* as the table that says the same, if there is one."""
    return {_NAMED[key]: row} if isinstance(row, str) and key in _NAMED else row


_ROWS = edit.Rows(row_name, _table)
