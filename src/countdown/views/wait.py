"""The wait for a release, from its first known announcement to its day."""

from datetime import date
from typing import Final

from countdown.core import day_style
from countdown.core.outlook import Outlook
from countdown.core.width import width
from countdown.views.folding import folded
from countdown.views.release_day import is_counted
from countdown.views.view import Cell, Lines, ViewContext, urgency

_MIN_BAR, _MAX_BAR = 10, 100  # columns
_PRECISE: Final = ("instant", "day", "month")  # enough for the bar


def announcement(outlook: Outlook, context: ViewContext) -> tuple[date, str, str] | None:
    """The day of the first known announcement, the same in words, and the share of the wait so far.

    None if that day isn't known, or if there is no exact day to count to.
    """
    when, today = outlook.date, context.now.today
    known = [
        (move.announced.earliest, move.before is None, move.days or 0)
        for move in outlook.release.moves
        if move.announced and move.announced.precision in _PRECISE
    ]
    since = outlook.stage_since
    if outlook.stage == "announced" and since and since.precision in _PRECISE:
        known.append((since.earliest, True, 0))
    if when is None or not known or not is_counted(outlook):
        return None
    start, is_first, days = min(known)
    if not start < today < when.latest:
        return None
    word = "announced" if is_first else "delayed" if days > 0 else "moved"
    percent = 100 * (today - start).days // (when.latest - start).days
    whole = "the wait" if is_first else "the wait since then"
    month = day_style.format_month(start, context.date_style)
    return start, f"{word} {month}", f"{percent} % of {whole} is over"


def bar(outlook: Outlook, context: ViewContext, columns: int) -> Lines:
    """A bar from the announcement to the day: `announced Jul 2024  ━━━──  97 % of the wait …`."""
    found = announcement(outlook, context)
    if found is None or outlook.date is None:
        return Lines(())
    start, label, text = found
    room = columns - width(label) - width(text) - 4
    size = min(room if room >= _MIN_BAR else columns, _MAX_BAR)
    whole = (outlook.date.latest - start).days
    done = (context.now.today - start).days
    filled = min(max(size * done // whole, 1), size - 1)
    bar = (Cell("━" * filled, urgency(outlook)), Cell("─" * (size - filled), "muted"))
    if room >= _MIN_BAR:
        line = (Cell(f"{label}  ", "muted"), *bar, Cell(f"  {text}", "muted"))
        return Lines((line,), verbatim=True)
    below = folded([Cell(f"{label} · {text}", "muted")], columns)
    return Lines((bar, *((cell,) for cell in below)), verbatim=True)
