"""Faults while the user's own catalogue is written: it must be the old one or the new one.

Everything that needs processes is in `faults.py`, which checks after each fault that the file
is byte for byte the old or the new one, that what was said is true, that undo leads back all the
way, that nobody holds the lock, and that the next change works and leaves nothing behind.
"""

import fcntl
import json
import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import pytest

from countdown import files
from countdown.catalogue import history, load, snapshots, store
from countdown.catalogue.store import CatalogueLocation
from countdown.errors import CATALOGUE, CatalogueError, NothingFound
from tests.conftest import isolate
from tests.programs import needs
from tests.thorough import sample

FAULTS: Final = Path(__file__).with_name("faults.py")
LINKED, UNDO, REDO = "an add through a link", "an undo", "a redo"


class Faults:
    """faults.py, a process that does experiments."""

    def __init__(self) -> None:
        environment = {key: value for key, value in os.environ.items() if not key.startswith("COV")}
        self.process = subprocess.Popen(
            [sys.executable, str(FAULTS)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**environment, "PYTHONWARNINGS": "error"},
        )

    def __call__(self, experiment: str, folder: Path, number: int, *scenes: str) -> dict[str, Any]:
        """The outcomes of an *experiment*."""
        assert self.process.stdin
        assert self.process.stdout
        print(json.dumps([experiment, str(folder), number, *scenes]), file=self.process.stdin)
        self.process.stdin.flush()
        code = self.process.stdout.readline()
        assert code == "0\n", (folder / "errors").read_text("utf-8")
        results: dict[str, Any] = json.loads((folder / "outcomes").read_text("utf-8"))
        return results


@pytest.fixture(scope="module")
def faults(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Faults]:
    """A process that does the experiments of all tests: half of a short one would be its start."""
    with pytest.MonkeyPatch.context() as patch:
        isolate(tmp_path_factory.mktemp("faults"), patch)
        started = Faults()
    yield started
    started.process.communicate()


@pytest.fixture
def location(tmp_path: Path) -> CatalogueLocation:
    """The location of a user catalogue that does not exist yet."""
    return CatalogueLocation(str(tmp_path / "data" / "mine.toml"), (), str(tmp_path / "state"))


def add(location: CatalogueLocation, name: str) -> None:
    """Add a release."""
    store.change(location, lambda catalogue: catalogue.add({"id": name, "hidden": True}))


def catalogue_file(location: CatalogueLocation) -> Path:
    """The file."""
    return Path(location.path)


def write_catalogue(
    location: CatalogueLocation, text: str = 'format = 1\n\n[[release]]\nid = "a"\nhidden = true\n'
) -> Path:
    """Write *text* to the file; returns its path."""
    catalogue_file(location).parent.mkdir(parents=True, exist_ok=True)
    catalogue_file(location).write_text(text, newline="")
    return catalogue_file(location)


def draft_names(folder: Path) -> list[str]:
    """The names of the drafts that an interrupted write has left behind."""
    return [path.name for path in folder.rglob("*.draft")]


# ---- Killed ----


def test_kill_at_any_moment_leaves_the_old_file_or_the_new_one(
    faults: Faults, tmp_path: Path
) -> None:
    """`add`, `undo` and `edit` in an editor, until so many have died on the way."""
    number = sample(10, of=1000)
    ends = faults("random", tmp_path, number)
    died = {end: count for end, count in ends.items() if "died" in end}
    assert sum(died.values()) == number
    assert any("draft" in end for end in died) or sample(True, of=False)


def test_kill_before_any_line_leaves_the_old_file_or_the_new_one(
    faults: Faults, tmp_path: Path
) -> None:
    """Of those that write, note what was, and take it back; a process for each line tried."""
    step = sample(24, of=1)
    scenes = LINKED, UNDO, REDO
    ends = faults("lines", tmp_path, step, *scenes)
    fewest = min(ends[f"{scene}: {end}"] for scene in scenes for end in ("old", "new"))
    assert fewest > sample(0, of=1)
    assert sum(ends.values()) > 240 / step


# ---- The disk ----


@needs("strace")
def test_system_call_that_fails_leaves_the_old_file_or_the_new_one(
    faults: Faults, tmp_path: Path
) -> None:
    """Each one that touches our folders; strace lets it fail."""
    results = faults("calls", tmp_path, sample(1, of=0), LINKED, *sample((), of=(UNDO, REDO)))
    assert all(ends["injected"] == ends["cases"] for ends in results.values())
    assert results["EIO"]["cases"] > sample(60, of=100)
    for call in ("openat", "write", "fsync", "rename", "close"):
        assert results["EIO"][f"{call}: refused, old"] > 0
    for call in ("write", "fsync", "rename", *sample((), of=("openat", "close"))):
        name = f"{call}: refused, old"
        assert results["EIO"][name] == results["ENOSPC"][name]
    writes = results["a byte written"]
    assert writes["write: refused, old"] == writes["cases"] > 1


def test_disk_that_is_full_after_any_byte_leaves_the_old_file(
    faults: Faults, tmp_path: Path
) -> None:
    """A write is cut short, and the next one fails; also of what is noted to take it back."""
    ends = faults("full", tmp_path, sample(14, of=7), LINKED, UNDO, REDO)
    assert ends[f"{LINKED}: old"] > sample(10, of=20)
    assert not ends[f"{LINKED}: new"]


CALLS: Final = (
    *("stat", "lstat", "readlink", "access", "listdir", "mkdir", "open", "close", "fsync"),
    *("chmod", "utime", "listxattr", "getxattr", "setxattr", "replace", "unlink"),
)


class Strike:
    """Lets one call of `os`, of that number, be struck by *error*, before or after it is done."""

    def __init__(self, number: int, error: BaseException, *, after: bool = False) -> None:
        self._left = number
        self._error = error
        self._after = after
        self.has_struck = False  # whether it has struck

    @property
    def is_due(self) -> bool:
        """True after that number of calls."""
        return self._left <= 0

    def wrap(self, call: Callable[..., object]) -> Callable[..., object]:
        """*call*, wrapped to count its calls and to strike one."""

        def count_call(*args: object, **options: object) -> object:
            self._left -= 1
            now = self._left == 0
            results = call(*args, **options) if self._after or not now else None
            if now:
                self.has_struck = True
                raise self._error
            return results

        return count_call


def strike_each_call(
    monkeypatch: pytest.MonkeyPatch,
    location: CatalogueLocation,
    act: Callable[[], object],
    error: BaseException,
    *,
    after: bool = False,
) -> Iterator[BaseException | None]:
    """The error of *act*, or None, with each of its calls struck in turn."""
    before = catalogue_file(location).read_bytes()
    number = 0
    while True:
        number += 1
        raised: BaseException | None = None
        strike = Strike(number, error, after=after)
        with monkeypatch.context() as patch:
            for name in CALLS:
                patch.setattr(os, name, strike.wrap(getattr(os, name)))
            try:
                act()
            except (CatalogueError, type(error)) as problem:
                raised = problem
        if not strike.is_due:
            return
        if not strike.has_struck:  # The call itself has failed, as it should.
            assert raised is None
        with (Path(location.state_folder) / "edit.lock").open("rb") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if strike.has_struck:
            yield raised
        shutil.rmtree(location.snapshots_folder, ignore_errors=True)
        catalogue_file(location).write_bytes(before)


def test_failing_call_is_reported_truthfully(
    monkeypatch: pytest.MonkeyPatch, location: CatalogueLocation
) -> None:
    """Also without strace: whoever hears that nothing was changed finds the file as it was."""
    old = write_catalogue(location).read_bytes()
    catalogue_file(location).with_name("mine.toml").chmod(0o640)
    add(location, "b")
    new = history.undo(location).before
    ends = set()
    for raised in strike_each_call(
        monkeypatch, location, lambda: add(location, "b"), OSError(5, "it is worn out")
    ):
        now = catalogue_file(location).read_bytes()
        assert now in (old, new)
        if raised is None:
            assert now == new
        else:
            assert ". Nothing was changed." in str(raised) if now == old else "but" in str(raised)
        assert catalogue_file(location).stat().st_mode & 0o777 == 0o640
        ends.add((raised is None, now == new))
        add(location, "c")
        assert draft_names(catalogue_file(location).parent) == []
        assert history.undo(location).after == now
    assert ends == {(True, True), (False, True), (False, False)}


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_interrupt_at_any_call_leaves_the_old_file_or_the_new_one(
    after: bool, monkeypatch: pytest.MonkeyPatch, location: CatalogueLocation
) -> None:
    """Ctrl-C in the middle; nobody has to be told of that."""
    old = write_catalogue(location).read_bytes()
    add(location, "b")
    new = history.undo(location).before
    ends = set()
    for raised in strike_each_call(
        monkeypatch, location, lambda: add(location, "b"), KeyboardInterrupt(), after=after
    ):
        assert isinstance(raised, KeyboardInterrupt)
        now = catalogue_file(location).read_bytes()
        assert now in (old, new)
        ends.add(now)
        add(location, "c")
        history.undo(location)
        assert catalogue_file(location).read_bytes() == now
        if now == new:
            assert history.undo(location).after == old
        with pytest.raises(NothingFound, match=r"^There's nothing to undo\.$"):
            history.undo(location)
        assert draft_names(catalogue_file(location).parent) == []
    assert ends == {old, new}


def test_draft_that_reads_back_differently_is_not_used(
    location: CatalogueLocation, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk that says it wrote, and did not."""
    old = write_catalogue(location).read_bytes()
    sync = os.fsync

    def lossy(handle: int) -> None:
        if stat.S_ISREG(os.fstat(handle).st_mode):
            os.ftruncate(handle, os.fstat(handle).st_size - 1)
        sync(handle)

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", lossy)
        with pytest.raises(CatalogueError, match=r"Can't read back what was written\. Nothing"):
            add(location, "b")
    assert catalogue_file(location).read_bytes() == old
    assert draft_names(catalogue_file(location).parent.parent) == []


def test_change_that_could_not_be_taken_back_is_not_made(
    location: CatalogueLocation, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk does not confirm that the file before it is saved."""
    add(location, "a")
    old = catalogue_file(location).read_bytes()
    sync, saved = os.fsync, os.stat(location.snapshots_folder)

    def loose(handle: int) -> None:
        if os.path.samestat(saved, os.fstat(handle)):
            raise OSError(5, "The cable is loose")
        sync(handle)

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", loose)
        with pytest.raises(CatalogueError, match=r"The cable is loose\. Nothing was changed"):
            add(location, "b")
    assert catalogue_file(location).read_bytes() == old


def test_write_protected_file_is_reported_so(
    location: CatalogueLocation, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Though the folder would let it be replaced, and also removed by an undo."""
    add(location, "a")
    with monkeypatch.context() as patch:
        patch.setattr(os, "access", lambda path, mode: False)
        for act in (lambda: add(location, "b"), lambda: history.undo(location)):
            with pytest.raises(CatalogueError) as caught:
                act()
            errors = f"{location.path}: The file is write-protected. Nothing was changed."
            assert str(caught.value) == errors
    history.undo(location)
    add(location, "a")
    add(location, "b")
    history.undo(location)
    with monkeypatch.context() as patch:
        patch.setattr(os, "access", lambda path, mode: False)
        with pytest.raises(CatalogueError, match=r"The file is write-protected\. Nothing was"):
            history.redo(location)
    history.redo(location)


def test_system_without_folders_to_write_down_needs_no_such_call(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Windows can't open one."""
    with monkeypatch.context() as patch:
        patch.setattr(os, "name", "nt")
        files._confirm("nowhere")


# ---- Many at once ----


def test_concurrent_additions_all_succeed(faults: Faults, tmp_path: Path) -> None:
    """And the last hundred of them can be taken back, if there were as many."""
    number = sample(16, of=200)
    results = faults("crowd", tmp_path, number)
    assert (results["codes"], results["err"]) == ({"0": number}, "")
    assert results["ids"] == results["entries"] == number
    assert results["undone"] == [*range(number, max(number - snapshots.MAX_SNAPSHOTS - 1, 0), -1)]


# ---- Others write it, too ----


def rewritten(path: Path) -> None:
    """By an editor that writes in place."""
    path.write_bytes(b"format = 1\n# theirs\n")


def renamed(path: Path) -> None:
    """By an editor that puts another file there."""
    path.with_name("theirs").write_bytes(b"format = 1\n# theirs\n")
    path.with_name("theirs").replace(path)


def meddle_before_write(
    location: CatalogueLocation, meddle: Callable[[Path], None], patch: pytest.MonkeyPatch
) -> None:
    """Call *meddle* after the file is read and before anything is written."""
    calls = os.listdir

    def meddling(folder: str) -> list[str]:
        if folder == location.snapshots_folder:
            patch.setattr(os, "listdir", calls)
            meddle(catalogue_file(location))
        return calls(folder)

    patch.setattr(os, "listdir", meddling)


def meddle_before_replace(
    location: CatalogueLocation, meddle: Callable[[Path], None], patch: pytest.MonkeyPatch
) -> None:
    """Call *meddle* after the draft is written and before it replaces the file."""
    sync = os.fsync

    def meddling(handle: int) -> None:
        sync(handle)
        draft = catalogue_file(location).with_name(f".{catalogue_file(location).name}.draft")
        if draft.exists() and os.path.samestat(draft.stat(), os.fstat(handle)):
            meddle(catalogue_file(location))

    patch.setattr(os, "fsync", meddling)


@pytest.mark.parametrize("when", [meddle_before_write, meddle_before_replace])
@pytest.mark.parametrize(
    ("present", "meddle"),
    [(True, rewritten), (True, renamed), (True, Path.unlink), (False, rewritten)],
    ids=["rewritten", "renamed", "removed", "made"],
)
def test_file_that_others_change_meanwhile_is_left_to_them(
    present: bool,
    meddle: Callable[[Path], None],
    when: Callable[..., None],
    location: CatalogueLocation,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whenever between our reading and our writing that was."""
    path = write_catalogue(location)
    if not present:
        path.unlink()
    with monkeypatch.context() as patch:
        when(location, meddle, patch)
        with pytest.raises(CatalogueError) as caught:
            add(location, "b")
    assert str(caught.value) == (
        f"{path}: Another program changed it at the same time. Nothing was changed. Try again."
    )
    assert caught.value.exit_code == CATALOGUE
    assert files.content(location.path) == (
        None if meddle == Path.unlink else b"format = 1\n# theirs\n"
    )
    assert draft_names(path.parent.parent) == []
    with pytest.raises(NothingFound):
        history.undo(location)
    add(location, "b")


def test_file_that_others_change_is_not_undone(tmp_path: Path) -> None:
    """Their work would be lost; it is said where ours is, with what can't be seen spelt out."""
    location = CatalogueLocation(str(tmp_path / "mine.toml"), (), str(tmp_path / "a\u202eb"))
    add(location, "a")
    rewritten(catalogue_file(location))
    with pytest.raises(NothingFound, match="has changed since then") as caught:
        history.undo(location)
    assert str(tmp_path / "a\\u202eb" / "undo") in str(caught.value)
    assert catalogue_file(location).read_bytes() == b"format = 1\n# theirs\n"


def test_file_that_others_change_while_it_is_undone_is_left_to_them(
    location: CatalogueLocation, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also if what is undone is its creation, so that it would be removed."""
    place = os.replace

    def meddling(old: str, new: str) -> None:
        place(old, new)
        assert "-undone-" in new
        rewritten(catalogue_file(location))

    for _ in range(2):
        add(location, "a")
        monkeypatch.setattr(os, "replace", meddling)
        with pytest.raises(CatalogueError, match="Another program changed it at the same time"):
            history.undo(location)
        monkeypatch.undo()
        assert catalogue_file(location).read_bytes() == b"format = 1\n# theirs\n"


def test_rewrite_of_a_file_that_others_changed_is_refused(location: CatalogueLocation) -> None:
    """While the editor was open."""
    before = write_catalogue(location).read_bytes()
    rewritten(catalogue_file(location))
    with pytest.raises(CatalogueError, match="Another program changed it"):
        store.replace(location, b"format = 1\n# mine\n", expected=before)
    assert catalogue_file(location).read_bytes() == b"format = 1\n# theirs\n"


# ---- Links ----


def linked_file(location: CatalogueLocation, elsewhere: Path) -> Path:
    """As a user has it whose settings are under version control."""
    catalogue_file(location).symlink_to(elsewhere)
    return elsewhere


def relative_link(location: CatalogueLocation, elsewhere: Path) -> Path:
    """As some programs for that make them."""
    catalogue_file(location).symlink_to(os.path.relpath(elsewhere, catalogue_file(location).parent))
    return elsewhere


def link_to_link(location: CatalogueLocation, elsewhere: Path) -> Path:
    """One after the other."""
    between = elsewhere.with_name("between")
    between.symlink_to(elsewhere.name)
    catalogue_file(location).symlink_to(between)
    return elsewhere


def linked_folder(location: CatalogueLocation, elsewhere: Path) -> Path:
    """The whole data folder."""
    catalogue_file(location).parent.rmdir()
    catalogue_file(location).parent.symlink_to(elsewhere.parent)
    return elsewhere.parent / catalogue_file(location).name


@pytest.mark.parametrize("link", [linked_file, relative_link, link_to_link, linked_folder])
def test_link_stays_one(
    link: Callable[[CatalogueLocation, Path], Path], location: CatalogueLocation, tmp_path: Path
) -> None:
    """And what it leads to is changed, also if that is only there once it is written."""
    elsewhere = tmp_path / "dotfiles" / "other.toml"
    elsewhere.parent.mkdir()
    catalogue_file(location).parent.mkdir()
    target = link(location, elsewhere)
    links = {path: path.readlink() for path in tmp_path.rglob("*") if path.is_symlink()}
    add(location, "a")
    add(location, "b")
    assert b'"b"' in target.read_bytes()
    history.undo(location)
    assert b'"b"' not in target.read_bytes()
    history.undo(location)
    assert not target.exists()
    assert {path: path.readlink() for path in tmp_path.rglob("*") if path.is_symlink()} == links


@pytest.mark.parametrize("target", ["missing/other.toml", "mine.toml"], ids=["nowhere", "itself"])
def test_link_that_leads_nowhere_is_refused(target: str, location: CatalogueLocation) -> None:
    """Folders are only made where the user's data belong."""
    catalogue_file(location).parent.mkdir()
    catalogue_file(location).symlink_to(target)
    with pytest.raises(CatalogueError, match=r". Nothing was changed.$"):
        add(location, "a")
    assert str(catalogue_file(location).readlink()) == target
    assert [path.name for path in catalogue_file(location).parent.iterdir()] == ["mine.toml"]


def test_hard_link_is_parted(location: CatalogueLocation, tmp_path: Path) -> None:
    """The other name keeps what was: a file that is replaced as a whole can't be two."""
    old = write_catalogue(location).read_bytes()
    (tmp_path / "other").hardlink_to(catalogue_file(location))
    add(location, "b")
    assert (tmp_path / "other").read_bytes() == old
    assert catalogue_file(location).stat().st_nlink == 1


# ---- What surrounds it ----


@pytest.mark.parametrize("mode", [0o644, 0o600, 0o664, 0o640, 0o444])
def test_mode_stays(mode: int, location: CatalogueLocation) -> None:
    """Also of a file that only the superuser may write; to others it is refused, see below."""
    write_catalogue(location).chmod(mode)
    if mode == 0o444 and os.geteuid():
        return
    add(location, "b")
    assert catalogue_file(location).stat().st_mode & 0o7777 == mode
    history.undo(location)
    assert catalogue_file(location).stat().st_mode & 0o7777 == mode


def test_new_file_and_its_past_are_for_its_owner_alone(location: CatalogueLocation) -> None:
    """And a folder that is there keeps its mode."""
    catalogue_file(location).parent.mkdir()
    catalogue_file(location).parent.chmod(0o3755)
    add(location, "a")
    assert catalogue_file(location).stat().st_mode & 0o777 == 0o600
    assert catalogue_file(location).parent.stat().st_mode & 0o7777 == 0o3755
    state = Path(location.state_folder)
    assert {oct(path.stat().st_mode & 0o077) for path in (state, *state.rglob("*"))} == {"0o0"}


def test_owner_stays(location: CatalogueLocation) -> None:
    """If it is the superuser who changes it; the group of everybody's own."""
    groups = os.getgroups() or [os.getegid()]
    owner, group = (12345, 54321) if os.geteuid() == 0 else (os.geteuid(), groups[-1])
    os.chown(write_catalogue(location), owner, group)
    add(location, "b")
    status = catalogue_file(location).stat()
    assert (status.st_uid, status.st_gid) == (owner, group)


def test_extended_attributes_stay(location: CatalogueLocation) -> None:
    """On file systems that have them."""
    try:
        os.setxattr(write_catalogue(location), "user.note", b"mine")
    except OSError:
        return
    add(location, "b")
    assert os.getxattr(catalogue_file(location), "user.note") == b"mine"


def test_change_without_rights_is_refused(faults: Faults, tmp_path: Path) -> None:
    """To somebody who is not the superuser: files, folders, the lock, and what is a stranger's."""
    messages = faults("closed", tmp_path, 0)
    assert len(messages) == 22
    assert all(line.endswith(". Nothing was changed.") for line in messages.values())
    message = "~/data/countdown/releases.toml: The file is write-protected. Nothing was changed."
    assert messages["a read-only file: an add"] == messages["a read-only file: an undo"] == message


# ---- What stands there already ----


def stale_file(path: Path) -> None:
    """Of somebody who was killed."""
    path.write_bytes(b"half of")


def stale_link(path: Path) -> None:
    """Planted to have another file overwritten."""
    (path.parent.parent / "victim").write_bytes(b"precious")
    path.symlink_to(path.parent.parent / "victim")


@pytest.mark.parametrize("stale", [stale_file, stale_link])
def test_stale_draft_is_replaced(
    stale: Callable[[Path], None], location: CatalogueLocation, tmp_path: Path
) -> None:
    """And not followed, if it is a link."""
    draft = write_catalogue(location).with_name(".mine.toml.draft")
    stale(draft)
    os.makedirs(location.snapshots_folder)
    stale_file(Path(location.snapshots_folder) / ".00000007-0.toml.draft")
    add(location, "b")
    assert draft_names(tmp_path) == []
    if stale == stale_link:
        assert (tmp_path / "victim").read_bytes() == b"precious"


def test_folder_in_the_place_of_the_draft_is_reported(location: CatalogueLocation) -> None:
    """It is nobody's leftover, so it stays."""
    old = write_catalogue(location).read_bytes()
    draft = catalogue_file(location).with_name(".mine.toml.draft")
    draft.mkdir()
    with pytest.raises(CatalogueError) as caught:
        add(location, "b")
    assert str(caught.value).startswith(f"{draft}: ")
    assert catalogue_file(location).read_bytes() == old
    draft.rmdir()
    add(location, "b")


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("state", Path.touch),
        ("state/undo", Path.touch),
        ("state/edit.lock", Path.mkdir),
        ("state/edit.lock", lambda path: path.symlink_to("victim")),
        ("data", Path.touch),
    ],
    ids=["state", "undo", "lock as a folder", "lock as a link", "data"],
)
def test_obstacle_is_reported(
    name: str, make: Callable[[Path], None], location: CatalogueLocation, tmp_path: Path
) -> None:
    """And nothing was changed; once it is out of the way, it goes on."""
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    make(path)
    with pytest.raises(CatalogueError, match=f"^{tmp_path}/.*. Nothing was changed.$"):
        add(location, "b")
    assert not catalogue_file(location).exists()
    assert not (path.parent / "victim").exists()
    path.rmdir() if path.is_dir() else path.unlink()
    add(location, "b")


def test_stale_lock_is_free(location: CatalogueLocation) -> None:
    """It is the process that holds it, not the file."""
    os.makedirs(location.state_folder)
    (Path(location.state_folder) / "edit.lock").write_text("4711\n")
    add(location, "a")


def test_lock_that_is_not_released_is_reported(
    location: CatalogueLocation, impatient: None
) -> None:
    """After half a minute."""
    add(location, "a")
    with (Path(location.state_folder) / "edit.lock").open("rb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(CatalogueError, match=r"edit\.lock.* 30 s, try again\. Nothing"):
            add(location, "b")
    add(location, "b")


# ---- The past ----


def test_foreign_files_among_snapshots_are_left_alone(location: CatalogueLocation) -> None:
    """Also if it sorts last, or looks like a number."""
    os.makedirs(location.snapshots_folder)
    names = ["99999999-copy.toml", "notes.toml", "٠٠٠٠٠٠٠٩-a.none", "00000001-undone.toml", ".kept"]
    for name in names:
        (Path(location.snapshots_folder) / name).write_text("mine")
    add(location, "a")
    add(location, "b")
    history.undo(location)
    history.undo(location)
    assert not catalogue_file(location).exists()
    assert {*names} <= {*os.listdir(location.snapshots_folder)}


@pytest.mark.parametrize("damage", [b"", b"format = 1\n", bytes(99), b"\xff"])
def test_past_that_was_damaged_is_not_gone_back_to(
    damage: bytes, location: CatalogueLocation
) -> None:
    """It would be written over a catalogue that is in order."""
    add(location, "a")
    add(location, "b")
    before = catalogue_file(location).read_bytes()
    step = max(Path(location.snapshots_folder).iterdir())
    step.write_bytes(damage)
    with pytest.raises(CatalogueError) as caught:
        history.undo(location)
    message = "The saved version is damaged"
    assert str(caught.value) == f"{step}: {message}. Nothing was changed."
    assert catalogue_file(location).read_bytes() == before
    add(location, "c")
    history.undo(location)
    assert catalogue_file(location).read_bytes() == before


def test_past_that_was_removed_is_gone(location: CatalogueLocation) -> None:
    """And a new one begins."""
    add(location, "a")
    shutil.rmtree(location.state_folder)
    with pytest.raises(NothingFound, match=r"^There's nothing to undo\.$"):
        history.undo(location)
    add(location, "b")
    assert history.undo(location).after == catalogue_file(location).read_bytes()


# ---- What it holds ----


def test_file_that_is_too_large_is_refused_at_once(location: CatalogueLocation) -> None:
    """Before a byte of it is read."""
    os.truncate(write_catalogue(location), load.MAX_FILE_SIZE + 1)
    with pytest.raises(
        CatalogueError, match=r"Too large \(the limit is 256 MiB\)\. Nothing was changed\.$"
    ):
        add(location, "b")
    assert catalogue_file(location).stat().st_size == load.MAX_FILE_SIZE + 1


def test_unchanged_bytes_are_not_written(location: CatalogueLocation) -> None:
    """Nor is there anything to take back then."""
    before = write_catalogue(location).read_bytes()
    stamp = catalogue_file(location).stat()
    store.replace(location, before, expected=before)
    assert catalogue_file(location).stat() == stamp
    assert not os.path.exists(location.snapshots_folder)
