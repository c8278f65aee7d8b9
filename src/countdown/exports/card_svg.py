"""Cards as SVG: texts stay texts, in the fonts of who looks at them; nothing from elsewhere."""

from typing import Final

from countdown.exports.card import COLOURS, HEIGHT, WIDTH, Bar, Picture, Ring, Role, Span, Text
from countdown.formats import svg

_FONTS: Final = "Inter,'Segoe UI',Roboto,'Helvetica Neue',Arial,'Noto Sans',sans-serif"
_STYLE: Final = f".countdown-card text{{font-family:{_FONTS}}}"
_PAGE: Final = "countdown-card-page"  # the same for each card, so several can be on one page


def write(picture: Picture) -> str:
    """*picture* as SVG; the same picture gives the same text."""
    parts = [
        _page(),
        *(_bar(each) if isinstance(each, Bar) else _ring(each) for each in picture.shapes),
        *map(_text, picture.texts),
    ]
    inner = svg.element("g", {"class": "countdown-card"}, "\n".join(parts))
    return svg.document(
        picture.title, picture.description, size=(WIDTH, HEIGHT), style=_STYLE, body=[inner]
    )


def _page() -> str:
    ends: tuple[tuple[int, Role], ...] = ((0, "top"), (1, "bottom"))
    stops = "".join(
        svg.element("stop", {"offset": offset, "stop-color": COLOURS[role]})
        for offset, role in ends
    )
    gradient = svg.element(
        "linearGradient", {"id": _PAGE, "x1": 0, "y1": 0, "x2": 0, "y2": 1}, stops
    )
    page = svg.element("rect", {"width": WIDTH, "height": HEIGHT, "fill": f"url(#{_PAGE})"})
    return f"{svg.element('defs', {}, gradient)}\n{page}"


def _bar(bar: Bar) -> str:
    attributes: dict[str, svg.Value] = {"x": bar.x, "y": bar.y, "width": bar.width}
    attributes |= {"height": bar.height, "fill": COLOURS[bar.role]}
    attributes |= {"rx": bar.radius} if bar.radius else {}
    return svg.element("rect", attributes | _opacity(bar.opacity))


def _ring(ring: Ring) -> str:
    attributes: dict[str, svg.Value] = {"cx": ring.x, "cy": ring.y, "r": ring.radius}
    if ring.thickness:
        attributes |= {"fill": "none", "stroke": COLOURS[ring.role]}
        attributes |= {"stroke-width": ring.thickness}
    else:
        attributes |= {"fill": COLOURS[ring.role]}
    return svg.element("circle", attributes | _opacity(ring.opacity))


def _opacity(opacity: float) -> dict[str, svg.Value]:
    return {"opacity": f"{opacity:.2f}"} if opacity < 1 else {}


def _text(text: Text) -> str:
    attributes: dict[str, svg.Value] = {"x": float(text.x), "y": float(text.y)}
    attributes |= {"text-anchor": text.anchor} if text.anchor != "start" else {}
    return svg.element("text", attributes, "".join(map(_span, text.spans)))


def _span(span: Span) -> str:
    attributes: dict[str, svg.Value] = {"dx": span.gap} if span.gap else {}
    attributes |= {"font-size": span.size, "fill": COLOURS[span.role]}
    attributes |= {"font-weight": "bold"} if span.is_bold else {}
    return svg.element("tspan", attributes, svg.escaped(span.text))
