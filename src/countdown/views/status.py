"""The view of `status`: productions without a date, each on a track of stages."""

from collections.abc import Collection, Sequence
from typing import Final

from countdown.core import wording
from countdown.core.outlook import Outlook
from countdown.core.release import TRACK
from countdown.core.width import unbroken
from countdown.views import cells, stages
from countdown.views.page import footer, joined, title_line
from countdown.views.view import (
    DOUBT_SIGN,
    FOLLOWED_SIGN,
    Block,
    Cell,
    Column,
    Items,
    Lines,
    Table,
    View,
    ViewContext,
    short_legend,
)

# Stages that their heading doesn't name, as a row does.
_NAMED_IN_ROWS: Final = {
    "wrapped": "wrapped",
    "development": "in development",
    "announced": "announced",
}
_COLUMNS: Final = (
    Column("", rank=1),
    Column("Title", stretch=True),
    Column("Stage"),
    Column("Since", rank=3),
    Column("News", rank=2),
    Column("Source", rank=4, stretch=True),
    Column("Where", rank=5, stretch=True),
    Column("Note", rank=6, stretch=True),
)
_SCREEN_COLUMNS: Final = (
    Column("Stage"),
    Column(""),  # the sign of what is followed
    Column("Title", stretch=True, least=30, wraps=True),
    Column("Last news"),
    Column("Where", rank=1, stretch=True, least=21, wraps=True),
    Column("Source", rank=3, stretch=True),
    Column("Note", rank=2, stretch=True, least=40, wraps=True),
)
_MIN_COLUMNS: Final = 56  # of a terminal that has room for a table
_MIN_COLUMNS_FOR_NOTES: Final = 170  # of a terminal; on a narrower one they stand below the title


def status(
    outlooks: Sequence[Outlook],
    context: ViewContext,
    *,
    followed: frozenset[str] = frozenset(),
    missing: Sequence[tuple[str, str]] = (),
) -> View:
    """A row for each production, furthest along first, with the age and source of its news.

    On a terminal, they are grouped by stage. *missing* describes what isn't shown, each with a
    command that shows it.
    """
    today, style = context.now.today, context.date_style
    day = wording.day_label(today, style)
    undated = all(outlook.state in ("undated", "on-hold", "cancelled") for outlook in outlooks)
    heading = "No date yet" if undated else "Status"

    def blocks() -> list[Block]:
        rows = tuple(_row(outlook, context, followed) for outlook in outlooks)
        table = Table(f"{heading} · as of {day}", _COLUMNS, rows)
        track = Items(tuple((Cell(f"{n} {stage}", "muted"),) for n, stage in enumerate(TRACK, 1)))
        return [table, track, _legend(outlooks, style, followed)]

    def screen(columns: int, _lines: int) -> list[Block]:
        return [
            title_line(heading, context),
            _by_stage(outlooks, context, followed, columns),
            footer([*missing, ("more about one", "countdown show TITLE")], context, columns),
            _legend(outlooks, style, followed),
        ]

    return View(blocks, tuple(outlooks), context, screen, followed=followed)


def _row(outlook: Outlook, context: ViewContext, followed: Collection[str]) -> tuple[Cell, ...]:
    release, style = outlook.release, context.date_style
    news, old = stages.news_age(release, context)
    heart = FOLLOWED_SIGN if release.id in followed else ""
    return (
        Cell(stages.track(outlook.stage) + heart, "window"),
        Cell(context.name(release), "title"),
        Cell(cells.stage_text(outlook)),
        Cell(cells.stage_since(outlook, style), "muted"),
        Cell(news, "old" if old else "muted"),
        Cell(stages.news_source(release, context), "muted"),
        Cell(cells.platforms(release)),
        Cell(stages.status_note(outlook, style), "muted"),
    )


def _by_stage(
    outlooks: Sequence[Outlook],
    context: ViewContext,
    followed: Collection[str],
    columns: int,
) -> Block:
    """Rows under the headings of their stages, with notes to the right or below."""
    groups: dict[str, list[Outlook]] = {}
    for outlook in outlooks:
        groups.setdefault(stages.stage_heading(outlook), []).append(outlook)
    rows: list[tuple[Cell, ...]] = []
    breaks: list[tuple[int, tuple[Cell, ...]]] = []
    for heading, members in groups.items():
        breaks.append((len(rows), (Cell(heading, "heading"), Cell(f" ({len(members)})", "muted"))))
        rows += [_screen_row(outlook, context, followed) for outlook in members]
    if columns < _MIN_COLUMNS:
        return _narrow(rows, dict(breaks))
    below: tuple[tuple[int, tuple[Cell, ...]], ...] = ()
    if columns < _MIN_COLUMNS_FOR_NOTES:
        below = tuple((number, row[6:]) for number, row in enumerate(rows) if row[6].text)
        rows = [(*row[:6], Cell("")) for row in rows]
    return Table("", _SCREEN_COLUMNS, tuple(rows), tuple(breaks), has_headings=True, below=below)


def _screen_row(
    outlook: Outlook, context: ViewContext, followed: Collection[str]
) -> tuple[Cell, ...]:
    release = outlook.release
    is_followed = release.id in followed
    news, old = stages.news_date(release, context)
    drawn = stages.signed_track(outlook) if outlook.stage else ""  # as if it had not begun
    return (
        Cell(drawn, "window"),
        Cell(FOLLOWED_SIGN if is_followed else "", "today"),
        Cell(context.name(release), "title" if is_followed else ""),
        Cell(news, "old" if old else ""),
        Cell(cells.platforms(release), "muted"),
        Cell(stages.news_source(release, context), "muted"),
        Cell(" · ".join(_screen_notes(outlook, context)), "muted"),
    )


def _narrow(rows: Sequence[tuple[Cell, ...]], breaks: dict[int, tuple[Cell, ...]]) -> Lines:
    """*rows* for a terminal that is too narrow for columns: the facts are below each title."""
    lines = list[tuple[Cell, ...]]()
    for number, (drawn, heart, title, news, where, _source, note) in enumerate(rows):
        if number in breaks:
            lines.append(breaks[number])
        lines.append((heart, Cell(" "), title) if heart.text else (title,))
        named = news._replace(text=unbroken(f"news of {news.text}")) if news.text else news
        facts = [cell for cell in (drawn, named, where, note) if cell.text]
        if facts:
            lines.append((Cell("  "), *joined(facts, Cell(" · ", "muted"))))
    return Lines(tuple(lines))


def _screen_notes(outlook: Outlook, context: ViewContext) -> list[str]:
    """Notes on *outlook*: a stage that its heading doesn't name, its start, a date, and others."""
    style = context.date_style
    stage = _NAMED_IN_ROWS.get(outlook.stage or "", "")
    parts = [f"{stage} {unbroken(cells.stage_since(outlook, style))}".strip()]
    if outlook.dated:
        date = cells.date_text(outlook, style)
        left = wording.short_time_left(outlook, style, exact=context.exact_days)
        parts += [unbroken(date), unbroken(left)]
    dates = (stages.later_stage(outlook, style), *stages.date_notes(outlook, style))
    parts += [stages.stage_note(outlook), *map(unbroken, dates)]
    return [part for part in parts if part]


def _legend(outlooks: Sequence[Outlook], style: str, followed: Collection[str]) -> Items:
    return short_legend(
        followed=any(outlook.release.id in followed for outlook in outlooks),
        doubtful=_is_doubtful(outlooks, style),
    )


def _is_doubtful(outlooks: Sequence[Outlook], style: str) -> bool:
    """True if a stage or date of *outlooks* has the sign of doubt; their notes can end in one."""
    return any(
        DOUBT_SIGN in text
        for outlook in outlooks
        for text in (
            cells.stage_text(outlook),
            cells.stage_since(outlook, style),
            stages.expected_date(outlook.release, style),
            cells.former_date(outlook, style),
            cells.date_text(outlook, style),
        )
    )
