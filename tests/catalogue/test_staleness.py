"""Findings for a maintainer: the day on which each begins, and the check that ends it."""

from datetime import date
from typing import Any, Final

import pytest

from countdown.catalogue import load, staleness
from countdown.catalogue.staleness import findings, mentions
from countdown.core import edtf
from countdown.core.release import AnnouncedDate, Release, Source

TODAY: Final = date(2026, 11, 22)


def release(**facts: Any) -> Release:
    """A film that was checked on the day before, with other *facts*."""
    facts.setdefault("checked", "2026-11-21")
    facts["checked"] = facts["checked"] and edtf.parse(facts["checked"])
    facts["dates"] = tuple(AnnouncedDate(edtf.parse(text)) for text in facts.get("dates", ()))
    return Release("a", "A", "film")._replace(**facts)


def messages(**facts: Any) -> list[str]:
    """The messages for it, on 22 November 2026."""
    return [finding.message for finding in findings(release(**facts), TODAY)]


@pytest.mark.parametrize(
    ("facts", "message"),
    [
        ({"dates": ["2026-06"]}, "Jun 2026 has passed, not confirmed"),
        ({"dates": ["2026-11-21?"]}, "21 Nov 2026? has passed, not confirmed"),
        ({"dates": ["2026-11-10"], "stage": "filming"}, "10 Nov 2026 has passed, not confirmed"),
        (
            {"dates": ["2026-11-22"], "checked": "2026-11-07"},
            "is due today, on 22 Nov 2026; last checked 7 Nov 2026",
        ),
        (
            {"dates": ["2026-12-06"], "checked": "2026-11-07"},
            "is due in 14 days, on 6 Dec 2026; last checked 7 Nov 2026",
        ),
        (
            {"dates": ["2026-12-06"], "checked": None},
            "is due in 14 days, on 6 Dec 2026; never checked",
        ),
        (
            {"dates": ["2026-12-23/2026-12-23", "2026-11"], "checked": "2026-11-07"},
            "the window Nov 2026 ends in 8 days; last checked 7 Nov 2026",
        ),
        (
            {"dates": ["2026-10/2026-12-23"], "checked": "2026-11-07"},
            "the window 1 Oct–23 Dec 2026 ends in 31 days; last checked 7 Nov 2026",
        ),
        (
            {"stage_note": "The shoot ends on 3 March.", "checked": "2026-01-10"},
            "talks of 3 Mar 2026, which has passed since the last check",
        ),
        ({"checked": "2026-05-22"}, "was last checked 184 days ago"),
        ({"checked": None}, "was never checked"),
        ({"checked": "2026-05-22", "stage": "on-hold"}, "was last checked 184 days ago"),
    ],
)
def test_entry_to_look_at_again(facts: dict[str, Any], message: str) -> None:
    """Says why, and is one thing to do."""
    assert messages(**facts) == [message]


@pytest.mark.parametrize(
    "facts",
    [
        {},
        {"dates": ["2026-11-22"]},
        {"dates": ["2026-11-22"], "checked": "2026-11-08"},
        {"dates": ["2026-12-07"], "checked": "2026-11-07"},
        {"dates": ["2026-12"], "checked": "2026-11-08"},
        {"dates": ["2026-10/2026-12-24"], "checked": "2026-11-07"},
        {"dates": ["2026-06/.."]},
        {"dates": ["2026-11-10"]},
        {"dates": ["2026-06"], "stage": "released", "checked": "2020-01-01"},
        {"dates": ["2026-06"], "stage": "cancelled", "checked": None},
        {"dates": ["2026-06"], "stage": "on-hold"},
        {"checked": "2026-05-23"},
        {"stage_note": "The shoot ended on 3 March 2026."},
        {"stage_note": "The shoot ends on 3 March 2027.", "checked": "2026-10-01"},
        {"stage_note": "The shoot began in October 2026.", "checked": "2026-10-15"},
        {"stage_note": "It ends on 3 March.", "stage": "released", "checked": "2026-01-10"},
        {"dates": ["2026-06"], "stage": "released", "sources": (Source("https://x.org"),)},
    ],
)
def test_entry_to_leave_alone(facts: dict[str, Any]) -> None:
    """It is fresh, far away, open, out or cancelled."""
    assert messages(**facts) == []


def test_note_without_a_check_says_nothing() -> None:
    """Nobody knows since when it is so; that it was never checked is told."""
    assert messages(stage_note="Ends on 3 March 2026.", checked=None) == ["was never checked"]


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("Some countries see it from 16 December.", ["2026-12-16"]),
        ("On January 5th, or 6 of Feb.", ["2027-01-05", "2027-02-06"]),
        (
            "From 2026-12-16 on; Dec 24, 2026; 25 Dec. 2026",
            ["2026-12-16", "2026-12-24", "2026-12-25"],
        ),
        ("In late November 2025, autumn 2026 and Q1 2027.", ["2025-11", "2026-23", "2027-33"]),
        ("Mid-2027 or early 2028.", ["2027-38", "2028-37"]),
        ("29 February", ["2028-02-29"]),
        ("31 June, 31 June 2027, 2026-13-01, May the 4th, Marching, 3 Maybe", []),
        ("In May; the decade of 2020", []),
    ],
)
def test_dates_in_a_note(text: str, dates: list[str]) -> None:
    """In words and numbers; a day without its year is the next after the check."""
    assert [when.edtf for when in mentions(text, date(2026, 11, 21))] == dates


def test_day_without_a_year_at_the_end_of_the_calendar() -> None:
    """No later year is looked for."""
    assert [*mentions("3 March", date(9999, 11, 1))] == []


CATALOGUE: Final = b"""format = 1
checked = 2026-01-10
[[release]]
id = "old"
title = "Old"
kind = "film"
[[release]]
id = "due"
title = "Due"
kind = "film"
date = 2026-11-25
checked = 2026-10-01
[[release.dates]]
date = 2026-11-24
region = "BR"
[[release]]
id = "passed"
title = "Passed"
kind = "film"
[[release.dates]]
date = "2026-06"
[[release]]
id = "overlay"
[[release]]
id = "hidden"
hidden = true
title = "Hidden"
kind = "film"
[[release]]
id = "noted"
title = "Noted\\u00e9"
kind = "film"
checked = 2026-05-30
stage_note = "Ends on 1 June."
"""


def test_lines_stand_in_order_of_urgency() -> None:
    """With the place in the file; of one kind, the soonest comes first."""
    layer = load.read_layer("f.toml", CATALOGUE)
    lines = staleness.stale_lines([layer], TODAY)
    assert [line.partition(";")[0] for line in lines] == [
        'f.toml:20:1: release[2] "Passed": dates[0]: Jun 2026 has passed, not confirmed',
        'f.toml:13:1: release[1] "Due": dates[0]: is due in 2 days, on 24 Nov 2026',
        'f.toml:11:1: release[1] "Due": date: is due in 3 days, on 25 Nov 2026',
        'f.toml:34:1: release[5] "Notedé": stage_note: talks of 1 Jun 2026, which has passed since '
        "the last check",
        'f.toml:3:1: release[0] "Old": was last checked 316 days ago',
    ]


LOOSE = b"""\
[[movies]]
name = "Dune"
release_date = "Nov 25, 2026"

[[film]]
title = "Other"
dates = { us = "2026-11-20", br = 2026-11-28 }

[series.Loki]
seasons = 2
note = "filming until June 2026"
checked = 2026-01-01

["Mickey 18"]
director = "Me"
"""


def test_place_in_a_file_that_is_written_loosely_is_that_in_the_file() -> None:
    """Not that in the format, which may be on another line."""
    layer = load.read_layer("f.toml", LOOSE)
    load.complete([layer])
    lines = staleness.stale_lines([layer], TODAY)
    assert [line.partition(";")[0] for line in lines] == [
        'f.toml:3:1: movies[0] "Dune": release_date: is due in 3 days, on 25 Nov 2026',
        'f.toml:7:30: film[0] "Other": dates.br: is due in 6 days, on 28 Nov 2026',
        "f.toml:11:1: series.Loki.note: talks of Jun 2026, which has passed since the last check",
        "f.toml:14:1: Mickey 18: was never checked",
    ]
