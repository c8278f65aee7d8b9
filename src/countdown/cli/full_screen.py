"""The full screen of a terminal, which is left as it was, whatever ends the program."""

import errno
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from select import select
from types import FrameType
from typing import Final

from countdown.cli.messages import write
from countdown.streams import OutputError

# Of xterm's control sequences: the alternate screen, no cursor, no wrapping at the last column.
_ENTER: Final = "\x1b[?1049h\x1b[?25l\x1b[?7l"
_LEAVE: Final = "\x1b[?7h\x1b[?25h\x1b[?1049l"
# What is between these is shown at once; terminals that don't know them ignore them.
_START_UPDATE, _END_UPDATE = "\x1b[?2026h", "\x1b[?2026l"
_QUIT_KEYS: Final = b"qQ"
_ENDING: Final = ("SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT")
_OTHERS: Final = ("SIGWINCH", "SIGTSTP", "SIGCONT")


class FullScreen:
    """The terminal at stdin and stdout; made by `full_screen`."""

    def __init__(self, *, is_drawn: bool) -> None:
        self._is_drawn = is_drawn
        self._shown: list[str] = []
        self._before: list[int | list[bytes | int]] = []
        self._signals: list[int] = []
        self._wake_up, self._waker = os.pipe()
        for end in (self._wake_up, self._waker):
            os.set_blocking(end, False)

    @property
    def size(self) -> os.terminal_size:
        """Columns and lines, at least 1; not of COLUMNS, which doesn't follow the window."""
        try:
            columns, lines = os.get_terminal_size(sys.stdout.fileno())
        except OSError:  # It is gone, which the next wait notices.
            columns, lines = 80, 24
        return os.terminal_size((max(columns, 1), max(lines, 1)))

    def draw(self, rows: Sequence[str]) -> None:
        """Write those of *rows*, one for each line, that are new. Raises OutputError."""
        changed = [
            f"\x1b[{number};1H{row}\x1b[0m\x1b[K"
            for number, row in enumerate(rows, 1)
            if number > len(self._shown) or row != self._shown[number - 1]
        ]
        if changed:
            write(f"{_START_UPDATE}{''.join(changed)}{_END_UPDATE}")
        self._shown = [*rows]

    def wait(self, seconds: float) -> bool:
        """Wait so long, or until a key or a signal comes; False if the user quits.

        Raises KeyboardInterrupt after Ctrl-C, and OutputError if the terminal is gone. Another
        signal that ends the program does so, with the terminal as it was.
        """
        keys = sys.stdin.fileno()
        ready = select([keys, self._wake_up], [], [], max(seconds, 0))[0]
        if self._wake_up in ready:
            with suppress(BlockingIOError):
                os.read(self._wake_up, 4096)
        while self._signals:
            self._handle(self._signals.pop(0))
        return not (keys in ready and _reads_quit(keys))

    def enter(self) -> None:
        """Take the terminal over. Raises termios.error and OutputError."""
        import termios
        import tty

        keys = sys.stdin.fileno()
        self._before = termios.tcgetattr(keys)
        tty.setcbreak(keys, termios.TCSANOW)
        self._shown = []
        if self._is_drawn:
            write(_ENTER)

    def leave(self) -> None:
        """Restore the terminal, if it's still there."""
        import termios

        if not self._before:
            return
        if self._is_drawn:
            with suppress(OutputError):
                write(_LEAVE)
        with suppress(termios.error, OSError):
            termios.tcsetattr(sys.stdin.fileno(), termios.TCSANOW, self._before)
        self._before = []

    def close(self) -> None:
        """Close what only waiting needs."""
        os.close(self._wake_up)
        os.close(self._waker)

    @contextmanager
    def signals(self) -> Iterator[None]:
        """Have signals wake `wait` up; ignored ones stay ignored."""
        before = {}
        waker = signal.set_wakeup_fd(self._waker, warn_on_full_buffer=False)
        try:
            for name in (*_ENDING, *_OTHERS):
                number = getattr(signal, name)
                if signal.getsignal(number) is not signal.SIG_IGN:
                    before[number] = signal.signal(number, self._note)
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
            signal.set_wakeup_fd(waker)

    def _note(self, number: int, _: FrameType | None) -> None:
        self._signals.append(number)

    def _handle(self, number: int) -> None:
        if number == signal.SIGINT:
            raise KeyboardInterrupt
        if number == signal.SIGTSTP:
            self._stop()
        elif number == signal.SIGCONT:
            self.leave()
            self.enter()  # Whoever had the terminal meanwhile can have changed it.
        elif number == signal.SIGWINCH:
            self._shown = []
        else:
            self.leave()
            signal.signal(number, signal.SIG_DFL)
            signal.raise_signal(number)

    def _stop(self) -> None:
        """Stop like any program after Ctrl-Z, with the terminal as it was meanwhile."""
        self.leave()
        handler = signal.signal(signal.SIGTSTP, signal.SIG_DFL)
        signal.raise_signal(signal.SIGTSTP)
        signal.signal(signal.SIGTSTP, handler)
        self.enter()


@contextmanager
def full_screen(*, is_drawn: bool) -> Iterator[FullScreen]:
    """The terminal, taken over within the block.

    Unless *is_drawn*, only its keys are: nothing is cleared. Raises OutputError if it is gone.
    """
    import termios

    screen = FullScreen(is_drawn=is_drawn)
    try:
        with screen.signals():
            try:
                screen.enter()
                yield screen
            finally:
                screen.leave()
    except termios.error as error:
        raise OutputError(OSError(*error.args)) from None
    finally:
        screen.close()


def _reads_quit(keys: int) -> bool:
    """True if the keys typed have a q. Raises OutputError if the terminal is gone."""
    try:
        typed = os.read(keys, 1024)
    except OSError as error:
        raise OutputError(error) from None
    if not typed:
        raise OutputError(OSError(errno.EIO, os.strerror(errno.EIO)))
    # The codes of keys like the arrows begin with an escape, and can have letters.
    return not typed.startswith(b"\x1b") and any(key in _QUIT_KEYS for key in typed)
