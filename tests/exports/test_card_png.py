"""Cards in pixels: that texts are there and inside, with any fonts, and without the library."""

import sys
from collections.abc import Callable
from functools import cache
from io import BytesIO
from typing import Any, Final

import pytest
from PIL import Image, ImageChops, ImageFont

from countdown.core import edtf
from countdown.core.release import AnnouncedDate, Credit
from countdown.errors import NoLibraryError
from countdown.exports import card_png, card_svg
from countdown.exports.card import HEIGHT, MARGIN, WIDTH, Picture
from tests.exports.test_card import TITLES, drawn
from tests.exports.test_events import release
from tests.thorough import pairs, sample

Fonts = Callable[..., None]
FILM: Final = release(
    AnnouncedDate(edtf.parse("2026-12-18"), "US", "theatrical", unverified=True),
    title="Avengers: Doomsday",
    franchise=("MCU",),
    cast=(Credit("Robert Downey Jr."), Credit("Chris Evans")),
)


def font(lacking: str, size: float) -> ImageFont.FreeTypeFont:
    """Pillow's font, which draws the letters *lacking* as if it didn't have them."""

    class Font(ImageFont.FreeTypeFont):
        def getmask(self, text: str | bytes, mode: str = "", *args: Any, **kwargs: Any) -> Any:
            shown = "\uffff" if str(text) in lacking else text
            return super().getmask(shown, mode, *args, **kwargs)

    own = ImageFont.load_default(size)
    assert isinstance(own, ImageFont.FreeTypeFont)
    return Font(BytesIO(own.path.getvalue()), size)  # type: ignore[union-attr]


@pytest.fixture
def fonts(monkeypatch: pytest.MonkeyPatch) -> Fonts:
    """A way to let the system have only fonts of some names, and the letters that these lack."""
    # The module keeps what it has found.
    monkeypatch.delitem(sys.modules, "countdown.exports.card_fonts", raising=False)

    def only(**lacking: str) -> None:
        truetype = ImageFont.truetype

        def open_font(name: Any, size: float = 10, **options: Any) -> ImageFont.FreeTypeFont:
            if not isinstance(name, str):
                return truetype(name, size, **options)
            stem = name.partition("-")[0]
            if stem not in lacking:
                raise OSError("cannot open resource")
            return font(lacking[stem], size)

        monkeypatch.setattr(ImageFont, "truetype", open_font)

    return only


def image(picture: Picture) -> Image.Image:
    """The picture as programs open it."""
    return opened(card_png.write(picture))


def opened(data: bytes) -> Image.Image:
    """The file as programs open it."""
    found = Image.open(BytesIO(data))
    assert (found.format, found.mode, found.size) == ("PNG", "RGB", (WIDTH, HEIGHT))
    return found


def ink(picture: Picture) -> tuple[int, int, int, int] | None:
    """The left, top, right and bottom of all texts."""
    return ink_of(card_png.write(picture), picture)


def ink_of(data: bytes, picture: Picture) -> tuple[int, int, int, int] | None:
    """The same of the file that was written of *picture*."""
    bare = without_texts(Picture("", "", picture.shapes, ()))
    return ImageChops.difference(opened(data), bare).getbbox()


@cache
def without_texts(picture: Picture) -> Image.Image:
    """The picture, which has no texts, so that it's the same with any fonts."""
    return image(picture)


def test_every_text_is_drawn_at_its_place() -> None:
    """One by one; and the same bytes each time."""
    picture = drawn(FILM, credits=("Data from TVmaze (CC-BY-SA-4.0)",))
    assert card_png.write(picture) == card_png.write(picture)
    labels = [text for text in picture.texts if text.anchor == "middle"]
    others = tuple(text for text in picture.texts if text.anchor != "middle")
    for text in sample((*others, labels[0], labels[-1]), of=picture.texts):
        box = ink(picture._replace(texts=(text,)))
        assert box is not None, text
        left, top, right, bottom = box
        size = max(span.size for span in text.spans)
        assert top < text.y <= bottom + size
        assert text.y - size * 1.2 < top
        if text.anchor == "middle":
            assert (left + right) / 2 == pytest.approx(text.x, abs=6)
        else:
            assert left == pytest.approx(text.x, abs=10)


@pytest.mark.parametrize(("name", "shown"), pairs([*TITLES], ["only Pillow's", "all fonts"]))
def test_nothing_runs_out(name: str, shown: str, fonts: Fonts) -> None:
    """Whatever fonts there are; and a chat takes the file."""
    title = TITLES[name]
    if shown == "only Pillow's":
        fonts()
    picture = drawn(
        FILM._replace(title=title, cast=(Credit(title),), platform=(title,)), credits=(title,)
    )
    data = card_png.write(picture)
    left, top, right, bottom = ink_of(data, picture) or (0, 0, 0, 0)
    assert left >= MARGIN - 10
    assert right <= WIDTH - MARGIN + 20
    assert top > 20
    assert bottom < HEIGHT
    # That of a usual card has 70,000; one full of Japanese, in a font that has it, 153,000.
    is_dense = name == "japanese" and shown == "all fonts"
    assert len(data) < (250_000 if is_dense else 125_000)


def test_text_that_is_too_wide_is_drawn_smaller() -> None:
    """A font can be wider than any that was thought of."""
    picture = drawn(FILM)
    wide = picture.texts[1]
    (span,) = wide.spans
    for anchor in ("start", "end"):
        x = MARGIN if anchor == "start" else WIDTH - MARGIN
        text = wide._replace(spans=(span._replace(text="W" * 40),), x=x, anchor=anchor)
        left, _, right, _ = ink(picture._replace(texts=(text,))) or (0, 0, 0, 0)
        assert left >= MARGIN - 10
        assert right <= WIDTH - MARGIN + 10


def test_marks_are_drawn_in_their_colour() -> None:
    """The day is a dot on the bar of months, with smooth edges."""
    found = image(drawn(FILM))
    at = MARGIN + (WIDTH - 2 * MARGIN) * (351.5 / 365)
    day = found.getpixel((round(at), 439))
    assert day == (0xFF, 0xC3, 0x5C)
    assert found.getpixel((4, 300)) == day
    assert found.getpixel((200, 439)) == (0x36, 0x3C, 0x52)
    assert found.getpixel((40, 20)) != found.getpixel((40, 620))


# ---- Letters that fonts lack ----


def titled(title: str) -> Picture:
    """A card of that title."""
    return drawn(release("2027", title=title))


def title_png(title: str) -> bytes:
    """A PNG with the title of such a card and nothing else."""
    return card_png.write(Picture("", "", (), titled(title).texts[1:2]))


def test_other_font_has_the_letter(fonts: Fonts) -> None:
    """It draws the letter alone, unless it has all of the text."""
    fonts(NotoSans="QX", NotoSansCJK="Y")
    assert card_png.missing_letters(titled("Q")) == ""
    assert card_png.missing_letters(titled("QY")) == ""
    mixed, plain = (ink(titled(title)) for title in ("aQYaa", "aYaa"))
    assert mixed
    assert plain
    assert mixed[2] >= plain[2]


def test_pillow_has_letters_that_the_system_lacks(fonts: Fonts) -> None:
    """It is the last one that is asked."""
    fonts(NotoSans="QX")
    assert card_png.missing_letters(titled("aQX")) == ""


def test_letter_that_no_font_has(fonts: Fonts) -> None:
    """Accents are left out, signs dropped, and a box stands for another letter."""
    fonts()
    assert title_png("Amélie") == title_png("Amelie")
    assert title_png("Up 🎬") == title_png("Up")
    assert title_png("🎬🎬") == title_png("🎬") == title_png("")
    assert title_png("漢") != title_png("")
    assert card_png.missing_letters(titled("Amélie 🎬")) == ""
    assert card_png.missing_letters(titled("漢字 漢")) == "漢字"


def test_font_without_bold_letters_gets_bolder(fonts: Fonts) -> None:
    """Pillow's own has no bold ones, and a title should stand out."""
    fonts()
    bold = titled("Title")
    (span,) = bold.texts[1].spans
    thin = bold._replace(texts=(bold.texts[1]._replace(spans=(span._replace(is_bold=False),)),))
    strong = bold._replace(texts=(bold.texts[1],))
    assert sum(image(strong).histogram()[200:256]) > sum(image(thin).histogram()[200:256])


def test_who_lacks_pillow_is_told_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """SVG works without it."""
    monkeypatch.setitem(sys.modules, "PIL", None)
    picture = drawn(FILM)
    with pytest.raises(NoLibraryError) as caught:
        card_png.write(picture)
    assert caught.value.lines == (
        "Drawing a PNG needs the library pillow.",
        "Install it beside countdown: pipx inject release-countdown pillow",
        "Or in a clone: .venv/bin/pip install '.[share]'",
    )
    assert card_svg.write(picture)
