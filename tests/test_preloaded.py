"""The loaded program that tests call does as the program itself."""

import subprocess
import time
from pathlib import Path

import pytest

from tests import preloaded

pytestmark = pytest.mark.skipif(not preloaded.SUPPORTED, reason="only Linux has /proc")


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """A script that calls it."""
    path = tmp_path / "countdown"
    preloaded.server().write_script(path, preloaded.EMPTY)
    subprocess.run([path, "--version"], stdout=subprocess.DEVNULL, check=True)  # It is there.
    return path


def called(program: Path, *words: str) -> "subprocess.Popen[bytes]":
    """A call of *program* that waits for its exit code."""
    process = subprocess.Popen([program, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    while not Path(f"/proc/{process.pid}/fd/9").exists():
        time.sleep(0.005)
    time.sleep(0.05)
    return process


def test_answer_to_a_call_that_was_killed_is_for_no_other(program: Path) -> None:
    """Who is killed with its terminal is there until somebody has asked how it ended."""
    with preloaded.server().paused():
        dead = called(program, "prompt")
        dead.kill()
        alive = called(program, "init", "no-such-shell")
    alive.communicate(timeout=60)
    assert alive.returncode == 2
    dead.communicate()


def test_each_of_several_calls_at_once_gets_its_own_answer(program: Path) -> None:
    """Though all read their exit codes from one pipe."""
    calls = [("--version",), ("init", "no-such-shell")] * 2
    with preloaded.server().paused():
        processes = [called(program, *words) for words in calls]
    answers = [process.communicate(timeout=60) for process in processes]
    assert [process.returncode for process in processes] == [0, 2] * 2
    assert [(bool(out), bool(err)) for out, err in answers] == [(True, False), (False, True)] * 2
