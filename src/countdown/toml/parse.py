"""Parses the bytes of a TOML file, and turns problems into messages with line and column."""

import os
from codecs import BOM_UTF8
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from operator import itemgetter
from typing import Any, Final, NamedTuple, TypeVar, cast

import tomli

from countdown import files
from countdown.core.text import escape_hostile
from countdown.errors import CatalogueError, CountdownError
from countdown.stamps import Stamp, stamp_or_missing
from countdown.toml.positions import KeyPath, Places

MAX_PROBLEMS: Final = 100  # of one file that are shown
_MAX_NAME_LENGTH: Final = 80  # characters of a title or key in a message

Table = dict[str, Any]
Result = TypeVar("Result")
Error = type[CountdownError]


class Problem(NamedTuple):
    """A fault in a file, and a hint for its repair.

    *path* leads to it from the top of the file: `("release", 3, "dates", 0, "type")`. In the user's
    own catalogue, the whole entry is left out, or only what is at *path* if it *keeps_entry*. It
    *is_quiet* if a new version of the program can cause it, so that it may be nobody's mistake.
    """

    path: KeyPath
    message: str
    hint: str = ""
    keeps_entry: bool = False
    is_quiet: bool = False

    def describe(self, label: str = "") -> str:
        """One line for a person: *label*, the message, and the hint if there is one."""
        hint = f"; {self.hint}" if self.hint else ""
        return f"{label}{self.message}{hint}"


Problems = list[Problem]
DROPPED_PROBLEM: Final = Problem((), "one more")  # stands for a problem that is only counted


def file_stamp(path: str, *, hint: str, error: Error = CatalogueError) -> Stamp | None:
    """The stamp of the file *path*; None if it is missing. Raises *error* if it can't be read."""
    try:
        return stamp_or_missing(path)
    except OSError as problem:
        raise error(escape_hostile(f"{path}: {problem.strerror}; {hint}")) from None


def content(
    path: str, *, max_size: int, hint: str, error: Error = CatalogueError, allow_pipe: bool = False
) -> bytes:
    """The bytes of the file *path*, at most *max_size* of them. Raises *error*.

    Set *allow_pipe* only for a path that the user named: reading a pipe waits for its writer.
    """
    try:
        with open(path, "rb") if allow_pipe else files.open_regular(path) as file:
            # `read` allocates its argument at once: asking for *max_size* would take that memory.
            size = min(os.fstat(file.fileno()).st_size, max_size)
            data = file.read(size + 1)
            if len(data) > size:  # a pipe, or a file that grows
                data += file.read(max_size + 1 - len(data))
    except IsADirectoryError:
        raise error(escape_hostile(f"{path}: Is a directory; it has to be a file")) from None
    except OSError as problem:
        raise error(escape_hostile(f"{path}: {problem.strerror}; {hint}")) from None
    if len(data) > max_size:
        limit = f"{max_size // 1024**2} MiB"
        raise error(escape_hostile(f"{path}: is too large; keep it under {limit}"))
    return data


def decode(path: str, data: bytes, error: Error = CatalogueError) -> str:
    """*data* as text, without a byte-order mark. Raises *error* if it is not UTF-8."""
    try:
        return data.removeprefix(BOM_UTF8).decode()
    except UnicodeDecodeError as problem:
        encoded = problem.object  # without a byte-order mark
        *above, before = encoded[: problem.start].decode().split("\n")
        place = f"{path}:{len(above) + 1}:{len(before) + 1}"
        what = f"{place}: byte 0x{encoded[problem.start]:02x} is not UTF-8"
        raise error(escape_hostile(f"{what}; save the file as UTF-8")) from None


class _Parsed(NamedTuple):
    """The contents of a `parse_cache`: *results* by their origin, and *valid* tables by `id`."""

    results: dict[Hashable, Any]
    valid: dict[int, Table]


class _ParseCache:
    """The contents of the current `parse_cache`; None outside of one."""

    parsed: _Parsed | None = None


@contextmanager
def parse_cache() -> Iterator[None]:
    """Parse each file only once within this context: the steps of an edit read the same files.

    The tables stay in memory until its end, and callers must not change them.
    """
    before = _ParseCache.parsed
    _ParseCache.parsed = before or _Parsed({}, {})
    try:
        yield
    finally:
        _ParseCache.parsed = before


def shared_result(origin: Hashable, make: Callable[[], Result]) -> Result:
    """The result of *make*; within `parse_cache`, that of the first call with the same *origin*."""
    if _ParseCache.parsed is None:
        return make()
    results = _ParseCache.parsed.results
    if origin not in results:
        results[origin] = make()
    return cast("Result", results[origin])


def valid_tables() -> dict[int, Table]:
    """The tables found valid within `parse_cache`, by Python `id`; callers add to it."""
    return {} if _ParseCache.parsed is None else _ParseCache.parsed.valid


def parse_toml(path: str, document: str, error: Error = CatalogueError) -> Table:
    """The tables of *document*, the text of the file *path*. Raises *error* if it is not TOML."""
    try:
        return shared_result(document, lambda: tomli.loads(document))
    except tomli.TOMLDecodeError as problem:
        from countdown.toml.hints import explain  # Deferred: only for text that can't be parsed.

        what, *example = explain(document, problem.lineno, problem.colno, problem.msg)
        raise error(*map(escape_hostile, (f"{path}:{what}", *example))) from None
    except RecursionError:
        raise error(escape_hostile(f"{path}:1:1: too deeply nested; flatten it")) from None
    except ValueError:  # Python's own limit on the digits of a number
        raise error(escape_hostile(f"{path}:1:1: a number is too long; shorten it")) from None


def describe_problems(
    path: str, document: str, problems: Problems, name: Callable[[KeyPath], str] | None = None
) -> list[str]:
    """A message for each of the *problems* of the file *path*, in the order of the file.

    *document* is its text; *name* returns the name of a key path, as `dotted_path` does. Beyond
    MAX_PROBLEMS, the last message says how many there are.
    """
    if not problems:
        return []
    located = [problem for problem in problems if problem is not DROPPED_PROBLEM]
    places = Places(document, [problem.path for problem in located])
    placed = sorted(((places.offset(each.path), each) for each in located), key=itemgetter(0))
    last = placed[:MAX_PROBLEMS][-1][0]  # Of problems at one place, their texts decide.
    messages = [
        (offset, problem.describe((name or dotted_path)(problem.path)), problem.path)
        for offset, problem in placed
        if offset <= last
    ]
    lines = []
    for _, what, key_path in sorted(messages, key=itemgetter(0, 1))[:MAX_PROBLEMS]:
        line, column = places.line_and_column(key_path)
        lines.append(escape_hostile(f"{path}:{line}:{column}: {what}"))
    more = len(problems) - len(lines)
    if more > 0:
        noun = "problem" if more == 1 else "problems"
        lines.append(escape_hostile(f"{path}: and {more} more {noun}"))
    return lines


def dotted_path(path: KeyPath) -> str:
    """The start of a message about *path*, like `dates[0].region: `; empty for the whole file."""
    parts: list[str] = []
    for part in path:
        if isinstance(part, int) and parts:
            parts[-1] += f"[{part}]"
        else:
            name = shorten(str(part))
            parts.append(name if name.strip() else f'"{name}"')
    return f"{'.'.join(parts)}: " if parts else ""


def shorten(text: str) -> str:
    """*text*, shortened to the maximum length of a name in a message."""
    return text if len(text) <= _MAX_NAME_LENGTH else f"{text[: _MAX_NAME_LENGTH - 1]}…"
