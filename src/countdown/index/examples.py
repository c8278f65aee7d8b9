"""Names to try: a person, a film and a franchise that have releases ahead.

Every function raises sqlite3.Error if the index is damaged.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from typing import Final

from countdown.core.outlook import Moment
from countdown.index.meanings import find_meanings
from countdown.index.query import Query, find

_MAX_CANDIDATES: Final = 8  # of each sort
_AHEAD: Final = (
    "(SELECT release FROM effective_date"
    " WHERE region = '' AND type = '' AND outcome <> 2 AND latest >= ?)"
)
_PEOPLE: Final = (
    "SELECT person.name FROM credit JOIN person ON person.key = credit.person"
    f" WHERE credit.job = 'cast' AND credit.release IN {_AHEAD}"
    " GROUP BY person.key ORDER BY count(DISTINCT credit.release) DESC, person.folded LIMIT ?"
)
_FRANCHISES: Final = (
    "SELECT label.name FROM release_label JOIN label ON label.key = release_label.label"
    f" WHERE label.kind = 'franchise' AND release_label.release IN {_AHEAD}"
    " GROUP BY label.key ORDER BY count(DISTINCT release_label.release) DESC, label.folded LIMIT ?"
)


def names_to_follow(
    connection: sqlite3.Connection,
    *,
    now: Moment,
    region: str | None,
    languages: Sequence[str] = (),
) -> list[str]:
    """The person and the franchise with most releases ahead, and the next title.

    Each name has only one meaning; a sort without such a name is left out. Titles are in the first
    of *languages* for which there is one.
    """
    today = now.today.toordinal()
    next_ones = Query(now, region, states=("upcoming", "open"), limit=_MAX_CANDIDATES)
    titles = (outlook.release.name_in(languages) for outlook in find(connection, next_ones))
    sorts = (
        ("person", _names(connection, _PEOPLE, today)),
        ("title", titles),
        ("franchise", _names(connection, _FRANCHISES, today)),
    )
    examples = []
    for sort, names in sorts:
        clear = (name for name in names if _has_one_meaning(connection, name, sort))
        examples += [name for name in [next(clear, "")] if name]
    return examples


def _names(connection: sqlite3.Connection, query: str, today: int) -> Iterator[str]:
    for (name,) in connection.execute(query, [today, _MAX_CANDIDATES]):
        yield name


def _has_one_meaning(connection: sqlite3.Connection, name: str, sort: str) -> bool:
    meanings, is_full = find_meanings(connection, name)
    return is_full and [meaning.sort for meaning in meanings] == [sort]
