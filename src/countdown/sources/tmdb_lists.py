"""TMDB's answers that are lists: of a search, a person's credits, what changed. No I/O.

What can't be read of them is left out.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final, Literal, NamedTuple

from countdown.sources import tmdb_values as values
from countdown.sources.answers import BadAnswerError, Skipped, day, items, line, mapping, number

_KINDS: Final[Mapping[str, Literal["film", "series"]]] = {"movie": "film", "tv": "series"}
_NOT_FOUND: Final = 404


class Candidate(NamedTuple):
    """A film or series that was found; *original* is its original title if that is another one.

    *day* is its first day anywhere, which can be that of a premiere; *page* is its page at TMDB.
    """

    id: int
    title: str
    year: int | None
    kind: Literal["film", "series"]
    original: str | None
    page: str
    day: date | None


class Person(NamedTuple):
    """A person who was found; *known_for* are titles, *department* is like `Acting`."""

    id: int
    name: str
    department: str | None
    known_for: tuple[str, ...]
    page: str


class Changes(NamedTuple):
    """The *ids* of what changed, on one of so many *pages*."""

    ids: tuple[int, ...]
    pages: int


def find(body: bytes) -> tuple[Candidate, ...]:
    """The film and the series that have an id elsewhere. Raises BadAnswerError."""
    answer = values.load_object(body)
    if not any(f"{section}_results" in answer for section in _KINDS):
        raise BadAnswerError("the answer isn't what TMDB's documentation says")
    found = (
        _candidate(mapping(each), section)
        for section in _KINDS
        for each in items(answer.get(f"{section}_results"))
    )
    return _distinct(found)


def search(body: bytes, section: str) -> tuple[Candidate, ...]:
    """The films (`movie`) or series (`tv`) that a search found, the best first.

    Raises BadAnswerError.
    """
    return _distinct(_candidate(each, section) for each in _results(values.load_object(body)))


def work(body: bytes, section: str) -> Candidate:
    """The film (`movie`) or series (`tv`) in *body*. Raises BadAnswerError."""
    found = _candidate(values.load_object(body), section)
    if found is None:
        raise BadAnswerError("the answer isn't about a film or series")
    return found


def people(body: bytes) -> tuple[Person, ...]:
    """The people that a search found, the best first. Raises BadAnswerError."""
    found: dict[int, Person] = {}
    for each in _results(values.load_object(body)):
        id, name = number(each.get("id")), line(each.get("name"))
        if id is not None and name is not None:
            works = map(mapping, items(each.get("known_for")))
            titles = [line(work.get("title")) or line(work.get("name")) for work in works]
            department = line(each.get("known_for_department"))
            known_for = tuple(title for title in titles if title)
            page = f"{values.PAGES}/person/{id}"
            found.setdefault(id, Person(id, name, department, known_for, page))
    return tuple(found.values())


def credits(body: bytes) -> tuple[Candidate, ...]:
    """The films and series of a person: in the cast, or as director, writer or creator.

    Appearances as themselves in series aren't among them: these are talk shows. Raises
    BadAnswerError.
    """
    answer = values.load_object(body)
    cast, crew = answer.get("cast"), answer.get("crew")
    if not isinstance(cast, list) or not isinstance(crew, list):
        raise BadAnswerError("the answer isn't a list of credits")
    played = [each for each in map(mapping, cast) if not _is_appearance(each)]
    made = [each for each in map(mapping, crew) if values.job(each)]
    return _distinct(_candidate(each, each.get("media_type")) for each in (*played, *made))


def changes(body: bytes) -> Changes:
    """A page of what changed. Raises BadAnswerError."""
    answer = values.load_object(body)
    ids = (number(each.get("id")) for each in _results(answer))
    pages = number(answer.get("total_pages")) or 1
    return Changes(tuple(dict.fromkeys(id for id in ids if id is not None)), pages)


def not_found(status: int, body: bytes) -> bool:
    """True if TMDB says that there is no such thing. The page of a proxy doesn't say that."""
    if status != _NOT_FOUND:
        return False
    try:
        values.load_object(body)
    except values.ApiError as error:
        return error.code == values.NOT_FOUND
    except BadAnswerError:
        pass
    return False


def _results(answer: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    results = answer.get("results")
    if not isinstance(results, list):
        raise BadAnswerError("the answer isn't a list")
    return [*map(mapping, results)]


def _candidate(each: Mapping[str, Any], section: object) -> Candidate | None:
    kind = _KINDS.get(section) if isinstance(section, str) else None
    key, dated = ("title", "release_date") if kind == "film" else ("name", "first_air_date")
    id, title = number(each.get("id")), line(each.get(key))
    if kind is None or id is None or title is None:
        return None
    original = line(each.get(f"original_{key}"))
    first = day(each.get(dated), "", Skipped())
    return Candidate(
        id=id,
        title=title,
        year=first.year if first else None,
        kind=kind,
        original=None if original == title else original,
        page=values.page(str(section), id),
        day=first,
    )


def _is_appearance(credit: Mapping[str, Any]) -> bool:
    return credit.get("media_type") == "tv" and values.plays_self(credit)


def _distinct(found: Iterable[Candidate | None]) -> tuple[Candidate, ...]:
    kept: dict[tuple[str, int], Candidate] = {}
    for each in found:
        if each is not None:
            kept.setdefault((each.kind, each.id), each)
    return tuple(kept.values())
