"""Progress of a long build: on stderr, only on a terminal, and only after two seconds."""

import atexit
import sys
import time
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Final

from countdown.cli.messages import warn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rich.progress import Progress, TaskID

    Report = Callable[[str, int, int], None]

DELAY_S: Final = 2.0
_BAR_WIDTH: Final = 20  # columns: with its text it's narrower than a terminal, so ^C stands beside
LARGE_BYTES: Final = 8 * 1024 * 1024  # of TOML, which take about as long to read


class _Clock:
    """When what is going on began, in seconds of `time.monotonic`."""

    began = time.monotonic()


_clock: Final = _Clock()


def report(phase: str, done: int, total: int) -> None:
    """Draw the progress of *phase*, with *done* of *total* steps; steps of "Reading" are bytes.

    The bar is removed after the last step, or when the program ends.
    """
    if not _is_due(phase, done, total):
        return
    _draw(f"{phase} the catalogue", done, total)


def of_site(done: int, total: int, *, is_accessible: bool) -> None:
    """Draw how many of a site's files have been made; a line says it if it *is_accessible*.

    The bar is removed after the last one.
    """
    if not _is_slow(DELAY_S, begins=done == 0):
        return
    if is_accessible:
        _announce("Writing the site. This takes a moment.")
        return
    _draw("Writing the site", done, total)


def _draw(text: str, done: int, total: int) -> None:
    """Draw the bar with *text*, and remove it after the last step."""
    bar, task = _bar()
    bar.update(task, description=text, completed=done, total=total)
    if done == total:
        _remove()


@contextmanager
def of_sources(*, is_accessible: bool) -> "Iterator[Report]":
    """Yields what takes the title of a source, how many steps have been done, and of how many.

    They are drawn two seconds later, even while an answer is waited for. If it *is_accessible*, a
    line says once for each source that it is being asked, instead.
    """
    if not _is_terminal():
        yield lambda *_: None
        return
    import threading  # Deferred: what asks sources loads it anyway.

    draw = _announce_source if is_accessible else _draw_source
    lock, is_due, last = threading.Lock(), False, ("", 0, 0)

    def report(title: str, done: int, total: int) -> None:
        nonlocal last
        with lock:
            last = (title, done, total)
            if is_due:
                draw(*last)

    def begin() -> None:
        nonlocal is_due
        with lock:
            is_due = True
            if last[0]:
                draw(*last)

    timer = threading.Timer(DELAY_S, begin)
    timer.daemon = True
    timer.start()
    try:
        yield report
    finally:
        timer.cancel()
        timer.join()
        _remove()


def _remove() -> None:
    """Remove the bar, if it was drawn."""
    if _bar.cache_info().currsize:
        _bar()[0].stop()
        _bar.cache_clear()


def _draw_source(title: str, done: int, total: int) -> None:
    bar, task = _bar()
    bar.update(task, description=f"Asking {title}", completed=done, total=max(total, 1))


def announce(phase: str, done: int, total: int) -> None:
    """Write once that the catalogue is being read, instead of drawing a bar."""
    if _is_due(phase, done, total):
        _announce("Reading the catalogue. This takes a moment.")


def _is_due(phase: str, done: int, total: int) -> bool:
    is_reading = phase == "Reading"
    delay = 0.0 if is_reading and total >= LARGE_BYTES else DELAY_S
    return _is_slow(delay, begins=is_reading and done == 0)


def _is_slow(delay: float, *, begins: bool) -> bool:
    """True on a terminal, if what is going on takes longer than *delay* in s; now it *begins*."""
    now = time.monotonic()
    if begins:
        _clock.began = now
        _announce.cache_clear()
    return _is_terminal() and now - _clock.began >= delay


def _is_terminal() -> bool:
    return sys.stderr is not None and sys.stderr.isatty()


def _announce_source(title: str, *_: int) -> None:
    _announce(f"Asking {title}. This can take minutes.")


@cache
def _announce(text: str) -> None:
    warn(text)


@cache
def _bar() -> "tuple[Progress, TaskID]":
    from rich.console import Console  # Deferred: only a long build shows progress.
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn

    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(_BAR_WIDTH),
        TaskProgressColumn(),
        console=Console(stderr=True),
        transient=True,
        redirect_stdout=False,  # Else rich replaces stderr, and `report` sees no terminal.
        redirect_stderr=False,
    )
    bar.start()
    atexit.register(bar.stop)
    return bar, bar.add_task("Reading the catalogue", total=None)
