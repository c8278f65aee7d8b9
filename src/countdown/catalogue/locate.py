"""Key path → line and column, for a document that tomli has accepted. Used only to report problems.

TOML parsers give values without places, so this walks the text a second time and notes where each
key and array element begins. It relies on the document being valid, and checks nothing.
"""

import re
from typing import Final

Place = tuple[int, int]
Path = tuple["str | int", ...]

_BLANK: Final = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_KEY_PART: Final = re.compile(r"""[ \t]*("(?:[^"\\]|\\.)*"|'[^']*'|[A-Za-z0-9_-]+)[ \t]*""")
_STRING: Final = re.compile(
    r'"""(?:[^\\]|\\.)*?"""(?!")|' + r"'''.*?'''(?!')|" + r""""(?:[^"\\]|\\.)*"|'[^']*'""",
    re.DOTALL,
)
_SCALAR: Final = re.compile(r"[^,\]}#\n]*")


class Places:
    """Where each key path of one *document* stands."""

    def __init__(self, document: str) -> None:
        self._document = document
        self._at = 0
        self._offsets: dict[Path, int] = {}
        self._lengths: dict[Path, int] = {}  # of arrays of tables
        header: Path = ()
        self._skip()
        while self._at < len(document):
            if document[self._at] == "[":
                header = self._header()
            else:
                self._pair(header)
            self._skip()

    def of(self, path: Path) -> Place:
        """The line and column, both from 1, of *path*, or of the nearest thing that contains it."""
        for length in range(len(path), 0, -1):
            offset = self._offsets.get(path[:length])
            if offset is not None:
                line = self._document.count("\n", 0, offset) + 1
                return line, offset - self._document.rfind("\n", 0, offset)
        return 1, 1

    def _skip(self) -> None:
        self._at = self._end(_BLANK)

    def _end(self, pattern: "re.Pattern[str]") -> int:
        match = pattern.match(self._document, self._at)
        return match.end() if match else self._at

    def _header(self) -> Path:
        start = self._at
        brackets = 2 if self._document.startswith("[[", start) else 1
        self._at += brackets
        *parents, last = self._key()
        self._at += brackets
        path = (*self._resolved(parents), last)
        if brackets == 2:
            index = self._lengths.get(path, 0)
            self._lengths[path] = index + 1
            path = (*path, index)
        self._offsets.setdefault(path, start)
        return path

    def _resolved(self, parts: list[str]) -> Path:
        """*parts* with the index of the latest element put in wherever they name an array."""
        path: Path = ()
        for part in parts:
            path = (*path, part)
            if path in self._lengths:
                path = (*path, self._lengths[path] - 1)
        return path

    def _key(self) -> list[str]:
        parts = []
        while match := _KEY_PART.match(self._document, self._at):
            parts.append(match[1].strip("\"'"))
            self._at = match.end()
            if not self._document.startswith(".", self._at):
                break
            self._at += 1
        return parts

    def _pair(self, parent: Path) -> None:
        start, path = self._at, parent
        for part in self._key():
            path = (*path, part)
            self._offsets.setdefault(path, start)
        self._at += 1  # the equals sign
        self._skip()
        self._value(path)

    def _value(self, path: Path) -> None:
        opening = self._document[self._at]
        if opening in "[{":
            self._at += 1
            self._elements(path, array=opening == "[")
        else:
            self._at = self._end(_STRING if opening in "\"'" else _SCALAR)

    def _elements(self, path: Path, *, array: bool) -> None:
        """What stands in an array or an inline table, up to and with its closing bracket."""
        index = 0
        self._skip()
        while self._document[self._at] not in "]}":
            if array:
                element = (*path, index)
                self._offsets[element] = self._at
                self._value(element)
            else:
                self._pair(path)
            index += 1
            self._skip()
            if self._document[self._at] == ",":
                self._at += 1
                self._skip()
        self._at += 1
