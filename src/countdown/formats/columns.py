"""Widths of the columns of a table: columns drop out by importance before text is cut."""

from collections.abc import Sequence
from typing import Final

from countdown.views.view import Column

_UNCUT_SHARE: Final = 0.9  # of the texts in a column that stays are shown whole
_MIN_TITLE_WIDTH: Final = 30  # cells; other columns drop out before a title gets narrower
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
    # On a tiny terminal cut every text, the least important first.
    for index in sorted(shown, key=lambda i: (not columns[i].stretch, -columns[i].rank)):
        excess = _total_width(drawn, shown, gap) - room
        drawn[index] = max(1, drawn[index] - max(excess, 0))
    # Give the room that is left to the most important, and none to a few wide texts before all
    # columns have what most of theirs need.
    usual = {index: _usual_width(lengths[index]) for index in shown}
    for wanted in (usual, natural):
        for index in sorted(shown, key=lambda i: columns[i].rank):
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
    """The width that nine of ten texts in a column fit into."""
    return sorted(lengths)[min(int(len(lengths) * _UNCUT_SHARE), len(lengths) - 1)]


def _total_width(sizes: dict[int, int], shown: Sequence[int], gap: int) -> int:
    return sum(sizes[index] for index in shown) + gap * (len(shown) - 1)
