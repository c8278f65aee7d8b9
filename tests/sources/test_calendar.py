"""What iCalendar feeds say, in the forms that Radarr, Sonarr and others write, and damaged."""

import sys
import time
from datetime import UTC, date, datetime
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from countdown.catalogue import load, source_files, source_layers
from countdown.errors import NoLibraryError
from countdown.sources import calendar
from countdown.sources.answers import BadAnswerError
from countdown.toml.parse import Table
from tests.strategies import CHARACTERS

READ: Final = datetime(2026, 11, 26, tzinfo=UTC)
RADARR: Final = """\
BEGIN:VCALENDAR
NAME:Radarr Movies Calendar
PRODID:-//github.com/rianjs/ical.net//NONSGML ical.net 4.0//EN
VERSION:2.0
X-WR-CALNAME:Radarr Movies Calendar
BEGIN:VEVENT
CATEGORIES:Farol Filmes
DESCRIPTION:A film that doesn't exist\\, told in so many words that the li
 ne has to be folded.
DTEND;VALUE=DATE:20261219
DTSTAMP:20261122T120000Z
DTSTART;VALUE=DATE:20261218
SEQUENCE:0
STATUS:CONFIRMED
SUMMARY:The Glass Meridian (Theatrical Release)
UID:Radarr_movie_13_cinemas
END:VEVENT
BEGIN:VEVENT
DTEND;VALUE=DATE:20270402
DTSTAMP:20261122T120000Z
DTSTART;VALUE=DATE:20270402
SEQUENCE:0
STATUS:TENTATIVE
SUMMARY:The Glass Meridian (Digital Release)
UID:Radarr_movie_13_digital
END:VEVENT
BEGIN:VEVENT
DTSTAMP:20261122T120000Z
SEQUENCE:0
STATUS:TENTATIVE
UID:NzbDrone_movie_7
END:VEVENT
END:VCALENDAR
"""
SONARR: Final = """\
BEGIN:VCALENDAR
NAME:Sonarr TV Schedule
PRODID:-//sonarr.tv//Sonarr//EN
VERSION:2.0
X-WR-CALNAME:Sonarr TV Schedule
BEGIN:VEVENT
CATEGORIES:Harbour+
DTEND:20270507T014800Z
DTSTAMP:20261112T151711Z
DTSTART:20270507T010000Z
SEQUENCE:0
STATUS:Confirmed
SUMMARY:The Salt Line - 2x01 - High Water
UID:NzbDrone_episode_26752
END:VEVENT
BEGIN:VEVENT
DTEND:20270507T023600Z
DTSTART:20270507T014800Z
STATUS:Confirmed
SUMMARY:The Salt Line - 2x02 - Low Water
UID:NzbDrone_episode_26753
END:VEVENT
END:VCALENDAR
"""
OTHERS: Final = """\
BEGIN:VCALENDAR
VERSION:2.0
X-WR-CALNAME:Films that I want to see
REFRESH-INTERVAL;VALUE=DURATION:PT12H
X-PUBLISHED-TTL:PT1H
BEGIN:VTIMEZONE
TZID:Europe/Berlin
BEGIN:STANDARD
DTSTART:19701025T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
UID:a@example.org
DTSTART;TZID=Europe/Berlin:20270611T200000
DTEND;TZID=Europe/Berlin:20270611T220000
SUMMARY:Meridian (2027)
URL:https://example.org/meridian
END:VEVENT
BEGIN:VEVENT
UID:b@example.org
DTSTART;VALUE=DATE:20270901
DTEND;VALUE=DATE:20271001
SUMMARY:Salt\\, the film
RRULE:FREQ=YEARLY
END:VEVENT
BEGIN:VEVENT
UID:c@example.org
DTSTART;VALUE=DATE:20270901
SUMMARY:Not any more
STATUS:cancelled
END:VEVENT
END:VCALENDAR
"""
FEEDS: Final = {"radarr": RADARR, "sonarr": SONARR, "others": OTHERS}


def wire(text: str) -> bytes:
    """*text* as a server sends it."""
    return text.replace("\n", "\r\n").encode()


def events(*found: str, top: str = "") -> bytes:
    """A calendar of events, each of which has those lines."""
    inner = "".join(f"BEGIN:VEVENT\n{each}\nEND:VEVENT\n" for each in found)
    return wire(f"BEGIN:VCALENDAR\nVERSION:2.0\n{top}{inner}END:VCALENDAR\n")


def check(parsed: calendar.Parsed) -> None:
    """All tables of *parsed* are used as they are, also once they were written."""
    top = {"origin": "films", "read": READ, "release": [*parsed.tables]}
    made = source_layers.make("films.toml", b"", top)
    assert made.source is not None
    assert made.source.problems == ()
    assert None not in made.tables
    assert all(skipped.isprintable() for skipped in parsed.skipped)
    assert source_layers.refresh_seconds(parsed.refresh) is not None


def read(body: bytes) -> calendar.Parsed:
    """What the feed *body* says; its tables can be used."""
    parsed = calendar.feed(body, "films")
    check(parsed)
    return parsed


def rows(*found: str) -> list[Table]:
    """The rows of `dates` of the only release that *found* are about."""
    (table,) = read(events(*found)).tables
    return list(table["dates"])


def test_radarr_has_an_event_for_each_type() -> None:
    """They are one film; what isn't certain is marked, and an event without a day is left out."""
    parsed = read(wire(RADARR))
    (table,) = parsed.tables
    assert table["title"] == "The Glass Meridian"
    assert table["kind"] == "film"
    assert table["dates"] == [
        {"date": date(2026, 12, 18), "place": "unstated", "type": "theatrical"},
        {"date": date(2027, 4, 2), "place": "unstated", "type": "digital", "unverified": True},
    ]
    name = "Radarr Movies Calendar"
    assert parsed.skipped == (f"{name}: an event has no day that can be read",)
    assert (parsed.title, parsed.refresh) == (name, "PT6H")


def test_sonarr_has_an_event_for_each_episode() -> None:
    """The first one is that of its season, at its own moment; the next is out with it."""
    parsed = read(wire(SONARR))
    (table,) = parsed.tables
    assert (table["title"], table["kind"], table["season"]) == ("The Salt Line", "season", 2)
    assert table["dates"] == [{"date": datetime(2027, 5, 7, 1, tzinfo=UTC), "place": "unstated"}]
    assert parsed.skipped == ("Sonarr TV Schedule: an episode that doesn't begin a season",)


def test_calendar_that_people_keep() -> None:
    """Times in their zone, months, years behind titles, and what is cancelled or repeats."""
    parsed = read(wire(OTHERS))
    assert [(table["title"], table["kind"], table["dates"]) for table in parsed.tables] == [
        (
            "Meridian",
            "film",
            [
                {
                    "date": datetime(2027, 6, 11, 18, tzinfo=UTC),
                    "place": "unstated",
                    "source": "https://example.org/meridian",
                }
            ],
        ),
        ("Salt, the film", "film", [{"date": "2027-09-01/2027-09-30", "place": "unstated"}]),
    ]
    name = "Films that I want to see"
    assert parsed.skipped == (
        f"{name}: an event is cancelled",
        f"{name}: an event repeats: its first day is read",
    )
    assert (parsed.title, parsed.refresh) == (name, "PT12H")


@pytest.mark.parametrize("name", FEEDS)
def test_written_layer_reads_as_the_tables_were(name: str) -> None:
    """As a refresh makes it."""
    parsed = read(wire(FEEDS[name]))
    header = source_files.Header("films", READ, parsed.title, refresh=parsed.refresh)
    layer = load.read_layer("films.toml", source_files.render(header, parsed.tables))
    assert layer.source is not None
    assert layer.source.problems == ()
    assert layer.tables == [*parsed.tables]
    assert len([*load.releases([layer])]) == len(parsed.tables)


def test_ids_stay() -> None:
    """Whatever else of an event changes: its day, its title, its place in the feed."""
    first = read(wire(RADARR)).tables[0]["id"]
    moved = RADARR.replace("20261218", "20270101").replace("Glass Meridian", "Meridian")
    assert read(wire(moved)).tables[0]["id"] == first
    season = read(wire(SONARR)).tables[0]["id"]
    other = SONARR.replace("26752", "5").replace("High Water", "TBA")
    assert read(wire(other)).tables[0]["id"] == season
    assert calendar.feed(wire(SONARR), "shows").tables[0]["id"] == f"shows{season[5:]}"


@pytest.mark.parametrize(
    ("start", "end", "day"),
    [
        (":20270611", "", "2027-06-11"),
        (";VALUE=DATE:20270611", ";VALUE=DATE:20270612", "2027-06-11"),
        (";VALUE=DATE:20270611", ";VALUE=DATE:20270611", "2027-06-11"),
        (";VALUE=DATE:20270611", ";VALUE=DATE:20270601", "2027-06-11"),
        (";VALUE=DATE:20270611", ";VALUE=DATE:20270613", "2027-06-11/2027-06-12"),
        (";VALUE=DATE:20270611", ":20270613T100000Z", "2027-06-11"),
        (";VALUE=DATE:20270611", ":nonsense", "2027-06-11"),
        (":20270611T230000Z", ":20270613T100000Z", "2027-06-11 23:00:00+00:00"),
        (":20270611T230000", "", "2027-06-11"),
        (";TZID=America/New_York:20270611T230000", "", "2027-06-12 03:00:00+00:00"),
        (";TZID=W. Europe Standard Time:20270611T230000", "", "2027-06-11 21:00:00+00:00"),
        (";TZID=Nowhere/Else:20270611T230000", "", "2027-06-11"),
        (";TZID=../../../etc/passwd:20270611T230000", "", "2027-06-11"),
        (":20270611T230000Z\nDTSTART:20280611T230000Z", "", "2027-06-11 23:00:00+00:00"),
    ],
)
def test_day_of_an_event(start: str, end: str, day: str) -> None:
    """DTEND is the day after the last one, or the same day; a moment needs a zone."""
    lines = f"SUMMARY:x\nDTSTART{start}" + (f"\nDTEND{end}" if end else "")
    assert str(rows(lines)[0]["date"]) == day


@pytest.mark.parametrize(
    "start",
    [
        *(":", ":20270230", ":tomorrow", ";VALUE=PERIOD:20270220T100000Z/PT1H", ":P1D"),
        *(";TZID=Asia/Tokyo:00010101T000000", ';TZID="/a\x1b[31m":20270611T230000'),
        ";TZID=Pacific/Niue:99991231T235959",
    ],
)
def test_event_without_a_day_is_left_out(start: str) -> None:
    """The others stay."""
    parsed = read(events(f"SUMMARY:x\nDTSTART{start}", "SUMMARY:y\nDTSTART:20270611"))
    assert [table["title"] for table in parsed.tables] == ["y"]
    assert parsed.skipped == ("films: an event has no day that can be read",)


def test_rules_of_a_zone_take_no_time() -> None:
    """A zone of a feed's own isn't reckoned with: its rules could name each second since 1970."""
    zone = (
        "BEGIN:VTIMEZONE\nTZID:Mine\nBEGIN:STANDARD\nDTSTART:19700101T000000\n"
        "TZOFFSETFROM:+0300\nTZOFFSETTO:+0400\nRRULE:FREQ=SECONDLY\nTZNAME:X\n"
        "END:STANDARD\nEND:VTIMEZONE\n"
    )
    start = time.process_time()
    (table,) = read(events("SUMMARY:x\nDTSTART;TZID=Mine:20270611T230000", top=zone)).tables
    assert table["dates"][0]["date"] == date(2027, 6, 11)
    assert time.process_time() - start < 5


@pytest.mark.parametrize("status", ["TENTATIVE", "Tentative", "tentative"])
def test_tentative_day_is_doubtful(status: str) -> None:
    """In any case of letters."""
    assert rows(f"SUMMARY:x\nDTSTART:20270611\nSTATUS:{status}")[0]["unverified"] is True


@pytest.mark.parametrize(
    "status", ["CONFIRMED", "Confirmed", "", "\x1b[31m", "x" * 9_000, "CONFIRMED\nSTATUS:CANCELLED"]
)
def test_other_status_says_nothing(status: str) -> None:
    """The first one counts."""
    assert "unverified" not in rows(f"SUMMARY:x\nDTSTART:20270611\nSTATUS:{status}")[0]


@pytest.mark.parametrize(
    ("summary", "title", "season", "type"),
    [
        ("Dune", "Dune", None, None),
        ("Meridian (2027)", "Meridian", None, None),
        ("1917 (2019)", "1917", None, None),
        ("2012", "2012", None, None),
        ("Salt (Part Two)", "Salt (Part Two)", None, None),
        ("Salt (Physical Release)", "Salt", None, "physical"),
        ("Salt (2027) (Digital Release)", "Salt", None, "digital"),
        ("Salt (in cinemas)", "Salt", None, "theatrical"),
        ("Salt (Streaming)", "Salt", None, "streaming"),
        ("Salt (World Premiere)", "Salt (World Premiere)", None, None),
        ("Salt (Premiere)", "Salt", None, "premiere"),
        ("(Theatrical Release)", "(Theatrical Release)", None, None),
        ("Salt - 1x01 - Pilot", "Salt", 1, None),
        ("Salt (2025) - 12x01-02 - Both", "Salt", 12, None),
        ("Salt - Water - 3x01 - A - B", "Salt - Water", 3, None),
        ("Salt - S02E01 - High Water", "Salt", 2, None),
        ("Salt - s02e01", "Salt", 2, None),
        ("Salt, season 3", "Salt", 3, None),
        ("Salt: Season 3 premiere", "Salt", 3, None),
        ("Salt - S3", "Salt", 3, None),
        ("Salt S3 (Streaming)", "Salt", 3, "streaming"),
        ("Salt Season 0", "Salt Season 0", None, None),
        ("Season 3", "Season 3", None, None),
        ("Mars5", "Mars5", None, None),
        ("A\\nB\x1b[31m \u202eC\u200b", "A B [31m C", None, None),
        ("[red]x[/] $(reboot) %s", "[red]x[/] $(reboot) %s", None, None),
    ],
)
def test_what_an_event_is_about(
    summary: str, title: str, season: int | None, type: str | None
) -> None:
    """Its title, without what stands behind it; control characters are taken out."""
    (table,) = read(events(f"SUMMARY:{summary}\nDTSTART:20270611")).tables
    assert (table["title"], table.get("season")) == (title, season)
    assert table["kind"] == ("film" if season is None else "season")
    assert table["dates"][0].get("type") == type


@pytest.mark.parametrize(
    "summary", ["Salt - 1x02 - Two", "Salt - 0x01 - Special", "Salt - S01E10", "Salt - 1x11"]
)
def test_only_the_first_episode_begins_a_season(summary: str) -> None:
    """Specials are none."""
    parsed = read(events(f"SUMMARY:{summary}\nDTSTART:20270611"))
    assert parsed.tables == ()
    assert parsed.skipped == ("films: an episode that doesn't begin a season",)


def test_earliest_of_two_days_counts() -> None:
    """For each type; moments and days are compared by their days."""
    lines = [f"SUMMARY:Salt\nUID:1\nDTSTART:{day}" for day in ("20270612", "20270611T100000Z")]
    parsed = read(events(*lines, "SUMMARY:Salt (Digital)\nUID:1\nDTSTART:20270101"))
    (table,) = parsed.tables
    assert [(str(row["date"]), row.get("type")) for row in table["dates"]] == [
        ("2027-06-11 10:00:00+00:00", None),
        ("2027-01-01", "digital"),
    ]
    assert parsed.skipped == ("films: another day of a release",)
    assert str(read(events(*reversed(lines))).tables[0]["dates"][0]["date"])[:10] == "2027-06-11"


def test_two_titles_under_one_id_are_two_releases() -> None:
    """In any order; neither is lost, and both keep their ids."""
    lines = [
        f"SUMMARY:{title}\nUID:1\nDTSTART:{day}"
        for title, day in (("Salt", "20270611"), ("Pepper", "20270612"))
    ]
    parsed = read(events(*lines))
    assert parsed.skipped == ()
    assert [(each["title"], str(each["dates"][0]["date"])) for each in parsed.tables] == [
        ("Salt", "2027-06-11"),
        ("Pepper", "2027-06-12"),
    ]
    assert read(events(*reversed(lines))).tables == parsed.tables[::-1]
    twice = read(events(lines[0], lines[1], lines[0].replace("0611", "0610")))
    assert [str(each["dates"][0]["date"]) for each in twice.tables] == ["2027-06-10", "2027-06-12"]


@pytest.mark.parametrize("day", ["99991231", "99990101T100000Z", "22000101"])
def test_day_that_stands_for_none_is_left_out(day: str) -> None:
    """Nobody counts down to the year 9999."""
    parsed = read(events(f"SUMMARY:x\nDTSTART:{day}", "SUMMARY:y\nDTSTART:21991231"))
    assert [table["title"] for table in parsed.tables] == ["y"]
    assert parsed.skipped == ("films: an event is after the year 2199",)


def test_only_the_first_of_what_repeats() -> None:
    """Later ones, and changes of one of them, are left out, and so is said."""
    first = "SUMMARY:x\nUID:1\nDTSTART:20270611\nRRULE:FREQ=SECONDLY"
    changed = "SUMMARY:x\nUID:1\nDTSTART:20270612\nRECURRENCE-ID:20270612"
    listed = "SUMMARY:y\nUID:2\nDTSTART:20270611\nRDATE:20270613"
    parsed = read(events(first, changed, listed))
    assert [str(table["dates"][0]["date"]) for table in parsed.tables] == ["2027-06-11"] * 2
    assert set(parsed.skipped) == {
        "films: an event is one of those that repeat",
        "films: an event repeats: its first day is read (2 times)",
    }


@pytest.mark.parametrize(
    "address",
    [
        *("https://example.org/?apikey=secret", "javascript:alert(1)", "https://a b/", "x"),
        *("https://user:secret@example.org/", "https://example.org/\x1b[31m", ""),
    ],
)
def test_address_that_can_harm_is_left_out(address: str) -> None:
    """So is one that can hold a key."""
    assert "source" not in rows(f"SUMMARY:x\nDTSTART:20270611\nURL:{address}")[0]


@pytest.mark.parametrize(
    ("top", "refresh"),
    [
        ("", "PT6H"),
        ("REFRESH-INTERVAL;VALUE=DURATION:P1W\n", "P1W"),
        ("refresh-interval:PT90M\nX-PUBLISHED-TTL:PT1H\n", "PT90M"),
        ("X-PUBLISHED-TTL:P1DT12H\n", "P1DT12H"),
        ("REFRESH-INTERVAL:P1D\nREFRESH-INTERVAL:P2D\n", "P1D"),
        *((f"REFRESH-INTERVAL:{wrong}\n", "PT6H") for wrong in ("P", "PT", "P1DT", "soon", "-P1D")),
        ("REFRESH-INTERVAL:\n", "PT6H"),
    ],
)
def test_how_often_it_may_be_read(top: str, refresh: str) -> None:
    """The feed's own wish; that of Exchange is a hint. A wrong one costs no event."""
    parsed = read(events("SUMMARY:x\nDTSTART:20270611", top=top))
    assert parsed.refresh == refresh
    assert len(parsed.tables) == 1


def test_title_of_a_calendar() -> None:
    """Cleaned; with none of its own, what is skipped has the name of the source."""
    body = events("SUMMARY:\u3164\nDTSTART:20270611", top="X-WR-CALNAME:A\x1b[31mB\n")
    parsed = read(body)
    assert parsed.title == "A [31mB"
    assert parsed.skipped == ("A [31mB: an event has no title that can be read",)
    assert read(events(top="NAME:\x1b\n")).title is None


def test_several_calendars_and_a_byte_order_mark() -> None:
    """Each is read."""
    one = events("SUMMARY:x\nUID:1\nDTSTART:20270611")
    two = events("SUMMARY:y\nUID:2\nDTSTART:20270611")
    assert [table["title"] for table in read(b"\xef\xbb\xbf" + one + two).tables] == ["x", "y"]
    assert read(events()).tables == ()


def test_folded_within_a_letter() -> None:
    """Some writers fold by bytes."""
    body = events("SUMMARY:Zoë\nDTSTART:20270611").replace("ë".encode(), b"\xc3\r\n \xab")
    assert read(body).tables[0]["title"] == "Zoë"


@pytest.mark.parametrize(
    ("body", "what"),
    [
        (b"", "the answer is empty"),
        (b" \r\n", "the answer is empty"),
        (b"\n<!DOCTYPE html><title>Log in</title>", "the answer is a web page, not a calendar"),
        (b'{"error": "Unauthorized"}', "the answer isn't a whole calendar"),
        (wire(RADARR)[:-20], "the answer isn't a whole calendar"),
        (wire(RADARR)[:300], "the answer isn't a whole calendar"),
        (b"BEGIN:VEVENT\r\nEND:VEVENT\r\n", "the answer isn't a whole calendar"),
        (b"BEGIN:VCARD\r\nEND:VCARD\r\n", "the answer isn't a whole calendar"),
        (b"\xff\xfe\x00\x01", "the answer isn't a whole calendar"),
        (b"BEGIN:VCALENDAR\r\nx\r\nEND:VCALENDAR\r\n", "the answer isn't a whole calendar"),
        (
            b"BEGIN:VCALENDAR\r\n" + b"BEGIN;X=Y:VEVENT\r\nEND:VEVENT\r\n" * 20_001,
            "the calendar has more than 20,000 events",
        ),
    ],
)
def test_what_is_no_calendar_is_refused(body: bytes, what: str) -> None:
    """In words for users."""
    with pytest.raises(BadAnswerError, match=f"^{what}$"):
        calendar.feed(body, "films")


def test_events_within_events_end() -> None:
    """However deep they are."""
    deep = b"BEGIN:VEVENT\r\n" * 2_000 + b"END:VEVENT\r\n" * 2_000
    body = b"BEGIN:VCALENDAR\r\n" + deep + b"END:VCALENDAR\r\n"
    parsed = read(body)
    assert parsed.tables == ()
    assert parsed.skipped == ("films: an event has no day that can be read",)


def test_without_the_library_a_line_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """One that works with pipx, and one that works from a clone."""
    monkeypatch.setitem(sys.modules, "icalendar", None)
    with pytest.raises(NoLibraryError) as error:
        calendar.feed(wire(RADARR), "films")
    assert error.value.lines[0] == "Reading a calendar needs the library icalendar."
    assert "pipx inject release-countdown icalendar" in error.value.lines[1]
    assert "pip install '.[calendars]'" in error.value.lines[2]


LINES: Final = st.one_of(
    st.sampled_from(
        [line for text in FEEDS.values() for line in text.splitlines()]
        + [
            "DTSTART:00010101",
            "DTSTART:99991231T235959Z",
            "DTSTART;TZID=Asia/Tokyo:00010101T000000",
        ]
        + ["DTEND:99991231", "DTEND;VALUE=DATE:00010101", "DTSTART;TZID=Etc/GMT+12:99991231T235959"]
        + ["RRULE:FREQ=SECONDLY", "TZID:", "BEGIN:", "END:", " ", ":", ";", "UID:" + "x" * 5_000]
        + ["SUMMARY:\u202e", "SUMMARY;LANGUAGE=de:x", "STATUS;X=\x1b:TENTATIVE", "\udcff"]
    ),
    st.text(CHARACTERS, max_size=30),
)


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """A feed with lines deleted, replaced or moved, or cut off."""
    lines: list[Any] = FEEDS[draw(st.sampled_from([*FEEDS]))].splitlines()
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(lines)))
        match draw(st.sampled_from(("delete", "insert", "replace"))):
            case "delete":
                del lines[at : at + 1]
            case "insert":
                lines.insert(at, draw(LINES))
            case _:
                lines[at : at + 1] = [draw(LINES)]
    body = "\r\n".join([*lines, ""]).encode("utf-8", "surrogateescape")
    return body[: draw(st.integers(0, len(body)))] if draw(st.booleans()) else body


@given(damaged() | st.binary())
def test_damaged_feed_is_refused_or_can_be_used(body: bytes) -> None:
    """Whatever is left of it makes a layer without a problem."""
    try:
        parsed = calendar.feed(body, "films")
    except BadAnswerError:
        return
    check(parsed)
