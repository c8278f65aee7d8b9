"""Claims about release dates, and which of those for one region and type is shown. No I/O.

A claim competes only with claims of its slot: of the same region, worldwide or without a stated
place, and of the same type. One is shown; those that agree with it support it, and the others
dispute it. None is lost, and no window gets wider than that of the claim that is shown first.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from countdown.catalogue.date_rows import SAME_UNNAMED
from countdown.core.dates import ReleaseDate, year
from countdown.core.premieres import is_premiere
from countdown.core.release import TYPES

_SERIES_ORDER: Final = ("tvmaze", "tmdb", "wikidata")  # which provider is the best for it
_FILM_ORDER: Final = ("tmdb", "wikidata")
_SERIES: Final = ("series", "season")
USE_PLACEHOLDERS: Final = ("tmdb", "trakt")  # They have a day even for what has only a year.
_PROVIDERS: Final = frozenset((*_SERIES_ORDER, *USE_PLACEHOLDERS))
_PLACEHOLDERS: Final = ((1, 1), (12, 31))  # month and day
_STALE_AFTER: Final = 60  # days since a catalogue was checked


class Layer(NamedTuple):
    """Where a claim comes from: the *name* of a source, and the layer's *height* among others.

    A catalogue that people keep has no name; one's *own* is above all.
    """

    name: str = ""
    height: int = 0
    is_own: bool = False

    @property
    def is_subscribed(self) -> bool:
        """True if it is a catalogue or calendar of others, rather than what a provider says."""
        return bool(self.name) and self.name not in _PROVIDERS


class Claim(NamedTuple):
    """That a release comes out on *date* in *market*: a region, `unstated`, or None for worldwide.

    It was *read* on that day. *note* is what the source says about it; a *withdrawn* one isn't
    claimed any more since that day.
    """

    date: ReleaseDate
    market: str | None
    type: str | None
    layer: Layer
    read: ReleaseDate | None = None
    source: str | None = None
    unverified: bool = False
    ref: str | None = None
    note: str | None = None
    withdrawn: ReleaseDate | None = None

    @property
    def is_doubtful(self) -> bool:
        """True if it isn't confirmed."""
        return self.unverified or self.date.qualifier in ("?", "%")


class Slot(NamedTuple):
    """The claims about one market and type: the one that is *shown*, and the others.

    *unused* ones are withdrawn, or were read before one's own was checked. None is shown if all
    are unused.
    """

    market: str | None
    type: str | None
    shown: Claim | None
    support: tuple[Claim, ...] = ()
    disputed: tuple[Claim, ...] = ()
    unused: tuple[Claim, ...] = ()

    @property
    def claims(self) -> tuple[Claim, ...]:
        """All of them, the one that is shown first."""
        shown = () if self.shown is None else (self.shown,)
        return (*shown, *self.support, *self.disputed, *self.unused)


def slots(
    claims: Iterable[Claim],
    *,
    kind: object = None,
    only_from: int | None = None,
) -> list[Slot]:
    """The slots of *claims* about a release of that *kind*, in order of market and type.

    With *only_from*, no claim is shown but one's own, of a layer of that height or above. The order
    of *claims* doesn't matter.
    """
    is_series = kind in _SERIES  # Of which a "season premiere" is the release.
    read = dict.fromkeys(claims if is_series else map(_premiere, claims))
    kept = [_without_placeholder(claim, read) for claim in read]
    days = [claim.read.latest for claim in kept if claim.read and claim.layer.name]
    latest = max(days, default=None)

    def preference(claim: Claim) -> tuple[object, ...]:
        layer, day = claim.layer, claim.read.latest.toordinal() if claim.read else 0
        place, height = 2, 0
        if layer.is_own:
            place, height = 0, -layer.height  # The topmost one.
        elif layer.is_subscribed:
            place, height = 1, layer.height
        elif layer.name:
            place, height = 3, provider_rank(layer.name, kind)
        elif latest and latest.toordinal() - day > _STALE_AFTER:
            place = 4  # So is what nobody checked.
        return (place, height, -day, layer.name, _sort_key(claim))

    found = []
    for market, of_market in _grouped(kept).items():
        for type, of_type in _by_type(of_market, are_hidden=only_from is not None).items():
            ordered = sorted(of_type, key=preference)
            found.append(_slot(market, type, ordered, is_series, only_from))
    return sorted(found, key=lambda slot: (slot.market or "", _type_order(slot.type)))


def provider_rank(name: str, kind: object) -> int:
    """A number that is lower the better the provider *name* is for a release of that *kind*."""
    order = _SERIES_ORDER if kind in _SERIES else _FILM_ORDER
    return order.index(name) if name in order else len(order)


def _slot(
    market: str | None,
    type: str | None,
    ordered: Sequence[Claim],
    is_series: bool,
    only_from: int | None,
) -> Slot:
    """The slot of claims that are *ordered* by preference."""
    unused = [claim for claim in ordered if claim.withdrawn]
    active = [claim for claim in ordered if not claim.withdrawn]
    own = [claim for claim in active if claim.layer.is_own]
    if only_from is not None and not (own and own[0].layer.height >= only_from):
        return Slot(market, type, None, unused=(*unused, *active))
    if own:  # What was read before is no news to whoever wrote another date.
        older = [*own[1:], *(claim for claim in active if _is_older(claim, own[0]))]
        unused += older
        active = [claim for claim in active if claim not in older]
    shown = own[0] if own else _narrowest(active)
    others = [claim for claim in active if claim is not shown]
    if shown is None:
        return Slot(market, type, None, unused=tuple(unused))
    agreeing = [claim for claim in others if agree(claim, shown, is_series=is_series)]
    disputed = [claim for claim in others if claim not in agreeing]
    return Slot(market, type, shown, tuple(agreeing), tuple(disputed), tuple(unused))


def _narrowest(active: Sequence[Claim]) -> Claim | None:
    """The first of *active*, or what sharpens it; each step is the most preferred one."""
    shown = active[0] if active else None
    while shown is not None:
        within = (claim for claim in active if _sharpens(claim, shown))
        narrower = next(within, None)
        if narrower is None:
            break
        shown = narrower
    return shown


def _sharpens(claim: Claim, other: Claim) -> bool:
    """True if *claim* has a narrower window within that of *other*, and isn't more doubtful."""
    if claim.is_doubtful and not other.is_doubtful:
        return False
    return _is_within(claim.date, other.date) and _width(claim.date) < _width(other.date)


def agree(first: Claim, second: Claim, *, is_series: bool = False) -> bool:
    """True if one window lies within the other, so that both can be right.

    Days that are next to each other can be one moment in two time zones: if a moment is known, or
    for a series, which comes out everywhere at once, they agree.
    """
    dates = (first.date, second.date)
    if _is_within(*dates) or _is_within(*reversed(dates)):
        return True
    precisions = {date.precision for date in dates}
    if not precisions <= {"day", "instant"} or not (is_series or len(precisions) == 2):
        return False
    if precisions == {"instant"}:
        return False
    return abs((first.date.latest - second.date.latest).days) == 1


def _is_within(date: ReleaseDate, other: ReleaseDate) -> bool:
    if date.precision == other.precision == "instant":
        return date.instant == other.instant
    return other.earliest <= date.earliest and date.latest <= other.latest


def _width(date: ReleaseDate) -> int:
    return -1 if date.precision == "instant" else (date.latest - date.earliest).days


def _is_older(claim: Claim, own: Claim) -> bool:
    """True if *claim* is another's, and was read no later than the day *own* was checked."""
    if claim.layer.is_own or own.read is None or claim.read is None:
        return False
    return claim.read.latest <= own.read.latest


def _premiere(claim: Claim) -> Claim:
    """*claim*, as a premiere if its note says so."""
    can_be = claim.type in (None, "theatrical", "limited")
    if can_be and claim.note and is_premiere(claim.note):
        return claim._replace(type="premiere")
    return claim


def _without_placeholder(claim: Claim, claims: Iterable[Claim]) -> Claim:
    """*claim*, with only the year if its day stands for that, as far as *claims* tell."""
    date = claim.date
    if (
        claim.layer.name not in USE_PLACEHOLDERS
        or date.precision != "day"
        or (date.latest.month, date.latest.day) not in _PLACEHOLDERS
        or claim.note
        or any(
            other.date.precision in ("day", "instant")
            and other.date.latest == date.latest
            and other.market == claim.market
            and other.layer.name not in USE_PLACEHOLDERS
            and other.withdrawn is None
            for other in claims
        )
    ):
        return claim
    return claim._replace(date=year(date.latest.year, "?"))


def _grouped(claims: Iterable[Claim]) -> dict[str | None, list[Claim]]:
    by_market: dict[str | None, list[Claim]] = {}
    for claim in claims:
        by_market.setdefault(claim.market, []).append(claim)
    return by_market


def _by_type(claims: Sequence[Claim], *, are_hidden: bool) -> dict[str | None, list[Claim]]:
    """*claims* of one market by type; those without a type are of the type that they can mean.

    One's own takes no type of others if these *are_hidden*.
    """
    by_type: dict[str | None, list[Claim]] = {}
    for claim in claims:
        by_type.setdefault(claim.type, []).append(claim)
    unnamed = by_type.get(None)
    named = [name for name in SAME_UNNAMED if name in by_type]
    if not unnamed or not named:
        return by_type
    is_own = any(claim.layer.is_own for claim in unnamed)
    if is_own:
        # Whichever was meant: it is what its owner wrote, and none of the others counts beside it.
        own_types = {claim.type for type in named for claim in by_type[type] if claim.layer.is_own}
        joined = [type for type in named if type not in own_types]
    elif {claim.layer for claim in unnamed} & {
        claim.layer for type in named for claim in by_type[type]
    }:
        joined = []  # A source has both, so they are two things.
    else:
        joined = [next((name for name in named if _can_mean(unnamed, by_type[name])), named[0])]
    if joined:
        del by_type[None]
        type = joined[0] if len(joined) == 1 and not (is_own and are_hidden) else None
        by_type[type] = [*unnamed, *(claim for each in joined for claim in by_type.pop(each))]
    return by_type


def _can_mean(unnamed: Sequence[Claim], named: Sequence[Claim]) -> bool:
    return any(agree(claim, other) for claim in unnamed for other in named)


def _type_order(type: str | None) -> int:
    return TYPES.index(type) if type in TYPES else -1


def _sort_key(claim: Claim) -> tuple[object, ...]:
    """A key that makes an order total, the narrower window first."""
    texts = (claim.date.edtf, claim.type, claim.source, claim.ref, claim.note)
    return (_width(claim.date), *(text or "" for text in texts), claim.unverified)


def shown_claims(found: Iterable[Slot]) -> Iterator[tuple[Slot, Claim]]:
    """The slots of *found* that show a claim, each with it."""
    return ((slot, slot.shown) for slot in found if slot.shown is not None)
