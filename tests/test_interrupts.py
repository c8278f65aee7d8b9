"""Ctrl-C at any moment: no traceback, and the program dies of SIGINT."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import Final

import pytest

from countdown import interrupts
from countdown.entry import main
from tests.cli.conftest import JULY
from tests.thorough import sample

pytestmark = pytest.mark.usefixtures("interruptible")

# Presses Ctrl-C when Python looks for a module, or when the draft of an index has been opened.
FINDER: Final = """\
import os, signal, sys
class Finder:
    def find_spec(self, name, path=None, target=None):
        if name in os.environ["PRESSED_AT"].split():
            os.kill(os.getpid(), signal.SIGINT)
sys.meta_path.insert(0, Finder())
opened = []
def look(event, details):
    if event == "sqlite3.connect" and ".sqlite." in str(details[0]):
        opened.append(details)
    if event == "sqlite3.connect/handle" and opened:
        os.kill(os.getpid(), signal.SIGINT)
if os.environ["PRESSED_AT"] == "the build":
    sys.addaudithook(look)
"""


def pressed_at(
    modules: str, words: str, folder: Path, before: str = ""
) -> "subprocess.CompletedProcess[str]":
    """The program with Ctrl-C pressed while it imports each of *modules*."""
    (folder / "sitecustomize.py").write_text(FINDER)
    return subprocess.run(
        ["/bin/sh", "-c", f'{before} exec "$0" -m countdown {words}', sys.executable],
        env={
            **os.environ,
            "PYTHONPATH": str(folder),
            "PRESSED_AT": modules,
            "COUNTDOWN_TODAY": "2022-07-04",
            "COUNTDOWN_CATALOGUE": str(JULY),
        },
        capture_output=True,
        text=True,
        check=False,
    )


IMPORTS: Final = (  # a module that is imported late, and a command that does so
    ("countdown.streams", "list"),
    ("countdown.cli.group", "list"),
    ("click", "list"),
    ("countdown.commands.list", "list"),
    ("countdown.index.store", "list"),
    ("countdown.catalogue.load", "list"),
    ("rich.text", "list --format table"),
    ("csv", "list --format csv"),
    ("countdown.prompt.answer", "prompt"),
    ("countdown.index.open", "prompt"),
    ("countdown.prompt.init", "init bash"),
    ("countdown.completion.complete", "_complete bash show t"),
)


@pytest.mark.parametrize(("module", "words"), sample(IMPORTS[2::3], of=IMPORTS))
def test_ctrl_c_during_an_import_ends_the_program_in_silence(
    module: str, words: str, tmp_path: Path
) -> None:
    """By SIGINT, which shells report as 130, and which also ends their loops."""
    ran = pressed_at(module, words, tmp_path)
    assert (ran.returncode, ran.stdout, ran.stderr) == (-signal.SIGINT, "", "")


@pytest.mark.parametrize("words", ["_complete bash show t", "prompt", "list"])
def test_ctrl_c_during_the_build_of_an_index_leaves_no_draft(words: str, tmp_path: Path) -> None:
    """In any command: a draft is as large as the index, and nothing would remove it."""
    ran = pressed_at("the build", words, tmp_path)
    assert (ran.returncode, ran.stdout, ran.stderr) == (-signal.SIGINT, "", "")
    cache = tmp_path / "home" / "cache" / "countdown"
    assert [path.name for path in cache.glob("index-*.sqlite?*")] == []


def test_ctrl_c_that_is_ignored_stays_ignored(tmp_path: Path) -> None:
    """Like in a background job of a script."""
    modules = "countdown.cli.group countdown.commands.list csv"
    ran = pressed_at(modules, "list --format csv", tmp_path, before='trap "" INT;')
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout.startswith("id,title")


def test_ctrl_c_is_fatal_only_within_the_context() -> None:
    """If it is ignored, it stays ignored."""
    with interrupts.FatalSigint():
        assert signal.getsignal(signal.SIGINT) is signal.SIG_DFL
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with interrupts.FatalSigint():
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN


def test_ctrl_c_is_left_alone_where_another_thread_runs_the_program() -> None:
    """Only the main thread may set handlers."""
    results: list[bool] = []
    thread = threading.Thread(target=lambda: results.append(interrupts.make_sigint_fatal()))
    thread.start()
    thread.join()
    assert results == [False]
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_ctrl_c_outside_of_commands_ends_the_program_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """Between the imports and the command, for example."""

    def pressed(_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(sys, "argv", ["countdown", "list"])
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr("countdown.cli.group.run", pressed)
    with pytest.raises(KeyboardInterrupt) as caught:
        main()
    sys.excepthook(caught.type, caught.value, caught.tb)
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
