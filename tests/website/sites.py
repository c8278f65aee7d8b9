"""Sites for tests: built from a few releases, read as a browser reads them."""

import re
from collections.abc import Callable, Sequence
from html.parser import HTMLParser
from typing import Final

from countdown.core.outlook import Moment, outlook
from countdown.core.release import Release
from countdown.views.view import ViewContext
from countdown.website import build
from countdown.website.site import Site, plain
from tests.exports.test_events import NOW

BASE: Final = "https://films.example/"


def site(*releases: Release, name: str = "Films", base: str = "", now: Moment = NOW) -> Site:
    """The site of *releases*, for somebody in the US."""
    outlooks = [outlook(each, now=now, region="US") for each in releases]
    return plain(Site(name, base, outlooks, ViewContext(now, "US")))


def files(
    *releases: Release,
    name: str = "Films",
    base: str = "",
    now: Moment = NOW,
    wanted: Callable[[str], bool] = lambda path: not path.endswith(".png"),
) -> dict[str, bytes]:
    """The files of a site by path, in the order in which they are written; no PNG.

    With *wanted*, only those whose path it wants.
    """
    made = build.files(site(*releases, name=name, base=base, now=now))
    return {each.path: each.draw() for each in made if wanted(each.path)}


def text(page: bytes) -> str:
    """What *page* says, with one space between all words."""
    return " ".join(Page(page).text.split())


class Page(HTMLParser):
    """The elements of a page, its links and its text."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self._is_hidden = False
        self.feed(page.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the element."""
        self.elements.append((tag, dict(attrs)))
        self._is_hidden = tag in ("style", "script")

    def handle_endtag(self, tag: str) -> None:
        """End what isn't shown."""
        self._is_hidden = False

    def handle_data(self, data: str) -> None:
        """Note the text."""
        if not self._is_hidden:
            self.text += data + " "

    @property
    def links(self) -> list[str]:
        """All addresses that it names, but for those in texts."""
        names = ("href", "src", "content")
        values = [each.get(name) for _, each in self.elements for name in names]
        return [value for value in values if value]

    def those(self, tag: str) -> Sequence[dict[str, str | None]]:
        """The attributes of each element *tag*."""
        return [attributes for name, attributes in self.elements if name == tag]


def rows(page: bytes) -> list[tuple[str, str]]:
    """The date and the title of each row of *page*."""
    found = re.findall(
        rb"<li>\s*<(?:time|span)[^>]*>([^<]*)</.*?class=\"title\"><a[^>]*>([^<]*)</a>", page, re.S
    )
    return [(when.decode(), title.decode()) for when, title in found]
