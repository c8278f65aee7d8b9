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
_APOSTROPHES: "Final" = dict.fromkeys(map(ord, "'`´ʹʻʼʽˈ‘’‛′＇"))
_FOLDED_LETTERS: "Final" = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"}
    | {"&": " and "}
)
_FOLDED_ASCII: "Final" = {
    code: chr(code).lower() if chr(code).isalnum() else " " for code in range(128)
} | {ord("'"): None, ord("`"): None, ord("&"): " and "}
_VOICING_MARKS: "Final" = "\u3099\u309a"  # of kana: パ is another letter than ハ
_INNER_SIGNS: "Final" = "-‐‑·•:.,*/"  # that people leave out: WALL·E, 3:10, 20,000
_INVISIBLE: "Final" = ("Cf", "Cc", "Cs", "Co", "Cn", "Zs", "Zl", "Zp")  # categories of Unicode
_ROMAN: "Final" = ("ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii")
_ARABIC: "Final" = {numeral: str(number) for number, numeral in enumerate(_ROMAN, 2)}


def find_hostile(text: str) -> str | None:
    """The first character of *text* that must not be sent to a terminal; None if there is none."""
    if text.isprintable():
        return None
    return next((character for character in text if _is_hostile(character)), None)


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
    """*text* for comparison: no case, accents or punctuation; words one space apart.

    Letters that stand alone one after the other are one word, so that F.A.S.T. is FAST. A text of
    signs alone is those signs.
    """
    if text.isascii():
        words = _say_plus(text).translate(_FOLDED_ASCII).split()
        return _join_letters(words) if words else "".join(_signs(text))
    import unicodedata  # Deferred: most names are ASCII.

    decomposed = unicodedata.normalize("NFKD", text.translate(_APOSTROPHES))
    bare = "".join(
        c
        for c in decomposed
        if c in _VOICING_MARKS or not (unicodedata.combining(c) or _is_ignored(c))
    )
    bare = _say_plus(bare)
    folded = unicodedata.normalize("NFC", bare).casefold().translate(_FOLDED_LETTERS)
    folded = unicodedata.normalize("NFC", folded.translate(_APOSTROPHES))
    words = "".join(c if c.isalnum() else " " for c in folded).split()
    if words:
        return _join_letters(words)
    return "".join(c for c in _signs(bare) if unicodedata.category(c) not in _INVISIBLE)


def _say_plus(text: str) -> str:
    """*text* with a word for the plus at the end of one: AMC+ is not AMC."""
    if "+" not in text:
        return text
    last = len(text) - 1
    return "".join(
        " plus "
        if c == "+" and at and text[at - 1].isalnum() and not (at < last and text[at + 1].isalnum())
        else c
        for at, c in enumerate(text)
    )


def _is_ignored(character: str) -> bool:
    """True for what is invisible within a word: soft hyphens, joiners, variation selectors."""
    import unicodedata

    code = ord(character)
    return unicodedata.category(character) == "Cf" or 0xFE00 <= code <= 0xFE0F


def _signs(text: str) -> list[str]:
    return [c for c in text if c.isprintable() and not c.isspace()]


def _join_letters(words: list[str]) -> str:
    """*words* one space apart, but none between letters that stand alone: `j j abrams`."""
    if len(words) < 2 or min(map(len, words)) > 1:
        return " ".join(words)
    joined = words[0]
    for before, word in zip(words, words[1:], strict=False):  # noqa: RUF007  # itertools costs
        # Cased ones: a Chinese character is a word.
        alone = len(before) == len(word) == 1 and before.upper() != before and word.upper() != word
        joined += word if alone else f" {word}"
    return joined


def spellings(text: str) -> list[str]:
    """What *text* is folded to, first as it is written, then as people write it otherwise.

    With arabic numerals for roman ones, and without the signs inside its words: `spiderman`.
    """
    folded = fold(text)
    found = [folded]
    if any(sign in text for sign in _INNER_SIGNS):
        last = len(text) - 1
        found.append(
            fold(
                "".join(
                    c
                    for at, c in enumerate(text)
                    if c not in _INNER_SIGNS
                    or not (0 < at < last and text[at - 1].isalnum() and text[at + 1].isalnum())
                )
            )
        )
    first, *words = folded.split() or [""]
    found.append(" ".join([first, *(_ARABIC.get(word, word) for word in words)]))
    return list(dict.fromkeys(spelling for spelling in found if spelling))


def natural_key(text: str) -> str:
    """A key that sorts *text* as people do: without case and accents, and 6 before 10."""
    words = fold(text).split()
    return " ".join([word.zfill(12) if word.isdecimal() else word for word in words])


def is_unspaced(text: str) -> bool:
    """True if *text* has letters of a script that is written without spaces between words."""
    if text.isascii():
        return False
    return any(first <= ord(c) <= last for c in text for first, last in _UNSPACED)


def split_unspaced(text: str) -> str:
    """*text* with a space around each letter of a script that is written without spaces.

    So a search for words finds any part of such a text.
    """
    if text.isascii():
        return text
    import re  # Deferred: neither prompts nor Tab come here.

    ranges = "".join([f"{chr(first)}-{chr(last)}" for first, last in _UNSPACED])
    return re.sub(f"([{ranges}])", r" \1 ", text)
