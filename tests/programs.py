"""Programs that tests run and that a machine may lack: what needs them is left out there."""

import shutil
from collections import Counter
from collections.abc import Iterable
from typing import Any, Final

import pytest
from _pytest.mark import ParameterSet

_MISSING: Final = "not installed: "


def needs(*programs: str) -> pytest.MarkDecorator:
    """A mark for tests that need *programs*; CI installs them all, many machines lack some."""
    missing = [name for name in programs if shutil.which(name) is None]
    return pytest.mark.skipif(bool(missing), reason=_MISSING + ", ".join(missing))


def where_installed(*cases: tuple[Any, ...]) -> list[ParameterSet]:
    """Parameters of which each first value names the program that its case needs."""
    return [pytest.param(*case, marks=needs(str(case[0]))) for case in cases]


def left_out(reports: Iterable[pytest.TestReport]) -> list[str]:
    """A line for each cause of skipped tests, the most frequent first."""
    counts = Counter(cause for report in reports for cause in causes(report))
    return [
        f"{cause}: {number} test{'s' if number > 1 else ''}"
        for cause, number in sorted(counts.items(), key=lambda found: (-found[1], found[0]))
    ]


def causes(report: pytest.TestReport) -> list[str]:
    """Why the test of *report* was skipped: a cause for each program that is missing."""
    text = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    text = text.removeprefix("Skipped: ")
    if text.startswith(_MISSING):
        return [f"not tested without {name}" for name in text.removeprefix(_MISSING).split(", ")]
    return [f"not tested: {text}"]
