"""Real processes: a refresh that is killed, two at once, and who asks nobody."""

import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest

from countdown import paths
from countdown.catalogue import load
from countdown.refresh import network, state
from tests.cli import living
from tests.cli.conftest import runner
from tests.programs import needs
from tests.refresh.refresher import FILMS, opened
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
    """That of the tests, in which the program is found, and makes the same calls each time."""
    path = os.pathsep.join(sys.path)
    same = {"PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1"}
    return {**os.environ, "COUNTDOWN_REGION": "US", **same}


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


@pytest.fixture
def check(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[[], None]:
    """Checks that, whatever happened, `list` answers, and the next refresh makes the layer whole.

    They run in this process, with the same catalogue and providers.
    """
    program = runner(capsys)
    monkeypatch.setattr(sys, "argv", [str(folder)])
    monkeypatch.setattr(paths, "shipped", lambda name: str(folder / "catalogue.toml"))
    monkeypatch.setattr(network, "open_fetcher", opened)
    monkeypatch.setenv("COUNTDOWN_REGION", "US")

    def checked() -> None:
        layer = folder / "home" / "state" / "countdown" / "sources" / "wikidata.toml"
        had_layer = layer.exists()
        listed = program("list", "--all", "--format", "csv")
        assert (listed.code, listed.err) == (0, "")
        assert all(title in listed.out for title in FILMS.values())
        known = sum("2027-05-01" in line for line in listed.out.splitlines())
        assert known == (len(FILMS) if had_layer else 0)
        ran = program("refresh", "wikidata", "--force")
        assert (ran.code, ran.err) == (0, ""), ran
        found = load.read_layer(str(layer), layer.read_bytes())
        assert found.source is not None
        assert (found.source.problems, len(found.tables)) == ((), len(FILMS))
        assert [path.name for path in layer.parent.iterdir() if "draft" in path.name] == []
        assert state.read(str(layer.parents[1]))["wikidata"].error == ""

    return checked


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
def test_refresh_that_is_killed_leaves_everything_whole(
    folder: Path, check: Callable[[], None]
) -> None:
    """By SIGKILL, at calls that change the state folder, from the first to the last."""
    found = steps(folder)
    assert {call for call, _ in found} >= {"pwrite64", "rename"}
    spread = found[:: len(found) // 12]  # All of them take ten minutes.
    for call, number in sample([found[-len(found) // 3]], of=spread):
        clear(folder)
        options = ("-f", "-o", "/dev/null", f"--inject={call}:signal=SIGKILL:when={number}")
        ran = run(folder, "refresh", "wikidata", before=("strace", *options))
        assert ran.returncode != 0, (call, number, ran)
        check()


def test_second_of_two_refreshes_waits_for_the_first(
    folder: Path, check: Callable[[], None]
) -> None:
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
    check()


# A process for each answer, out of one that has loaded what they share; the catalogue is FOLDER's.
ANSWERS: Final = """
import os, sys
from countdown import paths
from countdown.cli import options, output
from countdown.entry import main

folder = sys.argv[1]
paths.shipped = lambda name: f"{folder}/catalogue.toml"
for words in (["list"], ["next"], ["show", "arcane 3"], ["prompt"]):
    if not os.fork():
        sys.argv = ["countdown", *words]
        sys.exit(main())
    assert os.wait()[1] == 0, words
    if words != ["prompt"]:
        print("--", flush=True)
"""


@needs("strace")
def test_answers_open_no_socket(folder: Path) -> None:
    """With four layers, of which one is damaged and one needs a newer program."""
    living.put("tvmaze", living.TVMAZE, living.ARCANE)
    living.put("wikidata", living.WIKIDATA, living.DUNE)
    living.put_bytes("damaged", b"\xff\x00[[")
    living.put_bytes("newer", b'format = 99\norigin = "x"\n')
    log = folder / "log"
    program = (sys.executable, "-c", ANSWERS, str(folder))
    traced = (*STRACE, "-o", str(log), "--trace=%network", *program)
    ran = subprocess.run(traced, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, "")
    listed, following, shown, prompt = ran.stdout.split("--\n")
    assert listed
    assert following
    assert prompt
    assert "Arcane" in shown
    assert "socket(" not in log.read_text()
