"""The view of `next`: the soonest release, its days drawn large."""

from collections.abc import Sequence
from typing import Final

from countdown.core import wording
from countdown.core.outlook import Outlook
from countdown.views import cells
from countdown.views.view import (
    Block,
    Cell,
    Lines,
    View,
    ViewContext,
    legend,
    urgency,
    urgency_mark,
)

# Five by four half-lines a digit: two rows of the drawing make one row of characters.
_DIGITS: Final = {
    "0": ("█▀▀█", "█  █", "█▄▄█"),
    "1": ("▄█  ", " █  ", "▄█▄ "),
    "2": ("▀▀▀█", "█▀▀▀", "█▄▄▄"),
    "3": ("▀▀▀█", " ▀▀█", "▄▄▄█"),
    "4": ("█  █", "▀▀▀█", "   █"),
    "5": ("█▀▀▀", "▀▀▀█", "▄▄▄█"),
    "6": ("█▀▀▀", "█▀▀█", "█▄▄█"),
    "7": ("▀▀▀█", "   █", "   █"),
    "8": ("█▀▀█", "█▀▀█", "█▄▄█"),
    "9": ("█▀▀█", "▀▀▀█", "▄▄▄█"),
    "–": ("    ", "▀▀▀▀", "    "),
}


def headline(outlooks: Sequence[Outlook], context: ViewContext) -> View:
    """The days left of the first of *outlooks* drawn large, and the others of that day below."""
    first, *same_day = outlooks
    blocks: list[Block] = [Lines(((urgency_mark(first), Cell(f" {first.release.name}", "title")),))]
    number = _days_text(first)
    if number:
        style = urgency(first)
        rows = [" ".join(_DIGITS[digit][row] for digit in number) for row in range(3)]
        blocks.append(Lines(tuple((Cell(f"  {row}", style),) for row in rows), verbatim=True))
    # The date beside it has the sign of doubt.
    text = wording.time_left(first, context.date_style, exact=True)
    text = text.removesuffix(wording.NOT_CONFIRMED)
    date = cells.date_text(first, context.date_style)
    facts = [text[:1].upper() + text[1:], date, cells.platforms(first.release)]
    lines = [
        (Cell(" · ".join(fact for fact in facts if fact)),),
        (Cell(cells.people(first.release), "muted"),),
    ]
    blocks.append(Lines(tuple(line for line in lines if line[0].text)))
    if same_day:
        names = ", ".join(outlook.release.name for outlook in same_day)
        blocks.append(Lines(((Cell(f"Also that day: {names}", "muted"),),)))
    blocks.append(legend((), doubtful=wording.is_doubtful(first)))
    return View(lambda: blocks, tuple(outlooks), context)


def _days_text(outlook: Outlook) -> str:
    """The days left as digits, of a window both ends: `12–30`; empty without a date."""
    if outlook.remaining is None or not outlook.dated:
        return ""
    low, high = max(outlook.remaining.min, 0), max(outlook.remaining.max, 0)
    return str(high) if low == high else f"{low}–{high}"
