"""What tomlkit has to be told so that comments, spaces and the order of things stay as they are."""

from io import StringIO
from typing import Any

from countdown.catalogue.locate import Array

_WIDE = 100  # columns from which an array is written an element a line


def keep_spaces(body: Any, *, inline: bool) -> None:
    """Let the dates in inline tables keep the space behind them, which tomlkit forgets."""
    import tomlkit

    kinds: Any = tomlkit.items

    for _, item in body:
        if isinstance(item, (kinds.AoT, kinds.Array)):
            keep_spaces([(None, one) for one in item], inline=False)
        elif isinstance(item, (kinds.InlineTable, kinds.Table)):
            keep_spaces(item.value.body, inline=inline or isinstance(item, kinds.InlineTable))
        elif inline and isinstance(item, (kinds.Date, kinds.DateTime)):
            trivia = item.trivia
            trivia.comment_ws, trivia.trail = "", f"{trivia.comment_ws}{trivia.trail}"


def merged(before: str, unchanged: str, text: str) -> str:
    """*text* with every line that tomlkit was not asked to change as it was *before*.

    It writes some few things otherwise than it reads them: `[[ release ]]` in another way, or
    tables that are out of order. *unchanged* is what it makes of *before* without any change.
    """
    from difflib import SequenceMatcher

    mine, theirs, new = (lines_of(one) for one in (before, unchanged, text))
    if len(mine) != len(theirs):
        return text
    found: list[str] = []
    for what, first, last, start, end in SequenceMatcher(
        None, theirs, new, autojunk=False
    ).get_opcodes():
        found += mine[first:last] if what == "equal" else new[start:end]
    return "".join(found)


def lines_of(text: str) -> list[str]:
    """The lines of *text*, with their ends; comments may hold what else Python takes for one."""
    return [*StringIO(text, newline="\n")]


def ended(text: str) -> str:
    """*text* with the end of its last line, so that nothing is written behind a comment."""
    return text if text.endswith("\n") or not text else f"{text}\n"


def put(table: Any, key: str, item: Any) -> None:
    """Add *key* to *table* before the empty lines and comments that end it."""
    import tomlkit

    kinds: Any = tomlkit.items
    tail, body = tail_of(table), table.value.body
    if isinstance(table, kinds.InlineTable) and body:  # What is behind the last key stays the last.
        last = body[-1][1].trivia
        item.trivia.trail, last.trail = last.trail, ""
    table.add(key, item)
    body.extend(tail)


def take(table: Any, key: str) -> None:
    """Take *key* out of *table*; the comments that end it, if it is tables, are of what follows."""
    import tomlkit

    kinds: Any = tomlkit.items
    value, body = table[key], table.value.body
    place = next(at for at, (name, _) in enumerate(body) if name is not None and name.key == key)
    last = value[-1] if isinstance(value, kinds.AoT) else value
    tail = tail_of(last) if isinstance(last, kinds.Table) else []
    table.remove(key)
    if tail:
        body[place] = (None, kinds.Whitespace("".join(item.as_string() for _, item in tail)))


def appended(text: str, array: Array, value: object) -> str | None:
    """*text* with *value* on a line of its own at the end of *array*; None if that has but one.

    tomlkit would write the comma, or all of it, into a comment at the end.
    """
    end = text.rfind("\n", 0, array.closing) + 1
    if end <= array.opening or text[end : array.closing].strip():
        return None
    start = text.rfind("\n", 0, array.last) + 1
    line = text[start : array.last]
    indent = line[: len(line) - len(line.lstrip())] if start > array.opening else "    "
    comma, more = ("", ",") if array.comma else (",", "")
    written = f"{indent}{item(value, 0).as_string()}{more}\n"
    return f"{text[: array.last]}{comma}{text[array.last : end]}{written}{text[end:]}"


def tail_of(table: Any) -> list[Any]:
    """Take the empty lines and comments out with which *table* ends, if it stands in one piece."""
    tail: list[Any] = []
    body = getattr(table.value, "body", [])
    while body and body[-1][0] is None:
        tail.insert(0, body.pop())
    return tail


def item(value: object, indent: int) -> Any:
    """*value* as tomlkit writes it, in the manner of the shipped catalogue."""
    import tomlkit

    if isinstance(value, dict):
        pairs = (f"{key} = {item(one, 0).as_string()}" for key, one in value.items())
        table: Any = tomlkit.value(f"{{ {', '.join(pairs)} }}")
        name, last = table.value.body[-1]
        if name is not None:
            last.trivia.trail = " "  # tomlkit drops it behind a date: see keep_spaces.
        return table
    if isinstance(value, list):
        array = tomlkit.array()
        array.extend(item(one, 0) for one in value)
        tables = any(isinstance(one, dict) for one in value)
        long = indent + len(array.as_string()) > _WIDE
        return array.multiline(bool(value) and (long or tables))
    return tomlkit.item(value)
