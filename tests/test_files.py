"""Files replaced as a whole; the faults of the disk are in catalogue/test_faults."""

import errno
import fcntl
import os
import stat
import sys
import threading
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from countdown import files


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file with the content `old`."""
    path = tmp_path / "file"
    path.write_bytes(b"old")
    return path


def test_content_is_bytes_or_none(path: Path) -> None:
    """A missing file is no error."""
    assert files.content(str(path)) == b"old"
    assert files.content(str(path.with_name("other"))) is None


def test_a_file_is_made_with_its_folders_for_its_owner_alone(tmp_path: Path) -> None:
    """If both were missing."""
    path = tmp_path / "a" / "b" / "file"
    files.replace(str(path), b"new", expected=None)
    assert path.read_bytes() == b"new"
    assert [target.stat().st_mode & 0o777 for target in (path, path.parent)] == [0o600, 0o700]


@pytest.mark.parametrize("system", ["with attributes", "without"])
def test_replaced_file_keeps_mode_and_owner(
    path: Path, monkeypatch: pytest.MonkeyPatch, system: str
) -> None:
    """And gets a new time, whatever else the system knows of a file."""

    def listxattr(*_: object, **__: object) -> list[str]:
        raise OSError(errno.ENOTSUP, "Operation not supported")

    if system == "without":
        monkeypatch.setattr(os, "listxattr", listxattr, raising=False)
    path.chmod(0o640)
    os.utime(path, (1, 1))
    if os.geteuid() == 0:
        os.chown(path, 12, 34)
    before = path.stat()
    files.replace(str(path), b"new", expected=b"old")
    after = path.stat()
    assert path.read_bytes() == b"new"
    assert (after.st_mode, after.st_uid, after.st_gid) == (
        *(before.st_mode, before.st_uid, before.st_gid),
    )
    assert after.st_mtime > 1
    assert sorted(os.listdir(path.parent)) == ["file", "home"]


def test_another_owner_is_kept(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also without root, which the test can't be sure to be."""
    owners: list[tuple[int, int]] = []
    status = os.stat

    def foreign(target: str, **options: bool) -> os.stat_result:
        status_of = status(target, **options)
        return (
            os.stat_result((*status_of[:4], 4_000, 5_000, *status_of[6:]))
            if target == str(path)
            else status_of
        )

    with monkeypatch.context() as patch:
        patch.setattr(os, "stat", foreign)
        patch.setattr(os, "chown", lambda _, user, group: owners.append((user, group)))
        patch.setattr("shutil.copystat", lambda *_: None)
        files.replace(str(path), b"new", expected=b"old")
    assert owners == [(4_000, 5_000)]


@pytest.mark.skipif(sys.platform != "linux", reason="extended attributes of users")
def test_extended_attributes_stay(path: Path) -> None:
    """Some users keep labels in them."""
    try:
        os.setxattr(path, "user.label", b"films")
        os.utime(path, (1, 1))
    except OSError:
        pytest.skip("this file system has none")
    files.replace(str(path), b"new", expected=b"old")
    assert os.getxattr(path, "user.label") == b"films"
    assert path.stat().st_mtime > 1


def test_links_stay_links(path: Path, tmp_path: Path) -> None:
    """To a file in another folder, by another link, or to a missing one."""
    far = tmp_path / "far"
    far.mkdir()
    (far / "link").symlink_to(path)
    link = tmp_path / "link"
    link.symlink_to("far/link")
    files.replace(str(link), b"new", expected=b"old")
    assert (link.is_symlink(), (far / "link").is_symlink()) == (True, True)
    assert path.read_bytes() == b"new"
    files.remove(str(link), expected=b"new")
    assert (link.is_symlink(), path.exists()) == (True, False)
    files.replace(str(link), b"newer", expected=None)
    assert path.read_bytes() == b"newer"
    assert os.listdir(far) == ["link"]


def test_draft_of_a_killed_process_is_replaced(path: Path) -> None:
    """A link isn't followed."""
    victim = path.with_name("victim")
    victim.write_bytes(b"untouched")
    path.with_name(".file.draft").symlink_to(victim)
    files.replace(str(path), b"new", expected=b"old")
    assert (path.read_bytes(), victim.read_bytes()) == (b"new", b"untouched")
    assert not path.with_name(".file.draft").is_symlink()


@pytest.mark.parametrize("expected", [b"other", b"", None])
def test_file_that_has_changed_meanwhile_stays(path: Path, expected: bytes | None) -> None:
    """Also if it was expected to be missing; and no draft is left."""
    with pytest.raises(files.FileChangedError):
        files.replace(str(path), b"new", expected=expected)
    if expected is not None:
        with pytest.raises(files.FileChangedError):
            files.remove(str(path), expected=expected)
    assert path.read_bytes() == b"old"
    assert not path.with_name(".file.draft").exists()


def test_file_that_was_removed_meanwhile_stays_removed(path: Path) -> None:
    """The user removed it on purpose."""
    path.unlink()
    with pytest.raises(files.FileChangedError):
        files.replace(str(path), b"new", expected=b"old")
    assert not path.exists()


def test_file_is_removed_if_its_content_is_as_expected(path: Path) -> None:
    """And only then."""
    files.remove(str(path), expected=b"old")
    assert not path.exists()


def test_folders_are_not_synced_on_windows(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows has no such call."""
    with monkeypatch.context() as patch:
        patch.setattr(os, "name", "nt")
        files.remove(str(path), expected=b"old")
    assert not path.exists()


def test_lock_is_in_a_private_folder(tmp_path: Path) -> None:
    """It can be locked again once it is free."""
    folder = tmp_path / "state" / "countdown"
    for _ in range(2):
        with files.exclusive_lock(str(folder)):
            assert folder.stat().st_mode & 0o777 == 0o700
            assert (folder / "edit.lock").stat().st_mode & 0o777 == 0o600


def test_lock_on_windows_is_that_of_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is asked for again until the other process has let go of it."""
    calls: list[tuple[int, ...]] = []

    def locking(*call: int) -> None:
        calls.append(call)
        if len(calls) < 3:
            raise PermissionError(13, "Permission denied")

    windows = SimpleNamespace(locking=locking, LK_NBLCK=2)
    handle = files.open_lock(str(tmp_path / "lock"))
    with monkeypatch.context() as patch:
        patch.setattr(os, "name", "nt")
        patch.setitem(sys.modules, "msvcrt", windows)
        patch.setattr(files, "_LOCK_PAUSE", 0.001)
        locked = files.try_lock(handle, 0.01)
        files.unlock(handle)
    assert (locked, calls) == (True, [(handle, 2, 1)] * 3)


def test_lock_is_had_once_the_other_process_is_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also after the wait was reported."""
    other = files.open_lock(str(tmp_path / "edit.lock"))
    assert files.try_lock(other, 0)
    monkeypatch.setattr(files, "_SILENT_WAIT", 0.0)
    monkeypatch.setattr(files.lock_wait, "report", lambda *_: files.unlock(other))
    with files.exclusive_lock(str(tmp_path)):
        handle = files.open_lock(str(tmp_path / "edit.lock"))
        assert not files.try_lock(handle, 0)
        files.unlock(handle)


def test_file_system_without_locks_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two edits at once could lose one of them."""

    def flock(handle: int, operation: int) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "flock", flock)
    with pytest.raises(OSError, match="No locks available"), files.exclusive_lock(str(tmp_path)):
        pass


def test_other_kinds_of_files_are_not_opened(tmp_path: Path) -> None:
    """The error has reason and path; a pipe isn't waited for, and no descriptor is left open."""
    os.mkfifo(tmp_path / "pipe")
    free = os.dup(0)
    os.close(free)
    with pytest.raises(IsADirectoryError, match=f"Is a directory: '{tmp_path}'"):
        files.content(str(tmp_path))
    with pytest.raises(OSError, match=f"Not a regular file: '{tmp_path}/pipe'"):
        files.content(str(tmp_path / "pipe"))
    assert os.dup(0) == free
    os.close(free)


def test_write_protected_file_stays(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Even in a writable folder."""
    monkeypatch.setattr(os, "access", lambda *_: False)  # root may write anywhere
    with pytest.raises(PermissionError, match=f"The file is write-protected: '{path}'"):
        files.replace(str(path), b"new", expected=b"old")
    with pytest.raises(PermissionError, match="The file is write-protected"):
        files.remove(str(path), expected=b"old")
    assert path.read_bytes() == b"old"
    assert not path.with_name(".file.draft").exists()


def test_draft_that_reads_back_differently_replaces_nothing(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A broken disk may accept all and keep something else."""
    monkeypatch.setattr(os, "fsync", lambda _: path.with_name(".file.draft").write_bytes(b"nxw"))
    with pytest.raises(OSError, match=r"Can't read back what was written: '.*\.draft'"):
        files.replace(str(path), b"new", expected=b"old")
    assert path.read_bytes() == b"old"
    assert not path.with_name(".file.draft").exists()


def test_change_that_is_not_synced_is_reported_with_the_folder(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The change has been made; no descriptor is left open."""
    sync = os.fsync

    def failing(handle: int) -> None:
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            raise OSError(errno.EIO, "the cable is loose")
        sync(handle)

    free = os.dup(0)
    os.close(free)
    monkeypatch.setattr(os, "fsync", failing)
    with pytest.raises(files.NotSyncedError, match=f"the cable is loose: '{path.parent}'"):
        files.replace(str(path), b"new", expected=b"old")
    assert path.read_bytes() == b"new"
    with pytest.raises(files.NotSyncedError, match="the cable is loose"):
        files.remove(str(path), expected=b"new")
    assert not path.exists()
    assert os.dup(0) == free
    os.close(free)


def test_timeout_is_reported_with_its_length(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And the task before; the lock of another task is free."""
    reports: list[tuple[str, str]] = []
    monkeypatch.setattr(files.lock_wait, "report", lambda *message: reports.append(message))
    lock = f"{tmp_path}/remind.lock"
    message = f"Another countdown command has been running for 0 s, try again: '{lock}'"
    with files.exclusive_lock(str(tmp_path), "remind"):
        with files.exclusive_lock(str(tmp_path)):
            assert reports == []
        with (
            pytest.raises(TimeoutError, match=message),
            files.exclusive_lock(str(tmp_path), "remind", timeout=0),
        ):
            pass
    assert reports == [("remind", lock)]


def test_short_wait_is_not_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The other process may be ready the next moment."""
    reports: list[str] = []
    monkeypatch.setattr(files.lock_wait, "report", lambda *message: reports.extend(message))
    held = threading.Event()

    def hold() -> None:
        with files.exclusive_lock(str(tmp_path)):
            held.set()
            time.sleep(0.05)

    other = threading.Thread(target=hold)
    other.start()
    held.wait()
    with files.exclusive_lock(str(tmp_path)):
        assert reports == []
    other.join()
