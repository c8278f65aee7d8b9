"""What changed between two looks at a release, and its whole history: direction, size and words."""

from datetime import UTC, date, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from countdown.core import change_wording, changes, edtf
from countdown.core.change_wording import sentence
from countdown.core.changes import Change, Episodes, Facts
from countdown.core.history import HistoryStep, ObservedMove, history, total_move
from countdown.core.release import SHELVED, STAGES, AnnouncedDate, Move

UTC = UTC
TODAY = date(2026, 11, 23)


def facts(*dates: str, stage: str | None = None) -> Facts:
    """Facts with *dates* like `2027-06-11`, `2027-06-11 BR` or `2027-06-11 BR premiere`."""
    found = []
    for text in dates:
        when, region, type = [*text.split(), None, None][:3]
        found.append(AnnouncedDate.of(edtf.parse(str(when)), region, type))
    return Facts("Thor", stage, tuple(found))


def changes_of(
    before: Facts | None, after: Facts | None, region: str | None = "US"
) -> list[Change]:
    """The changes for a fan in *region*."""
    return [*changes.compare(before, after, region=region, zone=UTC)]


def test_home_market_decides_which_date_is_compared() -> None:
    """Of another region's dates, that of the release's home market counts, else the US one."""
    before = facts("2027-06-11 US", "2027-06-18 GB")
    after = facts("2027-06-12 US", "2027-06-20 GB")
    for home, days in (("US", 1), ("GB", 2)):
        (change,) = changes.compare(before, after, region="FR", zone=UTC, home=home)
        assert (change.days, change.place) == (days, home)
        looks = [ObservedMove(TODAY, before, after)]
        (step,) = history((), looks, region="FR", zone=UTC, home=home)
        assert step.days == days


@pytest.mark.parametrize(
    ("before", "after", "region", "expected"),
    [
        # the place became known, or is no longer: only another day is a change
        (["2027-06-11 unstated"], ["2027-06-11 BR"], "BR", ""),
        (["2027-06-11 unstated"], ["2027-06-11 BR"], "US", ""),
        (["2027-06-11"], ["2027-06-11 unstated"], "US", ""),
        (["2027-06-11 unstated"], ["2027-06-11"], "US", ""),
        (["2027-06-11 US"], ["2027-06-11 unstated"], "US", ""),
        (
            ["2027-06-11 unstated"],
            ["2027-06-12 BR"],
            "BR",
            "delayed by 1 day, 11 Jun 2027 → 12 Jun 2027",
        ),
        (
            ["2027-06-11 unstated"],
            ["2027-06-12 BR"],
            "US",
            "delayed by 1 day, 11 Jun 2027 BR → 12 Jun 2027 BR",
        ),
        (
            ["2027-06-11 unstated"],
            ["2027-06-12"],
            "US",
            "delayed by 1 day, 11 Jun 2027 → 12 Jun 2027",
        ),
        # as long as it stays beside the others, it is a place of its own
        (
            ["2027-06-11 unstated"],
            ["2027-06-12 unstated"],
            "US",
            "delayed by 1 day, 11 Jun 2027 (place not stated) → 12 Jun 2027 (place not stated)",
        ),
        (["2027-06-11 unstated"], ["2027-06-11 unstated", "2027-06-13 US"], "BR", ""),
        (
            ["2027-06-11 unstated"],
            ["2027-06-11 unstated", "2027-06-13 BR"],
            "BR",
            "dated, 13 Jun 2027",
        ),
        (
            ["2027-06-11 unstated", "2027-06-13 BR"],
            ["2027-06-11 unstated"],
            "BR",
            "date withdrawn, was 13 Jun 2027",
        ),
        (["2027-06-13 GB"], ["2027-06-11 unstated", "2027-06-13 GB"], "BR", ""),
    ],
)
def test_place_that_is_not_stated_may_be_any(
    before: list[str], after: list[str], region: str, expected: str
) -> None:
    """But never while a date without a place stands beside the one compared, before and after."""
    found = changes_of(facts(*before), facts(*after), region)
    assert "".join(map(change_wording.sentence, found)) == expected


# ---- Kinds, directions and sizes ----


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("2026-05-01", "2026-12-18", "delayed by 8 months, 1 May 2026 → 18 Dec 2026"),
        ("2026-12-18", "2026-12-17", "brought forward by 1 day, 18 Dec 2026 → 17 Dec 2026"),
        ("2027", "2027-36", "narrowed, 2027 → Q4 2027"),
        ("2027", "2027-12-31", "narrowed, 2027 → 31 Dec 2027"),
        ("2027-36", "2027", "widened, Q4 2027 → 2027"),
        ("2027-36", "2028-33", "delayed by 13 weeks, Q4 2027 → Q1 2028"),
        ("2027-06", "2027-06-20/2027-07-10", "delayed by 10 days, Jun 2027 → 20 Jun–10 Jul 2027"),
        ("2027-11", "2027-05-07", "brought forward by 7 months, Nov 2027 → 7 May 2027"),
        ("2027-06-11?", "2027-06-11", "narrowed, 11 Jun 2027? → 11 Jun 2027"),
        ("2027-06-11", "2027-06-11~", "widened, 11 Jun 2027 → about 11 Jun 2027"),
        ("2027-06-11%", "2027-06-11?", "narrowed, about 11 Jun 2027? → 11 Jun 2027?"),
        ("2027?", "2027-06~", "narrowed, 2027? → about Jun 2027"),
        ("2027-06-11", "2027-06-11T19:00Z", "narrowed, 11 Jun 2027 → 11 Jun 2027, 19:00 UTC"),
        ("2027-06-11T19:00Z", "2027-06-11", "widened, 11 Jun 2027, 19:00 UTC → 11 Jun 2027"),
        (
            "2027-06-11T19:00Z",
            "2027-06-11T21:30Z",
            "delayed by 2 h 30 min, 11 Jun 2027, 19:00 UTC → 11 Jun 2027, 21:30 UTC",
        ),
        (
            "2027-06-11T19:00Z",
            "2027-06-11T18:00Z",
            "brought forward by 1 h, 11 Jun 2027, 19:00 UTC → 11 Jun 2027, 18:00 UTC",
        ),
        (
            "2027-06-11T19:00Z",
            "2027-06-11T18:59Z",
            "brought forward by 1 min, 11 Jun 2027, 19:00 UTC → 11 Jun 2027, 18:59 UTC",
        ),
        ("2027-06-11T19:00Z", "2027-06-13T19:00Z", "delayed by 2 days, 11 Jun 2027 → 13 Jun 2027"),
        (None, "2027", "dated, 2027"),
        ("2027", None, "date withdrawn, was 2027"),
    ],
)
def test_change_of_date_has_direction_and_size(
    before: str | None, after: str | None, expected: str
) -> None:
    """One sentence holds it all."""
    (found,) = changes_of(facts(*[before] if before else []), facts(*[after] if after else []))
    assert change_wording.sentence(found) == expected
    direction = ("delayed" in expected) - ("brought forward" in expected)
    assert found.direction == direction


@pytest.mark.parametrize(
    ("before", "after", "phrase", "shift"),
    [
        ("2027-05-01", "2027-07-01", "moved from 1 May 2027 to 1 Jul 2027", "9 weeks later"),
        ("2027-07-01", "2027-06-30", "moved from 1 Jul 2027 to 30 Jun 2027", "1 day earlier"),
        ("2027", "2027-36", "has a more exact date: Q4 2027 (was 2027)", ""),
        ("2027-36", "2027", "has a less exact date: 2027 (was Q4 2027)", ""),
        ("2027?", "2027", "is confirmed: 2027", ""),
        ("2027", "2027?", "is no longer confirmed: 2027?", ""),
        (
            "2027-06-11",
            "2027-06-11T19:00Z",
            "has a more exact date: 11 Jun 2027, 19:00 UTC (was 11 Jun 2027)",
            "",
        ),
        (None, "2027", "has a date: 2027", ""),
        ("2027", None, "has no date any more (was 2027)", ""),
    ],
)
def test_change_of_date_is_a_phrase(
    before: str | None, after: str | None, phrase: str, shift: str
) -> None:
    """It goes on from the title; the size of a move has its direction in a word."""
    (found,) = changes_of(facts(*[before] if before else []), facts(*[after] if after else []))
    assert (change_wording.phrase(found), change_wording.describe_shift(found)) == (phrase, shift)


@pytest.mark.parametrize(
    ("before", "after", "phrase"),
    [
        (facts(stage="announced"), facts(stage="filming"), "is now filming (was announced)"),
        (facts(), facts(stage="on-hold"), "is now on hold"),
        (facts(stage="filming"), facts(), "has no known stage any more (was filming)"),
        (facts(stage="on-hold"), facts(stage="cancelled"), "is cancelled (was on hold)"),
        (None, facts("2027"), "is new: 2027"),
        (None, facts(), "is new"),
        (facts("2027"), None, "is no longer in the catalogue (was 2027)"),
    ],
)
def test_other_changes_are_phrases(before: Facts | None, after: Facts | None, phrase: str) -> None:
    """As those of dates are."""
    (found,) = changes_of(before, after)
    assert (change_wording.phrase(found), change_wording.describe_shift(found)) == (phrase, "")


def test_phrase_has_the_place_of_a_date() -> None:
    """In words; also where a release moves within a day."""
    before, after = (edtf.parse(f"2027-06-11T{hour}:00Z") for hour in (18, 19))
    found = Change("moved", before, after, place="GB")
    assert change_wording.phrase(found) == (
        "moved from 11 Jun 2027, 18:00 UTC GB to 11 Jun 2027, 19:00 UTC GB"
    )
    assert change_wording.describe_shift(found) == "1 h later"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("2027-06-11", "2027-06-11"),
        ("2027-01/2027-03", "2027-33"),  # two spellings of a quarter
        ("2027-06-11?", "2027-06-11~"),  # another doubt, no less of it
        (None, None),
    ],
)
def test_same_date_is_no_change(before: str | None, after: str | None) -> None:
    """However it is spelt."""
    assert changes_of(facts(*[before] if before else []), facts(*[after] if after else [])) == []


@pytest.mark.parametrize(
    ("was", "now", "kind", "text"),
    [
        ("pre-production", "filming", "stage", "now filming (was pre-production)"),
        (None, "filming", "stage", "now filming"),
        ("filming", None, "stage", "stage no longer known (was filming)"),
        ("filming", "on-hold", "stage", "now on hold (was filming)"),
        ("on-hold", "cancelled", "cancelled", "cancelled (was on hold)"),
        (None, "cancelled", "cancelled", "cancelled"),
        ("cancelled", "filming", "stage", "now filming (was cancelled)"),
    ],
)
def test_change_of_stage_has_both_stages(
    was: str | None, now: str | None, kind: str, text: str
) -> None:
    """Being cancelled is a kind of its own."""
    (found,) = changes_of(facts("2027", stage=was), facts("2027", stage=now))
    assert (found.kind, change_wording.describe(found), change_wording.sentence(found)) == (
        kind,
        text,
        text,
    )
    expected = tuple((one or "").replace("on-hold", "on hold") for one in (was, now))
    assert change_wording.before_and_after(found) == expected
    assert change_wording.describe_size(found) == ""


def test_date_and_stage_can_change_at_once() -> None:
    """The date comes first."""
    found = changes_of(facts("2027", stage="filming"), facts(stage="cancelled"))
    assert [one.kind for one in found] == ["withdrawn", "cancelled"]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (None, facts("2027", stage="filming"), "new, 2027"),
        (None, facts(), "new"),
        (facts("2027"), None, "removed, was 2027"),
        (facts(), None, "removed"),
    ],
)
def test_new_and_removed_have_their_date(
    before: Facts | None, after: Facts | None, expected: str
) -> None:
    """And nothing else of them."""
    (found,) = changes_of(before, after)
    assert change_wording.sentence(found) == expected
    assert found.days is None


@pytest.mark.parametrize(
    ("change", "days", "seconds", "direction"),
    [
        (Change("moved", edtf.parse("2027-01-01"), edtf.parse("2027-01-03")), 2, None, 1),
        (Change("moved", edtf.parse("2027-01-03"), edtf.parse("2027-01-01T07:00Z")), -2, None, -1),
        (
            Change("moved", edtf.parse("2027-01-01T07:00Z"), edtf.parse("2027-01-01T06:59Z")),
            *(0, -60, -1),
        ),
        (Change("narrowed", edtf.parse("2027"), edtf.parse("2027-01-01")), -364, None, 0),
        (Change("dated", None, edtf.parse("2027-01-01T07:00Z")), None, None, 0),
        (Change("withdrawn", edtf.parse("2027-01-01T07:00Z")), None, None, 0),
        (Change("moved"), None, None, 0),
    ],
)
def test_size_of_a_change_is_known_where_both_ends_are(
    change: Change, days: int | None, seconds: int | None, direction: int
) -> None:
    """In days, and to the second between two instants; only a move has a direction."""
    assert (change.days, change.seconds, change.direction) == (days, seconds, direction)


@pytest.mark.parametrize(
    ("before", "after", "sentence", "phrase"),
    [
        (
            Episodes(edtf.parse("2027-03-14")),
            Episodes(edtf.parse("2027-03-21")),
            "complete 7 days later, 14 Mar 2027 → 21 Mar 2027",
            "complete 14 Mar 2027 → 21 Mar 2027",
        ),
        (
            Episodes(edtf.parse("2027-03-14")),
            Episodes(edtf.parse("2027-03-13")),
            "complete 1 day earlier, 14 Mar 2027 → 13 Mar 2027",
            "complete 14 Mar 2027 → 13 Mar 2027",
        ),
        (
            Episodes(edtf.parse("2027-03")),
            Episodes(edtf.parse("2027-03-13")),
            "complete, Mar 2027 → 13 Mar 2027",
            "complete Mar 2027 → 13 Mar 2027",
        ),
        (
            Episodes(),
            Episodes(edtf.parse("2027-03-13")),
            "complete, 13 Mar 2027",
            "complete 13 Mar 2027",
        ),
        (
            Episodes(edtf.parse("2027-03-13")),
            Episodes(),
            "day of the last episode withdrawn, was 13 Mar 2027",
            "has no day of the last episode any more (was 13 Mar 2027)",
        ),
        (Episodes(), Episodes(None, "weekly"), "now weekly", "comes out weekly"),
        (
            Episodes(None, "weekly"),
            Episodes(None, "all at once"),
            "now all at once (was weekly)",
            "comes out all at once (was weekly)",
        ),
        (
            Episodes(None, "weekly"),
            Episodes(),
            "cadence no longer known (was weekly)",
            "has no known cadence any more (was weekly)",
        ),
        (Episodes(edtf.parse("2027-33")), Episodes(edtf.parse("2027-01/2027-03")), "", ""),
        (None, Episodes(edtf.parse("2027-03")), "", ""),
        (Episodes(edtf.parse("2027-03")), None, "", ""),
    ],
)
def test_end_of_a_season_and_its_cadence_change(
    before: Episodes | None, after: Episodes | None, sentence: str, phrase: str
) -> None:
    """Where both are known."""
    old, new = (facts("2027")._replace(episodes=episodes) for episodes in (before, after))
    found = changes_of(old, new)
    assert "".join(map(change_wording.sentence, found)) == sentence
    assert "".join(map(change_wording.phrase, found)) == phrase


def test_nothing_is_no_change_of_nothing() -> None:
    """A release that was seen to come and go between two looks."""
    assert changes_of(None, None) == []


# ---- Which date ----


@pytest.mark.parametrize(
    ("before", "after", "region", "expected"),
    [
        (["2027-01-01 US", "2027-02-01 BR"], ["2027-01-01 US", "2027-02-02 BR"], "US", None),
        (["2027-01-01 US", "2027-02-01 BR"], ["2027-01-01 US", "2027-02-02 BR"], "BR", 1),
        (["2027-01-01 US"], ["2027-01-01 US", "2026-12-30 US premiere"], "US", None),
        (["2027-01-01 US"], ["2027-01-01 US", "2027-03-01 US digital"], "US", None),
        (["2027-01-01"], ["2027-01-01", "2027-01-03 DE"], "US", None),
        (["2027-01-01 US"], ["2027-01-05 US"], None, 4),
    ],
)
def test_only_the_date_that_counts_in_the_region_is_compared(
    before: list[str], after: list[str], region: str | None, expected: int | None
) -> None:
    """Moves in other regions are no news here."""
    found = changes_of(facts(*before), facts(*after), region)
    assert [one.days for one in found] == ([] if expected is None else [expected])


@pytest.mark.parametrize(
    ("before", "after", "region", "expected"),
    [
        # Its earliest date moved behind that of another region: that one did not move.
        (["2026-12-20 US", "2026-12-28 BR"], ["2027 US", "2026-12-28 BR"], None, "US"),
        (["2026-12-20 US", "2026-12-28 BR"], ["2026-12-28 BR"], None, "US withdrawn"),
        (["2027-01-01 US"], ["2027-01-01 US", "2027-01-03 DE"], "DE", "dated"),
        (["2027-01-01 US", "2027-01-03 DE"], ["2027-01-01 US"], "DE", "withdrawn"),
        (["2026-12-20 US"], ["2026-12-20 US", "2026-12-17 BR"], None, ""),
        (["2027"], ["2027-05-01 BR"], "BR", "narrowed"),
        # A date for the whole world is that of each region, too.
        (["2026-12-20"], ["2026-12-20 US"], "BR", ""),
        (["2026-12-20 US"], ["2026-12-20"], "BR", ""),
        (["2026-12-20"], ["2027 US"], "BR", "US"),
        (["2026-12-20 US"], ["2027"], "BR", "US"),
        (["2026-12-20 US"], ["2027-01-03 DE"], "DE", "dated"),
    ],
)
def test_dates_of_two_regions_are_not_one_that_moved(
    before: list[str], after: list[str], region: str | None, expected: str
) -> None:
    """A date that nobody moved is not reported."""
    words = {
        "US": "delayed by 12 months, 20 Dec 2026 US → 2027 US",
        "US withdrawn": "date withdrawn, was 20 Dec 2026 US",
        "dated": "dated, 3 Jan 2027",
        "withdrawn": "date withdrawn, was 3 Jan 2027",
        "narrowed": "narrowed, 2027 → 1 May 2027",
    }
    found = changes_of(facts(*before), facts(*after), region)
    assert [sentence(one) for one in found] == ([words[expected]] if expected else [])


def test_days_of_instants_are_those_of_the_users_zone() -> None:
    """Two hours in UTC can be a day where the user is."""
    before, after = facts("2027-06-11T02:00Z"), facts("2027-06-11T05:00Z")
    (here,) = changes.compare(before, after, region=None, zone=timezone(timedelta(hours=-4)))
    (there,) = changes.compare(before, after, region=None, zone=UTC)
    assert (here.days, change_wording.describe(here)) == (1, "delayed by 1 day")
    assert (there.days, change_wording.describe(there)) == (0, "delayed by 3 h")


@given(
    *[st.lists(st.sampled_from(["2027", "2027-36", "2027-12-18", "2028?"]), max_size=1)] * 2,
    *[st.sampled_from([None, *STAGES])] * 2,
)
def test_there_and_back_are_opposites(
    before: list[str], after: list[str], was: str | None, now: str | None
) -> None:
    """Each kind has its reverse, with the same size in the other direction."""
    reverse = {"dated": "withdrawn", "narrowed": "widened", "moved": "moved", "stage": "stage"}
    reverse |= {back: forth for forth, back in reverse.items()}
    one, other = facts(*before, stage=was), facts(*after, stage=now)
    there, back = changes_of(one, other), changes_of(other, one)
    assert (there == []) == (one == other)
    assert len(there) == len(back)
    for first, second in zip(there, back, strict=True):
        assert first.direction == -second.direction
        assert change_wording.describe_size(first) == change_wording.describe_size(second)
        assert change_wording.before_and_after(first) == (
            *reversed(change_wording.before_and_after(second)),
        )
        if not {was, now} & {*SHELVED}:
            assert second.kind == reverse[first.kind]


def test_days_can_be_written_in_another_style() -> None:
    """As config.toml has it."""
    (found,) = changes_of(facts("2026-05-01"), facts("2026-12-18"))
    assert change_wording.sentence(found, "iso") == "delayed by 8 months, 2026-05-01 → 2026-12-18"


# ---- History ----


def move(before: str | None, after: str | None, announced: str | None = None) -> Move:
    """A move of the catalogue, with a source."""
    start, end, told = (edtf.parse(one) if one else None for one in (before, after, announced))
    return Move(start, end, told, "https://example.org/")


def seen_on(before: str | None, after: str | None, day: int = 0) -> ObservedMove:
    """An observed change of the only date, *day* days after today."""
    ends = [facts(*[one] if one else []) for one in (before, after)]
    return ObservedMove(TODAY + timedelta(days=day), *ends)


def steps(
    *given: Move | ObservedMove, region: str | None = None
) -> list[tuple[str, str, int | None]]:
    """The history made of moves and looks: before, after and on which day after today it was seen.

    Every step of the catalogue's must have kept its source.
    """
    found = history_of(*given, region=region)
    known = sum(isinstance(one, Move) for one in given)
    assert sum(step.source is not None for step in found) == known
    return [
        (
            step.before.edtf if step.before else "",
            step.after.edtf if step.after else "",
            (step.seen - TODAY).days if step.seen else None,
        )
        for step in found
    ]


def history_of(*given: Move | ObservedMove, region: str | None = None) -> tuple[HistoryStep, ...]:
    """The history made of moves and looks."""
    moves = [one for one in given if isinstance(one, Move)]
    looks = [one for one in given if isinstance(one, ObservedMove)]
    return history(moves, looks, region=region, zone=UTC)


def test_move_that_was_seen_is_the_move_of_the_catalogue() -> None:
    """One event, with the catalogue's day and source, and the day on which it was seen."""
    found = history_of(
        move("2027-01-01", "2027-02-01", "2026-11-20"), seen_on("2027-01-01", "2027-02-01")
    )
    assert len(found) == 1
    assert found[0].announced == edtf.parse("2026-11-20")
    assert (found[0].seen, found[0].days) == (TODAY, 31)


def test_moves_known_before_the_first_look_stay_in_their_order() -> None:
    """However many have no day of announcement."""
    given = (move("2025", "2026"), move("2026", "2027", "2026-01"), move("2027", "2028"))
    assert steps(*given) == [("2025", "2026", None), ("2026", "2027", None), ("2027", "2028", None)]


def test_what_was_only_seen_goes_in_by_its_day() -> None:
    """Between what was announced before it and after it."""
    assert steps(
        move("2025", "2026", "2025-05"),
        move("2028", "2029", "2026-12-01"),
        seen_on("2026", "2027", day=-9),
        seen_on("2027", "2028", day=1),
        seen_on("2029", None, day=20),
    ) == [
        ("2025", "2026", None),
        ("2026", "2027", -9),
        ("2027", "2028", 1),
        ("2028", "2029", None),
        ("2029", "", 20),
    ]


def test_several_moves_seen_at_once_are_those_of_the_catalogue() -> None:
    """Two announcements between two looks were one change to see."""
    assert steps(
        move("2025", "2026", "2026-10"), move("2026", "2027", "2026-11"), seen_on("2025", "2027")
    ) == [("2025", "2026", 0), ("2026", "2027", 0)]


def test_moves_that_do_not_join_are_not_taken_together() -> None:
    """Only a chain leads from one end to the other."""
    assert len(steps(move("2025", "2026"), move("2028", "2027"), seen_on("2025", "2027"))) == 3


def test_move_is_seen_but_once() -> None:
    """There, back, and there again are three, of which the catalogue knows one."""
    assert steps(
        move("2025", "2026", "2026-11-01"),
        seen_on("2025", "2026"),
        seen_on("2026", "2025", day=1),
        seen_on("2025", "2026", day=2),
    ) == [("2025", "2026", 0), ("2026", "2025", 1), ("2025", "2026", 2)]


def test_look_that_saw_no_move_hides_no_later_one() -> None:
    """A release can be looked at without a date for long."""
    assert steps(seen_on(None, None), seen_on(None, "2026", day=1)) == [("", "2026", 1)]


def test_move_without_a_day_of_announcement_can_have_been_seen() -> None:
    """Then it is known when it was there at the latest."""
    assert steps(move(None, "2026"), seen_on(None, "2026")) == [("", "2026", 0)]


def test_chain_with_a_gap_leads_nowhere() -> None:
    """Only the last of three moves that do not join is what was seen."""
    given = (
        move(None, "2026", "2026-11-20"),
        move("2027", None, "2026-11"),
        move(None, "2025", "2026-12-05"),
    )
    assert steps(*given, seen_on(None, "2025")) == [
        *(("", "2026", None), ("2027", "", None), ("", "2025", 0))
    ]


def test_move_is_not_taken_back_by_the_one_before_it() -> None:
    """In a chain, each begins where the one before ended."""
    given = (move("2027", None, "2026-11-20"), move(None, "2025", "2026-12-05"))
    assert steps(*given, seen_on(None, "2025")) == [("2027", "", None), ("", "2025", 0)]


@pytest.mark.parametrize(
    ("given", "before", "after", "expected"),
    [
        # The date that counts became that of another region, as the catalogue tells it.
        (
            [move("2025", "2027", "2026-11")],
            *(["2025"], ["2027 BR"]),
            [("2025", "2027", 0)],
        ),
        # One region's date came or went, and the catalogue tells of just that.
        ([move("2027", None, "2026-12-05")], ["2027"], ["2026 US"], [("2027", "", 0)]),
        ([move(None, "2027")], [], ["2027", "2026 US"], [("", "2027", 0)]),
        # What was taken back before the look was not taken back later.
        (
            [move(None, "2027", "2026-11"), move("2026", None, "2026-12-05")],
            *(["2026 US"], ["2027"]),
            [("", "2027", None), ("2026", "", 0)],
        ),
    ],
)
def test_look_at_several_dates_is_any_move_of_theirs(
    given: list[Move], before: list[str], after: list[str], expected: list[tuple[str, str, int]]
) -> None:
    """Region by region, and of the date that counts."""
    look = ObservedMove(TODAY, facts(*before), facts(*after))
    assert steps(*given, look, region="US") == expected


def test_move_that_was_taken_back_long_ago_is_not_what_was_seen() -> None:
    """Though it led from the same day to the same day."""
    known = (move("2025", "2026", "2024-01-01"), move("2026", "2025", "2024-03-01"))
    there = [("2025", "2026", None), ("2026", "2025", None), ("2025", "2026", 0)]
    assert steps(*known, seen_on("2025", "2026")) == there


def test_moves_there_and_back_are_both_seen() -> None:
    """Also if the catalogue has both only afterwards."""
    given = (move("2025", "2026", "2026-11-01"), move("2026", "2025", "2026-11-02"))
    looks = (seen_on("2025", "2026"), seen_on("2026", "2025", day=1))
    assert steps(*given, *looks) == [("2025", "2026", 0), ("2026", "2025", 1)]


def test_move_announced_in_a_month_is_before_one_observed_in_it() -> None:
    """It was in the catalogue when that was first looked at."""
    given = (move("2025", "2026", "2026-11"), seen_on("2026", "2027"))
    assert steps(*given) == [("2025", "2026", None), ("2026", "2027", 0)]


def test_move_of_another_region_is_the_same_event() -> None:
    """The catalogue records the move of one region; another one's date moved with it."""
    look = ObservedMove(
        TODAY,
        facts("2022-05-06 US", "2022-05-05 BR"),
        facts("2022-07-08 US", "2022-07-07 BR"),
    )
    given = move("2022-05-06", "2022-07-08", "2021-10-18")
    assert steps(given, look, region="BR") == [("2022-05-06", "2022-07-08", 0)]
    assert steps(look, region="BR") == [("2022-05-05", "2022-07-07", 0)]


@pytest.mark.parametrize(
    "look",
    [
        ObservedMove(TODAY, facts("2027", stage="filming"), facts("2027", stage="wrapped")),
        ObservedMove(TODAY, None, facts("2027")),
        ObservedMove(TODAY, facts("2027"), None),
        ObservedMove(TODAY, facts("2027 US", "2027 BR"), facts("2027 US", "2028 BR")),
    ],
)
def test_what_is_no_move_of_the_counting_date_is_not_in_its_history(look: ObservedMove) -> None:
    """A stage, another region's date; and coming to be known is no move."""
    assert steps(look, region="US") == []


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ([], None),
        ([move(None, "2027-01-01")], None),
        ([move("2027-01-01", None)], None),
        ([move(None, "2027-01-01"), move("2027-01-01", None)], None),
        ([move("2027-01-01", "2028"), move("2028", "2027-01-01")], 0),
        ([move("2027-01-01", "2027-02-01")], 31),
        ([move("2027-01-01", "2027-02-01"), move("2027-02-01", "2027-01-31")], 30),
        ([move("2027-01-01", None), move(None, "2029-01-01")], 731),
        ([move("2027-01-01", "2027-02-01"), move("2027-02-01", None)], 31),
    ],
)
def test_total_is_from_the_first_date_known_to_the_last(
    given: list[Move], expected: int | None
) -> None:
    """With anything or nothing in between."""
    ends = total_move(history_of(*given))
    assert (ends and (ends[1] - ends[0]).days) == expected
