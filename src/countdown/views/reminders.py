"""Reminders: releases that come out soon and changes, each as a sentence."""

from datetime import date
from typing import Final, NamedTuple

from countdown.core import changes, day_style, wording
from countdown.core.changes import Change, ObservedChange

_WORDS: Final = {  # what leads to the dates
    "dated": "has a date",
    "narrowed": "is known more closely",
    "widened": "is known less closely",
}


class Reminder(NamedTuple):
    """One thing to tell of the release with that *id* and *name*.

    Either it comes out on the day *on*, *days* ahead, or there is a change that was *noticed*.
    *place* is the region of a day that is not the user's own. *key* tells one thing from another.
    """

    key: str
    id: str
    name: str
    on: date | None = None
    days: int | None = None
    place: str = ""
    noticed: ObservedChange | None = None


def describe(one: Reminder, style: str = day_style.DEFAULT) -> str:
    """What is said of it after its name: `comes out in 7 days, on 7 Jul 2022`."""
    if one.noticed is not None:
        return _changed(one.noticed.change, style)
    place = f" in {one.place}" if one.place else ""
    if one.on is None or not one.days:
        return f"comes out today{place}"
    return f"comes out{place} in {wording.days(one.days)}, on {wording.day_label(one.on, style)}"


def sentence(one: Reminder, style: str = day_style.DEFAULT) -> str:
    """All of it: `Thor: Love and Thunder comes out today`."""
    return f"{one.name} {describe(one, style)}"


def _changed(change: Change, style: str) -> str:
    before, after = changes.before_and_after(change, style)
    if change.kind == "cancelled":
        return "is cancelled" + (f" (was {before})" if before else "")
    if change.kind == "undated":
        return f"has no date any more (was {before})"
    dates = " → ".join(end for end in (before, after) if end)
    return f"{_WORDS.get(change.kind) or changes.describe(change)}: {dates}"
