"""Files that others could have written are ignored, with the command that mends it."""

import os
import pwd
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from countdown import cache, paths

NOW = 1_700_000_000_000_000_000  # POSIX ns


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file with the content `old`."""
    path = tmp_path / "cache" / "file"
    cache.write_file(str(path), b"old", at=NOW)
    return path


def link(path: Path) -> None:
    """Put a link to a good file in its place."""
    path.rename(path.with_name("other"))
    path.symlink_to("other")


def pipe(path: Path) -> None:
    """Put a pipe without a writer in its place."""
    path.unlink()
    os.mkfifo(path, 0o600)


def folder(path: Path) -> None:
    """Put a folder in its place."""
    path.unlink()
    path.mkdir(0o700)


def test_file_is_read_back_as_it_was_written(path: Path) -> None:
    """It is private, and so is its folder."""
    cache.write_file(str(path), b"new", at=1_234_567_890)
    assert cache.read_file(str(path)) == b"new"
    status = path.stat()
    assert (status.st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    assert status.st_mtime_ns == 1_234_567_890
    assert [file.name for file in path.parent.iterdir()] == ["file"]
    assert paths.untrusted_reason(str(path)) == ""


def test_missing_file_can_be_trusted(path: Path) -> None:
    """In a missing folder too, or below a file."""
    for name in ("other", "other/below", "file/below"):
        assert cache.read_file(str(path.parent / name)) is None
        assert paths.untrusted_reason(str(path.parent / name)) == ""


@pytest.mark.parametrize("mode", [0o620, 0o602])
def test_file_that_others_can_write_is_ignored(mode: int, path: Path) -> None:
    """The group or everybody."""
    path.chmod(mode)
    assert cache.read_file(str(path)) is None
    assert paths.untrusted_reason(str(path)) == (
        f"Other users can change {path}. Run: chmod go-w {path}"
    )


@pytest.mark.parametrize("mode", [0o644, 0o400])
def test_file_that_others_can_only_read_is_read(mode: int, path: Path) -> None:
    """It isn't secret."""
    path.chmod(mode)
    assert cache.read_file(str(path)) == b"old"
    assert paths.untrusted_reason(str(path)) == ""


def test_file_of_another_user_is_ignored(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Even if nobody else can write it, and even root's."""
    owner, stranger = pwd.getpwuid(path.stat().st_uid).pw_name, 99_999_999
    monkeypatch.setattr(os, "geteuid", lambda: stranger)
    assert cache.read_file(str(path)) is None
    assert paths.untrusted_reason(str(path)) == (
        f"{path.parent} belongs to {owner}. Run: sudo chown -R {stranger} {path.parent}"
    )
    with pytest.raises(PermissionError):
        cache.write_file(str(path), b"new", at=NOW)


def test_advice_can_be_pasted_into_a_shell(tmp_path: Path) -> None:
    """Also if the name of the folder has spaces."""
    path = tmp_path / "my files" / "file"
    cache.write_file(str(path), b"old", at=NOW)
    path.chmod(0o666)
    subprocess.run(paths.untrusted_reason(str(path)).partition("Run: ")[2], shell=True, check=True)
    assert paths.untrusted_reason(str(path)) == ""


@pytest.mark.parametrize("make", [link, pipe, folder])
def test_other_kinds_of_files_are_ignored(make: Callable[[Path], None], path: Path) -> None:
    """And opening a pipe doesn't wait for a writer."""
    make(path)
    assert cache.read_file(str(path)) is None
    assert paths.untrusted_reason(str(path)) == "Not a regular file"


@pytest.mark.parametrize("mode", [0o770, 0o702])
def test_nothing_is_written_to_a_folder_that_others_can_write(mode: int, path: Path) -> None:
    """They could replace it."""
    path.parent.chmod(mode)
    with pytest.raises(PermissionError):
        cache.write_file(str(path), b"new", at=NOW)
    assert path.read_bytes() == b"old"
    assert paths.untrusted_reason(str(path)) == (
        f"Other users can change {path.parent}. Run: chmod go-w {path.parent}"
    )


def test_longer_files_are_neither_read_nor_written(path: Path) -> None:
    """Another program wrote them."""
    most = bytes(cache.MAX_SIZE)
    cache.write_file(str(path), most, at=NOW)
    assert cache.read_file(str(path)) == most
    with pytest.raises(OSError, match="file"):
        cache.write_file(str(path), most + b"a", at=NOW)
    assert [file.name for file in path.parent.iterdir()] == ["file"]
    os.truncate(path, cache.MAX_SIZE + 1)
    assert cache.read_file(str(path)) is None


def test_short_write_keeps_the_old_file(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Half a file would be a wrong one."""
    monkeypatch.setattr(os, "write", lambda handle, data: len(data) - 1)
    with pytest.raises(OSError, match="file"):
        cache.write_file(str(path), b"new", at=NOW)
    monkeypatch.undo()
    assert cache.read_file(str(path)) == b"old"
    assert [file.name for file in path.parent.iterdir()] == ["file"]


def test_fault_of_the_disk_is_no_error(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file is made again; and no descriptor is left open."""

    def failing(handle: int, size: int) -> bytes:
        raise OSError

    free = os.dup(0)
    os.close(free)
    monkeypatch.setattr(os, "read", failing)
    assert cache.read_file(str(path)) is None
    assert os.dup(0) == free
    os.close(free)


def test_link_in_the_place_of_the_draft_is_not_followed(path: Path, tmp_path: Path) -> None:
    """It would lead to a file of another user."""
    victim = tmp_path / "victim"
    victim.write_bytes(b"untouched")
    Path(f"{path}.{os.getpid()}").symlink_to(victim)
    with pytest.raises(FileExistsError):
        cache.write_file(str(path), b"new", at=NOW)
    assert victim.read_bytes() == b"untouched"


def test_cache_files_of_a_kind_are_discarded(path: Path) -> None:
    """Others stay; what can't be removed stays too, and is no error."""
    other = path.with_name("settings-1")
    for file in (other, path.with_name("prompt-1")):
        file.write_text("")
    path.with_name("prompt-2").mkdir()
    cache.discard(str(path.parent / "missing"), "prompt")
    cache.discard(str(path.parent), "prompt-1", "prompt")
    assert other.exists()
    assert path.with_name("prompt-2").exists()
    cache.discard(str(path.parent), "settings")
    assert not other.exists()
