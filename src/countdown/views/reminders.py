"""Reminders: releases that come out soon and changes, each as a sentence."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Final, NamedTuple

from countdown.core import change_wording, day_style, time_phrases, wording
from countdown.core.changes import Change, ObservedChange
from countdown.core.dates import ReleaseDate
from countdown.core.regions import UNSTATED
from countdown.views import cells
from countdown.views.view import (
    FOLLOWED_MEANING,
    FOLLOWED_SIGN,
    Block,
    Cell,
    Items,
    Lines,
    View,
    ViewContext,
    explained,
    nearness,
)

READY: Final = "ready to watch in one go"


class Reminder(NamedTuple):
    """A reminder of the release with that *id* and *name*.

    Either it comes out on *day*, *days* ahead (negative: it came out), or *observed* is a change.
    *milestone* is the number of days ahead on which it was due: more than *days* if that day was
    missed. *place* is the region of a date that is not of the user's region, or `unstated`.
    *unchecked_since* is the last check of its date, if that is long ago. If it *is_end*, the last
    episode comes out on *day*; if it *is_complete*, all of the season is out then. *key* identifies
    the reminder among those delivered.
    """

    key: tuple[int, str]
    id: str
    name: str
    day: date | None = None
    days: int | None = None
    place: str = ""
    observed: ObservedChange | None = None
    milestone: int | None = None
    unchecked_since: ReleaseDate | None = None
    is_end: bool = False
    is_complete: bool = False


def describe(
    reminder: Reminder, style: str = day_style.DEFAULT, *, exact_days: bool = False
) -> str:
    """The sentence after the name: `comes out in 7 days, on 7 Jul 2022`.

    *exact_days* counts in days, not in weeks and months.
    """
    return "".join(cell.text for cell in _described(reminder, style, exact_days=exact_days))


def sentence(
    reminder: Reminder, style: str = day_style.DEFAULT, *, exact_days: bool = False
) -> str:
    """The whole sentence: `Thor: Love and Thunder comes out today`."""
    return f"{reminder.name} {describe(reminder, style, exact_days=exact_days)}"


def reminders(
    reminders: Sequence[Reminder], context: ViewContext, *, followed: Collection[str]
) -> View:
    """A sentence per line; on a terminal, *followed* ones are marked and near ones coloured."""
    style, exact_days = context.date_style, context.exact_days

    def blocks() -> list[Block]:
        lines = [(Cell(sentence(each, style, exact_days=exact_days)),) for each in reminders]
        return [Lines(tuple(lines))]

    def screen(_columns: int, _lines: int) -> list[Block]:
        has_hearts = any(each.id in followed for each in reminders)
        lines = []
        for each in reminders:
            is_followed = each.id in followed
            heart = f"{FOLLOWED_SIGN if is_followed else ' '} " * has_hearts
            name = Cell(f"{each.name} ", "title" if is_followed or not has_hearts else "")
            change = _described(each, style, exact_days=exact_days)
            lines.append((Cell(heart, "today"), name, *change))
        signs = (explained(FOLLOWED_SIGN, FOLLOWED_MEANING, "today"),) if has_hearts else ()
        return [Lines(tuple(lines)), Items(signs)]

    return View(blocks, (), context, screen)


def _described(reminder: Reminder, style: str, *, exact_days: bool) -> tuple[Cell, ...]:
    if reminder.observed is not None:
        change = reminder.observed.change
        text = _describe_change(change, style, exact_days=exact_days)
        return (Cell(text, cells.MOVE_STYLES[change.direction]),)
    is_unstated = reminder.place == UNSTATED
    place = f" in {reminder.place}" if reminder.place and not is_unstated else ""
    end = f" {wording.place(UNSTATED)}" if is_unstated else ""
    if reminder.unchecked_since:
        end += f" ({wording.old_check(reminder.unchecked_since, style)})"
    ready = f": {READY}" if reminder.is_complete else ""
    verb, state = ("is complete", "complete") if reminder.is_end else ("comes out", "out")
    if reminder.day is None or not reminder.days:
        return Cell(f"{verb} "), Cell("today", "today"), Cell(f"{place}{end}{ready}")
    day = wording.day_label(reminder.day, style)
    if reminder.days < 0:
        return (Cell(f"has been {state}{place} since {day}{end}{ready}"),)
    if exact_days:
        phrase = time_phrases.until_days(reminder.days)
    else:
        today = date.fromordinal(reminder.day.toordinal() - reminder.days)
        phrase = time_phrases.until(reminder.day, today)
    near = nearness(reminder.days)
    return Cell(f"{verb}{place} "), Cell(phrase, near), Cell(f", on {day}{end}")


def _describe_change(change: Change, style: str, *, exact_days: bool) -> str:
    if change.kind == "complete":
        return change_wording.episode_phrase(change, style, exact_days=exact_days)
    if change.kind != "moved":
        return change_wording.phrase(change, style)
    before, after = change_wording.before_and_after(change, style, place=wording.place)
    return f"is {change_wording.describe(change, exact_days=exact_days)}: {before} → {after}"
