"""The view of `follow` without a name: what is followed, and what is ahead for each."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from countdown.core.outlook import Outlook
from countdown.views import cells
from countdown.views.view import Cell, Column, Table, View, ViewContext, has_doubt, legend

_COLUMNS: Final = (
    Column("Name", stretch=True),
    Column("Sort", rank=2),
    Column("Ahead", rank=3),
    Column("Next", rank=1, stretch=True),
    Column("When", rank=4, days=True),
    Column("Left"),
)


class FollowSummary(NamedTuple):
    """A followed name, the number of its releases *ahead*, and the *next* one with a date."""

    sort: str
    name: str
    ahead: int
    next: Outlook | None


def follows(summaries: Sequence[FollowSummary], context: ViewContext) -> View:
    """One row a name, in the order of config.toml; programs also get the next release of each."""
    table = Table("You follow", _COLUMNS, tuple(_row(summary, context) for summary in summaries))
    blocks = (table, legend((), doubtful=has_doubt([table])))
    outlooks = tuple(dict.fromkeys(summary.next for summary in summaries if summary.next))
    return View(lambda: blocks, outlooks, context, follows=tuple(summaries))


def _row(summary: FollowSummary, context: ViewContext) -> tuple[Cell, ...]:
    dateless = f"{summary.ahead} without a date" if summary.ahead else "nothing ahead"
    return (
        Cell(summary.name, "title"),
        Cell(summary.sort, "muted"),
        Cell(f"{summary.ahead} ahead"),
        Cell(summary.next.release.name if summary.next else ""),
        cells.date_cell(summary.next, context.date_style) if summary.next else Cell(""),
        cells.time_left_cell(summary.next, context) if summary.next else Cell(dateless, "undated"),
    )
