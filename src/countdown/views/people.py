"""The view of `actor`: everyone's releases, with roles and jobs."""

from collections.abc import Collection, Sequence
from typing import Final

from countdown.core.outlook import Outlook
from countdown.views import cells, timeline
from countdown.views.person import Person, credits_by_person, credits_text
from countdown.views.view import (
    Block,
    Cell,
    Column,
    Table,
    View,
    ViewContext,
    has_doubt,
    legend,
    urgency_mark,
)

_CREDITS: Final = (
    Column(""),
    Column("Title", stretch=True),
    Column("As", rank=2, stretch=True),
    Column("When", rank=1, days=True),
    Column("Left"),
    Column("Where", rank=3, stretch=True),
)


def people_listing(
    people: Sequence[Person],
    context: ViewContext,
    *,
    more: int = 0,
    followed: frozenset[str] = frozenset(),
    missing: Sequence[tuple[str, str]] = (),
) -> View:
    """One table a person, with roles and jobs; on a terminal one for all, with an axis of time.

    *more* is the number of people left out; *missing* describes what else isn't shown, each with a
    command that shows it. Releases whose ids are *followed* are marked.
    """
    # By identity: comparing or hashing a release would include its whole cast.
    every = tuple({id(outlook): outlook for each in people for outlook in each.shown}.values())

    def blocks() -> list[Block]:
        return _by_person(people, every, context, followed)

    def screen(columns: int, _lines: int) -> list[Block]:
        return timeline.blocks(people, context, followed=followed, missing=missing, columns=columns)

    return View(blocks, every, context, screen, followed=followed, more_people=more)


def _by_person(
    people: Sequence[Person],
    every: tuple[Outlook, ...],
    context: ViewContext,
    followed: Collection[str],
) -> list[Block]:
    credits = credits_by_person(people, every)
    # Made once per release, not per person: platforms can be long.
    shared = {id(outlook): _shared_cells(outlook, context, followed) for outlook in every}

    def row(outlook: Outlook, name: str) -> tuple[Cell, ...]:
        sign, title, *rest = shared[id(outlook)]
        return (sign, title, Cell(credits_text(credits[id(outlook)].get(name, []))), *rest)

    tables = [
        Table(
            each.name,
            _CREDITS,
            tuple(row(outlook, each.name) for outlook in each.shown),
            repeats_heading=True,
        )
        for each in people
    ]
    return [*tables, legend(every, doubtful=has_doubt(tables), followed=followed)]


def _shared_cells(
    outlook: Outlook, context: ViewContext, followed: Collection[str]
) -> tuple[Cell, ...]:
    """The cells of a row of credits without the role, which goes after the first two."""
    return (
        urgency_mark(outlook, followed),
        Cell(context.name(outlook.release), "title"),
        cells.date_cell(outlook, context.date_style),
        cells.time_left_cell(outlook, context),
        Cell(cells.platforms(outlook.release)),
    )
