"""Applies an overlay, a TOML table, to the table of the release below it."""

from typing import Final

from countdown.catalogue import date_rows
from countdown.catalogue.date_rows import DATE_KEYS
from countdown.catalogue.former_ids import former_ids
from countdown.catalogue.season_keys import contradictions_of
from countdown.toml.parse import Table

_PAIRED_KEYS: Final = ("kind", "ids")  # Each is right or wrong together with the other.


def apply_overlay(table: Table, overlay: Table, format: int) -> Table:
    """*table* with every key of *overlay*, in that *format*, except the id.

    A key of seasons that another key now contradicts is dropped.
    """
    return without_contradictions(merge(table, overlay, format))


def without_contradictions(table: Table) -> Table:
    """*table* without the keys of seasons that another key contradicts."""
    dropped = {each.key for each in contradictions_of(table)}
    return {key: value for key, value in table.items() if key not in dropped}


def merge(table: Table, overlay: Table, format: int) -> Table:
    """*table* with every key of *overlay*, in that *format*, except the id.

    The id of *table* stays, as other releases refer to it. Keys that contradict others stay too.
    """
    has_dates = date_rows.has_dates(overlay)
    replaces = date_rows.replaces_all(overlay, format)
    unused: tuple[str, ...] = DATE_KEYS if has_dates or replaces else ()
    dates: Table = {}
    if has_dates and not replaces and all(map(date_rows.are_rows, (table, overlay))):
        dates, unused = date_rows.merged_dates(table, overlay), (*DATE_KEYS, "unverified")
        overlay = {key: value for key, value in overlay.items() if key not in unused}
    base = {key: value for key, value in table.items() if key not in unused}
    identifier = {key: table[key] for key in ("id",) if key in table}
    titles = {
        key: merge_titles(table[key], overlay[key])
        for key in ("titles",)
        if key in table and key in overlay
    }
    former = [*former_ids(table), *former_ids(overlay)] if "was" in overlay else []
    was = {"was": [*dict.fromkeys(former)]} if former else {}
    merged = {**base, **overlay, **dates, **titles, **was, **identifier}
    return {key: value for key, value in merged.items() if key != date_rows.ONLY}


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
