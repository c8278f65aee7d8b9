"""The program without the start of an interpreter: a server with it loaded forks for each call.

Shells call a script of sh in the place of the console script. It writes its process id to a pipe
and reads that and the exit code from another. The server takes the words, the environment, the
folder and the open files of the call out of /proc. It serves one call after the other, so tests
with several shells at once need the program itself; so do those that count processes or kill them.
The catalogue that is shipped with it is empty.
"""

import gc
import importlib
import os
import pkgutil
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final, NoReturn

import countdown
from countdown import paths
from countdown.entry import main

SUPPORTED: Final = Path("/proc/self/environ").exists()
# The answer to the call before may still be open for writing, and then nothing is read from it; or
# it is read here, if who called was killed meanwhile.
CALL: Final = """\
exec 7<&0 8>&1 9>&2
echo $$ >{folder}/calls
until read -r caller code <{folder}/codes && [ "$caller" = $$ ]; do
    [ -p {folder}/codes ] || exit 1
done
exit "$code"
"""


class Server:
    """An interpreter that has loaded the program, with its pipes in *folder*."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        for name in ("calls", "codes"):
            os.mkfifo(folder / name)
        environment = {
            name: text for name, text in os.environ.items() if not name.startswith("COV")
        }
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.preloaded", str(folder)],
            cwd=Path(__file__).parents[1],
            env={**environment, "LANG": "C.UTF-8"},
        )

    @property
    def call(self) -> str:
        """The lines of sh that have the server run the program with the words of their script."""
        return CALL.format(folder=self._folder)

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Answer no call before the end of the block."""
        self._process.send_signal(signal.SIGSTOP)
        yield
        self._process.send_signal(signal.SIGCONT)

    def close(self) -> None:
        """Stop the server."""
        self._process.kill()
        self._process.wait()


def serve(folder: str) -> NoReturn:
    """Answer calls until killed."""
    for module in pkgutil.walk_packages(countdown.__path__, "countdown."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    for name in ("dateutil.relativedelta", "sqlite3", "tomli", "tomlrt"):
        importlib.import_module(name)
    shipped = Path(folder, "releases.toml")  # Reading the real one would be most of each call.
    shipped.write_text("format = 1\n", "utf-8")
    paths.shipped = lambda name: str(shipped.with_name(name))
    gc.collect()
    gc.freeze()  # Else a child would copy the memory that the collector marks.
    with open(os.open(f"{folder}/calls", os.O_RDWR), encoding="ascii") as calls:
        while True:
            caller = int(calls.readline())
            child = os.fork()
            if not child:
                _answer(caller)
            code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
            _give_back(code if code >= 0 else 128 - code, f"{folder}/codes", caller)


def _answer(caller: int) -> NoReturn:
    """Run the program in this process in the place of *caller*."""
    code: object = 1
    try:
        _take_over(f"/proc/{caller}")
        code = main()
    except SystemExit as end:
        code = end.code
    except BaseException:
        traceback.print_exc()
    finally:
        with suppress(OSError):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(code if isinstance(code, int) else 0)


def _take_over(process: str) -> None:
    """Take over the words, environment, folder and files 7 to 9, as 0 to 2, of *process*."""
    _, *words = Path(process, "cmdline").read_bytes().split(b"\0")[:-1]
    sys.argv = [os.fsdecode(word) for word in words]
    pairs = [pair.partition(b"=") for pair in Path(process, "environ").read_bytes().split(b"\0")]
    os.environ.clear()
    os.environb.update({name: text for name, equals, text in pairs if name and equals})
    time.tzset()
    os.chdir(f"{process}/cwd")
    for number, way in ((0, os.O_RDONLY), (1, os.O_WRONLY), (2, os.O_WRONLY)):
        file = os.open(f"{process}/fd/{number + 7}", way | os.O_APPEND | os.O_NOCTTY)
        os.dup2(file, number)
        os.close(file)


def _give_back(code: int, pipe: str, caller: int) -> None:
    """Write the exit *code* to *caller*, unless it is gone."""
    while Path(f"/proc/{caller}").exists():
        try:
            file = os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
        except OSError:  # It does not read yet.
            time.sleep(0.0005)
            continue
        os.write(file, b"%d %d\n" % (caller, code))
        os.close(file)
        return


if __name__ == "__main__":
    serve(sys.argv[1])
