"""Merges what several layers say about one release, fact by fact. No I/O.

A layer that knows less takes nothing away. Dates are `claims`, each of which competes only with
those of its region and type. A stage counts by its age. All ids are kept. Of other facts, the most
preferred layer's counts: a subscribed catalogue's, then the lowest catalogue's, then a provider's.
"""

from collections.abc import Iterable, Sequence
from typing import Any, Final, NamedTuple, cast

from countdown.catalogue import date_rows, overlay_tables, readers, schema
from countdown.catalogue import layer as layers
from countdown.catalogue.claims import (
    USE_PLACEHOLDERS,
    Claim,
    Layer,
    Slot,
    provider_rank,
    shown_claims,
    slots,
)
from countdown.catalogue.external_ids import normalise
from countdown.catalogue.former_ids import former_ids
from countdown.catalogue.readers import Problems
from countdown.core.dates import ReleaseDate
from countdown.core.languages import parse_language
from countdown.core.regions import UNSTATED
from countdown.core.release import AnnouncedDate
from countdown.toml.parse import Table

SOURCE_KEYS: Final = ("read", "updated", "gone")  # of a release in a source's layer
SOURCE_ROW_KEYS: Final = ("ref", "note", "withdrawn")  # of a row of `dates` there
_DATE_KEYS: Final = frozenset(date_rows.DATE_KEYS)
_DATES: Final = (*date_rows.DATE_KEYS, date_rows.ONLY)
STAGE_KEYS: Final = ("stage", "stage_since", "stage_note")
_AGELESS: Final = ("wikidata",)  # An item has one age for all that it says.
_UNITED: Final = ("id", "was", "ids", "titles", "aliases", "sources", "unverified")
_ONLY_BY_HAND: Final = ("hidden", "checked")  # A source can neither hide a release nor check it.
NOT_COPIED: Final = frozenset(
    (*_DATES, *STAGE_KEYS, *_UNITED, *_ONLY_BY_HAND, *SOURCE_KEYS),
)


class Entry(NamedTuple):
    """An entry of a *layer* about a release: its *table*, and the day on which that was read.

    *only_these_dates* is true if no date of a lower layer counts beside its own ones.
    """

    table: Table
    layer: Layer
    read: ReleaseDate | None = None
    only_these_dates: bool = False


class Merged(NamedTuple):
    """A merged release as a *table* of the format, and all claims about its dates by slot."""

    table: Table
    slots: tuple[Slot, ...]


def unite(entries: Sequence[Entry]) -> Table:
    """The facts of *entries*, none of which is one's own, as a table without dates.

    Its id is that of the lowest catalogue that people keep, else of the lowest layer.
    """
    ordered = by_preference(entries)
    by_hand = [entry for entry in ordered if not entry.layer.name]
    table = _identity([*by_hand, *ordered])
    table |= {key: by_hand[0].table[key] for key in _ONLY_BY_HAND if _has(by_hand[:1], key)}
    origins: dict[str, Entry] = {}  # of each key, the entry that it is from
    for entry in ordered:
        for key, value in entry.table.items():
            if key not in NOT_COPIED and key not in table:
                table[key], origins[key] = value, entry
    staged = latest_stage(ordered)
    if staged is not None:
        table |= staged[1]
        origins |= dict.fromkeys(staged[1], staged[0])
    table |= {key: value for key, value in _united(ordered).items() if value}
    doubts = [
        name
        for entry in ordered
        for name in _names(entry.table.get("unverified"))
        if origins.get(name.partition(".")[0]) is entry
    ]
    return {**table, "unverified": [*dict.fromkeys(doubts)]} if doubts else table


def merge(
    entries: Sequence[Entry], own: Sequence[Entry] = (), united: Table | None = None
) -> Merged:
    """The release of *entries*, changed by one's *own* entries, the lowest first.

    *united* is what `unite` returns for *entries*, if that is known already.
    """
    table = unite(entries) if united is None else united
    for entry in own:
        without_dates = {key: value for key, value in entry.table.items() if key not in _DATES}
        table = overlay_tables.merge(table, without_dates, schema.FORMAT)
    if own and all(entry.layer.name for entry in entries):  # Ids of sources are made by a program.
        table |= _identity([*own, *(entry for entry in by_preference(entries))])
    only_from = [entry.layer.height for entry in own if entry.only_these_dates]
    # The doubts that one's own entry has, replace those below it.
    doubting = next((entry for entry in reversed(own) if "unverified" in entry.table), None)
    claims = [
        claim
        for entry in (*entries, *own)
        if not entry.layer.name
        for claim in claims_of(entry, is_doubting=doubting in (None, entry))
    ]
    provided = [claim for entry in entries if entry.layer.name for claim in claims_of(entry)]
    found = slots(
        [*claims, *provided],
        kind=table.get("kind"),
        only_from=max(only_from) if only_from else None,
    )
    if doubting is not None and not _DATE_KEYS.isdisjoint(doubting.table):  # Its rows have it.
        table["unverified"] = [name for name in table["unverified"] if name not in _DATE_KEYS]
    order = {claim: number for number, claim in enumerate(claims)}
    places = {slot: min(order.get(claim, len(order)) for claim in slot.claims) for slot in found}
    shown = sorted(shown_claims(found), key=lambda each: places[each[0]])
    rows = [_row(slot, claim) for slot, claim in shown]
    if rows:
        table["dates"] = rows
    return Merged(overlay_tables.without_contradictions(table), tuple(found))


def claims_of(entry: Entry, *, is_doubting: bool = True) -> list[Claim]:
    """The claims of *entry*, which has no mistake, about dates.

    Without *is_doubting*, its `unverified` doesn't count.
    """
    table = entry.table
    unverified = _names(table.get("unverified")) if is_doubting else []
    is_doubted = not _DATE_KEYS.isdisjoint(unverified)
    lone = [{"date": table["date"]}] if "date" in table else []
    are_doubted = "dates" in unverified or (is_doubted and not lone)
    claims = [_claim(row, entry, is_doubted=is_doubted) for row in lone]
    return [
        *claims,
        *(_claim(row, entry, is_doubted=are_doubted) for row in table.get("dates", ())),
    ]


def without_source_keys(table: Table) -> Table:
    """*table* of a source's layer as a table of the format."""
    kept = {key: value for key, value in table.items() if key not in SOURCE_KEYS}
    if "dates" in kept:
        kept["dates"] = [
            {key: value for key, value in row.items() if key not in SOURCE_ROW_KEYS}
            for row in kept["dates"]
        ]
    return kept


def entry(table: Table, layer: layers.Layer, height: int, *, is_own: bool = False) -> Entry:
    """The entry *table* of *layer*, which lies at that *height*."""
    name = layer.source.origin if layer.source else ""
    read = _day(table.get("checked" if layer.source is None else "read")) or layer.checked
    only_these_dates = is_own and date_rows.replaces_all(table, layer.format)
    return Entry(table, Layer(name, height, is_own), read, only_these_dates)


def needs_merging(table: Table, source: layers.Source | None) -> bool:
    """True if *table* of a *source*, the only one about its release, isn't shown as it is."""
    rows = table.get("dates", ())
    return (
        "stage" in table
        or (source is not None and source.origin in USE_PLACEHOLDERS)
        or any("withdrawn" in row or "note" in row for row in rows)
    )


def _claim(row: Table, entry: Entry, *, is_doubted: bool) -> Claim:
    """The claim of *row* of *entry*."""
    plain = {key: value for key, value in row.items() if key not in SOURCE_ROW_KEYS}
    dated = cast("AnnouncedDate", schema.announced_date(plain, (), []))
    return Claim(
        date=dated.date,
        market=dated.market,
        type=dated.type,
        layer=entry.layer,
        read=dated.checked or entry.read,
        source=dated.source,
        unverified=dated.unverified or is_doubted,
        ref=row.get("ref"),
        note=row.get("note"),
        withdrawn=_day(row.get("withdrawn")),
    )


def _row(slot: Slot, claim: Claim) -> Table:
    """The row of `dates` for *slot*, which shows *claim*."""
    row: Table = {"date": _toml_date(claim.date)}
    if slot.market == UNSTATED:
        row["place"] = slot.market
    elif slot.market is not None:
        row["region"] = slot.market
    if slot.type is not None:
        row["type"] = slot.type
    if claim.unverified:
        row["unverified"] = True
    if claim.source is not None:
        row["source"] = claim.source
    # Having read a past date again doesn't say whether it was kept.
    is_by_hand = not claim.layer.name
    if claim.read is not None and (is_by_hand or claim.read.latest < claim.date.latest):
        row["checked"] = _toml_date(claim.read)
    return row


def _toml_date(when: ReleaseDate) -> object:
    if when.instant is not None:
        return when.instant
    return when.earliest if when.precision == "day" and not when.qualifier else when.edtf


def by_preference(entries: Iterable[Entry]) -> list[Entry]:
    """*entries*, that whose facts count first."""
    entries = [*entries]
    kinds = [entry.table["kind"] for entry in entries if "kind" in entry.table]
    kind = kinds[0] if kinds else None

    def preference(entry: Entry) -> tuple[int, int, int, str]:
        layer = entry.layer
        if layer.is_subscribed:
            return 0, layer.height, 0, layer.name
        if not layer.name:
            return 1, layer.height, 0, ""
        day = entry.read.latest.toordinal() if entry.read else 0
        return 2, provider_rank(layer.name, kind), -day, layer.name

    return sorted(entries, key=preference)


def _identity(ordered: Sequence[Entry]) -> Table:
    """The id of the first of *ordered*, and all other ids that it has or had, as former ones."""
    ids = [entry.table["id"] for entry in ordered if "id" in entry.table]
    former = [id for entry in ordered for id in former_ids(entry.table)]
    others = [id for id in dict.fromkeys([*former, *ids]) if id not in ids[:1]]
    return {**({"id": ids[0]} if ids else {}), **({"was": others} if others else {})}


def _united(ordered: Sequence[Entry]) -> Table:
    """The keys that add up: ids, titles by language, aliases and addresses."""
    ids: dict[str, object] = {}
    titles: dict[str, str] = {}
    for entry in ordered:
        for site, id in entry.table.get("ids", {}).items():
            ids.setdefault(site, normalise(site, id))
        for language, title in entry.table.get("titles", {}).items():
            titles.setdefault(parse_language(language), title)
    aliases = [alias for entry in ordered for alias in entry.table.get("aliases", ())]
    sources: dict[str, Any] = {}
    for entry in ordered:
        for source in entry.table.get("sources", ()):
            sources.setdefault(source if isinstance(source, str) else source["url"], source)
    return {
        "ids": ids,
        "titles": titles,
        "aliases": [*dict.fromkeys(aliases)],
        "sources": [*sources.values()],
    }


def latest_stage(ordered: Sequence[Entry]) -> tuple[Entry, Table] | None:
    """The stage that was reached or checked last, with its other keys, and the entry with it.

    A provider's stage counts from the day when the provider last changed it, not when it was read.
    That of Wikidata, whose items change for other reasons, counts if nobody else has one.
    """
    found: list[tuple[int, int, Entry, Table]] = []
    for number, entry in enumerate(ordered):
        keys: Table = {key: entry.table[key] for key in STAGE_KEYS if key in entry.table}
        if "stage" not in keys:
            continue
        if entry.layer.name and "updated" in entry.table:
            keys.setdefault("stage_since", entry.table["updated"])
        since = _day(keys.get("stage_since"))
        known = [day.latest for day in (since, None if entry.layer.name else entry.read) if day]
        if known or not entry.layer.name:
            is_aged = bool(known) and entry.layer.name not in _AGELESS
            age = max(day.toordinal() for day in known) if is_aged else 0
            found.append((-age, number, entry, keys))
    return min(found)[2:] if found else None


def _day(value: object) -> ReleaseDate | None:
    problems: Problems = []
    return None if value is None else readers.closed_date(value, (), problems)


def _names(value: object) -> list[str]:
    return [name for name in value if isinstance(name, str)] if isinstance(value, list) else []


def _has(entries: Iterable[Entry], key: str) -> bool:
    return any(key in entry.table for entry in entries)
