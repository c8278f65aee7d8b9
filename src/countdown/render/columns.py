"""How wide each column of a table is drawn: columns drop out by importance before text is cut."""

from collections.abc import Sequence
from typing import Final

from countdown.render.view import Column

_UNCUT: Final = 0.85  # so many of a stretching column's texts are shown whole, or it drops out
_LEAST: Final = 12


def widths(
    columns: Sequence[Column], lengths: Sequence[Sequence[int]], room: int, *, gap: int
) -> dict[int, int]:
    """The columns that are drawn, by number, each with its width in cells.

    *lengths* are the texts' own widths, column by column; *room* is what the terminal has.
    """
    sizes = [sorted(found) for found in lengths]
    natural = {index: found[-1] for index, found in enumerate(sizes) if found and found[-1]}
    least = {
        index: sizes[index][int((len(sizes[index]) - 1) * _UNCUT)]
        if columns[index].stretch
        else width
        for index, width in natural.items()
    }
    shown = list(natural)
    while _total(least, shown, gap) > room:
        droppable = [index for index in shown if columns[index].rank]
        if not droppable:
            break
        shown.remove(max(droppable, key=lambda index: columns[index].rank))
    drawn = {index: natural[index] for index in shown}
    # Whatever is still too wide is cut, the least important text first, down to what it needs.
    for floor in (least, dict.fromkeys(natural, _LEAST), dict.fromkeys(natural, 1)):
        stretching = [i for i in shown if columns[i].stretch or floor[i] == 1]
        for index in sorted(stretching, key=lambda i: -columns[i].rank):
            excess = _total(drawn, shown, gap) - room
            if excess > 0:
                drawn[index] = max(min(floor[index], drawn[index]), drawn[index] - excess)
    return drawn


def _total(sizes: dict[int, int], shown: Sequence[int], gap: int) -> int:
    return sum(sizes[index] for index in shown) + gap * (len(shown) - 1)
