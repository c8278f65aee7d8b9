"""Ctrl-C: what it does while modules are imported, and how the program ends by it.

A shell has to see that the program was ended by SIGINT: only then does it end a loop, too.
"""

import sys
from _signal import (  # type: ignore[import-not-found]  # The module signal loads enum.
    SIG_DFL,
    SIGINT,
    default_int_handler,
    getsignal,
    signal,
)

TYPE_CHECKING = False  # The prompt comes this way without typing: see entry.
if TYPE_CHECKING:
    from typing import NoReturn


class Fatal:
    """A context in which Ctrl-C ends the process at once and in silence.

    It is for imports alone: a KeyboardInterrupt there ends in a traceback, or is lost in a callback
    of the import system. Whatever else is done within it is not tidied up, like the draft of an
    index.
    """

    def __enter__(self) -> None:
        self._killing = die_on_sigint()

    def __exit__(self, *_: object) -> None:
        if self._killing:
            signal(SIGINT, default_int_handler)


def die_on_sigint() -> bool:
    """Let Ctrl-C end the process at once and in silence; whether that could be done."""
    if getsignal(SIGINT) is not default_int_handler:  # It is ignored, or taken by somebody.
        return False
    try:
        signal(SIGINT, SIG_DFL)
    except ValueError:  # Only the main thread may.
        return False
    return True


def end() -> "NoReturn":
    """End as Python does after Ctrl-C, which tidies up and then dies of SIGINT; without a word."""
    sys.excepthook = _say_nothing
    raise KeyboardInterrupt


def _say_nothing(*_: object) -> None:
    pass
