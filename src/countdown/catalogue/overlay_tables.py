"""Applies an overlay, a TOML table, to the table of the release below it."""

from typing import Final

from countdown.catalogue.former_ids import former_ids
from countdown.catalogue.season_keys import contradictions_of
from countdown.toml.parse import Table

_DATE_KEYS: Final = ("date", "dates")  # two forms of one fact: either replaces both
_PAIRED_KEYS: Final = ("kind", "ids")  # Each is right or wrong together with the other.


def apply_overlay(table: Table, overlay: Table) -> Table:
    """*table* with every key of *overlay* except the id, to which other releases refer.

    A key of seasons that another key now contradicts is dropped.
    """
    return without_contradictions(merge(table, overlay))


def without_contradictions(table: Table) -> Table:
    """*table* without the keys of seasons that another key contradicts."""
    dropped = {each.key for each in contradictions_of(table)}
    return {key: value for key, value in table.items() if key not in dropped}


def merge(table: Table, overlay: Table) -> Table:
    """*table* with every key of *overlay* except the id, whether or not these agree."""
    unused = _DATE_KEYS if any(key in overlay for key in _DATE_KEYS) else ()
    base = {key: value for key, value in table.items() if key not in unused}
    identifier = {key: table[key] for key in ("id",) if key in table}
    titles = {
        key: merge_titles(table[key], overlay[key])
        for key in ("titles",)
        if key in table and key in overlay
    }
    former = [*former_ids(table), *former_ids(overlay)] if "was" in overlay else []
    was = {"was": [*dict.fromkeys(former)]} if former else {}
    return {**base, **overlay, **titles, **was, **identifier}


def merge_titles(titles: Table, more: Table) -> Table:
    """*titles* with every title of *more*, language by language, whatever their case."""
    replaced = {language.lower() for language in more}
    kept = {key: title for key, title in titles.items() if key.lower() not in replaced}
    return {**kept, **more}


def with_paired_keys(overlay: Table, table: Table) -> Table:
    """*overlay* with the keys of *table* that must go together with one of its own."""
    if not any(key in overlay for key in _PAIRED_KEYS):
        return overlay
    return {**{key: table[key] for key in _PAIRED_KEYS if key in table}, **overlay}
