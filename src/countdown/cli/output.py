"""An answer on its way to stdout: which format, how wide, through a pager or not."""

import codecs
import errno
import os
import sys

import click

from countdown.cli.session import Session
from countdown.render import TABLE, renderer
from countdown.render.view import View

_ERRORS = "countdown.unaccented"


def put(view: View, session: Session) -> None:
    """Write *view* as the user wants it: as a table on a terminal, plain into a pipe."""
    if sys.stdout is None:  # Closed before the program began: nobody listens.
        return
    _forgive()
    format = format_of(session)
    if format != TABLE:
        sys.stdout.write(renderer(format).render(view))
        return
    from countdown.render import terminal  # Deferred: rich is half of the start-up time.

    text, fits = terminal.draw(view, no_color=session.no_color, ascii=_ascii())
    if _on_terminal() and sys.stdin.isatty() and not fits:
        click.echo_via_pager(text, color=True)
    else:
        sys.stdout.write(text)


def say(text: str) -> None:
    """Write *text* to stdout, as far as the program can tell. Raises OSError."""
    if sys.stdout is None:
        raise OSError(errno.EBADF, os.strerror(errno.EBADF))
    _forgive()
    sys.stdout.write(text)
    sys.stdout.flush()


def _forgive() -> None:
    """Let stdout take what its encoding lacks."""
    codecs.register_error(_ERRORS, _unaccented)
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors=_ERRORS)


def format_of(session: Session) -> str:
    """The format that was asked for, else table on a terminal and plain into a pipe."""
    return session.format or (TABLE if _on_terminal() else "plain")


def hint(text: str) -> None:
    """Tell *text* to a person; a program that reads the answer gets none of it."""
    if _on_terminal():
        click.echo(text, err=True)


def _on_terminal() -> bool:
    return sys.stdout is not None and sys.stdout.isatty()


def _ascii() -> bool:
    """Whether the terminal can be sent nothing but ASCII, as the locale has it."""
    if not (sys.stdout.encoding or "").lower().startswith("utf"):
        return True
    return os.environ.get("LC_ALL") in ("C", "POSIX")


def _unaccented(error: UnicodeError) -> tuple[str, int]:
    """What an encoding lacks, without its accents if that helps, else as a question mark."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    import unicodedata  # Deferred: few terminals lack anything.

    lacking = error.object[error.start : error.end]
    plain = unicodedata.normalize("NFKD", lacking).encode("ascii", "ignore").decode()
    return plain or "?", error.end
