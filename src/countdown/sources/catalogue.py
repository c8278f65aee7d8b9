"""A catalogue that somebody hosts: its header, and its releases under ids of their own.

What only the owner of a catalogue may do, like hiding a release, is left out. Wrong values are left
to the reader of layers, which drops the release that has them.
"""

from collections import Counter
from datetime import date, datetime
from typing import Final, NamedTuple

from countdown.core.text import find_hostile
from countdown.errors import CatalogueError
from countdown.sources.answers import BadAnswerError, line, number
from countdown.toml import parse
from countdown.toml.parse import Table

MAX_MIRRORS: Final = 3
_NOT_FOR_SOURCES: Final = frozenset(("hidden", "unverified", "sequel_to", "only_these_dates"))
_FORMATS: Final = (1, 2)  # A newer one is left to the reader of layers, which refuses it.


class Catalogue(NamedTuple):
    """The header of a catalogue, and the *tables* of its releases, whose ids have a prefix.

    *refresh* is how often it wishes to be read, in its own words. *mirrors* are addresses at which
    it can be had, too. *skipped* has a line for each kind of thing that was left out.
    """

    format: int
    tables: tuple[Table, ...]
    title: str | None = None
    licence: str | None = None
    credit: str | None = None
    refresh: str | None = None
    expires: date | None = None
    checked: date | None = None
    serial: int | None = None
    mirrors: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()


def read(body: bytes, name: str) -> Catalogue:
    """The catalogue in *body*, that of the source *name*.

    Raises BadAnswerError if it can't be read, or has no release.
    """
    top = _parse(body)
    skipped: Counter[str] = Counter()
    entries = top.get("release")
    entries = entries if isinstance(entries, list) else []
    tables = tuple(_release(each, name, skipped) for each in entries if isinstance(each, dict))
    if not tables:
        raise BadAnswerError("the catalogue has no releases")
    if others := len(entries) - len(tables):
        skipped["a release isn't a table"] += others
    version = top.get("format")
    found = Catalogue(
        format=version if type(version) is int else _FORMATS[-1],
        tables=tables,
        title=_text(top, "title", skipped),
        licence=_text(top, "licence", skipped),
        credit=_text(top, "credit", skipped),
        refresh=_text(top, "refresh", skipped),
        expires=_day(top, "expires", skipped),
        checked=_day(top, "checked", skipped),
        serial=_serial(top, skipped),
        mirrors=_mirrors(top, skipped),
    )
    times = {what: f" ({count} times)" if count > 1 else "" for what, count in skipped.items()}
    return found._replace(skipped=tuple(f"{what}{often}" for what, often in times.items()))


def release_id(name: str, id: str) -> str:
    """The id of the release *id* of the source *name*.

    Names have no two hyphens in a row, nor have ids that are made of titles: another release can't
    have the same, and get its dates.
    """
    return f"{name}--{id}"


def _parse(body: bytes) -> Table:
    if body.lstrip()[:1] == b"<":
        raise BadAnswerError("the answer is a web page, not a catalogue")
    if body.lstrip()[:15] == b"BEGIN:VCALENDAR":
        raise BadAnswerError("the answer is a calendar, not a catalogue")
    try:
        return parse.parse_toml("catalogue", parse.decode("catalogue", body))
    except CatalogueError as error:
        raise BadAnswerError(f"the catalogue can't be read: {error.lines[0]}") from None


def _release(entry: Table, name: str, skipped: Counter[str]) -> Table:
    """*entry* with the prefix *name* before its ids, and without what isn't for a source to say."""
    table = {}
    for key, value in entry.items():
        if key in _NOT_FOR_SOURCES:
            skipped[f"{key} isn't for a source to say"] += 1
        else:
            table[key] = value
    if isinstance(table.get("id"), str):
        table["id"] = release_id(name, table["id"])
    if isinstance(table.get("was"), list):
        table["was"] = [release_id(name, id) if isinstance(id, str) else id for id in table["was"]]
    return table


def _text(top: Table, key: str, skipped: Counter[str]) -> str | None:
    found = line(top.get(key))
    if found is None and key in top:
        skipped[f"its {key} isn't a line of text"] += 1
    return found


def _day(top: Table, key: str, skipped: Counter[str]) -> date | None:
    """The day of *key*; words behind it don't matter."""
    value = top.get(key)
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, str):
        try:
            value = date.fromisoformat(value[:10])
        except ValueError:
            value = None
    if isinstance(value, date):
        return value
    if key in top:
        skipped[f"its {key} isn't a day"] += 1
    return None


def _serial(top: Table, skipped: Counter[str]) -> int | None:
    found = number(top.get("serial"))
    if found is None and "serial" in top:
        skipped["its serial isn't a whole number above 0"] += 1
    return found


def _mirrors(top: Table, skipped: Counter[str]) -> tuple[str, ...]:
    value = top.get("mirrors", [])
    if not isinstance(value, list):
        skipped["its mirrors aren't a list"] += 1
        return ()
    found = [each for each in value if isinstance(each, str) and _is_safe(each)]
    if len(found) < len(value) or len(found) > MAX_MIRRORS:
        skipped[f"only {MAX_MIRRORS} mirrors with https:// are used"] += 1
    return tuple(found[:MAX_MIRRORS])


def _is_safe(address: str) -> bool:
    return address.startswith("https://") and len(address) <= 2_000 and not find_hostile(address)
