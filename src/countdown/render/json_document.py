"""One JSON document, after the contract."""

import json

from countdown.render.contract import envelope
from countdown.render.view import View


def render(view: View) -> str:
    """The contract's envelope with every release of *view*."""
    return json.dumps(envelope(view), ensure_ascii=False, indent=2) + "\n"
