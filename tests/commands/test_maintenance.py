"""`check --stale` and `check --coverage`, for maintainers of a catalogue."""

from pathlib import Path

import pytest

from tests.cli.conftest import Countdown
from tests.cli.shelf import Shelf

ROOT = Path(__file__).parents[2]
FRESH = 'format = 1\n[[release]]\nid = "a"\ntitle = "A"\nkind = "film"\nchecked = 2026-11-20\n'


def test_stale_entries_of_a_file_are_told_with_their_lines(
    shipped: Countdown, tmp_path: Path
) -> None:
    """Exit code 1, as of a linter; how many there are goes to stderr."""
    path = tmp_path / "c.toml"
    path.write_text(FRESH.replace("2026-11-20", "2026-01-02"), encoding="utf-8")
    ran = shipped("check", "--stale", str(path))
    line = f'{path}:6:1: release[0] "A": was last checked 324 days ago'
    assert ran == (1, f"{line}\n", "1 thing to look at again.\n")
    path.write_text(FRESH.replace("2026-11-20", "2026-01-02") + FRESH[11:].replace('"a"', '"b"'))
    assert shipped("check", "--stale", "--as-of", "2027-11-20", str(path)).err.startswith(
        "2 things"
    )
    path.write_text(FRESH, encoding="utf-8")
    assert shipped("check", "--stale", str(path)) == (0, f"{path}: 1 release, nothing stale\n", "")


def test_stale_file_with_problems_is_refused(shipped: Countdown, tmp_path: Path) -> None:
    """As by `check` itself."""
    path = tmp_path / "c.toml"
    path.write_text(FRESH + "colour = 1\n", encoding="utf-8")
    for option in ("--stale", "--coverage"):
        ran = shipped("check", option, str(path))
        assert (ran.code, ran.out) == (3, "")
        assert "unknown key" in ran.err


def test_keepers_options_are_about_the_built_in_catalogue(shelf: Shelf) -> None:
    """Not about the user's own, which is checked over it if it is named."""
    shelf.write('format = 1\n[[release]]\nid = "mine"\ntitle = "Mine"\nkind = "film"\n')
    ran = shelf.run("check", "--stale")
    assert "shipped.toml" in ran.out
    assert "Mine" not in ran.out
    ran = shelf.run("check", "--stale", str(shelf.path))
    assert ran.out.count("\n") == 1
    assert 'release[0] "Mine": was never checked' in ran.out
    shelf.write('format = 1\n[[release]]\nid = "dune-3"\nstage = "filming"\n')
    assert "nothing stale" in shelf.ran("check", "--stale", str(shelf.path)).out


def test_coverage_is_a_table(shipped: Countdown, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the built-in catalogue, or of a file; a pipe gets tabs."""
    out = shipped("check", "--coverage").out
    first = out.splitlines()[0].split("\t")
    assert (first[0], first[2]) == ("Releases", "100 %")
    assert int(first[1]) > 100
    assert "A source beyond hobby pages\t" in out
    out = shipped("check", "--coverage", "--accessible").out
    assert out.splitlines()[1].startswith("A date. ")


def test_coverage_of_nothing_has_no_shares(shipped: Countdown, tmp_path: Path) -> None:
    """Of no releases no part is known."""
    path = tmp_path / "c.toml"
    path.write_text("format = 1\n", encoding="utf-8")
    assert shipped("check", "--coverage", str(path)).out.startswith("Releases\t0\t\nA date\t0\t\n")


def test_one_answer_at_a_time(shipped: Countdown) -> None:
    """Both would be hard to tell apart."""
    ran = shipped("check", "--stale", "--coverage")
    assert (ran.code, ran.out) == (2, "")
    assert "two answers" in ran.err


def test_path_of_the_built_in_catalogue_is_short_in_its_folder(
    shipped: Countdown, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Editors open it from there; from elsewhere it is whole."""
    monkeypatch.chdir(ROOT)
    assert shipped("check", "--stale").out.startswith("data/releases.toml:")
    monkeypatch.chdir("/")
    assert shipped("check", "--stale").out.startswith(f"{ROOT}/data/releases.toml:")
