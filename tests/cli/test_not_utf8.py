"""Bytes that aren't UTF-8 in any word or variable give an answer or an error message."""

import io
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import click
import pytest

from countdown.cli.group import COMMANDS, root
from countdown.entry import main
from tests.cli.shelf import Shelf
from tests.thorough import sample

BYTES: Final = os.fsdecode(b"caf\xe9")
ARGUMENTS: Final = {  # what an option stands behind, where a command wants something
    "add": ["Title", "--dry-run"],
    "edit": ["thor-5", "--dry-run"],
    **{key: ["thor-5", "--dry-run"] for key in ("remove", "hide", "unhide")},
    "init": ["bash"],
    **{key: ["thor"] for key in ("show", "actor", "search", "follow", "unfollow")},
}
SETTINGS: Final = ("region", "timezone", "date_style", "format", "prompt.format", "follow.person")
VARIABLES: Final = (
    *("COUNTDOWN_TODAY", "COUNTDOWN_REGION", "COUNTDOWN_TIMEZONE", "COUNTDOWN_CATALOGUE", "TZ"),
    *("LANG", "LC_ALL", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME"),
    *("HOME", "EDITOR", "TERM", "COLUMNS", "NO_COLOR", "PATH"),
)
ASKED: Final = (
    *("list", "list --format table", "prompt", "prompt --cache-file", "prompt --count 2"),
    *(
        "init bash",
        "config",
        "add Title",
        "undo",
        "news",
        "remind",
        "mine",
        "check",
        "edit",
        "config edit",
    ),
    *("_complete bash show t", "follow", "follow zendaya"),
)


@pytest.fixture(autouse=True)
def settled(shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An index, an editor that changes nothing, no shell to start, and a folder to write into."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("EDITOR", "true")
    monkeypatch.setattr("countdown.cli.shell_checks.installed_shells", list)
    shelf.ran("list")


def calls(name: str) -> Iterator[list[str]]:
    """The command of that *name* with such bytes as each of its arguments and options."""
    command = root.get_command(click.Context(root), name)
    assert command is not None
    yield from ([name, BYTES], [name, BYTES, BYTES], [name, BYTES, "2028"])
    for option in (param for param in command.params if isinstance(param, click.Option)):
        if not option.is_flag:
            for spelt in option.opts:
                yield [name, *ARGUMENTS.get(name, ()), spelt, BYTES]
                yield [name, *ARGUMENTS.get(name, ()), f"{spelt}={BYTES}"]
    if name == "config":
        yield from ([name, "get", BYTES], [name, "unset", BYTES])
        yield from ([name, "set", key, BYTES] for key in SETTINGS)
    if name == "init":
        yield from (["_complete", "bash", *words] for words in (["show", BYTES], [BYTES, ""]))


def call(words: list[str]) -> tuple[int, bytes]:
    """The exit code and the answer of the program, called in this process, on its short way too."""
    out = io.BytesIO()
    with pytest.MonkeyPatch.context() as patch, io.TextIOWrapper(out, "utf-8") as text:
        patch.setattr("sys.argv", ["countdown", *words])
        patch.setattr("sys.stdout", text)
        return main(), out.getvalue()


@pytest.mark.parametrize("name", ["", *COMMANDS])
def test_they_are_a_word_like_any_other(
    name: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may be found, or it is not; nothing is sent to a terminal that is no text."""
    monkeypatch.setenv("COUNTDOWN_OFFLINE", "1")
    every = [*calls(name)] if name else [[BYTES], ["--" + BYTES], ["list", "--" + BYTES]]
    for words in sample(every[:: 3 if name else 1], of=every):
        code, out = call(words)
        assert code in (0, 1, 2, 3, 4), words
        assert out or code or name == "prompt", words
        assert "\udce9" not in capsys.readouterr().err, words
        assert name == "init" or b"\xe9" not in out.replace("é".encode(), b""), words


@pytest.mark.parametrize("variable", VARIABLES)
def test_they_are_a_variable_like_any_other(
    variable: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where it names a folder, which may well be there."""
    for value in (BYTES, str(tmp_path / BYTES)):
        for words in sample(ASKED[VARIABLES.index(variable) % 3 :: 3], of=ASKED):
            with monkeypatch.context() as patch:
                patch.setenv(variable, value)
                assert call(words.split())[0] in (0, 1, 2, 3), words


def test_catalogue_of_such_a_name_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """As by any program that opens files by their bytes."""
    path = tmp_path / BYTES
    path.write_text('format = 1\n[[release]]\nid = "thor-9"\ntitle = "Thor 9"\nkind = "film"\n')
    monkeypatch.setenv("COUNTDOWN_CATALOGUE", str(path))
    for words in (*ASKED, "show thor", "list --json", "status"):
        assert call(words.split())[0] in (0, 1), words
        assert "\udce9" not in capsys.readouterr().err
    assert b"Thor 9" in call(["list"])[1]
