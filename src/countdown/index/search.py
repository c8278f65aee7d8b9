"""Search: releases that have words anywhere, the best match first.

Every function raises sqlite3.Error if the index is damaged.
"""

import sqlite3
from collections.abc import Collection
from math import inf, log
from typing import Final

from countdown.core.outlook import UPCOMING_STATES, Outlook, State
from countdown.core.text import fold, spellings, split_unspaced
from countdown.index import names
from countdown.index.query import MAX_LOOKUPS, Query, find, outlooks_of, sort_outlooks

# Places to search for a word, as FTS5 queries, with their weights; the best are last.
_PLACES: Final = (
    *(('synopsis : "{}" *', 0.8), ('synopsis : "{}"', 1.0)),
    *(('labels : "{}" *', 2.5), ('labels : "{}"', 3.0)),
    *(('people : "{}" *', 4.0), ('people : "{}"', 5.0)),
    *(('titles : "{}" *', 7.0), ('titles : "{}"', 10.0)),
)
_NEARNESS: Final[tuple[tuple[State, ...], ...]] = (  # of a state to a fan, the nearest first
    UPCOMING_STATES,
    ("undated", "on-hold"),
    ("released",),
    ("cancelled",),
)


def search(
    connection: sqlite3.Connection, text: str, query: Query, *, max_lookups: int = MAX_LOOKUPS
) -> list[Outlook]:
    """Outlooks of the releases that *query* admits and that have the words of *text* anywhere.

    Best match first. Equal matches are in this order: upcoming ones by date, undated ones, released
    ones with the newest first. Up to *max_lookups* are looked up one by one, as in `find`.
    """
    found: list[Outlook] = []
    for keys in rank(connection, text):
        left = None if query.limit is None else query.limit - len(found)
        part = query._replace(keys=frozenset(keys), limit=left)
        if left is None or len(keys) <= max_lookups:
            found += _sort(outlooks_of(connection, keys, query), part)
        else:
            found += _nearest_first(connection, part)
        if len(found) == query.limit:
            break
    return found


def _nearest_first(connection: sqlite3.Connection, query: Query) -> list[Outlook]:
    """The first releases of *query*, without reading the others."""
    found: list[Outlook] = []
    for states in _NEARNESS:
        left = (query.limit or 0) - len(found)
        if left:
            part = _of_states(query, states)
            found += find(connection, part._replace(limit=left), max_lookups=0)
    return found


def _sort(outlooks: Collection[Outlook], query: Query) -> list[Outlook]:
    """*outlooks* in that order, at most as many as the limit of *query*."""
    ordered: list[Outlook] = []
    for states in _NEARNESS:
        part = (each for each in outlooks if each.state in states)
        ordered += sort_outlooks(part, _of_states(query, states))
    return ordered[: query.limit]


def _of_states(query: Query, states: tuple[State, ...]) -> Query:
    """*query*, limited to *states*."""
    admitted = tuple(state for state in states if state in query.states)
    return query._replace(states=admitted, newest_first="released" in states)


def rank(connection: sqlite3.Connection, text: str) -> list[list[int]]:
    """Releases that have the words of *text* anywhere, in groups of equal matches.

    The best group is first. A full title comes before everything. Otherwise a title weighs more
    than a person, a person more than a franchise or platform, and these more than a synopsis; a
    whole word weighs more than the beginning of one, and a rare word more than a frequent one. If
    no release has all words, releases with any of them are returned. Each group is in the order of
    the catalogue.
    """
    for folded in spellings(text):
        scores = _scores(connection, folded)
        if scores:
            break
    else:
        scores = _scores(connection, fold(text), any_word=True)
    groups: dict[float, list[int]] = {}
    exact = names.by_whole_title(connection, text)
    if exact:
        groups[inf] = sorted(exact)
        for key in exact:
            scores.pop(key, None)
    for key in sorted(scores):
        groups.setdefault(scores[key], []).append(key)
    return [groups[score] for score in sorted(groups, reverse=True)]


def _scores(
    connection: sqlite3.Connection, folded: str, *, any_word: bool = False
) -> dict[int, float]:
    """Scores of the releases that have all words of *folded*, or with *any_word* at least one."""
    scores: dict[int, float] = {}
    words = [word for word in dict.fromkeys(folded.split()) if word[0].isalnum()]
    (releases,) = connection.execute("SELECT ifnull(max(key), 0) FROM release").fetchone()
    for word in words:
        weights = _weights(connection, split_unspaced(word))
        rarity = log(1 + releases / (len(weights) or 1))
        if any_word or word is words[0]:
            found = weights.keys() | scores.keys()
        else:
            found = weights.keys() & scores.keys()
        scores = {key: scores.get(key, 0) + weights.get(key, 0) * rarity for key in found}
    return scores


def _weights(connection: sqlite3.Connection, word: str) -> dict[int, float]:
    """The releases with *word*, or a word that begins with it, each with the weight of the place.

    In a script without spaces, *word* can be several words.
    """
    weights: dict[int, float] = {}
    for match, weight in _PLACES:
        rows = connection.execute(
            "SELECT rowid FROM words WHERE words MATCH ?", [match.format(" ".join(word.split()))]
        )
        weights.update({key: weight for (key,) in rows})
    return weights
