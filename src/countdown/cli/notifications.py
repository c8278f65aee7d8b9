"""Desktop notifications by the platform's own program, never through a shell."""

import shutil
import subprocess
import sys
from typing import Final

from countdown.core.text import escape_hostile
from countdown.errors import CountdownError

_TIMEOUT_S: Final = 20.0
# The texts are arguments: inside the script they would be run as AppleScript.
_APPLESCRIPT: Final = (
    "on run argv",
    "display notification (item 3 of argv) with title (item 2 of argv)",
    "end run",
)
_INSTALL_HINTS: Final = {
    "notify-send": "Install libnotify (libnotify-bin on Debian and Ubuntu).",
    "osascript": "It comes with macOS.",
}


def send(title: str, body: str) -> None:
    """Show a notification of *title* and *body*. Raises CountdownError."""
    title, body = escape_hostile(title), "\n".join(map(escape_hostile, body.split("\n")))
    command = _apple(title, body) if sys.platform == "darwin" else _freedesktop(title, body)
    name = command[0]
    program = shutil.which(name)
    if program is None:
        raise CountdownError(f"{name} isn't installed, so nothing was sent. {_INSTALL_HINTS[name]}")
    try:
        process = subprocess.run(  # noqa: S603  # found by name, each text one argument
            [program, *command[1:]],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            timeout=_TIMEOUT_S,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise CountdownError(
            f"Couldn't show the notification, will retry: {escape_hostile(str(error))}"
        ) from None
    if process.returncode:
        output = escape_hostile(process.stderr.decode(errors="replace").strip().replace("\n", "; "))
        hint = output or "Is a desktop running that shows notifications?"
        raise CountdownError(f"Couldn't show the notification, will retry: {hint}")


def _freedesktop(title: str, body: str) -> list[str]:
    # Desktops interpret markup in the body; notify-send interprets backslashes.
    for character, literal in (("\\", "\\\\"), ("&", "&amp;"), ("<", "&lt;"), (">", "&gt;")):
        body = body.replace(character, literal)
    return ["notify-send", "--app-name=countdown", "--", title, body]


def _apple(title: str, body: str) -> list[str]:
    lines = [word for line in _APPLESCRIPT for word in ("-e", line)]
    # The word before the title ends the options, so that a title like --help is no option.
    return ["osascript", *lines, "countdown", title, body]
