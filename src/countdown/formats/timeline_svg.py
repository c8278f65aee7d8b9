"""Timelines as pictures in SVG: rows of titles beside one axis of quarters or years."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final, NamedTuple

from countdown.core import day_style, wording
from countdown.core.dates import ReleaseDate
from countdown.core.width import cut, width
from countdown.formats import svg
from countdown.views import origins, stages
from countdown.views.axis import Axis, axis_of
from countdown.views.person import Person, credits_text
from countdown.views.timeline_rows import Groups, Row, rows
from countdown.views.view import ViewContext, urgency

_WIDTH: Final = 1000
_MARGIN: Final = 24
_AXIS: Final = 360  # where the axis begins
_END: Final = _WIDTH - _MARGIN  # where it ends
_TOP: Final = 84  # of the first row
_ROW: Final = 26
_CELL: Final = 7.4  # about the width of a letter; no reader says how wide its letters are
_TITLE: Final = 42  # letters that fit before the axis
_TICKS: Final = 64  # cells of text for which the axis chooses its ticks
_SHAPE: Final = 6  # the radius of a point, and half the height of a bar

# Each colour contrasts with its background by at least 4.5 : 1 (WCAG 2.2, 1.4.3).
_LIGHT: Final = (
    "--page:#fff;--text:#1c1c1c;--muted:#626262;--grid:#d0d0d0;--today:#c00000;--week:#9a4d00;"
    "--month:#875f00;--later:#005faf;--window:#5f5faf;--overdue:#af0000;--released:#005f00;"
    "--undated:#626262"
)
_DARK: Final = (
    "--page:#1c1c1c;--text:#eee;--muted:#9e9e9e;--grid:#444;--today:#ff875f;--week:#ffaf5f;"
    "--month:#ffd787;--later:#87afd7;--window:#afafd7;--overdue:#ff6f6f;--released:#87af87;"
    "--undated:#9e9e9e"
)
_URGENCIES: Final = (
    *("today", "week", "month", "later", "window", "overdue", "released", "undated"),
)
_STYLE: Final = "".join(
    [
        f".timeline{{{_LIGHT}}}",
        f"@media(prefers-color-scheme:dark){{.timeline{{{_DARK}}}}}",
        # A seam in the colour of the page keeps lines off the letters.
        ".timeline text{font:13px sans-serif;fill:var(--text);paint-order:stroke;",
        "stroke:var(--page);stroke-width:3px}",
        ".timeline .heading{font-weight:bold}.timeline .first{font-size:18px}",
        ".timeline .muted{fill:var(--muted)}.timeline .page{fill:var(--page)}",
        ".timeline .grid{stroke:var(--grid)}",
        ".timeline .now{stroke:var(--today);stroke-dasharray:4 3}",
        ".timeline .now-label{fill:var(--today)}",
        *(f".timeline .{name}{{fill:var(--{name})}}" for name in _URGENCIES),
        ".timeline .run{fill-opacity:.55}",
    ]
)


class _Scale(NamedTuple):
    """The *axis*, and the places of its days in the picture."""

    axis: Axis

    def at(self, ordinal: int) -> float:
        """The place at which the day *ordinal* begins; for one beyond an end, that of the end."""
        days = self.axis.last - self.axis.first + 1
        inside = min(max(ordinal - self.axis.first, 0), days)
        return _AXIS + (_END - _AXIS) * inside / days

    def start(self, day: date) -> float:
        """The place at which *day* begins."""
        return self.at(day.toordinal())

    def end(self, day: date) -> float:
        """The place at which *day* ends."""
        return self.at(day.toordinal() + 1)


def draw(
    people: Sequence[Person], context: ViewContext, *, title: str, followed: frozenset[str]
) -> str:
    """The releases of *people* in a picture called *title*; *followed* ones have a heart.

    The same releases give the same text on the same day.
    """
    groups = rows(people, context, followed, with_runs=True)
    scale = _scale(groups, context)
    body, y = list[str](), _TOP
    for person, own in groups:
        if len(groups) > 1:
            body.append(svg.text(_MARGIN, y + 17, person.name, "heading"))
            y += _ROW
        drawn, y = _group(own, scale, context, y)
        body += drawn
        y += _ROW // 2 if len(groups) > 1 else 0
    for line in _credits(groups):
        body.append(svg.text(_MARGIN, y + 17, line, "muted"))
        y += _ROW
    height = y + _MARGIN // 2
    today = day_style.short_day(context.now.today, context.date_style, year=True)
    head = [
        svg.element("rect", {"class": "page", "width": _WIDTH, "height": height}),
        svg.text(_MARGIN, 36, cut(title, 80), "heading first"),
        svg.text(_END, 36, today, "muted", "end"),
        *(_labels(scale) if scale else ()),
    ]
    inner = svg.element("g", {"class": "timeline"}, "\n".join([*head, *body]))
    description = _description(groups, context)
    return svg.document(title, description, size=(_WIDTH, height), style=_STYLE, body=[inner])


def _scale(groups: Groups, context: ViewContext) -> _Scale | None:
    """The scale that all dates fit on; None without a date."""
    every = [row for _, own in groups for row in own if row.date]
    windows = [row.outlook.date for row in every if row.outlook.date]
    windows += [row.end for row in every if row.end]
    if not windows:
        return None
    return _Scale(axis_of(windows, context.now.today, _TICKS, context.date_style))


def _labels(scale: _Scale) -> Iterator[str]:
    for day, label in scale.axis.ticks:
        if scale.start(day) + _CELL * width(label) <= _END:
            yield svg.text(scale.start(day) + 3, _TOP - 12, label, "muted")


def _group(
    own: Sequence[Row], scale: _Scale | None, context: ViewContext, y: int
) -> tuple[list[str], int]:
    """The rows of one group from *y* on, with the grid behind those with dates; and their end."""
    dated = [row for row in own if row.date]
    drawn = _grid(scale, context, y, y + _ROW * len(dated)) if scale and dated else []
    heading = ""
    for row in own:
        own_heading = "" if row.outlook.dated else stages.dateless_heading(row.outlook)
        if own_heading != heading:
            drawn.append(svg.text(_MARGIN, y + 17, own_heading, "muted"))
            y += _ROW
        heading = own_heading
        drawn.append(_row(row, scale, y))
        y += _ROW
    return drawn, y


def _grid(scale: _Scale, context: ViewContext, top: int, bottom: int) -> list[str]:
    """A line for each tick, and the dashed line for today, from *top* to *bottom*."""
    lines = [_line(scale.start(day), top, bottom, "grid") for day, _ in scale.axis.ticks]
    today = context.now.today
    middle = (scale.start(today) + scale.end(today)) / 2
    return [*lines, _line(middle, top, bottom, "now")]


def _line(x: float, top: int, bottom: int, style: str) -> str:
    return svg.element("line", {"class": style, "x1": x, "x2": x, "y1": top, "y2": bottom})


def _row(row: Row, scale: _Scale | None, y: int) -> str:
    """One release: its title, and its point, bar or stage; readers with a mouse see all of it."""
    base = y + 17
    name = f"{row.name} {row.heart}" if row.heart else row.name
    parts = [
        svg.element("title", {}, svg.escaped(_sentence(row))),
        svg.text(_MARGIN, base, cut(name, _TITLE), "heading" if row.heart else ""),
    ]
    when = row.outlook.date
    if row.date and when and scale:
        parts += _mark(row, when, scale, y)
    else:
        said = " · ".join(part for part in (row.left.text, row.news) if part)
        parts.append(svg.text(_AXIS, base, f"{row.track} {said}".lstrip(), "muted"))
    return svg.element("g", {}, "".join(parts))


def _mark(row: Row, when: ReleaseDate, scale: _Scale, y: int) -> Iterator[str]:
    """A point for a day, a bar for a window or the run of a season, and the date beside it.

    If neither side has room for the date, it lies on the bar.
    """
    style, centre = urgency(row.outlook), y + _ROW / 2
    start, end = scale.start(when.earliest), scale.end(when.latest)
    if when.earliest == when.latest:
        middle = (start + end) / 2
        start, end = middle - _SHAPE, middle + _SHAPE
        yield svg.element("circle", {"class": style, "cx": middle, "cy": centre, "r": _SHAPE})
    else:
        yield _bar(style, start, end, centre, _SHAPE)
    if row.end:
        last = max(scale.end(row.end.latest), end)
        yield _bar(f"{style} run", (start + end) / 2, last, centre, _SHAPE // 2)
        end = last
    length = _CELL * width(row.date)
    if end + 8 + length <= _END:
        yield svg.text(end + 8, y + 17, row.date, style)
    elif start - 8 - length > _AXIS:
        yield svg.text(start - 8, y + 17, row.date, style, "end")
    else:
        yield svg.text(end - 8, y + 17, row.date, "", "end")


def _bar(style: str, start: float, end: float, centre: float, half: int) -> str:
    attributes: dict[str, svg.Value] = {"class": style, "x": start, "y": centre - half}
    attributes |= {"width": max(end - start, 2.0), "height": half * 2, "rx": half}
    return svg.element("rect", attributes)


def _sentence(row: Row) -> str:
    """`Avengers: Doomsday: 18 Dec 2026 US, in 22 days, Walt Disney Studios`."""
    said = (row.date, row.left.text, credits_text(row.credits, "as "), row.where, row.news)
    return f"{row.name}: {', '.join(part for part in said if part)}"


def _description(groups: Groups, context: ViewContext) -> str:
    """What the picture shows, for those who can't see it."""
    day = wording.day_label(context.now.today, context.date_style)
    sentences = [f"As of {day}."]
    for person, own in groups:
        sentences += [f"{person.name}:"] if len(groups) > 1 else []
        sentences += [f"{_sentence(row)}." for row in own]
    return " ".join(sentences)


def _credits(groups: Groups) -> list[str]:
    """The credits that the sources of the facts ask for."""
    return origins.credits_of(row.outlook for _, own in groups for row in own)
