"""TVmaze's answers that are lists: of a search, a person's credits, what changed. No I/O.

What can't be read of them is left out.
"""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final, NamedTuple

from countdown.sources import tvmaze_values as values
from countdown.sources.answers import (
    BadAnswerError,
    Skipped,
    day,
    items,
    line,
    load,
    mapping,
    number,
)

_NOT_FOUND: Final = 404
_MAX_ALIASES: Final = 100  # more than any show has
_SHOWS: Final = ("https://api.tvmaze.com/shows/", "http://api.tvmaze.com/shows/")


class Candidate(NamedTuple):
    """A show that was found; *network* names who shows it first, *page* is its page at TVmaze."""

    id: int
    title: str
    year: int | None
    kind: str
    network: str | None
    imdb: str | None
    page: str


class Person(NamedTuple):
    """A person who was found; *country* is the English name of where they are from."""

    id: int
    name: str
    born: int | None
    country: str | None
    page: str


def candidates(body: bytes) -> tuple[Candidate, ...]:
    """The shows that a search found, the best first, or the one that was looked up by an id.

    Raises BadAnswerError if *body* is neither.
    """
    answer = load(body)
    looked_up = isinstance(answer, dict)
    shows = [answer] if looked_up else [mapping(each).get("show") for each in _listed(answer)]
    found = (_candidate(mapping(show)) for show in shows)
    return tuple({each.id: each for each in found if each is not None}.values())


def people(body: bytes) -> tuple[Person, ...]:
    """The people that a search found, the best first. Raises BadAnswerError."""
    found: dict[int, Person] = {}
    for each in _listed(load(body)):
        person = mapping(mapping(each).get("person"))
        id, name = number(person.get("id")), line(person.get("name"))
        if id is not None and name is not None:
            born = _year(person.get("birthday"))
            country = line(mapping(person.get("country")).get("name"))
            address = values.page("people", id, person.get("url"))
            found.setdefault(id, Person(id, name, born, country, address))
    return tuple(found.values())


def credits(body: bytes) -> tuple[int, ...]:
    """The ids of the shows in whose main cast a person is. Raises BadAnswerError."""
    found = (_show_of(mapping(each)) for each in _listed(load(body)))
    return tuple(dict.fromkeys(id for id in found if id is not None))


def show_of_episodes(body: bytes) -> int | None:
    """The id of the show that has the episodes, if one of them says so. Raises BadAnswerError."""
    found = (_show_of(mapping(each)) for each in _listed(load(body)))
    return next((id for id in found if id is not None), None)


def credits_ahead(body: bytes) -> tuple[int, ...]:
    """Those of `credits` whose shows aren't known to have ended. Raises BadAnswerError."""
    ended = {
        number(show.get("id"))
        for each in _listed(load(body))
        if (show := mapping(mapping(mapping(each).get("_embedded")).get("show"))).get("status")
        == "Ended"
    }
    return tuple(id for id in credits(body) if id not in ended)


def changed(body: bytes) -> dict[int, datetime]:
    """The ids of the shows that changed, each with the moment of it. Raises BadAnswerError."""
    answer = load(body)
    if not isinstance(answer, dict) and answer != []:  # PHP writes nothing as an empty list.
        raise BadAnswerError("the answer isn't a table of changes")
    found: dict[int, datetime] = {}
    for key, seconds in mapping(answer).items():
        id, moment = _number_in(key), values.moment_of(seconds)
        if id is not None and moment is not None:
            found[id] = moment
    return found


def aliases(body: bytes) -> tuple[str, ...]:
    """The other titles of a show. Raises BadAnswerError."""
    names = (line(mapping(each).get("name")) for each in _listed(load(body)))
    return tuple(dict.fromkeys(name for name in names if name))[:_MAX_ALIASES]


def not_found(status: int, body: bytes) -> bool:
    """True if TVmaze says that there is no such thing: with a table that says so, or with nothing.

    The page of a proxy doesn't say that.
    """
    if status != _NOT_FOUND:
        return False
    if not body.strip():
        return True
    try:
        answer = load(body)
    except BadAnswerError:
        return False
    return answer is None or mapping(answer).get("status") == _NOT_FOUND


def _candidate(show: Mapping[str, Any]) -> Candidate | None:
    id, title = number(show.get("id")), line(show.get("name"))
    if id is None or title is None:
        return None
    unread: Skipped = Counter()
    channel = values.channel(show, unread) or values.Channel()
    return Candidate(
        id,
        title,
        _year(show.get("premiered")),
        "series",
        channel.names[0] if channel.names else None,
        values.imdb_id(show, unread),
        values.page("shows", id, show.get("url")),
    )


def _show_of(part: Mapping[str, Any]) -> int | None:
    """The id of the show of a credit or episode, from the show itself or from the link to it."""
    id = number(mapping(mapping(part.get("_embedded")).get("show")).get("id"))
    if id is not None:
        return id
    link = mapping(mapping(part.get("_links")).get("show")).get("href")
    if not isinstance(link, str) or not link.startswith(_SHOWS):
        return None
    return _number_in(link.rpartition("/")[2])


def _year(value: object) -> int | None:
    on = day(value, "", Counter())
    return on.year if on else None


def _number_in(digits: str) -> int | None:
    """The number that *digits* are, if they are one."""
    is_number = digits.isascii() and digits.isdecimal() and len(digits) < 19
    return number(int(digits)) if is_number else None


def _listed(answer: object) -> list[Any]:
    if not isinstance(answer, list):
        raise BadAnswerError("the answer isn't a list")
    return [*items(answer)]
