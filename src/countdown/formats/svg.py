"""SVG pictures: elements, texts that stay text, and a document for light and dark pages.

Pictures refer to nothing outside: no fonts, no addresses, no scripts.
"""

from collections.abc import Iterable
from typing import Final

from countdown.core.text import escape, escape_hostile

_ENTITIES: Final = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"}
)
# XML 1.0 has no such characters, even escaped; U+FFFE and U+FFFF are no hostile ones.
_NOT_IN_XML: Final = str.maketrans({c: escape(c) for c in "\ufffe\uffff"})
Value = str | int | float


def visible(text: str) -> str:
    """*text* with escapes for what could control its reader, or isn't allowed in XML."""
    if text.isprintable():
        return text
    return escape_hostile(text).translate(_NOT_IN_XML)


def escaped(text: str) -> str:
    """*text* as XML has it between tags and in quotation marks."""
    return visible(text).translate(_ENTITIES)


def element(name: str, attributes: dict[str, Value], content: str = "") -> str:
    """The element *name* with *attributes*, and *content* that is markup already.

    An underscore in the name of an attribute is a hyphen: `text_anchor`.
    """
    listed = "".join(
        f' {key.replace("_", "-")}="{_value(value)}"' for key, value in attributes.items()
    )
    return f"<{name}{listed}>{content}</{name}>" if content else f"<{name}{listed}/>"


def text(x: float, y: float, content: str, style: str = "", anchor: str = "") -> str:
    """*content* at a place, in a class *style*; *anchor* is `end` if it ends there."""
    attributes: dict[str, Value] = {"x": x, "y": y}
    attributes |= {"class": style} if style else {}
    attributes |= {"text_anchor": anchor} if anchor else {}
    return element("text", attributes, escaped(content))


def document(
    title: str, description: str, *, size: tuple[int, int], style: str, body: Iterable[str]
) -> str:
    """A picture of *size*, width and height, with a *title* and *description* for all readers.

    *style* are its rules of CSS, *body* its elements.
    """
    width, height = size
    attributes: dict[str, Value] = {
        "xmlns": "http://www.w3.org/2000/svg",
        "width": width,
        "height": height,
        "viewBox": f"0 0 {width} {height}",
        "role": "img",
        "aria-label": title,
        "lang": "en",
    }
    parts = [
        element("title", {}, escaped(title)),
        element("desc", {}, escaped(description)),
        element("style", {}, style),
        *body,
    ]
    lines = "\n".join(part for part in parts if part)
    return element("svg", attributes, f"\n{lines}\n") + "\n"


def _value(value: Value) -> str:
    """*value* of an attribute; a fraction has one digit, the same on every machine."""
    if isinstance(value, float):
        return f"{value:.1f}".removesuffix(".0")
    return escaped(value) if isinstance(value, str) else str(value)
