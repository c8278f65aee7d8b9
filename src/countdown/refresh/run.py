"""Refreshes sources one after the other: what goes wrong with one of them touches no other."""

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from countdown import files
from countdown.catalogue import source_files
from countdown.catalogue.source_files import Verdict
from countdown.config.source_settings import SourceSetting
from countdown.core.source_result import Outcome, SourceResult
from countdown.core.text import escape_hostile, sentence
from countdown.errors import CatalogueError
from countdown.net.answers import Reply
from countdown.refresh import fingerprints, people, tmdb, tvmaze, wikidata
from countdown.refresh.draft import Draft, Provider
from countdown.refresh.due import DAY, HOUR
from countdown.refresh.job import Job, StoppedError
from countdown.refresh.people import Works
from countdown.refresh.plan import Plan
from countdown.refresh.state import SourceState, State, open_state

if TYPE_CHECKING:  # It loads urllib3.
    from countdown.net.client import Request

LOCK: Final = "refresh"
STAMP: Final = "refreshed"  # a file in the state folder, of the time of the last refresh
LOCK_TIMEOUT: Final = 600.0  # s; another refresh may wait for the pace of a server
_MAX_PAUSE: Final = DAY  # after failures


class _Kind(NamedTuple):
    """A provider, and how its layer is refreshed: the *works* of people are found first."""

    provider: Provider
    works: Callable[[Job], Works]
    read: Callable[[Job, Iterable[str]], list[str]]
    drop_unwanted: Callable[[Job, Iterable[str]], None]
    secrets: Callable[[SourceSetting], Mapping[str, str]] = lambda _: {}


_PROVIDERS: Final = {
    "wikidata": _Kind(
        wikidata.PROVIDER, people.at_wikidata, wikidata.refresh, wikidata.drop_unwanted
    ),
    "tvmaze": _Kind(tvmaze.PROVIDER, people.at_tvmaze, tvmaze.refresh, tvmaze.drop_unwanted),
    "tmdb": _Kind(tmdb.PROVIDER, people.at_tmdb, tmdb.refresh, tmdb.drop_unwanted, tmdb.secrets),
}


def refresh_one(
    sources: Sequence[SourceSetting], state_folder: str, plan: Plan
) -> list[SourceResult]:
    """Read what *plan* wants at once, at those of *sources* that know films and series.

    The rest of their layers stays as it is. Raises OSError and sqlite3.Error.
    """
    known = [source for source in sources if source.kind in _PROVIDERS]
    return refresh(known, state_folder, lambda: plan._replace(is_partial=True, people=()))


def refresh(
    sources: Sequence[SourceSetting], state_folder: str, make_plan: Callable[[], Plan]
) -> list[SourceResult]:
    """Refresh *sources*, whose layers are in *state_folder*, by the plan that *make_plan* returns.

    It is called once no other refresh is running. Raises OSError and sqlite3.Error.
    """
    with files.exclusive_lock(state_folder, LOCK, timeout=LOCK_TIMEOUT):
        plan = make_plan()
        with open_state(state_folder, is_copy=plan.is_dry) as state:
            results = [_refresh(source, state_folder, state, plan) for source in sources]
        is_whole = not plan.is_dry and not plan.is_partial
        is_done = all(result.outcome == "skipped" for result in results)
        if is_whole and (is_done or any(result.is_success for result in results)):
            _set_stamp(state_folder, plan.now())
    return results


def _refresh(source: SourceSetting, folder: str, state: State, plan: Plan) -> SourceResult:
    now = plan.now()
    seconds = int(now.timestamp())
    known = state.sources().get(source.name, SourceState())
    if source.kind not in _PROVIDERS:
        here = fingerprints.where_it_is(source, known)
        if here != known:
            state.save_source(source.name, here)
        known = here
    title = _PROVIDERS[source.kind].provider.title if source.kind in _PROVIDERS else source.name
    outcome, why = _why_not_now(known, plan, seconds)
    try:
        if why:
            result = SourceResult(source.name, title, outcome, why=why, next=known.next)
            return _or_held_back(result, folder)
        plan.report(title, 0, 0)
        if source.kind in _PROVIDERS:
            result = _refresh_provider(source, folder, state, plan, now)
        else:
            from countdown.refresh import subscription  # Deferred: most users have none.

            result = subscription.refresh(source, folder, state, plan, now)
        result = result._replace(is_dry=plan.is_dry)
        result = _or_held_back(result, folder)
    except (OSError, CatalogueError) as error:
        text = str(error.strerror or error) if isinstance(error, OSError) else error.lines[0]
        result = SourceResult(source.name, title, "failed", why=escape_hostile(f"{text}."))
    result = result._replace(next=_next(result, known, seconds))
    is_whole = not plan.is_partial or not result.is_success
    if not plan.is_dry and is_whole and result.outcome != "skipped":
        _remember(result, state, seconds)
    return result


def _why_not_now(known: SourceState, plan: Plan, now: int) -> tuple[Outcome, str]:
    """What becomes of a source that isn't asked, and why; that is empty if it's asked."""
    if plan.is_forced:
        return "skipped", ""
    if known.read is not None and plan.since < known.read <= now and not known.error:
        return "skipped", "Read just now."
    is_later = known.next is not None and now < known.next <= now + _MAX_PAUSE * 30
    is_wish = bool(known.error) and known.failures == 0
    if is_later and is_wish:
        return "stopped", known.error
    return "skipped", "Not due yet." if is_later and plan.only_due else ""


def _or_held_back(result: SourceResult, folder: str) -> SourceResult:
    """*result*; if the source was skipped, what is held back of it is told. Raises OSError."""
    held = ""
    if result.outcome == "skipped":
        held = source_files.why_held(source_files.folder_in(folder), result.name)
    if not held:
        return result
    return result._replace(outcome="held back", why=sentence(held), is_dry=False)


def _refresh_provider(
    source: SourceSetting, folder: str, state: State, plan: Plan, now: datetime
) -> SourceResult:
    provider, find_works, read, drop_unwanted, secrets_of = _PROVIDERS[source.kind]
    draft = Draft(provider, source_files.folder_in(folder), state, now)
    count = 0

    @cache  # Until the first request, no command that prints a key is run.
    def secrets() -> Mapping[str, str]:
        return secrets_of(source)

    def fetch(request: "Request") -> Reply:
        nonlocal count
        count += 1
        return plan.fetch(request._replace(secrets=secrets()))

    job = Job(
        *(fetch, state, draft, plan.wanted, plan.people, now),
        lambda done, total: plan.report(provider.title, done, total),
        only_due=plan.only_due,
        is_forced=plan.is_forced,
    )
    skipped: tuple[str, ...] = ()
    stopped: StoppedError | None = None
    try:
        works = find_works(job)
        skipped = (*works.skipped, *read(job, works.ids))
        if not (plan.is_partial or plan.keeps_unwanted):
            drop_unwanted(job, works.ids)
    except StoppedError as error:
        stopped = error
    except KeyboardInterrupt:
        draft.finish(is_dry=plan.is_dry)
        raise
    verdict = draft.finish(is_dry=plan.is_dry)
    if not count:
        why = "Nothing is due yet." if draft.entities else "It knows nothing in your catalogues."
        return SourceResult(provider.name, provider.title, "skipped", skipped=skipped, why=why)
    return _result(provider, draft, verdict, stopped, skipped)


def _result(
    provider: Provider,
    draft: Draft,
    verdict: Verdict | None,
    stopped: StoppedError | None,
    skipped: tuple[str, ...],
) -> SourceResult:
    outcome: Outcome = "read" if draft.changed else "unchanged"
    why = ""
    next_time: int | None = None
    if stopped is not None:
        outcome, why = ("stopped" if stopped.wait else "failed"), stopped.why
        next_time = stopped.wait
    elif verdict is not None and verdict.outcome == "held back":
        outcome, why = "held back", sentence(verdict.why)
    kept = sum(id not in draft.read for id in draft.ids())
    return SourceResult(
        *(provider.name, provider.title, outcome, len(draft.read), len(draft.changed), kept),
        skipped=skipped,
        why=why,
        next=next_time,
    )


def _next(result: SourceResult, known: SourceState, now: int) -> int:
    """When a source is to be asked again, in POSIX seconds.

    After failures that is in an hour, then in two, and so on up to a day.
    """
    if result.outcome == "failed":
        return now + min(HOUR << min(known.failures, 10), _MAX_PAUSE)
    return now + max(result.next or HOUR, 60)


def _remember(result: SourceResult, state: State, now: int) -> None:
    known = state.sources().get(result.name, SourceState())
    failures = known.failures + 1 if result.outcome == "failed" else 0
    is_told = result.is_success or result.outcome == "held back"  # By the file that is.
    state.save_source(
        result.name,
        known._replace(
            read=now if result.is_success else known.read,
            next=result.next,
            failures=failures,
            error="" if is_told else result.why,
        ),
    )


def _set_stamp(state_folder: str, now: datetime) -> None:
    """Give the stamp in *state_folder* the time *now*; it's only for a hint."""
    path = os.path.join(state_folder, STAMP)
    with suppress(OSError):
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600))
        os.utime(path, (now.timestamp(), now.timestamp()))
