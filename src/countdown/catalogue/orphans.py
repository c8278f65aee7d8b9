"""Orphans: entries that change a release which no catalogue has, or no longer has."""

from collections.abc import Collection, Sequence
from typing import Final

from countdown.catalogue import readers
from countdown.catalogue.readers import Problem, Problems
from countdown.toml.parse import Table

_MAX_HINTS: Final = 20  # orphans for which a similar id is searched
_MAX_CHOICES: Final = 5_000  # ids that are compared for such a hint


def changes_other(table: Table) -> bool:
    """True if *table* has too few keys for a release, but names one to change."""
    return isinstance(table.get("id"), str) and "title" not in table


def is_orphan(table: Table) -> bool:
    """True if *table*, which has no lower table, changes a release that no longer exists.

    An entry that only hides such a release isn't an orphan: it has nothing left to do.
    """
    return changes_other(table) and table.get("hidden") is not True


def report_orphans(orphans: Sequence[tuple[int, str, Problems]], ids: Collection[str]) -> None:
    """Report each orphan, given as problems, index and id; *ids* are those of all releases."""
    choices = [id for id in ids if len(id) <= readers.MAX_SUGGESTION_LENGTH][:_MAX_CHOICES]
    for number, (index, id, problems) in enumerate(orphans):
        # Comparing words is slow: many orphans must not delay the report.
        near = choices if number < _MAX_HINTS else []
        hint = readers.suggestion(id, near, fallback='add title = "…", or remove the entry')
        path = ("release", index, "id")
        what = f'there\'s no release "{id}" to change'
        problems.append(Problem(path, what, hint, is_quiet=True))
