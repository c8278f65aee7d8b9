"""Views drawn for a terminal. The only module that imports rich.

Tables are laid out here and given to rich as segments: rich.table measures and wraps every cell,
which for a list of seventy releases takes fifty times as long as everything else.
"""

import os
import sys
from collections.abc import Iterator, Sequence
from typing import Final

from rich.console import Console
from rich.segment import Segment
from rich.style import Style as RichStyle

from countdown.core.text import escape_hostile
from countdown.core.width import NO_BREAK, isolated, pad, plain_emoji, width, wrap
from countdown.formats.ascii_signs import ASCII_SIGNS
from countdown.formats.columns import align_day, cut_words, first_names, fold, widths
from countdown.formats.terminal_size import terminal_size
from countdown.formats.themes import looks
from countdown.views.view import (
    STYLES,
    Block,
    Cell,
    Column,
    Items,
    Lines,
    Pairs,
    Style,
    Table,
    View,
)

_COLUMN_GAP, _ITEM_GAP = "  ", "   "
_MIN_WIDTH: Final = 20
_SIGN_WIDTH: Final = 2  # cells of a sign before a label, and the gap behind it
_MIN_VALUE_WIDTH: Final = 4  # cells beside the longest label
_PROMPT_LINES: Final = 2  # of a shell's prompt, below an answer that is to stay in sight
_COLOURS: Final = {"standard": 16, "windows": 16, "256": 256, "truecolor": 256}  # by rich's names


def draw(
    view: View,
    *,
    theme: str = "mono",
    ascii: bool = False,
    links: bool = False,
    below: int = 0,
    size: os.terminal_size | None = None,
) -> tuple[str, bool]:
    """*view* as text for the terminal at stdout, and whether it fits without scrolling.

    *theme* is one of themes.THEMES but auto; *ascii* is for a terminal that shows nothing else, and
    *links* for one that shows hyperlinks. *below* lines will follow. The *size* is known for some.
    """
    # To rich, an empty FORCE_COLOR takes all colours away, as if there were no terminal.
    is_terminal = sys.stdout.isatty() if os.environ.get("FORCE_COLOR") == "" else None
    console = Console(legacy_windows=False, force_terminal=is_terminal)
    columns, console.height = size or terminal_size()
    console.width = max(columns, _MIN_WIDTH)
    free = max(console.height - _PROMPT_LINES - below, 1)
    text = _captured(view, console, lines=free, theme=theme, ascii=ascii, links=links)
    excess = text.count("\n") - free
    if view.fits and excess > 0:  # Some rows took two lines.
        free = max(free - excess, 1)
        text = _captured(view, console, lines=free, theme=theme, ascii=ascii, links=links)
    return text, text.count("\n") < console.height - below


def _captured(
    view: View, console: Console, *, lines: int, theme: str, ascii: bool, links: bool
) -> str:
    with console.capture() as captured:
        drawn = drawing(view, console, lines=lines, theme=theme, ascii=ascii, links=links)
        console.print(drawn, end="", soft_wrap=True)
    return captured.get()


def drawing(
    view: View,
    console: Console,
    *,
    lines: int = 22,
    theme: str = "mono",
    ascii: bool = False,
    links: bool = False,
) -> "Drawing":
    """*view* as something that *console*, with so many *lines* free, can print."""
    pen = _Pen(console, theme=theme, ascii=ascii, links=links)
    segments: list[Segment] = []
    blocks = view.screen(console.width, lines) if view.screen else view.blocks()
    for block in blocks:
        drawn = list(pen.block(block))
        if drawn and segments:
            segments.append(Segment.line())
        segments += drawn
    return Drawing(segments)


class Drawing:
    """Segments as something that rich can print."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        self._segments = segments

    def __rich_console__(self, *_: object) -> Iterator[Segment]:
        yield from self._segments


class _Pen:
    """Turns blocks into segments that fit the width of *console*."""

    def __init__(self, console: Console, *, theme: str, ascii: bool, links: bool) -> None:
        self._console = console
        self._width = console.width
        self._ascii = ascii
        self._links = links
        colours = 0 if console.no_color else _COLOURS.get(console.color_system or "", 0)
        styles = looks(theme, colours)
        self._styles = {name: RichStyle.parse(styles.get(name, "none")) for name in STYLES}
        self._break = Segment.line()

    def block(self, block: Block) -> Iterator[Segment]:
        """The segments of one block."""
        if isinstance(block, Table):
            return self._table(block)
        if isinstance(block, Pairs):
            return self._pairs(block)
        return self._items(block) if isinstance(block, Items) else self._lines(block)

    def _drawn(self, text: str, style: Style = "", link: str | None = None) -> Segment:
        """*text*, which has its escapes, so that its direction stays within it."""
        text = text.replace(NO_BREAK, " ")
        text = text if self._ascii else isolated(text)
        if link and self._links:
            from countdown.core.web_links import linked  # Deferred: few answers have links.

            text = linked(text, link)
        return Segment(text, self._styles[style])

    def _escape(self, text: str) -> str:
        """*text* with escapes, although the catalogue's reader refuses hostile characters.

        And without what terminals disagree on.
        """
        text = plain_emoji(escape_hostile(text))
        return text.translate(ASCII_SIGNS) if self._ascii else text

    def _cut(self, text: str, size: int) -> str:
        return cut_words(text, size, "~" if self._ascii else "…")

    def _heading(self, text: str) -> Iterator[Segment]:
        if text:
            yield self._drawn(self._cut(self._escape(text), self._width), "heading")
            yield self._break

    def _table(self, table: Table) -> Iterator[Segment]:
        rows = [
            [
                align_day(self._escape(cell.text)) if column.days else self._escape(cell.text)
                for cell, column in zip(row, table.columns, strict=True)
            ]
            for row in table.rows
        ]
        headings = [self._escape(column.heading) for column in table.columns]
        lengths = [[width(row[n]) for row in rows] for n in range(len(table.columns))]
        if table.has_headings:
            for sizes_of_column, heading in zip(lengths, headings, strict=True):
                if any(sizes_of_column):
                    sizes_of_column.append(width(heading))
        sizes = widths(table.columns, lengths, self._width, gap=len(_COLUMN_GAP))
        below = dict(table.below)
        breaks: dict[int, list[tuple[Cell, ...]]] = {}
        for number, line in table.breaks:
            breaks.setdefault(number, []).append(line)
        stretching = next((n for n, column in enumerate(table.columns) if column.stretch), 0)
        indent = sum(size + len(_COLUMN_GAP) for n, size in sizes.items() if n < stretching)
        yield from self._heading(table.heading)
        if table.has_headings:
            cells = [Cell(text, "muted") for text in headings]
            yield from self._row(table.columns, cells, headings, sizes)
        for number, (row, texts) in enumerate(zip(table.rows, rows, strict=True)):
            for line in breaks.get(number, ()):
                yield from self._wrap(line, 0)
            yield from self._row(table.columns, row, texts, sizes)
            if number in below:
                yield Segment(" " * indent)
                yield from self._wrap(below[number], indent)
        for line in breaks.get(len(rows), ()):
            yield from self._wrap(line, 0)

    def _row(
        self,
        columns: Sequence[Column],
        row: Sequence[Cell],
        texts: Sequence[str],
        sizes: dict[int, int],
    ) -> Iterator[Segment]:
        folded = {
            index: fold(texts[index], size) if columns[index].wraps else [texts[index]]
            for index, size in sizes.items()
        }
        for number in range(max(map(len, folded.values()), default=1)):
            line = {
                index: more[number] if number < len(more) else "" for index, more in folded.items()
            }
            last = max((index for index, text in line.items() if text), default=0)
            for index, size in sizes.items():
                if index > last:
                    break
                text = first_names(line[index], size) if columns[index].names else line[index]
                text = self._cut(text, size)
                if columns[index].right:
                    text = " " * (size - width(text)) + text
                if index < last:
                    text = pad(text, size) + _COLUMN_GAP
                yield self._drawn(text, row[index].style, row[index].link)
            yield self._break

    def _pairs(self, pairs: Pairs) -> Iterator[Segment]:
        yield from self._heading(pairs.heading)
        margin = _SIGN_WIDTH if pairs.signs else 0
        most = self._width - _MIN_VALUE_WIDTH - len(_COLUMN_GAP) - margin
        labels = [self._cut(self._escape(label), most) for label, _ in pairs.rows]
        indent = max(map(width, labels), default=0) + len(_COLUMN_GAP)
        for number, (label, (_, value)) in enumerate(zip(labels, pairs.rows, strict=True)):
            if margin:
                sign = pairs.signs[number]
                yield self._drawn(pad(self._escape(sign.text), margin), sign.style)
            yield self._drawn(pad(label, indent), "muted")
            yield from self._wrap(value, margin + indent)

    def _lines(self, lines: Lines) -> Iterator[Segment]:
        for line in lines.lines:
            if lines.verbatim or lines.whole:
                yield from self._verbatim(line, whole=lines.whole)
                continue
            indent = len(line[0].text) if line and line[0].text.isspace() else 0
            yield Segment(" " * indent)
            yield from self._wrap(line[1:] if indent else line, indent)

    def _verbatim(self, line: Sequence[Cell], *, whole: bool = False) -> Iterator[Segment]:
        """*line*, cut to the width unless it is to be *whole*.

        A gap gives up what ASCII made longer before it, so that what follows stays in its place.
        """
        room, excess = self._width, 0
        for cell in line:
            text = self._escape(cell.text)
            text = text[min(max(excess, 0), len(text) - 1) :] if cell.text.isspace() else text
            excess += width(text) - width(cell.text)
            text = text if whole else self._cut(text, room)
            room -= width(text)
            yield self._drawn(text, cell.style, cell.link)
        yield self._break

    def _items(self, items: Items) -> Iterator[Segment]:
        used = 0
        for item in items.items:
            size = sum(width(self._escape(cell.text)) for cell in item)
            if used and used + len(_ITEM_GAP) + size > self._width:
                yield self._break
                used = 0
            elif used:
                yield Segment(_ITEM_GAP)
                used += len(_ITEM_GAP)
            if size > self._width:
                yield from self._wrap(item, 0)
                continue
            for text, style, link in item:
                yield self._drawn(self._escape(text), style, link)
            used += size
        if used:
            yield self._break

    def _wrap(self, value: Sequence[Cell], indent: int) -> Iterator[Segment]:
        """*value* broken between words, each further line *indent* cells in.

        A command at its end is never broken, but stands on a line of its own, so that it can be
        copied.
        """
        texts = [self._escape(cell.text) for cell in value]
        room = max(self._width - indent, 1)
        if value and value[-1].style == "command" and width("".join(texts)) > room:
            if len(value) > 1:
                yield from self._wrap(value[:-1], indent)
                yield Segment(" " * indent)
            yield from self._verbatim(value[-1:], whole=True)
            return
        for number, (start, end) in enumerate(wrap("".join(texts), room)):
            if number:
                yield Segment(" " * indent)
            first = 0  # character of the run
            for cell, text in zip(value, texts, strict=True):
                part = text[max(start - first, 0) : max(end - first, 0)]
                if part:
                    yield self._drawn(part, cell.style, cell.link)
                first += len(text)
            yield self._break
