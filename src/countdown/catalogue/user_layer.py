"""The user's own catalogue, read leniently: entries and keys with mistakes are left out.

`countdown check` reads it strictly. So does every command, if the user names the file.
"""

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from countdown.catalogue import load
from countdown.catalogue.former_ids import report_conflicts
from countdown.catalogue.load import Layer, Table
from countdown.catalogue.merge_layers import group
from countdown.catalogue.messages import describe_problems
from countdown.catalogue.readers import CappedProblems, Problem
from countdown.core.left_out import NEWER, UNREADABLE, LeftOut
from countdown.errors import CatalogueError

_TOP_KEYS: Final = (("format",), ("release",))  # With a mistake here, no entry can be read.


class UserLayer(NamedTuple):
    """The usable part as a *layer*, and what is *left_out*, with its *problems*."""

    layer: Layer
    left_out: LeftOut
    problems: list[Problem]
    error: CatalogueError | None = None  # why nothing of it can be used

    def problem_lines(self) -> tuple[str, ...]:
        """A message for each problem, as `countdown check` writes it."""
        if self.error is not None:
            return self.error.lines
        layer = self.layer
        return (*describe_problems(layer.path, layer.content, self.problems, layer.origins),)


def read_user_layer(path: str, data: bytes, lower: Sequence[Layer]) -> UserLayer:
    """The layer of *data*, the bytes of the file *path*, over *lower* ones, without problems."""
    try:
        layer = load.read_layer(path, data)
        check_entries_readable(layer)
    except load.NewerFormatError as error:
        return _nothing_of(path, NEWER, error)
    except CatalogueError as error:
        return _nothing_of(path, UNREADABLE, error)
    usable = layer._replace(ids={})
    problems: list[Problem] = []
    while True:  # Leaving out one entry can cause problems in others.
        # Problems of lower layers aren't the user's.
        lower_layers = [each._replace(problems=CappedProblems()) for each in lower]
        load.find_problems([*lower_layers, usable], lower_layers)
        if not usable.problems:
            return UserLayer(usable, _left_out(usable, problems), problems)
        problems += usable.problems
        tables = _without(usable.tables, usable.problems)
        usable = usable._replace(tables=tables, problems=CappedProblems())


def read_usable_layers(
    paths: Sequence[str], optional: Sequence[str], sources: Sequence[Layer] = ()
) -> tuple[list[Layer], list[UserLayer]]:
    """The layers of the existing files of *paths*, and again those of the *optional* ones.

    Optional files are the user's: their layers have only what can be used. The layers of *sources*
    lie over that of the first path. Raises CatalogueError.
    """
    layers: list[Layer] = []
    user_layers: list[UserLayer] = []
    for path in filter(load.file_stamp, paths):
        data = load.content(path, allow_pipe=path not in optional)
        if path in optional:
            user_layers.append(read_user_layer(path, data, layers))
            layers.append(user_layers[-1].layer)
        else:
            layers.append(load.read_layer(path, data))
        if path == paths[0]:
            layers += sources
    return layers, user_layers


def describe_conflicts(layers: Sequence[Layer]) -> list[str]:
    """A message for each entry with an id that another release of a lower layer has or had.

    Nothing is left out because of it, so it isn't a problem of the layer. Entries of sources aren't
    anybody's to mend.
    """
    lines: list[str] = []
    ids = [CappedProblems() for _ in layers]
    for conflict in group(layers).conflicts:
        ids[conflict.entry.height].append(conflict.problem)
    for height, layer in enumerate(layers):
        lower = [each._replace(problems=CappedProblems()) for each in layers[:height]]
        conflicts = ids[height]
        if layer.source is not None:
            continue
        report_conflicts(layer.tables, load.merge_tables(lower), conflicts)
        lines += describe_problems(layer.path, layer.content, conflicts)
    return lines


def check_entries_readable(layer: Layer) -> None:
    """Raise CatalogueError if *layer*, just read, can't have readable entries."""
    if any(problem.path in _TOP_KEYS for problem in layer.problems):
        load.raise_problems([layer])


def _nothing_of(path: str, reason: str, error: CatalogueError) -> UserLayer:
    layer = Layer(path, b"", [], None, CappedProblems(), {})
    return UserLayer(layer, LeftOut(reason, has_unknown_ids=True), [], error)


def _without(tables: Sequence[Table | None], problems: Sequence[Problem]) -> list[Table | None]:
    """*tables* without the entries that have *problems*, or without the keys that do."""
    usable = [*tables]
    # Backwards: a removal must not shift the indices of later ones.
    for path, _, _, keeps_entry, _ in reversed(problems):
        match path:
            case ("release", int(index), *rest):
                table = usable[index]
                usable[index] = _removed(table, rest) if keeps_entry and table else None
    return usable


def _removed(value: Any, path: Sequence[str | int]) -> Any:
    """A copy of the table or list *value* without the item at *path*, if that still exists."""
    key, rest = path[0], path[1:]
    items = enumerate(value) if isinstance(value, list) else value.items()
    kept = [
        (each, _removed(item, rest) if each == key else item)
        for each, item in items
        if rest or each != key
    ]
    return [item for _, item in kept] if isinstance(value, list) else dict(kept)


def _left_out(layer: Layer, problems: Sequence[Problem]) -> LeftOut:
    """The entries and keys of *layer* that can't be used because of *problems*."""
    wrong, keys = set[int](), 0
    for path, _, _, keeps_entry, is_quiet in problems:
        match path:
            case ("release", int(index), *_) if not (keeps_entry or is_quiet):
                wrong.add(index)
            case (_, *_) if not is_quiet:
                keys += 1
    ids = layer.ids or {}
    return LeftOut(
        entries=len(wrong),
        keys=keys,
        ids=tuple(dict.fromkeys(ids[index] for index in sorted(wrong) if index in ids)),
        has_unknown_ids=not wrong.issubset(ids),
    )
