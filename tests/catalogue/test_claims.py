"""What of all that is claimed about the dates of a release is shown."""

from datetime import UTC, date, datetime
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from countdown.catalogue.claims import Claim, Layer, Slot, agree, slots
from countdown.core import dates, edtf
from countdown.core.dates import ReleaseDate

SHIPPED, OWN = Layer(), Layer(height=9, is_own=True)
TMDB, WIKIDATA, TVMAZE, TRAKT = (
    Layer(name, height) for height, name in enumerate(("tmdb", "wikidata", "tvmaze", "trakt"), 1)
)
FEED, OTHER_FEED = Layer("friends", 5), Layer("club", 6)
NOVEMBER = dates.day(date(2026, 11, 25))


def day(text: str) -> ReleaseDate:
    """The date *text* in EDTF."""
    return edtf.from_toml(text)


def claim(
    layer: Layer,
    text: str,
    market: str | None = "US",
    type: str | None = "theatrical",
    read: str | None = "2026-11-20",
) -> Claim:
    """A claim of *layer* for the date *text*."""
    return Claim(day(text), market, type, layer, None if read is None else day(read))


def shown(*claims: Claim, kind: str = "film", only_from: int | None = None) -> list[str]:
    """The shown dates, each with its market and type, in whatever order *claims* are given."""
    answers = [slots(order, kind=kind, only_from=only_from) for order in permutations(claims)]
    assert all(answer == answers[0] for answer in answers)
    assert all({*claims} == {*each} for each in [original(answer) for answer in answers] if each)
    return [
        f"{slot.market} {slot.type} {slot.shown.date.edtf if slot.shown else 'none'}"
        for slot in answers[0]
    ]


def original(found: list[Slot]) -> list[Claim]:
    """The claims of *found*; empty if some were read as something else."""
    claims = [claim for slot in found for claim in slot.claims]
    return (
        [] if any(each.note or each.layer.name in ("tmdb", "trakt") for each in claims) else claims
    )


def only_slot(*claims: Claim, kind: str = "film") -> Slot:
    """The one slot of *claims*."""
    (slot,) = slots(claims, kind=kind)
    return slot


def test_markets_and_types_do_not_touch_each_other() -> None:
    """What one layer knows takes nothing away from another's; a premiere is no release."""
    assert shown(
        claim(SHIPPED, "2026-12-18"),
        claim(WIKIDATA, "2026-12-17", "BR"),
        claim(TMDB, "2026-12-01", "US", "premiere"),
        claim(WIKIDATA, "2026-12-16", "unstated", None),
        claim(WIKIDATA, "2026-12-19", None, None),
    ) == [
        "None None 2026-12-19",
        "BR theatrical 2026-12-17",
        "US theatrical 2026-12-18",
        "US premiere 2026-12-01",
        "unstated None 2026-12-16",
    ]


def test_narrower_window_is_shown_and_the_wider_supports_it() -> None:
    """Whoever says it, and through several steps."""
    wide, month, exact = (
        claim(SHIPPED, "2026"),
        claim(TMDB, "2026-12"),
        claim(WIKIDATA, "2026-12-18"),
    )
    slot = only_slot(wide, month, exact)
    assert (slot.shown, slot.support, slot.disputed) == (exact, (wide, month), ())


def test_doubtful_window_does_not_sharpen() -> None:
    """Nor does an unverified one; a doubtful one can be sharpened."""
    wide, doubtful = claim(SHIPPED, "2026"), claim(WIKIDATA, "2026-12-18?")
    assert only_slot(wide, doubtful).shown == wide
    assert only_slot(wide, doubtful._replace(date=day("2026-12-18"), unverified=True)).shown == wide
    assert only_slot(claim(SHIPPED, "2026?"), doubtful).shown == doubtful


@pytest.mark.parametrize(
    ("kind", "order"),
    [
        ("film", [OWN, FEED, OTHER_FEED, SHIPPED, TMDB, WIKIDATA, TRAKT]),
        ("series", [OWN, FEED, OTHER_FEED, SHIPPED, TVMAZE, TMDB, WIKIDATA, TRAKT]),
        ("season", [OWN, FEED, OTHER_FEED, SHIPPED, TVMAZE, TMDB, WIKIDATA, TRAKT]),
    ],
)
def test_disputed_window_has_an_order(kind: str, order: list[Layer]) -> None:
    """One's own, subscriptions, a catalogue that was checked, then the best provider."""
    claims = [claim(layer, f"2027-03-{1 + 3 * at:02}") for at, layer in enumerate(order)]
    while claims:
        slot = only_slot(*reversed(claims), kind=kind)
        assert slot.shown == claims[0]
        assert {*slot.disputed, *slot.unused} == {*claims[1:]}
        claims.pop(0)


def test_catalogue_that_was_not_checked_for_long_comes_after_providers() -> None:
    """More than 60 days before they were read, or never."""
    provider = claim(WIKIDATA, "2027-04-01")
    for read, is_first in (("2026-09-21", True), ("2026-09-20", False), (None, False)):
        mine = claim(SHIPPED, "2027-03-01", read=read)
        slot = only_slot(mine, provider)
        assert (slot.shown == mine) is is_first
        assert {slot.shown, *slot.disputed} == {mine, provider}


def test_later_reading_counts_among_equals() -> None:
    """Of two claims of one provider; then the earlier date is shown."""
    older, newer = claim(TRAKT, "2027-03-01"), claim(TRAKT, "2027-04-01")
    assert only_slot(newer, older).shown == older
    assert only_slot(newer._replace(read=NOVEMBER), older).shown == newer._replace(read=NOVEMBER)


def test_own_date_is_never_changed() -> None:
    """A narrower one supports it; another one disputes it if it was read later."""
    mine = claim(OWN, "2026-12", read="2026-11-20")
    exact, other = claim(TMDB, "2026-12-18"), claim(WIKIDATA, "2027-01")
    later = claim(WIKIDATA, "2027-01", read="2026-11-21")
    assert only_slot(mine, exact, other) == Slot("US", "theatrical", mine, unused=(exact, other))
    slot = only_slot(mine, exact._replace(read=NOVEMBER), later)
    assert slot.support == (exact._replace(read=NOVEMBER),)
    assert slot.disputed == (later,)
    unread = mine._replace(read=None)
    assert only_slot(unread, other) == Slot("US", "theatrical", unread, disputed=(other,))
    unknown = other._replace(read=None)
    assert only_slot(mine, unknown).disputed == (unknown,)


def test_topmost_of_ones_own_counts() -> None:
    """The lower one isn't lost."""
    low, high = claim(Layer(height=8, is_own=True), "2027-01"), claim(OWN, "2028", read=None)
    assert only_slot(low, high) == Slot("US", "theatrical", high, unused=(low,))


def test_only_ones_own_dates() -> None:
    """From a layer on: a list that replaces the list below it."""
    unnamed = claim(OWN, "2027-05-05", type=None)
    assert shown(unnamed, claim(TMDB, "2027-01"), only_from=9) == ["US None 2027-05-05"]
    low, high = claim(Layer(height=8, is_own=True), "2027-01", "BR"), claim(OWN, "2028")
    other = claim(TMDB, "2027-02", "BR")
    assert shown(low, high, other, only_from=9) == ["BR theatrical none", "US theatrical 2028"]
    assert shown(low, high, other, only_from=8) == ["BR theatrical 2027-01", "US theatrical 2028"]


def test_withdrawn_claim_is_kept_but_not_shown() -> None:
    """The next source's shows; if there is none, nothing."""
    gone = claim(TMDB, "2027-03-01")._replace(withdrawn=NOVEMBER)
    next_one = claim(WIKIDATA, "2027-04-01")
    assert only_slot(gone, next_one) == Slot("US", "theatrical", next_one, unused=(gone,))
    assert only_slot(gone) == Slot("US", "theatrical", None, unused=(gone,))


def test_claim_without_a_type_joins_the_type_of_its_region() -> None:
    """It takes that type; with several, that of the date that agrees, else the first."""
    unnamed = claim(WIKIDATA, "2026-12-18", type=None)
    assert shown(claim(SHIPPED, "2026"), unnamed) == ["US theatrical 2026-12-18"]
    tv, stream = claim(SHIPPED, "2027-01", type="tv"), claim(SHIPPED, "2026-12", type="streaming")
    assert shown(unnamed, tv, stream) == ["US streaming 2026-12-18", "US tv 2027-01"]
    early = claim(WIKIDATA, "2020", type=None)
    assert shown(early, tv, stream) == ["US streaming 2026-12", "US tv 2027-01"]
    assert shown(unnamed, claim(SHIPPED, "2027", type="digital")) == [
        "US None 2026-12-18",
        "US digital 2027",
    ]
    assert shown(unnamed, claim(SHIPPED, "2026-12", "BR")) == [
        "BR theatrical 2026-12",
        "US None 2026-12-18",
    ]


def test_source_with_both_means_two_things() -> None:
    """A date with a type and one without it, for one region."""
    both = claim(SHIPPED, "2026-12-18"), claim(SHIPPED, "2026-12-20", type=None)
    assert shown(*both) == ["US None 2026-12-20", "US theatrical 2026-12-18"]


def test_own_date_without_a_type_is_the_only_one_that_can_be_meant() -> None:
    """Of the others it takes the type, if it is one; each of one's own stays."""
    mine, film = claim(OWN, "2027-05-05", type=None), claim(SHIPPED, "2027-01")
    stream = claim(TMDB, "2027-02", type="streaming")
    assert shown(mine, film) == ["US theatrical 2027-05-05"]
    assert shown(mine, film, stream) == ["US None 2027-05-05"]
    own_stream = claim(OWN, "2027-06", type="streaming")
    assert shown(mine, film, own_stream) == ["US theatrical 2027-05-05", "US streaming 2027-06"]
    assert shown(mine, own_stream) == ["US None 2027-05-05", "US streaming 2027-06"]


@pytest.mark.parametrize(
    ("layer", "text", "note", "expected"),
    [
        (TMDB, "2018-12-31", None, "2018?"),
        (TRAKT, "2018-01-01", None, "2018?"),
        (TMDB, "2018-12-31", "PG-13", "2018-12-31"),
        (TMDB, "2018-12-30", None, "2018-12-30"),
        (TMDB, "2018-12", None, "2018-12"),
        (WIKIDATA, "2018-12-31", None, "2018-12-31"),
    ],
)
def test_placeholder_is_no_day(layer: Layer, text: str, note: str | None, expected: str) -> None:
    """31 December and 1 January of providers that have a day for everything; with a note, it is."""
    (slot,) = slots([claim(layer, text)._replace(note=note)])
    assert slot.shown is not None
    assert slot.shown.date.edtf == expected


def test_second_source_makes_a_placeholder_a_day() -> None:
    """But not one that copies it, nor for another region, nor a withdrawn one."""
    placeholder = claim(TMDB, "2018-12-31")
    second = claim(WIKIDATA, "2018-12-31", type=None)
    assert shown(placeholder, second) == ["US theatrical 2018-12-31"]
    assert shown(placeholder, claim(TRAKT, "2018-12-31")) == ["US theatrical 2018?"]
    assert shown(placeholder, second._replace(market="BR"))[-1] == "US theatrical 2018?"
    withdrawn = second._replace(withdrawn=NOVEMBER)
    assert shown(placeholder, withdrawn) == ["US theatrical 2018?"]
    # Isle of Dogs: a real day elsewhere isn't disputed by it.
    assert shown(placeholder, claim(WIKIDATA, "2018-03-23")) == ["US theatrical 2018-03-23"]


@pytest.mark.parametrize("note", ["World Premiere", "Venice Film Festival", "sneak", "Première"])
def test_note_tells_a_premiere(note: str) -> None:
    """TRON: Legacy had its premiere a week before it came out, as a theatrical date."""
    premiere = claim(TRAKT, "2010-12-10")._replace(note=note)
    assert shown(premiere, claim(TMDB, "2010-12-17")) == [
        "US theatrical 2010-12-17",
        "US premiere 2010-12-10",
    ]
    assert shown(premiere._replace(type="tv")) == ["US tv 2010-12-10"]


def test_premiere_of_a_season_is_its_release() -> None:
    """It's what a first episode is called."""
    first = claim(TVMAZE, "2027-01-10", "US", None)._replace(note="Season premiere")
    assert only_slot(first, kind="season").type is None
    assert only_slot(first, kind="film").type == "premiere"


def instant(*numbers: int) -> ReleaseDate:
    """A moment in UTC."""
    year, month, day, hour = numbers
    return dates.instant(datetime(year, month, day, hour, tzinfo=UTC))


def test_days_next_to_each_other_can_be_one_moment() -> None:
    """For a series, or if a moment is known; two moments can't."""
    first, second = day("2026-02-17"), day("2026-02-18")
    at = instant(2026, 2, 17, 23)
    assert agree(*(claim(TMDB, "2027")._replace(date=each) for each in (at, second)))
    film = [claim(TMDB, "2027")._replace(date=each) for each in (first, second)]
    assert not agree(*film)
    assert agree(*film, is_series=True)
    later = [claim(TMDB, "2027")._replace(date=each) for each in (first, day("2026-02-19"))]
    assert not agree(*later, is_series=True)
    months = [claim(TMDB, text) for text in ("2026-02", "2026-03")]
    assert not agree(*months, is_series=True)
    moments = [claim(TMDB, "2027")._replace(date=each) for each in (at, instant(2026, 2, 18, 1))]
    assert not agree(*moments, is_series=True)
    assert agree(moments[0], moments[0])


def test_moment_sharpens_its_day() -> None:
    """A day says less."""
    mine, at = claim(SHIPPED, "2026-02-17"), claim(TVMAZE, "2027")
    at = at._replace(date=instant(2026, 2, 17, 8))
    assert only_slot(mine, at, kind="series").shown == at


TEXTS = ["2026", "2026-12", "2026-12-18", "2026-12-19", "2027", "2026-12-31", "2026-12?", "2026/.."]
CLAIMS = st.lists(
    st.builds(
        claim,
        st.sampled_from([SHIPPED, OWN, TMDB, WIKIDATA, TVMAZE, TRAKT, FEED]),
        st.sampled_from(TEXTS),
        st.sampled_from(["US", "BR", None]),
        st.sampled_from(["theatrical", "streaming", "premiere", None]),
        st.sampled_from(["2026-11-20", "2026-11-25", "2026-01-01"]),
    ),
    max_size=7,
    unique_by=lambda each: (each.layer, each.market, each.type),
)


@given(CLAIMS, st.randoms(use_true_random=False), st.sampled_from(["film", "series"]))
def test_order_does_not_matter(claims: list[Claim], random: st.DataObject, kind: str) -> None:
    """Layers are read in any order."""
    shuffled = [*claims]
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert slots(claims, kind=kind) == slots(shuffled, kind=kind)


@given(CLAIMS, st.sampled_from(["film", "series"]), st.sampled_from([None, 9]))
def test_no_claim_is_lost(claims: list[Claim], kind: str, only_from: int | None) -> None:
    """Each is in one slot, of its market."""
    found = slots(claims, kind=kind, only_from=only_from)
    told = [(each.layer, each.market, each.type) for slot in found for each in slot.claims]
    assert sorted(told, key=repr) == sorted(
        ((each.layer, each.market, each.type) for each in claims), key=repr
    )
    assert all(each.market == slot.market for slot in found for each in slot.claims)
    assert len({(slot.market, slot.type) for slot in found}) == len(found)


@given(CLAIMS, st.sampled_from(["film", "series"]))
def test_no_window_widens(claims: list[Claim], kind: str) -> None:
    """No claim that agrees with the shown one is narrower, unless it is doubtful or mine isn't."""
    for slot in slots(claims, kind=kind):
        assert slot.shown is not None
        if slot.shown.layer.is_own:
            continue
        for each in slot.support:
            is_narrower = each.date.order_days[1] < slot.shown.date.order_days[1]
            assert not is_narrower or (each.is_doubtful and not slot.shown.is_doubtful)


@given(CLAIMS, st.sampled_from(["film", "series"]))
def test_own_claim_always_shows(claims: list[Claim], kind: str) -> None:
    """As it was written, in its market; nothing else shows in its place."""
    found = slots(claims, kind=kind)
    dates_shown = [slot.shown for slot in found]
    for mine in (each for each in claims if each.layer.is_own):
        assert mine in dates_shown
