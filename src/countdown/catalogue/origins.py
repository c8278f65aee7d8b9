"""Which source each fact of a merged release is from."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from countdown.catalogue import merge
from countdown.catalogue.claims import Claim, Slot
from countdown.catalogue.layer import Source
from countdown.core.dates import ReleaseDate
from countdown.core.release import (
    OWN_ORIGIN,
    AnnouncedDate,
    DisputedDate,
    Provider,
    Release,
)

if TYPE_CHECKING:
    from countdown.catalogue.merge_layers import MergedTable

DATES: Final = "dates"  # the fact that stands for all dates
_UNITED: Final = ("titles", "aliases")  # what each source adds to


def providers(
    entries: Sequence[merge.Entry],
    own: Sequence[merge.Entry],
    slots: Iterable[Slot] | None,
    sources: Mapping[str, Source],
) -> tuple[Provider, ...]:
    """The *sources* of *entries*, by the name of their layers, with what each gave of the facts.

    What the user's *own* entries have is theirs; dates are those that the *slots* show, or show
    beside another one. Without slots they are those of the one entry.
    """
    ordered = merge.by_preference(entries)
    givers = _givers(ordered)
    claims = [claim for slot in slots or () if slot.shown for claim in (slot.shown, *slot.disputed)]
    dated = {claim.layer.name for claim in claims}
    theirs = {key for entry in own for key in entry.table}
    found: list[Provider] = []
    for entry in ordered:
        name = entry.layer.name
        if name in sources and name not in [each.origin for each in found]:
            facts = [key for key, giver in givers.items() if giver == name and key not in theirs]
            facts += [key for key in _UNITED if entry.table.get(key)]
            has_dates = name in dated or (slots is None and "dates" in entry.table)
            facts += [DATES] if has_dates else []
            _, title, licence, credit, *_ = source = sources[name]
            read = entry.read or source.read
            found.append(Provider(name, title, licence, credit, read, tuple(facts)))
    return tuple(sorted(found, key=lambda each: -len(each.facts)))


def _givers(ordered: Sequence[merge.Entry]) -> dict[str, str]:
    """The name of the layer that each fact is from, that of *ordered* which counts."""
    givers: dict[str, str] = {}
    for entry in ordered:
        for key in entry.table:
            if key not in merge.NOT_COPIED:
                givers.setdefault(key, entry.layer.name)
    staged = merge.latest_stage(ordered)
    if staged is not None:
        givers |= dict.fromkeys(staged[1], staged[0].layer.name)
    return givers


def with_origins(release: Release, merged: "MergedTable") -> Release:
    """*release*, made of *merged*, which sources know, with where its facts are from."""
    slots = {(slot.market, slot.type): slot for slot in merged.slots}
    lone = None if slots else merged.providers[0]
    dates = tuple(
        [
            dated._replace(origin=lone.origin, read=dated.checked or lone.read)
            if lone
            else _with_claims(dated, slots.get((dated.market, dated.type)))
            for dated in release.dates
        ]
    )
    return release._replace(dates=dates, providers=merged.providers)


def _with_claims(dated: AnnouncedDate, slot: Slot | None) -> AnnouncedDate:
    shown = slot.shown if slot else None
    return dated if slot is None or shown is None else _with_claim(dated, slot, shown)


def _with_claim(dated: AnnouncedDate, slot: Slot, shown: Claim) -> AnnouncedDate:
    disputed = tuple(
        [
            DisputedDate(claim.date, _origin(claim), _read(claim), claim.source)
            for claim in slot.disputed
            # A built-in date that the user has replaced is no news to them.
            if claim.layer.name or not shown.layer.is_own
        ]
    )
    return dated._replace(origin=_origin(shown), read=_read(shown), disputed=disputed)


def _read(claim: Claim) -> ReleaseDate | None:
    return claim.read if claim.layer.name else None  # A person's is when it was checked.


def _origin(claim: Claim) -> str | None:
    return OWN_ORIGIN if claim.layer.is_own else claim.layer.name or None
