"""The terminal's background, dark or light: told by COLORFGBG, or asked for once and remembered.

The question is OSC 11 of xterm's control sequences ("Operating System Commands"), followed by DA1,
which all terminals answer: so it is known when there is nothing to wait for.
"""

import os
import re
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from select import select
from typing import Final

from countdown import cache, paths
from countdown.version import VERSION

_QUESTION: Final = b"\x1b]11;?\x1b\\\x1b[c"
_COLOUR: Final = re.compile(rb"\x1b\]11;rgba?:([0-9a-fA-F]{2,4})/([0-9a-fA-F]+)/([0-9a-fA-F]+)")
_ENDED: Final = re.compile(rb"\x1b\[\?[0-9;]*c")
_PATIENCE_SECONDS: Final = 0.3  # A terminal at the far end of a slow line takes as long.
_CACHE_KIND: Final = "terminal"
# Others may print the question. Emulators call themselves so, and multiplexers: tmux answers.
_ASKED: Final = ("xterm-", "tmux", "alacritty", "foot", "rxvt", "contour", "wezterm", "konsole")
_VARIABLES: Final = (  # that tell one terminal, or profile of it, from another
    *("TERM", "TERM_PROGRAM", "COLORTERM", "VTE_VERSION", "KONSOLE_PROFILE_NAME"),
    *("ITERM_PROFILE", "WT_PROFILE_ID", "TERMINAL_EMULATOR", "SSH_CLIENT"),
)


def theme() -> str:
    """`dark` or `light`, as the terminal's background is; `mono` if that is not known."""
    known = known_theme()
    folder = paths.cache_folder()
    if known is not None or folder is None:
        return known or "mono"
    now = time.time_ns()
    answer = _ask()
    if answer is None:
        return "mono"
    cache.write(folder, _CACHE_KIND, _key(), answer, made=now, watched=[])
    return answer or "mono"


def known_theme() -> str | None:
    """The same if nobody need be asked: empty if the terminal didn't answer, None if it wasn't."""
    known = _from_environment()
    folder = paths.cache_folder()
    if known or folder is None:
        return known or None
    remembered = cache.find(folder, _CACHE_KIND, _key(), time.time_ns())
    return None if remembered is None else remembered[1]


def forget() -> None:
    """Ask this terminal anew the next time."""
    folder, key = paths.cache_folder(), _key()
    found = folder and cache.find(folder, _CACHE_KIND, key, time.time_ns())
    if found:
        with suppress(OSError):
            os.unlink(found[0])


def _from_environment() -> str:
    """The theme by COLORFGBG, like `15;0` or `0;default;15`; empty if it doesn't tell.

    Its last part is the number of the background's colour, of which 0 to 6 and 8 are dark.
    """
    number = os.environ.get("COLORFGBG", "").rpartition(";")[2]
    if not number.isdecimal() or len(number) > 2:
        return ""
    return "dark" if int(number) in (*range(7), 8) else "light"


def _key() -> str:
    values = [os.environ.get(name, "").split(" ")[0] for name in _VARIABLES]
    return ascii((VERSION, "TMUX" in os.environ, *values))


def _ask() -> str | None:
    """The answer of the terminal: `dark`, `light`, or empty if it has none.

    None if it was not asked: it could print the question, or somebody else reads what it says.
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
                return None  # Keys typed ahead, which are the shell's.
            os.write(output, _QUESTION)
            answer = _read(handle)
    except (OSError, ValueError, AttributeError, termios.error):  # A stream is closed or missing.
        return None
    found = _COLOUR.search(answer)
    return _of_colour(*found.groups()) if found else ""


def _read(handle: int) -> bytes:
    """The bytes of the terminal's answers: all of them, or those that come in time."""
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
    """`dark` or `light`, by the luma (ITU-R BT.601) of a colour of hexadecimal parts."""
    parts = [int(part, 16) / (16 ** len(part) - 1) for part in (red, green, blue)]
    return "dark" if 0.299 * parts[0] + 0.587 * parts[1] + 0.114 * parts[2] < 0.5 else "light"


@contextmanager
def _unbuffered(handle: int) -> Iterator[None]:
    """Have the terminal *handle* give each character at once and show none; then as it was.

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
