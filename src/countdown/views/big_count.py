"""The number of days until a release in large digits, with facts beside or below it."""

from collections.abc import Sequence
from typing import Final

from countdown.core.outlook import Outlook
from countdown.core.width import width
from countdown.views import big_text, release_day
from countdown.views.folding import folded
from countdown.views.view import Cell, Lines, Style, ViewContext, urgency

_MAX_SCALE: Final = 6  # of digits
_MAX_SCALE_ALONE: Final = 4  # of a single digit
_MIN_BESIDE: Final = 28  # columns for the words beside digits
_GAP: Final = 3  # columns between digits and words


def big_count(
    outlook: Outlook, context: ViewContext, facts: Sequence[Cell], columns: int, lines: int
) -> tuple[int, Lines]:
    """The number of days as large as *columns* and *lines* allow, with *facts* beside or below.

    Returned with its scale, 0 if it isn't drawn.
    """
    number, unit = release_day.number_and_unit(outlook, context)
    words = [cell for cell in (*unit, *facts) if cell.text]
    natural = max(width(cell.text) for cell in words)
    style = urgency(outlook)
    largest = _MAX_SCALE_ALONE if len(number) == 1 else _MAX_SCALE
    for scale in range(largest if number else 0, 0, -1):
        size, rows = big_text.columns(number, scale), big_text.height(scale)
        room = columns - size - _GAP
        below = folded(words, columns)
        has_room_below = size <= columns and rows + 1 + len(below) <= lines
        if rows <= lines and room >= (_MIN_BESIDE if has_room_below else natural):
            # Beside it, unless only words that are folded have room there and not below.
            beside = folded(words, room)
            if room >= natural or len(beside) <= rows:
                return scale, _beside(big_text.big_text(number, scale), beside, style)
        if has_room_below:
            drawing = [(Cell(row.rstrip(), style),) for row in big_text.big_text(number, scale)]
            return scale, Lines((*drawing, (), *((cell,) for cell in below)), verbatim=True)
    if number:
        words = [release_day.time_left(outlook, context), *words[1:]]
    return 0, Lines(tuple((cell,) for cell in words))


def _beside(drawing: Sequence[str], words: Sequence[Cell], style: Style) -> Lines:
    """*words* to the right of the middle of *drawing*."""
    above = max((len(drawing) - len(words)) // 2, 0)
    rows = [(), *((word,) for word in words)]
    return Lines(
        tuple(
            (Cell(row, style), Cell(" " * _GAP), *rows[at])
            if 0 < at < len(rows)
            else (Cell(row.rstrip(), style),)
            for at, row in enumerate(drawing, 1 - above)
        ),
        verbatim=True,
    )
