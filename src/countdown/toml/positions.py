"""Key path → line and column, for messages about a document that tomli has accepted.

TOML parsers return values without positions, so this walks the text a second time and keeps where
each key and array element starts. It relies on the document being valid, and checks nothing.
"""

import re
from collections.abc import Collection, Iterator
from itertools import count
from typing import Final, NamedTuple

import tomli

Place = tuple[int, int]
Path = tuple[str | int, ...]

# No pattern repeats a group: for each turn of one, re keeps 160 bytes until it is done.
_BLANK: Final = re.compile(r"[ \t\r\n]*")
_INDENT: Final = re.compile(r"[ \t]*")
_BARE_KEY: Final = re.compile(r"[A-Za-z0-9_-]+")
_SCALAR: Final = re.compile(r"[^,\]}#\n]*")


class _Open(NamedTuple):
    """An array or inline table that is not closed yet."""

    path: Path
    indices: Iterator[int] | None  # of an array's elements to come


class Places:
    """Where each key path of one *document* starts; with *wanted*, only those paths are kept."""

    def __init__(self, document: str, wanted: Collection[Path] | None = None) -> None:
        self._document = document
        self._wanted: set[Path] | None = None
        self._missing = {path for path in wanted or () if path}  # of those wanted
        if wanted is not None:
            self._wanted = {path[:n] for path in wanted for n in range(1, len(path) + 1)}
        self._at = 0
        self._offsets: dict[Path, int] = {}
        self._lengths: dict[Path, int] = {}  # of arrays of tables
        self._counted = (0, 0)  # an offset, and how many lines end before it
        header: Path = ()
        self._skip()
        while self._at < len(document) and not self._is_done():
            if document[self._at] == "[":
                header = self._header()
            else:
                self._value(self._named(header))
            self._skip()

    def of(self, path: Path) -> Place:
        """The line and column, both from 1, of *path*, or of the nearest thing that contains it."""
        offset = self.offset(path)
        return self._line(offset), offset - self._document.rfind("\n", 0, offset)

    def offset(self, path: Path) -> int:
        """The offset of *path*, or of the nearest thing that contains it."""
        for length in range(len(path), 0, -1):
            offset = self._offsets.get(path[:length])
            if offset is not None:
                return offset
        return 0

    def _line(self, offset: int) -> int:
        """The line of *offset*, counted from the last one that was asked for if that is before."""
        at, ends = self._counted if self._counted[0] <= offset else (0, 0)
        ends += self._document.count("\n", at, offset)
        self._counted = (offset, ends)
        return ends + 1

    def _note(self, path: Path, start: int, *, again: bool = False) -> None:
        """Let *path* begin at *start* if it is wanted, and has not begun before or does *again*."""
        if (self._wanted is None or path in self._wanted) and (again or path not in self._offsets):
            self._offsets[path] = start
            self._missing.discard(path)

    def _is_done(self) -> bool:
        """Whether every path *wanted* has its place, so that the rest need not be walked."""
        return self._wanted is not None and not self._missing

    def _skip(self) -> None:
        """Walk past blanks and comments."""
        self._at = self._end(_BLANK)
        while self._document.startswith("#", self._at):
            end = self._document.find("\n", self._at)
            self._at = end if end >= 0 else len(self._document)
            self._at = self._end(_BLANK)

    def _string(self) -> None:
        """Walk past the string that begins here."""
        document, quote = self._document, self._document[self._at]
        closing = quote * 3 if document.startswith(quote * 3, self._at) else quote
        self._at += len(closing)
        stop = document.find(closing, self._at)
        while quote == '"' and (escape := document.find("\\", self._at, stop)) >= 0:
            self._at = escape + 2
            if self._at > stop:
                stop = document.find(closing, self._at)
        self._at = stop + len(closing)
        while len(closing) == 3 and document.startswith(quote, self._at):  # up to two of its own
            self._at += 1

    def _end(self, pattern: re.Pattern[str]) -> int:
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
            self._note(path, start)
        self._at += brackets
        if brackets == 2:
            index = self._lengths.get(path, 0)
            self._lengths[path] = index + 1
            path = (*path, index)
            self._note(path, start, again=True)
        return path

    def _key(self) -> list[str]:
        parts: list[str] = []
        dotted = True
        while dotted:
            start = self._at = self._end(_INDENT)
            quoted = self._document[start] in "\"'"
            if quoted:
                self._string()
            else:
                self._at = self._end(_BARE_KEY)
            part = self._document[start : self._at]
            parts.append(tomli.loads(f"key = {part}")["key"] if quoted else part)
            self._at = self._end(_INDENT)
            dotted = self._document.startswith(".", self._at)
            self._at += dotted
        return parts

    def _named(self, parent: Path) -> Path:
        """The path of the key that stands here, up to its value."""
        start, path = self._at, parent
        for part in self._key():
            path = (*path, part)
            self._note(path, start)
        self._at += 1  # the equals sign
        self._skip()
        return path

    def _value(self, path: Path) -> None:
        """Walk past the value of *path*, and note where everything in it begins."""
        within: list[_Open] = []  # A list, for values nest deeper than Python calls.
        value: Path | None = path
        while value is not None and not self._is_done():
            opening = self._document[self._at]
            if opening in "[{":
                within.append(_Open(value, count() if opening == "[" else None))
                self._at += 1
            elif opening in "\"'":
                self._string()
            else:
                self._at = self._end(_SCALAR)
            value = self._next(within)

    def _next(self, within: list[_Open]) -> Path | None:
        """The path of the next value in the arrays and inline tables of *within*, if any."""
        while within:
            self._skip()
            character = self._document[self._at]
            path, indices = within[-1]
            if character in "]},":
                self._at += 1
                if character != ",":
                    within.pop()
                continue
            if indices is None:
                return self._named(path)
            part = (*path, next(indices))
            self._note(part, self._at, again=True)
            return part
        return None
