"""An axis of time, drawn with characters: a day is a dot on it, a window a bar."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import chain
from typing import Final, NamedTuple

from countdown.core import dates, day_style, wording
from countdown.core.dates import ReleaseDate
from countdown.core.width import pad, width

_DAY, _WINDOW, _LINE, _TICK = "●", "━", "─", "┬"
_TODAY: Final = "▼"  # on the ruler, above the line for today
TODAY_LINE: Final = "│"
RUN: Final = _DAY + _WINDOW  # the first episode of a season, and the time until the last one
_MAX_QUARTERS: Final = 6  # of an axis that is divided into quarters
_MIN_QUARTERS: Final = 4
_MIN_YEARS: Final = 2
# Years between two ticks; at the last one, the calendar has no second.
_STEPS: Final = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000)


class Axis(NamedTuple):
    """An axis of *size* cells for the days from *first* to *last*, both ordinals.

    *ticks* are the days on which a period begins, each with its label.
    """

    first: int
    last: int
    size: int
    ticks: tuple[tuple[date, str], ...]

    def cell(self, day: date) -> int:
        """The index of the cell of *day*; for a day beyond an end, that of the end."""
        ordinal = min(max(day.toordinal(), self.first), self.last)
        return (ordinal - self.first) * self.size // (self.last - self.first + 1)


def axis_of(
    windows: Sequence[ReleaseDate], today: date, size: int, style: str = day_style.DEFAULT
) -> Axis:
    """An axis of *size* cells for *today* and all *windows*, in quarters or years.

    It covers whole quarters or years, and all labels have room. Open windows extend to its end.
    """
    first = min([today, *(when.earliest for when in windows)])
    last = max([today, *(when.earliest if when.is_open else when.latest for when in windows)])
    axes = chain(_in_quarters(first, last, size, style), _in_years(first, last, size, style))
    return next(axis for axis in axes if _has_room(axis))


def _in_quarters(first: date, last: date, size: int, style: str) -> Iterator[Axis]:
    """An axis with a tick for each quarter, if they are few enough."""
    start, end = (on.year * 4 + (on.month - 1) // 3 for on in (first, last))
    end = max(end, start + _MIN_QUARTERS - 1)
    if end - start < _MAX_QUARTERS and end // 4 <= date.max.year:
        quarters = [dates.grouping(each // 4, 33 + each % 4) for each in range(start, end + 1)]
        yield _divided(quarters, size, style, quarters[-1].latest)


def _in_years(first: date, last: date, size: int, style: str) -> Iterator[Axis]:
    """Axes with ticks some years apart, the shortest interval first."""
    end = min(max(last.year, first.year + _MIN_YEARS - 1), date.max.year)
    last = date(end, 12, 31)
    return (
        _divided(
            [dates.year(number) for number in range(first.year, end + 1, step)], size, style, last
        )
        for step in _STEPS
        if (end - first.year) // step < size  # No cell has two ticks.
    )


def _divided(periods: Sequence[ReleaseDate], size: int, style: str, last: date) -> Axis:
    """An axis from the first of *periods* to *last*, with a tick at the start of each."""
    ticks = tuple((each.earliest, wording.format_date(each, style)) for each in periods)
    return Axis(ticks[0][0].toordinal(), last.toordinal(), size, ticks)


def _has_room(axis: Axis) -> bool:
    """True if each label ends before the next one begins."""
    cells = [axis.cell(day) for day, _ in axis.ticks]
    ends = [cell + width(label) for cell, (_, label) in zip(cells, axis.ticks, strict=True)]
    return all(end < cell for end, cell in zip(ends, cells[1:], strict=False))


def labels(axis: Axis) -> str:
    """The labels of *axis*, each above its tick: `2026 2027`; none extends beyond the end."""
    text = ""
    for day, label in axis.ticks:
        if axis.cell(day) + width(label) <= axis.size:
            text = pad(text, axis.cell(day)) + label
    return text


def ruler(axis: Axis, today: date | None = None) -> str:
    """The line of *axis* with its ticks, and a sign for *today*: `┬──▼────┬───────`."""
    signs = {axis.cell(day): _TICK for day, _ in axis.ticks}
    if today:
        signs[axis.cell(today)] = _TODAY
    return "".join(signs.get(cell, _LINE) for cell in range(axis.size))


def mark(axis: Axis, when: ReleaseDate, label: str, end: ReleaseDate | None = None) -> str:
    """*when* on *axis*, and beside it the *label*, on the right unless only the left has room.

    For the run of a season, *end* is the date of its last episode.
    """
    start, last = axis.cell(when.earliest), axis.cell(when.latest)
    sign = _DAY if when.earliest == when.latest else _WINDOW * (last - start + 1)
    if end:
        sign += _WINDOW * (axis.cell(end.latest) - last)
        last = max(last, axis.cell(end.latest))
    if last + 2 + width(label) > axis.size and start > width(label):
        return f"{' ' * (start - 1 - width(label))}{label} {sign}"
    return f"{' ' * start}{sign} {label}"


def with_line(text: str, cell: int) -> str:
    """*text*, drawn on an axis, with the line for today in its *cell* if nothing is there."""
    if width(text) <= cell:
        return pad(text, cell) + TODAY_LINE
    if text[: cell + 1].isspace():
        return text[:cell] + TODAY_LINE + text[cell + 1 :]
    return text
