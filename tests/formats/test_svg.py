"""Pictures in SVG: whatever texts have, they stay texts, and XML."""

from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from countdown.formats import svg
from tests.strategies import CHARACTERS

_SVG = "{http://www.w3.org/2000/svg}"


@given(st.text(CHARACTERS, min_size=1))
def test_any_text_stays_text(text: str) -> None:
    """In content and attributes; what XML has no character for is an escape."""
    body = [svg.text(1, 2.0, text), svg.element("g", {"class": text})]
    picture = svg.document(text, text, size=(10, 20), style="", body=body)
    root = ElementTree.fromstring(picture.encode())
    title, description, style, drawn, group = root
    assert title.text == description.text == drawn.text == root.get("aria-label")
    assert [each.tag for each in root] == [
        f"{_SVG}{name}" for name in ("title", "desc", "style", "text", "g")
    ]
    assert (style.text, [*group.keys()]) == (None, ["class"])
    if text.isascii() and text.isprintable():
        assert (drawn.text or "", group.get("class")) == (text, text)


def test_what_would_be_markup_is_escaped() -> None:
    """Tags, entities and quotation marks; an escape sequence is shown as one."""
    assert svg.escaped('<a href="x">&\'') == "&lt;a href=&quot;x&quot;&gt;&amp;&#39;"
    assert svg.escaped("\x1b[1m\u202e\uffff") == "\\x1b[1m\\u202e\\uffff"


def test_numbers_are_short() -> None:
    """One digit behind the point at most, on every machine."""
    assert svg.text(1 / 3, 2.0, "A", "muted", "end") == (
        '<text x="0.3" y="2" class="muted" text-anchor="end">A</text>'
    )
    assert svg.element("g", {}) == "<g/>"
