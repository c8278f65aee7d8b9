"""What is left between a moment and a date, and what state that puts a release in."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from countdown.core import dates, edtf
from countdown.core.dates import ReleaseDate
from countdown.core.outlook import (
    STATES,
    UPCOMING_STATES,
    Moment,
    Outlook,
    Remaining,
    is_out_after,
    outlook,
    remaining,
    stage_rank,
    unchecked_since,
)
from countdown.core.release import SHELVED, STAGES, AnnouncedDate, Release, Source

UTC = UTC


def noon(day: str) -> Moment:
    """Noon of *day* in UTC."""
    return at(f"{day}T12:00:00", "UTC")


def at(local: str, zone: str) -> Moment:
    """The moment when clocks in *zone* show *local*."""
    there = datetime.fromisoformat(local).replace(tzinfo=ZoneInfo(zone))
    return Moment.at(there.astimezone(UTC), ZoneInfo(zone))


def release(
    when: str | None, stage: str | None = None, *, checked: str | None = None, title: str = "Thor"
) -> Release:
    """A release with one worldwide date."""
    return Release(
        *("thor", title, "film"),
        stage=stage,
        dates=(AnnouncedDate(edtf.parse(when)),) if when else (),
        checked=edtf.parse(checked) if checked else None,
    )


@pytest.mark.parametrize(
    ("when", "today", "left"),
    [
        # a day: before, on it, after
        ("2022-07-08", "2022-06-12", (26, 26)),
        ("2022-07-08", "2022-07-07", (1, 1)),
        ("2022-07-08", "2022-07-08", (0, 0)),
        ("2022-07-08", "2022-07-11", (-3, -3)),
        # leap days and year ends
        ("2028-03-01", "2028-02-28", (2, 2)),
        ("2027-03-01", "2027-02-28", (1, 1)),
        ("2028-02-29", "2027-02-28", (366, 366)),
        ("2028-01-01", "2027-12-31", (1, 1)),
        ("9999-12-31", "0001-01-01", (3652058, 3652058)),
        # windows: before, first day, inside, last day, after
        ("2027-36", "2027-08-22", (40, 131)),
        ("2027-36", "2027-10-01", (0, 91)),
        ("2027-36", "2027-11-23", (-53, 38)),
        ("2027-36", "2027-12-31", (-91, 0)),
        ("2027-36", "2028-01-12", (-103, -12)),
        ("2027-24", "2027-11-30", (1, 91)),  # winter, to 29 February 2028
        ("2027-24", "2028-01-15", (-45, 45)),
        ("2027", "2026-12-31", (1, 365)),
        ("2028", "2027-12-31", (1, 366)),
        ("202X", "2026-11-22", (-2517, 1135)),
    ],
)
def test_remaining_counts_whole_days_to_both_ends(
    when: str, today: str, left: tuple[int, int]
) -> None:
    """From today to the first and to the last day of the window; no seconds without an instant."""
    assert remaining(edtf.parse(when), now=noon(today)) == Remaining(*left, None)


@pytest.mark.parametrize(
    ("when", "now", "left"),
    [
        # one moment, three places, three dates
        ("2027-06-11T07:00:00Z", at("2027-06-10T23:00:00", "America/Los_Angeles"), (1, 3600)),
        ("2027-06-11T07:00:00Z", at("2027-06-11T03:00:00", "America/Sao_Paulo"), (0, 3600)),
        ("2027-06-11T07:00:00Z", at("2027-06-11T20:00:00", "Pacific/Kiritimati"), (0, 3600)),
        ("2027-06-11T10:00:00Z", at("2027-06-11T23:00:00", "Pacific/Kiritimati"), (1, 3600)),
        # the nights when clocks change: a day of 23 hours, one of 25, one without a midnight
        ("2027-03-14T19:00:00Z", at("2027-03-13T12:00:00", "America/Los_Angeles"), (1, 82800)),
        ("2027-11-07T20:00:00Z", at("2027-11-06T12:00:00", "America/Los_Angeles"), (1, 90000)),
        ("2018-11-04T03:00:00Z", at("2018-11-03T23:59:59", "America/Sao_Paulo"), (1, 1)),
        # the moment itself, and after it
        ("2027-06-11T07:00:00Z", at("2027-06-11T00:00:00", "America/Los_Angeles"), (0, 0)),
        ("2027-06-11T07:00:00Z", at("2027-06-11T00:00:01", "America/Los_Angeles"), (0, -1)),
        ("2027-06-11T07:00:00Z", at("2027-06-14T00:00:00", "America/Los_Angeles"), (-3, -259200)),
        # a new year comes to Kiritimati first
        ("2027-12-31T10:00:00Z", at("2027-12-31T23:30:00", "Pacific/Kiritimati"), (1, 1800)),
        ("2027-12-31T10:00:00Z", at("2027-12-31T01:30:00", "America/Los_Angeles"), (0, 1800)),
        ("9999-12-31T23:00:00Z", at("9999-12-31T12:00:00", "UTC"), (0, 39600)),
    ],
)
def test_instant_has_local_days_and_real_seconds(
    when: str, now: Moment, left: tuple[int, int]
) -> None:
    """Days are the calendar's of the user's zone; seconds run through every change of clocks."""
    days, seconds = left
    assert remaining(edtf.parse(when), now=now) == Remaining(days, days, seconds)


@pytest.mark.parametrize(
    ("instant", "zone", "today"),
    [
        ("2027-06-11T06:59:59+00:00", "America/Los_Angeles", "2027-06-10"),
        ("2027-06-11T07:00:00+00:00", "America/Los_Angeles", "2027-06-11"),
        ("2027-06-11T10:00:00+00:00", "Pacific/Kiritimati", "2027-06-12"),
        ("2018-11-04T03:00:00+00:00", "America/Sao_Paulo", "2018-11-04"),
        ("2027-06-11T23:00:00-07:00", "UTC", "2027-06-12"),
    ],
)
def test_today_is_what_the_calendar_of_the_zone_says(instant: str, zone: str, today: str) -> None:
    """One moment is two days in two places."""
    now = Moment.at(datetime.fromisoformat(instant), ZoneInfo(zone))
    assert now.today == date.fromisoformat(today)
    assert now.instant == datetime.fromisoformat(instant)


NOON = "2022-07-08T12:00:00Z"


@pytest.mark.parametrize(
    ("when", "stage", "checked", "today", "state"),
    [
        # an exact day
        ("2022-07-08", None, None, "2022-07-07", "upcoming"),
        ("2022-07-08", None, None, "2022-07-08", "open"),
        ("2022-07-08", None, None, "2022-07-09", "released"),
        ("2022-07-08", "released", None, "2022-07-07", "upcoming"),
        ("2022-07-08", "released", None, "2022-07-08", "released"),
        ("2022-07-08", "released", None, "2022-07-09", "released"),
        ("2022-07-08", "completed", "2022-08", "2022-07-09", "released"),
        # its stage says otherwise, and was looked up after the day
        ("2022-07-08", "filming", "2022-07-09", "2022-07-10", "overdue"),
        ("2022-07-08", "filming", "2022-08", "2022-09-01", "overdue"),
        # its stage was looked up before the day, or nobody knows when
        ("2022-07-08", "filming", "2022-07-08", "2022-07-10", "released"),
        ("2022-07-08", "filming", "2022-07", "2022-07-10", "released"),
        ("2022-07-08", "wrapped", "2022-06-01", "2022-07-10", "released"),
        ("2022-07-08", "wrapped", None, "2022-07-10", "released"),
        # a day with a reserve is not settled by its passing
        ("2022-07-08?", None, None, "2022-07-07", "upcoming"),
        ("2022-07-08?", None, None, "2022-07-08", "open"),
        ("2022-07-08?", None, None, "2022-07-09", "overdue"),
        ("2022-07-08~", "completed", None, "2022-07-09", "overdue"),
        ("2022-07-08?", "released", None, "2022-07-09", "released"),
        # a window
        ("2022-07", None, None, "2022-06-30", "upcoming"),
        ("2022-07", None, None, "2022-07-01", "open"),
        ("2022-07", None, None, "2022-07-31", "open"),
        ("2022-07", None, None, "2022-08-01", "overdue"),
        ("2022-07", "completed", None, "2022-08-01", "overdue"),
        ("2022-07", "released", None, "2022-06-30", "upcoming"),
        ("2022-07", "released", None, "2022-07-15", "released"),
        ("2022-07", "released", None, "2022-08-01", "released"),
        ("2022", None, None, "2022-11-28", "open"),  # a year is not late in November
        # an instant: noon of that day in UTC, as is the moment looked at
        ("2022-07-08T12:00:01Z", None, None, "2022-07-08", "upcoming"),
        (NOON, None, None, "2022-07-07", "upcoming"),
        (NOON, None, None, "2022-07-08", "released"),
        (NOON, "filming", "2022-07-09", "2022-07-08", "overdue"),
        (NOON, "filming", "2022-07-09", "2022-07-10", "overdue"),
        (NOON, "filming", "2022-07-08", "2022-07-10", "released"),
        # nobody works towards a date
        ("2022-07-08", "on-hold", None, "2022-07-01", "on-hold"),
        ("2022-07-08", "on-hold", None, "2022-07-09", "on-hold"),
        ("2022-07", "cancelled", None, "2022-07-15", "cancelled"),
        ("2022-07-08", "cancelled", None, "2022-07-09", "cancelled"),
        # no date
        (None, None, None, "2022-07-08", "undated"),
        (None, "wrapped", None, "2022-07-08", "undated"),
        (None, "completed", None, "2022-07-08", "undated"),
        (None, "released", None, "2022-07-08", "released"),
        (None, "on-hold", None, "2022-07-08", "on-hold"),
        (None, "cancelled", None, "2022-07-08", "cancelled"),
    ],
)
def test_state_of_a_release(
    when: str | None, stage: str | None, checked: str | None, today: str, state: str
) -> None:
    """The outcome of its date, its stage and the freshness of that on a day."""
    seen = outlook(release(when, stage, checked=checked), now=noon(today))
    assert seen.state == state
    assert state in STATES


def test_year_only_release_is_not_late_in_november() -> None:
    """The whole year is announced, so it is open until New Year's Eve and overdue after."""
    year = release("2027")
    states = [
        outlook(year, now=noon(day)).state
        for day in ("2026-12-31", "2027-01-01", "2027-11-30", "2027-12-31", "2028-01-01")
    ]
    assert states == ["upcoming", "open", "open", "open", "overdue"]


def test_premiere_does_not_make_a_release() -> None:
    """A showing at a festival leaves the film undated, unless the query is for premieres."""
    shown = Release(
        *("a", "A", "film"), dates=(AnnouncedDate(edtf.parse("2022-05-28"), "FR", "premiere"),)
    )
    assert outlook(shown, now=noon("2022-07-04"), region="FR").state == "undated"
    asked = outlook(shown, now=noon("2022-07-04"), region="FR", type="premiere")
    assert asked.state == "released"
    assert asked.effective_date is not None
    assert not asked.effective_date.fallback


def test_outlook_tells_the_day_of_an_instant_where_the_user_is() -> None:
    """Midnight Pacific is the day after in Kiritimati, and is counted to from there."""
    seen = outlook(
        release("2027-06-11T10:30:00Z"), now=at("2027-06-11T12:00:00", "Pacific/Kiritimati")
    )
    assert seen.date is not None
    assert seen.date.earliest == date(2027, 6, 12)
    assert seen.remaining == Remaining(1, 1, 12 * 3600 + 1800)


def test_fallback_of_another_region_is_marked() -> None:
    """The only date is Brazil's, and the user is in Germany."""
    film = Release("thor", "Thor", "film", dates=(AnnouncedDate(edtf.parse("2022-07-07"), "BR"),))
    for region, fallback in (("BR", False), ("DE", True), (None, True)):
        seen = outlook(film, now=noon("2022-07-04"), region=region)
        assert seen.effective_date is not None
        assert seen.effective_date.fallback is fallback


@pytest.mark.parametrize(
    ("when", "stage", "today", "shown"),
    [
        ("2022-07-08", "released", "2022-07-04", None),  # it is only known today that it came out
        ("2022-07-08", "released", "2022-07-08", "released"),
        ("2022-07-08", "wrapped", "2022-07-04", "wrapped"),
        (None, "released", "2022-07-04", "released"),
        (None, None, "2022-07-04", None),
    ],
)
def test_stage_released_is_hidden_before_the_day(
    when: str | None, stage: str | None, today: str, shown: str | None
) -> None:
    """Looked at from an earlier day, nothing is out before it is."""
    assert outlook(release(when, stage), now=noon(today)).stage == shown


@pytest.mark.parametrize(
    ("when", "stage", "dated"),
    [
        ("2022-07-08", None, True),
        ("2022", "released", True),
        (None, "wrapped", False),
        ("2022-07-08", "on-hold", False),
        ("2022-07-08", "cancelled", False),
    ],
)
def test_shelved_production_has_no_date_to_count_to(
    when: str | None, stage: str | None, dated: bool
) -> None:
    """A date from before that is no longer promised."""
    assert outlook(release(when, stage), now=noon("2022-07-04")).dated is dated


@pytest.mark.parametrize(
    ("when", "stage", "checked", "settled"),
    [
        ("2022-07-08", None, None, True),
        ("2022-07-08", "completed", "2023", True),
        ("2022-07-08", "filming", None, True),
        ("2022-07-08", "filming", "2022-07-08", True),
        ("2022-07-08", "filming", "2022-07-09", False),
        ("2022-07-08", "on-hold", None, False),
        ("2022-07-08", "cancelled", None, False),
        ("2022-07-08?", None, None, False),
        ("2022-07", "completed", None, False),
        ("2022-07", "released", None, True),
        ("2022-07-08T07:00:00Z", "filming", "2022-07-08", True),
        ("2022-07-08T07:00:00Z", "filming", "2022-07-09", False),
    ],
)
def test_exact_day_settles_it_unless_the_stage_says_otherwise(
    when: str, stage: str | None, checked: str | None, settled: bool
) -> None:
    """A stage that was looked up after the day counts more than the day."""
    film = release(when, stage, checked=checked)
    assert is_out_after(film, film.dates[0]) is settled


@pytest.mark.parametrize(
    ("sources", "unverified", "settled"),
    [
        ((), (), True),  # The user's own word has no source.
        (("2022-07-01",), (), True),
        (("2022-08",), (), True),
        ((None,), (), True),
        (("2022-06-30",), (), False),
        (("2022-06", "2021"), (), False),
        (("2022-06", "2022-07-15"), (), True),
        (("2022-07-15",), ("stage",), False),
        (("2022-07-15",), ("cast",), True),
    ],
)
def test_stage_released_needs_a_source_that_can_tell(
    sources: tuple[str | None, ...], unverified: tuple[str, ...], settled: bool
) -> None:
    """One from the first day of the window on, and no doubt about the stage."""
    told = tuple(Source("https://a.org", edtf.parse(on) if on else None) for on in sources)
    film = release("2022-07", "released")._replace(sources=told, unverified=unverified)
    assert is_out_after(film, film.dates[0]) is settled
    assert outlook(film, now=noon("2022-07-20")).state == ("released" if settled else "open")
    assert outlook(film, now=noon("2022-08-20")).state == ("released" if settled else "overdue")


def test_day_settles_it_only_if_that_row_is_confirmed() -> None:
    """Whatever other rows are; and a row's own check counts before that of the release."""
    sure, unsure = (
        AnnouncedDate(edtf.parse("2022-07-08"), region, unverified=region == "BR")
        for region in ("US", "BR")
    )
    film = Release("a", "A", "film", dates=(sure, unsure))
    seen = {region: outlook(film, now=noon("2022-07-10"), region=region) for region in ("US", "BR")}
    assert [seen[region].state for region in ("US", "BR")] == ["released", "overdue"]
    film = release("2022-07-08", "filming", checked="2022-07-01")
    looked = film.dates[0]._replace(checked=edtf.parse("2022-07-09"))
    assert is_out_after(film, film.dates[0])
    assert not is_out_after(film, looked)


@pytest.mark.parametrize(
    ("when", "checked", "row_checked", "old"),
    [
        ("2022-12-31", "2021-12-01", None, "2021-12-01"),
        ("2022-12-31", "2021-12-30", None, "2021-12-30"),
        ("2022-12-31", "2021-12-31", None, None),  # 182 days ago
        ("2023-01-02", "2021-12-01", None, None),  # not due within half a year
        ("2022-12-31", "2021-12", None, None),  # It may have been on its last day.
        ("2022-12-31", None, None, None),
        ("2022-12-31", "2021-12-01", "2022-06-01", None),
        ("2022-12-31", "2022-06-01", "2021-12-01", "2021-12-01"),
        ("2022-12/2023-03", "2021-12-01", None, "2021-12-01"),
        ("2022-01", "2021-12-01", None, "2021-12-01"),  # overdue
        ("2022-01-01", "2021-12-01", None, None),  # out
        ("2022-12-31", "2023-01-01", None, None),
        (None, "2021-12-01", None, None),
    ],
)
def test_check_is_old_after_half_a_year_if_a_date_is_due_within_one(
    when: str | None, checked: str | None, row_checked: str | None, old: str | None
) -> None:
    """As seen on 2 July 2022."""
    film = release(when, checked=checked)
    if row_checked:
        film = film._replace(dates=(film.dates[0]._replace(checked=edtf.parse(row_checked)),))
    found = unchecked_since(outlook(film, now=noon("2022-07-02")), date(2022, 7, 2))
    assert (found.edtf if found else None) == old


def test_shelved_production_is_not_due() -> None:
    """Whatever date it had."""
    film = release("2022-07-08", "on-hold", checked="2020")
    assert unchecked_since(outlook(film, now=noon("2022-07-02")), date(2022, 7, 2)) is None


def test_stages_rank_by_nearness_to_release() -> None:
    """An unknown stage ranks below every known one, and a shelved one below that."""
    track = [stage for stage in STAGES if stage not in SHELVED]
    order = [*reversed(track), None, "on-hold", "cancelled"]
    assert sorted(order, key=stage_rank, reverse=True) == order
    assert len({stage_rank(stage) for stage in order}) == len(order)
    assert stage_rank("rumoured") == 0
    assert stage_rank(None) < 0


def test_order_is_latest_day_then_narrower_then_title_then_stage() -> None:
    """A month-only June comes after 30 June's exact dates; the undated follow by stage."""
    expected = [
        release("2027-06-29", title="on the 29th"),
        release("2027-06-30", title="on the 30th, A"),
        release("2027-06-30", title="on the 30th, B"),
        release("late June 2027", title="late June"),
        release("2027-06", title="June"),
        release("2027-34", title="second quarter"),
        release("2027-40", title="first half"),
        release("2027-07-01", title="on the first of July"),
        release("2027", title="the year"),
        release("202X", title="the decade"),
        release(None, "completed", title="completed"),
        release(None, "filming", title="filming, A"),
        release(None, "filming", title="filming, B"),
        release(None, "rumoured", title="rumoured"),
        release(None, title="stage unknown"),
        release("2027-06-01", "on-hold", title="on hold"),
        release("2027-06-01", "cancelled", title="cancelled"),
    ]
    seen = [outlook(one, now=noon("2027-01-01")) for one in reversed(expected)]
    assert [one.release.title for one in sorted(seen, key=lambda one: one.order)] == [
        one.title for one in expected
    ]


days = st.dates(date(1900, 1, 1), date(2100, 1, 1))
zones = st.sampled_from(
    ["UTC", "America/Sao_Paulo", "Pacific/Kiritimati", "America/Los_Angeles", "Asia/Kolkata"]
)
windows = st.one_of(
    st.builds(dates.day, days, st.sampled_from(["", "?", "~"])),
    st.builds(dates.month, st.integers(1900, 2100), st.integers(1, 12)),
    st.builds(dates.grouping, st.integers(1900, 2100), st.sampled_from(sorted(dates.GROUPINGS))),
    st.builds(dates.year, st.integers(1900, 2100)),
    st.builds(dates.decade, st.integers(190, 209)),
    st.builds(
        dates.instant,
        st.datetimes(datetime(1900, 1, 2), datetime(2100, 1, 1), timezones=st.just(UTC)),
    ),
)
stages = st.sampled_from([None, *STAGES])
checks = st.one_of(st.none(), st.builds(dates.day, days))


@st.composite
def moments(draw: st.DrawFn) -> Moment:
    """Any second, anywhere."""
    zone = ZoneInfo(draw(zones))
    instant = draw(st.datetimes(datetime(1900, 1, 2), datetime(2100, 1, 1), timezones=st.just(UTC)))
    return Moment.at(instant, zone)


@settings(deadline=None)
@given(windows, moments())
def test_each_day_later_is_one_day_less(when: ReleaseDate, now: Moment) -> None:
    """To the first day and to the last alike, and the first never comes after the last."""
    later = now._replace(
        today=now.today + timedelta(days=1), instant=now.instant + timedelta(days=1)
    )
    left, then = remaining(when, now=now), remaining(when, now=later)
    assert (then.min, then.max) == (left.min - 1, left.max - 1)
    assert left.min <= left.max
    assert (left.seconds is None) == (when.instant is None)
    if left.seconds is not None and then.seconds is not None:
        assert left.seconds - then.seconds in (86399, 86400, 86401)


@settings(deadline=None)
@given(windows, moments(), stages, checks)
def test_no_day_is_shown_that_was_not_announced(
    when: ReleaseDate, now: Moment, stage: str | None, checked: ReleaseDate | None
) -> None:
    """The outlook's window is the announced one; only an instant's day is local."""
    film = Release("a", "A", "film", stage=stage, dates=(AnnouncedDate(when),), checked=checked)
    seen = outlook(film, now=now)
    assert seen.date is not None
    if when.instant is None:
        assert seen.date == when
    else:
        assert seen.date.earliest == seen.date.latest == when.instant.astimezone(now.zone).date()


@settings(deadline=None)
@given(windows, moments(), stages, checks)
def test_state_agrees_with_what_is_left(
    when: ReleaseDate, now: Moment, stage: str | None, checked: ReleaseDate | None
) -> None:
    """Nothing is out before its time, nothing is open after it, nothing unsettled is out."""
    film = Release("a", "A", "film", stage=stage, dates=(AnnouncedDate(when),), checked=checked)
    seen = outlook(film, now=now)
    left = seen.remaining
    assert left is not None
    if seen.stage in SHELVED:
        assert seen.state == stage
        return
    begun = left.min <= 0 if left.seconds is None else left.seconds <= 0
    ended = left.max < 0 if left.seconds is None else left.seconds <= 0
    assert (seen.state == "upcoming") == (not begun)
    assert (seen.state == "open") == (begun and not ended and stage != "released")
    assert (seen.state == "overdue") == (ended and not is_out_after(film, film.dates[0]))
    assert seen.dated


@settings(deadline=None)
@given(windows, windows, moments())
def test_earlier_in_the_order_is_due_earlier(
    first: ReleaseDate, second: ReleaseDate, now: Moment
) -> None:
    """By the latest local day; of windows that end together, the narrower one comes first."""

    def seen(when: ReleaseDate) -> Outlook:
        return outlook(Release("a", "A", "film", dates=(AnnouncedDate(when),)), now=now)

    one, other = seen(first), seen(second)
    assert one.date is not None
    assert other.date is not None
    assert (one.order < other.order) == (
        (one.date.latest, -one.date.earliest.toordinal())
        < (other.date.latest, -other.date.earliest.toordinal())
    )


def test_states_ahead_are_those_that_a_fan_still_waits_for() -> None:
    """Open and overdue ones are not out yet."""
    assert UPCOMING_STATES == ("upcoming", "open", "overdue")
    assert set(UPCOMING_STATES) < set(STATES)


@pytest.mark.parametrize(
    ("since", "checked", "today", "stage"),
    [
        ("2022-04", None, "2022-03-30", None),
        ("2022-04", None, "2022-03-31", "wrapped"),  # It is April east of here.
        ("2022-04", "2023-01-01", "2022-04-01", "wrapped"),
        (None, "2023-01-01", "2022-12-30", None),
        (None, "2023-01-01", "2022-12-31", "wrapped"),
        (None, None, "2022-12-31", "wrapped"),
    ],
)
def test_stage_of_later_is_not_known(
    since: str | None, checked: str | None, today: str, stage: str | None
) -> None:
    """Neither since when, nor its note; what nothing dates counts on every day."""
    made = release(None, "wrapped", checked=checked)._replace(
        stage_note="In Vienna.", stage_since=edtf.parse(since) if since else None
    )
    seen = outlook(made, now=noon(today))
    assert seen.stage == stage
    assert (seen.stage_note, seen.stage_since) == (
        ("In Vienna.", made.stage_since) if stage else (None, None)
    )
    assert seen.order[1] == (-stage_rank("wrapped") if stage else 1)


@pytest.mark.parametrize("stage", SHELVED)
@pytest.mark.parametrize(("when", "state"), [(None, "undated"), ("2022-08-01", "upcoming")])
def test_production_is_not_shelved_before_that_is_known(
    stage: str, when: str | None, state: str
) -> None:
    """It counts to its date until then; without any day, it's shelved always."""
    shelved = release(when, stage, checked="2023-01-01")
    seen = outlook(shelved, now=noon("2022-07-04"))
    assert (seen.state, seen.stage, seen.dated) == (state, None, when is not None)
    seen = outlook(shelved, now=noon("2022-12-31"))
    assert (seen.state, seen.stage, seen.dated) == (stage, stage, False)
    seen = outlook(release(when, stage), now=noon("2022-07-04"))
    assert (seen.state, seen.stage) == (stage, stage)
