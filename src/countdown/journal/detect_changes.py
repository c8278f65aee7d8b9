"""Compares a new index with the journal, and records changed releases as observations."""

import sqlite3
from collections.abc import Collection, Iterator, Mapping
from typing import Final, NamedTuple

from countdown.index.freshness import are_files_unchanged, saved_layers, saved_sources
from countdown.index.left_out import read_left_out, user_ids
from countdown.index.open import needs_comparison
from countdown.index.summary import Summary
from countdown.journal import source_facts, user_releases
from countdown.journal.database import scope_name, transaction, use
from countdown.journal.facts import facts_text, has_more_fields, is_same, with_dates
from countdown.journal.renames import follow_renames
from countdown.stamps import CatalogueFiles, content_hash

_PARTLY_COMPARED: Final = "*"  # behind a hash of the scope's *content*
_FACTS_VERSION: Final = "2"  # Raised if other facts are compared: then all are, once more.


class _Ids(NamedTuple):
    """Ids of releases that aren't just compared.

    Of those that are *unknown* nothing is recorded, and those that were *first_read* now are taken
    as they are. *sources* has what is unknown of others. *renamed* has the texts of the facts of
    those that got another id. Where several have become one, that is no change if any of them had
    its facts.
    """

    unknown: frozenset[str]
    first_read: frozenset[str]
    renamed: Mapping[str, Collection[str]]
    sources: source_facts.SourceState


def record_changes(
    index: sqlite3.Connection, layers: CatalogueFiles, *, folder: str, now: int
) -> bool:
    """Record in the journal of *folder* how *index*, built from *layers*, differs from it.

    The first comparison of *layers* records no changes, nor does that which reads an entry of the
    user for the first time. *now* is POSIX time in ns. False if the
    journal can't be written; nothing is lost then, as a later comparison finds the changes too.
    """
    try:
        use(folder, lambda journal: compare(journal, index, layers, now), now=now)
    except (OSError, sqlite3.Error):
        return False
    return True


def catch_up(index: sqlite3.Connection, layers: CatalogueFiles, *, folder: str, now: int) -> bool:
    """Record the changes in *index* that its build left, if any; see `record_changes`."""
    return not needs_comparison(index) or record_changes(index, layers, folder=folder, now=now)


def compare(
    journal: sqlite3.Connection, index: sqlite3.Connection, layers: CatalogueFiles, now: int
) -> None:
    """Record in *journal* how *index*, built from *layers*, differs. Raises sqlite3.Error."""
    with transaction(journal):
        # Under the lock no other process compares. A slow build of files that have changed since
        # must not undo what a newer one has recorded.
        if not are_files_unchanged(index, now=now):
            return
        name = scope_name(layers)
        hashes = [hash or "-" for _, _, hash in saved_layers(index)]
        content = " ".join([_FACTS_VERSION, *hashes, *_sources_hash(index)])
        row = journal.execute("SELECT key, content FROM scope WHERE name = ?", [name]).fetchone()
        if row is None:
            own_unread = read_left_out(index).has_unknown_ids
            journal.execute(
                "INSERT INTO scope VALUES (NULL, ?, ?, ?, ?)", [name, now, content, own_unread]
            )
            (scope,) = journal.execute("SELECT last_insert_rowid()").fetchone()
            rows = ((scope, *row) for row in _facts_texts(index))
            journal.executemany("INSERT INTO known VALUES (?, ?, ?)", rows)
        else:
            scope = row[0]
        if row is not None and row[1] != content:
            renamed = follow_renames(journal, scope, index)
            unknown = user_releases.find_unknown_in(journal, scope, index)
            if unknown is None:  # All is compared once the file can be read.
                return
            contents = row[1].split(), content.split()
            first_read = user_releases.find_first_read(journal, scope, index)
            sources = source_facts.find(journal, scope, index)
            ids = _Ids(unknown, first_read, renamed, sources)
            _compare(journal, index, scope, now, mine=_is_mine(*contents, layers), ids=ids)
            if unknown:
                content = _not_compared_whole(*contents, layers)
            journal.execute("UPDATE scope SET content = ? WHERE key = ?", [content, scope])
        user_releases.save(journal, scope, index, is_first=row is None)
        source_facts.save(journal, scope, index)


def accept_dates(
    journal: sqlite3.Connection,
    layers: CatalogueFiles,
    id: str,
    dates: Collection[tuple[str, str, str]],
) -> None:
    """Take *dates* (region, type, EDTF) of the release *id* in *layers* as known, not as a change.

    Raises sqlite3.Error.
    """
    with transaction(journal):
        row = journal.execute(
            "SELECT scope, facts FROM known JOIN scope ON key = scope WHERE name = ? AND id = ?",
            [scope_name(layers), id],
        ).fetchone()
        if row is not None:
            scope, facts = row
            journal.execute(
                "UPDATE known SET facts = ? WHERE scope = ? AND id = ?",
                [with_dates(facts, dates), scope, id],
            )


def check_readable(index: sqlite3.Connection) -> None:
    """Read everything that `compare` reads from *index*. Raises sqlite3.Error if it is damaged."""
    saved_layers(index)
    saved_sources(index)
    read_left_out(index)
    user_ids(index)
    for _ in _facts_texts(index):
        pass


def _sources_hash(index: sqlite3.Connection) -> list[str]:
    """A hash of all layers of sources that can be opened, if there are any."""
    texts = [
        path + content.encode("ascii")
        for path, _, content, _ in saved_sources(index)[1:]
        if content
    ]
    return [content_hash(b"\0".join(texts))] if texts else []


def _is_mine(before: list[str], after: list[str], layers: CatalogueFiles) -> bool:
    """True if only catalogues of the user's own differ; the lists are versions and hashes."""
    count = len(layers.paths) + 1
    if before[count:] != after[count:]:  # what sources say
        return False
    compared = zip(("", *layers.paths), before, after, strict=False)
    return all(old == new or path in layers.optional for path, old, new in compared)


def _not_compared_whole(before: list[str], after: list[str], layers: CatalogueFiles) -> str:
    """The hashes *after* as text; one that isn't the user's is marked if it differs.

    Else what it changed in releases that are unknown for now would count as the user's own change
    once these are compared.
    """
    count = len(layers.paths) + 1
    compared = zip(("", *layers.paths), before, after, strict=False)
    marked = [
        new if old == new or path in layers.optional else _marked(new)
        for path, old, new in compared
    ]
    rest = after[count:]
    return " ".join([*marked, *(rest if before[count:] == rest else map(_marked, rest))])


def _marked(hash: str) -> str:
    return f"{hash}{_PARTLY_COMPARED}"


def _compare(
    journal: sqlite3.Connection,
    index: sqlite3.Connection,
    scope: int,
    now: int,
    *,
    mine: bool,
    ids: _Ids,
) -> None:
    """Record how *index* differs from what is known; *ids* are those with rules of their own."""
    before = dict(journal.execute("SELECT id, facts FROM known WHERE scope = ?", [scope]))
    before = {id: text for id, text in before.items() if id not in ids.unknown}
    changes, unchanged = [], []
    for id, present in _facts_texts(index):
        old = before.pop(id, None)
        text = ids.sources.text(id, old, present)
        if old == text or id in ids.unknown:
            continue
        if (
            id in ids.first_read
            or (old is None and id in ids.sources.first_read)
            or (old is not None and has_more_fields(text, old))
            or ids.sources.is_same(id, old, text)
            or any(is_same(text, known) for known in ids.renamed.get(id, ()))
        ):
            unchanged.append((id, old, text))
        else:
            changes.append((id, old, text))
    before = {id: text for id, text in before.items() if id not in ids.sources.held}
    silent = {*ids.first_read, *ids.sources.removed}
    journal.executemany(
        "INSERT INTO observation VALUES (NULL, ?, ?, ?, ?, ?, ?)",
        [
            *((scope, now, *change, mine) for change in changes),
            *(
                (scope, now, id, text, None, mine)
                for id, text in before.items()
                if id not in silent
            ),
        ],
    )
    journal.executemany(
        "INSERT OR REPLACE INTO known VALUES (?, ?, ?)",
        [(scope, id, text) for id, _, text in (*changes, *unchanged)],
    )
    journal.executemany(
        "DELETE FROM known WHERE scope = ? AND id = ?", [(scope, id) for id in before]
    )


def _facts_texts(index: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    """The id and the text of the facts of every release in *index*."""
    for (record,) in index.execute("SELECT record FROM release"):
        release = Summary(record)
        dates, complete = release.announced_dates(), release.complete
        text = facts_text(release.name, release.stage, dates, complete, release.cadence)
        yield release.id, text
