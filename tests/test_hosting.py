"""docs/hosting.md, followed as its reader would, on this computer."""

import os
import re
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Final

import pytest

from tests.cli.conftest import World, world

__all__ = ["world"]  # a fixture

PAGE: Final = (Path(__file__).parents[1] / "docs" / "hosting.md").read_text("utf-8")
FILE: Final = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)[0]
COMMANDS: Final = re.findall(r"^countdown (.*)", PAGE, re.MULTILINE)


class Handler(SimpleHTTPRequestHandler):
    """Python's server, which keeps its log to itself, and the status of each answer."""

    statuses: Final[list[int]] = []

    def log_request(self, code: Any = "-", size: Any = "-") -> None:
        """Keep the status."""
        self.statuses.append(int(code))


@pytest.fixture
def host(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """A folder, and the address at which Python's server has it."""
    folder = tmp_path / "hosted"
    folder.mkdir()
    Handler.statuses.clear()
    handler = partial(Handler, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,)).start()
        try:
            yield folder, f"127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()


def publish(folder: Path, text: str, minute: int) -> None:
    """Put the file there, in that minute of the day."""
    path = folder / "releases.toml"
    path.write_text(text, "utf-8")
    os.utime(path, (1_795_000_000 + 60 * minute,) * 2)


def test_page_leads_to_a_catalogue_that_refreshes(world: World, host: tuple[Path, str]) -> None:
    """It's checked, added, unchanged, changed, and held back when it goes back."""
    folder, address = host
    check, add = COMMANDS
    publish(folder, FILE, 0)
    checked = world(*check.replace("releases.toml", str(folder / "releases.toml")).split())
    assert (checked.code, checked.err) == (0, "")
    added = world(*add.replace("127.0.0.1:8000", address).split(), "--yes")
    assert (added.code, added.out) == (0, "Added cine-club: 1 release.\n")
    shown = world("source", "show", "cine-club").out
    assert "Licence\tCC0-1.0\nCredit\tCine Club, films.example\n" in shown
    assert "\tcine-club--lantern-night\n" in shown
    world.later(1)
    assert world("refresh", "cine-club").code == 0
    assert Handler.statuses == [200, 304]
    world.later(1)
    newer = FILE.replace("serial = 1", "serial = 2").replace("2027-06-10", "2027-07-01")
    publish(folder, newer, 1)
    assert world("refresh", "cine-club").code == 0
    assert "1 Jul 2027" in world("source", "show", "cine-club").out
    assert "10 Jun 2027" in world("source", "show", "cine-club", "--diff").out
    world.later(1)
    publish(folder, FILE, 2)
    held = world("refresh", "cine-club")
    assert held.code == 6
    assert "its serial is 1, after 2" in world("source").out
    assert world("source", "accept", "cine-club").code == 0
    assert "10 Jun 2027" in world("source", "show", "cine-club").out
