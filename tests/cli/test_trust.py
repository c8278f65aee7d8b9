"""Files that another user could have written are ignored: the index and the journal."""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Final

import pytest

from countdown import paths
from countdown.journal import database
from countdown.prompt import answer
from tests.cli.conftest import World, film

OTHER: Final = 65_534  # a user who isn't this one
EVIL: Final = "Evil\x1b]0;PWNED\x07"


def open_file(file: Path) -> None:
    """Let everybody write it."""
    file.chmod(0o666)


def open_group(file: Path) -> None:
    """Let its group write it."""
    file.chmod(0o660)


def open_folder(file: Path) -> None:
    """Let everybody put another one in its place."""
    file.parent.chmod(0o777)


def link(file: Path) -> None:
    """Have it lie elsewhere."""
    away = file.parent.parent / f"away-{file.name}"
    file.rename(away)
    file.symlink_to(away)


def give_file(file: Path) -> None:
    """Make it another user's."""
    os.chown(file, OTHER, OTHER)


def give_folder(file: Path) -> None:
    """Make its folder another user's, as when root runs in somebody's home."""
    os.chown(file.parent, OTHER, OTHER)


NEEDS_ROOT: Final = pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")
WAYS: Final = pytest.mark.parametrize(
    "spoil",
    [
        *(open_file, open_group, open_folder, link),
        *(pytest.param(way, marks=NEEDS_ROOT) for way in (give_file, give_folder)),
    ],
)
REASONS: Final = ("Other users can change", "belongs to ", "Not a regular file")
Spoil = Callable[[Path], None]


@pytest.fixture
def known(world: World) -> World:
    """A world with an index and a journal."""
    world.says(film("thor", "2026-11-29", title="Thor"))
    os.utime(world.path, (1_600_000_000, 1_600_000_000))
    assert world("list").code == 0
    return world


def index_file() -> Path:
    """The index of this test."""
    (found,) = Path(paths.cache_folder() or "").glob("index-*.sqlite")
    return found


@WAYS
def test_index_that_others_could_have_written_is_not_believed(
    spoil: Spoil, known: World, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is built again, in memory where its folder isn't this user's alone."""
    file = index_file()
    before = file.stat()
    with closing(sqlite3.connect(file, isolation_level=None)) as opened:
        opened.execute("UPDATE release SET record = replace(record, 'Thor', ?)", [EVIL])
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert "PWNED" in known("list", "--format", "plain").out  # Else the rest would show nothing.
    spoil(file)
    content = file.read_bytes()
    assert answer.run([]) is None
    for format in ("plain", "csv", "tsv", "markdown", "json"):
        ran = known("list", "--format", format)
        assert ("Thor" in ran.out, "Evil" in ran.out, ran.err) == (True, False, "")
    assert "Evil" not in known("show", "thor").out
    assert "Evil" not in known("remind", "--dry-run").out
    answer.run([])
    assert "Evil" not in capsys.readouterr().out
    in_memory = spoil in (open_folder, give_folder)
    assert (index_file().read_bytes() == content) is in_memory
    if not in_memory:
        assert index_file().lstat().st_mode & 0o177 == 0
        assert not index_file().is_symlink()


@WAYS
def test_journal_that_others_could_have_written_is_not_believed(spoil: Spoil, known: World) -> None:
    """Nothing is read from it or written to it, and it is said why; answers come all the same."""
    known.says(film("thor", "2026-11-30"))
    known("list")
    file = Path(paths.state_folder() or "", database.FILE_NAME)
    assert "delayed" in known("news").out
    spoil(file)
    content = file.read_bytes()
    known.later(1)
    ran = known("news")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith(f"Can't use the journal {file}: ")
    assert any(reason in ran.err for reason in REASONS)
    ran = known("remind")
    assert (ran.code, ran.out) == (0, "Thor comes out in 7 days, on 30 Nov 2026\n")
    assert any(reason in ran.err for reason in REASONS)
    known.says(film("thor", "2026-12-24"))
    for words in (("list",), ("show", "thor"), ("news", "--as-of", "2026-11-23")):
        ran = known(*words)
        assert ran.code == (words[0] == "news")
        assert "30 Nov" not in ran.out
    assert file.read_bytes() == content
    assert [path.name for path in file.parent.glob("*damaged*")] == []


@pytest.mark.parametrize("spoil", [open_folder])
def test_doctor_tells_whom_it_does_not_believe(
    spoil: Spoil, known: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of the folder, and of the journal in it."""
    monkeypatch.setattr("countdown.cli.shell_checks.installed_shells", list)
    monkeypatch.setattr("countdown.cli.shell_checks.median_start_times", lambda *_: [])
    spoil(index_file())
    spoil(Path(paths.state_folder() or "", database.FILE_NAME))
    out = known("doctor").out
    assert "other users can write here: nothing is cached" in out
    assert "other users can write here: the journal is ignored" in out
    assert "can't be used: " in out


def test_umask_of_a_shared_group_does_not_matter(world: World) -> None:
    """Where each user has a group of their own, new files are open to it by default."""
    before = os.umask(0o002)
    try:
        world.says(film("thor", "2026-11-29"))
        world("list")
        world.says(film("thor", "2026-11-30"))
        assert "delayed" in world("news").out
    finally:
        os.umask(before)
    assert index_file().stat().st_mode & 0o777 == 0o600


def test_modes_of_windows_say_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """There every file that can be written has the mode 0666; who may is in lists of its own."""
    file = tmp_path / "file"
    file.touch()
    file.chmod(0o666)
    status = file.stat()
    assert not paths.is_writable_by_user_alone(status)
    with monkeypatch.context() as patch:
        patch.setattr(os, "name", "nt")
        assert paths.is_writable_by_user_alone(status)
