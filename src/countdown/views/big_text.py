"""Digits, clock times and the words TODAY and OUT in large letters made of block characters."""

from typing import Final

_POINTS: Final = 7  # in the height of a letter
# Rows from the top, a `#` for each point that is set.
_GLYPHS: Final = {
    "0": "#### #..# #..# #..# #..# #..# ####",
    "1": "##. .#. .#. .#. .#. .#. ###",
    "2": "#### ...# ...# #### #... #... ####",
    "3": "#### ...# ...# .### ...# ...# ####",
    "4": "#..# #..# #..# #### ...# ...# ...#",
    "5": "#### #... #... #### ...# ...# ####",
    "6": "#### #... #... #### #..# #..# ####",
    "7": "#### ...# ...# ...# ...# ...# ...#",
    "8": "#### #..# #..# #### #..# #..# ####",
    "9": "#### #..# #..# #### ...# ...# ####",
    "T": "##### ..#.. ..#.. ..#.. ..#.. ..#.. ..#..",
    "O": "#### #..# #..# #..# #..# #..# ####",
    "D": "###. #..# #..# #..# #..# #..# ###.",
    "A": "#### #..# #..# #### #..# #..# #..#",
    "Y": "#...# #...# #...# .###. ..#.. ..#.. ..#..",
    "U": "#..# #..# #..# #..# #..# #..# ####",
    ":": ". . # . # . .",
}
_BLOCKS: Final = {"##": "█", "#.": "▀", ".#": "▄", "..": " "}


def big_text(text: str, scale: int) -> list[str]:
    """*text*, digits and `:`, TODAY or OUT, in `height(scale)` rows.

    Each has `columns(text, scale)` cells.

    A cell is twice as high as wide, so a point is *scale* cells wide and *scale* half cells high.
    """
    halves: list[str] = []
    for row in range(_POINTS):
        points = ".".join(_GLYPHS[letter].split()[row] for letter in text)
        halves += ["".join(point * scale for point in points)] * scale
    halves += ["." * len(halves[0])] * (len(halves) % 2)
    pairs = zip(halves[::2], halves[1::2], strict=True)
    return [
        "".join(_BLOCKS[upper + lower] for upper, lower in zip(*pair, strict=True))
        for pair in pairs
    ]


def columns(text: str, scale: int) -> int:
    """The cells in a row of *text* at that *scale*."""
    points = sum(_GLYPHS[letter].index(" ") for letter in text) + len(text) - 1
    return points * scale


def height(scale: int) -> int:
    """The rows of a text at that *scale*."""
    return (_POINTS * scale + 1) // 2
