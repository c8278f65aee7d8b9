"""Wikidata: what an answer about items still needs, and which items it is about. No I/O."""

from collections.abc import Collection, Mapping
from itertools import zip_longest
from typing import Any, Final

from countdown.sources.answers import line, mapping
from countdown.sources.wikidata import CAST, load_object
from countdown.sources.wikidata_statements import best_statements, is_item, item_of, qualifiers

_SERIES, _ROLE = "P179", "P453"
_FIRST: Final = (_SERIES, "P57", "P170")  # a season's title; directors and creators
_LAST: Final = ("P449", "P272", "P58", "P750")  # platform, studio, writers, distributor
_HUMAN: Final = "Q5"
_OCCUPATIONS: Final = (  # of who acts, directs, writes or produces
    *("Q33999", "Q10800557", "Q10798782", "Q2259451", "Q2405480", "Q948329"),
    *("Q2526255", "Q3455803", "Q2059704", "Q28389", "Q69423232", "Q3282637", "Q1053574"),
)
_MAX_NAMES: Final = 30  # of one kind that are read


def entity_revisions(body: bytes) -> dict[str, int | None]:
    """The number of the last revision of each item in an answer to `entities_url`.

    An item is there under the id by which it was asked for; None if there is no such item.
    """
    found: dict[str, int | None] = {}
    for key, value in mapping(load_object(body, "entities")).items():
        entity = mapping(value)
        revision = entity.get("lastrevid")
        if is_item(key):
            is_there = "missing" not in entity
            found[key] = (revision if type(revision) is int else 0) if is_there else None
    return found


def names_by_importance(body: bytes, ids: Collection[str]) -> list[str]:
    """The items whose names *ids* in an answer to `entities_url` need.

    Of the names of all releases the most important come first, so that some may be left for later.
    """
    entities = mapping(load_object(body, "entities")).items()
    needs = [_names(mapping(entity)) for id, entity in entities if id in ids]
    rows = zip_longest(*needs)
    return [*dict.fromkeys(name for row in rows for name in row if name)]


def lacks_names(body: bytes, known: Mapping[str, str]) -> frozenset[str]:
    """The items in an answer to `entities_url` of which names aren't *known*."""
    entities = mapping(load_object(body, "entities")).items()
    return frozenset(
        key
        for key, entity in entities
        if not all(name in known for name in _names(mapping(entity)))
    )


def film_people(body: bytes) -> dict[str, str]:
    """The humans in an answer to `entities_url` who act, direct or write, with their names."""
    found = {}
    for key, value in mapping(load_object(body, "entities")).items():
        claims = mapping(mapping(value).get("claims"))
        classes = {_value(statement) for statement in best_statements(claims, "P31")}
        jobs = {_value(statement) for statement in best_statements(claims, "P106")}
        name = line(mapping(mapping(mapping(value).get("labels")).get("en")).get("value"))
        if is_item(key) and _HUMAN in classes and not jobs.isdisjoint(_OCCUPATIONS):
            found[key] = name or ""
    return found


def _names(entity: Mapping[str, Any]) -> list[str]:
    claims = mapping(entity.get("claims"))
    names: list[str | None] = []
    for property in _FIRST:
        names += map(_value, best_statements(claims, property)[:_MAX_NAMES])
    cast = best_statements(claims, CAST)[:_MAX_NAMES]
    names += map(_value, cast)
    for property in _LAST:
        names += map(_value, best_statements(claims, property)[:_MAX_NAMES])
    names += [role for statement in cast for role in qualifiers(statement, _ROLE, item_of)]
    return [*dict.fromkeys(name for name in names if name)]


def _value(statement: Mapping[str, Any]) -> str | None:
    return item_of(statement.get("mainsnak"))
