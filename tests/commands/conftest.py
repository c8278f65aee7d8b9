"""The fixtures of the command line."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

import pytest

from countdown.refresh import network
from tests.cli.conftest import catalogue, countdown, shipped, world
from tests.cli.indexing import indexed_once
from tests.cli.shelf import mine, shelf
from tests.providers import Providers

__all__ = ["catalogue", "countdown", "indexed_once", "mine", "shelf", "shipped", "world"]

Online = Callable[[Providers], Providers]


@pytest.fixture
def online(monkeypatch: pytest.MonkeyPatch) -> Online:
    """Has the program ask these providers."""

    def use(providers: Providers) -> Providers:
        @contextmanager
        def opened(now: Callable[[], datetime], contact: str | None) -> Iterator[Providers]:
            assert now().tzinfo is not None
            assert contact is None
            yield providers

        monkeypatch.setattr(network, "open_fetcher", opened)
        return providers

    return use
