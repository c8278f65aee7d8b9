"""Texts that fit in a picture whatever font it is drawn in: widths of letters, and line breaks.

Nobody knows the fonts of who looks at it. So letters count as wide as in the widest font that
computers use by default (DejaVu Sans Bold); in all others, a line only ends sooner.
"""

from bisect import bisect_right
from functools import lru_cache
from typing import Final
from unicodedata import normalize

from countdown.core.text import escape_hostile
from countdown.core.width import clusters, cut, iter_wrap, width

_MAX_LETTERS: Final = 400  # of one text; no line has room for more
_MAX_WORD: Final = 16  # letters of a part of a word that is left out at the end
_MAX_MARKS: Final = 4  # characters of one letter with its marks: more would cover other lines
_CELL: Final = 1.1  # the width of a wide letter, in the size of the font
_NARROWEST: Final = 0.38  # of all letters
_OTHER_CAPITAL: Final = 1.36  # of other scripts, like Щ
_OTHER: Final = 1.12
# Hundredths of the size of the font → the letters that are at most as wide.
_LETTERS: Final = {
    38: " '·ijl",
    40: ",./:;IJ\\|",
    45: "-f",
    50: "!()[]_`rt–",
    55: '"*',
    60: "?csz",
    65: "Lx",
    70: "$0123456789EFTaekovy“”",
    75: "CPSYZbdghnpqu{}",
    80: "ABKRVX",
    85: "#+<=>DGHNU^~",
    90: "&OQ",
    95: "w",
    100: "@M…—",
    105: "%m",
    115: "W",
}
_WIDTHS: Final = {letter: size / 100 for size, letters in _LETTERS.items() for letter in letters}


def clean(text: str) -> str:
    """*text* without hostile characters, and no longer than a picture can show.

    Letters have a few marks at most: a heap of them would cover what stands above and below.
    """
    found = clusters(escape_hostile(text))[: _MAX_LETTERS + 1]
    return cut("".join([each[:_MAX_MARKS] for each in found]), _MAX_LETTERS)


def length(text: str, size: float) -> float:
    """The most that *text* takes in letters of *size*."""
    return size * sum(map(_letter, clusters(text)))


@lru_cache(maxsize=2048)
def _letter(cluster: str) -> float:
    known = _WIDTHS.get(cluster[0]) or _WIDTHS.get(normalize("NFKD", cluster)[0])
    if known is not None:
        return known
    if width(cluster) > 1:
        return _CELL * max(width(cluster) / 2, 1)
    return _OTHER_CAPITAL if cluster[0].isupper() else _OTHER


def fit(text: str, size: float, room: float) -> str:
    """*text*, cut with … if it doesn't fit in *room*."""
    if length(text, size) <= room:
        return text
    most = min(width(text), int(room / size / _NARROWEST) + 1)
    sizes = range(most + 1)
    cells = bisect_right(sizes, room, key=lambda each: length(cut(text, each), size)) - 1
    return cut(text, cells)


def ended(text: str, size: float, room: float) -> str:
    """*text* with … behind its last whole word that leaves room for it."""
    shorter = fit(text, size, room - size * length(" …", 1))
    if shorter != text:
        shorter = shorter.removesuffix("…")
        head, _, tail = shorter.rpartition(" ")
        shorter = head if head and len(tail) < _MAX_WORD else shorter
    return f"{shorter.rstrip()} …"


def lines(text: str, size: float, room: float, most: int, *, is_even: bool = False) -> list[str]:
    """The first *most* lines of *text* that fit in *room*, and one more if there are more.

    If *is_even*, and there aren't more, they are of about the same length.
    """
    cells = max(min(width(text), int(room / size / _NARROWEST) + 1), 1)
    found, is_fitting = _fitting(text, cells, size, room, most)
    while not is_fitting:
        # In any number of cells that the lines up to the first misfit need, these are the same.
        cells = max(max(map(width, found)) - 1, 1)
        found, is_fitting = _fitting(text, cells, size, room, most)
    if len(found) > most:
        return found
    while is_even and cells > 1:  # A last line of one short word looks like a mistake.
        narrower, is_fitting = _fitting(text, cells - 1, size, room, len(found))
        if not is_fitting or len(narrower) > len(found):
            break
        found, cells = narrower, cells - 1
    return found


def _fitting(text: str, cells: int, size: float, room: float, most: int) -> tuple[list[str], bool]:
    """The first *most* lines of *text* in so many *cells* and one more, and if they all fit.

    The first line that doesn't fit in *room* is the last one, but that one more needs no room; a
    line of a single cell always fits.
    """
    found: list[str] = []
    for start, end in iter_wrap(text, cells):
        found.append(text[start:end])
        if len(found) > most:
            break
        if cells > 1 and length(found[-1], size) > room:
            return found, False
    return found, True
