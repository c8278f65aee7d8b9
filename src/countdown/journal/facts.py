r"""Facts of a release as the text that the journal keeps.

Journals are kept for years, so this format never changes, whatever becomes of the index: name,
stage and dates, and of each date region, type and EDTF, joined by ASCII separators. In place of a
region stands `unstated` if the source doesn't say where.
"""

from collections.abc import Iterable
from typing import Final

from countdown.core.changes import Facts
from countdown.core.release import AnnouncedDate
from countdown.core.text import escape_hostile

_BETWEEN_FIELDS: Final = "\x1f"
_BETWEEN_DATES: Final = "\x1e"
_BETWEEN_PARTS: Final = "\x1d"


def write_facts(name: str, stage: str, dates: Iterable[tuple[str, str, str]]) -> str:
    """The text of a release's *name*, *stage* and *dates* (region, type, EDTF) in any order."""
    sorted_dates = sorted(map(_BETWEEN_PARTS.join, dates))
    return _BETWEEN_FIELDS.join((name, stage, _BETWEEN_DATES.join(sorted_dates)))


def is_same(facts: str, other: str) -> bool:
    """True if two such texts differ in the name at most."""
    return facts.partition(_BETWEEN_FIELDS)[2] == other.partition(_BETWEEN_FIELDS)[2]


def read_facts(text: str) -> Facts:
    """The facts that were written as *text*; hostile characters are escaped.

    Raises ValueError or TypeError if *text* is damaged, or written by another program.
    """
    name, stage, dates = text.split(_BETWEEN_FIELDS)
    items = dates.split(_BETWEEN_DATES) if dates else ()
    announced = tuple([_announced_date(*item.split(_BETWEEN_PARTS)) for item in items])
    return Facts(escape_hostile(name), escape_hostile(stage) or None, announced)


def _announced_date(market: str, type: str, edtf: str) -> AnnouncedDate:
    from countdown.core.edtf import parse  # Deferred: 6 ms, and few releases change.

    return AnnouncedDate.of(parse(edtf), market, type)
