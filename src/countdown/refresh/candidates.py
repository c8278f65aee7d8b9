"""Finds films and series at Wikidata, TVmaze and TMDB by the words of their titles."""

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Final, NamedTuple

from countdown.config.source_settings import BUILT_IN
from countdown.core.candidate import Candidate
from countdown.core.text import fold, is_among
from countdown.refresh import providers
from countdown.refresh.network import Fetch
from countdown.refresh.providers import ProviderError
from countdown.sources.wikidata import LANGUAGES

_WITH_YEAR: Final = re.compile(r"(.*\S)\s+\(?((?:18|19|20|21)[0-9]{2})\)?", re.ASCII)
_AT_TVMAZE: Final = ("series", "special")  # kinds that can be shows there

Search = Callable[[str], list[Candidate]]


class Found(NamedTuple):
    """The *candidates*, the best first, and a sentence on each provider that didn't answer."""

    candidates: tuple[Candidate, ...] = ()
    failures: tuple[str, ...] = ()
    is_answered: bool = True  # by one provider at least


def search(
    words: str, languages: Sequence[str], fetch: Fetch, *, sites: Collection[str] = BUILT_IN
) -> Found:
    """The films and series called *words*, at Wikidata in the first of *languages* that it takes.

    A year at the end narrows them, unless it is part of a title. Only *sites* are asked.
    """
    words, language = words.strip(), wikidata_language(languages)
    answers: list[list[Candidate]] = []
    failures: list[str] = []
    searches: dict[str, Search] = {
        "wikidata": lambda text: providers.search_wikidata(text, language, fetch),
        "tvmaze": lambda text: providers.search_tvmaze(text, fetch),
        "tmdb": lambda text: providers.search_tmdb(text, fetch),
    }
    for ask in (searches[site] for site in searches if site in sites):
        try:
            answers.append(_search_one(words, ask))
        except ProviderError as error:
            failures.append(str(error))
    joined = _narrowed(words, join(each for answer in answers for each in answer))
    return Found(_ranked(words, joined, answers), tuple(failures), is_answered=bool(answers))


def wikidata_language(languages: Sequence[str]) -> str:
    """The first of *languages* in which Wikidata is searched, else English."""
    codes = (language.lower() for language in languages)
    return next((code for code in codes if code in LANGUAGES), LANGUAGES[0])


def join(candidates: Iterable[Candidate]) -> list[Candidate]:
    """*candidates*, those that are one film or series joined: the first one's facts come first.

    They are one if they share an id at IMDb, TVmaze or TMDB, and have no other id at the same site.
    """
    joined: list[Candidate] = []
    for each in candidates:
        place = next((at for at, other in enumerate(joined) if _is_same(other, each)), None)
        if place is None:
            joined.append(each)
        else:
            joined[place] = _joined(joined[place], each)
    return joined


def _search_one(words: str, ask: Search) -> list[Candidate]:
    """What *ask* finds for *words*; if that is nothing, for those without a year at the end."""
    found, match = ask(words), _WITH_YEAR.fullmatch(words)
    return ask(match[1]) if match and not found else found


def _narrowed(words: str, candidates: Sequence[Candidate]) -> Sequence[Candidate]:
    """Those of *candidates* of the year at the end of *words*, or with it in a title, if any."""
    match = _WITH_YEAR.fullmatch(words)
    if match is None:
        return candidates
    found = [each for each in candidates if each.year == int(match[2]) or _has_words(each, words)]
    return found or candidates


def _is_same(one: Candidate, other: Candidate) -> bool:
    if one.season is not None or other.season is not None:
        return one.ids == other.ids
    if not _have_one_kind(one, other):
        return False
    ids, other_ids = dict(one.ids), dict(other.ids)
    shared = ids.keys() & other_ids.keys()
    return bool(shared) and all(ids[site] == other_ids[site] for site in shared)


def _have_one_kind(one: Candidate, other: Candidate) -> bool:
    """True if both can be the same; TVmaze doesn't tell specials from series in a search."""
    return one.kind == other.kind or {one.kind, other.kind} <= {*_AT_TVMAZE}


def _joined(one: Candidate, other: Candidate) -> Candidate:
    return one._replace(
        ids=tuple({**dict(other.ids), **dict(one.ids)}.items()),
        year=one.year or other.year,
        titles=one.titles or other.titles,
        people=one.people or other.people,
        platform=one.platform or other.platform,
    )


def _ranked(
    words: str, candidates: Sequence[Candidate], answers: Sequence[Sequence[Candidate]]
) -> tuple[Candidate, ...]:
    """*candidates*, those first whose title is *words*, then those with all of them in a title.

    Else they are as far ahead as in the answer of a provider.
    """
    match = _WITH_YEAR.fullmatch(words)
    texts = [words, match[1]] if match else [words]
    places: dict[tuple[str, str | int], int] = {}
    for answer in answers:
        for place, each in enumerate(answer):
            for id in each.ids:
                places[id] = min(place, places.get(id, place))

    def rank(candidate: Candidate) -> tuple[bool, bool, int]:
        is_called = any(is_among(candidate.names, text) for text in texts)
        has_words = any(_has_words(candidate, text) for text in texts)
        return not is_called, not has_words, min(places[id] for id in candidate.ids)

    return tuple(sorted(candidates, key=rank))


def _has_words(candidate: Candidate, text: str) -> bool:
    """True if one of its titles has all words of *text*."""
    words = {*fold(text).split()}
    return any(words <= {*fold(name).split()} for name in candidate.names)
