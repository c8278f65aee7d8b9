"""Requests that keep the pace a host allows, and are tried again when that can help."""

import time
from binascii import crc32
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from countdown.net import addresses
from countdown.net.answers import Failure, Reply
from countdown.net.client import Client, Request
from countdown.net.pace import Pace

TRIES: Final = 3
MAX_WAIT: Final = 60.0  # seconds; for a longer one, the next refresh is waited for
UNKNOWN_PACE: Final = 10  # requests a minute to one host, from programs that name no contact
KNOWN_PACE: Final = 200


class Fetcher:
    """Fetches with *client*, a host at most *per_minute* times a minute, redirects included.

    Hosts in *paces* have another limit. *clock* and *sleep* are in seconds; waiting for the pace
    doesn't count as waiting for a server.
    """

    def __init__(
        self,
        client: Client,
        *,
        per_minute: int = UNKNOWN_PACE,
        paces: Mapping[str, int] = MappingProxyType({}),
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._client = client
        self._per_minute = per_minute
        self._known_paces = paces
        self._clock = clock
        self._sleep = sleep
        self._paces: dict[str, Pace] = {}

    def fetch(self, request: Request) -> Reply:
        """The reply to *request*, after at most three tries.

        A failure that may pass is tried again after the time that the server asks for, or one and
        two seconds; if that is over a minute, it is returned at once.
        """
        try:
            host = addresses.parse(request.url, is_typed=request.is_typed).host
        except addresses.ForbiddenAddressError:
            return self._client.get(request)  # It says what is wrong.
        tries = 0
        while True:
            if (wait := self._pace(host).wait()) > 0:
                self._sleep(wait)
            reply = self._client.get(request, lambda host: self._pace(host).note())
            tries += 1
            if not isinstance(reply, Failure) or not reply.passes or tries == TRIES:
                return reply
            wait = max(float(reply.retry_after or 0), 2.0 ** (tries - 1)) + _jitter(request.url)
            if wait > MAX_WAIT:
                return reply
            self._sleep(wait)

    def _pace(self, host: str) -> Pace:
        if host not in self._paces:
            per_minute = self._known_paces.get(host, self._per_minute)
            self._paces[host] = Pace(per_minute, clock=self._clock)
        return self._paces[host]


def _jitter(url: str) -> float:
    """Up to a second, the same for each *url*, so that programs don't all come at once."""
    return crc32(url.encode()) % 1000 / 1000
