"""The loaded program that shells of tests call does as the program itself."""

import subprocess
import time
from pathlib import Path

import pytest

from tests import preloaded
from tests.prompt.conftest import Program


def called(program: Program, *words: str) -> "subprocess.Popen[bytes]":
    """A call of *program* that waits for its exit code."""
    process = subprocess.Popen([program.path, *words], stdout=subprocess.PIPE)
    while not Path(f"/proc/{process.pid}/fd/9").exists():
        time.sleep(0.005)
    time.sleep(0.05)
    return process


@pytest.mark.skipif(not preloaded.SUPPORTED, reason="only Linux has /proc")
def test_answer_to_a_call_that_was_killed_is_for_no_other(
    circumstances: None, tmp_path: Path
) -> None:
    """Who is killed with its terminal is there until somebody has asked how it ended."""
    server = preloaded.server()
    program = Program(tmp_path / "bin", server)
    program.run("--version")  # The server is there.
    with server.paused():
        dead = called(program, "prompt")
        dead.kill()
        alive = called(program, "init", "no-such-shell")
    alive.communicate()
    assert alive.returncode == 2
    dead.communicate()
