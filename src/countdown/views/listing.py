"""The views of `list`, `search` and `actor`: releases in rows."""

from collections.abc import Collection, Sequence

from countdown.core import wording
from countdown.core.outlook import Outlook
from countdown.core.release import Release
from countdown.views import cells
from countdown.views.view import (
    UNVERIFIED,
    Block,
    Cell,
    Column,
    Table,
    View,
    ViewContext,
    legend,
    mark,
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


def listing(outlooks: Sequence[Outlook], context: ViewContext, *, ranked: bool = False) -> View:
    """Dated releases, with a break at each new year, and undated ones in a section below.

    *ranked* keeps them all in one section, in the order given.
    """
    every, style = tuple(outlooks), context.date_style
    day = wording.day_label(context.now.today, style)
    asked = f"as of {day}{f' · {context.region}' if context.region else ''}"

    def blocks() -> list[Block]:
        return _sections(every, asked, style, ranked=ranked)

    return View(blocks, every, context)


def people_listing(
    groups: Sequence[tuple[str, Sequence[Outlook]]],
    context: ViewContext,
    *,
    jobs: Sequence[str],
    more: int = 0,
) -> View:
    """One table a person: what they are in, and as whom. *more* is how many people are left out."""
    # By identity: to compare two releases, or to hash one, takes all of its cast.
    every = tuple({id(seen): seen for _, outlooks in groups for seen in outlooks}.values())

    def blocks() -> list[Block]:
        return _by_person(groups, every, jobs, context.date_style)

    return View(blocks, every, context, more_people=more)


def _sections(every: tuple[Outlook, ...], asked: str, style: str, *, ranked: bool) -> list[Block]:
    dated = [seen for seen in every if seen.dated or ranked]
    undated = [seen for seen in every if not (seen.dated or ranked)]
    tables = []
    if dated:
        breaks = () if ranked else _years(dated)
        rows = tuple(_dated_row(seen, style) for seen in dated)
        tables.append(Table(f"A{asked[1:]}", _DATED, rows, breaks))
    if undated:
        heading = "No date yet" if dated else f"No date yet · {asked}"
        rows = tuple(_undated_row(seen, style) for seen in undated)
        tables.append(Table(heading, _UNDATED, rows))
    return [*tables, legend(every, doubtful=_doubtful(tables))]


def _by_person(
    groups: Sequence[tuple[str, Sequence[Outlook]]],
    every: tuple[Outlook, ...],
    jobs: Sequence[str],
    style: str,
) -> list[Block]:
    # What is the same for everyone in a release is made once: its cast and platforms can be long.
    named = {name for name, _ in groups}
    roles = {id(seen): _roles(seen.release, named, jobs) for seen in every}
    shared = {id(seen): _credit_cells(seen, style) for seen in every}

    def row(seen: Outlook, name: str) -> tuple[Cell, ...]:
        sign, title, *rest = shared[id(seen)]
        return (sign, title, _credited_as(seen.release, roles[id(seen)].get(name, [])), *rest)

    tables = [
        Table(name, _CREDITS, tuple(row(seen, name) for seen in outlooks), named=True)
        for name, outlooks in groups
    ]
    return [*tables, legend(every, doubtful=_doubtful(tables))]


def _doubtful(tables: Sequence[Table]) -> bool:
    """Whether any value carries the mark of doubt. A title can end in a star of its own."""
    return any(UNVERIFIED in c.text for table in tables for row in table.rows for c in row[2:])


def _years(dated: Sequence[Outlook]) -> tuple[tuple[int, str], ...]:
    """Where a new year begins among releases in order of date; late ones stand before any year."""
    breaks: list[tuple[int, str]] = []
    for number, seen in enumerate(dated):
        year = str(seen.date.latest.year) if seen.date and seen.state != "overdue" else "Overdue"
        if not breaks or breaks[-1][1] != year:
            breaks.append((number, year))
    return tuple(breaks) if len(breaks) > 1 else ()


def _dated_row(seen: Outlook, style: str) -> tuple[Cell, ...]:
    release = seen.release
    return (
        mark(seen),
        Cell(release.name, "title"),
        Cell(release.kind, "muted"),
        cells.when(seen, style),
        cells.left(seen),
        Cell(cells.where(release)),
        Cell(cells.who(release), "muted"),
    )


def _undated_row(seen: Outlook, style: str) -> tuple[Cell, ...]:
    release = seen.release
    return (
        mark(seen),
        Cell(release.name, "title"),
        Cell(release.kind, "muted"),
        Cell(cells.stage(seen)),
        Cell(cells.since(release, style), "muted"),
        Cell(cells.where(release)),
        Cell(cells.who(release), "muted"),
    )


def _credit_cells(seen: Outlook, style: str) -> tuple[Cell, ...]:
    """The cells of a row of credits but for the role, which stands after the first two."""
    return (
        mark(seen),
        Cell(seen.release.name, "title"),
        cells.when(seen, style),
        cells.left(seen),
        Cell(cells.where(seen.release)),
    )


def _roles(release: Release, names: Collection[str], jobs: Sequence[str]) -> dict[str, list[str]]:
    """The roles or jobs of each of *names* in *release*; an empty text for an actor without one."""
    found: dict[str, list[str]] = {}
    for job, who, role in release.credits():
        if who in names and job in jobs:
            found.setdefault(who, []).append(role or ("" if jobs == ("cast",) else job))
    return found


def _credited_as(release: Release, roles: Sequence[str]) -> Cell:
    """*roles* as one: `Gorr`, `director, writer`."""
    doubt = cells.doubtful(release, "cast" if roles else "")
    return Cell(", ".join(one for one in roles if one) + doubt)
