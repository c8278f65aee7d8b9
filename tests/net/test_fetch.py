"""The pace that a host allows, and what is tried again: with a clock that the test moves."""

import socket
from collections.abc import Iterator

import pytest

from countdown.net.answers import Answer, Failure
from countdown.net.client import Client, Request
from countdown.net.fetch import Fetcher
from countdown.net.pace import parse_max_age, parse_retry_after
from tests.net.conftest import MakeServer, Received, now, respond


class Clock:
    """A clock that only sleeping moves; *slept* are the times asked for, in seconds."""

    def __init__(self) -> None:
        self.now = 0.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        """The time."""
        return self.now

    def sleep(self, seconds: float) -> None:
        """Move the time on."""
        self.now += seconds
        self.slept.append(seconds)


@pytest.fixture
def clock() -> Clock:
    """A clock at 0."""
    return Clock()


@pytest.fixture
def client() -> Iterator[Client]:
    """A client without a contact."""
    with Client(now=now) as made:
        yield made


def test_host_is_asked_ten_times_a_minute(serve: MakeServer, client: Client, clock: Clock) -> None:
    """By programs that name no contact; every host has a pace of its own."""
    server = serve(lambda _, connection: respond(connection, b"x"))
    fetcher = Fetcher(client, clock=clock, sleep=clock.sleep)
    for _ in range(10):
        for host in ("127.0.0.1", "localhost"):
            fetcher.fetch(Request(server.url(host=host), is_typed=True))
    assert clock.slept == []
    clock.now = 12.0
    fetcher.fetch(Request(f"http://ana:s3cret@127.0.0.1:{server.port}", is_typed=True))
    assert clock.slept == [48.0]
    assert len(server.received) == 21


def test_redirects_count_for_the_hosts_they_lead_to(
    serve: MakeServer, client: Client, clock: Clock
) -> None:
    """Two requests each time, so that five times are all of a minute."""

    def handle(request: Received, connection: socket.socket) -> None:
        if request.target == "/":
            respond(connection, status="302 Found", Location="/there")
        else:
            respond(connection, b"x")

    server = serve(handle)
    fetcher = Fetcher(client, clock=clock, sleep=clock.sleep)
    for _ in range(5):
        assert isinstance(fetcher.fetch(Request(server.url(), is_typed=True)), Answer)
    assert clock.slept == []
    fetcher.fetch(Request(server.url(), is_typed=True))
    assert clock.slept == [60.0]
    assert len(server.received) == 12


@pytest.mark.parametrize("url", ["", "https://[", "file:///etc/passwd"])
def test_address_that_is_none_is_a_failure(client: Client, clock: Clock, url: str) -> None:
    """Nobody is asked, and nobody waits."""
    reply = Fetcher(client, clock=clock, sleep=clock.sleep).fetch(Request(url))
    assert isinstance(reply, Failure)
    assert reply.reason == "not allowed"
    assert clock.slept == []


@pytest.mark.parametrize(
    ("status", "after", "waits"),
    [
        ("503 Service Unavailable", "", [1, 2]),
        ("500 Internal Server Error", "nonsense", [1, 2]),
        ("429 Too Many Requests", "7", [7, 7]),
        ("429 Too Many Requests", "0", [1, 2]),
        ("429 Too Many Requests", "Wed, 25 Nov 2026 20:00:30 GMT", [30, 30]),
        ("408 Request Timeout", "Thu, 01 Jan 1970 00:00:00 GMT", [1, 2]),
        ("429 Too Many Requests", "61", []),
        ("429 Too Many Requests", "99999999999999999999", []),
        ("401 Unauthorized", "1", []),
        ("404 Not Found", "1", []),
        ("400 Bad Request", "1", []),
        ("501 Not Implemented", "1", []),
        ("204 No Content", "1", []),
    ],
)
def test_failure_that_may_pass_is_tried_again(
    serve: MakeServer, client: Client, clock: Clock, status: str, after: str, waits: list[int]
) -> None:
    """Three times in all, never before the server wants it, and not if that is long after."""
    server = serve(lambda _, connection: respond(connection, status=status, Retry_After=after))
    reply = Fetcher(client, clock=clock, sleep=clock.sleep).fetch(
        Request(server.url(), is_typed=True)
    )
    assert isinstance(reply, Failure)
    assert reply.status == int(status[:3])
    assert [int(seconds) for seconds in clock.slept] == waits
    assert len(server.received) == len(waits) + 1


def test_second_try_can_succeed(serve: MakeServer, client: Client, clock: Clock) -> None:
    """Its answer is the one that counts."""

    def handle(_: Received, connection: socket.socket) -> None:
        if len(server.received) == 1:
            respond(connection, status="502 Bad Gateway")
        else:
            respond(connection, b"facts")

    server = serve(handle)
    reply = Fetcher(client, clock=clock, sleep=clock.sleep).fetch(
        Request(server.url(), is_typed=True)
    )
    assert isinstance(reply, Answer)
    assert reply.body == b"facts"


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("30", 30),
        (" 30 ", 30),
        ("86400", 3600),
        ("00000000000005", 5),
        ("000", 0),
        ("9" * 5000, 3600),
        ("Wed, 25 Nov 2026 20:01:30 GMT", 90),
        ("Wed, 25 Nov 2026 20:01:30", 90),
        ("Wed, 25 Nov 2026 19:00:00 GMT", 0),
        ("Fri, 25 Dec 9999 20:00:00 GMT", 3600),
        ("-5", None),
        ("1.5", None),
        ("\u0663", None),  # a digit, but no ASCII one
        ("soon", None),
        ("", None),
        (None, None),
    ],
)
def test_retry_after_is_seconds_or_a_day(text: str | None, seconds: int | None) -> None:
    """At most an hour."""
    assert parse_retry_after(text, now()) == seconds


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("public, max-age=3600", 3600),
        ('Max-Age="60"', 60),
        ("max-age=0, must-revalidate", 0),
        ("s-maxage=5", None),
        ("max-age", None),
        ("max-age=-1", None),
        ("max-age=\u0663", None),
        ("", None),
        (None, None),
    ],
)
def test_max_age_is_in_seconds(text: str | None, seconds: int | None) -> None:
    """Other parts of Cache-Control say nothing here."""
    assert parse_max_age(text) == seconds
