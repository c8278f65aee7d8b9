"""A new index compared with what the journal knows: what is other is written down there."""

import sqlite3
from collections.abc import Iterator
from typing import Final

from countdown.index.freshness import saved_layers
from countdown.index.layout import DATE, FIELD, ITEM, PART
from countdown.index.open import UNCOMPARED, needs_comparison
from countdown.journal.database import scope_name, transaction, use
from countdown.stamps import CatalogueFiles, is_unchanged

_FACTS: Final = "1"  # Raised with every change of `facts`, so that all is compared again.


def record_changes(
    index: sqlite3.Connection, layers: CatalogueFiles, *, folder: str, now: int
) -> bool:
    """Write down in the journal of *folder* what is other in *index*, made of *layers*.

    The first look at *layers* only notes what is known. *now* is POSIX time in ns. False says
    that the journal can't be written; what changed is not lost then, but noted later.
    """
    try:
        use(folder, lambda journal: compare(journal, index, layers, now), now=now)
    except (OSError, sqlite3.Error):
        return False
    return True


def mark_uncompared(index: sqlite3.Connection) -> None:
    """Leave it to others to note what is other in *index*, a draft."""
    index.execute(f"PRAGMA user_version = {UNCOMPARED}")


def mark_compared(index: sqlite3.Connection) -> None:
    """Leave nothing to note of *index*, a draft."""
    index.execute("PRAGMA user_version = 0")


def catch_up(index: sqlite3.Connection, layers: CatalogueFiles, *, folder: str, now: int) -> bool:
    """Do what was put off when *index* was built, if anything was, as `note` does it."""
    return not needs_comparison(index) or record_changes(index, layers, folder=folder, now=now)


def compare(
    journal: sqlite3.Connection, index: sqlite3.Connection, layers: CatalogueFiles, now: int
) -> None:
    """Write down in *journal* what is other in *index*, made of *layers*. Raises sqlite3.Error."""
    with transaction(journal):
        # Once the lock is had, nobody else compares. An index that was long in the making, of
        # files that have changed since, must not undo what a younger one has found.
        read = saved_layers(index)
        if not is_unchanged(read, now=now):
            return
        name = scope_name(layers)
        seen = " ".join([_FACTS, *(content or "-" for _, _, content in read)])
        row = journal.execute("SELECT key, seen FROM scope WHERE name = ?", [name]).fetchone()
        if row is None:
            journal.execute("INSERT INTO scope VALUES (NULL, ?, ?, ?)", [name, now, seen])
            (scope,) = journal.execute("SELECT last_insert_rowid()").fetchone()
            rows = ((scope, *facts(record)) for record in _records(index))
            journal.executemany("INSERT INTO known VALUES (?, ?, ?)", rows)
        elif row[1] != seen:
            _compare(journal, index, row[0], now)
            journal.execute("UPDATE scope SET seen = ? WHERE key = ?", [seen, row[0]])


def check_readable(index: sqlite3.Connection) -> None:
    """Read all that `compare` reads of *index*. Raises sqlite3.Error if that is damaged."""
    saved_layers(index)
    for _ in _records(index):
        pass


def _compare(journal: sqlite3.Connection, index: sqlite3.Connection, scope: int, now: int) -> None:
    known = dict(journal.execute("SELECT id, facts FROM known WHERE scope = ?", [scope]))
    changed = []
    for record in _records(index):
        id, after = facts(record)
        before = known.pop(id, None)
        if before != after:
            changed.append((id, before, after))
    journal.executemany(
        "INSERT INTO observation VALUES (NULL, ?, ?, ?, ?, ?)",
        [
            *((scope, now, *change) for change in changed),
            *((scope, now, id, before, None) for id, before in known.items()),
        ],
    )
    journal.executemany(
        "INSERT OR REPLACE INTO known VALUES (?, ?, ?)",
        [(scope, id, after) for id, _, after in changed],
    )
    journal.executemany(
        "DELETE FROM known WHERE scope = ? AND id = ?", [(scope, id) for id in known]
    )


def _records(index: sqlite3.Connection) -> Iterator[str]:
    return (record for (record,) in index.execute("SELECT record FROM release"))


def facts(record: str) -> tuple[str, str]:
    """The id and the facts of the release that is packed as *record*: see index/record.py."""
    fields = record.split(FIELD)
    season = fields[3]
    name = f"{fields[1]}, season {season}" if season else fields[1]
    return fields[0], f"{name}{FIELD}{fields[15]}{FIELD}{_dates(fields[19])}"


def _dates(packed: str) -> str:
    if not packed:
        return ""
    found = []
    for one in packed.split(ITEM):
        when, region, type = one.split(PART)
        found.append(f"{region}{PART}{type}{PART}{when.split(DATE)[3]}")
    return ITEM.join(sorted(found))
