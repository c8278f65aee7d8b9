"""Copies of the repository in which mutants are tested, each with a Python environment of its own.

Tests start processes: the console script, `python -m countdown`, shells whose prompt calls it.
They see the mutant because the environment of the copy runs them (`sys.executable`): its `.pth`
file points to the copy's `src`, where the mutant is on disk. The libraries are links to those of
the environment that runs this script; only the file that points to the repository is left out.
"""

import itertools
import json
import os
import shutil
import subprocess
import sysconfig
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from generated import ROOT

_SCRIPT: Final = "#!{}\nimport sys\nfrom countdown.entry import main\nsys.exit(main())\n"
# Records the modules that a process of a test imports, which needs no measurement of its lines.
_TRACE: Final = """\
import atexit, os, sys
def record(test=os.environ["PYTEST_CURRENT_TEST"].rpartition(" ")[0]):
    names = [name for name in sys.modules if name.startswith("countdown")]
    with open({!r}, "a") as file:
        file.write("\\t".join([test, *names]) + "\\n")
atexit.register(record)
"""
_HOOK: Final = 'import os; "PYTEST_CURRENT_TEST" in os.environ and __import__("_trace")\n'


class Copy:
    """A copy of the repository's present state in *folder*, and two workers that test mutants."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "tree"  # The tests have their folders next to it.
        folder = self.folder
        self.python = folder / ".venv" / "bin" / "python"
        self._workers: dict[str, subprocess.Popen[str]] = {}
        self._times = itertools.count(1_000_000_000)
        for name in _tracked_files():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
        self._create_environment()

    def _create_environment(self) -> None:
        venv.create(self.folder / ".venv", with_pip=False)
        packages = next((self.folder / ".venv").glob("lib/python*/site-packages"))
        for entry in Path(sysconfig.get_path("purelib")).iterdir():
            if not (entry.suffix == ".pth" and "release_countdown" in entry.name):
                (packages / entry.name).symlink_to(entry)
        (packages / "mutant.pth").write_text(f"{self.folder / 'src'}\n", "utf-8")
        script = self.python.with_name("countdown")
        script.write_text(_SCRIPT.format(self.python), "utf-8")
        script.chmod(0o755)

    def trace(self, path: Path) -> None:
        """Make each process of a test append the names of its imported modules to *path*."""
        packages = next((self.folder / ".venv").glob("lib/python*/site-packages"))
        (packages / "_trace.py").write_text(_TRACE.format(str(path)), "utf-8")
        (packages / "trace.pth").write_text(_HOOK, "utf-8")

    @contextmanager
    def replaced_module(self, module: str, text: str) -> Iterator[None]:
        """Replace the text of *module* within this context."""
        path = self.folder / module
        original = path.read_text("utf-8")
        self._write(path, text)
        try:
            yield
        finally:
            self._write(path, original)

    def _write(self, path: Path, text: str) -> None:
        path.write_text(text, "utf-8")
        # Python compares bytecode by second and size: each text needs a different second.
        os.utime(path, (stamp := next(self._times), stamp))

    def check_mutants_are_visible(self) -> None:
        """Exit unless a process imports a mutant, even with no environment variables."""
        module = "src/countdown/version.py"
        with self.replaced_module(
            module, (self.folder / module).read_text("utf-8") + 'VERSION = "canary"\n'
        ):
            command = [str(self.python.with_name("countdown")), "--version"]
            process = subprocess.run(command, env={}, capture_output=True, text=True, check=True)
        if process.stdout != "countdown canary\n":
            raise SystemExit(f"a process of the copy does not see its mutant: {process.stdout!r}")

    def test(self, worker: str, **job: Any) -> str:
        """The outcome of a mutant's tests in the *worker*, which is started if necessary."""
        process = self._workers.get(worker) or self._start(worker)
        assert process.stdin is not None
        print(json.dumps(job), file=process.stdin, flush=True)
        return str(self._answer(process)["outcome"])

    def _start(self, worker: str) -> "subprocess.Popen[str]":
        command = [str(self.python), "scripts/mutant_worker.py", worker]
        pipe = subprocess.PIPE
        log = (self.folder / f"{worker}.log").open("w")
        process = subprocess.Popen(
            command,
            cwd=self.folder,
            stdin=pipe,
            stdout=pipe,
            stderr=log,
            text=True,
            env=_environment(),
        )
        self._workers[worker] = process
        self._answer(process)
        return process

    def _answer(self, process: "subprocess.Popen[str]") -> dict[str, Any]:
        assert process.stdout is not None
        line = process.stdout.readline()
        if not line:
            raise SystemExit("\n".join(log.read_text("utf-8") for log in self.folder.glob("*.log")))
        answer: dict[str, Any] = json.loads(line)
        return answer

    def close(self) -> None:
        """End the workers."""
        for process in self._workers.values():
            process.terminate()
            process.wait()


def _environment() -> dict[str, str]:
    """The environment without variables that could point processes to code outside the copy."""
    prefixes = ("PYTHON", "COV", "VIRTUAL_ENV", "PYTEST")
    return {name: text for name, text in os.environ.items() if not name.startswith(prefixes)}


def _tracked_files() -> list[str]:
    """The existing files of the repository that git does not ignore."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    output = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [name for name in output.split("\0") if name and (ROOT / name).is_file()]


def run_python(copy: Copy, *words: str) -> int:
    """The exit code of the copy's Python with the arguments *words*."""
    command = [str(copy.python), *words]
    return subprocess.run(command, cwd=copy.folder, env=_environment(), check=False).returncode
