"""The looks of semantic styles by theme: hot colours for what is near, cold for what is far.

tests/formats/test_themes.py computes that each can be read on the usual palettes: it contrasts by
at least 4.5 : 1 (WCAG 2.2, 1.4.3), or as much as the palette's own text where that is less.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from countdown.views.view import Style

Looks = Mapping[Style, str]  # what rich parses; a style without one is plain text

THEMES: Final = ("auto", "dark", "light", "mono")  # auto: that of the terminal's background

# Weight alone, for a background that is not known, or a terminal without colours.
MONO: Final[Looks] = MappingProxyType(
    {
        "heading": "bold",
        "title": "bold",
        "muted": "dim",
        "today": "bold",
        "week": "bold",
        "overdue": "bold",
        "undated": "dim",
        "old": "dim italic",
        "removed": "bold",
        "delayed": "bold",
    }
)
# Numbers from 16 on are the same colours in every terminal; those below are the palette's.
_DARK: Final[Looks] = MappingProxyType(
    {
        "heading": "bold",
        "title": "bold",
        "muted": "color(247)",
        "today": "bold color(209)",
        "week": "color(215)",
        "month": "color(222)",
        "later": "color(110)",
        "window": "color(146)",
        "overdue": "color(203)",
        "released": "color(108)",
        "undated": "color(247)",
        "old": "italic color(247)",
        "added": "color(114)",
        "removed": "color(210)",
        "delayed": "color(210)",
        "sooner": "color(114)",
        "command": "color(116)",
    }
)
_LIGHT: Final[Looks] = MappingProxyType(
    {
        "heading": "bold",
        "title": "bold",
        "muted": "color(241)",
        "today": "bold color(160)",
        "week": "color(130)",
        "month": "color(94)",
        "later": "color(25)",
        "window": "color(61)",
        "overdue": "color(124)",
        "released": "color(22)",
        "undated": "color(241)",
        "old": "italic color(241)",
        "added": "color(22)",
        "removed": "color(124)",
        "delayed": "color(124)",
        "sooner": "color(22)",
        "command": "color(24)",
    }
)
# In the sixteen, whose looks the palette decides, few colours can be read on all palettes.
_DARK_16: Final[Looks] = MappingProxyType(
    {
        **MONO,
        "today": "bold green",
        "week": "green",
        "later": "cyan",
        "window": "cyan",
        "added": "green",
        "sooner": "green",
        "command": "cyan",
    }
)
_LIGHT_16: Final[Looks] = MappingProxyType(
    {
        **MONO,
        "today": "bold red",
        "week": "red",
        "later": "magenta",
        "window": "magenta",
        "overdue": "bold red",
        "removed": "red",
        "delayed": "red",
    }
)
_COLOURED: Final = MappingProxyType({"dark": (_DARK, _DARK_16), "light": (_LIGHT, _LIGHT_16)})


def looks(theme: str, colours: int) -> Looks:
    """The looks in *theme*, one of THEMES but auto, on a terminal that has so many *colours*."""
    many, sixteen = _COLOURED.get(theme, (MONO, MONO))
    return many if colours >= 256 else sixteen if colours >= 16 else MONO
