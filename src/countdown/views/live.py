"""The full screen of `live`: what is left until each release, as large as the screen allows."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from countdown.core import wording
from countdown.core.outlook import Outlook
from countdown.core.width import NO_BREAK, cut, width
from countdown.views import big_text, release_day, stages
from countdown.views.folding import folded
from countdown.views.view import Cell, Lines, ViewContext, urgency

TICKING_S: Final = 48 * 3600  # before a known instant, within which seconds are shown
_HINT: Final = "q quits"
_MIN_LINES_WITH_HINT: Final = 8
_GAP: Final = 3  # columns between releases side by side
_GOOD_SCALE: Final = 2  # of digits; only for smaller ones is a fact left out

_width: Final = lru_cache(1024)(width)  # Digits are drawn in rows that repeat, at every second.

Line = tuple[Cell, ...]


def frame(outlooks: Sequence[Outlook], context: ViewContext, columns: int, lines: int) -> Lines:
    """A screen of exactly *lines* lines, each of at most *columns* cells."""
    has_hint = lines >= _MIN_LINES_WITH_HINT
    room = lines - has_hint
    shown = outlooks if len(outlooks) <= room else outlooks[: max(room - 1, 1)]
    rows = _grid(shown, context, columns, room - (len(shown) < len(outlooks) and room > 1))
    if len(rows) < room:
        rows.append((Cell(cut(f"and {len(outlooks) - len(shown)} more", columns), "muted"),))
    if has_hint:
        rows.append((Cell(cut(_HINT, columns), "muted"),))
    return Lines(tuple(rows), verbatim=True)


def is_ticking(outlook: Outlook) -> bool:
    """True if its seconds are shown: a known instant less than two days away."""
    left = outlook.remaining
    seconds = left.seconds if left and outlook.dated else None
    return seconds is not None and 0 < seconds < TICKING_S


def is_out(outlook: Outlook) -> bool:
    """True if it is out, or comes out today at no known hour; a window alone never says so."""
    if outlook.state == "released":
        return True
    return release_day.is_counted(outlook) and _digits(outlook) in ("TODAY", "OUT")


def sentence(outlook: Outlook, context: ViewContext) -> str:
    """All that the screen shows of *outlook* in one line: `Lobo: In 26 days · 23 Dec 2026`."""
    facts = [release_day.time_left(outlook, context), *_facts(outlook, context)]
    texts = [cell.text.replace(NO_BREAK, " ") for cell in facts if cell.text]
    return f"{context.name(outlook.release)}: {' · '.join(dict.fromkeys(texts))}"


def _digits(outlook: Outlook) -> str:
    """The text to draw: `22`, `07:59:01`, TODAY or OUT; empty if no day is known to count to."""
    left = outlook.remaining
    if left is None or not release_day.is_counted(outlook):
        return ""
    if left.seconds is not None and left.seconds <= 0:
        return "OUT"
    if is_ticking(outlook):
        minutes, seconds = divmod(left.seconds or 0, 60)
        hours, minutes = divmod(minutes, 60)
        return f"{hours:02}:{minutes:02}:{seconds:02}"
    if left.max == 0:
        return "OUT" if outlook.state == "released" else "TODAY"
    return str(left.max)


def _unit(outlook: Outlook, digits: str) -> list[Cell]:
    return [Cell("day" if digits == "1" else "days", "title")] if digits.isdecimal() else []


def _facts(outlook: Outlook, context: ViewContext) -> list[Cell]:
    """The date, both ends of a window and the place; without a date the stage."""
    if outlook.dated:
        facts = release_day.facts(outlook, context)
    else:
        since = outlook.stage_since
        text = wording.format_date(since, context.date_style) if since else ""
        heading = stages.stage_heading(outlook)
        facts = [Cell(f"{heading} since {text}" if text else heading, "undated")]
    return [cell for cell in facts if cell.text]


def _grid(
    outlooks: Sequence[Outlook], context: ViewContext, columns: int, lines: int
) -> list[Line]:
    """*outlooks* in as many columns as give the largest digits, the fewer the better."""
    count = len(outlooks)
    best: tuple[int, int] = (-1, 1)  # scale, columns of releases
    for across in range(1, count + 1):
        size, high = _sizes(count, across, columns, lines)
        if size < 1 or high < 1:
            continue
        scale = columns
        for outlook in outlooks:
            scale = min(scale, _item(outlook, context, size, high, None)[0])
            if scale <= best[0]:
                break
        else:
            best = (scale, across)
    scale, across = best
    size, high = _sizes(count, across, columns, lines)
    items = [_item(outlook, context, size, high, scale)[1] for outlook in outlooks]
    rows: list[Line] = []
    for start in range(0, count, across):
        beside = [_centered(item, size, high) for item in items[start : start + across]]
        rows += [_joined(parts, size) for parts in zip(*beside, strict=True)]
    above = (lines - len(rows)) // 2
    return [*[()] * above, *rows, *[()] * (lines - len(rows) - above)]


def _sizes(count: int, across: int, columns: int, lines: int) -> tuple[int, int]:
    """The columns and lines for each of *count* releases, *across* of them side by side."""
    return (columns - _GAP * (across - 1)) // across, lines // -(-count // across)


def _item(
    outlook: Outlook, context: ViewContext, columns: int, lines: int, most: int | None
) -> tuple[int, list[Line]]:
    """One release in *columns* and *lines*, with its scale: 0 if it has no room for digits.

    The scale is at most *most*; a release without digits takes any.
    """
    name = Cell(context.name(outlook.release), "title")
    title, short_title = folded([name], columns), [name]
    facts = _facts(outlook, context)
    digits = _digits(outlook)
    unit = _unit(outlook, digits)
    if not digits:
        left = release_day.time_left(outlook, context)
        words = folded([cell for cell in (left, *facts) if cell.text], columns)
        has_gap = lines > len(title) + len(words)
        text = [*title, *([Cell("")] if has_gap else []), *words]
        return most or columns, _in_words(outlook, context, text, columns, lines)
    levels: tuple[tuple[list[Cell], list[Cell]], ...] = (
        (title, [*unit, *folded(facts, columns)]),
        (short_title, [*unit, *folded(facts[:1], columns)]),
        (short_title, unit),
        (short_title, []),
    )
    attempts: list[tuple[int, list[Line]]] = []
    for above, below in levels:
        gaps = 2 if below else 0
        scale = _scale(digits, columns, lines - len(above) - len(below) - gaps)
        scale = scale if most is None else min(scale, most)
        drawn = _drawn(outlook, digits, scale, above, below, columns)
        attempts.append((scale, drawn))
        if scale >= (_GOOD_SCALE if most is None else min(most, _GOOD_SCALE)) > 0:
            return scale, drawn
    scale, drawn = max(attempts, key=lambda attempt: attempt[0])
    if scale > 0:
        return scale, drawn
    words = folded([release_day.time_left(outlook, context), *facts], columns)
    if ":" in digits:
        words = [Cell(digits, "title"), *words[1:]]
    return 0, _in_words(outlook, context, [*title, *words], columns, lines)


def _scale(digits: str, columns: int, lines: int) -> int:
    """The largest scale at which *digits* fit in *columns* and *lines*; 0 if they fit at none."""
    scale = columns // big_text.columns(digits, 1)
    while scale and big_text.height(scale) > lines:
        scale -= 1
    return scale


def _drawn(
    outlook: Outlook,
    digits: str,
    scale: int,
    above: Sequence[Cell],
    below: Sequence[Cell],
    columns: int,
) -> list[Line]:
    if not scale:
        return []
    margin = " " * ((columns - big_text.columns(digits, scale)) // 2)
    style = urgency(outlook)
    drawing: list[Line] = [
        (Cell(f"{margin}{row}".rstrip(), style),) for row in big_text.big_text(digits, scale)
    ]
    lines = [_middle(cell, columns) for cell in above]
    if not below:
        return [*lines, *drawing]
    return [*lines, (), *drawing, (), *(_middle(cell, columns) for cell in below)]


def _in_words(
    outlook: Outlook, context: ViewContext, text: Sequence[Cell], columns: int, lines: int
) -> list[Line]:
    """*text*, or in fewer lines than it needs what is left first, in one line with the title."""
    if len(text) <= lines:
        return [_middle(cell, columns) for cell in text]
    name = context.name(outlook.release)
    digits = _digits(outlook)
    left = digits if ":" in digits else release_day.time_left(outlook, context).text
    if not left:
        left = next((cell.text for cell in _facts(outlook, context)), "")
    short = Cell(cut(f"{left} · {name}" if lines == 1 else left, columns), urgency(outlook))
    first = [Cell(cut(name, columns), "title"), short] if lines > 1 else [short]
    rest = folded(_facts(outlook, context), columns)
    return [_middle(cell, columns) for cell in (*first, *rest)][:lines]


def _middle(cell: Cell, columns: int) -> Line:
    """*cell* in the middle of *columns*, cut to them."""
    text = cut(cell.text, columns)
    return (Cell(" " * ((columns - _width(text)) // 2)), cell._replace(text=text))


def _centered(item: Sequence[Line], columns: int, lines: int) -> list[Line]:
    above = (lines - len(item)) // 2
    return [*[()] * above, *item, *[()] * (lines - len(item) - above)]


def _joined(parts: Sequence[Line], columns: int) -> Line:
    """The lines *parts* side by side, each padded to *columns*."""
    *left, last = parts
    padded = [
        cell
        for part in left
        for cell in (*part, Cell(" " * (columns + _GAP - sum(_width(c.text) for c in part))))
    ]
    return (*padded, *last)
