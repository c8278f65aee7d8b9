"""Questions to the user at a terminal that end without an answer."""

from collections.abc import Iterator
from contextlib import contextmanager

import click

from countdown.errors import CountdownError


@contextmanager
def eof_as_error(message: str) -> Iterator[None]:
    """Turn Ctrl-D in the block into a CountdownError with *message*.

    Click raises one exception for Ctrl-D and Ctrl-C; the latter becomes a KeyboardInterrupt again.
    """
    try:
        yield
    except (EOFError, click.Abort) as error:
        if isinstance(error.__context__, KeyboardInterrupt):
            raise KeyboardInterrupt from None
        raise CountdownError("", message) from None  # The empty line ends that of the question.
