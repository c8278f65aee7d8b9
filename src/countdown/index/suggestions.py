"""Suggestions: other releases of a franchise, and names that are spelt almost like a text.

Every function raises sqlite3.Error if the index is damaged.
"""

import sqlite3
from typing import Final

from countdown.core.release import Release
from countdown.core.text import fold
from countdown.index.names import MATCH_NOTHING, keyed_records, prefix_query
from countdown.index.summary import Summary

_MAX_SUGGESTIONS: Final = 3
_MIN_LIKENESS: Final = 0.75  # of a name, from 0 to 1: Donkey is 0.67 like Disney
_MAX_FRANCHISES: Final = 20  # of a release, whose other releases are named
_MAX_OTHERS: Final = 6  # releases of a franchise that are named
_MAX_CANDIDATES: Final = 4_000  # names that are compared


def links(
    connection: sqlite3.Connection, release: Release, languages: tuple[str, ...] = ()
) -> list[tuple[str, str]]:
    """The releases before and after *release*, and others of its franchises, each with a label.

    Titles are in the first of *languages* for which there is one.
    """
    rows = connection.execute(
        "SELECT 'Sequel to', key, record FROM release WHERE id = ?"
        " UNION ALL SELECT 'Followed by', key, record FROM release WHERE sequel_to = ?",
        [release.sequel_to, release.id],
    ).fetchall()
    links = [(label, Summary(record).name_in(languages)) for label, _, record in rows]
    others = _others(connection, release, {key for _, key, _ in rows}, languages)
    return [*links, ("See also", others)] if others else links


def _others(
    connection: sqlite3.Connection, release: Release, named: set[int], languages: tuple[str, ...]
) -> str:
    """Names of the first few other releases of its franchises, and the number of further ones.

    The smallest franchise comes first; releases *named* elsewhere are left out.
    """
    franchises = [
        connection.execute(
            "SELECT DISTINCT release_label.release FROM label"
            " CROSS JOIN release_label INDEXED BY release_label_label"
            " ON release_label.label = label.key"
            " WHERE label.kind = 'franchise' AND label.folded = ?"
            " AND release_label.release NOT IN (SELECT key FROM release WHERE id = ?)"
            " ORDER BY release_label.release",
            [fold(name), release.id],
        ).fetchall()
        for name in release.franchise[:_MAX_FRANCHISES]
    ]
    franchises.sort(key=len)
    keys = dict.fromkeys(key for rows in franchises for (key,) in rows if key not in named)
    first = [*keys][:_MAX_OTHERS]
    # Only their records are read: a franchise can have thousands, each with a cast of thousands.
    by_key = {
        key: Summary(record).name_in(languages) for key, record in keyed_records(connection, first)
    }
    more = len(keys) - len(first)
    return " · ".join(by_key[key] for key in first) + (f" and {more} more" if more else "")


def nearest_people(connection: sqlite3.Connection, text: str) -> list[str]:
    """People whose names are spelt almost like *text*, best match first."""
    return _nearest(connection, text, "person")


def nearest_titles(connection: sqlite3.Connection, text: str) -> list[str]:
    """Titles that are spelt almost like *text*, best match first."""
    return _nearest(connection, text, "title")


def nearest_labels(connection: sqlite3.Connection, text: str, kind: str) -> list[str]:
    """Franchises or platforms (*kind*) that are spelt almost like *text*, best match first."""
    names = dict(connection.execute("SELECT folded, name FROM label WHERE kind = ?", [kind]))
    return _close_matches(fold(text), names)


def nearest_names(connection: sqlite3.Connection, text: str) -> list[str]:
    """People, titles, franchises and platforms spelt almost like *text*, best match first."""
    from difflib import SequenceMatcher  # Deferred: only for an answer that found nothing.

    folded = fold(text)
    found = [*nearest_people(connection, text), *nearest_titles(connection, text)]
    for kind in ("franchise", "platform"):
        found += nearest_labels(connection, text, kind)

    def unlikeness(name: str) -> float:
        return -SequenceMatcher(None, folded, fold(name)).ratio()

    return sorted(dict.fromkeys(found), key=unlikeness)[:_MAX_SUGGESTIONS]


def _nearest(connection: sqlite3.Connection, text: str, table: str) -> list[str]:
    folded = fold(text)
    starts = prefix_query(" ".join(word[:2] for word in folded.split()), glue=" OR ")
    rows = connection.execute(
        f"SELECT t.folded, t.name FROM {table}_words w JOIN {table} t ON t.key = w.rowid"
        f" WHERE {table}_words MATCH ? LIMIT ?",
        [starts or MATCH_NOTHING, _MAX_CANDIDATES],
    ).fetchall()
    rows += connection.execute(
        f"SELECT folded, name FROM {table} LIMIT ?", [_MAX_CANDIDATES]
    ).fetchall()
    return _close_matches(folded, dict(rows))


def _close_matches(folded: str, names: dict[str, str]) -> list[str]:
    """Up to three of *names* (folded → as written) like *folded*, else with a word like it."""
    longest = max(map(len, names), default=0)
    if 2 * longest < _MIN_LIKENESS * (len(folded) + longest):  # Too few letters can be the same.
        return []
    from difflib import get_close_matches  # Deferred: only for an answer that found nothing.

    # A title with a hyphen has two spellings.
    near = get_close_matches(folded, names, n=2 * _MAX_SUGGESTIONS, cutoff=_MIN_LIKENESS)
    if near:
        return list(dict.fromkeys(names[name] for name in near))[:_MAX_SUGGESTIONS]
    words: dict[str, str] = {}
    for folded_name, name in names.items():
        for word in folded_name.split():
            words.setdefault(word, name)
    near = get_close_matches(folded, words, n=2 * _MAX_SUGGESTIONS, cutoff=_MIN_LIKENESS)
    near = [word for word in near if _slips(folded, word) <= max(1, len(folded) // 4)]
    return list(dict.fromkeys(words[word] for word in near))[:_MAX_SUGGESTIONS]


def _slips(first: str, second: str) -> int:
    """The letters to insert, delete, replace or swap to get from one word to the other (OSA)."""
    before: list[int] = []
    row: list[int] = [*range(len(second) + 1)]
    for count, letter in enumerate(first, 1):
        above, before, row = before, row, [count]
        for column, other in enumerate(second, 1):
            cost = min(before[column] + 1, row[-1] + 1, before[column - 1] + (letter != other))
            if above and column > 1 and (letter, first[count - 2]) == (second[column - 2], other):
                cost = min(cost, above[column - 2] + 1)
            row.append(cost)
    return row[-1]
