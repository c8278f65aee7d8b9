"""Windows without a last day, like `not before 2027`: how they are read, sorted and worded."""

from datetime import date

import pytest
from hypothesis import given

from countdown.core import dates, edtf, wording
from countdown.core.changes import Change, kind_of
from countdown.core.dates import ReleaseDate
from countdown.core.day_style import LANGUAGES, STYLES
from countdown.core.history import HistoryStep, total_move
from countdown.core.outlook import Moment, outlook, remaining
from countdown.core.release import AnnouncedDate, Move, Release
from tests.core.test_dates import ends
from tests.views.releases import NOW, film, outlook_of

OPEN = edtf.parse("2027/..")


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("2027/..", "2027/.."),
        ("2027/", "2027/.."),
        ("2027-06?/..", "2027-06?/.."),
        ("2027-06-11/..", "2027-06-11/.."),
        ("202X/..", "202X/.."),
        ("not before 2027", "2027/.."),
        ("Not before 11 June 2027", "2027-06-11/.."),
        ("no earlier than summer 2027", "2027-22/.."),
        ("not earlier than June 2027", "2027-06/.."),
        ("no sooner than Q4 2027", "2027-36/.."),
        ("2027 or later", "2027/.."),
        ("June 11, 2027 or later", "2027-06-11/.."),
        ("fall 2027 at the earliest", "2027-23/.."),
        ("2027 onwards", "2027/.."),
        ("2027, and beyond", "2027/.."),
        ("about 2027 or later", "2027~/.."),
        ("2027 or later?", "2027?/.."),
    ],
)
def test_open_window_is_read(text: str, written: str) -> None:
    """In EDTF and in words; what is written is read again."""
    when = edtf.parse(text)
    assert (when.edtf, when.precision) == (written, "open")
    assert when.earliest == edtf.parse(written.partition("/")[0]).earliest
    assert edtf.parse(written) == when


@pytest.mark.parametrize("text", ["not before soon", "later", "or later", "not before"])
def test_what_has_no_date_is_no_open_window(text: str) -> None:
    """Words alone name no day."""
    with pytest.raises(edtf.UnknownDateError):
        edtf.parse(text)


def test_open_window_begins_with_one_date() -> None:
    """A window has two ends already."""
    with pytest.raises(ValueError, match="needs one date"):
        edtf.parse("not before 2027/2028")


@given(ends)
def test_open_window_begins_as_its_start_does(start: ReleaseDate) -> None:
    """It keeps the precision and the doubt of its start, and nothing else is known of it."""
    when = dates.open_window(start)
    assert (when.earliest, when.qualifier, when.exact) == (start.earliest, start.qualifier, False)
    plain = start._replace(edtf=start.edtf.rstrip("?~%"))
    assert dates.start_of(when) == plain
    assert edtf.parse(when.edtf) == when
    interchange = dates.interchange_edtf(when)
    again = edtf.parse(interchange)
    assert (again.earliest, again.qualifier) == (when.earliest, when.qualifier)
    assert "X" not in interchange


def test_open_windows_stand_last_and_the_sooner_first() -> None:
    """After the last day of the calendar."""
    texts = ["2028/..", "2027-06/..", "9999-12-31", "2027", "2027-05", "2027/.."]
    when = sorted(map(edtf.parse, texts), key=lambda each: each.order_days)
    assert [each.edtf for each in when] == [
        *("2027-05", "2027", "9999-12-31"),
        *("2027/..", "2027-06/..", "2028/.."),
    ]
    assert outlook_of(film("B", "2030/..")).order > outlook_of(film("A", "9999")).order


@pytest.mark.parametrize(
    ("text", "today", "state"),
    [("2027/..", "2026-12-31", "upcoming"), ("2027/..", "2027-01-01", "open")],
)
def test_open_window_never_passes(text: str, today: str, state: str) -> None:
    """Once begun it can be any day, for ever."""
    release = Release("a", "A", "film", dates=(AnnouncedDate(edtf.parse(text)),))
    for day in (today, "9999-12-31"):
        now = Moment(date.fromisoformat(day), NOW.instant)
        assert outlook(release, now=now).state == (state if day == today else "open")


@pytest.mark.parametrize(
    ("text", "date_text", "left", "brief", "exact"),
    [
        (
            *("2024/..", "2024 or later", "not before 2024 · 17 months or more"),
            *("in 17 months or more", "in 546 days or more"),
        ),
        (
            *("2022-08~/..", "about Aug 2022 or later"),
            *("not before about Aug 2022 · 28 days or more", "in 28 days or more"),
            "in 28 days or more",
        ),
        ("2022/..", "2022 or later", "any day now", "any day now", "any day now"),
        (*("202X/..", "2020s or later", "any day now", "any day now", "any day now"),),
    ],
)
def test_words_for_an_open_window(
    text: str, date_text: str, left: str, brief: str, exact: str
) -> None:
    """On 4 July 2022: no last day is named."""
    seen = outlook_of(film("A", text))
    assert wording.format_date(edtf.parse(text)) == date_text
    assert wording.time_left(seen) == left
    assert wording.short_time_left(seen) == brief
    assert wording.short_time_left(seen, exact=True) == exact
    assert wording.time_left(seen, exact=True) == exact
    when = edtf.parse(text)
    assert wording.time_until(when, remaining(when, now=NOW)) == brief


@pytest.mark.parametrize("style", [*STYLES, *sorted(LANGUAGES)])
def test_no_style_names_the_end_of_the_calendar(style: str) -> None:
    """In no language, in short or in full."""
    for start in ("2027", "2027-06", "2027-06-11", "2027-22", "2027-36", "202X"):
        when = edtf.parse(f"{start}/..")
        for text in (wording.format_date(when, style), wording.long_date(when, style)):
            assert "9999" not in text
            plain = wording.format_date(edtf.parse(start), style)
            assert text != plain


def test_size_of_a_move_to_or_from_an_open_window_is_unknown() -> None:
    """Its direction is that of the first days."""
    before = edtf.parse("2026-05")
    assert kind_of(before, OPEN) == "moved"
    for old, new, direction in ((before, OPEN, 1), (OPEN, before, -1)):
        change = Change("moved", old, new)
        assert (change.days, change.direction) == (None, direction)
        assert Move(old, new).days is None
        assert total_move([HistoryStep(old, new)]) is None
    assert kind_of(OPEN, edtf.parse("2027-06")) == "narrowed"
