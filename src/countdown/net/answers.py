"""What comes back from the network: an answer, the news that nothing changed, or a failure."""

from typing import Final, Literal, NamedTuple

# Why nothing came back, for users and for what happens next: only some go away by themselves.
Reason = Literal[
    "offline",  # nothing could be reached: no name, no route, no listener
    "too slow",  # no whole answer within the deadline
    "not secure",  # TLS failed
    "refused",  # 401 and 403: a key is missing or wrong
    "not found",  # 404 and 410
    "too many requests",  # 408 and 429
    "broken",  # 5xx, and answers that HTTP doesn't allow
    "unexpected",  # an answer that is none to a GET: 204, 300, 400 …
    "too large",
    "not allowed",  # an address that isn't asked: its scheme, a private network, redirects
]
PASSING: Final[tuple[Reason, ...]] = ("offline", "too slow", "too many requests", "broken")


class Answer(NamedTuple):
    """A whole answer: its *body*, unpacked, and what a later request can be compared with.

    *url* is where it came from after redirects; like the request's, it can hold a key. *etag* and
    *modified* are as the server wrote them, unless they could drive a terminal.
    """

    url: str
    body: bytes
    content_type: str = ""
    etag: str | None = None
    modified: str | None = None  # Last-Modified
    max_age: int | None = None  # seconds for which the server says that it stays the same


class NotModified(NamedTuple):
    """Nothing changed since the answer with the *etag* or the day *modified*."""

    url: str
    etag: str | None = None
    modified: str | None = None
    max_age: int | None = None


class Failure(NamedTuple):
    """Nothing usable came back. *message* is for users, without any secret of the address.

    *retry_after* is the number of seconds that the server wants to be left alone, if it says so.
    """

    reason: Reason
    message: str
    status: int | None = None
    retry_after: int | None = None

    @property
    def passes(self) -> bool:
        """True if the same request may well succeed later."""
        return self.reason in PASSING


Reply = Answer | NotModified | Failure
