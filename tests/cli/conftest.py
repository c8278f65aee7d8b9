"""The command line, run in this process on the evening of 4 July 2022."""

import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple, Protocol

import pytest

from countdown import paths
from countdown.cli.group import run
from tests.cli.indexing import indexed_once
from tests.cli.shelf import mine, shelf

__all__ = ["indexed_once", "mine", "shelf"]  # fixtures

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
    monkeypatch.setattr(paths, "shipped", lambda name: str(JULY))  # for what changes one's own
    monkeypatch.setenv("COUNTDOWN_TODAY", "2022-07-04")
    monkeypatch.setenv("COUNTDOWN_CATALOGUE", str(JULY))
    return runner(capsys)


@pytest.fixture
def shipped(
    indexed_shipped: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Countdown:
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


def program_at(path: Path, moment: datetime) -> Path:
    """Make *path* the console script, in whose processes it is always that *moment*."""
    seconds = int(moment.timestamp())
    path.write_text(
        f"#!{sys.executable}\nimport sys, time\n"
        f"time.time = lambda: {seconds}.0\ntime.time_ns = lambda: {seconds} * 10**9\n"
        "from countdown.entry import main\nsys.exit(main())\n",
        "utf-8",
    )
    path.chmod(0o755)
    return path


class World:
    """The program with a catalogue of its own, at noon of a day that can be changed."""

    def __init__(self, path: Path, ran: Countdown, monkeypatch: pytest.MonkeyPatch) -> None:
        self.path = path
        self._ran = ran
        self._now = datetime(2026, 11, 22, 12, tzinfo=UTC).timestamp()
        monkeypatch.setattr(time, "time", lambda: self._now)
        monkeypatch.setattr(time, "time_ns", lambda: int(self._now) * 1_000_000_000)

    def __call__(self, *words: str) -> Ran:
        """What the program does with *words*."""
        return self._ran(*words)

    def says(self, *tables: str) -> None:
        """Make the catalogue hold the [[release]] *tables*."""
        text = "".join(f"[[release]]\n{table}\n" for table in tables)
        self.path.write_text(f"format = 1\n{text}", "utf-8")

    def later(self, days: float) -> None:
        """Set the clock so many *days* forward, or back."""
        self._now += days * 86_400


@pytest.fixture
def world(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> World:
    """A world on 22 November 2026 in the US, whose catalogue is still empty."""
    path = tmp_path / "catalogue.toml"
    monkeypatch.setenv("COUNTDOWN_CATALOGUE", str(path))
    monkeypatch.setenv("COUNTDOWN_TIMEZONE", "UTC")
    monkeypatch.setenv("COUNTDOWN_REGION", "US")
    made = World(path, runner(capsys), monkeypatch)
    made.says()
    return made


def film(id: str, date: str = "", **more: str) -> str:
    """The table of a film; without a *date* nobody has announced one."""
    title = more.pop("title", id.title())
    lines = [f'id = "{id}"', f"title = '{title}'", 'kind = "film"']
    lines += [f'date = "{date}"'] if date else []
    return "\n".join([*lines, *(f'{key} = "{value}"' for key, value in more.items())])
