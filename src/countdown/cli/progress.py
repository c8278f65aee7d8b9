"""Progress of a long build on stderr: shown on a terminal, and only past two seconds."""

import sys
import time
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import TaskID

PATIENCE: Final = 2.0  # seconds
LARGE: Final = 8 * 1024 * 1024  # bytes of TOML, which take about that long to read


class Progress:
    """Told how far a build is; *finish* leaves no trace of it on the terminal."""

    def __init__(self) -> None:
        self._start = time.monotonic()
        self._bar: tuple[Bar, TaskID] | None = None

    def __call__(self, what: str, done: int, total: int) -> None:
        """*done* of *total* steps of *what* are done; while reading, the steps are bytes."""
        patience = 0.0 if what == "Reading" and total >= LARGE else PATIENCE
        if sys.stderr is None or not sys.stderr.isatty():
            return
        if self._bar is None and time.monotonic() - self._start >= patience:
            self._bar = _bar()
        if self._bar is not None:
            bar, task = self._bar
            bar.update(task, description=f"{what} the catalogue", completed=done, total=total)

    def finish(self) -> None:
        """Wipe what was drawn."""
        if self._bar is not None:
            self._bar[0].stop()
            self._bar = None


def _bar() -> "tuple[Bar, TaskID]":
    from rich.console import Console  # Deferred: only a long build shows progress.
    from rich.progress import Progress as Bar

    bar = Bar(console=Console(stderr=True), transient=True)
    bar.start()
    return bar, bar.add_task("Reading the catalogue", total=None)
