"""`countdown marathon`: what to watch before a release, one a day, the last on its eve."""

import sqlite3
from datetime import date

import click

from countdown.cli import lookup, options, output
from countdown.cli.choices import Words, flatten
from countdown.cli.filters import with_seasons
from countdown.cli.marathons import Wishes, find_marathon
from countdown.cli.session import Session, session
from countdown.core import day_style
from countdown.core.marathon_wording import Marathon, notes
from countdown.core.outlook import Outlook
from countdown.core.release import KINDS
from countdown.errors import NothingFound, UsageError
from countdown.formats import TABLE
from countdown.views.marathon import marathon_view


@options.command(
    "marathon",
    "countdown marathon dune part three",
    "countdown marathon avengers doomsday --kind film --per-day 2",
    "countdown marathon avengers doomsday --sequels     only those that it continues",
    "countdown marathon avengers doomsday --ics m.ics   an event a day, for your calendar",
)
@click.argument("words", nargs=-1, required=True, metavar="TITLE...")
@click.option("--franchise", metavar="NAME", multiple=True, help="Only this one of its franchises.")
@click.option("--sequels", is_flag=True, help="Only those that it continues.")
@click.option(
    "--kind",
    type=Words(KINDS),
    multiple=True,
    callback=flatten,
    help="Only this kind; series includes seasons.",
)
@click.option("--per-day", type=click.IntRange(min=1), metavar="N", help="Watch N a day.")
@click.option("--from", "start", metavar="DAY", help="Start on this day.")
@click.option("--ics", metavar="FILE", help="Write them as a calendar; - is stdout.")
def command(
    ctx: click.Context,
    /,
    words: tuple[str, ...],
    franchise: tuple[str, ...],
    sequels: bool,
    kind: tuple[str, ...],
    per_day: int | None,
    start: str | None,
    ics: str | None,
) -> None:
    """Plan what to watch before a release, one a day.

    These are the films and seasons that it continues, and the others of its franchises, in the
    order in which they came out. The last is on the day before the release.
    """
    current, text = session(ctx), " ".join(words)
    if sequels and franchise:
        raise UsageError("Use either --sequels or --franchise, not both.")
    wishes = Wishes(franchise, with_seasons(kind), sequels, per_day, _parse_start(start, current))
    found = current.ask(lambda index: _find(index, text, current, wishes))
    if isinstance(found, list):
        lookup.write_titles(found, text, current)
        return
    if not found.entries:
        raise NothingFound(*_why_empty(found, current, wishes))
    if ics is not None:
        from countdown.cli.marathon_calendar import write_calendar  # Deferred: few want a file.

        write_calendar(found, current, ics)
        return
    is_for_people = output.output_format(current) in (TABLE, "markdown")
    narrower = _narrower(found, wishes)
    context = current.view_context
    output.show(marathon_view(found, context, narrower, with_notes=is_for_people), current)


def _parse_start(text: str | None, current: Session) -> date | None:
    """The day that *text* names, today or later. Raises UsageError."""
    if text is None:
        return None
    from countdown.cli.date_arguments import parse_window  # Deferred: few type a day.

    first, last = parse_window(text, current.now, origin="--from", region=current.region)
    if first != last:
        raise UsageError(f"--from needs a single day, like {current.now.today.isoformat()}.")
    if first < current.now.today:
        day = day_style.format_day(first, current.view_context.date_style)
        raise UsageError(f"--from: {day} is past. Name today or a later day.")
    return first


def _find(
    index: sqlite3.Connection, text: str, current: Session, wishes: Wishes
) -> Marathon | list[Outlook]:
    """The marathon before the release called *text*, or several of that name.

    Raises NothingFound.
    """
    found = lookup.find_called(index, text, current)
    return found if len(found) > 1 else find_marathon(index, current, found[0], wishes)


def _why_empty(found: Marathon, current: Session, wishes: Wishes) -> list[str]:
    """Sentences on a marathon without entries."""
    context, release = current.view_context, found.target.release
    what = f"The catalogue has nothing to watch before {context.name(release)}"
    said = notes(found, context.name)[:-1]
    is_narrowed = wishes.kinds or wishes.franchises or wishes.has_sequels_alone
    if is_narrowed and current.ask(lambda index: _has_entries(index, current, found.target)):
        return [f"{what} that matches. Try: countdown marathon {release.id}", *said]
    return [f"{what}.", *said]


def _has_entries(index: sqlite3.Connection, current: Session, target: Outlook) -> bool:
    return bool(find_marathon(index, current, target, with_missing=False).entries)


def _narrower(found: Marathon, wishes: Wishes) -> list[tuple[str, str]]:
    """Descriptions of shorter marathons, and the commands that show them."""
    command = f"countdown marathon {found.target.release.id}"
    shorter = []
    if not wishes.kinds and len({each.release.kind for each in found.entries}) > 1:
        shorter.append(("only films", f"{command} --kind film"))
    if 0 < found.in_chain < len(found.entries) and not wishes.franchises:
        shorter.append(("only those that it continues", f"{command} --sequels"))
    return shorter
