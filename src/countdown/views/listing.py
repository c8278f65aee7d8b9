"""The views of `list`, `search` and `actor`: releases in rows."""

from collections.abc import Collection, Sequence

from countdown.core import wording
from countdown.core.outlook import Ahead, Outlook
from countdown.core.release import Release
from countdown.views import cells
from countdown.views.months import months, overview
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

_DATED = (
    Column(""),
    Column("Title", stretch=True),
    Column("Kind", rank=3),
    Column("When", rank=1, days=True),
    Column("Left"),
    Column("Where", rank=2, stretch=True),
    Column("Who", rank=4, stretch=True),
)
_UNDATED = (
    Column(""),
    Column("Title", stretch=True),
    Column("Kind", rank=3),
    Column("Stage"),
    Column("Since", rank=1),
    Column("Where", rank=2, stretch=True),
    Column("Who", rank=4, stretch=True),
)
_CREDITS = (
    Column(""),
    Column("Title", stretch=True),
    Column("As", rank=2, stretch=True),
    Column("When", rank=1, days=True),
    Column("Left"),
    Column("Where", rank=3, stretch=True),
)


def listing(
    outlooks: Sequence[Outlook],
    context: ViewContext,
    *,
    heading: str = "Coming up",
    ranked: bool = False,
    followed: frozenset[str] | None = None,
) -> View:
    """Dated releases, and undated ones in a section below; on a terminal under their months.

    *ranked* keeps all in one section, in the order of *outlooks*. Those whose ids are *followed*
    are marked.
    """
    every = tuple(outlooks)
    day = wording.day_label(context.now.today, context.date_style)
    circumstances = f"as of {day}{f' · {context.region}' if context.region else ''}"

    def blocks() -> list[Block]:
        return _sections(every, circumstances, context, ranked=ranked, followed=followed or ())

    def screen(columns: int, _lines: int) -> list[Block]:
        return months(
            every,
            context,
            heading=heading,
            followed=followed or (),
            columns=columns,
            ranked=ranked,
        )

    return View(blocks, every, context, screen, followed=followed)


def coming(
    outlooks: Sequence[Outlook],
    context: ViewContext,
    *,
    followed: frozenset[str],
    ahead: Ahead,
) -> View:
    """The same on a terminal, but only as many of *outlooks* as fit there, and what is *ahead*."""
    every = tuple(outlooks)

    def screen(columns: int, lines: int) -> list[Block]:
        return overview(
            every, context, followed=followed, ahead=ahead, columns=columns, lines=lines
        )

    return listing(every, context, followed=followed)._replace(screen=screen, fits=True)


def people_listing(
    groups: Sequence[tuple[str, Sequence[Outlook]]],
    context: ViewContext,
    *,
    more: int = 0,
) -> View:
    """One table a person, with roles and jobs. *more* is the number of people left out."""
    # By identity: comparing or hashing a release walks all of its cast.
    every = tuple({id(outlook): outlook for _, outlooks in groups for outlook in outlooks}.values())

    def blocks() -> list[Block]:
        return _by_person(groups, every, context)

    return View(blocks, every, context, more_people=more)


def _sections(
    every: tuple[Outlook, ...],
    circumstances: str,
    context: ViewContext,
    *,
    ranked: bool,
    followed: Collection[str],
) -> list[Block]:
    dated = [outlook for outlook in every if outlook.dated or ranked]
    undated = [outlook for outlook in every if not (outlook.dated or ranked)]
    tables = []
    if dated:
        rows = tuple(_dated_row(outlook, context, followed) for outlook in dated)
        tables.append(Table(f"A{circumstances[1:]}", _DATED, rows))
    if undated:
        heading = "No date yet" if dated else f"No date yet · {circumstances}"
        rows = tuple(_undated_row(outlook, context.date_style, followed) for outlook in undated)
        tables.append(Table(heading, _UNDATED, rows))
    return [*tables, legend(every, doubtful=has_doubt(tables), followed=followed)]


def _by_person(
    groups: Sequence[tuple[str, Sequence[Outlook]]],
    every: tuple[Outlook, ...],
    context: ViewContext,
) -> list[Block]:
    # Made once a release, not once a person: cast and platforms can be long.
    people = {name for name, _ in groups}
    credits = {id(outlook): _credits(outlook.release, people) for outlook in every}
    shared = {id(outlook): _shared_cells(outlook, context) for outlook in every}

    def row(outlook: Outlook, name: str) -> tuple[Cell, ...]:
        sign, title, *rest = shared[id(outlook)]
        own = credits[id(outlook)].get(name, [])
        return (sign, title, _credits_cell(own), *rest)

    tables = [
        Table(
            name, _CREDITS, tuple(row(outlook, name) for outlook in outlooks), repeats_heading=True
        )
        for name, outlooks in groups
    ]
    return [*tables, legend(every, doubtful=has_doubt(tables))]


def _dated_row(
    outlook: Outlook, context: ViewContext, followed: Collection[str]
) -> tuple[Cell, ...]:
    release = outlook.release
    return (
        urgency_mark(outlook, followed),
        Cell(release.name, "title"),
        Cell(release.kind, "muted"),
        cells.date_cell(outlook, context.date_style),
        cells.time_left_cell(outlook, context),
        Cell(cells.platforms(release)),
        Cell(cells.people(release), "muted"),
    )


def _undated_row(outlook: Outlook, style: str, followed: Collection[str]) -> tuple[Cell, ...]:
    release = outlook.release
    return (
        urgency_mark(outlook, followed),
        Cell(release.name, "title"),
        Cell(release.kind, "muted"),
        Cell(cells.stage_text(outlook)),
        Cell(cells.stage_since(release, style), "muted"),
        Cell(cells.platforms(release)),
        Cell(cells.people(release), "muted"),
    )


def _shared_cells(outlook: Outlook, context: ViewContext) -> tuple[Cell, ...]:
    """The cells of a row of credits without the role, which goes after the first two."""
    return (
        urgency_mark(outlook),
        Cell(outlook.release.name, "title"),
        cells.date_cell(outlook, context.date_style),
        cells.time_left_cell(outlook, context),
        Cell(cells.platforms(outlook.release)),
    )


def _credits(release: Release, names: Collection[str]) -> dict[str, list[tuple[str, str]]]:
    """The credits of each of *names* in *release*, as pairs of the job and the role or ""."""
    credits: dict[str, list[tuple[str, str]]] = {}
    for job, person, role in release.credits():
        if person in names:
            credits.setdefault(person, []).append((job, role or ""))
    return credits


def _credits_cell(credits: Sequence[tuple[str, str]]) -> Cell:
    """*credits* in one cell: `Gorr`, `director, writer`; empty for an actor without a role."""
    if credits == [("cast", "")]:
        return Cell("")
    return Cell(", ".join(role or ("actor" if job == "cast" else job) for job, role in credits))
