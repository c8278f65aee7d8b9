"""The tests that execute each line: measured once, and again for changed test files."""

import hashlib
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Final

from coverage import CoverageData
from generated import ROOT
from mutant_copies import Copy, run_python

_COVERAGE: Final = "[run]\nbranch = False\nsource = countdown\nparallel = True\ndata_file = {}\n"
_MIN_SECONDS: Final = 0.003  # of any test
_CASES_A_TURN: Final = 10  # of a test, before all others have had as many
# Texts of options and commands are constants: no test executes them, but this one shows them all.
_CONSTANT_TESTS: Final = dict.fromkeys(
    ("cli", "commands"),
    "tests/completion/test_complete.py::test_table_has_the_options_of_the_commands",
)


class Tests:
    """The measurements of the tests that are saved in *folder*."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._path = folder / "tests.json"
        self._results: dict[str, Any] = {
            "files": {},
            "modules": {},
            "seconds": {},
            "loads": {},
            "broken": [],
            **(json.loads(self._path.read_text("utf-8")) if self._path.exists() else {}),
        }

    def measure(self, folder: Path, *, all: bool) -> None:
        """Run the tests whose files have changed, or *all*, in a copy in *folder*."""
        current = fingerprints("tests", "test_*.py")
        stale = [
            file
            for file, hash in current.items()
            if all or self._results["files"].get(file) != hash
        ]
        if not stale:
            return
        print(f"measuring {len(stale)} files of tests", flush=True)
        copy = Copy(folder)
        (copy.folder / ".measure").write_text(_COVERAGE.format(copy.folder / "lines"), "utf-8")
        loads = copy.folder / "loads"
        loads.touch()
        copy.trace(loads)
        run_python(copy, "scripts/mutant_worker.py", "measure", "times", *stale)
        times = json.loads((copy.folder / "times").read_text("utf-8"))
        self._merge(copy.folder, times, stale)
        if all or not self._results["modules"]:
            self._results["modules"] = fingerprints("src", "*.py")
        self._results["files"] = current
        self._path.write_text(json.dumps(self._results), "utf-8")

    def _merge(self, folder: Path, times: dict[str, Any], stale: list[str]) -> None:
        """Merge the new measurements in *folder* into the saved ones."""
        data = CoverageData(str(self.folder / "lines"))
        data.read()
        new = CoverageData(str(folder / "lines"))
        new.read()
        src = str(folder / "src")
        data.update(new, map_path=lambda path: path.removeprefix(f"{src}/"))
        data.write()
        results = self._results
        results["broken"] = [
            test for test in results["broken"] if test.partition("::")[0] not in stale
        ]
        results["broken"] += times["failed"]
        results["seconds"].update(times["seconds"])
        for line in (folder / "loads").read_text("utf-8").splitlines():
            test, *modules = line.split("\t")
            for module in modules:
                results["loads"].setdefault(module, [])
                if test not in results["loads"][module]:
                    results["loads"][module].append(test)

    @cached_property
    def _data(self) -> CoverageData:
        data = CoverageData(str(self.folder / "lines"))
        data.read()
        return data

    @cache  # noqa: B019  # there is only one instance
    def _tests_by_line(self, module: str) -> dict[int, set[str]]:
        """The tests that execute each line of *module*."""
        tests_by_line: dict[int, set[str]] = defaultdict(set)
        contexts = self._data.contexts_by_lineno(module.removeprefix("src/"))
        for line, tests in contexts.items():
            tests_by_line[line].update(test.rpartition("|")[0] for test in tests)
        return tests_by_line

    def runs_on_import(self, module: str, lines: Iterable[int]) -> bool:
        """True if importing *module* already executes some of *lines*, which are in functions."""
        is_current = self._results["modules"].get(module) == _hash(ROOT / module)
        by_line = self._tests_by_line(module)
        return not is_current or any("" in by_line.get(line, ()) for line in lines)

    def find(self, module: str, lines: Iterable[int] | None) -> list[str]:
        """The tests that execute one of *lines* of *module*, or any of its lines; the best first.

        No test executes a constant: then the tests of files that import the module are included.
        """
        by_line = self._tests_by_line(module)
        tests: set[str] = set()
        if lines is None or self._results["modules"].get(module) != _hash(ROOT / module):
            lines, files = by_line, self._files_that_import(module)
            tests = {test for test in self._results["seconds"] if test.partition("::")[0] in files}
        tests = tests.union(*(by_line.get(line, ()) for line in lines))
        return [*self._constant_tests(module), *self._sort(module, tests)]

    def _constant_tests(self, module: str) -> list[str]:
        """The test that shows each constant of *module*, if there is one and it passes."""
        test = _CONSTANT_TESTS.get(module.split("/")[2])
        passes = test in self._results["seconds"] and test not in self._results["broken"]
        return [test] if test and passes else []

    def find_by_processes(self, module: str) -> list[str]:
        """The tests that start processes which import *module*, the best first."""
        return self._sort(module, {*self._results["loads"].get(_dotted(module), ())})

    @cache  # noqa: B019
    def _files_that_import(self, module: str) -> set[str]:
        """The test files that import *module* directly."""
        package, _, name = _dotted(module).rpartition(".")
        pattern = re.compile(rf"from {package}\.{name} import|from {package} import .*\b{name}\b")
        return {
            file
            for file in self._results["files"]
            if pattern.search((ROOT / file).read_text("utf-8"))
        }

    def _sort(self, module: str, tests: set[str]) -> list[str]:
        """The existing, passing ones of *tests*, the nearest to *module* first."""
        files, package = self._files_that_import(module), module.split("/")[2].removesuffix(".py")
        near = (f"tests/{package}/", f"tests/test_{package}.py")
        passing = [
            test
            for test in tests.difference(self._results["broken"])
            if test.partition("::")[0] in self._results["files"]
        ]

        def rank(test: str) -> tuple[bool, bool, float, str]:
            imports_module = test.partition("::")[0] in files
            return (not test.startswith(near), not imports_module, self.seconds(test), test)

        # The budget ends somewhere: no table of a hundred cases may come before all other tests.
        cases: Counter[str] = Counter()

        def turn(test: str) -> int:
            function = test.partition("[")[0]
            cases[function] += 1
            return (cases[function] - 1) // _CASES_A_TURN

        return sorted(sorted(passing, key=rank), key=turn)

    def seconds(self, test: str) -> float:
        """The duration of *test* in seconds."""
        return max(_MIN_SECONDS, float(self._results["seconds"].get(test, _MIN_SECONDS)))

    def fit_budget(self, tests: Iterable[str], budget: float) -> tuple[list[str], float]:
        """Those of *tests* that fit into *budget* seconds, at least one, and their duration."""
        selection: list[str] = []
        total = 0.0
        for test in tests:
            if selection and total + self.seconds(test) > budget:
                continue
            selection.append(test)
            total += self.seconds(test)
        return selection, total


def fingerprints(folder: str, pattern: str) -> dict[str, str]:
    """A hash of each file in *folder* that matches *pattern*, by path."""
    paths = sorted((ROOT / folder).rglob(pattern))
    return {path.relative_to(ROOT).as_posix(): _hash(path) for path in paths}


def _dotted(module: str) -> str:
    """The import name of *module*: `countdown.core.text` for `src/countdown/core/text.py`."""
    name = module.removeprefix("src/").removesuffix(".py").removesuffix("/__init__")
    return name.replace("/", ".")


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16]
