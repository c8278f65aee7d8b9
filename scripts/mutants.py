"""Mutation testing: change the program in small ways and check that a test fails.

    python scripts/mutants.py core views              all mutants of two packages
    python scripts/mutants.py --sample 200 index       some of a package, always the same
    python scripts/mutants.py prompt/answer             a module

cosmic-ray makes the mutants and saves the outcomes in .mutants/work.sqlite, so that a run that was
stopped can continue. A mutant is tried again when its module has changed, a survivor also when a
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
from mutant_cases import Case, cases, read_accepted, sample
from mutant_copies import Copy
from mutant_tests import Tests, fingerprints

FOLDER: Final = ROOT / ".mutants"
KINDS: Final = ("killed", "time-out", "accepted", "survived")


def outcome(case: Case, copy: Copy, tests: Tests, options: argparse.Namespace) -> str:
    """The outcome for *case*: `killed`, `survived` or `time-out`."""
    lines = case.mutant.lines
    runs_on_import = lines is None or tests.runs_on_import(case.module, lines)
    job = {
        "path": str(copy.folder / case.module),
        "original": case.original,
        "mutant": case.mutant.text,
    }
    candidates = tests.find(case.module, lines) or tests.find(case.module, None)
    selection, seconds = tests.fit_budget(candidates, options.budget)
    with copy.replaced_module(case.module, case.mutant.text):
        result = "unfit"
        if not runs_on_import:
            result = copy.test("warm", **job, tests=selection, seconds=int(5 + 3 * seconds))
        if result == "unfit" and selection:
            result = copy.test("cold", tests=selection, seconds=int(10 + 3 * seconds))
        if result not in ("killed", "time-out"):
            candidates = tests.find_by_processes(case.module)
            selection, seconds = tests.fit_budget(candidates, options.processes)
            if selection:
                result = copy.test("cold", tests=selection, seconds=int(10 + 3 * seconds))
    if result == "broken":
        raise SystemExit(f"the worker failed: {case.name}")
    return result if result in ("killed", "time-out") else "survived"


def temporary_folder() -> tempfile.TemporaryDirectory[str]:
    """A folder for copies of the repository, removed at the end."""
    # A shell that a test has left behind may still write there: cleaning up must not fail then.
    return tempfile.TemporaryDirectory(prefix="mutants-", ignore_cleanup_errors=True)


def run(pending: list[Case], database: WorkDB, tests: Tests, options: argparse.Namespace) -> None:
    """Try all *pending* cases, in as many copies as there are workers."""
    state = fingerprint()
    with temporary_folder() as folder:
        copies: SimpleQueue[Copy] = SimpleQueue()
        all_copies = [Copy(Path(folder) / str(number)) for number in range(options.workers)]
        for copy in all_copies:
            copy.check_mutants_are_visible()
            copies.put(copy)

        def try_case(case: Case) -> str:
            copy = copies.get()
            try:
                return outcome(case, copy, tests, options)
            finally:
                copies.put(copy)

        with ThreadPoolExecutor(options.workers) as pool:
            futures = {pool.submit(try_case, case): case for case in pending}
            started = time.monotonic()
            try:
                for number, future in enumerate(as_completed(futures), 1):
                    save_result(database, futures[future], future.result(), state)
                    show_progress(number, len(pending), started)
            finally:
                pool.shutdown(wait=False, cancel_futures=True)
                for copy in all_copies:
                    copy.close()


def save_result(database: WorkDB, case: Case, outcome: str, state: str) -> None:
    """Save the *outcome* of *case*; for a survivor *state*, a hash of the tests, instead."""
    survived = outcome == "survived"
    result = WorkResult(
        WorkerOutcome.NORMAL,
        output=state if survived else outcome,
        test_outcome=TestOutcome.SURVIVED if survived else TestOutcome.KILLED,
        diff="\n".join(case.diff),
    )
    database.set_result(case.id, result)


def show_progress(number: int, total: int, started: float) -> None:
    """Print a line of progress; a terminal shows only the latest."""
    seconds_each = (time.monotonic() - started) / number
    if sys.stdout.isatty() or number % 50 == 0 or number == total:
        end = "\r" if sys.stdout.isatty() and number < total else "\n"
        print(f"{number} of {total}, {seconds_each:.2f} s each", end=end, flush=True)


def fingerprint() -> str:
    """A hash of all tests."""
    return hashlib.sha256(str(fingerprints("tests", "*.py")).encode()).hexdigest()


def report(cases: list[Case], results: Mapping[str, WorkResult], *, whole: bool) -> int:
    """Print the number of killed mutants, and each new survivor; 1 if there is any."""
    accepted = read_accepted()
    kinds = {case: result_kind(case, results, case.name in accepted) for case in cases}
    lines = ["".join([f"{'':12}{'mutants':>9}", *(f"{name:>9}" for name in KINDS), "    score"])]
    for package in dict.fromkeys(case.package for case in cases):
        count = Counter(kind for case, kind in kinds.items() if case.package == package and kind)
        share = 1 - count["survived"] / max(1, count.total() - count["accepted"])
        numbers = (count.total(), *(count[name] for name in KINDS))
        lines.append(
            "".join([f"{package:12}", *(f"{number:9}" for number in numbers), f"{share:9.1%}"])
        )
    survivors = [case for case, kind in kinds.items() if kind == "survived"]
    for case in survivors:
        lines += ["", f"{case.module}:{case.mutant.start[0]}  {case.mutant.operator}", *case.diff]
    if whole:
        stale = accepted.keys() - {case.name for case in cases}
        modules = {case.name[0] for case in cases}
        lines += [f"accepted, but not made: {name}" for name in sorted(stale) if name[0] in modules]
    text = "\n".join(lines)
    (FOLDER / "report.txt").write_text(f"{text}\n", "utf-8")
    print(text)
    return 1 if survivors else 0


def result_kind(case: Case, results: Mapping[str, WorkResult], is_accepted: bool) -> str:
    """The result for *case*, one of KINDS; empty if it was not tried."""
    result = results.get(case.id)
    if result is not None and result.is_killed:
        return str(result.output)
    return "accepted" if is_accepted else "" if result is None else "survived"


def pending_cases(cases: list[Case], results: Mapping[str, WorkResult]) -> list[Case]:
    """The cases that are neither accepted nor killed, nor have survived the present tests."""
    accepted, state = read_accepted(), fingerprint()
    pending = [
        case
        for case in cases
        if case.name not in accepted
        and (case.id not in results or results[case.id].output not in ("killed", "time-out", state))
    ]
    return sorted(pending, key=lambda case: case.id in results)  # Survivors take longest.


def read_options() -> argparse.Namespace:
    """The options of the command line."""
    parser = argparse.ArgumentParser(description="Mutation testing; see the top of this file.")
    parser.add_argument(
        "places", nargs="*", default=["core", "views", "formats"], metavar="PACKAGE|MODULE"
    )
    parser.add_argument("--sample", type=int, help="so many mutants of each package")
    parser.add_argument("--seed", default="", metavar="WORD", help="take another sample")
    parser.add_argument("--budget", type=float, default=20, help="seconds of tests for a mutant")
    parser.add_argument("--processes", type=float, default=15, help="and of those with processes")
    parser.add_argument("--workers", type=int, default=os.cpu_count())
    parser.add_argument("--measure", action="store_true", help="measure all tests once more")
    parser.add_argument("--report", action="store_true", help="only tell what is known already")
    return parser.parse_args()


def main() -> int:
    """Try the mutants that were not tried yet, and report."""
    options = read_options()
    # Started in the background, or ended by a time limit, it must still remove its copies.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    FOLDER.mkdir(exist_ok=True)
    selection = list(cases(options.places))
    if options.sample:
        selection = sample(selection, options.sample, options.seed)
    with use_db(FOLDER / "work.sqlite") as database:
        if not options.report:
            tests = Tests(FOLDER)
            with temporary_folder() as folder:
                tests.measure(Path(folder), all=options.measure)
            ids = {item.job_id for item in database.work_items}
            database.add_work_items(case.item for case in selection if case.id not in ids)
            pending = pending_cases(selection, dict(database.results))
            print(f"{len(selection)} mutants, {len(pending)} to try", flush=True)
            if pending:
                run(pending, database, tests, options)
        results = dict(database.results)
    return report(selection, results, whole=not options.sample)


if __name__ == "__main__":
    sys.exit(main())
