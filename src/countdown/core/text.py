"""Text from outside: characters that are refused, their escapes, and how names compare."""

TYPE_CHECKING = False  # Tab completion comes this way without typing: see entry.
if TYPE_CHECKING:
    from typing import Final

# Characters that move a cursor, end a line, or turn the reading direction (Unicode Cc, the bidi
# controls of UAX #9, the line and paragraph separators, lone surrogates, invisible fillers):
# first and last of each range.
HOSTILE: "Final" = (
    (0x00, 0x1F),
    (0x7F, 0x9F),
    (0x061C, 0x061C),
    (0x200B, 0x200B),
    (0x200E, 0x200F),
    (0x2028, 0x202E),
    (0x2060, 0x206F),
    (0xD800, 0xDFFF),
    (0xFEFF, 0xFEFF),
    (0xFFF9, 0xFFFB),
    (0xE0000, 0xE00FF),
    (0xE01F0, 0xE0FFF),  # Between the two are the variant forms of ideographs, as in names.
)
# Scripts that put no spaces between words (Thai, Lao, Burmese, Khmer, kana, Chinese characters):
# first and last of each range.
_UNSPACED: "Final" = (
    (0x0E00, 0x0EFF),
    (0x1000, 0x109F),
    (0x1780, 0x17FF),
    (0x2E80, 0x2FDF),
    (0x3005, 0x3007),
    (0x3041, 0x30FF),
    (0x31F0, 0x31FF),
    (0x3400, 0x9FFF),
    (0xF900, 0xFAFF),
    (0x20000, 0x3FFFF),
)
# Apostrophes are removed, so that "O'Hara" is one word; letters whose accent can't be stripped
# become what people type for them.
_FOLDED_LETTERS: "Final" = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i", "’": None, "'": None}
)
_FOLDED_ASCII: "Final" = {
    code: chr(code).lower() if chr(code).isalnum() else " " for code in range(128)
} | {ord("'"): None}


def find_hostile(text: str) -> str | None:
    """The first character of *text* that must not be sent to a terminal; None if there is none."""
    if text.isprintable():
        return None
    return next((character for character in text if _is_hostile(character)), None)


def has_unspaced_script(text: str) -> bool:
    """Check whether *text* has characters of a script without spaces between words."""
    return not text.isascii() and any(
        first <= ord(character) <= last for character in text for first, last in _UNSPACED
    )


def escape_hostile(text: str) -> str:
    r"""*text* with an escape for every hostile character: ESC becomes the four letters `\x1b`."""
    if text.isprintable():
        return text
    return "".join(escape(c) if _is_hostile(c) else c for c in text)


def _is_hostile(character: str) -> bool:
    return any(first <= ord(character) <= last for first, last in HOSTILE)


def escape(character: str) -> str:
    r"""The escape of a character in a Python literal: `\x1b`, `\u202e`."""
    code = ord(character)
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def fold(text: str) -> str:
    """*text* for comparison: no case, accents or punctuation; words one space apart."""
    if text.isascii():
        return " ".join(text.translate(_FOLDED_ASCII).split())
    import unicodedata  # Deferred: most names are ASCII.

    decomposed = unicodedata.normalize("NFKD", text)
    folded = "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()
    folded = folded.translate(_FOLDED_LETTERS)
    return " ".join("".join(c if c.isalnum() else " " for c in folded).split())
