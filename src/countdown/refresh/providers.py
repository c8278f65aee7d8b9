"""Single questions to Wikidata, TVmaze and TMDB, whose answers are candidates.

Each function raises ProviderError, whose text is for users, if no usable answer comes.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from itertools import chain, zip_longest
from typing import Final, NoReturn, TypeVar

from countdown.core.candidate import Candidate
from countdown.core.web_links import PROVIDERS
from countdown.net.answers import Answer, Failure
from countdown.net.client import Request
from countdown.refresh.network import Fetch
from countdown.sources import (
    tmdb_addresses,
    tmdb_lists,
    tvmaze,
    tvmaze_addresses,
    tvmaze_lists,
    wikidata,
    wikidata_candidates,
    wikidata_entities,
)
from countdown.sources.answers import BadAnswerError
from countdown.sources.tmdb_addresses import Section

Value = TypeVar("Value")

MAX_SEARCHED: Final = 20  # items of Wikidata that are read for a search: most aren't films
_MAX_SHOWS: Final = 50  # of TVmaze; it finds ten


class ProviderError(Exception):
    """No usable answer came from *provider*; *is_missing* if it says that there's no such thing."""

    def __init__(self, provider: str, why: str, *, is_missing: bool = False) -> None:
        super().__init__(f"No answer from {PROVIDERS[provider]}: {why.rstrip('.')}.")
        self.is_missing = is_missing


def search_wikidata(words: str, language: str, fetch: Fetch) -> list[Candidate]:
    """The films and series with names like *words*, the best first."""
    url = wikidata.search_url(words, language, limit=MAX_SEARCHED)
    hits = _read("wikidata", url, wikidata.candidates, fetch)
    items = [*dict.fromkeys(hit.item for hit in hits)][:MAX_SEARCHED]
    return wikidata_items(items, fetch)


def wikidata_items(items: Sequence[str], fetch: Fetch) -> list[Candidate]:
    """Those of *items*, at most 50, that are films or series, in that order."""
    if not items:
        return []
    body = _body("wikidata", wikidata.entities_url(items), fetch)
    needed = _understood("wikidata", lambda: wikidata_candidates.needed_names(body))
    names: Mapping[str, str] = {}
    if needed:
        url = wikidata.labels_url(needed)
        names = _read("wikidata", url, wikidata_entities.labels, fetch)
    found = _understood("wikidata", lambda: wikidata_candidates.candidates(body, names))
    places = {item: place for place, item in enumerate(items)}
    # An item that was merged into another one has that one's id.
    return sorted(found, key=lambda each: places.get(each.track_id, len(places)))


def wikidata_by_ids(ids: Mapping[str, str | int], kind: str, fetch: Fetch) -> list[Candidate]:
    """The films and series of Wikidata with any of *ids* at IMDb, TMDB or TVmaze."""
    url = wikidata.known_by_url(ids, kind)
    found = _read("wikidata", url, wikidata.found_items, fetch)
    return wikidata_items(found[:MAX_SEARCHED], fetch)


def search_tvmaze(words: str, fetch: Fetch) -> list[Candidate]:
    """The series with titles like *words*, the best first."""
    shows = _read("tvmaze", tvmaze_addresses.search(words), tvmaze_lists.candidates, fetch)
    return [_from_tvmaze(show) for show in shows[:_MAX_SHOWS]]


def tvmaze_by_imdb(id: str, fetch: Fetch) -> Candidate | None:
    """The series with that *id* at IMDb, if TVmaze knows it."""
    try:
        shows = _read("tvmaze", tvmaze_addresses.by_imdb(id), tvmaze_lists.candidates, fetch)
    except ProviderError as error:
        if error.is_missing:
            return None
        raise
    return _from_tvmaze(shows[0]) if shows else None


def tvmaze_show(id: int, fetch: Fetch) -> Candidate | None:
    """The series or special with that *id* at TVmaze, if there is one."""
    try:
        body = _body("tvmaze", tvmaze_addresses.show(id), fetch)
    except ProviderError as error:
        if error.is_missing:
            return None
        raise
    whole = _understood("tvmaze", lambda: tvmaze.show(body)).tables[0]
    shows = _understood("tvmaze", lambda: tvmaze_lists.candidates(body))
    return _from_tvmaze(shows[0])._replace(kind=whole["kind"])


def tvmaze_show_of_season(id: int, fetch: Fetch) -> int | None:
    """The id of the show whose season has that *id*, if TVmaze says so: without episodes not."""
    try:
        return _read("tvmaze", tvmaze_addresses.season(id), tvmaze_lists.show_of_episodes, fetch)
    except ProviderError as error:
        if error.is_missing:
            return None
        raise


def search_tmdb(words: str, fetch: Fetch) -> list[Candidate]:
    """The films and series with titles like *words*, the best of both first."""
    sections: tuple[Section, ...] = ("movie", "tv")
    found = [
        _read(
            "tmdb",
            tmdb_addresses.search(section, words),
            partial(tmdb_lists.search, section=section),
            fetch,
        )
        for section in sections
    ]
    return [_from_tmdb(each) for each in chain.from_iterable(zip_longest(*found)) if each]


def tmdb_work(section: Section, id: int, fetch: Fetch) -> Candidate | None:
    """The film or series with that *id* at TMDB, if there is one."""
    try:
        url = tmdb_addresses.work(section, id)
        return _from_tmdb(_read("tmdb", url, partial(tmdb_lists.work, section=section), fetch))
    except ProviderError as error:
        if error.is_missing:
            return None
        raise


def _from_tmdb(found: tmdb_lists.Candidate) -> Candidate:
    return Candidate(found.title, found.kind, (("tmdb", found.id),), year=found.year)


def _from_tvmaze(show: tvmaze_lists.Candidate) -> Candidate:
    ids: tuple[tuple[str, str | int], ...] = (("tvmaze", show.id),)
    return Candidate(
        show.title,
        show.kind,
        (*ids, ("imdb", show.imdb)) if show.imdb else ids,
        year=show.year,
        platform=(show.network,) if show.network else (),
    )


def _read(provider: str, url: str, read: Callable[[bytes], Value], fetch: Fetch) -> Value:
    body = _body(provider, url, fetch)
    return _understood(provider, lambda: read(body))


def _understood(provider: str, read: Callable[[], Value]) -> Value:
    """What *read* returns. Raises ProviderError if the answer isn't what *provider* documents."""
    try:
        return read()
    except wikidata.ApiError as error:
        if error.code in wikidata.BUSY:
            _fail(provider, "it is busy; try again in a minute")
        _fail(provider, str(error))
    except BadAnswerError as error:
        _fail(provider, str(error))


def _fail(provider: str, why: str) -> NoReturn:
    raise ProviderError(provider, why) from None


def _body(provider: str, url: str, fetch: Fetch) -> bytes:
    reply = fetch(Request(url))
    if isinstance(reply, Answer):
        return reply.body
    if isinstance(reply, Failure):
        raise ProviderError(provider, reply.message, is_missing=reply.reason == "not found")
    raise ProviderError(provider, "it says that nothing changed")  # Nobody asked for that.
