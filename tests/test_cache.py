"""Cache files: what makes them valid or not, how they are written, and when they are removed."""

import os
import stat
import zlib
from pathlib import Path
from typing import Any

import pytest

from countdown import cache
from countdown.cache import HEADER
from countdown.stamps import Stamp, stamp
from tests.prompt.fixtures import LONG_AGO, resealed

SECOND = 1_000_000_000
NOW = 1_700_000_000 * SECOND
DAY = 86_400
KIND = "prompt"
KEY = "('key',)"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The cache folder, which is missing at first."""
    return tmp_path / "cache" / "countdown"


@pytest.fixture
def layer(tmp_path: Path) -> Path:
    """A watched file, older than the grain of file clocks."""
    path = tmp_path / "releases of ana.toml"
    path.write_text("format = 1\n")
    os.utime(path, (LONG_AGO, LONG_AGO))
    return path


def write(
    folder: Path, text: str = "Dune 3d", *paths: Path | str, at: int = NOW, **options: Any
) -> str | None:
    """Write a cache file that depends on *paths* and is valid for a day."""
    watched = [(str(path), stamp(str(path))) for path in paths]
    arguments = {"made": at, "until": at // SECOND + DAY, "watched": watched, **options}
    return cache.write(str(folder), KIND, KEY, text, **arguments)


def text(folder: Path, *, at: int = NOW, key: str = KEY) -> str | None:
    """The text of the valid cache file, or None."""
    result = cache.find(str(folder), KIND, key, at)
    return result and result[1]


def written(path: str | None) -> Path:
    """The path of a cache file that was written."""
    assert path is not None
    return Path(path)


# ---- Valid ----


@pytest.mark.parametrize(
    "answer",
    ["Dune 3d", "", "a\nb\n\nc", "Amélie – 君の名は", "end", " two  spaces ", "text x"],
)
def test_cache_file_is_read_back_as_it_was_written(answer: str, folder: Path, layer: Path) -> None:
    """With one line, several, or none if nothing is upcoming."""
    path = write(folder, answer, layer)
    assert cache.find(str(folder), KIND, KEY, NOW) == (path, answer)


def test_cache_file_is_plain_lines(folder: Path, layer: Path) -> None:
    """The shells read it with builtins alone."""
    missing = layer.parent / "none.toml"
    path = written(write(folder, "Dune 3d", layer, missing))
    state = stamp(str(layer))
    assert state is not None
    *lines, end = path.read_text().splitlines()
    assert lines == [
        HEADER,
        f"key {KEY}",
        f"until {NOW // SECOND + DAY}",
        f"watch {state[0]} {state[1]} {state[2]} {layer}",
        f"absent {missing}",
        "text Dune 3d",
    ]
    assert end == f"end {zlib.crc32(path.read_bytes()[: -len(end) - 1]):08x}"


def test_cache_file_has_the_time_of_its_making(folder: Path, layer: Path) -> None:
    """In its name, and as its modification time, which shells compare with those of files."""
    path = written(write(folder, "Dune 3d", layer))
    assert path.name.endswith(f".{NOW:020}")
    assert path.stat().st_mtime_ns == NOW


def test_cache_file_and_its_folder_are_the_users_alone(folder: Path) -> None:
    """Nobody else may read what a user asks, let alone change the answer."""
    before = os.umask(0)
    try:
        path = written(write(folder))
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


@pytest.mark.parametrize(
    ("later", "expected"),
    [(0, "Dune 3d"), (DAY * SECOND - 1, "Dune 3d"), (DAY * SECOND, None), (-1, None)],
)
def test_cache_file_is_valid_from_its_making_until_its_end(
    later: int, expected: str | None, folder: Path
) -> None:
    """After the clock was set back, it is from the future."""
    write(folder)
    assert text(folder, at=NOW + later) == expected


def test_cache_file_answers_only_its_key(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Even if another key has the same checksum."""
    write(folder)
    assert text(folder, key="('other',)") is None
    monkeypatch.setattr(cache, "crc32", lambda data: 1)
    write(folder)
    assert text(folder) == "Dune 3d"
    assert text(folder, key="('other',)") is None


@pytest.mark.parametrize("change", ["content", "time", "inode", "gone", "folder"])
def test_cache_file_is_invalid_when_a_file_changes(change: str, folder: Path, layer: Path) -> None:
    """In its size, time or inode, or if it is removed."""
    write(folder, "Dune 3d", layer)
    old = layer.stat()
    if change == "content":
        layer.write_text("format = 1\n\n")
        os.utime(layer, ns=(old.st_atime_ns, old.st_mtime_ns))
    elif change == "time":
        os.utime(layer, ns=(old.st_atime_ns, old.st_mtime_ns + 1))
    elif change == "inode":
        other = layer.with_suffix(".new")
        other.write_bytes(layer.read_bytes())
        os.utime(other, ns=(old.st_atime_ns, old.st_mtime_ns))
        os.replace(other, layer)
    else:
        layer.unlink()
    if change == "folder":
        layer.mkdir()
    assert text(folder) is None


@pytest.mark.parametrize("link", [False, True])
def test_cache_file_is_invalid_when_a_file_appears(
    link: bool, folder: Path, tmp_path: Path
) -> None:
    """Or a dangling link."""
    missing = tmp_path / "releases.toml"
    write(folder, "Dune 3d", missing)
    assert text(folder) == "Dune 3d"
    if link:
        missing.symlink_to("nowhere")
    else:
        missing.touch()
    assert text(folder) is None


def test_newest_valid_cache_file_is_the_answer(folder: Path, layer: Path) -> None:
    """An invalid newer one doesn't hide it."""
    first = written(write(folder, "old"))
    kept = first.read_bytes()
    second = written(write(folder, "new", layer, at=NOW + SECOND))
    first.write_bytes(kept)
    assert text(folder, at=NOW + SECOND) == "new"
    assert text(folder, at=NOW) == "old"
    layer.unlink()
    assert second.exists()
    assert text(folder, at=NOW + SECOND) == "old"


# ---- Invalid ----


def test_missing_folder_has_no_cache_file(folder: Path) -> None:
    """It is made when the first one is written."""
    assert text(folder) is None


def test_cache_file_that_was_cut_short_is_invalid(folder: Path, layer: Path) -> None:
    """The disk was full, or the power failed."""
    path = written(write(folder, "Dune 3d\nThor 4d", layer))
    whole = path.read_bytes()
    for length in range(len(whole)):
        path.write_bytes(whole[:length])
        assert text(folder) is None
    path.write_bytes(whole)
    assert text(folder) == "Dune 3d\nThor 4d"


def test_byte_that_was_changed_anywhere_makes_it_invalid(folder: Path, layer: Path) -> None:
    """The checksum tells, in the text as anywhere else."""
    path = written(write(folder, "Dune 3d", layer))
    whole = path.read_bytes()
    for position in range(len(whole)):
        for byte in (b"\0", b"\n", b"\xff", b"x", b" "):
            damaged = whole[:position] + byte + whole[position + 1 :]
            path.write_bytes(damaged)
            assert text(folder) == ("Dune 3d" if damaged == whole else None)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (HEADER, "countdown-cache 2"),
        ("until 1", "until -1"),
        ("until 1", "until 1.5"),
        ("until 1", "until x"),
        ("until 1", f"until {'9' * 5000}1"),
        ("text", "sing"),
        ("watch", "follow"),
        ("watch ", "watch x "),
        ("text", "\ntext"),
        ("text", "watch\ntext"),
        ("text", "watch 1\ntext"),
        ("text", "watch 1 2 3 \0\ntext"),
        ("text", "watch 1 2 3 \xff\ntext"),
    ],
)
def test_cache_file_of_another_format_is_invalid(
    old: str, new: str, folder: Path, layer: Path
) -> None:
    """Another version or program wrote it."""
    path = written(write(folder, "Dune 3d", layer))
    whole = path.read_bytes()
    assert resealed(whole) == whole
    assert whole.decode().count(old) == 1
    path.write_bytes(resealed(whole.decode().replace(old, new).encode()))
    assert text(folder) is None


@pytest.mark.parametrize("more", [b"\n", b"end of it\n", b"end 00000000\n"])
def test_cache_file_that_goes_on_after_its_end_is_invalid(
    more: bytes, folder: Path, layer: Path
) -> None:
    """Two processes wrote it at once, or another program did."""
    path = written(write(folder, "Dune 3d", layer))
    path.write_bytes(path.read_bytes() + more)
    assert text(folder) is None


@pytest.mark.parametrize(
    "name", ["prompt-0.1", "{stem}", "{stem}x", "{stem}-1", "{stem}٣", "{stem}1.5", "index"]
)
def test_file_of_another_name_is_no_cache_file(name: str, folder: Path) -> None:
    """Whatever its content."""
    path = written(write(folder))
    stem = path.name[: path.name.index(".") + 1]
    path.rename(folder / name.format(stem=stem))
    assert text(folder) is None


@pytest.mark.parametrize("mode", [0o660, 0o606, 0o622, 0o666])
def test_cache_file_that_others_can_write_is_invalid(mode: int, folder: Path) -> None:
    """They could have written anything."""
    written(write(folder)).chmod(mode)
    assert text(folder) is None


@pytest.mark.parametrize("mode", [0o600, 0o400, 0o644])
def test_cache_file_that_others_can_read_is_valid(mode: int, folder: Path) -> None:
    """Reading changes nothing."""
    written(write(folder)).chmod(mode)
    assert text(folder) == "Dune 3d"


def test_cache_file_of_another_user_is_invalid(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """For root too."""
    path = written(write(folder))
    if os.geteuid() == 0:
        os.chown(path, 12345, -1)
    else:
        monkeypatch.setattr(os, "geteuid", lambda: 12345)
    assert text(folder) is None


def test_link_is_invalid(folder: Path, tmp_path: Path) -> None:
    """It could lead to a file of another user."""
    path = written(write(folder))
    elsewhere = tmp_path / "elsewhere"
    path.rename(elsewhere)
    path.symlink_to(elsewhere)
    assert text(folder) is None


def test_pipe_and_folder_are_invalid(folder: Path) -> None:
    """And opening a pipe doesn't wait for a writer."""
    path = written(write(folder))
    path.unlink()
    os.mkfifo(path, 0o600)
    assert text(folder) is None
    path.unlink()
    path.mkdir(0o700)
    assert text(folder) is None


def test_cache_file_that_is_too_long_is_invalid(folder: Path) -> None:
    """Files of that size are neither read nor written."""
    path = written(write(folder, "xyz"))
    whole = path.read_bytes()
    path.write_bytes(whole.replace(b"xyz", b"x" * cache.MAX_SIZE))
    assert text(folder) is None
    path.unlink()
    assert write(folder, "x" * cache.MAX_SIZE) is None
    assert [*folder.iterdir()] == []


def test_cache_file_that_cannot_be_read_is_invalid(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a fault of the disk, for example."""
    write(folder)

    def broken(handle: int, length: int) -> bytes:
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as patch:
        patch.setattr(os, "read", broken)
        assert text(folder) is None
    assert text(folder) == "Dune 3d"


# ---- Files that can't be watched ----


@pytest.mark.parametrize(
    ("age", "lasts", "watched"),
    [
        (2 * SECOND, DAY, True),
        (2 * SECOND - 1, 3, True),
        (0, 3, True),
        (1 - SECOND, 3, True),
        (-SECOND, 60, False),
        (-DAY * SECOND, 60, False),
    ],
)
def test_cache_file_is_valid_for_seconds_if_a_file_is_young(
    age: int, lasts: int, watched: bool, folder: Path, layer: Path
) -> None:
    """It could change again and keep its time; to shells, one from the future has changed."""
    os.utime(layer, ns=(NOW - age, NOW - age))
    path = written(write(folder, "Dune 3d", layer))
    assert ("\nwatch " in path.read_text()) == watched
    assert text(folder, at=NOW + lasts * SECOND - 1) == "Dune 3d"
    assert text(folder, at=NOW + lasts * SECOND) is None


def test_young_file_extends_no_earlier_end(folder: Path, layer: Path) -> None:
    """The earlier of both ends counts."""
    os.utime(layer, ns=(NOW, NOW))
    write(folder, "Dune 3d", layer, until=NOW // SECOND + 1)
    assert text(folder, at=NOW + SECOND) is None


@pytest.mark.parametrize("name", ["a\nb.toml", "a\x1b[31m.toml", "\udcff.toml"])
@pytest.mark.parametrize("exists", [True, False])
def test_file_whose_path_has_no_line_is_checked_every_minute(
    name: str, exists: bool, folder: Path, tmp_path: Path
) -> None:
    """A line break in its path would forge a line of the cache file."""
    path = tmp_path / name
    if exists:
        path.touch()
    cache_file = written(write(folder, "Dune 3d", path))
    assert text(folder, at=NOW + 60 * SECOND - 1) == "Dune 3d"
    assert text(folder, at=NOW + 60 * SECOND) is None
    assert len(cache_file.read_text().splitlines()) == 5


# ---- Writing ----


def failing(name: str, code: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the function *name* of os fail."""

    def fail(*args: Any, **options: Any) -> Any:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, name, fail)


@pytest.mark.parametrize("code", [28, 30, 13, 122])  # ENOSPC, EROFS, EACCES, EDQUOT
@pytest.mark.parametrize("name", ["stat", "open", "write", "utime", "replace"])
def test_cache_file_that_cannot_be_written_leaves_nothing_behind(
    name: str, code: int, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a full or read-only disk, the older one stays."""
    first = write(folder, "old", at=NOW - SECOND)
    with monkeypatch.context() as patch:
        failing(name, code, patch)
        assert write(folder) is None
    assert [str(path) for path in folder.iterdir()] == [first]


def test_cache_file_that_was_written_in_part_is_removed(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk may take the first bytes."""
    real = os.write
    monkeypatch.setattr(os, "write", lambda handle, data: real(handle, data[:10]))
    assert write(folder) is None
    assert [*folder.iterdir()] == []


def test_draft_that_cannot_be_removed_stays(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its name isn't one of a cache file."""
    failing("replace", 30, monkeypatch)
    failing("unlink", 30, monkeypatch)
    assert write(folder) is None
    assert text(folder) is None


def test_link_in_the_place_of_a_draft_is_not_followed(folder: Path, tmp_path: Path) -> None:
    """A link in the place of the cache file itself is replaced."""
    precious = tmp_path / "precious"
    precious.write_text("precious")
    path = written(write(folder))
    path.unlink()
    draft = Path(f"{path}.{os.getpid()}")
    draft.symlink_to(precious)
    assert write(folder) is None
    draft.unlink(missing_ok=True)
    path.symlink_to(precious)
    assert written(write(folder)).is_file()
    assert not path.is_symlink()
    assert precious.read_text() == "precious"


@pytest.mark.parametrize("mode", [0o770, 0o707, 0o777, 0o1777])
def test_folder_that_others_can_write_gets_no_cache_file(mode: int, folder: Path) -> None:
    """They could replace it."""
    folder.mkdir(parents=True)
    folder.chmod(mode)
    assert write(folder) is None
    assert [*folder.iterdir()] == []


def test_folder_of_another_user_gets_no_cache_file(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As under sudo with the home of the caller."""
    folder.mkdir(parents=True)
    if os.geteuid() == 0:
        os.chown(folder, 12345, -1)
    else:
        monkeypatch.setattr(os, "geteuid", lambda: 12345)
    assert write(folder) is None
    assert [*folder.iterdir()] == []


def test_file_in_the_place_of_the_folder_stays(folder: Path) -> None:
    """Nothing is cached then."""
    folder.parent.mkdir()
    folder.touch()
    assert write(folder) is None
    assert text(folder) is None


# ---- Removal ----


def test_newer_cache_file_replaces_older_ones_of_its_key(folder: Path) -> None:
    """And a draft that was left, but neither one of another key nor a newer one."""
    old = written(write(folder, "old", at=NOW - 5 * SECOND))
    draft = folder / f"{old.name}.999"
    draft.touch()
    other = written(cache.write(str(folder), KIND, "()", "x", made=NOW, until=0, watched=[]))
    young = written(write(folder, "young", at=NOW + 5 * SECOND))
    old.touch()
    stranger = folder / "index-1.sqlite"
    stranger.touch()
    new = written(write(folder, "new"))
    assert {*folder.iterdir()} == {other, young, new, stranger}


def test_cache_file_is_removed_after_a_week(folder: Path) -> None:
    """When the next one is written; other files of that age stay."""
    other = written(cache.write(str(folder), KIND, "()", "x", made=NOW, until=0, watched=[]))
    stranger = folder / "prompter"
    stranger.touch()
    os.utime(stranger, (LONG_AGO, LONG_AGO))
    write(folder, at=NOW + 7 * DAY * SECOND)
    assert other.exists()
    write(folder, at=NOW + 7 * DAY * SECOND + 1)
    assert not other.exists()
    assert stranger.exists()


@pytest.mark.parametrize("kind", ["prompt", "names", "settings"])
def test_old_cache_file_of_any_kind_is_removed(kind: str, folder: Path) -> None:
    """Names for Tab and settings may never be looked up again."""
    other = written(cache.write(str(folder), kind, "()", "x", made=NOW, until=0, watched=[]))
    assert other.name.startswith(f"{kind}-")
    write(folder, at=NOW + 7 * DAY * SECOND + 1)
    assert not other.exists()


def test_kinds_with_the_same_key_are_kept_apart(folder: Path) -> None:
    """Neither replaces the other."""
    write(folder, "Dune 3d")
    assert cache.find(str(folder), "names", KEY, NOW) is None
    cache.write(str(folder), "names", KEY, "Zendaya", made=NOW, watched=[])
    assert text(folder) == "Dune 3d"


def test_without_an_end_it_is_valid_while_its_files_are_unchanged(
    folder: Path, layer: Path
) -> None:
    """In a hundred years too."""
    watched = [(str(layer), stamp(str(layer)))]
    cache.write(str(folder), KIND, KEY, "Zendaya", made=NOW, watched=watched)
    assert text(folder, at=NOW + 36_525 * DAY * SECOND) == "Zendaya"
    layer.touch()
    assert text(folder) is None


def test_removal_that_fails_is_no_error(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another process may be removing the same files."""
    write(folder, "old", at=NOW - SECOND)
    failing("unlink", 2, monkeypatch)
    assert write(folder) is not None
    assert text(folder) == "Dune 3d"


def test_stamp_of_a_watched_file_is_from_before_it_was_read(folder: Path, layer: Path) -> None:
    """After a change while the answer was made, the cache file is invalid."""
    before: Stamp | None = stamp(str(layer))
    layer.write_text("format = 1\n# changed\n")
    write(folder, "Dune 3d", watched=[(str(layer), before)])
    assert text(folder) is None
