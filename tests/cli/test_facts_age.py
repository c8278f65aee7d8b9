"""The line that facts are old: seldom, and only for who follows something that's coming."""

import os
from pathlib import Path

import pytest

from countdown import paths
from countdown.cli import facts_age, output
from tests.cli.conftest import World, film


@pytest.fixture
def fan(world: World, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> World:
    """Somebody on a terminal who follows a film, and has refreshed at noon."""
    monkeypatch.delenv("COUNTDOWN_CATALOGUE")
    monkeypatch.setattr(paths, "shipped", lambda name: str(world.path))
    world.says(film("dune", "2027-06-18"), film("thor", "2027-07-01"))
    assert world("follow", "--title", "dune").code == 0
    monkeypatch.setattr(output, "_is_terminal_output", lambda: True)
    monkeypatch.setenv("ACCESSIBLE", "1")
    stamp()
    return world


def stamp() -> None:
    """Refresh at noon of 22 November 2026."""
    path = Path(paths.state_folder() or "", facts_age.STAMP)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()
    os.utime(path, (1_795_348_800, 1_795_348_800))


def test_line_comes_once_a_week_after_a_month(fan: World) -> None:
    """And not for another day than today."""
    assert "weeks old" not in fan("--format", "table").err
    fan.later(36)
    assert "weeks old" not in fan("--format", "table", "--as-of", "2026-12-28").err
    line = "Facts are 5 weeks old. Refresh them: countdown refresh"
    assert line in fan("--format", "table").err
    assert "weeks old" not in fan("--format", "table").err
    fan.later(7)
    assert "Facts are 6 weeks old." in fan("--format", "table").err


def test_who_never_refreshed_is_told_a_month_after_the_first_use(fan: World) -> None:
    """Before, the facts are those that were shipped."""
    folder = Path(paths.state_folder() or "")
    os.rename(folder / facts_age.STAMP, folder / "welcomed")
    fan.later(29)
    assert "weeks old" not in fan("--format", "table").err
    fan.later(7)
    assert "Facts are 5 weeks old." in fan("--format", "table").err


@pytest.mark.parametrize("why", ["offline", "unfollowed", "unwritable", "new", "homeless"])
def test_line_does_not_come(why: str, fan: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """If the user is offline, follows nothing, or it would come each time."""
    folder = Path(paths.state_folder() or "")
    fan.later(36)
    if why == "offline":
        monkeypatch.setenv("COUNTDOWN_OFFLINE", "1")
    elif why == "unfollowed":
        fan("unfollow", "--title", "dune")
    elif why == "unwritable":
        (folder / "refresh-hinted").symlink_to("nowhere")
    elif why == "new":
        os.replace(folder / facts_age.STAMP, folder / "welcomed")
        os.utime(folder / "welcomed", (1_795_348_800 + 20 * 86_400,) * 2)
    else:
        monkeypatch.setattr(paths, "state_folder", lambda: None)
    assert "weeks old" not in fan("--format", "table").err
