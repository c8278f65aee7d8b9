"""The soonest releases, with their days drawn large."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from rich.console import Console

from countdown.core.outlook import Moment
from countdown.core.release import Credit, Release
from countdown.core.width import width
from countdown.formats import plain
from countdown.formats.terminal import drawing
from countdown.views.folding import height
from countdown.views.headline import headline
from countdown.views.view import Block, Cell, Items, Lines, Pairs, View, explained
from tests.views.releases import (
    AMERICAN,
    CONTEXT,
    NOW,
    THOR,
    as_drawn,
    film,
    move,
    outlook_of,
    pairs,
    runs,
)

CAST = tuple(Credit(name) for name in ("Ann Able", "Bob Baker", "Cleo Clark", "Dan Dove", "Eve"))
WAITED = film(
    "A",
    "2022-07-26 US theatrical",
    franchise=("Saga", "World"),
    distributor=("Big Films", "Small Films"),
    cast=CAST,
    moves=(move(None, "2022-07-26", "2022-06"),),
)
LONG = film("B " * 14).id
LATER = (film("B", "2022-07-31"), film("C", "2022-12?"), film("D", "2023"), film("E", "2024"))


def view_of(*releases: Release, following: Sequence[Release] = (), now: Moment = NOW) -> View:
    """The view of *releases*."""
    outlooks = [outlook_of(release, now) for release in releases]
    return headline(
        outlooks,
        CONTEXT._replace(now=now),
        following=[outlook_of(release, now) for release in following],
    )


def drawn(view: View, columns: int = 80, lines: int = 22) -> list[str]:
    """The lines that a terminal shows, as far as they are drawn by the character."""
    assert view.screen is not None
    return [
        as_drawn("".join(cell.text for cell in line))
        for block in view.screen(columns, lines)
        if isinstance(block, Lines)
        for line in block.lines
    ]


def words_of(view: View) -> list[str]:
    """The lines of a format without pictures."""
    return plain.render(view).splitlines()


def test_screen_has_digits_and_the_words_beside_them() -> None:
    """Below the title what it is, then the wait, the cast, and what comes after."""
    view = view_of(WAITED, following=LATER)
    assert view.screen is not None
    title, count, wait, people, _, signs = view.screen(80, 22)
    assert title == Items(
        ((Cell("A", "title"),), (Cell("film · Saga · Big Films", "muted"),)),
    )
    assert isinstance(count, Lines)
    assert count.verbatim
    assert ["".join(cell.text for cell in line) for line in count.lines] == [
        "████████████   ████████████",
        "▀▀▀▀▀▀▀▀▀███   ▀▀▀▀▀▀▀▀▀███",
        "         ███            ███",
        "         ███            ███   days",
        "▄▄▄▄▄▄▄▄▄███   ▄▄▄▄▄▄▄▄▄███   3 weeks 1 day · 4 Tuesdays to go",
        "████████████   ████████████   Tuesday, 26 July 2022",
        "███            ███            in theaters",
        "███            ███",
        "███            ███",
        "████████████   ████████████",
        "▀▀▀▀▀▀▀▀▀▀▀▀   ▀▀▀▀▀▀▀▀▀▀▀▀",
    ]
    assert {cell.style for line in count.lines for cell in line[:1]} == {"month"}
    assert runs(wait)[0][0] == Cell("announced Jun 2022  ", "muted")
    assert pairs(people) == [
        ("With", "Ann Able · Bob Baker · Cleo Clark · Dan Dove"),
        ("Then", "B (5 days later) · C (Dec 2022?) · D (2023)"),
    ]
    assert isinstance(people, Pairs)
    assert [value[0].style for _, value in people.rows] == ["", "muted"]
    assert signs == Items(((Cell("?"), Cell(" not confirmed", "muted")),))
    assert view.outlooks == (outlook_of(WAITED),)
    assert view.context == CONTEXT


@pytest.mark.parametrize(
    ("columns", "lines", "rows"),
    [(40, 22, 4), (60, 22, 7), (80, 22, 11), (120, 25, 14), (200, 48, 21), (60, 5, 0)],
)
def test_digits_are_as_large_as_there_is_room(columns: int, lines: int, rows: int) -> None:
    """At least seven rows from 60 columns, and everything fits; else there are words."""
    view = view_of(WAITED, following=LATER)
    found = drawn(view, columns, lines)
    assert sum("█" in line or "▀" in line for line in found) == rows
    assert max(map(width, found)) <= columns
    if not rows:
        assert found[0] == "In 22 days"


@pytest.mark.parametrize(("days", "rows"), [(7, 14), (22, 21), (100, 21)])
def test_single_digit_has_a_limit(days: int, rows: int) -> None:
    """However large the terminal is."""
    date = (NOW.today + timedelta(days=days)).isoformat()
    found = drawn(view_of(film("A", date)), 200, 100)
    assert sum("█" in line or "▀" in line for line in found) == rows


def test_words_stand_below_digits_that_leave_no_room_beside_them() -> None:
    """Rather than that the digits are smaller; beside them in folds, if both fit."""
    below = drawn(view_of(film("A", "2022-10-12 US")), 60, 22)
    assert below[-3:] == [
        "days",
        "3 months 8 days · 15 Wednesdays to go",
        "Wednesday, 12 October 2022",
    ]
    assert below[-4] == ""
    folded = drawn(view_of(film("A", "2022-07-26 US", "2022-07-25 BR tv", "2022-07-24 BR")), 60, 9)
    assert folded[2:6] == [
        "      ██        ██   3 weeks 1 day · 4 Tuesdays to go",
        "████████  ████████   Tuesday, 26 July 2022",
        "██        ██         Brazil 2 days earlier",
        "██        ██",
    ]
    tight = drawn(view_of(film("A", "2022-07-26 US", "2022-07-25 BR tv", "2022-07-24 BR")), 50, 15)
    assert tight[2:4] == [
        "      ██        ██   3 weeks 1 day",
        "████████  ████████   4 Tuesdays to go",
    ]


def test_day_itself_is_drawn_in_letters() -> None:
    """TODAY, with the hour if that is known."""
    today = drawn(view_of(film("A", "2022-07-04")), 60)
    assert today[0] == "██████████  ████████  ██████    ████████  ██      ██"
    assert today[-1] == "Monday, 4 July 2022"
    timed = drawn(view_of(film("A", "2022-07-04T21:05Z - streaming")))
    assert timed[-3:] == ["in 35 min", "Monday, 4 July 2022, 21:05", "streaming"]


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        (
            "2022-12",
            [
                "December 2022",
                "at the earliest Thursday, 1 December 2022, in 150 days",
                "at the latest Saturday, 31 December 2022, in 180 days",
            ],
        ),
        ("2022-07-08~", ["In about 4 days", "about Friday, 8 July 2022"]),
    ],
)
def test_window_is_put_in_words(date: str, expected: list[str]) -> None:
    """Digits would look as if it were known to the day."""
    view = view_of(film("A", date), following=LATER)
    assert drawn(view) == expected


def test_two_on_one_day_stand_side_by_side() -> None:
    """Each with what is known of it, and the day once; if narrow, below each other."""
    other = film("Bee", "2022-07-26 BR tv", platform=("HBO",), cast=CAST[1:2], kind="series")
    view = view_of(WAITED, other, following=LATER[:1])
    found = drawn(view, 100)
    assert found[:6] == [
        "A                                                  Bee",
        "film · Saga · Big Films                            series",
        "in theaters                                        on HBO · date for Brazil",
        "With Ann Able · Bob Baker · Cleo Clark             With Bob Baker",
        "Dan Dove                                           ",
        "announced Jun 2022 · 60 % of the wait is over      ",
    ]
    assert "in theaters" not in found[6:]
    assert view.screen is not None
    above = view.screen(100, 22)[0]
    assert isinstance(above, Lines)
    assert above.verbatim
    assert drawn(view, 200)[0] == f"{'A':67}Bee"
    narrow = drawn(view, 50)
    assert narrow[:3] == ["A", "film · Saga · Big Films", "in theaters"]
    assert narrow[5:7] == ["", "Bee"]


def test_digits_win_over_names_where_there_is_no_room_for_both() -> None:
    """From 60 columns on: two of each cast are left, and of what follows the next one."""
    crowd = [film(name, "2022-07-26 US", cast=CAST) for name in ("X", "Y")]
    view = view_of(*crowd, following=[film("Z" * 50, "2022-07-31"), *LATER[:1]])
    names = ("With Ann Able · Bob Baker", "Cleo Clark · Dan Dove")
    full, brief, briefest = (drawn(view, 60, lines) for lines in (18, 14, 12))
    assert full[2:4] == [f"{line:31}{line}" for line in names]
    assert brief[2:4] == [f"{names[0]:31}{names[0]}", full[4]]
    assert briefest[2] == full[4]
    for found in (full, brief, briefest):
        assert sum("██" in line for line in found) == 7
    assert view.screen is not None
    followers = [len(pairs(view.screen(60, lines)[2])) for lines in (18, 14, 12)]
    assert followers == [2, 1, 0]


def test_many_on_one_day_have_a_line_each() -> None:
    """Their kind and franchise; more than eight are counted."""
    crowd = [film(f"F{number}", "2022-07-26 US", cast=CAST) for number in range(10)]
    found = drawn(view_of(*crowd), 120)
    assert found[0].split() == ["F0", "F1", "F2", "F3"]
    assert found[1].split() == ["film"] * 4
    assert found[2] == ""
    assert found[3].split() == ["F4", "F5", "F6", "F7"]
    assert found[5:7] == ["", "and 2 more that day"]
    assert not any("With" in line for line in found)
    eight = drawn(view_of(*crowd[:8]), 120)
    assert not any("more that day" in line for line in eight)


def test_old_check_is_beside_the_place() -> None:
    """Of each that has one, in words too."""
    old = film("Old", "2022-07-26 US", checked="2021-12-31")
    assert any("not checked since Dec 2021" in line for line in drawn(view_of(old), 80))
    assert "not checked since Dec 2021" in "\n".join(words_of(view_of(old)))
    new = film("New", "2022-07-26 US", checked="2022-06")
    both = "\n".join(drawn(view_of(new, old), 120))
    assert both.count("not checked since") == 1


def test_head_has_the_day_as_it_is_known_best() -> None:
    """Without a doubt or an hour that only one of them has; that one tells of it."""
    unsure = film("U", "2022-07-26 US", unverified=("date",))
    timed = film("T", "2022-07-26T16:00Z - streaming")
    sure = film("S", "2022-07-26 US")
    found = drawn(view_of(unsure, timed, sure), 120)
    assert any(line.endswith("   Tuesday, 26 July 2022") for line in found)
    assert found[2].split("  ")[0] == "not confirmed"
    assert "16:00" in found[2]
    alone = drawn(view_of(unsure, unsure), 120)
    assert any(line.endswith("Tuesday, 26 July 2022?") for line in alone)
    assert "not confirmed" not in "\n".join(alone)


def test_words_have_the_facts_of_the_picture() -> None:
    """A line each, also of what is known of next to nothing."""
    view = view_of(WAITED, following=LATER)
    assert words_of(view) == [
        "A",
        "In 22 days · Tuesday, 26 July 2022",
        "Film · Saga · Big Films",
        "In theaters",
        "With Ann Able · Bob Baker · Cleo Clark · Dan Dove",
        "Announced Jun 2022 · 60 % of the wait is over",
        "Then\tB (5 days later) · C (Dec 2022?) · D (2023)",
    ]
    nothing = headline([outlook_of(film("A"))], AMERICAN, following=[outlook_of(film("B"))])
    assert words_of(nothing) == ["A", "No date announced", "Film"]
    assert drawn(nothing) == ["No date announced"]
    assert nothing.context == AMERICAN
    window = view_of(film("A", "2022-12"))
    assert words_of(window)[1].startswith("December 2022 · at the earliest Thursday, 1 December")


def test_names_break_where_the_next_one_has_no_room() -> None:
    """Below each other, beside the label."""
    view = view_of(film("A", "2022-07-26", cast=CAST[:2]))
    assert view.screen is not None
    people = [pairs(view.screen(columns, 22)[3]) for columns in (26, 25)]
    assert people == [
        [("With", "Ann Able · Bob Baker")],
        [("With", "Ann Able"), ("", "Bob Baker")],
    ]


def test_followed_release_has_a_heart() -> None:
    """And the legend says what that is, as the words do."""
    view = headline([outlook_of(THOR)], CONTEXT, followed=frozenset({"thor-4"}))
    assert words_of(view)[:2] == ["Thor: Love and Thunder", "You follow it"]
    assert view.screen is not None
    title, *_, signs = view.screen(80, 22)
    assert runs(title)[0] == [Cell("♥ ", "today"), Cell("Thor: Love and Thunder", "title")]
    assert runs(signs) == [[Cell("♥", "today"), Cell(" you follow it", "muted")]]
    assert view.followed == frozenset({"thor-4"})
    both = headline([outlook_of(film("B", "2022-07-08 US"))] * 2, CONTEXT, followed={"b"})
    assert drawn(both, 60)[0] == f"{'♥ B':31}♥ B"
    long = headline([outlook_of(film("B " * 14, "2022-07-08 US"))] * 2, CONTEXT, followed={LONG})
    assert drawn(long, 55)[0] == f"♥ {' '.join('B' * 12)} {' ' * 3}♥ {' '.join('B' * 12)}"
    other = headline([outlook_of(THOR)], CONTEXT, followed=frozenset({"x"}))
    assert "You follow it" not in words_of(other)
    assert signs_of(other) == Items(())


def signs_of(view: View) -> Block:
    """The legend of its screen."""
    assert view.screen is not None
    return view.screen(80, 22)[-1]


@pytest.mark.parametrize(
    ("release", "doubt"),
    [
        (film("A?", "2022-07-08"), False),
        (film("A", "2022-07-08", unverified=("date",)), True),
        (film("A", "2022-07-08", cast=(Credit("B"),), unverified=("cast",)), False),
    ],
)
def test_headline_explains_the_mark_of_doubt(release: Release, doubt: bool) -> None:
    """Where it stands at the date, which is enough: the count has none."""
    view = view_of(release)
    sign = explained("?", "not confirmed")
    assert signs_of(view) == Items((sign,) if doubt else ())
    assert f"Friday, 8 July 2022{'?' if doubt else ''}" in "\n".join(drawn(view))
    words = ", not confirmed" if doubt else ""
    assert "In 4 days · Friday, 8 July 2022" + words.replace(", ", " · ") in words_of(view)


def test_hours_are_drawn_on_the_last_day_but_one() -> None:
    """With their minutes beside them."""
    now = Moment.at(datetime(2022, 7, 4, 20, 30, tzinfo=UTC), NOW.zone)
    found = drawn(view_of(film("A", "2022-07-05T01:32Z - streaming"), now=now))
    assert [line.split("   ")[-1] for line in found if line[-1:].islower()] == [
        *("hours", "and 2 minutes"),
        "streaming",
    ]


@pytest.mark.parametrize("columns", [20, 27, 48, 60, 100])
@pytest.mark.parametrize("style", ["pt", "ja"])
def test_all_fits_the_terminal(columns: int, style: str) -> None:
    """In columns always, and in lines wherever digits are drawn; no word is cut."""
    long = film(
        "A very long title of a film that goes on and on",
        *("2022-07-26 US theatrical", "2022-07-25 BR theatrical", "2022-07-20 FR theatrical"),
        franchise=("A long franchise name",),
        distributor=("Some Distributor of Films",),
        cast=CAST,
        moves=WAITED.moves,
        unverified=("dates",),
    )
    wide = film("千と千尋の神隠し千と千尋の神隠し", "2022-12-26 US", cast=CAST)
    after = [film("B", "2023-01-05"), film("C", "2023-12?")]
    for releases in ((long,), (wide,), (long, WAITED), (long, WAITED, film("X", "2022-07-26"))):
        context = CONTEXT._replace(date_style=style)
        outlooks, following = ([*map(outlook_of, each)] for each in (releases, after))
        view = headline(outlooks, context, following=following, followed={long.id})
        for lines in (8, 22):
            console = Console(width=columns, file=StringIO(), color_system=None)
            console.print(drawing(view, console, lines=lines), end="", soft_wrap=True)
            text = console.file.getvalue()  # type: ignore[attr-defined]
            shown = text.splitlines()
            assert max(map(width, shown)) <= columns
            assert "…" not in text
            assert len(shown) <= lines or not any("█" in line or "▀" in line for line in shown)


def remark(*texts: str) -> tuple[Cell, ...]:
    """A remark of these texts."""
    return tuple(map(Cell, texts))


def test_remarks_make_digits_smaller_but_never_too_small() -> None:
    """They are left out where they have no room, the last first; words have them all."""
    release = film("Alone", "2022-07-10", cast=(Credit("A Player"),))
    remarks = [remark("Close together."), remark("2 films to watch", "countdown marathon x")]
    view = headline([outlook_of(release)], CONTEXT, remarks=remarks)

    def drawn(columns: int, lines: int) -> str:
        assert view.screen is not None
        blocks = view.screen(columns, lines)
        taken = [rows for block in blocks if (rows := height(block, columns))]
        assert sum(taken) + len(taken) - 1 <= max(lines, 12)
        return "\n".join(
            "".join(cell.text for cell in line)
            for block in blocks
            for line in getattr(block, "lines", getattr(block, "items", ()))
        )

    assert "countdown marathon x" in drawn(80, 24)
    assert "Close together." in drawn(80, 24)
    low = drawn(80, 14)
    assert "Close together." in low
    assert "countdown marathon x" not in low
    assert "Close together." not in drawn(80, 12)
    words = [line for block in view.blocks() for line in getattr(block, "lines", ())]
    assert ["2 films to watch", ": ", "countdown marathon x"] in [
        [cell.text for cell in line] for line in words
    ]
