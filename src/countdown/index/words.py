"""Lookups of words that are typed without an option, and so can be names of any kind."""

import sqlite3
from typing import Final

from countdown.core.text import fold
from countdown.index import names

_KINDS: Final = ("franchise", "platform", "person", "title")  # the first match counts


def kind_of_word(connection: sqlite3.Connection, text: str) -> str | None:
    """The kind of the name *text*; None if nothing has it.

    A full name comes before the beginning of a word. It is `word` if there are also titles that
    `by_word` adds.
    """
    kind = _kind_of_name(connection, text)
    if kind in (None, "title"):
        return kind
    named = {*names.by_name(connection, kind, text)}
    return kind if named.issuperset(_titles_beside(connection, kind, text)) else "word"


def by_word(connection: sqlite3.Connection, text: str) -> set[int]:
    """Releases that *text* matches as a name of its kind, and those of which it is a full title.

    Beside a person's name, titles that have all of its words are enough.
    """
    kind = _kind_of_name(connection, text) or "title"
    return {*names.by_name(connection, kind, text), *_titles_beside(connection, kind, text)}


def _kind_of_name(connection: sqlite3.Connection, text: str) -> str | None:
    for kind in _KINDS[:-1]:
        if _is_full_name(connection, kind, text):
            return kind
    return next((kind for kind in _KINDS if any(names.by_name(connection, kind, text))), None)


def _is_full_name(connection: sqlite3.Connection, kind: str, text: str) -> bool:
    """True if *text* is the full name of a person, franchise or platform (*kind*)."""
    if kind == "person":
        people = names.people(connection, text, names.JOBS["person"])
        return any(fold(name) == fold(text) for _, name in people)
    return bool(names.label_matches(connection, text, kind)[0])


def _titles_beside(connection: sqlite3.Connection, kind: str, text: str) -> list[int]:
    """Releases that have *text* as a full title, or if it is a part of a person's name in one."""
    full = names.by_full_title(connection, text)
    if full or kind != "person" or _is_full_name(connection, kind, text):
        return full
    return names.by_title_words(connection, text, whole=True)
