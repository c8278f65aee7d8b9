"""How a pseudo-terminal that a test opens begins, and comes to its end."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pexpect
import pytest

from tests import preloaded


@contextmanager
def started_without_fork() -> Iterator[None]:
    """Have `pexpect.spawn` start its processes as subprocess does.

    By itself it forks, and copying the tables of the tests' memory takes 10 ms each time.
    """
    import termios  # Like the next one, it is missing on Windows.

    from ptyprocess import PtyProcess  # type: ignore[import-untyped]

    fork = PtyProcess.spawn

    def start(argv: list[str], env: Any = None, dimensions: Any = (24, 80), **more: Any) -> Any:
        if more.get("cwd") or more.get("preexec_fn") or not more.get("echo", True):
            return fork(argv, env=env, dimensions=dimensions, **more)
        ours, terminal = os.openpty()
        termios.tcsetwinsize(terminal, dimensions)
        way = os.O_RDWR | (os.O_NOCTTY if preloaded.takes_control(argv) else 0)  # else it gets it
        opened = (os.POSIX_SPAWN_OPEN, 0, os.ttyname(terminal), way, 0)
        copied = ((os.POSIX_SPAWN_DUP2, 0, number) for number in (1, 2))
        process = os.posix_spawn(
            argv[0],
            argv,
            os.environ if env is None else env,
            file_actions=[opened, *copied],
            setsid=True,
        )
        os.close(terminal)
        started = PtyProcess(process, ours)
        started.delayafterclose = 0.0  # What may have ended is not waited for.
        return started

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(PtyProcess, "spawn", start)
        yield


def hang_up(child: "pexpect.spawn[Any]") -> None:
    """Close the terminal of *child*, and see it end: politely, and then by SIGKILL."""
    try:
        child.close(force=True)
    except pexpect.ExceptionPexpect:
        # Killed, and on a busy machine not gone at once, for which `close` does not wait.
        child.wait()
