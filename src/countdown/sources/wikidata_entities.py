"""Entities of Wikidata → tables of films and series, for the layer of a source. No I/O.

Names of people and companies are items of their own, so an answer is read with the *labels* of
those that it names.
"""

import re
from collections.abc import Mapping
from typing import Any, Final

from countdown.core.release import STAGES
from countdown.sources.answers import Parsed, imdb_id, line, mapping
from countdown.sources.wikidata import CAST, LANGUAGES, PAGE, id_properties, load_object
from countdown.sources.wikidata_regions import REGIONS
from countdown.sources.wikidata_statements import (
    Time,
    address_of,
    best_statements,
    day_of,
    is_item,
    is_preferred,
    item_of,
    places_of,
    qualifiers,
    text_of,
    time_of,
    valid_statements,
)
from countdown.toml.parse import Table

_KINDS: Final = {  # of the class of an item
    **dict.fromkeys(("Q11424", "Q24869", "Q202866", "Q29168811", "Q20650540", "Q93204"), "film"),
    **dict.fromkeys(("Q506240", "Q18011172"), "film"),
    **dict.fromkeys(("Q24862", "Q17517379"), "short"),
    **dict.fromkeys(("Q5398426", "Q1259759", "Q581714", "Q63952888", "Q526877"), "series"),
    "Q15416": "series",
    "Q3464665": "season",
    "Q1261214": "special",
}
_PROJECT: Final = "Q18011172"  # a film that isn't made yet
_RELEASED, _COUNTRY, _CLASS = "P577", "P495", "P31"
_SERIES, _ORDINAL, _ROLE, _ROLE_NAME = "P179", "P1545", "P453", "P4633"
_NAMES: Final = {  # key of the format → the property whose items it lists
    "director": "P57",
    "writer": "P58",
    "creator": "P170",
    "studio": "P272",
    "distributor": "P750",
    "platform": "P449",
}
_NUMBER: Final = re.compile(r"[1-9][0-9]{0,17}", re.ASCII)  # of an id on another site
_MAX_NAMES: Final = 30  # of one kind that are kept


def labels(body: bytes) -> dict[str, str]:
    """The name of each item in an answer to `labels_url` or `entities_url`."""
    names = {}
    for key, entity in _entities(body).items():
        label = _label(entity)
        if is_item(key) and label:
            names[key] = label
    return names


def named(body: bytes) -> list[str]:
    """The items whose names are needed to read an answer to `entities_url`: people, companies."""
    needed: dict[str, None] = {}
    for entity in _entities(body).values():
        claims = mapping(entity.get("claims"))
        for property in (*_NAMES.values(), _SERIES, CAST):
            for statement in best_statements(claims, property)[:_MAX_NAMES]:
                values = [
                    item_of(statement.get("mainsnak")),
                    *qualifiers(statement, _ROLE, item_of),
                ]
                needed |= dict.fromkeys(value for value in values if value)
    return [*needed]


def parse(body: bytes, labels: Mapping[str, str]) -> Parsed:
    """The films and series in an answer to `entities_url`; *labels* has the names of items."""
    tables: dict[str, Table] = {}
    skipped: list[str] = []
    for key, entity in _entities(body).items():
        if not is_item(key):
            skipped.append("an entity that isn't an item")
        elif "missing" in entity:
            skipped.append(f"{key}: there's no such item")
        else:
            table = _table(key, entity, labels, skipped)
            if table is not None:
                tables.setdefault(table["id"], {}).update(table)  # Its former id, if it has one.
    return Parsed(tuple(tables.values()), tuple(skipped))


def _entities(body: bytes) -> dict[str, Mapping[str, Any]]:
    value = mapping(load_object(body, "entities"))
    return {str(key): mapping(entity) for key, entity in value.items()}


def _table(
    key: str, entity: Mapping[str, Any], labels: Mapping[str, str], skipped: list[str]
) -> Table | None:
    """The table of *entity*, which was asked for as *key*; None if it is no release."""
    item = entity.get("id") if is_item(entity.get("id")) else key
    claims = mapping(entity.get("claims"))
    classes = _classes(claims)
    kind = next((_KINDS[name] for name in classes if name in _KINDS), None)
    title = _label(entity)
    if kind is None or title is None:
        skipped.append(f"{item}: " + ("isn't a film or series" if title else "has no title"))
        return None
    table: Table = {"id": f"wikidata-{str(item).lower()}", "title": title, "kind": kind}
    if item != key:
        table["was"] = [f"wikidata-{key.lower()}"]
    if kind == "season":
        season = _season(claims, labels)
        if season is None:
            skipped.append(f"{item}: a season without a series or a number")
            return None
        table["title"], table["season"] = season
    titles = _titles(entity, table["title"]) if kind != "season" else {}
    names = {name: _names(claims, property, labels) for name, property in _NAMES.items()}
    table |= {
        name: value
        for name, value in {
            "titles": titles,
            **names,
            "country": _countries(claims),
            "cast": _cast(claims, labels),
            "dates": _dates(str(item), claims, skipped),
            "ids": _ids(str(item), kind, claims),
        }.items()
        if value
    }
    if _PROJECT in classes:
        table["stage"] = STAGES[1]  # announced
    updated = day_of(entity.get("modified"))
    if updated is not None:
        table["updated"] = updated
    table["sources"] = [f"{PAGE}{item}"]
    return table


def is_release(claims: Mapping[str, Any]) -> bool:
    """True if the item with these statements is a film, a series or a season."""
    return not _KINDS.keys().isdisjoint(_classes(claims))


def _classes(claims: Mapping[str, Any]) -> list[str | None]:
    return [item_of(statement.get("mainsnak")) for statement in best_statements(claims, _CLASS)]


def _season(claims: Mapping[str, Any], labels: Mapping[str, str]) -> tuple[str, int] | None:
    """The title of the series that a season belongs to, and its number."""
    for statement in best_statements(claims, _SERIES):
        series = labels.get(item_of(statement.get("mainsnak")) or "")
        for ordinal in qualifiers(statement, _ORDINAL, text_of):
            if series and ordinal.isascii() and ordinal.isdecimal() and len(ordinal) < 4:
                return series, int(ordinal)
    return None


def _dates(item: str, claims: Mapping[str, Any], skipped: list[str]) -> list[Table]:
    """The rows of `dates`: one for each place, and a line on what is *skipped*.

    Of several for a place, a preferred one counts, then the most exact one, then the earliest.
    """
    rows: dict[tuple[str, str], tuple[bool, Time, Table]] = {}
    for statement in valid_statements(claims, _RELEASED):
        time = time_of(mapping(statement.get("mainsnak")))
        if time is None:
            skipped.append(f"{item}: a date that isn't a day, month, year or decade")
            continue
        for place in places_of(statement):
            row: Table = {"date": time.value, **place}
            if line(statement.get("id")):
                row["ref"] = line(statement["id"])
            source = address_of(statement)
            if source is not None:
                row["source"] = source
            slot = (place.get("region", ""), place.get("type", ""))
            new = (is_preferred(statement), time, row)
            if slot in rows:
                where = place.get("region", "a place that isn't stated")
                skipped.append(f"{item}: another date for {where}")
            if slot not in rows or _counts_before(new, rows[slot]):
                rows[slot] = new
    return [row for _, _, row in rows.values()]


def _counts_before(new: tuple[bool, Time, Table], old: tuple[bool, Time, Table]) -> bool:
    """True if the date *new* counts and not *old*: preferred, or more exact, or else earlier."""
    if new[0] != old[0]:
        return new[0]
    if new[1].is_within(old[1]) or old[1].is_within(new[1]):
        return new[1].last - new[1].first < old[1].last - old[1].first
    return new[1].first < old[1].first


def _cast(claims: Mapping[str, Any], labels: Mapping[str, str]) -> list[Table | str]:
    """The cast with roles; people without a known name are left out."""
    cast: dict[str, Table | str] = {}
    for statement in best_statements(claims, CAST)[:_MAX_NAMES]:
        name = labels.get(item_of(statement.get("mainsnak")) or "")
        if not name:
            continue
        roles = [labels.get(role) for role in qualifiers(statement, _ROLE, item_of)]
        roles += [line(role) for role in qualifiers(statement, _ROLE_NAME, text_of)]
        role = next(filter(None, roles), None)
        cast.setdefault(name, {"name": name, "role": role} if role else name)
    return [*cast.values()]


def _names(claims: Mapping[str, Any], property: str, labels: Mapping[str, str]) -> list[str]:
    statements = best_statements(claims, property)[:_MAX_NAMES]
    names = (labels.get(item_of(statement.get("mainsnak")) or "") for statement in statements)
    return [*dict.fromkeys(name for name in names if name)]


def _countries(claims: Mapping[str, Any]) -> list[str]:
    statements = best_statements(claims, _COUNTRY)
    codes = (REGIONS.get(item_of(statement.get("mainsnak")) or "") for statement in statements)
    return [*dict.fromkeys(code for code in codes if code)]


def _ids(item: str, kind: str, claims: Mapping[str, Any]) -> Table:
    """The ids on this and other sites; those of a season belong to its series there."""
    ids: Table = {"wikidata": item}
    if kind == "season":
        return ids
    for site, property in {**id_properties(kind), "imdb": "P345"}.items():
        for statement in best_statements(claims, property):
            text = text_of(statement.get("mainsnak")) or ""
            id: str | int | None = imdb_id(text)
            if site != "imdb":
                id = int(text) if _NUMBER.fullmatch(text) else None
            if id is not None:
                ids.setdefault(site, id)
    return ids


def _titles(entity: Mapping[str, Any], title: str) -> Table:
    """The titles by language that differ from *title*."""
    found: Table = {}
    for language in LANGUAGES[2:]:
        label = mapping(mapping(entity.get("labels")).get(language))
        text = line(label.get("value"))
        if text and text != title and label.get("language", language) == language:
            found["pt-BR" if language == "pt-br" else language] = text
    return found


def _label(entity: Mapping[str, Any]) -> str | None:
    """The name of *entity* in English, else the one for all languages, else any."""
    labels = mapping(entity.get("labels"))
    for language in (*LANGUAGES, *labels):
        label = line(mapping(labels.get(language)).get("value"))
        if label:
            return label
    return None
