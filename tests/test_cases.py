"""How the cases of a test are joined, and what is said of those that fail."""

from collections.abc import Callable
from pathlib import Path
from types import FunctionType, SimpleNamespace
from typing import Any, Final, Protocol, cast

import pytest
from hypothesis import given
from hypothesis.strategies import integers

from tests.cases import are_alike, are_joined, are_pure, joined

pytest_plugins = ["pytester"]
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
    assert notes == [
        "{'number': 1, 'word': 'd'}",
        "{'number': 2, 'word': 'c'}",
        "{'number': 2, 'word': 'd'}",
    ]


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
    """It is no failure of one case."""

    def case(a: int) -> None:
        raise KeyboardInterrupt

    run = joined(parametrize("a", [1, 2])(case))
    assert run is not None
    with pytest.raises(KeyboardInterrupt):
        run()


def plain(a: int) -> None:
    """A test."""


def of_two(a: int, b: int) -> None:
    """A test with two parameters."""


def with_fixture(a: int, tmp_path: Path) -> None:
    """A test with a fixture."""


def marked(test: Callable[..., None] = plain) -> Callable[..., None]:
    """A copy of *test*, for marks of its own."""
    copy = FunctionType(test.__code__, globals())
    copy.__doc__ = test.__doc__
    copy.__annotations__ = test.__annotations__
    return copy


@pytest.mark.parametrize(
    "test",
    [
        plain,
        parametrize("a", [1])(marked(with_fixture)),
        parametrize("a", [pytest.param(1, marks=pytest.mark.xfail)])(marked()),
        parametrize("a", [1], indirect=True)(marked()),
        parametrize("a", iter([1]))(marked()),
        pytest.mark.usefixtures("impatient")(parametrize("a", [1])(marked())),
    ],
)
def test_what_needs_more_than_its_values_is_left_to_pytest(test: Callable[..., object]) -> None:
    """Fixtures, marks of single cases, other marks, and values that can be had once."""
    assert joined(test) is None


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({}, True),
        ({"keyword": "day"}, False),
        ({"args": ["tests/core/test_edtf.py::test_day"]}, False),
        ({"is_worker": False}, False),
        ({"each_case": True}, False),
        ({"lf": True}, False),
        ({"failedfirst": True}, False),
    ],
)
def test_only_many_tests_in_workers_are_joined(options: dict[str, Any], expected: bool) -> None:
    """Who names a test, or runs them one after the other, has each case as a test."""
    values = {"keyword": "", "args": ["tests"], "is_worker": True, **options}
    config = SimpleNamespace(getoption=values.get, args=values["args"])
    if values["is_worker"]:
        config.workerinput = {}
    assert are_joined(cast("pytest.Config", config)) is expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [("core/test_edtf.py", True), ("cli/test_typed_dates.py", True), ("cli/test_pager.py", False)],
)
def test_folder_or_module_leaves_nothing_behind(path: str, expected: bool) -> None:
    """Their tests may follow each other in the same home."""
    assert are_pure(Path("tests", path)) is expected


@pytest.mark.parametrize(
    ("test", "expected"),
    [
        (plain, False),
        (parametrize("a", [1])(marked()), False),
        (parametrize("a", [1, 2])(marked()), True),
        (parametrize("b", [1, 2])(parametrize("a", [1])(marked(of_two))), True),
        (parametrize("a", iter([1, 2]))(marked()), False),
        (parametrize("a", [1, pytest.param(2, marks=pytest.mark.xfail)])(marked()), False),
        (parametrize("a", [1, 2])(given(b=integers())(marked(of_two))), False),
        (parametrize("a", [1] * 100)(marked()), False),
    ],
)
def test_two_cases_or_more_are_joined_if_they_are_alike(
    test: Callable[..., object], expected: bool
) -> None:
    """Not those of which one may be skipped, and none that would keep a worker for long."""
    assert are_alike(test) is expected


SUITE: Final = """
    from pathlib import Path
    import pytest

    TRIED = Path(__file__).with_name("tried")

    @pytest.fixture(scope="module")
    def once():
        with TRIED.open("a") as tried:
            print("once", file=tried)

    @pytest.fixture
    def each(once, tmp_path):
        folder = tmp_path / "each"
        folder.mkdir()
        yield folder
        with TRIED.open("a") as tried:
            print(*[path.name for path in folder.iterdir()], file=tried)

    @pytest.mark.parametrize("number", ["1", "2", "3"])
    def test_all(number, each):
        (each / number).touch()
        {trouble}

    def test_another(once): ...

    needs_shell = pytest.mark.skipif({condition}, reason="no shell")

    @needs_shell
    @pytest.mark.parametrize("number", [1, 2])
    def test_of_a_shell(number): ...

    @pytest.fixture(params=[pytest.param("sh", marks=needs_shell)])
    def shell(request):
        assert not {condition}

    @pytest.mark.parametrize("number", [1, 2])
    def test_in_a_shell(shell, number): ...
"""


class Suite(Protocol):
    """Runs the suite, in which each case does *trouble*; the result, and what each case wrote."""

    def __call__(
        self, trouble: str, *, is_left_out: bool = False
    ) -> tuple[pytest.RunResult, list[str]]:
        """If *is_left_out*, there is no shell, which some of its tests need."""


@pytest.fixture
def suite(pytester: pytest.Pytester) -> Suite:
    """A run of a test of three cases, with what each of them wrote."""
    pytester.makeconftest(
        "from tests.conftest import *\ndef pytest_configure(config): config.workerinput = {}"
    )

    def ran(trouble: str, *, is_left_out: bool = False) -> tuple[pytest.RunResult, list[str]]:
        path = pytester.makepyfile(SUITE.format(trouble=trouble, condition=is_left_out))
        run = pytester.runpytest_inprocess(
            *("-p", "no:cacheprovider", "-n", "0"), no_reraise_ctrlc=True
        )
        return run, path.with_name("tried").read_text("ascii").splitlines()

    return ran


def test_each_case_has_its_own_fixtures(suite: Suite) -> None:
    """They are made and removed for each; those of the module once. All are one test."""
    ran, tried = suite("pass")
    ran.assert_outcomes(passed=4)
    assert tried == ["once", "1", "2", "3"]


def test_every_case_with_fixtures_is_tried(suite: Suite) -> None:
    """Those that fail are named, and the next test has what it needs."""
    ran, tried = suite("assert number != '2'")
    ran.assert_outcomes(passed=3, failed=1)
    ran.stdout.fnmatch_lines(["*1 cases fail*", "*test_all?2?*"])
    assert tried == ["once", "1", "2", "3"]


def test_case_that_can_not_be_tried_here_is_said_to_be_left_out(suite: Suite) -> None:
    """The others are tried all the same."""
    ran, tried = suite("if number == '2': pytest.skip('only Linux has it')")
    ran.assert_outcomes(passed=3, skipped=1)
    ran.stdout.fnmatch_lines(["not tested: only Linux has it: 1 test"])
    assert tried == ["once", "1", "2", "3"]


def test_mark_leaves_out_all_cases(suite: Suite) -> None:
    """As one test that is not tried, whether it has the mark or a parameter of its fixture does."""
    ran, _ = suite("pass", is_left_out=True)
    ran.assert_outcomes(passed=2, skipped=2)
    ran.stdout.fnmatch_lines(["not tested: no shell: 2 tests"])


def test_failure_at_the_end_of_a_case_is_one(suite: Suite) -> None:
    """A fixture may find what is wrong."""
    ran, tried = suite("(each / number).unlink(); each.rmdir()")
    ran.assert_outcomes(passed=3, failed=1)
    ran.stdout.fnmatch_lines(["*3 cases fail*"])
    assert tried == ["once"]


def test_interrupt_ends_all_cases(suite: Suite) -> None:
    """What was set up is torn down."""
    ran, tried = suite("if number == '2': raise KeyboardInterrupt")
    ran.assert_outcomes(passed=0)
    assert ran.ret == pytest.ExitCode.INTERRUPTED
    assert tried == ["once", "1", "2"]
