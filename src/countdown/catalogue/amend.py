r"""The text of a TOML document with one thing in it changed: every other character stays.

A path is a tuple of keys and, in arrays, numbers. Each function takes a text that is TOML, with
lines that end in \n, and gives the new one out. What is new is written by tomlkit.
"""

from collections.abc import Sequence
from io import StringIO
from typing import Any, Final

from countdown.catalogue import arrays
from countdown.catalogue.locate import Path, Places, places_in

_WIDE: Final = 100  # columns from which an array is written an element a line


def literal(value: object, indent: int = 0, *, flat: bool = False) -> str:
    """*value* in TOML, in the manner of the shipped catalogue; in one line if it is to be *flat*.

    *indent* is the number of columns before it.
    """
    if isinstance(value, dict):
        cells = ", ".join(pair(key, one, flat=True) for key, one in value.items())
        return f"{{ {cells} }}"
    if isinstance(value, list):
        parts = [literal(one, flat=True) for one in value]
        line = f"[{', '.join(parts)}]"
        tables = any(isinstance(one, dict) for one in value)
        if flat or not (tables or indent + len(line) > _WIDE):
            return line
        return "".join(["[\n", *(f"{arrays.INDENT}{part},\n" for part in parts), "]"])
    if isinstance(value, str) and value.isprintable() and not ('"' in value or "\\" in value):
        return f'"{value}"'  # As tomlkit writes it, thirty times as fast: lists can be long.
    import tomlkit  # Deferred: 60 ms, and few values need it.

    found: str = tomlkit.item(value).as_string()
    return found


def pair(name: str, value: object, *, flat: bool = False) -> str:
    """`name = value` in TOML."""
    return f"{name} = {literal(value, len(name) + 3, flat=flat)}"


def lines_of(text: str) -> list[str]:
    """The lines of *text*, with their ends; comments may hold what else Python takes for one."""
    return [*StringIO(text, newline="\n")]


def ended(text: str) -> str:
    """*text* with the end of its last line, so that nothing is written behind a comment."""
    return text if text.endswith("\n") or not text else f"{text}\n"


def with_value(text: str, path: Path, value: object) -> str:
    """*text* with *value* at *path*: where that has one already, else as one more key."""
    places = places_in(text)
    span = places.spans.get(path)
    if span is None:
        return put(dropped(text, path), path, value)
    indent, flat = span.value - span.start, not _is_own_line(places, path)
    return f"{text[: span.value]}{literal(value, indent, flat=flat)}{text[span.stop :]}"


def put(text: str, path: Path, value: object) -> str:
    """*text* with one more key, at *path*, behind the last of its table; that must be there."""
    places, table, name = places_in(text), path[:-1], str(path[-1])
    room = places.rooms.get(table)
    if room:
        return _line_behind(text, room.start, room.stop, pair(name, value))
    group = places.groups.get(table)
    if group:
        cell = pair(name, value, flat=True)
        if "\n" in text[group.opening : group.closing]:
            return arrays.arranged(text, table, [*arrays.unchanged(len(group.parts)), (None, cell)])
        if not group.parts:
            return f"{text[: group.opening]}{{ {cell} }}{text[group.closing + 1 :]}"
        return _behind(text, places.spans[group.parts[-1]].stop, cell)
    last = places.spans[places.keys(table)[-1]]  # It is written by keys with dots.
    above = _container(places, table)
    cell = pair(".".join(map(str, path[len(above) :])), value, flat=True)
    if places.rooms.get(above):
        return _line_behind(text, last.start, last.stop, cell)
    return _behind(text, last.stop, cell)


def dropped(text: str, path: Path) -> str:
    """*text* without what is said at *path*: a key, keys with dots, or tables with headers."""
    places = places_in(text)
    if places.spans.get(path) is None:
        for header in reversed(places.headers(path)):
            text = cut(text, header.path)
        places = places_in(text)
    for key in reversed(places.keys(path)):
        span, above = places.spans[key], _container(places, key)
        group = places.groups.get(above)
        if group is None:
            end = text.find("\n", span.stop) + 1 or len(text)
            text = text[: _start_of_line(text, span.start)] + text[end:]
        else:
            text = _without_cell(text, places, above, key)
    return text


def cut(text: str, path: Path) -> str:
    """*text* without the table at *path*, which has a header; what is noted around it stays.

    One of two empty lines around it goes along.
    """
    place = lines_at(text, path)
    lines = lines_of(text)
    before, after = lines[: place.start], lines[place.stop :]
    while before and after and not before[-1].strip() and not after[0].strip():
        after.pop(0)
    while before and not after and not before[-1].strip():
        before.pop()
    return "".join([*before, *after])


def lines_at(text: str, path: Path, *, noted: bool = False) -> slice:
    """The lines of the table at *path*, which has a header.

    Comments and empty lines that end it are of what follows; except, if *noted*, comments right
    below it that an empty line parts from that.
    """
    places, lines = places_in(text), lines_of(text)
    header = next(one for one in places.headers(path) if one.path == path)
    first = text.count("\n", 0, header.start)
    stop = max(places.rooms[one.path].stop for one in places.headers(path))
    start = text.count("\n", 0, stop) + 1
    below = [line.strip() for line in lines[start : places.behind(header) - 1]]
    if noted and "" in below:
        start += below.index("")
    return slice(first, start)


def with_row(text: str, path: Path, row: dict[str, Any]) -> str:
    """*text* with one more table at *path*, where there are some with headers, behind the last."""
    last = places_in(text).headers(path)[-1]
    start = _start_of_line(text, last.start)
    lines = [text[start : last.stop], *(pair(key, one) for key, one in row.items())]
    indent = text[start : last.start]
    place = lines_at(text, last.path, noted=True)
    before, after = lines_of(text)[: place.stop], lines_of(text)[place.stop :]
    new = "".join(f"{indent if number else ''}{line}\n" for number, line in enumerate(lines))
    return f"{ended(''.join(before))}\n{new}{''.join(after)}"


def ordered(text: str, path: Path, order: Sequence[int]) -> str:
    """*text* with the tables with headers at *path* in another *order* of their numbers.

    What is noted in a table, right above and right below it goes along.
    """
    lines = lines_of(ended(text))
    places = []
    for number in range(len(order)):
        place = lines_at(text, (*path, number), noted=True)
        start = place.start
        while lines[start - 1].lstrip().startswith("#"):
            start -= 1
        places.append(slice(start, place.stop))
    blocks = [lines[place] for place in places]
    for number, place in reversed([*enumerate(places)]):
        lines[place] = blocks[order[number]]
    return "".join(lines)


def narrowed(text: str, path: Path, value: list[Any]) -> str:
    """*text* with the array *value* at *path* over several lines if it is one that is too long."""
    places = places_in(text)
    span = places.spans[path]
    wide = (
        span.stop - _start_of_line(text, span.start) > _WIDE
        and "\n" not in text[span.start : span.stop]
    )
    if not (wide and _is_own_line(places, path)):
        return text
    return f"{text[: span.value]}{literal(value, _WIDE)}{text[span.stop :]}"


def _is_own_line(places: Places, path: Path) -> bool:
    """Whether the key at *path* has a line of its own: it is not in brackets."""
    return places.rooms.get(_container(places, path)) is not None


def _container(places: Places, path: Path) -> Path:
    """The path of the table with a header, or of the brackets, in which *path* is written."""
    for length in range(len(path) - 1, 0, -1):
        if places.rooms.get(path[:length]) or places.groups.get(path[:length]):
            return path[:length]
    return ()


def _start_of_line(text: str, at: int) -> int:
    return text.rfind("\n", 0, at) + 1


def _line_behind(text: str, start: int, stop: int, line: str) -> str:
    """*text* with one more *line*, indented like that of *start*, behind the one of *stop*."""
    first = text[_start_of_line(text, start) :]
    indent = first[: len(first) - len(first.lstrip(" \t"))]
    end = text.find("\n", stop) + 1
    before, after = (text[:end], text[end:]) if end else (f"{text}\n", "")
    return f"{before}{indent}{line}\n{after}"


def _behind(text: str, at: int, cell: str) -> str:
    return f"{text[:at]}, {cell}{text[at:]}"


def _without_cell(text: str, places: Places, table: Path, key: Path) -> str:
    """*text* without one *key* of the inline *table*."""
    group = places.groups[table]
    index, spans = group.parts.index(key), [places.spans[part] for part in group.parts]
    if "\n" in text[group.opening : group.closing]:
        return arrays.arranged(text, table, arrays.unchanged(len(spans), omit=index))
    if index:
        start, stop = spans[index - 1].stop, spans[index].stop
    elif len(spans) > 1:
        start, stop = spans[0].start, spans[1].start
    else:
        start, stop = group.opening + 1, group.closing
    return text[:start] + text[stop:]
