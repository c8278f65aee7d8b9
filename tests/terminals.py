"""How a pseudo-terminal that a test has opened comes to its end."""

from typing import Any

import pexpect


def hang_up(child: "pexpect.spawn[Any]") -> None:
    """Close the terminal of *child*, and see it end: politely, and then by SIGKILL."""
    try:
        child.close(force=True)
    except pexpect.ExceptionPexpect:
        # Killed, and on a busy machine not gone at once, for which `close` does not wait.
        child.wait()
