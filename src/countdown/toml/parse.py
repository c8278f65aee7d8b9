"""The bytes of a TOML file → its tables, and what is wrong there → lines with their places."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final, NamedTuple

import tomli

from countdown import files
from countdown.core.text import escape_hostile
from countdown.errors import CatalogueError, CountdownError
from countdown.stamps import Stamp, stamp_or_missing
from countdown.toml.positions import Path, Places

MOST_PROBLEMS: Final = 100  # of one file that are told at once
_LONGEST_NAME: Final = 80  # characters of a title or key in front of each of its problems

Table = dict[str, Any]
Error = type[CountdownError]


class Problem(NamedTuple):
    """One thing wrong in a file, and what would be right.

    *path* leads to it from the top of the file: `("release", 3, "dates", 0, "type")`.
    """

    path: Path
    message: str
    hint: str = ""


Problems = list[Problem]
NOT_KEPT: Final = Problem((), "one more")  # stands for each that is counted and not kept


def state(path: str, *, hint: str, error: Error = CatalogueError) -> Stamp | None:
    """The stamp of the file *path*, None if it is missing; *error* if that can't be told."""
    try:
        return stamp_or_missing(path)
    except OSError as problem:
        raise error(escape_hostile(f"{path}: {problem.strerror}; {hint}")) from None


def content(
    path: str, *, most: int, hint: str, error: Error = CatalogueError, pipe: bool = False
) -> bytes:
    """The bytes of the file *path*, of which there may be so many; else *error* is raised.

    It may be a *pipe* only where somebody named one: reading waits until something is written.
    """
    try:
        with open(path, "rb") if pipe else files.open_regular(path) as file:
            # As much as is asked for is allocated before anything is read.
            size = min(os.fstat(file.fileno()).st_size, most)
            data = file.read(size + 1)
            if len(data) > size:  # a pipe, or a file that grows
                data += file.read(most + 1 - len(data))
    except OSError as problem:
        raise error(escape_hostile(f"{path}: {problem.strerror}; {hint}")) from None
    if len(data) > most:
        limit = f"{most // 1024**2} MiB"
        raise error(escape_hostile(f"{path}: larger than {limit}, the most that is read"))
    return data


def decoded(path: str, data: bytes, error: Error = CatalogueError) -> str:
    """*data* as text, without a byte-order mark. Raises *error* if it is not UTF-8."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        whole = problem.object  # without a byte-order mark
        *above, before = whole[: problem.start].decode().split("\n")
        place = f"{path}:{len(above) + 1}:{len(before) + 1}"
        what = f"{place}: byte 0x{whole[problem.start]:02x} is not UTF-8"
        raise error(escape_hostile(f"{what}; save the file in the encoding UTF-8")) from None


class _Known:
    """What has been parsed while each text is to be parsed but once; None at other times."""

    tables: dict[str, Table] | None = None


@contextmanager
def once() -> Iterator[None]:
    """Parse each text once meanwhile: an edit has several steps that look at the same files.

    Their tables stay in memory until the end, and nobody may change them.
    """
    before = _Known.tables
    _Known.tables = {} if before is None else before
    try:
        yield
    finally:
        _Known.tables = before


def parsed(path: str, document: str, error: Error = CatalogueError) -> Table:
    """The tables of *document*, the text of the file *path*. Raises *error* if it is no TOML."""
    known = {} if _Known.tables is None else _Known.tables
    try:
        if document not in known:
            known[document] = tomli.loads(document)
        return known[document]
    except tomli.TOMLDecodeError as problem:
        what = f"{path}:{problem.lineno}:{problem.colno}: {problem.msg}"
        raise error(escape_hostile(f"{what}; how to write TOML: https://toml.io")) from None
    except RecursionError:
        raise error(escape_hostile(f"{path}:1:1: nested too deep; write it flatter")) from None
    except ValueError:  # Python's own limit on the digits of a number
        raise error(escape_hostile(f"{path}:1:1: a number is too long; shorten it")) from None


def told(
    path: str, document: str, problems: Problems, name: Callable[[Path], str] | None = None
) -> list[str]:
    """The *problems* of the file *path* as people read them, in its order.

    *document* is its text; *name* says of a problem's path what it is called, as *dotted* does.
    """
    if not problems:
        return []
    kept = [problem for problem in problems if problem is not NOT_KEPT]
    places, found = Places(document, [problem.path for problem in kept]), []
    for problem in kept:
        hint = f"; {problem.hint}" if problem.hint else ""
        what = f"{(name or dotted)(problem.path)}{problem.message}{hint}"
        found.append((places.offset(problem.path), what, problem.path))
    lines = []
    for _, what, where in sorted(found, key=lambda one: one[:2])[:MOST_PROBLEMS]:
        line, column = places.of(where)
        lines.append(escape_hostile(f"{path}:{line}:{column}: {what}"))
    more = len(problems) - len(lines)
    if more > 0:
        noun = "problem" if more == 1 else "problems"
        lines.append(escape_hostile(f"{path}: and {more} more {noun}"))
    return lines


def dotted(path: Path) -> str:
    """`dates[0].region: `, in front of what is said of *path*; of the whole file, nothing."""
    parts: list[str] = []
    for part in path:
        if isinstance(part, int) and parts:
            parts[-1] += f"[{part}]"
        else:
            parts.append(short(str(part)))
    return f"{'.'.join(parts)}: " if parts else ""


def short(text: str) -> str:
    """*text*, as much of it as stands in front of a problem."""
    return text if len(text) <= _LONGEST_NAME else f"{text[: _LONGEST_NAME - 1]}…"
