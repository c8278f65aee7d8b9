"""The views of `list`, `search` and `actor`: releases in rows."""

from collections.abc import Sequence

from countdown.core import wording
from countdown.core.release import Release
from countdown.core.remaining import Moment, Outlook
from countdown.render import cells
from countdown.render.view import Cell, Column, Table, View, legend, mark

_DATED = (
    Column(""),
    Column("Title", stretch=True),
    Column("Kind", rank=3),
    Column("When", rank=1),
    Column("Left"),
    Column("Where", rank=2, stretch=True),
    Column("Who", rank=4, stretch=True),
)
_UNDATED = (
    Column(""),
    Column("Title", stretch=True),
    Column("Kind", rank=3),
    Column("Stage"),
    Column("Where", rank=2, stretch=True),
    Column("Who", rank=4, stretch=True),
)
_CREDITS = (
    Column(""),
    Column("Title", stretch=True),
    Column("As", rank=3, stretch=True),
    Column("When", rank=1),
    Column("Left"),
    Column("Where", rank=2, stretch=True),
)


def listing(
    outlooks: Sequence[Outlook],
    *,
    now: Moment,
    region: str | None,
    timezone: str | None,
    ranked: bool = False,
) -> View:
    """Dated releases, with a break at each new year, and undated ones in a section below.

    *ranked* keeps them all in one section, in the order given.
    """
    dated = tuple(seen for seen in outlooks if seen.dated or ranked)
    undated = tuple(seen for seen in outlooks if not (seen.dated or ranked))
    breaks = () if ranked else _years(dated)
    blocks = []
    if dated:
        rows = tuple(_dated_row(seen) for seen in dated)
        blocks.append(Table(_asked(now, region), _DATED, rows, breaks))
    if undated:
        heading = "No date yet" if dated else f"No date yet · {_asked(now, region)}"
        blocks.append(Table(heading, _UNDATED, tuple(_undated_row(seen) for seen in undated)))
    return _view(blocks, tuple(outlooks), now, region, timezone)


def people_listing(
    groups: Sequence[tuple[str, Sequence[Outlook]]],
    *,
    jobs: Sequence[str],
    now: Moment,
    region: str | None,
    timezone: str | None,
) -> View:
    """One table a person: what they are in, and as whom."""
    blocks = [
        Table(name, _CREDITS, tuple(_credit_row(seen, name, jobs) for seen in outlooks))
        for name, outlooks in groups
    ]
    every = dict.fromkeys(seen for _, outlooks in groups for seen in outlooks)
    return _view(blocks, tuple(every), now, region, timezone)


def _view(
    blocks: Sequence[Table],
    outlooks: tuple[Outlook, ...],
    now: Moment,
    region: str | None,
    timezone: str | None,
) -> View:
    marked = any(cell.text.endswith("*") or "* " in cell.text for cell in _every_cell(blocks))
    return View((*blocks, legend(outlooks, doubtful=marked)), outlooks, now, region, timezone)


def _every_cell(blocks: Sequence[Table]) -> list[Cell]:
    return [cell for block in blocks for row in block.rows for cell in row[2:]]


def _asked(now: Moment, region: str | None) -> str:
    day = wording.day_label(now.today)
    return f"{day} · {region}" if region else day


def _years(dated: Sequence[Outlook]) -> tuple[tuple[int, str], ...]:
    """Where a new year begins among releases in order of date; late ones stand before any year."""
    breaks: list[tuple[int, str]] = []
    for number, seen in enumerate(dated):
        year = str(seen.date.latest.year) if seen.date and seen.state != "overdue" else "Overdue"
        if not breaks or breaks[-1][1] != year:
            breaks.append((number, year))
    return tuple(breaks) if len(breaks) > 1 else ()


def _dated_row(seen: Outlook) -> tuple[Cell, ...]:
    release = seen.release
    return (
        mark(seen),
        Cell(release.name, "title"),
        Cell(release.kind, "muted"),
        cells.when(seen),
        cells.left(seen),
        Cell(cells.where(release)),
        Cell(cells.who(release), "muted"),
    )


def _undated_row(seen: Outlook) -> tuple[Cell, ...]:
    release = seen.release
    return (
        mark(seen),
        Cell(release.name, "title"),
        Cell(release.kind, "muted"),
        Cell(cells.stage(seen)),
        Cell(cells.where(release)),
        Cell(cells.who(release), "muted"),
    )


def _credit_row(seen: Outlook, name: str, jobs: Sequence[str]) -> tuple[Cell, ...]:
    return (
        mark(seen),
        Cell(seen.release.name, "title"),
        Cell(_credited_as(seen.release, name, jobs)),
        cells.when(seen),
        cells.left(seen),
        Cell(cells.where(seen.release)),
    )


def _credited_as(release: Release, name: str, jobs: Sequence[str]) -> str:
    """The role, or the jobs: `Gorr`, `director, writer`; of an actor without role, nothing."""
    found = []
    for job, who, role in release.credits():
        if who == name and job in jobs:
            found.append(role or ("" if jobs == ("cast",) else job))
    return ", ".join(one for one in found if one) + cells.doubtful(release, "cast" if found else "")
