"""The exported page: it shows titles as text, and asks nobody for anything."""

import re
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser

from countdown.core import edtf
from countdown.core.outlook import outlook
from countdown.core.release import AnnouncedDate, Release
from countdown.exports import html
from tests.exports.test_events import NOW, release

HOSTILE = "</td><script>alert(1)</script><img src=x onerror=alert(1)> ]]> javascript:x & \"'"


class Page(HTMLParser):
    """The tags of a page, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""
        self.attributes: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the tag."""
        self.tags.append(tag)
        self.attributes += [name for name, _ in attrs]

    def handle_data(self, data: str) -> None:
        """Note the text."""
        self.text += data


def page(*releases: Release, name: str = "Coming up", region: str | None = "US") -> str:
    """The page of *releases*."""
    outlooks = [outlook(each, now=NOW, region="US") for each in releases]
    return html.write(outlooks, NOW, name=name, region=region, credits=("Data <A>",))


def test_releases_stand_by_month() -> None:
    """The soonest first; then those with no last day, without a date, and on hold."""
    found = page(
        release(title="Held", stage="on-hold", unverified=("stage",)),
        release("2026-11-20", title="Passed", stage="filming", checked=edtf.parse("2026-11-25")),
        release(title="None", stage="pre-production"),
        release("2027/..", title="Open"),
        release("2027", title="Year", platform=("Netflix",)),
        release("2026-12-18", title="Day"),
        release(AnnouncedDate(edtf.parse("2026-12-17"), "BR"), title="There"),
        release(AnnouncedDate(edtf.parse("2026-12-20"), unverified=True), title="Doubt"),
        release("2026-12-21?", title="Uncertain"),
    )
    order = re.findall(r"<h2>(.*?)</h2>", found)
    assert order == [
        "November 2026",
        "December 2026",
        "December 2027",
        "Later",
        "No date announced",
        "On hold",
    ]
    rows = re.findall(r"<tr><td>(.*?)</td><td>(.*?)</td><td>(.*?)</td></tr>", found)
    assert rows == [
        ("20 Nov 2026 (passed)", "Passed", "film"),
        ("17 Dec 2026 BR", "There", "film"),
        ("18 Dec 2026", "Day", "film"),
        ("20 Dec 2026?", "Doubt", "film"),
        ("21 Dec 2026?", "Uncertain", "film"),
        ("2027", "Year", "film, Netflix"),
        ("2027 or later", "Open", "film"),
        ("pre-production", "None", "film"),
        ("on hold?", "Held", "film"),
    ]
    assert "As of 27 Nov 2026 · dates for US</p>" in found
    assert "dates for" not in page(region=None)


def test_text_stays_text() -> None:
    """In titles, names and the heading; nothing is linked or loaded."""
    film = release("2027", title=HOSTILE, platform=(HOSTILE,))
    parsed = Page(page(film, name=HOSTILE))
    assert parsed.text.count(HOSTILE) == 4
    assert "Data <A>" in parsed.text
    assert not {"script", "img", "a", "link", "iframe"} & {*parsed.tags}
    assert not {"src", "href", "style", "onerror"} & {*parsed.attributes}


def test_policy_allows_its_own_style_alone() -> None:
    """By its hash."""
    written = page()
    (style,) = re.findall("<style>(.*?)</style>", written, re.DOTALL)
    digest = b64encode(sha256(style.encode()).digest()).decode()
    assert f"content=\"default-src 'none'; style-src 'sha256-{digest}'\"" in written
