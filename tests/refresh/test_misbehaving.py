"""A refresh through real sockets, of servers on loopback that misbehave: nothing is lost."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from countdown.core.source_result import SourceResult
from countdown.net.answers import Reply
from countdown.net.client import Client, Limits, Request
from countdown.refresh import run
from countdown.refresh.network import Fetch
from countdown.refresh.plan import Plan
from tests.net.conftest import MakeServer, Server, without_proxy
from tests.net.conftest import serve as serve
from tests.refresh.test_run import NOON, WIKIDATA, wanted
from tests.replay import Replay, film
from tests.replay import serve as handler

__all__ = ["serve", "without_proxy"]  # fixtures
LIMITS = Limits(seconds=0.4, connect_seconds=0.4, unpacked_size=4 * 1024**2)


@contextmanager
def fetching(server: Server) -> Iterator[Fetch]:
    """What sends requests to *server*, whatever host they are for."""
    with Client(now=lambda: NOON, limits=LIMITS) as client:

        def fetch(request: Request) -> Reply:
            parts = urlsplit(request.url)
            url = server.url(f"{parts.path}?{parts.query}")
            return client.get(request._replace(url=url, is_typed=True))

        yield fetch


@pytest.mark.parametrize(
    ("mode", "outcome", "why"),
    [
        ("429", "stopped", "was asked too often"),
        ("html200", "failed", "is a web page, not data"),
        ("empty", "failed", "isn't JSON"),
        ("cut", "failed", "is broken"),
        ("drip", "failed", "took too long"),
        ("driphead", "failed", "took too long"),
        ("bomb", "failed", "is over 4 MiB"),
        ("redirect", "failed", "redirects to an address"),
    ],
)
def test_layer_outlives_a_server_that_misbehaves(
    mode: str, outcome: str, why: str, tmp_path: Path, serve: MakeServer
) -> None:
    """It stays as it was, byte for byte, and the reason is told."""
    replay = Replay(film("Q1", "Dune", "2026-12-18"), film("Q2", "Thor", "2027-05-01"))
    results: list[SourceResult] = []
    layer = b""
    for at, behaviour in enumerate(("", mode)):
        with fetching(serve(handler(replay, behaviour))) as fetch:
            results += _refresh(fetch, NOON + timedelta(days=at), tmp_path)
        (path,) = tmp_path.glob("sources/*.toml")
        layer = layer if at else path.read_bytes()
        assert path.read_bytes() == layer
    assert [result.outcome for result in results] == ["read", outcome]
    assert why in results[1].why
    if mode == "429":
        assert results[1].next == int((NOON + timedelta(days=1)).timestamp()) + 1200


def _refresh(fetch: Fetch, now: datetime, folder: Path) -> list[SourceResult]:
    seconds = int(now.timestamp()) + 1
    plan = Plan(wanted("Q1", "Q2"), (), fetch, lambda: now, lambda *_: None, seconds)
    return run.refresh((WIKIDATA,), str(folder), lambda: plan)
