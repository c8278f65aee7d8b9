"""What is near to something: the other releases of a franchise, and names spelt almost so."""

import sqlite3
from typing import Final

from countdown.core.release import Release
from countdown.core.text import fold
from countdown.index.names import MATCH_NOTHING, keyed_records, prefix_query
from countdown.index.summary import Summary

_MOST_SUGGESTIONS: Final = 3
_MOST_FRANCHISES: Final = 20  # of one release whose others are named
_MOST_OTHERS: Final = 6  # of a franchise that are named with one of them
_MOST_CANDIDATES: Final = 4_000


def links(connection: sqlite3.Connection, release: Release) -> list[tuple[str, str]]:
    """The releases before and after *release*, and others of its franchises, as (how, what)."""
    before = connection.execute(
        "SELECT 'Sequel to', record FROM release WHERE id = ?", [release.sequel_to]
    )
    after = connection.execute(
        "SELECT 'Followed by', record FROM release WHERE sequel_to = ?", [release.id]
    )
    found = [(how, Summary(record).name) for how, record in (*before, *after)]
    for name in release.franchise[:_MOST_FRANCHISES]:
        others = _others(connection, release, name)
        found += [("Franchise", f"{name}: {others}")] if others else []
    return found


def _others(connection: sqlite3.Connection, release: Release, franchise: str) -> str:
    """The titles of the first few other releases of *franchise*, and how many more there are."""
    rows = connection.execute(
        "SELECT DISTINCT labelled.release FROM label"
        " CROSS JOIN labelled INDEXED BY labelled_label ON labelled.label = label.key"
        " WHERE label.sort = 'franchise' AND label.folded = ?"
        " AND labelled.release NOT IN (SELECT key FROM release WHERE id = ?)"
        " ORDER BY labelled.release",
        [fold(franchise), release.id],
    ).fetchall()
    first = [key for (key,) in rows[:_MOST_OTHERS]]
    # Only theirs are read: a franchise can have thousands, each with a cast of thousands.
    named = {key: Summary(record).name for key, record in keyed_records(connection, first)}
    names = [named[key] for key in first]
    more = len(rows) - len(names)
    return " · ".join(names) + (f" and {more} more" if more else "")


def nearest_people(connection: sqlite3.Connection, text: str) -> list[str]:
    """The names that *text* was perhaps meant to be, best first."""
    return _nearest(connection, text, "person")


def nearest_titles(connection: sqlite3.Connection, text: str) -> list[str]:
    """The titles that *text* was perhaps meant to be, best first."""
    return _nearest(connection, text, "title")


def nearest_labels(connection: sqlite3.Connection, text: str, sort: str) -> list[str]:
    """The franchises or platforms (*sort*) that *text* was perhaps meant to be, best first."""
    from difflib import get_close_matches  # Deferred, as below.

    shown = dict(connection.execute("SELECT folded, name FROM label WHERE sort = ?", [sort]))
    near = get_close_matches(fold(text), shown, n=_MOST_SUGGESTIONS, cutoff=0.6)
    return [shown[one] for one in near or _by_word(fold(text), shown)]


def _nearest(connection: sqlite3.Connection, text: str, table: str) -> list[str]:
    from difflib import get_close_matches  # Deferred: only for an answer that found nothing.

    folded = fold(text)
    starts = prefix_query(" ".join(word[:2] for word in folded.split()), glue=" OR ")
    rows = connection.execute(
        f"SELECT t.folded, t.name FROM {table}_words w JOIN {table} t ON t.key = w.rowid"
        f" WHERE {table}_words MATCH ? LIMIT ?",
        [starts or MATCH_NOTHING, _MOST_CANDIDATES],
    ).fetchall()
    rows += connection.execute(
        f"SELECT folded, name FROM {table} LIMIT ?", [_MOST_CANDIDATES]
    ).fetchall()
    shown = dict(rows)
    near = get_close_matches(folded, shown, n=_MOST_SUGGESTIONS, cutoff=0.6)
    if not near:  # Perhaps one word of the name is right but for a letter.
        near = _by_word(folded, shown)
    return [shown[one] for one in near]


def _by_word(folded: str, shown: dict[str, str]) -> list[str]:
    from difflib import get_close_matches

    words: dict[str, str] = {}
    for name in shown:
        for word in name.split():
            words.setdefault(word, name)
    near = get_close_matches(folded, words, n=_MOST_SUGGESTIONS, cutoff=0.75)
    return list(dict.fromkeys(words[word] for word in near))
