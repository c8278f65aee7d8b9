"""The program as a process whose providers are a replay: `refresher.py FOLDER WORD…`.

FOLDER has `catalogue.toml`, which is taken for the built-in one, and `asked`, to which each address
is added. While FOLDER has a pipe `gate`, the first answer waits until somebody opens it.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from countdown import paths
from countdown.entry import main
from countdown.net.answers import Reply
from countdown.net.client import Request
from countdown.refresh import network
from tests.replay import Replay, film

FILMS: Final = {"Q1": "Dune", "Q2": "Thor", "Q3": "Salt"}


class Provider:
    """What `open_fetcher` opens."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.replay = Replay(*(film(id, title, "2027-05-01") for id, title in FILMS.items()))

    def fetch(self, request: Request) -> Reply:
        """The answer to *request*."""
        with (self.folder / "asked").open("a") as asked:
            asked.write(f"{request.url}\n")
        gate = self.folder / "gate"
        if gate.exists():
            gate.read_bytes()  # Until who opened it closes it.
            gate.unlink()
        return self.replay.fetch(request)


@contextmanager
def opened(*_: object) -> Iterator[Provider]:
    """In place of the network."""
    yield Provider(Path(sys.argv[0]))


if __name__ == "__main__":
    sys.argv = sys.argv[1:]
    folder = sys.argv[0]
    paths.shipped = lambda name: f"{folder}/catalogue.toml"
    network.open_fetcher = opened  # type: ignore[assignment]
    sys.exit(main())
