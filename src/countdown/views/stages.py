"""The view of `status`: productions without a date, each on a track of stages."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from countdown.core import day_style, wording
from countdown.core.dates import ReleaseDate
from countdown.core.outlook import Outlook, stage_rank
from countdown.core.release import TRACK, Release
from countdown.views import cells
from countdown.views.view import Cell, Column, Items, Table, View, ViewContext, legend

OLD_NEWS: Final = 180  # days after which news of a production is marked as old
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
    """One row a production, furthest along first, with the age and source of the news."""
    today, style = context.now.today, context.date_style
    rows = tuple(_row(seen, today, style) for seen in outlooks)
    day = wording.day_label(today, style)
    undated = all(seen.state in ("undated", "on-hold", "cancelled") for seen in outlooks)
    heading = "No date yet" if undated else "Status"
    table = Table(f"{heading} · as of {day}", _COLUMNS, rows)
    doubt = any(cell.text.endswith("*") for row in rows for cell in row[2:])
    stages = Items(tuple((Cell(f"{n} {stage}", "muted"),) for n, stage in enumerate(TRACK, 1)))
    blocks = (table, stages, legend((), doubtful=doubt))
    return View(lambda: blocks, tuple(outlooks), context)


def _row(seen: Outlook, today: date, style: str) -> tuple[Cell, ...]:
    release = seen.release
    news, old = age(release, today, style)
    return (
        Cell(track(seen.stage), "window"),
        Cell(release.name, "title"),
        Cell(cells.stage(seen)),
        Cell(cells.since(release, style), "muted"),
        Cell(news, "old" if old else "muted"),
        Cell(source(release), "muted"),
        Cell(cells.where(release)),
        Cell(note(seen, style), "muted"),
    )


def track(stage: str | None) -> str:
    """Six squares, filled as far as *stage* has come: announced to post-production."""
    done = min(max(stage_rank(stage), 0), len(TRACK))
    return _DONE * done + _AHEAD * (len(TRACK) - done)


def steps(seen: Outlook) -> Items:
    """The track in words, the stage that is reached standing out."""
    reached = min(max(stage_rank(seen.stage), 0), len(TRACK))
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


def news(release: Release) -> ReleaseDate | None:
    """When the newest of its news is from: the latest source, else the day it was checked."""
    dates = [source.date for source in release.sources if source.date]
    return max(dates, key=lambda found: found.latest, default=release.checked)


def age(release: Release, today: date, style: str = day_style.DEFAULT) -> tuple[str, bool]:
    """How old the newest news is, and whether that is old; ("", False) where nobody says."""
    found = news(release)
    if found is None:
        return "", False
    old = (today - found.latest).days > OLD_NEWS
    return wording.age(found, today=today, style=style) + (", old" if old else ""), old


def source(release: Release) -> str:
    """The host of the newest source."""
    dated = [one for one in release.sources if one.date]
    newest = max(dated, key=lambda one: one.date.latest, default=None)  # type: ignore[union-attr]
    found = newest or next(iter(release.sources), None)
    return cells.host(found.url if found else None)


def note(seen: Outlook, style: str = day_style.DEFAULT) -> str:
    """What is said of the stage, the date it once had, and what the trade expects."""
    release = seen.release
    expected = (
        f"expected {wording.format_date(release.expected, style)}" if release.expected else ""
    )
    said = (seen.stage_note or "").removesuffix(".")
    return "; ".join(part for part in (said, cells.shelved_date(seen, style), expected) if part)
