"""The pager, for an answer that doesn't fit on the terminal: which one, and how it is run."""

import os
import re
import shlex
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import takewhile
from shutil import which
from types import FrameType
from typing import Final

import click

from countdown.cli.messages import encode, write
from countdown.errors import CountdownError

_VARIABLES: Final = ("COUNTDOWN_PAGER", "PAGER")
_DEFAULT_COMMANDS: Final = (["less"], ["more"])
_NOT_STARTED: Final = (126, 127)  # exit codes of env, sh and nice that found no program to run
# F: don't wait for a key if all fits; R: show colours; X: leave the text on the screen.
_LESS_OPTIONS: Final = "FRX"
# Options that take no text: behind any other, what looks like an option may be its text.
_PLAIN_OPTION: Final = re.compile(r"-[aABcCdeEfFgGiIJKLmMnNqQrRsSuUVwWX~]*|--[A-Za-z-]+")
_LESS_INTERRUPTED: Final = 2  # exit code of less that Ctrl-C has ended, as its option K has it
_MORE_OPTIONS: Final = "-f"  # Don't fold lines: it would take escape codes for columns.


def page(text: str, encoding: str) -> None:
    """Show *text* in the user's pager, or write it where there is none.

    Raises OutputError, and CountdownError if the pager fails.
    """
    command = _command()
    if command is None:
        write(text)
        return
    colours, environment = _colours_and_environment(command)
    shown = text if colours else click.unstyle(text)
    code = _run(command, encode(shown, encoding), environment)
    if code is None or code in _NOT_STARTED:
        write(text)
    elif code == -signal.SIGINT or (code == _LESS_INTERRUPTED and _program(command) == "less"):
        raise KeyboardInterrupt
    elif code:
        how = f"exited with code {code}" if code > 0 else f"was killed by signal {-code}"
        raise CountdownError(f"The pager failed: {os.path.basename(command[0])} {how}.")


def _command() -> list[str] | None:
    """The words that start the pager; None if there is none, or none is wanted."""
    if os.environ.get("NO_PAGER"):
        return None
    named = next((name for name in _VARIABLES if name in os.environ), None)
    if named is None:
        return next(filter(None, map(_if_installed, _DEFAULT_COMMANDS)), None)
    try:
        return _if_installed(_split(os.environ[named]))
    except ValueError:  # A quote that isn't closed.
        return None


def _split(command: str) -> list[str]:
    if os.name != "nt":
        return shlex.split(command)
    # A backslash is part of a path there; without POSIX's rules, quotes stay around a word.
    return [word.strip('"') for word in shlex.split(command, posix=False)]


def _if_installed(words: list[str]) -> list[str] | None:
    if not words or os.path.basename(words[0]) == "cat" or which(words[0]) is None:
        return None
    return words


def _colours_and_environment(command: list[str]) -> tuple[bool, dict[str, str]]:
    """Whether the pager shows colours, and the environment that it is to be run in.

    What is not known to show them would print their escape codes as text.
    """
    program, environment = _program(command), dict(os.environ)
    if program == "less":
        options = environment.setdefault("LESS", _LESS_OPTIONS)
        return _less_shows_colours(options, command[1:]), environment
    # On Linux that is the one of util-linux, which passes everything on.
    known = program == "more" and sys.platform == "linux"
    return known and environment.setdefault("MORE", _MORE_OPTIONS) == _MORE_OPTIONS, environment


def _program(command: list[str]) -> str:
    """The name of the pager behind all links: other programs, like busybox, are called less too."""
    name = os.path.basename(os.path.realpath(which(command[0]) or "")).removesuffix(".exe")
    called = os.path.basename(command[0]).removesuffix(".exe")
    return "" if name == "less" and called == "more" else name  # less behaves like more then.


def _less_shows_colours(variable: str, options: list[str]) -> bool:
    """Whether less surely does, with *variable* as its LESS, called with *options*."""
    if "-+" in " ".join((variable, *options)):  # It takes an option back.
        return False
    dashed = variable if variable.startswith("-") else f"-{variable}"
    return _turn_colours_on(dashed.split()) or _turn_colours_on(options)


def _turn_colours_on(words: list[str]) -> bool:
    for word in takewhile(_PLAIN_OPTION.fullmatch, words):
        if word.lower().startswith("--ra") or ("r" in word.lower() and word[1:2] != "-"):
            return True  # It is --raw-control-chars or -r, in capitals or not.
    return False


def _run(command: list[str], data: bytes, environment: dict[str, str]) -> int | None:
    """The exit code of the pager once it has been left; None if it can't be started."""
    with _forward_signals() as pass_to, _restorable_terminal() as restore:
        try:
            process = subprocess.Popen(  # noqa: S603  # It is the user's own.
                command, stdin=subprocess.PIPE, env=environment
            )
        except OSError:
            return None
        pass_to(process)
        # Who has seen enough leaves before all is written, which is no error to `communicate`.
        process.communicate(data)
        if process.returncode:
            restore()
    return process.returncode


@contextmanager
def _forward_signals() -> Iterator[Callable[["subprocess.Popen[bytes]"], None]]:
    r"""Leave signals to the pager that this yields a function to name; then end by them, too.

    If one ended this program alone, the pager would go on without it, and both it and the shell
    would read what is typed. Ctrl-C and Ctrl-\ reach the pager anyway, which has its own use for
    them. A signal that is ignored stays so, for the pager as well.
    """
    pagers: list[subprocess.Popen[bytes]] = []
    ending: list[int] = []

    def end(number: int, _: FrameType | None) -> None:
        ending.append(number)
        for process in pagers:
            process.send_signal(number)

    def pass_to(process: "subprocess.Popen[bytes]") -> None:
        pagers.append(process)
        for number in ending:  # What came before there was a process to send it to.
            process.send_signal(number)

    with _signal_handlers(
        {"SIGINT": _do_nothing, "SIGQUIT": _do_nothing, "SIGTERM": end, "SIGHUP": end}
    ):
        yield pass_to
    if ending:
        signal.raise_signal(ending[0])


def _do_nothing(_number: int, _frame: FrameType | None) -> None:
    """Do nothing: unlike a signal that is ignored, one with a handler still reaches the pager."""


@contextmanager
def _signal_handlers(
    handlers: dict[str, Callable[[int, FrameType | None], None]],
) -> Iterator[None]:
    """Handle signals, by name, unless they don't exist here or are ignored."""
    before = {}
    try:
        for name, handler in handlers.items():
            number = getattr(signal, name, None)
            if number is not None and signal.getsignal(number) not in (signal.SIG_IGN, None):
                before[number] = signal.signal(number, handler)
        yield
    finally:
        for number, handler_before in before.items():
            signal.signal(number, handler_before)


@contextmanager
def _restorable_terminal() -> Iterator[Callable[[], None]]:
    """What sets the terminal back to how it is now, if the pager failed and could not."""
    try:
        import termios  # Deferred: not on Windows.
    except ImportError:  # pragma: no cover  # Windows
        yield lambda: None
        return
    state = None
    with suppress(termios.error, OSError):  # The terminal may be gone, now or afterwards.
        state = termios.tcgetattr(sys.stdin)

    def restore() -> None:
        if state is not None:
            with suppress(termios.error, OSError):
                termios.tcsetattr(sys.stdin, termios.TCSADRAIN, state)

    yield restore
