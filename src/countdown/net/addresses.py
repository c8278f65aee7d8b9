"""Addresses that may be asked, and how they are shown: paths and queries can hold keys."""

from base64 import b64encode
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Final, NamedTuple
from urllib.parse import quote, unquote, urljoin, urlsplit

from countdown.core.text import find_hostile

_PORTS: Final = {"http": 80, "https": 443}
# Networks of IPv6 that end in an address of IPv4: RFC 6052, 4291 and 2765.
_WITH_IPV4: Final = tuple(map(IPv6Network, ("64:ff9b::/96", "::/96", "::ffff:0:0:0/96")))
# What older Pythons take for global: all else of IPv6 (RFC 4291), and RFC 9637 and 6890.
_GLOBAL: Final = IPv6Network("2000::/3")
_DOCUMENTATION: Final = IPv6Network("3fff::/20")
_PROTOCOLS: Final = IPv4Network("192.0.0.0/24")
# Of homes and firms: RFC 1918 and 4193.
_LOCAL: Final[tuple[IPv4Network | IPv6Network, ...]] = (
    *map(IPv4Network, ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "127.0.0.0/8")),
    *map(IPv6Network, ("fc00::/7", "::1/128")),
)
_METADATA: Final = IPv6Address("fd00:ec2::254")  # where clouds give keys away, besides link-local
# Ends of names that no public server has: RFC 6762 and 8375, and what routers use.
_LOCAL_NAMES: Final = (".local", ".lan", ".home", ".home.arpa", ".internal")
# More ends of names that only somebody's own network has: RFC 6761, and what firms use.
_RESERVED: Final = ("localhost", "localdomain", "intranet", "corp", "test", "invalid")
_ALLOWED_IN_LOCATION: Final = "%/:=&?~#+!$,;'@()*[]"


class ForbiddenAddressError(ValueError):
    """An address that must not be asked; its text says why, and what would be right."""


class Address(NamedTuple):
    """An address in parts: *host* is without brackets, *target* the path and the query.

    *authorization* is the header for the name and password that were before the host.
    """

    scheme: str
    host: str
    port: int
    target: str
    authorization: str | None = None

    @property
    def origin(self) -> tuple[str, str, int]:
        """The scheme, host and port: what keys are meant for (RFC 6454)."""
        return self.scheme, self.host, self.port

    @property
    def is_at_home(self) -> bool:
        """True if it isn't encrypted and is of another machine, in the user's own network."""
        return self.scheme == "http" and not _is_this_machine(self.host)

    @property
    def netloc(self) -> str:
        """The host, with its port unless it is the usual one."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        """The whole address, without a name and password."""
        return f"{self.scheme}://{self.netloc}{self.target}"

    @property
    def shown(self) -> str:
        """What may be shown: no path or query, in which keys are."""
        return f"{self.scheme}://{self.netloc}"


def parse(url: str, *, is_typed: bool = False) -> Address:
    """The parts of *url*. Raises ForbiddenAddressError if it may not be asked.

    It must be https, or http to this very machine. What the user *typed* can also be http to a host
    with a name or number of a network at home.
    """
    if find_hostile(url) or any(character.isspace() for character in url):
        raise ForbiddenAddressError("has characters that no address can have")
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        raise ForbiddenAddressError(
            "isn't an address; write one like https://example.org"
        ) from None
    scheme = parts.scheme.lower()
    if scheme not in _PORTS:
        raise ForbiddenAddressError(f'starts with "{scheme}:"; only https:// is read')
    try:
        host = host.encode("idna").decode() if not host.isascii() else host
    except UnicodeError:
        raise ForbiddenAddressError("has a host that no name can be") from None
    if not host or "%" in host:
        raise ForbiddenAddressError("has no host; write one like https://example.org")
    if scheme == "http" and not (_is_this_machine(host) or (is_typed and _sounds_local(host))):
        raise ForbiddenAddressError("isn't encrypted; write https:// before it")
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    if not target.isascii():
        raise ForbiddenAddressError("has letters beyond ASCII; copy it from a browser")
    authorization = None
    if parts.username is not None:
        pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
        authorization = " ".join(("Basic", b64encode(pair.encode()).decode()))  # RFC 7617
    return Address(scheme, host, port or _PORTS[scheme], target, authorization)


def follow(start: Address, location: str) -> Address:
    """The address to which *start* redirects. Raises ForbiddenAddressError.

    From https it never leads to http, and in a network at home to no other host. The name and
    password are those of *start* at the same host.
    """
    # A header's bytes are read as Latin-1; servers send UTF-8 and blanks, which aren't allowed.
    escaped = quote(location.encode("latin-1", "ignore"), safe=_ALLOWED_IN_LOCATION)
    joined = urljoin(start.url, escaped)
    try:
        target = parse(joined)
    except ForbiddenAddressError:
        target = parse(joined, is_typed=True)
        if target.origin != start.origin:
            raise
    if start.scheme == "https" and target.scheme != "https":
        raise ForbiddenAddressError("isn't encrypted, and a redirect leads there")
    if target.authorization is None and target.origin == start.origin:
        return target._replace(authorization=start.authorization)
    return target


def is_public(ip: str) -> bool:
    """True if *ip* is reachable for everyone: not this machine, its network, or a reserved one."""
    address = _number(ip)
    if address is None:
        return False
    if isinstance(address, IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if any(address in network for network in _WITH_IPV4):
            inner = IPv4Address(int(address) & 0xFFFF_FFFF)
        if inner is None and (address not in _GLOBAL or address in _DOCUMENTATION):
            return False
        if inner is not None:
            address = inner
    return address.is_global and not address.is_multicast and address not in _PROTOCOLS


def is_local(ip: str) -> bool:
    """True if *ip* is of this machine or of a network at home, which may go without encryption."""
    address = _number(ip)
    return address is not None and address != _METADATA and any(address in net for net in _LOCAL)


def is_link_local(ip: str) -> bool:
    """True if *ip* is never asked, even if it was typed: clouds give keys to who asks there."""
    address = _number(ip)
    return address is None or address.is_link_local or address == _METADATA


def is_private_host(host: str) -> bool:
    """True if *host*, a name or number, isn't everybody's; no look-up is made."""
    if _number(host) is not None:
        return not is_public(host)
    last = host.rpartition(".")[2].lower()  # `127.1` and `0x7f.1` are numbers to some programs.
    is_reserved = last in _RESERVED or host.lower() == "fritz.box"
    return is_reserved or _sounds_local(host) or last.isdecimal() or last.startswith("0x")


def _number(ip: str) -> IPv4Address | IPv6Address | None:
    """The number of *ip*, that of IPv4 if IPv6 only wraps it; None if it is none."""
    try:
        address = ip_address(ip.partition("%")[0])
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def _sounds_local(host: str) -> bool:
    """True if *host* is a name or number that a network at home has; a look-up can tell else."""
    if _number(host) is not None:
        return is_local(host)
    return "." not in host or host.lower().endswith(_LOCAL_NAMES)


def _is_this_machine(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
