"""Paths of files: XDG folders on Unix, the platform's elsewhere."""

import ntpath
import os
import pwd
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from countdown import paths

Folder = Callable[[], "str | None"]
ALL = pytest.mark.parametrize(
    ("folder", "variable", "default"),
    [
        (paths.config_folder, "XDG_CONFIG_HOME", ".config/countdown"),
        (paths.data_folder, "XDG_DATA_HOME", ".local/share/countdown"),
        (paths.state_folder, "XDG_STATE_HOME", ".local/state/countdown"),
        (paths.cache_folder, "XDG_CACHE_HOME", ".cache/countdown"),
    ],
    ids=["config", "data", "state", "cache"],
)


@ALL
def test_xdg_variable_names_the_folder(
    folder: Folder, variable: str, default: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If it is absolute, whatever the home folder is."""
    monkeypatch.setenv(variable, "/somewhere/else")
    assert folder() == "/somewhere/else/countdown"


@ALL
@pytest.mark.parametrize("value", [None, "", "relative", "./here", "~/cache"])
def test_xdg_variable_that_is_not_absolute_does_not_count(
    folder: Folder,
    variable: str,
    default: str,
    value: str | None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Unset, empty or relative, the default below the home folder counts."""
    monkeypatch.setenv("HOME", "/home/anna")
    if value is None:
        monkeypatch.delenv(variable)
    else:
        monkeypatch.setenv(variable, value)
    assert folder() == f"/home/anna/{default}"


@ALL
@pytest.mark.parametrize("home", ["", "relative"])
def test_without_a_home_there_is_no_folder(
    folder: Folder, variable: str, default: str, home: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An empty or relative HOME is none; the working folder is never used instead."""
    monkeypatch.delenv(variable)
    monkeypatch.setenv("HOME", home)
    assert folder() is None


@ALL
def test_home_that_is_not_set_is_that_of_the_user_database(
    folder: Folder, variable: str, default: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Services run without HOME; the password database has it."""
    monkeypatch.delenv(variable)
    monkeypatch.delenv("HOME")
    monkeypatch.setattr(pwd, "getpwuid", lambda _: SimpleNamespace(pw_dir="/home/service"))
    assert folder() == f"/home/service/{default}"


@ALL
def test_user_without_an_entry_in_the_database_has_no_folder(
    folder: Folder, variable: str, default: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A container can run under an unknown user number."""

    def unknown(number: int) -> None:
        raise KeyError(number)

    monkeypatch.delenv(variable)
    monkeypatch.delenv("HOME")
    monkeypatch.setattr(pwd, "getpwuid", unknown)
    assert folder() is None


def _foreign(monkeypatch: pytest.MonkeyPatch, platform: str) -> None:
    """Run as if on *platform*, with a platformdirs that returns its arguments."""

    def answering(purpose: str) -> Callable[..., str]:
        return lambda app, *, appauthor: f"/{purpose}/{app}/{appauthor}"

    library = ModuleType("platformdirs")
    library.user_data_dir = answering("data")  # type: ignore[attr-defined]  # a stand-in
    library.user_cache_dir = answering("cache")  # type: ignore[attr-defined]  # a stand-in
    monkeypatch.setitem(sys.modules, "platformdirs", library)
    monkeypatch.setattr(sys, "platform", platform)


@pytest.mark.parametrize("platform", ["darwin", "win32"])
def test_other_platforms_have_folders_of_their_own(
    platform: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Platformdirs has the folder, without an author in its path."""
    _foreign(monkeypatch, platform)
    monkeypatch.delenv("XDG_DATA_HOME")
    monkeypatch.delenv("XDG_CACHE_HOME")
    assert paths.data_folder() == "/data/countdown/False"
    assert paths.cache_folder() == "/cache/countdown/False"


@pytest.mark.parametrize("platform", ["darwin", "win32"])
def test_xdg_variable_counts_on_other_platforms_too(
    platform: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If a user sets it."""
    _foreign(monkeypatch, platform)
    monkeypatch.setenv("XDG_CACHE_HOME", "/somewhere/else")
    assert paths.cache_folder() == "/somewhere/else/countdown"


def test_files_of_the_user_are_in_their_folders(monkeypatch: pytest.MonkeyPatch) -> None:
    """They may be missing."""
    monkeypatch.setenv("XDG_DATA_HOME", "/somewhere/else")
    monkeypatch.setenv("XDG_CONFIG_HOME", "/anywhere")
    assert paths.user_catalogue() == "/somewhere/else/countdown/releases.toml"
    assert paths.config_file() == "/anywhere/countdown/config.toml"


def test_without_a_home_there_are_no_files_of_the_user(monkeypatch: pytest.MonkeyPatch) -> None:
    """Then there are only the shipped catalogue and the default settings."""
    monkeypatch.delenv("XDG_DATA_HOME")
    monkeypatch.delenv("XDG_CONFIG_HOME")
    monkeypatch.setenv("HOME", "")
    assert paths.user_catalogue() is None
    assert paths.config_file() is None


def test_shipped_catalogue_exists() -> None:
    """Installed or in a checkout."""
    assert os.path.isfile(paths.shipped("releases.toml"))


@pytest.mark.parametrize(
    ("installed", "expected"),
    [(True, "lib/countdown/data/a.toml"), (False, "data/a.toml")],
    ids=["wheel", "checkout"],
)
def test_shipped_files_are_in_the_package_or_beside_the_sources(
    installed: bool, expected: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A wheel has them in the package, a checkout two folders up."""
    module = tmp_path / "lib/countdown/paths.py"
    if installed:
        (tmp_path / "lib/countdown/data").mkdir(parents=True)
        (tmp_path / "lib/countdown/data/a.toml").touch()
    monkeypatch.setattr(paths, "__file__", str(module))
    assert paths.shipped("a.toml") == str(tmp_path / expected)


@pytest.mark.parametrize("mask", [0, 0o022, 0o077])
def test_folders_that_are_made_are_for_this_user_alone(mask: int, tmp_path: Path) -> None:
    """Their parents too; folders that exist stay as they were."""
    there = tmp_path / "there"
    there.mkdir()
    there.chmod(0o755)
    before = os.umask(mask)
    try:
        paths.make_folder(str(there / "a" / "b" / "c"))
        paths.make_folder(str(there / "a" / "b" / "c"))
    finally:
        os.umask(before)
    made = [there / "a", there / "a" / "b", there / "a" / "b" / "c"]
    assert [path.stat().st_mode & 0o777 for path in (there, *made)] == [0o755, *[0o700] * 3]


def test_error_for_a_folder_has_the_reason(tmp_path: Path) -> None:
    """A file or a link is in its place, or in that of a parent."""
    (tmp_path / "file").touch()
    (tmp_path / "loop").symlink_to("loop")
    for name, error in (
        ("file", FileExistsError),
        ("file/below", NotADirectoryError),
        ("loop", OSError),
        ("loop/below", OSError),
        ("", FileNotFoundError),
    ):
        with pytest.raises(error):
            paths.make_folder(str(tmp_path / name) if name else "")


def test_folder_in_whose_place_a_file_is_is_named(tmp_path: Path) -> None:
    """With the system's message."""
    (tmp_path / "file").touch()
    with pytest.raises(FileExistsError, match=r"File exists: '.*/file'"):
        paths.make_folder(str(tmp_path / "file"))


def test_folder_that_another_process_makes_is_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two programs may start at once in a new home."""
    make = os.mkdir

    def late(path: str, mode: int) -> None:
        make(path, mode)
        raise FileExistsError(path)

    monkeypatch.setattr(os, "mkdir", late)
    paths.make_folder(str(tmp_path / "a" / "b"))
    assert (tmp_path / "a" / "b").is_dir()


def test_folder_below_a_root_that_is_missing_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A drive of Windows may be unplugged; its root is its own parent."""
    created: list[str] = []

    def above(path: str) -> str:
        created.append(path)
        assert len(created) < 100, "it never ends"
        return ntpath.dirname(path)

    def missing(path: str, mode: int = 0) -> None:
        raise FileNotFoundError(path)

    monkeypatch.setattr(os.path, "dirname", above)
    monkeypatch.setattr(os, "mkdir", missing)
    with pytest.raises(FileNotFoundError):
        paths.make_folder("Q:\\home\\state")


def test_relative_path_stays_without_a_working_directory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without one, the path stays as it is."""
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    assert paths.absolute("file") == str(gone / "file")
    gone.rmdir()
    try:
        assert paths.absolute("file") == "file"
    finally:
        os.chdir(tmp_path)  # Else whatever follows has no folder.


def test_path_in_the_current_folder_is_relative(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Any other is whole; nothing is near a folder that is gone, or the root of all."""
    folder = tmp_path / "a"
    folder.mkdir()
    monkeypatch.chdir(folder)
    assert paths.near(f"{folder}/b/c.toml") == "b/c.toml"
    assert paths.near(f"{folder}b/c.toml") == f"{folder}b/c.toml"
    assert paths.near("c.toml") == "c.toml"
    folder.rmdir()
    assert paths.near(f"{folder}/c.toml") == f"{folder}/c.toml"
    monkeypatch.chdir("/")
    assert paths.near("/c.toml") == "/c.toml"


def test_untrusted_file_has_its_owner_and_a_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """For root, that is not to be root."""
    file, user = tmp_path / "a b", os.geteuid()
    file.touch()
    owner = pwd.getpwuid(user).pw_name
    monkeypatch.setattr(os, "geteuid", lambda: 99_999_999)  # Nobody has that number.
    said = f"{tmp_path} belongs to {owner}. Run: sudo chown -R 99999999 {tmp_path}"
    assert paths.untrusted_reason(str(file)) == said
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(os, "stat", lambda path: SimpleNamespace(st_uid=99_999_998, st_mode=0o700))
    said = f"{tmp_path} belongs to 99999998. Run countdown as 99999998, without sudo"
    assert paths.untrusted_reason(str(file)) == said
