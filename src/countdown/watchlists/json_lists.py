"""Lists in JSON (RFC 8259): of Trakt, Simkl, Radarr and Sonarr, told apart by their keys.

Trakt's rows have a `movie` or `show` with `ids`, as in its API's documentation. Simkl's backup has
the lists `movies`, `shows` and `anime`, whose rows have a `status`. Radarr's and Sonarr's are the
answers of `/api/v3/movie` and `/api/v3/series`, as Flexget's tests recorded them. The document of
`countdown export json` has `schema` and `releases`.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, NamedTuple

from countdown.sources.answers import items, line, mapping
from countdown.watchlists.wanted import (
    Ids,
    Kind,
    ListError,
    Wanted,
    Watchlist,
    exported,
    imdb,
    number,
    watchlist,
    year,
)

_Table = dict[str, Any]
_KINDS: Final[dict[str, Kind]] = {"movie": "film", "show": "series", "anime": "series"}
_SIMKL_LISTS: Final = ("movies", "shows", "anime")
_SIMKL_WANTED: Final = ("plantowatch", "watching", "hold")
_DEEPEST: Final = 20  # levels of lists and tables


class _Form(NamedTuple):
    """A list of a program: what tells it, what would be right, and what reads it."""

    of: str
    is_it: Callable[[Any], bool]
    right: str
    read: Callable[[Any], Iterator[Wanted | str]]


def read(text: str, of: str | None) -> Watchlist:
    """The list in *text*, of the program *of* or of that which its keys tell. Raises ListError."""
    try:
        data = json.loads(text, parse_int=_integer)
    except json.JSONDecodeError as error:
        raise ListError(f"this isn't JSON: {error.msg}", error.lineno) from None
    except RecursionError:
        raise ListError("its lists are nested too deep for any export") from None
    forms = [form for form in _FORMS if of in (None, form.of)]
    for form in forms:
        if form.is_it(data):
            return watchlist(form.of, form.read(data))
    right = "; or ".join(form.right for form in forms)
    raise ListError(f"this isn't a list that can be read. It would be: {right}")


def _integer(digits: str) -> int:
    """The number of *digits*; 0 for one that is longer than any id, which Python may refuse."""
    return int(digits) if len(digits) <= _DEEPEST else 0


def _rows(value: object) -> list[_Table]:
    """The tables in the list *value*; empty if it is none."""
    return [row for row in items(value) if isinstance(row, dict)]


def _all_have(*keys: str) -> Callable[[Any], bool]:
    """Whether a list has rows, and all of them have *keys*."""

    def check(data: object) -> bool:
        rows = _rows(data)
        return bool(rows) and all(key in row for row in rows for key in keys)

    return check


def _is_trakt(data: object) -> bool:
    rows = _rows(data)
    return bool(rows) and all(isinstance(_trakt_table(row), dict) for row in rows)


def _trakt_table(row: _Table) -> object:
    return next((row[key] for key in ("movie", "show", "person") if key in row), None)


def _trakt(data: object) -> Iterator[Wanted | str]:
    for row in _rows(data):
        for key, kind in _KINDS.items():
            if isinstance(row.get(key), dict):
                yield _with_ids(row[key], kind)
                break
        else:
            yield "neither a film nor a series"


def _is_simkl(data: object) -> bool:
    return isinstance(data, dict) and any(isinstance(data.get(key), list) for key in _SIMKL_LISTS)


def _simkl(data: _Table) -> Iterator[Wanted | str]:
    for key in _SIMKL_LISTS:
        for row in _rows(data.get(key)):
            status = row.get("status", "plantowatch")
            if status not in _SIMKL_WANTED:
                yield line(status) or "of an unknown status"
                continue
            name = "movie" if key == "movies" else "show"
            about = row.get(name, row.get("anime"))
            yield _with_ids(mapping(about), _KINDS[name])


def _is_exported(data: object) -> bool:
    return isinstance(data, dict) and "schema" in data and isinstance(data.get("releases"), list)


def _exported(data: _Table) -> Iterator[Wanted]:
    for row in _rows(data["releases"]):
        title, first = row.get("title"), mapping(row.get("date")).get("earliest", "")
        title = title if isinstance(title, str) else ""
        yield exported(title, row.get("kind"), first, mapping(row.get("ids")))


def _with_ids(about: Mapping[str, Any], kind: Kind) -> Wanted:
    """A film or series as Trakt and Simkl write it; Simkl's numbers are texts."""
    ids = mapping(about.get("ids"))
    tmdb = ids.get("tmdb")
    if isinstance(tmdb, str) and tmdb.isascii() and tmdb.isdigit():
        tmdb = _integer(tmdb)
    found = (*imdb(ids.get("imdb", "")), *number("tmdb", tmdb))
    return _wanted(about, kind, found)


def _arr(kind: Kind) -> Callable[[Any], Iterator[Wanted | str]]:
    def rows(data: object) -> Iterator[Wanted | str]:
        for row in _rows(data):
            if row.get("monitored") is False:
                yield "not monitored"
                continue
            ids = (
                *imdb(row.get("imdbId", "")),
                *number("tmdb", row.get("tmdbId")),
                *(number("tvmaze", row.get("tvMazeId")) if kind == "series" else ()),
            )
            yield _wanted(row, kind, ids)

    return rows


def _wanted(row: Mapping[str, Any], kind: Kind, ids: Ids) -> Wanted:
    title = row.get("title")
    return Wanted(title if isinstance(title, str) else "", year(row.get("year", "")), kind, ids)


_FORMS: Final = (
    _Form(
        "countdown",
        _is_exported,
        'the document of countdown export json, with "releases"',
        _exported,
    ),
    _Form("trakt", _is_trakt, 'rows with "movie" or "show", as Trakt has them', _trakt),
    _Form("simkl", _is_simkl, 'the lists "movies", "shows" and "anime" of Simkl', _simkl),
    _Form(
        "sonarr",
        _all_have("title", "tvdbId"),
        'rows with "title" and "tvdbId", as Sonarr has them',
        _arr("series"),
    ),
    _Form(
        "radarr",
        _all_have("title", "tmdbId"),
        'rows with "title" and "tmdbId", as Radarr has them',
        _arr("film"),
    ),
)
PROGRAMS: Final = tuple(form.of for form in _FORMS)
