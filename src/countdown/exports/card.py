"""A card of one release, for a chat or as the image of a web page: its texts and shapes.

It is laid out once, and drawn as SVG by `card_svg` and as PNG by `card_png`.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import Final, Literal, NamedTuple

from countdown.core import day_style
from countdown.core.dates import ReleaseDate
from countdown.core.outlook import Moment, Outlook, stage_rank
from countdown.core.release import TRACK
from countdown.exports import card_widths
from countdown.exports.card_words import Mood, Words, words

WIDTH: Final = 1200  # as pages give their image to Open Graph
HEIGHT: Final = 630
MARGIN: Final = 72
ROOM: Final = WIDTH - 2 * MARGIN
_TOP: Final = 100  # of the title
_MIDDLE: Final = 420  # where texts of the upper half end
_STRIP: Final = 432  # where the bar of months or stages begins
_STRIP_HEIGHT: Final = 14
_DETAILS: Final = 558  # the baseline of the last line above the credits
_BOTTOM: Final = 610  # the baseline of the last line of credits
_LINE: Final = 1.12  # the height of a line, in the size of its letters
_TITLE_SIZES: Final = ((104, 1), (84, 2), (72, 2), (58, 3), (50, 3))  # with the most lines
_HEADLINE_SIZES: Final = (60, 54, 48)
_SMALL_SIZES: Final = ((18, 1), (16, 2), (13, 3))  # of credits, with the most lines
_MAX_YEARS: Final = 2  # on the bar of months
_CENTRE: Final = (1010, 300)  # of the rings of a film leader, behind the texts
_RADII: Final = (340, 250, 160)

Role = Literal["top", "bottom", "text", "muted", "groove"] | Mood
# Each colour of a text contrasts with both ends of the page by at least 4.5 : 1 (WCAG 2.2, 1.4.3).
COLOURS: Final[dict[Role, str]] = {
    "top": "#1b1f31",
    "bottom": "#0e1019",
    "text": "#f6f7fb",
    "muted": "#aeb5c8",
    "groove": "#363c52",
    "day": "#ffc35c",
    "window": "#bdb4ff",
    "undated": "#8fc7f2",
    "held": "#c9cddb",
    "cancelled": "#ff9a93",
    "overdue": "#ff9f6b",
    "released": "#8edba3",
}


class Span(NamedTuple):
    """A piece of a line of text; *gap* is the room before it."""

    text: str
    size: int
    role: Role
    is_bold: bool = False
    gap: int = 0


class Text(NamedTuple):
    """A line of text: its pieces, its baseline, and the place at which it begins.

    With another *anchor*, that is the place of its middle or its end. It fits in *room*.
    """

    x: float
    y: float
    spans: tuple[Span, ...]
    anchor: Literal["start", "middle", "end"] = "start"
    room: float = ROOM


class Bar(NamedTuple):
    """A bar with round ends, if it has a *radius*."""

    x: float
    y: float
    width: float
    height: float
    role: Role
    radius: float = 0
    opacity: float = 1


class Ring(NamedTuple):
    """A circle around a centre; with a *thickness* of 0, a dot."""

    x: float
    y: float
    radius: float
    thickness: float
    role: Role
    opacity: float = 1


class Picture(NamedTuple):
    """A card, and its *title* and *description* for who can't see it. Later shapes lie on top."""

    title: str
    description: str
    shapes: tuple[Bar | Ring, ...]
    texts: tuple[Text, ...]


def lay_out(
    outlook: Outlook,
    now: Moment,
    *,
    region: str | None = None,
    credits: Sequence[str] = (),
    style: str = day_style.DEFAULT,
) -> Picture:
    """The card of *outlook* at *now*, for somebody in *region*; days are written in *style*.

    *credits* are what the licences of its facts ask for.
    """
    said = words(outlook, now, region=region, style=style)
    small = card_widths.clean(" · ".join(filter(None, (said.checked, *credits))))
    strip, below = _strip(outlook, said.mood), _small_print(small)
    return Picture(
        said.title,
        _description(said, small),
        (*_background(said.mood), *(each for each in strip if not isinstance(each, Text))),
        (
            *_upper(said),
            *(each for each in strip if isinstance(each, Text)),
            *_details(said, min(_DETAILS, below[0].y - 38) if below else _DETAILS),
            *below,
        ),
    )


def _description(said: Words, small: str) -> str:
    date = ", ".join((said.headline, *said.notes))
    parts = (said.title, said.labels, date, said.left, said.where, said.people, small)
    return " ".join(f"{part.removesuffix('.')}." for part in parts if part)


def _background(mood: Mood) -> Iterator[Bar | Ring]:
    """The rings and the cross of a film leader, and a bar at the side, in the colour of *mood*."""
    x, y = _CENTRE
    for radius in _RADII:
        yield Ring(x, y, radius, 3, mood, 0.11)
    yield Bar(x - 1, 0, 2, HEIGHT, mood, opacity=0.07)
    yield Bar(0, y - 1, WIDTH, 2, mood, opacity=0.07)
    yield Bar(0, 0, 14, HEIGHT, mood)


def _upper(said: Words) -> list[Text]:
    """The labels, the title, the date, and the time left."""
    size, title = _title(said.title)
    headline, notes = _headline(said)
    left = f"{' · '.join(notes)} · {said.left[:1].lower()}{said.left[1:]}" if notes else said.left
    height = size * _LINE * len(title) + headline[0].size * 1.25 + 46
    spare = max(_MIDDLE - _TOP - height, 0)
    y = _TOP + spare * 0.2
    texts = [_text(_TOP - 20 + spare * 0.08, said.labels, 26, said.mood)]
    for line in title:
        y += size * _LINE
        texts.append(_text(y - size * 0.2, line, size, "text", is_bold=True))
    y += headline[0].size * 1.25 + spare * 0.15
    texts.append(Text(MARGIN, y - headline[0].size * 0.2, headline))
    return [*texts, _text(y + 38, left, _largest(left, (30, 26, 23)), "text")]


def _text(y: float, text: str, size: int, role: Role, *, is_bold: bool = False) -> Text:
    """A line from the margin on, cut if it is too long."""
    return Text(MARGIN, y, (Span(card_widths.fit(text, size, ROOM), size, role, is_bold),))


def _largest(text: str, sizes: Sequence[int]) -> int:
    """The first of *sizes* in which *text* fits, else the last."""
    return next((each for each in sizes if card_widths.length(text, each) <= ROOM), sizes[-1])


def _title(title: str) -> tuple[int, list[str]]:
    """The lines of the title and their size: the largest that has room for all of it."""
    return _lines(title, _TITLE_SIZES, is_even=True)


def _lines(
    text: str, sizes: Sequence[tuple[int, int]], *, is_even: bool = False
) -> tuple[int, list[str]]:
    """The largest of *sizes* in which *text* fits into its number of lines, and these lines.

    If it fits in none, the last line is cut.
    """
    size, most, found = 0, 0, [text]
    for size, most in sizes:
        found = card_widths.lines(text, size, ROOM, most, is_even=is_even)
        if len(found) <= most:
            return size, found
    *kept, last = found[:most]
    return size, [*kept, card_widths.ended(last, size, ROOM)]


def _headline(said: Words) -> tuple[tuple[Span, ...], tuple[str, ...]]:
    """The date, with the notes beside it; without room for them, they are returned."""
    beside = " · ".join(said.notes)
    for size in _HEADLINE_SIZES:
        needed = card_widths.length(said.headline, size) + 20 + card_widths.length(beside, 30)
        if needed <= ROOM:
            first = Span(said.headline, size, said.mood, is_bold=True)
            notes = (Span(beside, 30, "text", gap=20),) if beside else ()
            return (first, *notes), ()
    size = _largest(said.headline, (*_HEADLINE_SIZES, 42, 36))
    text = card_widths.fit(said.headline, size, ROOM)
    return (Span(text, size, said.mood, is_bold=True),), said.notes


# ---- The bar of months or stages ----


def _strip(outlook: Outlook, mood: Mood) -> list[Bar | Ring | Text]:
    """The months of the year with the day or window of the date, or the stages so far."""
    when = outlook.date
    if mood == "undated":
        return [*_stages(outlook)]
    if mood not in ("day", "window", "overdue") or when is None or when.is_open:
        return []
    is_short = when.latest.year - when.earliest.year < _MAX_YEARS
    return [*_months(when, mood)] if is_short else []


def _months(when: ReleaseDate, mood: Mood) -> Iterator[Bar | Ring | Text]:
    years = range(when.earliest.year, when.latest.year + 1)
    starts = [date(year, month, 1) for year in years for month in range(1, 13)]
    edges = [*(start.toordinal() for start in starts), date(years[-1], 12, 31).toordinal() + 1]
    for start, (first, last) in zip(starts, pairwise(edges), strict=True):
        left, right = _place(first, edges), _place(last, edges)
        yield Bar(left, _STRIP, right - left - 4, _STRIP_HEIGHT, "groove", 4)
        is_january = start.month == 1
        label = str(start.year) if is_january else f"{start:%b}"
        size = 18 if len(years) == 1 else 15
        span = Span(label, size, "text" if is_january else "muted", is_january)
        yield Text((left + right) / 2 - 2, _STRIP + 37, (span,), "middle", right - left)
    if when.earliest == when.latest:
        middle = _place(when.latest.toordinal() + 0.5, edges)
        yield Ring(middle, _STRIP + _STRIP_HEIGHT / 2, 16, 0, "bottom")
        yield Ring(middle, _STRIP + _STRIP_HEIGHT / 2, 12, 0, mood)
    else:
        left, right = (
            _place(each, edges) for each in (when.earliest.toordinal(), when.latest.toordinal() + 1)
        )
        yield Bar(left, _STRIP - 2, right - left - 4, _STRIP_HEIGHT + 4, mood, 4)


def _place(day: float, edges: Sequence[int]) -> float:
    """The place of *day* on the bar between the first and the last of *edges*."""
    return MARGIN + (ROOM + 4) * (day - edges[0]) / (edges[-1] - edges[0])


def _stages(outlook: Outlook) -> Iterator[Bar | Ring | Text]:
    reached = min(max(stage_rank(outlook.stage), 0), len(TRACK))
    step = (ROOM + 4) / len(TRACK)
    for at, stage in enumerate(TRACK, 1):
        x = MARGIN + step * (at - 1)
        role: Role = "undated" if at <= reached else "groove"
        yield Bar(x, _STRIP, step - 4, _STRIP_HEIGHT, role, 4)
        if at == reached or (at in (1, len(TRACK)) and abs(at - (reached or -1)) > 1):
            place, anchor = _label_place(at, x, step)
            role = "text" if at == reached else "muted"
            span = Span(stage, 20, role, at == reached)
            yield Text(place, _STRIP + 39, (span,), anchor, step * 1.5)


def _label_place(at: int, x: float, step: float) -> tuple[float, Literal["start", "middle", "end"]]:
    if at == 1:
        return x, "start"
    return (x + step - 4, "end") if at == len(TRACK) else (x + step / 2 - 2, "middle")


# ---- Below ----


def _details(said: Words, bottom: float) -> list[Text]:
    """Where it comes out, and with whom; the last line is at *bottom*."""
    lines: list[tuple[str, Role]] = [(said.where, "muted"), (said.people, "text")]
    lines = [each for each in lines if each[0]]
    first = bottom - 34 * (len(lines) - 1)
    return [
        _text(first + 34 * at, line, _largest(line, (26, 23)), role)
        for at, (line, role) in enumerate(lines)
    ]


def _small_print(text: str) -> list[Text]:
    """The last check of the facts, and the credits that are due."""
    if not text:
        return []
    size, lines = _lines(text, _SMALL_SIZES)
    step = size * 1.25
    first = _BOTTOM - step * (len(lines) - 1)
    return [_text(first + step * at, line, size, "muted") for at, line in enumerate(lines)]
