"""Values for lists of a release: which are added, and which are dropped."""

from typing import Any

from countdown.catalogue.document import row_identity
from countdown.cli import release_options
from countdown.cli.release_options import FactTexts
from countdown.errors import UsageError


def strip_plus(facts: FactTexts) -> tuple[FactTexts, set[str]]:
    """*facts* without + before values, and the keys of lists to which values are added.

    Raises UsageError if only some values of a key have a +.
    """
    stripped, added = dict(facts), set[str]()
    for key, values in facts.items():
        if isinstance(values, tuple) and any(value.startswith("+") for value in values):
            if not all(value.startswith("+") for value in values):
                what = "Write + before every value to add them, or before none."
                raise UsageError(f"{release_options.FACTS[key].option}: {what}")
            stripped[key] = tuple(dict.fromkeys(value[1:].strip() for value in values))
            added.add(key)
    return stripped, added


def merge(key: str, before: list[Any], more: list[Any]) -> list[Any]:
    """The rows *before*, and those of *more* with a new name."""
    names = {row_identity(key, row) for row in before}
    return [*before, *(row for row in more if row_identity(key, row) not in names)]


def dropped(key: str, before: list[Any], after: list[Any]) -> str:
    """` (dropped: Part 3, Dune 3)`: the rows *before* that *after* lacks; empty if it has all."""
    kept = {row_identity(key, row) for row in after}
    names = [str(row_identity(key, row)) for row in before if row_identity(key, row) not in kept]
    return f" (dropped: {', '.join(names)})" if names else ""
