"""Fonts for pictures in pixels: those of the system, else the one that comes with Pillow.

Pillow's own has English letters alone, and no bold ones. Which fonts are there differs between
machines, so a letter that none of them has must not stop a picture.
"""

import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache
from typing import Final, cast

from PIL import ImageFont  # A module that needs Pillow: card_png imports it where it is needed.

from countdown.core.width import clusters

# Names of files in the system's folders of fonts: regular and bold. The first that is there draws
# all that it can; the others draw letters that it lacks.
_FAMILIES: Final = (
    ("NotoSans-Regular.ttf", "NotoSans-Bold.ttf"),
    ("LiberationSans-Regular.ttf", "LiberationSans-Bold.ttf"),
    ("Arial.ttf", "Arial Bold.ttf"),  # macOS
    ("arial.ttf", "arialbd.ttf"),  # Windows
    ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf"),
    ("NotoSansCJK-Regular.ttc", "NotoSansCJK-Bold.ttc"),
    ("NotoSansCJKjp-Regular.otf", "NotoSansCJKjp-Bold.otf"),
    ("Arial Unicode.ttf", "Arial Unicode.ttf"),  # macOS
    ("YuGothM.ttc", "YuGothB.ttc"),  # Windows: Japanese
    ("msyh.ttc", "msyhbd.ttc"),  # Windows: Chinese
    ("malgun.ttf", "malgunbd.ttf"),  # Windows: Korean
    ("wqy-zenhei.ttc", "wqy-zenhei.ttc"),
    ("DroidSansFallbackFull.ttf", "DroidSansFallbackFull.ttf"),
    ("NotoSansHebrew-Regular.ttf", "NotoSansHebrew-Bold.ttf"),
    ("NotoSansArabic-Regular.ttf", "NotoSansArabic-Bold.ttf"),
    ("NotoSansThai-Regular.ttf", "NotoSansThai-Bold.ttf"),
    ("NotoSansDevanagari-Regular.ttf", "NotoSansDevanagari-Bold.ttf"),
)
_NO_LETTER: Final = "\uffff"  # No font has it: it is drawn as any letter that is missing.
_TRIAL_SIZE: Final = 32
_DRAWN: Final = "LN"  # categories of letters and digits: a box tells that there is one

Font = ImageFont.FreeTypeFont
Run = tuple[str, "Face"]  # a text, and who draws it


class Face:
    """A font in all sizes, and which letters it has."""

    def __init__(self, font: Font, *, is_own: bool) -> None:
        self._font, self.is_own = font, is_own  # one's own is Pillow's
        self._sizes: dict[int, Font] = {}
        self._known: dict[str, bool] = {}
        self._missing = self._drawing(_NO_LETTER)

    def at(self, size: int) -> Font:
        """The font in a *size* in pixels."""
        if size not in self._sizes:
            self._sizes[size] = _own(size) if self.is_own else self._font.font_variant(size=size)
        return self._sizes[size]

    def has(self, text: str) -> bool:
        """True if it has all letters of *text*."""
        return all(map(self._has, text))

    def _has(self, letter: str) -> bool:
        if letter not in self._known:
            is_there = letter.isspace() or self._drawing(letter) != self._missing
            self._known[letter] = is_there
        return self._known[letter]

    def _drawing(self, letter: str) -> tuple[tuple[int, int], bytes]:
        mask = self._font.getmask(letter)
        return mask.size, bytes(mask)


def runs(text: str, *, is_bold: bool) -> list[Run]:
    """*text* in parts, each with the font that has its letters.

    Without one, accents are left out, signs are dropped, and other letters are drawn as a box.
    """
    for face in _faces(is_bold):
        if face.has(text):
            return [(text, face)]  # Words of one font can go from right to left.
    found: list[Run] = []
    for cluster in clusters(text):
        part, face = _drawable(cluster, is_bold)
        if found and found[-1][1] is face:
            found[-1] = (found[-1][0] + part, face)
        elif part:
            found.append((part, face))
    return found


def missing(text: str, *, is_bold: bool) -> list[str]:
    """The letters of *text* that are drawn as a box, since no font has them."""
    found = [_drawable(cluster, is_bold) for cluster in clusters(text)]
    return [part for part, face in found if not face.has(part)]


def _drawable(cluster: str, is_bold: bool) -> Run:
    """What can be drawn of *cluster*, and the font for it."""
    plain = unicodedata.normalize("NFKD", cluster)
    bare = "".join(c for c in plain if unicodedata.category(c)[0] not in "MC")
    for spelling in (unicodedata.normalize("NFC", cluster), bare):
        for face in _faces(is_bold):
            if spelling and face.has(spelling):
                return spelling, face
    is_drawn = unicodedata.category(bare[:1] or " ")[0] in _DRAWN
    return (bare if is_drawn else ""), next(_faces(is_bold))


def _faces(is_bold: bool) -> Iterator[Face]:
    """The fonts of the system that are there, and at last Pillow's."""
    for at in range(len(_FAMILIES)):
        face = _face(_FAMILIES[at][is_bold])
        if face is not None:
            yield face
    yield _own_face()


@lru_cache
def _face(name: str) -> Face | None:
    with suppress(OSError):
        return Face(ImageFont.truetype(name, _TRIAL_SIZE), is_own=False)
    return None


@lru_cache
def _own_face() -> Face:
    return Face(_own(_TRIAL_SIZE), is_own=True)


def _own(size: int) -> Font:
    return cast("Font", ImageFont.load_default(size))  # With a size, it is one of FreeType.
