"""What is to be shown, in words and semantic styles, before any format has its say."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from countdown.core import day_style
from countdown.core.outlook import Moment, Outlook

if TYPE_CHECKING:  # Most views know nothing of either.
    from countdown.core.changes import ObservedChange
    from countdown.core.history import HistoryStep
    from countdown.views.following import Followed

# What a piece of text means; each renderer decides how, or whether, that looks different.
Style = Literal[
    "",
    "heading",
    "title",
    "muted",
    "today",
    "week",
    "month",
    "later",
    "window",
    "overdue",
    "released",
    "undated",
    "old",
    "added",
    "removed",
    "delayed",
    "sooner",
]

# A sign for each urgency, so that it does not hang on colour alone, and what it means.
MARKS: Final[dict[Style, tuple[str, str]]] = {
    "overdue": ("▲", "window passed"),
    "today": ("★", "today"),
    "week": ("●", "within a week"),
    "month": ("◐", "within 31 days"),
    "later": ("○", "later"),
    "window": ("◇", "a window, no day yet"),
    "released": ("✓", "out"),
    "undated": ("·", "no date"),
}
UNVERIFIED: Final = "*"
DOUBT: Final = "remembered or inferred, not read in a source"


class Cell(NamedTuple):
    """A run of text of one style."""

    text: str
    style: Style = ""


class Column(NamedTuple):
    """A column of a table. The higher its *rank*, the sooner it drops out; rank 0 stays."""

    heading: str
    rank: int = 0
    stretch: bool = False  # Its text may be cut rather than the column dropped.
    days: bool = False  # It holds days of the month, which stand below each other.


class Table(NamedTuple):
    """Rows under a heading. *breaks* are headings inside it: row number → text."""

    heading: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    breaks: tuple[tuple[int, str], ...] = ()
    named: bool = False  # The heading belongs to each row, and goes with it where rows are alone.


class Pairs(NamedTuple):
    """Labels with values; long values go on under themselves."""

    heading: str
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]


class Lines(NamedTuple):
    """Lines of text, each of styled runs."""

    lines: tuple[tuple[Cell, ...], ...]
    verbatim: bool = False  # Drawn by the character, not to be wrapped: cut to the width instead.


class Items(NamedTuple):
    """Short things in a row, none of them broken where the row is."""

    items: tuple[tuple[Cell, ...], ...]


Block = Table | Pairs | Lines | Items


class ViewContext(NamedTuple):
    """The circumstances of an answer: the moment, the user's region and zone, the style of days."""

    now: Moment
    region: str | None = None
    timezone: str | None = None  # its IANA name, where it is known
    date_style: str = day_style.DEFAULT


class View(NamedTuple):
    """One answer: *blocks* for people, made when asked for, and the outlooks for programs."""

    blocks: Callable[[], Sequence[Block]]
    outlooks: tuple[Outlook, ...]
    context: ViewContext
    changes: "tuple[ObservedChange, ...] | None" = None  # that were seen, where they are the answer
    history: "tuple[HistoryStep, ...] | None" = None  # how the date of the one release moved
    follows: "tuple[Followed, ...] | None" = None  # that releases are the next of
    more_people: int = 0  # who match, too, and whose releases are left out


def urgency(seen: Outlook) -> Style:
    """How soon it is, as a style."""
    if seen.state == "released":
        return "released"
    if seen.remaining is None or not seen.dated:
        return "undated"
    if seen.state == "overdue":
        return "overdue"
    if seen.remaining.min != seen.remaining.max or (seen.date and seen.date.qualifier):
        return "window"
    left = seen.remaining.max
    if left <= 0:
        return "today"
    return "week" if left <= 7 else "month" if left <= 31 else "later"


def mark(seen: Outlook) -> Cell:
    """The sign of its urgency."""
    style = urgency(seen)
    return Cell(MARKS[style][0], style)


def legend(outlooks: Sequence[Outlook], *, doubtful: bool) -> Items:
    """The signs that *outlooks* use, explained, and the mark of what is not verified."""
    used = {urgency(seen) for seen in outlooks}
    signs = [
        (Cell(sign, style), Cell(f" {words}", "muted"))
        for style, (sign, words) in MARKS.items()
        if style in used
    ]
    if doubtful:
        signs.append((Cell(UNVERIFIED), Cell(f" {DOUBT}", "muted")))
    return Items(tuple(signs))
