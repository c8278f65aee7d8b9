"""Messages broken between words, for people with a narrow terminal."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from countdown.core.width import width

_TWO_COLUMNS: Final = re.compile(r"( *\S.*?) {2,}(\S.*)")
_TOML: Final = re.compile(r" *(\[\[|[\w\"-]+ = [\"\[{\d])")  # a line of an example
_WORDS: Final = re.compile(r"(?:(?<!\S)countdown )?\S+")  # `countdown list` stays together
_PLACE: Final = re.compile(r"[^:\n]+:\d+(?::\d+)?: ")  # behind the path of a file
_PATH: Final = ("/", "~")  # what the path of a file begins with, at the start of a message


def wrapped(text: str, columns: int, *, program: str) -> list[str]:
    """*text* in lines of at most that many *columns*, unless one of its parts is wider.

    A path at its start and a command at its end, which begins with *program*, are never broken, so
    that they can be opened and copied; nor are the two words of a command within a sentence.
    Indented lines stay indented; they can have two columns, an example and its explanation. If both
    don't fit, the second goes below the first.
    """
    if width(text) <= columns:
        return [text]
    indent = text[: len(text) - len(text.lstrip(" "))]
    if not indent:
        return _filled(_parts(text, program), columns)
    copied, described = text, ""
    if found := _TWO_COLUMNS.fullmatch(text):
        copied, described = found.groups()
    if copied.startswith(f"{indent}{program} ") or _TOML.match(copied):
        lines = [copied]
    else:
        lines = _filled(_parts(copied, program), columns, indent)
    return [*lines, *_filled(described.split(), columns, indent * 2)]


def _filled(parts: Iterable[str], columns: int, indent: str = "") -> list[str]:
    """*parts* in lines of at most that many *columns*, unless one of them is wider."""
    lines: list[str] = []
    used = 0
    for part in parts:
        cells = width(part)
        if lines and used + 1 + cells <= columns:
            lines[-1] += f" {part}"
            used += 1 + cells
        else:
            lines.append(f"{indent}{part}")
            used = len(indent) + cells
    return lines


def _parts(text: str, program: str) -> Iterator[str]:
    """The parts of *text* between which a line can end."""
    has_path = text.startswith(_PATH) or _PLACE.match(text)
    start = text.find(": ") + 1 if has_path else 0
    before, colon, command = text[start:].partition(f": {program} ")
    if start:
        yield text[:start]
    yield from _WORDS.findall(f"{before}{colon[:1]}")
    if colon:
        yield f"{program} {command}"
