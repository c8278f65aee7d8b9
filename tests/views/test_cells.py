"""Signs, and the cells that several views share."""

from typing import Any

import pytest

from countdown.core import day_style
from countdown.core.outlook import Outlook
from countdown.core.release import Credit, Release
from countdown.views import cells, view
from countdown.views.listing import listing
from countdown.views.months import months
from countdown.views.view import Block, Cell, Items, Table, ViewContext
from tests.views.releases import CONTEXT, NOW, THOR, film, move, outlook_of


@pytest.mark.parametrize(
    ("places", "said"),
    [
        ([], ("dates for US",)),
        (["", "BR"], ("dates for US",)),
        (["", "BR", "BR"], ("most dates for BR",)),
        (["BR"], ()),
        (["BR", "DE"], ()),
        (["BR", "BR", "DE", "FR"], ()),
        (["unstated", "unstated"], ()),
    ],
)
def test_header_names_the_region_of_most_dates(places: list[str], said: tuple[str, ...]) -> None:
    """One date isn't most of them; without a region, they are for everyone."""
    assert cells.whose_dates(places, CONTEXT) == said
    assert cells.whose_dates(places, ViewContext(NOW)) == ()


@pytest.mark.parametrize(
    ("dates", "facts", "style", "sign"),
    [
        (["2022-07-05"], {}, "week", "●"),
        (["2022-07-11"], {}, "week", "●"),
        (["2022-07-12"], {}, "month", "◐"),
        (["2022-08-04"], {}, "month", "◐"),
        (["2022-08-05"], {}, "later", "○"),
        (["2022-07-04"], {}, "today", "★"),
        (["2022-07-05T06:00Z"], {}, "week", "●"),
        (["2022-07-04T23:00Z"], {}, "today", "★"),
        (["2022-08"], {}, "window", "◇"),
        (["2022-07"], {}, "window", "◇"),
        (["2022-07-08?"], {}, "window", "◇"),
        (["2022-07-08~"], {}, "window", "◇"),
        (["2022-06"], {}, "overdue", "▲"),
        (["2022-07-01"], {"stage": "filming", "checked": "2022-07-02"}, "overdue", "▲"),
        (["2022-07-01"], {}, "released", "✓"),
        ([], {"stage": "released"}, "released", "✓"),
        ([], {}, "undated", "·"),
        ([], {"stage": "filming"}, "undated", "·"),
        (["2022-07-08"], {"stage": "on-hold"}, "undated", "·"),
        (["2022-07-08"], {"stage": "cancelled"}, "undated", "·"),
    ],
)
def test_sign_depends_on_days_left(
    dates: list[str], facts: dict[str, Any], style: str, sign: str
) -> None:
    """Within a week are seven days, within a month are 31."""
    found = outlook_of(film("A", *dates, **facts))
    assert view.urgency(found) == style
    assert view.urgency_mark(found) == view.Cell(sign, view.urgency(found))


def test_date_that_could_not_be_counted_has_no_urgency() -> None:
    """An outlook with a date but nothing counted is drawn like one without."""
    release = film("A", "2022-07-08")
    assert view.urgency(Outlook(release, "upcoming", None, None, None)) == "undated"


LEGEND = [
    ("▲", "overdue", "window passed"),
    ("★", "today", "today"),
    ("●", "week", "within a week"),
    ("◐", "month", "within 31 days"),
    ("○", "later", "later"),
    ("◇", "window", "a window, no day yet"),
    ("✓", "released", "out"),
    ("·", "undated", "no date"),
]
ONE_OF_EACH = [
    *("2022-06", "2022-07-04", "2022-07-05", "2022-07-20", "2022-12-01", "2022-12", "2022-07-01"),
    None,
]


def test_legend_explains_every_sign_in_one_order() -> None:
    """The most urgent first, whatever the order of the releases; the words are muted."""
    outlooks = [outlook_of(film("A", *[date] if date else [])) for date in reversed(ONE_OF_EACH)]
    assert view.legend(outlooks, doubtful=False) == Items(
        tuple((Cell(sign, style), Cell(f" {text}", "muted")) for sign, style, text in LEGEND)  # type: ignore[arg-type]
    )


@pytest.mark.parametrize(("date", "row"), [*zip(ONE_OF_EACH, LEGEND, strict=True)])
def test_legend_explains_only_signs_that_are_there(
    date: str | None, row: tuple[str, str, str]
) -> None:
    """One sign, one explanation."""
    found = view.legend([outlook_of(film("A", *[date] if date else []))], doubtful=False)
    assert ["".join(cell.text for cell in item) for item in found.items] == [f"{row[0]} {row[2]}"]


def test_legend_explains_the_mark_of_doubt_last() -> None:
    """And it alone, where there are no signs."""
    doubt = (Cell("?"), Cell(" not confirmed", "muted"))
    assert view.legend([], doubtful=True).items == (doubt,)
    assert view.legend([outlook_of(film("A"))], doubtful=True).items[1:] == (doubt,)
    assert view.legend([], doubtful=False).items == ()


@pytest.mark.parametrize(
    ("dates", "facts", "style", "cell"),
    [
        (["2022-07-08"], {}, day_style.DEFAULT, Cell("8 Jul 2022")),
        (["2022-07-08"], {}, day_style.AMERICAN, Cell("Jul 8, 2022")),
        (["2022-07-08 US"], {}, day_style.ISO, Cell("2022-07-08")),
        (["2022-07-08 BR"], {}, day_style.DEFAULT, Cell("8 Jul 2022 BR")),
        (["2022-07-08 US theatrical"], {}, day_style.DEFAULT, Cell("8 Jul 2022")),
        (["2022-07-08 US streaming"], {}, day_style.DEFAULT, Cell("8 Jul 2022")),
        (["2022-07-08 US tv"], {}, day_style.DEFAULT, Cell("8 Jul 2022")),
        (["2022-07-08 US digital"], {}, day_style.DEFAULT, Cell("8 Jul 2022 digital")),
        (["2022-07-08 BR limited"], {}, day_style.DEFAULT, Cell("8 Jul 2022 BR limited")),
        (["2022-07-08"], {"unverified": ("date",)}, day_style.DEFAULT, Cell("8 Jul 2022?")),
        (["2022-07-08 BR"], {"unverified": ("dates",)}, day_style.DEFAULT, Cell("8 Jul 2022? BR")),
        (["2022-07-08"], {"unverified": ("cast",)}, day_style.DEFAULT, Cell("8 Jul 2022")),
        ([], {}, day_style.DEFAULT, Cell("no date yet", "undated")),
        ([], {"stage": "filming"}, day_style.DEFAULT, Cell("no date yet", "undated")),
        ([], {"stage": "released"}, day_style.DEFAULT, Cell("", "undated")),
    ],
)
def test_date_of_another_region_is_marked(
    dates: list[str], facts: dict[str, Any], style: str, cell: Cell
) -> None:
    """And of what kind, if that is none of the usual; doubt stands right behind the date."""
    assert cells.date_cell(outlook_of(film("A", *dates, **facts)), style) == cell


@pytest.mark.parametrize(
    ("dates", "facts", "cell"),
    [
        (["2022-07-08"], {}, Cell("in 4 days", "week")),
        (["2022-07-01"], {}, Cell("3 days ago", "released")),
        (["2022-07"], {}, Cell("by 31 Jul", "window")),
        (["2022-06"], {}, Cell("due 4 days ago", "overdue")),
        ([], {"stage": "released"}, Cell("out", "released")),
        ([], {"stage": "filming"}, Cell("filming", "undated")),
        (["2022-07-08"], {"stage": "on-hold"}, Cell("on hold", "undated")),
        ([], {"stage": "filming", "unverified": ("stage",)}, Cell("filming?", "undated")),
        ([], {}, Cell("stage unknown", "undated")),
        ([], {"unverified": ("stage",)}, Cell("stage unknown", "undated")),
    ],
)
def test_time_left_or_else_the_stage(dates: list[str], facts: dict[str, Any], cell: Cell) -> None:
    """There is nothing to count without a date, nor for a shelved production."""
    assert cells.time_left_cell(outlook_of(film("A", *dates, **facts)), CONTEXT) == cell


@pytest.mark.parametrize(
    ("facts", "text"),
    [
        ({}, ""),
        ({"platform": ("Netflix",), "distributor": ("A24",)}, "Netflix"),
        ({"platform": ("Netflix", "IMAX")}, "Netflix, IMAX"),
        ({"platform": ("Netflix",), "unverified": ("platform",)}, "Netflix"),
        ({"platform": ("Netflix",), "unverified": ("distributor",)}, "Netflix"),
        ({"distributor": ("A24", "Disney")}, "A24, Disney"),
        ({"distributor": ("A24",), "unverified": ("distributor",)}, "A24"),
        ({"distributor": ("A24",), "unverified": ("platform",)}, "A24"),
    ],
)
def test_where_it_is_outlook_of(facts: dict[str, Any], text: str) -> None:
    """The platform, else who distributes it; doubt is not marked."""
    assert cells.platforms(film("A", **facts)) == text


@pytest.mark.parametrize(
    ("facts", "text"),
    [
        ({}, ""),
        ({"cast": (Credit("Zendaya"),)}, "Zendaya"),
        ({"cast": (Credit("Zendaya", "Chani"), Credit("Bale"), Credit("Damon"))}, "Zendaya, Bale"),
        ({"cast": (Credit("Zendaya"),), "unverified": ("cast",)}, "Zendaya"),
        ({"cast": (Credit("Zendaya"),), "director": ("Nolan",)}, "Zendaya"),
        ({"director": ("A", "B", "C"), "creator": ("D",), "writer": ("E",)}, "by A, B"),
        ({"creator": ("D",), "writer": ("E",)}, "by D"),
        ({"writer": ("E",), "unverified": ("cast",)}, "by E"),
    ],
)
def test_who_is_in_it_or_makes_it(facts: dict[str, Any], text: str) -> None:
    """Two names at most: cast, else director, creator, writer."""
    assert cells.people(film("A", **facts)) == text


@pytest.mark.parametrize(
    ("date", "facts", "text"),
    [
        ("2022-07-08", {}, ""),
        ("2022-07-08 US theatrical", {}, "in theaters"),
        ("2022-07-08 US theatrical", {"platform": ("IMAX",)}, "in theaters · IMAX"),
        ("2022-07-08", {"platform": ("Netflix", "Hulu")}, "on Netflix, Hulu"),
        ("2022-07-08 US streaming", {"platform": ("Netflix",)}, "on Netflix"),
        ("2022-07-08 US streaming", {}, "streaming"),
        ("2022-07-08 US tv", {"platform": ("HBO",)}, "on HBO"),
        ("2022-07-08 US tv", {}, "on TV"),
        ("2022-07-08 US digital", {"platform": ("iTunes",)}, "digital · iTunes"),
        ("2022-07-08 US physical", {}, "on disc"),
        ("2022-07-08 US re-release", {}, "back in theaters"),
        ("2022-07-08 US limited", {}, "in some theaters"),
        ("", {"platform": ("Netflix",)}, "on Netflix"),
        ("", {}, ""),
    ],
)
def test_form_in_which_it_comes_out(date: str, facts: dict[str, Any], text: str) -> None:
    """By the type of its date, and where; what the type says is not said twice."""
    dates = [date] if date else []
    assert cells.where(outlook_of(film("A", *dates, **facts))) == text


def test_first_names_of_a_cast() -> None:
    """As many as there is room for; else of those who make it."""
    assert cells.cast(THOR, 2) == ("Chris Hemsworth", "Natalie Portman")
    assert cells.cast(film("A", writer=("B", "C", "D")), 2) == ()


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://www.variety.com/2022/thor://x", "variety.com"),
        ("http://deadline.com", "deadline.com"),
        ("https://wwww.org/", "wwww.org"),
        ("https://awww.org/", "awww.org"),
        ("", ""),
        (None, ""),
    ],
)
def test_host_of_an_address(url: str | None, host: str) -> None:
    """Without `www.`, as people say it."""
    assert cells.host(url) == host


def test_since_when_it_is_at_its_stage() -> None:
    """In the style that is wanted; nothing if nobody knows."""
    assert cells.stage_since(outlook_of(THOR)) == "since May 2022"
    assert cells.stage_since(outlook_of(THOR), day_style.ISO) == "since 2022-05"
    assert cells.stage_since(outlook_of(film("A"))) == ""


@pytest.mark.parametrize(
    ("dates", "stage", "text"),
    [
        (["2022-07-08"], "on-hold", "was Jul 8, 2022"),
        (["2022-07-08"], "cancelled", "was Jul 8, 2022"),
        (["2022-07-08"], "filming", ""),
        ([], "on-hold", ""),
    ],
)
def test_date_of_a_shelved_production_is_past(dates: list[str], stage: str, text: str) -> None:
    """Only of one that is shelved, and had a date."""
    assert cells.former_date(outlook_of(film("A", *dates, stage=stage)), day_style.AMERICAN) == text


@pytest.mark.parametrize(
    ("moves", "text"),
    [
        ([("2022-07-08", "2023-03-04"), ("2023-03-04", None)], "was 4 Mar 2023"),
        ([("2022-07-08", None), (None, "2023-03-04")], ""),
        ([(None, None)], ""),
    ],
)
def test_date_that_was_withdrawn_is_past(
    moves: list[tuple[str | None, str | None]], text: str
) -> None:
    """The last one, of what has none now."""
    release = film("A", moves=tuple(move(*each) for each in moves))
    assert cells.former_date(outlook_of(release)) == text
    (table,) = (b for b in listing([outlook_of(release)], CONTEXT).blocks() if isinstance(b, Table))
    assert table.rows[0][4].text == text
    (table,) = (b for b in months_of(release) if isinstance(b, Table))
    assert table.rows[0][3].text == text


def months_of(release: Release) -> list[Block]:
    """*release* as a terminal lists it."""
    return months([outlook_of(release)], CONTEXT, heading="", followed=(), columns=80)


def test_one_key_in_doubt_among_several_is_enough() -> None:
    """The sign says that any of them is, once."""
    release = film("A", unverified=("cast", "stage"))
    assert cells.signed("2027", release, "date", "stage") == "2027?"
    assert cells.signed("2027?", release, "date", "stage") == "2027?"
    assert cells.signed("2027", release, "date", "dates") == "2027"
    assert cells.signed("2027", release) == "2027"


def test_doubt_of_a_former_date_and_of_a_stage_that_began() -> None:
    """They are dates, too."""
    release = film("A", "2022-07-08", stage="on-hold", unverified=("date", "stage_since"))
    assert cells.former_date(outlook_of(release)) == "was 8 Jul 2022?"
    release = film("A", stage_since="2022-03", unverified=("stage_since",))
    assert cells.stage_since(outlook_of(release)) == "since Mar 2022?"
