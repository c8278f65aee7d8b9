"""`countdown check --fix`: shown, asked, written once, and never lost."""

from pathlib import Path

import pytest

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
