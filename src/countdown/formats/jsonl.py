"""JSON Lines: one release of the contract a line, or one change where changes are the answer."""

from countdown.formats.contract import change_records, encode, records
from countdown.views.view import View


def render(view: View) -> str:
    """A line for each release of *view*, or for each change."""
    values = records(view) if view.changes is None else change_records(view)
    return "".join([f"{encode(value)}\n" for value in values])
