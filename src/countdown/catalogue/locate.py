"""Key path → where it stands in the text of a document that tomli has accepted.

TOML parsers give values without places, so this walks the text a second time and notes where each
key and array element begins. It relies on the document being valid, and checks nothing.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache
from itertools import count
from typing import Final, NamedTuple

import tomli

Place = tuple[int, int]
Path = tuple["str | int", ...]

_BLANK: Final = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_KEY_PART: Final = re.compile(r"""[ \t]*("(?:[^"\\]|\\.)*"|'[^']*'|[A-Za-z0-9_-]+)[ \t]*""")
_STRING: Final = re.compile(
    r'"""(?:[^\\]|\\.)*?"""(?!")|' + r"'''.*?'''(?!')|" + r""""(?:[^"\\]|\\.)*"|'[^']*'""",
    re.DOTALL,
)
_SCALAR: Final = re.compile(r"[^,\]}#\n]*")


class Span(NamedTuple):
    """Offsets in the text: of a key or an element, of its value, and behind that."""

    start: int
    value: int
    stop: int


class Group(NamedTuple):
    """Offsets of the brackets or braces around the *parts* of an array or an inline table."""

    opening: int
    parts: tuple[Path, ...]
    closing: int


class Header(NamedTuple):
    """A header in brackets: its offsets, and the path of the table that begins with it."""

    start: int
    stop: int
    path: Path


class _Open(NamedTuple):
    """An array or inline table that is not closed yet."""

    path: Path
    indices: "Iterator[int] | None"  # of an array's elements to come
    at: int
    parts: list[Path]


class Places:
    """Where each key path of one *document* stands.

    *spans* are those of all that has a value of its own, *groups* those of arrays and inline
    tables, and *rooms* those of tables that have headers, each with its last key, or the header if
    there is none, behind which one more can stand.
    """

    def __init__(self, document: str) -> None:
        self._document = document
        self._at = 0
        self._offsets: dict[Path, int] = {}
        self._lengths: dict[Path, int] = {}  # of arrays of tables
        self.spans: dict[Path, Span] = {}
        self.groups: dict[Path, Group] = {}
        self._headers: list[Header] = []
        self.rooms: dict[Path, Span | Header] = {}
        self._ends = [match.start() for match in re.finditer("\n", document)]  # of lines
        header: Path = ()
        self._skip()
        while self._at < len(document):
            if document[self._at] == "[":
                header = self._header()
            else:
                path = self._named(header)
                self._value(path)
                self.rooms[header] = self.spans[path]
            self._skip()

    def of(self, path: Path) -> Place:
        """The line and column, both from 1, of *path*, or of the nearest thing that contains it."""
        for length in range(len(path), 0, -1):
            offset = self._offsets.get(path[:length])
            if offset is not None:
                above = bisect_left(self._ends, offset)
                return above + 1, offset - (self._ends[above - 1] if above else -1)
        return 1, 1

    def headers(self, path: Path) -> list[Header]:
        """The headers of the table, or of the tables, at *path*, and of those in them."""
        return [one for one in self._headers if one.path[: len(path)] == path]

    def keys(self, path: Path) -> list[Path]:
        """The paths of the keys that say what *path* is: itself, or several that have dots."""
        found: list[Path] = []
        for one in sorted(self.spans, key=len):
            if one[: len(path)] == path and not any(one[: len(up)] == up for up in found):
                found.append(one)
        return sorted(found, key=self._offsets.__getitem__)

    def behind(self, header: Header) -> int:
        """The line of the next header that is no part of the table of that *header*.

        If there is none, it is the one behind the last.
        """
        for one in self._headers:
            if one.start > header.start and one.path[: len(header.path)] != header.path:
                return bisect_left(self._ends, one.start) + 1
        return len(self._ends) + (not self._document.endswith("\n")) + 1

    def _skip(self) -> None:
        self._at = self._end(_BLANK)

    def _end(self, pattern: "re.Pattern[str]") -> int:
        match = pattern.match(self._document, self._at)
        return match.end() if match else self._at

    def _header(self) -> Path:
        start = self._at
        brackets = 2 if self._document.startswith("[[", start) else 1
        self._at += brackets
        path: Path = ()
        for part in self._key():
            if path in self._lengths:  # It leads into the latest element of that array.
                path = (*path, self._lengths[path] - 1)
            path = (*path, part)
            self._offsets.setdefault(path, start)
        self._at += brackets
        if brackets == 2:
            index = self._lengths.get(path, 0)
            self._lengths[path] = index + 1
            path = (*path, index)
            self._offsets[path] = start
        self._headers.append(Header(start, self._at, path))
        self.rooms[path] = self._headers[-1]
        return path

    def _key(self) -> list[str]:
        parts: list[str] = []
        dotted = True
        while dotted and (match := _KEY_PART.match(self._document, self._at)):
            quoted = match[1][0] in "\"'"
            parts.append(tomli.loads(f"key = {match[1]}")["key"] if quoted else match[1])
            dotted = self._document.startswith(".", match.end())
            self._at = match.end() + dotted
        return parts

    def _named(self, parent: Path) -> Path:
        """The path of the key that stands here, up to its value."""
        start, path = self._at, parent
        for part in self._key():
            path = (*path, part)
            self._offsets.setdefault(path, start)
        self._at += 1  # the equals sign
        self._skip()
        return path

    def _value(self, path: Path) -> None:
        """Walk past the value of *path*, and note where everything in it begins."""
        within: list[_Open] = []  # A list, for values nest deeper than Python calls.
        value: Path | None = path
        while value is not None:
            opening = self._document[self._at]
            if opening in "[{":
                within.append(_Open(value, count() if opening == "[" else None, self._at, []))
                self._at += 1
            else:
                start, self._at = self._at, self._end(_STRING if opening in "\"'" else _SCALAR)
                stop = start + len(self._document[start : self._at].rstrip())
                self.spans[value] = Span(self._offsets[value], start, stop)
            value = self._next(within)

    def _next(self, within: "list[_Open]") -> Path | None:
        """The path of the next value in the arrays and inline tables of *within*, if any."""
        while within:
            self._skip()
            character = self._document[self._at]
            path, indices, opening, parts = within[-1]
            if character in "]},":
                self._at += 1
                if character != ",":
                    within.pop()
                    self.groups[path] = Group(opening, tuple(parts), self._at - 1)
                    self.spans[path] = Span(self._offsets[path], opening, self._at)
            elif indices is None:
                parts.append(self._named(path))
                return parts[-1]
            else:
                parts.append((*path, next(indices)))
                self._offsets[parts[-1]] = self._at
                return parts[-1]
        return None


@lru_cache(maxsize=1)
def places_in(text: str) -> Places:
    """The places of *text*, not to be changed: one change asks several times for the same."""
    return Places(text)
