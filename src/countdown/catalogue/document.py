"""The text of a catalogue that is changed in places: comments, order and layout survive.

Every change is made twice: in the text, where only what is other is written, and in the plain
values. The text is then parsed again, and only if it says just that is it given out.
"""

from collections.abc import Hashable, Iterator
from copy import deepcopy
from itertools import count
from typing import Any, cast

import tomli

from countdown.catalogue import amend, arrays, layout
from countdown.catalogue.locate import Path, places_in
from countdown.catalogue.schema import FORMAT
from countdown.catalogue.toml import Table
from countdown.core.text import escape_hostile
from countdown.errors import CatalogueError

_NEW = f"format = {FORMAT}\n".encode()
_NAMED = {"cast": "name", "sources": "url"}  # what a row of theirs is that is text alone


class Document:
    """A catalogue's text, which must be in order, and its releases as plain tables."""

    def __init__(self, path: str, data: bytes | None) -> None:
        """*data* is what the file *path* holds; None if there is none. Raises CatalogueError."""
        self._path = path
        self._text, self._layout = layout.taken(path, _NEW if data is None else data)
        self._plain: dict[str, Any] = tomli.loads(self._text)

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
        known = self._plain.setdefault("release", [])
        known.append(deepcopy(table))
        if ("release",) in places_in(self._text).groups:  # release = [{ … }]
            new = amend.literal(table, flat=True)
            self._arrange(("release",), [*arrays.unchanged(len(known) - 1), (None, new)])
            return
        text = amend.ended(self._text)
        gap = "" if text.endswith("\n\n") and len(known) == 1 else "\n"
        cells = "".join(f"{amend.pair(key, one)}\n" for key, one in table.items())
        self._text = f"{text}{gap}[[release]]\n{cells}"

    def set(self, number: int, key: str, value: Any) -> None:
        """Let *key* of the release at *number* be *value*.

        Of a list or a table only those rows and names change that are other ones, so that what is
        noted beside the others stays.
        """
        path, before = ("release", number, key), self.releases[number].get(key)
        if type(before) is type(value) and before == value:
            return
        if isinstance(before, dict) and before.keys() & value.keys():
            self._set_names(path, before, value)
        elif not (isinstance(before, list) and self._set_rows(path, before, value)):
            self.releases[number][key] = deepcopy(value)
            self._text = amend.with_value(self._text, path, value)

    def unset(self, number: int, key: str) -> None:
        """Take *key* out of the release at *number*."""
        del self.releases[number][key]
        self._text = amend.dropped(self._text, ("release", number, key))

    def append(self, number: int, key: str, row: Any) -> None:
        """Put *row* at the end of the list *key* of the release at *number*."""
        self.set(number, key, [*self.releases[number][key], row])

    def remove(self, number: int) -> None:
        """Take the release at *number* out; what was noted around it stays."""
        del self.releases[number]
        if ("release",) in places_in(self._text).groups:
            self._arrange(("release",), arrays.unchanged(len(self.releases) + 1, omit=number))
            return
        self._text = amend.cut(self._text, ("release", number))
        if not self.releases:
            del self._plain["release"]

    def drop_empty(self, number: int) -> None:
        """Take the release at *number* out if it has no more than its id, and nothing is noted."""
        path = ("release", number)
        if [*self.releases[number]] != ["id"] or path in places_in(self._text).groups:
            return
        lines = amend.lines_of(self._text)[amend.lines_at(self._text, path, noted=True)]
        if not any("#" in line for line in lines):
            self.remove(number)

    def _set_names(self, path: Path, before: Table, value: Table) -> None:
        """Let the table at *path* be *value*, not *before*, of whose names it has some."""
        for name in [name for name in before if name not in value]:
            del before[name]
            self._text = amend.dropped(self._text, (*path, name))
        for name, one in value.items():
            if before.get(name) != one:
                self._text = amend.with_value(self._text, (*path, name), one)
                before[name] = deepcopy(one)

    def _set_rows(self, path: Path, before: list[Any], value: list[Any]) -> bool:
        """Let the list at *path* be *value*, not *before*; False if nothing of it can stay."""
        key = str(path[-1])
        found = _matches(key, before, value)
        array = path in places_in(self._text).groups
        if not array and found.count(None) == len(found):
            return False
        parts: list[arrays.Part] = []
        rows = []
        for index, row in zip(found, value, strict=True):
            new = None
            if index is None or not self._set_row((*path, index), before[index], row, braces=array):
                new = amend.literal(row, flat=True)
            rows.append(before[index] if index is not None and new is None else deepcopy(row))
            parts.append((index, new))
        if array:
            before[:] = rows
            self._arrange(path, parts)
            self._text = amend.narrowed(self._text, path, before)
            return True
        self._set_tables(path, before, value, found)
        return True

    def _set_tables(
        self, path: Path, before: list[Any], value: list[Any], found: list[int | None]
    ) -> None:
        """Let the tables with headers at *path* be those *found*, and for each None one of *value*.

        What is said in those that stay is right already.
        """
        kept = {index for index in found if index is not None}
        for gone in reversed(range(len(before))):
            if gone not in kept:
                del before[gone]
                self._text = amend.cut(self._text, (*path, gone))
        for row, index in zip(value, found, strict=True):
            if index is None:
                before.append(deepcopy(_table(str(path[-1]), row)))
                self._text = amend.with_row(self._text, path, before[-1])
        numbers = count()
        staying = {index: next(numbers) for index in sorted(kept)}
        order = [next(numbers) if index is None else staying[index] for index in found]
        if order != sorted(order):
            before[:] = [before[index] for index in order]
            self._text = amend.ordered(self._text, path, order)

    def _set_row(self, path: Path, before: Any, row: Any, *, braces: bool) -> bool:
        """Let the row at *path* be *row*, not *before*; False if it must be written anew.

        Of those in *braces* a table is not made of a text, nor a text of a table.
        """
        key = str(path[-2])
        if _table(key, before) == _table(key, row):
            return True
        if not isinstance(before, dict) or (braces and not isinstance(row, dict)):
            return False
        self._set_names(path, before, _table(key, row))
        return True

    def _arrange(self, path: Path, parts: list[arrays.Part]) -> None:
        self._text = arrays.arranged(self._text, path, parts)

    def data(self) -> bytes:
        """The changed text as bytes. Raises CatalogueError if it says anything but was asked."""
        try:
            sound = tomli.loads(self._text) == self._plain
        except tomli.TOMLDecodeError:
            sound = False
        if not sound:
            raise self.refusal
        return self._layout.data(self._text)


def _matches(key: str, before: list[Any], after: list[Any]) -> list[int | None]:
    """The index in *before* of each row of *after*, rows of the list *key*; None of a new one."""
    places = {name: index for index, name in enumerate(_names(key, before))}
    return [places.get(name) for name in _names(key, after)]


def _names(key: str, rows: list[Any]) -> Iterator[tuple[object, int]]:
    """What makes each of *rows* the one it is, even if there are several alike."""
    counts: dict[object, int] = {}
    for row in rows:
        name = row_name(key, row)
        number = counts[name] = counts.get(name, -1) + 1
        yield name, number


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
