"""Checks of `sequel_to` across all layers of a catalogue."""

from collections.abc import Mapping, Sequence
from typing import Final

from countdown.catalogue import readers
from countdown.catalogue.readers import Problem, Problems
from countdown.toml.parse import Table

_MAX_HINTS: Final = 20  # unknown targets for which a hint is searched
_MAX_CHOICES: Final = 5_000  # ids that are compared for such a hint

_Layers = Sequence[tuple[Sequence[Table | None], Problems]]


def check_sequels(layers: _Layers, present_ids: Mapping[str, str]) -> None:
    """Add to the problems of each of *layers* what is wrong with `sequel_to` in its tables.

    *present_ids* has the present id for each former one.
    """
    _check_targets(layers, present_ids)
    _check_circles(layers, present_ids)


def _check_targets(layers: _Layers, present_ids: Mapping[str, str]) -> None:
    """Report each release that is the sequel of an unknown one."""
    # An entry that only changes another release isn't a release of its own.
    ids = (
        table.get("id")
        for tables, _ in layers
        for table in tables
        if table and ("title" in table or "ids" in table)
    )
    targets = dict.fromkeys(identifier for identifier in ids if isinstance(identifier, str))
    choices = [name for name in targets if len(name) <= readers.MAX_SUGGESTION_LENGTH]
    choices = choices[:_MAX_CHOICES]
    hints = 0
    for tables, problems in layers:
        for index, table in enumerate(tables):
            target = table.get("sequel_to") if table else None
            if isinstance(target, str) and target not in targets and target not in present_ids:
                # Comparing words is slow: many unknown targets must not delay the report.
                near = choices if hints < _MAX_HINTS else []
                hints += 1
                hint = readers.suggestion(target, near, fallback="write the id of another release")
                path = ("release", index, "sequel_to")
                what = f'unknown release "{target}"'
                problems.append(Problem(path, what, hint, keeps_entry=True, is_quiet=True))


def _check_circles(layers: _Layers, present_ids: Mapping[str, str]) -> None:
    """Report each release that is directly or indirectly its own sequel.

    The entry of the highest layer is the wrong one: without it, there would be no circle.
    """
    entries: dict[str, tuple[str, int, Problems, int]] = {  # target, height, problems, index
        present_ids.get(id, id): (present_ids.get(target, target), height, problems, index)
        for height, (tables, problems) in enumerate(layers)
        for index, table in enumerate(tables)
        for id, target in [((table or {}).get("id"), (table or {}).get("sequel_to"))]
        if isinstance(id, str) and isinstance(target, str)
    }
    visited: set[str] = set()
    for id in entries:
        chain: set[str] = set()
        while id in entries and id not in visited and id not in chain:
            chain.add(id)
            id = entries[id][0]
        if id in chain:
            id = max(_circle(entries, id), key=lambda member: entries[member][1])
            target, _, problems, index = entries[id]
            path = ("release", index, "sequel_to")
            what = "no release follows itself" if target == id else f'"{target}" follows this one'
            hint = "write the id of the release before it"
            # Two releases may have become one.
            is_quiet = not {id, target}.isdisjoint(present_ids.values())
            problems.append(Problem(path, what, hint, keeps_entry=True, is_quiet=is_quiet))
        visited |= chain


def _circle(entries: Mapping[str, tuple[str, int, Problems, int]], id: str) -> list[str]:
    """The ids of the circle of sequels, starting with *id*."""
    circle = [id]
    while (target := entries[circle[-1]][0]) != id:
        circle.append(target)
    return circle
