"""What a list has: titles that somebody wants to see, and what of it wasn't read."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final, Literal, NamedTuple

from countdown.sources.answers import line

Kind = Literal["film", "series"]
Ids = tuple[tuple[str, str | int], ...]  # provider and id, in the form of the catalogue
MAX_TITLES: Final = 20_000


class ListError(ValueError):
    """A list can't be read; its text is for users. *line* is None if no line is to blame."""

    def __init__(self, text: str, line: int | None = None) -> None:
        super().__init__(text)
        self.line = line


class Wanted(NamedTuple):
    """A film or series: its *title*, the *year* of its release, and its ids at providers.

    *kind* is None if the list doesn't say. *ids* have the providers and the form of the catalogue:
    `("imdb", "tt1375666")`.
    """

    title: str
    year: int | None = None
    kind: Kind | None = None
    ids: Ids = ()


class Watchlist(NamedTuple):
    """The titles of a list *of* a program, each once, and how many were left out, by the reason."""

    of: str
    wanted: tuple[Wanted, ...]
    left_out: tuple[tuple[str, int], ...]


def watchlist(of: str, rows: Iterable[Wanted | str]) -> Watchlist:
    """The list of *rows*: each is a title, or why it is left out. Raises ListError."""
    wanted: dict[Wanted, None] = {}
    reasons: Counter[str] = Counter()
    for row in rows:
        if isinstance(row, str):
            reasons[row] += 1
        elif title := line(row.title):
            wanted[row._replace(title=title)] = None
        else:
            reasons["without a title that can be shown"] += 1
        if len(wanted) > MAX_TITLES:
            raise ListError(f"it has more than {MAX_TITLES:,} titles. Split it")
    return Watchlist(of, tuple(wanted), tuple(reasons.items()))


def year(text: object) -> int | None:
    """The year at the beginning of *text*: `2027`, `2027-03-05`; None without one."""
    digits = str(text)[:4]
    return int(digits) if digits.isascii() and digits.isdigit() and int(digits) > 0 else None


def exported(title: str, kind: object, first: object, ids: Mapping[str, object]) -> Wanted:
    """A release as `countdown export` writes it: *first* is its earliest day, or empty."""
    numbers = (number(site, ids.get(site)) for site in ("tmdb", "tvmaze"))
    found = (*imdb(ids.get("imdb", "")), *(id for each in numbers for id in each))
    return Wanted(title, year(first), "series" if kind in ("series", "season") else "film", found)


def without_year(title: str) -> tuple[str, int | None]:
    """A title like `Doctor Who (2005)` as the title and the year behind it, None without one."""
    name, _, rest = title.rpartition(" (")
    found = year(rest) if len(rest) == 5 and rest.endswith(")") else None
    return (name, found) if name and found else (title, None)


def imdb(text: object) -> Ids:
    """The id `tt…` in *text* as ids; empty if it is none."""
    id = str(text).strip().lower()
    digits = id.removeprefix("tt")
    is_one = id.startswith("tt") and digits.isascii() and digits.isdigit() and len(digits) <= 10
    return (("imdb", id),) if is_one else ()


def number(provider: str, value: object) -> Ids:
    """The number *value* at *provider* as ids; empty if it is none."""
    is_one = isinstance(value, int) and not isinstance(value, bool) and 0 < value < 10**12
    return ((provider, int(str(value))),) if is_one else ()
