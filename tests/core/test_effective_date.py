"""Which date counts for whom: region, type and time, in that order of tiers."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import product
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from countdown.core import dates, edtf
from countdown.core.effective_date import EffectiveDate, effective_date
from countdown.core.regions import UNSTATED
from countdown.core.release import TYPES, AnnouncedDate, Release
from tests.thorough import sample

# The tiers of docs/catalogue.md: what is not named stands first.
TIERS = (
    (None, "theatrical", "streaming", "tv"),
    ("digital", "physical", "re-release"),
    ("limited",),
)


def announced(text: str) -> AnnouncedDate:
    """`2027-06-11 BR theatrical`, with `-` for worldwide and for no type."""
    when, region, type = text.split()
    return AnnouncedDate.of(
        edtf.parse(when),
        None if region == "-" else region,
        None if type == "-" else type,
    )


def of(*texts: str) -> Release:
    """A release with those dates."""
    return Release("thor", "Thor", "film", dates=tuple(announced(text) for text in texts))


@pytest.mark.parametrize(
    ("region", "texts", "chosen", "fallback"),
    [
        # the region's own, else the worldwide one, else the home market's, else the earliest known;
        # these two are labelled
        ("BR", ["2022-07-08 US -", "2022-07-07 BR -"], "2022-07-07 BR -", False),
        ("US", ["2022-07-08 US -", "2022-07-07 BR -"], "2022-07-08 US -", False),
        ("BR", ["2022-07-08 BR -", "2022-07-07 - -"], "2022-07-08 BR -", False),
        ("DE", ["2022-07-08 BR -", "2022-07-09 - -"], "2022-07-09 - -", False),
        ("DE", ["2022-07-08 US -", "2022-07-07 BR -"], "2022-07-08 US -", True),
        ("DE", ["2022-07-08 GB -", "2022-07-07 BR -"], "2022-07-07 BR -", True),
        ("US", ["2022-07-08 GB -", "2022-07-07 BR -"], "2022-07-07 BR -", True),
        ("DE", ["2022-07-08 US -", "2022-07-07 BR -", "2022-07-09 - -"], "2022-07-09 - -", False),
        ("DE", ["2022-07-08 US -"], "2022-07-08 US -", True),
        ("DE", ["2022-07-08 - -"], "2022-07-08 - -", False),
        (None, ["2022-07-08 - -", "2022-07-07 US -"], "2022-07-08 - -", False),
        (None, ["2022-07-08 US -", "2022-07-07 BR -"], "2022-07-08 US -", True),
        # a date whose place isn't stated: behind the home market, before other regions
        ("DE", ["2022-07-08 US -", "2022-07-07 unstated -"], "2022-07-08 US -", True),
        ("DE", ["2022-07-07 BR -", "2022-07-08 unstated -"], "2022-07-08 unstated -", True),
        ("BR", ["2022-07-09 BR -", "2022-07-08 unstated -"], "2022-07-09 BR -", False),
        ("BR", ["2022-07-09 - -", "2022-07-08 unstated -"], "2022-07-09 - -", False),
        (None, ["2022-07-07 BR -", "2022-07-08 unstated -"], "2022-07-08 unstated -", True),
        (None, ["2022-07-08 unstated -"], "2022-07-08 unstated -", True),
        ("DE", ["2022-07-09 BR tv", "2022-07-08 unstated digital"], "2022-07-09 BR tv", True),
        # of equals elsewhere, the same one whatever their order in the file
        ("DE", ["2022-07-07 GB -", "2022-07-07 BR -"], "2022-07-07 BR -", True),
        ("DE", ["2022-07-07 BR -", "2022-07-07 GB -"], "2022-07-07 BR -", True),
        # the type decides before the home market does
        ("DE", ["2022-07-08 US digital", "2022-07-09 BR tv"], "2022-07-09 BR tv", True),
        ("DE", ["2022-07-08 BR tv", "2022-07-09 US tv"], "2022-07-09 US tv", True),
        # types
        (
            "US",
            ["2022-07-01 US digital", "2022-07-08 US theatrical"],
            "2022-07-08 US theatrical",
            0,
        ),
        ("US", ["2022-07-01 US physical", "2022-07-08 US streaming"], "2022-07-08 US streaming", 0),
        ("US", ["2022-07-01 US limited", "2022-07-08 US tv"], "2022-07-08 US tv", 0),
        ("US", ["2022-07-01 US limited", "2022-07-08 US digital"], "2022-07-08 US digital", 0),
        (
            "US",
            ["2022-07-01 US limited", "2022-07-08 US re-release"],
            "2022-07-08 US re-release",
            0,
        ),
        (
            "US",
            ["2022-07-09 US streaming", "2022-07-08 US theatrical"],
            "2022-07-08 US theatrical",
            0,
        ),
        (
            "US",
            ["2022-07-08 US streaming", "2022-07-09 US theatrical"],
            "2022-07-08 US streaming",
            0,
        ),
        ("US", ["2022-07-08 US -", "2022-07-09 US theatrical"], "2022-07-08 US -", 0),
        # within a tier the day decides, whichever the types
        *(
            ("US", [f"2022-07-09 US {one}", f"2022-07-08 US {other}"], f"2022-07-08 US {other}", 0)
            for types in TIERS
            for one in types
            for other in types
            if one and other and one != other
        ),
        ("US", ["2022-07-09 US -", "2022-07-08 US theatrical"], "2022-07-08 US theatrical", 0),
        # and between tiers the tier, however early the other
        *(
            (
                "US",
                [f"2022-07-01 US {later}", f"2022-07-08 US {first}"],
                f"2022-07-08 US {first}",
                0,
            )
            for number, types in enumerate(TIERS)
            for first in types
            for later in [one for lesser in TIERS[number + 1 :] for one in lesser]
            if first
        ),
        # a better type worldwide counts before a lesser one at home; a lesser one at home before
        # a better one elsewhere
        ("US", ["2022-07-01 US limited", "2022-07-22 - streaming"], "2022-07-22 - streaming", 0),
        ("BR", ["2022-07-01 US theatrical", "2022-07-22 BR digital"], "2022-07-22 BR digital", 0),
        # only a premiere is no release; only a limited run is one
        (
            "US",
            ["2022-06-23 US premiere", "2022-07-08 BR theatrical"],
            "2022-07-08 BR theatrical",
            1,
        ),
        ("US", ["2022-07-01 US limited"], "2022-07-01 US limited", 0),
        # promise late: a month counts to its last day
        ("US", ["2022-07 US theatrical", "2022-07-30 US tv"], "2022-07-30 US tv", 0),
        ("US", ["2022-07 US theatrical", "2022-07-31 US tv"], "2022-07 US theatrical", 0),
    ],
)
def test_the_date_that_counts(
    region: str | None, texts: list[str], chosen: str, fallback: bool
) -> None:
    """Of several, one; and whether it is another region's."""
    counted = effective_date(of(*texts), region=region)
    assert counted == EffectiveDate(announced(chosen), fallback=bool(fallback))


@pytest.mark.parametrize(
    ("country", "chosen"),
    [
        ((), "2022-07-08 US -"),
        (("US",), "2022-07-08 US -"),
        (("GB", "US"), "2022-07-09 GB -"),
        (("FR", "GB"), "2022-07-07 BR -"),  # of its countries only the first is home
    ],
)
def test_home_market_is_the_first_country(country: tuple[str, ...], chosen: str) -> None:
    """Where there is none, the United States; its date is another region's to every other fan."""
    texts = ["2022-07-07 BR -", "2022-07-08 US -", "2022-07-09 GB -"]
    release = of(*texts)._replace(country=country)
    assert effective_date(release, region="DE") == EffectiveDate(announced(chosen), fallback=True)
    own = effective_date(release, region="BR")
    assert own == EffectiveDate(announced("2022-07-07 BR -"), fallback=False)


@pytest.mark.parametrize("texts", [[], ["2022-06-23 US premiere"], ["2022-06-23 - premiere"]])
def test_premiere_alone_is_no_date(texts: list[str]) -> None:
    """Nobody has announced a release yet."""
    assert effective_date(of(*texts), region="US") is None


@pytest.mark.parametrize("type", TYPES)
def test_only_the_type_of_the_query_counts(type: str) -> None:
    """Also a premiere, and also if another type is nearer."""
    others = [f"2022-07-0{day} US {other}" for day, other in enumerate(TYPES, 1) if other != type]
    asked = f"2022-07-09 US {type}"
    counted = effective_date(of(*others, asked), region="US", type=type)
    assert counted == EffectiveDate(announced(asked), fallback=False)
    assert effective_date(of(*others), region="US", type=type) is None


def test_premieres_at_home_count_before_earlier_ones_elsewhere() -> None:
    """Region and day choose among premieres, too, if the query is for them."""
    release = of("2022-06-23 US premiere", "2022-07-05 GB premiere", "2022-07-07 GB premiere")
    counted = effective_date(release, region="GB", type="premiere")
    assert counted == EffectiveDate(announced("2022-07-05 GB premiere"), fallback=False)


days = st.integers(0, 400).map(lambda count: date(2027, 1, 1) + timedelta(days=count))
listed = st.lists(
    st.builds(
        AnnouncedDate.of,
        st.one_of(days.map(dates.day), st.builds(dates.month, st.just(2027), st.integers(1, 12))),
        st.sampled_from([None, "US", "BR", "DE", UNSTATED]),
        st.sampled_from([None, *TYPES]),
    ),
    max_size=6,
)
regions = st.sampled_from([None, "US", "BR", "FR"])


def tier(dated: AnnouncedDate) -> int:
    """The row of TIERS that has the type of *dated*."""
    return next(number for number, types in enumerate(TIERS) if dated.type in types)


def expected_date(
    found: Sequence[AnnouncedDate], region: str | None, type: str | None, home: str
) -> EffectiveDate | None:
    """The rules of docs/catalogue.md, one sentence a step; the slow and plain way."""
    left = [one for one in found if (one.type == type if type else one.type != "premiere")]
    near = [one for one in left if one.region == region is not None]
    near += [one for one in left if one.region is None and one.place is None]
    left = near or left
    if not left:
        return None
    if type is None:
        best = min(map(tier, left))
        left = [one for one in left if tier(one) == best]
    steps = (
        lambda one: one.region == region is not None,
        lambda one: one.region is None and one.place is None,
        lambda one: one.region == home,
        lambda one: one.place == UNSTATED,
        lambda one: True,
    )
    left = next(some for step in steps if (some := [one for one in left if step(one)]))
    latest = min(one.date.latest for one in left)
    left = [one for one in left if one.date.latest == latest]
    earliest = min(one.date.earliest for one in left)
    left = [one for one in left if one.date.earliest == earliest]
    first = min(left, key=lambda one: one.region or "")
    return EffectiveDate(first, fallback=not near)


def test_every_pair_of_place_and_type_is_decided_by_the_rules() -> None:
    """A table of all tiers, types, regions and home markets, the later date before the earlier."""
    places = (None, "US", "BR", "GB", UNSTATED)
    rows = [(place, type) for place in places for type in (None, *TYPES)]
    days = [dates.day(date(2027, 1, 1)), dates.day(date(2027, 6, 1))]
    fans = [*product((None, "US", "BR", "FR"), ((), ("GB",), ("BR", "US")))]
    for at, (one, other) in enumerate(product(rows, rows)):
        pair = [AnnouncedDate.of(day, *row) for day, row in zip(days, (one, other), strict=True)]
        for region, country in sample(fans[at % 7 :: 7], of=fans):  # The next pair has others.
            release = Release("a", "A", "film", dates=tuple(pair), country=country)
            home = country[0] if country else "US"
            for type in {None, other[1]}:
                chosen = effective_date(release, region=region, type=type)
                assert chosen == expected_date(pair, region, type, home), (pair, region, country)


countries = st.lists(st.sampled_from(["US", "BR", "DE", "GB"]), max_size=2, unique=True).map(tuple)


@settings(deadline=None)
@given(listed, regions, st.sampled_from([None, *TYPES]), countries)
def test_counting_follows_its_rules(
    found: list[AnnouncedDate], region: str | None, type: str | None, country: tuple[str, ...]
) -> None:
    """Never a premiere; here and worldwide before elsewhere; type, then place, then the day."""
    release = Release("a", "A", "film", dates=tuple(found), country=country)
    counted = effective_date(release, region=region, type=type)
    assert counted == expected_date(found, region, type, country[0] if country else "US")


@settings(deadline=None)
@given(listed, regions, st.randoms())
def test_order_in_the_file_does_not_matter(
    found: list[AnnouncedDate], region: str | None, random: Random
) -> None:
    """The same window counts however the dates are listed."""
    shuffled = random.sample(found, len(found))
    first = effective_date(Release("a", "A", "film", dates=tuple(found)), region=region)
    second = effective_date(Release("a", "A", "film", dates=tuple(shuffled)), region=region)
    assert (first is None) == (second is None)
    if first is not None and second is not None:
        assert first.dated.date == second.dated.date
        assert first.fallback == second.fallback
