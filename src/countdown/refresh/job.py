"""One source that is being asked: what is wanted of it, and how its replies end the asking."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import NamedTuple

from countdown.net.answers import Failure, NotModified
from countdown.refresh.draft import Draft
from countdown.refresh.network import Fetch
from countdown.refresh.state import State
from countdown.refresh.wanted import Wanted

Report = Callable[[int, int], None]  # steps done, all steps


class Job(NamedTuple):
    """The asking of one provider for what is *wanted*, and for the works of *people*.

    With *only_due*, what isn't due isn't asked for; if it *is_forced*, everything is read again.
    """

    fetch: Fetch
    state: State
    draft: Draft
    wanted: Sequence[Wanted]
    people: Sequence[str]
    now: datetime
    report: Report
    only_due: bool = False
    is_forced: bool = False

    @property
    def seconds(self) -> int:
        """Now in POSIX seconds."""
        return int(self.now.timestamp())


class StoppedError(Exception):
    """A source that isn't asked any further for now. Its text says why, for users.

    *wait* is the seconds for which it wants to be left alone; then it is no failure.
    """

    def __init__(self, why: str, wait: int | None = None) -> None:
        super().__init__(why)
        self.why = why
        self.wait = wait


def ask(job: Job, url: str) -> bytes | None:
    """The body of the answer of *url*; None if there is no such page. Raises StoppedError."""
    from countdown.net.client import Request  # Deferred: it loads urllib3.

    reply = job.fetch(Request(url))
    if isinstance(reply, NotModified):  # Nothing was asked for that could be compared.
        raise StoppedError("The answer is broken.")
    if not isinstance(reply, Failure):
        return reply.body
    if reply.reason == "not found":
        return None
    wait = reply.retry_after or _A_MINUTE if reply.reason == "too many requests" else None
    raise StoppedError(reply.message, wait)


_A_MINUTE = 60  # s; what a server that says nothing else is left alone for
