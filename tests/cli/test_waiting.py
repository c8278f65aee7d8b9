"""While another program edits, a command says what it waits for, can be cancelled, and gives up."""

import fcntl
import os
import signal
import subprocess
import sys
import threading
from contextlib import nullcontext
from pathlib import Path

import pytest

from countdown import files, paths
from tests.cli.conftest import World, film
from tests.cli.shelf import Shelf

EDITING = pytest.mark.parametrize(
    "line",
    [
        *("add New --kind film", "edit short --date 2031", "remove short", "hide thor-5", "undo"),
        *("follow --title thor", "unfollow --title dune", "config set region BR"),
        "config unset date_style",
    ],
)


@pytest.fixture
def lock(mine: Shelf) -> str:
    """The lock of those who edit; there is something to undo and something that is followed."""
    mine.ran("hide", "dune-3")
    mine.ran("follow", "--title", "dune")
    mine.ran("config", "set", "date_style", "iso")
    return str(Path(paths.state_folder() or "", "edit.lock"))


@EDITING
def test_who_waits_is_told_for_whom(
    line: str, lock: str, mine: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the path of the lock; and that nothing was changed, when patience is at an end."""
    monkeypatch.setattr(files, "_LOCK_TIMEOUT", 0.02)
    monkeypatch.setattr(files, "_SILENT_WAIT", 20.01)
    with files.exclusive_lock(paths.state_folder() or ""):
        err = mine.refused(*line.split(), code=3)
    first, *_ = err.splitlines()
    assert first == f"Waiting for another countdown command ({lock}). Press Ctrl-C to cancel."
    assert f"{lock}: Another countdown command has been running for 0.02 s, try again" in err
    assert "Nothing was changed." in err
    mine.ran(*line.split())


def test_who_waits_for_less_than_a_second_is_told_nothing(
    lock: str, mine: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two edits at once are no reason to alarm anybody."""
    monkeypatch.setattr(files, "_SILENT_WAIT", 20.0)
    held, met = threading.Event(), threading.Event()
    refused = fcntl.flock

    def edit() -> None:
        with files.exclusive_lock(paths.state_folder() or ""):
            held.set()
            met.wait(10)

    def flock(handle: int, how: int) -> None:
        try:
            refused(handle, how)
        except OSError:
            met.set()  # Now the other one may end.
            raise

    other = threading.Thread(target=edit)
    other.start()
    assert held.wait(10)
    monkeypatch.setattr(fcntl, "flock", flock)
    ran = mine.run("hide", "thor-5")
    other.join()
    assert met.is_set()
    assert (ran.code, ran.err) == (0, "")


@pytest.mark.parametrize("at_terminal", [False, True])
def test_due_does_not_disturb_cron(
    at_terminal: bool, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it prints on stderr is mailed; at a terminal somebody is there to read it."""
    monkeypatch.setattr("countdown.cli.remind_state._LOCK_TIMEOUT_S", 0.02)
    monkeypatch.setattr(files, "_SILENT_WAIT", 20.01)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: at_terminal)
    world.says(film("thor", "2026-11-29"))
    with files.exclusive_lock(paths.state_folder() or "", "remind"):
        ran = world("remind")
    assert ran.code == 1
    assert ("Waiting for another countdown" in ran.err) is at_terminal


def test_ctrl_c_cancels(lock: str, mine: Shelf, interruptible: None) -> None:
    """Without a traceback, and nothing is changed."""
    before = mine.text
    with files.exclusive_lock(paths.state_folder() or ""):
        child = subprocess.Popen(
            [sys.executable, "-m", "countdown", "add", "New", "--kind", "film"],
            stderr=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ},
        )
        with child, child.stderr or nullcontext() as told:
            assert told is not None
            first = told.readline()
            child.send_signal(signal.SIGINT)
            rest = told.read()
    assert first.startswith("Waiting for another countdown command")
    assert (child.returncode, rest) == (-signal.SIGINT, "")  # as shells want it
    assert mine.text == before
