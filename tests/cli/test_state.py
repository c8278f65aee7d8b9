"""What commands leave behind: folders for this user alone, and nothing of what was only asked."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import World, film


@pytest.fixture
def open_umask() -> Iterator[None]:
    """A user whose new folders everybody may write to, as in some containers."""
    before = os.umask(0)
    yield
    os.umask(before)


def test_no_folder_is_open_to_others(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, open_umask: None
) -> None:
    """Neither those of this program nor the base folders of XDG above them."""
    home = tmp_path / "bare"
    home.mkdir(mode=0o755)
    monkeypatch.setenv("HOME", str(home))
    for purpose in ("CONFIG", "DATA", "STATE", "CACHE"):
        monkeypatch.delenv(f"XDG_{purpose}_HOME")
    world.says(film("thor", "2026-11-29"))
    for words in (("due",), ("prompt",), ("prompt", "--memo"), ("follow", "--title", "thor")):
        assert world(*words).code == 0
    monkeypatch.delenv("COUNTDOWN_CATALOGUE")
    assert world("add", "Mine", "--kind", "film").code == 0
    made = [path for path in home.rglob("*") if path.is_dir()]
    assert {path.name for path in made} >= {".cache", ".config", "share", "state", "undo"}
    assert {stat.S_IMODE(path.stat().st_mode) for path in made} == {0o700}
    files = {stat.S_IMODE(path.stat().st_mode) for path in home.rglob("*") if path.is_file()}
    assert files == {0o600}
