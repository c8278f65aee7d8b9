"""`countdown export`: releases as a file for calendars, other programs, and pages."""

import sqlite3
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

import click

from countdown.cli import journal_queries, options, output
from countdown.cli.choices import Word
from countdown.cli.messages import about, warn, write
from countdown.cli.options import Filters
from countdown.cli.session import Session, session
from countdown.cli.sharing import Shareable, find_shareable
from countdown.core import span, wording
from countdown.core.text import escape_hostile
from countdown.errors import CountdownError, NothingFound, UsageError
from countdown.exports.events import WINDOWS, Windows
from countdown.formats import renderer
from countdown.journal.observations import Observation, WatchedCatalogue, list_observations

CALENDAR: Final = "ics"
FORMATS: Final = (CALENDAR, "toml", "json", "csv", "markdown", "html")
_DAYS: Final = {"d": 1, "w": 7}
_MAX_ALARM: Final = 366  # days


@options.command(
    "export",
    "countdown export ics --followed -o releases.ics    a calendar of what you follow",
    "countdown export ics netflix --alarm 1d            reminds you a day before",
    "countdown export ics mcu --windows none            only what has a day",
    "countdown export toml -o mine.toml --mine          a catalogue for somebody else",
    "countdown export html 2027 -o 2027.html",
    exclude=("--format", "--json", "--accessible", "--no-pager", "--no-color"),
)
@click.argument("format", type=Word(FORMATS), metavar="FORMAT")
@click.argument("words", nargs=-1)
@click.option("-o", "--output", "path", metavar="FILE", help="Write this file; - is stdout.")
@click.option("--mine", is_flag=True, help="Also what only your own catalogue has.")
@click.option(
    "--alarm", metavar="SPAN", multiple=True, help="In ics: remind so long before, like 1d."
)
@click.option(
    "--windows",
    type=Word(WINDOWS),
    help="Vague dates in ics. [default: day]",
)
@options.filters(*options.MATCHING, options.everything, options.limit)
def command(
    ctx: click.Context,
    /,
    format: str,
    words: tuple[str, ...],
    path: str | None,
    mine: bool,
    alarm: tuple[str, ...],
    windows: Windows | None,
    filters: Filters,
) -> None:
    """Write releases for calendars, pages and other programs.

    FORMAT is ics (a calendar), toml (a catalogue), json, csv, markdown or html. WORDS and options
    narrow it, as in countdown list. Facts that may not be passed on are left out.
    """
    current = session(ctx)
    if format != CALENDAR and (alarm or windows):
        raise UsageError(f"{'--alarm' if alarm else '--windows'} is only for ics.")
    alarms = [_alarm(text) for text in alarm]
    if words:
        from countdown.cli.list_words import add_words  # Deferred: only words need it.

        filters = add_words(current, filters, words)
    found = find_shareable(current, filters, with_own=mine)
    name = escape_hostile(" ".join(words)) or ("What I follow" if filters.followed else "Coming up")
    if format == CALENDAR:
        data, what = _calendar(found, current, name, windows or "day", alarms)
    else:
        data = _write(format, found, current, name).encode()
        what = [wording.releases(len(found.outlooks))]
    if path in (None, "-"):
        write(data.decode())
    else:
        from countdown.cli.written_files import write_file

        written = write_file(path, data, current, option="--output")
        output.confirm(current, f"Wrote {what[0]} to {written}", *what[1:])
    for line in found.left_out:
        warn(line)
    if not found.outlooks:
        from countdown.cli import empty_answer

        raise NothingFound(empty_answer.explain_list(current, filters))


def _calendar(
    found: Shareable, current: Session, name: str, windows: Windows, alarms: Sequence[timedelta]
) -> tuple[bytes, list[str]]:
    """What was *found* as a calendar, what that has, and what it doesn't have, in words."""
    from countdown.exports import events, ics  # Deferred, here and below: one is needed.

    made = events.events(found.outlooks, _noticed(current), current.now, windows=windows)
    data = ics.write(made, name=name, credits=found.credits, alarms=alarms)
    what = [f"{len(made):,} event{'s' * (len(made) != 1)}"]
    rest = len(found.outlooks) - len(made)
    if rest:
        what.append(f"Not in it: {wording.releases(rest)} without a date, or without its last day")
    return data, what


def _write(format: str, found: Shareable, current: Session, name: str) -> str:
    """What was *found* as text in *format*, which is no calendar."""
    if format == "toml":
        from countdown.exports import catalogue

        releases = {each.release.id: each.release for each in found.outlooks}
        return catalogue.write(releases.values(), credits=found.credits)
    if format == "csv":
        from countdown.exports import csv

        return csv.write(found.outlooks)
    if format == "html":
        from countdown.exports import html

        return html.write(
            found.outlooks, current.now, name=name, region=current.region, credits=found.credits
        )
    from countdown.views.listing import listing
    from countdown.views.origins import with_credits

    # Whose zone it is, is nobody else's business; nor is what somebody follows.
    context = current.view_context._replace(languages=(), timezone=None)
    return renderer(format).render(with_credits(listing(found.outlooks, context)))


def _alarm(text: str) -> timedelta:
    """The time before an event that *text* names. Raises UsageError."""
    try:
        count, unit = span.parse_span(text)
    except ValueError as error:
        raise UsageError(about("--alarm", str(error))) from None
    if unit not in _DAYS or count * _DAYS[unit] > _MAX_ALARM:
        raise UsageError(f'--alarm: "{text}" isn\'t in days or weeks. Write one like 1d or 2w.')
    return timedelta(days=count * _DAYS[unit])


def _noticed(current: Session) -> dict[str, date]:
    """The user's day of the last noticed change of each release; empty without a journal."""

    def query(connection: sqlite3.Connection, watch: WatchedCatalogue) -> list[Observation]:
        return list_observations(connection, watch.scope, now=journal_queries.now_ns())

    if not current.is_recording:
        return {}
    try:
        observations = journal_queries.query_journal(current, query)
    except CountdownError:
        return {}
    return {each.id: journal_queries.local_moment(current, each.at)[1] for each in observations}
