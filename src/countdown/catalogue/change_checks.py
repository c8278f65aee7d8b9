"""Checks of a change to the user's own catalogue: only the entries that it changes."""

from collections.abc import Hashable, Iterator, Mapping, Sequence

from countdown.catalogue import load
from countdown.catalogue.orphans import changes_other
from countdown.toml.parse import Problem, Table


def wrong_tables(lower_layers: Sequence[load.Layer], layer: load.Layer) -> list[Table]:
    """The entries of *layer* that have a mistake."""
    load.find_problems([*lower_layers, layer], lower_layers)
    wrong = {problem.path[:2] for problem in layer.problems if not problem.keeps_entry}
    tables = enumerate(layer.tables)
    return [table for index, table in tables if table and ("release", index) in wrong]


def check_change(
    lower_layers: Sequence[load.Layer],
    before: load.Layer,
    after: load.Layer,
    present_ids: Mapping[str, str],
) -> None:
    """Raise CatalogueError with the problems of *after* that *before* didn't have.

    These don't stop a change: mistakes in other entries, unknown keys that it keeps, and entries
    for a release that is gone or whose id has changed. *present_ids* has the present id for each
    former one. Releases of the lower layers that it doesn't name can't have new problems.
    """
    own = {*map(id, after.tables)}
    unchanged = [table for table in before.tables if table and id(table) in own]
    load.find_problems([*lower_layers, before], lower_layers, unchanged)
    known = {name for problem in before.problems for name in _problem_names(problem, before)}
    known |= {
        (repr(table["id"]), "id") for table in before.tables if table and changes_other(table)
    }
    if _sequels(after) <= _sequels(before):
        # In a newer built-in catalogue, two releases can have become one, or be in another order.
        ids = {table.get("id") for layer in lower_layers for table in layer.tables if table}
        known |= {
            (id, "sequel_to")
            for id, target in _sequels(before)
            if target in present_ids or (id in map(repr, present_ids) and target in ids)
        }
    load.find_problems([*lower_layers, after], lower_layers, unchanged)
    after.problems[:] = [
        problem for problem in after.problems if known.isdisjoint(_problem_names(problem, after))
    ]
    load.raise_problems([*lower_layers, after])


def _sequels(layer: load.Layer) -> set[tuple[str, str]]:
    """The id of each entry of *layer* that is a sequel, quoted, and that of the release before."""
    return {
        (repr(table.get("id")), table["sequel_to"])
        for table in layer.tables
        if table and isinstance(table.get("sequel_to"), str)
    }


def _problem_names(problem: Problem, layer: load.Layer) -> Iterator[Hashable]:
    """Keys for *problem*, equal to those of the same problem in another layer of the file."""
    match problem.path:
        case ("release", int(index), *rest):
            table = layer.tables[index] or {}
            yield id(table), *rest  # A table that isn't changed stays the same object,
            yield _content(table), *rest  # unless it is written loosely, and so is read anew.
            if problem.keeps_entry or problem.is_quiet:
                yield repr(table.get("id")), *rest  # A wrong id need not be text.
        case path:
            yield path


def _content(value: object) -> Hashable:
    """All of *value* to compare it: as text, some numbers are too long for Python."""
    if isinstance(value, dict):
        return tuple((key, _content(item)) for key, item in value.items())
    return tuple(map(_content, value)) if isinstance(value, list) else (type(value), value)
