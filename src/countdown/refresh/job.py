"""One source that is being asked: what is wanted of it, and how its replies end the asking."""

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import datetime
from typing import Final, NamedTuple

from countdown.net.answers import Failure, NotModified, Reason
from countdown.refresh.draft import Draft
from countdown.refresh.due import DAY, HOUR
from countdown.refresh.network import Fetch
from countdown.refresh.state import EntityFailure, State
from countdown.refresh.wanted import Wanted, is_ahead
from countdown.sources.answers import BadAnswerError

_MAX_FAILURES: Final = 3  # in a row, after which the fault isn't one entity's
_OF_ONE_PAGE: Final[tuple[Reason, ...]] = (
    *("too slow", "broken", "unexpected", "too large", "not allowed"),
)
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

    *wait* is the seconds for which it wants to be left alone; then it is no failure. If it
    *may_be_one_page*, others may still be answered.
    """

    def __init__(self, why: str, wait: int | None = None, *, may_be_one_page: bool = False) -> None:
        super().__init__(why)
        self.why = why
        self.wait = wait
        self.may_be_one_page = may_be_one_page


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
    raise StoppedError(reply.message, wait, may_be_one_page=reply.reason in _OF_ONE_PAGE)


def keep_wanted(job: Job, wanted: Collection[str], works: Collection[str]) -> None:
    """Keep what is *wanted* in the draft, and nothing else.

    Of *works* of people that aren't wanted otherwise, what is still ahead stays, and its series.
    """
    for id in job.draft.ids():
        if id in wanted:
            continue
        if id not in works:
            job.draft.drop(id)
            continue
        tables = job.draft.tables(id)
        ahead = [table for table in tables if is_ahead(table, job.now.date())]
        if not ahead:
            job.draft.limit(id, [])
        else:
            job.draft.limit(id, [table for table in tables[:1] if table not in ahead] + ahead)


def read_each(
    job: Job, ids: Sequence[str], title: str, read: Callable[[str], Iterable[str]]
) -> list[str]:
    """The lines that *read* returns for each of the entities *ids*, on what it left out.

    One that the source named *title* has no usable answer for stops no other: it is asked about
    after all others then, in an hour, in two, and so on up to a day. Raises StoppedError and
    BadAnswerError if several in a row fail that didn't before, or nothing was answered.
    """
    source = job.draft.provider.name
    failed = job.state.failures(source)
    waiting = [id for id in ids if id in failed and _must_wait(failed[id], job)]
    skipped = [
        f"{title} {id.lower()}: it failed before, and is asked about later" for id in waiting
    ]
    asked = [id for id in ids if id not in {*waiting}]
    ids = sorted(asked, key=lambda each: failed[each].last if each in failed else 0)
    failures = 0
    for done, id in enumerate(ids, 1):
        job.report(done - 1, len(ids))
        try:
            skipped += read(id)
            failures = 0
            if id in failed:
                job.state.save_failure(source, id, None)
        except (BadAnswerError, StoppedError) as error:
            if isinstance(error, BadAnswerError) or error.may_be_one_page:
                times = failed[id].times + 1 if id in failed else 1
                job.state.save_failure(source, id, EntityFailure(times, job.seconds))
            failures += id not in failed
            is_source = isinstance(error, StoppedError) and not error.may_be_one_page
            is_end = done == len(ids) and not _is_any_answered(job)
            if is_source or is_end or failures >= _MAX_FAILURES:
                raise
            skipped.append(f"{title} {id.lower()}: {error}")
    return skipped


def _must_wait(failure: EntityFailure, job: Job) -> bool:
    wait = min(HOUR << min(failure.times - 1, 10), DAY)
    return not job.is_forced and 0 <= job.seconds - failure.last < wait


def _is_any_answered(job: Job) -> bool:
    return any(entity.checked == job.seconds for entity in job.draft.entities.values())


_A_MINUTE = 60  # s; what a server that says nothing else is left alone for
