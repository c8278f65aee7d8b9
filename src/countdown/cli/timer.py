"""The lines that let cron or systemd refresh sources: nothing is refreshed behind one's back."""

import os
import sys
from binascii import crc32
from typing import Final

from countdown.cli.shell_words import shell_word

_NAME: Final = "countdown-refresh"
_TEXT: Final = """\
# With cron: add this line after crontab -e.
{minute} */6 * * * {cron} refresh --due >/dev/null

# With systemd: write these two files,
# then: systemctl --user enable --now {name}.timer

# ~/.config/systemd/user/{name}.service
[Unit]
Description=Refresh the facts of countdown

[Service]
Type=oneshot
ExecStart={systemd} refresh --due
SuccessExitStatus=4 6

# ~/.config/systemd/user/{name}.timer
[Unit]
Description=Refresh the facts of countdown every six hours

[Timer]
OnCalendar=*-*-* 00/6:{minute:02}:00
RandomizedDelaySec=10min
Persistent=true

[Install]
WantedBy=timers.target
"""


def lines() -> str:
    """The line for cron and the files for systemd, with this program by its whole path."""
    program = [os.path.abspath(sys.argv[0])]
    if not os.access(program[0], os.X_OK) or os.path.basename(program[0]) == "__main__.py":
        program = [sys.executable, "-m", "countdown"]
    # Not everybody at once: the minute is that of this path and home.
    minute = crc32("\0".join((*program, os.path.expanduser("~"))).encode()) % 60
    return _TEXT.format(
        name=_NAME,
        minute=minute,
        cron=" ".join(map(shell_word, program)).replace("%", r"\%"),
        systemd=" ".join(map(_systemd_word, program)),
    )


def _systemd_word(word: str) -> str:
    r"""*word* for ExecStart, where `%` and `$` mean something and `\` escapes (systemd.service)."""
    escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
    return f'"{escaped}"' if " " in escaped or escaped != word else word
