"""Runs the cases of a parametrised test together: most take less time than the start of a test.

That is so in a run of many tests in parallel. If one is named, without parallel workers, or with
`--each-case`, each case is a test of its own.
"""

from collections.abc import Callable, Iterator, Sequence
from inspect import signature
from itertools import product
from pathlib import Path
from typing import Any, Final

import pytest
from _pytest.mark import Mark, ParameterSet

# Folders and modules of tests that leave nothing behind for the next case, neither files nor
# variables, if they have no fixtures.
PURE: Final = (
    *("catalogue", "config", "core", "formats", "index", "net", "refresh", "sources", "toml"),
    *("views", "test_architecture", "test_clock", "test_docs", "test_escaping"),
    *("test_external_ids", "test_hyperlinks", "test_line", "test_messages", "test_options"),
    *("test_schemas", "test_typed_dates", "test_wrapping", "watchlists"),
)

Case = dict[str, Any]


def are_joined(config: pytest.Config, path: Path) -> bool:
    """True if the cases of the tests in the module *path* are."""
    if not hasattr(config, "workerinput") or not {path.parent.name, path.stem} & {*PURE}:
        return False
    is_single = config.getoption("keyword") or config.getoption("each_case")
    return not is_single and not any("::" in each for each in config.args)


def joined(test: Callable[..., object]) -> Callable[[], None] | None:
    """A test with all cases of *test*; None if they need more than their values.

    Whatever fails, the other cases are tried; an ExceptionGroup says which did, and why.
    """
    marks: list[Mark] = getattr(test, "pytestmark", [])
    if not marks or hasattr(test, "hypothesis") or not all(map(_is_plain, marks)):
        return None
    if {name for mark in marks for name in _names(mark)} != {*signature(test).parameters}:
        return None  # It has fixtures.

    def run() -> None:
        failures = []
        for case in _cases(marks):
            try:
                test(**case)
            except (Exception, pytest.fail.Exception) as failure:
                failure.add_note(", ".join(f"{name}={value!r}" for name, value in case.items()))
                failures.append(failure)
        if failures:
            raise BaseExceptionGroup(f"{len(failures)} cases fail", failures)

    return run


def _is_plain(mark: Mark) -> bool:
    """True if *mark* has a list of values, none of which has marks of its own."""
    if mark.name != "parametrize" or not {*mark.kwargs} <= {"ids"}:
        return False
    values = mark.args[1]
    return isinstance(values, (list, tuple)) and not any(
        isinstance(each, ParameterSet) and each.marks for each in values
    )


def _names(mark: Mark) -> Sequence[str]:
    names: str | Sequence[str] = mark.args[0]
    return [name.strip() for name in names.split(",")] if isinstance(names, str) else names


def _cases(marks: Sequence[Mark]) -> Iterator[Case]:
    """Each combination of the values of *marks*."""
    for row in product(*(mark.args[1] for mark in marks)):
        case: Case = {}
        for mark, values in zip(marks, row, strict=True):
            names = _names(mark)
            if isinstance(values, ParameterSet):
                values = values.values
            elif len(names) == 1:
                values = (values,)
            case |= zip(names, values, strict=True)
        yield case
