"""Followed releases that come out within a few days of each other, and a sentence on them."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Final

from countdown.core import day_style, wording
from countdown.core.name_lists import join_names
from countdown.core.outlook import Outlook
from countdown.core.release import Release

MAX_DAYS: Final = 3  # from the first to the last of them
_MAX_NAMES: Final = 4


def close_together(outlooks: Iterable[Outlook]) -> list[Outlook]:
    """The soonest two or more of *outlooks* that come out within MAX_DAYS; empty if none do.

    Only exact, confirmed days ahead count.
    """
    dated = [(day, each) for each in outlooks if (day := _sure_day(each))]
    dated.sort(key=lambda pair: (pair[0], pair[1].order))
    for at, (first, _) in enumerate(dated):
        near = [each for day, each in dated[at:] if (day - first).days <= MAX_DAYS]
        if len(near) > 1:
            return near
    return []


def _sure_day(outlook: Outlook) -> date | None:
    """The day ahead on which *outlook* surely comes out; None if there isn't such a day."""
    when = outlook.date
    if when is None or not outlook.dated or outlook.state != "upcoming":
        return None
    is_sure = when.exact and not wording.is_doubtful(outlook)
    return when.latest if is_sure else None


def sentence(
    outlooks: Sequence[Outlook],
    name: Callable[[Release], str],
    today: date,
    style: str = day_style.DEFAULT,
) -> str:
    """`Close together: X and Y both come out on 18 Dec.`, or `X on 18 Dec and Y on 20 Dec.`."""
    dated = [(each.date.latest, name(each.release)) for each in outlooks if each.date]
    shown, more = dated[:_MAX_NAMES], len(dated) - _MAX_NAMES
    days = {day for day, _ in dated}

    def label(day: date) -> str:
        return day_style.format_day(day, style, has_year=day.year != today.year)

    if len(days) == 1:
        names = [title for _, title in shown]
        every = "both" if len(dated) == 2 else "all"
        end = f" {every} come out on {label(dated[0][0])}"
    else:
        names, end = [f"{title} on {label(day)}" for day, title in shown], ""
    names += [f"{more:,} more"] if more > 0 else []
    text = f"Close together: {join_names(names)}{end}"
    return text if text.endswith(".") else f"{text}."
