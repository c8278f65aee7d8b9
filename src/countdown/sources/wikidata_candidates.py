"""Films and series of Wikidata as candidates, for a user to choose from. No I/O."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from countdown.core import edtf
from countdown.core.candidate import Candidate
from countdown.sources.answers import mapping
from countdown.sources.wikidata import CAST, MAX_ITEMS, load_object
from countdown.sources.wikidata_entities import is_release, parse
from countdown.sources.wikidata_statements import best_statements, item_of, time_of
from countdown.toml.parse import Table

_SERIES, _DIRECTOR, _CREATOR, _START = "P179", "P57", "P170", "P580"
_MAX_PEOPLE: Final = 2  # that tell a film from others of its title


def needed_names(body: bytes) -> list[str]:
    """The up to 50 items whose names are needed most: series of seasons, then main people."""
    entities = [claims for _, claims in _releases(body)]
    needed: dict[str, None] = {}
    for properties in ((_SERIES,), (_DIRECTOR, _CREATOR), (CAST,)):
        for claims in entities:
            for property in properties:
                statements = best_statements(claims, property)[:_MAX_PEOPLE]
                items = (item_of(statement.get("mainsnak")) for statement in statements)
                needed |= dict.fromkeys(filter(None, items))
    return [*needed][:MAX_ITEMS]


def candidates(body: bytes, names: Mapping[str, str]) -> list[Candidate]:
    """The films and series in an answer to `entities_url`; *names* has the names of items.

    Raises ApiError and BadAnswerError.
    """
    starts = {item: _start(claims) for item, claims in _releases(body)}
    return [_candidate(table, starts) for table in parse(body, names).tables]


def _candidate(table: Table, starts: Mapping[str, int | None]) -> Candidate:
    makers = table.get("director") or table.get("creator") or ()
    cast = (row if isinstance(row, str) else row["name"] for row in table.get("cast", ()))
    years = [*_years(table)]
    return Candidate(
        title=table["title"],
        kind=table["kind"],
        ids=tuple(table["ids"].items()),
        season=table.get("season"),
        year=min(years) if years else starts.get(table["ids"]["wikidata"]),
        titles=tuple(table.get("titles", {}).items()),
        people=(*(makers or cast),)[:_MAX_PEOPLE],
        platform=(*table.get("platform", ()),),
    )


def _years(table: Table) -> Iterator[int]:
    """The year of each of its dates that is within one."""
    for row in table.get("dates", ()):
        date = edtf.from_toml(row["date"])
        if date.earliest.year == date.latest.year:
            yield date.earliest.year


def _start(claims: Mapping[str, Any]) -> int | None:
    """The year in which a series began: few have dates of release."""
    for statement in best_statements(claims, _START):
        time = time_of(mapping(statement.get("mainsnak")))
        if time is not None and time.first.year == time.last.year:
            return time.first.year
    return None


def _releases(body: bytes) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The id and statements of each film and series in an answer to `entities_url`."""
    for key, value in mapping(load_object(body, "entities")).items():
        entity = mapping(value)
        claims = mapping(entity.get("claims"))
        if is_release(claims):
            yield str(entity.get("id", key)), claims
