"""The offsets of the statements of a TOML text: its headers, and its keys with their values.

They rely on the text being valid, and check nothing.
"""

import re
from collections.abc import Iterator
from itertools import accumulate, tee
from typing import Any, Final, NamedTuple

import tomli

_CODE: Final = re.compile(r"^[ \t]*([^\s#])", re.MULTILINE)  # neither blank nor a comment
_BARE_KEY: Final = re.compile(r"([A-Za-z0-9_-]+)[ \t]*=[ \t]*")
_BARE_HEADER: Final = re.compile(r"\[\[?([A-Za-z0-9_.-]+)\]")
_SCALAR: Final = re.compile(r"[^,\]}#\n]*[^,\]}#\s]")
_TOKEN: Final = re.compile(  # No group repeats for each character: that would take memory.
    r'"""[^"\\]*(?:(?:\\.|"{1,2}(?!"))[^"\\]*)*"{3,5}|"[^"\\]*(?:\\.[^"\\]*)*"'
    r"|'''[^']*(?:'{1,2}(?!')[^']*)*'{3,5}|'[^']*'|#[^\n]*|[\[\]{}\n]",
    re.DOTALL,
)


class Statement(NamedTuple):
    """The offsets of its first line, of its first character, and of the line after its last."""

    start: int
    first_character: int
    stop: int


def statements(text: str) -> Iterator[Statement]:
    """The statements of *text*, in order."""
    stop = 0
    while match := _CODE.search(text, stop):
        stop = _statement_end(text, match.start(1))
        yield Statement(match.start(), match.start(1), stop)


def header(text: str, statement: Statement) -> tuple[str, ...]:
    """The keys of the header *statement* of *text*; empty if it is not a header."""
    if text[statement.first_character] != "[":
        return ()
    bare = _BARE_HEADER.match(text, statement.first_character)
    if bare:
        return tuple(bare[1].split("."))
    table: Any = tomli.loads(text[statement.first_character : statement.stop])
    keys = []
    while table:
        ((key, inner),) = table.items()
        keys.append(key)
        table = inner[0] if isinstance(inner, list) else inner
    return tuple(keys)


def value_of(text: str, statement: Statement) -> tuple[str, int, int]:
    """The key of *statement* in *text*, and the start and stop offsets of its value.

    A comment after the value is included. Keys with quotes or dots aren't supported: the key is
    empty then.
    """
    match = _BARE_KEY.match(text, statement.first_character)
    if match is None:
        return "", 0, 0
    return match[1], match.end(), statement.stop - text.endswith("\n", 0, statement.stop)


def table_at(text: str, name: str, index: int) -> tuple[int, int] | None:
    """The start and stop offsets of the table with the header [[name]] at *index*.

    None if that has no header.
    """
    table, last_index = None, -1
    for statement in statements(text):
        keys = header(text, statement)
        last_index += keys == (name,)
        if table and (last_index > index or (keys and keys[0] != name)):
            break
        if last_index == index:
            table = (table[0] if table else statement.start, statement.stop)
    return table


def _statement_end(text: str, start: int) -> int:
    """The offset after the last line of the statement whose first character is at *start*."""
    depth = 0
    for token in _TOKEN.finditer(text, start):
        character = text[token.start()]
        depth += (character in "[{") - (character in "]}")
        if character == "\n" and not depth:
            return token.end()
    return len(text)


def value_end(text: str, start: int) -> int:
    """The offset after the value at *start* of *text*, without blanks and comments behind it."""
    if text[start] in "[{":
        tokens, again = tee(_TOKEN.finditer(text, start))
        depths = accumulate((each[0] in ("[", "{")) - (each[0] in ("]", "}")) for each in again)
        return next(token.end() for token, depth in zip(tokens, depths, strict=True) if not depth)
    match = _TOKEN.match(text, start) if text[start] in "\"'" else _SCALAR.match(text, start)
    return match.end() if match else start


def comments(text: str) -> list[str]:
    """The comments in *text*, each without its line end."""
    return [token[0].rstrip() for token in _TOKEN.finditer(text) if token[0].startswith("#")]
