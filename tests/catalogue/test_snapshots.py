"""The user's own catalogue before each change."""

from itertools import pairwise
from pathlib import Path

import pytest

from countdown.catalogue import snapshots
from countdown.catalogue.snapshots import MAX_SNAPSHOTS


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of the snapshots, which does not exist yet."""
    return tmp_path / "state" / "undo"


def save_states(folder: Path, *states: bytes | None) -> None:
    """Save the changes from each of *states* to the next."""
    for before, after in pairwise(states):
        assert after is not None
        snapshots.save(str(folder), before, after)


def undo_all(folder: Path, current: bytes | None) -> list[bytes | None]:
    """The state after each undo, from the *current* one until there is none left."""
    states: list[bytes | None] = []
    while snapshot := snapshots.find_last(str(folder), current):
        assert current is not None
        snapshots.save_undone(snapshot, current)
        snapshots.delete(snapshot)
        current = snapshot.before
        states.append(current)
    return states


def test_without_snapshots_there_is_nothing_to_undo(folder: Path) -> None:
    """Nor does asking make a folder."""
    assert snapshots.find_last(str(folder), b"a") is None
    assert snapshots.has_change(str(folder), b"?") is False
    assert not folder.exists()


def test_changes_are_taken_back_one_by_one(folder: Path) -> None:
    """To what was not there at all, and through states that came twice."""
    save_states(folder, None, b"a", b"b", b"a", b"", b"c")
    assert undo_all(folder, b"c") == [b"", b"a", b"b", b"a", None]
    assert snapshots.has_change(str(folder), b"?") is False


def test_change_by_other_means_is_not_undone(folder: Path) -> None:
    """Also if it is gone, or if an older state came back."""
    save_states(folder, None, b"a", b"b")
    for current in (b"by hand", None, b"", b"a by hand"):
        assert snapshots.find_last(str(folder), current) is None
    assert snapshots.has_change(str(folder), b"?") is True


def test_after_a_change_by_hand_only_later_changes_are_undone(folder: Path) -> None:
    """The step before it would undo what was done by hand."""
    save_states(folder, None, b"a")
    save_states(folder, b"a by hand", b"b")
    assert undo_all(folder, b"b") == [b"a by hand"]


def test_a_change_that_never_came_about_is_passed_over(folder: Path) -> None:
    """Its program was killed between the note and the change."""
    save_states(folder, None, b"a", b"b")
    save_states(folder, b"b", b"never")
    save_states(folder, b"b", b"never either")
    assert undo_all(folder, b"b") == [b"a", None]
    assert snapshots.has_change(str(folder), None) is False
    save_states(folder, None, b"never the first")
    assert snapshots.find_last(str(folder), None) is None
    assert snapshots.has_change(str(folder), None) is False


def test_a_change_can_be_forgotten(folder: Path) -> None:
    """It failed before it came about."""
    snapshots.delete_last(str(folder))
    save_states(folder, None, b"a", b"b")
    snapshots.delete_last(str(folder))
    assert [path.name[:8] for path in folder.iterdir()] == ["00000001"]
    assert undo_all(folder, b"a") == [None]


def test_undone_changes_are_kept(folder: Path) -> None:
    """Under the number of its change, which no later one gets."""
    save_states(folder, None, b"a", b"b")
    assert undo_all(folder, b"b") == [b"a", None]
    names = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert names == {"00000001-undone.toml": b"a", "00000002-undone.toml": b"b"}
    save_states(folder, None, b"c")
    assert undo_all(folder, b"c") == [None]
    names = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert [*names.values()].count(b"c") == 1
    assert names.pop("00000003-undone.toml") == b"c"
    assert names == {"00000001-undone.toml": b"a", "00000002-undone.toml": b"b"}


def test_only_so_many_are_kept(folder: Path) -> None:
    """The oldest go, of the changes and of those that were taken back."""
    folder.mkdir(parents=True)
    states = [str(number).encode() for number in range(MAX_SNAPSHOTS + 3)]
    for number in range(MAX_SNAPSHOTS + 1):
        (folder / f"{number:08}-undone.toml").write_bytes(b"taken back")
    save_states(folder, *states)
    snapshots.delete_oldest(str(folder))
    names = sorted(path.name for path in folder.iterdir())
    assert len([name for name in names if "undone" not in name]) == MAX_SNAPSHOTS
    taken_back = [name for name in names if "undone" in name]
    assert (len(taken_back), taken_back[0]) == (MAX_SNAPSHOTS, "00000001-undone.toml")
    assert undo_all(folder, states[-1]) == [*reversed(states[2:-1])]


def test_foreign_files_are_let_be(folder: Path) -> None:
    """Only names of our own count."""
    save_states(folder, None, b"a")
    for name in ("notes.txt", "a.toml", "12345678.txt", ".00000002.draft"):
        (folder / name).write_bytes(b"?")
    assert undo_all(folder, b"a") == [None]
    assert (folder / "notes.txt").exists()


def test_only_the_user_can_read_them(folder: Path) -> None:
    """Whatever the mode of the catalogue is."""
    save_states(folder, b"a", b"b")
    modes = [path.stat().st_mode & 0o777 for path in (folder, *folder.iterdir())]
    assert modes == [0o700, 0o600]
