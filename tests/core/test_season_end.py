"""The end of a season: the day on which all of it can be watched in one go."""

from datetime import UTC, date, datetime

import pytest

from countdown.core import edtf
from countdown.core.outlook import Moment
from countdown.core.release import AnnouncedDate, Release
from countdown.core.season_end import season_end, season_end_outlook

NOW = Moment(date(2026, 11, 22), datetime(2026, 11, 22, 12, tzinfo=UTC), UTC)


def season(
    complete: str | None = None, cadence: str | None = None, *dates: str, stage: str | None = None
) -> Release:
    """A season with those *dates*, each with its region: `2026-11-01 US`."""
    announced = [AnnouncedDate(edtf.parse(day), region) for day, region in map(str.split, dates)]
    end = edtf.parse(complete) if complete else None
    facts = {"complete": end, "cadence": cadence, "dates": tuple(announced), "stage": stage}
    return Release("a", "A", "season", 2, **facts)  # type: ignore[arg-type]


def test_end_is_unknown_without_a_word_of_it() -> None:
    """Weekly episodes are not counted: nobody said how many there are."""
    assert season_end(season(None, "weekly", "2026-11-01 US")) is None
    assert season_end(season(None, "all at once")) is None
    assert season_end_outlook(season(None, "weekly", "2026-11-01 US"), now=NOW) is None


def test_end_of_what_comes_at_once_is_the_date_that_counts() -> None:
    """In the fan's region, and marked as that of another."""
    release = season(None, "all at once", "2026-12-01 US", "2026-12-04 BR")
    for region, day, fallback in (("BR", "2026-12-04", False), ("DE", "2026-12-01", True)):
        end = season_end(release, region=region)
        assert end is not None
        assert (end.dated.date.edtf, end.fallback) == (day, fallback)
        outlook = season_end_outlook(release, now=NOW, region=region)
        assert outlook is not None
        assert outlook.effective_date == end


@pytest.mark.parametrize(
    ("complete", "stage", "state", "days"),
    [
        ("2026-12-24", "released", "upcoming", (32, 32)),
        ("2026-11-22", "released", "open", (0, 0)),
        ("2026-11-21", "released", "released", (-1, -1)),
        ("2026-11-21", None, "released", (-1, -1)),
        ("2026-11", "released", "open", (-21, 8)),
        ("2026-10", "released", "overdue", (-52, -22)),
        ("2026-12-24", "cancelled", "cancelled", (32, 32)),
    ],
)
def test_end_has_an_outlook_of_its_own(
    complete: str, stage: str | None, state: str, days: tuple[int, int]
) -> None:
    """That the first episode is out says nothing of the last; a window never becomes a day."""
    release = season(complete, "weekly", "2026-10-01 US", stage=stage)
    outlook = season_end_outlook(release, now=NOW, region="US")
    assert outlook is not None
    assert outlook.remaining is not None
    assert (outlook.state, outlook.remaining[:2]) == (state, days)
    assert outlook.date == edtf.parse(complete)


def test_doubt_about_the_end_is_its_own() -> None:
    """Not that about the first date."""
    release = season("2026-11-21", None)._replace(unverified=("complete",))
    outlook = season_end_outlook(release, now=NOW)
    assert outlook is not None
    assert outlook.effective_date is not None
    assert outlook.effective_date.dated.unverified
    assert outlook.state == "overdue"
