"""Lookups of releases, people and labels by what users type.

Case, accents and punctuation don't count, and the beginning of each word is enough; but a full name
matches only itself. Filters and follows both use this module, so that a name means the same to
both. Releases are returned as keys. Every function raises sqlite3.Error if the index is damaged.
"""

import sqlite3
from collections.abc import Collection, Iterator

from countdown.core.text import fold, is_unspaced, spellings

JOBS = {  # as the command line names them
    "actor": ("cast",),
    "director": ("director",),
    "person": ("cast", "director", "writer", "creator"),
}
MATCH_NOTHING = '""'  # an FTS5 query
_MOST_TITLES = 500  # of one statement
_BY_ID = (  # If two releases had this id, the one of the lower layer is found.
    "SELECT key FROM release WHERE id = ?",
    "SELECT min(release) FROM former_id WHERE id = ? HAVING min(release)",
)


def people(
    connection: sqlite3.Connection, text: str, jobs: Collection[str]
) -> list[tuple[int, str]]:
    """Key and name of everyone with one of *jobs* whom *text* matches, by name.

    A full name matches only people with exactly that name.
    """
    folded = fold(text)
    marks = ", ".join("?" * len(jobs))
    has_job = (
        "EXISTS (SELECT 1 FROM credit WHERE credit.person = person.key"
        f" AND credit.job IN ({marks}))"
    )
    exact = connection.execute(
        f"SELECT key, name FROM person WHERE folded = ? AND {has_job} ORDER BY folded, name",
        [folded, *jobs],
    ).fetchall()
    if exact or not folded:
        return exact
    by_words = connection.execute(
        "SELECT key, name FROM person_words JOIN person ON person.key = person_words.rowid"
        f" WHERE person_words MATCH ? AND {has_job} ORDER BY folded, name",
        [prefix_query(folded) or MATCH_NOTHING, *jobs],
    ).fetchall()
    if by_words or not is_unspaced(folded):
        return by_words
    return connection.execute(
        f"SELECT key, name FROM person WHERE instr(folded, ?) AND {has_job} ORDER BY folded, name",
        [folded, *jobs],
    ).fetchall()


def credits_of(connection: sqlite3.Connection, person: int) -> list[int]:
    """Releases that the person with that key is credited in."""
    rows = connection.execute("SELECT DISTINCT release FROM credit WHERE person = ?", [person])
    return [release for (release,) in rows]


def by_person(connection: sqlite3.Connection, text: str, jobs: Collection[str]) -> Iterator[int]:
    """Releases in which anyone whom *text* matches has one of *jobs*."""
    folded = fold(text)
    every = set(jobs) >= set(JOBS["person"])  # Then one search for each person covers all jobs.
    of_job = "" if every else f" AND credit.job IN ({', '.join('?' * len(jobs))})"
    values = [] if every else [*jobs]
    # One statement for all people: thousands of statements would dominate the time.
    credit = f"CROSS JOIN credit INDEXED BY credit_person ON credit.person = person.key{of_job}"
    rows = connection.execute(
        f"SELECT credit.release FROM person {credit} WHERE person.folded = ?", [*values, folded]
    ).fetchall()
    if not rows and folded:
        rows = connection.execute(
            f"SELECT credit.release FROM (SELECT rowid AS key FROM person_words"
            f" WHERE person_words MATCH ?) person {credit}",
            [prefix_query(folded) or MATCH_NOTHING, *values],
        ).fetchall()
    if not rows and is_unspaced(folded):
        rows = connection.execute(
            f"SELECT credit.release FROM (SELECT key FROM person WHERE instr(folded, ?)) person"
            f" {credit}",
            [folded, *values],
        ).fetchall()
    return iter(dict.fromkeys(release for (release,) in rows))


def by_id_or_full_title(connection: sqlite3.Connection, text: str) -> list[int]:
    """Releases that *text* names exactly: by id, else by a whole title, perhaps with its year."""
    return _by_id(connection, text) or by_full_title(connection, text)


def by_title(connection: sqlite3.Connection, text: str) -> list[int]:
    """Releases that *text* matches: by a whole title or alias, by id, else by the words of a title.

    A year after a title narrows the answer: `3:10 to Yuma (2007)`.
    """
    return by_full_title(connection, text) or by_title_words(connection, text)


def by_full_title(connection: sqlite3.Connection, text: str) -> list[int]:
    """Releases that *text* names exactly: by a whole title, perhaps with its year, or by id.

    Ids are made from titles, so an earlier title may survive in a former id.
    """
    return (
        by_whole_title(connection, text)
        or _by_title_and_year(connection, text)
        or _by_id(connection, text)
        or _by_id(connection, "-".join(fold(text).split()))
    )


def by_title_words(connection: sqlite3.Connection, text: str, *, whole: bool = False) -> list[int]:
    """Releases with a title or an alias that has all words of *text*.

    The beginnings of its words are enough, unless they must be *whole*.
    """
    query = (
        "SELECT release FROM title_words CROSS JOIN title ON title.key = title_words.rowid"
        " WHERE title_words MATCH ?"
    )
    for spelling in spellings(text):
        words = prefix_query(spelling) or MATCH_NOTHING
        words = words.replace("*", "") if whole else words
        rows = connection.execute(query, [words]).fetchall()
        if not rows and is_unspaced(spelling):
            rows = connection.execute(
                "SELECT release FROM title WHERE instr(folded, ?)", [spelling]
            ).fetchall()
        if rows:
            return [*dict.fromkeys(key for (key,) in rows)]
    return []


def by_whole_title(connection: sqlite3.Connection, text: str) -> list[int]:
    """Releases with the whole title or alias *text*."""
    for spelling in spellings(text):
        rows = connection.execute(
            "SELECT DISTINCT release FROM title WHERE folded = ?", [spelling]
        ).fetchall()
        if rows:
            return [key for (key,) in rows]
    return []


def _by_id(connection: sqlite3.Connection, text: str) -> list[int]:
    """Releases with that id, else with that former one."""
    identifier = text.strip() if text.isascii() else ""
    for query in _BY_ID:
        rows = connection.execute(query, [identifier]).fetchall()
        if rows:
            return [key for (key,) in rows]
    return []


def _by_title_and_year(connection: sqlite3.Connection, text: str) -> list[int]:
    """Releases that the words before the year at the end of *text* match, with a date in it."""
    title, _, year = fold(text).rpartition(" ")
    if not (title and len(year) == 4 and year.isascii() and year.isdecimal() and year > "0000"):
        return []
    from datetime import date  # Deferred: few names end in a year.

    first = date(int(year), 1, 1).toordinal()
    last = date(int(year), 12, 31).toordinal()
    for keys in (by_whole_title(connection, title), by_title_words(connection, title)):
        rows = connection.execute(
            "SELECT DISTINCT c.release FROM json_each(?) k CROSS JOIN effective_date c"
            " INDEXED BY effective_date_release ON c.release = k.value"
            " WHERE c.latest >= ? AND c.latest - c.width <= ?",
            [listed(keys), first, last],
        ).fetchall()
        if rows:
            return [key for (key,) in rows]
    return []


def by_label(connection: sqlite3.Connection, text: str, kind: str) -> Iterator[int]:
    """Releases with a franchise or platform (*kind*) that *text* matches."""
    for key, _ in labels(connection, text, kind):
        keys = connection.execute("SELECT release FROM release_label WHERE label = ?", [key])
        yield from (release for (release,) in keys)


def labels(connection: sqlite3.Connection, text: str, kind: str) -> list[tuple[int, str]]:
    """Key and name of the franchises or platforms (*kind*) that *text* matches.

    A full name matches only itself; else initials like `MCU` match, or the start of any word.
    """
    return next(filter(None, label_matches(connection, text, kind)), [])


def label_matches(
    connection: sqlite3.Connection, text: str, kind: str
) -> tuple[list[tuple[int, str]], list[tuple[int, str]], list[tuple[int, str]]]:
    """Key and name of the labels that *text* matches in full, by initials, and by words.

    Labels with *text* as a whole word are added to those by initials: DC isn't only Detective
    Conan.
    """
    folded = fold(text)
    full: list[tuple[int, str]] = []
    by_initials: list[tuple[int, str]] = []
    by_words: list[tuple[int, str]] = []
    whole: list[tuple[int, str]] = []
    if folded:
        joined = folded.replace(" ", "")
        for key, label, name in connection.execute(
            "SELECT key, folded, name FROM label WHERE kind = ?", [kind]
        ):
            if label == folded or label.replace(" ", "") == joined:
                full.append((key, name))
            elif joined in _initials(label):
                by_initials.append((key, name))
            elif f" {folded}" in f" {label}":
                by_words.append((key, name))
                if f" {folded} " in f" {label} ":
                    whole.append((key, name))
    by_initials += whole if by_initials else []
    return full, by_initials, by_words


def _initials(folded: str) -> tuple[str, str]:
    """The first letters of the words of *folded*, with and without `and`."""
    words = folded.split()
    if len(words) < 2:
        return "", ""
    return "".join([word[0] for word in words]), "".join(
        [word[0] for word in words if word != "and"]
    )


def by_name(connection: sqlite3.Connection, kind: str, text: str) -> Iterator[int]:
    """Releases that *text* matches as a *kind* of name: `id`, `title`, a label or one of JOBS."""
    if kind == "id":
        return iter(_by_id(connection, text))
    if kind == "title":
        return iter(by_title(connection, text))
    if kind in ("franchise", "platform"):
        return by_label(connection, text, kind)
    return by_person(connection, text, JOBS[kind])


def by_follows(connection: sqlite3.Connection, follows: Collection[tuple[str, str]]) -> set[int]:
    """Releases that any of *follows* matches, each a kind of name and a name.

    Whole titles, of which people follow thousands, are looked up together.
    """
    keys, found = _by_whole_titles(connection, [name for kind, name in follows if kind == "title"])
    for kind, name in follows:
        if kind != "title" or name not in found:
            keys.update(by_name(connection, kind, name))
    return keys


def _by_whole_titles(connection: sqlite3.Connection, texts: list[str]) -> tuple[set[int], set[str]]:
    """Releases with one of *texts* as a whole title, and those of *texts* that are one."""
    texts_of: dict[str, list[str]] = {}
    for text in texts:
        texts_of.setdefault(fold(text), []).append(text)
    folded = [*texts_of]
    keys: set[int] = set()
    found: set[str] = set()
    for start in range(0, len(folded), _MOST_TITLES):
        some = folded[start : start + _MOST_TITLES]
        marks = ", ".join("?" * len(some))
        query = f"SELECT folded, release FROM title WHERE folded IN ({marks})"
        for title, key in connection.execute(query, some):
            keys.add(key)
            found.update(texts_of[title])
    return keys, found


def records(connection: sqlite3.Connection, keys: Collection[int]) -> Iterator[str]:
    """The records of the releases *keys*, in no order."""
    return (record for _, record in keyed_records(connection, keys))


def keyed_records(
    connection: sqlite3.Connection, keys: Collection[int]
) -> Iterator[tuple[int, str]]:
    """Key and record of the releases *keys*, in no order."""
    return connection.execute(
        "SELECT key, record FROM release WHERE key IN (SELECT value FROM json_each(?))",
        [listed(keys)],
    )


def listed(keys: Collection[int]) -> str:
    """*keys* as an array of JSON, for json_each."""
    return f"[{','.join(map(str, keys))}]"


def prefix_query(folded: str, *, glue: str = " ") -> str:
    """An FTS5 query for words that begin as those of *folded* do, joined by *glue*."""
    words = [word for word in dict.fromkeys(folded.split()) if word[0].isalnum()]
    return glue.join(f'"{word}"*' for word in words)
