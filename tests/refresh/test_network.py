"""The way to the network: with a contact or without, and none at all."""

from datetime import UTC, datetime

import pytest

from countdown.net.answers import Answer, Failure
from countdown.net.client import Request
from countdown.net.fetch import KNOWN_PACE, UNKNOWN_PACE
from countdown.refresh.network import is_switched_off, offline, open_fetcher
from tests.net.conftest import MakeServer, respond, serve, without_proxy

__all__ = ["serve", "without_proxy"]  # fixtures


def now() -> datetime:
    """A moment of no importance."""
    return datetime(2026, 11, 25, tzinfo=UTC)


def test_server_learns_the_contact_only_if_there_is_one(serve: MakeServer) -> None:
    """Who names none keeps a slower pace."""
    server = serve(lambda _, connection: respond(connection, b"{}"))
    for contact, pace in (("me@example.org", KNOWN_PACE), (None, UNKNOWN_PACE)):
        with open_fetcher(now, contact) as fetcher:
            assert isinstance(fetcher.fetch(Request(server.url(), is_typed=True)), Answer)
            assert fetcher._per_minute == pace
    first, second = (request.headers["user-agent"] for request in server.received)
    assert "(me@example.org)" in first
    assert "(" not in second


def test_contact_that_cannot_be_sent_is_refused() -> None:
    """It is said before anything is asked."""
    with pytest.raises(ValueError, match="contact"), open_fetcher(now, "me\n@example.org"):
        raise AssertionError


def test_offline_asks_nobody() -> None:
    """Every request fails at once."""
    reply = offline(Request("https://example.org"))
    assert isinstance(reply, Failure)
    assert reply.reason == "offline"


@pytest.mark.parametrize(
    ("value", "is_off"), [("", False), ("0", False), ("No", False), ("1", True), ("yes", True)]
)
def test_network_can_be_switched_off(
    value: str, is_off: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By a variable that is set to something."""
    monkeypatch.setenv("COUNTDOWN_OFFLINE", value)
    assert is_switched_off() == is_off
