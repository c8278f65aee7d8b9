"""Parts of a series that a catalogue surely lacks: a number between two that it has.

`Ocean's 8`, `2012` and `Blade Runner 2049` have numbers, too, but nothing before them. So a number
counts only between two releases of one franchise that came out in its order, if nothing else of
that name, which could be the part by another title, came out between them.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from typing import Final, NamedTuple

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

    The releases whose ids are in *chain* belong together, like those of a franchise.
    """
    every = [*known]
    return [
        *_missing_numbers([*watched], every, chain),
        *_missing_seasons([*watched], every),
    ]


def _missing_seasons(watched: Sequence[Release], known: Iterable[Release]) -> list[MissingPart]:
    last: dict[str, Release] = {}
    for release in watched:
        title, number = fold(release.title), release.season or 0
        if release.kind == "season" and (last[title].season or 0 if title in last else 0) < number:
            last[title] = release
    present: dict[str, set[int]] = {title: set() for title in last}
    for release in known:
        if (title := fold(release.title)) in present:
            if release.kind == "season" and release.season is not None:
                present[title].add(release.season)
            elif release.kind == "series":  # It can stand for all its seasons.
                present[title] |= {*range(1, _MAX_SEASON)}
    return [
        MissingPart((release._replace(season=number).name,), "season", release.title, number)
        for title, release in last.items()
        for number in range(1, release.season or 1)
        if number not in present[title] and (release.season or 0) <= _MAX_SEASON
    ]


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
    found: list[MissingPart] = []
    folded: dict[str, str] = {}  # Folding takes most of the time if there are thousands of series.
    for series, row in rows.items():
        row.sort(key=lambda numbered: numbered[0])
        gaps = [
            (first, last)
            for first, last in zip(row, row[1:], strict=False)  # noqa: RUF007  # core is pure
            if last[0] - first[0] > 1 and last[1].id in ids
        ]
        if gaps and _came_in_order(row):
            folded = folded or {each.id: _folded_names(each) for each in films}
            numbered = {release.id for _, release in row}
            others = [
                each
                for each in films
                if f" {series} " in folded[each.id] and each.id not in numbered
            ]
            found += [
                _missing(parts[last.id], number)
                for (low, first), (high, last) in gaps
                if last.sequel_to is None
                and _belong_together(first, last, chain)
                and not any(_could_be_between(each, first, last) for each in others)
                for number in range(low + 1, high)
            ]
    return found


def _folded_names(release: Release) -> str:
    """All names of *release*, each with a space at both ends."""
    return "\n".join(f" {fold(name)} " for name in release.names)


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


def _could_be_between(release: Release, first: Release, last: Release) -> bool:
    """True unless *release* came out before *first* or after *last*."""
    when, start, end = map(first_date, (release, first, last))
    if when is None or start is None:
        return True
    return when.latest >= start.earliest and (end is None or when.earliest <= end.latest)


def _missing(part: _Part, number: int) -> MissingPart:
    styles = (part.style, None, _ROMAN, _WORDS)
    names = (part.name_of(number, each) for each in styles if each is None or number < len(each))
    return MissingPart(tuple(dict.fromkeys(names)), "film")
