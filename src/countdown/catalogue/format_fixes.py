"""Rewrites a loosely written catalogue file in the format; comments and layout survive.

Names of keys, values and headers are changed in place where possible. Any other entry is written
anew, with its comments above it.
"""

import re
from typing import Any, Final, NamedTuple

from countdown.catalogue import load, readings
from countdown.catalogue.document import value_at
from countdown.catalogue.entry_texts import (
    entry_span,
    header_end,
    new_entry,
    offsets,
    with_comments,
)
from countdown.catalogue.load import Layer
from countdown.catalogue.messages import origin_of
from countdown.catalogue.readings import LooseFile
from countdown.catalogue.strict_tables import is_same
from countdown.core.text import escape_hostile
from countdown.errors import CatalogueError
from countdown.toml import file_style, literals
from countdown.toml.literals import literal
from countdown.toml.parse import Table
from countdown.toml.positions import KeyPath, Places
from countdown.toml.statements import Statement, comments, header, statements, value_end

_MAX_WIDTH: Final = 100  # columns
_KEY: Final = re.compile(r"([A-Za-z0-9_-]+|\"[^\"\\\n]*\"|'[^'\n]*')[ \t]*=[ \t]*")
_COMMENTS_ABOVE: Final = re.compile(r"(?:^[ \t]*#[^\n]*\n)+\Z", re.MULTILINE)
_REST_OF_LINE: Final = re.compile(r"[ \t]*(#[^\n]*)?(?:\n|\Z)")


class _NotInPlace(Exception):  # noqa: N818  # a way, not a failure
    """A part of the file can't be changed without writing its entry anew."""


class _Edit(NamedTuple):
    """Text to be put in place of that from *start* to *stop*."""

    start: int
    stop: int
    text: str


def fix(layer: Layer) -> bytes:
    """The content of the file of *layer*, rewritten in the format.

    *layer* has no problems; its tables are complete and not emptied yet. Raises CatalogueError if
    the file can't be rewritten.
    """
    if layer.source is not None:
        what = "This is what a source says, and it's read as it is."
        raise CatalogueError(escape_hostile(f"{layer.path}: {what} To check it: countdown check"))
    file = readings.loose_file(layer)
    text, style = file_style.split_style(layer.path, layer.content)
    for write in (_fixed_in_place, _written_anew):
        try:
            data = style.encode(write(text, file))
        except (_NotInPlace, LookupError, ValueError):
            continue
        if _is_same_catalogue(data, layer, file):
            return data
    what = f"{layer.path}: This can't be written in the format without changing something else."
    raise CatalogueError(escape_hostile(f"{what} Change it by hand."))


def _is_same_catalogue(data: bytes, layer: Layer, file: LooseFile) -> bool:
    """True if *data* is in the format, and has the tables of *file*, in any order."""
    try:
        fixed = load.read_layer(layer.path, data)
    except CatalogueError:
        return False
    tables, found = ([table for table in each if table] for each in (file.tables, fixed.tables))
    return (
        not readings.lines(fixed)
        and fixed.checked == layer.checked
        and len(found) == len(tables)
        and all(any(is_same(table, other) for other in found) for table in tables)
    )


def _fixed_in_place(text: str, file: LooseFile) -> str:
    """*text* with changes in place. Raises _NotInPlace if that is impossible."""
    editor = _Editor(text, file)
    editor.change_top()
    for index, table in enumerate(file.tables):
        editor.change_entry(index, table or {})  # A file without problems has a table for each.
    return editor.text()


class _Editor:
    """Edits of a *text*, whose offsets are those of the text before all of them."""

    def __init__(self, text: str, file: LooseFile) -> None:
        self._text, self._file = text, file
        self._places = Places(text)
        self._statements = [(each, header(text, each)) for each in statements(text)]
        self._edits: list[_Edit] = []

    def text(self) -> str:
        """The text after all edits."""
        parts, copied = [], 0
        for start, stop, new in sorted(self._edits, key=lambda edit: edit[:2]):
            parts += [self._text[copied:start], new]
            copied = stop
        return "".join([*parts, self._text[copied:]])

    def change_top(self) -> None:
        """Change the keys above all releases, and add the format if it is missing."""
        file = self._file
        for name, value in file.top.items():
            path = file.origins.get((name,), (name,))
            if path[0] in file.raw:
                self._change_key(path, name, file.raw[str(path[0])], value, (name,))
            else:
                start = self._first_line()
                gap = "\n" if self._text[start:].strip() else ""
                self._edits.append(_Edit(start, start, f"{name} = {literal(value)}\n{gap}"))

    def _first_line(self) -> int:
        """The offset of the first statement, with the comments right above it."""
        if not self._statements:
            return len(self._text)
        start = self._statements[0][0].start
        block = _COMMENTS_ABOVE.search(self._text, 0, start)
        return block.start() if block else start

    def change_entry(self, index: int, table: Table) -> None:
        """Change the release at *index* into *table*."""
        origin = readings.entry_origin(self._file, index)
        raw = value_at(self._file.raw, origin)
        keys = tuple(part for part in origin if isinstance(part, str))
        if origin == ("release", index) and is_same(raw, table):
            return
        start = self._places.offset(origin)
        span = entry_span(self._statements, start, keys)
        try:
            if span is None:
                raise _NotInPlace
            kept = len(self._edits)
            self._change_in_place(index, table, raw, origin, span)
        except _NotInPlace:
            if span is None:
                raise
            del self._edits[kept:]
            self._edits.append(_Edit(*offsets(span), new_entry(self._text, span, table)))

    def _change_in_place(
        self, index: int, table: Table, raw: Any, origin: KeyPath, span: list[Statement]
    ) -> None:
        sources = readings.key_origins(self._file, index)
        names = {key: name for name, keys in sources.items() for key in keys}
        if len(names) < sum(map(len, sources.values())) or any(
            len(keys) > 1 for keys in sources.values()
        ):
            raise _NotInPlace
        keys = tuple(part for part in origin if isinstance(part, str))
        for statement in span:
            found = header(self._text, statement)
            if found:
                rest = (
                    [names.get(found[len(keys)], found[len(keys)]), *found[len(keys) + 1 :]]
                    if len(found) > len(keys)
                    else []
                )
                self._change_header(statement, ["release", *rest], is_row=not rest)
        for key, value in raw.items():
            if key not in names:
                self._delete((*origin, key))
            else:
                name = names[key]
                self._change_key((*origin, key), name, value, table[name], ("release", index, name))
        missing = {name: table[name] for name, keys in sources.items() if not keys}
        if missing:
            line = self._text.find("\n", span[0].start) + 1 or len(self._text)
            start, end = ("", "") if line and self._text[line - 1] == "\n" else ("\n", "")
            first = self._text[line:]
            indent = first[: len(first) - len(first.lstrip(" \t"))]
            rows = "".join(
                f"{indent}{name} = {literal(value)}\n" for name, value in missing.items()
            )
            self._edits.append(_Edit(line, line, f"{start}{rows}{end}"))

    def _change_header(self, statement: Statement, keys: list[str], *, is_row: bool) -> None:
        """Write *keys* in the header *statement*, in two brackets if it *is_row*."""
        start = statement.first_character
        stop = header_end(self._text, start)
        is_row = is_row or self._text.startswith("[[", start)
        name = ".".join(map(literals.key, keys))
        new = f"[[{name}]]" if is_row else f"[{name}]"
        if self._text[start:stop] != new:
            self._edits.append(_Edit(start, stop, new))

    def _change_key(
        self, path: KeyPath, name: str, raw: Any, value: Any, strict_path: KeyPath
    ) -> None:
        """Give the key at *path* that *name* and *value*."""
        start = self._places.offset(path)
        if self._text[start] == "[":  # Its header is changed with those of its entry.
            self._change_value(path, raw, value, strict_path)
            return
        match = self._key_at(path)
        if path[-1] != name:
            self._edits.append(_Edit(match.start(1), match.end(1), name))
        self._change_value(path, raw, value, strict_path)

    def _key_at(self, path: KeyPath) -> re.Match[str]:
        """The key at *path* in the text. Raises _NotInPlace if that is dotted."""
        match = _KEY.match(self._text, self._places.offset(path))
        if match is None or match[1].strip("\"'") != path[-1]:
            raise _NotInPlace
        return match

    def _change_value(self, path: KeyPath, raw: Any, value: Any, strict_path: KeyPath) -> None:
        """Make *value* of the value *raw* at *path*."""
        if is_same(raw, value):
            return
        if isinstance(raw, list) and isinstance(value, list) and len(raw) == len(value):
            origins = [origin_of((*strict_path, at), self._file.origins) for at in range(len(raw))]
            if origins == [(*path, at) for at in range(len(raw))]:
                for at, (before, after) in enumerate(zip(raw, value, strict=True)):
                    self._change_value((*path, at), before, after, (*strict_path, at))
                return
        if isinstance(raw, dict) and isinstance(value, dict):
            names = {
                key: name
                for name in value
                for key in raw
                if origin_of((*strict_path, name), self._file.origins) == (*path, key)
            }
            if len(names) == len(raw) == len(value):
                for key, name in names.items():
                    self._change_key(
                        (*path, key), name, raw[key], value[name], (*strict_path, name)
                    )
                return
        self._replace(path, value)

    def _replace(self, path: KeyPath, value: Any) -> None:
        """Write *value* in place of that at *path*."""
        start = self._places.offset(path)
        if self._is_header(start):
            raise _NotInPlace
        if isinstance(path[-1], str):
            start = self._key_at(path).end()
        stop = value_end(self._text, start)
        if comments(self._text[start:stop]):
            raise _NotInPlace
        written = literal(value)
        line = self._text.rfind("\n", 0, start) + 1
        if isinstance(value, list) and start - line + len(written) > _MAX_WIDTH:
            written = "".join(["[\n", *(f"    {literal(item)},\n" for item in value), "]"])
        self._edits.append(_Edit(start, stop, written))

    def _is_header(self, start: int) -> bool:
        return any(each.first_character == start and keys for each, keys in self._statements)

    def _delete(self, path: KeyPath) -> None:
        """Delete the line of the key at *path*, but for its comment."""
        match = self._key_at(path)
        line = self._text.rfind("\n", 0, match.start()) + 1
        stop = value_end(self._text, match.end())
        rest = _REST_OF_LINE.match(self._text, stop)
        if (
            self._text[line : match.start()].strip()
            or rest is None
            or comments(self._text[match.end() : stop])
        ):
            raise _NotInPlace
        self._edits.append(_Edit(line, rest.end(), f"{rest[1]}\n" if rest[1] else ""))


def _written_anew(text: str, file: LooseFile) -> str:
    """All of *file*, written anew; each comment of *text* stays with its entry."""
    places = Places(text)
    top = [f"{name} = {literal(value)}\n" for name, value in file.top.items()]
    starts = sorted(
        (places.offset(readings.entry_origin(file, index)), index)
        for index, table in enumerate(file.tables)
        if table is not None
    )
    parts, stop = [], len(text)
    for start, index in reversed(starts):
        begin = 0 if (start, index) == starts[0] else start
        parts.append(with_comments(comments(text[begin:stop]), file.tables[index] or {}))
        stop = start
    return "\n".join(["".join(top), *reversed(parts)])
