"""`countdown remind`: reminders of near releases and of changes, each delivered once."""

import sqlite3
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

import click

from countdown.cli import journal_queries, notifications, options, output
from countdown.cli.context import shared_options
from countdown.cli.delivery_state import DeliveryState
from countdown.cli.filters import followed_keys, require_follows
from countdown.cli.messages import about, warn, write
from countdown.cli.milestones import find_milestones, find_next
from countdown.cli.options import Filters
from countdown.cli.remind_state import delivery_state
from countdown.cli.session import Session, session
from countdown.core import time_phrases, wording
from countdown.core.local_time import local_time
from countdown.errors import NothingFound, UsageError
from countdown.formats import TABLE
from countdown.formats import reminders as reminder_formats
from countdown.index import names
from countdown.index.followed import ids_of
from countdown.prompt.options import PromptOptions
from countdown.views.reminders import Reminder, describe
from countdown.views.reminders import reminders as drawn_reminders
from countdown.views.view import View

_DEFAULT_MILESTONES: Final = "100,30,7,1,0"
_MAX_NAME_LENGTH: Final = 40  # characters of a recipient's name
_FORMATS: Final = ("plain", "json", "jsonl")
_MAX_NOTIFICATIONS: Final = 3  # more reminders share one
_NS_PER_S: Final = 1_000_000_000


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
    help=f"Days before release to remind. [default: {_DEFAULT_MILESTONES}]",
)
@options.filters(options.followed, options.not_only_followed)
@click.option(
    "--recipient",
    metavar="NAME",
    default="default",
    help="Recipient; each gets its own reminders. [default: default]",
)
@click.option("--notify", "desktop", is_flag=True, help="Send desktop notifications.")
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
    """Print reminders: releases a few days away, and changes since last time.

    Made for cron and timers: each recipient gets each reminder once, days later if nothing ran on
    its day. If there's none, it prints nothing outside a terminal, and the exit code is 1.
    Milestones need an exact date. With --as-of or --dry-run, nothing is marked as sent. While
    anything you follow is coming, you're reminded only of that.
    """
    current = session(ctx)
    if dry_run:
        current = current._replace(is_recording=False)
    days_ahead, name = _parse_milestones(milestones), _check_name(recipient)
    drawn = (TABLE,) if output.output_format(current.with_default_format) == TABLE else ()
    format = shared_options(ctx).format or (*drawn, *_FORMATS)[0]
    if format not in (*drawn, *_FORMATS):
        raise UsageError(f"--format: Choose {', '.join(_FORMATS)}.")
    if filters.followed:
        require_follows(current)
    with delivery_state(current, name, days_ahead) as state:
        followed = output.followed_in(current)
        changes = [
            Reminder(key, change.id, change.name, observed=change)
            for key, change in state.changes.items()
            if change.change.kind != "complete" or change.id in followed
        ]
        # Entries left out of the user's own catalogue can have reminders once they are mended.
        unknown = journal_queries.unknown_ids(current)
        if _may_be_followed(current, unknown):
            filters = filters._replace(followed=not filters.everything)
        reminders = current.ask(
            lambda index: _without_unfollowed(
                index,
                current,
                filters,
                (*changes, *find_milestones(index, current, state, days_ahead)),
            )
        )
        reminders = [reminder for reminder in reminders if reminder.id not in unknown]
        if desktop and not dry_run:
            _notify(reminders, state, current)
        elif reminders:
            _show(reminders, current, format)
            state.new_deliveries += [reminder.key for reminder in reminders]
        state.is_complete = not unknown
    journal_queries.report_damage(current)
    if state.problem:
        what = "Can't remember what was sent, so it may be sent again: "
        warn(f"{what if reminders and current.is_recording else ''}{state.problem}")
    if reminders and desktop and not dry_run:
        count = "1 reminder" if len(reminders) == 1 else f"{len(reminders)} reminders"
        output.hint(f"Sent {count} to your desktop.")
    if not reminders:
        if format in (TABLE, "plain"):
            since = _last_run(state, current)
            output.hint(
                lambda: current.ask(
                    lambda index: _nothing_new(index, current, filters, state, since)
                )
            )
        raise NothingFound


def _may_be_followed(current: Session, unknown: frozenset[str]) -> bool:
    """True if the user follows any of the *unknown* releases, or a name that no release has."""

    def ask(index: sqlite3.Connection) -> bool:
        keys = [names.by_follows(index, [follow]) for follow in current.follows]
        return not all(keys) or not unknown.isdisjoint(ids_of(index, frozenset().union(*keys)))

    return bool(unknown) and current.ask(ask)


def _nothing_new(
    index: sqlite3.Connection, current: Session, filters: Filters, state: DeliveryState, since: str
) -> str:
    """A line for a terminal, if there are no reminders, that names what comes next."""
    keys = followed_keys(index, current, filters)
    following = find_next(index, current, state, keys)
    if following is None:
        if keys is None:
            return f"Nothing new{since}. Nothing with an exact date is coming."
        return f"Nothing new{since}. Nothing that you follow is coming on an exact date."
    day, today = date.fromordinal(following.day), current.now.today
    if current.exact_days:
        phrase = time_phrases.until_days((day - today).days)
    else:
        phrase = time_phrases.until(day, today)
    return f"Nothing new{since}. Next: {following.summary.name_in(current.languages)} {phrase}."


def _last_run(state: DeliveryState, current: Session) -> str:
    """The time of the last complete run for the recipient: ` since 21:03`; empty if unknown."""
    at, now = state.recipient.at, journal_queries.now_ns()
    if at is None or not 0 <= at <= now or current.has_fixed_day:
        return ""
    day = journal_queries.local_moment(current, at)[1]
    if day == current.now.today:
        return f" since {local_time(at // _NS_PER_S, current.now.zone):%H:%M}"
    return f" since {wording.day_label(day, current.date_style)}"


def _without_unfollowed(
    index: sqlite3.Connection, current: Session, filters: Filters, reminders: Iterable[Reminder]
) -> list[Reminder]:
    """Those of *reminders* to deliver if only followed releases count, today or on their day.

    Otherwise, someone who was away while the last followed release came out would get all others.
    """
    today = current.now.today
    counting: dict[int, frozenset[str] | None] = {}

    def counts(reminder: Reminder, day: int) -> bool:
        if day not in counting:
            moment = current.now._replace(today=date.fromordinal(day))
            counting[day] = _find_followed(index, current._replace(now=moment), filters)
        ids = counting[day]
        return ids is None or reminder.id in ids

    return [
        reminder
        for reminder in reminders
        if counts(reminder, today.toordinal())
        and (reminder.milestone is None or counts(reminder, reminder.key[0]))
    ]


def _find_followed(
    index: sqlite3.Connection, current: Session, filters: Filters
) -> frozenset[str] | None:
    """The ids of followed releases if only these count; None if all do."""
    keys = followed_keys(index, current, filters)
    return None if keys is None else ids_of(index, keys)


def _parse_milestones(text: str) -> frozenset[int]:
    """The numbers of days in *text*. Raises UsageError."""
    options = PromptOptions()
    try:
        options.set("--milestones", text)
    except ValueError as error:
        raise UsageError(about("--milestones", str(error))) from None
    return frozenset(options.milestones)


def _check_name(text: str) -> str:
    """*text* if it can be the name of a recipient. Raises UsageError."""
    if text.strip() != text or not text.isprintable() or not 0 < len(text) <= _MAX_NAME_LENGTH:
        raise UsageError(
            f'--recipient: "{text}" isn\'t a name. Write a few plain letters, like mail.'
        )
    return text


def _show(reminders: Sequence[Reminder], current: Session, format: str) -> None:
    """Write *reminders* in that *format*, drawn for a terminal if it is a table."""
    if format in (TABLE, "plain"):
        reminders = _in_language(reminders, current, current.view_context.languages)
    if format != TABLE:
        write(_format_reminders(reminders, current, format))
        return
    followed = output.followed_in(current)
    view = drawn_reminders(reminders, current.view_context, followed=followed)
    # No pager: `remind` may be in a startup file.
    output.show(view, current.with_default_format._replace(no_pager=True))


def _in_language(
    reminders: Sequence[Reminder], current: Session, languages: tuple[str, ...]
) -> list[Reminder]:
    """*reminders* with the names of their releases in the first of *languages* that has one."""
    if not languages:
        return [*reminders]
    ids = [reminder.id for reminder in reminders]
    outlooks = current.ask(lambda index: journal_queries.find_outlooks(index, current, ids))
    releases = [outlook.release for outlook in outlooks]
    names = {release.id: release.name_in(languages) for release in releases if release.titles}
    return [each._replace(name=names.get(each.id, each.name)) for each in reminders]


def _format_reminders(reminders: Sequence[Reminder], current: Session, format: str) -> str:
    if format == "jsonl":
        return reminder_formats.json_lines(reminders, exact_days=current.exact_days)
    if format != "json":
        style = current.view_context.date_style
        return reminder_formats.lines(reminders, style, exact_days=current.exact_days)
    ids = [reminder.id for reminder in reminders]
    outlooks = current.ask(lambda index: journal_queries.find_outlooks(index, current, ids))
    followed = output.followed_in(current)
    view = View(lambda: (), tuple(outlooks), current.view_context, followed=followed)
    return reminder_formats.document(reminders, view)


def _notify(reminders: Sequence[Reminder], state: DeliveryState, current: Session) -> None:
    """Show *reminders* on the desktop, and mark each as sent. Raises CountdownError."""
    style, exact_days = current.date_style, current.exact_days
    reminders = _in_language(reminders, current, current.languages)
    if len(reminders) > _MAX_NOTIFICATIONS:
        body = reminder_formats.lines(reminders, style, exact_days=exact_days).rstrip()
        notifications.send(f"{len(reminders)} reminders", body)
        state.new_deliveries += [reminder.key for reminder in reminders]
        return
    for reminder in reminders:
        notifications.send(reminder.name, describe(reminder, style, exact_days=exact_days))
        state.new_deliveries.append(reminder.key)
