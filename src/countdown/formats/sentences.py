"""Sentences for those who hear the screen or read it in braille: a line for each release or fact.

There are no columns, tracks, bars, boxes and colours, and nothing is left out at any width. Signs
are said in words.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from countdown.core.regions import REGIONS, UNSTATED, place_mark, region_name
from countdown.core.release import TYPES
from countdown.core.text import capitalized, escape_hostile
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
    "Releases": "releases",
    "Read": "read",
    "Next read": "next read",
    "From": "from",
    "To": "now",
    "Announced": "announced",
    "In your list": "in your list as",
    "Id": "id",
}
# Arrows, boxes, blocks, geometric shapes and other signs of Unicode.
_DRAWN: Final = re.compile("[\u2190-\u21ff\u2500-\u27bf·]+")
_SIGNS: Final = {"+": "added", "-": "removed", "→": "now"}  # of a cell, for the text behind it
# Headings of names, and of texts that are typed as they are.
_VERBATIM: Final = ("Title", "Name", "Command", "Setting", "Value", "Key")
_ARROW: Final = re.compile(r"\s*(?:→|->)\s*")
_DOT: Final = re.compile(r"\s+·\s+")
_GAP: Final = re.compile(r"\s{2,}")
# A date with the code of its region, and its type: `8 Jul 2022 US limited`.
_DATE_OF_REGION: Final = re.compile(r"(.*\d.*) ([A-Z]{2})(?: ([a-z-]+))?")
_DOUBT_BEFORE_REGION: Final = re.compile(rf"{re.escape(DOUBT_SIGN)}(?= [A-Z]{{2}}\b)")
_WHOSE_DATES: Final = re.compile(r"\b([Dd]ates (?:are )?for) ([A-Z]{2})\b")
_ENDS: Final = (".", "!", "?", "…", ":")


def render(view: View) -> str:
    """The blocks of *view* as lines of sentences; legends are left out with the signs."""
    paragraphs = ([*_lines(block)] for block in view.blocks())
    return "\n".join("".join(f"{line}\n" for line in lines) for lines in paragraphs if lines)


def _lines(block: Block) -> Iterator[str]:
    if isinstance(block, Table):
        if block.heading:
            yield _sentence(_in_words(_with_region_names(block.heading)), end=":")
        breaks, below = dict(block.breaks), dict(block.below)
        for number, row in enumerate(block.rows):
            if number in breaks:
                yield _sentence(_joined(breaks[number]), end=":")
            sentences = [*_row(block, row)]
            if number in below:
                sentences.append(_capitalised(_ended(below[number])))
            if sentences:
                yield " ".join(sentences)
    elif isinstance(block, Pairs):
        rows = [(label, value) for label, value in block.rows if _joined(value)]
        if block.heading and rows:
            yield _sentence(_in_words(block.heading), end=":")
        for label, value in rows:
            yield f"{_in_words(label)}: {_ended(value)}"
    elif isinstance(block, Lines) and not block.verbatim:
        for line in block.lines:
            if _joined(line):
                yield _ended(line)


def _row(table: Table, row: Sequence[Cell]) -> Iterator[str]:
    """A sentence for each cell of *row* that has text, its title first.

    A setting without a value has none.
    """
    parts: list[str] = []
    is_followed, has_start, sign = False, False, ""
    pairs = [*zip(table.columns, row, strict=True)]
    if any(column.heading == "Value" and not cell.text for column, cell in pairs):
        return
    pairs.sort(key=lambda pair: pair[0].heading != "Title")
    for column, cell in pairs:
        text = escape_hostile(cell.text)
        if text in _SIGNS:
            sign = _SIGNS[text] if parts else ""
            continue
        is_followed |= FOLLOWED_SIGN in text and not column.heading
        if column.heading in DOUBTFUL_COLUMNS:
            text = _with_doubt_in_words(text)
        if column.heading not in _VERBATIM:
            text = _in_words(_with_region_names(text))
        if column.heading == "By":
            text = _with_sign_in_words(text)
        if text and column.heading == "To" and has_start:
            parts[-1] += f" to {text}"
            sign = ""
        elif text:
            before = "" if text.startswith("by ") else _BEFORE.get(column.heading, sign)
            is_verbatim = column.heading in _VERBATIM and not before
            text = f"{before} {text}" if before else text
            parts.append(text if is_verbatim else _capitalised(text))
            has_start |= column.heading == "From"
            sign = ""
    if is_followed:
        parts.append(_capitalised(FOLLOWED_MEANING))
    yield from map(_sentence, parts)


def _with_doubt_in_words(text: str) -> str:
    """*text*, a date or stage, with its signs of doubt and of an unknown place in words."""
    place = place_mark(UNSTATED)
    is_unstated = text.endswith(f" {place}")
    text = _DOUBT_BEFORE_REGION.sub(f", {DOUBT_MEANING}", text.removesuffix(f" {place}"))
    text = f"{text}, ".replace(f"{DOUBT_SIGN}, ", f", {DOUBT_MEANING}, ").removesuffix(", ")
    return f"{text}, place not stated" if is_unstated else text


def _with_region_names(text: str) -> str:
    """*text* with names of regions for their codes, which nobody can hear: `8 Jul 2022, Brazil`."""
    return " · ".join(map(_with_region_name, text.split(" · ")))


def _with_region_name(fact: str) -> str:
    if fact in REGIONS:
        return region_name(fact)
    dated = _DATE_OF_REGION.fullmatch(fact)
    if dated and dated[2] in REGIONS and dated[3] in (None, *TYPES):
        return ", ".join(filter(None, (dated[1], region_name(dated[2]), dated[3])))
    return _WHOSE_DATES.sub(lambda found: f"{found[1]} {region_name(found[2])}", fact)


def _with_sign_in_words(text: str) -> str:
    """`7 days earlier` of `-7 days`, `20 weeks later` of `+20 weeks`."""
    ends = {"-": " earlier", "+": " later"}
    return text[1:] + ends[text[0]] if text[:1] in ends else text


def _in_words(text: str) -> str:
    """*text* without what is drawn in it: arrows are `to`, dots between facts are commas."""
    if _DRAWN.fullmatch(text.strip()):
        return ""
    return " ".join(_without_drawing(text.strip()).split()).strip(", ")


def _without_drawing(text: str) -> str:
    return _DRAWN.sub(" ", _DOT.sub(", ", _ARROW.sub(" to ", _GAP.sub(", ", text))))


def _joined(cells: Iterable[Cell]) -> str:
    """*cells* in one text; what looks drawn in a title is part of it."""
    texts = (
        escape_hostile(cell.text)
        if cell.style == "title"
        else _without_drawing(_with_region_names(escape_hostile(cell.text)))
        for cell in cells
    )
    return " ".join("".join(texts).split()).strip(", ").replace(" , ", ", ")


def _ended(cells: Sequence[Cell]) -> str:
    """The sentence of *cells*; a command at its end has nothing behind it, so it can be copied."""
    text = _joined(cells)
    is_command = bool(cells) and cells[-1].style == "command"
    return text if is_command else _sentence(text)


def _sentence(text: str, *, end: str = ".") -> str:
    """*text* with a full stop, unless it ends in such a sign or in an address, to be copied."""
    is_ended = text.endswith(_ENDS) or "://" in text.rpartition(" ")[2]
    return text if is_ended else text + end


def _capitalised(text: str) -> str:
    """*text* with a capital if it begins with a word, not with an address or an id."""
    word = text.partition(" ")[0].rstrip(",").replace("-", "")
    return capitalized(text) if word.isalpha() else text
