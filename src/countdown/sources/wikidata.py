"""Wikidata: what to ask its Action API, and what short answers say. No I/O.

Its facts are CC0. See https://www.wikidata.org/w/api.php?action=help.
"""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple
from urllib.parse import urlencode

from countdown.sources.answers import BadAnswerError, items, line, load, mapping
from countdown.sources.wikidata_statements import is_item

MAX_ITEMS: Final = 50  # that one call may ask for
MAX_SEARCHED_IDS: Final = 15  # for a search, whose text may have 300 characters
LANGUAGES: Final = ("en", "mul", "de", "es", "fr", "pt", "pt-br")
BUSY: Final = ("maxlag", "ratelimited")  # codes of errors after which a later call may succeed
CAST: Final = "P161"  # the property for members of the cast
WORK_PROPERTIES: Final = (CAST, "P57", "P170", "P58")  # and director, creator, writer
_MAX_WORKS: Final = 500  # of one person: as many as a search may return
_API: Final = "https://www.wikidata.org/w/api.php"
PAGE: Final = "https://www.wikidata.org/wiki/"
_MAX_LAG: Final = 5  # seconds; a server that is further behind wants to be left alone


class ApiError(BadAnswerError):
    """An error that the API tells in an answer of status 200; *code* is its own word for it."""

    def __init__(self, code: str) -> None:
        super().__init__(f"Wikidata says: {code}")
        self.code = code


class Candidate(NamedTuple):
    """An item that a search found, with what tells it from others."""

    item: str
    label: str
    description: str


def entities_url(ids: Sequence[str]) -> str:
    """The address of up to 50 items with their statements."""
    return _url(
        action="wbgetentities",
        ids="|".join(ids),
        props="info|labels|claims",
        languages="|".join(LANGUAGES),
    )


def labels_url(ids: Sequence[str]) -> str:
    """The address of the names of up to 50 items."""
    return _url(
        action="wbgetentities",
        ids="|".join(ids),
        props="labels",
        languages="|".join(LANGUAGES[:2]),
        languagefallback="1",
    )


def revisions_url(ids: Sequence[str]) -> str:
    """The address of the last revisions of up to 50 items: what changed is asked first."""
    return _url(action="query", prop="info", titles="|".join(ids))


def works_url(person: str) -> str:
    """The address of the items whose cast, director, creator or writer *person* is."""
    terms = "|".join(f"{property}={person}" for property in WORK_PROPERTIES)
    return _search_url(f"haswbstatement:{terms}", limit=_MAX_WORKS)


def known_by_url(ids: Mapping[str, str | int], kind: str) -> str:
    """The address of the items with any of *ids*, by site. Raises ValueError if none is known."""
    properties = {**id_properties(kind), "imdb": "P345"}
    terms = [f"{properties[site]}={id}" for site, id in ids.items() if site in properties]
    if not terms:
        raise ValueError("Wikidata knows none of these ids")
    return _search_url("haswbstatement:" + "|".join(terms[:MAX_SEARCHED_IDS]))


def known_by_any_url(ids: Sequence[tuple[str, str | int]], kind: str) -> str:
    """The address of the items with any of at most 15 *ids*, pairs of a site and an id there."""
    properties = {**id_properties(kind), "imdb": "P345"}
    terms = [f"{properties[site]}={id}" for site, id in ids]
    return _search_url("haswbstatement:" + "|".join(terms))


def search_url(words: str, language: str = "en", *, limit: int = 10) -> str:
    """The address of at most *limit* items, up to 50, with names in *language* like *words*."""
    return _url(
        action="wbsearchentities",
        search=words,
        language=language,
        type="item",
        limit=str(limit),
    )


def _search_url(text: str, limit: int = 50) -> str:
    return _url(
        action="query",
        list="search",
        srsearch=text,
        srnamespace="0",
        srlimit=str(limit),
        srprop="",
    )


def _url(**parameters: str) -> str:
    always = {"format": "json", "formatversion": "2", "maxlag": str(_MAX_LAG)}
    return f"{_API}?{urlencode({**parameters, **always}, errors='replace')}"


def revisions(body: bytes) -> dict[str, int]:
    """The number of the last revision of each item in an answer to `revisions_url`."""
    pages = items(mapping(load_object(body, "query")).get("pages"))
    found = {}
    for page in map(mapping, pages):
        item, revision = page.get("title"), page.get("lastrevid")
        if is_item(item) and type(revision) is int:
            found[item] = revision
    return found


def found_items(body: bytes) -> list[str]:
    """The items in an answer to `works_url` or `known_by_url`."""
    hits = items(mapping(load_object(body, "query")).get("search"))
    return [*dict.fromkeys(hit["title"] for hit in map(mapping, hits) if is_item(hit.get("title")))]


def candidates(body: bytes) -> list[Candidate]:
    """The items in an answer to `search_url`; what they are is only in their description."""
    answers = []
    for hit in map(mapping, items(load_object(body, "search"))):
        item, label = hit.get("id"), line(hit.get("label"))
        if is_item(item) and label:
            answers.append(Candidate(item, label, line(hit.get("description")) or ""))
    return answers


def id_properties(kind: str) -> dict[str, str]:
    """The properties for the ids of other sites that such a release has."""
    if kind in ("series", "season"):
        return {"tmdb": "P4983", "tvmaze": "P8600"}
    return {"tmdb": "P4947"}


def load_object(body: bytes, name: str) -> object:
    """What *body* holds under *name*. Raises ApiError, and BadAnswerError if it holds no such."""
    value = mapping(load(body))
    errors = [value.get("error"), *items(value.get("errors"))]
    codes = [line(mapping(error).get("code")) or "an unknown error" for error in errors if error]
    if codes:
        raise ApiError(codes[0])
    if name not in value:
        raise BadAnswerError("the answer isn't what Wikidata's documentation says")
    return value[name]
