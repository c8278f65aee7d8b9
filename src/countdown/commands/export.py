"""`countdown export`: releases as a file for calendars, other programs, and pages."""

from contextlib import suppress
from datetime import timedelta
from typing import Final

import click

from countdown.cli import options
from countdown.cli.choices import Word
from countdown.cli.messages import warn
from countdown.cli.options import Filters
from countdown.cli.session import Session, session
from countdown.cli.sharing import Shareable, find_shareable, title_of
from countdown.cli.written_files import STDOUT, old_content, write_out
from countdown.core import span, wording
from countdown.core.text import escape_hostile
from countdown.errors import NothingFound, UsageError
from countdown.exports.events import WINDOWS, Windows
from countdown.formats import renderer

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
    is_calendar = format == CALENDAR
    found = find_shareable(
        current, filters, with_own=mine, more=("cancelled",) if is_calendar else ()
    )
    name = escape_hostile(title_of(words, filters))
    target = STDOUT if path is None else path
    missing: list[str] = []
    if is_calendar:
        from countdown.exports import events, ics  # Deferred, here and below: one is needed.

        made = events.events(
            found.outlooks,
            current.now,
            windows=windows or "day",
            by_type=bool(filters.types),
        )
        before = old_content(target)
        data = ics.write(made, name=name, credits=found.credits, alarms=alarms, before=before)
        number = len(made)
        what = events.in_words(number)
        rest = events.without_event(found.outlooks, made)
        why = "without a day" if windows == "none" else "without a date, or without its last day"
        missing = [f"Not in the calendar: {wording.releases(rest)} {why}"] if rest else []
    else:
        data, number = _write(format, found, current, name).encode(), len(found.outlooks)
        what = wording.releases(number)
    if not number:
        from countdown.cli import empty_answer

        warn(*missing, *found.left_out)
        if found.left_out:
            raise NothingFound("Nothing else matches, so nothing was written.")
        raise NothingFound(empty_answer.explain_list(current, filters))
    write_out(target, data, current, option="--output", done=f"Wrote {what} to")
    warn(*missing, *found.left_out)


def _write(format: str, found: Shareable, current: Session, name: str) -> str:
    """The releases that were *found*, as text in a *format* other than ics."""
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

    context = current.view_context._replace(languages=())
    return renderer(format).render(with_credits(listing(found.outlooks, context)))


def _alarm(text: str) -> timedelta:
    """The time before an event that *text* names. Raises UsageError."""
    with suppress(ValueError):
        count, unit = span.parse_span(text)
        if unit in _DAYS and count * _DAYS[unit] <= _MAX_ALARM:
            return timedelta(days=count * _DAYS[unit])
    what = f'--alarm: "{text}" isn\'t days or weeks up to a year. Write it like 1d or 2w.'
    raise UsageError(escape_hostile(what))
