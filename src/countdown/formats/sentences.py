"""Sentences for those who hear the screen or read it in braille: a line for each release or fact.

There are no columns, tracks, bars, boxes and colours, and nothing is left out at any width. Signs
are said in words.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from countdown.core.regions import UNSTATED, place_mark
from countdown.core.text import escape_hostile
from countdown.views.view import (
    DOUBT_MEANING,
    DOUBT_SIGN,
    DOUBTFUL_COLUMNS,
    FOLLOWED_MEANING,
    FOLLOWED_SIGN,
    Block,
    Cell,
    Lines,
    Pairs,
    Table,
    View,
)

_BEFORE: Final = {  # heading of a column → words before its text
    "As": "as",
    "Who": "with",
    "Source": "source",
    "From": "from",
    "To": "to",
    "Announced": "announced",
}
_DRAWN: Final = re.compile(r"[■□─━│┃█▀▄▲★●◐○◇✓✗♥·→]+")
_ARROW: Final = re.compile(r"\s*(?:→|->)\s*")
_DOT: Final = re.compile(r"\s+·\s+")
_ENDS: Final = (".", "!", "?", "…", ":")


def render(view: View) -> str:
    """The blocks of *view* as lines of sentences; legends are left out with the signs."""
    paragraphs = ([*_lines(block)] for block in view.blocks())
    return "\n".join("".join(f"{line}\n" for line in lines) for lines in paragraphs if lines)


def _lines(block: Block) -> Iterator[str]:
    if isinstance(block, Table):
        if block.heading:
            yield _sentence(_said(block.heading), end=":")
        breaks = dict(block.breaks)
        for number, row in enumerate(block.rows):
            if number in breaks:
                yield _sentence(_joined(breaks[number]), end=":")
            yield " ".join(_row(block, row))
    elif isinstance(block, Pairs):
        if block.heading:
            yield _sentence(_said(block.heading), end=":")
        for label, value in block.rows:
            if _joined(value):
                yield f"{_said(label)}: {_ended(value)}"
    elif isinstance(block, Lines) and not block.verbatim:
        for line in block.lines:
            if _joined(line):
                yield _ended(line)


def _row(table: Table, row: Sequence[Cell]) -> Iterator[str]:
    """A sentence for each cell of *row* that has text; the first, a name, is as it is written."""
    parts: list[str] = []
    is_followed = False
    for column, cell in zip(table.columns, row, strict=True):
        text = escape_hostile(cell.text)
        is_followed |= FOLLOWED_SIGN in text and not column.heading
        if column.heading in DOUBTFUL_COLUMNS:
            text = _with_doubt_in_words(text)
        text = _said(text)
        if text:
            before = _BEFORE.get(column.heading)
            parts.append(f"{before} {text}" if before else text)
    if is_followed:
        parts.append(FOLLOWED_MEANING)
    for number, part in enumerate(parts):
        yield _sentence(part if number == 0 else _capitalised(part))


def _with_doubt_in_words(text: str) -> str:
    """*text*, a date or stage, with its signs of doubt and of an unknown place in words."""
    place = place_mark(UNSTATED)
    is_unstated = text.endswith(f" {place}")
    text = text.removesuffix(f" {place}")
    if text.endswith(DOUBT_SIGN):
        text = f"{text[: -len(DOUBT_SIGN)]}, {DOUBT_MEANING}"
    return f"{text}, place not stated" if is_unstated else text


def _said(text: str) -> str:
    """*text* without what is drawn in it: arrows are `to`, dots between facts are commas."""
    if _DRAWN.fullmatch(text.strip()):
        return ""
    text = _DOT.sub(", ", _ARROW.sub(" to ", text))
    return " ".join(_DRAWN.sub(" ", text).split()).strip(", ")


def _joined(cells: Iterable[Cell]) -> str:
    return _said(escape_hostile("".join([cell.text for cell in cells])))


def _ended(cells: Sequence[Cell]) -> str:
    """The sentence of *cells*; a command at its end has nothing behind it, so it can be copied."""
    text = _joined(cells)
    is_command = bool(cells) and cells[-1].style == "command"
    return text if is_command else _sentence(text)


def _sentence(text: str, *, end: str = ".") -> str:
    """*text* with a full stop, unless it ends in such a sign."""
    return text if text.endswith(_ENDS) else text + end


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]
