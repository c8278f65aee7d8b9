"""Orphans: entries that change a release which no catalogue has, or no longer has."""

from collections.abc import Collection, Sequence
from typing import Final

from countdown.catalogue import readers
from countdown.catalogue.readers import Problem, Problems
from countdown.toml.parse import Table

_MAX_HINTS: Final = 20  # orphans for which a similar id is searched
_MAX_CHOICES: Final = 5_000  # ids that are compared for such a hint


def changes_other(table: Table) -> bool:
    """True if *table* is too little to be a release of its own, but tells which one it changes."""
    return isinstance(table.get("id"), str) and "title" not in table


def is_orphan(table: Table) -> bool:
    """True if *table*, below which there is no other, has lost the release that it changes.

    One that hides a release has nothing left to do, which is no mistake.
    """
    return changes_other(table) and table.get("hidden") is not True


def report_orphans(orphans: Sequence[tuple[int, str, Problems]], ids: Collection[str]) -> None:
    """Add to its problems that of each orphan, an index and an id; *ids* are of all releases."""
    choices = [id for id in ids if len(id) <= readers.MAX_SUGGESTION_LENGTH][:_MAX_CHOICES]
    for number, (index, id, problems) in enumerate(orphans):
        # Comparing words is slow: many orphans must not delay the report.
        near = choices if number < _MAX_HINTS else []
        hint = readers.suggestion(id, near, fallback='add title = "…", or remove the entry')
        path = ("release", index, "id")
        what = f'there\'s no release "{id}" to change'
        problems.append(Problem(path, what, hint, is_quiet=True))
