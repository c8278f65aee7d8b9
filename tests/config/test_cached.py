"""The cached settings: when they are valid, and when config.toml is read again."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from countdown import paths
from countdown.config import cached, load
from countdown.config.settings import Settings
from tests.config.conftest import OLD, Config
from tests.config.test_load import EVERY

NOW = (OLD + 3600) * 10**9
SETTINGS = load.parse_settings("c.toml", EVERY.encode())


def cache_files() -> list[Path]:
    """The cache files of settings."""
    return sorted(Path(str(paths.cache_folder())).glob("settings-*"))


def test_without_a_file_nothing_is_set() -> None:
    """And nothing is cached."""
    assert cached.load(NOW) == load.load_settings(NOW) == Settings()
    assert not Path(str(paths.cache_folder())).exists()


def test_without_a_home_nothing_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    """There is nowhere to look."""
    monkeypatch.setenv("HOME", "")
    monkeypatch.setenv("XDG_CONFIG_HOME", "")
    assert cached.load(NOW) == load.load_settings(NOW) == Settings()


def test_settings_are_cached_when_they_are_read(config: Config) -> None:
    """As they were read, name by name."""
    config(EVERY)
    assert cached.load(NOW) is None
    assert load.load_settings(NOW) == SETTINGS
    assert cached.load(NOW) == SETTINGS
    assert len(cache_files()) == 1
    assert cache_files()[0].stat().st_mode & 0o777 == 0o600


def test_empty_settings_are_cached_too(config: Config) -> None:
    """A file of comments is not read again and again."""
    config("# nothing")
    load.load_settings(NOW)
    assert cached.load(NOW) == Settings()


def replaced(path: Path) -> None:
    """Put another file of the same size and time in its place."""
    path.rename(f"{path}~")
    path.write_text(EVERY, "utf-8")
    os.utime(path, (OLD, OLD))


CHANGES: dict[str, Callable[[Path], object]] = {
    "edited": lambda path: path.write_text(EVERY.replace("BR", "US")),
    "touched": lambda path: os.utime(path, (OLD, OLD + 1)),
    "another file": replaced,
    "longer": lambda path: path.write_text(EVERY + "#"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_change_of_the_file_is_noticed(change: Callable[[Path], object], config: Config) -> None:
    """By size, time or inode."""
    path = config(EVERY)
    load.load_settings(NOW)
    change(path)
    assert cached.load(NOW) is None


def test_file_that_is_gone_is_noticed(config: Config) -> None:
    """Nothing is set then."""
    path = config(EVERY)
    load.load_settings(NOW)
    path.unlink()
    assert cached.load(NOW) == Settings()


@pytest.mark.parametrize("age", [0, 1_999_999_999, -(10**12)], ids=["new", "young", "of tomorrow"])
def test_young_file_is_not_cached(age: int, config: Config) -> None:
    """It could change again within the grain of the clock, and keep its stamp."""
    config(EVERY)
    now = OLD * 10**9 + age
    assert load.load_settings(now) == SETTINGS
    assert cache_files() == []
    load.load_settings(NOW)
    assert cached.load(now) is None


@pytest.mark.parametrize("name", ["a\nb", "\udcff"], ids=["line break", "not UTF-8"])
def test_file_whose_path_has_no_line_is_read_each_time(
    name: str, config: Config, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It couldn't be watched, and a change must count at once."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / name))
    config('region = "BR"')
    assert load.load_settings(NOW) == Settings(region="BR")
    assert cached.load(NOW) is None
    config('region = "US"')
    assert load.load_settings(NOW) == Settings(region="US")


def test_each_config_file_has_its_own_cache_file(
    config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both stay cached."""
    config(EVERY)
    load.load_settings(NOW)
    first = os.environ["XDG_CONFIG_HOME"]
    monkeypatch.setenv("XDG_CONFIG_HOME", f"{first}-other")
    config('region = "US"')
    load.load_settings(NOW)
    assert cached.load(NOW) == Settings(region="US")
    monkeypatch.setenv("XDG_CONFIG_HOME", first)
    assert cached.load(NOW) == SETTINGS


def test_settings_of_another_version_are_read_again(
    config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may have had other keys."""
    config(EVERY)
    load.load_settings(NOW)
    monkeypatch.setattr(cached, "VERSION", "9.9.9")
    assert cached.load(NOW) is None


def test_same_name_for_another_file_is_noticed(
    config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its name has only a checksum of the path."""
    config(EVERY)
    load.load_settings(NOW)
    (first,) = cache_files()
    monkeypatch.setenv("XDG_CONFIG_HOME", os.environ["XDG_CONFIG_HOME"] + "-other")
    config(EVERY)
    load.load_settings(NOW)
    (other,) = {*cache_files()} - {first}
    assert cached.load(NOW) == SETTINGS
    other.write_bytes(first.read_bytes())
    assert cached.load(NOW) is None


def test_every_damage_is_noticed(config: Config) -> None:
    """Cut short or changed anywhere, the file is ignored and written again."""
    config(EVERY)
    load.load_settings(NOW)
    (path,) = cache_files()
    whole = path.read_bytes()
    for length in range(len(whole)):
        path.write_bytes(whole[:length])
        assert cached.load(NOW) is None, length
        path.write_bytes(whole[:length] + bytes([whole[length] ^ 1]) + whole[length + 1 :])
        assert cached.load(NOW) is None, length
    assert load.load_settings(NOW) == SETTINGS
    assert path.read_bytes() == whole


def linked(path: Path) -> None:
    """Put a link to it in its place."""
    path.rename(f"{path}~")
    path.symlink_to(f"{path}~")


def made_a_pipe(path: Path) -> None:
    """Put a pipe in its place."""
    path.unlink()
    os.mkfifo(path)


def made_a_folder(path: Path) -> None:
    """Put a folder in its place."""
    path.unlink()
    path.mkdir()


HARMS: dict[str, Callable[[Path], None]] = {
    "others write": lambda path: path.chmod(0o620),
    "link": linked,
    "folder": made_a_folder,
    "pipe": made_a_pipe,
}


@pytest.mark.parametrize("harm", HARMS.values(), ids=HARMS)
def test_cache_file_that_others_could_have_written_is_ignored(
    harm: Callable[[Path], None], config: Config
) -> None:
    """Its text is shown in a prompt."""
    config(EVERY)
    load.load_settings(NOW)
    harm(cache_files()[0])
    assert cached.load(NOW) is None
    assert load.load_settings(NOW) == SETTINGS


def test_cache_file_of_another_user_is_ignored(
    config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And nothing is written to that user's folder."""
    config(EVERY)
    load.load_settings(NOW)
    monkeypatch.setattr(os, "geteuid", lambda: 12345)
    assert cached.load(NOW) is None
    before = cache_files()[0].stat()
    assert load.load_settings(NOW) == SETTINGS
    assert cache_files()[0].stat() == before


@pytest.mark.parametrize("place", ["", "/dev/null/cache"], ids=["none", "no folder"])
def test_without_a_cache_folder_the_settings_are_read_each_time(
    place: str, config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It costs time, and nothing else."""
    config(EVERY)
    monkeypatch.setenv("XDG_CACHE_HOME", place)
    monkeypatch.setenv("HOME", "")
    assert load.load_settings(NOW) == SETTINGS
    assert cached.load(NOW) is None


def test_fault_of_the_disk_is_no_error(config: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    """The settings are read again."""

    def fail(handle: int, size: int) -> bytes:
        raise OSError(5, "broken")

    config(EVERY)
    load.load_settings(NOW)
    monkeypatch.setattr(os, "read", fail)
    assert cached.load(NOW) is None


@pytest.mark.parametrize("call", ["write", "replace"])
def test_full_disk_has_no_draft_left(
    call: str, config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The settings are right all the same."""
    config(EVERY)
    monkeypatch.setattr(os, call, lambda *_: _fail())
    assert load.load_settings(NOW) == SETTINGS
    assert list(Path(str(paths.cache_folder())).iterdir()) == []


def test_short_write_is_ignored(config: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    """Even if the draft can't be removed."""
    config(EVERY)
    monkeypatch.setattr(os, "write", lambda handle, data: 1)
    monkeypatch.setattr(os, "unlink", lambda path: _fail())
    assert load.load_settings(NOW) == SETTINGS
    assert cached.load(NOW) is None


def _fail() -> int:
    raise OSError(28, "No space left on device")
