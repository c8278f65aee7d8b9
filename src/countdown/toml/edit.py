r"""Edit one value of a TOML text: comments, order and layout survive.

A path is a tuple of keys and, in arrays, indices. Each function takes a valid TOML text, with lines
that end in \n, and returns the new one. Callers parse the result before they write it to a file,
and compare it with the values that it should have.

In an array of tables, only the table that changes is parsed, without the long values that stay: the
editing library takes a hundred times the memory of the text.
"""

import re
from collections.abc import Callable, Hashable, Mapping
from typing import Any, Final, NamedTuple

from countdown.toml.literals import literal
from countdown.toml.positions import KeyPath
from countdown.toml.statements import (
    Statement,
    header,
    statements,
    table_at,
    value_end,
    value_of,
)

# The library also deletes the comments above what it deletes. So parts to delete are marked, and
# cut from the text afterwards. Marks begin with a code point that is never a character.
_MARK: Final = "\ufdd0"
LINE_MARK: Final = f"{_MARK} this line is to be cut"
ELEMENT_MARK: Final = f"{_MARK} this element is to be cut"
_LONG_VALUE: Final = 4_000  # characters
_VALUE_MARK: Final = f"{_MARK} this value stays"
# Stand for the line ends between a statement and its comments.
_FOLDED_ENDS: Final = {"\r\n": f"#{_MARK}r", "\n": f"#{_MARK}"}
_COMMENT_BLOCK: Final = re.compile(r"(?:[ \t]*#[^\n]*(?:\n|\Z))+(?=[ \t]*(?:\r?\n|\Z))")
_LINE_END: Final = r"[ \t]*(?:#[^\n]*)?\r?\n"
_ELEMENT: Final = rf'(?:[^\s,=][^\n=]*=[ \t]*)?"{ELEMENT_MARK}"'  # follows the start of a line
_CUT_LINE: Final = rf"(?m)^(?:(?:\A|(?<=\n\n)).*{LINE_MARK}.*\n\n?|.*{LINE_MARK}.*\n?)"
_CUT_ELEMENT: Final = (
    rf"(?m)^[ \t]*{_ELEMENT}[ \t]*,{_LINE_END}"
    rf"|^([ \t]*){_ELEMENT}(?:{_LINE_END})?((?:#[^\n]*\n|\s)*),[ \t]*"
    rf"|^[ \t]*,?[ \t]*{_ELEMENT}(?:{_LINE_END})?"
)


class RowRules(NamedTuple):
    """The rules by which rows of the list at some key are compared.

    *identity* returns the part of a row that identifies it in the list, *table* the same row as a
    table, if it is a shorthand for one.
    """

    identity: Callable[[str, Any], Hashable] = lambda _, row: repr(row)
    table: Callable[[str, Any], Any] = lambda _, row: row


PLAIN_ROWS: Final = RowRules()


def set_value(text: str, path: KeyPath, value: object, rules: RowRules = PLAIN_ROWS) -> str:
    """*text* with *value* at *path*; equal parts of a list or a table stay untouched."""
    (start, stop), (*parents, last) = _editable_part(text, path)
    key = str(last)
    if len(parents) == 2 and not isinstance(value, (list, dict)):
        old = _scalar_at(text, (start, stop), str(parents[0]), key)
        if old is not None:
            return f"{text[: old[0]]}{literal(value)}{text[old[1] :]}"

    from countdown.toml import merge  # Deferred, here and below: the library takes 30 ms.

    has_tables = isinstance(value, list) and _has_header(text[start:stop], key)
    comments = _COMMENT_BLOCK.match(text, stop) if has_tables else None
    if comments and text[comments.end() :].strip():  # One at the end closes the file.
        stop = comments.end()
    part, long_values = _mark_long_values(text[start:stop], key)

    def delete(table: Any) -> bool:
        must_parse_again = merge.delete_old(table, key, value, rules) or has_tables
        return must_parse_again or write(table)

    def write(table: Any) -> bool:
        merge.write_new(table, key, value, rules)
        return False

    part, must_parse_again = merge.apply(part, parents, delete)
    if must_parse_again:
        part = _cut_marks(part)
        part = _fold_comments(part) if has_tables and _has_header(part, key) else part
        part = _unfold(merge.apply(part, parents, write)[0])
    return f"{text[:start]}{_restore_long_values(_cut_marks(part), long_values)}{text[stop:]}"


def remove(text: str, path: KeyPath) -> str:
    """*text* without the key, dotted keys, table or array element at *path*.

    Comments above it stay.
    """
    from countdown.toml import merge

    (start, stop), (*parents, last) = _editable_part(text, path)
    if isinstance(last, int) and len(path) == 2 and _has_header(text[start:stop], str(path[0])):
        return _cut_marks(f"{text[:start]}{LINE_MARK}\n{text[stop:]}")
    part, long_values = _mark_long_values(text[start:stop], str(last))
    part = merge.apply(part, parents, lambda table: merge.remove(table, last))[0]
    return f"{text[:start]}{_restore_long_values(_cut_marks(part), long_values)}{text[stop:]}"


def append_table(text: str, name: str, table: Mapping[str, Any], *, row: bool) -> str:
    """*text* with *table* appended below the header [name]; as a *row*, below [[name]].

    If the array *name* is written in brackets, the row becomes its last element.
    """
    from countdown.toml import merge

    keys = (value_of(text, statement)[0] for statement in statements(text))
    if row and not _has_header(text, name) and name in keys:
        return merge.apply(text, (name,), lambda array: array.append(dict(table)))[0]
    text = end_last_line(text)
    gap = "" if text.endswith("\n\n") or not text else "\n"
    return f"{text}{gap}{merge.format_table(name, table, row=row)}"


def has_comments(text: str, path: KeyPath) -> bool:
    """True if the table at *path* may have comments: in it, or in a block directly below.

    A table in brackets always may.
    """
    (start, stop), _ = _editable_part(text, path)
    table = text[start:stop]
    block = _COMMENT_BLOCK.match(text, stop)
    return "#" in table or bool(block) or not _has_header(table, str(path[0]))


def end_last_line(text: str) -> str:
    """*text* with a line end at its end, so that nothing is appended to a comment."""
    return text if text.endswith("\n") or not text else f"{text}\n"


def _editable_part(text: str, path: KeyPath) -> tuple[tuple[int, int], KeyPath]:
    """The offsets of the part of *text* that must be parsed to edit *path*, and the path there.

    Raises ValueError if *text* contains the code point of marks.
    """
    if _MARK in text:
        raise ValueError(_MARK)
    if len(path) > 1 and isinstance(path[1], int):
        table = table_at(text, str(path[0]), path[1])
        if table:
            return table, (path[0], 0, *path[2:])
    return (0, len(text)), path


def _scalar_at(text: str, part: tuple[int, int], name: str, key: str) -> tuple[int, int] | None:
    """The offsets of the value of *key* in *part* of *text*, the offsets of a table [[name]].

    None if there is no such key, or if it isn't a bare key with a scalar on one line.
    """
    start, stop = part
    found = [
        Statement(*(start + offset for offset in each)) for each in statements(text[start:stop])
    ]
    if not found or header(text, found[0]) != (name,):
        return None
    for statement in found[1:]:
        if text[statement.first_character] == "[":
            return None  # The rest belongs to a nested table.
        name_there, value, _ = value_of(text, statement)
        if name_there == key:
            end = value_end(text, value)
            is_scalar = text[value] not in "[{" and "\n" not in text[value:end]
            return (value, end) if is_scalar else None
    return None


def _has_header(text: str, key: str) -> bool:
    """True if a table of *text*, or an array of tables, at *key* has a header."""
    return any(header(text, statement)[-1:] == (key,) for statement in statements(text))


def _mark_long_values(text: str, key: str) -> tuple[str, dict[str, str]]:
    """*text* with marks in place of long values except that of *key*, and the values by mark."""
    if len(text) < _LONG_VALUE:
        return text, {}
    parts: list[str] = []
    long_values: dict[str, str] = {}
    copied = 0  # offset
    for statement in statements(text):
        name, start, stop = value_of(text, statement)
        if stop - start > _LONG_VALUE and name != key:
            mark = f'"{_VALUE_MARK} {len(long_values)}"'
            long_values[mark] = text[start:stop]
            parts += [text[copied:start], mark]
            copied = stop
    return "".join([*parts, text[copied:]]), long_values


def _restore_long_values(text: str, long_values: dict[str, str]) -> str:
    for mark, value in long_values.items():
        text = text.replace(mark, value)
    return text


def _fold_comments(text: str) -> str:
    """*text* with each comment block directly below a statement joined to the statement's line.

    A block that the next statement follows without an empty line belongs to that one.
    """
    parts, copied = [], 0
    for statement in statements(text):
        comments = _COMMENT_BLOCK.match(text, statement.stop)
        if comments:
            line, line_end = _split_end(text[copied : statement.stop])
            block, block_end = _split_end(comments.group())
            for end, mark in _FOLDED_ENDS.items():
                block = block.replace(end, mark)
            parts += [line, _FOLDED_ENDS[line_end], block, block_end or "\n"]
            copied = comments.end()
    return "".join([*parts, text[copied:]])


def _unfold(text: str) -> str:
    for end, mark in _FOLDED_ENDS.items():
        text = text.replace(mark, end)
    return text


def _split_end(text: str) -> tuple[str, str]:
    """*text* without its last line end, and that line end; a file may have both kinds."""
    end = next((end for end in _FOLDED_ENDS if text.endswith(end)), "")
    return text.removesuffix(end), end


def _cut_marks(text: str) -> str:
    """*text* without marked lines and elements; of two empty lines around each, one is cut."""
    ends = LINE_MARK in text[text.rfind("\n", 0, -1) + 1 :]
    text = re.sub(_CUT_LINE, "", text) if LINE_MARK in text else text
    if ends:
        text = text.rstrip("\n") + "\n" * (text != "")
    return re.sub(_CUT_ELEMENT, _indent_after, text) if ELEMENT_MARK in text else text


def _indent_after(cut: re.Match[str]) -> str:
    """The indent of a cut element, or the comments between it and the comma after it."""
    indent, between = cut.group(1) or "", cut.group(2) or ""
    return between if "#" in between else indent
