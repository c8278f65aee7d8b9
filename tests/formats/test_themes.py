"""Every colour of a theme can be read on the usual palettes that it is for."""

from collections.abc import Iterator
from typing import Final

import pytest
from rich.color import Color
from rich.style import Style

from countdown.formats import themes
from countdown.views.view import STYLES

# Background, text and the sixteen colours of the palettes that terminals come with.
PALETTES: Final = {
    "VS Code dark": (
        "1e1e1e cccccc 000000 cd3131 0dbc79 e5e510 2472c8 bc3fbc 11a8cd e5e5e5 "
        "666666 f14c4c 23d18b f5f543 3b8eea d670d6 29b8db e5e5e5"
    ),
    "Solarized dark": (
        "002b36 839496 073642 dc322f 859900 b58900 268bd2 d33682 2aa198 eee8d5 "
        "002b36 cb4b16 586e75 657b83 839496 6c71c4 93a1a1 fdf6e3"
    ),
    "GNOME": (
        "171421 d0cfcc 171421 c01c28 26a269 a2734c 12488b a347ba 2aa1b3 d0cfcc "
        "5e5c64 f66151 33d17a e9ad0c 2a7bde c061cb 33c7de ffffff"
    ),
    "macOS Pro": (
        "000000 f2f2f2 000000 990000 00a600 999900 0000b2 b200b2 00a6b2 bfbfbf "
        "666666 e50000 00d900 e5e500 0000ff e500e5 00e5e5 e5e5e5"
    ),
    "Windows Terminal": (
        "0c0c0c cccccc 0c0c0c c50f1f 13a10e c19c00 0037da 881798 3a96dd cccccc "
        "767676 e74856 16c60c f9f1a5 3b78ff b4009e 61d6d6 f2f2f2"
    ),
    "VS Code light": (
        "ffffff 333333 000000 cd3131 107c10 949800 0451a5 bc05bc 0598bc 555555 "
        "666666 cd3131 14ce14 b5ba00 0451a5 bc05bc 0598bc a5a5a5"
    ),
    "Solarized light": (
        "fdf6e3 657b83 073642 dc322f 859900 b58900 268bd2 d33682 2aa198 eee8d5 "
        "002b36 cb4b16 586e75 657b83 839496 6c71c4 93a1a1 fdf6e3"
    ),
    "GNOME light": (
        "ffffff 171421 171421 c01c28 26a269 a2734c 12488b a347ba 2aa1b3 d0cfcc "
        "5e5c64 f66151 33d17a e9ad0c 2a7bde c061cb 33c7de ffffff"
    ),
}
THEME_OF: Final = {name: "light" if "light" in name else "dark" for name in PALETTES}


def luminance(colour: str) -> float:
    """The relative luminance of a colour like `1e1e1e` (WCAG 2.2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, from 1 to 21 (WCAG 2.2)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def shown(colour: Color, palette: list[str]) -> str:
    """The colour that a terminal with *palette* shows."""
    assert colour.number is not None
    return palette[colour.number] if colour.number < 16 else colour.get_truecolor().hex[1:]


def coloured(theme: str, colours: int) -> Iterator[tuple[str, Color]]:
    """Each style of *theme* that has a colour, with that."""
    for name, text in themes.looks(theme, colours).items():
        colour = Style.parse(text).color
        if colour is not None:
            yield name, colour


@pytest.mark.parametrize("colours", [256, 16])
@pytest.mark.parametrize("name", PALETTES)
def test_colours_can_be_read(name: str, colours: int) -> None:
    """By 4.5 : 1, or as much as the palette's own text."""
    background, text, *palette = PALETTES[name].split()
    least = min(4.5, contrast(text, background))
    found = dict(coloured(THEME_OF[name], colours))
    poor = {
        style: ratio
        for style, colour in found.items()
        if (ratio := contrast(shown(colour, palette), background)) < least
    }
    assert poor == {}
    assert len({*found.values()}) >= 2


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_near_releases_are_hot_and_far_ones_cold(theme: str) -> None:
    """From today to later, colours have less red in them and more blue."""
    ramp = [dict(coloured(theme, 256))[name] for name in ("today", "week", "month", "later")]
    heat = [colour.get_truecolor().red - colour.get_truecolor().blue for colour in ramp]
    assert heat == sorted(heat, reverse=True)
    assert heat[0] > 100 > 0 > heat[-1]


@pytest.mark.parametrize(("theme", "colours"), [("mono", 256), ("dark", 0), ("light", 8)])
def test_there_may_be_no_colours(theme: str, colours: int) -> None:
    """Then weight says what is near."""
    assert [*coloured(theme, colours)] == []
    assert themes.looks(theme, colours)["today"] == "bold"


@pytest.mark.parametrize("theme", ["dark", "light", "mono"])
@pytest.mark.parametrize("colours", [256, 16, 0])
def test_looks_are_of_known_styles(theme: str, colours: int) -> None:
    """Rich can parse each."""
    found = themes.looks(theme, colours)
    assert {*found} <= {*STYLES}
    assert all(map(Style.parse, found.values()))
