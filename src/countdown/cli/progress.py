"""Progress of a long build: on stderr, only on a terminal, and only after two seconds."""

import atexit
import sys
import time
from functools import cache
from typing import TYPE_CHECKING, Final

from countdown.cli.messages import warn

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

DELAY_S: Final = 2.0
LARGE_BYTES: Final = 8 * 1024 * 1024  # of TOML, which take about as long to read
_START: Final = time.monotonic()  # This module is imported when a build begins.


def report(phase: str, done: int, total: int) -> None:
    """Draw the progress of *phase*, with *done* of *total* steps; steps of "Reading" are bytes.

    The bar is removed after the last step, or when the program ends.
    """
    if not _is_due(phase, total):
        return
    bar, task = _bar()
    bar.update(task, description=f"{phase} the catalogue", completed=done, total=total)
    if done == total:
        bar.stop()


def report_source(title: str, done: int, total: int) -> None:
    """Draw how far the source *title* has been read, with *done* of *total* steps."""
    if not _is_due("", total):
        return
    bar, task = _bar()
    bar.update(task, description=f"Asking {title}", completed=done, total=total or None)


def announce_sources(title: str, _done: int, _total: int) -> None:
    """Write once for each source that it is being asked, instead of drawing a bar."""
    if _is_due("", 0):
        _announce_source(title)


def remove() -> None:
    """Remove the bar, if it was drawn."""
    if _bar.cache_info().currsize:
        _bar()[0].stop()
        _bar.cache_clear()


def announce(phase: str, _done: int, total: int) -> None:
    """Write once that the catalogue is being read, instead of drawing a bar."""
    if _is_due(phase, total):
        _announce_once()


def _is_due(phase: str, total: int) -> bool:
    delay = 0.0 if phase == "Reading" and total >= LARGE_BYTES else DELAY_S
    is_shown = sys.stderr is not None and sys.stderr.isatty()
    return is_shown and time.monotonic() - _START >= delay


@cache
def _announce_once() -> None:
    warn("Reading the catalogue. This takes a moment.")


@cache
def _announce_source(title: str) -> None:
    warn(f"Asking {title}. This can take minutes.")


@cache
def _bar() -> "tuple[Progress, TaskID]":
    from rich.console import Console  # Deferred: only a long build shows progress.
    from rich.progress import Progress

    bar = Progress(
        console=Console(stderr=True),
        transient=True,
        redirect_stdout=False,  # Else rich replaces stderr, and `report` sees no terminal.
        redirect_stderr=False,
    )
    bar.start()
    atexit.register(bar.stop)
    return bar, bar.add_task("Reading the catalogue", total=None)
