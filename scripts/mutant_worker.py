"""Run tests on mutants, in a copy of the repository; `scripts/mutants.py` starts and controls it.

    mutant_worker.py measure OUT FILE…   run the tests once and record their durations
    mutant_worker.py warm                collect all tests, then fork for each mutant
    mutant_worker.py cold                import only pytest, then fork for each mutant

A warm process has imported the program already: its child replaces the code of the functions that
the mutant changes. That is quick, but effects of importing them are not repeated. So a mutant that
survives there is tried in a cold process, whose child imports everything from the copy's disk,
mutant included. Jobs are lines of JSON on stdin, and answers are lines of JSON on stdout.
"""

import contextlib
import gc
import json
import os
import resource
import select
import signal
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any, Final, TextIO

import pytest

KILLED, SURVIVED, TIME_OUT = "killed", "survived", "time-out"
NO_TESTS, UNFIT, BROKEN = "no tests", "unfit", "broken"
_CODES: Final = {0: SURVIVED, 5: NO_TESTS, 98: BROKEN, 99: UNFIT}
_ARGUMENTS: Final = (
    *("-x", "-n", "0", "-p", "no:cacheprovider", "--tb=no", "--basetemp=../temporary"),
    # The libraries are imported before pytest could rewrite them.
    *("-W", "ignore::pytest.PytestAssertRewriteWarning"),
)
_MAX_MEMORY: Final = 3 << 30  # bytes: a mutant may allocate without end
Functions = dict[str, list[FunctionType]]
Pipes = tuple[TextIO, TextIO]  # of jobs, and of answers
Job = dict[str, Any]


class Recorder:
    """Records the duration of each test, and the failed ones."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.seconds: dict[str, float] = defaultdict(float)
        self.failed: list[str] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Record one phase of a test."""
        self.seconds[report.nodeid] += report.duration
        if report.failed:
            self.failed.append(report.nodeid)

    def pytest_sessionfinish(self) -> None:
        """Write the records to the file."""
        records = {"seconds": self.seconds, "failed": self.failed}
        self.path.write_text(json.dumps(records), "utf-8")


class SelectedTests:
    """Runs only the given *tests*, in their order."""

    def __init__(self, tests: list[str]) -> None:
        self.order = {test: number for number, test in enumerate(tests)}

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Select and sort *items*."""
        items[:] = [item for item in items if item.nodeid in self.order]
        items.sort(key=lambda item: self.order[item.nodeid])


class WarmWorker:
    """Serves jobs once the tests are collected, instead of running them all."""

    def __init__(self, pipes: Pipes) -> None:
        self.pipes = pipes

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Fork for each job, and run its tests in the child."""
        items = {item.nodeid: item for item in session.items}
        functions: Functions = defaultdict(list)
        gc.unfreeze()  # What tests/conftest.py has hidden is not among the objects.
        for candidate in gc.get_objects():
            if isinstance(candidate, FunctionType):
                functions[candidate.__code__.co_filename].append(candidate)
        gc.freeze()

        def run(job: Job) -> int:
            if not patch_functions(job, functions):
                return 99
            selection = [items[test] for test in job["tests"] if test in items]
            for item, following in zip(selection, [*selection[1:], None], strict=True):
                item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
                if session.testsfailed:
                    return 1
            return 0 if selection else 5

        serve(self.pipes, run)
        return True


def patch_functions(job: Job, functions: Functions) -> bool:
    """Give the functions of the job's module their code in the mutant; False if impossible."""
    path: str = job["path"]
    pairs: list[tuple[CodeType, CodeType]] = []
    before, after = (compile(job[text], path, "exec") for text in ("original", "mutant"))
    if not _pair(before, after, pairs):
        return False
    new = {(old.co_name, old.co_firstlineno): code for old, code in pairs}
    if len(new) < len(pairs):  # two lambdas in a line
        return False
    if not functions[path] and _is_loaded(path):  # Then the original would be tested.
        return False
    for function in functions[path]:
        code = new.get((function.__code__.co_name, function.__code__.co_firstlineno))
        if code is not None:
            if code.co_freevars != function.__code__.co_freevars:
                return False
            function.__code__ = code
    return True


def _is_loaded(path: str) -> bool:
    """True if the module whose file is *path* was imported."""
    return any(getattr(module, "__file__", None) == path for module in [*sys.modules.values()])


def _pair(before: CodeType, after: CodeType, pairs: list[tuple[CodeType, CodeType]]) -> bool:
    """Add the pairs of code in the original and the mutant; False if their structures differ."""
    old, new = (
        [part for part in code.co_consts if isinstance(part, CodeType)] for code in (before, after)
    )
    pairs.append((before, after))
    if [part.co_name for part in old] != [part.co_name for part in new]:
        return before.co_name != "<module>"  # Within a function, the whole function is replaced.
    return all(_pair(*parts, pairs) for parts in zip(old, new, strict=True))


def run_cold(job: Job) -> int:
    """Run the job's tests in a process that has not imported the program; the exit code."""
    files = sorted({test.partition("::")[0] for test in job["tests"]})
    return int(pytest.main([*_ARGUMENTS, *files], plugins=[SelectedTests(job["tests"])]))


def serve(pipes: Pipes, run: Callable[[Job], int]) -> None:
    """Answer each job with the outcome for its mutant."""
    jobs, answers = pipes
    print("{}", file=answers, flush=True)  # ready
    for line in jobs:
        answer = run_in_child(run, json.loads(line))
        print(json.dumps({"outcome": answer}), file=answers, flush=True)


def run_in_child(run: Callable[[Job], int], job: Job) -> str:
    """The outcome of *job* in a child process, which is killed with its children if it hangs."""
    child = os.fork()
    if not child:
        code = 98
        try:
            os.setsid()
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            seconds = int(job["seconds"])
            resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
            resource.setrlimit(resource.RLIMIT_AS, (_MAX_MEMORY, _MAX_MEMORY))
            code = run(job)
        finally:
            os._exit(code)

    def end(*_: object) -> None:
        os.killpg(child, signal.SIGKILL)
        os._exit(1)

    signal.signal(signal.SIGTERM, end)
    child_handle = os.pidfd_open(child)
    # The child's limit is processor time; on a busy machine it may wait much longer.
    has_ended = select.select([child_handle], [], [], 30 + 5 * job["seconds"])[0]
    os.close(child_handle)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if not has_ended or os.WIFSIGNALED(status):
        return TIME_OUT
    return _CODES.get(os.WEXITSTATUS(status), KILLED)


def measure(out: str, files: Iterable[str]) -> int:
    """Run the tests of *files*, with a coverage context for each test; the exit code."""
    options = (
        *("-n", "2", "--each-case"),
        *("-p", "no:cacheprovider", "--tb=no", "--basetemp=../temporary"),
    )
    coverage = ("--cov", "--cov-config=.measure", "--cov-context=test", "--cov-report=")
    return int(pytest.main([*options, *coverage, *files], plugins=[Recorder(Path(out))]))


def open_pipes() -> Pipes:
    """Pipes for jobs and answers; pytest and the tests get an empty stdin and stdout."""
    pipes = os.fdopen(os.dup(0)), os.fdopen(os.dup(1), "w")
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 0)
    os.dup2(null, 1)
    return pipes


def main(mode: str, *words: str) -> int:
    """Run in *mode*, as the top of this file says; the exit code."""
    if mode == "measure":
        return measure(words[0], words[1:])
    pipes = open_pipes()
    if mode == "warm":
        return int(pytest.main([*_ARGUMENTS], plugins=[WarmWorker(pipes)]))
    for library in ("click", "dateutil.parser", "hypothesis", "jsonschema", "pexpect", "pyte"):
        __import__(library)
    for library in ("rich.console", "rich.table", "sqlite3", "tomlrt", "tomli"):
        __import__(library)
    gc.freeze()
    serve(pipes, run_cold)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
