"""The difference between two texts in lines, as diff -u writes it (POSIX), also of long texts."""

import re
from collections.abc import Iterator
from difflib import unified_diff
from typing import Final

_CONTEXT_LINES: Final = 3  # shown above and below what differs
_FIRST_LINES: Final = re.compile(r"([-+])(\d+)")  # in the head of a hunk: `@@ -12,7 +12,8 @@`


def difference(before: str, after: str, path: str) -> Iterator[str]:
    """The lines of the difference between two texts of the file *path*.

    Only the part that differs and the lines around it are compared: unified_diff takes a second and
    100 MiB for 100,000 equal lines.
    """
    start = _context_start(before, _common_prefix(before, after))
    end = _common_prefix(before[start:][::-1], after[start:][::-1])
    end -= _context_end(before[len(before) - end :])
    skipped = before.count("\n", 0, start)
    old, new = (_split_lines(text[start : len(text) - end]) for text in (before, after))
    for line in unified_diff(old, new, path, path, lineterm="", n=_CONTEXT_LINES):
        if line.startswith("@@"):
            yield _FIRST_LINES.sub(lambda match: f"{match[1]}{int(match[2]) + skipped}", line)
        else:
            yield line


def _split_lines(text: str) -> list[str]:
    lines = text.split("\n")
    return [line.removesuffix("\r") for line in (lines if lines[-1] else lines[:-1])]


def _common_prefix(text: str, other: str) -> int:
    """The number of characters at the start that both texts share, by bisection."""
    same, limit = 0, min(len(text), len(other))
    while same < limit:
        half = (same + limit + 1) // 2
        if text[same:half] == other[same:half]:
            same = half
        else:
            limit = half - 1
    return same


def _context_start(text: str, offset: int) -> int:
    """The offset of the first line of context above *offset*."""
    for _ in range(_CONTEXT_LINES + 1):
        offset = text.rfind("\n", 0, max(offset - 1, 0)) + 1
    return offset


def _context_end(text: str) -> int:
    """The offset of the end of the context at the start of *text*."""
    offset = 0
    for _ in range(_CONTEXT_LINES + 1):
        offset = text.find("\n", offset) + 1 or len(text)
    return offset
