"""Files that commands leave: in folders for this user alone, and none from mere queries."""

import os
import sqlite3
import stat
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Final

import pytest

from countdown import paths
from countdown.journal import database
from tests.cli.conftest import World, film
from tests.cli.shelf import Shelf


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
    for words in (
        ("remind",),
        ("prompt",),
        ("prompt", "--cache-file"),
        ("follow", "--title", "thor"),
    ):
        assert world(*words).code == 0
    monkeypatch.delenv("COUNTDOWN_CATALOGUE")
    assert world("add", "Mine", "--kind", "film").code == 0
    made = [path for path in home.rglob("*") if path.is_dir()]
    assert {path.name for path in made} >= {".cache", ".config", "share", "state", "undo"}
    assert {stat.S_IMODE(path.stat().st_mode) for path in made} == {0o700}
    files = {stat.S_IMODE(path.stat().st_mode) for path in home.rglob("*") if path.is_file()}
    assert files == {0o600}


def journal_says() -> list[str]:
    """All that the journal holds, as SQL; nothing where there is none."""
    file = Path(paths.state_folder() or "", database.FILE_NAME)
    if not file.exists():
        return []
    with closing(sqlite3.connect(file)) as opened:
        return [*opened.iterdump()]


READING: Final = (
    *("list", "next", "status", "show thor", "search thor", "prompt", "prompt --cache-file"),
    *("news", "remind", "follow", "doctor", "list --json", "check"),
)


@pytest.mark.parametrize("line", READING)
def test_another_day_leaves_no_trace_in_the_journal(
    line: str, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What has changed is noted by the next one who asks about today, when that is."""
    monkeypatch.setattr("countdown.cli.shell_checks.installed_shells", list)
    monkeypatch.setattr("countdown.cli.shell_checks.median_start_times", lambda *_: [])
    world.says(film("thor", "2027-05-01"))
    assert world("list").code == 0
    before = journal_says()
    world.later(1)
    world.says(film("thor", "2027-05-31"))
    assert world(*line.split(), "--as-of", "2030-01-01").code in (0, 1)
    monkeypatch.setenv("COUNTDOWN_TODAY", "2030-01-01")
    assert world(*line.split()).code in (0, 1)
    assert journal_says() == before
    monkeypatch.delenv("COUNTDOWN_TODAY")
    world.later(1)
    assert world("list").code == 0
    assert len(journal_says()) == len(before) + 1
    world.says(film("thor", "2027-06-10"))
    assert world("news").out.splitlines() == [
        "24 Nov 2026\tThor\tdelayed\t1 May 2027\t31 May 2027\t+30 days\t",
        "24 Nov 2026\tThor\tdelayed\t31 May 2027\t10 Jun 2027\t+10 days\t",
    ]


def test_what_was_put_off_is_noted_once(world: World) -> None:
    """The next answer about today notes it; those after that have nothing more to do."""
    world.says(film("thor", "2027-05-01"))
    world("list", "--as-of", "2030-01-01")
    assert journal_says() == []
    world("list")
    index = next(Path(paths.cache_folder() or "").glob("index-*"))
    seen = (index.stat().st_ino, index.stat().st_mtime_ns, journal_says())
    assert seen[2]
    world("list")
    assert (index.stat().st_ino, index.stat().st_mtime_ns, journal_says()) == seen
    assert [path.name for path in index.parent.iterdir()] == [index.name]


def test_moved_as_of_another_day_shows_what_is_not_noted_yet(world: World) -> None:
    """It has been seen, if only by the one who asks."""
    world.says(film("thor", "2027-05-01"))
    world("list")
    world.says(film("thor", "2027-05-31"))
    before = journal_says()
    assert "31 May 2027" in world("news", "--as-of", "2026-11-23").out
    assert world("news", "--as-of", "2026-11-21").code == 1
    assert journal_says() == before


def test_catalogue_that_changes_while_another_day_is_asked_about(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was read of it is no longer so: nothing is told, and the next try is right."""
    world.says(film("thor", "2027-05-01"))
    clock = time.time_ns

    def changing() -> int:
        world.path.write_text(world.path.read_text("utf-8") + "\n", "utf-8")
        return clock()

    with monkeypatch.context() as patch:
        patch.setattr(time, "time_ns", changing)
        ran = world("news", "--as-of", "2026-11-23")
    assert (ran.code, ran.err) == (1, "The catalogue changed just now. Try again.\n")
    assert "try again" not in world("news", "--as-of", "2026-11-23").err


def spoil(file: Path, table: str) -> None:
    """Overwrite the first page of *table* in the database *file*."""
    with closing(sqlite3.connect(file)) as opened:
        (size,) = opened.execute("PRAGMA page_size").fetchone()
        query = "SELECT rootpage FROM sqlite_master WHERE name = ?"
        (page,) = opened.execute(query, [table]).fetchone()
    data = bytearray(file.read_bytes())
    data[(page - 1) * size : page * size] = b"\xff" * size
    file.write_bytes(data)


@pytest.mark.parametrize("line", ["remind --dry-run", "news --as-of 2026-11-23"])
def test_damaged_journal_does_not_cost_the_index(line: str, world: World) -> None:
    """It is as good as before; a damaged index is built anew all the same."""
    world.says(film("thor", "2026-11-30"))
    world("list")
    world.says(film("thor", "2026-11-29"))
    world("list", "--as-of", "2026-11-23")
    file = Path(paths.state_folder() or "", database.FILE_NAME)
    sound = file.read_bytes()
    spoil(file, "known")
    (index,) = Path(paths.cache_folder() or "").glob("index-*")
    before = index.stat()
    assert f"Can't use the journal {file}" in world(*line.split()).err
    assert index.stat() == before
    file.write_bytes(sound)
    spoil(index, "release")
    os.utime(index, ns=(before.st_mtime_ns, before.st_mtime_ns))
    ran = world(*line.split())
    assert (ran.code, ran.err) == (0, "")
    world("list")
    with closing(sqlite3.connect(index)) as opened:
        assert opened.execute("PRAGMA quick_check").fetchall() == [("ok",)]


def test_commands_that_edit_do_so_on_any_day(mine: Shelf) -> None:
    """The day that they count from is not what they change."""
    day = ("--as-of", "2030-01-01")
    mine.ran("add", "New", "--kind", "film", *day)
    mine.ran("edit", "new", "--date", "2031", *day)
    mine.ran("edit", "new", "--date", "2032", *day)
    assert str(mine.last["date"]) == "2032"
    mine.ran("undo", *day)
    mine.ran("hide", "thor-5", *day)
    assert mine.last["hidden"]
    mine.ran("follow", "--title", "new", *day)
    mine.ran("config", "set", "region", "BR", *day)
    text = Path(paths.config_file() or "").read_text("utf-8")
    assert 'region = "BR"' in text
    assert '"New"' in text


def test_other_catalogues_have_a_history_of_their_own(
    mine: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Looking into another file changes nothing of what is known of the usual ones."""
    monkeypatch.delenv("COUNTDOWN_TODAY")
    mine.ran("list", "--all")
    with closing(sqlite3.connect(Path(paths.state_folder() or "", database.FILE_NAME))) as opened:
        (usual,) = opened.execute("SELECT key, name, since, content FROM scope").fetchall()
    other = tmp_path / "other.toml"
    for date in ("2027-01-01", "2028-01-01"):
        other.write_text(f"format = 1\n[[release]]\n{film('thor-5', date)}\n", "utf-8")
        assert mine.run("list", "--all", "--catalogue", str(other)).code == 0
    with closing(sqlite3.connect(Path(paths.state_folder() or "", database.FILE_NAME))) as opened:
        assert usual in opened.execute("SELECT key, name, since, content FROM scope").fetchall()
        assert opened.execute("SELECT scope FROM observation").fetchall() == [(usual[0] + 1,)]
    assert "1 Jan 2028" in mine.run("news", "--catalogue", str(other)).out
    assert mine.run("news").code == 1
