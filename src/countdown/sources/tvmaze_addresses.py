"""What TVmaze is asked: the address of each question. No I/O.

TVmaze learns these: ids of shows and people, and the words of a search.
"""

from typing import Final, Literal
from urllib.parse import urlencode

_API: Final = "https://api.tvmaze.com"
_OF_A_SHOW: Final = ("seasons", "cast", "episodes", "nextepisode")

Span = Literal["day", "week", "month"]


def show(id: int) -> str:
    """The address of a show with its seasons, cast and episodes, as `tvmaze.show` reads them."""
    return _address(f"/shows/{id}", *(("embed[]", part) for part in _OF_A_SHOW))


def season(id: int) -> str:
    """The address of the episodes of a season, which have links to their show."""
    return _address(f"/seasons/{id}/episodes")


def alternative_titles(id: int) -> str:
    """The address of the other titles of a show."""
    return _address(f"/shows/{id}/akas")


def search(words: str) -> str:
    """The address of the shows whose titles are like *words*."""
    return _address("/search/shows", ("q", words))


def by_imdb(id: str) -> str:
    """The address of the show with that *id* at IMDb; TVmaze redirects from it to the show."""
    return _address("/lookup/shows", ("imdb", id))


def changed(since: Span) -> str:
    """The address of the ids of shows that changed within the last day, week or month."""
    return _address("/updates/shows", ("since", since))


def people(name: str) -> str:
    """The address of the people whose names are like *name*."""
    return _address("/search/people", ("q", name))


def cast_credits(id: int) -> str:
    """The address of the shows in whose main cast a person is."""
    return _address(f"/people/{id}/castcredits", ("embed", "show"))


def _address(path: str, *query: tuple[str, str]) -> str:
    # Words from a command line can have bytes that are no text: "replace" makes them "?".
    encoded = urlencode(query, errors="replace")
    return f"{_API}{path}?{encoded}" if encoded else f"{_API}{path}"
