"""Runs the cases of a parametrised test together: most take less time than the start of a test.

That is so in a run of many tests in parallel. If one is named, without parallel workers, or with
`--each-case`, each case is a test of its own.

Cases that need only their values are called in a row. Others have their fixtures one by one, but
are made only where they are run, and reported together.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from inspect import signature
from itertools import product
from math import prod
from pathlib import Path
from typing import Any, Final

import pytest
from _pytest._code import getfslineno
from _pytest.mark import Mark, ParameterSet
from _pytest.skipping import evaluate_skip_marks

# Folders and modules of tests that leave nothing behind for the next case, neither files nor
# variables, if they have no fixtures.
PURE: Final = (
    *("catalogue", "config", "core", "formats", "index", "net", "refresh", "sources", "toml"),
    *("views", "test_architecture", "test_clock", "test_docs", "test_escaping"),
    *("test_external_ids", "test_hyperlinks", "test_line", "test_messages", "test_options"),
    *("test_schemas", "test_typed_dates", "test_wrapping", "watchlists"),
)

# So many cases of a test are run together, so that no worker is left with much at the end.
_MOST: Final = 60
FAILED: Final = pytest.StashKey[bool]()  # in the stash of a case or test that failed

Case = dict[str, Any]


class Cases(pytest.Item):
    """A test whose cases are made, set up, called and torn down one by one."""

    def __init__(self, test: Callable[..., object], **more: Any) -> None:
        super().__init__(**more)
        self._test = test
        self.own_markers += getattr(test, "pytestmark", [])

    def reportinfo(self) -> tuple[Path, int, str]:
        """Where the test stands, which is told of one that is left out: its file and line."""
        return self.path, getfslineno(self._test)[1], self.name

    def runtest(self) -> None:
        """Run all cases, whatever fails; an ExceptionGroup says which did, and why."""
        state = self.session._setupstate
        place = state.stack.pop(self)  # Beside it no case could be set up.
        failures: list[BaseException] = []
        try:
            for case in self._made():
                with _gathered(failures, case.name):
                    if skipped := evaluate_skip_marks(case):  # by a parameter of a fixture
                        pytest.skip(skipped.reason)
                    state.setup(case)
                    case.runtest()
                if failures:
                    case.stash[FAILED] = True
                with _gathered(failures, case.name):
                    state.teardown_exact(self)
        finally:
            state.stack[self] = place
        _raise(failures)

    def _made(self) -> list[pytest.Item]:
        """The cases, as pytest makes them."""
        makers = self.ihook.pytest_pycollect_makeitem.get_hookimpls()
        (make,) = [each.function for each in makers if each.plugin_name == "python"]
        made: Any = make(self.parent, self.name, self._test)
        return [*made]


def are_joined(config: pytest.Config) -> bool:
    """True if the cases of a test are."""
    if not hasattr(config, "workerinput"):
        return False
    options = ("keyword", "each_case", "lf", "failedfirst")
    is_single = any(config.getoption(name, False) for name in options)
    return not is_single and not any("::" in each for each in config.args)


def are_pure(path: Path) -> bool:
    """True if the tests of the module *path* leave nothing behind."""
    return bool({path.parent.name, path.stem} & {*PURE})


def are_alike(test: Callable[..., object]) -> bool:
    """True if *test* has several cases, but not too many, and no marks that only some have."""
    marks: list[Mark] = getattr(test, "pytestmark", [])
    tables = [mark for mark in marks if mark.name == "parametrize"]
    if hasattr(test, "hypothesis") or not all(map(_has_plain_values, tables)):
        return False
    return 2 <= prod(len(mark.args[1]) for mark in tables) <= _MOST


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
        failures: list[BaseException] = []
        for case in _cases(marks):
            with _gathered(failures, case):
                test(**case)
        _raise(failures)

    return run


@contextmanager
def _gathered(failures: list[BaseException], case: Case | str) -> Iterator[None]:
    """Add to *failures* what the *case*, its values or its name, raises in the block."""
    try:
        yield
    except pytest.skip.Exception as left_out:
        failures.append(left_out)
    except (Exception, pytest.fail.Exception) as failure:
        failure.add_note(str(case))
        failures.append(failure)


def _raise(failures: Sequence[BaseException]) -> None:
    """Raise all *failures* of the cases of a test; if there are none, the first one left out."""
    left_out = [each for each in failures if isinstance(each, pytest.skip.Exception)]
    if len(left_out) < len(failures):
        failed = [each for each in failures if each not in left_out]
        raise BaseExceptionGroup(f"{len(failed)} cases fail", failed)
    if left_out:
        raise left_out[0]


def _is_plain(mark: Mark) -> bool:
    """True if *mark* has nothing but a list of values."""
    return mark.name == "parametrize" and {*mark.kwargs} <= {"ids"} and _has_plain_values(mark)


def _has_plain_values(mark: Mark) -> bool:
    """True if *mark* has a list of values, none of which has marks of its own."""
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
