"""Key path → line and column, for a document that tomli has accepted; and where its arrays end.

TOML parsers give values without places, so this walks the text a second time and notes where each
key and array element begins. It relies on the document being valid, and checks nothing.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
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


class Array(NamedTuple):
    """Offsets in the text of an array: its brackets, and behind its last element.

    *comma* says whether one follows that.
    """

    opening: int
    last: int
    comma: bool
    closing: int


class _Open(NamedTuple):
    """An array or inline table that is not closed yet."""

    path: Path
    indices: "Iterator[int] | None"  # of an array's elements to come
    at: int


class Places:
    """Where each key path of one *document* stands."""

    def __init__(self, document: str) -> None:
        self._document = document
        self._at = 0
        self._offsets: dict[Path, int] = {}
        self._lengths: dict[Path, int] = {}  # of arrays of tables
        self._arrays: dict[Path, Array] = {}
        self._behind = 0  # the value before this place
        self._ends = [match.start() for match in re.finditer("\n", document)]  # of lines
        header: Path = ()
        self._skip()
        while self._at < len(document):
            if document[self._at] == "[":
                header = self._header()
            else:
                self._value(self._named(header))
            self._skip()

    def of(self, path: Path) -> Place:
        """The line and column, both from 1, of *path*, or of the nearest thing that contains it."""
        for length in range(len(path), 0, -1):
            offset = self._offsets.get(path[:length])
            if offset is not None:
                above = bisect_left(self._ends, offset)
                return above + 1, offset - (self._ends[above - 1] if above else -1)
        return 1, 1

    def behind(self, path: Path) -> int | None:
        """The line of what follows all of *path*, which is there; None if nothing does."""
        start = self._offsets[path]
        others = (at for at in self._offsets if at[: len(path)] != path)
        following = [at for at in others if self._offsets[at] > start]
        return self.of(min(following, key=self._offsets.__getitem__))[0] if following else None

    def array(self, path: Path) -> Array | None:
        """Where the array at *path* is; None if there is none, or one of tables with headers."""
        return self._arrays.get(path)

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
                within.append(_Open(value, count() if opening == "[" else None, self._at))
                self._at += 1
            else:
                start, self._at = self._at, self._end(_STRING if opening in "\"'" else _SCALAR)
                self._behind = start + len(self._document[start : self._at].rstrip())
            value = self._next(within)

    def _next(self, within: "list[_Open]") -> Path | None:
        """The path of the next value in the arrays and inline tables of *within*, if any."""
        comma = False
        while within:
            self._skip()
            character = self._document[self._at]
            path, indices, opening = within[-1]
            if character in "]},":
                if character == "]":
                    self._arrays[path] = Array(opening, self._behind, comma, self._at)
                comma = character == ","
                self._at += 1
                if not comma:
                    within.pop()
                    self._behind = self._at
            elif indices is None:
                return self._named(path)
            else:
                element = (*path, next(indices))
                self._offsets[element] = self._at
                return element
        return None
