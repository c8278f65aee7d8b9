"""The view of `status`: productions without a date, each on a track of stages."""

from collections.abc import Sequence
from typing import Final

from countdown.core import day_style, wording
from countdown.core.dates import ReleaseDate
from countdown.core.outlook import Outlook, stage_rank
from countdown.core.release import TRACK, Release
from countdown.views import cells
from countdown.views.view import (
    DOUBT_SIGN,
    Cell,
    Column,
    Items,
    Table,
    View,
    ViewContext,
    has_doubt,
    legend,
)

OLD_NEWS_DAYS: Final = 180  # after which news is marked as old
_DONE, _AHEAD = "■", "□"
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


def status(outlooks: Sequence[Outlook], context: ViewContext) -> View:
    """One row a production, furthest along first, with the age and source of its news."""
    today, style = context.now.today, context.date_style
    rows = tuple(_row(outlook, context) for outlook in outlooks)
    day = wording.day_label(today, style)
    undated = all(outlook.state in ("undated", "on-hold", "cancelled") for outlook in outlooks)
    heading = "No date yet" if undated else "Status"
    table = Table(f"{heading} · as of {day}", _COLUMNS, rows)
    noted = (
        text
        for outlook in outlooks
        for text in (expected_date(outlook.release, style), cells.shelved_date(outlook, style))
    )
    doubt = has_doubt([table]) or any(DOUBT_SIGN in text for text in noted)
    stages = Items(tuple((Cell(f"{n} {stage}", "muted"),) for n, stage in enumerate(TRACK, 1)))
    blocks = (table, stages, legend((), doubtful=doubt))
    return View(lambda: blocks, tuple(outlooks), context)


def _row(outlook: Outlook, context: ViewContext) -> tuple[Cell, ...]:
    release, style = outlook.release, context.date_style
    news, old = news_age(release, context)
    return (
        Cell(track(outlook.stage), "window"),
        Cell(release.name, "title"),
        Cell(cells.stage_text(outlook)),
        Cell(cells.stage_since(release, style), "muted"),
        Cell(news, "old" if old else "muted"),
        Cell(news_source(release), "muted"),
        Cell(cells.platforms(release)),
        Cell(status_note(outlook, style), "muted"),
    )


def track(stage: str | None) -> str:
    """Six squares from announced to post-production, filled up to *stage*."""
    done = min(max(stage_rank(stage), 0), len(TRACK))
    return _DONE * done + _AHEAD * (len(TRACK) - done)


def steps(outlook: Outlook) -> Items:
    """The track in words, with the present stage highlighted."""
    reached = min(max(stage_rank(outlook.stage), 0), len(TRACK))
    return Items(
        tuple(
            (
                Cell(
                    f"{_DONE if number <= reached else _AHEAD} {stage}",
                    "heading" if number == reached else "muted",
                ),
            )
            for number, stage in enumerate(TRACK, 1)
        )
    )


def latest_news(release: Release) -> ReleaseDate | None:
    """The date of the newest source, else of the last check; None if there is neither."""
    dates = [source.date for source in release.sources if source.date]
    return max(dates, key=lambda day: day.latest, default=release.checked)


def news_age(release: Release, context: ViewContext) -> tuple[str, bool]:
    """The age of the newest news, and whether that is old; ("", False) if no date is known.

    An old one says what it is the age of: `last news 9 months ago`.
    """
    newest = latest_news(release)
    if newest is None:
        return "", False
    today, style = context.now.today, context.date_style
    old = (today - newest.latest).days > OLD_NEWS_DAYS
    age = wording.age(newest, today=today, style=style, exact=context.exact_days)
    return f"last news {age}" if old else age, old


def news_source(release: Release) -> str:
    """The host of the newest source; empty without a source."""
    dated = [(source.date.latest, source.url) for source in release.sources if source.date]
    if dated:
        return cells.host(max(dated, key=lambda source: source[0])[1])
    return cells.host(release.sources[0].url if release.sources else None)


def status_note(outlook: Outlook, style: str = day_style.DEFAULT) -> str:
    """The note on the stage, the former date, and the expected one."""
    release = outlook.release
    expected = expected_date(release, style)
    stage_note = (outlook.stage_note or "").removesuffix(".")
    return "; ".join(
        part
        for part in (
            stage_note,
            cells.shelved_date(outlook, style),
            f"expected {expected}" if expected else "",
        )
        if part
    )


def expected_date(release: Release, style: str = day_style.DEFAULT) -> str:
    """The date that the trade expects, with the sign of doubt; empty without one."""
    if release.expected is None:
        return ""
    return cells.signed_date(release.expected, release, "expected", style=style)
