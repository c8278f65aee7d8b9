"""Output reaches its reader completely, or the exit code tells that it didn't."""

import io
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import pytest

from countdown import paths
from countdown.cli.group import run
from countdown.entry import main
from tests.cli.shelf import SHIPPED
from tests.thorough import sample

OWN: Final = """\
format = 1
[[release]]
id = "mine"
title = "Mine Alone"
kind = "film"
date = {date}
cast = ["Ana Own"]
[[release]]
id = "other"
title = "Other Own"
kind = "film"
stage = "filming"
"""
WRITING: Final = (  # a call of each command, and of each of its ways, that writes to stdout
    *("", "--version", "--help", "list --help", "list", "list --json", "list --format csv"),
    *("next", "status", "show mine", "actor ana", "to mine", "search mine", "follow"),
    *("help", "help list", "version"),
    *("follow zendaya", "unfollow ana", "remind", "remind --json", "prompt", "init bash"),
    "news --as-of 2999-01-01 --since 2000-01-01 --mine",
    *("prompt --as-of 2026-11-21", "init zsh --as-of 2026-11-21", "init fish --completion-only"),
    *("_complete bash show mine", "config", "config get follow.person", "config path"),
    *("config set region BR", "config unset follow.person", "doctor", "check", "mine"),
    *("add Another", "edit mine --stage wrapped", "edit mine --stage wrapped --dry-run"),
    *("edit mine --date 2027-01-01", "remove mine", "hide other", "unhide thor-5", "undo", "redo"),
)
FEW: Final = ("--version", "list --json", "prompt", "_complete bash show mine", "check")
EVERY_WAY: Final = (*((words, True) for words in WRITING), *((words, False) for words in FEW))
BOTH: Final = sample(EVERY_WAY[::3], of=EVERY_WAY)
FULL: Final = Path("/dev/full")
needs_full = pytest.mark.skipif(not FULL.exists(), reason="only Linux has a full disk at hand")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything that the calls above ask for."""
    monkeypatch.setattr("countdown.cli.shell_checks.installed_shells", list)
    shipped = tmp_path / "shipped.toml"
    shipped.write_text(SHIPPED, "utf-8")
    monkeypatch.setattr(paths, "shipped", lambda _: str(shipped))
    for folder, name, text in (
        ("config", "config.toml", "[follow]\nperson = ['Ana']\n"),
        ("data", "releases.toml", OWN.format(date="2027-03-01")),
    ):
        path = tmp_path / "home" / folder / "countdown" / name
        path.parent.mkdir(parents=True)
        path.write_text(text, "utf-8")
    assert call("list --all") == 0  # By the clock: the journal notes nothing for a day asked about.
    monkeypatch.setenv("COUNTDOWN_TODAY", "2026-11-22")
    path.write_text(OWN.format(date="2026-11-29"), "utf-8")
    assert [call(words) for words in ("hide thor-5", "hide other", "undo")] == [0, 0, 0]


def call(words: str) -> int:
    """The exit code of the program, called with *words* in this process."""
    before = sys.argv
    sys.argv = ["countdown", *words.split()]
    try:
        return main()
    finally:
        sys.argv = before


@contextmanager
def stdout(descriptor: int, *, unbuffered: bool) -> Iterator[None]:
    """Have Python write to *descriptor*, as it does with or without PYTHONUNBUFFERED."""
    raw = io.FileIO(descriptor, "w")
    binary = raw if unbuffered else io.BufferedWriter(raw)
    text = io.TextIOWrapper(binary, "utf-8", write_through=unbuffered)
    before, sys.stdout = sys.stdout, text
    try:
        yield
        text.flush()  # As Python does when it ends.
    finally:
        sys.stdout = before
        text.detach()
        if not unbuffered:
            binary.detach()  # type: ignore[union-attr]
        raw.close()


@needs_full
@pytest.mark.parametrize(("words", "unbuffered"), BOTH)
def test_full_disk_is_told_by_every_command(
    home: None, capsys: pytest.CaptureFixture[str], words: str, unbuffered: bool
) -> None:
    """With exit code 1 and the reason, and nothing is left for Python to fail at."""
    capsys.readouterr()
    with stdout(os.open(FULL, os.O_WRONLY), unbuffered=unbuffered):
        code = call(words)
    err = capsys.readouterr().err.splitlines()
    assert (code, err[-1:]) == (1, ["Can't write the answer: No space left on device."])


@pytest.mark.parametrize(("words", "unbuffered"), BOTH)
def test_pipe_that_nobody_reads_is_exit_code_141_of_every_command(
    home: None, capsys: pytest.CaptureFixture[str], words: str, unbuffered: bool
) -> None:
    """In silence, as of a program that SIGPIPE ends."""
    capsys.readouterr()
    reading, writing = os.pipe()
    os.close(reading)
    with stdout(writing, unbuffered=unbuffered):
        code = call(words)
    assert (code, "can't be written" in capsys.readouterr().err) == (141, False)


@pytest.mark.parametrize("words", FEW)
def test_closed_stdout_is_told_by_every_command(
    home: None, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, words: str
) -> None:
    """As a shell closes it by >&-."""
    capsys.readouterr()
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stdout", None)
        code = call(words)
    assert code == 1
    assert "Can't write the answer: Bad file descriptor." in capsys.readouterr().err


@pytest.mark.parametrize("unbuffered", [False, True], ids=["buffered", "unbuffered"])
@pytest.mark.parametrize("words", ["list --json", "_complete fish show", "init zsh"])
def test_pipe_that_does_not_block_gets_everything(
    home: None, capsys: pytest.CaptureFixture[str], words: str, unbuffered: bool
) -> None:
    """It takes a part at a time; the program waits until there is room again."""
    capsys.readouterr()
    assert call(words) == 0
    right = capsys.readouterr().out
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    while True:  # Full from the start, so even what is short has to wait.
        try:
            os.write(writing, b"\0" * 4096)
        except BlockingIOError:
            break
    found: list[bytes] = []

    def read() -> None:
        while data := os.read(reading, 4096):
            found.append(data)

    reader = threading.Thread(target=read)
    with stdout(writing, unbuffered=unbuffered):
        reader.start()
        code = call(words)
    reader.join()
    os.close(reading)
    assert code == 0
    assert b"".join(found).lstrip(b"\0").decode() == right


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_disk_that_fills_up_meanwhile_is_told(
    indexed_shipped: None, tmp_path: Path, unbuffered: str
) -> None:
    """Python takes what was written till then for all, if it has no buffer of its own."""
    script = 'ulimit -f 100; exec "$0" -m countdown list --all --json > "$1"'
    answer = tmp_path / "answer"
    ran = subprocess.run(
        ["/bin/sh", "-c", script, sys.executable, str(answer)],
        env={
            **{name: text for name, text in os.environ.items() if not name.startswith("COV")},
            "PYTHONUNBUFFERED": unbuffered,
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (1, "Can't write the answer: File too large.\n")
    assert 0 < answer.stat().st_size <= 102_400


SILENT: Final = [
    ("_complete bash show A", ">/dev/full", "", 1),
    ("_complete bash show A", "| exec 3<&0", "", 141),
    ("prompt", ">/dev/full", "2>/dev/full", 1),
    ("config get prompt.format", ">/dev/full", "2>/dev/full", 1),
    ("config get region", "", "2>/dev/full", 1),
    ("actor nobody-of-that-name", "", "2>&-", 1),
    ("list --no-such", "", "2>/dev/full", 2),
]


@needs_full
@pytest.mark.parametrize(
    ("words", "out", "err", "code"),
    sample(SILENT[::2], of=SILENT),
)
def test_python_has_nothing_to_say_when_it_ends(
    home: None, words: str, out: str, err: str, code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit code 120 and "Exception ignored" tell of what it could not write by then."""
    monkeypatch.setenv("COUNTDOWN_CATALOGUE", str(paths.user_catalogue()))  # soon indexed
    script = f'exec 2>&1; "$0" -m countdown {words} {out} {err}; echo ~$?'
    if "|" in out:
        script = f'exec 2>&1; {{ "$0" -m countdown {words}; echo ~$? >&2; }} | :'
    ran = subprocess.run(
        ["/bin/sh", "-c", script, sys.executable], capture_output=True, text=True, check=False
    )
    assert ran.stdout.splitlines()[-1] == f"~{code}"
    assert "Exception ignored" not in ran.stdout
    assert "Traceback" not in ran.stdout


@needs_full
def test_warning_without_room_is_no_exit_code_120(home: None) -> None:
    """What libraries write by themselves has to be left behind, too."""
    script = (
        "import sys, warnings; sys.argv[1:] = ['config', 'path']; warnings.warn('old');"
        "from countdown.entry import main; sys.exit(main())"
    )
    with FULL.open("wb") as full:
        ran = subprocess.run(
            [sys.executable, "-c", script], stdout=subprocess.PIPE, stderr=full, check=False
        )
    assert ran.returncode == 0
    assert ran.stdout.endswith(b"config.toml\n")


def test_answer_in_an_encoding_that_lacks_letters(
    home: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where Python would not write it at all."""
    file = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(file, "ascii"))
    assert run(["add", "Amélie 木"]) == 0
    assert file.getvalue().startswith(b"Added Amelie ?? (amelie)")


@needs_full
def test_what_a_library_left_in_a_buffer_is_let_go(
    home: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else Python would try once more when it ends."""
    with stdout(os.dup(1), unbuffered=True), FULL.open("w") as full:
        full.write("left")
        monkeypatch.setattr(sys, "stderr", full)
        assert call("config path") == 0
        full.flush()


def test_shell_that_asks_for_candidates_hears_of_no_error(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It has asked for words, and a disk that can't be read has none."""

    def unreadable(*_: object) -> int:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr("countdown.completion.complete.run", unreadable)
    assert call("_complete bash show m") == 1
    assert capsys.readouterr() == ("", "")
