"""Asks the terminal for its background colour.

It sends OSC 11 (xterm's control sequences, "Operating System Commands") and then DA1, which all
terminals answer. If that answer comes first, there is nothing more to wait for.
"""

import os
import re
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from select import select
from typing import Final

_QUESTION: Final = b"\x1b]11;?\x1b\\\x1b[c"
_COLOUR: Final = re.compile(rb"\x1b\]11;rgba?:([0-9a-fA-F]{2,4})/([0-9a-fA-F]+)/([0-9a-fA-F]+)")
_ENDED: Final = re.compile(rb"\x1b\[\?[0-9;]*c")
_PATIENCE_SECONDS: Final = 0.3  # as long as a terminal behind a slow connection takes
# Values of TERM of terminals that are safe to ask, since others may print the question.
_ASKED: Final = ("xterm-", "tmux", "alacritty", "foot", "rxvt", "contour", "wezterm", "konsole")


def ask() -> str | None:
    """The answer of the terminal: `dark`, `light`, or empty if it has none.

    None if it wasn't asked: it could print the question, or another program reads the answers.
    """
    if os.name == "nt" or not os.environ.get("TERM", "").startswith(_ASKED):
        return None
    import termios  # Deferred: not on Windows.

    try:
        handle, output = sys.stdin.fileno(), sys.stdout.fileno()
        if not os.isatty(output) or os.tcgetpgrp(handle) != os.getpgrp():
            return None
        with _unbuffered(handle):
            if select([handle], [], [], 0)[0]:
                return None  # Keys typed ahead belong to the shell.
            os.write(output, _QUESTION)
            answer = _read(handle)
    except (OSError, ValueError, AttributeError, termios.error):  # A stream is closed or missing.
        return None
    found = _COLOUR.search(answer)
    return _of_colour(*found.groups()) if found else ""


def _read(handle: int) -> bytes:
    """The bytes of the terminal's answers, as far as they come in time."""
    end = time.monotonic() + _PATIENCE_SECONDS

    def wait() -> bytes:
        ready = select([handle], [], [], max(end - time.monotonic(), 0))[0]
        return os.read(handle, 1024) if ready else b""

    answer = b""
    for more in iter(wait, b""):
        answer += more
        if _ENDED.search(answer):
            break
    return answer


def _of_colour(red: bytes, green: bytes, blue: bytes) -> str:
    """`dark` or `light`, by the luma (ITU-R BT.601) of a colour in hexadecimal parts."""
    parts = [int(part, 16) / (16 ** len(part) - 1) for part in (red, green, blue)]
    return "dark" if 0.299 * parts[0] + 0.587 * parts[1] + 0.114 * parts[2] < 0.5 else "light"


@contextmanager
def _unbuffered(handle: int) -> Iterator[None]:
    """Turn off echo and line buffering of the terminal *handle* in the block.

    Raises termios.error.
    """
    import termios
    import tty

    before = termios.tcgetattr(handle)
    tty.setcbreak(handle, termios.TCSADRAIN)
    try:
        yield
    finally:
        with suppress(termios.error):  # It may be gone.
            termios.tcsetattr(handle, termios.TCSADRAIN, before)
