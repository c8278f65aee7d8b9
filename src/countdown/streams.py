"""Writes all of the output to stdout and stderr, or raises an error.

Python's text layer relies on one call to write everything. An unbuffered or non-blocking stdout may
not, and the rest stays in a buffer until it is too late for an exit code.
"""

import os
import sys

TYPE_CHECKING = False  # The module typing costs as much as a bare interpreter: see entry.
if TYPE_CHECKING:
    from typing import TextIO


class OutputError(Exception):
    """The answer can't be written to stdout because of *reason*."""

    def __init__(self, reason: OSError) -> None:
        super().__init__(reason)
        self.reason = reason


def write(text: str, *, encoding: str = "", errors: str = "surrogateescape") -> None:
    """Write all of *text* to stdout, by default in its encoding. Raises OutputError."""
    if not text:
        return
    try:
        if sys.stdout is None:  # It was closed before Python started.
            from errno import EBADF  # Deferred: stdout is hardly ever closed.

            raise OSError(EBADF, os.strerror(EBADF))
        _write(sys.stdout, text, encoding, errors)
    except OSError as error:
        raise OutputError(error) from None


def print_line(text: str) -> None:
    """Write *text* to stdout as a line in UTF-8; nothing if it is empty. Raises OutputError."""
    if text:
        write(f"{text}\n", encoding="utf-8")


def report(error: OutputError) -> int:
    """Report *error* on stderr, and return its exit code.

    There is no message for a closed pipe, since its reader closed it on purpose.
    """
    from countdown import errors  # Deferred: it imports typing, and this hardly ever happens.

    if isinstance(error.reason, BrokenPipeError):
        return errors.BROKEN_PIPE
    write_errors(f"Can't write the answer: {error.reason.strerror}.")
    return errors.NOTHING_FOUND


def write_errors(*lines: str) -> None:
    """Write *lines* to stderr, if possible."""
    if sys.stderr is None or not lines:
        return
    try:
        _write(sys.stderr, "".join([f"{line}\n" for line in lines]))
    except OSError:
        pass


def flush_or_discard() -> None:
    """Flush Python's buffers, or discard them: otherwise Python exits with 120.

    Some libraries write to them. On a full disk, their output is lost.
    """
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None:
                stream.flush()
        except OSError:
            null = os.open(os.devnull, os.O_WRONLY)
            os.dup2(null, stream.fileno())
            os.close(null)


def _write(
    stream: "TextIO", text: str, encoding: str = "", errors: str = "backslashreplace"
) -> None:
    stream.flush()
    binary = getattr(stream, "buffer", None)
    if binary is None:  # A text stream in memory.
        stream.write(text)
        return
    data = text.encode(encoding or stream.encoding or "utf-8", errors)
    data = data if os.linesep == "\n" else data.replace(b"\n", os.linesep.encode())
    descriptor = _descriptor(stream)
    if descriptor is None:
        binary.write(data)
        binary.flush()
    else:
        _write_to(descriptor, data)


def _descriptor(stream: "TextIO") -> int | None:
    """The file descriptor of *stream*; None if it has none that takes bytes as they are."""
    if os.name == "nt":  # pragma: no cover  # Windows: a console there takes UTF-16.
        return None
    try:
        return stream.fileno()
    except (OSError, ValueError):
        return None


def _write_to(descriptor: int, data: bytes) -> None:
    """Write all of *data* to *descriptor*, however little it accepts at once."""
    rest = memoryview(data)
    while rest:
        try:
            rest = rest[os.write(descriptor, rest) :]
        except BlockingIOError:
            from select import select  # Deferred: few pipes are non-blocking.

            select([], [descriptor], [])
