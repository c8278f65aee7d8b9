"""How the cases of a test are joined, and what is said of those that fail."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from tests.cases import are_joined, joined

parametrize = pytest.mark.parametrize


def test_every_case_is_tried_and_those_that_fail_are_named() -> None:
    """One after the other, as they would be tests of their own."""
    tried: list[tuple[int, str]] = []

    def case(number: int, word: str) -> None:
        tried.append((number, word))
        assert number != 2
        if word == "d":
            pytest.fail("no d")

    run = joined(parametrize("word", ["c", pytest.param("d")])(parametrize("number", [1, 2])(case)))
    assert run is not None
    with pytest.raises(BaseExceptionGroup, match="3 cases fail") as caught:
        run()
    assert sorted(tried) == [(1, "c"), (1, "d"), (2, "c"), (2, "d")]
    notes = sorted(str(failure.__notes__[-1]) for failure in caught.value.exceptions)
    assert notes == ["number=1, word='d'", "number=2, word='c'", "number=2, word='d'"]


def test_names_may_be_a_list_and_values_a_row() -> None:
    """As pytest reads them."""
    tried: list[object] = []

    for names in ("a, b", ["a", "b"], ("a", "b")):

        def case(a: int, b: list[int]) -> None:
            tried.append((a, b))

        run = joined(parametrize(names, [(1, [2]), pytest.param(3, [4])], ids=["x", "y"])(case))
        assert run is not None
        run()
    assert tried == [(1, [2]), (3, [4])] * 3


def test_interrupt_ends_all() -> None:
    """So does leaving a test out, which is no failure."""

    def case(a: int) -> None:
        raise KeyboardInterrupt

    run = joined(parametrize("a", [1, 2])(case))
    assert run is not None
    with pytest.raises(KeyboardInterrupt):
        run()


def plain(a: int) -> None:
    """A test."""


def with_fixture(a: int, tmp_path: Path) -> None:
    """A test with a fixture."""


@pytest.mark.parametrize(
    "test",
    [
        plain,
        parametrize("a", [1])(with_fixture),
        parametrize("a", [pytest.param(1, marks=pytest.mark.xfail)])(lambda a: a),
        parametrize("a", [1], indirect=True)(lambda a: a),
        parametrize("a", iter([1]))(lambda a: a),
        pytest.mark.usefixtures("impatient")(parametrize("a", [1])(lambda a: a)),
    ],
)
def test_what_needs_more_than_its_values_is_left_to_pytest(test: Callable[..., object]) -> None:
    """Fixtures, marks of single cases, other marks, and values that can be had once."""
    assert joined(test) is None


@pytest.mark.parametrize(
    ("path", "options", "expected"),
    [
        ("tests/core/test_edtf.py", {}, True),
        ("tests/cli/test_typed_dates.py", {}, True),
        ("tests/cli/test_pager.py", {}, False),
        ("tests/core/test_edtf.py", {"keyword": "day"}, False),
        ("tests/core/test_edtf.py", {"args": ["tests/core/test_edtf.py::test_day"]}, False),
        ("tests/core/test_edtf.py", {"is_worker": False}, False),
        ("tests/core/test_edtf.py", {"each_case": True}, False),
    ],
)
def test_only_many_pure_tests_in_workers_are_joined(
    path: str, options: dict[str, object], expected: bool
) -> None:
    """Who names a test, or runs them one after the other, has each case as a test."""
    values = {"keyword": "", "args": ["tests"], "is_worker": True, **options}
    config = SimpleNamespace(getoption=values.get, args=values["args"])
    if values["is_worker"]:
        config.workerinput = {}
    assert are_joined(cast("pytest.Config", config), Path(path)) is expected
