"""Entries of a catalogue file: find them in its text, and write them anew."""

from countdown.catalogue.schema import RELEASE
from countdown.toml import merge
from countdown.toml.parse import Table
from countdown.toml.statements import Statement, comments


def entry_span(
    all_statements: list[tuple[Statement, tuple[str, ...]]], start: int, keys: tuple[str, ...]
) -> list[Statement] | None:
    """The statements of the entry whose header, with *keys*, is at *start*; None without one."""
    span: list[Statement] = []
    for statement, found in all_statements:
        if span and found and (found[: len(keys)] != keys or found == keys):
            break
        if span or (found == keys and statement.first_character == start):
            span.append(statement)
    return span or None


def offsets(span: list[Statement]) -> tuple[int, int]:
    """The offsets of the start and the stop of the statements *span*."""
    return span[0].start, span[-1].stop


def new_entry(text: str, span: list[Statement], table: Table) -> str:
    """The release *table*, with the comments of the statements *span* of *text* on top."""
    start, stop = offsets(span)
    return with_comments(comments(text[start:stop]), table)


def with_comments(lines: list[str], table: Table) -> str:
    """The release *table* as TOML, with the comments *lines* on top."""
    ordered = {key: table[key] for key in RELEASE if key in table}
    written = merge.format_table("release", ordered, row=True)
    return "".join([*(f"{line}\n" for line in lines), written])


def header_end(text: str, start: int) -> int:
    """The offset after the brackets of the header at *start*."""
    closing = "]]" if text.startswith("[[", start) else "]"
    position = start
    while not text.startswith(closing, position):
        if text[position] in "\"'":
            position = text.index(text[position], position + 1)
        position += 1
    return position + len(closing)
