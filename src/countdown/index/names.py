"""Lookups of releases, people and labels by what users type.

Case, accents and punctuation do not count, and the beginning of each word is enough. Releases are
found as keys. Every function raises sqlite3.Error if the index is damaged.
"""

import sqlite3
from collections.abc import Collection, Iterator

from countdown.core.text import find_hostile, fold

JOBS = {  # as the command line names them
    "actor": ("cast",),
    "director": ("director",),
    "person": ("cast", "director", "writer", "creator"),
}
MATCH_NOTHING = '""'  # an FTS5 query


def people(
    connection: sqlite3.Connection, text: str, jobs: Collection[str]
) -> list[tuple[int, str]]:
    """Key and name of everyone with one of *jobs* whom *text* matches, by name.

    A full name matches only those who have just that name.
    """
    folded = fold(text)
    marks = ", ".join("?" * len(jobs))
    has_job = (
        "EXISTS (SELECT 1 FROM credit WHERE credit.person = person.key"
        f" AND credit.job IN ({marks}))"
    )
    exact = connection.execute(
        f"SELECT key, name FROM person WHERE folded = ? AND {has_job} ORDER BY name",
        [folded, *jobs],
    ).fetchall()
    if exact or not folded:
        return exact
    return connection.execute(
        "SELECT key, name FROM person_words JOIN person ON person.key = person_words.rowid"
        f" WHERE person_words MATCH ? AND {has_job} ORDER BY name",
        [prefix_query(folded), *jobs],
    ).fetchall()


def credits_of(connection: sqlite3.Connection, person: int) -> list[int]:
    """Releases that the person with that key is credited in."""
    rows = connection.execute("SELECT DISTINCT release FROM credit WHERE person = ?", [person])
    return [release for (release,) in rows]


def by_person(connection: sqlite3.Connection, text: str, jobs: Collection[str]) -> Iterator[int]:
    """Releases in which anyone whom *text* matches has one of *jobs*."""
    folded = fold(text)
    every = set(jobs) >= set(JOBS["person"])  # Then one search for each person does for all jobs.
    of_job = "" if every else f" AND credit.job IN ({', '.join('?' * len(jobs))})"
    values = [] if every else [*jobs]
    # One statement for all people: one for each of thousands takes longer than everything else.
    credit = f"CROSS JOIN credit INDEXED BY credit_person ON credit.person = person.key{of_job}"
    rows = connection.execute(
        f"SELECT credit.release FROM person {credit} WHERE person.folded = ?", [*values, folded]
    ).fetchall()
    if not rows and folded:
        rows = connection.execute(
            f"SELECT credit.release FROM (SELECT rowid AS key FROM person_words"
            f" WHERE person_words MATCH ?) person {credit}",
            [prefix_query(folded), *values],
        ).fetchall()
    return iter(dict.fromkeys(release for (release,) in rows))


def by_id_or_whole_title(connection: sqlite3.Connection, text: str) -> list[int]:
    """Releases whose id is *text*, else those with a title or an alias that is."""
    identifier = text.strip() if text.isascii() else ""
    rows = connection.execute("SELECT key FROM release WHERE id = ?", [identifier]).fetchall()
    keys = [key for (key,) in rows]
    return keys or _by_whole_title(connection, text)


def by_title_words(connection: sqlite3.Connection, text: str) -> list[int]:
    """Releases with a title or an alias that has all words of *text*."""
    rows = connection.execute(
        "SELECT release FROM title_words CROSS JOIN title ON title.key = title_words.rowid"
        " WHERE title_words MATCH ?",
        [prefix_query(fold(text)) or MATCH_NOTHING],
    )
    return [*dict.fromkeys(key for (key,) in rows)]


def _by_whole_title(connection: sqlite3.Connection, text: str) -> list[int]:
    rows = connection.execute(
        "SELECT DISTINCT release FROM title WHERE folded = ? AND folded <> ''", [fold(text)]
    )
    return [key for (key,) in rows]


def by_label(connection: sqlite3.Connection, text: str, kind: str) -> Iterator[int]:
    """Releases with a franchise or platform (*kind*) that *text* matches.

    The beginning of any of its words is enough; so are its initials: `MCU`.
    """
    folded = fold(text)
    rows = connection.execute("SELECT key, folded FROM label WHERE kind = ?", [kind]).fetchall()
    for key, name in rows:
        initials = "".join(word[0] for word in name.split())
        if folded and (f" {folded}" in f" {name}" or folded == initials):
            keys = connection.execute("SELECT release FROM release_label WHERE label = ?", [key])
            yield from (release for (release,) in keys)


def by_name(connection: sqlite3.Connection, kind: str, text: str) -> Iterator[int]:
    """Releases that *text* matches as a *kind* of name: `id`, `title`, a label or one of JOBS."""
    if kind == "id":
        if find_hostile(text):  # Among them are lone surrogates, which SQLite refuses.
            return iter(())
        rows = connection.execute("SELECT key FROM release WHERE id = ?", [text])
        return (key for (key,) in rows)
    if kind == "title":
        return iter(by_title_words(connection, text))
    if kind in ("franchise", "platform"):
        return by_label(connection, text, kind)
    return by_person(connection, text, JOBS[kind])


def by_follows(connection: sqlite3.Connection, follows: Collection[tuple[str, str]]) -> set[int]:
    """Releases that any of *follows* matches, each a kind of name and a name."""
    return {key for kind, name in follows for key in by_name(connection, kind, name)}


def search(connection: sqlite3.Connection, text: str) -> list[int]:
    """Releases that have the words of *text* anywhere, best match first.

    A full title comes first; else a title weighs more than a person, a person more than a
    franchise, that more than a synopsis. If no release has all the words, those with any of them.
    """
    folded = fold(text)
    for glue in (" ", " OR "):
        match = prefix_query(folded, glue=glue)
        if match:
            rows = connection.execute(
                "SELECT rowid FROM words WHERE words MATCH ?"
                " ORDER BY bm25(words, 10.0, 5.0, 3.0, 1.0), rowid",
                [match],
            ).fetchall()
            if rows:
                exact = _by_whole_title(connection, text)
                return list(dict.fromkeys([*exact, *(key for (key,) in rows)]))
    return []


def records(connection: sqlite3.Connection, keys: Collection[int]) -> Iterator[str]:
    """The records of the releases *keys*, in no order."""
    return (record for _, record in keyed_records(connection, keys))


def keyed_records(
    connection: sqlite3.Connection, keys: Collection[int]
) -> Iterator[tuple[int, str]]:
    """Key and record of the releases *keys*, in no order."""
    listed = f"[{','.join(map(str, keys))}]"
    return connection.execute(
        "SELECT key, record FROM release WHERE key IN (SELECT value FROM json_each(?))", [listed]
    )


def prefix_query(folded: str, *, glue: str = " ") -> str:
    """An FTS5 query for words that begin as those of *folded* do, joined by *glue*."""
    return glue.join(f'"{word}"*' for word in dict.fromkeys(folded.split()))
