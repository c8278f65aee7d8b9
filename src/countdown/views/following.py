"""The view of `following`: names, and what is ahead for each."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from countdown.core.outlook import Outlook
from countdown.views import cells
from countdown.views.view import Cell, Column, Table, View, ViewContext

_COLUMNS: Final = (
    Column("Name", stretch=True),
    Column("Sort", rank=2),
    Column("Ahead", rank=3),
    Column("Next", rank=1, stretch=True),
    Column("When", rank=4, days=True),
    Column("Left"),
)


class Followed(NamedTuple):
    """A name that is followed, how many of its releases are *ahead*, and the *next* with a date."""

    sort: str
    name: str
    ahead: int
    next: Outlook | None


def following(found: Sequence[Followed], context: ViewContext) -> View:
    """One row a name, in the order of config.toml; to programs, also what comes next of each."""
    blocks = (Table("You follow", _COLUMNS, tuple(_row(one, context.date_style) for one in found)),)
    coming = tuple(dict.fromkeys(one.next for one in found if one.next))
    return View(lambda: blocks, coming, context, follows=tuple(found))


def _row(one: Followed, style: str) -> tuple[Cell, ...]:
    dateless = f"{one.ahead} without a date" if one.ahead else "nothing ahead"
    return (
        Cell(one.name, "title"),
        Cell(one.sort, "muted"),
        Cell(f"{one.ahead} ahead"),
        Cell(one.next.release.name if one.next else ""),
        cells.when(one.next, style) if one.next else Cell(""),
        cells.left(one.next) if one.next else Cell(dateless, "undated"),
    )
