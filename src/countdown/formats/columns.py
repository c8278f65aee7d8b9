"""Columns of a table: their widths, and texts made to fit.

Columns drop out by importance before text is cut.
"""

from collections.abc import Sequence
from typing import Final

from countdown.core.width import cut, width, wrap
from countdown.views.view import Column

_UNCUT_SHARE: Final = 0.9  # of the texts in a column that isn't dropped are shown whole
_MIN_TITLE_WIDTH: Final = 30  # cells; other columns drop out before a title gets narrower
_WHOLE_TITLE: Final = 40  # cells of a title that have precedence over other texts
_MIN_CUT_WIDTH: Final = 18  # cells; a column that would be cut further drops out


def widths(
    columns: Sequence[Column], lengths: Sequence[Sequence[int]], room: int, *, gap: int
) -> dict[int, int]:
    """The widths in cells of the columns to draw, by number.

    *lengths* are the widths of the texts, column by column; *room* is the width of the terminal.
    """
    natural = {index: max(sizes) for index, sizes in enumerate(lengths) if any(sizes)}
    least = {index: _min_width(columns[index], lengths[index]) for index in natural}
    shown = list(natural)
    while _total_width(least, shown, gap) > room and any(columns[index].rank for index in shown):
        shown.remove(max(shown, key=lambda index: columns[index].rank))
    drawn = {index: least[index] for index in shown}
    # On a tiny terminal, cut every text, the least important first.
    for index in sorted(shown, key=lambda i: (not columns[i].stretch, -columns[i].rank)):
        excess = _total_width(drawn, shown, gap) - room
        drawn[index] = max(1, drawn[index] - max(excess, 0))
    # The room left goes to the most important columns, but not to a few wide texts before all
    # columns have what most of theirs need. Lists of names come last, since they can be shortened.
    usual = {index: _usual_width(lengths[index]) for index in shown}
    usual |= {i: max(usual[i], min(natural[i], _WHOLE_TITLE)) for i in shown if not columns[i].rank}
    for wanted in (usual, natural):
        for index in sorted(shown, key=lambda i: (columns[i].names, columns[i].rank)):
            free = room - _total_width(drawn, shown, gap)
            drawn[index] += min(max(wanted[index] - drawn[index], 0), max(free, 0))
    return drawn


def _min_width(column: Column, lengths: Sequence[int]) -> int:
    if not column.stretch:
        return max(lengths)
    if column.rank:
        return min(max(lengths), column.least or _MIN_CUT_WIDTH)
    return min(_usual_width(lengths), column.least or _MIN_TITLE_WIDTH)


def _usual_width(lengths: Sequence[int]) -> int:
    """The width into which nine of ten texts in a column fit, not counting empty ones."""
    sizes = sorted(filter(None, lengths))
    return sizes[min(int(len(sizes) * _UNCUT_SHARE), len(sizes) - 1)]


def _total_width(sizes: dict[int, int], shown: Sequence[int], gap: int) -> int:
    return sum(sizes[index] for index in shown) + gap * (len(shown) - 1)


def fold(text: str, size: int) -> list[str]:
    """*text* in lines of at most *size* cells, broken between words where that is possible."""
    lines = [text[start:end] for start, end in wrap(text, max(size, 1))]
    return [line for line in lines if line] or [""]


def first_names(text: str, size: int) -> str:
    """As many of the names that *text* lists as fit in *size* cells, but at least the first."""
    while width(text) > size and ", " in text:
        text = text.rpartition(", ")[0]
    return text


def cut_words(text: str, size: int, ellipsis: str) -> str:
    """*text* if it fits in *size* cells, else its first words and *ellipsis*, which is one cell."""
    if width(text) <= size:
        return text
    if size <= 0:  # Not even the ellipsis has room.
        return ""
    start = cut(text, size - 1, "")
    words = start if text[len(start) : len(start) + 1] == " " else start.rpartition(" ")[0]
    # A word that takes most of the room is cut rather than left out.
    start = words if width(words) * 2 >= size else start
    return start.rstrip(" ,") + ellipsis


def align_day(text: str) -> str:
    """*text* with a space before a day of one digit: ` 4 Dec 2026` below `25 Nov 2026`."""
    return f" {text}" if text[:1].isdigit() and text[1:2] in (" ", ".", "/") else text
