"""Progress of a long build on stderr: shown on a terminal, and only past two seconds."""

import atexit
import sys
import time
from functools import cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

DELAY_S: Final = 2.0  # seconds
LARGE_BYTES: Final = 8 * 1024 * 1024  # bytes of TOML, which take about that long to read
_START: Final = time.monotonic()  # This module is imported when a build begins.


def report(what: str, done: int, total: int) -> None:
    """*done* of *total* steps of *what* are done; while reading, the steps are bytes.

    What is drawn is wiped once all is done, and in any case when the program ends.
    """
    patience = 0.0 if what == "Reading" and total >= LARGE_BYTES else DELAY_S
    if sys.stderr is None or not sys.stderr.isatty() or time.monotonic() - _START < patience:
        return
    bar, task = _bar()
    bar.update(task, description=f"{what} the catalogue", completed=done, total=total)
    if done == total:
        bar.stop()


@cache
def _bar() -> "tuple[Progress, TaskID]":
    from rich.console import Console  # Deferred: only a long build shows progress.
    from rich.progress import Progress

    bar = Progress(
        console=Console(stderr=True),
        transient=True,
        redirect_stdout=False,  # Else stderr is rich's stand-in, which is no terminal to *tell*.
        redirect_stderr=False,
    )
    bar.start()
    atexit.register(bar.stop)
    return bar, bar.add_task("Reading the catalogue", total=None)
