"""Markdown as GitHub renders it: every title is the text that it was, and nothing in it is live."""

import re
from html.parser import HTMLParser
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from countdown.core.text import find_hostile
from countdown.formats import markdown
from countdown.views.view import Cell, Column, Items, Pairs, Table, View, ViewContext
from tests.strategies import CHARACTERS
from tests.views.releases import NOW

# What GitHub looks for in each text of the rendered page, after CMark has made links of addresses.
LIVE: Final = {
    "mention": r"(?:^|[^\w/])@[a-z\d]",
    "address": r"(?:https?|ftp)://|\bwww\.|[\w.+-]+@[\w-]",
    "issue": r"#\d|\bgh-\d|\b(?:ghsa|cve)-\w",
    "commit": r"[0-9a-f]{7,}",
    "emoji": r":[\w+-]+:",
    "formula": r"\$.*\$|\$`",
}
TITLES: Final = (
    "@torvalds",
    "The @octocat/team Story",
    "https://evil.example/a?b=c_d",
    "see http://x.example.",
    "ftp://x.example",
    "www.evil.example",
    "_WWW.evil.example",
    "me@evil.example",
    "a@-b.co",
    "mailto:me@evil.example",
    "xmpp:me@evil.example/x",
    "#123",
    "octocat/hello#123",
    "GH-1",
    "_gh-1",
    "CVE-2024-1234",
    "GHSA-aaaa-bbbb-cccc",
    "9fceb02d0ae598e95dc970b74767f19372d61af8",
    "octocat@9fceb02d",
    "Defaced",
    ":smile:",
    ":+1::tada:",
    "a:b:c:d",
    "$x$ and $$",
    "$`x`$",
    "$20,000 and $30,000",
    "<b>bold</b> <!-- c --> <script>",
    "<https://evil.example>",
    "[text](https://evil.example) ![image](x)",
    "[^1] [ ] [x] [a]: b",
    "a | b || c \\| d",
    "*a* **b** _c_ ~~d~~ `e` ``f``",
    "&copy; &#64;octocat &amp;",
    "\\@octocat \\",
    "Title!",
    "- item",
    "-",
    "---",
    "-- -",
    "===",
    "+ item",
    "* item",
    "1. item",
    "1917) item",
    "# Heading #",
    "> quote",
    "-Dash and +1",
    "1.5 Days",
)


class Page(HTMLParser):
    """The texts of a rendered page: a list for each cell, heading and paragraph, and its tags."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.blocks: list[list[str]] = []
        self.tags: set[str] = set()
        self._parted = True
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        """Begin a block, or end a text."""
        self.tags.add(tag)
        if tag in ("td", "th", "p", "h2"):
            self.blocks.append([])
        self._parted = True

    def handle_endtag(self, tag: str) -> None:
        """End a text."""
        self._parted = True

    def handle_comment(self, data: str) -> None:
        """End a text."""
        self._parted = True

    def handle_data(self, data: str) -> None:
        """Add *data* to its block."""
        if data.strip() and not self._parted:  # HTMLParser can cut a text in two.
            self.blocks[-1][-1] += data
        elif self.blocks:
            self.blocks[-1].append(data)
        self._parted = False


def rendered(title: str) -> Page:
    """The page of a view with *title* as heading, heading of a column, cell, label and item."""
    cell = (Cell(title),)
    blocks = (
        Table(title, (Column(title),), (cell,)),
        Pairs("", ((title, cell),)),
        Items((cell,)),
    )
    text = markdown.render(View(lambda: blocks, (), ViewContext(NOW)))
    cmark = pytest.importorskip("cmarkgfm", reason="needs cmarkgfm")
    return Page(cmark.github_flavored_markdown_to_html(text, cmark.Options.CMARK_OPT_UNSAFE))


def check(title: str) -> None:
    """Hold what is rendered against *title* and the rules of GitHub."""
    page = rendered(title)
    texts = ["".join(block).strip() for block in page.blocks]
    assert texts == [title, title, title, "", "", title, title, title]
    assert page.tags <= {"h2", "table", "thead", "tbody", "tr", "th", "td", "p", "span"}
    for text in [text for block in page.blocks for text in block]:
        for name, pattern in LIVE.items():
            assert not re.search(pattern, text, re.IGNORECASE), f"{name} in {text!r}"


@pytest.mark.parametrize("title", TITLES)
def test_rendered_text_is_the_title(title: str) -> None:
    """GitHub neither mentions anybody nor links, draws or formats anything."""
    check(title)


@given(st.lists(st.sampled_from([*"@#:$./-_w+0aA1 |\\<&", "www", "http", "gh-"]), min_size=1))
def test_no_mixture_of_signs_is_live(parts: list[str]) -> None:
    """Signs next to each other have a meaning that none has alone."""
    title = " ".join("".join(parts).split())
    if title:
        check(title)


@given(st.text(CHARACTERS, min_size=1).map(lambda text: " ".join(text.split())))
def test_any_text_is_rendered_as_it_is(title: str) -> None:
    """In every script."""
    if title and not any(map(find_hostile, title)) and title.strip() == title:
        check(title)


@pytest.mark.parametrize("title", ["Dune: Part Three", "Spider-Man 4", "9-1-1", "X-Men '97", "C++"])
def test_usual_titles_need_no_comments(title: str) -> None:
    """The source is for people, too."""
    assert markdown.render(View(lambda: [Items(((Cell(title),),))], (), ViewContext(NOW))) == (
        f"{title}\n"
    )
