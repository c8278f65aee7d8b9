"""The journal: silent at first, each change recorded once, nothing lost whatever happens to it."""

import os
import random
import resource
import select
import shutil
import signal
import sqlite3
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any, NoReturn

import pytest

from countdown.core import edtf
from countdown.core.changes import Episodes, Facts
from countdown.core.release import AnnouncedDate
from countdown.index import store
from countdown.journal import database, deliveries, detect_changes, observations
from countdown.journal.database import FILE_NAME
from countdown.journal.observations import Observation
from countdown.journal.tables import NewerJournalError
from countdown.stamps import CatalogueFiles
from tests.thorough import sample

OLD = Path(__file__).parents[1] / "data" / "old"
SECOND = 1_000_000_000
DAY = 86_400 * SECOND
NOW = 1_795_000_000 * SECOND
Dates = dict[str, str]  # title → date in TOML


@pytest.fixture
def state(tmp_path: Path) -> Path:
    """A state folder that is not there yet."""
    return tmp_path / "state" / "countdown"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """The path of a catalogue."""
    return tmp_path / "releases.toml"


def write_source(path: Path, at: int = NOW - DAY, /, **dates: str) -> Path:
    """The catalogue *path* with films named after *dates*, last modified *at*."""
    tables = [
        f'[[release]]\nid = "{id}"\ntitle = "{id.title()}"\nkind = "film"\n'
        + (f'date = "{date}"\n' if date else "")
        for id, date in dates.items()
    ]
    path.write_text("".join(["format = 1\n", *tables]), "utf-8")
    os.utime(path, ns=(at, at))
    return path


def layers(*paths: Path, own: Path | None = None) -> CatalogueFiles:
    """Layers of *paths*; *own* may be missing."""
    extra = () if own is None else (str(own),)
    return CatalogueFiles((*map(str, paths), *extra), extra)


def connect_to(
    files: CatalogueFiles, state: Path | str, now: int = NOW, *, cache: Path | str | None = None
) -> sqlite3.Connection:
    """The index of *files*, which is compared with the journal in *state* when it is built."""

    def compare(index: sqlite3.Connection) -> bool:
        return detect_changes.record_changes(index, files, folder=str(state), now=now)

    return store.connect(files, folder=str(cache) if cache else None, now=now, compare=compare)


def look(files: CatalogueFiles, state: Path, now: int = NOW) -> None:
    """Build an index in memory of what *files* says now."""
    connect_to(files, state, now).close()


def list_observed(files: CatalogueFiles, state: Path, now: int = NOW) -> list[Observation]:
    """All that was seen to change in *files*."""
    with closing(database.connect(str(state))) as opened:
        watch = observations.watched_catalogue(opened, files, now=now)
        assert watch is not None
        return observations.list_observations(opened, watch.scope, now=now)


def list_changes(files: CatalogueFiles, state: Path) -> list[tuple[str, str, str]]:
    """The same, as id and the dates before and after; a dash is a release that was not there."""
    return [
        (one.id, dates_of(one.before), dates_of(one.after)) for one in list_observed(files, state)
    ]


def dates_of(facts: Facts | None) -> str:
    """The dates of *facts*."""
    return "-" if facts is None else " ".join(dated.date.edtf for dated in facts.dates)


def is_intact(state: Path) -> bool:
    """True if SQLite finds nothing wrong with the journal."""
    with closing(sqlite3.connect(state / FILE_NAME)) as opened:
        return opened.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


# ---- What is noted ----


def test_first_look_is_silent(source: Path, state: Path) -> None:
    """The first run does not report everything as new."""
    write_source(source, dune="2027", thor="")
    look(layers(source), state)
    assert list_changes(layers(source), state) == []


def test_each_change_is_recorded_once(source: Path, state: Path) -> None:
    """New, moved and removed; an unchanged release is not among them."""
    files = layers(source)
    look(files, state) if write_source(source, dune="2027", thor="2028-05-05", alien="") else None
    write_source(source, dune="2027", thor="2028-06-05", blade="Q1 2027")
    for _ in range(3):
        look(files, state)
    expected = [
        ("thor", "2028-05-05", "2028-06-05"),
        ("blade", "-", "2027-33"),
        ("alien", "", "-"),
    ]
    assert list_changes(files, state) == expected
    write_source(source, dune="2027", thor="2028-05-05", blade="Q1 2027")
    look(files, state)
    assert list_changes(files, state) == [*expected, ("thor", "2028-06-05", "2028-05-05")]


def test_facts_are_name_stage_and_every_date(source: Path, state: Path) -> None:
    """The facts that changes are computed from; all else in a release may change unseen."""
    head = 'format = 1\n[[release]]\nid = "loki"\ntitle = "Loki"\nkind = "season"\nseason = 3\n'
    dates = (
        '[[release.dates]]\ndate = 2027-06-12\nregion = "US"\ntype = "tv"\n'
        '[[release.dates]]\ndate = "2027-06-11T07:00:00Z"\n'
    )
    source.write_text(head + dates, "utf-8")
    look(layers(source), state)
    source.write_text(f'{head}stage = "filming"\nsynopsis = "Time again."\n{dates}', "utf-8")
    look(layers(source), state)
    (one,) = list_observed(layers(source), state)
    known = (
        AnnouncedDate(edtf.parse("2027-06-11T07:00:00Z")),
        AnnouncedDate(edtf.parse("2027-06-12"), "US", "tv"),
    )
    assert one.before == Facts("Loki, season 3", None, known, Episodes())
    assert one.after == Facts("Loki, season 3", "filming", known, Episodes())
    source.write_text(f'{head}stage = "filming"\nsynopsis = "Other."\n{dates}', "utf-8")
    look(layers(source), state)
    assert len(list_observed(layers(source), state)) == 1


def test_usual_files_are_one_scope_wherever_they_lie(tmp_path: Path, state: Path) -> None:
    """A new virtual environment ships the catalogue elsewhere; its user's history goes on."""
    own = tmp_path / "own.toml"
    old, new = (
        write_source(tmp_path / name, dune=when) for name, when in (("a", "2027"), ("b", "2028"))
    )
    look(layers(old, own=own), state)
    look(layers(new, own=own), state)
    assert list_changes(layers(old, own=own), state) == [("dune", "2027", "2028")]


def test_other_files_are_scopes_of_their_own(tmp_path: Path, state: Path) -> None:
    """A catalogue that is only tried out is not compared with one's own."""
    one, two = (
        write_source(tmp_path / name, dune=when) for name, when in (("a", "2027"), ("b", "2028"))
    )
    for files in (layers(one), layers(two), layers(one, two), layers(two, one)):
        look(files, state)
        assert list_changes(files, state) == []
    write_source(two, dune="2029")
    look(layers(two), state)
    assert list_changes(layers(two), state) == [("dune", "2028", "2029")]
    assert list_changes(layers(one), state) == []


def test_since_is_the_first_look(source: Path, state: Path) -> None:
    """And never later than now, if the clock was wrong then."""
    write_source(source, dune="2027")
    look(layers(source), state, now=NOW)
    look(layers(source), state, now=NOW + DAY)
    with closing(database.connect(str(state))) as opened:
        for now, since in ((NOW + DAY, NOW), (NOW - DAY, NOW - DAY)):
            watch = observations.watched_catalogue(opened, layers(source), now=now)
            assert watch is not None
            assert watch.since == since
        assert observations.watched_catalogue(opened, layers(state), now=NOW) is None


def test_index_that_is_older_than_its_files_notes_nothing(source: Path, state: Path) -> None:
    """A build that took long must not take back what a quicker one has found."""
    files = layers(source)
    slow = store.connect(files, folder=None, now=NOW) if write_source(source, dune="2027") else None
    assert slow is not None
    look(files, state)
    write_source(source, NOW - DAY + 1, dune="2028")
    look(files, state)
    assert detect_changes.record_changes(slow, files, folder=str(state), now=NOW)
    slow.close()
    assert list_changes(files, state) == [("dune", "2027", "2028")]


def test_file_changed_within_the_grain_of_the_clock_is_read_again(
    source: Path, state: Path
) -> None:
    """The same size and time are no proof while the file is that young."""
    files = layers(source)
    write_source(source, NOW, dune="2027")
    look(files, state)
    with closing(store.connect(files, folder=None, now=NOW)) as index:
        with source.open("r+b") as file:
            file.seek(source.read_bytes().index(b"2027"))
            file.write(b"2028")
        os.utime(source, ns=(NOW, NOW))
        later = write_source(source.parent / "other.toml", dune="2029")
        detect_changes.record_changes(index, files, folder=str(state), now=NOW)
    look(files, state)
    assert later.exists()
    assert list_changes(files, state) == [("dune", "2027", "2028")]


def test_missing_file_of_ones_own_is_a_state_like_others(tmp_path: Path, state: Path) -> None:
    """Its releases are removed, and come back with it."""
    shipped, own = write_source(tmp_path / "a", dune="2027"), tmp_path / "own.toml"
    files = layers(shipped, own=own)
    look(files, state)
    write_source(own, mine="2028")
    look(files, state)
    own.unlink()
    look(files, state)
    assert list_changes(files, state) == [("mine", "-", "2028"), ("mine", "2028", "-")]


def test_pipe_has_no_journal(state: Path) -> None:
    """It can only be read once, so there is nothing to look at again."""
    reading, writing = os.pipe()
    os.write(writing, b"format = 1\n")
    os.close(writing)
    look(CatalogueFiles((f"/dev/fd/{reading}",)), state)
    os.close(reading)
    assert not state.exists()


def test_catalogue_with_problems_is_not_compared(source: Path, state: Path) -> None:
    """Half of a catalogue is not a catalogue of which half is gone."""
    look(layers(source), state) if write_source(source, dune="2027", thor="2028") else None
    source.write_text("format = 1\n[[release]]\nid = 5\n", "utf-8")
    with suppress(Exception):
        look(layers(source), state)
    write_source(source, dune="2027", thor="2028")
    look(layers(source), state)
    assert list_changes(layers(source), state) == []


def test_folder_and_file_are_for_their_user_alone(source: Path, state: Path) -> None:
    """Follows and interests are private."""
    write_source(source, dune="2027")
    look(layers(source), state)
    assert state.stat().st_mode & 0o777 == 0o700
    assert (state / FILE_NAME).stat().st_mode & 0o777 == 0o600


def test_index_that_is_fresh_does_not_touch_the_journal(
    source: Path, state: Path, tmp_path: Path
) -> None:
    """Only a build compares; a prompt costs nothing more."""
    write_source(source, dune="2027")
    for folder in (str(tmp_path / "other"), str(state)):
        connect_to(layers(source), folder, cache=tmp_path / "cache").close()
    assert not state.exists()


# ---- A clock that is wrong ----


@pytest.mark.parametrize(
    ("ticks", "now", "expected"),
    [
        ((1, 2, 3), 9, (1, 2, 3)),
        ((5, 2, 6), 9, (5, 5, 6)),  # it was set back: what is later is not told as older
        ((1, 99, 3), 9, (1, 1, 3)),  # it was ahead, and nothing of that sticks
        ((99, 98, 3), 9, (0, 0, 3)),  # without any before it: when the first look was
        ((99, 98), 9, (0, 0)),
        ((1, 99, 3), 100, (1, 99, 99)),
    ],
)
def test_time_of_an_observation_is_the_latest_so_far_that_can_be(
    ticks: tuple[int, ...], now: int, expected: tuple[int, ...], source: Path, state: Path
) -> None:
    """With any clock, observations keep their order, and none is in the future."""
    files = layers(source)
    look(files, state) if write_source(source, dune="2000") else None
    for number, tick in enumerate(ticks):
        write_source(source, dune=str(2001 + number))
        look(files, state, now=NOW + tick * DAY)
    found = list_observed(files, state, now=NOW + now * DAY)
    assert [dates_of(one.after) for one in found] == [str(2001 + n) for n in range(len(ticks))]
    assert [(one.at - NOW) // DAY for one in found] == [*expected]


def test_observations_can_be_listed_by_release_and_after_one(source: Path, state: Path) -> None:
    """For `show`, and for recipients that have the older ones."""
    files = layers(source)
    for number in range(3):
        write_source(source, dune=str(2027 + number), thor=str(2037 + number))
        look(files, state)
    with closing(database.connect(str(state))) as opened:
        watch = observations.watched_catalogue(opened, files, now=NOW)
        assert watch is not None
        found = observations.list_observations(opened, watch.scope, now=NOW, id="thor")
        assert [dates_of(one.after) for one in found] == ["2038", "2039"]
        after = observations.list_observations(opened, watch.scope, now=NOW, last=found[0].key)
    assert [dates_of(one.after) for one in after] == ["2029", "2039"]


@pytest.mark.parametrize("facts", ["", "x", "a\x1fb\x1fc", "a\x1f\x1f\x1d\x1d2027-99"])
def test_observation_that_cannot_be_read_is_left_out(facts: str, source: Path, state: Path) -> None:
    """The others are listed all the same."""
    files = layers(source)
    for year in ("2027", "2028", "2029"):
        write_source(source, dune=year)
        look(files, state)
    with closing(sqlite3.connect(state / FILE_NAME)) as opened, opened:
        opened.execute("UPDATE observation SET after = ? WHERE key = 1", [facts])
    assert list_changes(files, state) == [("dune", "2028", "2029")]


def test_place_that_is_not_stated_stands_in_place_of_a_region(source: Path, state: Path) -> None:
    """The text of the journal keeps its format; a date that got a place is seen to."""
    head = 'format = 1\n[[release]]\nid = "loki"\ntitle = "Loki"\nkind = "film"\n'
    dates = '[[release.dates]]\ndate = 2027-06-12\nplace = "unstated"\ntype = "tv"\n'
    source.write_text(head + dates, "utf-8")
    look(layers(source), state)
    source.write_text(head + dates.replace('place = "unstated"', 'region = "US"'), "utf-8")
    look(layers(source), state)
    (one,) = list_observed(layers(source), state)
    day = edtf.parse("2027-06-12")
    assert one.before == Facts(
        "Loki", None, (AnnouncedDate(day, None, "tv", "unstated"),), Episodes()
    )
    assert one.after == Facts("Loki", None, (AnnouncedDate(day, "US", "tv"),), Episodes())
    with closing(sqlite3.connect(state / FILE_NAME)) as opened:
        (text,) = opened.execute("SELECT before FROM observation").fetchone()
    assert text == "Loki\x1f\x1funstated\x1dtv\x1d2027-06-12\x1f\x1f"


def test_observations_of_earlier_versions_are_read(source: Path, state: Path) -> None:
    """The journal can't be made again, so what separates its facts must stay what it is.

    What others have written there sends no escape to a terminal.
    """
    look(layers(source), state) if write_source(source, dune="2027") else None
    facts = "Loki, season 3\x1ffilm\x1b[5ming\x1f\x1d\x1d2027-06\x1eUS\x1dtv\x1d2027-06-12"
    newer = f"{facts}\x1f2027-07-01\x1fweek\x1b[5mly"
    with closing(sqlite3.connect(state / FILE_NAME)) as opened, opened:
        opened.execute(
            "INSERT INTO observation SELECT NULL, key, ?, 'loki', ?, ?, 0 FROM scope",
            [NOW, facts, newer],
        )
    (one,) = list_observed(layers(source), state)
    dates = (
        AnnouncedDate(edtf.parse("2027-06")),
        AnnouncedDate(edtf.parse("2027-06-12"), "US", "tv"),
    )
    assert one.before == Facts("Loki, season 3", "film\\x1b[5ming", dates)
    episodes = Episodes(edtf.parse("2027-07-01"), "week\\x1b[5mly")
    assert one.after == one.before._replace(episodes=episodes)


def columns_of(journal: sqlite3.Connection) -> dict[str, list[tuple[object, ...]]]:
    """Each table of *journal* with its columns."""
    tables = journal.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    return {
        name: journal.execute(f"SELECT * FROM pragma_table_info('{name}')").fetchall()
        for (name,) in tables
    }


@pytest.mark.parametrize("version", ["0.1.0", "0.1.0-journal-2"])
def test_journal_of_an_older_version_is_brought_to_the_present_one(
    version: str, state: Path, tmp_path: Path
) -> None:
    """With all that it holds; a copy of it, too. What was delivered shows when it was asked for."""
    file = copy_old_journal(version, state)
    with closing(sqlite3.connect(file)) as opened:
        seen = opened.execute("SELECT key, scope, at, id, before, after FROM observation")
        rows = seen.fetchall()
        with opened:
            delivered = [(739943, "30 dune-3"), (739940, "7 dune-3")]
            delivered += [(deliveries.CHANGES, "moved 9"), (deliveries.CHANGES, "undated 9")]
            opened.executemany("INSERT INTO told VALUES (1, 'mail', ?, ?, 739944)", delivered)
    before = file.read_bytes()
    with (
        closing(database.connect(str(tmp_path / "new"))) as new,
        closing(database.copy_in_memory(str(state))) as copy,
    ):
        assert file.read_bytes() == before
        with closing(database.connect(str(state))) as opened:
            for journal in (copy, opened):
                assert columns_of(journal) == columns_of(new)
                assert journal.execute("PRAGMA user_version").fetchone() == (6,)
                assert (
                    journal.execute(
                        "SELECT key, scope, at, id, before, after FROM observation"
                    ).fetchall()
                    == rows
                )
                recipient = deliveries.read_recipient(journal, 1, "mail")
                assert recipient == (4, 739944, None, {7: 739940, 30: 739943})
                assert deliveries.list_deliveries(journal, 1, "mail", 739944, 739944) == {
                    (739944, "7 our-short"),
                    (deliveries.CHANGES, "moved 9"),
                    (deliveries.CHANGES, "withdrawn 9"),
                }
    assert is_intact(state)


def test_journal_that_can_not_be_brought_to_the_present_version_stays_as_it_is(
    state: Path,
) -> None:
    """All of it is done, or nothing."""
    file = copy_old_journal("0.1.0", state)
    with closing(sqlite3.connect(file)) as opened:
        opened.execute("ALTER TABLE consumer ADD COLUMN at")  # A later step fails.
        before = columns_of(opened)
    with pytest.raises(sqlite3.OperationalError, match="duplicate column name: at"):
        database.connect(str(state))
    with closing(sqlite3.connect(file)) as opened:
        assert columns_of(opened) == before
        assert opened.execute("PRAGMA user_version").fetchone() == (1,)


def copy_old_journal(version: str, state: Path) -> Path:
    """A copy in *state* of the journal that *version* has written."""
    state.mkdir(parents=True, mode=0o700)
    file = state / FILE_NAME
    shutil.copyfile(OLD / version / "state" / FILE_NAME, file)
    file.chmod(0o600)
    return file


@pytest.mark.parametrize(
    ("shipped", "own", "mine"),
    [("2027", "2030", True), ("2028", "2029", False), ("2028", "2030", False)],
)
def test_change_is_mine_if_only_my_own_catalogue_has_changed(
    shipped: str, own: str, mine: bool, source: Path, state: Path, tmp_path: Path
) -> None:
    """Of what changed with what is shipped, nobody knows."""
    mine_file = tmp_path / "own.toml"
    files = CatalogueFiles((str(source), str(mine_file)), (str(mine_file),))
    write_source(source, dune="2027")
    write_source(mine_file, short="2029")
    look(files, state)
    write_source(source, dune=shipped)
    write_source(mine_file, short=own)
    look(files, state)
    assert {one.mine for one in list_observed(files, state)} == {mine}


# ---- Where it can't be written ----


def catch_up_later(files: CatalogueFiles, state: Path) -> Callable[[], list[tuple[str, str, str]]]:
    """An index of *files* whose changes could not be recorded; a function that records them now."""
    index = connect_to(files, state)

    def catch_up() -> list[tuple[str, str, str]]:
        for _ in range(2):
            detect_changes.catch_up(index, files, folder=str(state), now=NOW)
        index.close()
        return list_changes(files, state)

    return catch_up


def test_compared_index_leaves_the_journal_alone(source: Path, state: Path) -> None:
    """There is nothing to catch up with."""
    files = layers(write_source(source, dune="2027"))
    with closing(connect_to(files, state)) as index:
        assert detect_changes.catch_up(index, files, folder=str(state / "other"), now=NOW)
    assert not (state / "other").exists()


@pytest.mark.parametrize("harm", [None, "utime", "replace"])
def test_index_is_only_marked_when_its_changes_are_recorded(
    harm: str | None, source: Path, state: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It stays as old as it was, its journal is read once; a copy that fails leaves nothing."""
    files, cache = layers(write_source(source, dune="2027")), tmp_path / "cache"
    store.connect(files, folder=str(cache), now=NOW).close()
    (path,) = cache.iterdir()

    def full(*args: object, **more: object) -> NoReturn:
        raise OSError("disk full")

    with monkeypatch.context() as broken:
        if harm:
            broken.setattr(os, harm, full)
        connect_to(files, state, NOW + DAY, cache=cache).close()
    assert [*cache.iterdir()] == [path]
    assert path.stat().st_mtime_ns == NOW
    other = state / "other"
    connect_to(files, other, NOW + DAY, cache=cache).close()
    assert other.exists() == bool(harm)


def test_index_that_takes_its_place_meanwhile_is_not_marked(
    source: Path, state: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody has compared that one; nor is the other one as young as it."""
    files, cache = layers(write_source(source, dune="2027")), str(tmp_path / "cache")
    store.connect(files, folder=cache, now=NOW).close()
    record_changes = detect_changes.record_changes

    def overtaken(index: sqlite3.Connection, *words: Any, **more: Any) -> bool:
        done = record_changes(index, *words, **more)
        write_source(source, NOW - DAY // 2, dune="2028")
        store.connect(files, folder=cache, now=NOW + DAY).close()
        return done

    with monkeypatch.context() as busy:
        busy.setattr(detect_changes, "record_changes", overtaken)
        connect_to(files, state, cache=cache).close()
    (path,) = (tmp_path / "cache").iterdir()
    assert path.stat().st_mtime_ns == NOW
    connect_to(files, state, NOW + DAY, cache=cache).close()
    assert list_changes(files, state) == [("dune", "2027", "2028")]


def test_journal_that_others_hold_does_not_stop_an_answer(
    source: Path, state: Path, impatient: None
) -> None:
    """The index is built without it, and marked as not compared yet."""
    files = layers(source)
    look(files, state) if write_source(source, dune="2027") else None
    write_source(source, dune="2028")
    with closing(sqlite3.connect(state / FILE_NAME, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        later = catch_up_later(files, state)
    assert later() == [("dune", "2027", "2028")]


@pytest.mark.parametrize("room", [0, 4096, 12_000, 40_000])
def test_full_disk_does_not_stop_an_answer(room: int, source: Path, state: Path) -> None:
    """No file may grow beyond *room* bytes: the journal stays as it was, and is sound."""
    files = layers(source)
    look(files, state) if write_source(source, **{f"a{n}": "2027" for n in range(100)}) else None
    before = (state / FILE_NAME).read_bytes()
    write_source(source, **{f"a{n}": "2028" for n in range(100)})
    with limit_file_size(room):
        later = catch_up_later(files, state)
    assert (
        list_changes(files, state) == []
    )  # Whoever opens it next takes back what is half written.
    assert (state / FILE_NAME).read_bytes() == before
    assert is_intact(state)
    assert len(later()) == 100


@pytest.mark.parametrize("room", [0, 4096, 20_000])
def test_disk_that_is_full_at_the_first_look_leaves_no_half_journal(
    room: int, source: Path, state: Path
) -> None:
    """The next look is the first one."""
    write_source(source, dune="2027")
    with limit_file_size(room):
        look(layers(source), state)
    assert not (state / FILE_NAME).exists() or is_intact(state)
    look(layers(source), state)
    assert list_changes(layers(source), state) == []


@contextmanager
def limit_file_size(room: int) -> Iterator[None]:
    """Have the system refuse to let any file of this process grow beyond *room* bytes."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize(
    "statement", ["BEGIN", "SELECT id, facts", "INSERT INTO observation", "DELETE", "COMMIT"]
)
@pytest.mark.parametrize(
    "message", ["disk I/O error", "attempt to write a readonly database", "database is locked"]
)
def test_error_at_any_statement_leaves_the_journal_as_it_was(
    statement: str, message: str, source: Path, state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All of a comparison is written, or nothing of it."""
    files = layers(source)
    look(files, state) if write_source(source, dune="2027", thor="") else None
    write_source(source, dune="2028")
    with monkeypatch.context() as broken:
        fail_at(broken, statement, message)
        later = catch_up_later(files, state)
    assert list_changes(files, state) == []
    assert later() == [("dune", "2027", "2028"), ("thor", "", "-")]


def fail_at(monkeypatch: pytest.MonkeyPatch, statement: str, message: str) -> None:
    """Have the journal fail with *message* at statements that begin with *statement*."""

    class Broken(sqlite3.Connection):
        def execute(self, sql: str, *args: Any) -> sqlite3.Cursor:
            if sql.startswith(statement):
                raise sqlite3.OperationalError(message)
            return super().execute(sql, *args)

        def executemany(self, sql: str, *args: Any) -> sqlite3.Cursor:
            if sql.startswith(statement):
                raise sqlite3.OperationalError(message)
            return super().executemany(sql, *args)

    real = sqlite3.connect

    def connect(path: str, *args: Any, **named: Any) -> sqlite3.Connection:
        factory = Broken if str(path).endswith(FILE_NAME) else sqlite3.Connection
        return real(path, *args, factory=factory, **named)

    monkeypatch.setattr(sqlite3, "connect", connect)


def test_file_in_place_of_the_folder_is_no_trouble(source: Path, state: Path) -> None:
    """It stays as it is."""
    state.parent.mkdir()
    state.write_text("not a folder", "utf-8")
    write_source(source, dune="2027")
    look(layers(source), state)
    assert state.read_text("utf-8") == "not a folder"
    assert database.list_quarantined(str(state)) == []


def test_folder_in_place_of_the_file_is_no_trouble(source: Path, state: Path) -> None:
    """It stays as it is, too."""
    (state / FILE_NAME / "kept").mkdir(parents=True)
    write_source(source, dune="2027")
    look(layers(source), state)
    assert (state / FILE_NAME / "kept").is_dir()


def test_journal_of_a_newer_program_is_left_alone(source: Path, state: Path) -> None:
    """Byte for byte; its owner will want it again."""
    write_source(source, dune="2027")
    look(layers(source), state)
    with closing(sqlite3.connect(state / FILE_NAME)) as opened:
        opened.execute("PRAGMA user_version = 7")
    before = (state / FILE_NAME).read_bytes()
    write_source(source, dune="2028")
    look(layers(source), state)
    assert (state / FILE_NAME).read_bytes() == before
    assert os.listdir(state) == [FILE_NAME]
    with pytest.raises(NewerJournalError, match="version 7, and this countdown knows 6"):
        database.connect(str(state))


# ---- Damage ----


def garble(path: Path) -> None:
    """Overwrite the beginning."""
    path.write_bytes(b"\0garbage" * 1000)


def cut(path: Path) -> None:
    """Take the second half away."""
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def scratch(path: Path) -> None:
    """Overwrite every page but the first."""
    data = path.read_bytes()
    path.write_bytes(data[:4096] + b"\x55" * (len(data) - 4096))


def replace_by_foreign(path: Path) -> None:
    """Put a database of something else in its place."""
    path.unlink()
    with closing(sqlite3.connect(path)) as opened:
        opened.execute("CREATE TABLE other (x)")


def raise_version(path: Path) -> None:
    """Put a database in its place that has nothing but a version."""
    path.unlink()
    with closing(sqlite3.connect(path)) as opened:
        opened.execute("PRAGMA user_version = 8")


def drop_table(path: Path) -> None:
    """Take a table away."""
    with closing(sqlite3.connect(path)) as opened:
        opened.execute("DROP TABLE known")


def spoil_text(path: Path) -> None:
    """Write bytes that are no text."""
    with closing(sqlite3.connect(path)) as opened, opened:
        opened.execute("UPDATE known SET facts = CAST(x'ff00ff' AS TEXT)")


@pytest.mark.parametrize(
    "harm", [garble, cut, scratch, replace_by_foreign, raise_version, drop_table, spoil_text]
)
def test_damaged_journal_is_quarantined_and_a_new_one_created(
    harm: Callable[[Path], None], source: Path, state: Path
) -> None:
    """Nothing is thrown away; the new one is as silent as every first one."""
    files = layers(source)
    for number in (1, 2):
        look(files, state) if write_source(source, dune=f"201{number}") else None
        write_source(source, dune=f"203{number}")
        look(files, state)
        assert list_changes(files, state)[-1] == ("dune", f"201{number}", f"203{number}")
        harm(state / FILE_NAME)
        damage = (state / FILE_NAME).read_bytes()
        write_source(source, dune=f"204{number}")
        look(files, state)
        assert list_changes(files, state) == []
        assert (state / f"{FILE_NAME}.damaged-{number}").read_bytes() == damage
        write_source(source, dune=f"201{number + 1}")
        look(files, state)
    names = [f"{FILE_NAME}.damaged-1", f"{FILE_NAME}.damaged-2"]
    assert database.list_quarantined(str(state)) == names
    assert len(os.listdir(state)) == 3


def left_behind(hot: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let another process leave *hot* when the journals that were put aside are looked for."""
    real = os.listdir

    def late(folder: str) -> list[str]:
        if folder == str(hot.parent) and Path(f"{folder}/{FILE_NAME}.moving").exists():
            hot.write_bytes(b"of another process")
        return real(folder)

    monkeypatch.setattr(os, "listdir", late)


def test_what_was_to_be_rolled_back_goes_with_the_damaged_journal(
    source: Path, state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite would apply it to the new one."""
    write_source(source, dune="2027")
    state.mkdir(parents=True)
    garble(state / FILE_NAME)
    left_behind(state / f"{FILE_NAME}-journal", monkeypatch)
    look(layers(source), state)
    assert (state / f"{FILE_NAME}.damaged-1-journal").read_bytes() == b"of another process"
    assert database.list_quarantined(str(state)) == [f"{FILE_NAME}.damaged-1"]
    assert list_changes(layers(source), state) == []


@pytest.mark.parametrize("done", [0, 1])
def test_what_was_to_be_rolled_back_is_never_left_to_a_new_journal(
    done: int, source: Path, state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If the process is killed, it stays with the damaged one, or aside: SQLite applies it."""
    write_source(source, dune="2027")
    state.mkdir(parents=True)
    hot = state / f"{FILE_NAME}-journal"
    real_rename = os.rename
    moved: list[str] = []

    def rename(old: str, new: str) -> None:
        if len(moved) == done:
            raise OSError("killed")
        moved.append(new)
        real_rename(old, new)

    garble(state / FILE_NAME)
    left_behind(hot, monkeypatch)
    monkeypatch.setattr(os, "rename", rename)
    look(layers(source), state)
    assert len(moved) == done
    assert (state / FILE_NAME).exists()
    assert hot.exists() == (done == 0)


def test_damaged_journals_are_numbered_on_from_the_highest(source: Path, state: Path) -> None:
    """None that was put aside before is written over, also where ten comes before two."""
    write_source(source, dune="2027")
    state.mkdir(parents=True)
    for number in (2, 10):
        (state / f"{FILE_NAME}.damaged-{number}").write_bytes(b"kept")
    garble(state / FILE_NAME)
    look(layers(source), state)
    assert {*os.listdir(state)} == {
        *(FILE_NAME, f"{FILE_NAME}.damaged-2", f"{FILE_NAME}.damaged-10", f"{FILE_NAME}.damaged-11")
    }
    assert (state / f"{FILE_NAME}.damaged-10").read_bytes() == b"kept"


def test_quarantined_journals_are_listed_in_order(state: Path) -> None:
    """In whatever order the folder has them; names that only look similar are ignored."""
    state.mkdir(parents=True)
    names = [f"{FILE_NAME}.damaged-{number}" for number in (3, 1, 2)]
    for name in (*names, f"{FILE_NAME}.damaged-1-journal", f"{FILE_NAME}.damaged-", "other"):
        (state / name).touch()
    assert database.list_quarantined(str(state)) == sorted(names)


def test_commit_waits_for_the_disk(state: Path) -> None:
    """No reminder may come twice after a power cut: 2 is FULL in SQLite's own numbers."""
    with closing(database.connect(str(state))) as opened:
        assert opened.execute("PRAGMA synchronous").fetchone()[0] >= 2


def test_damage_that_is_gone_puts_nothing_aside(source: Path, state: Path) -> None:
    """Another process could have put it aside in between."""
    write_source(source, dune="2027")
    look(layers(source), state)
    calls = []

    def work(opened: sqlite3.Connection) -> str:
        calls.append(opened)
        if len(calls) == 1:
            raise sqlite3.DatabaseError("database disk image is malformed")
        return "fine"

    assert database.use(str(state), work, now=NOW) == "fine"
    assert os.listdir(state) == [FILE_NAME]


def test_error_that_is_no_damage_is_not_tried_again(state: Path) -> None:
    """A full disk does not get emptier by looking for damage."""
    calls = []

    def work(opened: sqlite3.Connection) -> None:
        calls.append(opened)
        raise sqlite3.OperationalError("database or disk is full")

    with pytest.raises(sqlite3.OperationalError, match="full"):
        database.use(str(state), work, now=NOW)
    assert len(calls) == 1
    assert os.listdir(state) == [FILE_NAME]


def test_only_one_process_puts_a_journal_aside(source: Path, state: Path) -> None:
    """A second process goes without; the lock of a dead one is removed."""
    write_source(source, dune="2027")
    state.mkdir(parents=True)
    garble(state / FILE_NAME)
    lock = state / f"{FILE_NAME}.moving"
    lock.touch()
    os.utime(lock, ns=(NOW, NOW))
    look(layers(source), state, now=NOW + SECOND)
    assert sorted(os.listdir(state)) == [FILE_NAME, lock.name]
    look(layers(source), state, now=NOW + 601 * SECOND)
    assert os.listdir(state) == [FILE_NAME]
    look(layers(source), state, now=NOW + 602 * SECOND)
    assert database.list_quarantined(str(state)) == [f"{FILE_NAME}.damaged-1"]


def test_looking_for_damage_moves_nothing(source: Path, state: Path) -> None:
    """For `doctor`, which only reports."""
    write_source(source, dune="2027")
    look(layers(source), state)
    assert not database.is_damaged(str(state))
    scratch(state / FILE_NAME)
    assert database.is_damaged(str(state))
    with closing(sqlite3.connect(state / FILE_NAME, isolation_level=None)):
        assert os.listdir(state) == [FILE_NAME]


def test_locked_journal_can_not_be_checked_for_damage(
    source: Path, state: Path, impatient: None
) -> None:
    """A lock is no damage."""
    write_source(source, dune="2027")
    look(layers(source), state)
    with closing(sqlite3.connect(state / FILE_NAME, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            database.is_damaged(str(state))


def test_copy_of_a_locked_journal_is_not_waited_for_any_longer(
    source: Path, state: Path, impatient: None
) -> None:
    """SQLite would go on for ever."""
    write_source(source, dune="2027")
    look(layers(source), state)
    with closing(sqlite3.connect(state / FILE_NAME, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            database.copy_in_memory(str(state))


def test_connection_is_free_again_when_writing_failed(state: Path) -> None:
    """Half a write is rolled back, and others can write."""
    with closing(database.connect(str(state))) as opened:
        with pytest.raises(sqlite3.IntegrityError), database.transaction(opened):
            opened.executemany("INSERT INTO quarantined VALUES (?)", [("a",), ("a",)])
        with database.transaction(opened):
            assert opened.execute("SELECT * FROM quarantined").fetchall() == []


def test_damaged_journal_is_heard_of_once(state: Path) -> None:
    """Each is reported by name, once."""
    with closing(database.connect(str(state))) as opened:
        assert database.mark_reported(opened, ["a", "b"]) == ["a", "b"]
        assert database.mark_reported(opened, ["a", "b", "c"]) == ["c"]


# ---- Many at once, and killed ----


def fork(work: Callable[[], object]) -> int:
    """A child process that does *work*; its exit code says whether that went well."""
    with warnings.catch_warnings():  # Of threads, in a child that starts none.
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child:
        return child
    code = 1
    try:
        work()
        code = 0
    finally:
        os._exit(code)


def crowd(count: int, work: Callable[[], object]) -> None:
    """Have *count* processes do *work*, all at once."""
    reading, writing = os.pipe()  # All wait for its end, which comes when nobody can write to it.

    def waiting() -> None:
        os.close(writing)
        os.read(reading, 1)
        work()

    children = [fork(waiting) for _ in range(count)]
    os.close(reading)
    os.close(writing)
    assert [os.waitpid(child, 0)[1] for child in children] == [0] * count


def test_crowd_notes_each_change_once(source: Path, state: Path, tmp_path: Path) -> None:
    """Many builds at once: of a first look, then of a change, and of a change back."""
    files = layers(source)

    def build() -> None:
        connect_to(files, state, time.time_ns(), cache=tmp_path / "cache").close()

    for number, year in enumerate(("2027", "2028", "2027")):
        write_source(source, NOW - DAY + number, dune=year, **{f"film{n}": year for n in range(5)})
        crowd(sample(8, of=24), build)
    found = list_changes(files, state)
    assert len(found) == 12
    assert [one for one in found if one[0] == "dune"] == [
        ("dune", "2027", "2028"),
        ("dune", "2028", "2027"),
    ]
    assert is_intact(state)


def test_crowd_puts_a_damaged_journal_aside_once(source: Path, state: Path) -> None:
    """A process that is late must not quarantine the new one."""
    write_source(source, dune="2027")
    look(layers(source), state)
    scratch(state / FILE_NAME)
    write_source(source, dune="2028")
    crowd(sample(8, of=12), lambda: look(layers(source), state, now=time.time_ns()))
    look(layers(source), state)
    assert database.list_quarantined(str(state)) == [f"{FILE_NAME}.damaged-1"]
    assert list_changes(layers(source), state) == []
    assert is_intact(state)


def test_another_process_can_begin_the_journal_first(
    state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second process finds all of its tables."""
    connect, begun = sqlite3.connect, []

    def other_first(statement: str) -> None:
        if statement == "BEGIN IMMEDIATE":  # It has been looked at, and is about to be begun.
            with monkeypatch.context() as patch:
                patch.setattr(sqlite3, "connect", connect)
                database.connect(str(state)).close()
            begun.append((state / FILE_NAME).stat().st_size > 0)

    def slow(*args: Any, **named: Any) -> sqlite3.Connection:
        opened: sqlite3.Connection = connect(*args, **named)
        opened.set_trace_callback(other_first)
        return opened

    monkeypatch.setattr(sqlite3, "connect", slow)
    database.connect(str(state)).close()
    assert begun == [True]
    assert is_intact(state)


def alternating(source: Path) -> tuple[list[Path], list[sqlite3.Connection]]:
    """Two states of the catalogue *source*, to be linked there, and an index of each."""
    states, indexes = [], []
    for year in ("2027", "2028"):
        path = write_source(source.with_suffix(f".{year}"), **{f"film{n}": year for n in range(40)})
        put(path, source)
        states.append(path)
        indexes.append(store.connect(layers(source), folder=None, now=NOW))
    return states, indexes


def put(path: Path, source: Path) -> None:
    """Make *source* another name of the file *path*."""
    draft = source.with_suffix(".draft")
    os.link(path, draft)
    os.replace(draft, source)


def test_kill_at_any_moment_loses_nothing_and_doubles_nothing(source: Path, state: Path) -> None:
    """By SIGKILL, at random moments from the start of a comparison to its end."""
    states, indexes = alternating(source)
    files, chance = layers(source), random.Random(4)

    def note(turn: int) -> bool:
        return detect_changes.record_changes(indexes[turn], files, folder=str(state), now=NOW)

    put(states[0], source)
    assert note(0)
    longest = 0.0
    for number in range(1, 1 + sample(12, of=200)):
        turn = number % 2
        put(states[turn], source)
        after = chance.uniform(0, longest) if longest else 9
        ended = kill_after(partial(note, turn), after=after)
        longest = longest or ended or 0.001
        with closing(database.connect(str(state))) as opened:
            known = {facts.rstrip("\x1f") for (facts,) in opened.execute("SELECT facts FROM known")}
            assert opened.execute("SELECT count(*) FROM known").fetchone() == (40,)
        assert len({facts[-4:] for facts in known}) == 1, "all of a comparison, or nothing of it"
        if ended:
            assert {facts[-4:] for facts in known} == {str(2027 + turn)}
    put(states[0], source)
    assert note(0)
    assert is_intact(state)
    of_one = [one for one in list_changes(files, state) if one[0] == "film7"]
    for (*_, ended_at), (_, begun_at, _) in pairwise(of_one):
        assert ended_at == begun_at, "each begins where the one before ended"
    assert len(list_changes(files, state)) == 40 * len(of_one)
    assert of_one[-1][2] == "2027"
    for index in indexes:
        index.close()


def kill_after(work: Callable[[], object], *, after: float) -> float:
    """Do *work* in a process that is killed *after* so many seconds; 0 if it was not done then.

    Else how long it took.
    """
    reading, writing = os.pipe()

    def telling() -> None:
        work()
        os.write(writing, b"done")

    child = fork(telling)
    os.close(writing)
    start = time.monotonic()
    select.select([reading], [], [], after)
    os.kill(child, signal.SIGKILL)
    took = time.monotonic() - start
    os.waitpid(child, 0)
    done = os.read(reading, 4)
    os.close(reading)
    return took if done else 0.0


def test_kill_between_journal_and_index_compares_once_more(
    source: Path, state: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The journal is written before the index takes its place, so nothing is missed."""
    cache, files = tmp_path / "cache", layers(source)
    write_source(source, dune="2027")
    connect_to(files, state, cache=cache).close()
    write_source(source, NOW - DAY + 1, dune="2028")

    def dying(*args: object) -> NoReturn:
        os.kill(os.getpid(), signal.SIGKILL)
        raise AssertionError

    def build() -> None:
        monkeypatch.setattr(os, "replace", dying)
        connect_to(files, state, cache=cache)

    _, status = os.waitpid(fork(build), 0)
    assert os.WTERMSIG(status) == signal.SIGKILL
    assert list_changes(files, state) == [("dune", "2027", "2028")]
    connect_to(files, state, cache=cache).close()
    assert list_changes(files, state) == [("dune", "2027", "2028")]
