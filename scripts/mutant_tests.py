"""Which tests run which lines: measured once, and again for test files that have changed."""

import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Final

from coverage import CoverageData
from generated import ROOT
from mutant_copies import Copy, run

_COVERAGE: Final = "[run]\nbranch = False\nsource = countdown\nparallel = True\ndata_file = {}\n"
_FLOOR: Final = 0.003  # s that any test takes
# Texts of options and commands are constants, and these show them all.
_SHOWING: Final = dict.fromkeys(
    ("cli", "commands"),
    "tests/completion/test_complete.py::test_what_is_offered_is_what_the_commands_take",
)


class Tests:
    """What *folder* says about the tests, with those *measured* anew that have changed since."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._path = folder / "tests.json"
        self._known: dict[str, Any] = {
            "files": {},
            "modules": {},
            "seconds": {},
            "loads": {},
            "broken": [],
            **(json.loads(self._path.read_text("utf-8")) if self._path.exists() else {}),
        }

    def measure(self, folder: Path, *, all: bool) -> None:
        """Run the tests whose files have changed, or *all*, in a copy in *folder*."""
        now = fingerprints("tests", "test_*.py")
        stale = [
            file for file, hash in now.items() if all or self._known["files"].get(file) != hash
        ]
        if not stale:
            return
        print(f"measuring {len(stale)} files of tests", flush=True)
        copy = Copy(folder)
        (copy.folder / ".measure").write_text(_COVERAGE.format(copy.folder / "lines"), "utf-8")
        loads = copy.folder / "loads"
        loads.touch()
        copy.trace(loads)
        run(copy, "scripts/mutant_worker.py", "measure", "times", *stale)
        times = json.loads((copy.folder / "times").read_text("utf-8"))
        self._add(copy.folder, times, stale)
        if all or not self._known["modules"]:
            self._known["modules"] = fingerprints("src", "*.py")
        self._known["files"] = now
        self._path.write_text(json.dumps(self._known), "utf-8")

    def _add(self, folder: Path, times: dict[str, Any], stale: list[str]) -> None:
        """Put what was measured to what is known."""
        data = CoverageData(str(self.folder / "lines"))
        data.read()
        new = CoverageData(str(folder / "lines"))
        new.read()
        src = str(folder / "src")
        data.update(new, map_path=lambda path: path.removeprefix(f"{src}/"))
        data.write()
        known = self._known
        known["broken"] = [test for test in known["broken"] if test.partition("::")[0] not in stale]
        known["broken"] += times["failed"]
        known["seconds"].update(times["seconds"])
        for line in (folder / "loads").read_text("utf-8").splitlines():
            test, *modules = line.split("\t")
            for module in modules:
                known["loads"].setdefault(module, [])
                if test not in known["loads"][module]:
                    known["loads"][module].append(test)

    @cached_property
    def _data(self) -> CoverageData:
        data = CoverageData(str(self.folder / "lines"))
        data.read()
        return data

    @cache  # noqa: B019  # there is one of these
    def _of_module(self, module: str) -> dict[int, set[str]]:
        """The tests that run each line of *module*."""
        found: dict[int, set[str]] = defaultdict(set)
        contexts = self._data.contexts_by_lineno(module.removeprefix("src/"))
        for line, tests in contexts.items():
            found[line].update(test.rpartition("|")[0] for test in tests)
        return found

    def imported(self, module: str, lines: Iterable[int]) -> bool:
        """Whether importing *module* already runs some of these *lines*, which are in functions."""
        known = self._known["modules"].get(module) == _hash(ROOT / module)
        by_line = self._of_module(module)
        return not known or any("" in by_line.get(line, ()) for line in lines)

    def of(self, module: str, lines: Iterable[int] | None) -> list[str]:
        """The tests that run one of these *lines* of *module*, or any of it; the best first.

        A constant is run by no test: then those of the files that import the module are there too.
        """
        by_line = self._of_module(module)
        found: set[str] = set()
        if lines is None or self._known["modules"].get(module) != _hash(ROOT / module):
            lines, files = by_line, self._importing(module)
            found = {test for test in self._known["seconds"] if test.partition("::")[0] in files}
        found = found.union(*(by_line.get(line, ()) for line in lines))
        return [*self._showing(module), *self._sorted(module, found)]

    def _showing(self, module: str) -> list[str]:
        """The test that sees each constant of *module*, if there is one and it passes."""
        test = _SHOWING.get(module.split("/")[2])
        sound = test in self._known["seconds"] and test not in self._known["broken"]
        return [test] if test and sound else []

    def by_processes(self, module: str) -> list[str]:
        """The tests that start processes which import *module*, the best first."""
        return self._sorted(module, {*self._known["loads"].get(_dotted(module), ())})

    @cache  # noqa: B019
    def _importing(self, module: str) -> set[str]:
        """The files of tests that import *module* themselves."""
        package, _, name = _dotted(module).rpartition(".")
        way = re.compile(rf"from {package}\.{name} import|from {package} import .*\b{name}\b")
        return {
            file for file in self._known["files"] if way.search((ROOT / file).read_text("utf-8"))
        }

    def _sorted(self, module: str, found: set[str]) -> list[str]:
        """Those of *found* that are there and pass: of files that import *module*, then others."""
        files, room = self._importing(module), module.split("/")[2].removesuffix(".py")
        near = (f"tests/{room}/", f"tests/test_{room}.py")
        sound = [
            test
            for test in found.difference(self._known["broken"])
            if test.partition("::")[0] in self._known["files"]
        ]

        def rank(test: str) -> tuple[bool, bool, float, str]:
            foreign = test.partition("::")[0] not in files
            return (not test.startswith(near), foreign, self.seconds(test), test)

        return sorted(sound, key=rank)

    def seconds(self, test: str) -> float:
        """How long *test* took."""
        return max(_FLOOR, float(self._known["seconds"].get(test, _FLOOR)))

    def within(self, tests: Iterable[str], budget: float) -> tuple[list[str], float]:
        """So many of *tests* as *budget* seconds are enough for, at least one, and their time."""
        chosen: list[str] = []
        total = 0.0
        for test in tests:
            if chosen and total + self.seconds(test) > budget:
                continue
            chosen.append(test)
            total += self.seconds(test)
        return chosen, total


def fingerprints(folder: str, pattern: str) -> dict[str, str]:
    """Path → what its content is recognized by."""
    paths = sorted((ROOT / folder).rglob(pattern))
    return {path.relative_to(ROOT).as_posix(): _hash(path) for path in paths}


def _dotted(module: str) -> str:
    """`countdown.core.text` for `src/countdown/core/text.py`."""
    name = module.removeprefix("src/").removesuffix(".py").removesuffix("/__init__")
    return name.replace("/", ".")


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16]
