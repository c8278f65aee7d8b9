"""How sources are asked: by a function, so that tests answer without a network."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Final

from countdown.net.answers import Failure, Reply

if TYPE_CHECKING:  # It imports urllib3, which nobody needs who is offline.
    from countdown.net.client import Request
    from countdown.net.fetch import Fetcher

_PACES: Final = {  # requests a minute
    "api.tvmaze.com": 90,  # It allows 20 in ten seconds.
    "api.themoviedb.org": 200,  # It allows 40 a second, and knows by the key who asks.
}
_NO: Final = ("", "0", "false", "no", "off")

Fetch = Callable[["Request"], Reply]


@contextmanager
def open_fetcher(now: Callable[[], datetime], contact: str | None) -> "Iterator[Fetcher]":
    """A fetcher that tells every server the user's *contact*, if there is one.

    *now* returns the time in UTC. Raises ValueError if *contact* can't be in a header.
    """
    from countdown.net.client import Client  # Deferred, as above.
    from countdown.net.fetch import KNOWN_PACE, UNKNOWN_PACE, Fetcher

    pace = KNOWN_PACE if contact else UNKNOWN_PACE
    with Client(now=now, contact=contact) as client:
        yield Fetcher(client, per_minute=pace, paces=_PACES)


def is_switched_off() -> bool:
    """True if COUNTDOWN_OFFLINE is set, and to nothing that means no."""
    return os.environ.get("COUNTDOWN_OFFLINE", "").strip().lower() not in _NO


def offline(_request: "Request") -> Failure:
    """The reply to every request of a user who wants no network."""
    return Failure("offline", "The network is switched off.")
