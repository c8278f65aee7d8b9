"""Failures of requests, in words for users. They name hosts alone: an address can hold a key."""

import ssl
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from urllib3.exceptions import (
    ConnectTimeoutError,
    LocationParseError,
    NameResolutionError,
    NewConnectionError,
    ProxyError,
    ProxySchemeUnknown,
    ReadTimeoutError,
    SSLError,
)

from countdown.net.addresses import Address
from countdown.net.answers import Failure, Reason
from countdown.net.connections import Guard, PrivateAddressError, TooSlowError

_PASSING: Final = (500, 502, 503, 504, *range(505, 600))
_REASONS: Final[Mapping[int, tuple[Reason, str]]] = MappingProxyType(
    {
        401: ("refused", "wants a key, or another one"),
        403: ("refused", "refuses to answer"),
        404: ("not found", "has no such page"),
        408: ("too many requests", "is overloaded"),
        410: ("not found", "has removed that page"),
        429: ("too many requests", "was asked too often"),
    }
)


def of_status(status: int, address: Address, retry_after: int | None) -> Failure:
    """What an answer with *status* means, other than 200, redirects and an expected 304."""
    other: Reason = "broken" if status in _PASSING else "unexpected"
    reason, what = _REASONS.get(status, (other, f"answers with status {status}"))
    return Failure(reason, f"{address.shown} {what}.", status, retry_after)


def too_slow(address: Address) -> Failure:
    """The failure at the deadline."""
    return Failure("too slow", f"{address.shown} took too long to answer.")


def failure(error: Exception, address: Address, guard: Guard) -> Failure:
    """What *error* means, in words for users."""
    where = address.shown
    if guard.has_expired or isinstance(error, (TooSlowError, ReadTimeoutError)):
        return too_slow(address)
    if isinstance(error, PrivateAddressError):
        return Failure("not allowed", f"{where} is in a private network.")
    if isinstance(error, (ProxySchemeUnknown, LocationParseError)):
        hint = "set HTTPS_PROXY to one like http://proxy.example:3128"
        return Failure("not allowed", f"The proxy for {where} can't be used; {hint}.")
    if isinstance(error, ProxyError):
        return Failure("offline", f"The proxy for {where} can't be reached.")
    if isinstance(error, (SSLError, ssl.SSLError)):
        return Failure("not secure", f"{where} has no certificate that is trusted here.")
    if isinstance(error, NameResolutionError):
        return Failure("offline", f"The host of {where} can't be found.")
    if isinstance(error, (NewConnectionError, ConnectTimeoutError)):
        return Failure("offline", f"{where} can't be reached.")
    return broken(address)


def broken(address: Address) -> Failure:
    """The failure of an answer that can't be read."""
    return Failure("broken", f"The answer of {address.shown} is broken.")
