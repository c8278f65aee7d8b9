"""JSON Lines: one release of the contract a line."""

import json

from countdown.render.contract import record
from countdown.render.view import View


def render(view: View) -> str:
    """A line for each release of *view*."""
    found = (record(seen, now=view.now) for seen in view.outlooks)
    return "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in found)
