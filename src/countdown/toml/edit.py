r"""A TOML text with one thing in it changed: comments, order and layout stay as they are.

A path is a tuple of keys and, in arrays, numbers. Each function takes a text that is TOML, with
lines that end in \n, and returns the new one. Whoever writes that to a file parses it first, and
compares it with the values that it should have.

Of an array of tables, only the table that is changed is parsed for that, and no long value that
stays: what is parsed to be edited takes a hundred times the memory of its text.
"""

import re
from collections.abc import Callable, Hashable, Mapping
from typing import Any, Final, NamedTuple

from countdown.toml.statements import header, statements, table_at, value_of

Path = tuple[str | int, ...]

# The library removes the comments above what it removes. So that is marked, and cut afterwards.
# Marks begin with a code point that is no character and never will be.
_MARK: Final = "\ufdd0"
LINE: Final = f"{_MARK} this line is to be cut"
CELL: Final = f"{_MARK} this element is to be cut"
_LONG: Final = 4_000  # characters
_STAYS: Final = f"{_MARK} this value stays"
_BELOW: Final = f"#{_MARK}"  # stands for the end of a line between a statement and its comments
_COMMENTS: Final = re.compile(r"(?:[ \t]*#[^\n]*(?:\n|\Z))+(?=[ \t]*(?:\n|\Z))")
_END: Final = r"[ \t]*(?:#[^\n]*)?\n"  # of a line
_ELEMENT: Final = rf'(?:[^\s,=][^\n=]*=[ \t]*)?"{CELL}"'  # All patterns start where a line does.
_CUT_LINE: Final = re.compile(rf"^(?:(?:\A|(?<=\n\n)).*{LINE}.*\n\n?|.*{LINE}.*\n?)", re.MULTILINE)
_CUT_CELL: Final = re.compile(
    rf"^[ \t]*{_ELEMENT}[ \t]*,{_END}|^([ \t]*){_ELEMENT}(?:{_END})?\s*,[ \t]*"
    rf"|^[ \t]*,?[ \t]*{_ELEMENT}(?:{_END})?",
    re.MULTILINE,
)


class Rows(NamedTuple):
    """How the rows of the list at some key are compared.

    *name* returns what makes a row the one it is, *table* the table that says the same as a row.
    """

    name: Callable[[str, Any], Hashable] = lambda _, row: repr(row)
    table: Callable[[str, Any], Any] = lambda _, row: row


PLAIN: Final = Rows()


def with_value(text: str, path: Path, value: object, rows: Rows = PLAIN) -> str:
    """*text* with *value* at *path*; of a list or a table only what differs is changed."""
    from countdown.toml import merge  # Deferred, here and below: the library takes 30 ms.

    (start, stop), (*above, last) = _part(text, path)
    key = str(last)
    tables = isinstance(value, list) and _has_header(text[start:stop], key)
    if tables and (comments := _COMMENTS.match(text, stop)):
        stop = comments.end()
    inner, long = _shortened(text[start:stop], key)

    def drop(table: Any) -> bool:
        again = merge.drop(table, key, value, rows) or tables
        return again or put(table)

    def put(table: Any) -> bool:
        merge.put(table, key, value, rows)
        return False

    inner, again = merge.changed(inner, above, drop)
    if again:
        inner = _cut(inner)
        inner = _folded(inner) if tables and _has_header(inner, key) else inner
        inner = merge.changed(inner, above, put)[0].replace(_BELOW, "\n")
    return f"{text[:start]}{_lengthened(inner, long)}{text[stop:]}"


def without(text: str, path: Path) -> str:
    """*text* without what is at *path*: a key, keys with dots, a table or an element of an array.

    Comments above it stay.
    """
    from countdown.toml import merge

    (start, stop), (*above, last) = _part(text, path)
    if isinstance(last, int) and len(path) == 2 and _has_header(text[start:stop], str(path[0])):
        return _cut(f"{text[:start]}{LINE}\n{text[stop:]}")
    inner, long = _shortened(text[start:stop], str(last))
    inner = _cut(merge.changed(inner, above, lambda table: merge.remove(table, last))[0])
    return f"{text[:start]}{_lengthened(inner, long)}{text[stop:]}"


def with_table(text: str, name: str, table: Mapping[str, Any], *, row: bool) -> str:
    """*text* with one more *table* at its end, below [name]; as a *row*, below [[name]].

    If the array *name* is in brackets, the row is its last element.
    """
    from countdown.toml import merge

    keys = (value_of(text, one)[0] for one in statements(text))
    if row and not _has_header(text, name) and name in keys:
        return merge.changed(text, (name,), lambda array: array.append(dict(table)))[0]
    before = ends_line(text)
    gap = "" if before.endswith("\n\n") or not before else "\n"
    return f"{before}{gap}{merge.written(name, table, row=row)}"


def has_comments(text: str, path: Path) -> bool:
    """Whether there may be comments in the table at *path*, or below it and apart from the next.

    If it is in brackets, there may be.
    """
    (start, stop), _ = _part(text, path)
    table = text[start:stop]
    below = _COMMENTS.match(text, stop)
    return "#" in table or bool(below) or not _has_header(table, str(path[0]))


def ends_line(text: str) -> str:
    """*text* with the end of its last line, so that nothing is written behind a comment."""
    return text if text.endswith("\n") or not text else f"{text}\n"


def _part(text: str, path: Path) -> tuple[tuple[int, int], Path]:
    """Which part of *text* has to be parsed to edit what is at *path*, and its path there.

    Raises ValueError if *text* has what marks are made of.
    """
    if _MARK in text:
        raise ValueError(_MARK)
    if len(path) > 1 and isinstance(path[1], int):
        found = table_at(text, str(path[0]), path[1])
        if found:
            return found, (path[0], 0, *path[2:])
    return (0, len(text)), path


def _has_header(text: str, key: str) -> bool:
    """Whether a table of *text*, or an array of tables, at *key* has a header."""
    return any(header(text, one)[-1:] == (key,) for one in statements(text))


def _shortened(text: str, key: str) -> tuple[str, dict[str, str]]:
    """*text* with a mark for each long value, but that of *key*; and what each mark stands for."""
    if len(text) < _LONG:
        return text, {}
    parts: list[str] = []
    long: dict[str, str] = {}
    at = 0
    for one in statements(text):
        name, start, stop = value_of(text, one)
        if stop - start > _LONG and name != key:
            mark = f'"{_STAYS} {len(long)}"'
            long[mark] = text[start:stop]
            parts += [text[at:start], mark]
            at = stop
    return "".join([*parts, text[at:]]), long


def _lengthened(text: str, long: dict[str, str]) -> str:
    for mark, written in long.items():
        text = text.replace(mark, written)
    return text


def _folded(text: str) -> str:
    """*text* in which comments right below a statement, apart from the next, are parts of it."""
    parts, at = [], 0
    for one in statements(text):
        comments = _COMMENTS.match(text, one.stop)
        if comments:
            below = comments.group()
            parts += [text[at : one.stop].removesuffix("\n"), _BELOW]
            parts.append(below.removesuffix("\n").replace("\n", _BELOW) + "\n")
            at = comments.end()
    return "".join([*parts, text[at:]])


def _cut(text: str) -> str:
    """*text* without what is marked to be cut, and one of two empty lines around it."""
    ends = LINE in text[text.rfind("\n", 0, -1) + 1 :]
    text = _CUT_LINE.sub("", text) if LINE in text else text
    if ends:
        text = text.rstrip("\n") + "\n" * (text != "")
    return _CUT_CELL.sub(r"\1", text) if CELL in text else text
