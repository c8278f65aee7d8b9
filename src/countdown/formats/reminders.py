"""Reminders as text for mail, as JSON and as JSON Lines."""

from collections.abc import Sequence
from typing import Any

from countdown.core import day_style
from countdown.core.text import escape_hostile
from countdown.formats import contract, json
from countdown.views.reminders import Reminder, sentence
from countdown.views.view import View


def lines(
    reminders: Sequence[Reminder], style: str = day_style.DEFAULT, *, exact_days: bool = False
) -> str:
    """A sentence a line; *exact_days* counts in days, not in weeks and months."""
    sentences = [sentence(reminder, style, exact_days=exact_days) for reminder in reminders]
    return "".join([f"{escape_hostile(text)}\n" for text in sentences])


def document(reminders: Sequence[Reminder], view: View) -> str:
    """The JSON document of *reminders*, with the releases of *view*."""
    exact_days = view.context.exact_days
    records = (record(reminder, exact_days=exact_days) for reminder in reminders)
    return json.document(view, reminders=records)


def json_lines(reminders: Sequence[Reminder], *, exact_days: bool = False) -> str:
    """One JSON object a line."""
    records = [record(reminder, exact_days=exact_days) for reminder in reminders]
    return "".join([f"{contract.encode(values)}\n" for values in records])


def record(reminder: Reminder, *, exact_days: bool = False) -> dict[str, Any]:
    """One reminder, as the contract has it."""
    observed = reminder.observed
    return {
        "id": reminder.id,
        "name": reminder.name,
        "day": reminder.day.isoformat() if reminder.day else None,
        "days": reminder.days,
        "milestone": reminder.milestone,
        "complete": reminder.is_complete,
        "change": contract.change(observed, exact_days=exact_days) if observed else None,
        "text": sentence(reminder, exact_days=exact_days),
    }
