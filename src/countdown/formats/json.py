"""One JSON document, as the contract has it."""

from collections.abc import Iterable
from typing import Any

from countdown.formats.contract import (
    candidate,
    change_records,
    encode,
    envelope,
    follow,
    records,
    source,
    source_state,
)
from countdown.views.view import View


def render(view: View) -> str:
    """The document with the releases of *view*, and with what else it has."""
    lists: dict[str, Iterable[dict[str, Any]]] = {}
    if view.changes is not None:
        lists["changes"] = change_records(view)
    if view.sources is not None:
        lists["sources"] = map(source, view.sources)
    if view.follows is not None:
        lists["follows"] = map(follow, view.follows)
    if view.candidates is not None:
        lists["candidates"] = map(candidate, view.candidates)
    if view.source_states is not None:
        lists["source_states"] = map(source_state, view.source_states)
    return document(view, **lists)


def document(view: View, **lists: Iterable[dict[str, Any]]) -> str:
    """The document with *lists* and below them the releases of *view*.

    Each element has its own line: an indent of json's would be four times as slow.
    """
    keys = envelope(view)
    if view.marathon is not None:
        from countdown.formats import marathon_record  # Deferred: few answers have one.

        keys["marathon"] = marathon_record.record(view.marathon)
    head = encode(keys).removesuffix("}")
    parts = [_list(name, values) for name, values in lists.items()]
    return f"{head}, {', '.join([*parts, _list('releases', records(view))])}}}\n"


def _list(name: str, values: Iterable[dict[str, Any]]) -> str:
    lines = ",\n".join([encode(value) for value in values])
    return f'"{name}": [\n{lines}\n]' if lines else f'"{name}": []'
