"""Reminders: releases that come out soon and changes, each as a sentence."""

from datetime import date
from typing import Final, NamedTuple

from countdown.core import changes, day_style, time_phrases, wording
from countdown.core.changes import Change, ObservedChange

_KIND_TEXTS: Final = {  # in front of the dates
    "dated": "has a date",
    "narrowed": "has a more exact date",
    "widened": "has a less exact date",
}


class Reminder(NamedTuple):
    """A reminder of the release with that *id* and *name*.

    Either it comes out on *day*, *days* ahead, or *observed* is a change. *place* is the region of
    a date that is not of the user's region. *key* identifies the reminder among those delivered.
    """

    key: str
    id: str
    name: str
    day: date | None = None
    days: int | None = None
    place: str = ""
    observed: ObservedChange | None = None


def describe(
    reminder: Reminder, style: str = day_style.DEFAULT, *, exact_days: bool = False
) -> str:
    """The sentence after the name: `comes out in 7 days, on 7 Jul 2022`.

    *exact_days* counts in days, not in weeks and months.
    """
    if reminder.observed is not None:
        return _describe_change(reminder.observed.change, style, exact_days=exact_days)
    place = f" in {reminder.place}" if reminder.place else ""
    if reminder.day is None or not reminder.days:
        return f"comes out today{place}"
    if exact_days:
        phrase = time_phrases.until_days(reminder.days)
    else:
        today = date.fromordinal(reminder.day.toordinal() - reminder.days)
        phrase = time_phrases.until(reminder.day, today)
    return f"comes out{place} {phrase}, on {wording.day_label(reminder.day, style)}"


def sentence(
    reminder: Reminder, style: str = day_style.DEFAULT, *, exact_days: bool = False
) -> str:
    """The whole sentence: `Thor: Love and Thunder comes out today`."""
    return f"{reminder.name} {describe(reminder, style, exact_days=exact_days)}"


def _describe_change(change: Change, style: str, *, exact_days: bool) -> str:
    before, after = changes.before_and_after(change, style)
    if change.kind == "cancelled":
        return "is cancelled" + (f" (was {before})" if before else "")
    if change.kind == "undated":
        return f"has no date any more (was {before})"
    dates = " → ".join(end for end in (before, after) if end)
    text = _KIND_TEXTS.get(change.kind) or changes.describe(change, exact_days=exact_days)
    return f"{'is ' if change.kind == 'moved' else ''}{text}: {dates}"
