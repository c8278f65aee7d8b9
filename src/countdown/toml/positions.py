"""Key path → line and column, for messages about a document that tomli has accepted.

TOML parsers return values without positions, so this walks the text a second time and records the
offset of each key and array element. It relies on the document being valid, and checks nothing.
"""

import re
from collections.abc import Collection, Iterator
from itertools import count
from typing import Final, NamedTuple

import tomli

Place = tuple[int, int]
KeyPath = tuple[str | int, ...]

# No pattern repeats a group: re would take 160 bytes for each repetition.
_BLANK: Final = re.compile(r"[ \t\r\n]*")
_INDENT: Final = re.compile(r"[ \t]*")
_BARE_KEY: Final = re.compile(r"[A-Za-z0-9_-]+")
_SCALAR: Final = re.compile(r"[^,\]}#\n]*")


class _Container(NamedTuple):
    """An array or inline table that is not closed yet."""

    path: KeyPath
    indices: Iterator[int] | None  # of its next elements, if it is an array


class Places:
    """The offset of each key path of one *document*, or only those of *paths*."""

    def __init__(self, document: str, paths: Collection[KeyPath] | None = None) -> None:
        self._document = document
        self._prefixes: set[KeyPath] | None = None  # of *paths*
        self._missing = {path for path in paths or () if path}  # those of *paths* without offset
        if paths is not None:
            self._prefixes = {path[:n] for path in paths for n in range(1, len(path) + 1)}
        self._position = 0
        self._offsets: dict[KeyPath, int] = {}
        self._lengths: dict[KeyPath, int] = {}  # of arrays of tables
        self._line_cache = (0, 0)  # an offset, and the number of line ends before it
        header: KeyPath = ()
        self._skip_blanks()
        while self._position < len(document) and not self._is_done():
            if document[self._position] == "[":
                header = self._read_header()
            else:
                self._walk_value(self._read_key_path(header))
            self._skip_blanks()

    def line_and_column(self, path: KeyPath) -> Place:
        """The line and column, both from 1, of *path*, or of its nearest container."""
        offset = self.offset(path)
        return self._line(offset), offset - self._document.rfind("\n", 0, offset)

    def offset(self, path: KeyPath) -> int:
        """The offset of *path*, or of its nearest container."""
        for length in range(len(path), 0, -1):
            offset = self._offsets.get(path[:length])
            if offset is not None:
                return offset
        return 0

    def _line(self, offset: int) -> int:
        """The line of *offset*, counted from that of the previous call if possible."""
        start, ends = self._line_cache if self._line_cache[0] <= offset else (0, 0)
        ends += self._document.count("\n", start, offset)
        self._line_cache = (offset, ends)
        return ends + 1

    def _record(self, path: KeyPath, start: int, *, overwrite: bool = False) -> None:
        """Record the offset *start* of *path* if it is needed; the first one unless *overwrite*."""
        is_needed = self._prefixes is None or path in self._prefixes
        if is_needed and (overwrite or path not in self._offsets):
            self._offsets[path] = start
            self._missing.discard(path)

    def _is_done(self) -> bool:
        """True if every needed path has its offset, so that the rest need not be walked."""
        return self._prefixes is not None and not self._missing

    def _skip_blanks(self) -> None:
        """Walk past blanks and comments."""
        self._position = self._match_end(_BLANK)
        while self._document.startswith("#", self._position):
            end = self._document.find("\n", self._position)
            self._position = end if end >= 0 else len(self._document)
            self._position = self._match_end(_BLANK)

    def _skip_string(self) -> None:
        """Walk past the string that starts here."""
        document, quote = self._document, self._document[self._position]
        closing = quote * 3 if document.startswith(quote * 3, self._position) else quote
        self._position += len(closing)
        stop = document.find(closing, self._position)
        while quote == '"' and (escape := document.find("\\", self._position, stop)) >= 0:
            self._position = escape + 2
            if self._position > stop:
                stop = document.find(closing, self._position)
        self._position = stop + len(closing)
        while len(closing) == 3 and document.startswith(quote, self._position):
            self._position += 1

    def _match_end(self, pattern: re.Pattern[str]) -> int:
        match = pattern.match(self._document, self._position)
        return match.end() if match else self._position

    def _read_header(self) -> KeyPath:
        start = self._position
        brackets = 2 if self._document.startswith("[[", start) else 1
        self._position += brackets
        path: KeyPath = ()
        for part in self._read_key():
            if path in self._lengths:  # The header is within that array's latest element.
                path = (*path, self._lengths[path] - 1)
            path = (*path, part)
            self._record(path, start)
        self._position += brackets
        if brackets == 2:
            index = self._lengths.get(path, 0)
            self._lengths[path] = index + 1
            path = (*path, index)
            self._record(path, start, overwrite=True)
        return path

    def _read_key(self) -> list[str]:
        parts: list[str] = []
        dotted = True
        while dotted:
            start = self._position = self._match_end(_INDENT)
            quoted = self._document[start] in "\"'"
            if quoted:
                self._skip_string()
            else:
                self._position = self._match_end(_BARE_KEY)
            part = self._document[start : self._position]
            parts.append(tomli.loads(f"key = {part}")["key"] if quoted else part)
            self._position = self._match_end(_INDENT)
            dotted = self._document.startswith(".", self._position)
            self._position += dotted
        return parts

    def _read_key_path(self, parent: KeyPath) -> KeyPath:
        """Walk past a key and its equals sign; returns the path of the key."""
        start, path = self._position, parent
        for part in self._read_key():
            path = (*path, part)
            self._record(path, start)
        self._position += 1  # the equals sign
        self._skip_blanks()
        return path

    def _walk_value(self, path: KeyPath) -> None:
        """Walk past the value of *path*, and record the offset of everything in it."""
        containers: list[_Container] = []  # not recursion: values nest deeper than Python calls
        value: KeyPath | None = path
        while value is not None and not self._is_done():
            opening = self._document[self._position]
            if opening in "[{":
                containers.append(_Container(value, count() if opening == "[" else None))
                self._position += 1
            elif opening in "\"'":
                self._skip_string()
            else:
                self._position = self._match_end(_SCALAR)
            value = self._next_path(containers)

    def _next_path(self, containers: list[_Container]) -> KeyPath | None:
        """The path of the next value in the innermost of *containers*, or None after the last."""
        while containers:
            self._skip_blanks()
            character = self._document[self._position]
            path, indices = containers[-1]
            if character in "]},":
                self._position += 1
                if character != ",":
                    containers.pop()
                continue
            if indices is None:
                return self._read_key_path(path)
            part = (*path, next(indices))
            self._record(part, self._position, overwrite=True)
            return part
        return None
