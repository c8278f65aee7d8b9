"""JSON Lines: one release of the contract a line, or one change or candidate."""

from collections.abc import Iterable
from typing import Any

from countdown.formats.contract import candidate, change_records, encode, records
from countdown.views.view import View


def render(view: View) -> str:
    """A line for each release of *view*, or for each change or candidate if it has them."""
    if view.candidates is not None:
        values: Iterable[dict[str, Any]] = map(candidate, view.candidates)
    else:
        values = records(view) if view.changes is None else change_records(view)
    return "".join([f"{encode(value)}\n" for value in values])
