"""Why a release has no day, in sentences."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from countdown.core import edtf
from countdown.core.explanation import Others, explain, moved_days
from countdown.core.history import HistoryStep
from countdown.core.outlook import Moment, outlook
from countdown.core.release import AnnouncedDate, Move, Release

NOW = Moment(date(2026, 11, 27), datetime(2026, 11, 27, 12, tzinfo=UTC), UTC)
NONE = Others("", ())


def told(
    *dates: str | AnnouncedDate, steps: tuple[Move, ...] = (), others: Others = NONE, **values: Any
) -> list[str]:
    """What is said of a film called Blade, in the US."""
    dated = [AnnouncedDate(edtf.parse(each)) if isinstance(each, str) else each for each in dates]
    for key in ("stage_since", "checked", "expected"):
        if key in values:
            values[key] = edtf.parse(values[key])
    release = Release("blade", "Blade", "film", dates=(*dated,), **values)
    seen = outlook(release, now=NOW, region="US")
    history = [HistoryStep(*step) for step in steps]
    return explain(seen, "Blade", history, others, today=NOW.today)


def move(before: str | None, after: str | None, announced: str | None = None) -> Move:
    """A move between two dates in EDTF."""
    return Move(*(each and edtf.parse(each) for each in (before, after, announced)))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("dates", "values", "sentence"),
    [
        ((), {}, "No date has been announced for Blade."),
        (("2026-12-18",), {}, "Blade has a day, Friday, 18 December 2026: in 21 days."),
        (
            ("2026-12-18?",),
            {},
            "Blade has a day, Friday, 18 December 2026?: in 21 days, not confirmed.",
        ),
        (
            (AnnouncedDate(edtf.parse("2026-12-17"), "BR"),),
            {},
            "Blade has a day, Thursday, 17 December 2026 BR: in 20 days.",
        ),
        (
            ("2027-36",),
            {},
            "No day has been announced for Blade, only 4th quarter 2027: by 31 Dec 2027.",
        ),
        (
            (AnnouncedDate(edtf.parse("2027"), unverified=True),),
            {},
            "No day has been announced for Blade, only 2027: by 31 Dec 2027, not confirmed.",
        ),
        (
            ("2027/..",),
            {},
            "No day has been announced for Blade, only 2027 or later: with no last day.",
        ),
        (
            ("2026-08",),
            {"stage": "filming"},
            "No day has been announced for Blade, only August 2026: due out by 31 Aug 2026, "
            "not confirmed.",
        ),
        (("2022-07-08",), {}, "Blade is out: Friday, 8 July 2022."),
        ((), {"stage": "released"}, "Blade is out."),
        ((), {"stage": "on-hold"}, "Blade is on hold."),
        (
            ("2027-01-01",),
            {"stage": "cancelled", "stage_since": "2026-11-10"},
            "Blade was cancelled on 10 Nov 2026.",
        ),
    ],
)
def test_first_sentence_says_what_is_announced(
    dates: tuple[Any, ...], values: dict[str, Any], sentence: str
) -> None:
    """A day, a window, or nothing."""
    assert told(*dates, **values)[0] == sentence


def test_date_that_does_not_count_is_named() -> None:
    """It was the date before the production was shelved."""
    found = told("2027-01-01", stage="on-hold")
    assert found[1] == "Its date was 1 Jan 2027, which doesn't count any more."
    assert len(told(stage="on-hold")) == 2


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({}, "How far along it is isn't known."),
        ({"stage": "filming"}, "It is being filmed."),
        ({"stage": "filming", "stage_since": "2026-06"}, "It has been filming since Jun 2026."),
        ({"stage": "announced", "stage_since": "2022-06-05"}, "It was announced on 5 Jun 2022."),
        ({"stage": "wrapped", "stage_since": "2026"}, "It finished filming in 2026."),
        (
            {"stage": "filming", "unverified": ("stage",)},
            "It is being filmed (not confirmed).",
        ),
    ],
)
def test_stage_is_told_unless_there_is_a_day(values: dict[str, Any], sentence: str) -> None:
    """With the date since when it is so, and the note on it."""
    assert told(**values)[1] == sentence
    assert told("2027", **values)[1] == sentence
    assert sentence not in told("2027-01-01", **values)
    if values:
        assert told(stage_note="In Rome. Slowly.", **values)[2] == "In Rome. Slowly."


def test_rumour_is_told_as_one() -> None:
    """Only if nothing is announced."""
    assert told(expected="2027")[1] == "Rumours say 2027, which nobody has announced."
    assert not any("Rumours" in each for each in told("2028", expected="2027"))


def test_moves_of_the_date_are_summed_up() -> None:
    """Not those that only made it more exact; the last one can have withdrawn it."""
    first, second = move("2025-05-02", "2026-05-01"), move("2026-05-01", "2026-12-18")
    once = "Its date has moved once, from 2 May 2025 to 1 May 2026, 12 months later."
    assert once in told("2026-05-01", steps=(first,))
    twice = "Its date has moved twice, from 2 May 2025 to 18 Dec 2026, 20 months later."
    assert twice in told("2026-12-18", steps=(first, second))
    back = move("2026-05-01", "2025-05-02")
    returned = told("2025-05-02", steps=(first, back, first, back))
    assert "Its date has moved 4 times, from 2 May 2025 to 2 May 2025." in returned
    sooner = "Its date has moved once, from 1 May 2026 to 2 May 2025, 12 months earlier."
    assert sooner in told("2025-05-02", steps=(back,))
    never = "As far as is known, its date has never moved."
    assert never in told("2027")
    assert never not in told()
    exact = told("2027-05-02", steps=(move("2027", "2027-05-02"),))
    assert not any("moved" in each for each in exact)
    gone = move("2026-12-18", None, "2026-08-12")
    assert "Its last date, 18 Dec 2026, was withdrawn on 12 Aug 2026." in told(steps=(gone,))
    assert "Its last date, 18 Dec 2026, was withdrawn." in told(steps=(move("2026-12-18", None),))


def test_others_tell_how_such_dates_move() -> None:
    """If enough of them did; not of what is out."""
    mcu = Others("the MCU", (30, -10, 400, 60))
    sentence = (
        "Of 4 other dates of the MCU that moved, 3 moved to a later day, "
        "and half of all 4 by 2 months or more."
    )
    found = next(each for each in told(others=mcu) if each.startswith("Of 4"))
    assert found.partition(" by ")[0] == sentence.partition(" by ")[0]
    assert any("in the catalogue that moved" in each for each in told(others=Others("", (1,) * 3)))
    assert not any(each.startswith("Of ") for each in told(others=Others("A", (1, 2))))
    assert not any(each.startswith("Of ") for each in told("2022-01-01", others=mcu))


def test_days_are_those_of_real_moves() -> None:
    """Neither of what became more exact, nor of what has no day."""
    moves = [move("2027-01-01", "2027-01-31"), move("2027", "2027-05-01"), move("2027", None)]
    assert moved_days(moves) == (30,)


@pytest.mark.parametrize(
    ("checked", "sentence"),
    [
        (None, "Nobody has noted when these facts were checked."),
        ("2026-11-20", "These facts were checked on 20 Nov 2026."),
        ("2026-10", "These facts were checked in Oct 2026."),
        (
            "2026-01-22",
            "These facts were checked on 22 Jan 2026, so there may be news since.",
        ),
    ],
)
def test_last_sentence_is_about_the_age_of_the_facts(checked: str | None, sentence: str) -> None:
    """That of the date counts before that of the rest."""
    values: dict[str, Any] = {"checked": checked} if checked else {}
    assert told(**values)[-1] == sentence
    dated = AnnouncedDate(edtf.parse("2027"), checked=edtf.parse("2026-11-01"))
    assert told(dated, **values)[-1] == "These facts were checked on 1 Nov 2026."
