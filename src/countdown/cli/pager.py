"""The pager for an answer that doesn't fit on the terminal: find it and run it."""

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
_NOT_STARTED: Final = (126, 127)  # exit codes of env, sh and nice for a program that is missing
# F: don't wait for a key if all fits; R: show colours; X: leave the text on the screen.
_LESS_OPTIONS: Final = "FRX"
# Options without a value. The word after any other option may be its value, even with a dash.
_PLAIN_OPTION: Final = re.compile(r"-[aABcCdeEfFgGiIJKLmMnNqQrRsSuUVwWX~]*|--[A-Za-z-]+")
_VERSION_SECONDS: Final = 2  # for `less --version`
_LESS_INTERRUPTED: Final = 2  # exit code of less -K after Ctrl-C
_LESS_WITH_LINKS: Final = 566  # the first version whose -R lets them through
_LINK: Final = re.compile(r"\x1b\]8;[^\x1b]*\x1b\\")  # the start or the end of a hyperlink
_MORE_OPTIONS: Final = "-f"  # Don't fold lines: escape codes would count as columns.


def page(text: str, encoding: str) -> None:
    """Show *text* in the user's pager; without one, write it to stdout.

    Raises OutputError, and CountdownError if the pager fails.
    """
    command = _command()
    if command is None:
        write(text)
        return
    colours, environment = _colours_and_environment(command, encoding)
    content = text if colours else click.unstyle(text)
    if _LINK.search(content) and not (colours and _passes_links(command)):
        content = _LINK.sub("", content)
    code = _run(command, encode(content, encoding), environment)
    if code is None or code in _NOT_STARTED:
        write(text)
    elif code == -signal.SIGINT or (code == _LESS_INTERRUPTED and _program(command) == "less"):
        raise KeyboardInterrupt
    elif code:
        how = f"exited with code {code}" if code > 0 else f"was killed by signal {-code}"
        raise CountdownError(f"The pager failed: {os.path.basename(command[0])} {how}.")


def _command() -> list[str] | None:
    """The words that start the pager; None if there is none or the user wants none."""
    if os.environ.get("NO_PAGER"):
        return None
    variable = next((name for name in _VARIABLES if name in os.environ), None)
    if variable is None:
        return next(filter(None, map(_if_installed, _DEFAULT_COMMANDS)), None)
    try:
        return _if_installed(_split(os.environ[variable]))
    except ValueError:  # A quote that isn't closed.
        return None


def _split(command: str) -> list[str]:
    if os.name != "nt":
        return shlex.split(command)
    # On Windows, backslashes belong to paths; but then shlex keeps quotes around words.
    return [word.strip('"') for word in shlex.split(command, posix=False)]


def _if_installed(words: list[str]) -> list[str] | None:
    """*words* if they start an installed pager, which `cat` isn't; else None."""
    if not words or os.path.basename(words[0]) == "cat" or which(words[0]) is None:
        return None
    return words


def _colours_and_environment(command: list[str], encoding: str) -> tuple[bool, dict[str, str]]:
    """True if the pager certainly shows colours, and the environment in which to run it.

    Other pagers could print the escape codes of colours as text.
    """
    program, environment = _program(command), dict(os.environ)
    if program == "less":
        options = environment.setdefault("LESS", _LESS_OPTIONS)
        # Of a locale that isn't installed, less would show the bytes of each sign: <E2><97><8F>.
        if encoding.lower() == "utf-8" and "LESSCHARDEF" not in environment:
            environment.setdefault("LESSCHARSET", "utf-8")
        return _less_shows_colours(options, command[1:]), environment
    # On Linux, more is that of util-linux, which passes escape codes through.
    is_safe = program == "more" and sys.platform == "linux"
    return is_safe and environment.setdefault("MORE", _MORE_OPTIONS) == _MORE_OPTIONS, environment


def _program(command: list[str]) -> str:
    """The name of the pager with links resolved, since busybox can be linked as less."""
    name = os.path.basename(os.path.realpath(which(command[0]) or "")).removesuffix(".exe")
    link = os.path.basename(command[0]).removesuffix(".exe")
    return "" if name == "less" and link == "more" else name  # less acts like more then.


def _less_shows_colours(variable: str, options: list[str]) -> bool:
    """True if less certainly shows colours, with *variable* as LESS and with *options*."""
    if "-+" in " ".join((variable, *options)):  # -+ resets an option.
        return False
    dashed = variable if variable.startswith("-") else f"-{variable}"
    return _turn_colours_on(dashed.split()) or _turn_colours_on(options)


def _turn_colours_on(words: list[str]) -> bool:
    for word in takewhile(_PLAIN_OPTION.fullmatch, words):
        if word.lower().startswith("--ra") or ("r" in word.lower() and word[1:2] != "-"):
            return True  # --raw-control-chars or -r, in capitals or not
    return False


def _passes_links(command: list[str]) -> bool:
    """True if the pager, which shows colours, is a less that supports hyperlinks."""
    try:
        asked = subprocess.run(  # noqa: S603  # the user's own
            [command[0], "--version"], capture_output=True, check=False, timeout=_VERSION_SECONDS
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    version = re.match(rb"less (\d+)", asked.stdout)
    return version is not None and int(version[1]) >= _LESS_WITH_LINKS


def _run(command: list[str], data: bytes, environment: dict[str, str]) -> int | None:
    """The exit code of the pager after the user leaves it; None if it can't be started."""
    with _forward_signals() as pass_to, _restorable_terminal() as restore:
        try:
            process = subprocess.Popen(  # noqa: S603  # the user's own
                command, stdin=subprocess.PIPE, env=environment
            )
        except OSError:
            return None
        pass_to(process)
        # A user may quit before all is written: `communicate` ignores the broken pipe.
        process.communicate(data)
        if process.returncode:
            restore()
    return process.returncode


@contextmanager
def _forward_signals() -> Iterator[Callable[["subprocess.Popen[bytes]"], None]]:
    r"""Forward signals to the pager, then end by them; yields a function that takes its process.

    If a signal ended this program alone, the pager would go on, and both it and the shell would
    read the keyboard. Ctrl-C and Ctrl-\ reach the pager anyway, which uses them itself. An ignored
    signal stays ignored, by the pager, too.
    """
    pagers: list[subprocess.Popen[bytes]] = []
    received: list[int] = []

    def end(number: int, _: FrameType | None) -> None:
        received.append(number)
        for process in pagers:
            process.send_signal(number)

    def pass_to(process: "subprocess.Popen[bytes]") -> None:
        pagers.append(process)
        for number in received:  # before there was a process
            process.send_signal(number)

    with _signal_handlers(
        {"SIGINT": _do_nothing, "SIGQUIT": _do_nothing, "SIGTERM": end, "SIGHUP": end}
    ):
        yield pass_to
    if received:
        signal.raise_signal(received[0])


def _do_nothing(_number: int, _frame: FrameType | None) -> None:
    """Do nothing: unlike an ignored signal, one with a handler still reaches the pager."""


@contextmanager
def _signal_handlers(
    handlers: dict[str, Callable[[int, FrameType | None], None]],
) -> Iterator[None]:
    """Install *handlers* by name of signal, unless it is ignored or does not exist here."""
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
    """Yields a function that restores the terminal after a pager that died without doing so."""
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
