"""The views of `list` and `search`: releases in rows."""

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from countdown.core import wording
from countdown.core.outlook import Ahead, Outlook
from countdown.views import cells, stages
from countdown.views.months import months, overview, those_that_fit
from countdown.views.view import (
    Block,
    Cell,
    Column,
    Lines,
    Table,
    View,
    ViewContext,
    has_doubt,
    legend,
    urgency_mark,
)

if TYPE_CHECKING:  # Needed once for each user.
    from countdown.views.welcome import Welcome

DATED_COLUMNS = (
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


def listing(
    outlooks: Sequence[Outlook],
    context: ViewContext,
    *,
    heading: str = "Coming up",
    ranked: bool = False,
    followed: frozenset[str] | None = None,
    missing: Sequence[tuple[str, str]] = (),
) -> View:
    """Dated releases, and undated ones in a section below; on a terminal under their months.

    *ranked* keeps all in one section, in the order of *outlooks*. Those whose ids are *followed*
    are marked. *missing* are descriptions of what isn't shown, each with a command that shows it.
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
            missing=missing,
        )

    return View(blocks, every, context, screen, followed=followed)


def coming(
    outlooks: Sequence[Outlook],
    context: ViewContext,
    *,
    followed: frozenset[str],
    ahead: Ahead,
    welcome: "Welcome | None" = None,
    remark: str = "",
) -> View:
    """A listing that on a terminal has only what fits of *outlooks*, and counts *ahead*.

    Below them is a *remark*, if there is one, and for a new user a *welcome*.
    """
    view = listing(outlooks, context, followed=followed)
    every = view.outlooks

    def below(columns: int) -> list[Block]:
        said: list[Block] = [Lines(((Cell(remark),),))] if remark else []
        if welcome is None:
            return said
        from countdown.views.welcome import welcome_blocks

        return said + welcome_blocks(welcome, context, columns)

    def room(columns: int, lines: int) -> int:
        """The lines above the remark and the welcome, each after an empty line."""
        if welcome is None and not remark:
            return lines
        from countdown.views.folding import height

        return lines - sum(1 + height(block, columns) for block in below(columns))

    def visible(columns: int, lines: int) -> list[Outlook]:
        return those_that_fit(every, context, followed, columns, room(columns, lines))

    def screen(columns: int, lines: int) -> list[Block]:
        shown = visible(columns, lines)
        drawn = overview(shown, context, followed=followed, ahead=ahead, columns=columns)
        return drawn + below(columns)

    blocks = view.blocks
    return view._replace(
        blocks=lambda: [*blocks(), *below(0)], screen=screen, fits=True, visible=visible
    )


def _sections(
    every: tuple[Outlook, ...],
    circumstances: str,
    context: ViewContext,
    *,
    ranked: bool,
    followed: Collection[str],
) -> list[Block]:
    dated = [outlook for outlook in every if outlook.dated or ranked]
    tables = []
    if dated:
        rows = tuple(dated_row(outlook, context, followed) for outlook in dated)
        below = cells.old_checks(dated, context)
        tables.append(Table(f"A{circumstances[1:]}", DATED_COLUMNS, rows, below=below))
    for name, group in () if ranked else stages.dateless_groups(every):
        heading = name if tables else f"{name} · {circumstances}"
        rows = tuple(_undated_row(outlook, context, followed) for outlook in group)
        tables.append(Table(heading, _UNDATED, rows))
    return [*tables, legend(every, doubtful=has_doubt(tables), followed=followed)]


def dated_row(
    outlook: Outlook, context: ViewContext, followed: Collection[str]
) -> tuple[Cell, ...]:
    """A row of DATED_COLUMNS."""
    release = outlook.release
    return (
        urgency_mark(outlook, followed),
        Cell(context.name(release), "title"),
        Cell(release.kind, "muted"),
        cells.date_cell(outlook, context.date_style),
        cells.time_left_cell(outlook, context),
        Cell(cells.platforms(release)),
        Cell(cells.people(release), "muted"),
    )


def _undated_row(
    outlook: Outlook, context: ViewContext, followed: Collection[str]
) -> tuple[Cell, ...]:
    release = outlook.release
    since = (
        cells.stage_since(outlook, context.date_style),
        cells.former_date(outlook, context.date_style),
    )
    return (
        urgency_mark(outlook, followed),
        Cell(context.name(release), "title"),
        Cell(release.kind, "muted"),
        Cell(cells.stage_text(outlook)),
        Cell("; ".join(filter(None, since)), "muted"),
        Cell(cells.platforms(release)),
        Cell(cells.people(release), "muted"),
    )
