"""Releases on the evening of 4 July 2022, and short ways to look at a view of them."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from countdown.core import day_style, edtf
from countdown.core.outlook import Moment, Outlook, outlook
from countdown.core.release import AnnouncedDate, Credit, Move, Release, Source
from countdown.core.width import NO_BREAK
from countdown.formats.columns import widths
from countdown.views.view import Block, Cell, Items, Lines, Pairs, Table, View, ViewContext

NOW = Moment.at(datetime(2022, 7, 4, 20, 30, tzinfo=UTC), ZoneInfo("UTC"))
CONTEXT = ViewContext(NOW, "US", "UTC")
AMERICAN = CONTEXT._replace(date_style=day_style.AMERICAN)
ISO = CONTEXT._replace(date_style=day_style.ISO)


def film(title: str, *dates: str, **facts: Any) -> Release:
    """A film with *dates* like `2022-07-08`, `2022-07-08 BR` or `2022-07-08 BR premiere`."""
    made = []
    for text in dates:
        when, region, type = [*text.split(), None, None][:3]
        market = None if region == "-" else region
        made.append(AnnouncedDate.of(edtf.parse(str(when)), market, type))
    for key in ("stage_since", "expected", "checked"):
        if key in facts:
            facts[key] = edtf.parse(facts[key])
    if not {"date", "dates"}.isdisjoint(facts.get("unverified", ())):
        made = [dated._replace(unverified=True) for dated in made]
    identifier = facts.pop("id", title.lower().replace(" ", "-"))
    return Release(identifier, title, facts.pop("kind", "film"), dates=tuple(made), **facts)


def outlook_of(release: Release, now: Moment = NOW, region: str | None = "US") -> Outlook:
    """How *release* looks at that moment from that region."""
    return outlook(release, now=now, region=region)


def source(url: str, when: str | None = None) -> Source:
    """A source, of the day *when*."""
    return Source(url, edtf.parse(when) if when else None)


def move(
    before: str | None, after: str | None, announced: str | None = None, source: str | None = None
) -> Move:
    """A move from one date to another."""
    first, last, on = (edtf.parse(end) if end else None for end in (before, after, announced))
    return Move(first, last, on, source)


THOR = film(
    "Thor: Love and Thunder",
    *("2022-07-08 US theatrical", "2022-07-07 BR theatrical", "2022-09-08T07:00Z - streaming"),
    id="thor-4",
    was=("untitled-thor-film",),
    aliases=("Thor 4",),
    titles=(("pt-BR", "Thor: Amor e Trovão"), ("ja", "ソー:ラブ&サンダー")),
    franchise=("Marvel", "Thor"),
    platform=("Disney+", "IMAX"),
    distributor=("Disney",),
    studio=("Marvel Studios",),
    country=("US", "AU"),
    director=("Taika Waititi",),
    writer=("Taika Waititi", "Jennifer Kaytin Robinson"),
    creator=("Stan Lee",),
    cast=(
        Credit("Chris Hemsworth", "Thor"),
        Credit("Natalie Portman", "Jane Foster"),
        Credit("Matt Damon"),
    ),
    synopsis="A god in midlife meets a butcher of gods.",
    sequel_to="thor-3",
    stage="completed",
    stage_since="2022-05",
    stage_note="Locked in May.",
    expected="2022-07",
    moves=(move("2021-11-05", "2022-02-11", "2020-04-03", "https://www.variety.com/thor"),),
    unverified=("writer",),
    checked="2022-07-01",
    sources=(source("https://deadline.com/1", "2022-06-30"), source("https://marvel.com/thor")),
    ids=(("imdb", "tt10648342"), ("tmdb", 616037)),
)

DUNE = film(
    "Dune",
    *("2024-03-01",),
    id="dune-2",
    kind="film",
    distributor=("Warner",),
    cast=(Credit("Zendaya", "Chani"),),
    director=("Denis Villeneuve",),
    writer=("Denis Villeneuve", "Jon Spaihts"),
)
BLADE = film(
    "Blade", stage="pre-production", stage_since="2022-03", platform=("Disney+",), kind="film"
)


def tables(view: View) -> list[Table]:
    """The tables of *view*."""
    return [block for block in view.blocks() if isinstance(block, Table)]


def texts(table: Table) -> list[tuple[str, ...]]:
    """The rows of *table* without styles."""
    return [tuple(cell.text for cell in row) for row in table.rows]


def looks(table: Table) -> list[tuple[str, ...]]:
    """The styles of the rows of *table*."""
    return [tuple(cell.style for cell in row) for row in table.rows]


def columns(table: Table) -> list[tuple[str, str]]:
    """What the columns of *table* are called, and whether their text is cut or has days in it."""
    return [
        (column.heading, " ".join(["stretch"] * column.stretch + ["days"] * column.days))
        for column in table.columns
    ]


def drop_out(table: Table) -> list[str]:
    """The columns of *table* in the order in which they make room; one that stays is not there."""
    lengths = [[10]] * len(table.columns)
    headings = [column.heading for column in table.columns]
    order: list[str] = []
    for room in range(12 * len(headings), 0, -1):
        shown = widths(table.columns, lengths, room, gap=2)
        order += [
            heading
            for number, heading in enumerate(headings)
            if number not in shown and heading not in order
        ]
    return order


def runs(block: Block) -> list[list[Cell]]:
    """The cells of lines or items, row by row."""
    assert isinstance(block, Lines | Items)
    return [list(row) for row in (block.lines if isinstance(block, Lines) else block.items)]


def pairs(block: Block) -> list[tuple[str, str]]:
    """Labels and values."""
    assert isinstance(block, Pairs)
    return [(label, as_drawn("".join(cell.text for cell in value))) for label, value in block.rows]


def as_drawn(text: str) -> str:
    """*text* as a terminal shows it: with spaces where no line ends."""
    return text.replace(NO_BREAK, " ")


def legend(view: View) -> list[str]:
    """The items of the last block of *view*, in one text each."""
    last = [*view.blocks()][-1]
    assert isinstance(last, Items)
    return ["".join(cell.text for cell in item) for item in last.items]
