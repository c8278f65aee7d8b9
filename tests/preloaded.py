"""The program without the start of an interpreter: a server with it loaded forks for each call.

Shells and terminals call a script of sh in the place of the console script. It writes its process
id to a pipe and reads that and the exit code from another. The server takes the words, the
environment, the folder and the open files of the call out of /proc. It serves one call after the
other, so tests with several calls at once need the program itself; so do those that count
processes, kill them, or have them started with another locale or with signals that are ignored.
"""

import gc
import importlib
import os
import pkgutil
import select
import shlex
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from functools import cache, partial
from pathlib import Path
from typing import Final, NoReturn

import countdown
from countdown import paths
from countdown.entry import main
from tests.thorough import sample

SUPPORTED: Final = Path("/proc/self/environ").exists()
ITSELF: Final = (sys.executable, "-m", "countdown")  # the words that start the program
EMPTY: Final = "empty"  # for a call: the catalogue that is shipped is empty
CONTROL: Final = "control"  # for a call: its terminal becomes the one that controls the program
# An answer is read by whoever comes first, and two who read at once get parts of it: it is written
# until who called has all of it, the exit code twice.
CALL: Final = """\
exec 7<&0 8>&1 9>&2
echo $$ {options} >{folder}/calls
until read -r code again caller <{folder}/codes && [ "$caller $again" = "$$ $code" ]; do
    [ -p {folder}/codes ] || exit 1
done
exit "$code"
"""


class Server:
    """An interpreter that has loaded the program; it ends when this process does."""

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="countdown-preloaded-"))
        for name in ("calls", "codes"):
            os.mkfifo(self._folder / name)
        environment = {
            name: text for name, text in os.environ.items() if not name.startswith("COV")
        }
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.preloaded", str(self._folder)],
            cwd=Path(__file__).parents[1],
            env={**environment, "LANG": "C.UTF-8"},
            stdin=subprocess.PIPE,
            start_new_session=True,
        )

    @property
    def on_terminal(self) -> Path:
        """A script that runs the program with its words, controlled by the terminal it is on."""
        path = self._folder / "countdown"
        if not path.exists():
            self.write_script(path, CONTROL)
        return path

    def write_script(self, path: Path, *options: str) -> None:
        """Make *path* the program as called with *options*."""
        path.write_text(f"#!/bin/sh\n{self.call(*options)}", "utf-8")
        path.chmod(0o755)

    def call(self, *options: str) -> str:
        """The lines of sh that have the server run the program with the words of their script."""
        return CALL.format(folder=shlex.quote(str(self._folder)), options=shlex.join(options))

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Answer no call before the end of the block."""
        self._process.send_signal(signal.SIGSTOP)
        yield
        self._process.send_signal(signal.SIGCONT)


@cache
def server() -> Server:
    """The server of this process."""
    return Server()


def is_allowed() -> bool:
    """Check for a quick run without coverage, which is measured only in a program that starts."""
    is_measured = any(name.startswith("COV") for name in os.environ)
    return SUPPORTED and sample(True, of=False) and not is_measured


def words_on_terminal() -> Sequence[str]:
    """The words that call the program on a terminal, preloaded if that may be."""
    return (str(server().on_terminal),) if is_allowed() else ITSELF


def takes_control(argv: Iterable[str | bytes]) -> bool:
    """Check for the script of a preloaded program, which takes its terminal, in *argv*."""
    if not server.cache_info().currsize:
        return False
    return os.fsencode(server().on_terminal) in map(os.fsencode, argv)


def moment(at: datetime) -> str:
    """The option of a call in which it is always the moment *at*."""
    return str(int(at.timestamp()))


def serve(folder: str) -> NoReturn:
    """Answer calls until stdin is closed."""
    for number in (signal.SIGHUP, signal.SIGQUIT, signal.SIGTSTP):
        signal.signal(number, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for module in pkgutil.walk_packages(countdown.__path__, "countdown."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    for name in ("dateutil.relativedelta", "sqlite3", "tomli", "tomlrt"):
        importlib.import_module(name)
    Path(folder, "releases.toml").write_text("format = 1\n", "utf-8")
    gc.collect()
    gc.freeze()  # Else a child would copy the memory that the collector marks.
    calls = os.open(f"{folder}/calls", os.O_RDWR)
    while sys.stdin not in select.select([calls, sys.stdin], [], [])[0]:
        for call in os.read(calls, 65536).decode().splitlines():
            caller, *options = call.split()
            child = os.fork()
            if not child:
                _answer(caller, options, folder)
            code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
            _give_back(code if code >= 0 else 128 - code, f"{folder}/codes", int(caller))
    shutil.rmtree(folder)
    sys.exit()


def _answer(caller: str, options: list[str], folder: str) -> NoReturn:
    """Run the program in this process in the place of *caller*."""
    code: object = 1
    try:
        _take_over(f"/proc/{caller}", CONTROL in options)
        if EMPTY in options:  # Reading the real one would be most of each call.
            paths.shipped = lambda name: f"{folder}/{name}"
        for seconds in map(int, filter(str.isdecimal, options)):
            time.time = partial(float, seconds)
            time.time_ns = partial(int, seconds * 10**9)
        code = main()
    except SystemExit as end:
        code = end.code
    except KeyboardInterrupt:
        code = 128 + signal.SIGINT  # of which an interpreter would die then
    except BaseException:
        traceback.print_exc()
    finally:
        with suppress(OSError):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(code if isinstance(code, int) else 0)


def _take_over(process: str, control: bool) -> None:
    """Take over the words, environment, folder and files 7 to 9, as 0 to 2, of *process*.

    With *control*, the terminal that is its stderr gets control of this process.
    """
    _, *words = Path(process, "cmdline").read_bytes().split(b"\0")[:-1]
    sys.argv = [os.fsdecode(word) for word in words]
    pairs = [pair.partition(b"=") for pair in Path(process, "environ").read_bytes().split(b"\0")]
    os.environ.clear()
    os.environb.update({name: text for name, equals, text in pairs if name and equals})
    time.tzset()
    os.chdir(f"{process}/cwd")
    if control:
        sys.argv[0] = str(Path(countdown.__file__).with_name("__main__.py"))  # by `python -m`
        os.setsid()
        os.close(os.open(os.readlink(f"{process}/fd/9"), os.O_RDWR))
    for number, way in ((0, os.O_RDONLY), (1, os.O_WRONLY), (2, os.O_WRONLY)):
        path = f"{process}/fd/{number + 7}"
        both = stat.S_ISCHR(os.stat(path).st_mode)  # as a terminal is opened: stderr may be read
        file = os.open(path, (os.O_RDWR if both else way) | os.O_APPEND | os.O_NOCTTY)
        os.dup2(file, number)
        os.close(file)
    sys.stdout.reconfigure(line_buffering=os.isatty(1))  # type: ignore[union-attr]


def _give_back(code: int, pipe: str, caller: int) -> None:
    """Write the exit *code* to *caller* until it ends.

    Another one may read it, or nobody, if who had opened the pipe closes it in that moment.
    """
    try:
        process = os.pidfd_open(caller)
    except ProcessLookupError:
        return
    while not select.select([process], [], [], 0)[0]:
        with suppress(OSError):  # Nobody reads.
            file = os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
            try:
                os.write(file, b"%d %d %d\n" % (code, code, caller))
            finally:
                os.close(file)
        select.select([process], [], [], 0.0005)
    os.close(process)


if __name__ == "__main__":
    serve(sys.argv[1])
