"""The user's files before each change, and after changes that were undone."""

from hashlib import blake2b
from itertools import pairwise
from pathlib import Path
from typing import Final

import pytest
import tomli

from countdown.catalogue import history, snapshots
from countdown.catalogue.snapshots import CATALOGUE, CONFIG, MAX_SNAPSHOTS
from countdown.catalogue.store import CatalogueLocation
from countdown.errors import CatalogueError, NothingFound


class Home:
    """The catalogue and the settings of a user, which are not checked here."""

    def __init__(self, base: Path) -> None:
        self.catalogue = base / "data" / "releases.toml"
        self.config = base / "config" / "config.toml"
        self.undo_folder = base / "state" / "undo"
        self.location = CatalogueLocation(
            str(self.catalogue), (), str(base / "state"), str(self.config)
        )

    def path(self, file: str) -> Path:
        """The path of the *file*."""
        return self.config if file == CONFIG else self.catalogue

    def change(self, *states: bytes, file: str = CATALOGUE, command: str = "do") -> None:
        """Change the *file* to each of *states*."""
        path = self.path(file)
        for state in states:
            before = path.read_bytes() if path.exists() else None
            snapshots.save_and_replace(
                str(self.undo_folder), file, str(path), state, before=before, command=command
            )

    @property
    def state(self) -> tuple[bytes | None, bytes | None]:
        """The bytes of both files."""
        catalogue, config = (
            path.read_bytes() if path.exists() else None for path in (self.catalogue, self.config)
        )
        return catalogue, config

    def undo_all(self) -> list[bytes | None]:
        """The catalogue after each undo, until there is none left."""
        states = []
        while self.can_undo:
            history.undo(self.location)
            states.append(self.state[0])
        return states

    def redo_all(self) -> list[bytes | None]:
        """The catalogue after each redo, until there is none left."""
        states = []
        while self.can_redo:
            history.redo(self.location)
            states.append(self.state[0])
        return states

    @property
    def can_undo(self) -> bool:
        """True if there is something to undo."""
        try:
            history.undo(self.location, dry_run=True)
        except NothingFound:
            return False
        return True

    @property
    def can_redo(self) -> bool:
        """True if there is something to redo."""
        try:
            history.redo(self.location, dry_run=True)
        except NothingFound:
            return False
        return True

    @property
    def names(self) -> list[str]:
        """The names of the snapshots."""
        return sorted(path.name for path in self.undo_folder.iterdir())


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home without any file."""
    return Home(tmp_path)


def test_without_snapshots_there_is_nothing_to_undo_or_redo(home: Home) -> None:
    """Nor does asking make a folder for them."""
    with pytest.raises(NothingFound, match=r"^There's nothing to undo\.$"):
        history.undo(home.location)
    with pytest.raises(NothingFound, match=r"^There's nothing to redo"):
        history.redo(home.location)
    assert not home.undo_folder.exists()


def test_changes_are_undone_and_redone_one_by_one(home: Home) -> None:
    """To what was not there at all, and through states that came twice."""
    states = [b"a", b"b", b"a", b"", b"c"]
    home.change(*states)
    for _ in range(2):
        assert home.undo_all() == [b"", b"a", b"b", b"a", None]
        assert home.redo_all() == states
    history.undo(home.location)
    history.undo(home.location)
    assert history.redo(home.location).after == b""
    assert history.undo(home.location).after == b"a"
    assert home.redo_all() == [b"", b"c"]


def test_last_change_of_either_file_is_undone(home: Home) -> None:
    """Whichever came last, with what the user did."""
    home.change(b"a", command="add A")
    home.change(b"1", file=CONFIG, command="follow Zendaya")
    home.change(b"b", command="hide  b\n\x1b\udce9")
    home.change(b"2", file=CONFIG, command="config set region BR")
    states = []
    commands = []
    for act in (history.undo, history.redo):
        for _ in range(4):
            commands.append(act(home.location).command)
            states.append(home.state)
    assert states[:4] == [(b"b", b"1"), (b"a", b"1"), (b"a", None), (None, None)]
    assert states[4:] == [(b"a", None), (b"a", b"1"), (b"b", b"1"), (b"b", b"2")]
    assert commands[:4] == commands[:3:-1]
    assert commands[4:] == [
        *("add A", "follow Zendaya", "hide b \\x1b\\udce9", "config set region BR"),
    ]


def test_snapshot_is_a_file_that_can_be_read(home: Home) -> None:
    """What the user did is a comment in the first line."""
    home.change(b"a = 1\n", b"a = 2\n", command='add "\x00\u2028' + "x" * 300)
    (name,) = [name for name in home.names if name.startswith("00000002-catalogue-")]
    text = (home.undo_folder / name).read_text("utf-8")
    assert text.splitlines()[0] == '# countdown add "\\x00 ' + "x" * (200 - 10)
    assert tomli.loads(text) == {"a": 1}


def test_something_new_ends_redo(home: Home) -> None:
    """Of either file; what was undone before it never comes back."""
    home.change(b"a", b"b")
    history.undo(home.location)
    home.change(b"1", file=CONFIG)
    assert not home.can_redo
    history.undo(home.location)
    assert history.redo(home.location).after == b"1"
    assert not home.can_redo
    assert len(home.undo_all()) == 2
    assert home.redo_all() == [b"a", b"a"]
    assert home.state == (b"a", b"1")


def test_change_by_other_means_is_not_undone(home: Home) -> None:
    """Also if the file is gone, or if an older state came back in part."""
    home.change(b"a", b"b", command="add B")
    for content in (b"by hand", None, b"", b"a by hand"):
        if content is None:
            home.catalogue.unlink()
        else:
            home.catalogue.write_bytes(content)
        before = home.names
        with pytest.raises(NothingFound) as caught:
            history.undo(home.location)
        assert str(caught.value) == (
            f"Can't undo: add B. {home.catalogue} has changed since then. "
            f"The earlier version is in {home.undo_folder / before[-1]}"
        )
        assert (home.state[0], home.names) == (content, before)


def test_change_by_other_means_is_not_redone_over(home: Home) -> None:
    """What was written since would be lost."""
    home.change(b"a", b"b", command="add B")
    history.undo(home.location)
    home.catalogue.write_bytes(b"by hand")
    with pytest.raises(NothingFound) as caught:
        history.redo(home.location)
    (undone,) = [name for name in home.names if "-undone-" in name]
    assert str(caught.value) == (
        f"Can't redo: add B. {home.catalogue} has changed since then. "
        f"The later version is in {home.undo_folder / undone}"
    )
    assert home.state[0] == b"by hand"


def test_last_change_that_can_not_be_undone_is_not_passed_over(home: Home) -> None:
    """Else an older one of the other file would be taken back instead."""
    home.change(b"a")
    home.change(b"1", file=CONFIG, command="config set region BR")
    home.config.write_bytes(b"by hand")
    with pytest.raises(NothingFound, match=r"Can't undo: config set region BR\. "):
        history.undo(home.location)
    assert home.state == (b"a", b"by hand")


def test_after_a_change_by_hand_only_later_changes_are_undone(home: Home) -> None:
    """The step before it would undo what was done by hand."""
    home.change(b"a")
    home.catalogue.write_bytes(b"a by hand")
    home.change(b"b")
    assert home.undo_all() == [b"a by hand"]


def test_change_that_was_never_made_is_skipped(home: Home) -> None:
    """Its process was killed between the snapshot and the change."""
    home.change(b"a", b"b")
    for _ in range(2):
        home.change(b"never")
        home.catalogue.write_bytes(b"b")
    home.change(b"never", file=CONFIG)
    home.config.unlink()
    assert home.undo_all() == [b"a", None]
    assert not [name for name in home.names if "-undone-" not in name]
    assert home.redo_all() == [b"a", b"b"]


def test_undo_that_was_cut_short_can_be_repeated(home: Home) -> None:
    """Its process was killed after the snapshot of the result, or before that of the change."""
    home.change(b"a", b"b")
    contents = {CATALOGUE: b"b"}.get
    change = snapshots.last_change(str(home.undo_folder), contents)
    assert change is not None
    snapshots.save_undone(change, b"b")
    assert not home.can_redo
    assert home.undo_all() == [b"a", None]
    assert home.redo_all() == [b"a", b"b"]
    first = home.undo_folder / home.names[0]
    data = first.read_bytes()
    assert home.undo_all() == [b"a", None]
    first.write_bytes(data)  # It could not be deleted.
    assert home.redo_all() == [b"a", b"b"]
    assert home.undo_all() == [b"a", None]


@pytest.mark.parametrize("undone", [False, True])
def test_damaged_snapshot_is_not_used(home: Home, undone: bool) -> None:
    """The file that is in order stays."""
    home.change(b"a", b"b")
    act = history.undo
    if undone:
        act(home.location)
        act = history.redo
    damaged = home.undo_folder / home.names[-1]
    damaged.write_bytes(damaged.read_bytes() + b"!")
    before = home.state
    with pytest.raises(CatalogueError) as caught:
        act(home.location)
    what = "The saved version is damaged. Nothing was changed."
    assert str(caught.value) == f"{damaged}: {what}"
    assert home.state == before


def test_undone_changes_are_kept(home: Home) -> None:
    """Under a number that no later change gets."""
    home.change(b"a", b"b")
    home.undo_all()
    home.change(b"c")
    home.undo_all()
    undone = [name for name in home.names if "-undone-" in name]
    assert [name[:24] for name in undone] == [
        "00000003-undone-00000002",
        "00000004-undone-00000001",
        "00000006-undone-00000005",
    ]
    assert [(home.undo_folder / name).read_bytes().partition(b"\n")[2] for name in undone] == [
        *(b"b", b"a", b"c"),
    ]


def test_only_so_many_are_kept(home: Home) -> None:
    """The oldest go, of the changes and of those that were undone."""
    home.undo_folder.mkdir(parents=True)
    states = [str(number).encode() for number in range(MAX_SNAPSHOTS + 3)]
    for number in range(MAX_SNAPSHOTS + 1):
        (home.undo_folder / f"{number:08}-undone.toml").write_bytes(b"undone")
    home.change(*states)
    undone = [name for name in home.names if "undone" in name]
    assert len(home.names) - len(undone) == MAX_SNAPSHOTS
    assert (len(undone), undone[0]) == (MAX_SNAPSHOTS, "00000001-undone.toml")
    assert home.undo_all() == [*reversed(states[2:-1])]


def test_foreign_files_are_let_be(home: Home) -> None:
    """Only names of our own count."""
    home.change(b"a")
    for name in ("notes.txt", "a.toml", "12345678.txt", ".00000002.draft"):
        (home.undo_folder / name).write_bytes(b"?")
    assert home.undo_all() == [None]
    assert (home.undo_folder / "notes.txt").exists()


def test_only_the_user_can_read_them(home: Home) -> None:
    """Whatever the mode of the files is."""
    home.change(b"a", b"b")
    made = (home.undo_folder, *home.undo_folder.iterdir())
    modes = [path.stat().st_mode & 0o777 for path in made]
    assert modes == [0o700, 0o600, 0o600]


# ---- Of earlier versions ----


OLD_STATES: Final = (b"a", b"b", b"c")


def write_old_snapshots(home: Home) -> None:
    """Write the three changes of the catalogue as version 0.1.0 did, and one that was undone."""
    home.undo_folder.mkdir(parents=True)
    for number, (before, after) in enumerate(pairwise((None, *OLD_STATES)), start=1):
        assert after is not None
        hashes = [blake2b(data or b"", digest_size=16).hexdigest() for data in (after, before)]
        name = f"{hashes[0]}.none" if before is None else f"{'-'.join(hashes)}.toml"
        (home.undo_folder / f"{number:08}-{name}").write_bytes(before or b"")
    (home.undo_folder / "00000004-undone.toml").write_bytes(b"undone")
    home.catalogue.parent.mkdir()
    home.catalogue.write_bytes(OLD_STATES[-1])


def test_changes_that_earlier_versions_saved_are_undone_and_redone(home: Home) -> None:
    """What the user did isn't known; what was undone by them can't be redone."""
    write_old_snapshots(home)
    assert not home.can_redo
    assert history.undo(home.location, dry_run=True).command == "a change to your catalogue"
    for _ in range(2):
        assert home.undo_all() == [b"b", b"a", None]
        assert home.redo_all() == [*OLD_STATES]
    home.change(b"d")
    assert home.names[-1].startswith("00000005-catalogue-")
    assert home.undo_all() == [b"c", b"b", b"a", None]


def test_changes_follow_those_that_earlier_versions_saved(home: Home) -> None:
    """With the next number."""
    write_old_snapshots(home)
    home.change(b"1", file=CONFIG)
    assert home.names[-1].startswith("00000005-config-")
    assert home.undo_all() == [b"c", b"b", b"a", None]
