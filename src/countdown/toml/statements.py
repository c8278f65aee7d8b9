"""Where the statements of a TOML text start and end: its headers, and its keys with their values.

It relies on the text being valid, and checks nothing.
"""

import re
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

import tomli

_CODE: Final = re.compile(r"^[ \t]*([^\s#])", re.MULTILINE)  # neither blank nor a comment
_BARE_KEY: Final = re.compile(r"([A-Za-z0-9_-]+)[ \t]*=[ \t]*")
_BARE_HEADER: Final = re.compile(r"\[\[?([A-Za-z0-9_.-]+)\]")
_TOKEN: Final = re.compile(  # No group is repeated for each character: that takes memory.
    r'"""[^"\\]*(?:(?:\\.|"{1,2}(?!"))[^"\\]*)*"{3,5}|"[^"\\]*(?:\\.[^"\\]*)*"'
    r"|'''[^']*(?:'{1,2}(?!')[^']*)*'{3,5}|'[^']*'|#[^\n]*|[\[\]{}\n]",
    re.DOTALL,
)


class Statement(NamedTuple):
    """Offsets of the first line, of what stands there first, and behind the last line."""

    start: int
    code: int
    stop: int


def statements(text: str) -> Iterator[Statement]:
    """The statements of *text*, in its order."""
    stop = 0
    while match := _CODE.search(text, stop):
        stop = _end(text, match.start(1))
        yield Statement(match.start(), match.start(1), stop)


def header(text: str, statement: Statement) -> tuple[str, ...]:
    """The keys of the header *statement* of *text*; none if it is no header."""
    if text[statement.code] != "[":
        return ()
    bare = _BARE_HEADER.match(text, statement.code)
    if bare:
        return tuple(bare[1].split("."))
    table: Any = tomli.loads(text[statement.code : statement.stop])
    keys = []
    while table:
        ((key, inner),) = table.items()
        keys.append(key)
        table = inner[0] if isinstance(inner, list) else inner
    return tuple(keys)


def value_of(text: str, statement: Statement) -> tuple[str, int, int]:
    """The key of *statement* in *text*, if it has neither quotes nor dots, and its value's offsets.

    They are those of the value as it is written, with the comment beside it.
    """
    match = _BARE_KEY.match(text, statement.code)
    if match is None:
        return "", 0, 0
    return match[1], match.end(), statement.stop - text.endswith("\n", 0, statement.stop)


def table_at(text: str, name: str, number: int) -> tuple[int, int] | None:
    """Where the table *number* of those with the header [[name]] starts, and its last line ends.

    None if there is none with a header.
    """
    found, count = None, -1
    for statement in statements(text):
        keys = header(text, statement)
        count += keys == (name,)
        if found and (count > number or (keys and keys[0] != name)):
            break
        if count == number:
            found = (found[0] if found else statement.start, statement.stop)
    return found


def _end(text: str, code: int) -> int:
    """The offset behind the last line of the statement that starts at *code*."""
    depth = 0
    for token in _TOKEN.finditer(text, code):
        character = text[token.start()]
        depth += (character in "[{") - (character in "]}")
        if character == "\n" and not depth:
            return token.end()
    return len(text)
