"""An answer on its way to stdout: which format, how wide, through a pager or not."""

import os
import sys

from countdown.cli.messages import warn, write
from countdown.cli.session import Session
from countdown.formats import TABLE, renderer
from countdown.views.view import View


def show(view: View, session: Session) -> None:
    """Write *view* as the user wants it: as a table on a terminal, plain into a pipe.

    Raises OutputError.
    """
    format = output_format(session)
    if format != TABLE:
        write(renderer(format).render(view))
        return
    from countdown.formats import terminal  # Deferred: rich is half of the start-up time.

    text, fits = terminal.draw(view, no_color=session.no_color, ascii=_is_ascii_only())
    if fits or session.no_pager or not (_is_terminal_output() and _is_terminal_input()):
        write(text)
        return
    from countdown.cli import pager  # Deferred: most answers fit.

    pager.page(text, sys.stdout.encoding)


def output_format(session: Session) -> str:
    """The format that was asked for, else table on a terminal and plain into a pipe."""
    return session.format or (TABLE if _is_terminal_output() else "plain")


def hint(text: str) -> None:
    """Tell *text* to a person; a program that reads the answer gets none of it."""
    if _is_terminal_output():
        warn(text)


def _is_terminal_output() -> bool:
    return sys.stdout is not None and sys.stdout.isatty()


def _is_terminal_input() -> bool:
    return sys.stdin is not None and sys.stdin.isatty()


def _is_ascii_only() -> bool:
    """Whether the terminal can be sent nothing but ASCII, as the locale has it."""
    encoding = sys.stdout.encoding if sys.stdout is not None else "utf-8"
    if not (encoding or "").lower().startswith("utf"):
        return True
    return os.environ.get("LC_ALL") in ("C", "POSIX")
