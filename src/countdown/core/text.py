"""Text from outside: which characters are refused, how they are made visible, how names compare."""

import unicodedata
from typing import Final

# Characters that move a cursor, end a line, or turn the reading direction (Unicode Cc, the bidi
# controls of UAX #9, the line and paragraph separators, lone surrogates, invisible fillers).
HOSTILE: Final[frozenset[int]] = frozenset(
    [
        *range(0x20),
        *range(0x7F, 0xA0),
        0x061C,
        0x200B,
        0x200E,
        0x200F,
        *range(0x2028, 0x202F),
        *range(0x2060, 0x2070),
        0xFEFF,
        *range(0xFFF9, 0xFFFC),
        *range(0xD800, 0xE000),
        *range(0xE0000, 0xE1000),
    ]
)

# Letters that have no accent to strip, as people type them.
PLAIN: Final = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i", "’": None, "'": None}
)


def hostile(text: str) -> str | None:
    """The first character of *text* that no terminal may be sent, or None."""
    if text.isprintable():
        return None
    return next((character for character in text if ord(character) in HOSTILE), None)


def visible(text: str) -> str:
    r"""*text* with every hostile character spelt out: an escape becomes the four letters `\x1b`."""
    if text.isprintable():
        return text
    return "".join(escaped(c) if ord(c) in HOSTILE else c for c in text)


def escaped(character: str) -> str:
    r"""One character as Python writes it in a literal: `\x1b`, `\u202e`."""
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def fold(text: str) -> str:
    """*text* as it is compared: no case, accents or punctuation; words one space apart."""
    if not text.isascii():
        decomposed = unicodedata.normalize("NFKD", text)
        text = "".join(c for c in decomposed if not unicodedata.combining(c))
    folded = text.casefold().translate(PLAIN)
    return " ".join("".join(c if c.isalnum() else " " for c in folded).split())
