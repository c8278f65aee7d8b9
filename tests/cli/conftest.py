"""The command line, run in this process on the evening of 4 July 2022."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple, Protocol

import pytest

from countdown.cli import run

JULY = Path(__file__).parents[1] / "data" / "july-2022.toml"


class Ran(NamedTuple):
    """What a command did: its exit code, and what it wrote where."""

    code: int
    out: str
    err: str

    @property
    def titles(self) -> list[str]:
        """The first column of a plain answer."""
        return [line.split("\t")[0] for line in self.out.splitlines()]


class Countdown(Protocol):
    """Runs `countdown` with the words given."""

    def __call__(self, *words: str) -> Ran:
        """What the command did."""


@pytest.fixture
def countdown(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Countdown:
    """`countdown`, on the evening of 4 July 2022, with what was known then."""
    monkeypatch.setenv("COUNTDOWN_TODAY", "2022-07-04")
    monkeypatch.setenv("COUNTDOWN_CATALOGUE", str(JULY))
    return runner(capsys)


@pytest.fixture
def shipped(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Countdown:
    """`countdown`, on 22 November 2026, with the shipped catalogue."""
    monkeypatch.setenv("COUNTDOWN_TODAY", "2026-11-22")
    return runner(capsys)


@pytest.fixture
def catalogue(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[[str], Countdown]:
    """`countdown`, on 22 November 2026, with a catalogue of the [[release]] tables given."""

    def made(tables: str) -> Countdown:
        path = tmp_path / "catalogue.toml"
        path.write_text(f"format = 1\n{tables}", "utf-8")
        monkeypatch.setenv("COUNTDOWN_TODAY", "2026-11-22")
        monkeypatch.setenv("COUNTDOWN_CATALOGUE", str(path))
        return runner(capsys)

    return made


def runner(capsys: pytest.CaptureFixture[str]) -> Countdown:
    """A way to run the program in this process."""

    def ran(*words: str) -> Ran:
        code = run(words)
        out, err = capsys.readouterr()
        return Ran(code, out, err)

    return ran
