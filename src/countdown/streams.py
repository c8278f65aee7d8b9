"""What this process writes to stdout and stderr: all of it, or the exit code says so.

Python's text layer trusts one call to take everything, which an unbuffered or non-blocking stdout
does not do, and keeps in its buffer what could not be written until it is too late to tell.
"""

import os
import sys

TYPE_CHECKING = False  # The prompt comes this way without typing: see entry.
if TYPE_CHECKING:
    from typing import TextIO


class OutputError(Exception):
    """The answer can't be written to stdout; *reason* says why."""

    def __init__(self, reason: OSError) -> None:
        super().__init__(reason)
        self.reason = reason


def write(text: str, *, encoding: str = "", errors: str = "surrogateescape") -> None:
    """Write all of *text* to stdout, by default in its encoding. Raises OutputError."""
    if not text:
        return
    try:
        if sys.stdout is None:  # It was closed before Python started.
            from errno import EBADF  # Deferred: hardly anybody does that.

            raise OSError(EBADF, os.strerror(EBADF))
        _write(sys.stdout, text, encoding, errors)
    except OSError as error:
        raise OutputError(error) from None


def print_line(text: str) -> None:
    """Write *text* to stdout as a line in UTF-8; nothing if it is empty. Raises OutputError."""
    if text:
        write(f"{text}\n", encoding="utf-8")


def report(error: OutputError) -> int:
    """Say on stderr why the answer can't be written, and return the exit code for that.

    A pipe that nobody reads any more is no news: the exit code alone says so.
    """
    from countdown import errors  # Deferred: it imports typing, for what hardly ever happens.

    if isinstance(error.reason, BrokenPipeError):
        return errors.BROKEN_PIPE
    tell(f"the answer can't be written: {error.reason.strerror}")
    return errors.NOTHING_FOUND


def tell(*lines: str) -> None:
    """Write *lines* to stderr if that can be done; where it can't, there is nobody to tell."""
    if sys.stderr is None or not lines:
        return
    try:
        _write(sys.stderr, "".join([f"{line}\n" for line in lines]))
    except OSError:
        pass


def flush_or_discard() -> None:
    """Empty the buffers of Python, lest it fail at that when it ends, with exit code 120.

    Some libraries write by themselves. What has no room then is lost, as on any full disk.
    """
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None:
                stream.flush()
        except OSError:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, stream.fileno())
            os.close(nowhere)


def _write(
    stream: "TextIO", text: str, encoding: str = "", errors: str = "backslashreplace"
) -> None:
    stream.flush()
    binary = getattr(stream, "buffer", None)
    if binary is None:  # It takes text alone, and keeps that in memory.
        stream.write(text)
        return
    data = text.encode(encoding or stream.encoding or "utf-8", errors)
    data = data if os.linesep == "\n" else data.replace(b"\n", os.linesep.encode())
    number = _number(stream)
    if number is None:
        binary.write(data)
        binary.flush()
    else:
        _write_to(number, data)


def _number(stream: "TextIO") -> int | None:
    """The file descriptor of *stream*; None if it has none, or none that takes bytes as such."""
    if os.name == "nt":  # pragma: no cover  # Windows: a console there takes UTF-16.
        return None
    try:
        return stream.fileno()
    except (OSError, ValueError):
        return None


def _write_to(number: int, data: bytes) -> None:
    """Write all of *data* to the descriptor *number*, however little it takes at once."""
    left = memoryview(data)
    while left:
        try:
            left = left[os.write(number, left) :]
        except BlockingIOError:
            from select import select  # Deferred: few pipes are made not to block.

            select([], [number], [])
