"""Mistakes in the user's own catalogue are left out, reported in one line, and stop nothing."""

import json
from pathlib import Path
from typing import Final

import pytest

from countdown import paths
from countdown.catalogue import snapshots
from countdown.errors import CATALOGUE, NOTHING_FOUND
from countdown.toml import parse
from tests.cli.shelf import Shelf
from tests.thorough import pairs

pytestmark = pytest.mark.usefixtures("without_shells")

GOOD: Final = """\
format = 1
[[release]]
id = "ours"
title = "Ours"
kind = "short"
date = 2027-01-03
"""
LINES: Final = {
    "unreadable": "Your catalogue can't be read, so it's left out. To see why: countdown check\n",
    "newer": "Your catalogue needs a newer countdown. To see why: countdown check\n",
    "entry": "An entry in your catalogue is left out. To see why: countdown check\n",
    "entries": "2 entries in your catalogue are left out. To see why: countdown check\n",
    "key": "A key in your catalogue is ignored. To see why: countdown check\n",
    "keys": "2 keys in your catalogue are ignored. To see why: countdown check\n",
}
WHOLE: Final = {  # files of which nothing can be used
    "no TOML": (b"format = [\n", "unreadable"),
    "no UTF-8": (b"format = 1\n# \xff\n", "unreadable"),
    "nested": (b"format = 1\na = " + b"[" * 9999, "unreadable"),
    "a format of no time": (b'format = "one"\n', "unreadable"),
    "no list of releases": (b"format = 1\nrelease = 7\n", "unreadable"),
    "newer": (b"format = 3\n[[film]]\nname = 'X'\n", "newer"),
}
COMMANDS: Final = (
    (),
    ("list", "--all"),
    ("list", "--json"),
    ("list", "nothing-of-that-name"),
    ("next",),
    ("status",),
    ("show", "dune-3"),
    ("show", "ours"),
    ("dune",),
    ("actor", "zendaya"),
    ("search", "dune"),
    ("follow",),
    ("follow", "zendaya"),
    ("news",),
    ("news", "--mine"),
    ("remind", "--dry-run"),
)


@pytest.mark.parametrize(("words", "whole"), pairs(COMMANDS, [*WHOLE]))
def test_commands_answer_without_a_catalogue_that_cannot_be_read(
    words: tuple[str, ...], whole: str, shelf: Shelf
) -> None:
    """With the same answer and exit code as if it wasn't there, and a line on stderr."""
    data, line = WHOLE[whole]
    without = shelf.run(*words)
    shelf.run("unfollow", "zendaya")
    shelf.path.parent.mkdir(parents=True)
    shelf.path.write_bytes(data)
    ran = shelf.run(*words)
    assert (ran.code, ran.out) == (without.code, without.out)
    assert ran.err == without.err + LINES[line]


@pytest.mark.parametrize(
    "words",
    [
        *(("prompt",), ("prompt", "--followed"), ("config", "list"), ("help",), ("version",)),
        *(("init", "bash"), ("doctor",), ("undo",), ("redo",)),
    ],
    ids=" ".join,
)
def test_prompts_and_what_needs_no_catalogue_say_nothing(
    words: tuple[str, ...], shelf: Shelf
) -> None:
    """A prompt would repeat it at every command."""
    before = shelf.run(*words).code
    shelf.write("format = [\n")
    ran = shelf.run(*words)
    assert ran.code == before
    assert "left out" not in ran.err


def test_doctor_tells_it(shelf: Shelf) -> None:
    """Also of what went with a new version of the program."""
    shelf.write("format = [\n")
    assert (
        "Your catalogue can't be read, so it's left out. Run: countdown check"
        in shelf.ran("doctor").out
    )
    shelf.write("format = 1\n[[release]]\nid = 'gone'\nstage = 'filming'\n")
    out = shelf.ran("doctor").out
    what = "Your catalogue refers to a release that doesn't exist any more."
    assert f"{what} Run: countdown check" in out


@pytest.mark.parametrize(
    "table",
    [
        "id = 'x'\ntitle = 'X'\nkind = 'flim'\n",
        "id = 'x'\ntitle = 'X'\nkind = 'film'\ndate = 'soon'\n",
        "id = 'x'\ntitle = 'X'\nkind = 'film'\ndates = [{ date = 2027-01-01, regoin = 'BR' }]\n",
        "id = 'x'\ntitle = 'X'\nkind = 'film'\nmoves = [{ form = 2027-01-01, to = 2027 }]\n",
        "id = 'x'\ntitle = { a = 1 }\nkind = 'film'\n",
        "id = 'X Y'\ntitle = 'X'\nkind = 'film'\n",
        "id = { a = 1 }\ntitle = 'X'\nkind = 'film'\n",
        "title = 'X'\nkind = { a = 1 }\n",
        "id = 'ours'\ntitle = 'X'\nkind = 'film'\n",
    ],
)
def test_entry_with_a_wrong_value_is_left_out_alone(table: str, shelf: Shelf) -> None:
    """All others stay."""
    shelf.write(GOOD)
    good = shelf.ran("list", "--all")
    shelf.write(f"{GOOD}[[release]]\n{table}")
    assert shelf.ran("list", "--all") == (0, good.out, LINES["entry"])
    assert shelf.run("check").code == CATALOGUE


@pytest.mark.parametrize("value", ["date = 'soon'", "hidden = 7", "title = { a = 1 }", "dates = 3"])
def test_overlay_with_a_wrong_value_leaves_the_release_as_shipped(value: str, shelf: Shelf) -> None:
    """No half of it counts."""
    before = shelf.ran("show", "dune-3", "--json").out
    shelf.write(f"format = 1\n[[release]]\nid = 'dune-3'\nstage = 'filming'\n{value}\n")
    assert shelf.ran("show", "dune-3", "--json") == (0, before, LINES["entry"])


@pytest.mark.parametrize(
    "keys",
    [
        "colour = 'red'",
        "cast = [{ name = 'Me', rol = 'You' }]\ncolor.red = 1",
        "ids = { imdb = 'tt1', imbd = 'tt2' }",
        "sources = ['https://x.y', { url = 'https://x.z', dat = 2026 }]",
    ],
)
def test_unknown_key_is_left_out_and_its_entry_stays(keys: str, shelf: Shelf) -> None:
    """Also deep in it, and over a shipped release."""
    number = 2 if "color" in keys else 1
    line = LINES["keys" if number == 2 else "key"]
    shelf.write(f"{GOOD}{keys}\n")
    ran = shelf.ran("list")
    assert "Ours\t" in ran.out
    assert ran.err == line
    shelf.write(f"format = 1\n[[release]]\nid = 'dune-3'\ntitle = 'Dune 3'\n{keys}\n")
    ran = shelf.ran("list")
    assert "Dune 3\t" in ran.out
    assert ran.err == line


def test_unknown_key_of_the_file_is_left_out(shelf: Shelf) -> None:
    """And so is a day of checking that is none."""
    shelf.write(GOOD.replace("format = 1", "format = 1\nmood = 'good'\nchecked = 'soon'"))
    ran = shelf.ran("list")
    assert "Ours\t" in ran.out
    assert ran.err == LINES["keys"]


def test_circle_and_what_follows_an_entry_that_is_left_out(shelf: Shelf) -> None:
    """A key of the user makes the circle; without it, the rest stands."""
    shelf.write(
        f"{GOOD}sequel_to = 'two'\n"
        "[[release]]\nid = 'two'\ntitle = 'Two'\nkind = 'film'\nsequel_to = 'ours'\n"
        "[[release]]\nid = 'three'\ntitle = 'Three'\nkind = 'film'\nsequel_to = 'two'\n"
    )
    ran = shelf.ran("list", "--all")
    assert [name in ran.out for name in ("Ours\t", "Two\t", "Three\t")] == [True] * 3
    assert ran.err == LINES["key"]


def test_many_mistakes_are_counted(shelf: Shelf) -> None:
    """Each entry once; `check` has them all."""
    shelf.write(
        f"{GOOD}[[release]]\nid = 'x'\nkind = 'flim'\nstage = 'x'\n"
        "[[release]]\nkind = 'flim'\ntitle = 'Y'\nage = 3\n"
    )
    assert shelf.ran("list").err == LINES["entries"]
    assert len(shelf.run("check").err.splitlines()) >= 3


def test_what_refers_to_a_release_that_is_gone_stops_nothing(shelf: Shelf) -> None:
    """It's nobody's mistake, so only `check`, `doctor` and `mine` tell it."""
    shelf.write(
        f"{GOOD}sequel_to = 'gone'\n[[release]]\nid = 'gone'\nstage = 'filming'\n"
        "[[release]]\nid = 'hidden-one'\nhidden = true\n"
    )
    ran = shelf.ran("show", "ours")
    assert ran.err == ""
    assert "gone" not in ran.out
    told = shelf.run("check")
    assert told.code == CATALOGUE
    assert 'there\'s no release "gone" to change' in told.err
    out = shelf.ran("mine").out
    assert 'there\'s no release "gone" to change' in out
    for words in (
        ("add", "New"),
        ("edit", "ours", "--stage", "filming"),
        ("hide", "gone"),
        ("unhide", "gone"),
        ("unhide", "hidden-one"),
    ):
        shelf.ran(*words)
    assert [release["id"] for release in shelf.releases] == ["ours", "gone", "new"]
    shelf.ran("remove", "gone")


def test_number_that_python_cannot_write_stops_no_other_change(shelf: Shelf) -> None:
    """It is a mistake of its own entry, however long it is."""
    digits = "f" * 5_000
    big = f"[[release]]\nid = 'big'\ntitle = 'Big'\nkind = 'season'\nseason = 0x{digits}\n"
    shelf.write(f"{GOOD}{big}")
    shelf.ran("add", "New")
    assert digits in shelf.text
    assert shelf.ran("list").err == LINES["entry"]


def test_orphan_with_a_similar_id_is_told_of_it(shelf: Shelf) -> None:
    """It may be a slip of the fingers."""
    shelf.write("format = 1\n[[release]]\nid = 'dune-33'\nstage = 'filming'\n")
    assert 'to change; did you mean "dune-3"?' in shelf.run("check").err


def test_file_that_is_named_is_read_strictly(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    """By an option, a variable, or `check`, the user's own file too."""
    shelf.write(f"{GOOD}colour = 1\n")
    own = str(shelf.path)
    assert shelf.refused("--catalogue", own, "list", code=CATALOGUE).startswith(f"{own}:7:1: ")
    assert shelf.refused("check", code=CATALOGUE).startswith(f"{own}:7:1: ")
    assert shelf.refused("check", own, code=CATALOGUE).startswith(f"{own}:7:1: ")
    monkeypatch.setenv("COUNTDOWN_CATALOGUE", own)
    assert shelf.refused("list", code=CATALOGUE).startswith(f"{own}:7:1: ")


def test_mistake_in_the_shipped_catalogue_is_not_the_users(shelf: Shelf) -> None:
    """It is reported as it is, whatever else is wrong."""
    shelf.write("format = 1\ncolour = 1\n")
    Path(paths.shipped("")).write_text("format = 1\nshipped = 2\n", "utf-8")
    ran = shelf.run("list")
    assert ran.code == CATALOGUE
    assert "shipped.toml:2:1: shipped: unknown key" in ran.err
    assert shelf.refused("add", "New", code=CATALOGUE)
    assert "The catalogue has problems." in shelf.ran("doctor").out


def test_line_is_told_again_without_reading_the_file_again(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The index remembers it."""
    shelf.write(f"{GOOD}colour = 1\n")
    first = shelf.ran("list")
    with monkeypatch.context() as patch:
        patch.delattr(parse, "parse_toml")
        assert shelf.ran("list") == first
    shelf.write(GOOD)
    assert shelf.ran("list") == (0, first.out, "")


def test_json_is_the_same_beside_the_line(shelf: Shelf) -> None:
    """Programs read stdout."""
    shelf.write(GOOD)
    good = json.loads(shelf.ran("list", "--json").out)
    shelf.write(f"{GOOD}colour = 1\n")
    ran = shelf.ran("list", "--json")
    assert json.loads(ran.out) == good
    assert ran.err == LINES["key"]


def test_undo_mends_a_file_that_its_change_has_broken(shelf: Shelf) -> None:
    """As one that a newer version wrote: nothing of it need be understood."""
    shelf.write(GOOD)
    folder = snapshots.folder_in(paths.state_folder() or "")
    newer = GOOD.replace("format = 1", "format = 3").encode()
    snapshots.save_and_replace(
        folder, snapshots.CATALOGUE, str(shelf.path), newer, before=GOOD.encode(), command="add X"
    )
    assert shelf.ran("list").err == LINES["newer"]
    shelf.ran("undo")
    assert shelf.text == GOOD
    assert shelf.ran("list").err == ""
    shelf.ran("redo")
    assert shelf.ran("list").err == LINES["newer"]


def test_editor_opens_a_broken_file(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is the way to mend it; an orphan doesn't keep it from being saved."""
    orphan = "[[release]]\nid = 'gone'\nstage = 'filming'\n"
    shelf.write(f"{GOOD}colour = [\n{orphan}")

    def mend(*, filename: str) -> None:
        draft = Path(filename)
        draft.write_text(draft.read_text("utf-8").replace("colour = [\n", ""), "utf-8")

    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("click.edit", mend)
    shelf.ran("edit")
    assert shelf.text == GOOD + orphan
    assert shelf.run("list", "nothing-of-that-name").code == NOTHING_FOUND
