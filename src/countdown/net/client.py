"""One GET: within a deadline and a size, redirects by hand, and no key for another host.

Nothing is written or printed here, and messages name hosts alone: an address can hold a key.
"""

import zlib
from collections.abc import Callable, Mapping
from datetime import datetime
from importlib.metadata import version
from types import MappingProxyType
from typing import Final, NamedTuple
from urllib.request import getproxies, proxy_bypass

import urllib3
from urllib3.exceptions import (
    HTTPError,
)

from countdown.net import addresses
from countdown.net.addresses import Address, ForbiddenAddressError
from countdown.net.answers import Answer, Failure, NotModified, Reply
from countdown.net.connections import Guard, PrivateAddressError, TooSlowError, pool_manager
from countdown.net.failures import broken, failure, of_status, too_slow
from countdown.net.pace import parse_max_age, parse_retry_after
from countdown.version import VERSION

SECONDS: Final = 20.0  # for a request with its redirects
CONNECT_SECONDS: Final = 6.0
MAX_SIZE: Final = 8 * 1024**2  # bytes, as they are sent
MAX_UNPACKED_SIZE: Final = 32 * 1024**2  # bytes
MAX_REDIRECTS: Final = 5
_ERRORS: Final = (HTTPError, OSError, zlib.error, TooSlowError, PrivateAddressError, ValueError)
_PIECE: Final = 65_536  # bytes that are read at once
_GZIP: Final = 16 + zlib.MAX_WBITS  # the format that `zlib` is to unpack
_REDIRECTS: Final = (301, 302, 303, 307, 308)


class Limits(NamedTuple):
    """How long a request may take, in seconds, and how large its answer may be, in bytes.

    *connect_seconds* is for each of several addresses of a host.
    """

    seconds: float = SECONDS
    connect_seconds: float = CONNECT_SECONDS
    size: int = MAX_SIZE
    unpacked_size: int = MAX_UNPACKED_SIZE


USUAL_LIMITS: Final = Limits()


class Request(NamedTuple):
    """What is asked for.

    *secrets* are headers for the host of *url* alone. With the *etag* or the day *modified* of an
    earlier answer, a server that has no other one says so. A URL that the user *typed* may lead to
    a private network, like that of Radarr at home.
    """

    url: str
    headers: Mapping[str, str] = MappingProxyType({})
    secrets: Mapping[str, str] = MappingProxyType({})
    etag: str | None = None
    modified: str | None = None
    is_typed: bool = False

    def __repr__(self) -> str:
        """The request without its keys, which a traceback or a log would pass on."""
        try:
            return f"Request({addresses.parse(self.url, is_typed=self.is_typed).shown!r})"
        except ForbiddenAddressError:
            return "Request(…)"

    @property
    def is_conditional(self) -> bool:
        """True if an answer that nothing changed is one to it."""
        return bool(harmless(self.etag) or harmless(self.modified))


class Client:
    """Connections that are kept for the next request. *contact* is told to every server.

    *now* returns the time in UTC, for servers that say a day and time of when to come back.
    *is_public* says of an IP address whether it is asked for URLs that nobody typed. Close it, or
    use it as a context manager.
    """

    def __init__(
        self,
        *,
        now: Callable[[], datetime],
        contact: str | None = None,
        limits: Limits = USUAL_LIMITS,
        is_public: Callable[[str], bool] = addresses.is_public,
    ) -> None:
        self._user_agent = user_agent(contact)
        self._limits = limits
        self._now = now
        self._is_public = is_public
        self._guard: Guard | None = None
        # A connection into a private network serves only those who may ask there.
        self._pools: dict[tuple[str | None, bool], urllib3.PoolManager] = {}

    def __enter__(self) -> "Client":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close all connections."""
        for pools in self._pools.values():
            pools.clear()

    def get(self, request: Request, note: Callable[[str], object] | None = None) -> Reply:
        """The answer to *request*; every error is a Failure.

        *note* is called with each host that is asked: redirects can lead to others.
        """
        try:
            start = addresses.parse(request.url, is_typed=request.is_typed)
        except ForbiddenAddressError as error:
            return Failure("not allowed", f"The address {error}.")
        with Guard(self._limits.seconds, self._limits.connect_seconds, self._is_public) as guard:
            self._guard = guard
            try:
                return self._follow(request, start, guard, note)
            finally:
                self._guard = None

    def _follow(
        self,
        request: Request,
        start: Address,
        guard: Guard,
        note: Callable[[str], object] | None,
    ) -> Reply:
        address, is_at_home = start, True
        for _ in range(MAX_REDIRECTS + 1):
            if note is not None:
                note(address.host)
            # Who has been elsewhere comes back without keys: another host chose the path.
            is_at_home = is_at_home and address.origin == start.origin
            guard.is_private_allowed = request.is_typed and is_at_home
            guard.is_plain = address.is_at_home
            reply = self._ask(request, address, guard, is_at_home=is_at_home)
            if isinstance(reply, Address):
                address = reply
            else:
                return reply
        return Failure("not allowed", f"{start.shown} redirects in circles.")

    def _ask(
        self, request: Request, address: Address, guard: Guard, *, is_at_home: bool
    ) -> Reply | Address:
        """The reply of *address*, or the address to which it redirects."""
        try:
            response = self._pools_for(address, guard).urlopen(
                "GET",
                address.url,
                headers=self._headers(request, address, is_at_home=is_at_home),
                redirect=False,
                retries=False,
                preload_content=False,
                timeout=guard.remaining,
            )
            try:
                reply = self._read(response, address, is_conditional=request.is_conditional)
            finally:
                response.close()  # What wasn't read to its end may never end.
            # What the deadline cuts off can look whole: headers and bodies may end where they like.
            return reply if not guard.has_expired else too_slow(address)
        except ForbiddenAddressError as error:
            return Failure("not allowed", f"{address.shown} redirects to an address that {error}.")
        except (
            HTTPError,
            OSError,
            zlib.error,
            TooSlowError,
            PrivateAddressError,
            ValueError,
        ) as error:
            return failure(error, address, guard)

    def _headers(self, request: Request, address: Address, *, is_at_home: bool) -> dict[str, str]:
        headers = {"User-Agent": self._user_agent, "Accept-Encoding": "gzip"}
        if is_at_home:
            headers |= {**request.headers, **request.secrets}
            if address.authorization is not None:
                headers["Authorization"] = address.authorization
        if harmless(request.etag):
            headers["If-None-Match"] = str(request.etag)
        elif harmless(request.modified):
            headers["If-Modified-Since"] = str(request.modified)
        return headers

    def _read(
        self, response: urllib3.BaseHTTPResponse, address: Address, *, is_conditional: bool
    ) -> Reply | Address:
        status, headers = response.status, response.headers
        if status in _REDIRECTS and headers.get("Location"):
            return addresses.follow(address, headers["Location"])
        etag, modified = map(harmless, (headers.get("ETag"), headers.get("Last-Modified")))
        max_age = parse_max_age(headers.get("Cache-Control"))
        if status == 304 and is_conditional:
            response.read(1)  # It has no body; when that is read, the connection can be used again.
            return NotModified(address.url, etag, modified, max_age)
        if status != 200:
            after = parse_retry_after(headers.get("Retry-After"), self._now())
            return of_status(status, address, after)
        body = self._body(response, address)
        if isinstance(body, Failure):
            return body
        content_type = harmless(headers.get("Content-Type")) or ""
        return Answer(address.url, body, content_type, etag, modified, max_age)

    def _body(self, response: urllib3.BaseHTTPResponse, address: Address) -> bytes | Failure:
        """The unpacked body of *response*. Raises zlib.error if it can't be unpacked."""
        encoding = response.headers.get("Content-Encoding", "identity").strip().lower()
        if encoding not in ("identity", "gzip", "x-gzip"):
            return broken(address)
        body = bytearray()
        unpacker = zlib.decompressobj(_GZIP) if encoding != "identity" else None
        size, unpacked_size = self._limits.size, self._limits.unpacked_size
        while piece := response.read1(_PIECE, decode_content=False):
            body += unpacker.decompress(piece, unpacked_size - len(body) + 1) if unpacker else piece
            if response.tell() > size or len(body) > unpacked_size:
                limit = size if response.tell() > size else unpacked_size
                what = f"The answer of {address.shown} is over {limit / 1024**2:g} MiB"
                return Failure("too large", f"{what}.")
        is_cut = not body and "Content-Length" not in response.headers  # In its headers.
        if is_cut or (unpacker and not unpacker.eof):
            return broken(address)
        return bytes(body)

    def _pools_for(self, address: Address, guard: Guard) -> urllib3.PoolManager:
        proxy = proxy_for(address)
        key = (proxy, guard.is_private_allowed)
        if key not in self._pools:
            self._pools[key] = pool_manager(self._current_guard, proxy)
        return self._pools[key]

    def _current_guard(self) -> Guard:
        assert self._guard is not None  # noqa: S101 - connections are opened within `get` alone.
        return self._guard


def user_agent(contact: str | None) -> str:
    """What every server is told: the program, and the user's *contact* if it was set.

    Raises ValueError if that can't be in a header.
    """
    library = f"urllib3/{version('urllib3')}"
    if not contact:
        return f"countdown/{VERSION} {library}"
    if not (contact.isascii() and contact.isprintable()) or {*"()\\"} & {*contact}:
        raise ValueError("contact has to be an address of ASCII letters, without brackets")
    return f"countdown/{VERSION} ({contact}) {library}"


def proxy_for(address: Address) -> str | None:
    """The proxy for *address*, from HTTPS_PROXY and NO_PROXY or the system; None without one.

    None knows the network at home.
    """
    if address.is_at_home or proxy_bypass(address.host):
        return None
    proxy = getproxies().get(address.scheme)
    return proxy if not proxy or "://" in proxy else f"http://{proxy}"


def harmless(value: str | None) -> str | None:
    """*value* of a header if it is printable ASCII, else None."""
    return value if value and value.isascii() and value.isprintable() else None
