"""What is remembered of sources: it outlives the process, and nothing of it is precious."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from countdown.refresh import state as states
from countdown.refresh.state import EntityFailure, EntityState, Lookup, SourceState, open_state

SOURCE = SourceState(read=10, next=20, failures=2, error="busy", etag='"x"', serial=3)
LOOKUPS = {"person:Zendaya": Lookup("Q5", ("Q1", "Q2"), 10), "imdb:tt1": Lookup(None, (), 10)}


def test_what_was_saved_is_there_again(tmp_path: Path) -> None:
    """And each source has its own."""
    folder = str(tmp_path / "state")
    entity = EntityState(revision=7, checked=10, read=9)
    with open_state(folder) as state:
        state.save_source("wikidata", SOURCE)
        state.save_entities("wikidata", {"Q1": EntityState(), "Q2": entity})
        state.save_pending("wikidata", {"Q1": entity}, {"Q1": b"a = 1\n"})
        state.save_lookups("wikidata", LOOKUPS)
        state.save_labels("wikidata", {"Q5": "Zendaya"})
    with open_state(folder) as state:
        assert state.sources() == {"wikidata": SOURCE}
        assert state.entities("wikidata") == {"Q1": entity, "Q2": entity}
        assert state.pending("wikidata") == {"Q1": b"a = 1\n"}
        assert state.lookups("wikidata") == LOOKUPS
        assert state.labels("wikidata") == {"Q5": "Zendaya"}
        assert not state.entities("tvmaze")
        assert not state.pending("tvmaze")
        assert not state.lookups("tvmaze")
        state.clear_pending("wikidata")
        assert state.pending("wikidata") == {}
    assert states.read(folder) == {"wikidata": SOURCE}
    with open_state(folder) as state:
        state.forget("wikidata")
        assert not state.sources()
        assert not state.entities("wikidata")
        assert not state.lookups("wikidata")


def test_error_of_a_server_drives_no_terminal(tmp_path: Path) -> None:
    """It is escaped when it is saved."""
    with open_state(str(tmp_path)) as state:
        state.save_source("x", SourceState(error="\x1b[31mred"))
    assert "\x1b" not in states.read(str(tmp_path))["x"].error


def test_transaction_that_fails_leaves_all_as_it_was(tmp_path: Path) -> None:
    """An entity is never without its tables, which wait for the layer."""
    with open_state(str(tmp_path)) as state:
        with pytest.raises(sqlite3.Error):
            state.save_pending("x", {"1": EntityState()}, {"1": None})  # type: ignore[dict-item]
        assert state.entities("x") == {}


@pytest.mark.parametrize("content", ["text", "version"])
def test_database_that_cannot_be_used_is_moved_aside(content: str, tmp_path: Path) -> None:
    """It is a cache: everything is asked again."""
    path = tmp_path / states.FILE_NAME
    with open_state(str(tmp_path)) as state:
        state.save_source("x", SOURCE)
    if content == "text":
        path.write_bytes(b"no database" * 1000)
    else:
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("PRAGMA user_version = 9")
    assert states.read(str(tmp_path)) == {}
    with open_state(str(tmp_path)) as state:
        assert state.sources() == {}
    assert path.with_name("sources.db.damaged").exists()


def test_without_a_database_nothing_is_known(tmp_path: Path) -> None:
    """Nor is one made by a look at it."""
    assert states.read(str(tmp_path)) == {}
    assert not (tmp_path / states.FILE_NAME).exists()


def test_file_that_others_can_write_is_not_believed(tmp_path: Path) -> None:
    """Nor is anything written into a folder of theirs."""
    with open_state(str(tmp_path)) as state:
        state.save_source("x", SOURCE)
    path = tmp_path / states.FILE_NAME
    path.chmod(0o666)
    assert states.read(str(tmp_path)) == {}
    with open_state(str(tmp_path)) as state:
        assert state.sources() == {}
    tmp_path.chmod(0o777)
    with pytest.raises(PermissionError, match="chmod go-w"), open_state(str(tmp_path)):
        raise AssertionError


def test_database_that_another_process_holds_is_left_alone(tmp_path: Path) -> None:
    """A lock is no damage."""
    path = tmp_path / states.FILE_NAME
    with closing(sqlite3.connect(path)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(states, "_LOCK_TIMEOUT", 0.0)
            with pytest.raises(sqlite3.OperationalError), open_state(str(tmp_path)):
                raise AssertionError
    assert path.exists()


def test_copy_keeps_nothing(tmp_path: Path) -> None:
    """A dry run starts from what is known, or from nothing, and leaves it as it was."""
    folder = str(tmp_path / "state")
    with open_state(folder, is_copy=True) as state:
        state.save_source("x", SOURCE)
    assert not Path(folder).exists()
    with open_state(folder) as state:
        state.save_source("x", SOURCE)
    with open_state(folder, is_copy=True) as state:
        assert state.sources() == {"x": SOURCE}
        state.save_source("y", SOURCE)
    assert states.read(folder) == {"x": SOURCE}
    Path(folder, states.FILE_NAME).write_bytes(b"no database" * 1000)
    with open_state(folder, is_copy=True) as state:
        assert state.sources() == {}


@pytest.mark.parametrize("is_copy", [False, True])
def test_database_of_an_older_program_is_read(tmp_path: Path, *, is_copy: bool) -> None:
    """It has no tables of what failed, and of what is there only in part."""
    folder = str(tmp_path / "state")
    with open_state(folder) as state:
        state.save_source("tvmaze", SOURCE)
    with closing(sqlite3.connect(f"{folder}/{states.FILE_NAME}")) as connection:
        connection.executescript("DROP TABLE limited; DROP TABLE failure;")
    with open_state(folder, is_copy=is_copy) as state:
        assert state.sources() == {"tvmaze": SOURCE}
        state.save_failure("tvmaze", "1", EntityFailure(2, 10))
        state.save_limited("tvmaze", "1", is_limited=True)
        assert state.failures("tvmaze") == {"1": EntityFailure(2, 10)}
        assert state.limited("tvmaze") == {"1"}
        assert not state.failures("tmdb")
        assert not state.limited("tmdb")
        state.forget("tvmaze")
        assert not state.failures("tvmaze")
        assert not state.limited("tvmaze")
