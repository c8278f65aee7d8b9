"""Releases as events: words, days, and stamps that only a change of facts changes."""

from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from countdown.core import edtf
from countdown.core.outlook import Moment, outlook
from countdown.core.release import AnnouncedDate, Credit, Move, Provider, Release, Source
from countdown.exports.events import Event, Windows, events, without_event

NOW = Moment(date(2026, 11, 27), datetime(2026, 11, 27, 12, tzinfo=UTC), UTC)


def release(*dates: AnnouncedDate | str, **values: Any) -> Release:
    """A film with *dates*; those in EDTF are worldwide."""
    dated = [AnnouncedDate(edtf.parse(each)) if isinstance(each, str) else each for each in dates]
    return Release(**{"id": "film", "title": "Film", "kind": "film", "dates": (*dated,), **values})


def made(*releases: Release, windows: Windows = "day") -> list[Event]:
    """The events of *releases* for somebody in the US."""
    outlooks = [outlook(each, now=NOW, region="US") for each in releases]
    return events(outlooks, NOW, windows=windows)


def only(*releases: Release, windows: Windows = "day") -> Event:
    """The only event."""
    (event,) = made(*releases, windows=windows)
    return event


DAY = "2026-12-18"
YEAR_END = ("2027-12-31", "2027-12-31", "TENTATIVE")


@pytest.mark.parametrize(
    ("text", "windows", "title", "first", "last", "status"),
    [
        (DAY, "day", "Film", DAY, DAY, "CONFIRMED"),
        (DAY, "none", "Film", DAY, DAY, "CONFIRMED"),
        ("2026-12-18?", "day", "Film (not confirmed)", DAY, DAY, "TENTATIVE"),
        ("2026-12-18~", "day", "Film (about 18 Dec 2026)", DAY, DAY, "TENTATIVE"),
        ("2027-36", "day", "by 31 Dec 2027: Film (Q4 2027)", *YEAR_END),
        ("2027-36", "span", "Film (Q4 2027)", "2027-10-01", "2027-12-31", "TENTATIVE"),
        ("2027~", "day", "by 31 Dec 2027: Film (about 2027)", *YEAR_END),
        ("2027-12-24/2027-12-31", "day", "by 31 Dec 2027: Film (24–31 Dec 2027)", *YEAR_END),
    ],
)
def test_words_carry_the_status(
    text: str, windows: Windows, title: str, first: str, last: str, status: str
) -> None:
    """Few programs show it; and a window never looks like a day that somebody named."""
    event = only(release(text), windows=windows)
    found = (event.title, event.first.isoformat(), event.last.isoformat(), event.status)
    assert found == (title, first, last, status)
    assert event.at is None


@pytest.mark.parametrize("windows", ["day", "span", "none"])
def test_what_has_no_last_day_has_no_event(windows: Windows) -> None:
    """Nothing says when it would end, nor does the end of the calendar."""
    assert made(release(), release("2027/.."), release("9999"), windows=windows) == []
    assert len(made(release("2027"), release("2027-01-01"), windows="none")) == 1


def test_moment_is_a_moment() -> None:
    """In UTC, wherever the user is."""
    film = release(AnnouncedDate(edtf.parse("2027-01-15T03:00:00Z"), type="tv"))
    for zone in ("UTC", "America/Los_Angeles"):
        now = NOW._replace(zone=ZoneInfo(zone))
        (event,) = events([outlook(film, now=now)], now)
        assert event.at == datetime(2027, 1, 15, 3, tzinfo=UTC)
        assert (event.last, event.status) == (date(2027, 1, 15), "CONFIRMED")
        assert "Date: 15 Jan 2027 (tv)" in event.lines


def test_date_of_elsewhere_says_where() -> None:
    """So does one whose place isn't known."""
    brazil = AnnouncedDate(edtf.parse("2026-12-17"), "BR", "theatrical")
    event = only(release(brazil))
    assert event.title == "Film (BR)"
    assert "Date: 17 Dec 2026 (theatrical, BR)" in event.lines
    nowhere = AnnouncedDate(edtf.parse("2026-12-17"), None, "tv", "unstated", unverified=True)
    assert only(release(nowhere)).title == "Film (place not stated, not confirmed)"
    assert only(release(nowhere)).status == "TENTATIVE"
    usual = AnnouncedDate(edtf.parse("2026-12-17"), None, "tv")
    assert "Date: 17 Dec 2026 (tv)" in only(release(usual)).lines


def test_event_says_what_it_is_about() -> None:
    """Kind, place, people, when it was checked, and the credits that licences ask for."""
    film = release(
        "2027-01-01",
        platform=("Netflix",),
        distributor=("A",),
        cast=tuple(Credit(f"P{number}") for number in range(9)),
        checked=edtf.parse("2026-10-04"),
        providers=(
            Provider("tvmaze", credit="Data from TVmaze.com", facts=("dates",)),
            Provider("wikidata"),
        ),
    )
    assert only(film).lines == (
        "film, Netflix",
        "With P0, P1, P2, P3, P4",
        "Last checked 4 Oct 2026",
        "Data from TVmaze.com",
    )
    assert only(release("2027", distributor=("A", "B"))).lines == ("film, A, B",)


def test_address_is_that_of_the_date_or_the_newest() -> None:
    """None without one."""
    pages = (
        Source("https://a.example/new", edtf.parse("2026-10-01")),
        Source("https://a.example/old", edtf.parse("2025-10-01")),
        Source("https://a.example/undated"),
    )
    assert only(release("2027", sources=pages)).address == "https://a.example/new"
    dated = AnnouncedDate(edtf.parse("2027"), source="https://b.example/")
    assert only(release(dated, sources=pages)).address == "https://b.example/"
    assert only(release("2027")).address is None


def test_id_is_the_oldest_one() -> None:
    """So that calendars know a release again, whatever it's called now."""
    assert only(release("2027")).id == "film@release-countdown"
    assert only(release("2027", was=("first", "second"))).id == "first@release-countdown"


def test_several_dates_of_one_release_have_ids_of_their_own() -> None:
    """If several types were asked for, however many there are, and wherever each date is."""
    dates = (
        AnnouncedDate(edtf.parse("2027-01-01"), "US", "theatrical"),
        AnnouncedDate(edtf.parse("2027-03-01"), None, "digital"),
    )
    film = release(*dates)
    outlooks = [outlook(film, now=NOW, region="US", type=each.type) for each in dates]
    for some in (outlooks, outlooks[:1]):
        found = [each.id.partition("@")[0] for each in events(some, NOW, by_type=True)]
        assert found == ["film-theatrical", "film-digital"][: len(some)]
    assert events(outlooks[:1], NOW)[0].id == "film@release-countdown"
    assert events([outlook(release(), now=NOW)], NOW, by_type=True) == []


def test_what_has_no_event_is_counted() -> None:
    """But for what was called off."""
    films = [release("2027", id="a"), release(id="b"), release(id="c", stage="cancelled")]
    outlooks = [outlook(each, now=NOW) for each in films]
    assert without_event(outlooks, events(outlooks, NOW)) == 1
    assert without_event(outlooks, []) == 2


def test_change_is_the_last_one_that_is_known() -> None:
    """Of the facts, or of their check; never before 2020, never ahead."""
    film = release(
        AnnouncedDate(edtf.parse("2027"), checked=edtf.parse("2026-03-01")),
        checked=edtf.parse("2026-02-01"),
        stage="filming",
        stage_since=edtf.parse("2026-04"),
        moves=(Move(None, edtf.parse("2027"), edtf.parse("2026-05-01")),),
    )
    assert only(film).changed == date(2026, 5, 1)
    month = release("2027", checked=edtf.parse("2026-11"))
    assert only(month).changed == date(2026, 11, 1)  # before and after its end
    assert only(release("2027", checked=edtf.parse("2026-12-01"))).changed == date(2020, 1, 1)
    assert only(release("2027", checked=edtf.parse("2019"))).changed == date(2020, 1, 1)


@pytest.mark.parametrize(("stage", "words"), [("cancelled", "cancelled"), ("on-hold", "on hold")])
def test_what_was_called_off_stays_for_sixty_days(stage: str, words: str) -> None:
    """As cancelled, so that calendars notice it; then it's gone."""
    for since, is_there in (("2026-09-28", True), ("2026-09-27", False)):
        film = release("2027-01-01", stage=stage, stage_since=edtf.parse(since))
        found = [(each.title, each.status) for each in made(film)]
        assert found == ([(f"Film ({words})", "CANCELLED")] if is_there else [])
    month = release("2027-01-01", stage=stage, stage_since=edtf.parse("2026-11"))
    assert len(made(month)) == 1
    # Another look at it doesn't bring it back; it counts if nothing else says when that was.
    checked = {"stage": stage, "checked": edtf.parse("2026-11-20")}
    assert made(release("2027-01-01", stage_since=edtf.parse("2025-01-01"), **checked)) == []
    assert len(made(release("2027-01-01", **checked))) == 1
    assert made(release("2027-01-01", stage=stage)) == []
    rumour = only(release("2027-01-01", unverified=("stage",), **checked))
    assert rumour.title == f"Film ({words}, not confirmed)"
    assert made(release(stage=stage, stage_since=edtf.parse("2026-11-01"))) == []


def test_withdrawn_date_stays_for_sixty_days() -> None:
    """The day that calendars have is the one before."""
    before, announced = edtf.parse(DAY), edtf.parse("2026-11-01")
    event = only(release(moves=(Move(before, None, announced),)))
    assert (event.title, event.status) == ("Film (date withdrawn)", "CANCELLED")
    assert event.last == date(2026, 12, 18)
    checked = edtf.parse("2026-11-20")
    old = Move(before, None, edtf.parse("2026-09-01"))
    assert made(release(moves=(old,), checked=checked)) == []
    assert made(release(moves=(Move(None, None, announced),))) == []
    assert made(release(moves=(Move(None, before, announced),))) == []
