"""How wide each column of a table is drawn: columns drop out by importance before text is cut."""

from collections.abc import Sequence
from typing import Final

from countdown.views.view import Column

_UNCUT: Final = 0.9  # so many of the texts of a column that stays are shown whole
_KEPT: Final = 30  # cells of a title that are kept before other columns drop out for it
_LEAST: Final = 18  # cells below which a column that may be cut drops out instead


def widths(
    columns: Sequence[Column], lengths: Sequence[Sequence[int]], room: int, *, gap: int
) -> dict[int, int]:
    """The columns that are drawn, by number, each with its width in cells.

    *lengths* are the texts' own widths, column by column; *room* is what the terminal has.
    """
    natural = {index: max(found) for index, found in enumerate(lengths) if any(found)}
    least = {index: _least(columns[index], lengths[index]) for index in natural}
    shown = list(natural)
    while _total(least, shown, gap) > room and any(columns[index].rank for index in shown):
        shown.remove(max(shown, key=lambda index: columns[index].rank))
    drawn = {index: natural[index] for index in shown}
    # What is still too wide is cut, the least important text first; then, on the narrowest of
    # terminals, whatever there is.
    for floor in (least, dict.fromkeys(natural, 1)):
        for index in sorted(shown, key=lambda i: (not columns[i].stretch, -columns[i].rank)):
            excess = _total(drawn, shown, gap) - room
            if excess > 0:
                drawn[index] = max(min(floor[index], drawn[index]), drawn[index] - excess)
    return drawn


def _least(column: Column, lengths: Sequence[int]) -> int:
    if not column.stretch:
        return max(lengths)
    if column.rank:
        return min(max(lengths), _LEAST)
    most = sorted(lengths)[min(int(len(lengths) * _UNCUT), len(lengths) - 1)]
    return min(most, _KEPT)


def _total(sizes: dict[int, int], shown: Sequence[int], gap: int) -> int:
    return sum(sizes[index] for index in shown) + gap * (len(shown) - 1)
