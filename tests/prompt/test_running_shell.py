"""The shell that `countdown init` finds, in made-up processes and in real ones."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from countdown.prompt.running_shell import running_shell
from tests.programs import needs

INIT = ["init"]
FIRST = 4_000_001  # the number of this program's process, above all real ones


def processes(folder: Path, *above: tuple[str, list[str]]) -> str:
    """A folder like /proc of this program and of those *above* it, the nearest first."""
    chain = [("countdown", ["python3", "countdown", "init"]), *above]
    for number, (name, words) in enumerate(chain):
        place = folder / str(FIRST + number)
        place.mkdir()
        parent = FIRST + number + 1 if number + 1 < len(chain) else 0
        (place / "stat").write_text(f"{FIRST + number} ({name}) S {parent} 1 1 0 -1", "utf-8")
        (place / "cmdline").write_bytes(os.fsencode("\0".join(words) + "\0" * bool(words)))
    return str(folder)


@pytest.mark.parametrize(
    ("above", "shell"),
    [
        ([("bash", ["bash"])], "bash"),
        ([("zsh", ["-zsh"])], "zsh"),
        ([("fish", ["/usr/bin/fish", "--login"])], "fish"),
        ([("nu", ["nu"]), ("bash", ["bash"])], "nu"),
        ([("xonsh", ["/usr/bin/python3", "/usr/bin/xonsh"]), ("bash", ["bash"])], "xonsh"),
        ([("zsh", ["zsh"]), ("bash", ["bash"])], "zsh"),
        # Programs that start others: they are no shells.
        ([("timeout", ["timeout", "5", "countdown", "init"]), ("fish", ["fish"])], "fish"),
        ([("uv", ["uv", "run", "countdown", "init"]), ("zsh", ["zsh"])], "zsh"),
        ([("vim", ["vim"]), ("tmux: server", ["tmux"]), ("zsh", ["zsh"])], "zsh"),
        # Shells that programs start others through.
        ([("sh", ["sh", "-c", "countdown init"]), ("fish", ["fish"])], "fish"),
        ([("dash", ["/bin/dash", "/opt/countdown", "init"]), ("zsh", ["zsh"])], "zsh"),
        ([("bash", ["bash", "/opt/countdown", "init"]), ("fish", ["fish"])], "fish"),
        ([("zsh", ["zsh", "-c", '"$@"', "countdown", "init"]), ("bash", ["bash"])], "bash"),
        ([("countdown", ["/bin/sh", "/opt/countdown", "init"]), ("bash", ["bash"])], "bash"),
        # Shells that evaluate the answer themselves.
        ([("bash", ["bash", "-c", 'eval "$(countdown init)"']), ("zsh", ["zsh"])], "bash"),
        ([("zsh", ["zsh", "/opt/start-up"]), ("bash", ["bash"])], "zsh"),
        ([("sh", ["sh"]), ("bash", ["bash"])], "sh"),
        ([("dash", ["-dash"]), ("bash", ["bash"])], "dash"),
        ([("sh", ["sh", "-i"]), ("bash", ["bash"])], "sh"),
        ([("zsh", ["zsh", "init"]), ("bash", ["bash"])], "zsh"),  # a script of that name
        # Other spellings.
        ([("zsh-5.9", ["zsh-5.9"])], "zsh"),
        ([(".fish-wrapped", ["/nix/store/x-fish-4.0/bin/.fish-wrapped"])], "fish"),
        ([("ld-linux-x86-64", ["/bin/bash", "-i"])], "bash"),
        # Names that try to look like the rest of the line, or like nothing.
        ([("zsh) S 0 (", ["x"]), ("bash", ["bash"])], "bash"),
        ([("a\nb) S 1", ["\x1b]0;x\a"]), ("fish", ["fish"])], "fish"),
        ([("", []), ("fish", ["fish"])], "fish"),
        # Nobody there: SHELL.
        ([("cron", ["cron"])], "tcsh"),
        ([], "tcsh"),
    ],
    ids=lambda it: it if isinstance(it, str) else " ".join(name for name, _ in it),
)
def test_nearest_shell_that_a_user_types_in_is_found(
    above: list[tuple[str, list[str]]],
    shell: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whatever stands between it and this program."""
    monkeypatch.setenv("SHELL", "/usr/bin/tcsh")
    assert running_shell(INIT, FIRST, processes(tmp_path, *above)) == shell


def test_without_processes_and_variable_no_shell_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The name is empty then."""
    monkeypatch.delenv("SHELL", raising=False)
    assert running_shell(INIT, FIRST, processes(tmp_path)) == ""


SHELLS = (
    "bash zsh fish sh dash ash ksh mksh oksh yash csh tcsh nu elvish xonsh pwsh osh ysh ion murex"
)


@pytest.mark.parametrize("name", SHELLS.split())
def test_shell_is_known_by_its_name(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether there is a hook for it or not: init says which ones have."""
    monkeypatch.setenv("SHELL", "/bin/other")
    assert running_shell(INIT, FIRST, processes(tmp_path, (name, [name]))) == name


@pytest.mark.parametrize("text", ["", "4000002 (bash)", "4000002 (bash) S x"])
def test_process_that_can_not_be_read_ends_the_search(
    text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Like one of another user, where the system hides it."""
    monkeypatch.setenv("SHELL", "/bin/fish")
    folder = processes(tmp_path, ("bash", ["bash"]), ("zsh", ["zsh"]))
    (tmp_path / str(FIRST + 1) / "stat").write_text(text)
    assert running_shell(INIT, FIRST, folder) == "fish"


def test_circle_of_processes_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Numbers are used again: a parent can be younger than its child."""
    monkeypatch.setenv("SHELL", "/bin/fish")
    folder = processes(tmp_path, ("cron", ["cron"]))
    (tmp_path / str(FIRST + 1) / "stat").write_text(f"{FIRST + 1} (cron) S {FIRST} 1")
    assert running_shell(INIT, FIRST, folder) == "fish"


# ---- Without /proc ----


def ps(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a `ps` on PATH, alone, that runs *script*."""
    place = folder / "bin"
    place.mkdir()
    (place / "ps").write_text(f"#!/bin/sh\n{script}\n")
    (place / "ps").chmod(0o755)
    monkeypatch.setenv("PATH", str(place))
    monkeypatch.setenv("SHELL", "/bin/bash")


@pytest.mark.parametrize(
    ("lines", "shell"),
    [
        ("{0} {1} python3 countdown init\n {1} {2} timeout 5 countdown\n {2} 1 -zsh", "zsh"),
        ("{0} {1} python3\n{1} 1 /opt/homebrew/bin/fish --login", "fish"),
        ("PID PPID ARGS\n\n{0} {1} python3\n{1} x fish\n", "bash"),
        ("{0} {1} python3\n{1} 1", "bash"),
        ("", "bash"),
    ],
    ids=["behind a wrapper", "by its path", "with a heading", "without words", "empty"],
)
def test_ps_is_asked_where_there_is_no_folder_of_processes(
    lines: str, shell: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on macOS and BSD."""
    table = lines.format(FIRST, FIRST + 1, FIRST + 2)
    ps(tmp_path, f"while read -r line; do echo \"$line\"; done <<'E'\n{table}\nE", monkeypatch)
    assert running_shell(INIT, FIRST, str(tmp_path / "none")) == shell


def test_missing_ps_is_no_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """SHELL is left."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("SHELL", "/bin/zsh")
    assert running_shell(INIT, FIRST, str(tmp_path / "none")) == "zsh"


@needs("ps", "bash")
@pytest.mark.parametrize("folder", ["/proc", "/nowhere"])
def test_both_ways_find_the_same_shell(folder: str) -> None:
    """The real one above a real process."""
    script = (
        f"from countdown.prompt.running_shell import *; print(running_shell([], 0, {folder!r}))"
    )
    done = subprocess.run(
        ["bash", "-c", 'env "$0" -c "$1"; true', sys.executable, script],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "SHELL": "/bin/none"},
    )
    assert done.stdout == "bash\n"
