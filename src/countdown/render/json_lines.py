"""JSON Lines: one release of the contract a line."""

from countdown.render.contract import encode, record
from countdown.render.view import View


def render(view: View) -> str:
    """A line for each release of *view*."""
    return "".join([f"{encode(record(seen, now=view.now))}\n" for seen in view.outlooks])
