"""Runs tests on mutants, in a copy of the repository: `scripts/mutants.py` starts and leads it.

    mutant_worker.py measure OUT FILE…   run the tests once; note how long each takes
    mutant_worker.py warm                have all tests collected; for each mutant, fork
    mutant_worker.py cold                have only pytest imported; for each mutant, fork

A warm process has imported the program already: in its child, the code of the functions that the
mutant changes is put into the functions that are there. That takes no time, but what was made of
them when they were imported is not made again; so a mutant that survives there is tried by a cold
process, whose child imports everything from the copy's disk, where the mutant is too. Jobs are
lines of JSON on stdin, and so are the answers on stdout.
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
    # The libraries that are imported beforehand are no longer to be rewritten.
    *("-W", "ignore::pytest.PytestAssertRewriteWarning"),
)
_MEMORY: Final = 3 << 30  # B that a mutant without an end may take
Functions = dict[str, list[FunctionType]]
Pipes = tuple[TextIO, TextIO]  # where jobs come from, and where answers go
Job = dict[str, Any]


class Recorder:
    """Notes how long each test takes, and which fail."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.seconds: dict[str, float] = defaultdict(float)
        self.failed: list[str] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note one step of a test."""
        self.seconds[report.nodeid] += report.duration
        if report.failed:
            self.failed.append(report.nodeid)

    def pytest_sessionfinish(self) -> None:
        """Write it all down."""
        found = {"seconds": self.seconds, "failed": self.failed}
        self.path.write_text(json.dumps(found), "utf-8")


class Chosen:
    """Runs the tests that are named, in that order."""

    def __init__(self, tests: list[str]) -> None:
        self.order = {test: number for number, test in enumerate(tests)}

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Drop and sort *items*."""
        items[:] = [item for item in items if item.nodeid in self.order]
        items.sort(key=lambda item: self.order[item.nodeid])


class Warm:
    """Serves jobs in the place of running the tests, once they are collected."""

    def __init__(self, pipes: Pipes) -> None:
        self.pipes = pipes

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Fork for each job."""
        items = {item.nodeid: item for item in session.items}
        functions: Functions = defaultdict(list)
        for thing in gc.get_objects():
            if isinstance(thing, FunctionType):
                functions[thing.__code__.co_filename].append(thing)
        gc.freeze()

        def run(job: Job) -> int:
            if not put_in(job, functions):
                return 99
            chosen = [items[test] for test in job["tests"] if test in items]
            for item, following in zip(chosen, [*chosen[1:], None], strict=True):
                item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
                if session.testsfailed:
                    return 1
            return 0 if chosen else 5

        serve(self.pipes, run)
        return True


def put_in(job: Job, functions: Functions) -> bool:
    """Give the functions of the job's module the code that they have in the mutant, if possible."""
    path: str = job["path"]
    pairs: list[tuple[CodeType, CodeType]] = []
    before, after = (compile(job[text], path, "exec") for text in ("original", "mutant"))
    if not _pair(before, after, pairs):
        return False
    new = {(old.co_name, old.co_firstlineno): code for old, code in pairs}
    if len(new) < len(pairs):  # two lambdas in a line
        return False
    for function in functions[path]:
        code = new.get((function.__code__.co_name, function.__code__.co_firstlineno))
        if code is not None:
            if code.co_freevars != function.__code__.co_freevars:
                return False
            function.__code__ = code
    return True


def _pair(before: CodeType, after: CodeType, pairs: list[tuple[CodeType, CodeType]]) -> bool:
    """Add each piece of code, and what the mutant has for it; False if these are other pieces."""
    old, new = (
        [part for part in code.co_consts if isinstance(part, CodeType)] for code in (before, after)
    )
    pairs.append((before, after))
    if [part.co_name for part in old] != [part.co_name for part in new]:
        return before.co_name != "<module>"  # Inside a function, that is as good as any other.
    return all(_pair(*both, pairs) for both in zip(old, new, strict=True))


def cold(job: Job) -> int:
    """Run the job's tests in an interpreter that has not imported the program yet."""
    files = sorted({test.partition("::")[0] for test in job["tests"]})
    return int(pytest.main([*_ARGUMENTS, *files], plugins=[Chosen(job["tests"])]))


def serve(pipes: Pipes, run: Callable[[Job], int]) -> None:
    """Answer each job with what became of the mutant."""
    jobs, answers = pipes
    print("{}", file=answers, flush=True)  # ready
    for line in jobs:
        answer = forked(run, json.loads(line))
        print(json.dumps({"outcome": answer}), file=answers, flush=True)


def forked(run: Callable[[Job], int], job: Job) -> str:
    """What comes of *job* in a child that can't run for ever, nor can what it starts."""
    child = os.fork()
    if not child:
        code = 98
        try:
            os.setsid()
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            seconds = int(job["seconds"])
            resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
            resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
            code = run(job)
        finally:
            os._exit(code)

    def end(*_: object) -> None:
        os.killpg(child, signal.SIGKILL)
        os._exit(1)

    signal.signal(signal.SIGTERM, end)
    watched = os.pidfd_open(child)
    # The limit is of the processor's time; so much more is for waiting, on a busy machine.
    ended = select.select([watched], [], [], 30 + 5 * job["seconds"])[0]
    os.close(watched)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if not ended or os.WIFSIGNALED(status):
        return TIME_OUT
    return _CODES.get(os.WEXITSTATUS(status), KILLED)


def measure(out: str, files: Iterable[str]) -> int:
    """Run the tests of *files* with a context of coverage's for each."""
    options = ("-n", "2", "-p", "no:cacheprovider", "--tb=no", "--basetemp=../temporary")
    coverage = ("--cov", "--cov-config=.measure", "--cov-context=test", "--cov-report=")
    return int(pytest.main([*options, *coverage, *files], plugins=[Recorder(Path(out))]))


def piped() -> Pipes:
    """Where jobs come from and answers go; pytest and the tests get an empty stdin and stdout."""
    pipes = os.fdopen(os.dup(0)), os.fdopen(os.dup(1), "w")
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 0)
    os.dup2(null, 1)
    return pipes


def main(mode: str, *words: str) -> int:
    """Do what is asked for."""
    if mode == "measure":
        return measure(words[0], words[1:])
    pipes = piped()
    if mode == "warm":
        return int(pytest.main([*_ARGUMENTS], plugins=[Warm(pipes)]))
    for library in ("click", "dateutil.parser", "hypothesis", "jsonschema", "pexpect", "pyte"):
        __import__(library)
    for library in ("rich.console", "rich.table", "sqlite3", "tomlrt", "tomli"):
        __import__(library)
    gc.freeze()
    serve(pipes, cold)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
