"""Real processes: a refresh that is killed, two at once, and who asks nobody."""

import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Final

import pytest

from countdown.catalogue import load
from countdown.refresh import state
from tests.cli import living
from tests.programs import needs
from tests.refresh.refresher import FILMS
from tests.thorough import sample

PROGRAM: Final = (sys.executable, "-m", "tests.refresh.refresher")
STRACE: Final = ("strace", "-f", "--seccomp-bpf")  # It stops at those calls alone that it traces.
# By which files of the state folder change, or are promised to be on the disk.
CALLS: Final = ("openat", "write", "pwrite64", "fsync", "fdatasync", "rename", "unlink", "mkdir")
Output = subprocess.CompletedProcess[str]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a catalogue of films that Wikidata knows."""
    entries = (
        f'[[release]]\nid = "{id.lower()}"\ntitle = "{title}"\nkind = "film"\n'
        f'ids = {{ wikidata = "{id}" }}\n'
        for id, title in FILMS.items()
    )
    (tmp_path / "catalogue.toml").write_text("format = 1\n" + "".join(entries), "utf-8")
    (tmp_path / "asked").touch()
    return tmp_path


def environment() -> dict[str, str]:
    """That of the tests, in which the program is found."""
    path = os.pathsep.join(sys.path)
    return {**os.environ, "COUNTDOWN_REGION": "US", "PYTHONPATH": path}


def clear(folder: Path) -> None:
    """Make it a first time again."""
    for name in ("state", "cache", "data", "config"):
        shutil.rmtree(folder / "home" / name, ignore_errors=True)


def run(folder: Path, *words: str, before: tuple[str, ...] = ()) -> Output:
    """What the program does with *words*, called by the command *before* it."""
    return subprocess.run(
        [*before, *PROGRAM, str(folder), *words],
        capture_output=True,
        text=True,
        check=False,
        env=environment(),
    )


def check(folder: Path) -> None:
    """Whatever happened: `list` answers, the layer is whole, and the next refresh makes it so."""
    layer = folder / "home" / "state" / "countdown" / "sources" / "wikidata.toml"
    listed = run(folder, "list", "--all", "--format", "csv")
    assert (listed.returncode, listed.stderr) == (0, "")
    assert all(title in listed.stdout for title in FILMS.values())
    known = sum("2027-05-01" in line for line in listed.stdout.splitlines())
    assert known == (len(FILMS) if layer.exists() else 0)
    ran = run(folder, "refresh", "wikidata", "--force")
    assert (ran.returncode, ran.stderr) == (0, ""), ran
    found = load.read_layer(str(layer), layer.read_bytes())
    assert found.source is not None
    assert (found.source.problems, len(found.tables)) == ((), len(FILMS))
    assert [path.name for path in layer.parent.iterdir() if "draft" in path.name] == []
    assert state.read(str(layer.parents[1]))["wikidata"].error == ""


def steps(folder: Path) -> list[tuple[str, int]]:
    """Each call in a whole refresh that is about the state folder, and its number."""
    log = folder / "log"
    options = ("-o", str(log), "--decode-fds=path", f"--trace={','.join(CALLS)}")
    assert run(folder, "refresh", "wikidata", before=(*STRACE, *options)).returncode == 0
    counts: Counter[str] = Counter()
    found = []
    for line in log.read_text().splitlines():
        call = re.match(r"\d+ +(\w+)\(", line)
        if call:
            counts[call[1]] += 1
            is_change = call[1] != "openat" or "O_CREAT" in line
            if "/state/countdown" in line and is_change:
                found.append((call[1], counts[call[1]]))
    return found


@needs("strace")
def test_refresh_that_is_killed_leaves_everything_whole(folder: Path) -> None:
    """By SIGKILL, at calls that change the state folder, from the first to the last."""
    run(folder, "refresh", "wikidata")  # From here on, Python has its bytecode.
    clear(folder)
    found = steps(folder)
    assert {call for call, _ in found} >= {"pwrite64", "rename"}
    spread = found[:: len(found) // 12]  # All of them take ten minutes.
    for call, number in sample([found[-len(found) // 3]], of=spread):
        clear(folder)
        options = ("-f", "-o", "/dev/null", f"--inject={call}:signal=SIGKILL:when={number}")
        ran = run(folder, "refresh", "wikidata", before=("strace", *options))
        assert ran.returncode != 0, (call, number, ran)
        check(folder)


def test_second_of_two_refreshes_waits_for_the_first(folder: Path) -> None:
    """It says so, and then reads nothing again."""
    os.mkfifo(folder / "gate")
    terminal, end = os.openpty()
    words = [*PROGRAM, str(folder), "refresh", "wikidata"]
    with (
        subprocess.Popen(words, stdout=subprocess.PIPE, env=environment()) as first,
        (folder / "gate").open("w") as gate,  # Once the first has asked.
        subprocess.Popen(words, stdout=subprocess.PIPE, stderr=end, env=environment()) as second,
    ):
        assert b"Waiting for another countdown command" in os.read(terminal, 1_000)
        gate.close()
        (told, _), (told_later, _) = first.communicate(), second.communicate()
    os.close(terminal)
    os.close(end)
    assert (first.returncode, second.returncode) == (0, 0)
    assert b"3 read, 3 changed" in told
    assert b"Nothing changed, 3 kept" in told_later
    assert (folder / "asked").read_text().count("claims") == 1
    check(folder)


@needs("strace")
def test_answers_open_no_socket(tmp_path: Path) -> None:
    """With four layers, of which one is damaged and one needs a newer program."""
    living.put("tvmaze", living.TVMAZE, living.ARCANE)
    living.put("wikidata", living.WIKIDATA, living.DUNE)
    living.put_bytes("damaged", b"\xff\x00[[")
    living.put_bytes("newer", b'format = 99\norigin = "x"\n')
    log = tmp_path / "log"
    program = (sys.executable, "-m", "countdown")
    network = (*STRACE, "-o", str(log), "--trace=%network", *program)
    for words in (["list"], ["next"], ["show", "arcane 3"], ["prompt"]):
        ran = subprocess.run([*network, *words], capture_output=True, text=True, check=False)
        assert (ran.returncode, ran.stderr) == (0, ""), words
        assert "Arcane" in ran.stdout or words[0] != "show"
        assert "socket(" not in log.read_text(), words
