"""What TMDB is asked: the address of each question, and the header with the key. No I/O.

TMDB learns these: ids of films, series and people, and the words of a search.
"""

import re
from datetime import date, timedelta
from typing import Final, Literal
from urllib.parse import quote, urlencode

API: Final = "https://api.themoviedb.org"
MAX_DAYS: Final = 14  # that one question about changes may span
MAX_PAGE: Final = 500
_OF_A_FILM: Final = "release_dates,credits,external_ids,alternative_titles,translations,changes"
_OF_A_SERIES: Final = "credits,external_ids,alternative_titles,translations,changes"
_TOKEN: Final = re.compile(r"[A-Za-z0-9._~+/-]+=*", re.ASCII)  # RFC 6750, 2.1
_SHORT_KEY: Final = re.compile(r"[0-9a-f]{32}", re.ASCII)

Section = Literal["movie", "tv"]  # TMDB numbers films and series separately.


def film(id: int, today: date) -> str:
    """The address of a film with its dates, cast and titles, as `tmdb.film` reads them.

    With them comes what changed in the two weeks until *today*.
    """
    return _address(f"/movie/{id}", append_to_response=_OF_A_FILM, **_two_weeks(today))


def series(id: int, today: date) -> str:
    """The address of a series with its seasons, cast and titles, as `tmdb.series` reads them.

    With them comes what changed in the two weeks until *today*.
    """
    return _address(f"/tv/{id}", append_to_response=_OF_A_SERIES, **_two_weeks(today))


def work(section: Section, id: int) -> str:
    """The address of a film or series alone, as `tmdb_lists.work` reads it."""
    return _address(f"/{section}/{id}", language="en-US")


def find(imdb: str) -> str:
    """The address of the film or series with the id *imdb* at IMDb."""
    id = quote(imdb, safe="", errors="replace")
    return _address(f"/find/{id}", external_source="imdb_id", language="en-US")


def search(section: Section, words: str) -> str:
    """The address of the films, or the series, with titles like *words*."""
    return _address(f"/search/{section}", query=words, include_adult="false", language="en-US")


def people(name: str) -> str:
    """The address of the people with names like *name*."""
    return _address("/search/person", query=name, include_adult="false", language="en-US")


def credits(person: int) -> str:
    """The address of the films and series that a person is credited for."""
    return _address(f"/person/{person}/combined_credits", language="en-US")


def changed(section: Section, since: date, until: date, page: int = 1) -> str:
    """The address of a *page* of the ids of films, or series, that changed from *since* to *until*.

    Raises ValueError for more days or pages than TMDB tells about.
    """
    if not 0 <= (until - since).days <= MAX_DAYS or not 1 <= page <= MAX_PAGE:
        raise ValueError(f"TMDB tells what changed in {MAX_DAYS} days, on {MAX_PAGE} pages")
    return _address(f"/{section}/changes", **_span(since, until), page=str(page))


def authorization(key: str) -> tuple[str, str]:
    """The header with the *key*, which no address has. It's secret.

    Raises ValueError, in words for users that don't repeat the key, if that can't be one.
    """
    if _SHORT_KEY.fullmatch(key):
        raise ValueError(
            "that's the short API key of TMDB; copy the longer API Read Access Token below it"
        )
    if not _TOKEN.fullmatch(key):
        raise ValueError("that isn't a key of TMDB; copy its API Read Access Token")
    return "Authorization", f"Bearer {key}"


def _two_weeks(today: date) -> dict[str, str]:
    return {"language": "en-US", **_span(today - timedelta(days=MAX_DAYS), today)}


def _span(since: date, until: date) -> dict[str, str]:
    return {"start_date": since.isoformat(), "end_date": until.isoformat()}


def _address(path: str, **query: str) -> str:
    # Words from a command line can have bytes that are no text: "replace" makes them "?".
    return f"{API}/3{path}?{urlencode(query, errors='replace')}"
