"""Change values in a document of the editing library.

Values that stay keep their comments. Comments above a deleted value stay too: see
edit.ELEMENT_MARK.
"""

import gc
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final, TypeVar

import tomlrt
from tomlrt import AoT, Array, Table

from countdown.toml.edit import ELEMENT_MARK, LINE_MARK, RowRules

T = TypeVar("T")
_LARGE_TEXT: Final = 100_000  # characters
_MAX_WIDTH: Final = 100  # columns; a wider array is written one element per line
_NEW_ROW: Final = 1 << 60  # the index of a row that has none, behind all others


def apply(text: str, path: Sequence[Any], change: Callable[[Any], T]) -> tuple[str, T]:
    """*text* after *change* of the table or array at *path*, and the result of *change*."""
    enabled = gc.isenabled()
    gc.disable()  # Garbage collection would take a third of the time.
    try:
        return _apply(text, path, change)
    finally:
        if enabled:
            gc.enable()
        if len(text) > _LARGE_TEXT:
            gc.collect()  # The document has reference cycles: it would stay in memory.


def _apply(text: str, path: Sequence[Any], change: Callable[[Any], T]) -> tuple[str, T]:
    document: Any = tomlrt.loads(text)
    table = document
    for key in path:
        table = table[key]
    result = change(table)
    return tomlrt.dumps(document), result


def format_table(name: str, table: Mapping[str, Any], *, row: bool) -> str:
    """*table* as TOML below the header [name]; as a *row*, below [[name]]."""
    literals = {key: _literal(key, value) for key, value in table.items()}
    document = tomlrt.Document()
    document[name] = AoT([literals]) if row else Table.section(literals)
    return tomlrt.dumps(document)


def write_new(table: Any, key: str, value: Any, rules: RowRules) -> None:
    """Set *key* of *table* to *value*, after `delete_old` has deleted what does not stay."""
    old = table.get(key)
    if isinstance(old, dict) and isinstance(value, dict) and old.keys() & value.keys():
        for name, item in value.items():
            write_new(old, name, item, rules)
    elif isinstance(old, AoT):
        _write_rows(old, key, [rules.table(key, row) for row in value], rules)
    elif isinstance(old, Array) and isinstance(value, list) and _can_stay(old, key, value, rules):
        is_narrow = _width(key, old) <= _MAX_WIDTH
        _write_rows(old, key, value, rules)
        can_wrap = is_narrow and not (_is_inline(table) or old.multiline)
        if can_wrap and _width(key, old) > _MAX_WIDTH:
            old.set_multiline(multiline=True)
    elif type(old) is not type(value) or old != value:
        table[key] = value if _is_inline(table) else _literal(key, value)


def _write_rows(old: Array | AoT, key: str, value: list[Any], rules: RowRules) -> None:
    """Make *value* the rows of *old*, the list at *key*; rows that stay keep their comments."""
    indices = _match_rows(key, old, value, rules)
    has_new_order = _is_reordered(indices)
    if has_new_order and isinstance(old, Array) and old.multiline:
        old.append(ELEMENT_MARK)  # Comments at the end stay above it, and don't go with a row.
    for index, row in zip(indices, value, strict=True):
        if index is None:
            old.append(row)
        elif old[index] == row:
            continue
        elif isinstance(old[index], dict) and isinstance(row, dict):
            for name, item in row.items():
                write_new(old[index], name, item, rules)
        elif rules.table(key, old[index]) != rules.table(key, row):
            old[index] = row
    if has_new_order:
        new = iter(range(len(old) - indices.count(None), len(old)))
        order = [next(new) if index is None else index for index in indices]
        order += {*range(len(old))} - {*order}  # that mark
        ranks = iter(sorted(range(len(order)), key=order.__getitem__))
        old.sort(key=lambda _: next(ranks))


def _is_reordered(indices: list[int | None]) -> bool:
    """True if rows, given by their index in the old list, move, or a new one precedes an old."""
    last = -1
    for index in indices:
        if index is not None and index < last:
            return True
        last = _NEW_ROW if index is None else index
    return False


def delete_old(table: Any, key: str, value: Any, rules: RowRules) -> bool:
    """Delete what *key* of *table* has but *value* hasn't; returns True if anything was."""
    old = table.get(key)
    if isinstance(old, Table) and isinstance(value, dict) and old.keys() & value.keys():
        return _delete_keys(old, value, rules)
    if (
        isinstance(old, Array | AoT)
        and isinstance(value, list)
        and _can_stay(old, key, value, rules)
    ):
        return _delete_rows(old, key, value, rules)
    if isinstance(old, AoT) or (isinstance(old, Table) and not old.is_inline):
        remove(table, key)
        return True
    return False


def _delete_keys(old: Table, value: dict[str, Any], rules: RowRules) -> bool:
    deletions = [delete_old(old, name, item, rules) for name, item in value.items()]
    superfluous = [name for name in old if name not in value]
    for name in superfluous:
        remove(old, name)
    return bool(superfluous) or any(deletions)


def _delete_rows(old: Array | AoT, key: str, value: list[Any], rules: RowRules) -> bool:
    has_changed = False
    indices = _match_rows(key, old, value, rules)
    for index, row in zip(indices, value, strict=True):
        if index is not None and isinstance(old[index], dict) and old[index] != row:
            row = rules.table(key, row) if isinstance(old, AoT) else row
            has_changed |= isinstance(row, dict) and _delete_keys(old[index], row, rules)
    staying = set(indices)
    for index in reversed(range(len(old))):
        if index not in staying:
            remove(old, index)
            has_changed = True
    return has_changed


def remove(table: Any, key: str | int) -> None:
    """Delete *key* from *table* or array, or mark it to be cut if comments may be above it."""
    value = table[key]
    if isinstance(value, AoT):
        for row in value:
            _mark(row)
    elif isinstance(value, Table) and not value.is_inline:
        if isinstance(table, AoT) or table.has_header(key):
            _mark(value)
        else:  # dotted keys
            for name in [*value]:
                remove(value, name)
    elif not (isinstance(table, Array) or _is_inline(table)):
        table[key] = LINE_MARK
    elif table.multiline and any(table.leading_block.get(key, ())):
        table[key] = ELEMENT_MARK
    else:
        del table[key]


def _mark(table: Table) -> None:
    table.clear()
    table.header_comment = LINE_MARK


def _can_stay(old: Array | AoT, key: str, value: list[Any], rules: RowRules) -> bool:
    """True if the list *old* shares a row with *value*, or has a layout that should survive."""
    has_layout = isinstance(old, Array) and old.multiline
    return has_layout or any(index is not None for index in _match_rows(key, old, value, rules))


def _match_rows(key: str, old: list[Any], value: list[Any], rules: RowRules) -> list[int | None]:
    """The index in *old* of each row of *value*; None for a new one."""
    if value[: len(old)] == old:  # Most lists only grow, and some are long.
        return [*range(len(old)), *[None] * (len(value) - len(old))]
    indices = {identity: index for index, identity in enumerate(_identities(key, old, rules))}
    return [indices.get(identity) for identity in _identities(key, value, rules)]


def _identities(key: str, rows: list[Any], rules: RowRules) -> Iterator[tuple[object, int]]:
    """The identity of each of *rows*, with a number that distinguishes equal ones."""
    counts: Counter[object] = Counter()
    for row in rows:
        identity = rules.identity(key, row)
        yield identity, counts[identity]
        counts[identity] += 1


def _literal(key: str, value: Any) -> Any:
    """*value* in the layout for *key*: a wide list, or one of tables, over several lines."""
    if not isinstance(value, list):
        return value
    has_tables = any(isinstance(item, dict) for item in value)
    return Array(value, multiline=has_tables or _width(key, value) > _MAX_WIDTH)


def _width(key: str, value: list[Any]) -> int:
    """The columns of *key* and *value* on one line; of a very long list, only a lower bound."""
    if len(value) > _MAX_WIDTH:
        return len(value)
    document = tomlrt.Document()
    document[key] = Array(value)
    return len(tomlrt.dumps(document)) - 1


def _is_inline(table: Any) -> bool:
    return isinstance(table, Table) and table.is_inline
