"""The pager, for an answer that doesn't fit on the terminal: which one, and how it is run."""

import errno
import os
import shlex
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from shutil import which
from typing import IO, Final, cast

import click

from countdown.cli import less
from countdown.cli.messages import encoded, write
from countdown.streams import OutputError

_VARIABLES: Final = ("COUNTDOWN_PAGER", "PAGER")
_USUAL: Final = (["less"], ["more"])
_NOT_STARTED: Final = (126, 127)  # exit codes of env, sh and nice that found no program to run
# F: don't wait for a key if all fits; R: show colours; X: leave the text on the screen.
_LESS: Final = "FRX"
_MORE: Final = "-f"  # Don't fold lines: it would take escape codes for columns.


def page(text: str, encoding: str) -> None:
    """Show *text* in the user's pager, or write it where there is none. Raises OutputError."""
    command = _command()
    if command is None:
        write(text)
        return
    colours, environment = _circumstances(command)
    shown = text if colours else click.unstyle(text)
    code = _run(command, encoded(shown, encoding), environment)
    if code is None or code in _NOT_STARTED:
        write(text)
    elif code == -signal.SIGINT:
        raise KeyboardInterrupt
    elif code:
        how = f"ended with exit code {code}" if code > 0 else f"was killed by signal {-code}"
        reason = f"the pager {os.path.basename(command[0])} {how}"
        raise OutputError(OSError(errno.EIO, reason))


def _command() -> list[str] | None:
    """The words that start the pager; None if there is none, or none is wanted."""
    if os.environ.get("NO_PAGER"):
        return None
    named = next((name for name in _VARIABLES if name in os.environ), None)
    if named is None:
        return next(filter(None, map(_startable, _USUAL)), None)
    try:
        return _startable(shlex.split(os.environ[named]))
    except ValueError:  # A quote that isn't closed.
        return None


def _startable(words: list[str]) -> list[str] | None:
    if not words or os.path.basename(words[0]) == "cat" or which(words[0]) is None:
        return None
    return words


def _circumstances(command: list[str]) -> tuple[bool, dict[str, str]]:
    """Whether the pager shows colours, and the environment that it is to be run in.

    What is not known to show them would print their escape codes as text.
    """
    called, environment = os.path.basename(command[0]), dict(os.environ)
    # The name behind all links: other programs, like busybox, are called less as well.
    program = os.path.basename(os.path.realpath(which(command[0]) or ""))
    if program == "less" and called != "more":
        options = environment.setdefault("LESS", _LESS)
        return less.shows_colours(options, command[1:]), environment
    # On Linux that is the one of util-linux, which passes everything on.
    known = program == "more" and sys.platform == "linux"
    return known and environment.setdefault("MORE", _MORE) == _MORE, environment


def _run(command: list[str], data: bytes, environment: dict[str, str]) -> int | None:
    """The exit code of the pager once it has been left; None if it can't be started."""
    with _uninterrupted(), _terminal_kept() as restore:
        try:
            process = subprocess.Popen(  # noqa: S603  # It is the user's own.
                command, stdin=subprocess.PIPE, env=environment
            )
        except OSError:
            return None
        # Who has seen enough leaves before all is written: that is what a pager is for.
        pipe = cast("IO[bytes]", process.stdin)
        with suppress(BrokenPipeError):
            pipe.write(data)
        with suppress(BrokenPipeError):
            pipe.close()
        code = process.wait()
        if code < 0:
            restore()
    return code


@contextmanager
def _uninterrupted() -> Iterator[None]:
    r"""Leave Ctrl-C and Ctrl-\ to the pager, which has its own use for them.

    If they ended this program, the pager would go on without it, and both it and the shell would
    read what is typed. A handler does not reach the pager, as ignoring the signals would.
    """
    names = [name for name in ("SIGINT", "SIGQUIT") if hasattr(signal, name)]
    before = {}
    try:
        for name in names:
            number = getattr(signal, name)
            before[number] = signal.signal(number, lambda *_: None)
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def _terminal_kept() -> Iterator[Callable[[], None]]:
    """What sets the terminal back to how it is now, if the pager was killed and could not."""
    try:
        import termios  # Deferred: not on Windows.
    except ImportError:  # pragma: no cover  # Windows
        yield lambda: None
        return
    state = termios.tcgetattr(sys.stdin)
    yield lambda: termios.tcsetattr(sys.stdin, termios.TCSADRAIN, state)
