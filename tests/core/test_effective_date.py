"""Which date counts for whom: region, type and time, in that order of tiers."""

from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from countdown.core import dates, edtf
from countdown.core.effective_date import EffectiveDate, effective_date
from countdown.core.release import TYPES, AnnouncedDate, Release

# The tiers of docs/catalogue.md: what is not named stands first.
TIERS = (
    (None, "theatrical", "streaming", "tv"),
    ("digital", "physical", "re-release"),
    ("limited",),
)


def announced(text: str) -> AnnouncedDate:
    """`2027-06-11 BR theatrical`, with `-` for worldwide and for no type."""
    when, region, type = text.split()
    return AnnouncedDate(
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
        AnnouncedDate,
        st.one_of(days.map(dates.day), st.builds(dates.month, st.just(2027), st.integers(1, 12))),
        st.sampled_from([None, "US", "BR", "DE"]),
        st.sampled_from([None, *TYPES]),
    ),
    max_size=6,
)
regions = st.sampled_from([None, "US", "BR", "FR"])


def tier(dated: AnnouncedDate) -> int:
    """The row of TIERS that has the type of *dated*."""
    return next(number for number, types in enumerate(TIERS) if dated.type in types)


@settings(deadline=None)
@given(listed, regions)
def test_counting_follows_its_rules(found: list[AnnouncedDate], region: str | None) -> None:
    """Never a premiere; here and worldwide before elsewhere; tier, then place, then the day."""
    counted = effective_date(Release("a", "A", "film", dates=tuple(found)), region=region)
    possible = [dated for dated in found if dated.type != "premiere"]
    if counted is None:
        assert not possible
        return
    chosen = counted.dated
    assert chosen in possible
    near = [dated for dated in possible if dated.region in (None, region)]
    assert counted.fallback is not bool(near)
    rivals = [dated for dated in near or possible if tier(dated) == tier(chosen)]
    assert all(tier(dated) >= tier(chosen) for dated in near or possible)
    if any(dated.region == region for dated in rivals):
        assert chosen.region == region
        rivals = [dated for dated in rivals if dated.region == region]
    elif not near and any(dated.region == "US" for dated in rivals):
        assert chosen.region == "US"
        rivals = [dated for dated in rivals if dated.region == "US"]
    assert chosen.date.latest == min(dated.date.latest for dated in rivals)


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
