"""The badge of a release, in the JSON of shields.io's endpoint badges, schema version 1.

It names the date, not the days left: that stays true without another build.
"""

import json
from typing import Final

from countdown.core.outlook import Outlook
from countdown.core.text import escape_hostile
from countdown.core.width import cut
from countdown.views.view import Style, urgency
from countdown.website import rows

_MAX_TEXT: Final = 60  # columns
_COLOURS: Final[dict[Style, str]] = {
    "released": "brightgreen",
    "overdue": "red",
    "window": "blueviolet",
    "undated": "lightgrey",
}


def badge(outlook: Outlook) -> str:
    """The badge of *outlook*: its title, and its date or stage."""
    parts = (_message(outlook), *rows.notes(outlook))
    document = {
        "schemaVersion": 1,
        "label": _text(outlook.release.name),
        "message": _text(", ".join(parts)),
        "color": _COLOURS.get(urgency(outlook), "blue"),
    }
    return json.dumps(document, ensure_ascii=True, indent=1) + "\n"


def _message(outlook: Outlook) -> str:
    if not outlook.dated:
        return rows.left(outlook)
    date = rows.when(outlook)
    return f"out since {date}" if outlook.state == "released" else date


def _text(text: str) -> str:
    return cut(escape_hostile(text), _MAX_TEXT)
