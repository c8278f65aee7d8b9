"""Unreadable files, and paths that aren't files, are errors, never a missing catalogue."""

import ctypes
import errno
import os
import signal
import sqlite3
import sys
import warnings
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Final

import pytest

from countdown import paths
from countdown.cli.group import run
from countdown.journal import database
from countdown.prompt import answer
from tests.cli.conftest import Countdown
from tests.cli.shelf import Shelf

ELOOP: Final = os.strerror(errno.ELOOP)
READING: Final = (
    *(("list",), ("next",), ("status",), ("show", "thor-5"), ("search", "thor"), ("news",)),
    *(("remind",), ("prompt",), ("check",), ("mine",), ("follow",), ("list", "--json")),
)
EDITING: Final = (("add", "New", "--kind", "film"), ("undo",), ("hide", "thor-5"))


def loop(path: Path) -> Path:
    """Make *path* a link to itself, which the system refuses to follow, even for root."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.symlink_to(path.name)
    return path


def pipe(path: Path) -> Path:
    """Make *path* a pipe, into which nobody writes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    os.mkfifo(path)
    return path


def folder(path: Path) -> Path:
    """Make *path* a folder."""
    path.mkdir(parents=True)
    return path


Make = Callable[[Path], Path]
REASONS: Final[dict[Make, str]] = {
    loop: ELOOP,
    pipe: "Not a regular file",
    folder: os.strerror(errno.EISDIR),
}
EACH: Final = pytest.mark.parametrize("make", REASONS)


@pytest.fixture(autouse=True)
def patience() -> Iterator[None]:
    """A test that waits for a pipe fails rather than hangs."""

    def give_up(*_: object) -> None:
        raise AssertionError("something waits for a pipe")

    before = signal.signal(signal.SIGALRM, give_up)
    signal.alarm(20)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


@pytest.fixture
def mine(mine: Shelf, monkeypatch: pytest.MonkeyPatch) -> Shelf:
    """One's own catalogue, today by the clock: of another day nothing would be noted anyway."""
    monkeypatch.delenv("COUNTDOWN_TODAY")
    return mine


def observations() -> list[tuple[str]]:
    """The ids of which the journal has noted a change."""
    file = Path(paths.state_folder() or "", database.FILE_NAME)
    with closing(sqlite3.connect(file)) as opened:
        return opened.execute("SELECT id FROM observation").fetchall()


@EACH
def test_own_catalogue_that_cannot_be_read_is_an_error(make: Make, mine: Shelf) -> None:
    """It isn't missing: what it says must not be noted as gone."""
    mine.ran("list")
    mine.path.unlink()
    make(mine.path)
    for words in (*READING, *EDITING):
        ran = mine.run(*words)
        assert (ran.code, ran.out) == (3, ""), words
        assert ran.err.startswith(f"{mine.path}: "), words
        assert REASONS[make] in ran.err or "Not a regular file" in ran.err, words
    assert observations() == []


@EACH
def test_folder_that_cannot_be_read_is_an_error(make: Make, mine: Shelf) -> None:
    """The data folder itself; below what is no folder, though, there can't be a catalogue."""
    mine.ran("list")
    held = mine.path.parent.rename(mine.path.parent.with_name("held"))
    make(mine.path.parent)
    missing = make is not loop
    for words in READING:
        ran = mine.run(*words)
        assert (ran.code == 3) is not missing, words
        assert missing or ran.err.startswith(f"{mine.path}: {ELOOP}"), words
    if not missing:
        mine.path.parent.unlink()
        held.rename(mine.path.parent)
        mine.ran("list")
        assert observations() == []


@EACH
def test_settings_that_cannot_be_read_are_an_error(make: Make, shelf: Shelf) -> None:
    """They aren't unset; and nobody waits for what is written into a pipe."""
    file = make(Path(paths.config_file() or ""))
    for words in (
        *(("config", "get", "region"), ("config",), ("config", "set", "region", "BR"), ("list",)),
        *(("config", "edit"), ("prompt",), ("follow", "--title", "thor"), ("follow",)),
    ):
        ran = shelf.run(*words)
        assert (ran.code, ran.out) == (3, ""), words
        assert str(file) in ran.err, words
        assert REASONS[make] in ran.err, words


def test_folder_of_settings_that_cannot_be_read_is_an_error(shelf: Shelf) -> None:
    """Also for the short way of a prompt, which leaves it to others to say so."""
    file = Path(paths.config_file() or "")
    loop(file.parent)
    ran = shelf.run("config", "get", "region")
    assert (ran.code, ran.err.startswith(f"{file}: {ELOOP}")) == (3, True)
    assert answer.run([]) is None


@EACH
@pytest.mark.parametrize("which", [paths.user_catalogue, paths.config_file])
def test_hook_is_silent(make: Make, which: Callable[[], str | None], mine: Shelf) -> None:
    """A shell can't do anything about it; it gets an answer, so it does not ask in vain."""
    mine.ran("prompt", "--cache-file")
    file = Path(which() or "")
    file.unlink(missing_ok=True)
    make(file)
    ran = mine.ran("prompt", "--cache-file")
    text = Path(ran.out.strip() or "/dev/null").read_text("utf-8")
    assert (ran.err, "text " in text) == ("", False)
    assert ran.out


@EACH
def test_doctor_tells(make: Make, mine: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the catalogue and of the settings; it goes on with the rest."""
    monkeypatch.setattr("countdown.cli.shell_checks.installed_shells", list)
    monkeypatch.setattr("countdown.cli.shell_checks.median_start_times", lambda *_: [])
    mine.path.unlink()
    make(mine.path)
    file = make(Path(paths.config_file() or ""))
    out = mine.ran("doctor").out
    assert out.count(REASONS[make]) >= 2
    assert f"{file}: {REASONS[make]}" in out.replace("it is ", "")


def test_pipe_that_somebody_names_is_read(countdown: Countdown) -> None:
    """As a shell makes one of `<(…)`."""
    text = 'format = 1\n[[release]]\nid = "a"\ntitle = "Alpha"\nkind = "film"\n'
    for words in (["list"], ["check"], ["remind"]):
        end, into = os.pipe()
        os.write(into, text.encode())
        os.close(into)
        named = [f"/dev/fd/{end}"] if words == ["check"] else ["--catalogue", f"/dev/fd/{end}"]
        ran = countdown(*words, *named)
        os.close(end)
        assert ("Alpha" in ran.out, "1 release" in ran.out) == (
            words == ["list"],
            words == ["check"],
        )


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="roots differ elsewhere")
@pytest.mark.parametrize("which", [paths.data_folder, paths.config_folder])
def test_folder_that_is_forbidden_is_an_error(which: Callable[[], str | None], mine: Shelf) -> None:
    """As chmod 000 forbids it to whoever isn't root."""
    mine.ran("list")
    mine.ran("config", "set", "region", "BR")
    forbidden = Path(which() or "")
    forbidden.chmod(0)
    asked = (("list",), ("news",), ("config", "get", "region"))
    codes = [code_without_power(*words) for words in asked]
    forbidden.chmod(0o700)
    assert codes == ([3, 3, 0] if which is paths.data_folder else [3, 3, 3])
    assert observations() == []


def code_without_power(*words: str) -> int:
    """The exit code of `countdown`, run in a child to which the modes of files apply."""
    with warnings.catch_warnings():  # Of threads, in a child that starts none.
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if not child:
        code = 99
        try:
            give_up_power()
            code = run(words)
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def give_up_power() -> None:
    """Let the modes of files apply to this process, also if it is root's: see capset(2)."""
    libc = ctypes.CDLL(None, use_errno=True)
    header = (ctypes.c_uint32 * 2)(0x20080522, 0)
    sets = (ctypes.c_uint32 * 6)()
    assert libc.capget(header, sets) == 0
    sets[0] &= ~0b110  # CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH, of those in effect
    assert libc.capset(header, sets) == 0
