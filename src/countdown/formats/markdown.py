"""GitHub-flavoured Markdown tables, in which nothing but the tables is markup.

GitHub acts on words of the rendered text, too: it mentions people, links addresses and issues, and
draws emoji and formulas. An escape doesn't prevent that; an empty comment within the word, which is
not rendered, does.
"""

import re
from collections.abc import Sequence
from typing import Final

from countdown.core.text import escape_hostile
from countdown.views.view import Block, Items, Lines, Pairs, View

_SPECIAL: Final = {c: f"\\{c}" for c in "\\`*_{}[]<>#|~&!"}
_BREAK: Final = "<!-- -->"
_LINE_START: Final = re.compile(r"[-+=](?=\s|[-+=\s]*$)|[0-9]+(?=[.)])")  # of lists and rulers
# What GitHub acts on; each match ends where the word must be broken.
_LIVE_PATTERNS: Final = (
    r"@(?=\S)",  # @octocat, someone@example.org, owner/repo@1234567
    r"#(?=[0-9])",  # #123, owner/repo#123
    r"(?:\b|(?<=_))(?:gh|ghsa|cve)-(?=\w)",
    r":(?=//)",  # https://
    r"www(?=\.)",
    r":(?=[\w+-]+:)",  # :smile:
    r"[0-9a-f]{6}(?=[0-9a-f])",  # commits have seven digits or more
)
_LIVE: Final = re.compile("|".join(_LIVE_PATTERNS), re.IGNORECASE | re.ASCII)
_DOLLAR: Final = "<span>$</span>"  # GitHub's own way to write one that begins no formula


def render(view: View) -> str:
    """*view* with a paragraph a line, and a heading and a table for other blocks.

    Special characters are escaped.
    """
    parts = [_block(block) for block in view.blocks()]
    return "\n".join(part for part in parts if part)


def _block(block: Block) -> str:
    if isinstance(block, Lines):
        drawn = () if block.verbatim else block.lines
        lines = ["".join(cell.text for cell in line).strip() for line in drawn]
        text = "\n\n".join(_escape_line(line) for line in lines if line)
        return f"{text}\n" if text else ""
    if isinstance(block, Items):
        items = ["".join(cell.text for cell in item) for item in block.items]
        return _escape_line(" · ".join(items)) + "\n" if items else ""
    if isinstance(block, Pairs):
        rows = [(label, "".join(cell.text for cell in value)) for label, value in block.rows]
        return _table(block.heading, ("", ""), rows) if rows else ""
    headings = tuple(column.heading for column in block.columns)
    return _table(block.heading, headings, [tuple(cell.text for cell in row) for row in block.rows])


def _table(heading: str, columns: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    lines = [_row(columns), "|" + " --- |" * len(columns), *(_row(row) for row in rows)]
    return (f"## {_escape(heading)}\n\n" if heading else "") + "\n".join(lines) + "\n"


def _row(cells: tuple[str, ...]) -> str:
    return "| " + " | ".join(map(_escape, cells)) + " |"


def _escape_line(text: str) -> str:
    """*text* as a paragraph, which neither a list nor a ruler begins."""
    start = _LINE_START.match(text)
    if start is None:
        return _escape(text)
    at = start.end() if start[0].isdecimal() else 0
    return f"{text[:at]}\\{text[at]}{_escape(text[at + 1 :])}"


def _escape(text: str) -> str:
    """*text* with escapes for Markdown, line breaks and characters that could drive a terminal.

    As rendered it is *text* again, and nothing in it is a link or a mention.
    """
    parts, end = [], 0
    safe = escape_hostile(text)
    for live in _LIVE.finditer(safe):
        parts.append(safe[end : live.end()])
        end = live.end()
    return _BREAK.join("".join(map(_escape_character, part)) for part in [*parts, safe[end:]])


def _escape_character(character: str) -> str:
    return _DOLLAR if character == "$" else _SPECIAL.get(character, character)
