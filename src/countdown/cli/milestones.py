"""Finds milestones to deliver to a recipient of `remind`, and upcoming releases."""

import sqlite3
import sys
from collections.abc import Collection
from datetime import date
from typing import Final

from countdown.cli import journal_queries
from countdown.cli.delivery_state import DeliveryState
from countdown.cli.season_reminders import find_season_reminders
from countdown.cli.session import Session
from countdown.core.local_time import local_time
from countdown.core.outlook import unchecked_since
from countdown.index.days import UpcomingDay, upcoming_days
from countdown.journal.deliveries import DeliveryKey
from countdown.views.reminders import Reminder

_MAX_DAYS_OUT: Final = 7  # of a release whose milestone was missed


def find_milestones(
    index: sqlite3.Connection,
    current: Session,
    state: DeliveryState,
    days_ahead: frozenset[int],
) -> list[Reminder]:
    """Reminders of the last milestone of each release that is still to be delivered, soonest first.

    That is a milestone of today, or a missed one of a release that is ahead or out for at most a
    week.
    """
    today = current.now.today.toordinal()
    oldest = today - _MAX_DAYS_OUT
    first = max(state.first, oldest - max(days_ahead))
    days = {day + ahead for day in range(first, today + 1) for ahead in days_ahead}
    reminders = []
    for release in find_upcoming(
        index, current, first=oldest, days={day for day in days if day >= oldest}
    ):
        known = state.dated.get(release.summary.id)
        milestone = state.last_milestone(release.day, known, days_ahead, today)
        if milestone and not _is_delivered(*milestone, release, state):
            reminders.append(_milestone_reminder(release, *milestone, current))
    ends, at_once = find_season_reminders(index, current, state, days_ahead, oldest=oldest)
    begins = [
        each._replace(is_complete=each.id in at_once)
        for each in _with_outlooks(index, current, reminders)
    ]
    return sorted([*begins, *ends], key=lambda reminder: reminder.days or 0)


def _is_delivered(day: int, ahead: int, release: UpcomingDay, state: DeliveryState) -> bool:
    """True if that milestone of *release* was delivered."""
    _, text = _key(day, ahead, release.summary.id)
    return state.is_delivered(day, release.instant is not None, text)


def _with_outlooks(
    index: sqlite3.Connection, current: Session, reminders: list[Reminder]
) -> list[Reminder]:
    """*reminders*, with the date of the last check if that is long ago.

    Reminders for a past day on which the release didn't come out are left out.
    """
    found = journal_queries.find_outlooks(index, current, [each.id for each in reminders])
    outlooks = {outlook.release.id: outlook for outlook in found}
    kept = []
    for reminder in reminders:
        outlook = outlooks.get(reminder.id)
        is_past = reminder.days is not None and reminder.days < 0
        if outlook is None or (is_past and outlook.state != "released"):
            continue
        checked = unchecked_since(outlook, current.now.today)
        kept.append(reminder._replace(unchecked_since=checked))
    return kept


def find_upcoming(
    index: sqlite3.Connection,
    current: Session,
    *,
    first: int | None = None,
    count: int = sys.maxsize,
    keys: Collection[int] | None = None,
    days: Collection[int] | None = None,
) -> list[UpcomingDay]:
    """The first *count* releases whose day is known, as `upcoming_days` has them.

    They come out on the day *first* or later; without it, they are ahead.
    """
    now = current.now
    return upcoming_days(
        index,
        today=now.today.toordinal() if first is None else first,
        day_of=lambda seconds: local_time(seconds, now.zone).toordinal(),
        count=count,
        region=current.region,
        keys=keys,
        days=days,
        known_on=now.today.toordinal(),
    )


def find_next(
    index: sqlite3.Connection,
    current: Session,
    state: DeliveryState,
    keys: Collection[int] | None,
) -> UpcomingDay | None:
    """The next release among *keys* whose day is known and wasn't delivered as a reminder yet.

    None if there is none.
    """
    today = current.now.today.toordinal()
    of_today = find_upcoming(index, current, keys=keys, days={today})
    undelivered = [each for each in of_today if not _is_delivered(today, 0, each, state)]
    later = undelivered or find_upcoming(index, current, first=today + 1, count=1, keys=keys)
    return next(iter(later), None)


def _milestone_reminder(release: UpcomingDay, day: int, ahead: int, current: Session) -> Reminder:
    """The reminder of the milestone *ahead* days before *release*; *day* is the milestone's day."""
    return Reminder(
        _key(day, ahead, release.summary.id),
        release.summary.id,
        release.summary.name,
        day=date.fromordinal(release.day),
        days=release.day - current.now.today.toordinal(),
        milestone=ahead,
        place="" if release.place == current.region else release.place,
    )


def _key(day: int, ahead: int, id: str) -> DeliveryKey:
    return day, f"{ahead} {id}"
