"""Meanings of a name that a user types: a person, a title, a franchise or a platform.

Every function raises sqlite3.Error if the index is damaged.
"""

import sqlite3
from collections.abc import Collection, Iterable, Sequence
from typing import Final, NamedTuple

from countdown.core.effective_date import effective_date
from countdown.core.release import SHELVED, Release
from countdown.core.text import fold
from countdown.index import names
from countdown.index.record import unpack

SORTS: Final = ("person", "title", "franchise", "platform")  # in the order of the answer
MAX_MEANINGS: Final = 50  # of each sort
_LABELS: Final = ("franchise", "platform")
_WITH_SEASONS: Final = ("series", "season")


class Meaning(NamedTuple):
    """What a name can mean.

    *name*, looked up as a *sort*, means only this; *shown* is its name for people, and *detail*
    distinguishes it from others with that name: `film, 2026`.
    """

    sort: str
    name: str
    shown: str
    detail: str


def find_meanings(
    connection: sqlite3.Connection,
    text: str,
    sorts: Collection[str] = SORTS,
    *,
    languages: Sequence[str] = (),
) -> tuple[list[Meaning], bool]:
    """The meanings of *text* among *sorts*, and True if it is their full name.

    A full name has precedence over initials, and these over the beginning of each word. Titles are
    in the first of *languages* for which there is one.
    """
    levels: tuple[list[Meaning], ...] = ([], [], [])
    for sort in sorts:
        if sort == "title":
            found = _titles(connection, text, languages)
        elif sort in _LABELS:
            found = _labels(connection, text, sort)
        else:
            found = _people(connection, text, sort)
        for level, meanings in zip(levels, found, strict=True):
            level += meanings
    full, by_initials, by_words = levels
    return full or by_initials or by_words, bool(full or by_initials)


_Levels = tuple[list[Meaning], list[Meaning], list[Meaning]]  # in full, by initials, by words


def _people(connection: sqlite3.Connection, text: str, sort: str) -> _Levels:
    folded = fold(text)
    people: dict[str, str] = {}
    for _, name in names.people(connection, text, names.JOBS[sort]):
        people.setdefault(fold(name), name)
    meanings = [Meaning(sort, name, name, sort) for name in [*people.values()][:MAX_MEANINGS]]
    return (meanings, [], []) if folded in people else ([], [], meanings)


def _labels(connection: sqlite3.Connection, text: str, sort: str) -> _Levels:
    matches = names.label_matches(connection, text, sort)
    full, by_initials, by_words = (
        [Meaning(sort, name, name, sort) for _, name in labels[:MAX_MEANINGS]] for labels in matches
    )
    if len(by_initials) == 1 and not full:
        initials = fold(text).replace(" ", "").upper()
        by_initials = [Meaning(sort, initials, initials, sort)]
    return full, by_initials, by_words


def _titles(connection: sqlite3.Connection, text: str, languages: Sequence[str]) -> _Levels:
    keys = names.by_full_title(connection, text)
    if keys:
        return title_meanings(connection, keys, languages), [], []
    keys = names.by_title_words(connection, text)
    return [], [], title_meanings(connection, keys, languages)


def title_meanings(
    connection: sqlite3.Connection, keys: Sequence[int], languages: Sequence[str]
) -> list[Meaning]:
    """The meanings of a title that the releases *keys* share; a series with its seasons is one."""
    groups: dict[object, dict[int, Release]] = {}
    records = names.keyed_records(connection, keys[:MAX_MEANINGS])
    for key, release in sorted((key, unpack(record)) for key, record in records):
        group = fold(release.title) if release.kind in _WITH_SEASONS else key
        groups.setdefault(group, {})[key] = release
    return [_title_meaning(connection, group, languages) for group in groups.values()]


def _title_meaning(
    connection: sqlite3.Connection, group: dict[int, Release], languages: Sequence[str]
) -> Meaning:
    release, *seasons = group.values()
    if seasons:
        shown = release.title_in(languages)
        # A season may lack that title.
        name = _first_that_means(connection, [shown], set(group)) or release.title
        return Meaning("title", name, shown, "series")
    year, shown = _year(release), release.name_in(languages)
    known = dict.fromkeys((shown, release.name))
    dated = [f"{name} ({year})" for name in known] if year else []
    candidates = [*known, *dated, release.id]
    name = _first_that_means(connection, candidates, set(group)) or shown
    return Meaning("title", name, shown, f"{release.kind}, {year}" if year else release.kind)


def _first_that_means(
    connection: sqlite3.Connection, candidates: Iterable[str], keys: set[int]
) -> str | None:
    return next(
        (name for name in candidates if set(names.by_title(connection, name)) == keys), None
    )


def _year(release: Release) -> int | None:
    """The year of the effective date; None without one."""
    date = None if release.stage in SHELVED else effective_date(release)
    return None if date is None else date.dated.date.earliest.year


def targets(connection: sqlite3.Connection, sort: str, name: str) -> set[int]:
    """Keys of the people, labels or releases that *name* means as a *sort*."""
    if sort == "title":
        return set(names.by_title(connection, name))
    if sort in _LABELS:
        return {key for key, _ in names.labels(connection, name, sort)}
    return {key for key, _ in names.people(connection, name, names.JOBS[sort])}
