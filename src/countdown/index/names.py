"""What people type → the people, titles, franchises and platforms that are meant.

Case, accents and punctuation do not count, and the beginning of each word is enough.
"""

import sqlite3
from collections.abc import Collection, Iterator
from typing import Final

from countdown.core.release import Release
from countdown.core.text import fold
from countdown.index.record import unpack

NOTHING: Final = '""'  # An FTS5 query that matches nothing.
_MOST_SUGGESTIONS: Final = 3
_MOST_OTHERS: Final = 6  # of a franchise that are named with one of them
_MOST_CANDIDATES: Final = 4_000


def people(
    connection: sqlite3.Connection, text: str, jobs: Collection[str]
) -> list[tuple[int, str]]:
    """Key and name of everyone whom *text* means and who has one of *jobs*, by name.

    A name in full means only those who have just that name.
    """
    folded = fold(text)
    marks = ", ".join("?" * len(jobs))
    busy = (
        "EXISTS (SELECT 1 FROM credit WHERE credit.person = person.key"
        f" AND credit.job IN ({marks}))"
    )
    exact = connection.execute(
        f"SELECT key, name FROM person WHERE folded = ? AND {busy} ORDER BY name", [folded, *jobs]
    ).fetchall()
    if exact or not folded:
        return exact
    return connection.execute(
        "SELECT key, name FROM person_words JOIN person ON person.key = person_words.rowid"
        f" WHERE person_words MATCH ? AND {busy} ORDER BY name",
        [beginnings(folded), *jobs],
    ).fetchall()


def credits_of(connection: sqlite3.Connection, person: int, jobs: Collection[str]) -> list[int]:
    """The releases that *person* has one of *jobs* in."""
    marks = ", ".join("?" * len(jobs))
    rows = connection.execute(
        f"SELECT DISTINCT release FROM credit WHERE person = ? AND job IN ({marks})",
        [person, *jobs],
    )
    return [release for (release,) in rows]


def credited(connection: sqlite3.Connection, text: str, jobs: Collection[str]) -> Iterator[int]:
    """The releases in which anyone whom *text* means has one of *jobs*."""
    for person, _ in people(connection, text, jobs):
        yield from credits_of(connection, person, jobs)


def titled(connection: sqlite3.Connection, text: str) -> list[int]:
    """The releases that *text* means: by id, else by a whole title or alias, else by its words."""
    identifier = text.strip() if text.isascii() else ""
    found = connection.execute("SELECT key FROM release WHERE id = ?", [identifier]).fetchall()
    return [key for (key,) in found] or _called(connection, text) or entitled(connection, text)


def entitled(connection: sqlite3.Connection, text: str) -> list[int]:
    """The releases of which a title or an alias has the words of *text*."""
    found = connection.execute(
        "SELECT DISTINCT release FROM title_words JOIN title ON title.key = title_words.rowid"
        " WHERE title_words MATCH ?",
        [beginnings(fold(text)) or NOTHING],
    )
    return [key for (key,) in found]


def _called(connection: sqlite3.Connection, text: str) -> list[int]:
    """The releases of which a title or an alias is *text*."""
    found = connection.execute(
        "SELECT DISTINCT release FROM title WHERE folded = ? AND folded <> ''", [fold(text)]
    )
    return [key for (key,) in found]


def labelled(connection: sqlite3.Connection, text: str, sort: str) -> Iterator[int]:
    """The releases whose franchise or platform (*sort*) is meant by *text*.

    Its beginning is enough, of any of its words; so are its initials: `MCU`.
    """
    folded = fold(text)
    rows = connection.execute("SELECT key, folded FROM label WHERE sort = ?", [sort]).fetchall()
    for key, name in rows:
        initials = "".join(word[0] for word in name.split())
        if folded and (f" {folded}" in f" {name}" or folded == initials):
            found = connection.execute("SELECT release FROM labelled WHERE label = ?", [key])
            yield from (release for (release,) in found)


def searched(connection: sqlite3.Connection, text: str) -> list[int]:
    """The releases that have the words of *text* anywhere, best match first.

    A title in full comes first; else a title weighs more than a person, a person more than a
    franchise, that more than a synopsis.
    Where no release has all the words, those with any of them are the answer.
    """
    folded = fold(text)
    for glue in (" ", " OR "):
        match = beginnings(folded, glue=glue)
        if match:
            rows = connection.execute(
                "SELECT rowid FROM words WHERE words MATCH ?"
                " ORDER BY bm25(words, 10.0, 5.0, 3.0, 1.0), rowid",
                [match],
            ).fetchall()
            if rows:
                exact = _called(connection, text)
                return list(dict.fromkeys([*exact, *(key for (key,) in rows)]))
    return []


def links(connection: sqlite3.Connection, release: Release) -> list[tuple[str, str]]:
    """The releases before and after *release*, and others of its franchises, as (how, what)."""
    before = connection.execute(
        "SELECT 'Sequel to', record FROM release WHERE id = ?", [release.sequel_to]
    )
    after = connection.execute(
        "SELECT 'Followed by', record FROM release WHERE sequel_to = ?", [release.id]
    )
    found = [(how, unpack(record).name) for how, record in (*before, *after)]
    for name in release.franchise:
        others = _others(connection, release, name)
        found += [("Franchise", f"{name}: {others}")] if others else []
    return found


def _others(connection: sqlite3.Connection, release: Release, franchise: str) -> str:
    """The titles of the first few other releases of *franchise*, and how many more there are."""
    rows = connection.execute(
        "SELECT record FROM label JOIN labelled ON labelled.label = label.key"
        " JOIN release ON release.key = labelled.release"
        " WHERE label.sort = 'franchise' AND label.folded = ? AND release.id <> ?"
        " ORDER BY release.key",
        [fold(franchise), release.id],
    ).fetchall()
    names = [unpack(record).name for (record,) in rows[:_MOST_OTHERS]]
    more = len(rows) - len(names)
    return " · ".join(names) + (f" and {more} more" if more else "")


def records(connection: sqlite3.Connection, keys: Collection[int]) -> Iterator[str]:
    """The records of the releases *keys*, in no order."""
    return (record for _, record in keyed_records(connection, keys))


def keyed_records(
    connection: sqlite3.Connection, keys: Collection[int]
) -> Iterator[tuple[int, str]]:
    """The releases *keys*, each with its record."""
    listed = f"[{','.join(map(str, keys))}]"
    return connection.execute(
        "SELECT key, record FROM release WHERE key IN (SELECT value FROM json_each(?))", [listed]
    )


def nearest_people(connection: sqlite3.Connection, text: str) -> list[str]:
    """The names that *text* was perhaps meant to be, best first."""
    return _nearest(connection, text, "person")


def nearest_titles(connection: sqlite3.Connection, text: str) -> list[str]:
    """The titles that *text* was perhaps meant to be, best first."""
    return _nearest(connection, text, "title")


def _nearest(connection: sqlite3.Connection, text: str, table: str) -> list[str]:
    from difflib import get_close_matches  # Deferred: only for an answer that found nothing.

    folded = fold(text)
    starts = beginnings(" ".join(word[:2] for word in folded.split()), glue=" OR ")
    rows = connection.execute(
        f"SELECT t.folded, t.name FROM {table}_words w JOIN {table} t ON t.key = w.rowid"
        f" WHERE {table}_words MATCH ? LIMIT ?",
        [starts or NOTHING, _MOST_CANDIDATES],
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


def beginnings(folded: str, *, glue: str = " ") -> str:
    """An FTS5 query for words that begin as those of *folded* do."""
    return glue.join(f'"{word}"*' for word in dict.fromkeys(folded.split()))
