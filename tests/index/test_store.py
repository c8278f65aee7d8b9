"""The index file: built once, trusted while its layers stay as they are, rebuilt without a word."""

import errno
import os
import random
import resource
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any, NoReturn

import pytest

from countdown.errors import CatalogueError
from countdown.index import freshness, store
from countdown.stamps import CLOCK_GRAIN_NS as GRAIN
from countdown.stamps import CatalogueFiles
from tests.thorough import sample

SECOND = 1_000_000_000
HOUR = 3_600 * SECOND
DAY = 24 * HOUR
NOW = 1_656_979_200 * SECOND  # 2022-07-05 00:00:00 UTC
FIRST_RUNS = sample(4, of=20)  # at once
LONG_AGO = NOW - HOUR


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A cache folder that is not there yet."""
    return tmp_path / "cache"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A catalogue of one release, Thor, that was last changed an hour ago."""
    return write_source(tmp_path / "releases.toml", "Thor")


@pytest.fixture
def builds(monkeypatch: pytest.MonkeyPatch) -> list[sqlite3.Connection]:
    """Every connection that an index is built through, in order."""
    seen: list[sqlite3.Connection] = []
    connect = sqlite3.connect

    def watched(*args: Any, **named: Any) -> sqlite3.Connection:
        def note(statement: str) -> None:
            if "PRAGMA cache_size" in statement:
                seen.append(connection)

        connection: sqlite3.Connection = connect(*args, **named)
        connection.set_trace_callback(note)
        return connection

    monkeypatch.setattr(sqlite3, "connect", watched)
    return seen


def write_source(path: Path, *titles: str, at: int = LONG_AGO) -> Path:
    """The catalogue *path* with releases named *titles*, last modified *at*."""
    tables = [
        f'[[release]]\nid = "r{number}"\ntitle = "{title}"\nkind = "film"\n'
        for number, title in enumerate(titles)
    ]
    path.write_text("".join(["format = 1\n", *tables]), "utf-8")
    os.utime(path, ns=(at, at))
    return path


def layers(*paths: Path, optional: tuple[Path, ...] = ()) -> CatalogueFiles:
    """The layers *paths* and, above them, those that may be missing."""
    every = tuple(map(str, (*paths, *optional)))
    return CatalogueFiles(every, tuple(map(str, optional)))


def titles(files: CatalogueFiles, folder: Path | None, now: int = NOW) -> list[str]:
    """The titles that the index of *files* has."""
    place = None if folder is None else str(folder)
    with closing(store.connect(files, folder=place, now=now)) as connection:
        return [title for (title,) in connection.execute("SELECT folded FROM title ORDER BY key")]


def index_file(folder: Path) -> Path:
    """The one file in *folder*."""
    (path,) = folder.iterdir()
    return path


def modified_ns(path: Path) -> int:
    """When *path* was last modified, in ns."""
    return path.stat().st_mtime_ns


def fail_at(number: int) -> Callable[..., NoReturn]:
    """A function of the operating system that fails with *number*, whatever it is given."""

    def fail(*args: object, **kwargs: object) -> NoReturn:
        raise OSError(number, os.strerror(number))

    return fail


# ---- Built once and then trusted ----


def test_index_is_built_once(source: Path, folder: Path, builds: list[sqlite3.Connection]) -> None:
    """The second look finds what the first has made."""
    assert [titles(layers(source), folder) for _ in range(3)] == [["thor"]] * 3
    assert len(builds) == 1


def test_fresh_index_imports_nothing_that_reads_toml(source: Path, folder: Path) -> None:
    """The parser alone costs as much as a bare interpreter; only the first look may pay for it."""
    script = f"""
import sys
from countdown.index import store
from countdown.stamps import CatalogueFiles

store.connect(CatalogueFiles(({str(source)!r},)), folder={str(folder)!r}, now={NOW}).close()
costly = ("tomli", "countdown.catalogue", "countdown.index.build", "tempfile", "_blake2")
print(*(name for name in costly if name in sys.modules))
"""
    # Coverage, where it looks into processes, loads most of these by itself.
    environment = {name: text for name, text in os.environ.items() if not name.startswith("COV")}
    first, second = (
        subprocess.run(
            [sys.executable, "-c", script],
            capture_output=True,
            text=True,
            check=True,
            env=environment,
        )
        for _ in range(2)
    )
    every = "tomli countdown.catalogue countdown.index.build tempfile _blake2"
    assert (first.stdout.strip(), second.stdout.strip()) == (every, "")


def test_connection_of_an_index_file_is_read_only(source: Path, folder: Path) -> None:
    """No question can change the index that others are asking."""
    files = layers(source)
    with (
        closing(store.connect(files, folder=str(folder), now=NOW)) as connection,
        pytest.raises(sqlite3.OperationalError, match="readonly"),
    ):
        connection.execute("DELETE FROM release")


def test_each_set_of_layers_has_an_index_of_its_own(
    tmp_path: Path, folder: Path, builds: list[sqlite3.Connection]
) -> None:
    """Two catalogues in turns do not build each other away, nor does their order."""
    one, two = write_source(tmp_path / "1.toml", "Thor"), write_source(tmp_path / "2.toml", "Loki")
    every = [layers(one), layers(two), layers(one, two), layers(two, one)]
    answers = [["thor"], ["loki"], ["loki"], ["thor"]]
    for _ in range(2):
        assert [titles(files, folder) for files in every] == answers
    assert len(builds) == len(list(folder.iterdir())) == len(every)


@pytest.mark.parametrize(
    "name", ["with space", "100%", "%41", "a?mode=rw", "a#b", "é", "'\"", os.fsdecode(b"\xff")]
)
def test_folder_and_layer_may_have_any_name(
    tmp_path: Path, name: str, builds: list[sqlite3.Connection]
) -> None:
    """Characters that are special in a URI, and bytes that are no text, are fine in a name."""
    (tmp_path / name).mkdir()
    source = write_source(tmp_path / name / "releases.toml", "Thor")
    for _ in range(2):
        assert titles(layers(source), tmp_path / name / "cache") == ["thor"]
    assert len(builds) == 1
    assert index_file(tmp_path / name / "cache").suffix == ".sqlite"


def test_index_is_for_its_user_alone(source: Path, tmp_path: Path) -> None:
    """With any umask: 0600 for the file and 0700 for the new folder."""
    old = os.umask(0)
    try:
        titles(layers(source), tmp_path / "new" / "cache")
    finally:
        os.umask(old)
    folder = tmp_path / "new" / "cache"
    assert folder.stat().st_mode & 0o777 == 0o700
    assert index_file(folder).stat().st_mode & 0o777 == 0o600


# ---- Stale ----


def _longer(path: Path) -> None:
    write_source(path, "Thor", "Loki")


def _touched(path: Path) -> None:
    os.utime(path, ns=(LONG_AGO + 1, LONG_AGO + 1))


def _older(path: Path) -> None:
    os.utime(path, ns=(LONG_AGO - DAY, LONG_AGO - DAY))


def _replaced(path: Path) -> None:
    other = write_source(path.with_name("other.toml"), "Loki")
    os.replace(other, path)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (_longer, ["thor", "loki"]),
        (_touched, ["thor"]),
        (_older, ["thor"]),
        (_replaced, ["loki"]),
    ],
    ids=["size", "later time", "earlier time", "inode"],
)
def test_changed_layer_is_read_again(
    change: Callable[[Path], None],
    expected: list[str],
    source: Path,
    folder: Path,
    builds: list[sqlite3.Connection],
) -> None:
    """Size, modification time and inode each tell it, alone."""
    titles(layers(source), folder)
    change(source)
    assert titles(layers(source), folder) == expected
    assert len(builds) == 2


def test_second_edit_within_the_grain_of_the_clock_is_seen(
    tmp_path: Path, folder: Path, builds: list[sqlite3.Connection]
) -> None:
    """Same size, same time, same inode: only the content differs."""
    source = write_source(tmp_path / "releases.toml", "Thor", at=NOW - 1)
    before = source.stat()
    assert titles(layers(source), folder) == ["thor"]
    after = write_source(source, "Loki", at=NOW - 1).stat()
    assert (before.st_size, before.st_mtime_ns, before.st_ino) == (
        after.st_size,
        after.st_mtime_ns,
        after.st_ino,
    )
    assert titles(layers(source), folder, NOW + HOUR) == ["loki"]
    assert len(builds) == 2


def test_content_is_compared_until_the_grain_is_over(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first look after it records that the stamps are enough from now on."""
    files = layers(write_source(tmp_path / "releases.toml", "Thor", at=NOW - SECOND))
    read: list[object] = []
    real = open

    def noted(file: Any, *args: Any, **named: Any) -> Any:
        if os.fsencode(files.paths[0]) == file:
            read.append(file)
        return real(file, *args, **named)

    monkeypatch.setattr("builtins.open", noted)
    counts = []
    for later in (0, SECOND // 2, SECOND, 2 * SECOND, HOUR):
        assert titles(files, folder, NOW + later) == ["thor"]
        counts.append(len(read))
    assert counts == [1, 2, 3, 3, 3]
    assert modified_ns(index_file(folder)) == NOW + SECOND


@pytest.mark.parametrize(
    ("ages", "settled"),
    [
        ((GRAIN, GRAIN), True),
        ((GRAIN, GRAIN - 1), False),
        ((GRAIN - 1, GRAIN), False),
        ((HOUR, GRAIN), True),
        ((HOUR, GRAIN - 1), False),
        ((HOUR, HOUR), False),
        ((-HOUR, GRAIN), False),
        ((HOUR, GRAIN + SECOND), False),
    ],
)
def test_index_settles_when_its_youngest_layer_does(
    ages: tuple[int, int], settled: bool, tmp_path: Path, folder: Path
) -> None:
    """Of layers some ns old at the second look; one that was old at the first needs no settling."""
    files = layers(
        *(
            write_source(tmp_path / f"{number}.toml", f"Film {number}", at=NOW - age)
            for number, age in enumerate(ages)
        )
    )
    titles(files, folder, NOW - SECOND)
    titles(files, folder, NOW)
    assert modified_ns(index_file(folder)) == (NOW if settled else NOW - SECOND)


def test_index_that_cannot_be_touched_still_answers(
    tmp_path: Path,
    folder: Path,
    builds: list[sqlite3.Connection],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """In a folder that has become read-only, the content goes on being compared."""
    files = layers(write_source(tmp_path / "releases.toml", "Thor", at=NOW - 1))
    titles(files, folder)
    monkeypatch.setattr(os, "utime", fail_at(errno.EROFS))
    assert titles(files, folder, NOW + HOUR) == ["thor"]
    assert modified_ns(index_file(folder)) == NOW
    assert len(builds) == 1


def test_young_layer_that_cannot_be_compared_is_not_trusted(
    tmp_path: Path,
    folder: Path,
    builds: list[sqlite3.Connection],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Unreadable for a moment: the answer then comes from memory, not from what was once true."""
    files = layers(write_source(tmp_path / "releases.toml", "Thor", at=NOW - 1))
    titles(files, folder)

    real = open

    def broken(file: Any, *args: Any, **named: Any) -> Any:
        if os.fsencode(files.paths[0]) == file:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return real(file, *args, **named)

    monkeypatch.setattr("builtins.open", broken)
    assert titles(files, folder) == ["thor"]
    assert len(builds) == 3


def test_index_replaced_while_it_is_opened_is_judged_by_its_own_age(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The age of the new file must not vouch for the old one, which is the one that is open."""
    source = write_source(tmp_path / "releases.toml", "Thor", at=NOW - 1)
    assert titles(layers(source), folder) == ["thor"]
    write_source(source, "Loki", at=NOW - 1)
    connect = sqlite3.connect

    def overtaken(*args: str, **kwargs: bool) -> sqlite3.Connection:
        monkeypatch.undo()
        connection = connect(*args, **kwargs)  # type: ignore[call-overload]
        titles(layers(source), folder, NOW + HOUR)
        return connection  # type: ignore[no-any-return]

    monkeypatch.setattr(sqlite3, "connect", overtaken)
    assert titles(layers(source), folder, NOW + HOUR) == ["loki"]


def test_optional_layer_is_seen_when_it_appears_and_when_it_goes(
    source: Path, tmp_path: Path, folder: Path, builds: list[sqlite3.Connection]
) -> None:
    """The user's own catalogue need not exist; an index without it is as good as any."""
    own = tmp_path / "own.toml"
    files = layers(source, optional=(own,))
    assert [titles(files, folder) for _ in range(2)] == [["thor"]] * 2
    write_source(own, "Loki")
    assert [titles(files, folder) for _ in range(2)] == [["loki"]] * 2
    own.unlink()
    assert [titles(files, folder) for _ in range(2)] == [["thor"]] * 2
    assert len(builds) == 3


def test_index_of_no_file_that_exists_is_fresh(
    tmp_path: Path, folder: Path, builds: list[sqlite3.Connection]
) -> None:
    """Nothing is newer than it."""
    files = layers(optional=(tmp_path / "own.toml",))
    assert [titles(files, folder) for _ in range(2)] == [[], []]
    assert len(builds) == 1


@pytest.mark.parametrize("indexed", [False, True])
def test_layer_that_is_not_optional_must_exist(source: Path, folder: Path, indexed: bool) -> None:
    """An index that was built when it still existed does not stand in for it."""
    if indexed:
        titles(layers(source), folder)
    source.unlink()
    with pytest.raises(CatalogueError, match=r"releases\.toml: No such file"):
        titles(layers(source), folder)


def test_layer_that_was_optional_and_missing_must_exist_once_it_is_not(
    source: Path, tmp_path: Path, folder: Path
) -> None:
    """The same file named with --catalogue is wanted, not hoped for."""
    own = tmp_path / "own.toml"
    titles(layers(source, optional=(own,)), folder)
    with pytest.raises(CatalogueError, match=r"own\.toml: No such file"):
        titles(layers(source, own), folder)


@pytest.mark.parametrize(("name", "value"), [("VERSION", "999.0"), ("INDEX_VERSION", 999)])
def test_index_of_another_version_is_built_again(
    name: str,
    value: object,
    source: Path,
    folder: Path,
    builds: list[sqlite3.Connection],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """After an upgrade, and after a downgrade too."""
    titles(layers(source), folder)
    with monkeypatch.context() as other:
        other.setattr(freshness, name, value)
        assert [titles(layers(source), folder) for _ in range(2)] == [["thor"]] * 2
    assert titles(layers(source), folder) == ["thor"]
    assert len(builds) == 3


def test_catalogue_that_can_be_read_but_once_is_read_once(
    source: Path, folder: Path, builds: list[sqlite3.Connection]
) -> None:
    """`--catalogue <(curl …)` is a pipe: nothing can be compared with it later."""
    reading, writing = os.pipe()
    os.write(writing, source.read_bytes())
    os.close(writing)
    try:
        assert titles(layers(Path(f"/dev/fd/{reading}")), folder) == ["thor"]
    finally:
        os.close(reading)
    assert len(builds) == 1
    assert not folder.exists()


def test_catalogue_that_is_a_folder_is_refused(tmp_path: Path, folder: Path) -> None:
    """With the system's own words, not a traceback."""
    with pytest.raises(CatalogueError, match="Is a directory"):
        titles(layers(tmp_path), folder)


# ---- Damaged and foreign ----

RANDOM = random.Random(4).randbytes(20_000)


@pytest.mark.parametrize(
    "damage",
    [
        lambda whole: b"",
        lambda whole: b"\0",
        lambda whole: RANDOM,
        lambda whole: bytes(len(whole)),
        lambda whole: b"# a shell script, perhaps\n",
        lambda whole: whole[:16],
        lambda whole: whole[:100],
        lambda whole: whole[:512],
        lambda whole: whole[:4096],
        lambda whole: whole[: len(whole) // 2],
        lambda whole: whole[:-1],
        lambda whole: whole[:-512],
        lambda whole: whole[:-4096],
        lambda whole: whole[:100] + RANDOM,
        lambda whole: RANDOM[:100] + whole[100:],
    ],
    ids=[
        *("empty", "a NUL", "random", "zeros", "text", "16 bytes", "100 bytes", "512 bytes"),
        *(
            "a page",
            "half",
            "all but a byte",
            "all but a sector",
            "all but a page",
            "random pages",
            "random header",
        ),
    ],
)
def test_damaged_index_is_built_again_without_a_word(
    damage: Callable[[bytes], bytes],
    source: Path,
    folder: Path,
    builds: list[sqlite3.Connection],
    capfd: pytest.CaptureFixture[str],
) -> None:
    """Half-written, cut short by a full disk, or never an index at all."""
    titles(layers(source), folder)
    path = index_file(folder)
    whole = path.read_bytes()
    damaged = damage(whole)
    path.write_bytes(damaged)
    os.utime(path, ns=(NOW, NOW))
    assert [titles(layers(source), folder) for _ in range(2)] == [["thor"]] * 2
    assert len(builds) == 2
    assert path.read_bytes() != damaged
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    "statements",
    [
        "DELETE FROM build",
        "INSERT INTO build SELECT * FROM build",
        "UPDATE build SET first_day = 'never'",
        "INSERT INTO source_file VALUES (1, x'00', 1, 1, '1', '', 0)",
        "UPDATE build SET version = ''",
        "UPDATE build SET version = 1",
        "UPDATE build SET version = x'ff'",
        "UPDATE build SET version = CAST(x'ff' AS TEXT)",
        "DROP TABLE build",
        "DROP TABLE layer",
        "DELETE FROM layer",
        "INSERT INTO layer SELECT NULL, path, size, modified_ns, inode, content_hash FROM layer",
        "UPDATE layer SET path = x'00'",
        "UPDATE layer SET path = CAST(path AS TEXT)",
        "UPDATE layer SET size = NULL",
        "UPDATE layer SET size = 'large'",
        "UPDATE layer SET modified_ns = 1.5",
        "UPDATE layer SET modified_ns = x''",
        "UPDATE layer SET inode = NULL",
        "UPDATE layer SET inode = '[]'",
        "DROP TABLE layer; CREATE TABLE layer (key, path, size)",
        "DROP TABLE layer; DROP TABLE build; CREATE TABLE memo (text); VACUUM",
    ],
)
def test_index_with_odd_notes_is_built_again(
    statements: str, source: Path, folder: Path, builds: list[sqlite3.Connection]
) -> None:
    """A database that is whole, but does not say of what it was built, is as good as none."""
    titles(layers(source), folder)
    path = index_file(folder)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.executescript(statements)
    os.utime(path, ns=(NOW, NOW))
    assert [titles(layers(source), folder) for _ in range(2)] == [["thor"]] * 2
    assert len(builds) == 2


@pytest.mark.parametrize("content", [None, "", "0", 5])
def test_odd_content_hash_is_not_trusted(
    content: object, tmp_path: Path, folder: Path, builds: list[sqlite3.Connection]
) -> None:
    """A young layer has to match it, and nothing matches what is no hash."""
    files = layers(write_source(tmp_path / "releases.toml", "Thor", at=NOW - 1))
    titles(files, folder)
    path = index_file(folder)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("UPDATE layer SET content_hash = ?", (content,))
    os.utime(path, ns=(NOW, NOW))
    assert titles(files, folder) == ["thor"]
    assert len(builds) == 2


def test_discarded_index_is_built_again(
    source: Path, folder: Path, builds: list[sqlite3.Connection]
) -> None:
    """An index that is damaged where only a query reads it is removed; twice does no harm."""
    titles(layers(source), folder)
    for _ in range(2):
        store.discard(layers(source), folder=str(folder))
    assert list(folder.iterdir()) == []
    assert titles(layers(source), folder) == ["thor"]
    assert len(builds) == 2


def test_planted_symlink_is_replaced_and_not_written_through(
    source: Path, tmp_path: Path, folder: Path
) -> None:
    """In a folder that others can write, the index must not be a way to their target."""
    titles(layers(source), folder)
    path = index_file(folder)
    path.unlink()
    target = tmp_path / "precious"
    target.write_text("do not touch", "utf-8")
    path.symlink_to(target)
    assert titles(layers(source), folder) == ["thor"]
    assert target.read_text("utf-8") == "do not touch"
    assert not path.is_symlink()


# ---- Where nothing can be written ----


def test_without_a_folder_the_index_lives_in_memory(
    source: Path, tmp_path: Path, builds: list[sqlite3.Connection]
) -> None:
    """It is built for each look, and leaves nothing behind."""
    before = sorted(tmp_path.iterdir())
    assert [titles(layers(source), None) for _ in range(2)] == [["thor"]] * 2
    assert len(builds) == 2
    assert sorted(tmp_path.iterdir()) == before


def test_file_in_place_of_the_folder_makes_it_live_in_memory(source: Path, folder: Path) -> None:
    """The file stays as it is."""
    folder.write_text("not a folder", "utf-8")
    assert titles(layers(source), folder) == ["thor"]
    assert titles(layers(source), folder / "deeper") == ["thor"]
    assert folder.read_text("utf-8") == "not a folder"


def test_directory_in_place_of_the_index_makes_it_live_in_memory(
    source: Path, folder: Path
) -> None:
    """The directory stays, and no draft beside it."""
    titles(layers(source), folder)
    path = index_file(folder)
    path.unlink()
    (path / "kept").mkdir(parents=True)
    assert titles(layers(source), folder) == ["thor"]
    assert list(folder.rglob("*")) == [path, path / "kept"]


@pytest.mark.parametrize(
    ("function", "number"),
    [
        ("os.mkdir", errno.EACCES),
        ("tempfile.mkstemp", errno.EROFS),
        ("os.utime", errno.EPERM),
        ("os.replace", errno.ENOSPC),
        ("os.replace", errno.EACCES),
    ],
)
def test_folder_that_cannot_be_written_makes_it_live_in_memory(
    function: str, number: int, source: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Read-only, full or forbidden: the answer is the same, and no draft is left."""
    monkeypatch.setattr(function, fail_at(number))
    assert titles(layers(source), folder) == ["thor"]
    assert not folder.exists() or list(folder.iterdir()) == []


def test_disk_that_is_full_makes_it_live_in_memory(
    source: Path, folder: Path, builds: list[sqlite3.Connection]
) -> None:
    """SQLite reports it halfway through."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, hard))  # of each file, in bytes
    try:
        assert titles(layers(source), folder) == ["thor"]
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert len(builds) == 2
    assert list(folder.iterdir()) == []


# ---- Problems and leftovers ----


@pytest.mark.parametrize("content", ["format = 1\n[[release]]\nid = 5\n", "no TOML"])
def test_problem_in_a_layer_leaves_nothing_behind(content: str, source: Path, folder: Path) -> None:
    """Neither a draft nor an index."""
    source.write_text(content, "utf-8")
    with pytest.raises(CatalogueError, match=r"releases\.toml:\d+:\d+: "):
        titles(layers(source), folder)
    assert list(folder.iterdir()) == []


def test_problem_in_a_layer_lets_go_of_the_index_in_memory(
    source: Path, builds: list[sqlite3.Connection]
) -> None:
    """The connection is closed, not left to the garbage collector."""
    source.write_text("format = 1\n[[release]]\nid = 5\n", "utf-8")
    with pytest.raises(CatalogueError):
        titles(layers(source), None)
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        builds[0].execute("SELECT 1")


def test_interrupted_build_leaves_nothing_behind(source: Path, folder: Path) -> None:
    """Ctrl-C in the middle of it."""

    def interrupted(what: str, done: int, total: int) -> None:
        if what == "Indexing":
            assert len(list(folder.iterdir())) == 1
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        store.connect(layers(source), folder=str(folder), now=NOW, progress=interrupted)
    assert list(folder.iterdir()) == []


def test_build_sweeps_away_what_is_a_month_old(source: Path, folder: Path) -> None:
    """Indexes and drafts of others; what is younger, or is no index, stays."""
    ages = {
        "index-00000001.sqlite": 31 * DAY,
        "index-00000002.sqlite.draft": 31 * DAY,
        "index-00000003.sqlite": 30 * DAY,
        "index-00000004.sqlite.draft": 29 * DAY,
        "memo": 31 * DAY,
    }
    folder.mkdir()
    for name, age in ages.items():
        (folder / name).touch()
        os.utime(folder / name, ns=(NOW - age, NOW - age))
    before = set(folder.iterdir())
    titles(layers(source), folder)
    gone = before - set(folder.iterdir())
    assert {path.name for path in gone} == {"index-00000001.sqlite", "index-00000002.sqlite.draft"}
    assert len(list(folder.iterdir())) == 4


def test_fresh_index_sweeps_nothing(source: Path, folder: Path) -> None:
    """Only a build looks around; the path that every command takes does not."""
    titles(layers(source), folder)
    (folder / "index-00000001.sqlite").touch()
    os.utime(folder / "index-00000001.sqlite", ns=(0, 0))
    titles(layers(source), folder)
    assert (folder / "index-00000001.sqlite").exists()


def test_leftover_that_cannot_be_removed_does_no_harm(source: Path, folder: Path) -> None:
    """Here a directory with the name of an index."""
    odd = folder / "index-00000001.sqlite"
    odd.mkdir(parents=True)
    os.utime(odd, ns=(0, 0))
    assert titles(layers(source), folder) == ["thor"]
    assert odd.is_dir()


# ---- Progress ----


def test_progress_is_in_bytes_read_and_releases_indexed(
    source: Path, tmp_path: Path, folder: Path
) -> None:
    """Once for each layer that exists, then for every thousand releases, and at the end."""
    own = write_source(tmp_path / "own.toml", *(f"Film {number}" for number in range(2500)))
    files = layers(source, own, optional=(tmp_path / "missing.toml",))
    told: list[tuple[str, int, int]] = []
    for _ in range(2):
        store.connect(
            files, folder=str(folder), now=NOW, progress=lambda *step: told.append(step)
        ).close()
    assert told[:2] == [("Reading", 0, path.stat().st_size) for path in (source, own)]
    assert {what for what, _, _ in told[2:]} == {"Indexing"}
    assert told[-1] == ("Indexing", 2500, 2500)
    assert [done for _, done, _ in told[2:]] == [500, 1500, 2500]


# ---- Many at once ----


def test_first_runs_at_once_all_answer_and_leave_one_index(tmp_path: Path, folder: Path) -> None:
    """Each draft has a name of its own, and whichever comes last into place is as good."""
    source = write_source(tmp_path / "releases.toml", *(f"Film {number}" for number in range(40)))
    script = f"""
import sys
from countdown.index import store
from countdown.stamps import CatalogueFiles

print("ready", flush=True)
sys.stdin.read()
connection = store.connect(CatalogueFiles(({str(source)!r},)), folder={str(folder)!r}, now={NOW})
print(*connection.execute("SELECT count(*) FROM release").fetchone())
"""
    reading, writing = os.pipe()  # All wait for its end, which comes when nobody can write to it.
    runs = [
        subprocess.Popen(
            [sys.executable, "-c", script],
            stdin=reading,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(FIRST_RUNS)
    ]
    os.close(reading)
    for run in runs:
        assert run.stdout is not None
        assert run.stdout.readline() == "ready\n"
    os.close(writing)
    answers = [run.communicate() for run in runs]
    assert answers == [("40\n", "")] * FIRST_RUNS
    assert index_file(folder).suffix == ".sqlite"
