"""`countdown due`: what comes out soon or has moved, each thing told once."""

import sqlite3
import sys
from collections.abc import Sequence
from datetime import date
from typing import Final

import click

from countdown.cli import journal_queries, notifications, options
from countdown.cli.context import shared_options
from countdown.cli.filters import require_follows as follows
from countdown.cli.messages import warn, write
from countdown.cli.remind_state import DeliveryState, delivery_state
from countdown.cli.session import Session, session
from countdown.core.local_time import local_time
from countdown.errors import NothingFound, UsageError
from countdown.formats import reminders
from countdown.index import days
from countdown.index.days import UpcomingDay
from countdown.prompt.options import PromptOptions
from countdown.views.reminders import Reminder, describe
from countdown.views.view import View

_DEFAULT_MILESTONES: Final = "100,30,7,1,0"
_MAX_NAME_LENGTH: Final = 40  # characters of a consumer's name
_FORMATS: Final = ("plain", "json", "jsonl")
_MAX_NOTIFICATIONS: Final = 3  # things that get a notification each; more of them share one


@options.command(
    "due",
    "countdown due",
    "countdown due --followed --milestones 30,7,0",
    "countdown due --as mail --json",
    formats=_FORMATS,
    usual=_FORMATS[0],
)
@click.option(
    "--milestones",
    metavar="DAYS",
    default=_DEFAULT_MILESTONES,
    help=f"So many days ahead it is told.  [default: {_DEFAULT_MILESTONES}]",
)
@options.followed
@click.option(
    "--as",
    "consumer",
    metavar="NAME",
    default="default",
    help="Who asks: each name is told for itself.  [default: default]",
)
@click.option("--notify", "desktop", is_flag=True, help="Tell it by desktop notifications.")
@click.option("--dry-run", is_flag=True, help="Print reminders without marking them sent.")
def command(
    ctx: click.Context,
    milestones: str,
    followed: bool,
    consumer: str,
    desktop: bool,
    dry_run: bool,
) -> None:
    """What comes out in so many days from today, and what has moved since the last time.

    Each thing is told once a day to each NAME. With nothing to tell, it is silent and ends with
    exit code 1: made for cron and timers. Only releases whose very day is known have milestones.
    With --as-of, nothing is marked as sent.
    """
    current = session(ctx)
    if dry_run:
        current = current._replace(records=False)
    wanted, name = _parse_milestones(milestones), _check_name(consumer)
    format = shared_options(ctx).format or _FORMATS[0]
    if format not in _FORMATS:
        raise UsageError(f"--format: what is due is written as {', '.join(_FORMATS)}")
    chosen = follows(current) if followed else None
    reached, ids = current.ask(
        lambda index: (
            _find_milestones(index, current, wanted),
            None if chosen is None else journal_queries.followed_ids(index, chosen),
        )
    )
    with delivery_state(current, name) as known:
        moved = [Reminder(key, one.id, one.name, observed=one) for key, one in known.moved.items()]
        things = [*moved, *(one for one in reached if one.key not in known.told)]
        things = [one for one in things if ids is None or one.id in ids]
        if desktop and not dry_run:
            _notify(things, known, current)
        elif things:
            write(_format_reminders(things, current, format))
            known.now += [one.key for one in things]
        known.all = True
    journal_queries.report_damage(current)
    if known.trouble:
        kept = "what was told can't be remembered, so it may be told again: "
        again = kept if things and current.records else ""
        warn(f"{again}{known.trouble}")
    if not things:
        raise NothingFound


def _parse_milestones(text: str) -> frozenset[int]:
    asked = PromptOptions()
    try:
        asked.set("--milestones", text)
    except ValueError as error:
        raise UsageError(f"--milestones: {error}") from None
    return frozenset(asked.milestones)


def _check_name(text: str) -> str:
    if text.strip() != text or not text.isprintable() or not 0 < len(text) <= _MAX_NAME_LENGTH:
        raise UsageError(f'--as: "{text}" is no name; write a few plain letters, like mail')
    return text


def _find_milestones(
    index: sqlite3.Connection, current: Session, wanted: frozenset[int]
) -> list[Reminder]:
    """What comes out in one of the *wanted* numbers of days, the soonest first."""
    now = current.now
    today = now.today.toordinal()

    found = days.upcoming_days(
        index,
        today=today,
        day_of=lambda seconds: local_time(seconds, now.zone).toordinal(),
        count=sys.maxsize,
        region=current.region,
        days={today + ahead for ahead in wanted},
    )
    return [_milestone_reminder(one, today, current.region) for one in found]


def _milestone_reminder(one: UpcomingDay, today: int, region: str | None) -> Reminder:
    return Reminder(
        f"{one.day - today} {one.glance.id}",
        one.glance.id,
        one.glance.name,
        day=date.fromordinal(one.day),
        days=one.day - today,
        place="" if one.place == region else one.place,
    )


def _format_reminders(things: Sequence[Reminder], current: Session, format: str) -> str:
    if format == "jsonl":
        return reminders.json_lines(things)
    if format != "json":
        return reminders.lines(things, current.date_style)
    found = [one.id for one in things]
    outlooks = current.ask(lambda index: journal_queries.find_outlooks(index, current, found))
    return reminders.document(things, View(lambda: (), tuple(outlooks), current.view_context))


def _notify(things: Sequence[Reminder], known: DeliveryState, current: Session) -> None:
    """Show *things* on the desktop. Raises CountdownError; what was shown till then is marked."""
    style = current.date_style
    if len(things) > _MAX_NOTIFICATIONS:
        notifications.send(f"{len(things)} things due", reminders.lines(things, style).rstrip())
        known.now += [one.key for one in things]
        return
    for one in things:
        notifications.send(one.name, describe(one, style))
        known.now.append(one.key)
