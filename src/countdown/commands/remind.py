"""`countdown remind`: reminders of near releases and of changes, each delivered once."""

import sqlite3
import sys
from collections.abc import Collection, Sequence
from datetime import date
from typing import Final

import click

from countdown.cli import journal_queries, notifications, options, output
from countdown.cli.context import shared_options
from countdown.cli.filters import followed_keys, require_follows
from countdown.cli.messages import warn, write
from countdown.cli.options import Filters
from countdown.cli.remind_state import DeliveryState, delivery_state
from countdown.cli.session import Session, session
from countdown.core.local_time import local_time
from countdown.errors import NothingFound, UsageError
from countdown.formats import reminders as reminder_formats
from countdown.index.days import UpcomingDay, upcoming_days
from countdown.index.followed import ids_of
from countdown.prompt.options import PromptOptions
from countdown.views.reminders import Reminder, describe
from countdown.views.view import View

_DEFAULT_MILESTONES: Final = "100,30,7,1,0"
_MAX_NAME_LENGTH: Final = 40  # characters of a recipient's name
_FORMATS: Final = ("plain", "json", "jsonl")
_MAX_NOTIFICATIONS: Final = 3  # more reminders share one


@options.command(
    "remind",
    "countdown remind",
    "countdown remind --followed --milestones 30,7,0",
    "countdown remind --recipient mail --json",
    formats=_FORMATS,
    default_format=_FORMATS[0],
)
@click.option(
    "--milestones",
    metavar="DAYS",
    default=_DEFAULT_MILESTONES,
    help=f"So many days ahead it is told.  [default: {_DEFAULT_MILESTONES}]",
)
@options.filters(options.followed, options.not_only_followed)
@click.option(
    "--recipient",
    metavar="NAME",
    default="default",
    help="Who asks: each name is told for itself.  [default: default]",
)
@click.option("--notify", "desktop", is_flag=True, help="Tell it by desktop notifications.")
@click.option("--dry-run", is_flag=True, help="Print reminders without marking them sent.")
def command(
    ctx: click.Context,
    /,
    filters: Filters,
    milestones: str,
    recipient: str,
    desktop: bool,
    dry_run: bool,
) -> None:
    """What comes out in so many days from today, and what has moved since the last time.

    Each thing is told once a day to each NAME. With nothing to tell, it ends with exit code 1, and
    is silent but on a terminal: made for cron and timers. Only releases whose very day is known
    have milestones. With --as-of, nothing is marked as sent. Only what you follow counts while any
    of it is ahead.
    """
    current = session(ctx)
    if dry_run:
        current = current._replace(is_recording=False)
    days_ahead, name = _parse_milestones(milestones), _check_name(recipient)
    format = shared_options(ctx).format or _FORMATS[0]
    if format not in _FORMATS:
        raise UsageError(f"--format: what is due is written as {', '.join(_FORMATS)}")
    if filters.followed:
        require_follows(current)
    reached, ids = current.ask(
        lambda index: (
            _find_milestones(index, current, days_ahead),
            _find_followed(index, current, filters),
        )
    )
    with delivery_state(current, name) as state:
        changes = [
            Reminder(key, change.id, change.name, observed=change)
            for key, change in state.changes.items()
        ]
        reminders = [
            reminder
            for reminder in (*changes, *(one for one in reached if one.key not in state.delivered))
            if ids is None or reminder.id in ids
        ]
        if desktop and not dry_run:
            _notify(reminders, state, current)
        elif reminders:
            write(_format_reminders(reminders, current, format))
            state.sent += [reminder.key for reminder in reminders]
        state.is_complete = True
    journal_queries.report_damage(current)
    if state.problem:
        what = "what was told can't be remembered, so it may be told again: "
        warn(f"{what if reminders and current.is_recording else ''}{state.problem}")
    if not reminders:
        output.hint(current.ask(lambda index: _nothing_new(index, current, filters)))
        raise NothingFound


def _nothing_new(index: sqlite3.Connection, current: Session, filters: Filters) -> str:
    """A line for a person at a terminal, in place of silence, that names what comes next."""
    keys = followed_keys(index, current, filters)
    following = _upcoming(index, current, count=1, keys=keys)
    if not following:
        return "Nothing new. Nothing with a known day is ahead."
    left = following[0].day - current.now.today.toordinal()
    days = ("today", "tomorrow")[left] if left < 2 else f"in {left} days"
    return f"Nothing new. Next: {following[0].summary.name} {days}."


def _find_followed(
    index: sqlite3.Connection, current: Session, filters: Filters
) -> frozenset[str] | None:
    """The ids of the followed releases if only they count; None if all do."""
    keys = followed_keys(index, current, filters)
    return None if keys is None else ids_of(index, keys)


def _parse_milestones(text: str) -> frozenset[int]:
    """The numbers of days in *text*. Raises UsageError."""
    options = PromptOptions()
    try:
        options.set("--milestones", text)
    except ValueError as error:
        raise UsageError(f"--milestones: {error}") from None
    return frozenset(options.milestones)


def _check_name(text: str) -> str:
    """*text* if it can be the name of a recipient. Raises UsageError."""
    if text.strip() != text or not text.isprintable() or not 0 < len(text) <= _MAX_NAME_LENGTH:
        raise UsageError(f'--recipient: "{text}" is no name; write a few plain letters, like mail')
    return text


def _find_milestones(
    index: sqlite3.Connection, current: Session, days_ahead: frozenset[int]
) -> list[Reminder]:
    """Reminders of the releases exactly so many days ahead, the soonest first."""
    today = current.now.today.toordinal()
    upcoming = _upcoming(index, current, days={today + ahead for ahead in days_ahead})
    return [_milestone_reminder(release, today, current.region) for release in upcoming]


def _upcoming(
    index: sqlite3.Connection,
    current: Session,
    *,
    count: int = sys.maxsize,
    keys: Collection[int] | None = None,
    days: Collection[int] | None = None,
) -> list[UpcomingDay]:
    """The first *count* releases ahead whose day is known, as `upcoming_days` has them."""
    now = current.now
    return upcoming_days(
        index,
        today=now.today.toordinal(),
        day_of=lambda seconds: local_time(seconds, now.zone).toordinal(),
        count=count,
        region=current.region,
        keys=keys,
        days=days,
    )


def _milestone_reminder(release: UpcomingDay, today: int, region: str | None) -> Reminder:
    days_left = release.day - today
    return Reminder(
        f"{days_left} {release.summary.id}",
        release.summary.id,
        release.summary.name,
        day=date.fromordinal(release.day),
        days=days_left,
        place="" if release.place == region else release.place,
    )


def _format_reminders(reminders: Sequence[Reminder], current: Session, format: str) -> str:
    if format == "jsonl":
        return reminder_formats.json_lines(reminders)
    if format != "json":
        return reminder_formats.lines(reminders, current.view_context.date_style)
    ids = [reminder.id for reminder in reminders]
    outlooks = current.ask(lambda index: journal_queries.find_outlooks(index, current, ids))
    followed = output.followed_in(current)
    view = View(lambda: (), tuple(outlooks), current.view_context, followed=followed)
    return reminder_formats.document(reminders, view)


def _notify(reminders: Sequence[Reminder], state: DeliveryState, current: Session) -> None:
    """Show *reminders* on the desktop, and mark each as sent. Raises CountdownError."""
    style = current.date_style
    if len(reminders) > _MAX_NOTIFICATIONS:
        body = reminder_formats.lines(reminders, style).rstrip()
        notifications.send(f"{len(reminders)} things due", body)
        state.sent += [reminder.key for reminder in reminders]
        return
    for reminder in reminders:
        notifications.send(reminder.name, describe(reminder, style))
        state.sent.append(reminder.key)
