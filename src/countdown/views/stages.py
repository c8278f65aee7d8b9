"""Stages of productions: their track, headings, news and notes."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from countdown.core import day_style, wording
from countdown.core.outlook import Outlook, latest_news, stage_rank
from countdown.core.release import SHELVED, TRACK, Release
from countdown.views import cells
from countdown.views.view import Cell, Items, ViewContext

OLD_NEWS_DAYS: Final = 180  # after which news is marked as old
_NO_DATE, _OUT = "No date yet", "Out"  # headings, like those of stages
_DONE, _AHEAD = "■", "□"
# The heading for productions of each stage; several stages can share one.
STAGE_HEADINGS: Final = {
    "completed": "Finished",
    "post-production": "In post-production",
    "wrapped": "In post-production",
    "filming": "Shooting",
    "pre-production": "In pre-production",
    "development": "Planned",
    "announced": "Planned",
    "rumoured": "Rumoured",
    None: "Stage unknown",
    "on-hold": "On hold",
    "cancelled": "Cancelled",
}


def stage_heading(outlook: Outlook) -> str:
    """The heading of the stage of *outlook*: `Shooting`."""
    return _OUT if outlook.state == "released" else STAGE_HEADINGS[outlook.stage]


def dateless_heading(outlook: Outlook) -> str:
    """The heading of *outlook* among those without a date to count to: `No date yet`, `On hold`."""
    return _NO_DATE if outlook.state == "undated" else stage_heading(outlook)


def dateless_groups(outlooks: Sequence[Outlook]) -> list[tuple[str, list[Outlook]]]:
    """Those of *outlooks* without a date to count to, under headings: shelved ones come last."""
    headings = (_NO_DATE, _OUT, *(STAGE_HEADINGS[stage] for stage in SHELVED))
    groups: dict[str, list[Outlook]] = {heading: [] for heading in headings}
    for outlook in outlooks:
        if not outlook.dated:
            groups[dateless_heading(outlook)].append(outlook)
    return [(heading, group) for heading, group in groups.items() if group]


def track(stage: str | None) -> str:
    """A square for each stage from announced to completed, filled up to *stage*."""
    done = min(max(stage_rank(stage), 0), len(TRACK))
    return _DONE * done + _AHEAD * (len(TRACK) - done)


def signed_track(outlook: Outlook) -> str:
    """The track of *outlook*, with the sign of doubt if it has a stage that isn't confirmed."""
    drawn = track(outlook.stage)
    return cells.signed(drawn, outlook.release, "stage") if outlook.stage else drawn


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


def news_date(release: Release, context: ViewContext) -> tuple[str, bool]:
    """The month of the newest news, and True if that is old; ("", False) if no date is known.

    With exact days, its age: `281 days ago`.
    """
    newest = latest_news(release, _tomorrow(context))
    if newest is None:
        return "", False
    today, style = context.now.today, context.date_style
    is_old = (today - newest.latest).days > OLD_NEWS_DAYS
    if context.exact_days:
        return wording.age(newest, today=today, style=style, exact=True), is_old
    if newest.earliest == newest.latest:
        return day_style.format_month(newest.latest, style), is_old
    return wording.format_date(newest, style), is_old


def news_age(release: Release, context: ViewContext) -> tuple[str, bool]:
    """`news of Feb 2026`, and True if that is old; ("", False) if no date is known."""
    text, is_old = news_date(release, context)
    return (f"news {'' if context.exact_days else 'of '}{text}" if text else ""), is_old


def news_source(release: Release, context: ViewContext) -> str:
    """The host of the newest source, else of the first one without a date; empty without those."""
    until = _tomorrow(context)
    dated = [
        (source.date.latest, source.url)
        for source in release.sources
        if source.date and source.date.earliest <= until
    ]
    if dated:
        return cells.host(max(dated, key=lambda source: source[0])[1])
    return cells.host(next((source.url for source in release.sources if not source.date), None))


def _tomorrow(context: ViewContext) -> date:
    """The latest possible day of news: in eastern time zones it is tomorrow already."""
    return date.fromordinal(min(context.now.today.toordinal() + 1, date.max.toordinal()))


def status_note(outlook: Outlook, style: str = day_style.DEFAULT) -> str:
    """The note on the stage, the former date, and the expected one."""
    parts = (stage_note(outlook), later_stage(outlook, style), *date_notes(outlook, style))
    return "; ".join(part for part in parts if part)


def later_stage(outlook: Outlook, style: str) -> str:
    """`filming from Jun 2026`, `filming as of Mar 2026`: a stage ahead; empty without one."""
    if outlook.stage_ahead is None:
        return ""
    word = "from" if outlook.release.stage_since else "as of"
    stage = wording.stage_name(outlook.release.stage)
    return f"{stage} {word} {wording.format_date(outlook.stage_ahead, style)}"


def stage_note(outlook: Outlook) -> str:
    """The note on the stage without its full stop; empty without one."""
    return (outlook.stage_note or "").removesuffix(".")


def date_notes(outlook: Outlook, style: str) -> tuple[str, str]:
    """The former date, and the expected one; empty where there is none."""
    expected = expected_date(outlook.release, style)
    return cells.former_date(outlook, style), f"expected {expected}" if expected else ""


def expected_date(release: Release, style: str = day_style.DEFAULT) -> str:
    """The date that the trade expects, with the sign of doubt; empty without one."""
    if release.expected is None:
        return ""
    return cells.signed_date(release.expected, release, "expected", style=style)
