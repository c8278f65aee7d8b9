"""What `due` tells: sentences fit for a mail or a notification, and the same for programs."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final, NamedTuple

from countdown.core import changes, styles, wording
from countdown.core.changes import Change, Noticed
from countdown.core.text import visible
from countdown.render import contract, json_document
from countdown.render.view import View

_WORDS: Final = {  # what leads to the dates
    "dated": "has a date",
    "narrowed": "is known more closely",
    "widened": "is known less closely",
}


class Due(NamedTuple):
    """One thing to tell of the release with that *id* and *name*.

    Either it comes out on the day *on*, *days* ahead, or there is a change that was *noticed*.
    *place* is the region of a day that is not the user's own. *key* tells one thing from another.
    """

    key: str
    id: str
    name: str
    on: date | None = None
    days: int | None = None
    place: str = ""
    noticed: Noticed | None = None


def said(one: Due, style: str = styles.USUAL) -> str:
    """What is said of it after its name: `comes out in 7 days, on 7 Jul 2022`."""
    if one.noticed is not None:
        return _changed(one.noticed.change, style)
    place = f" in {one.place}" if one.place else ""
    if one.on is None or not one.days:
        return f"comes out today{place}"
    return f"comes out{place} in {wording.days(one.days)}, on {wording.day_label(one.on, style)}"


def sentence(one: Due, style: str = styles.USUAL) -> str:
    """All of it: `Thor: Love and Thunder comes out today`."""
    return f"{one.name} {said(one, style)}"


def _changed(change: Change, style: str) -> str:
    before, after = changes.ends(change, style)
    if change.kind == "cancelled":
        return "is cancelled" + (f" (was {before})" if before else "")
    if change.kind == "undated":
        return f"has no date any more (was {before})"
    dates = " → ".join(end for end in (before, after) if end)
    return f"{_WORDS.get(change.kind) or changes.what(change)}: {dates}"


def lines(things: Sequence[Due], style: str = styles.USUAL) -> str:
    """A sentence a line."""
    return "".join([f"{visible(sentence(one, style))}\n" for one in things])


def document(things: Sequence[Due], view: View) -> str:
    """The contract's document of *things*, with the releases of *view*."""
    return json_document.document(view, due=map(record, things))


def json_lines(things: Sequence[Due]) -> str:
    """One of *things* a line, as the contract has it."""
    return "".join(f"{contract.encode(record(one))}\n" for one in things)


def record(one: Due) -> dict[str, Any]:
    """One thing, after the contract."""
    return {
        "id": one.id,
        "name": one.name,
        "day": one.on.isoformat() if one.on else None,
        "days": one.days,
        "change": contract.change(one.noticed) if one.noticed else None,
        "text": sentence(one),
    }
