"""One JSON document, after the contract."""

from collections.abc import Iterable
from typing import Any

from countdown.formats.contract import change, encode, envelope, follow, records
from countdown.views.view import View


def render(view: View) -> str:
    """The contract's envelope, with what changed or is followed if asked, and with the releases."""
    lists: dict[str, Iterable[dict[str, Any]]] = {}
    if view.changes is not None:
        lists["changes"] = map(change, view.changes)
    if view.follows is not None:
        lists["follows"] = map(follow, view.follows)
    return document(view, **lists)


def document(view: View, **lists: Iterable[dict[str, Any]]) -> str:
    """The contract's envelope with *lists*, and below them the releases of *view*.

    Each thing has a line of its own: json indents in Python, four times as slow.
    """
    head = encode(envelope(view)).removesuffix("}")
    found = [_listed(name, values) for name, values in lists.items()]
    return f"{head}, {', '.join([*found, _listed('releases', records(view))])}}}\n"


def _listed(name: str, values: Iterable[dict[str, Any]]) -> str:
    lines = ",\n".join([encode(one) for one in values])
    return f'"{name}": [\n{lines}\n]' if lines else f'"{name}": []'
