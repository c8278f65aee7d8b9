"""Reminders as text for mail, as JSON and as JSON Lines."""

from collections.abc import Sequence
from typing import Any

from countdown.core import day_style
from countdown.core.text import escape_hostile
from countdown.formats import contract, json
from countdown.views.reminders import Reminder, sentence
from countdown.views.view import View


def lines(reminders: Sequence[Reminder], style: str = day_style.DEFAULT) -> str:
    """A sentence a line."""
    return "".join([f"{escape_hostile(sentence(reminder, style))}\n" for reminder in reminders])


def document(reminders: Sequence[Reminder], view: View) -> str:
    """The JSON document of *reminders*, with the releases of *view*."""
    return json.document(view, reminders=map(record, reminders))


def json_lines(reminders: Sequence[Reminder]) -> str:
    """One JSON object a line."""
    return "".join(f"{contract.encode(record(reminder))}\n" for reminder in reminders)


def record(reminder: Reminder) -> dict[str, Any]:
    """One reminder, as the contract has it."""
    return {
        "id": reminder.id,
        "name": reminder.name,
        "day": reminder.day.isoformat() if reminder.day else None,
        "days": reminder.days,
        "milestone": reminder.milestone,
        "change": contract.change(reminder.observed) if reminder.observed else None,
        "text": sentence(reminder),
    }
