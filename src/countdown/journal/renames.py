"""Gives releases their new id in the journal.

This way, a renamed release doesn't count as removed and new, and no reminder is sent again.
"""

import sqlite3
from typing import Final

_ID_OF_DELIVERY: Final = "substr(reminder, instr(reminder, ' ') + 1)"  # of a milestone: `7 dune`
_OF_MILESTONES: Final = "day <> 0"  # deliveries.CHANGES
_QUERIES: Final = (  # of the ids that the journal has
    "SELECT id FROM known WHERE scope = ?",
    "SELECT id FROM own_release WHERE scope = ?",
    "SELECT DISTINCT id FROM source_fact WHERE scope = ?",
    "SELECT DISTINCT id FROM observation WHERE scope = ?",
    f"SELECT DISTINCT {_ID_OF_DELIVERY} FROM delivery WHERE scope = ? AND {_OF_MILESTONES}",
)
_FACTS: Final = "SELECT facts FROM known WHERE scope = :scope AND id = :old"
_UPDATES: Final = (
    "UPDATE OR IGNORE known SET id = :new WHERE scope = :scope AND id = :old",
    "UPDATE OR IGNORE own_release SET id = :new WHERE scope = :scope AND id = :old",
    "UPDATE OR IGNORE source_fact SET id = :new WHERE scope = :scope AND id = :old",
    "UPDATE observation SET id = :new WHERE scope = :scope AND id = :old",
    "UPDATE OR IGNORE delivery SET reminder = substr(reminder, 1, instr(reminder, ' ')) || :new"
    f" WHERE scope = :scope AND {_OF_MILESTONES} AND {_ID_OF_DELIVERY} = :old",
    # Rows that are left belong to releases that became one with others.
    "DELETE FROM known WHERE scope = :scope AND id = :old",
    "DELETE FROM own_release WHERE scope = :scope AND id = :old",
    "DELETE FROM source_fact WHERE scope = :scope AND id = :old",
)


def follow_renames(
    journal: sqlite3.Connection, scope: int, index: sqlite3.Connection
) -> dict[str, list[str]]:
    """Give what *journal* has of releases under a former id their id in *index*.

    Returns the texts of the known facts of all releases that got an id, by that id. For within a
    transaction.
    Raises sqlite3.Error.
    """
    former = index.execute(
        "SELECT former_id.id, release.id FROM former_id JOIN release ON release.key = release"
        " WHERE former_id.id NOT IN (SELECT id FROM release) ORDER BY release DESC, former_id.rowid"
    )
    renamed = dict(former.fetchall())
    texts: dict[str, list[str]] = {}
    if not renamed:
        return texts
    ids = {id for query in _QUERIES for (id,) in journal.execute(query, [scope])}
    for old in [id for id in renamed if id in ids]:
        new = renamed[old]
        values = {"scope": scope, "old": old, "new": new}
        for (text,) in journal.execute(_FACTS, values):
            texts.setdefault(new, []).append(text)
        for update in _UPDATES:
            journal.execute(update, values)
    return texts
