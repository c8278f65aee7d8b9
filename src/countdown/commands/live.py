"""`countdown live`: count down on the full screen, to the second when it's near."""

import os
import sqlite3
import sys
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

import click

from countdown.cli import lookup, options, output
from countdown.cli.filters import build_query
from countdown.cli.messages import write
from countdown.cli.options import Filters
from countdown.cli.session import Session, session
from countdown.cli.soonest import find_soonest, of_first_day
from countdown.core.outlook import Moment, Outlook
from countdown.core.text import escape_hostile
from countdown.errors import NothingFound, UsageError
from countdown.views import live

if TYPE_CHECKING:  # Not on Windows.
    from countdown.cli.full_screen import FullScreen

_PLAIN_TERMINALS: Final = ("", "dumb", "unknown")  # values of TERM: they know no control sequences
_MAX_RELEASES: Final = 12

Draw = Callable[[Sequence[Outlook], Moment], None]


@options.command(
    "live",
    "countdown live                                   what's next",
    "countdown live avengers doomsday",
    "countdown live dune part three, avengers doomsday",
    "countdown live the mandalorian and grogu --exec 'notify-send Out' --quit",
    exclude=("--format", "--no-pager", "--days"),
)
@click.argument("words", nargs=-1, metavar="[TITLE]...")
@click.option("--exec", "program", metavar="COMMAND", help="Run this when it's out.")
@click.option("--quit", "quits", is_flag=True, help="Quit when all of it is out.")
def command(
    ctx: click.Context, /, words: tuple[str, ...], *, program: str | None, quits: bool
) -> None:
    """Count down live on the full screen.

    Without a title, to the next release that you follow, or else the next one. Days are counted in
    days, and in the last two days to a known time in seconds. Commas separate titles; q quits.
    """
    current, text = session(ctx), " ".join(words)
    if not (_is_terminal(sys.stdin) and _is_terminal(sys.stdout)):
        raise UsageError("countdown live needs a terminal.", "To print what's next: countdown next")
    if os.name == "nt":  # pragma: no cover  # Windows
        raise UsageError("countdown live doesn't work on Windows. Try: countdown next")
    from countdown.cli import programs_to_run  # Deferred: only who isn't refused needs them.
    from countdown.cli.full_screen import full_screen
    from countdown.cli.live_loop import LiveCountdown, keep_up

    runner = programs_to_run.ProgramRunner(program)
    outlooks = current.ask(lambda index: _find(index, current, text))
    is_drawn = not current.accessible and os.environ.get("TERM", "") not in _PLAIN_TERMINALS
    theme = output.theme(current) if is_drawn else "mono"  # It may ask the terminal.
    with full_screen(is_drawn=is_drawn) as screen:
        draw = _draw_on(screen, current, theme) if is_drawn else _tell(current)
        counted = LiveCountdown(
            [outlook.release for outlook in outlooks],
            current.region,
            _clock(current),
            draw,
            runner.run,
            quits,
        )
        keep_up(counted, screen)
    if quits:
        runner.wait()


def _is_terminal(stream: object) -> bool:
    isatty = getattr(stream, "isatty", None)
    return isatty is not None and isatty()


def _find(index: sqlite3.Connection, current: Session, text: str) -> list[Outlook]:
    """The releases to count down to: the next ones, or those of *text*. Raises NothingFound."""
    if not text:
        outlooks, _ = find_soonest(index, current, Filters())
        if not outlooks:
            raise NothingFound("Nothing is coming.", "To see what has no date: countdown status")
        return of_first_day(outlooks)
    try:
        found = _find_title(index, current, text)
    except NothingFound:
        titles = [title.strip() for title in text.split(",") if title.strip()]
        if len(titles) < 2:
            raise
        found = [one for title in titles for one in _find_title(index, current, title)]
    unique = {outlook.release.id: outlook for outlook in found}
    return sorted(unique.values(), key=lambda outlook: outlook.order)[:_MAX_RELEASES]


def _find_title(index: sqlite3.Connection, current: Session, title: str) -> list[Outlook]:
    """The releases of that *title* that aren't out. Raises NothingFound."""
    found = lookup.find_title(index, title, build_query(current), current.layers)
    ahead = [outlook for outlook in found if outlook.state != "released"]
    if not ahead:
        name = current.view_context.name(found[0].release)
        raise NothingFound(f"{name} is out already.")
    return ahead


def _clock(current: Session) -> Callable[[], Moment]:
    """A clock that goes on from the session's moment, which --as-of can set."""
    zone = current.now.zone
    ahead = timedelta()
    if current.has_fixed_day:
        ahead = current.now.instant - datetime.fromtimestamp(time.time(), UTC)

    def now() -> Moment:
        time.tzset()  # The system's zone can have changed.
        return Moment.at(datetime.fromtimestamp(time.time(), UTC) + ahead, zone)

    return now


def _draw_on(screen: "FullScreen", current: Session, theme: str) -> Draw:
    """Draws on the full *screen* in *theme*."""
    from countdown.formats import terminal  # Deferred: rich takes half of the start-up time.
    from countdown.views.view import View

    context, is_ascii = current.view_context, output.is_ascii_only()

    def draw(outlooks: Sequence[Outlook], now: Moment) -> None:
        size = screen.size
        here = context._replace(now=now)
        block = live.frame(outlooks, here, size.columns, size.lines)
        view = View(lambda: [block], tuple(outlooks), here)
        text, _ = terminal.draw(view, theme=theme, ascii=is_ascii, size=size)
        screen.draw(text.split("\n")[: size.lines])

    return draw


def _tell(current: Session) -> Draw:
    """Writes a sentence for each release, again on the next day, each hour when it's near.

    For screen readers, and terminals without control sequences.
    """
    context = current.view_context
    written: dict[str, tuple[object, ...]] = {}

    def draw(outlooks: Sequence[Outlook], now: Moment) -> None:
        for outlook in outlooks:
            left = outlook.remaining
            hours = (
                left.seconds // 3600 if live.is_ticking(outlook) and left and left.seconds else 0
            )
            key = (now.today, hours, live.is_out(outlook))
            if written.get(outlook.release.id) != key:
                written[outlook.release.id] = key
                line = live.sentence(outlook, context._replace(now=now))
                write(f"{escape_hostile(line)}\n")

    return draw
