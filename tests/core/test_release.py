"""What is known of a release, and the words of the catalogue's vocabulary."""

import pytest

from countdown.core import edtf
from countdown.core.regions import REGIONS
from countdown.core.release import (
    JOBS,
    KINDS,
    SHELVED,
    STAGES,
    TRACK,
    TYPES,
    Credit,
    Move,
    Provider,
    Release,
)


def test_vocabulary_is_that_of_the_format() -> None:
    """Kinds, stages and types, spelt and ordered as docs/catalogue.md has them."""
    assert KINDS == ("film", "series", "season", "special", "short")
    assert " ".join(STAGES) == (
        "rumoured announced development pre-production filming wrapped post-production completed "
        "released on-hold cancelled"
    )
    assert sorted(TYPES) == [
        *("digital", "limited", "physical", "premiere", "re-release", "streaming"),
        *("theatrical", "tv"),
    ]
    assert JOBS == ("cast", "director", "writer", "creator")


def test_track_runs_from_announced_to_completed() -> None:
    """Shelved and rumoured productions have no place on it."""
    assert TRACK[0] == "announced"
    assert TRACK[-1] == "completed"
    assert not set(TRACK) & {*SHELVED, "rumoured", "released"}


@pytest.mark.parametrize(
    ("season", "name"), [(None, "Andor"), (0, "Andor, season 0"), (2, "Andor, season 2")]
)
def test_season_is_part_of_the_name(season: int | None, name: str) -> None:
    """Season 0, where specials are kept, is one as well."""
    assert Release("andor", "Andor", "season", season=season).name == name


def test_credits_name_the_cast_first_and_then_each_job() -> None:
    """A person with two jobs is credited twice."""
    release = Release(
        *("thor", "Thor", "film"),
        cast=(Credit("Christian Bale", "Gorr"), Credit("Taika Waititi")),
        director=("Taika Waititi",),
        writer=("Taika Waititi", "Jennifer Kaytin Robinson"),
        creator=("Stan Lee",),
    )
    assert release.credits() == [
        ("cast", "Christian Bale", "Gorr"),
        ("cast", "Taika Waititi", None),
        ("director", "Taika Waititi", None),
        ("writer", "Taika Waititi", None),
        ("writer", "Jennifer Kaytin Robinson", None),
        ("creator", "Stan Lee", None),
    ]
    assert Release("thor", "Thor", "film").credits() == []


@pytest.mark.parametrize(
    ("before", "after", "days"),
    [
        ("2022-05-06", "2022-07-08", 63),
        ("2022-07-08", "2022-05-06", -63),
        ("2022-07-08", "2022-07-08", 0),
        ("2022-06", "2022-07-08", 8),  # a month counts to its last day
        ("2024-02-28", "2024-03-01", 2),  # a leap year
        ("2022-07-08", None, None),
        (None, "2022-07-08", None),
        (None, None, None),
    ],
)
def test_move_counts_from_latest_day_to_latest_day(
    before: str | None, after: str | None, days: int | None
) -> None:
    """A date that came from nowhere, or was withdrawn, moved by no number of days."""
    move = Move(edtf.parse(before) if before else None, edtf.parse(after) if after else None)
    assert move.days == days


def test_regions_are_the_249_assigned_codes() -> None:
    """Two capitals each: Great Britain's is GB, and no union has one."""
    assert len(REGIONS) == 249
    assert all(len(code) == 2 and code.isascii() and code.isupper() for code in REGIONS)
    assert {"US", "BR", "GB", "DE", "IN"} <= REGIONS
    assert not {"UK", "EU", "EN", "XX", "SU", "AN"} & REGIONS


@pytest.mark.parametrize(
    ("provider", "text"),
    [
        (Provider("x", "X", facts=("dates",)), None),
        (Provider("x", "X", "CC0-1.0", facts=("dates",)), None),
        (Provider("x", "X", "CC0-1.0", "Data from X", facts=("dates",)), "Data from X"),
        (Provider("x", "X", "CC-BY-SA-4.0", facts=("dates",)), "X (CC-BY-SA-4.0)"),
        (Provider("x", None, "CC-BY-SA-4.0", "By X", facts=("dates",)), "By X (CC-BY-SA-4.0)"),
        (
            Provider("x", "X", "CC-BY-SA-4.0", "X (CC BY-SA 4.0)", facts=("dates",)),
            "X (CC BY-SA 4.0)",
        ),
        (Provider("x", "X", None, "By X", facts=("dates",)), "By X"),
        (Provider("x", "X", "CC-BY-SA-4.0", "By X"), None),
    ],
)
def test_source_is_named_with_its_licence(provider: Provider, text: str | None) -> None:
    """If the licence asks for it, and it gave any fact."""
    assert provider.attribution == text
