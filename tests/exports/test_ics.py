"""Calendars: what their programs need, and that nothing in a title breaks out of its line."""

import sys
from datetime import UTC, date, datetime, timedelta

import pytest

from countdown.errors import NoLibraryError
from countdown.exports import ics
from countdown.exports.events import FIRST_DAY, Event
from countdown.sources import calendar_events
from countdown.sources.answers import Skipped

DAY = Event(
    id="film@release-countdown",
    release="film",
    title="Film",
    first=date(2026, 12, 18),
    last=date(2026, 12, 18),
    at=None,
    status="CONFIRMED",
    changed=date(2026, 10, 4),
    kind="film",
    lines=("film, Netflix", "Data from TVmaze.com"),
    address="https://a.example/film",
)


def lines(*events: Event, alarms: tuple[timedelta, ...] = ()) -> list[str]:
    """The lines of the calendar of *events*, unfolded (RFC 5545, 3.1)."""
    data = ics.write(events, name="What I follow", credits=("Data: A", "Data: B"), alarms=alarms)
    assert max(map(len, data.split(b"\r\n"))) <= 75
    assert b"\n" not in data.replace(b"\r\n", b"")
    return data.replace(b"\r\n ", b"").decode().split("\r\n")


def test_calendar_says_what_it_is() -> None:
    """In both words for it: those of RFC 7986, and those that programs knew before."""
    found = lines()
    assert found[:3] == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//countdown//release-countdown//EN",
    ]
    assert {"NAME:What I follow", "X-WR-CALNAME:What I follow"} < {*found}
    assert {"REFRESH-INTERVAL;VALUE=DURATION:P1D", "X-PUBLISHED-TTL:P1D"} < {*found}
    assert {f"{key}:Data: A\\nData: B" for key in ("DESCRIPTION", "X-WR-CALDESC")} < {*found}
    assert b"DESCRIPTION" not in ics.write((), name="x")


def test_day_ends_on_the_next_one() -> None:
    """Where both are the same, calcurse shows nothing."""
    found = lines(DAY)
    assert {"DTSTART;VALUE=DATE:20261218", "DTEND;VALUE=DATE:20261219"} < {*found}
    assert {"UID:film@release-countdown", "SUMMARY:Film", "STATUS:CONFIRMED"} < {*found}
    assert {"TRANSP:TRANSPARENT", "CATEGORIES:film", "URL:https://a.example/film"} < {*found}
    assert r"DESCRIPTION:film\, Netflix\nData from TVmaze.com" in found
    odd = DAY._replace(address='https://a.example/<">ü?a=%20&b#c')
    assert "URL:https://a.example/%3C%22%3E%C3%BC?a=%20&b#c" in lines(odd)
    assert not any(line.startswith("URL") for line in lines(DAY._replace(address=None)))


def test_stamps_are_those_of_the_change() -> None:
    """The same facts give the same bytes; a later change has a higher number."""
    found = lines(DAY)
    assert {"DTSTAMP:20261004T000000Z", "LAST-MODIFIED:20261004T000000Z"} < {*found}
    assert "SEQUENCE:2468" in found
    assert "SEQUENCE:2469" in lines(DAY._replace(changed=date(2026, 10, 5)))
    assert ics.write([DAY], name="x") == ics.write([DAY], name="x")


def again(before: bytes, *events: Event) -> tuple[bytes, list[str]]:
    """The calendar of *events* in place of that *before*, and the stamps in it."""
    data = ics.write(events, name="x", before=before)
    keys = ("SEQUENCE", "DTSTAMP", "LAST-MODIFIED")
    return data, sorted(line for line in data.decode().split("\r\n") if line.startswith(keys))


def test_number_rises_with_every_change_and_never_falls() -> None:
    """Even twice on a day, or if the facts say an earlier one; else all stays as it was."""
    other = DAY._replace(id="other@x", changed=FIRST_DAY)
    first = ics.write([DAY, other], name="x")
    assert again(first, DAY, other)[0] == first
    assert again(first, DAY._replace(changed=date(2020, 1, 1)), other)[0] == first
    assert again(first, DAY._replace(changed=date(2026, 10, 9)), other)[0] == first
    moved = DAY._replace(first=date(2027, 1, 1), last=date(2027, 1, 1))
    second, stamps = again(first, moved)
    assert stamps == ["DTSTAMP:20261004T000000Z", "LAST-MODIFIED:20261004T000000Z", "SEQUENCE:2469"]
    third, stamps = again(second, DAY._replace(changed=date(2025, 1, 1)))
    assert stamps == ["DTSTAMP:20261004T000000Z", "LAST-MODIFIED:20261004T000000Z", "SEQUENCE:2470"]
    _, stamps = again(third, moved._replace(changed=date(2026, 11, 1)))
    assert stamps == ["DTSTAMP:20261101T000000Z", "LAST-MODIFIED:20261101T000000Z", "SEQUENCE:2496"]


@pytest.mark.parametrize(
    "before",
    [
        b"no calendar",
        b"BEGIN:VEVENT\r\n",
        b"BEGIN:VEVENT\r\nUID:film@release-countdown\r\nSEQUENCE:x",
    ],
)
def test_calendar_of_another_program_is_replaced(before: bytes) -> None:
    """Whatever it has."""
    data, _ = again(before, DAY)
    assert data == ics.write([DAY], name="x")


def test_long_id_is_known_again() -> None:
    """Although it is folded."""
    long = DAY._replace(id=f"{'x' * 90}@release-countdown", title="SEQUENCE:1")
    first = ics.write([long], name="x")
    assert again(first, long)[0] == first
    assert "SEQUENCE:2469" in again(first, long._replace(title="y"))[1]


@pytest.mark.parametrize("title", ["A film", "BEGIN:VEVENT", "Ends BEGIN:VEVENT", "END:VCALENDAR"])
def test_event_that_is_unchanged_stays_as_it_was(title: str) -> None:
    """Byte for byte, at its place; the others are written anew, also if all or none are known."""
    first, second = DAY._replace(id="1@x", title=title), DAY._replace(id="2@x", title=title)
    before = ics.write([first, second], name="x")
    other = DAY._replace(id="0@x")
    edited = before.replace(b"CATEGORIES:film", b"CATEGORIES:a", 1)
    data = ics.write([other, first, second], name="x", before=edited, unchanged={"1@x", "0@x"})
    blocks = data.split(b"\r\nBEGIN:VEVENT\r\n")
    assert [b"CATEGORIES:a" in block for block in blocks] == [False, False, True, False]
    assert data.replace(b"CATEGORIES:a", b"CATEGORIES:film") == (
        ics.write([other, first, second], name="x")
    )
    assert ics.write([first, second], name="x", before=edited, unchanged={"1@x", "2@x"}) == edited
    assert ics.write([], name="x", before=edited, unchanged={"1@x"}) == ics.write([], name="x")


def test_span_and_moment() -> None:
    """A moment is in UTC, and has a length: else programs make one up."""
    span = lines(DAY._replace(first=date(2026, 12, 1), last=date(2026, 12, 31)))
    assert {"DTSTART;VALUE=DATE:20261201", "DTEND;VALUE=DATE:20270101"} < {*span}
    moment = lines(DAY._replace(at=datetime(2026, 12, 18, 3, tzinfo=UTC)))
    assert {"DTSTART:20261218T030000Z", "DURATION:PT15M"} < {*moment}
    assert not any(line.startswith("DTEND") for line in moment)


def test_alarm_is_so_long_before() -> None:
    """Only if asked for, and of nothing that was called off."""
    alarms = (timedelta(days=1), timedelta(days=14))
    found = lines(DAY, alarms=alarms)
    triggers = [line for line in found if line.startswith("TRIGGER")]
    assert triggers == ["TRIGGER:-P1D", "TRIGGER:-P14D"]
    assert found.count("ACTION:DISPLAY") == 2
    assert "BEGIN:VALARM" not in lines(DAY)
    assert "BEGIN:VALARM" not in lines(DAY._replace(status="CANCELLED"), alarms=alarms)


@pytest.mark.parametrize(
    "title",
    [
        "A, B; C: D",
        "x\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:other",
        r"back\slash \n",
        "映画" * 80,
        "🎬" * 60,
        "=cmd|' /C calc'!A0",
        "$(touch x) `touch x` %F{red} #{pid}",
    ],
)
def test_title_stays_in_its_line(title: str) -> None:
    """Escaped as RFC 5545 (3.3.11) wants it, and as our own reader of feeds finds it."""
    data = ics.write([DAY._replace(title=title, lines=(title,))], name=title, credits=(title,))
    assert data.count(b"\r\nBEGIN:VEVENT\r\n") == data.count(b"\r\nEND:VEVENT\r\n") == 1
    escaped = title
    for plain, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r\n", "\\n")):
        escaped = escaped.replace(plain, written)
    unfolded = data.replace(b"\r\n ", b"").decode().split("\r\n")
    for key in ("SUMMARY", "DESCRIPTION", "NAME", "X-WR-CALNAME"):
        assert f"{key}:{escaped}" in unfolded
    (read,) = calendar_events.read(data, Skipped()).events
    assert read.day == date(2026, 12, 18)


def test_who_lacks_the_library_is_told_the_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """One for pipx, and one for a clone."""
    monkeypatch.setitem(sys.modules, "icalendar", None)
    with pytest.raises(NoLibraryError) as caught:
        ics.write([DAY], name="x")
    told = " ".join(caught.value.lines)
    assert "pipx inject release-countdown icalendar" in told
    assert ".venv/bin/pip install '.[calendars]'" in told
