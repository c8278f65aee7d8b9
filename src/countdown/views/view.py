"""Answers as words with semantic styles, which every format renders in its own way."""

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, get_args

from countdown.core import day_style
from countdown.core.outlook import Moment, Outlook
from countdown.core.regions import UNSTATED, place_mark
from countdown.core.release import Release

if TYPE_CHECKING:  # Most views need none of them.
    from countdown.core.candidate import Candidate
    from countdown.core.changes import ObservedChange
    from countdown.core.history import HistoryStep
    from countdown.core.marathon_wording import Marathon
    from countdown.core.source_result import SourceResult
    from countdown.views.follows import FollowSummary
    from countdown.views.sources import SourceStatus

# The meaning of a text; each format decides how it looks.
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
    "command",
]
STYLES: Final[tuple[Style, ...]] = get_args(Style)

# Urgency → its sign, since colour alone is not enough, and the meaning in the legend.
URGENCY_SIGNS: Final[dict[Style, tuple[str, str]]] = {
    "overdue": ("▲", "window passed"),
    "today": ("★", "today"),
    "week": ("●", "within a week"),
    "month": ("◐", "within 31 days"),
    "later": ("○", "later"),
    "window": ("◇", "a window, no day yet"),
    "released": ("✓", "out"),
    "undated": ("·", "no date"),
}
FOLLOWED_SIGN: Final = "♥"
FOLLOWED_MEANING: Final = "you follow it"
UNSTATED_MEANING: Final = "the source doesn't say where"
DOUBT_SIGN: Final = "?"  # behind dates and stages, as behind the uncertain dates of EDTF
DOUBT_MEANING: Final = "not confirmed"
# Headings of columns in whose texts the sign means that.
DOUBTFUL_COLUMNS: Final = ("When", "Left", "Stage", "Since", "From", "To", "Date", "As")


class Cell(NamedTuple):
    """A run of text in one style; *link* is an address for terminals that show links."""

    text: str
    style: Style = ""
    link: str | None = None


class Column(NamedTuple):
    """A column of a table. The higher its *rank*, the sooner it drops out; rank 0 stays."""

    heading: str
    rank: int = 0
    stretch: bool = False  # Its texts are cut before the column is dropped.
    days: bool = False  # Its days of the month are aligned below each other.
    right: bool = False  # Its texts are aligned at the right.
    least: int = 0  # Its width in cells below which text is not cut further; 0 is the usual one.
    wraps: bool = False  # What doesn't fit goes on below, on a terminal; else it is cut.
    names: bool = False  # Its texts list names, of which as many as fit are shown, on a terminal.


class Table(NamedTuple):
    """Rows under a heading.

    *breaks* are lines between rows: pairs of the index of the row below, or the number of rows for
    the end, and the line. *below* are lines for a terminal: pairs of the index of the row above and
    the line, which begins where titles do.
    """

    heading: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    breaks: tuple[tuple[int, tuple[Cell, ...]], ...] = ()
    has_headings: bool = False  # On a terminal, the headings of its columns are shown.
    repeats_heading: bool = False  # In formats with rows alone, each row ends with it.
    below: tuple[tuple[int, tuple[Cell, ...]], ...] = ()


class Pairs(NamedTuple):
    """Labels with values; a long value continues below its own start.

    *signs* are shown before the labels on a terminal, one for each row, if there are any.
    """

    heading: str
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]
    signs: tuple[Cell, ...] = ()


class Lines(NamedTuple):
    """Lines of text, each of styled runs."""

    lines: tuple[tuple[Cell, ...], ...]
    verbatim: bool = False  # A drawing: cut to the width instead of wrapped.
    whole: bool = False  # To be copied: neither wrapped nor cut, the terminal breaks it.


class Items(NamedTuple):
    """Short texts in a row, which is broken only between them."""

    items: tuple[tuple[Cell, ...], ...]


Block = Table | Pairs | Lines | Items


class ViewContext(NamedTuple):
    """The circumstances of an answer: the moment, the user's region and zone, the style of days.

    *exact_days* counts the time left in days, not in weeks and months. Titles are shown in the
    first of *languages*, tags of BCP 47, for which there is one. *raw* leaves the cells of csv and
    tsv without apostrophes. *hint* adapts a command, like `countdown list`, to how the user runs
    it.
    """

    now: Moment
    region: str | None = None
    timezone: str | None = None  # its IANA name, if known
    date_style: str = day_style.DEFAULT
    exact_days: bool = False
    raw: bool = False
    hint: Callable[[str], str] = str
    languages: tuple[str, ...] = ()

    def name(self, release: Release) -> str:
        """The name of *release* in the user's language, if it has one."""
        return release.name_in(self.languages)

    def command(self, text: str) -> Cell:
        """The command *text*, adapted to how the user runs it."""
        return Cell(self.hint(text), "command")


class View(NamedTuple):
    """One answer: *blocks* for people, made when a format needs them, and data for programs.

    *screen* makes the blocks for a terminal of given columns and lines, if those differ. An answer
    that *fits* is limited to what is seen without scrolling, and not shown in a pager.
    """

    blocks: Callable[[], Sequence[Block]]
    outlooks: tuple[Outlook, ...]
    context: ViewContext
    screen: Callable[[int, int], Sequence[Block]] | None = None
    fits: bool = False
    visible: Callable[[int, int], Sequence[Outlook]] | None = None  # on *screen*, if not all are
    has_links: bool = False  # in cells, for terminals that show them
    changes: "tuple[ObservedChange, ...] | None" = None  # of `news`
    history: "tuple[HistoryStep, ...] | None" = None  # of the date of the one release, of `show`
    follows: "tuple[FollowSummary, ...] | None" = None  # of `follow`
    candidates: "tuple[Candidate, ...] | None" = None  # of `search --online`
    source_states: "tuple[SourceStatus, ...] | None" = None  # of `source`
    followed: frozenset[str] | None = None  # ids of followed releases, if they were looked up
    sources: "tuple[SourceResult, ...] | None" = None  # of `refresh`
    marathon: "Marathon | None" = None  # of `marathon`
    more_people: int = 0  # whose names match, but whose releases are left out
    has_credits: bool = False  # It names the sources of its facts itself.


def urgency(outlook: Outlook) -> Style:
    """The style for how soon a release is."""
    if outlook.state == "released":
        return "released"
    if outlook.remaining is None or not outlook.dated:
        return "undated"
    if outlook.state == "overdue":
        return "overdue"
    if outlook.remaining.min != outlook.remaining.max or (outlook.date and outlook.date.qualifier):
        return "window"
    return nearness(outlook.remaining.max)


def nearness(days: int) -> Style:
    """The style for *days* left until a known day."""
    if days <= 0:
        return "today"
    return "week" if days <= 7 else "month" if days <= 31 else "later"


def urgency_mark(outlook: Outlook, followed: Collection[str] = ()) -> Cell:
    """The sign for the urgency of *outlook*, and one for *followed* releases."""
    style = urgency(outlook)
    heart = FOLLOWED_SIGN if outlook.release.id in followed else ""
    return Cell(URGENCY_SIGNS[style][0] + heart, style)


def has_doubt(tables: Iterable[Table]) -> bool:
    """True if a date or stage in *tables* has the sign of doubt; other cells can end in one."""
    place = place_mark(UNSTATED)  # It ends in the same sign.
    return any(
        DOUBT_SIGN in row[number].text.replace(place, "")
        for table in tables
        for number, column in enumerate(table.columns)
        if column.heading in DOUBTFUL_COLUMNS
        for row in table.rows
    )


def explained(sign: str, meaning: str, style: Style = "") -> tuple[Cell, Cell]:
    """*sign* and its *meaning*, for a legend."""
    return Cell(sign, style), Cell(f" {meaning}", "muted")


def legend(outlooks: Sequence[Outlook], *, doubtful: bool, followed: Collection[str] = ()) -> Items:
    """The meanings of the signs that *outlooks* use, and of the sign of doubt if *doubtful*."""
    used = {urgency(outlook) for outlook in outlooks}
    signs = [
        explained(sign, words, style)
        for style, (sign, words) in URGENCY_SIGNS.items()
        if style in used
    ]
    if any(outlook.release.id in followed for outlook in outlooks):
        signs.append(explained(FOLLOWED_SIGN, FOLLOWED_MEANING))
    if any(outlook.effective_date and outlook.effective_date.dated.place for outlook in outlooks):
        signs.append(explained(place_mark(UNSTATED), UNSTATED_MEANING))
    if doubtful:
        signs.append(explained(DOUBT_SIGN, DOUBT_MEANING))
    return Items(tuple(signs))


def short_legend(*, followed: bool, doubtful: bool, unstated: bool = False) -> Items:
    """The meanings of the signs beside titles and dates, if they are on the screen."""
    place = place_mark(UNSTATED)
    signs = [
        *([explained(FOLLOWED_SIGN, FOLLOWED_MEANING, "today")] if followed else []),
        *([explained(DOUBT_SIGN, DOUBT_MEANING)] if doubtful else []),
        *([explained(place, UNSTATED_MEANING)] if unstated else []),
    ]
    return Items(tuple(signs))
