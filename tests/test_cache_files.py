"""Files of the cache folder, believed only if nobody else can have written them."""

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from countdown import cache, paths

NOW = 1_700_000_000_000_000_000  # POSIX ns


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file that holds the word *old*."""
    path = tmp_path / "cache" / "file"
    cache.write_file(str(path), b"old", at=NOW)
    return path


def link(path: Path) -> None:
    """Have a link to a file that is in order in its place."""
    path.rename(path.with_name("other"))
    path.symlink_to("other")


def pipe(path: Path) -> None:
    """Have a pipe in its place, which nobody writes into."""
    path.unlink()
    os.mkfifo(path, 0o600)


def folder(path: Path) -> None:
    """Have a folder in its place."""
    path.unlink()
    path.mkdir(0o700)


def test_what_is_put_there_can_be_read(path: Path) -> None:
    """It is for its owner alone, and so is its folder."""
    cache.write_file(str(path), b"new", at=1_234_567_890)
    assert cache.read_file(str(path)) == b"new"
    status = path.stat()
    assert (status.st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    assert status.st_mtime_ns == 1_234_567_890
    assert [one.name for one in path.parent.iterdir()] == ["file"]
    assert paths.untrusted_reason(str(path)) == ""


def test_what_is_missing_is_nothing_and_no_reason_to_doubt(path: Path) -> None:
    """Nor is a folder that is missing, or that is none."""
    for name in ("other", "other/below", "file/below"):
        assert cache.read_file(str(path.parent / name)) is None
        assert paths.untrusted_reason(str(path.parent / name)) == ""


@pytest.mark.parametrize("mode", [0o620, 0o602])
def test_file_that_others_can_write_is_not_believed(mode: int, path: Path) -> None:
    """Be it the group or anybody."""
    path.chmod(mode)
    assert cache.read_file(str(path)) is None
    assert paths.untrusted_reason(str(path)) == (
        f"Other users can change {path}. Run: chmod go-w {path}"
    )


@pytest.mark.parametrize("mode", [0o644, 0o400])
def test_file_that_others_can_only_read_is_believed(mode: int, path: Path) -> None:
    """There is no secret in it."""
    path.chmod(mode)
    assert cache.read_file(str(path)) == b"old"
    assert paths.untrusted_reason(str(path)) == ""


def test_file_of_somebody_else_is_not_believed(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Though nobody but them can write it; root's neither."""
    monkeypatch.setattr(os, "geteuid", lambda: path.stat().st_uid + 1)
    assert cache.read_file(str(path)) is None
    assert paths.untrusted_reason(str(path)) == (
        f"{path.parent} belongs to another user. Remove it, or make it yours with chown"
    )
    with pytest.raises(PermissionError):
        cache.write_file(str(path), b"new", at=NOW)


def test_advice_can_be_pasted_into_a_shell(tmp_path: Path) -> None:
    """Whatever the name of the folder."""
    path = tmp_path / "my files" / "file"
    cache.write_file(str(path), b"old", at=NOW)
    path.chmod(0o666)
    subprocess.run(paths.untrusted_reason(str(path)).partition("Run: ")[2], shell=True, check=True)
    assert paths.untrusted_reason(str(path)) == ""


@pytest.mark.parametrize("make", [link, pipe, folder])
def test_what_is_no_file_is_not_believed(make: Callable[[Path], None], path: Path) -> None:
    """And nobody waits for a pipe."""
    make(path)
    assert cache.read_file(str(path)) is None
    assert paths.untrusted_reason(str(path)) == "it is not a regular file"


@pytest.mark.parametrize("mode", [0o770, 0o702])
def test_nothing_is_put_into_a_folder_that_others_can_write(mode: int, path: Path) -> None:
    """They could replace it."""
    path.parent.chmod(mode)
    with pytest.raises(PermissionError):
        cache.write_file(str(path), b"new", at=NOW)
    assert path.read_bytes() == b"old"
    assert paths.untrusted_reason(str(path)) == (
        f"Other users can change {path.parent}. Run: chmod go-w {path.parent}"
    )


def test_there_is_a_length_that_no_file_has(path: Path) -> None:
    """What is longer was not written here."""
    most = bytes(cache.MAX_SIZE)
    cache.write_file(str(path), most, at=NOW)
    assert cache.read_file(str(path)) == most
    with pytest.raises(OSError, match="file"):
        cache.write_file(str(path), most + b"a", at=NOW)
    assert [one.name for one in path.parent.iterdir()] == ["file"]
    os.truncate(path, cache.MAX_SIZE + 1)
    assert cache.read_file(str(path)) is None


def test_disk_that_takes_less_leaves_what_was_there(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half a cache file would be a wrong one."""
    monkeypatch.setattr(os, "write", lambda handle, data: len(data) - 1)
    with pytest.raises(OSError, match="file"):
        cache.write_file(str(path), b"new", at=NOW)
    monkeypatch.undo()
    assert cache.read_file(str(path)) == b"old"
    assert [one.name for one in path.parent.iterdir()] == ["file"]


def test_disk_that_fails_while_it_is_read_is_no_error(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What can be made again is made again; nor is a descriptor left open."""

    def failing(handle: int, size: int) -> bytes:
        raise OSError

    free = os.dup(0)
    os.close(free)
    monkeypatch.setattr(os, "read", failing)
    assert cache.read_file(str(path)) is None
    assert os.dup(0) == free
    os.close(free)


def test_draft_of_somebody_else_is_not_followed(path: Path, tmp_path: Path) -> None:
    """A link in its place would lead elsewhere."""
    victim = tmp_path / "victim"
    victim.write_bytes(b"untouched")
    Path(f"{path}.{os.getpid()}").symlink_to(victim)
    with pytest.raises(FileExistsError):
        cache.write_file(str(path), b"new", at=NOW)
    assert victim.read_bytes() == b"untouched"
