"""What a machine without some program leaves out is said, and nothing may be left out in CI."""

import pytest

pytest_plugins = ["pytester"]
SUITE = """
    from tests.programs import needs, where_installed
    import pytest

    @needs("no-such-shell")
    def test_shell(): ...

    @pytest.mark.parametrize(("program", "word"), where_installed(("no-such-pager", 1), ("sh", 2)))
    def test_each(program, word): ...

    @needs("sh", "no-such-shell")
    def test_both(): ...

    def test_system():
        pytest.skip("only Linux has it")
"""


@pytest.fixture
def suite(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    """A suite of its own, with the hooks of this one."""
    monkeypatch.delenv("PYTEST_ADDOPTS", raising=False)
    pytester.makeconftest("from tests.conftest import *")
    pytester.makepyfile(SUITE)
    return pytester


def test_skipped_tests_are_listed_by_program(suite: pytest.Pytester) -> None:
    """In plain words at the end, and the run passes."""
    ran = suite.runpytest("-p", "no:cacheprovider", "-n", "0")
    assert ran.ret == 0
    said = [line for line in ran.outlines if line.startswith("not tested")]
    assert said == [
        "not tested without no-such-shell: 2 tests",
        "not tested without no-such-pager: 1 test",
        "not tested: only Linux has it: 1 test",
    ]


def test_nothing_is_left_out_in_ci(suite: pytest.Pytester) -> None:
    """A skip is a failure there, and says what is missing."""
    ran = suite.runpytest("-p", "no:cacheprovider", "-n", "0", "--skip-nothing")
    ran.assert_outcomes(passed=1, failed=1, errors=3)
    ran.stdout.fnmatch_lines(["not tested without no-such-shell"])
