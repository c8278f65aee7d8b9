"""How a question to the user at a terminal ends without an answer."""

from collections.abc import Iterator
from contextlib import contextmanager

import click

from countdown.errors import CountdownError


@contextmanager
def eof_as_error(message: str) -> Iterator[None]:
    """Turn Ctrl-D within it into an error with that *message*; Ctrl-C stays an interruption.

    Click raises the same exception for both.
    """
    try:
        yield
    except (EOFError, click.Abort) as error:
        if isinstance(error.__context__, KeyboardInterrupt):
            raise KeyboardInterrupt from None
        raise CountdownError("", message) from None  # The question's line has no end yet.
