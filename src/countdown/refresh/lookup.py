"""Looks up one film or series at Wikidata, TVmaze and TMDB, by an id that it has anywhere."""

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Final

from countdown.catalogue.external_ids import Page
from countdown.config.source_settings import BUILT_IN
from countdown.core.candidate import Candidate
from countdown.core.web_links import PROVIDERS
from countdown.refresh import providers
from countdown.refresh.candidates import Found, join
from countdown.refresh.network import Fetch
from countdown.refresh.providers import ProviderError
from countdown.sources.tmdb_addresses import Section

_KINDS_AT_TMDB: Final = {"movie": "film", "tv": "series"}  # section → kind to ask Wikidata for

Question = tuple[str, Callable[[], Iterable[Candidate]]]


def look_up(page: Page, fetch: Fetch, *, sites: Collection[str] = BUILT_IN) -> Found:
    """The film or series that *page* is about; of a season of TMDB or TVmaze its series.

    Nothing is answered if none is found, but not all of *sites* that may know it have answered.
    """
    failures: list[str] = []
    for site, ask in _questions(page, fetch):
        if site not in sites and site not in BUILT_IN:
            continue  # It needs a key of the user's own.
        if site not in sites:
            failures.append(f"{PROVIDERS[site]} is switched off in config.toml.")
            continue
        try:
            found = [each for each in ask() if _is_about(page, each)]
        except ProviderError as error:
            failures.append(str(error))
            continue
        if found:
            return complete(found[0], fetch, sites=sites)
    return Found((), tuple(failures), is_answered=not failures)


def complete(candidate: Candidate, fetch: Fetch, *, sites: Collection[str] = BUILT_IN) -> Found:
    """*candidate* with the ids that the other provider knows, if that answers."""
    ids, others = dict(candidate.ids), list[Candidate]()
    try:
        if "wikidata" not in ids and "wikidata" in sites:
            kind = "film" if candidate.kind == "film" else "series"  # A special is a show, too.
            others = providers.wikidata_by_ids(ids, kind, fetch)
        elif candidate.kind == "series" and "tvmaze" not in ids and "imdb" in ids:
            show = providers.tvmaze_by_imdb(str(ids["imdb"]), fetch) if "tvmaze" in sites else None
            others = [show] if show else []
    except ProviderError as error:
        return Found((candidate,), (str(error),))
    return Found((join([candidate, *others])[0],))


def _questions(page: Page, fetch: Fetch) -> list[Question]:
    """Pairs of a provider, and how to ask it for *page*, in the order in which they are asked."""
    id = page.id
    if page.provider == "wikidata":
        return [("wikidata", lambda: providers.wikidata_items([str(id)], fetch))]
    if page.provider == "tmdb":
        kind = _KINDS_AT_TMDB[str(page.section)]
        section: Section = "movie" if kind == "film" else "tv"
        return [
            ("wikidata", lambda: providers.wikidata_by_ids({"tmdb": id}, kind, fetch)),
            ("tmdb", lambda: _optional(providers.tmdb_work(section, int(id), fetch))),
        ]
    if page.provider == "tvmaze":
        return [("tvmaze", lambda: _at_tvmaze(page, fetch))]
    return [
        ("wikidata", lambda: providers.wikidata_by_ids({"imdb": id}, "film", fetch)),
        ("tvmaze", lambda: _optional(providers.tvmaze_by_imdb(str(id), fetch))),
    ]


def _at_tvmaze(page: Page, fetch: Fetch) -> list[Candidate]:
    show: int | None = int(page.id)
    if page.section == "seasons":
        show = providers.tvmaze_show_of_season(int(page.id), fetch)
    return _optional(providers.tvmaze_show(show, fetch)) if show is not None else []


def _optional(candidate: Candidate | None) -> list[Candidate]:
    return [] if candidate is None else [candidate]


def _is_about(page: Page, candidate: Candidate) -> bool:
    """True if *candidate* has the id of *page*: Wikidata finds seasons by that of their series."""
    ids: Mapping[str, str | int] = dict(candidate.ids)
    if page.provider == "wikidata" or page.section == "seasons":
        return True
    return ids.get(page.provider) == page.id
