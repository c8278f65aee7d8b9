"""Messages of commands that can't change the user's own catalogue, and leave it alone."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest

from countdown import paths
from countdown.errors import CATALOGUE, NOTHING_FOUND, USAGE
from tests.cli.conftest import Countdown
from tests.thorough import pairs

pytestmark = pytest.mark.usefixtures("parsed_once")

ENTRY: Final = b'format = 1\n\n[[release]]\nid = "a"\ntitle = "A"\nkind = "film"\n'
COMMANDS: Final = {
    "add": ("add", "B", "--date", "2030"),
    "edit": ("edit", "a", "--stage", "filming"),
    "edit --date": ("edit", "a", "--date", "2030"),
    "remove": ("remove", "a"),
    "hide": ("hide", "a"),
}
COMMAND: Final = pytest.mark.parametrize("words", COMMANDS.values(), ids=COMMANDS)


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """The user's own catalogue, with one release."""
    path = Path(paths.user_catalogue() or "")
    path.parent.mkdir(parents=True)
    path.write_bytes(ENTRY)
    return path


BROKEN: Final = {
    "invalid UTF-8": (ENTRY + b"# caf\xe9\n", ":7:6: byte 0xe9 is not UTF-8"),
    "UTF-16": (ENTRY.decode().encode("utf-16"), ":1:1: byte 0xff is not UTF-8"),
    "a NUL": (ENTRY + b"# \x00\n", ":7:3: "),
    "a lone CR": (ENTRY + b"# one\rtwo\n", ":7:6: "),
    "cut short": (ENTRY[:-4], ":6:"),
    "zeros": (bytes(4096), ":1:1: "),
    "of the future": (b"format = 99\n", ":1:1: format: format 99 needs"),
}


@pytest.mark.parametrize(("broken", "name"), pairs([*BROKEN], ["add", "hide"]))
def test_catalogue_with_problems_is_left_alone(
    broken: str, name: str, mine: Path, shipped: Countdown
) -> None:
    """And each has its line; the last one says that nothing was changed."""
    (data, told), words = BROKEN[broken], COMMANDS[name]
    mine.write_bytes(data)
    ran = shipped(*words)
    assert (ran.code, ran.out) == (CATALOGUE, "")
    assert ran.err.startswith(f"{mine}{told}")
    assert ran.err.endswith("\nNothing was changed.\n")
    assert len(ran.err.splitlines()) == 2
    assert mine.read_bytes() == data
    assert os.listdir(mine.parent) == [mine.name]
    mine.write_bytes(ENTRY)
    assert shipped(*words).code == 0


def pipe(path: Path) -> None:
    """A reader of it waits forever."""
    os.mkfifo(path)


def device(path: Path) -> None:
    """It never ends."""
    path.symlink_to("/dev/zero")


def huge(path: Path) -> None:
    """A file larger than the limit."""
    path.touch()
    os.truncate(path, 300 * 1024**2)


ODD: Final = {
    Path.mkdir: "Not a regular file",
    pipe: "Not a regular file",
    device: "Not a regular file",
    huge: "Too large (the limit is 256 MiB)",
}


@pytest.mark.parametrize(
    ("words", "make"), pairs([*COMMANDS.values(), ("undo",), ("redo",), ("edit",)], [*ODD])
)
def test_what_is_no_catalogue_at_all_is_left_alone(
    make: Callable[[Path], None], words: tuple[str, ...], mine: Path, shipped: Countdown
) -> None:
    """Nobody waits for it, or reads it first."""
    mine.unlink()
    make(mine)
    ran = shipped(*words)
    assert (ran.code, ran.out) == (CATALOGUE, "")
    assert ran.err == f"{mine}: {ODD[make]}. Nothing was changed.\n"
    assert os.listdir(mine.parent) == [mine.name]


KEPT: Final = {
    "CR LF": (ENTRY.replace(b"\n", b"\r\n"), ""),
    "one CR LF": (
        ENTRY.replace(b'"A"\n', b'"A"\r\n'),
        ":5: ends in CR LF, unlike others, which is kept",
    ),
    "a byte-order mark": (
        b"\xef\xbb\xbf" + ENTRY,
        ":1:1: starts with a byte-order mark, which is kept",
    ),
}


@pytest.mark.parametrize(("name", "unusual"), pairs([*COMMANDS], [*KEPT]))
def test_what_is_unusual_is_told_and_kept(
    name: str, unusual: str, mine: Path, shipped: Countdown
) -> None:
    """In every line that was there; what is new goes with the rest."""
    words, (data, told) = COMMANDS[name], KEPT[unusual]
    mine.write_bytes(data)
    ran = shipped(*words)
    after = mine.read_bytes()
    is_gone = words[0] == "remove" and b"\r" not in after and b"\r" in data
    assert (ran.code, ran.err) == (0, f"{mine}{told}\n" if told and not is_gone else "")
    if words[0] != "remove":
        assert after.startswith(data[: data.index(b'kind = "film"')])
    assert after[:3] == data[:3]
    if data.count(b"\r\n") == data.count(b"\n"):
        assert after.count(b"\r\n") == after.count(b"\n")
    assert shipped("undo").code == 0
    assert mine.read_bytes() == data


@pytest.mark.parametrize("words", [*COMMANDS.values(), ("undo",), ("edit",)], ids=" ".join)
def test_no_home_is_told(
    words: tuple[str, ...], shipped: Countdown, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There is no place for a catalogue then."""
    for name in ("HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, "")
    ran = shipped(*words)
    assert (ran.code, ran.out) == (USAGE, "")
    assert ran.err == "There's no home folder for your catalogue. Set HOME.\n"


@COMMAND
def test_change_by_others_meanwhile_is_told_in_a_line(
    words: tuple[str, ...], mine: Path, shipped: Countdown, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And theirs stays; said again, the command goes on from there."""
    theirs = b"# theirs\n" + ENTRY
    sync = os.fsync

    def meddling(handle: int) -> None:
        sync(handle)
        mine.write_bytes(theirs)

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", meddling)
        ran = shipped(*words)
    what = "Another program changed it at the same time. Nothing was changed. Try again."
    assert (ran.code, ran.out, ran.err) == (CATALOGUE, "", f"{mine}: {what}\n")
    assert mine.read_bytes() == theirs
    assert shipped(*words).code == 0
    assert mine.read_bytes().startswith(b"# theirs\n")


@COMMAND
def test_disk_that_fails_is_told_in_a_line(
    words: tuple[str, ...], mine: Path, shipped: Countdown, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the file where it did."""

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        ran = shipped(*words)
    told = f"{mine}: No space left on device. Nothing was changed.\n"
    assert (ran.code, ran.out, ran.err) == (CATALOGUE, "", told)
    assert mine.read_bytes() == ENTRY
    assert shipped(*words).code == 0


def test_own_edit_meanwhile_changed_is_kept_as_a_draft(
    mine: Path, shipped: Countdown, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Nobody's work is lost: neither theirs nor what was typed."""
    editor = tmp_path / "editor"
    editor.write_text(f'#!/bin/sh\necho "# typed" >>"$1"\necho "# theirs" >>{mine}\n')
    editor.chmod(0o755)
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", str(editor))
    ran = shipped("edit")
    assert (ran.code, ran.out) == (CATALOGUE, "")
    first, second = ran.err.splitlines()
    assert first.endswith(". Nothing was changed. Try again.")
    assert second.startswith("Your draft is kept: ")
    assert Path(second.partition(": ")[2]).read_bytes() == ENTRY + b"# typed\n"
    assert mine.read_bytes() == ENTRY + b"# theirs\n"


def test_nothing_to_undo_is_told(shipped: Countdown, tmp_path: Path) -> None:
    """In a home that has never been written to."""
    ran = shipped("undo")
    assert (ran.code, ran.out, ran.err) == (NOTHING_FOUND, "", "There's nothing to undo.\n")
