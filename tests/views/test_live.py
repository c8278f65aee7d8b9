"""The full screen of `live` at many sizes, and what counts as out."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from countdown.core.outlook import Moment
from countdown.core.release import Release
from countdown.core.width import width
from countdown.views import live
from tests.views.releases import CONTEXT, NOW, film, outlook_of

EVENING = datetime(2022, 7, 6, 4, tzinfo=UTC)
SOON = film("Soon", "2022-07-06T04:00Z - streaming")
DAY = film("Thor: Love and Thunder", "2022-07-26 US theatrical")
WINDOW = film("Later", "2027-Q4")
STAGED = film("Undated", stage="filming", stage_since="2022-05")
STAGELESS = film("Nothing Known", stage="announced")
SIZES = (*((c, r) for c in (1, 10, 20, 41, 80, 200) for r in (1, 2, 3, 5, 8, 24, 60)),)


def at(when: datetime) -> Moment:
    """That moment in UTC."""
    return Moment.at(when, ZoneInfo("UTC"))


def screen(*releases: Release, size: tuple[int, int] = (80, 24), now: Moment = NOW) -> list[str]:
    """The lines of the screen."""
    outlooks = [outlook_of(release, now) for release in releases]
    lines = live.frame(outlooks, CONTEXT._replace(now=now), *size).lines
    return ["".join(cell.text for cell in line) for line in lines]


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_screen_is_exactly_as_large_as_the_terminal(size: tuple[int, int]) -> None:
    """Whatever is shown, how many, and however little room there is."""
    for releases in ([DAY], [SOON], [WINDOW], [STAGED], [DAY, SOON, WINDOW, STAGED], [DAY] * 12):
        lines = screen(*releases, size=size)
        assert len(lines) == size[1]
        assert max(map(width, lines)) <= size[0]
        assert any(line.strip() for line in lines)


def test_days_are_drawn_as_large_as_fit() -> None:
    """With the title above, and below it the day."""
    small, large = screen(DAY, size=(40, 16)), screen(DAY, size=(120, 40))
    for lines in (small, large):
        text = "\n".join(lines)
        assert text.index("Thor: Love and Thunder") < text.index("█") < text.index("days")
        assert "Tuesday, 26 July 2022" in text.replace("\u00a0", " ")
    assert sum("█" in line for line in large) > 2 * sum("█" in line for line in small)
    assert screen(DAY, size=(20, 5))[0].strip() == "Thor: Love and Thun…"
    assert "█" in "".join(screen(DAY, size=(20, 5)))
    assert screen(DAY, size=(20, 1)) == ["In 22 days · Thor:…"[:20]]


def test_window_has_no_digits_and_undated_has_its_stage() -> None:
    """No day is made up."""
    for release, words in (
        (WINDOW, "4th quarter 2027"),
        (STAGED, "Shooting since May 2022"),
        (STAGELESS, "Planned"),
    ):
        text = "\n".join(screen(release)).replace("\u00a0", " ")
        assert words in text
        assert "█" not in text
        assert screen(release, size=(30, 1))[0].strip()
    assert screen(WINDOW, size=(40, 1))[0].strip() == "4th quarter 2027 · Later"


def test_seconds_are_counted_in_the_last_two_days_alone() -> None:
    """Before that in days."""
    now = at(EVENING - timedelta(hours=47, minutes=59, seconds=58))
    assert screen(SOON, size=(30, 3), now=now)[:2] == ["             Soon", "           47:59:58"]
    assert screen(SOON, size=(30, 1), now=now)[0].strip() == "47:59:58 · Soon"
    before = at(EVENING - timedelta(hours=48))
    assert "2 days" in screen(SOON, size=(30, 3), now=before)[1]
    assert [live.is_ticking(outlook_of(SOON, moment)) for moment in (now, before)] == [True, False]
    assert not live.is_ticking(outlook_of(SOON, at(EVENING)))
    assert not live.is_ticking(outlook_of(STAGED))


@pytest.mark.parametrize(
    ("release", "when", "out"),
    [
        (SOON, EVENING - timedelta(seconds=1), False),
        (SOON, EVENING, True),
        (DAY, datetime(2022, 7, 25, 23, 59, 59, tzinfo=UTC), False),
        (DAY, datetime(2022, 7, 26, tzinfo=UTC), True),
        (DAY, datetime(2022, 8, 26, tzinfo=UTC), True),
        (WINDOW, datetime(2027, 12, 31, tzinfo=UTC), False),
        (WINDOW, datetime(2028, 2, 1, tzinfo=UTC), False),
        (STAGED, datetime(2022, 7, 26, tzinfo=UTC), False),
    ],
    ids=str,
)
def test_out_is_what_has_reached_its_instant_or_day(
    release: Release, when: datetime, out: bool
) -> None:
    """A window never is: nobody announced on which of its days."""
    assert live.is_out(outlook_of(release, at(when))) is out


def test_day_that_has_come_is_written_large() -> None:
    """TODAY for a day, OUT once the hour has passed or the catalogue says so."""
    today = screen(DAY, size=(80, 24), now=at(datetime(2022, 7, 26, 5, tzinfo=UTC)))
    out = screen(SOON, size=(80, 24), now=at(EVENING))
    known = film("Known", "2022-07-26", stage="released")
    now = at(datetime(2022, 7, 26, 5, tzinfo=UTC))
    assert any("█" in line for line in today)
    assert "day" not in "".join(today).replace("Tuesday", "").replace("theaters", "")
    assert any("█" in line for line in out)
    assert any("█" in line for line in screen(known, now=now))
    past = screen(DAY, now=at(datetime(2022, 8, 26, tzinfo=UTC)))
    assert "Out 31 days ago" in "\n".join(past)


def test_several_stand_beside_each_other_if_that_makes_them_larger() -> None:
    """On a low, wide screen beside, on a high, narrow one below each other."""
    wide, high = screen(DAY, DAY, size=(160, 14)), screen(DAY, DAY, size=(40, 50))
    assert any(line.count("Thor") == 2 for line in wide)
    assert not any(line.count("Thor") == 2 for line in high)
    same = screen(DAY, DAY, size=(60, 40))  # Either way they are as large.
    assert not any(line.count("Thor") == 2 for line in same)
    assert "and 9 more" in "\n".join(screen(*[DAY] * 12, size=(20, 4)))


def test_sentence_says_all_in_a_line() -> None:
    """For who can't see the screen; a fact is said once."""
    context = CONTEXT._replace(now=NOW)
    assert live.sentence(outlook_of(DAY), context) == (
        "Thor: Love and Thunder: In 22 days · Tuesday, 26 July 2022 · in theaters"
    )
