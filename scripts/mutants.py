"""Mutation testing: changes the program in small ways and looks whether a test fails.

    python scripts/mutants.py core views              all mutants of two rooms
    python scripts/mutants.py --sample 200 index       some of a room, always the same
    python scripts/mutants.py prompt/answer             a module

cosmic-ray makes the mutants and keeps what became of them, in .mutants/work.sqlite; who is stopped
goes on there. A mutant is tried again when its module has changed, one that survived also when a
test has. Those that tests/mutants.toml accepts, with a reason, do not count.
"""

import argparse
import hashlib
import os
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path
from queue import SimpleQueue
from typing import Final

from cosmic_ray.work_db import WorkDB, use_db
from cosmic_ray.work_item import TestOutcome, WorkerOutcome, WorkResult
from generated import ROOT
from mutant_cases import Case, accepted, cases, sample
from mutant_copies import Copy
from mutant_tests import Tests, fingerprints

FOLDER: Final = ROOT / ".mutants"
KINDS: Final = ("killed", "time-out", "accepted", "survived")


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


def temporary() -> tempfile.TemporaryDirectory[str]:
    """A folder for copies of the repository, removed at the end."""
    # A shell that a test has left behind may write there still: that is no reason to give up.
    return tempfile.TemporaryDirectory(prefix="mutants-", ignore_cleanup_errors=True)


def run(pending: list[Case], database: WorkDB, tests: Tests, options: argparse.Namespace) -> None:
    """Try all *pending* ones, in as many copies as there are workers."""
    state = fingerprint()
    with temporary() as folder:
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


def report(found: list[Case], results: Mapping[str, WorkResult], *, whole: bool) -> int:
    """Print how many were killed, and each new survivor; 1 if there is any."""
    known = accepted()
    kinds = {case: kind(case, results, case.name in known) for case in found}
    lines = ["".join([f"{'':12}{'mutants':>9}", *(f"{name:>9}" for name in KINDS), "    score"])]
    for room in dict.fromkeys(case.room for case in found):
        count = Counter(one for case, one in kinds.items() if case.room == room and one)
        share = 1 - count["survived"] / max(1, count.total() - count["accepted"])
        numbers = (count.total(), *(count[name] for name in KINDS))
        lines.append(
            "".join([f"{room:12}", *(f"{number:9}" for number in numbers), f"{share:9.1%}"])
        )
    survivors = [case for case, one in kinds.items() if one == "survived"]
    for case in survivors:
        lines += ["", f"{case.module}:{case.mutant.start[0]}  {case.mutant.operator}", *case.diff]
    if whole:
        gone = known.keys() - {case.name for case in found}
        modules = {case.name[0] for case in found}
        lines += [f"accepted, but not made: {name}" for name in sorted(gone) if name[0] in modules]
    text = "\n".join(lines)
    (FOLDER / "report.txt").write_text(f"{text}\n", "utf-8")
    print(text)
    return 1 if survivors else 0


def kind(case: Case, results: Mapping[str, WorkResult], known: bool) -> str:
    """One of KINDS; nothing if *case* was not tried."""
    result = results.get(case.id)
    if result is not None and result.is_killed:
        return str(result.output)
    return "accepted" if known else "" if result is None else "survived"


def to_try(found: list[Case], results: Mapping[str, WorkResult]) -> list[Case]:
    """Those that are neither accepted nor killed, nor have survived the tests as they are now."""
    known, state = accepted(), fingerprint()
    pending = [
        case
        for case in found
        if case.name not in known
        and (case.id not in results or results[case.id].output not in ("killed", "time-out", state))
    ]
    return sorted(pending, key=lambda case: case.id in results)  # Survivors take longest.


def read_options() -> argparse.Namespace:
    """What is asked for."""
    parser = argparse.ArgumentParser(description="Mutation testing; see the top of this file.")
    parser.add_argument(
        "places", nargs="*", default=["core", "views", "formats"], metavar="ROOM|MODULE"
    )
    parser.add_argument("--sample", type=int, help="so many mutants of each room")
    parser.add_argument("--budget", type=float, default=10, help="seconds of tests for a mutant")
    parser.add_argument("--processes", type=float, default=5, help="and of those with processes")
    parser.add_argument("--workers", type=int, default=os.cpu_count())
    parser.add_argument("--measure", action="store_true", help="measure all tests once more")
    parser.add_argument("--report", action="store_true", help="only tell what is known already")
    return parser.parse_args()


def main() -> int:
    """Try what was not tried yet, and report."""
    options = read_options()
    # Also started in the background, or ended by a time limit, it takes its copies with it.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    FOLDER.mkdir(exist_ok=True)
    found = list(cases(options.places))
    if options.sample:
        found = sample(found, options.sample)
    with use_db(FOLDER / "work.sqlite") as database:
        if not options.report:
            tests = Tests(FOLDER)
            with temporary() as folder:
                tests.measure(Path(folder), all=options.measure)
            known = {item.job_id for item in database.work_items}
            database.add_work_items(case.item for case in found if case.id not in known)
            pending = to_try(found, dict(database.results))
            print(f"{len(found)} mutants, {len(pending)} to try", flush=True)
            if pending:
                run(pending, database, tests, options)
        results = dict(database.results)
    return report(found, results, whole=not options.sample)


if __name__ == "__main__":
    sys.exit(main())
