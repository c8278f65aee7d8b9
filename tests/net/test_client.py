"""A GET against servers that behave, and against servers that don't."""

import gzip
import os
import socket
import ssl
import subprocess
import sys
import threading
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import repeat
from pathlib import Path

import pytest

from countdown.net.answers import Answer, Failure, NotModified, Reply
from countdown.net.client import Client, Limits, Request, user_agent
from tests.net.conftest import CERTIFICATES, MakeServer, Received, now, respond

SHORT = Limits(seconds=0.4, size=20_000, unpacked_size=50_000)
KEY = "s3cret"
needs_linux = pytest.mark.skipif(
    sys.platform != "linux", reason="others refuse a connection beyond the backlog"
)


@pytest.fixture
def client() -> Iterator[Client]:
    """A client with a short deadline, for which every address is public."""
    with Client(now=now, limits=SHORT, is_public=lambda ip: True) as made:
        yield made


@pytest.fixture
def hasty() -> Iterator[Client]:
    """A client that gives up sooner, for what would take for ever."""
    with Client(now=now, limits=SHORT._replace(seconds=0.2), is_public=lambda ip: True) as made:
        yield made


def get(client: Client, url: str, *, typed: bool = True) -> Reply:
    """The reply of *url*, as if the user had typed it."""
    return client.get(Request(url, is_typed=typed))


def reason(reply: Reply) -> str:
    """Why there was no answer."""
    assert isinstance(reply, Failure), reply
    return reply.reason


def test_answer_has_its_body_and_what_a_later_request_needs(
    serve: MakeServer, client: Client
) -> None:
    """Headers come as the server wrote them, an ETag without quotes, too."""
    server = serve(
        lambda _, connection: respond(
            *(connection, b"facts"),
            Content_Type="text/plain",
            ETag="W/without-quotes",
            Last_Modified="Wed, 25 Nov 2026 20:00:00 GMT",
            Cache_Control="public, max-age=3600",
        )
    )
    assert get(client, server.url("/a?b=c")) == Answer(
        server.url("/a?b=c"),
        b"facts",
        "text/plain",
        "W/without-quotes",
        "Wed, 25 Nov 2026 20:00:00 GMT",
        3600,
    )
    request = server.received[0]
    assert (request.method, request.target) == ("GET", "/a?b=c")
    assert request.headers["user-agent"].startswith("countdown/")
    assert request.headers["accept-encoding"] == "gzip"


def test_one_connection_serves_several_requests(serve: MakeServer, client: Client) -> None:
    """Also after an answer that nothing changed, and with a deadline for each."""

    def handle(request: Received, connection: socket.socket) -> None:
        if "if-none-match" in request.headers:
            respond(connection, status="304 Not Modified", ETag=request.headers["if-none-match"])
        elif request.target == "/drip":
            drip(b"HTTP/1.1 200 OK\r\n", connection)
        else:
            respond(connection, b"x")

    server = serve(handle)
    assert isinstance(get(client, server.url()), Answer)
    known = client.get(Request(server.url(), etag="W/x", is_typed=True))
    assert known == NotModified(server.url(), "W/x")
    assert isinstance(get(client, server.url()), Answer)
    assert reason(get(client, server.url("/drip"))) == "too slow"
    assert server.connections == 1


@pytest.mark.parametrize(
    ("etag", "modified", "sent"),
    [
        ("no-quotes", None, {"if-none-match": "no-quotes"}),
        ('"e"', "Wed, 25 Nov 2026 20:00:00 GMT", {"if-none-match": '"e"'}),
        (None, "yesterday, about noon", {"if-modified-since": "yesterday, about noon"}),
    ],
)
def test_what_is_known_is_sent_back_byte_for_byte(
    serve: MakeServer, client: Client, etag: str | None, modified: str | None, sent: dict[str, str]
) -> None:
    """An ETag says more than a day, so it is sent alone."""
    server = serve(lambda _, connection: respond(connection, status="304 Not Modified"))
    url = server.url()
    assert client.get(Request(url, etag=etag, modified=modified, is_typed=True)) == NotModified(url)
    headers = server.received[0].headers
    names = ("if-none-match", "if-modified-since")
    assert {name: headers[name] for name in names if name in headers} == sent


@pytest.mark.parametrize(
    ("status", "why"),
    [
        ("401 Unauthorized", "refused"),
        ("403 Forbidden", "refused"),
        ("404 Not Found", "not found"),
        ("410 Gone", "not found"),
        ("408 Request Timeout", "too many requests"),
        ("429 Too Many Requests", "too many requests"),
        ("500 Internal Server Error", "broken"),
        ("503 Service Unavailable", "broken"),
        ("505 HTTP Version Not Supported", "broken"),
        ("501 Not Implemented", "unexpected"),
        ("400 Bad Request", "unexpected"),
        ("204 No Content", "unexpected"),
        ("302 Found", "unexpected"),  # without a Location
        ("304 Not Modified", "unexpected"),  # which nobody asked for
        ("999 Nonsense", "unexpected"),
    ],
)
def test_status_says_why_there_is_no_answer(
    serve: MakeServer, client: Client, status: str, why: str
) -> None:
    """The wish to be left alone comes with it."""
    server = serve(lambda _, connection: respond(connection, status=status, Retry_After="120"))
    reply = get(client, server.url(f"/?apikey={KEY}"))
    assert reason(reply) == why
    assert isinstance(reply, Failure)
    assert (reply.status, reply.retry_after) == (int(status[:3]), 120)
    assert KEY not in reply.message
    assert f"http://127.0.0.1:{server.port} " in reply.message


def wait(seconds: float) -> None:
    """Send nothing for *seconds*."""
    threading.Event().wait(seconds)


def drip(data: bytes, connection: socket.socket) -> None:
    """Send *data*, and then a byte now and then, for ever."""
    connection.sendall(data)
    pause = threading.Event()
    for byte in repeat(b"x"):
        pause.wait(0.05)
        connection.sendall(byte)


@pytest.mark.parametrize(
    "start",
    [
        b"",
        b"HTTP/1.1 200 OK\r\n",
        b"HTTP/1.1 200 OK\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n500\r\n",
    ],
    ids=["status", "headers", "body", "closing", "length", "chunked"],
)
def test_drip_ends_at_the_deadline(serve: MakeServer, hasty: Client, start: bytes) -> None:
    """A byte now and then keeps no request alive, wherever it comes."""
    server = serve(lambda _, connection: drip(start, connection))
    assert reason(get(hasty, server.url())) == "too slow"


def test_silence_ends_at_the_deadline(serve: MakeServer, hasty: Client) -> None:
    """Nothing at all comes, also not the greeting of TLS."""
    silent = serve(lambda *_: wait(5))
    assert reason(get(hasty, silent.url())) == "too slow"
    listener = socket.create_server(("127.0.0.1", 0))
    with listener:
        url = f"https://127.0.0.1:{listener.getsockname()[1]}/"
        assert reason(get(hasty, url)) == "too slow"


def test_dripping_greeting_of_tls_ends_at_the_deadline(hasty: Client) -> None:
    """Each byte of the handshake would be in time by itself."""
    listener = socket.create_server(("127.0.0.1", 0))

    def greet() -> None:
        connection, _ = listener.accept()
        with connection:
            try:
                drip(b"\x16\x03\x03\x3f\xff", connection)
            except OSError:
                return

    threading.Thread(target=greet, daemon=True).start()
    with listener:
        url = f"https://127.0.0.1:{listener.getsockname()[1]}/"
        assert reason(get(hasty, url)) == "too slow"


def test_no_thread_is_left_behind(serve: MakeServer, client: Client) -> None:
    """Neither after an answer nor after the deadline."""
    server = serve(lambda _, connection: respond(connection, b"x"))
    get(client, server.url())
    silent = serve(lambda *_: wait(2))
    get(client, silent.url())
    get(client, server.url())
    left = {thread for thread in threading.enumerate() if isinstance(thread, threading.Timer)}
    assert not left


@pytest.mark.parametrize(
    "sent",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nnonsense\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\nContent-Length: 3\r\n\r\nabc",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc",
        b"HTTP/1.1 twohundred OK\r\n\r\n",
        b"SSH-2.0-OpenSSH_9.2\r\n",
        b"",
        b"HTTP/1.1 200 OK\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Type: te",
        b"HTTP/1.1 200 OK\r\n" + b"".join(b"X-%d: y\r\n" % n for n in range(500)) + b"\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"y" * 100_000 + b"\r\n\r\n",
    ],
    ids=[
        "cut",
        "cut chunk",
        "chunk",
        "length",
        "gzip",
        "status",
        "ssh",
        "empty",
        *("head", "field", "many", "long"),
    ],
)
def test_broken_answer_is_a_failure(serve: MakeServer, client: Client, sent: bytes) -> None:
    """Not half a body, and no traceback."""

    def handle(_: Received, connection: socket.socket) -> None:
        connection.sendall(sent)
        connection.shutdown(socket.SHUT_RDWR)

    server = serve(handle)
    assert reason(get(client, server.url())) == "broken"


def endless(head: bytes, piece: bytes) -> Callable[[Received, socket.socket], None]:
    """A handler that sends *head* and then *piece* for ever."""

    def handle(_: Received, connection: socket.socket) -> None:
        connection.sendall(head)
        for again in repeat(piece):
            connection.sendall(again)

    return handle


def test_too_large_answer_is_given_up(serve: MakeServer) -> None:
    """On the wire, and unpacked: a bomb fills no memory."""
    small, packed = Limits(seconds=30, size=1_000_000), Limits(seconds=30, unpacked_size=3_000_000)
    bomb = gzip.compress(bytes(40_000_000), 1)
    plain = serve(endless(b"HTTP/1.1 200 OK\r\n\r\n", bytes(10_000)))
    exploding = serve(lambda _, connection: respond(connection, bomb, Content_Encoding="gzip"))
    tracemalloc.start()
    try:
        for server, limits in ((plain, small), (exploding, packed)):
            with Client(now=now, limits=limits) as client:
                assert reason(get(client, server.url())) == "too large"
        assert tracemalloc.get_traced_memory()[1] < 12_000_000
    finally:
        tracemalloc.stop()


def test_packed_answer_is_unpacked(serve: MakeServer, client: Client) -> None:
    """Up to the limit to the byte."""
    body = os.urandom(25_000).hex().encode()[: SHORT.unpacked_size]
    packed = gzip.compress(b"0" * len(body))
    server = serve(lambda _, connection: respond(connection, packed, Content_Encoding="gzip"))
    reply = get(client, server.url())
    assert isinstance(reply, Answer)
    assert reply.body == b"0" * SHORT.unpacked_size


@pytest.mark.parametrize(
    ("body", "encoding"),
    [
        (gzip.compress(b"x" * 2000)[:-4], "gzip"),
        (gzip.compress(bytes(range(250)) * 8)[:100], "gzip"),
        (b"", "gzip"),
        (b"x", "br"),
        (gzip.compress(gzip.compress(b"x")), "gzip, gzip"),
    ],
    ids=["trailer", "half", "nothing", "brotli", "twice"],
)
def test_body_that_can_not_be_unpacked_whole_is_broken(
    serve: MakeServer, client: Client, body: bytes, encoding: str
) -> None:
    """Half of the facts look like all of them."""
    server = serve(lambda _, connection: respond(connection, body, Content_Encoding=encoding))
    assert reason(get(client, server.url())) == "broken"


def test_redirects_are_followed(serve: MakeServer, client: Client) -> None:
    """Five of them, and the answer says where it came from."""

    def handle(request: Received, connection: socket.socket) -> None:
        number = int(request.target.rpartition("/")[2])
        if number == 0:
            respond(connection, b"found")
        else:
            respond(connection, status="302 Found", Location=f"{number - 1}")

    server = serve(handle)
    reply = get(client, server.url("/to/5"))
    assert isinstance(reply, Answer)
    assert (reply.url, reply.body) == (server.url("/to/0"), b"found")
    assert reason(get(client, server.url("/to/6"))) == "not allowed"


@pytest.mark.parametrize(
    "location",
    [
        "file:///etc/passwd",
        "ftp://ftp.example.org/",
        "data:text/plain,x",
        "javascript:alert(1)",
        "http://example.org/",
        "http://169.254.169.254/latest/meta-data/",
        "//[fe80::1%25eth0]/",
        "https://exa mple.org/",
        "https://example.org:99999/",
        "https://",
    ],
)
def test_redirect_out_of_bounds_is_not_followed(
    serve: MakeServer, client: Client, location: str
) -> None:
    """Only https leads to others, and nothing into a network that isn't meant."""
    server = serve(lambda _, connection: respond(connection, status="302 Found", Location=location))
    assert reason(get(client, server.url())) == "not allowed"


def test_private_network_is_asked_only_if_its_address_was_typed(serve: MakeServer) -> None:
    """Neither by a redirect from elsewhere, nor by another port of the same host."""
    inside = serve(lambda _, connection: respond(connection, b"router"))
    admin = inside.url("/admin")
    server = serve(lambda _, connection: respond(connection, status="302 Found", Location=admin))
    with Client(now=now, limits=SHORT) as client:
        assert isinstance(get(client, inside.url()), Answer)
        assert reason(get(client, inside.url(), typed=False)) == "not allowed"
        assert reason(get(client, server.url())) == "not allowed"
    assert [request.target for request in inside.received] == ["/"]


@pytest.mark.parametrize("ip", ["93.184.216.34", "169.254.169.254"])
def test_name_at_home_that_leads_elsewhere_is_not_asked(
    client: Client, monkeypatch: pytest.MonkeyPatch, ip: str
) -> None:
    """A network can give any name a number, and what is sent there isn't encrypted."""
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, 80))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    assert reason(get(client, "http://nas.local/")) == "not allowed"


def test_where_clouds_give_keys_away_nobody_asks(client: Client) -> None:
    """Whoever typed it."""
    assert reason(get(client, "https://169.254.169.254/latest/meta-data")) == "not allowed"


def test_request_does_not_show_its_keys() -> None:
    """Where it would be shown: in a traceback, a log, a failing test."""
    request = Request(
        f"https://me:{KEY}@films.example/a?key={KEY}", {"X": KEY}, {"Authorization": KEY}, KEY
    )
    assert "films.example" in repr(request)
    assert KEY not in f"{request!r} {request} {[request]}"
    assert KEY not in repr(Request(f"ftp://{KEY}"))


def test_keys_go_to_no_other_host(serve: MakeServer, client: Client) -> None:
    """Neither the headers that are secret, nor the name and password of the address."""
    other = serve(lambda _, connection: respond(connection, b"x"))

    def handle(request: Received, connection: socket.socket) -> None:
        target = other.url("/") if request.target == "/away" else "/here"
        if request.target == "/here":
            respond(connection, b"x")
        else:
            respond(connection, status="302 Found", Location=target)

    server = serve(handle)
    secrets = {"Authorization": f"Bearer {KEY}", "X-Api-Key": KEY}
    for target in ("/stay", "/away"):
        request = Request(server.url(target), {"X-Public": "1"}, secrets, is_typed=True)
        assert isinstance(client.get(request), Answer)
    stayed, leaving = server.received[1], server.received[2]
    for request_there in (stayed, leaving):
        assert request_there.headers["x-api-key"] == KEY
        assert request_there.headers["authorization"] == f"Bearer {KEY}"
    assert KEY not in str(other.received[0])
    assert "x-public" not in other.received[0].headers
    assert server.received[0].headers["x-public"] == "1"


def test_way_back_from_another_host_has_no_keys(serve: MakeServer, client: Client) -> None:
    """That host chose the path; it may be one that deletes something."""

    def handle(request: Received, connection: socket.socket) -> None:
        if request.target == "/":
            respond(connection, status="302 Found", Location=other.url())
        else:
            respond(connection, b"x")

    server = serve(handle)
    back = server.url("/delete?all=1")
    other = serve(lambda _, connection: respond(connection, status="302 Found", Location=back))
    reply = client.get(Request(server.url(), secrets={"X-Api-Key": KEY}, is_typed=True))
    assert isinstance(reply, Answer)
    assert [KEY in str(request.headers) for request in server.received] == [True, False]


def test_name_and_password_stay_at_their_host(serve: MakeServer, client: Client) -> None:
    """A redirect within it names neither."""

    def handle(request: Received, connection: socket.socket) -> None:
        if request.target == "/":
            respond(connection, status="302 Found", Location="/here")
        else:
            respond(connection, b"x")

    server = serve(handle)
    assert isinstance(get(client, f"http://ana:{KEY}@127.0.0.1:{server.port}/"), Answer)
    assert ["authorization" in request.headers for request in server.received] == [True, True]


def test_location_may_be_in_utf_8(serve: MakeServer, client: Client) -> None:
    """Servers write it so, although they shouldn't."""

    def handle(request: Received, connection: socket.socket) -> None:
        if request.target == "/":
            connection.sendall(
                "HTTP/1.1 302 Found\r\nLocation: /größe a\r\nContent-Length: 0\r\n\r\n".encode()
            )
        else:
            respond(connection, b"x")

    server = serve(handle)
    reply = get(client, server.url())
    assert isinstance(reply, Answer)
    assert reply.url == server.url("/gr%C3%B6%C3%9Fe%20a")


@pytest.mark.parametrize("value", ["a\r\nX: y", "€", "\x1b[31m"])
def test_header_that_could_do_harm_is_neither_sent_nor_kept(
    serve: MakeServer, client: Client, value: str
) -> None:
    """From a file of state that was damaged, or from a server."""
    server = serve(
        lambda _, connection: respond(connection, b"x", ETag="\x1b[31m", Content_Type="\x9b1m")
    )
    request = Request(server.url(), etag=value, modified=value, is_typed=True)
    assert client.get(request) == Answer(server.url(), b"x")
    assert not {"if-none-match", "if-modified-since"} & server.received[0].headers.keys()


def test_name_and_password_before_the_host_are_sent_as_such(
    serve: MakeServer, client: Client
) -> None:
    """They stand in no message and in no URL that comes back."""
    server = serve(lambda _, connection: respond(connection, b"x"))
    reply = get(client, f"http://ana:{KEY}%21@127.0.0.1:{server.port}/")
    assert isinstance(reply, Answer)
    assert reply.url == server.url()
    assert server.received[0].headers["authorization"] == "Basic YW5hOnMzY3JldCE="


@pytest.mark.parametrize(
    "url",
    [
        "",
        "example.org",
        "http://example.org/",
        "file:///etc/passwd",
        "ftp://example.org/",
        "https://",
        "https:///path",
        "https://[::1",
        "https://example.org:x/",
        "https://exam\nple.org/",
        "https://example.org/a b",
        "https://example.org/\x1b[31m",
        "https://example.org/\u202egpj",
        "https://example.org/größe",
        "https://[fe80::1%25eth0]/",
        "https://" + "ü" * 80 + ".example/",
    ],
)
def test_address_that_may_not_be_asked_is_refused(client: Client, url: str) -> None:
    """Before anything is looked up, with what would be right."""
    reply = get(client, url)
    assert reason(reply) == "not allowed"
    assert isinstance(reply, Failure)
    assert reply.message.startswith("The address ")
    assert reply.message.isprintable()


def test_nobody_listens(client: Client) -> None:
    """That may be otherwise later."""
    listener = socket.create_server(("127.0.0.1", 0))
    port = listener.getsockname()[1]
    listener.close()
    reply = get(client, f"http://127.0.0.1:{port}/")
    assert reason(reply) == "offline"
    assert isinstance(reply, Failure)
    assert reply.passes


def test_second_address_of_a_host_is_tried(
    serve: MakeServer, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`localhost` is often ::1 first, where not everything listens."""
    server = serve(lambda _, connection: respond(connection, b"x"))
    family, kind = socket.AF_INET, socket.SOCK_STREAM
    dead = socket.create_server(("127.0.0.1", 0))
    port = dead.getsockname()[1]
    dead.close()
    both = [(family, kind, 0, "", ("127.0.0.1", p)) for p in (port, server.port)]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: both)
    assert isinstance(get(client, server.url(host="localhost")), Answer)


@pytest.fixture
def unanswered() -> Iterator[int]:
    """A port at which a connection is neither accepted nor refused: too many are waiting."""
    with socket.create_server(("127.0.0.1", 0), backlog=0) as listener, ExitStack() as stack:
        for _ in range(4):
            waiting = stack.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex(listener.getsockname())
        yield listener.getsockname()[1]


@needs_linux
def test_address_that_does_not_answer_gives_way_to_the_next(
    serve: MakeServer, unanswered: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If there is one, and time is left."""
    server = serve(lambda _, connection: respond(connection, b"x"))
    ports = [unanswered, server.port]
    found = [(socket.AF_INET, socket.SOCK_STREAM, 0, "", ("127.0.0.1", port)) for port in ports]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    url = "http://localhost/"
    with Client(now=now, limits=Limits(seconds=9, connect_seconds=0.1)) as client:
        assert isinstance(get(client, url), Answer)
    with Client(now=now, limits=Limits(seconds=0.2)) as client:
        assert reason(get(client, url)) == "too slow"
    del found[1]
    with Client(now=now, limits=Limits(seconds=9, connect_seconds=0.1)) as client:
        assert reason(get(client, url)) == "offline"


def test_no_time_is_too_little(serve: MakeServer) -> None:
    """A deadline that has passed before the first byte."""
    server = serve(lambda _, connection: respond(connection, b"x"))
    with Client(now=now, limits=Limits(seconds=0)) as client:
        assert reason(get(client, server.url())) == "too slow"


@pytest.mark.parametrize("error", [socket.gaierror(-2, "unknown"), OSError("down")])
def test_unknown_host(client: Client, monkeypatch: pytest.MonkeyPatch, error: OSError) -> None:
    """There is no network, or no such host."""

    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    reply = get(client, "https://no-such-host.example/")
    assert reason(reply) == "offline"


def test_look_up_that_hangs_ends_at_the_deadline(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It can't be interrupted, but left behind in a thread that keeps no process."""
    release = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: release.wait(5))
    before = set(threading.enumerate())
    assert reason(get(client, "https://example.org/")) == "too slow"
    left = set(threading.enumerate()) - before
    assert len(left) == 1
    assert all(thread.daemon for thread in left)
    release.set()


def test_https_needs_a_certificate_that_is_trusted(
    serve: MakeServer, tls: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Trusted by the system, and for that very host."""
    server = serve(lambda _, connection: respond(connection, b"x"), tls)
    with Client(now=now, limits=Limits(seconds=10), is_public=lambda ip: True) as doubting:
        assert reason(get(doubting, server.url(host="localhost"))) == "not secure"
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATES / "certificate.pem"))
    with Client(now=now, limits=Limits(seconds=10)) as trusting:
        assert isinstance(get(trusting, server.url(host="localhost")), Answer)
        found = socket.getaddrinfo("127.0.0.1", server.port, type=socket.SOCK_STREAM)
        monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
        assert reason(get(trusting, server.url(host="other.example"))) == "not secure"


def test_https_does_not_lead_to_http(
    serve: MakeServer, tls: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not even on this machine."""
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATES / "certificate.pem"))
    plain = serve(lambda _, connection: respond(connection, b"x"))
    away = plain.url()

    def handle(_: Received, connection: socket.socket) -> None:
        respond(connection, status="301 Moved Permanently", Location=away)

    server = serve(handle, tls)
    with Client(now=now, limits=Limits(seconds=10)) as client:
        assert reason(get(client, server.url(host="localhost"))) == "not allowed"
    assert not plain.received


def test_proxy_is_asked_instead_of_the_host(
    serve: MakeServer, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It looks the host up, and NO_PROXY lists hosts without one."""
    proxy = serve(lambda _, connection: respond(connection, b"by proxy"))
    server = serve(lambda _, connection: respond(connection, b"direct"))
    monkeypatch.setenv("http_proxy", proxy.url())
    reply = get(client, "http://localhost:1/")
    assert isinstance(reply, Answer)
    assert reply.body == b"by proxy"
    assert proxy.received[0].target == "http://localhost:1/"
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    reply = get(client, server.url())
    assert isinstance(reply, Answer)
    assert reply.body == b"direct"


def test_proxy_gets_its_name_and_password(
    serve: MakeServer, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The host doesn't; a proxy without a scheme is one of HTTP."""
    proxy = serve(lambda _, connection: respond(connection, b"by proxy"))
    monkeypatch.setenv("http_proxy", f"joe:s3cret%21@127.0.0.1:{proxy.port}")
    assert isinstance(get(client, "http://localhost:1/"), Answer)
    assert proxy.received[0].headers["proxy-authorization"] == "Basic am9lOnMzY3JldCE="


@pytest.mark.parametrize("proxy", ["socks5://127.0.0.1:1", "http://127.0.0.1:x", "http://[::1"])
def test_proxy_that_can_not_be_one_is_told(
    client: Client, monkeypatch: pytest.MonkeyPatch, proxy: str
) -> None:
    """With what would be right."""
    monkeypatch.setenv("https_proxy", proxy)
    reply = get(client, "https://example.org/")
    assert reason(reply) == "not allowed"
    assert isinstance(reply, Failure)
    assert "proxy" in reply.message


@pytest.mark.parametrize("answer", ["407 Proxy Authentication Required", "502 Bad Gateway"])
def test_tunnel_that_the_proxy_refuses(
    serve: MakeServer, client: Client, monkeypatch: pytest.MonkeyPatch, answer: str
) -> None:
    """The message says that it is the proxy."""
    proxy = serve(lambda _, connection: respond(connection, status=answer))
    monkeypatch.setenv("https_proxy", proxy.url())
    reply = get(client, "https://example.org/")
    assert reason(reply) == "offline"
    assert isinstance(reply, Failure)
    assert "proxy" in reply.message
    assert proxy.received[0].method == "CONNECT"


def test_contact_is_told_only_if_it_is_set() -> None:
    """Servers ask for one, and it may not forge a header."""
    assert "(" not in user_agent(None)
    assert "(ana@example.org)" in user_agent("ana@example.org")
    for wrong in ("a\r\nX: y", "a) Chrome/1 (b", "größe@example.org", "a\\b"):
        with pytest.raises(ValueError, match="contact"):
            user_agent(wrong)


def test_process_ends_in_time_though_a_look_up_hangs(tmp_path: Path) -> None:
    """The thread that is left behind holds nothing up."""
    script = tmp_path / "hang.py"
    script.write_text(
        "import socket, threading\n"
        "from countdown.net.client import Client, Limits, Request\n"
        "socket.getaddrinfo = lambda *_, **__: threading.Event().wait()\n"
        "print(Client(now=None, limits=Limits(0.1)).get(Request('https://example.org')).reason)\n"
    )
    ran = subprocess.run(
        [sys.executable, str(script)], capture_output=True, text=True, timeout=60, check=True
    )
    assert ran.stdout == "too slow\n"
