"""The rows of a timeline: the facts on each release of a person, a franchise or a list."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from countdown.core import wording
from countdown.core.dates import ReleaseDate, localised
from countdown.core.outlook import Outlook
from countdown.views import cells, stages
from countdown.views.person import Credits, Person, credits_by_person
from countdown.views.view import FOLLOWED_SIGN, Cell, ViewContext


class Row(NamedTuple):
    """The facts on one release of one person."""

    outlook: Outlook
    name: str
    left: Cell
    heart: str
    date: str  # empty if it is undated
    credits: Credits
    where: str
    track: str  # of stages, with the sign of doubt; empty like *news* if it is dated
    news: str
    is_old: bool  # of *news*
    end: ReleaseDate | None = None  # of a season's run: the date of its last episode

    @property
    def title(self) -> Cell:
        """The name of the release."""
        return Cell(self.name, "title" if self.heart else "")

    @property
    def news_cell(self) -> Cell:
        """The month of the last news."""
        return Cell(self.news, "old" if self.is_old else "muted")


Groups = Sequence[tuple[Person, Sequence[Row]]]  # each with the rows of what is shown


def rows(
    people: Sequence[Person],
    context: ViewContext,
    followed: Collection[str],
    *,
    with_runs: bool = False,
) -> Groups:
    """The rows of each of *people*; *with_runs*, those of seasons have their last episodes."""
    every = {id(outlook): outlook for each in people for outlook in each.shown}
    credits = credits_by_person(people, [*every.values()])
    return [
        (
            each,
            [
                _row(
                    outlook,
                    credits[id(outlook)].get(each.name, []),
                    context,
                    followed,
                    with_run=with_runs,
                )
                for outlook in each.shown
            ],
        )
        for each in people
    ]


def _row(
    outlook: Outlook,
    credits: Credits,
    context: ViewContext,
    followed: Collection[str],
    *,
    with_run: bool,
) -> Row:
    release = outlook.release
    track, news, is_old = "", "", False
    if not outlook.dated and outlook.state != "released":
        track = stages.signed_track(outlook)
        news, is_old = stages.news_age(release, context)
        former = cells.former_date(outlook, context.date_style)
        news = " · ".join(text for text in (former, news) if text)
    label = cells.date_cell(outlook, context.date_style).text if outlook.dated else ""
    end = _end(outlook, context) if with_run else None
    if end:
        text = wording.format_date(end, context.date_style)
        label += f" – {cells.signed(text, release, 'complete')}"
    return Row(
        outlook,
        context.name(release),
        cells.time_left_cell(outlook, context),
        FOLLOWED_SIGN if release.id in followed else "",
        label,
        credits,
        cells.platforms(release),
        track,
        news,
        is_old,
        end,
    )


def _end(outlook: Outlook, context: ViewContext) -> ReleaseDate | None:
    """The date of the last episode of a season, if it comes after the first one."""
    if not outlook.dated or outlook.date is None or outlook.release.complete is None:
        return None
    end = localised(outlook.release.complete, context.now.zone)
    return end if end.latest > outlook.date.latest else None
