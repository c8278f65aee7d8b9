"""Messages broken between words, for people with a narrow terminal at stderr."""

from collections.abc import Iterator
from typing import Final

from countdown.core.width import width

_PATH: Final = ("/", "~")  # what the path of a file begins with, at the start of a message


def wrapped(text: str, columns: int, *, program: str) -> list[str]:
    """*text* in lines of at most so many *columns*, as far as its parts are not wider.

    The path that it begins with is one part, so that it stays to be found and opened, and the
    command that it ends with, which begins with *program*, another, so that it can be copied. What
    is indented stays as it is: a list.
    """
    if width(text) <= columns or text.startswith(" "):
        return [text]
    lines: list[str] = []
    used = 0
    for part in _parts(text, program):
        cells = width(part)
        if lines and used + 1 + cells <= columns:
            lines[-1] += f" {part}"
            used += 1 + cells
        else:
            lines.append(part)
            used = cells
    return lines


def _parts(text: str, program: str) -> Iterator[str]:
    """The parts of *text* between which a line can end."""
    start = text.find(": ") + 1 if text.startswith(_PATH) else 0
    before, colon, command = text[start:].partition(f": {program} ")
    if start:
        yield text[:start]
    yield from f"{before}{colon[:1]}".split()
    if colon:
        yield f"{program} {command}"
