"""Faults while the user's own catalogue is written: in processes that are forked, killed, traced.

It is a separate program, since a test's process has threads and must not fork. Each line of its
stdin is a JSON array of an experiment, a folder, a number and scenes, by default all. Its answer is
a line with an exit code, which isn't 0 if a file was ever neither the old nor the new one; the
outcomes, as JSON, are in `outcomes` in the folder, and an error is in `errors`.
"""

import ctypes
import fcntl
import gc
import json
import os
import random
import re
import resource
import select
import shutil
import signal
import stat
import struct
import subprocess
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import Any, Final, NamedTuple

import tomlrt

from countdown import files, paths
from countdown.catalogue import history, snapshots, store
from countdown.catalogue.store import CatalogueLocation
from countdown.errors import CountdownError, NothingFound

SEED: Final = 4
MAX_KEPT: Final = 3  # changes that can be undone: few, so that old ones are removed too
UNCHANGED: Final = ". Nothing was changed."
CHANGED: Final = ": Saved, but the disk didn't confirm it: "
CRASHED: Final = 70
FSYNC: Final = os.fsync
OLD, NEW = "old", "new"

Act = Callable[[CatalogueLocation], object]


def add(location: CatalogueLocation, name: str) -> None:
    """Add a release."""
    store.change(location, lambda catalogue: catalogue.add({"id": name, "hidden": True}))


def location_in(folder: Path) -> CatalogueLocation:
    """The location of the catalogue of the home *folder*, with none below."""
    data, state = (folder / name / paths.APP for name in ("data", "state"))
    return CatalogueLocation(str(data / "releases.toml"), (), str(state))


class Scene(NamedTuple):
    """A home folder, and an action there."""

    prepare: Act
    act: Act


def empty_home(location: CatalogueLocation) -> None:
    """Leave the home empty."""


def full_history(location: CatalogueLocation) -> None:
    """Make as many changes as can be undone, after one that has been undone."""
    add(location, "a")
    history.undo(location)
    for name in "bcd":
        add(location, name)


def linked_catalogue(location: CatalogueLocation) -> None:
    """Make the file a link to one with a special mode and an attribute."""
    path = Path(location.path)
    target = path.parents[2] / "dotfiles" / "mine.toml"
    target.parent.mkdir()
    path.parent.mkdir(parents=True)
    path.symlink_to(os.path.relpath(target, path.parent))
    full_history(location)
    target.chmod(0o640)
    os.setxattr(target, "user.note", b"mine")


def rewrite(location: CatalogueLocation) -> None:
    """Replace the content, as an editor does."""
    before = store.content(location)
    store.replace(location, b"# mine\n" + (before or b""), expected=before)


def undone_history(location: CatalogueLocation) -> None:
    """Undo two of as many changes as can be undone."""
    full_history(location)
    history.undo(location)
    history.undo(location)


def undone_first_add(location: CatalogueLocation) -> None:
    """Undo the change that made the file."""
    add(location, "a")
    history.undo(location)


SCENES: Final = {
    "the first add": Scene(empty_home, lambda location: add(location, "a")),
    "an add": Scene(full_history, lambda location: add(location, "e")),
    "an add through a link": Scene(linked_catalogue, lambda location: add(location, "e")),
    "a rewrite": Scene(full_history, rewrite),
    "an undo": Scene(full_history, history.undo),
    "an undo of the first add": Scene(lambda location: add(location, "a"), history.undo),
    "a redo": Scene(undone_history, history.redo),
    "a redo of the first add": Scene(undone_first_add, history.redo),
}

SELECTED_SCENES: Final = dict[str, Scene]()  # those of the experiment


# ---- What must hold afterwards ----


def content(location: CatalogueLocation) -> bytes | None:
    """The bytes of the catalogue."""
    return files.content(location.path)


def undo_states(location: CatalogueLocation) -> list[bytes | None]:
    """The bytes of the catalogue now and after each undo, until there is none left."""
    results = [content(location)]
    while True:
        try:
            history.undo(location)
        except NothingFound as error:
            last = str(error)
            break
        results.append(content(location))
    assert last == "There's nothing to undo.", last
    return results


def redo_states(location: CatalogueLocation) -> list[bytes | None]:
    """The bytes of the catalogue now and after each redo, until there is none left."""
    results = [content(location)]
    with suppress(NothingFound):
        while True:
            history.redo(location)
            results.append(content(location))
    return results


def drafts(folder: Path) -> list[Path]:
    """The drafts that an interrupted write has left behind."""
    return [*folder.rglob("*.draft")]


class Stage:
    """A scene that can be played repeatedly, and its result without faults."""

    def __init__(self, scene: Scene, base: Path) -> None:
        self._scene = scene
        self._home = base / "home"
        self.old = self._play(scene.prepare)
        self.new = self._play(scene.prepare, scene.act)
        self._model = base / "model"
        self._model.mkdir(parents=True)
        scene.prepare(location_in(self._model))
        self._tree = file_states(self._model)
        self._results: dict[object, str] = {}

    def home(self) -> Path:
        """A home folder in which the scene can be played."""
        if not self._home.exists():
            shutil.copytree(self._model, self._home, symlinks=True)
        return self._home

    def check_end(self, code: int, err: str) -> str:
        """Check the result of the scene; OLD or NEW. *code* is its exit code, or minus a signal."""
        assert_unlocked(location_in(self._home))
        current = file_states(self._home)
        key = (*current.items(), code, err)
        if key not in self._results:  # The same files have the same result.
            self._results[key] = self._check(location_in(self._home), code, err)
            current = {}
        if current != self._tree:
            shutil.rmtree(self._home)
        return self._results[key]

    def close(self) -> None:
        """Remove its folders."""
        shutil.rmtree(self._model, ignore_errors=True)
        shutil.rmtree(self._home, ignore_errors=True)

    def _check(self, location: CatalogueLocation, code: int, err: str) -> str:
        context = (code, err, content(location))
        assert content(location) in (self.old[0], self.new[0]), context
        end_state = NEW if content(location) == self.new[0] else OLD
        if code == 0:
            assert (end_state, err) == (NEW, ""), context
        elif code > 0:
            assert code == 3, context
            assert err.count("\n") == 1, context
            assert (CHANGED if end_state == NEW else UNCHANGED) in err, context
            assert str(self._home) in err, context
        expected = self.new if end_state == NEW else self.old
        results = undo_states(location)
        assert redo_states(location)[: len(results)] == results[::-1], context
        assert undo_states(location)[-len(results) :] == results, context
        assert results[: len(expected)] == expected[: len(results)], (
            context
        )  # Older ones may remain.
        assert len(results) >= min(len(expected), MAX_KEPT), context
        add(location, "z")
        assert drafts(self._home) == [], context
        assert history.undo(location).after == results[-1], context
        return end_state

    def _play(self, *acts: Act) -> list[bytes | None]:
        self._home.mkdir(parents=True)
        location = location_in(self._home)
        for act in acts:
            act(location)
        results = undo_states(location)
        shutil.rmtree(self._home)
        return results


def file_states(folder: Path) -> dict[str, tuple[int, bytes]]:
    """The mode and content of each file in *folder*, by name."""
    results: dict[str, tuple[int, bytes]] = {}

    def add_states(at: str, names: str) -> None:
        with os.scandir(at) as entries:
            found = sorted(entries, key=lambda entry: entry.name)
        for entry in found:
            mode, data = entry.stat(follow_symlinks=False).st_mode, b""
            if stat.S_ISREG(mode):
                with open(entry.path, "rb") as file:
                    data = file.read()
            elif stat.S_ISLNK(mode):
                data = os.fsencode(os.readlink(entry.path))
            results[f"{names}{entry.name}"] = (mode, data)
            if stat.S_ISDIR(mode):
                add_states(entry.path, f"{names}{entry.name}/")

    add_states(str(folder), "")  # A hundred times in a test: pathlib takes four times as long.
    return results


def assert_unlocked(location: CatalogueLocation) -> None:
    """Fail if the lock is held."""
    lock = Path(location.state_folder) / "edit.lock"
    if lock.exists():
        with lock.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


# ---- Processes ----


def start_child(act: Callable[[], object], err: Path) -> int:
    """Do *act* in a child process, with its stderr in the file *err*; returns its id."""
    pid = os.fork()
    if pid:
        return pid
    code = CRASHED
    os.fsync = FSYNC
    os.setpgid(0, 0)
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        os.dup2(os.open(err, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), 2)
        code = run_act(act)
    except BaseException:
        traceback.print_exc()
        sys.stderr.flush()
    finally:
        os._exit(code)


def run_act(act: Callable[[], object]) -> int:
    """Do *act* and print its error, as the command line does; returns the exit code."""
    try:
        results = act()
        return results if isinstance(results, int) else 0
    except CountdownError as error:
        os.write(2, "".join(f"{line}\n" for line in error.lines).encode())
        return error.exit_code


def exit_code(pid: int) -> int:
    """The exit code of the process, or minus the signal that killed it."""
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def kill_at_every_line(base: Path, step: int) -> dict[str, Any]:
    """SIGKILL before every *step*th line of our modules in a write; a process for each."""
    traced_files = {module.__file__ for module in (files, snapshots, store, history)}
    ends: Counter[str] = Counter()
    for name, scene in SELECTED_SCENES.items():
        stage, number, code = Stage(scene, base), 1 - step, -1
        while code:
            number += step
            home, remaining = stage.home(), number

            def trace(frame: FrameType, event: str, _: object, /) -> Any:
                nonlocal remaining
                if frame.f_code.co_filename not in traced_files:
                    return None
                remaining -= event == "line"
                if remaining == 0:
                    os.kill(os.getpid(), signal.SIGKILL)
                return trace

            def act(home: Path = home, scene: Scene = scene) -> None:
                sys.settrace(trace)
                scene.act(location_in(home))
                sys.settrace(None)

            code = exit_code(start_child(act, base / "err"))
            ends[f"{name}: {stage.check_end(code, (base / 'err').read_text())}"] += code != 0
        stage.close()
    return dict(ends)


def kill_at_random(base: Path, number: int) -> dict[str, Any]:
    """SIGKILL at a random moment of `add`, `undo` and `edit` in an editor, until *number* died."""
    from countdown.cli.group import run

    chance = random.Random(SEED)
    ends: Counter[str] = Counter()
    shipped, saved = base / "shipped.toml", base / "saved.toml"
    shipped.write_text("format = 1\n")
    paths.shipped = lambda name: str(shipped)
    os.environ["EDITOR"] = f"cp {saved}"
    os.environ.pop("VISUAL", None)
    for words, share in (
        (["add", "E", "--date", "2030"], 0.6),
        (["undo"], 0.2),
        (["edit"], 0.2),
    ):

        def act(location: CatalogueLocation, words: list[str] = words) -> int:
            for purpose in ("data", "state", "cache", "config"):
                home = Path(location.path).parents[2] / purpose
                os.environ[f"XDG_{purpose.upper()}_HOME"] = str(home)
            return run(words)

        saved.write_text("format = 1\n# edited\n")
        stage, died, wait = Stage(Scene(full_history, act), base), 0, 0.05
        while died < number * share:
            home = stage.home()
            ready, go = os.pipe()

            def wait_and_act(home: Path = home, ready: int = ready) -> int:
                os.read(ready, 1)
                return act(location_in(home))

            pid = start_child(wait_and_act, base / "err")
            os.setpgid(pid, pid)
            os.write(go, b"!")
            time.sleep(chance.uniform(0, wait))
            os.killpg(pid, signal.SIGKILL)  # The editor, too.
            code = exit_code(pid)
            os.close(ready)
            os.close(go)
            died += code != 0
            wait *= 1.02 if code else 0.95  # Some must finish before they are killed.
            cut = ", with a draft" if drafts(base / "home") else ""
            ends[f"{words[0]}: {'died' if code else 'done'}, {stage.check_end(code, '')}{cut}"] += 1
        stage.close()
    return dict(ends)


def add_concurrently(base: Path, number: int) -> dict[str, Any]:
    """Add a release from each of *number* processes at the same moment."""
    location = location_in(base)
    ready, go = os.pipe()
    children = []
    for child in range(number):

        def act(name: str = f"r{child}") -> None:
            os.close(go)
            os.read(ready, 1)
            store.change(location, lambda catalogue: catalogue.add({"id": name, "hidden": True}))

        children.append(start_child(act, base / f"err-{child}"))
    os.close(go)
    codes = Counter(exit_code(pid) for pid in children)
    err = "".join((base / f"err-{child}").read_text() for child in range(number))
    data = content(location)
    assert data is not None
    store.check(location, data)
    ids = re.findall(r'^id = "r(\d+)"$', data.decode(), re.MULTILINE)
    undone = [state.count(b"[[release]]") for state in undo_states(location) if state is not None]
    return {"codes": codes, "err": err, "ids": len({*ids}), "entries": len(ids), "undone": undone}


def fill_disk(base: Path, step: int) -> dict[str, Any]:
    """Limit files to 0, *step*, … bytes: a write is cut short, the next one fails."""
    ends: Counter[str] = Counter()
    for name, scene in SELECTED_SCENES.items():
        stage, size, code = Stage(scene, base), 0, -1
        while code:
            home = stage.home()

            def act(home: Path = home, size: int = size, scene: Scene = scene) -> None:
                hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
                resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
                try:
                    scene.act(location_in(home))
                finally:
                    resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))

            code = exit_code(start_child(act, base / "err"))
            ends[f"{name}: {stage.check_end(code, (base / 'err').read_text())}"] += code != 0
            size += step
        stage.close()
    return dict(ends)


# ---- Missing rights ----

STRANGER: Final = 12345  # a user id that nobody has


def without_rights(mode: int, *names: str) -> Callable[[Path], None]:
    """A function that sets the *mode* of *names* in a home folder."""

    def prepare(home: Path) -> None:
        for name in names:
            (home / name).chmod(mode)

    return prepare


def owned_by_stranger(mode: int, name: str) -> Callable[[Path], None]:
    """A function that gives *name* in a home folder to another user, where possible."""

    def prepare(home: Path) -> None:
        if os.geteuid() == 0:
            os.chown(home / name, STRANGER, STRANGER)
            (home / name).chmod(mode)
        else:
            (home / name).chmod(0)

    return prepare


FILE: Final = "data/countdown/releases.toml"
OBSTACLES: Final = {
    "a read-only file": without_rights(0o444, FILE),
    "an unreadable file": without_rights(0o000, FILE),
    "a read-only data folder": without_rights(0o555, "data/countdown"),
    "an unreadable data folder": without_rights(0o000, "data/countdown"),
    "a read-only undo folder": without_rights(0o555, "state/countdown/undo"),
    "an unreadable undo folder": without_rights(0o000, "state/countdown/undo"),
    "an unreadable state folder": without_rights(0o000, "state/countdown"),
    "a read-only lock": without_rights(0o400, "state/countdown/edit.lock"),
    "somebody else's file": owned_by_stranger(0o666, FILE),
    "somebody else's data folder": owned_by_stranger(0o755, "data/countdown"),
    "somebody else's lock": owned_by_stranger(0o600, "state/countdown/edit.lock"),
}


def drop_root_rights() -> None:
    """Drop all capabilities of root, if this is root (capabilities(7))."""
    header, none = struct.pack("Ii", 0x20080522, 0), bytes(24)
    assert _C.capset(header, none) == 0


def obstructed_writes(base: Path, _: int) -> dict[str, Any]:
    """The messages of `add` and `undo` where something can't be written or read."""
    messages = {}
    for name in ("an add", "an undo"):
        stage = Stage(SCENES[name], base)
        for case, prepare in OBSTACLES.items():
            home = stage.home()
            modes = {path: path.lstat().st_mode for path in (home, *home.rglob("*"))}
            before = file_states(home)
            prepare(home)

            def act(home: Path = home, name: str = name) -> None:
                drop_root_rights()
                SCENES[name].act(location_in(home))

            code, err = exit_code(start_child(act, base / "err")), (base / "err").read_text()
            for path, mode in modes.items():
                os.chown(path, os.geteuid(), os.getegid())
                path.chmod(mode)
            after = file_states(home)
            assert before.items() <= after.items(), (case, name)
            assert all("-undone-" in one for one in after.keys() - before), (case, name)
            assert (code, stage.check_end(code, err)) == (3, OLD), (case, name, err)
            messages[f"{case}: {name}"] = err.replace(str(home), "~").strip()
        stage.close()
    return messages


# ---- The disk ----

_C: Final = ctypes.CDLL(None)
_NOWHERE: Final = ctypes.c_char_p(b"")
# For each system call, one that fails at once and does nothing: it only advances strace's count.
IDLE: Final[dict[str, Callable[[], object]]] = {
    "access": lambda: _C.access(_NOWHERE, 0),
    "chmod": lambda: _C.chmod(_NOWHERE, 0),
    "chown": lambda: _C.chown(_NOWHERE, 0, 0),
    "close": lambda: _C.close(-1),
    "fchmod": lambda: _C.fchmod(-1, 0),
    "flock": lambda: _C.flock(-1, 0),
    "fsync": lambda: _C.fsync(-1),
    "getdents64": lambda: _C.getdents64(-1, 0, 0),
    "getxattr": lambda: _C.getxattr(_NOWHERE, _NOWHERE, 0, 0),
    "ioctl": lambda: _C.ioctl(-1, 0, 0),
    "listxattr": lambda: _C.listxattr(_NOWHERE, 0, 0),
    "lseek": lambda: _C.lseek(-1, 0, 0),
    "mkdir": lambda: _C.mkdir(_NOWHERE, 0),
    "newfstatat": lambda: _C.fstatat(-1, _NOWHERE, ctypes.create_string_buffer(512), 0),
    "openat": lambda: _C.open(_NOWHERE, 0),
    "read": lambda: _C.read(-1, 0, 0),
    "readlink": lambda: _C.readlink(_NOWHERE, ctypes.create_string_buffer(1), 1),
    "rename": lambda: _C.rename(_NOWHERE, _NOWHERE),
    "setxattr": lambda: _C.setxattr(_NOWHERE, _NOWHERE, 0, 0, 0),
    "unlink": lambda: _C.unlink(_NOWHERE),
    "utimensat": lambda: _C.utimensat(-1, _NOWHERE, 0, 0),
    "write": lambda: _C.write(-1, 0, 0),
}
_PR_SET_PTRACER: Final = 0x59616D61


# Kind of fault → option of strace, and the calls; none means all.
KINDS: Final[dict[str, tuple[str, tuple[str, ...]]]] = {
    "EIO": ("error=EIO", ()),
    "ENOSPC": (
        "error=ENOSPC",
        ("openat", "mkdir", "write", "fsync", "close", "rename", "setxattr"),
    ),
    "SIGTERM": ("signal=SIGTERM", ()),
    "a byte written": ("retval=1", ("write",)),
}


FULL_CALLS: Final = ("write", "fsync", "rename")  # by which a full disk is noticed
READ_CALLS: Final = ("newfstatat", "lseek", "ioctl", "mkdir")  # whose failure is mostly harmless


class Case(NamedTuple):
    """A system call on our paths: its scene, and its number among equal calls there."""

    scene: str
    call: str
    number: int


def inject_faults(base: Path, short: int) -> dict[str, Any]:
    """EIO, ENOSPC, SIGTERM, and a wrong count of written bytes, at each system call on our paths.

    If *short*, SIGTERM is left out, READ_CALLS are struck only in the first scene, one of four, and
    a disk is full only in FULL_CALLS.

    strace counts the calls of each process separately. If it is to let the tenth `fsync` fail, a
    process that makes seven idle ones first sees its third one fail. So one strace injects all
    faults of a kind.
    """
    stages = {name: Stage(scene, base / name) for name, scene in SELECTED_SCENES.items()}
    cases = [case for name, stage in stages.items() for case in _calls(base, name, stage)]
    max_counts = {case.call: 0 for case in cases}
    for case in cases:
        max_counts[case.call] = max(
            max_counts[case.call], case.number + 4
        )  # Its messages are written, too.
    first_reads = [c for c in cases if c.call in READ_CALLS and c.scene == cases[0].scene]
    struck_reads = {*first_reads[::4]}
    results: dict[str, Any] = {}
    for kind, (fault, limited_calls) in KINDS.items():
        if short and kind == "SIGTERM":
            continue  # Processes are killed at every line, too.
        if short and kind == "ENOSPC":
            limited_calls = FULL_CALLS
        calls = {
            call: number
            for call, number in max_counts.items()
            if call in (limited_calls or max_counts)
        }
        options = [f"--inject={call}:{fault}:when={number}" for call, number in calls.items()]
        selected = [
            case
            for case in cases
            if case.call in calls
            and not (short and case.call in READ_CALLS and case not in struck_reads)
        ]

        def act(number: int, selected: list[Case] = selected) -> None:
            case = selected[number]
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            for _ in range(max_counts[case.call] - case.number):
                IDLE[case.call]()
            SELECTED_SCENES[case.scene].act(location_in(base / case.scene / "home"))

        ends: Counter[str] = Counter()
        with trace_calls(base, [f"--trace={','.join(calls)}", *options], act, calls) as play:
            for number, case in enumerate(selected):
                stages[case.scene].home()
                _, code = play(number)
                try:
                    end_state = stages[case.scene].check_end(code, (base / "err").read_text())
                except AssertionError as error:
                    raise AssertionError(kind, case, *error.args) from None
                outcome = "done" if code == 0 else "refused" if code > 0 else "killed"
                ends[f"{case.call}: {outcome}, {end_state}"] += 1
        log = (base / "log").read_text()
        marks = re.findall(r"\(INJECTED\)$|SIGTERM {", log, re.MULTILINE)
        results[kind] = {"cases": len(selected), "injected": len(marks) - len(calls), **ends}
    return results


def _calls(base: Path, name: str, stage: Stage) -> list[Case]:
    home = stage.home()
    with trace_calls(
        base, ["--decode-fds=path"], lambda _: SELECTED_SCENES[name].act(location_in(home))
    ) as play:
        pid, code = play(0)
    assert code == 0, (base / "err").read_text()
    assert stage.check_end(code, "") == NEW
    counts: Counter[str] = Counter()
    results = []
    for line in (base / "log").read_text().splitlines():
        call = re.match(rf"{pid} +(\w+)\(", line)
        if call:
            counts[call[1]] += 1
            if str(home) in line:
                results.append(Case(name, call[1], counts[call[1]]))
    return results


@contextmanager
def trace_calls(
    base: Path,
    options: list[str],
    act: Callable[[int], object],
    calls: dict[str, int] | None = None,
) -> Iterator[Callable[[int], tuple[int, int]]]:
    """A function that does *act* with a number in a traced process; returns its id and exit code.

    The process that forks them is traced, too: it first passes the faults of *calls* itself.
    """
    job_reader, job_writer = os.pipe()
    answer_reader, answer_writer = os.pipe()

    def fork_on_request() -> None:
        os.close(job_writer)
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        _C.prctl(_PR_SET_PTRACER, ctypes.c_ulong(-1), 0, 0, 0)
        select.select([job_reader], [], [])
        for call, number in (calls or {}).items():
            for _ in range(number):
                IDLE[call]()
        # From here on, no fault strikes this process.
        while case := os.read(job_reader, 8):
            pid = start_child(lambda: act(int.from_bytes(case, "big")), base / "err")
            os.write(answer_writer, struct.pack("qq", pid, exit_code(pid)))

    pid = start_child(fork_on_request, base / "errors")
    strace = subprocess.Popen(
        ["strace", "-f", "-o", str(base / "log"), "-p", str(pid), *options],
        stderr=subprocess.PIPE,
        text=True,
    )
    assert strace.stderr
    messages = strace.stderr.readline()
    assert "attached" in messages, messages

    def play(number: int) -> tuple[int, int]:
        os.write(job_writer, number.to_bytes(8, "big"))
        pid, code = struct.unpack("qq", os.read(answer_reader, 16))
        return pid, code

    try:
        yield play
    finally:
        for pipe in (job_writer, job_reader, answer_reader, answer_writer):
            os.close(pipe)
        strace.communicate()
        os.waitpid(pid, 0)


EXPERIMENTS: Final = {
    "lines": kill_at_every_line,
    "random": kill_at_random,
    "crowd": add_concurrently,
    "full": fill_disk,
    "closed": obstructed_writes,
    "calls": inject_faults,
}


def play(experiment: str, folder: str, number: int, *scenes: str) -> None:
    """Do *experiment* in *folder*, and write its outcomes there."""
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.fsync = lambda fd: None  # Checking results need not wait for the disk.
    SELECTED_SCENES.update({name: SCENES[name] for name in scenes or SCENES})
    if experiment != "crowd":
        snapshots.MAX_SNAPSHOTS = MAX_KEPT  # type: ignore[misc]
    base = Path(folder).resolve() / "faults"
    base.mkdir()
    outcomes = EXPERIMENTS[experiment](base, number)
    Path(folder, "outcomes").write_text(json.dumps(outcomes), "utf-8")


if __name__ == "__main__":
    assert tomlrt  # imported before the first fork
    gc.freeze()
    for line in sys.stdin:
        words = json.loads(line)
        child = start_child(lambda words=words: play(*words), Path(words[1], "errors"))  # type: ignore[misc]
        print(exit_code(child), flush=True)
