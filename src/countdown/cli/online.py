"""Asks providers of live facts for the commands that may: their candidates, and what is known."""

import sqlite3
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager

from countdown.catalogue.same_release import candidate_table, find_same, release_table
from countdown.cli import progress, refreshing
from countdown.cli.messages import warn
from countdown.cli.session import Session
from countdown.config.source_settings import PROVIDERS, effective_sources
from countdown.core import web_links
from countdown.core.candidate import Candidate
from countdown.errors import SourceError
from countdown.index.contents import all_releases
from countdown.refresh import candidates, network, tmdb
from countdown.refresh.network import Fetch


@contextmanager
def fetching(current: Session) -> Iterator[Fetch]:
    """A function that sends requests, in the block. Raises SourceError if the network is off."""
    if network.is_switched_off():
        raise SourceError("COUNTDOWN_OFFLINE is set, so no source was asked.")
    with refreshing.open_fetch(current, is_offline=False) as fetch:
        sources = {source.kind: source for source in effective_sources(current.settings)}
        yield tmdb.with_key(fetch, sources["tmdb"]) if "tmdb" in sources else fetch


def sites(current: Session) -> Collection[str]:
    """The providers that may be asked: config.toml can switch each off. Raises SourceError."""
    found = {source.kind for source in effective_sources(current.settings)}
    if found.isdisjoint(PROVIDERS):
        raise SourceError("config.toml switches off Wikidata and TVmaze, so neither was asked.")
    return found


def provider_names(current: Session, conjunction: str) -> str:
    """The names of the providers that are on: `Wikidata and TVmaze`. Raises SourceError."""
    found = sites(current)
    *names, last = [web_links.PROVIDERS[kind] for kind in PROVIDERS if kind in found]
    return f"{', '.join(names)} {conjunction} {last}" if names else last


@contextmanager
def asking(current: Session) -> Iterator[None]:
    """Show that the providers are being asked, if the block takes long. Raises SourceError."""
    with progress.of_sources(is_accessible=current.accessible) as report:
        report(provider_names(current, "and"), 0, 0)
        yield


def search(words: str, current: Session, fetch: Fetch) -> tuple[Candidate, ...]:
    """The candidates for *words*, the best first, with the releases that they are.

    A provider that doesn't answer gets a line on stderr. Raises SourceError if none does.
    """
    with asking(current):
        found = candidates.search(words, current.languages, fetch, sites=sites(current))
    if not found.is_answered:
        raise SourceError(*found.failures)
    warn(*found.failures)
    return tuple(current.ask(lambda index: with_releases(found.candidates, index)))


def with_releases(candidates: Sequence[Candidate], index: sqlite3.Connection) -> list[Candidate]:
    """*candidates* with the ids of the releases of *index* that they are."""
    tables = [*map(release_table, all_releases(index))] if candidates else []
    return [each._replace(release=find_same(candidate_table(each), tables)) for each in candidates]
