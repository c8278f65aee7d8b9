"""The text of a catalogue that is changed in places: comments, order and layout survive.

Every change is made twice: in the text, by tomlkit, and in the plain values. The text is then
parsed again, and only if it says just that is it given out.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from typing import Any

import tomli

from countdown.catalogue import layout, trivia
from countdown.catalogue.fields import FORMAT
from countdown.catalogue.locate import Places
from countdown.catalogue.toml import Table
from countdown.core.text import visible
from countdown.errors import CatalogueError

_NEW = f"format = {FORMAT}\n".encode()
_ROW = {"cast": "name", "sources": "url"}  # what a row of theirs says that is text alone


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

    def number(self, identifier: str) -> int | None:
        """Where the release with the id *identifier* stands among them."""
        ids = [table.get("id") for table in self.releases]
        return ids.index(identifier) if identifier in ids else None

    def add(self, table: Table) -> None:
        """Put the release *table* at the end."""
        import tomlkit  # Deferred, as below: 60 ms, and only a change needs it.

        listed = bool(self.releases) and self._place("release", 0) is None
        listed = listed or self._plain.get("release") == []
        self._plain.setdefault("release", []).append(deepcopy(table))
        if listed:  # release = [{ … }]
            with self._changing() as document:
                document["release"].append(trivia.item(table, 0))
            return
        new = tomlkit.table()
        for key, value in table.items():
            new.add(key, trivia.item(value, len(key)))
        text = trivia.ended(self._text)
        gap = "" if text.endswith("\n\n") and len(self.releases) == 1 else "\n"
        self._text = f"{text}{gap}[[release]]\n{new.as_string()}"

    def set(self, number: int, key: str, value: Any) -> None:
        """Let *key* of the release at *number* be *value*."""
        import tomlkit

        kinds: Any = tomlkit.items

        before = self.releases[number].get(key)
        if (type(before) is type(value) and before == value) or self._amended(number, key, value):
            return
        self.releases[number][key] = deepcopy(value)
        with self._entry(number) as table:
            written = table.get(key)
            if isinstance(written, bool) or (
                isinstance(written, kinds.Item)
                and not isinstance(written, (kinds.AoT, kinds.Table))
            ):
                table[key] = trivia.item(value, len(key))
            else:  # It was not said, or over several lines: as tables, or by keys with dots.
                if written is not None:
                    trivia.take(table, key)
                trivia.put(table, key, trivia.item(value, len(key)))

    def _amended(self, number: int, key: str, value: Any) -> bool:
        """Make *key* be *value* part by part, so that all else in it stays; False if it can't be.

        Names of a table, and rows and their cells, are changed, taken out, and put at the end; of
        what is in one line there is nothing else.
        """
        before = self.releases[number].get(key)
        if isinstance(before, dict) and isinstance(value, dict) and before.keys() <= value.keys():
            self._set_names(number, key, value)
            return True
        if not (isinstance(before, list) and isinstance(value, list) and before and value):
            return False
        array = Places(self._text).array(("release", number, key))
        if array and "\n" not in self._text[array.opening : array.closing]:
            return False
        staying = [row for row in before if row in value]
        if staying == value:
            for index in reversed([at for at, row in enumerate(before) if row not in value]):
                self._remove_in(number, key, index)
            return True
        pairs = [*zip(deepcopy(before), value, strict=False)]
        if len(value) < len(before) or not all(a == b or _alike(a, b) for a, b in pairs):
            return False
        for index, (old, new) in enumerate(pairs):
            for name in new if old != new else ():
                if old[name] != new[name]:
                    self.set_in(number, key, index, name, new[name])
        for row in value[len(before) :]:
            self.append(number, key, row if array or isinstance(row, dict) else {_ROW[key]: row})
        return True

    def _set_names(self, number: int, key: str, value: Table) -> None:
        known = self.releases[number][key]
        changed = {name: one for name, one in value.items() if known.get(name) != one}
        with self._entry(number) as table:
            for name, one in changed.items():
                if name in known:
                    table[key][name] = trivia.item(one, len(name))
                else:
                    trivia.put(table[key], name, trivia.item(one, len(name)))
        known.update(deepcopy(changed))

    def unset(self, number: int, key: str) -> None:
        """Take *key* out of the release at *number*."""
        del self.releases[number][key]
        with self._entry(number) as table:
            trivia.take(table, key)

    def set_in(self, number: int, key: str, index: int, name: str, value: object) -> None:
        """Let *name* of the table at *index* in *key* of the release at *number* be *value*."""
        self.releases[number][key][index][name] = deepcopy(value)
        with self._entry(number) as table:
            table[key][index][name] = trivia.item(value, len(name))

    def append(self, number: int, key: str, row: Any) -> None:
        """Put *row*, mostly a table, at the end of the list *key* of the release at *number*."""
        import tomlkit

        self.releases[number][key].append(deepcopy(row))
        array = Places(self._text).array(("release", number, key))
        longer = array and trivia.appended(self._text, array, row)
        if longer:
            self._text = longer
            return
        with self._entry(number) as table:
            rows = table[key]
            if isinstance(rows, tomlkit.items.AoT):
                tail = trivia.tail_of(rows[-1])
                new = tomlkit.table()
                new.update(row)
                new.trivia.indent = "\n"
                rows.append(new)
                rows[-1].value.body.extend(tail)
            else:
                rows.append(trivia.item(row, 0))

    def _remove_in(self, number: int, key: str, index: int) -> None:
        """Take the row at *index* out of the list *key* of the release at *number*."""
        place = self._place("release", number, key, index)
        del self.releases[number][key][index]
        if place is None:
            with self._entry(number) as table:
                del table[key][index]
        else:
            self._cut(place)

    @contextmanager
    def _entry(self, number: int) -> Iterator[Any]:
        """The release at *number* as tomlkit has it; what becomes of it is then in the text."""
        place = self._place("release", number)
        with self._changing(place) as document:
            yield document["release"][0 if place else number]

    @contextmanager
    def _changing(self, place: slice | None = None) -> Iterator[Any]:
        """The lines at *place*, or all, as tomlkit has them; what becomes of them is then the text.

        A last line that nobody has changed stays without an end.
        """
        import tomlkit

        lines = trivia.lines_of(self._text)
        place = place or slice(0, len(lines))
        text = "".join(lines[place])
        before = trivia.ended(text)
        document = tomlkit.parse(before)
        trivia.keep_spaces(document.body, inline=False)
        unchanged = tomlkit.dumps(document)
        yield document
        after = tomlkit.dumps(document)
        if unchanged != before:
            after = trivia.merged(before, unchanged, after)
        last = text.rpartition("\n")[2]
        after = after[:-1] if last and after.endswith(f"{last}\n") else after
        self._text = "".join([*lines[: place.start], after, *lines[place.stop :]])

    def remove(self, number: int) -> None:
        """Take the release at *number* out; what was noted around it stays."""
        place = self._place("release", number)
        del self.releases[number]
        if place is None:
            with self._changing() as document:
                del document["release"][number]
        else:
            self._cut(place)
            if not self.releases:
                del self._plain["release"]

    def _cut(self, place: slice) -> None:
        """Take the lines at *place* out, and one of two empty ones around them."""
        lines = trivia.lines_of(self._text)
        before, after = lines[: place.start], lines[place.stop :]
        while before and after and not before[-1].strip() and not after[0].strip():
            after.pop(0)
        while before and not after and not before[-1].strip():
            before.pop()
        self._text = "".join([*before, *after])

    def drop_empty(self, number: int) -> None:
        """Take the release at *number* out if it has no more than its id, and no comment."""
        if [*self.releases[number]] != ["id"]:
            return
        place = self._place("release", number)
        if place and not any("#" in line for line in trivia.lines_of(self._text)[place]):
            self.remove(number)

    def _place(self, *path: "str | int") -> slice | None:
        """The lines of the table at *path*; None if it is an element of a list in brackets."""
        lines, places = trivia.lines_of(self._text), Places(self._text)
        first, column = places.of(path)
        if not lines[first - 1][column - 1 :].startswith("[["):
            return None
        following = places.behind(path)
        end = len(lines) if following is None else following - 1
        # What is noted above the next table is not about this one.
        while lines[end - 1].strip() == "" or lines[end - 1].lstrip().startswith("#"):
            end -= 1
        while not _whole("".join(lines[first - 1 : end])):
            end += 1  # A long string can end in a line that looks like a comment.
        return slice(first - 1, end)

    def data(self) -> bytes:
        """The changed text as bytes. Raises CatalogueError if it says anything but was asked."""
        try:
            sound = tomli.loads(self._text) == self._plain
        except tomli.TOMLDecodeError:
            sound = False
        if not sound:
            what = f"{self._path}: this can't be changed without changing something else"
            raise CatalogueError(visible(f"{what}; change it by hand: countdown edit"))
        return self._layout.data(self._text)


def _alike(one: object, other: object) -> bool:
    """Whether two rows are tables of the same names."""
    return isinstance(one, dict) and isinstance(other, dict) and one.keys() == other.keys()


def _whole(text: str) -> bool:
    """Whether *text* ends where a value ends."""
    try:
        tomli.loads(text)
    except tomli.TOMLDecodeError:
        return False
    return True
