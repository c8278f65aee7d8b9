"""Faults of the cache file, the program and the disk, which a prompt must not show."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest

from tests.programs import needs
from tests.prompt.conftest import (
    SHELLS,
    Catalogue,
    Opening,
    Program,
    Terminal,
    cache_files,
    each,
    exported,
    hook,
    placed,
)
from tests.prompt.fixtures import resealed

pytestmark = pytest.mark.preloaded

STRANGER = 12345  # a user id of nobody


def silent(opened: Terminal, command: str = "true", shown: str = "") -> bool:
    """Check that *command* and several prompts after it show nothing but *shown*."""
    opened.enter("clear")
    opened.enter(command)
    for _ in range(6):
        opened.enter("true")
    lines = [line.replace(" true", "").replace(f" {command}", "") for line in opened.screen if line]
    return len(lines) == 8 and all(
        placed(opened.shell, text, line)
        for line, text in zip(lines, ["", *[shown] * 7], strict=True)
        if line is not lines[0]
    )


# ---- The cache file ----


def swapped(old: bytes, new: bytes) -> Callable[[Path], object]:
    """Replaces *old* by *new* in a cache file, and mends its checksum."""

    def damage(file: Path) -> None:
        data = file.read_bytes()
        assert old in data
        file.write_bytes(resealed(data.replace(old, new, 1)))

    return damage


def remade(make: Callable[[Path], object]) -> Callable[[Path], object]:
    """Replaces a cache file by what *make* makes."""

    def damage(file: Path) -> None:
        file.rename(file.parent.parent / "kept")
        make(file)

    return damage


DAMAGE: Final[dict[str, Callable[[Path], object]]] = {
    "empty": lambda file: file.write_bytes(b""),
    "of zeros": lambda file: file.write_bytes(bytes(4096)),
    "binary": lambda file: file.write_bytes(bytes(range(256)) * 99),
    "of another format": swapped(b"countdown-cache 1", b"countdown-cache 2"),
    "without its end": lambda file: file.write_bytes(file.read_bytes()[: -len("end 0badcafe\n")]),
    "longer than its end": lambda file: file.write_bytes(file.read_bytes() + b"text Loki 1d\n"),
    "with an unknown line": swapped(b"\ntext ", b"\nrun touch X\ntext "),
    "of a command": swapped(b"\nuntil ", b"\nuntil a[$(touch X)]"),
    "of no time": swapped(b"\nuntil ", b"\nuntil -"),
    "of a past time": swapped(b"\nuntil ", b"\nuntil 1\nuntil "),
    "of another's question": swapped(b"\nkey (", b"\nkey ('', "),
    "a pipe": remade(lambda file: os.mkfifo(file)),
    "a folder": remade(Path.mkdir),
    "a link": remade(lambda file: file.symlink_to(file.parent.parent / "kept")),
    "a link to nothing": remade(lambda file: file.symlink_to("missing")),
    "a stranger's": lambda file: os.chown(file, STRANGER, STRANGER),
    "writable for all": lambda file: file.chmod(0o666),
}


@each()
def test_cache_file_in_any_state_is_replaced_by_a_right_one(
    shell: str,
    terminal: Opening,
    program: Program,
    user_catalogue: Catalogue,
    cache: Path,
    tmp_path: Path,
) -> None:
    """By a shell that starts with it."""
    opened = terminal(shell, program.init(shell), program.again(shell))
    for state, damage in DAMAGE.items():
        if state == "a stranger's" and os.geteuid() != 0:
            continue
        file = cache_files(cache)[-1]
        times = file.stat()
        damage(file)
        if file.is_file() and not file.is_symlink():
            os.utime(file, ns=(times.st_atime_ns, times.st_mtime_ns))
        with program.called(1):
            opened.enter("clear")
            assert placed(shell, "Thor 3d", opened.run("again")), state
        assert len([line for line in opened.screen if line]) == 2, state
        for path in cache_files(cache)[:-1]:
            path.rmdir() if path.is_dir() and not path.is_symlink() else path.unlink()
        assert cache_files(cache)[-1] != file
    assert not list(tmp_path.rglob("X"))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"\nuntil ", b"\nuntil 99999999999999999999"),
        (b"\ntext Thor", b"\ntext \x1b[2J"),
        (b"\ntext Thor", b"\ntext \xc2\x9b2J"),
        (b"\ntext Thor", b"\ntext " + b"T" * 9999),
        (b"\ntext ", b"\ntext" * 99 + b"\ntext "),
    ],
    ids=["far time", "escape", "C1", "long", "many lines"],
)
def test_cache_file_that_no_shell_takes_is_none_to_the_program(
    old: bytes, new: bytes, program: Program, user_catalogue: Catalogue
) -> None:
    """Else shells would get its path again and again, and show nothing."""
    file = Path(os.fsdecode(program.run("prompt", "--cache-file")).strip())
    times = file.stat()
    swapped(old, new)(file)
    os.utime(file, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert os.fsencode(file) not in program.run("prompt", "--cache-file")


@each()
def test_cache_file_that_ends_early_is_none(
    shell: str, tmp_path: Path, program: Program, user_catalogue: Catalogue
) -> None:
    """At any byte but the last, a newline."""
    file = Path(os.fsdecode(program.run("prompt", "--cache-file")).strip())
    data, times = file.read_bytes(), file.stat()
    folder = tmp_path / "early"
    folder.mkdir()
    for length in range(len(data) + 1):
        path = folder / f"{length:04}.{file.name.rpartition('.')[2]}"
        path.write_bytes(data[:length])
        os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    read = {
        "bash": "now=$EPOCHSECONDS; for _countdown_cache in {}/*; do _countdown_read &&"
        ' echo "$_countdown_cache"; done',
        "zsh": "now=$EPOCHSECONDS; for _countdown_cache in {}/*; do _countdown_read &&"
        " echo $_countdown_cache; done",
        "fish": "for f in {}/*; set -g __countdown_cache $f; __countdown_read 1; and echo $f; end",
    }[shell].format(folder)
    ran = subprocess.run(
        [shell, "-c", f"{program.init(shell)}\n{read}"], capture_output=True, text=True, check=False
    )
    assert ran.stderr == ""
    taken = [int(Path(line).name[:4]) for line in ran.stdout.splitlines()]
    assert taken in ([len(data)], [len(data) - 1, len(data)])


# ---- The program ----

CRASHES = {
    "fails": "exit 1",
    "complains": "echo oh no >&2; exit 3",
    "dies": "kill -9 $$",
    "says nothing": "exit 0",
    "prints rubbish": r"printf '$(touch X)\n`touch X`; touch X\n\033[2J\n'",
    "prints zeros": r"printf '\0\0/etc/passwd\0\n'",
    "prints a folder": "echo /etc",
    "prints a file": "echo /etc/passwd",
    "prints a lot": "yes | head -c 300000",
    "reads": "cat; exit 1",
}


@each()
def test_program_that_crashes_is_not_noticed(
    shell: str, tmp_path: Path, terminal: Opening, program: Program, user_catalogue: Catalogue
) -> None:
    """In any way; and the shell doesn't start it again at each prompt."""
    opened = terminal(shell, program.init(shell))
    for number, (way, script) in enumerate(CRASHES.items()):
        program.replace(f"#!/bin/sh\necho prompt --cache-file >>{program.log}\n{script}\n")
        before = program.calls
        assert silent(opened, exported(shell, "COUNTDOWN_TODAY", f"2009-01-1{number}")), way
        assert opened.prompt == ""
        assert 1 <= program.calls - before <= 3, way
    assert not list(tmp_path.rglob("X"))
    pause = "__countdown_pause" if shell == "fish" else "_countdown_pause"
    later = "set -g __countdown_later 0" if shell == "fish" else "_countdown_later=0"
    for _ in range(8):
        opened.enter(f"{later}; {hook(shell)}")
    assert opened.value_of(f'"${pause}"') == "64"
    program.repair()
    assert placed(shell, "Thor 3d", opened.run(exported(shell, "COUNTDOWN_TODAY", "2010-01-01")))
    assert opened.value_of(f'"${pause}"') == "1"


@each()
def test_program_that_was_removed_is_not_missed(
    shell: str, terminal: Opening, program: Program, user_catalogue: Catalogue
) -> None:
    """If its line stays in the start-up file, only the shell reports a missing command."""
    opened = terminal(shell, program.init(shell))
    program.path.unlink()
    assert placed(shell, "Thor 3d", opened.run())
    assert silent(opened, exported(shell, "COUNTDOWN_TODAY", "2010-01-02"))
    program.path.mkdir()
    assert silent(opened, exported(shell, "COUNTDOWN_TODAY", "2010-01-03"))
    program.path.rmdir()
    program.path.write_text("not to be run")
    assert silent(opened, exported(shell, "COUNTDOWN_TODAY", "2010-01-01"))


# ---- The disk ----


def file_in_the_way(cache: Path) -> dict[str, str | None]:
    """In the place of the folder."""
    cache.parent.mkdir(parents=True)
    cache.write_text("")
    return {}


def no_home(cache: Path) -> dict[str, str | None]:
    """And there is no other folder to write to."""
    return dict.fromkeys(("HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"), "")


def relative_home(cache: Path) -> dict[str, str | None]:
    """The XDG specification says to ignore it."""
    return dict.fromkeys(("HOME", "XDG_CACHE_HOME"), "relative")


def strangers_folder(cache: Path) -> dict[str, str | None]:
    """They could write anything there."""
    cache.mkdir(parents=True)
    cache.chmod(0o777)
    return {}


@pytest.mark.parametrize(
    ("shell", "prepare"),
    [
        pytest.param(shell, prepare, marks=needs(shell))
        for shell in SHELLS
        for prepare in (file_in_the_way, no_home, relative_home, strangers_folder)
        if (shell, prepare) != ("fish", no_home)  # fish finds one in the list of users.
    ],
)
def test_cache_that_can_not_be_kept_is_done_without(
    shell: str,
    prepare: Callable[[Path], dict[str, str | None]],
    terminal: Opening,
    program: Program,
    cache: Path,
    tmp_path: Path,
) -> None:
    """The prompt shows no text and no error, and doesn't start a process each time."""
    environment = prepare(cache)
    fish = {"XDG_CONFIG_HOME": str(tmp_path / "home" / "config")} if shell == "fish" else {}
    opened = terminal(shell, program.init(shell), env={**environment, **fish})
    assert silent(opened)
    assert 1 <= program.calls <= 4


@each()
def test_link_in_place_of_the_lock_is_not_followed(
    shell: str, terminal: Opening, program: Program, user_catalogue: Catalogue, cache: Path
) -> None:
    """An attacker may have made it; the prompt can do without a lock."""
    cache.mkdir(parents=True, mode=0o700)
    (cache / "prompt.lock").symlink_to(cache.parent / "victim")
    opened = terminal(shell, program.init(shell))
    assert silent(opened, shown="Thor 3d")
    assert not (cache.parent / "victim").exists()


@each()
def test_full_disk_is_not_noticed(
    shell: str, terminal: Opening, program: Program, user_catalogue: Catalogue, cache: Path
) -> None:
    """And no part of a file is left."""
    program.replace(
        f"#!{sys.executable}\nimport resource, sys\nfrom countdown.entry import main\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))\nsys.exit(main())\n"
    )
    opened = terminal(shell, program.init(shell))
    assert silent(opened)
    assert not cache.exists() or all(path.stat().st_size == 0 for path in cache.iterdir())
    program.repair()
    assert placed(shell, "Thor 3d", opened.run(exported(shell, "COUNTDOWN_REGION", "US")))
