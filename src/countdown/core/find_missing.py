"""Parts of a series that a catalogue surely lacks: a number between two that it has.

`Ocean's 8`, `2012` and `Blade Runner 2049` have numbers, too, but nothing before them. So a number
counts only if it's the only one between two releases of one franchise that came out in its order,
and if nothing else, which could be the part by another title, came out between them: *Aliens* is
the second *Alien*, *Fast Five* the fifth *Fast & Furious*.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from typing import Final, NamedTuple

from countdown.core.dates import ReleaseDate
from countdown.core.marathon import first_date
from countdown.core.missing_part import MissingPart
from countdown.core.release import Release
from countdown.core.text import fold

_MAX_PART: Final = 20
_MAX_TITLE: Final = 200  # characters; a pattern needs long for thousands of spaces
_MAX_SEASON: Final = 60
_ROMAN: Final = (
    *("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"),
    *("XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII", "XVIII", "XIX", "XX"),
)
_WORDS: Final = (
    *("", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten"),
    *("Eleven", "Twelve"),
)
_NOT_BY_THEMSELVES: Final = ("I", "X", *_WORDS[1:])  # Malcolm X isn't the tenth Malcolm.
_TITLE: Final = re.compile(
    r"(?P<name>.+?)(?P<gap>[\s:,.–—-]*\s(?:(?P<mark>part|vol\.|vol|volume|chapter|episode)\s+)?)"
    r"(?P<number>\d{1,2}|[IVX]+|[A-Z][a-z]+)(?:\s*[:–—-]\s.*)?",
    re.IGNORECASE,
)


class _Part(NamedTuple):
    """A numbered title: the folded name of its series, its number, and how it is written."""

    series: str
    number: int
    before: str  # the text before the number
    style: Sequence[str] | None  # the names of numbers; None is digits

    def name_of(self, number: int, style: Sequence[str] | None) -> str:
        """The title of the part *number*, written in *style*."""
        return f"{self.before}{style[number] if style else number}"


def find_missing(
    watched: Iterable[Release], known: Iterable[Release], chain: Collection[str] = ()
) -> list[MissingPart]:
    """Parts that aren't among the releases *known*, before some that are *watched*.

    Those whose ids are in *chain* belong together, like those of a franchise.
    """
    every = [*known]
    return [
        *_missing_numbers([*watched], every, chain),
        *_missing_seasons([*watched], every),
    ]


def _missing_seasons(watched: Sequence[Release], known: Iterable[Release]) -> list[MissingPart]:
    shows: dict[str, list[Release]] = {fold(each.title): [] for each in watched if _number(each)}
    for release in known:
        if release.kind in ("season", "series") and (title := fold(release.title)) in shows:
            shows[title].append(release)
    last = {fold(each.title): each for each in sorted(watched, key=_number) if _number(each)}
    return [
        MissingPart((release._replace(season=number).name,), "season", release.title, number)
        for title, release in last.items()
        if _number(release) <= _MAX_SEASON and _is_one_show(shows[title])
        for number in range(1, _number(release))
        if number not in {*map(_number, shows[title])}
    ]


def _number(release: Release) -> int:
    """The number of a season; 0 for all else."""
    return release.season or 0 if release.kind == "season" else 0


def _is_one_show(seasons: Sequence[Release]) -> bool:
    """True unless they have different makers or franchises, or a series stands for all of them."""
    names = (
        [{*map(fold, made)} for each in seasons if (made := getattr(each, key))]
        for key in ("creator", "franchise")
    )
    is_one = all(set.intersection(*sets) for sets in names if sets)
    return is_one and all(each.kind == "season" for each in seasons)


def _missing_numbers(
    watched: Sequence[Release], known: Sequence[Release], chain: Collection[str]
) -> list[MissingPart]:
    ids = {each.id for each in watched}
    films = [each for each in known if each.kind not in ("season", "series")]
    parts = {each.id: part for each in films if (part := _part(each.title))}
    rows: dict[str, list[tuple[int, Release]]] = {
        part.series: [] for id, part in parts.items() if id in ids
    }
    for release in films:
        part = parts.get(release.id)
        series, number = (part.series, part.number) if part else (fold(release.title), 1)
        if series in rows:
            rows[series].append((number, release))
    dates = {each.id: first_date(each) for each in films}
    found: list[MissingPart] = []
    for row in rows.values():
        row.sort(key=lambda numbered: numbered[0])
        if not _came_in_order(row):
            continue
        numbered = {release.id for _, release in row}
        found += [
            _missing(parts[last.id], low + 1)
            for (low, first), (high, last) in zip(row, row[1:], strict=False)  # noqa: RUF007  # pure
            if high - low == 2
            and last.id in ids
            and last.sequel_to is None
            and _belong_together(first, last, chain)
            and not any(
                _could_be_between(when, dates[first.id], dates[last.id])
                for id, when in dates.items()
                if id not in numbered
            )
        ]
    return found


def _part(title: str) -> _Part | None:
    """The numbered title that *title* is; None if it isn't one."""
    match = _TITLE.fullmatch(title) if len(title) <= _MAX_TITLE else None
    if match is None:
        return None
    text = match["number"]
    if not match["mark"] and (text in _NOT_BY_THEMSELVES or text.capitalize() in _WORDS):
        return None
    style: Sequence[str] | None = None
    if text.isdecimal():
        number = int(text)
    elif text in _ROMAN:
        number, style = _ROMAN.index(text), _ROMAN
    elif text.capitalize() in _WORDS:
        number, style = _WORDS.index(text.capitalize()), _WORDS
    else:
        return None
    if not 1 <= number <= _MAX_PART:
        return None
    return _Part(fold(match["name"]), number, title[: match.start("number")], style)


def _came_in_order(row: Sequence[tuple[int, Release]]) -> bool:
    """True if no number is there twice, and each part came out after those before it.

    Unknown dates are in order.
    """
    if len({number for number, _ in row}) < len(row):
        return False
    dates = [when for _, release in row if (when := first_date(release))]
    pairs = zip(dates, dates[1:], strict=False)  # noqa: RUF007  # as above
    return all(before.latest < after.earliest for before, after in pairs)


def _belong_together(first: Release, last: Release, chain: Collection[str]) -> bool:
    names = {*map(fold, first.franchise)}
    return not names.isdisjoint(map(fold, last.franchise)) or {first.id, last.id} <= {*chain}


def _could_be_between(
    when: ReleaseDate | None, start: ReleaseDate | None, end: ReleaseDate | None
) -> bool:
    """True unless *when* is before *start* or after *end*."""
    if when is None or start is None:
        return True
    return when.latest >= start.earliest and (end is None or when.earliest <= end.latest)


def _missing(part: _Part, number: int) -> MissingPart:
    styles = (part.style, None, _ROMAN, _WORDS)
    names = (part.name_of(number, each) for each in styles if each is None or number < len(each))
    return MissingPart(tuple(dict.fromkeys(names)), "film")
