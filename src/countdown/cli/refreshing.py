"""Refreshing sources for commands: the plan, its progress, and the changes that it brought."""

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from countdown import paths
from countdown.cli import journal_queries, progress
from countdown.cli.session import Session
from countdown.cli.sources import use_configured
from countdown.config.source_settings import SourceSetting, effective_sources
from countdown.core.changes import ObservedChange
from countdown.core.source_result import SourceResult
from countdown.errors import CountdownError
from countdown.journal import observations
from countdown.journal.observations import Observation, WatchedCatalogue
from countdown.refresh import network, run
from countdown.refresh.network import Fetch
from countdown.refresh.plan import Plan, Report
from countdown.refresh.wanted import Wanted, read_wanted
from countdown.stamps import CatalogueFiles

if TYPE_CHECKING:
    from collections.abc import Iterator

_PEOPLE = ("person", "director")  # sorts of follows whose works are looked for


def state_folder() -> str:
    """The folder for what sources say. Raises CountdownError if there is none."""
    folder = paths.state_folder()
    if folder is None:
        raise CountdownError("There's no home folder for what sources say. Set HOME.")
    return folder


def utc_now() -> datetime:
    """The real time, whatever --as-of says."""
    return datetime.fromtimestamp(journal_queries.now_ns() // 1_000_000_000, UTC)


@contextmanager
def open_fetch(current: Session, *, is_offline: bool) -> "Iterator[Fetch]":
    """What sends requests in the block; a function that fails at once if the network is off."""
    if is_offline:
        yield network.offline
        return
    with network.open_fetcher(utc_now, current.settings.contact) as fetcher:
        yield fetcher.fetch


def refresh(
    current: Session,
    sources: Sequence[SourceSetting],
    *,
    is_offline: bool = False,
    only_due: bool = False,
    is_forced: bool = False,
    is_dry: bool = False,
) -> list[SourceResult]:
    """Refresh *sources*. Raises CountdownError."""
    folder = state_folder()
    since = int(utc_now().timestamp())
    people = [name for sort, name in current.follows if sort in _PEOPLE]

    def make_plan(fetch: Fetch, report: Report) -> Plan:
        wanted = read_wanted(_usual_files(), folder, utc_now().date())
        return Plan(
            *(wanted.releases, people, fetch, utc_now, report, since),
            only_due=only_due,
            is_forced=is_forced,
            is_dry=is_dry or is_offline,
            keeps_unwanted=not wanted.is_whole,
        )

    if not is_dry:
        use_configured()
    try:
        with (
            open_fetch(current, is_offline=is_offline) as fetch,
            progress.of_sources(is_accessible=current.accessible) as report,
        ):
            return run.refresh(sources, folder, lambda: make_plan(fetch, report))
    except sqlite3.Error as error:
        raise CountdownError(f"Can't remember what sources said: {error}.") from None


def refresh_one(
    current: Session, kind: str, ids: Mapping[str, str | int], fetch: Fetch
) -> list[SourceResult]:
    """Read the facts of a release of that *kind* by its *ids* at once, by *fetch*.

    Raises CountdownError.
    """
    sources = effective_sources(current.settings)
    wanted = (Wanted(kind, ids, is_own=True),)
    since = int(utc_now().timestamp())
    try:
        with progress.of_sources(is_accessible=current.accessible) as report:
            plan = Plan(wanted, (), fetch, utc_now, report, since)
            return run.refresh_one(sources, state_folder(), plan)
    except sqlite3.Error as error:
        raise CountdownError(f"Can't remember what sources said: {error}.") from None


def changes_by(
    current: Session, refresh: Callable[[], list[SourceResult]]
) -> tuple[list[SourceResult], list[ObservedChange]]:
    """The results of *refresh*, and the changes that the journal noticed by it, latest first.

    Raises CountdownError.
    """
    if not current.is_recording:
        return refresh(), []
    before = max((each.key for each in _observations(current)), default=0)
    results = refresh()
    new = [each for each in _observations(current) if each.key > before]
    return results, journal_queries.observed_changes(current, new)


def _usual_files() -> CatalogueFiles:
    """The built-in catalogue and the user's own, whatever COUNTDOWN_CATALOGUE names.

    A refresh for another one would leave out what the usual ones want.
    """
    shipped, user = paths.shipped("releases.toml"), paths.user_catalogue()
    return CatalogueFiles((shipped, user), (user,)) if user else CatalogueFiles((shipped,))


def _observations(current: Session) -> list[Observation]:
    """All observations of the journal; none if it can't be used."""

    def query(connection: sqlite3.Connection, watch: WatchedCatalogue) -> list[Observation]:
        now = journal_queries.now_ns()
        return observations.list_observations(connection, watch.scope, now=now)

    try:
        return journal_queries.query_journal(current, query)
    except CountdownError:
        return []
