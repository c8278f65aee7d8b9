"""Connections that end at a deadline, and only to addresses that are allowed.

`urllib3.Timeout` bounds each wait for a byte, so a server that sends one now and then is never too
slow; and a name is looked up twice if it is checked first. Here the look-up is done once, in a
thread that can be left, and a timer shuts the socket down.
"""

import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any
from urllib.parse import unquote

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import ConnectTimeoutError, NameResolutionError, NewConnectionError
from urllib3.util import make_headers, parse_url

from countdown.net import addresses

Found = list[tuple[Any, ...]]  # what `socket.getaddrinfo` returns


class PrivateAddressError(Exception):
    """A host that is on this machine or in its network, where nobody meant to ask."""


class TooSlowError(Exception):
    """The deadline has passed."""


class Guard:
    """The limits of one request: it ends after *seconds*, whatever the server does.

    An address of the host that doesn't answer within *connect_seconds* gives way to the next one.
    Addresses that aren't *is_public* are refused unless `is_private_allowed` is set; if
    `is_plain` is, only those of a network at home are asked. Used as a context manager.
    """

    def __init__(
        self, seconds: float, connect_seconds: float, is_public: Callable[[str], bool]
    ) -> None:
        self.deadline = time.monotonic() + seconds
        self.connect_seconds = connect_seconds
        self.is_private_allowed = False
        self.is_plain = False
        self.is_public = is_public
        self.has_expired = False
        self._lock = threading.Lock()
        self._twin: socket.socket | None = None  # another name of the socket in use
        self._timer = threading.Timer(seconds, self._expire)
        self._timer.daemon = True

    def __enter__(self) -> "Guard":
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()
        self._timer.join()
        self._replace(None)

    def allows(self, ip: str) -> bool:
        """True if *ip* may be asked."""
        if self.is_plain:
            return addresses.is_local(ip)
        return not addresses.is_link_local(ip) if self.is_private_allowed else self.is_public(ip)

    @property
    def remaining(self) -> float:
        """The seconds left. Raises TooSlowError if there are none."""
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise TooSlowError
        return left

    def watch(self, connected: socket.socket) -> None:
        """Shut down *connected* at the deadline, also while TLS or a response hides it."""
        self._replace(socket.fromfd(connected.fileno(), connected.family, connected.type))

    def _replace(self, twin: socket.socket | None) -> None:
        with self._lock:
            if self._twin is not None:
                self._twin.close()
            self._twin = twin
            if self.has_expired:
                self._shut_down()

    def _expire(self) -> None:
        with self._lock:
            self.has_expired = True
            self._shut_down()

    def _shut_down(self) -> None:
        if self._twin is not None:
            with suppress(OSError):  # Its other end may be closed already.
                self._twin.shutdown(socket.SHUT_RDWR)


def look_up(host: str, port: int, seconds: float) -> Found:
    """The addresses of *host*. Raises OSError, or TooSlowError after *seconds*.

    A look-up can't be interrupted: one that hangs stays behind in a daemon thread.
    """
    found: list[Found | OSError] = []

    def run() -> None:
        try:
            found.append(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
        except OSError as error:
            found.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(seconds)
    if not found:
        raise TooSlowError
    if isinstance(found[0], OSError):
        raise found[0]
    return found[0]


def open_socket(connection: HTTPConnection, guard: Guard) -> socket.socket:
    """A socket to the host of *connection*, within the limits of *guard*.

    Raises errors of urllib3, TooSlowError and PrivateAddressError.
    """
    host = connection.host
    try:
        found = look_up(host, connection.port, guard.remaining)
    except (OSError, UnicodeError) as error:
        reason = error if isinstance(error, socket.gaierror) else socket.gaierror(str(error))
        raise NameResolutionError(host, connection, reason) from error
    # Behind a proxy it is the proxy that is connected to, and that looks up the host.
    if connection.proxy is None:
        found = [entry for entry in found if guard.allows(entry[4][0])]
        if not found:
            raise PrivateAddressError(host)
    failed: OSError | None = None
    for family, kind, protocol, _, address in found:
        opened = socket.socket(family, kind, protocol)
        try:
            guard.watch(opened)
            for option in connection.socket_options or ():
                opened.setsockopt(*option)
            opened.settimeout(min(guard.remaining, guard.connect_seconds))
            opened.connect(address)
            opened.settimeout(guard.remaining)
        except OSError as error:
            opened.close()
            failed = error
        except BaseException:
            opened.close()
            raise
        else:
            return opened
    if isinstance(failed, TimeoutError):
        raise ConnectTimeoutError(connection, f"{host} doesn't answer") from failed
    raise NewConnectionError(connection, str(failed)) from failed


def watch_again(connection: HTTPConnection, guard: Guard) -> None:
    """Have *guard* watch the socket of *connection*, if an earlier request left one open."""
    connection.timeout = guard.remaining
    if connection.sock is not None:
        guard.watch(connection.sock)


def pool_classes(
    guard_of: Callable[[], Guard],
) -> dict[str, type]:
    """Pools for `urllib3.PoolManager` whose connections keep the limits of `guard_of`."""

    class Plain(HTTPConnection):
        def _new_conn(self) -> socket.socket:
            return open_socket(self, guard_of())

        def request(self, *arguments: Any, **values: Any) -> None:
            watch_again(self, guard_of())
            super().request(*arguments, **values)

    class Secure(HTTPSConnection):
        def _new_conn(self) -> socket.socket:
            return open_socket(self, guard_of())

        def request(self, *arguments: Any, **values: Any) -> None:
            watch_again(self, guard_of())
            super().request(*arguments, **values)

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = Plain

    class SecurePool(HTTPSConnectionPool):
        ConnectionCls = Secure

    return {"http": PlainPool, "https": SecurePool}


def pool_manager(guard_of: Callable[[], Guard], proxy: str | None) -> urllib3.PoolManager:
    """The pools of connections, through the address *proxy* if there is one.

    Raises errors of urllib3 if that can't be a proxy.
    """
    if proxy is None:
        pools = urllib3.PoolManager(retries=False)
    else:
        login = parse_url(proxy).auth
        headers = make_headers(proxy_basic_auth=unquote(login)) if login else None
        pools = urllib3.ProxyManager(proxy, retries=False, proxy_headers=headers)
    pools.pool_classes_by_scheme = pool_classes(guard_of)
    return pools
