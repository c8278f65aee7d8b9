"""`countdown check --fix`: it shows the change, asks, writes once, and loses nothing."""

from io import StringIO
from pathlib import Path

import pytest

from countdown.toml import merge
from tests.cli.shelf import Shelf

LOOSE = "# mine\n[[movie]]\ntitle = 'Nobody Knows' # n\nactors = 'Ana as Iris'\n"
FIXED = (
    'format = 1\n\n# mine\n[[release]]\nid = "nobody-knows"\nkind = "film"\n'
    'title = \'Nobody Knows\' # n\ncast = [{ name = "Ana", role = "Iris" }]\n'
)


def test_ones_own_catalogue_is_fixed_and_undone(shelf: Shelf) -> None:
    """Its releases are those that were read before; then nothing is left to fix."""
    shelf.write(LOOSE)
    out = shelf.ran("check", "--fix", "--yes").out
    assert "-actors = 'Ana as Iris'\n" in out
    assert out.endswith(f"Fixed {shelf.path}\n") or "Fixed " in out
    assert shelf.text == FIXED
    assert "is in the format already" in shelf.ran("check", "--fix").out
    shelf.ran("undo")
    assert shelf.text == LOOSE


def test_nothing_is_written_that_nobody_agreed_to(shelf: Shelf) -> None:
    """Without a terminal to ask at, and with --dry-run, the change is only shown."""
    shelf.write(LOOSE)
    ran = shelf.run("check", "--fix")
    assert (ran.code, ran.err) == (
        2,
        "Nothing was changed. To write this without being asked, add --yes.\n",
    )
    assert "+format = 1\n" in shelf.ran("check", "--fix", "--dry-run").out
    assert shelf.text == LOOSE


def test_another_file_gets_a_copy_of_what_it_was(shelf: Shelf, tmp_path: Path) -> None:
    """An older copy is never lost."""
    path, copy = tmp_path / "x.toml", tmp_path / "x.toml.bak"
    path.write_text(LOOSE, "utf-8")
    shelf.ran("check", "--fix", "--yes", str(path))
    assert (path.read_text("utf-8"), copy.read_text("utf-8")) == (FIXED, LOOSE)
    path.write_text(LOOSE.replace("Ana", "Lee"), "utf-8")
    assert "is there already" in shelf.refused("check", "--fix", "--yes", str(path), code=2)
    assert copy.read_text("utf-8") == LOOSE


def test_file_with_two_meanings_is_not_fixed(shelf: Shelf, tmp_path: Path) -> None:
    """Not even the rest of it."""
    path = tmp_path / "x.toml"
    path.write_text(f"{LOOSE}release_date = '01/02/2027'\n", "utf-8")
    message = shelf.refused("check", "--fix", "--yes", str(path), code=3)
    assert 'release_date: "01/02/2027": that can be 1 February or 2 January' in message
    assert message.endswith("Nothing was changed.\n")
    assert [*tmp_path.glob("*.bak")] == []


def test_there_may_be_no_catalogue_to_fix(shelf: Shelf) -> None:
    """That is no error."""
    assert shelf.ran("check", "--fix").out == "Nothing to fix: you have no catalogue yet.\n"


@pytest.mark.parametrize(
    "words",
    [
        ("--fix", "a.toml", "b.toml"),
        ("--fix", "-"),
        ("--yes",),
        ("--dry-run",),
        ("--fix", "--stale"),
    ],
)
def test_options_without_a_meaning_are_refused(shelf: Shelf, words: tuple[str, ...]) -> None:
    """With what to do."""
    assert shelf.refused("check", *words, code=2)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("movie = [{ title = 'Nobody Knows', released = false }]\n", ()),
        ("[[movie]]\ntitle = 'Nobody Knows'\ndates = [ # why\n  'TBA', # when\n]\n", ("# why",)),
        (
            "[[movie]]\ntitle = 'Nobody Knows'\n"
            "dates = ['TBA', { US = '2027-06-11', BR = '2027-06-10' }]\n",
            ('region = "US"', 'region = "BR"'),
        ),
    ],
)
def test_entry_that_can_not_be_changed_in_place_is_written_anew(
    text: str, kept: tuple[str, ...], shelf: Shelf
) -> None:
    """With its comments; then nothing is left to fix."""
    shelf.write(text)
    shelf.ran("check", "--fix", "--yes")
    assert shelf.last["title"] == "Nobody Knows"
    assert all(part in shelf.text for part in kept)
    assert "is in the format already" in shelf.ran("check", "--fix").out


def test_result_that_says_something_else_is_not_written(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor one that can't be read."""
    shelf.write("movie = [{ title = 'Nobody Knows', released = false }]\n")
    for made in ("[[\n", "[[release]]\nid = 'x'\n"):
        monkeypatch.setattr(merge, "format_table", lambda *_, made=made, **__: made)
        assert "Change it by hand." in shelf.refused("check", "--fix", "--yes", code=3)


@pytest.mark.parametrize(("answer", "is_written"), [("y", True), ("", True), ("n", False)])
def test_user_is_asked_before_it_is_written(
    answer: str, is_written: bool, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a terminal; no is an answer, too."""
    shelf.write(LOOSE)
    monkeypatch.setattr("sys.stdin", StringIO(f"{answer}\n"))
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    ran = shelf.run("check", "--fix")
    assert "Write this?" in ran.out + ran.err
    assert ran.code == (0 if is_written else 1)
    assert shelf.text == (FIXED if is_written else LOOSE)
