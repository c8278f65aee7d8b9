"""The size of the terminal at stdout or stderr.

As shutil.get_terminal_size has it; but that loads three libraries of compression: 5 ms. And rich
takes COLUMNS=0 for no columns at all.
"""

import os
import sys
from typing import Final, TextIO

_USUAL: Final = os.terminal_size((80, 24))


def terminal_size(stream: "TextIO | None" = None) -> os.terminal_size:
    """Columns and lines: of COLUMNS and LINES, else of the terminal, else 80 and 24.

    The terminal is that at *stream*, by default stdout.
    """
    columns, lines = (_number(os.environ.get(name, "")) for name in ("COLUMNS", "LINES"))
    own = _USUAL if columns and lines else _own_size(stream or sys.stdout)
    return os.terminal_size(
        (columns or own.columns or _USUAL.columns, lines or own.lines or _USUAL.lines)
    )


def _own_size(stream: "TextIO") -> os.terminal_size:
    try:
        return os.get_terminal_size(stream.fileno())
    except (AttributeError, ValueError, OSError):  # No stream, a closed one, or no terminal.
        return _USUAL


def _number(text: str) -> int:
    """*text* as a number; 0 if it is none, or so long that it is a mistake."""
    return int(text) if text.isdecimal() and len(text) < 6 else 0
