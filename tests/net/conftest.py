"""A server on loopback that sends whatever a test wants, byte by byte.

The certificate for https is for `localhost` and valid until 2126. It was made by `openssl req -x509
-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 36500 -subj /CN=localhost`.
"""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple, Protocol

import pytest

CERTIFICATES = Path(__file__).with_name("certificates")
_PROXY_VARIABLES = ("http_proxy", "https_proxy", "all_proxy", "no_proxy")


class Received(NamedTuple):
    """A request that the server got; *headers* by names in lower case."""

    method: str
    target: str
    headers: dict[str, str]


Handler = Callable[[Received, socket.socket], None]


class Server:
    """A server with *handler* for each request, and a list of those that it *received*."""

    def __init__(self, handler: Handler, context: ssl.SSLContext | None = None) -> None:
        self.handler = handler
        self.received: list[Received] = []
        self.connections = 0
        self._context = context
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def url(self, target: str = "/", host: str = "127.0.0.1") -> str:
        """The address of *target*."""
        return f"{'http' if self._context is None else 'https'}://{host}:{self.port}{target}"

    def close(self) -> None:
        """Accept nobody any more."""
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with suppress(OSError), connection:
            if self._context is not None:
                connection = self._context.wrap_socket(connection, server_side=True)
            with connection, connection.makefile("rb") as stream:
                while line := stream.readline():
                    method, target, _ = line.decode().split(" ", 2)
                    headers = {}
                    while (field := stream.readline().decode().strip()) != "":
                        name, _, value = field.partition(":")
                        headers[name.lower()] = value.strip()
                    request = Received(method, target, headers)
                    self.received.append(request)
                    self.handler(request, connection)


class MakeServer(Protocol):
    """Makes a server that the end of the test closes."""

    def __call__(self, handler: Handler, context: ssl.SSLContext | None = None) -> Server:
        """The server with *handler* for each request; with *context* by TLS."""
        ...


@pytest.fixture
def serve() -> Iterator[MakeServer]:
    """Servers for one test."""
    servers: list[Server] = []

    def make(handler: Handler, context: ssl.SSLContext | None = None) -> Server:
        servers.append(Server(handler, context))
        return servers[-1]

    yield make
    for server in servers:
        server.close()


@pytest.fixture
def tls() -> ssl.SSLContext:
    """For a server with the certificate of the tests."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATES / "certificate.pem", CERTIFICATES / "key.pem")
    return context


@pytest.fixture(autouse=True)
def without_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """No proxy, whatever the machine has."""
    for name in _PROXY_VARIABLES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


def now() -> datetime:
    """The evening on which all tests are made."""
    return datetime(2026, 11, 25, 20, 0, tzinfo=UTC)


def respond(
    connection: socket.socket,
    body: bytes = b"",
    *,
    status: str = "200 OK",
    **headers: str,
) -> None:
    """Send a whole answer; an underscore in the name of a header stands for a hyphen."""
    fields = {"Content-Length": str(len(body))}
    fields |= {name.replace("_", "-"): value for name, value in headers.items()}
    lines = [f"HTTP/1.1 {status}", *(f"{name}: {value}" for name, value in fields.items())]
    connection.sendall("\r\n".join([*lines, "", ""]).encode() + body)
