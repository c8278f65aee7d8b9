"""Lists in CSV (RFC 4180): of Letterboxd, IMDb and TV Time, told apart by their headings.

The headings are those that importers are tested with. Letterboxd's `Date, Name, Year, Letterboxd
URI` stand on letterboxd.com/about/importing-data, IMDb's `Position, Const, …` and those of TV
Time's `followed_tv_show.csv` and `tracking-prod-records.csv` in the tests of several importers.
`title, kind, …, id` are those of `countdown export csv`.
"""

import csv
import io
from collections.abc import Callable, Iterator, Mapping
from typing import Final, NamedTuple

from countdown.sources.answers import line
from countdown.watchlists.wanted import (
    Kind,
    ListError,
    Wanted,
    Watchlist,
    exported,
    imdb,
    watchlist,
    without_year,
    year,
)

_Row = Mapping[str, str]
_IMDB_KINDS: Final[dict[str, Kind]] = {
    "movie": "film",
    "tvmovie": "film",
    "short": "film",
    "tvshort": "film",
    "video": "film",
    "tvspecial": "film",
    "tvseries": "series",
    "tvminiseries": "series",
}
_MAX_DIGITS: Final = 12  # of an id
_WANTED_FILMS: Final = ("towatch", "follow")  # types of TV Time's records


class _Form(NamedTuple):
    """A list of a program: the *headings* that it has at least, and what reads its rows."""

    of: str
    headings: tuple[str, ...]
    read: Callable[[Iterator[_Row]], Iterator[Wanted | str]]


def read(text: str, of: str | None) -> Watchlist:
    """The list in *text*, of the program *of* or of the one that its headings tell.

    Raises ListError.
    """
    rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        headings = [heading.strip().lower() for heading in next(rows, [])]
        form = _form(headings, of)
        return watchlist(form.of, form.read(_dicts(rows, headings)))
    except csv.Error as error:
        raise ListError(f"this isn't CSV: {error}", rows.line_num) from None


def _form(headings: list[str], of: str | None) -> _Form:
    forms = [form for form in _FORMS if of in (None, form.of)]
    for form in forms:
        if set(form.headings) <= set(headings):
            return form
    needed = "; or ".join(", ".join(form.headings) for form in forms)
    raise ListError(f"these aren't the headings of a list. They would be: {needed}", 1)


def _dicts(rows: Iterator[list[str]], headings: list[str]) -> Iterator[_Row]:
    """The rows by heading; what is missing in a short one is empty."""
    for row in rows:
        if any(value.strip() for value in row):
            padded = row + [""] * (len(headings) - len(row))
            yield dict(zip(headings, (value.strip() for value in padded), strict=False))


def _letterboxd(rows: Iterator[_Row]) -> Iterator[Wanted]:
    for row in rows:
        yield Wanted(row["name"], year(row["year"]), "film")


def _imdb(rows: Iterator[_Row]) -> Iterator[Wanted | str]:
    for row in rows:
        kind = row.get("title type", "").replace(" ", "").lower()
        if kind and kind not in _IMDB_KINDS:
            yield line(row["title type"].lower()) or "of an unknown type"
        else:
            ids = imdb(row["const"])
            yield Wanted(row["title"], year(row.get("year", "")), _IMDB_KINDS.get(kind), ids)


def _exported(rows: Iterator[_Row]) -> Iterator[Wanted]:
    for row in rows:
        title = row["title"].removeprefix("'")  # against formulas
        ids = {site: int(text) if _is_id(text) else text for site, text in row.items()}
        yield exported(title, row["kind"], row["earliest"], ids)


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= _MAX_DIGITS


def _tv_time_shows(rows: Iterator[_Row]) -> Iterator[Wanted | str]:
    for row in rows:
        title, since = without_year(row["tv_show_name"])
        if row.get("archived") == "1":
            yield "archived"
        else:
            yield Wanted(title, since, "series")


def _tv_time_records(rows: Iterator[_Row]) -> Iterator[Wanted | str]:
    """Films to watch that weren't watched later, and series of episodes that were."""
    found: dict[Wanted, bool] = {}  # whether it is still wanted
    for row in rows:
        if row.get("movie_name"):
            film = Wanted(row["movie_name"], year(row.get("release_date", "")), "film")
            found[film] = found.get(film, True) and row.get("type") in _WANTED_FILMS
        elif row.get("series_name"):
            title, since = without_year(row["series_name"])
            found[Wanted(title, since, "series")] = True
    for wanted, is_wanted in found.items():
        yield wanted if is_wanted else "watched"


_FORMS: Final = (
    _Form("countdown", ("title", "kind", "earliest", "id"), _exported),
    _Form("letterboxd", ("name", "year", "letterboxd uri"), _letterboxd),
    _Form("imdb", ("const", "title"), _imdb),
    _Form("tvtime", ("tv_show_id", "tv_show_name"), _tv_time_shows),
    _Form("tvtime", ("type", "movie_name"), _tv_time_records),
    _Form("tvtime", ("series_name", "s_id"), _tv_time_records),
)
PROGRAMS: Final = tuple(dict.fromkeys(form.of for form in _FORMS))
