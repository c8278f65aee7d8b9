"""The episodes of a season: when the last one is out, and how they come out."""

from countdown.core import wording
from countdown.core.dates import localised
from countdown.core.outlook import remaining
from countdown.core.release import Release
from countdown.core.width import unbroken
from countdown.views import cells
from countdown.views.view import ViewContext


def facts(release: Release, context: ViewContext) -> list[str]:
    """`complete from 10 Mar 2027`, `weekly`: the facts that are known."""
    return [fact for fact in (complete(release, context), release.cadence) if fact]


def complete(release: Release, context: ViewContext) -> str:
    """`complete from 10 Mar 2027`, `complete since 10 Mar 2026`, `complete in Q1 2027`."""
    if release.complete is None:
        return ""
    local = localised(release.complete, context.now.zone)
    is_past = remaining(release.complete, now=context.now).max < 0
    word = "in" if local.earliest < local.latest else "since" if is_past else "from"
    text = unbroken(wording.format_date(local, context.date_style))
    return cells.signed(f"complete {word} {text}", release, "complete")
