"""`countdown check`: problems first, apart from what is only written loosely, and counts last."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.shelf import Shelf
from tests.cli.test_drawing import terminal

GOOD = 'format = 1\n[[release]]\nid = "a"\ntitle = "A"\nkind = "film"\n'
LOOSE = "format = 1\n[[movie]]\nname = 'A'\n"
READINGS = """\
Understood, but not in the format (2)
x.toml:2:1: movie[0] "A": read as [[release]] id = "a", kind = "film"
x.toml:3:1: movie[0] "A": name: read as title

"""
PROBLEMS = """\
Problems (2)
x.toml:4:1: movie[0] "A": colour: unknown key; did you mean "country"?
x.toml:7:1: movie[1] "B": date: "2027-02-31": February 2027 has only 28 days

"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, without any file."""
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def test_problems_come_first_and_counts_last(shelf: Shelf, folder: Path) -> None:
    """Each part has a heading, so that both are told apart without colour.

    An entry with a mistake has both, so that one look is enough to mend it.
    """
    text = f"{LOOSE}colour = 'red'\n[[movie]]\nname = 'B'\ndate = '2027-02-31'\n"
    (folder / "x.toml").write_text(text, "utf-8")
    ran = shelf.run("check", "x.toml")
    counts = "x.toml: 2 problems, 4 parts not in the format\n"
    more = (
        'x.toml:5:1: movie[1] "B": read as [[release]] id = "b", kind = "film"\n'
        'x.toml:6:1: movie[1] "B": name: read as title\n'
    )
    readings = READINGS.replace("(2)", "(4)").rstrip() + f"\n{more}\n"
    assert ran == (3, readings, f"{PROBLEMS}{counts}")
    both = subprocess.run(
        [sys.executable, "-m", "countdown", "check", "x.toml"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert both.stdout == f"{PROBLEMS}{readings}{counts}"


def test_problems_alone_need_no_heading(shelf: Shelf, folder: Path) -> None:
    """As of a linter: a line each, and how many there are in which files."""
    good, bad = folder / "good.toml", folder / "bad.toml"
    good.write_text(GOOD, "utf-8")
    bad.write_text(f"{GOOD}colour = 1\nsize = 2\n".replace('"a"', '"b"'), "utf-8")
    ran = shelf.run("check", "good.toml", "bad.toml")
    assert (ran.code, ran.out) == (3, "")
    assert [line[:9] for line in ran.err.splitlines()[:-1]] == ["bad.toml:"] * 2
    assert ran.err.endswith("\nbad.toml: 2 problems\n")
    bad.write_text(f"{GOOD}colour = 1\n", "utf-8")
    assert shelf.run("check", "bad.toml").err.endswith("\nbad.toml: 1 problem\n")


def test_all_problems_are_counted_though_not_all_are_shown(shelf: Shelf, folder: Path) -> None:
    """The count is of them, not of lines."""
    text = GOOD + "".join(f"key{number} = 1\n" for number in range(120))
    (folder / "x.toml").write_text(text, "utf-8")
    lines = shelf.run("check", "x.toml").err.splitlines()
    assert lines[-2:] == ["x.toml: and 20 more problems", "x.toml: 120 problems"]


def test_loose_file_without_problems_is_counted(shelf: Shelf, folder: Path) -> None:
    """Below how it is read."""
    (folder / "x.toml").write_text(LOOSE, "utf-8")
    counts = "x.toml: 1 release, no problems, 2 parts not in the format\n"
    assert shelf.ran("check", "x.toml") == (0, f"{READINGS}{counts}", "")
    (folder / "x.toml").write_text(GOOD.replace("title", "name"), "utf-8")
    assert shelf.ran("check", "x.toml").out.endswith("no problems, 1 part not in the format\n")


def test_terminal_has_the_same_order(folder: Path) -> None:
    """With what to do about it below."""
    (folder / "my films.toml").write_text(LOOSE, "utf-8")
    *lines, hint = filter(None, terminal("check", "my films.toml", width=200)[1])
    assert lines == [
        *READINGS.replace("x.toml", "my films.toml").splitlines()[:-1],
        "✓ No problems in 1 release, 2 parts not in the format",
        "  my films.toml",
    ]
    assert hint.startswith("To write it in the format: ")
    assert hint.endswith(' countdown check --fix "my films.toml"')


def test_command_that_writes_the_format_fits_the_file(shelf: Shelf, folder: Path) -> None:
    """One's own catalogue needs no name; nothing changes a pipe, or two files at once."""
    shelf.write(LOOSE)
    variables = {"COUNTDOWN_CATALOGUE": ""}
    assert " countdown check --fix" in [
        line[-len(" countdown check --fix") :]
        for line in terminal("check", width=200, variables=variables)[1]
    ]
    (folder / "a.toml").write_text(LOOSE, "utf-8")
    (folder / "b.toml").write_text(LOOSE.replace("A", "B"), "utf-8")
    for words in (("a.toml", "b.toml"), ("/dev/fd/0",)):
        source = ["sh", "-c", 'exec "$0" -m countdown check "$@" <a.toml', sys.executable, *words]
        shown = subprocess.run(source, capture_output=True, text=True, check=True)
        assert "--fix" not in shown.stderr + shown.stdout
