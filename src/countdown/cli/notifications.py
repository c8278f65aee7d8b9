"""Desktop notifications, by the program that the platform has for them; never through a shell."""

import shutil
import subprocess
import sys
from typing import Final

from countdown.core.text import escape_hostile
from countdown.errors import CountdownError

_TIMEOUT_S: Final = 20.0  # s
# What is to be shown comes as arguments: in the script itself it would be read as AppleScript.
_APPLESCRIPT: Final = (
    "on run argv",
    "display notification (item 3 of argv) with title (item 2 of argv)",
    "end run",
)
_INSTALL_HINTS: Final = {
    "notify-send": "install libnotify (libnotify-bin on Debian and Ubuntu)",
    "osascript": "it comes with macOS",
}


def send(title: str, body: str) -> None:
    """Show *title* and *body*, as they are, on the desktop. Raises CountdownError."""
    title, body = escape_hostile(title), "\n".join(map(escape_hostile, body.split("\n")))
    words = _apple(title, body) if sys.platform == "darwin" else _freedesktop(title, body)
    program = shutil.which(words[0])
    if program is None:
        raise CountdownError(
            f"{words[0]} is not there, so nothing was told; {_INSTALL_HINTS[words[0]]}"
        )
    try:
        done = subprocess.run(  # noqa: S603  # a program found by name, and each text one argument
            [program, *words[1:]],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            timeout=_TIMEOUT_S,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise CountdownError(
            f"{words[0]} failed, so it was not told: {escape_hostile(str(error))}"
        ) from None
    if done.returncode:
        said = escape_hostile(done.stderr.decode(errors="replace").strip().replace("\n", "; "))
        hint = said or "is a desktop running that shows notifications?"
        raise CountdownError(f"{words[0]} failed, so it was not told: {hint}")


def _freedesktop(title: str, body: str) -> list[str]:
    # Of the body, desktops read markup, and notify-send itself what follows a backslash.
    for character, literal in (("\\", "\\\\"), ("&", "&amp;"), ("<", "&lt;"), (">", "&gt;")):
        body = body.replace(character, literal)
    return ["notify-send", "--app-name=countdown", "--", title, body]


def _apple(title: str, body: str) -> list[str]:
    lines = [word for line in _APPLESCRIPT for word in ("-e", line)]
    # The first word that is no option ends the options, so a title like --help is none.
    return ["osascript", *lines, "countdown", title, body]
