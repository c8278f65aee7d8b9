"""The user's own catalogue, over a small one that is taken for the shipped one."""

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest
import tomli

from countdown import paths

if TYPE_CHECKING:  # It gives these fixtures to the tests.
    from tests.cli.conftest import Countdown, Ran

SHIPPED: Final = """\
format = 1

[[release]]
id = "dune-3"
title = "Dune: Part Three"
aliases = ["Dune Messiah"]
kind = "film"
platform = ["Max"]
cast = ["Zendaya"]
ids = { imdb = "tt31378509", tmdb = 1170608 }

[[release.dates]]
region = "US"
type = "theatrical"
date = 2026-12-18

[[release.dates]]
region = "BR"
date = 2026-12-17

[[release.moves]]
from = 2026-11-20
to = 2026-12-18

[[release]]
id = "thor-5"
title = "Thor 5"
kind = "film"
date = "2027"

[[release]]
id = "thor-6"
title = "Thor 6"
kind = "film"
stage = "announced"
"""
MINE: Final = """\
# My own.
format = 1   # the only one

[[release]]
id = "short"   # keep me
title = "My Cousin's Short"
kind = "film"
date = "Q4 2027"
sources = [ { url = "https://x.y", date = 2022-07-05 } ]
# about the next

[[release]]
id = "long"
title = 'The "Long" \\One'
kind = "film"
# the end"""


class Shelf:
    """The user's own catalogue."""

    def __init__(self, path: Path, run: "Countdown") -> None:
        self.path = path
        self.run = run

    @property
    def steps(self) -> list[str]:
        """What is noted for undo."""
        folder = Path(paths.state_folder() or "") / "undo"
        return sorted(path.name for path in folder.iterdir()) if folder.exists() else []

    @property
    def text(self) -> str:
        """What it holds, with its line ends."""
        return self.path.read_bytes().decode()

    @property
    def releases(self) -> list[dict[str, Any]]:
        """What it says."""
        found: list[dict[str, Any]] = tomli.loads(self.text).get("release", [])
        return found

    @property
    def last(self) -> dict[str, Any]:
        """What it says last."""
        return self.releases[-1]

    def write(self, text: str) -> None:
        """Let it hold *text*."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.write_bytes(text.encode())

    def ran(self, *words: str) -> "Ran":
        """What a command did that is to succeed."""
        ran = self.run(*words)
        assert ran.code == 0, ran.err
        return ran

    def refused(self, *words: str, code: int = 2) -> str:
        """What a command says that is to fail, having changed nothing."""
        before = self.path.read_bytes() if self.path.exists() else None
        steps = self.steps
        ran = self.run(*words)
        assert (ran.code, ran.out) == (code, ""), ran
        assert (self.path.read_bytes() if self.path.exists() else None) == before
        assert self.steps == steps
        return ran.err


@pytest.fixture
def shelf(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Shelf:
    """The user's own catalogue, which is not there yet, on the evening of 22 November 2026."""
    from tests.cli.conftest import runner

    below = tmp_path / "shipped.toml"
    below.write_text(SHIPPED, "utf-8")
    monkeypatch.setattr(paths, "shipped", lambda name: str(below))
    monkeypatch.setenv("COUNTDOWN_TODAY", "2026-11-22")
    return Shelf(tmp_path / "home" / "data" / "countdown" / "releases.toml", runner(capsys))


@pytest.fixture
def mine(shelf: Shelf) -> Shelf:
    """The user's own catalogue, with two releases in it."""
    shelf.write(MINE)
    return shelf
