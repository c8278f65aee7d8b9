"""Dates in words and numbers: what a file says to everybody, and what a person means today."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from countdown.core import edtf
from countdown.core.edtf import DateContext, Reading
from tests.strategies import TEXTS

THURSDAY = date(2026, 11, 26)
READERS = (DateContext(THURSDAY), DateContext(THURSDAY, True), DateContext(THURSDAY, False))


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        # as the trade and agencies write them
        ("Nov. 6, 2026", "2026-11-06"),
        ("Sept. 2027", "2027-09"),
        ("Saturday, November 6, 2027", "2027-11-06"),
        ("Sat 2027-11-06", "2027-11-06"),
        ("sat. 6 nov. 2027", "2027-11-06"),
        ("6th of November 2027", "2027-11-06"),
        ("the 6th of November, 2027", "2027-11-06"),
        ("summer of 2027", "2027-22"),
        ("Summer '27", "2027-22"),
        ("summer ’27", "2027-22"),
        ("fall of 2027", "2027-23"),
        ("winter 2027/28", "2027-24"),
        ("winter 2027/2028", "2027-24"),
        ("winter 1999-00", "1999-24"),
        ("4Q 2027", "2027-36"),
        ("4Q2027", "2027-36"),
        ("Q4/2027", "2027-36"),
        ("Q4 of 2027", "2027-36"),
        ("fourth quarter 2027", "2027-36"),
        ("first quarter of 2027", "2027-33"),
        ("2nd quarter 2027", "2027-34"),
        ("third quarter 2027", "2027-35"),
        ("second half 2027", "2027-41"),
        ("first half 2027", "2027-40"),
        ("2H 2027", "2027-41"),
        ("end of 2027", "2027-39"),
        ("The end of 2027", "2027-39"),
        ("beginning of 2027", "2027-37"),
        ("start of 2027", "2027-37"),
        ("middle of 2027", "2027-38"),
        ("the end of June 2027", "2027-06-21/2027-06-30"),
        ("in June 2027", "2027-06"),
        ("Holiday 2027", "2027-11/2027-12"),
        ("holidays 2027", "2027-11/2027-12"),
        ("Christmas 2027", "2027-12-25~"),
        ("Xmas 2027", "2027-12-25~"),
        ("Halloween 2027", "2027-10-31~"),
        ("Christmas Day 2027", "2027-12-25"),
        ("Christmas Eve 2027", "2027-12-24"),
        ("New Year's Day 2027", "2027-01-01"),
        ("New Year’s Eve 2027", "2027-12-31"),
        # ranges
        ("Jan–Mar 2027", "2027-01/2027-03"),
        ("Jan-Mar 2027", "2027-01/2027-03"),
        ("Jan — Mar 2027", "2027-01/2027-03"),
        ("January to March 2027", "2027-01/2027-03"),
        ("between May and July 2027", "2027-05/2027-07"),
        ("from May through July 2027", "2027-05/2027-07"),
        ("May-June 2027", "2027-05/2027-06"),
        ("Nov 2026 – Jan 2027", "2026-11/2027-01"),
        ("Q1–Q2 2027", "2027-33/2027-34"),
        ("spring-summer 2027", "2027-21/2027-22"),
        ("mid-to-late 2027", "2027-38/2027-39"),
        ("11–15 June 2027", "2027-06-11/2027-06-15"),
        ("June 11-15, 2027", "2027-06-11/2027-06-15"),
        ("30 June - 2 July 2027", "2027-06-30/2027-07-02"),
        ("2027–2028", "2027/2028"),
        ("June 2027 to 2028", "2027-06/2028"),
        # numbers
        ("2027-6-11", "2027-06-11"),
        ("2027/07/07", "2027-07-07"),
        ("2027.7.7", "2027-07-07"),
        ("20270611", "2027-06-11"),
        ("7.7.2027", "2027-07-07"),
        ("7/7/2027", "2027-07-07"),
        ("13/7/2027", "2027-07-13"),
        ("13.7.2027", "2027-07-13"),
        ("7/13/2027", "2027-07-13"),
        ("6/2027", "2027-06"),
        ("06.2027", "2027-06"),
        ("2027/06", "2027-06"),
        ("2027-6", "2027-06"),
    ],
)
def test_words_with_one_meaning_are_read_everywhere(text: str, kept: str) -> None:
    """By everybody, in files and on the command line, and nobody has guessed."""
    assert edtf.parse(text).edtf == kept
    assert edtf.parse(kept) == edtf.parse(text)
    for reader in READERS:
        assert edtf.read(text, reader) == Reading(edtf.parse(text))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("TBA", "that isn't a date; leave it out until there is one"),
        ("to be determined", "that isn't a date; leave it out until there is one"),
        ("22-7-4", "the year is unclear; write it with four digits: 2022-07-04"),
        ("01-02-03", "the year is unclear; write it with four digits, like 2027-06-11"),
        (
            "Tue 4 Jul 2022",
            "4 July 2022 is a Monday, not a Tuesday; write the day alone: 2022-07-04",
        ),
        ("Dec-Feb 2027", '"dec" comes after "feb 2027"; write the year of both: Dec 2026-Feb 2027'),
        ("2028-2027", "the window ends (2027-12-31) before it starts (2028-01-01)"),
        ("13.13.2027", "there's no month 13; months are 01 to 12"),
        ("1/0/2027", "there's no month 00; months are 01 to 12"),
        ("13/2027", "there's no month 13; months are 01 to 12"),
        ("2027/13/1", "there's no month 13; months are 01 to 12"),
        ("31.6.2027", "June 2027 has only 30 days"),
        ("0000/1/1", "years run from 0001 to 9999"),
        ("0000-0001", "years run from 0001 to 9999"),
        ("1/0000", "years run from 0001 to 9999"),
        ("Christmas 0000", "years run from 0001 to 9999"),
        ("winter 2027/2029", 'a window needs dates at both ends; write "2027-01/2027-04"'),
    ],
)
def test_what_names_no_window_is_refused_everywhere(text: str, message: str) -> None:
    """With what is wrong and what would be right."""
    for reader in (None, *READERS):
        with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
            edtf.read(text, reader)


@pytest.mark.parametrize(
    ("text", "day_first", "hint"),
    [
        ("12/18/26", None, ": 2026-12-18"),
        ("12/18/26", True, ": 2026-12-18"),
        ("18.12.26", False, ": 2026-12-18"),
        ("7/4/27", None, ", like 2027-06-11"),
        ("7/4/27", True, ": 2027-04-07"),
        ("7/4/27", False, ": 2027-07-04"),
        ("1-2-03", True, ", like 2027-06-11"),
        ("6/6/68", False, ": 2068-06-06"),
        ("6/6/69", False, ": 1969-06-06"),
        ("31.4.27", True, ", like 2027-06-11"),
        ("1/2/3", True, ", like 2027-06-11"),
        ("123/4/5", True, ", like 2027-06-11"),
    ],
)
def test_a_year_of_two_digits_is_written_out_as_it_would_be_read(
    text: str, day_first: bool | None, hint: str
) -> None:
    """Only if it can be one day alone to that reader; else the day is an example."""
    message = f"the year is unclear; write it with four digits{hint}"
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        edtf.read(text, DateContext(THURSDAY, day_first))


@pytest.mark.parametrize(
    "text",
    [
        *("soon", "June", "foo 2027", "easter 2027", "friday 2027", "friday june 2027"),
        *(
            "friday soon",
            "friday foo 2027",
            "to 2027",
            "jan to 2027",
            "june to",
            "tomorrow 2027",
            "next",
        ),
        *("next foo", "in", "ago", "in soon", "week", "06/2027/", "2027/6/", "11 June ２０２７"),
        *("２０２７-０６-１１", "٢٠٢٧", "११ June 2027", "between"),
    ],
)
def test_what_is_no_date_is_none_for_anybody(text: str) -> None:
    """Nothing is made up, not even a year."""
    for reader in (None, *READERS):
        with pytest.raises(ValueError, match=r"can't read that|a window needs"):
            edtf.read(text, reader)


@pytest.mark.parametrize("sign", "./-")
def test_two_readings_follow_the_readers_order_or_are_refused(sign: str) -> None:
    """A file has no reader, so it has no order either."""
    text = f"7{sign}4{sign}2027"
    assert edtf.read(text, DateContext(THURSDAY, True)) == Reading(edtf.parse("2027-04-07"), True)
    assert edtf.read(text, DateContext(THURSDAY, False)) == Reading(edtf.parse("2027-07-04"), True)
    for reader in (None, DateContext(THURSDAY)):
        with pytest.raises(ValueError, match="that can be 7 April or 4 July; write 2027-04-07 or"):
            edtf.read(text, reader)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("today", "2026-11-26"),
        ("tonight", "2026-11-26"),
        ("now", "2026-11-26"),
        ("Tomorrow", "2026-11-27"),
        ("yesterday", "2026-11-25"),
        ("the day after tomorrow", "2026-11-28"),
        ("the day before yesterday", "2026-11-24"),
        ("thursday", "2026-11-26"),
        ("this thursday", "2026-11-26"),
        ("next thursday", "2026-12-03"),
        ("last thursday", "2026-11-19"),
        ("friday", "2026-11-27"),
        ("on friday", "2026-11-27"),
        ("next friday", "2026-11-27"),
        ("coming fri", "2026-11-27"),
        ("last friday", "2026-11-20"),
        ("in 3 weeks", "2026-12-17"),
        ("three weeks from now", "2026-12-17"),
        ("3 weeks ago", "2026-11-05"),
        ("a month ago", "2026-10-26"),
        ("6m", "2027-05-26"),
        ("in a year", "2027-11-26"),
        ("this week", "2026-11-23/2026-11-29"),
        ("next week", "2026-11-30/2026-12-06"),
        ("last week", "2026-11-16/2026-11-22"),
        ("this month", "2026-11"),
        ("next month", "2026-12"),
        ("last month", "2026-10"),
        ("this year", "2026"),
        ("next year", "2027"),
        ("this summer", "2027-22"),
        ("next summer", "2027-22"),
        ("last summer", "2026-22"),
        ("this autumn", "2026-23"),
        ("next fall", "2027-23"),
        ("last winter", "2025-24"),
        ("this november", "2026-11"),
        ("next november", "2027-11"),
        ("last nov", "2025-11"),
    ],
)
def test_words_count_from_the_readers_day(text: str, kept: str) -> None:
    """And are marked, since tomorrow they would name another one."""
    for reader in READERS:
        assert edtf.read(text, reader) == Reading(edtf.parse(kept), guessed=True)


@pytest.mark.parametrize(
    "text", ["tomorrow", "next friday", "friday", "in 3 weeks", "2 weeks ago", "next summer"]
)
def test_a_file_knows_no_today(text: str) -> None:
    """It is read on any day, by anybody."""
    with pytest.raises(ValueError, match="that depends on today; write a date"):
        edtf.parse(text)


@pytest.mark.parametrize(
    ("today", "texts"),
    [
        (
            date.max,
            ("tomorrow", "next friday", "next month", "next year", "next week", "next june"),
        ),
        (date.min, ("yesterday", "last friday", "last month", "last year", "last week")),
        (date.min, ("last summer",)),
    ],
)
def test_beyond_the_calendar_there_is_no_date(today: date, texts: tuple[str, ...]) -> None:
    """Rather than an error of Python's."""
    for text in texts:
        with pytest.raises(edtf.UnknownDateError):
            edtf.read(text, DateContext(today))


@given(TEXTS, st.dates(), st.sampled_from([None, True, False]))
def test_any_text_is_read_or_refused(text: str, today: date, day_first: bool | None) -> None:
    """And nothing else happens; a reader changes nothing in what a file can say."""
    try:
        in_file = edtf.read(text)
    except ValueError:
        in_file = None
    try:
        typed = edtf.read(text, DateContext(today, day_first))
    except ValueError:
        typed = None
    assert in_file is None or in_file == typed
    assert typed is None or edtf.parse(typed.date.edtf) == typed.date


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("about 8 Jul 2027", "2027-07-08~"),
        ("8 Jul 2027?", "2027-07-08?"),
        ("about June 2027?", "2027-06%"),
        ("~ 2027", "2027~"),
        ("about 3–9 Jun 2027", "2027-06-03~/2027-06-09~"),
        ("summer 2027 (Jun–Aug)", "2027-22"),
        ("winter 2027 (Dec–Feb)", "2027-24"),
        ("late 2027 (Sep–Dec)", "2027-39"),
        ("first half of 2027 (January–June)", "2027-40"),
        ("about summer 2027 (Jun–Aug)?", "2027-22%"),
        ("2027-06-03–2027-06-09", "2027-06-03/2027-06-09"),
        ("2027-01–2027-04", "2027-01/2027-04"),
        ("2020–2029?", "2020?/2029?"),
    ],
)
def test_what_a_screen_shows_can_be_typed_back(text: str, kept: str) -> None:
    """And stand in a file."""
    for reader in (None, *READERS):
        assert edtf.read(text, reader).date.edtf == kept


@pytest.mark.parametrize(
    "text",
    [
        *(
            "about",
            "about soon",
            "about Xmas 2027",
            "~ 2027-06~",
            "about 2027-06-11T00:00:00Z",
            "2027 (Jun–Aug)",
        ),
        *("summer 2027 (Dec–Feb)", "summer 2027 (warm)", "foo 2027 (Jun–Aug)", "summer 2027 ()"),
    ],
)
def test_doubt_and_months_of_what_is_no_date_are_refused(text: str) -> None:
    """The months of the south are no summer here: what is meant has to be written."""
    for reader in (None, *READERS):
        with pytest.raises(edtf.UnknownDateError):
            edtf.read(text, reader)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("nov 6", "2027-11-06"),
        ("6 november", "2027-11-06"),
        ("26 Nov", "2026-11-26"),
        ("Dec. 18", "2026-12-18"),
        ("18th december", "2026-12-18"),
        ("Fri 18 Dec", "2026-12-18"),
        ("Fri, Dec 18", "2026-12-18"),
        ("Fri 6 Nov", "2026-11-06"),  # the weekday says that it is the past one
        ("29 Feb", "2028-02-29"),
    ],
)
def test_day_without_its_year_is_the_next_one(text: str, day: str) -> None:
    """As it is shown; a file must say the year."""
    assert edtf.read(text, DateContext(THURSDAY)) == Reading(edtf.parse(day), guessed=True)
    with pytest.raises(ValueError, match="that depends on today"):
        edtf.parse(text)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Mon 18 Dec", "18 December 2026 is a Friday, not a Monday; write the day alone: 2026"),
        ("30 Feb", "30 February isn't a day of any year soon"),
        ("Dec 0", "0 December isn't a day of any year soon"),
    ],
)
def test_day_without_its_year_has_to_be_there(text: str, message: str) -> None:
    """And on that weekday."""
    with pytest.raises(ValueError, match=f"^{message}"):
        edtf.read(text, DateContext(THURSDAY))


def test_day_without_its_year_at_the_end_of_the_calendar() -> None:
    """No year comes after the last one."""
    found = edtf.read("6 Nov", DateContext(date(9999, 12, 1))).date
    assert found.edtf == "9999-11-06"
