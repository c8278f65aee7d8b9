"""Reminders as text for mail, as JSON and as JSON Lines."""

from collections.abc import Sequence
from typing import Any

from countdown.core import day_style
from countdown.core.text import escape_hostile
from countdown.formats import contract, json
from countdown.views.reminders import Reminder, sentence
from countdown.views.view import View


def lines(things: Sequence[Reminder], style: str = day_style.DEFAULT) -> str:
    """A sentence a line."""
    return "".join([f"{escape_hostile(sentence(one, style))}\n" for one in things])


def document(things: Sequence[Reminder], view: View) -> str:
    """The contract's document of *things*, with the releases of *view*."""
    return json.document(view, due=map(record, things))


def json_lines(things: Sequence[Reminder]) -> str:
    """One of *things* a line, as the contract has it."""
    return "".join(f"{contract.encode(record(one))}\n" for one in things)


def record(one: Reminder) -> dict[str, Any]:
    """One thing, after the contract."""
    return {
        "id": one.id,
        "name": one.name,
        "day": one.on.isoformat() if one.on else None,
        "days": one.days,
        "change": contract.change(one.noticed) if one.noticed else None,
        "text": sentence(one),
    }
