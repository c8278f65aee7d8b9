"""Draw docs/images/*.svg from the real output of the program. `--check` only compares the text.

Each picture is drawn twice, on a dark background and, `NAME-light.svg`, on a light one.

The commands run as a person would run them, but on a fixed day and in a fixed region: most in the
United States, on the shipped catalogue alone. The pictures name fonts of the reader's system and
load none.
"""

import os
import re
import sys
import tempfile
from html import unescape
from io import StringIO
from itertools import product
from pathlib import Path
from typing import Final, NamedTuple

from generated import ROOT, program_output
from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

FOLDER: Final = ROOT / "docs" / "images"
JULY_2022: Final = ("--as-of", "2022-07-04", "--region", "BR")
NOW: Final = ("--as-of", "2026-11-22", "--region", "US")


class Picture(NamedTuple):
    """A command, and the width of its picture. *command_line* is the text at the prompt."""

    command_line: str
    arguments: tuple[str, ...]
    width: int
    catalogue: Path = ROOT / "data" / "releases.toml"


_JULY: Final = ROOT / "tests" / "data" / "july-2022.toml"
PICTURES: Final = {
    "countdown": Picture("countdown", NOW, 80),
    "list": Picture("countdown list --limit 16", (*NOW, "list", "--limit", "16"), 120),
    "next": Picture("countdown next", (*NOW, "next"), 80),
    "status": Picture("countdown status --limit 14", (*NOW, "status", "--limit", "14"), 120),
    "show": Picture(
        'countdown show "Avengers: Doomsday"', (*NOW, "show", "Avengers: Doomsday"), 90
    ),
    "actor": Picture("countdown actor hemsworth", (*NOW, "actor", "hemsworth"), 110),
    "july-2022": Picture(
        "countdown list --as-of 2022-07-04 --region BR --catalogue tests/data/july-2022.toml",
        (*JULY_2022, "list"),
        120,
        _JULY,
    ),
}


class Background(NamedTuple):
    """A terminal's colours, and how it tells a program which background it has."""

    suffix: str  # of the names of pictures
    variable: str  # COLORFGBG
    theme: TerminalTheme


# The sixteen colours of common terminals.
_DARK: Final = TerminalTheme(
    (24, 25, 33),
    (214, 218, 228),
    [
        (40, 42, 54),
        (240, 98, 98),
        (112, 206, 130),
        (229, 192, 100),
        (108, 156, 250),
        (208, 134, 236),
        (86, 200, 214),
        (214, 218, 228),
    ],
    [
        (108, 114, 134),
        (255, 121, 121),
        (140, 226, 156),
        (245, 212, 128),
        (138, 180, 255),
        (226, 160, 250),
        (120, 220, 232),
        (255, 255, 255),
    ],
)
_LIGHT: Final = TerminalTheme(
    (255, 255, 255),
    (36, 41, 47),
    [
        (36, 41, 47),
        (207, 34, 46),
        (17, 99, 41),
        (125, 78, 0),
        (9, 105, 218),
        (130, 80, 223),
        (27, 124, 131),
        (110, 119, 129),
    ],
    [
        (87, 96, 106),
        (164, 14, 38),
        (26, 127, 55),
        (99, 60, 1),
        (33, 139, 255),
        (162, 99, 255),
        (49, 146, 170),
        (140, 149, 159),
    ],
)
BACKGROUNDS: Final = (Background("", "15;0", _DARK), Background("-light", "0;15", _LIGHT))
_FONTS: Final = (
    "ui-monospace, 'SF Mono', SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', "
    "'Liberation Mono', monospace"
)
_ADVANCE: Final = 0.602  # the width of a character over its height, in the fonts above
# Rich's own frame loads a font over the network; this one does not.
_FRAME: Final = (
    """\
<svg xmlns="http://www.w3.org/2000/svg" class="{unique_id}" viewBox="0 0 {width} {height}">
<style>
.{unique_id}-matrix {{ font-family: """
    + _FONTS
    + """; font-size: {char_height}px; line-height: {line_height}px;
  white-space: pre; }}
.{unique_id}-title {{ font-size: 18px; font-family: """
    + _FONTS
    + """; }}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}"/>
</clipPath>
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""
)


def draw(picture: Picture, background: Background) -> str:
    """*picture* on that *background* as SVG."""
    console = Console(
        record=True, width=picture.width, file=StringIO(), force_terminal=True, color_system="256"
    )
    prompt = Text.assemble(("$ ", "bright_black"), (picture.command_line, "bold"))
    console.print(prompt, highlight=False)
    console.print(
        Text.from_ansi(_run(picture, background).rstrip()),
        highlight=False,
        no_wrap=True,
        crop=False,
    )
    console.print()  # space below the last line
    svg = console.export_svg(
        title="", theme=background.theme, code_format=_FRAME, font_aspect_ratio=_ADVANCE
    )
    # Rich clips each line, and its frame for the last is missing; no line here is too long.
    return re.sub(r' clip-path="url\(#[\w-]+-line-\d+\)"', "", svg)


def _run(picture: Picture, background: Background) -> str:
    with tempfile.TemporaryDirectory() as home:
        environment = {
            "PATH": os.environ.get("PATH", ""),
            "SYSTEMROOT": os.environ.get("SYSTEMROOT", ""),
            "HOME": home,
            "XDG_CACHE_HOME": home,
            "XDG_DATA_HOME": home,
            "LANG": "C.UTF-8",
            "PYTHONUTF8": "1",
            "TERM": "xterm-256color",
            "FORCE_COLOR": "1",
            "COLORFGBG": background.variable,
            "COLUMNS": str(picture.width),
            "LINES": "24",
            "COUNTDOWN_CATALOGUE": str(picture.catalogue),
        }
        return program_output([*picture.arguments, "--format", "table"], environment)


def words(svg: str) -> list[str]:
    """The texts in a picture; the rest may differ between versions of rich."""
    texts = (unescape(text) for text in re.findall(r"<text[^>]*>([^<]*)</text>", svg))
    return [text for text in texts if text.strip()]


def main(arguments: list[str]) -> int:
    """Write the pictures, or with `--check` compare their texts."""
    stale = 0
    is_check = "--check" in arguments
    texts: dict[str, str] = {}  # by name: both backgrounds have the same
    for (name, picture), background in product(PICTURES.items(), BACKGROUNDS):
        path = FOLDER / f"{name}{background.suffix}.svg"
        svg = texts[name] if is_check and name in texts else draw(picture, background)
        texts[name] = svg
        if path.exists() and words(path.read_text(encoding="utf-8")) == words(svg):
            continue
        if is_check:
            stale = 1
            shown = path.relative_to(ROOT)
            print(f"{shown} is not up to date; run: python scripts/screenshots.py", file=sys.stderr)
        else:
            path.write_text(svg, encoding="utf-8", newline="\n")
            print(f"wrote {path.relative_to(ROOT)}")
    return stale


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
