"""Writes a view to stdout: chooses its format, and pages it if it is too long."""

import os
import sys
from collections.abc import Callable, Sequence
from typing import Final

import click

from countdown.cli.context import shared_options
from countdown.cli.messages import warn, write
from countdown.cli.session import Session
from countdown.errors import UsageError
from countdown.formats import SENTENCES, TABLE, renderer
from countdown.formats.terminal_size import terminal_size
from countdown.views.view import View

_WITH_FOLLOWED: Final = ("json", "jsonl")
_WITH_RAW_CELLS: Final = ("csv", "tsv")


def show(view: View, session: Session) -> None:
    """Write *view* in the session's format, through the pager if it does not fit on the terminal.

    Raises OutputError, CountdownError if the pager fails, and UsageError for --raw in a format that
    has no raw cells.
    """
    format = output_format(session)
    if session.raw and format not in _WITH_RAW_CELLS:
        raise UsageError("--raw needs --format csv or --format tsv.")
    if view.followed is None and format in _WITH_FOLLOWED:
        view = view._replace(followed=followed_in(session))
    if not view.has_credits and any(outlook.release.providers for outlook in view.outlooks):
        from countdown.views.origins import with_credits  # Deferred: many users have no sources.

        view = with_credits(view)
    if format != TABLE:
        write(renderer(format).render(view))
        return
    if session.accessible:
        write(renderer(SENTENCES).render(view))
        return
    from countdown.formats import terminal  # Deferred: rich takes half of the start-up time.

    has_links = view.has_links and _shows_links()
    text, fits = terminal.draw(
        view,
        theme=theme(session),
        ascii=is_ascii_only(),
        links=has_links,
        below=_lines_below(),
    )
    is_short = fits or view.fits
    if is_short or session.no_pager or not (_is_terminal_output() and _is_terminal_input()):
        write(text)
        return
    from countdown.cli import pager  # Deferred: most answers fit.

    pager.page(text, sys.stdout.encoding)


def _lines_below() -> int:
    """The lines below the answer that tell what is left out of the user's own catalogue."""
    ctx = click.get_current_context(silent=True)
    note = shared_options(ctx).left_out if ctx is not None else ""
    return -(-len(note) // terminal_size().columns)


def theme(session: Session) -> str:
    """The theme to draw in: that of config.toml, else the one for the terminal's background."""
    if session.no_color or os.environ.get("NO_COLOR"):
        return "mono"
    if session.settings.theme not in (None, "auto"):
        return str(session.settings.theme)
    from countdown.cli import background  # Deferred: a theme that is set needs none.

    return background.theme()


def followed_in(session: Session) -> frozenset[str]:
    """The ids of the releases that the user follows."""
    if not session.follows:
        return frozenset()
    from countdown.index.followed import followed_ids  # Deferred: many users follow nothing.

    return session.ask(lambda index: followed_ids(index, session.follows))


def output_format(session: Session) -> str:
    """The format of options or config.toml, else table on a terminal and plain into a pipe.

    In an accessible session, sentences take the place of a table.
    """
    is_for_people = _is_terminal_output() or session.accessible
    return session.format or (TABLE if is_for_people else "plain")


def confirm(session: Session, *done: str, details: Sequence[str] = ()) -> None:
    """Write the lines *done*; on a terminal, with a sign and with *details* below.

    The format of config.toml doesn't apply to confirmations.
    """
    from countdown.views.confirmation import confirmation  # Deferred: few commands need it.

    view = confirmation(done, session.view_context, details=details)
    show(view, session.with_default_format)


def hint(text: str | Callable[[], str]) -> None:
    """Write *text*, or what it returns, to stderr if the answer goes to a person, not a program."""
    if _is_terminal_output():
        warn(text if isinstance(text, str) else text())


def _shows_links() -> bool:
    from countdown.cli import hyperlinks  # Deferred: few answers have links.

    return hyperlinks.are_shown(os.environ, is_terminal=_is_terminal_output())


def _is_terminal_output() -> bool:
    return sys.stdout is not None and sys.stdout.isatty()


def _is_terminal_input() -> bool:
    return sys.stdin is not None and sys.stdin.isatty()


def is_ascii_only() -> bool:
    """True if the locale allows ASCII alone."""
    encoding = sys.stdout.encoding if sys.stdout is not None else "utf-8"
    if not (encoding or "").lower().startswith("utf"):
        return True
    return os.environ.get("LC_ALL") in ("C", "POSIX")
