"""Exit codes and messages: to stderr, with a remedy, never a traceback."""

import io
import os
import re
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import click
import pytest

from countdown import paths
from countdown.cli.group import root, run
from countdown.entry import main
from countdown.index import store
from tests.cli.conftest import JULY, Countdown
from tests.cli.shelf import Shelf
from tests.preloaded import ITSELF


def environment(**more: str) -> dict[str, str]:
    """The environment of a process on the evening of the article."""
    return {
        **os.environ,
        "COUNTDOWN_TODAY": "2022-07-04",
        "COUNTDOWN_CATALOGUE": str(JULY),
        **more,
    }


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            ("help", "lst"),
            'Unknown command "lst". Did you mean list?\nFor help: countdown --help\n',
        ),
        (("help", "xyz"), 'Unknown command "xyz".\nFor help: countdown --help\n'),
        (
            ("help", "li-st"),
            'Unknown command "li-st". Did you mean list?\nFor help: countdown --help\n',
        ),
        (("help", "s"), 'Unknown command "s".\nFor help: countdown --help\n'),
        (("list", "--acter", "x"), "--actor"),
        (("list", "--kind", "filmy"), "film"),
        (("list", "--limit", "0"), "0"),
        (("actor",), "For help: countdown actor --help"),
    ],
)
def test_a_wrong_word_is_exit_code_2_with_the_nearest_right_one(
    countdown: Countdown, words: tuple[str, ...], said: str
) -> None:
    """Commands, options and values alike."""
    ran = countdown(*words)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("list --acter x", "Unknown option --acter. Did you mean --actor or --dated or --undated?"),
        ("list --qqqq", "Unknown option --qqqq."),
        ("list --limit", "--limit: A value is missing."),
        ("list --json=3", "--json: It takes no value."),
        ("list --limit 0", '--limit: "0" isn\'t a whole number from 1 up.'),
        ("list --limit x", '--limit: "x" isn\'t a whole number from 1 up.'),
        ("list --sort age", '--sort: Unknown sort "age". Did you mean "stage"?'),
        ("list --kind filmy", '--kind: Unknown kind "filmy". Did you mean "film"?'),
        ("add X --kind filmy", '--kind: Unknown kind "filmy". Did you mean "film"?'),
        (
            "config nonsense",
            'ACTION: "nonsense" isn\'t a choice. Choose list, get, set, unset, path, edit.',
        ),
        ("init csh", 'SHELL: "csh" isn\'t a choice. Choose bash, zsh, fish, nu, powershell.'),
        ("actor", "NAME is missing."),
        ("show", "TITLE is missing."),
        ("config region BR", "To change that setting: countdown config set region VALUE"),
        ("check --fix -", "--fix changes a file; it can't change a pipe."),
        ("news zendaya chani", 'news: Leave out "zendaya chani".'),
        ("version x", 'version: Leave out "x".'),
    ],
)
def test_wrong_command_line_is_refused_in_our_words(
    countdown: Countdown, words: str, message: str
) -> None:
    """One sentence, also where click would say it otherwise; then where to look."""
    ran = countdown(*words.split())
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.splitlines()[0] == message


def test_name_of_a_file_is_not_empty(countdown: Countdown) -> None:
    """A variable of a script may be."""
    assert countdown("check", "").err == "The name of a file is empty.\n"


def test_a_problem_in_a_catalogue_is_exit_code_3_with_its_place(
    countdown: Countdown, tmp_path: Path
) -> None:
    """Every command that reads it says path, line, column, what and remedy."""
    bad = tmp_path / "bad.toml"
    bad.write_text(
        'format = 1\n[[release]]\nid = "a"\ntitle = "A"\nkind = "film"\nstage = "filmed"\n'
    )
    for command in (["list"], ["check"], ["status"], ["show", "a"], ["check", str(bad)]):
        ran = countdown("--catalogue", str(bad), *command)
        assert (ran.code, ran.out) == (3, "")
        counts = f"{bad}: 1 problem\n" if "check" in command else ""
        assert ran.err == (
            f'{bad}:6:1: release[0] "A": stage: unknown value "filmed"; did you mean "filming"?\n'
            f"{counts}"
        )


def test_a_missing_catalogue_is_exit_code_3(countdown: Countdown, tmp_path: Path) -> None:
    """So is a folder in its place."""
    ran = countdown("list", "--catalogue", str(tmp_path / "none.toml"))
    assert (ran.code, ran.out) == (3, "")
    assert "none.toml: No such file or directory; check that the file exists" in ran.err
    assert countdown("list", "--catalogue", str(tmp_path)).code == 3


def test_check_counts_the_releases_of_a_sound_file(
    countdown: Countdown, shipped: Countdown
) -> None:
    """Of the files named, else of those in use."""
    file = paths.near(str(JULY))
    assert countdown("check", str(JULY)).out == f"{file}: 16 releases, no problems\n"
    assert countdown("check").out == f"{file}: 16 releases, no problems\n"


def test_check_counts_one_release(catalogue: Callable[[str], Countdown]) -> None:
    """It is no plural."""
    ran = catalogue('[[release]]\nid = "a"\ntitle = "A"\nkind = "film"\n')("check")
    assert ran.out.endswith("catalogue.toml: 1 release, no problems\n")


def test_check_names_the_files_below_each_other_on_a_terminal(
    catalogue: Callable[[str], Countdown], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A sentence says it all to who sees no signs."""
    fan = catalogue('[[release]]\nid = "a"\ntitle = "A"\nkind = "film"\n')
    path = os.environ["COUNTDOWN_CATALOGUE"]
    monkeypatch.setattr("countdown.cli.output._is_terminal_output", lambda: True)
    monkeypatch.setenv("COLUMNS", "200")
    assert fan("check") == (0, f"✓ No problems in 1 release\n  {path}\n", "")
    assert fan("check", "--accessible") == (0, f"{path}: 1 release, no problems\n", "")


def test_check_reads_stdin(tmp_path: Path) -> None:
    """In place of a file called `-`."""
    for data, code in (("format = 1\n", 0), ("format = 1\ntrailer = 1\n", 3)):
        ran = subprocess.run(
            [*ITSELF, "check", "-"],
            input=data,
            capture_output=True,
            text=True,
            check=False,
            cwd=tmp_path,
        )
        assert ran.returncode == code
        assert (ran.stdout + ran.stderr).startswith("/dev/stdin:")


def test_check_without_a_catalogue_of_ones_own_checks_the_shipped_one(shipped: Countdown) -> None:
    """The user's own need not exist."""
    ran = shipped("check")
    assert ran.code == 0
    assert re.search(r"releases\.toml: \d+ releases, no problems", ran.out)


def test_hostile_words_of_the_command_line_come_back_as_letters(countdown: Countdown) -> None:
    """An argument pasted from somewhere can't drive the terminal through an error message."""
    for words in (["actor", "\x1b]0;x\x07"], ["\x1b[31m"], ["list", "--region", "\u202eBR"]):
        ran = countdown(*words)
        assert ran.code in (1, 2)
        assert "\x1b" not in ran.err
        assert "\u202e" not in ran.err
    assert "\\x1b]0;x\\x07" in countdown("actor", "\x1b]0;x\x07").err


def test_a_reader_that_stops_early_ends_the_program_quietly(indexed_shipped: None) -> None:
    """`countdown list | head -1`, with a pipe too small for the answer."""
    reading, writing = os.pipe()
    os.close(reading)
    ran = subprocess.run(
        (*ITSELF, "list"), env=environment(), stdout=writing, stderr=subprocess.PIPE, check=False
    )
    os.close(writing)
    assert (ran.returncode, ran.stderr) == (141, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a full disk at hand")
def test_a_full_disk_is_told(indexed_shipped: None) -> None:
    """Not a traceback, and not a second error when Python ends."""
    with Path("/dev/full").open("wb") as full:
        ran = subprocess.run(
            (*ITSELF, "list"),
            env=environment(),
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert ran.returncode == 1
    assert ran.stderr == b"Can't write the answer: No space left on device.\n"


def test_a_closed_stdout_is_no_reason_to_crash(indexed_shipped: None) -> None:
    """As some job runners start programs."""
    ran = subprocess.run(
        ["/bin/sh", "-c", '"$0" -m countdown list >&-', sys.executable],
        env=environment(),
        stderr=subprocess.PIPE,
        check=False,
    )
    assert b"Traceback" not in ran.stderr


def test_ctrl_c_ends_with_130(monkeypatch: pytest.MonkeyPatch, countdown: Countdown) -> None:
    """Quietly."""
    connect = sqlite3.connect

    def interrupted(path: str, *args: Any, **named: Any) -> sqlite3.Connection:
        if "index-" in path:  # Coverage notes in another database which lines this test runs.
            raise KeyboardInterrupt
        opened: sqlite3.Connection = connect(path, *args, **named)
        return opened

    monkeypatch.setattr(sqlite3, "connect", interrupted)
    ran = countdown("list")
    assert (ran.code, ran.out, ran.err) == (130, "", "")


def test_an_index_that_turns_out_damaged_is_built_again(
    monkeypatch: pytest.MonkeyPatch, countdown: Countdown
) -> None:
    """Also when the damage shows only in the middle of an answer; the file goes."""
    right = countdown("list").out
    (found,) = (Path(os.environ["XDG_CACHE_HOME"]) / "countdown").iterdir()
    connection = sqlite3.connect(found)
    stat = found.stat()
    connection.execute("UPDATE release SET record = 'x'")
    connection.commit()
    connection.close()
    os.utime(found, ns=(stat.st_mtime_ns, stat.st_mtime_ns))
    assert countdown("list") == (0, right, "")
    assert not found.exists()
    monkeypatch.setenv("HOME", "")
    monkeypatch.delenv("XDG_CACHE_HOME")
    assert countdown("list") == (0, right, "")


def test_damage_without_a_cache_folder_is_answered_from_memory(
    monkeypatch: pytest.MonkeyPatch, countdown: Countdown
) -> None:
    """There is no file to remove then."""
    monkeypatch.setenv("HOME", "")
    monkeypatch.delenv("XDG_CACHE_HOME")
    real, calls = store.connect, []

    def once_damaged(*args: object, **named: object) -> sqlite3.Connection:
        calls.append(args)
        made = real(*args, **named)  # type: ignore[arg-type]  # passed through as it came
        if len(calls) == 1:
            made.execute("UPDATE release SET record = 'x'")
        return made

    monkeypatch.setattr(store, "connect", once_damaged)
    assert countdown("list").code == 0
    assert len(calls) == 2


def test_version_and_help_are_exit_code_0(countdown: Countdown) -> None:
    """And go to stdout."""
    assert countdown("--version").out.startswith("countdown ")
    page = countdown("--help").out
    for heading in ("What's coming:", "Find something:", "Your own catalogue:", "Examples:"):
        assert heading in page


@pytest.mark.parametrize("command", ["list", "next", "status", "show", "actor", "search", "check"])
def test_every_commands_help_has_examples(countdown: Countdown, command: str) -> None:
    """Help teaches; -h is as good as --help."""
    page = countdown(command, "--help").out
    assert f"  countdown {command}" in page.partition("Examples:")[2]
    assert countdown(command, "-h").out == page


def test_the_module_is_the_program() -> None:
    """`python -m countdown` does what `countdown` does."""
    ran = subprocess.run((*ITSELF, "--version"), capture_output=True, check=True, text=True)
    assert ran.stdout.startswith("countdown ")


INTERRUPTED_LIST = """
import os, signal, sys
from countdown.cli.group import run
from countdown.index import store
connect = store.connect

def interrupted(*args, **named):
    os.kill(os.getpid(), signal.SIGINT)
    return connect(*args, **named)

store.connect = interrupted
sys.exit(run(["list"]))
"""


@pytest.mark.parametrize(("started", "code"), [("from a terminal", 130), ("by nohup", 0)])
def test_sigint_is_ignored_if_it_was_when_the_program_started(
    started: str, code: int, interruptible: None
) -> None:
    """So in the background of a script; it ends the program everywhere else."""
    if started == "by nohup":
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    command = (sys.executable, "-c", INTERRUPTED_LIST)
    ran = subprocess.run(command, env=environment(), capture_output=True, check=False)
    assert (ran.returncode, ran.stderr, bool(ran.stdout)) == (code, b"", code == 0)


def test_run_gives_back_the_exit_code() -> None:
    """Nothing below the command line calls exit."""
    assert run(["--version"]) == 0


def test_importing_the_module_runs_nothing() -> None:
    """Only running it does."""
    assert import_module("countdown.__main__").main is main


def test_the_group_knows_its_commands_by_name_alone() -> None:
    """In the order of the help page; what is none of them is none."""
    ctx = click.Context(root)
    assert root.list_commands(ctx)[:3] == ["list", "next", "status"]
    assert root.get_command(ctx, "nope") is None


def test_an_answer_can_go_to_a_file_object_of_any_kind(
    countdown: Countdown, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that has no encoding to be told how to handle what it lacks."""
    file = io.StringIO()
    monkeypatch.setattr(sys, "stdout", file)
    assert countdown("list", "--limit", "1").code == 0
    assert file.getvalue().startswith("Thor")


def test_nobody_listens_to_a_closed_stdout(
    countdown: Countdown, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So the exit code says that the answer has not been read, as that of ls and cat does."""
    monkeypatch.setattr(sys, "stdout", None)
    assert run(["list"]) == 1


def test_ones_own_catalogue_is_checked_over_the_shipped_one(shelf: Shelf, tmp_path: Path) -> None:
    """Named or not: an entry there need only say what it changes."""
    shelf.write('format = 1\n[[release]]\nid = "thor-5"\nstage = "wrapped"\n')
    assert shelf.run("check", str(shelf.path)) == shelf.ran("check")
    elsewhere = tmp_path / "elsewhere.toml"
    shelf.path.rename(elsewhere)
    assert shelf.run("check", str(elsewhere)).code == 3


READING = (
    *("list", "check", "check c.toml", "show x", "actor x", "search x", "status", "follow"),
    *("next", "news", "remind", "prompt", "prompt --count 2"),
)


@pytest.mark.parametrize(
    ("words", "how"),
    [
        *((words, "option") for words in (*READING, "init bash --as-of 2026-11-22")),
        *((words, "variable") for words in READING),
    ],
)
def test_relative_catalogue_in_a_folder_that_is_gone_is_named(
    countdown: Countdown, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, words: str, how: str
) -> None:
    """With exit code 3: it is the catalogue that is missing, not room for the answer."""
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    before = ["--catalogue", "c.toml"] if how == "option" else []
    monkeypatch.setenv("COUNTDOWN_CATALOGUE", "" if before else "c.toml")
    try:
        ran = countdown(*before, *words.split())
    finally:
        os.chdir(tmp_path)  # Else whatever follows has no folder.
    assert (ran.code, ran.out) == (3, "")
    assert ran.err.startswith("c.toml: ")


def test_error_of_a_file_is_not_told_as_one_of_the_answer(
    countdown: Countdown, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing was wrong with stdout."""

    def full(*_: object, **__: object) -> sqlite3.Connection:
        raise OSError(28, "No space left on device", "/x/index")

    monkeypatch.setattr(store, "connect", full)
    assert countdown("list") == (1, "", "/x/index: No space left on device\n")
