"""Finds reminders that a followed season is complete, or will be soon."""

import sqlite3
from collections.abc import Collection

from countdown.cli.delivery_state import DeliveryState
from countdown.cli.session import Session
from countdown.core.outlook import Outlook, outlook, unchecked_since
from countdown.core.season_end import season_end_outlook
from countdown.index import names
from countdown.index.season_ends import seasons_with_end
from countdown.journal.deliveries import DeliveryKey
from countdown.views.reminders import Reminder


def find_season_reminders(
    index: sqlite3.Connection,
    current: Session,
    state: DeliveryState,
    days_ahead: Collection[int],
    *,
    oldest: int,
) -> tuple[list[Reminder], frozenset[str]]:
    """Reminders of the ends of followed seasons, and the ids of those that come out all at once.

    The latter have no reminder of their own, since their end is the day of their release. The
    reminders are of the last milestone, if it is to be delivered and the end isn't before *oldest*,
    an ordinal.
    """
    at_once, reminders = set(), []
    keys = names.by_follows(index, current.follows) if current.follows else set[int]()
    for release in seasons_with_end(index, keys):
        end = season_end_outlook(release, now=current.now, region=current.region)
        begin = outlook(release, now=current.now, region=current.region)
        if end is None or end.date is None or not (end.dated and end.date.exact):
            continue
        if end.date == begin.date:
            at_once.add(release.id)
        elif end.date.latest.toordinal() >= oldest:
            reminders += _reminders(end, current, state, days_ahead)
    return reminders, frozenset(at_once)


def _reminders(
    end: Outlook, current: Session, state: DeliveryState, days_ahead: Collection[int]
) -> list[Reminder]:
    """The reminder of the last milestone of *end*; none if that isn't to be delivered."""
    release, today = end.release, current.now.today
    if end.date is None or (end.date.latest < today and end.state != "released"):
        return []
    day = end.date.latest
    known = state.completed.get(release.id)
    milestone = state.last_milestone(day.toordinal(), known, days_ahead, today.toordinal())
    has_instant = end.date.instant is not None
    if milestone is None or state.is_delivered(milestone[0], has_instant, _text(milestone[1], end)):
        return []
    key: DeliveryKey = milestone[0], _text(milestone[1], end)
    return [
        Reminder(
            *(key, release.id, release.name, day, (day - today).days),
            milestone=milestone[1],
            unchecked_since=unchecked_since(end, today),
            is_end=True,
            is_complete=True,
        )
    ]


def _text(ahead: int, end: Outlook) -> str:
    return f"{ahead}-complete {end.release.id}"  # journal/renames.py finds the id after the blank.
