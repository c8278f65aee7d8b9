"""Reminders: releases that come out soon and changes, each as a sentence."""

from datetime import date
from typing import NamedTuple

from countdown.core import change_wording, day_style, time_phrases, wording
from countdown.core.changes import Change, ObservedChange
from countdown.core.regions import UNSTATED


class Reminder(NamedTuple):
    """A reminder of the release with that *id* and *name*.

    Either it comes out on *day*, *days* ahead (negative: it came out), or *observed* is a change.
    *milestone* is the number of days ahead on which it was to be told: more than *days* if that day
    was missed. *place* is the region of a date that is not of the user's region, or `unstated`.
    *key* identifies the reminder among those delivered.
    """

    key: tuple[int, str]
    id: str
    name: str
    day: date | None = None
    days: int | None = None
    place: str = ""
    observed: ObservedChange | None = None
    milestone: int | None = None


def describe(
    reminder: Reminder, style: str = day_style.DEFAULT, *, exact_days: bool = False
) -> str:
    """The sentence after the name: `comes out in 7 days, on 7 Jul 2022`.

    *exact_days* counts in days, not in weeks and months.
    """
    if reminder.observed is not None:
        return _describe_change(reminder.observed.change, style, exact_days=exact_days)
    is_unstated = reminder.place == UNSTATED
    place = f" in {reminder.place}" if reminder.place and not is_unstated else ""
    end = f" {wording.place(UNSTATED)}" if is_unstated else ""
    if reminder.day is None or not reminder.days:
        return f"comes out today{place}{end}"
    day = wording.day_label(reminder.day, style)
    if reminder.days < 0:
        return f"has been out{place} since {day}{end}"
    if exact_days:
        phrase = time_phrases.until_days(reminder.days)
    else:
        today = date.fromordinal(reminder.day.toordinal() - reminder.days)
        phrase = time_phrases.until(reminder.day, today)
    return f"comes out{place} {phrase}, on {day}{end}"


def sentence(
    reminder: Reminder, style: str = day_style.DEFAULT, *, exact_days: bool = False
) -> str:
    """The whole sentence: `Thor: Love and Thunder comes out today`."""
    return f"{reminder.name} {describe(reminder, style, exact_days=exact_days)}"


def _describe_change(change: Change, style: str, *, exact_days: bool) -> str:
    if change.kind != "moved":
        return change_wording.phrase(change, style)
    before, after = change_wording.before_and_after(change, style, place=wording.place)
    return f"is {change_wording.describe(change, exact_days=exact_days)}: {before} → {after}"
