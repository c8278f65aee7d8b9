"""Cards: what they say, that nothing runs out of them, and that hostile text stays text."""

import re
from math import ceil
from typing import Any, get_args
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from countdown.core import day_style, edtf
from countdown.core.outlook import outlook
from countdown.core.release import AnnouncedDate, Credit, Move, Release
from countdown.exports import card, card_svg, card_widths
from countdown.exports.card import COLOURS, HEIGHT, MARGIN, WIDTH, Bar, Picture, Ring
from countdown.exports.card_words import Mood
from tests.exports.test_events import NOW, release
from tests.strategies import CHARACTERS
from tests.thorough import pairs, sample

MOODS = get_args(Mood)
SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = '<script>alert(1)</script> \u202egnp.exe ]]> \x1b[31m &amp; "q" \'\n\ufffe\u0085'


def drawn(one: Release, *, region: str | None = "US", **values: Any) -> Picture:
    """The card of a release, on 27 November 2026."""
    return card.lay_out(outlook(one, now=NOW, region=region), NOW, region=region, **values)


def lines(picture: Picture) -> list[str]:
    """The lines of text of a card, without the labels of its bar."""
    return [
        "|".join(span.text for span in text.spans)
        for text in picture.texts
        if text.anchor == "start" and text.x == MARGIN and text.spans[0].text != "announced"
    ]


def said(one: Release, **values: Any) -> list[str]:
    """The lines below the title: the date, and the time left."""
    return lines(drawn(one, **values))[2:]


def in_region(text: str, region: str | None, type: str | None = None) -> AnnouncedDate:
    """A date of one region."""
    return AnnouncedDate(edtf.parse(text), region, type)


@pytest.mark.parametrize(
    ("text", "date", "left"),
    [
        ("2026-12-18", "18 December 2026", "21 days to go"),
        ("2026-11-28", "28 November 2026", "1 day to go"),
        ("2026-12-18~", "About 18 December 2026", "About 21 days to go"),
        ("2027-05", "May 2027", "155 to 185 days to go"),
        ("2027-36", "Q4 2027", "308 to 399 days to go"),
        ("2027~", "About 2027", "About 35 to 399 days to go"),
        ("2027-06-03/2027-06-09", "3–9 June 2027", "188 to 194 days to go"),
        ("2027-22", "Summer 2027 (Jun–Aug)", "186 to 277 days to go"),
        ("2028/..", "2028 or later", "400 days or more to go"),
        ("2026/..", "2026 or later", "Any day now"),
        ("2026", "2026", "Any day until 31 Dec 2026"),
        ("2026~", "About 2026", "Any day until about Dec 2026"),
        ("202X", "2020s", "Any day until 31 Dec 2029"),
    ],
)
def test_date_is_large_and_days_say_of_which_day(text: str, date: str, left: str) -> None:
    """Whoever looks days later must not be misled; and a window stays a window."""
    found = said(release(text))
    assert found == [f"{date}|worldwide", f"{left}, as of 27 Nov 2026"]


def test_last_day_of_the_wait() -> None:
    """`Today` says which one."""
    assert said(release("2026-11-27"))[1] == "Today, as of 27 Nov 2026"
    assert said(release("2026-11"))[1] == "Any day until 30 Nov 2026, as of 27 Nov 2026"
    end = said(release("2026-11-20/2026-11-27"))[1]
    assert end == "Today at the latest, as of 27 Nov 2026"


@pytest.mark.parametrize(
    ("dated", "notes"),
    [
        (in_region("2026-12-18", "US"), "US"),
        (in_region("2026-12-18", "BR"), "BR, no date for US"),
        (AnnouncedDate(edtf.parse("2026-12-18"), place="unstated"), "place not stated"),
        (in_region("2026-12-18?", None), "worldwide · not confirmed"),
        (AnnouncedDate(edtf.parse("2026-12-18"), "US", unverified=True), "US · not confirmed"),
    ],
)
def test_place_and_doubt_stand_beside_the_date(dated: AnnouncedDate, notes: str) -> None:
    """Also for who doesn't know what a question mark would mean."""
    assert said(release(dated))[0] == f"18 December 2026|{notes}"


def test_place_without_a_region() -> None:
    """Of somebody without a region, nothing is said."""
    dated = in_region("2026-12-18", "BR")
    assert said(release(dated), region=None)[0] == "18 December 2026|BR"


HELD = {"stage": "on-hold", "stage_since": edtf.parse("2024-05")}


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (release(stage="filming"), ["No date yet · filming", "As of"]),
        (release(), ["No date yet", "As of"]),
        (
            release(stage="filming", unverified=("stage",), expected=edtf.parse("2028")),
            ["No date yet · filming|not confirmed", "Expected 2028, as of"],
        ),
        (
            release(expected=edtf.parse("2028"), unverified=("expected",)),
            ["No date yet", "Expected 2028?, as of"],
        ),
        (
            release(stage="post-production", stage_since=edtf.parse("2026-08")),
            ["No date yet · post-production", "Post-production since Aug 2026, as of"],
        ),
        (release(**HELD), ["On hold", "Since May 2024, as of"]),
        (
            release("2027-03-01", stage="cancelled", unverified=("stage",)),
            ["Cancelled|not confirmed", "Its date was 1 Mar 2027, as of"],
        ),
        (release(stage="released"), ["Out", "As of"]),
        (
            release("2026-11-20", stage="released"),
            ["Out since 20 November 2026|worldwide", "As of"],
        ),
        (
            release("2025", stage="released"),
            ["Out|worldwide", "Announced for 2025, as of"],
        ),
        (
            release("2026-11-20", stage="filming", checked=edtf.parse("2026-11-22")),
            [
                "20 November 2026|worldwide",
                "This day has passed; not confirmed as out, as of",
                "Checked 22 Nov 2026",
            ],
        ),
        (
            release("2026-10", stage="filming"),
            ["October 2026|worldwide", "This time has passed; not confirmed as out, as of"],
        ),
    ],
)
def test_what_has_no_days_to_go(one: Release, expected: list[str]) -> None:
    """Productions without a date, shelved ones, and those that are out or should be."""
    found = [line.removesuffix(" 27 Nov 2026") for line in said(one)]
    assert found == expected


def test_withdrawn_date_is_told_when_it_is_known() -> None:
    """A withdrawal in the future of the day is not known yet."""
    before = edtf.parse("2026-11-06")
    known = release(moves=(Move(before, None, edtf.parse("2026-10")),))
    assert said(known)[1] == "The date 6 Nov 2026 was withdrawn, as of 27 Nov 2026"
    later = release(moves=(Move(before, None, edtf.parse("2026-12")),))
    assert said(later)[1] == "As of 27 Nov 2026"
    moved = release(moves=(Move(before, edtf.parse("2027-01-01")),))
    assert said(moved)[1] == "As of 27 Nov 2026"


def test_details_and_credits() -> None:
    """Kind, franchise, where, with whom, when it was checked, and whom to name."""
    names = ("A", "B", "C", "D", "E")
    one = release(
        in_region("2026-12-18", "US", "theatrical"),
        franchise=("MCU", "More"),
        distributor=("Walt Disney Studios",),
        cast=tuple(map(Credit, names)),
        checked=edtf.parse("2026-11-12"),
    )
    picture = drawn(one, credits=("Data from TVmaze (CC-BY-SA-4.0)",))
    first, *_, where, people, small = lines(picture)
    assert first == "Film · MCU"
    assert where == "In theaters · Walt Disney Studios"
    assert people == "With A, B, C, D"
    assert small == "Checked 12 Nov 2026 · Data from TVmaze (CC-BY-SA-4.0)"
    assert picture.description == (
        "Film. Film · MCU. 18 December 2026, US. 21 days to go, as of 27 Nov 2026. In theaters · "
        "Walt Disney Studios. With A, B, C, D. Checked 12 Nov 2026 · Data from TVmaze "
        "(CC-BY-SA-4.0)."
    )


def test_other_details() -> None:
    """A platform, a moment, makers; a check after the day isn't known yet."""
    moment = in_region("2027-01-15T03:00:00Z", None, "streaming")
    one = release(moment, platform=("Netflix",), director=("X", "Y", "Z"))
    assert said(one)[2:] == ["On Netflix · 03:00 UTC on 15 Jan 2027", "By X, Y"]
    american = said(one, style=day_style.AMERICAN)[2]
    assert american == "On Netflix · 03:00 UTC on Jan 15, 2027"
    disc = release(in_region("2027-01-15", None, "physical"), platform=("Shop",))
    assert said(disc._replace(checked=edtf.parse("2026-12")))[2:] == ["On disc · Shop"]


@pytest.mark.parametrize("type", ["theatrical", "tv", "re-release", "streaming"])
def test_what_is_out_has_no_form(type: str) -> None:
    """An old film isn't in theaters any more."""
    dated = in_region("2010-05-07", "US", type)
    one = release(dated, stage="released", distributor=("Paramount",))
    assert said(one) == ["Out since 7 May 2010|US", "As of 27 Nov 2026", "Paramount"]


def test_what_is_out_needs_no_place() -> None:
    """That its place isn't stated matters only as long as somebody waits."""
    nowhere = AnnouncedDate(edtf.parse("2010-05-07"), place="unstated")
    assert said(release(nowhere, stage="released"))[0] == "Out since 7 May 2010"


@pytest.mark.parametrize(
    ("style", "date", "month"),
    [
        (day_style.AMERICAN, "December 18, 2026", "December 2026"),
        (day_style.ISO, "2026-12-18", "2026-12"),
        ("de", "18. Dez. 2026", "Dez. 2026"),
    ],
)
def test_days_in_the_style_of_the_user(style: str, date: str, month: str) -> None:
    """As on every screen."""
    assert said(release("2026-12-18"), style=style)[0] == f"{date}|worldwide"
    assert said(release("2026-12"), style=style)[0] == f"{month}|worldwide"


# ---- The bar ----


def bars(picture: Picture) -> list[Bar | Ring]:
    """The marks in the colour of the card, on its bar."""
    return [
        shape
        for shape in picture.shapes
        if shape.role in MOODS and shape.opacity == 1 and shape.x > 0
    ]


def test_window_is_a_bar_and_a_day_is_a_dot() -> None:
    """Of a quarter, a quarter of the year; a week is no dot either."""
    (quarter,) = bars(drawn(release("2027-36")))
    assert isinstance(quarter, Bar)
    assert quarter.width == pytest.approx(card.ROOM * 92 / 365, abs=4)
    assert quarter.x + quarter.width == pytest.approx(WIDTH - MARGIN)
    (week,) = bars(drawn(release("2027-06-03/2027-06-09")))
    assert isinstance(week, Bar)
    (day,) = bars(drawn(release("2027-07-02")))
    assert isinstance(day, Ring)
    assert day.x == pytest.approx(WIDTH / 2, abs=4)


def test_bar_has_the_years_that_it_needs() -> None:
    """Two at most: more would be too narrow. None for what has no end, or is out."""
    labels = [span.text for text in drawn(release("2026-24")).texts for span in text.spans]
    assert "2026" in labels
    assert "2027" in labels
    for one in (release("202X"), release("2028/.."), release("2026-11-20", stage="released")):
        assert bars(drawn(one)) == []


@pytest.mark.parametrize(
    ("stage", "filled", "labels"),
    [
        (None, 0, ["announced", "completed"]),
        ("rumoured", 0, ["announced", "completed"]),
        ("announced", 1, ["announced", "completed"]),
        ("development", 2, ["development", "completed"]),
        ("filming", 4, ["announced", "filming", "completed"]),
        ("completed", 7, ["announced", "completed"]),
    ],
)
def test_stages_so_far(stage: str | None, filled: int, labels: list[str]) -> None:
    """Each reached stage is filled; the present one is named."""
    picture = drawn(release(stage=stage))
    assert len(bars(picture)) == filled
    top = picture.shapes[-1].y
    below = [text.spans[0].text for text in picture.texts if top < text.y < top + 60]
    assert below == labels


# ---- Nothing runs out, and hostile text stays text ----


def check_inside(picture: Picture) -> None:
    """Assert that every text is within the margins, as wide as letters can be."""
    for text in picture.texts:
        length = sum(card_widths.length(span.text, span.size) + span.gap for span in text.spans)
        start = text.x - {"start": 0, "middle": length / 2, "end": length}[text.anchor]
        assert start >= MARGIN / 2, text
        assert start + length <= WIDTH - MARGIN / 2, text
        assert 40 < text.y < HEIGHT - 10, text
    rows = sorted({text.y for text in picture.texts})
    assert len(picture.texts) - len(rows) <= 23  # Labels of months share a line.


def svg_texts(source: str) -> list[str]:
    """The texts of an SVG, which must have nothing but drawings in it."""
    root = ET.fromstring(source)
    names = {element.tag.removeprefix(SVG) for element in root.iter()}
    allowed = {"svg", "title", "desc", "style", "g", "defs", "linearGradient", "stop"}
    assert names <= allowed | {"rect", "circle", "text", "tspan"}
    for element in root.iter():
        assert not any("href" in name or name.startswith("on") for name in element.attrib)
    assert not re.search(r"https?://(?!www\.w3\.org/2000/svg\")", source)
    return ["".join(element.itertext()) for element in root.iter(f"{SVG}text")]


LONG = "A Very Long Title of a Film That Nobody Will Ever Remember in Full, Part 2: The Return " * 5
TITLES = {
    "short": "Up",
    "long": LONG,
    "wide": "W" * 300,
    "japanese": "劇場版「鬼滅の刃」無限城編 第二章 " * 8,
    "cyrillic": "ЩЖЮШ " * 60,
    "marks": "Z" + "\u0301" * 500 + "algo" + "x" * 10_000,
    "hostile": HOSTILE,
    "hebrew": "שלום עולם",
    "spaces": "   ",
}


@pytest.mark.parametrize(("name", "text"), pairs([*TITLES], ["2026-40~/2027-21", "2026-12-18"]))
def test_any_title_stays_inside(name: str, text: str) -> None:
    """In at most three lines, and cut where it must be; and the same bytes each time."""
    title = TITLES[name]
    names = tuple([title] * 3)
    one = release(
        AnnouncedDate(edtf.parse(text), "US", "theatrical", unverified=True),
        title=title,
        franchise=names,
        platform=names,
        cast=tuple(map(Credit, names)),
    )
    picture = drawn(one, credits=names)
    check_inside(picture)
    bold = [each for each in picture.texts if each.spans[0].role == "text" and _is_title(each)]
    assert len(bold) <= 3
    source = card_svg.write(picture)
    assert source == card_svg.write(drawn(one, credits=names))
    assert len(svg_texts(source)) == len(picture.texts)
    assert not any(character in source for character in "\x1b\u202e\u0085\ufffe")


def _is_title(text: card.Text) -> bool:
    return text.spans[0].is_bold and text.spans[0].size >= 50


def test_title_that_is_cut_says_so() -> None:
    """With an ellipsis, at the end alone."""
    title = [each.spans[0].text for each in drawn(release(title=LONG)).texts if _is_title(each)]
    title = title[:3]
    assert title[2].endswith(" …")
    assert "…" not in title[0] + title[1]
    assert LONG.startswith(f"{' '.join(title)[:-2]} ")  # No word is broken.
    unbroken = drawn(release(title="W" * 99)).texts[3].spans[0].text
    assert re.fullmatch("W{15,} …", unbroken)


@pytest.mark.parametrize("words", range(1, 60))
def test_title_leaves_room_for_the_date(words: int) -> None:
    """It has three lines at most, of the same length, or as long as can be if it is cut."""
    picture = drawn(release("2027-36", title="Words " * words))
    title = [each for each in picture.texts if _is_title(each)]
    *lines_of_title, date = title
    assert 1 <= len(lines_of_title) <= 3
    first, last = (lines_of_title[at].spans[0] for at in (0, -1))
    if last.text.endswith("…"):
        assert card_widths.length(f"{first.text} Words", first.size) > card.ROOM
    else:
        assert first.text.count("Words") == ceil(words / len(lines_of_title))
    left = picture.texts[len(title) + 1]
    assert lines_of_title[-1].y + date.spans[0].size * 0.8 < date.y < left.y
    assert left.y < min(shape.y for shape in picture.shapes if shape.role == "groove")


def test_hostile_text_is_text() -> None:
    """No element of its own, and no character that does harm."""
    texts = svg_texts(card_svg.write(drawn(release(title=HOSTILE))))
    assert "<script>" in "".join(texts)
    assert "\\u202e" in "".join(texts)


@settings(max_examples=sample(15, of=200))
@given(st.text(CHARACTERS, max_size=200), st.text(CHARACTERS, max_size=60), st.booleans())
def test_random_texts_stay_inside(title: str, name: str, is_dated: bool) -> None:
    """Whatever they are."""
    dates = ("2026-24~",) if is_dated else ()
    one = release(*dates, title=title, platform=(name,), cast=(Credit(name),), franchise=(name,))
    picture = drawn(one, credits=(title, name))
    check_inside(picture)
    svg_texts(card_svg.write(picture))


def test_labels_of_the_svg_for_screen_readers() -> None:
    """The picture has a role, a title and a description."""
    root = ET.fromstring(card_svg.write(drawn(release("2026-12-18", title="A & B"))))
    assert root.get("role") == "img"
    assert root.findtext(f"{SVG}title") == "A & B"
    assert "18 December 2026" in (root.findtext(f"{SVG}desc") or "")
    assert (root.get("width"), root.get("height")) == ("1200", "630")


def test_long_credits_are_small_but_there() -> None:
    """In up to three lines; what stands above them makes room."""
    credit = "Data from a source with quite a long name, under a licence (CC-BY-SA-4.0)"
    for count in (1, 2, 3):
        picture = drawn(release("2027", platform=("Netflix",)), credits=(credit,) * count)
        assert " · ".join([credit] * count) in " ".join(lines(picture))
        rows = [text.y for text in picture.texts]
        assert rows == sorted(rows)


def test_long_notes_go_below_the_date() -> None:
    """Where they have no room beside it."""
    dated = AnnouncedDate(edtf.parse("2027-09-24~/2028-11-25"), "BR", unverified=True)
    date, left = said(release(dated))[:2]
    assert date.startswith("About 24 September 2027–")
    assert "|" not in date
    assert left.startswith("BR, no date for US · not confirmed · about ")


def luminance(colour: str) -> float:
    """The relative luminance of WCAG 2.2."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("role", sorted({*COLOURS} - {"top", "bottom", "groove"}))
def test_every_colour_of_a_text_can_be_read(role: card.Role) -> None:
    """On both ends of the page, also over a ring (WCAG 2.2, 1.4.3)."""
    for page in ("top", "bottom"):
        for over in COLOURS.values():
            ground = luminance(COLOURS[page]) + 0.12 * luminance(over) * 0.3
            assert (luminance(COLOURS[role]) + 0.05) / (ground + 0.05) >= 4.5
