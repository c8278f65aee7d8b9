"""Faults while the user's own catalogue is written: in processes that are forked, killed, traced.

A program of its own, since a test's process has threads and may not fork: `faults.py WHAT FOLDER
NUMBER [SCENE]…` prints as JSON what came of it, and fails if a file was ever neither the old nor
the new one.
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
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any, Final, NamedTuple

import tomlrt

from countdown import files, paths
from countdown.catalogue import snapshots, store
from countdown.catalogue.store import CatalogueLocation
from countdown.errors import CountdownError, NothingFound

SEED: Final = 4
KEPT: Final = 3  # steps back, so that old ones are removed too
UNCHANGED: Final = "; nothing was changed"
CHANGED: Final = ": was changed, but the disk has not confirmed it: "
CRASHED: Final = 70
FSYNC: Final = os.fsync
OLD, NEW = "old", "new"

Act = Callable[[CatalogueLocation], object]


def add(own: CatalogueLocation, name: str) -> None:
    """A release more."""
    store.change(own, lambda book: book.add({"id": name, "hidden": True}))


def own_in(folder: Path) -> CatalogueLocation:
    """The catalogue of the home *folder*, over none."""
    data, state = (folder / name / paths.APP for name in ("data", "state"))
    return CatalogueLocation(str(data / "releases.toml"), (), str(state))


class Scene(NamedTuple):
    """A home, and something that is done there."""

    prepare: Act
    act: Act


def nothing(own: CatalogueLocation) -> None:
    """An empty home."""


def history(own: CatalogueLocation) -> None:
    """As many changes as are kept, and one that was taken back long ago."""
    add(own, "a")
    store.undo(own)
    for name in "bcd":
        add(own, name)


def linked(own: CatalogueLocation) -> None:
    """The file is a link, and has a mode and an attribute of its own."""
    path = Path(own.path)
    target = path.parents[2] / "dotfiles" / "mine.toml"
    target.parent.mkdir()
    path.parent.mkdir(parents=True)
    path.symlink_to(os.path.relpath(target, path.parent))
    history(own)
    target.chmod(0o640)
    os.setxattr(target, "user.note", b"mine")


def rewritten(own: CatalogueLocation) -> None:
    """What an editor's user has made of it."""
    known = store.content(own)
    store.replace(own, b"# mine\n" + (known or b""), expected=known)


SCENES: Final = {
    "the first add": Scene(nothing, lambda own: add(own, "a")),
    "an add": Scene(history, lambda own: add(own, "e")),
    "an add through a link": Scene(linked, lambda own: add(own, "e")),
    "a rewrite": Scene(history, rewritten),
    "an undo": Scene(history, store.undo),
    "an undo of the first add": Scene(lambda own: add(own, "a"), store.undo),
}

CHOSEN: Final = {name: scene for name, scene in SCENES.items() if name in (sys.argv[4:] or SCENES)}


# ---- What must hold afterwards ----


def content(own: CatalogueLocation) -> bytes | None:
    """What the catalogue is."""
    return files.content(own.path)


def states(own: CatalogueLocation) -> list[bytes | None]:
    """What the catalogue is, and what undo makes of it, again and again, until it says: no more."""
    found = [content(own)]
    while True:
        try:
            store.undo(own)
        except NothingFound as error:
            last = str(error)
            break
        found.append(content(own))
    assert last == "there is no change to undo", last
    return found


def drafts(folder: Path) -> list[Path]:
    """What a write that was cut short has left behind."""
    return [*folder.rglob("*.draft")]


class Stage:
    """A scene that can be played again and again, and how it ends if nothing goes wrong."""

    def __init__(self, scene: Scene, base: Path) -> None:
        self._scene = scene
        self._home = base / "home"
        self.old = self._played(scene.prepare)
        self.new = self._played(scene.prepare, scene.act)
        self._model = base / "model"
        self._model.mkdir(parents=True)
        scene.prepare(own_in(self._model))
        self._tree = tree(self._model)
        self._known: dict[object, str] = {}

    def home(self) -> Path:
        """A home where the scene is about to be played."""
        if not self._home.exists():
            shutil.copytree(self._model, self._home, symlinks=True)
        return self._home

    def ended(self, code: int, err: str) -> str:
        """How the scene ended, with the exit *code* (negative: a signal) and *err* on stderr."""
        _unlocked(own_in(self._home))
        seen = tree(self._home)
        key = (*seen.items(), code, err)
        if key not in self._known:  # The same files would come to the same.
            self._known[key] = self._checked(own_in(self._home), code, err)
        if tree(self._home) != self._tree:
            shutil.rmtree(self._home)
        return self._known[key]

    def close(self) -> None:
        """Remove all that is left of it."""
        shutil.rmtree(self._model, ignore_errors=True)
        shutil.rmtree(self._home, ignore_errors=True)

    def _checked(self, own: CatalogueLocation, code: int, err: str) -> str:
        told = (code, err, content(own))
        assert content(own) in (self.old[0], self.new[0]), told
        ended = NEW if content(own) == self.new[0] else OLD
        if code == 0:
            assert (ended, err) == (NEW, ""), told
        elif code > 0:
            assert code == 3, told
            assert err.count("\n") == 1, told
            assert (CHANGED if ended == NEW else UNCHANGED) in err, told
            assert str(self._home) in err, told
        expected = self.new if ended == NEW else self.old
        found = states(own)
        assert found[: len(expected)] == expected[: len(found)], told  # What is older may be there.
        assert len(found) >= min(len(expected), KEPT), told
        add(own, "z")
        assert drafts(self._home) == [], told
        assert store.undo(own).after == found[-1], told
        return ended

    def _played(self, *acts: Act) -> list[bytes | None]:
        self._home.mkdir(parents=True)
        own = own_in(self._home)
        for act in acts:
            act(own)
        found = states(own)
        shutil.rmtree(self._home)
        return found


def tree(folder: Path) -> dict[str, tuple[int, bytes]]:
    """What is in *folder*: each name, with mode and content."""
    found = {}
    for path in sorted(folder.rglob("*")):
        status = path.lstat()
        data = path.read_bytes() if stat.S_ISREG(status.st_mode) else b""
        data = os.fsencode(path.readlink()) if path.is_symlink() else data
        found[str(path.relative_to(folder))] = (status.st_mode, data)
    return found


def _unlocked(own: CatalogueLocation) -> None:
    """Nobody holds the lock."""
    lock = Path(own.state_folder) / "edit.lock"
    if lock.exists():
        with lock.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


# ---- Processes ----


def forked(act: Callable[[], object], err: Path) -> int:
    """Do *act* in a process of its own, with what it has to say in *err*; its id."""
    pid = os.fork()
    if pid:
        return pid
    code = CRASHED
    os.fsync = FSYNC
    os.setpgid(0, 0)
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        os.dup2(os.open(err, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), 2)
        code = told(act)
    except BaseException:
        traceback.print_exc()
        sys.stderr.flush()
    finally:
        os._exit(code)


def told(act: Callable[[], object]) -> int:
    """The exit code of *act*, with its error told as the command line does."""
    try:
        found = act()
        return found if isinstance(found, int) else 0
    except CountdownError as error:
        os.write(2, "".join(f"{line}\n" for line in error.lines).encode())
        return error.exit_code


def code_of(pid: int) -> int:
    """How the process ended: its exit code, or minus the signal that killed it."""
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def killed_at_every_line(base: Path, step: int) -> dict[str, Any]:
    """SIGKILL before every *step*th line of ours that a write runs; a process for each of them."""
    ours = {files.__file__, snapshots.__file__, store.__file__}
    ends: Counter[str] = Counter()
    for name, scene in CHOSEN.items():
        stage, number, code = Stage(scene, base), 1 - step, -1
        while code:
            number += step
            home, left = stage.home(), number

            def trace(frame: FrameType, event: str, _: object, /) -> Any:
                nonlocal left
                if frame.f_code.co_filename not in ours:
                    return None
                left -= event == "line"
                if left == 0:
                    os.kill(os.getpid(), signal.SIGKILL)
                return trace

            def act(home: Path = home, scene: Scene = scene) -> None:
                sys.settrace(trace)
                scene.act(own_in(home))
                sys.settrace(None)

            code = code_of(forked(act, base / "err"))
            ends[f"{name}: {stage.ended(code, (base / 'err').read_text())}"] += code != 0
        stage.close()
    return dict(ends)


def killed_at_random(base: Path, number: int) -> dict[str, Any]:
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

        def act(own: CatalogueLocation, words: list[str] = words) -> int:
            for purpose in ("data", "state", "cache", "config"):
                home = Path(own.path).parents[2] / purpose
                os.environ[f"XDG_{purpose.upper()}_HOME"] = str(home)
            return run(words)

        saved.write_text("format = 1\n# edited\n")
        stage, died, wait = Stage(Scene(history, act), base), 0, 0.05
        while died < number * share:
            home = stage.home()
            ready, go = os.pipe()

            def alone(home: Path = home, ready: int = ready) -> int:
                os.read(ready, 1)
                return act(own_in(home))

            pid = forked(alone, base / "err")
            os.setpgid(pid, pid)
            os.write(go, b"!")
            time.sleep(chance.uniform(0, wait))
            os.killpg(pid, signal.SIGKILL)  # The editor, too.
            code = code_of(pid)
            os.close(ready)
            os.close(go)
            died += code != 0
            wait *= 1.02 if code else 0.95  # Some are to be done before they are killed.
            cut = ", with a draft" if drafts(base / "home") else ""
            ends[f"{words[0]}: {'died' if code else 'done'}, {stage.ended(code, '')}{cut}"] += 1
        stage.close()
    return dict(ends)


def crowd(base: Path, number: int) -> dict[str, Any]:
    """So many processes that add something at the same moment."""
    own = own_in(base)
    ready, go = os.pipe()
    children = []
    for child in range(number):

        def act(name: str = f"r{child}") -> None:
            os.close(go)
            os.read(ready, 1)
            store.change(own, lambda book: book.add({"id": name, "hidden": True}))

        children.append(forked(act, base / f"err-{child}"))
    os.close(go)
    codes = Counter(code_of(pid) for pid in children)
    err = "".join((base / f"err-{child}").read_text() for child in range(number))
    whole = content(own)
    assert whole is not None
    store.check(own, whole)
    ids = re.findall(r'^id = "r(\d+)"$', whole.decode(), re.MULTILINE)
    undone = [state.count(b"[[release]]") for state in states(own) if state is not None]
    return {"codes": codes, "err": err, "ids": len({*ids}), "entries": len(ids), "undone": undone}


def full_disk(base: Path, step: int) -> dict[str, Any]:
    """No byte beyond the first 0, *step*, … of a file: a write is cut short, the next one fails."""
    ends: Counter[str] = Counter()
    for name, scene in CHOSEN.items():
        stage, size, code = Stage(scene, base), 0, -1
        while code:
            home = stage.home()

            def act(home: Path = home, size: int = size, scene: Scene = scene) -> None:
                hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
                resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
                try:
                    scene.act(own_in(home))
                finally:
                    resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))

            code = code_of(forked(act, base / "err"))
            ends[f"{name}: {stage.ended(code, (base / 'err').read_text())}"] += code != 0
            size += step
        stage.close()
    return dict(ends)


# ---- What may not be written ----

STRANGER: Final = 12345  # a user id of nobody


def closed(mode: int, *names: str) -> Callable[[Path], None]:
    """A way to take rights to what is at *names* in a home away."""

    def prepare(home: Path) -> None:
        for name in names:
            (home / name).chmod(mode)

    return prepare


def strangers(mode: int, name: str) -> Callable[[Path], None]:
    """A way to give what is at *name* in a home to somebody else, where that is possible."""

    def prepare(home: Path) -> None:
        if os.geteuid() == 0:
            os.chown(home / name, STRANGER, STRANGER)
            (home / name).chmod(mode)
        else:
            (home / name).chmod(0)

    return prepare


FILE: Final = "data/countdown/releases.toml"
CLOSED: Final = {
    "a read-only file": closed(0o444, FILE),
    "an unreadable file": closed(0o000, FILE),
    "a read-only data folder": closed(0o555, "data/countdown"),
    "an unreadable data folder": closed(0o000, "data/countdown"),
    "a read-only undo folder": closed(0o555, "state/countdown/undo"),
    "an unreadable undo folder": closed(0o000, "state/countdown/undo"),
    "an unreadable state folder": closed(0o000, "state/countdown"),
    "a read-only lock": closed(0o400, "state/countdown/edit.lock"),
    "somebody else's file": strangers(0o666, FILE),
    "somebody else's data folder": strangers(0o755, "data/countdown"),
    "somebody else's lock": strangers(0o600, "state/countdown/edit.lock"),
}


def powerless() -> None:
    """Give up root's right to do everything, if that is who this is (capabilities(7))."""
    header, none = struct.pack("Ii", 0x20080522, 0), bytes(24)
    assert _C.capset(header, none) == 0


def closed_doors(base: Path, _: int) -> dict[str, Any]:
    """`add` and `undo` where something may not be written or read: what they say."""
    said = {}
    for case, prepare in CLOSED.items():
        for name in ("an add", "an undo"):
            stage = Stage(SCENES[name], base)
            home = stage.home()
            modes = {path: path.lstat().st_mode for path in (home, *home.rglob("*"))}
            before = tree(home)
            prepare(home)

            def act(home: Path = home, name: str = name) -> None:
                powerless()
                SCENES[name].act(own_in(home))

            code, err = code_of(forked(act, base / "err")), (base / "err").read_text()
            for path, mode in modes.items():
                os.chown(path, os.geteuid(), os.getegid())
                path.chmod(mode)
            after = tree(home)
            assert before.items() <= after.items(), (case, name)
            assert all(one.endswith("-undone.toml") for one in after.keys() - before), (case, name)
            assert (code, stage.ended(code, err)) == (3, OLD), (case, name, err)
            said[f"{case}: {name}"] = err.replace(str(home), "~").strip()
            stage.close()
    return said


# ---- The disk ----

_C: Final = ctypes.CDLL(None)
_NOWHERE: Final = ctypes.c_char_p(b"")
# A call of each system call that fails at once and does nothing: to get ahead with its count.
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


# Kind of fault → how it is injected, and in which calls, if not in all.
KINDS: Final[dict[str, tuple[str, tuple[str, ...]]]] = {
    "EIO": ("error=EIO", ()),
    "ENOSPC": (
        "error=ENOSPC",
        ("openat", "mkdir", "write", "fsync", "close", "rename", "setxattr"),
    ),
    "SIGTERM": ("signal=SIGTERM", ()),
    "a byte written": ("retval=1", ("write",)),
}


LOOKS: Final = ("newfstatat", "lseek", "ioctl", "mkdir")  # whose failure is mostly no fault


class Case(NamedTuple):
    """A system call on our paths: in which scene, and which one of its sort it is there."""

    scene: str
    call: str
    number: int


def faulty_calls(base: Path, short: int) -> dict[str, Any]:
    """EIO, ENOSPC, SIGTERM, and a lie about what was written, at each system call on our paths.

    If it is to be *short*, without SIGTERM, and with mere looks only in the first scene.

    strace counts the calls of each process anew. If it is to let the tenth `fsync` fail, a process
    that makes seven idle ones first sees its third one fail. So one strace injects all faults of a
    kind.
    """
    stages = {name: Stage(scene, base / name) for name, scene in CHOSEN.items()}
    cases = [case for name, stage in stages.items() for case in _calls(base, name, stage)]
    most = {case.call: 0 for case in cases}
    for case in cases:
        most[case.call] = max(most[case.call], case.number + 4)  # What it says is written too.
    found: dict[str, Any] = {}
    for kind, (fault, some) in KINDS.items():
        if short and kind == "SIGTERM":
            continue  # Processes are killed at every line, too.
        calls = {call: number for call, number in most.items() if call in (some or most)}
        options = [f"--inject={call}:{fault}:when={number}" for call, number in calls.items()]
        chosen = [
            case
            for case in cases
            if case.call in calls
            and not (short and case.call in LOOKS and case.scene != cases[0].scene)
        ]

        def act(number: int, chosen: list[Case] = chosen) -> None:
            case = chosen[number]
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            for _ in range(most[case.call] - case.number):
                IDLE[case.call]()
            CHOSEN[case.scene].act(own_in(base / case.scene / "home"))

        ends: Counter[str] = Counter()
        with traced(base, [f"--trace={','.join(calls)}", *options], act, calls) as play:
            for number, case in enumerate(chosen):
                stages[case.scene].home()
                _, code = play(number)
                try:
                    ended = stages[case.scene].ended(code, (base / "err").read_text())
                except AssertionError as error:
                    raise AssertionError(kind, case, *error.args) from None
                what = "done" if code == 0 else "refused" if code > 0 else "killed"
                ends[f"{case.call}: {what}, {ended}"] += 1
        log = (base / "log").read_text()
        marks = re.findall(r"\(INJECTED\)$|SIGTERM {", log, re.MULTILINE)
        found[kind] = {"cases": len(chosen), "injected": len(marks) - len(calls), **ends}
    return found


def _calls(base: Path, name: str, stage: Stage) -> list[Case]:
    home = stage.home()
    with traced(base, ["--decode-fds=path"], lambda _: CHOSEN[name].act(own_in(home))) as play:
        pid, code = play(0)
    assert code == 0, (base / "err").read_text()
    assert stage.ended(code, "") == NEW
    counts: Counter[str] = Counter()
    found = []
    for line in (base / "log").read_text().splitlines():
        call = re.match(rf"{pid} +(\w+)\(", line)
        if call:
            counts[call[1]] += 1
            if str(home) in line:
                found.append(Case(name, call[1], counts[call[1]]))
    return found


@contextmanager
def traced(
    base: Path,
    options: list[str],
    act: Callable[[int], object],
    calls: dict[str, int] | None = None,
) -> Iterator[Callable[[int], tuple[int, int]]]:
    """A way to do *act* under strace, with a number, in a process of its own; its id and code.

    The process that forks them is traced too: it has the faults of *calls* behind it before.
    """
    asked, ask = os.pipe()
    told, tell = os.pipe()

    def forking() -> None:
        os.close(ask)
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        _C.prctl(_PR_SET_PTRACER, ctypes.c_ulong(-1), 0, 0, 0)
        select.select([asked], [], [])
        for call, number in (calls or {}).items():
            for _ in range(number):
                IDLE[call]()
        # From here on, it is not the one that any fault strikes.
        while case := os.read(asked, 8):
            pid = forked(lambda: act(int.from_bytes(case, "big")), base / "err")
            os.write(tell, struct.pack("qq", pid, code_of(pid)))

    pid = forked(forking, base / "errors")
    strace = subprocess.Popen(
        ["strace", "-f", "-o", str(base / "log"), "-p", str(pid), *options],
        stderr=subprocess.PIPE,
        text=True,
    )
    assert strace.stderr
    said = strace.stderr.readline()
    assert "attached" in said, said

    def play(number: int) -> tuple[int, int]:
        os.write(ask, number.to_bytes(8, "big"))
        pid, code = struct.unpack("qq", os.read(told, 16))
        return pid, code

    try:
        yield play
    finally:
        for pipe in (ask, asked, told, tell):
            os.close(pipe)
        strace.communicate()
        os.waitpid(pid, 0)


WHAT: Final = {
    "lines": killed_at_every_line,
    "random": killed_at_random,
    "crowd": crowd,
    "full": full_disk,
    "closed": closed_doors,
    "calls": faulty_calls,
}

if __name__ == "__main__":
    assert tomlrt  # Loaded before anything is forked.
    gc.freeze()
    os.fsync = lambda fd: None  # What looks at the results need not wait for the disk.
    snapshots.MAX_SNAPSHOTS = KEPT if sys.argv[1] != "crowd" else snapshots.MAX_SNAPSHOTS  # type: ignore[misc]
    where = Path(sys.argv[2]).resolve() / "faults"
    where.mkdir()
    print(json.dumps(WHAT[sys.argv[1]](where, int(sys.argv[3]))))
