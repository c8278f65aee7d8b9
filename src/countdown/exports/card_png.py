"""Cards in pixels, as chats and social networks want them, drawn with Pillow.

The same picture gives the same bytes on the same machine: others can have other fonts.
"""

from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING, Final

from countdown.errors import NoLibraryError
from countdown.exports.card import COLOURS, HEIGHT, WIDTH, Bar, Picture, Ring, Span, Text

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw

    from countdown.exports.card_fonts import Face

_SCALE: Final = 4  # Edges are drawn so many times larger, and are smooth in the end.
_MAX_MISSING: Final = 12  # letters that are named
_LEAST_SIZE: Final = 6  # of letters
_STROKE: Final = 24  # The part of its size by which a font without bold letters gets bolder.


def write(picture: Picture) -> bytes:
    """*picture* as PNG. Raises NoLibraryError."""
    try:
        from PIL import Image, ImageDraw  # Deferred: an extra.
    except ImportError:
        raise NoLibraryError("Drawing a PNG", "pillow", "share") from None
    image = _page().copy()
    for shape in picture.shapes:
        mask, place = _mask(shape._replace(role="text"))
        image.paste(Image.new("RGB", mask.size, COLOURS[shape.role]), place, mask)
    draw = ImageDraw.Draw(image)
    for text in picture.texts:
        _draw(draw, text)
    data = BytesIO()
    image.save(data, "PNG", compress_level=6)
    return data.getvalue()


def missing_letters(picture: Picture) -> str:
    """The first letters of *picture* that no font of this machine has; boxes stand for them."""
    from countdown.exports.card_fonts import missing

    spans = [span for text in picture.texts for span in text.spans]
    found = [each for span in spans for each in missing(span.text, is_bold=span.is_bold)]
    return "".join([*dict.fromkeys(found)][:_MAX_MISSING])


@lru_cache
def _page() -> "Image":
    from PIL import Image, ImageColor

    top, bottom = (ImageColor.getrgb(COLOURS[role]) for role in ("top", "bottom"))
    column = Image.new("RGB", (1, HEIGHT))
    for y in range(HEIGHT):
        part = (y + 0.5) / HEIGHT
        mixed = [round(a + (b - a) * part) for a, b in zip(top, bottom, strict=True)]
        column.putpixel((0, y), (mixed[0], mixed[1], mixed[2]))
    return column.resize((WIDTH, HEIGHT), Image.Resampling.NEAREST)


@lru_cache(maxsize=64)
def _mask(shape: Bar | Ring) -> tuple["Image", tuple[int, int]]:
    """How much of each pixel *shape* covers, in the square around it; and where that begins."""
    from PIL import Image, ImageDraw

    left, top, right, bottom = _box(shape)
    x, y = int(left // 1), int(top // 1)
    size = (int(right - x) + 2, int(bottom - y) + 2)
    large = Image.new("L", (size[0] * _SCALE, size[1] * _SCALE))
    draw = ImageDraw.Draw(large)
    fill = round(255 * shape.opacity)
    box = ((left - x) * _SCALE, (top - y) * _SCALE, (right - x) * _SCALE, (bottom - y) * _SCALE)
    inner = (box[0], box[1], max(box[2] - 1, box[0]), max(box[3] - 1, box[1]))
    if isinstance(shape, Bar):
        draw.rounded_rectangle(inner, shape.radius * _SCALE, fill)
    elif shape.thickness:
        draw.ellipse(inner, outline=fill, width=round(shape.thickness * _SCALE))
    else:
        draw.ellipse(inner, fill)
    return large.reduce(_SCALE), (x, y)


def _box(shape: Bar | Ring) -> tuple[float, float, float, float]:
    """The left, top, right and bottom of *shape*."""
    if isinstance(shape, Bar):
        return shape.x, shape.y, shape.x + shape.width, shape.y + shape.height
    reach = shape.radius + shape.thickness / 2
    return shape.x - reach, shape.y - reach, shape.x + reach, shape.y + reach


_Piece = tuple[str, "Face", int, Span]  # a text, its font and size


def _draw(draw: "ImageDraw", text: Text) -> None:
    """Draw *text*, smaller if it is too long in the fonts of this machine."""
    part = 1.0
    pieces, length = _measured(text, part)
    while length > text.room and part > 0.2:
        part *= max(min(text.room / length, 0.98), 0.5)
        pieces, length = _measured(text, part)
    x = text.x - {"start": 0.0, "middle": length / 2, "end": length}[text.anchor]
    last: Span | None = None
    for piece, face, size, span in pieces:
        x += span.gap if span is not last else 0
        last = span
        font, stroke = face.at(size), (size / _STROKE / 2 if _is_thin(face, span) else 0)
        draw.text((x, text.y), piece, COLOURS[span.role], font, "ls", stroke_width=stroke)
        x += font.getlength(piece)


def _is_thin(face: "Face", span: Span) -> bool:
    return span.is_bold and face.is_own


def _measured(text: Text, part: float) -> tuple[list[_Piece], float]:
    """The pieces of *text* in *part* of their size, and their length."""
    from countdown.exports.card_fonts import runs

    pieces = [
        (piece, face, max(int(span.size * part), _LEAST_SIZE), span)
        for span in text.spans
        for piece, face in runs(span.text, is_bold=span.is_bold)
    ]
    length = sum(face.at(size).getlength(piece) for piece, face, size, _ in pieces)
    return pieces, length + sum(span.gap for span in text.spans)
