"""A document as the editing library has it, changed to say other values.

What stays keeps its comments, and so does what stands below a comment and goes: see edit.CELL.
"""

import gc
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final, TypeVar

import tomlrt
from tomlrt import AoT, Array, Table

from countdown.toml.edit import CELL, LINE, Rows

T = TypeVar("T")
_LARGE: Final = 100_000  # characters
_WIDE: Final = 100  # columns from which an array is written one element per line


def changed(text: str, path: Sequence[Any], change: Callable[[Any], T]) -> tuple[str, T]:
    """*text* after *change* of the table or array at *path*, and what that returned."""
    enabled = gc.isenabled()
    gc.disable()  # Looking at so many new objects takes a third of the time.
    try:
        return _changed(text, path, change)
    finally:
        if enabled:
            gc.enable()
        if len(text) > _LARGE:
            gc.collect()  # The document refers to itself, and takes much memory.


def _changed(text: str, path: Sequence[Any], change: Callable[[Any], T]) -> tuple[str, T]:
    document: Any = tomlrt.loads(text)
    table = document
    for key in path:
        table = table[key]
    answer = change(table)
    return tomlrt.dumps(document), answer


def written(name: str, table: Mapping[str, Any], *, row: bool) -> str:
    """*table*, in TOML, below the header [name]; as a *row*, below [[name]]."""
    literals = {key: _literal(key, value) for key, value in table.items()}
    document = tomlrt.Document()
    document[name] = AoT([literals]) if row else Table.section(literals)
    return tomlrt.dumps(document)


def put(table: Any, key: str, value: Any, rows: Rows) -> None:
    """Let *key* of *table* be *value*, after `drop` has removed what is not to stay of it."""
    old = table.get(key)
    if isinstance(old, dict) and isinstance(value, dict) and old.keys() & value.keys():
        for name, one in value.items():
            put(old, name, one, rows)
    elif isinstance(old, AoT):
        _put_rows(old, key, [rows.table(key, row) for row in value], rows)
    elif isinstance(old, Array) and isinstance(value, list) and _stays(old, key, value, rows):
        narrow = _width(key, old) <= _WIDE
        _put_rows(old, key, value, rows)
        if narrow and not (_is_inline(table) or old.multiline) and _width(key, old) > _WIDE:
            old.set_multiline(multiline=True)
    elif type(old) is not type(value) or old != value:
        table[key] = value if _is_inline(table) else _literal(key, value)


def _put_rows(old: Array | AoT, key: str, value: list[Any], rows: Rows) -> None:
    """Let *old* be the rows *value* of the list at *key*, each with the comments that it has."""
    found = _matches(key, old, value, rows)
    for index, row in zip(found, value, strict=True):
        if index is None:
            old.append(row)
        elif old[index] == row:
            continue
        elif isinstance(old[index], dict) and isinstance(row, dict):
            for name, one in row.items():
                put(old[index], name, one, rows)
        elif rows.table(key, old[index]) != rows.table(key, row):
            old[index] = row
    new = iter(range(len(old) - found.count(None), len(old)))
    order = [next(new) if index is None else index for index in found]
    if order != sorted(order):
        ranks = iter(sorted(range(len(order)), key=order.__getitem__))
        old.sort(key=lambda _: next(ranks))


def drop(table: Any, key: str, value: Any, rows: Rows) -> bool:
    """Remove what *key* of *table* says and *value* does not; whether the rest must be parsed."""
    old = table.get(key)
    if isinstance(old, Table) and isinstance(value, dict) and old.keys() & value.keys():
        return _drop_names(old, value, rows)
    if isinstance(old, Array | AoT) and isinstance(value, list) and _stays(old, key, value, rows):
        return _drop_rows(old, key, value, rows)
    if isinstance(old, AoT) or (isinstance(old, Table) and not old.is_inline):
        remove(table, key)
        return True
    return False


def _drop_names(old: Table, value: dict[str, Any], rows: Rows) -> bool:
    again = [drop(old, name, one, rows) for name, one in value.items()]
    gone = [name for name in old if name not in value]
    for name in gone:
        remove(old, name)
    return bool(gone) or any(again)


def _drop_rows(old: Array | AoT, key: str, value: list[Any], rows: Rows) -> bool:
    again = False
    found = _matches(key, old, value, rows)
    for index, row in zip(found, value, strict=True):
        if index is not None and isinstance(old[index], dict) and old[index] != row:
            row = rows.table(key, row) if isinstance(old, AoT) else row
            again |= isinstance(row, dict) and _drop_names(old[index], row, rows)
    staying = set(found)
    for index in reversed(range(len(old))):
        if index not in staying:
            remove(old, index)
            again = True
    return again


def remove(table: Any, key: str | int) -> None:
    """Remove *key* from *table* or array, or mark it to be cut, if there can be comments above."""
    value = table[key]
    if isinstance(value, AoT):
        for row in value:
            _mark(row)
    elif isinstance(value, Table) and not value.is_inline:
        if isinstance(table, AoT) or table.has_header(key):
            _mark(value)
        else:  # keys with dots
            for name in [*value]:
                remove(value, name)
    elif not (isinstance(table, Array) or _is_inline(table)):
        table[key] = LINE
    elif table.multiline and any(table.leading_block.get(key, ())):
        table[key] = CELL
    else:
        del table[key]


def _mark(table: Table) -> None:
    table.clear()
    table.header_comment = LINE


def _stays(old: Array | AoT, key: str, value: list[Any], rows: Rows) -> bool:
    """Whether anything of the list *old* can stay, if it becomes *value*: a row, or its layout."""
    layout = isinstance(old, Array) and old.multiline
    return layout or any(index is not None for index in _matches(key, old, value, rows))


def _matches(key: str, old: list[Any], value: list[Any], rows: Rows) -> list[int | None]:
    """The index in *old* of each row of *value*; None of a new one."""
    if value[: len(old)] == old:  # Most lists only grow, and some are long.
        return [*range(len(old)), *[None] * (len(value) - len(old))]
    places = {name: index for index, name in enumerate(_names(key, old, rows))}
    return [places.get(name) for name in _names(key, value, rows)]


def _names(key: str, found: list[Any], rows: Rows) -> Iterator[tuple[object, int]]:
    """What makes each row *found* the one it is, even if several are alike."""
    seen: Counter[object] = Counter()
    for row in found:
        name = rows.name(key, row)
        yield name, seen[name]
        seen[name] += 1


def _literal(key: str, value: Any) -> Any:
    """*value* as it is written behind *key*: a long list, or one of tables, over several lines."""
    if not isinstance(value, list):
        return value
    tables = any(isinstance(one, dict) for one in value)
    return Array(value, multiline=tables or _width(key, value) > _WIDE)


def _width(key: str, value: list[Any]) -> int:
    """The columns that *key* and *value* take on one line; at least, if that is too wide anyway."""
    if len(value) > _WIDE:
        return len(value)
    document = tomlrt.Document()
    document[key] = Array(value)
    return len(tomlrt.dumps(document)) - 1


def _is_inline(table: Any) -> bool:
    return isinstance(table, Table) and table.is_inline
