"""Ctrl-C: fatal while modules are imported, and how the program ends after it.

The program must die of SIGINT itself: only then does a shell also end the loop that it runs in.
"""

import sys
from _signal import (  # type: ignore[import-not-found]  # The module signal loads enum.
    SIG_DFL,
    SIGINT,
    default_int_handler,
    getsignal,
    signal,
)

TYPE_CHECKING = False  # The module typing costs as much as a bare interpreter: see entry.
if TYPE_CHECKING:
    from typing import NoReturn


class FatalSigint:
    """A context in which Ctrl-C ends the process at once, without a message.

    Use it only around imports: there, a KeyboardInterrupt would end in a traceback, or be lost in a
    callback of the import system. Nothing is cleaned up, for example a draft of an index.
    """

    def __enter__(self) -> None:
        self._is_fatal = make_sigint_fatal()

    def __exit__(self, *_: object) -> None:
        if self._is_fatal:
            signal(SIGINT, default_int_handler)


def make_sigint_fatal() -> bool:
    """Make Ctrl-C end the process at once, without a message; False if that isn't possible."""
    if getsignal(SIGINT) is not default_int_handler:  # It is ignored, or has another handler.
        return False
    try:
        signal(SIGINT, SIG_DFL)
    except ValueError:  # Only the main thread may set a handler.
        return False
    return True


def die_of_sigint() -> "NoReturn":
    """End as Python does after Ctrl-C: clean up and die of SIGINT, but without a traceback."""
    sys.excepthook = _ignore
    raise KeyboardInterrupt


def _ignore(*_: object) -> None:
    pass
