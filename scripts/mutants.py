"""Mutation testing: changes the program in small ways and looks whether a test fails.

    python scripts/mutants.py core render              all mutants of two rooms
    python scripts/mutants.py --sample 200 index       some of a room, always the same
    python scripts/mutants.py shell/prompt             a module

cosmic-ray makes the mutants and keeps what became of them, in .mutants/work.sqlite; who is stopped
goes on there. A mutant is tried again when its module has changed, one that survived also when a
test has. Those that tests/mutants.toml accepts, with a reason, do not count.
"""

import argparse
import difflib
import hashlib
import os
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path
from queue import SimpleQueue
from typing import Final, NamedTuple

import tomli
from cosmic_ray.work_db import WorkDB, use_db
from cosmic_ray.work_item import MutationSpec, TestOutcome, WorkerOutcome, WorkItem, WorkResult
from generated import ROOT
from mutant_copies import Copy
from mutant_operators import Mutant, mutants
from mutant_tests import Tests, fingerprints

FOLDER: Final = ROOT / ".mutants"
ACCEPTED: Final = ROOT / "tests" / "mutants.toml"
Name = tuple[str, str, str]  # module, line before, line after


class Case(NamedTuple):
    """A mutant of a module."""

    module: str
    original: str
    mutant: Mutant

    @property
    def id(self) -> str:
        """What it is kept under: another one as soon as the module is another."""
        return hashlib.sha256(f"{self.module}\0{self.mutant.id}".encode()).hexdigest()[:32]

    @property
    def diff(self) -> list[str]:
        """The lines that are other."""
        before, after = (text.splitlines() for text in (self.original, self.mutant.text))
        lines = list(difflib.unified_diff(before, after, n=0, lineterm=""))[2:]
        return [line for line in lines if line[0] in "+-"]

    @property
    def name(self) -> Name:
        """What it is called in tests/mutants.toml: its module and lines, wherever they are."""
        parts = {sign: [line[1:].strip() for line in self.diff if line[0] == sign] for sign in "-+"}
        module = self.module.removeprefix("src/countdown/").removesuffix(".py")
        return module, "\n".join(parts["-"]), "\n".join(parts["+"])

    @property
    def room(self) -> str:
        """The room that it is in."""
        return self.module.split("/")[2].removesuffix(".py")

    @property
    def item(self) -> WorkItem:
        """What cosmic-ray calls it."""
        made = self.mutant
        spec = MutationSpec(
            self.module, made.operator, made.occurrence, made.start, made.end, {}, made.definition
        )
        return WorkItem.single(self.id, spec)


def cases(places: Iterable[str]) -> Iterator[Case]:
    """The mutants of *places*: rooms or modules."""
    for path in sorted((ROOT / "src" / "countdown").rglob("*.py")):
        module = path.relative_to(ROOT).as_posix()
        short = module.removeprefix("src/countdown/").removesuffix(".py")
        if any(short == place or short.startswith(f"{place}/") for place in places):
            text = path.read_text("utf-8")
            yield from (Case(module, text, mutant) for mutant in mutants(text))


def sample(found: list[Case], size: int) -> list[Case]:
    """So many of each room, the same whatever else there is."""
    chosen: list[Case] = []
    for room in dict.fromkeys(case.room for case in found):
        those = [case for case in found if case.room == room]
        those.sort(key=lambda case: hashlib.sha256("\0".join(case.name).encode()).digest())
        chosen += those[:size]
    return chosen


def outcome(case: Case, copy: Copy, tests: Tests, options: argparse.Namespace) -> str:
    """What becomes of *case*: `killed`, `survived`, `time-out`."""
    lines = case.mutant.lines
    imported = lines is None or tests.imported(case.module, lines)
    job = {
        "path": str(copy.folder / case.module),
        "original": case.original,
        "mutant": case.mutant.text,
    }
    reached = tests.of(case.module, lines) or tests.of(case.module, None)
    chosen, seconds = tests.within(reached, options.budget)
    with copy.mutated(case.module, case.mutant.text):
        found = "unfit"
        if not imported:
            found = copy.test("warm", **job, tests=chosen, seconds=int(5 + 3 * seconds))
        if found == "unfit" and chosen:
            found = copy.test("cold", tests=chosen, seconds=int(10 + 3 * seconds))
        if found not in ("killed", "time-out"):
            chosen, seconds = tests.within(tests.by_processes(case.module), options.processes)
            if chosen:
                found = copy.test("cold", tests=chosen, seconds=int(10 + 3 * seconds))
    if found == "broken":
        raise SystemExit(f"the worker failed: {case.name}")
    return found if found in ("killed", "time-out") else "survived"


def run(pending: list[Case], database: WorkDB, tests: Tests, options: argparse.Namespace) -> None:
    """Try all *pending* ones, in as many copies as there are workers."""
    state = fingerprint()
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        copies: SimpleQueue[Copy] = SimpleQueue()
        made = [Copy(Path(folder) / str(number)) for number in range(options.workers)]
        for copy in made:
            copy.proves_itself()
            copies.put(copy)

        def tried(case: Case) -> str:
            copy = copies.get()
            try:
                return outcome(case, copy, tests, options)
            finally:
                copies.put(copy)

        with ThreadPoolExecutor(options.workers) as pool:
            futures = {pool.submit(tried, case): case for case in pending}
            started = time.monotonic()
            try:
                for number, future in enumerate(as_completed(futures), 1):
                    keep(database, futures[future], future.result(), state)
                    show(number, len(pending), started)
            finally:
                pool.shutdown(wait=False, cancel_futures=True)
                for copy in made:
                    copy.close()


def keep(database: WorkDB, case: Case, found: str, state: str) -> None:
    """Write down what became of *case*, and of a survivor which tests did not notice it."""
    survived = found == "survived"
    result = WorkResult(
        WorkerOutcome.NORMAL,
        output=state if survived else found,
        test_outcome=TestOutcome.SURVIVED if survived else TestOutcome.KILLED,
        diff="\n".join(case.diff),
    )
    database.set_result(case.id, result)


def show(number: int, total: int, started: float) -> None:
    """One line of progress, on a terminal always the same."""
    each = (time.monotonic() - started) / number
    if sys.stdout.isatty() or number % 50 == 0 or number == total:
        end = "\r" if sys.stdout.isatty() and number < total else "\n"
        print(f"{number} of {total}, {each:.2f} s each", end=end, flush=True)


def fingerprint() -> str:
    """What all tests are recognized by."""
    return hashlib.sha256(str(fingerprints("tests", "*.py")).encode()).hexdigest()


def accepted() -> dict[Name, str]:
    """Survivors that are no fault of the tests, and why."""
    found = tomli.loads(ACCEPTED.read_text("utf-8")).get("accepted", [])
    return {(one["module"], one["line"], one["mutant"]): one["reason"] for one in found}


def report(found: list[Case], results: dict[str, WorkResult], *, whole: bool) -> int:
    """Print how many were killed, and each new survivor; 1 if there is any."""
    known = accepted()
    counts: dict[str, Counter[str]] = {}
    survivors = []
    for case in found:
        result = results[case.id]
        kind = "killed" if result.output == "killed" else "time-out"
        if not result.is_killed:
            kind = "accepted" if case.name in known else "survived"
            survivors += [case] if kind == "survived" else []
        counts.setdefault(case.room, Counter())[kind] += 1
    lines = [f"{'':12}{'mutants':>9}{'killed':>9}{'time-out':>9}{'accepted':>9}{'survived':>9}"]
    for room, count in counts.items():
        kinds = "".join(
            f"{count[kind]:9}" for kind in ("killed", "time-out", "accepted", "survived")
        )
        share = 1 - count["survived"] / max(1, count.total() - count["accepted"])
        lines.append(f"{room:12}{count.total():9}{kinds}   {share:.1%}")
    for case in survivors:
        lines += ["", f"{case.module}:{case.mutant.start[0]}  {case.mutant.operator}", *case.diff]
    if whole:
        modules = {case.name[0] for case in found}
        gone = {name for name in known if name[0] in modules} - {case.name for case in found}
        lines += [f"accepted, but there is no such mutant: {name}" for name in sorted(gone)]
    text = "\n".join(lines)
    (FOLDER / "report.txt").write_text(f"{text}\n", "utf-8")
    print(text)
    return 1 if survivors else 0


def main() -> int:
    """Try what was not tried yet, and report."""
    parser = argparse.ArgumentParser(description="Mutation testing; see the top of this file.")
    parser.add_argument("places", nargs="*", default=["core", "render"], metavar="ROOM|MODULE")
    parser.add_argument("--sample", type=int, help="so many mutants of each room")
    parser.add_argument("--budget", type=float, default=10, help="seconds of tests for a mutant")
    parser.add_argument(
        "--processes", type=float, default=5, help="seconds of those with processes"
    )
    parser.add_argument("--workers", type=int, default=os.cpu_count())
    parser.add_argument("--measure", action="store_true", help="measure all tests once more")
    parser.add_argument("--report", action="store_true", help="only tell what is known already")
    options = parser.parse_args()
    # Also started in the background, or ended by a time limit, it takes its copies with it.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    FOLDER.mkdir(exist_ok=True)
    found = list(cases(options.places))
    if options.sample:
        found = sample(found, options.sample)
    tests = Tests(FOLDER)
    with use_db(FOLDER / "work.sqlite") as database:
        if not options.report:
            with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
                tests.measure(Path(folder), all=options.measure)
            known = {item.job_id for item in database.work_items}
            database.add_work_items(case.item for case in found if case.id not in known)
            done = dict(database.results)
            state = fingerprint()
            pending = [
                case
                for case in found
                if case.id not in done
                or (not done[case.id].is_killed and done[case.id].output != state)
            ]
            pending.sort(key=lambda case: case.id in done)  # Survivors take longest.
            print(f"{len(found)} mutants, {len(pending)} to try", flush=True)
            run(pending, database, tests, options)
        results = dict(database.results)
    return report([case for case in found if case.id in results], results, whole=not options.sample)


if __name__ == "__main__":
    sys.exit(main())
