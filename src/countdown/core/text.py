"""Text from outside: characters that are refused, their escapes, and how names compare."""

TYPE_CHECKING = False  # Tab completion comes this way without typing: see entry.
if TYPE_CHECKING:
    from collections.abc import Iterable
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
    (0xE01F0, 0xE0FFF),  # Variant forms of ideographs lie between these two; names need them.
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
_APOSTROPHES: "Final" = "'`´ʹʻʼʽˈ‘’‛′＇"
_FOLDED_LETTERS: "Final" = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"}
    | {"ħ": "h", "ŧ": "t", "ŋ": "ng", "ɓ": "b", "ɗ": "d", "ɖ": "d", "ƙ": "k", "ƴ": "y"}
    | {"ə": "e", "ɛ": "e", "ǝ": "e", "ɔ": "o", "ƒ": "f", "ɣ": "g", "ɨ": "i", "ʉ": "u"}
    | {"ي": "ی", "ى": "ی", "ك": "ک"}  # Arabic and Persian keyboards
    | {"ـ": "", "&": " and "}
)
_FOLDED_ASCII: "Final" = {
    code: chr(code).lower() if chr(code).isalnum() else " " for code in range(128)
} | {ord("'"): None, ord("`"): None, ord("&"): " and "}
_VOICING_MARKS: "Final" = "\u3099\u309a"  # of kana: パ is another letter than ハ
_INNER_SIGNS: "Final" = "-‐‑·•:.,*/"  # that people leave out: WALL·E, 3:10, 20,000
_INVISIBLE: "Final" = ("Cf", "Cc", "Cs", "Co", "Cn", "Zs", "Zl", "Zp")  # categories of Unicode
# Letters, signs and marks of Unicode without a glyph: of its Default_Ignorable_Code_Point, those
# that are not format characters, and the blank of Braille.
_BLANKS: "Final" = "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0"
_SELECTORS: "Final" = (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))  # of variants of a glyph
_DELETED: "Final" = dict.fromkeys((*map(ord, _APOSTROPHES + _BLANKS), *_SELECTORS))
_ROMAN: "Final" = ("ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii")
_ARABIC: "Final" = {numeral: str(number) for number, numeral in enumerate(_ROMAN, 2)}
_NUMBERS: "Final" = (
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen"),
)
_DIGITS: "Final" = _ARABIC | {word: str(number) for number, word in enumerate(_NUMBERS, 1)}


def find_hostile(text: str) -> str | None:
    """The first character of *text* that must not be sent to a terminal; None if there is none."""
    if text.isprintable():
        return None
    return next((character for character in text if _is_hostile(character)), None)


def is_visible(text: str) -> bool:
    """True if *text* has a visible letter, digit or sign, not only marks and blanks."""
    if text.isascii():
        return any("!" <= character <= "~" for character in text)
    return any(map(_has_glyph, text))


def _has_glyph(character: str) -> bool:
    if character.isspace() or character in _BLANKS:
        return False
    import unicodedata  # Deferred: most names are ASCII.

    category = unicodedata.category(character)
    if category == "Cn":  # Unassigned: it could be a letter of a later version of Unicode.
        code = ord(character)
        return not (0xFDD0 <= code <= 0xFDEF or code & 0xFFFE == 0xFFFE)
    return category[0] not in "MC"


def is_web_address(text: str) -> bool:
    """True if *text* is an address of http or https, with a host."""
    scheme, _, rest = text.partition("://")
    host = rest.split("/")[0].split("?")[0].split("#")[0]
    return scheme in ("https", "http") and any(map(str.isalnum, host)) and " " not in text


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


def sentence(text: str) -> str:
    """*text* with a capital and a full stop."""
    return f"{text[0].upper()}{text[1:].removesuffix('.')}."


def fold(text: str) -> str:
    """*text* for comparison: no case, accents or punctuation; words one space apart.

    Letters that stand alone one after the other are one word, so that F.A.S.T. is FAST. A text of
    signs alone is those signs.
    """
    if text.isascii():
        words = _spell_out_plus(text).translate(_FOLDED_ASCII).split()
        return _join_letters(words) if words else "".join(_signs(text))
    import unicodedata  # Deferred: most names are ASCII.

    decomposed = unicodedata.normalize("NFKD", _part_numerals(text).translate(_DELETED))
    bare = "".join(
        c
        for c in decomposed
        if c in _VOICING_MARKS or not (unicodedata.combining(c) or unicodedata.category(c) == "Cf")
    )
    bare = _spell_out_plus(bare)
    folded = unicodedata.normalize("NFC", bare).casefold().translate(_FOLDED_LETTERS)
    folded = unicodedata.normalize("NFC", folded.translate(_DELETED))
    words = "".join(c if c.isalnum() else " " for c in folded).split()
    if words:
        return _join_letters(words)
    signs = _signs(bare.translate(_DELETED))  # A double prime, decomposed, is two primes.
    return "".join(c for c in signs if unicodedata.category(c) not in _INVISIBLE)


def _part_numerals(text: str) -> str:
    """*text* with a space before a superscript or fraction within a word: Alien³ is Alien 3."""
    if all(map(str.isdecimal, filter(str.isnumeric, text))):
        return text
    import unicodedata

    return "".join(
        f" {c}" if unicodedata.category(c) == "No" and text[at - 1 : at].isalnum() else c
        for at, c in enumerate(text)
    )


def capitalized(text: str) -> str:
    """*text* with a capital at its beginning; all else stays."""
    return text[:1].upper() + text[1:]


def is_among(titles: "Iterable[str]", text: str) -> bool:
    """True if *text* is one of *titles*; case, accents and punctuation do not matter."""
    return fold(text) in map(fold, titles)


def _spell_out_plus(text: str) -> str:
    """*text* with a word for the plus that ends a name: AMC+ is not AMC."""
    if "+" not in text:
        return text
    last = len(text) - 1
    return "".join(
        " plus "
        if c == "+" and at and text[at - 1].isalnum() and not (at < last and text[at + 1].isalnum())
        else c
        for at, c in enumerate(text)
    )


def _signs(text: str) -> list[str]:
    return [c for c in text if c.isprintable() and not c.isspace()]


def _join_letters(words: list[str]) -> str:
    """*words* one space apart, but single letters joined: `j j abrams` is `jj abrams`."""
    if len(words) < 2 or min(map(len, words)) > 1:
        return " ".join(words)
    joined = words[0]
    for before, word in zip(words, words[1:], strict=False):  # noqa: RUF007  # itertools costs
        # Cased ones: a Chinese character is a word.
        alone = len(before) == len(word) == 1 and before.upper() != before and word.upper() != word
        joined += word if alone else f" {word}"
    return joined


def spellings(text: str) -> list[str]:
    """Folded spellings of *text*: first as it is written, then other ways to write it.

    With digits for roman numerals and number words, with `and` for a plus, and without the signs
    inside its words: `spiderman`.
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
    if " + " in text:
        found.append(fold(text.replace(" + ", " & ")))
    if _part_numerals(text) != text:
        import unicodedata

        found.append(fold(unicodedata.normalize("NFKD", text)))
    found.append(_write_digits(folded))
    return list(dict.fromkeys(spelling for spelling in found if spelling))


def _write_digits(folded: str) -> str:
    """*folded* with digits for the roman numerals and number words after its first word."""
    first, *words = folded.split() or [""]
    return " ".join([first, *(_DIGITS.get(word, word) for word in words)])


def natural_key(text: str) -> str:
    """A key that sorts *text* as people do: no case and accents, 6 before 10, V before IX."""
    first, *words = fold(text).split() or [""]
    words = [first, *(_ARABIC.get(word, word) for word in words)]
    return " ".join([word.zfill(12) if word.isdecimal() else word for word in words])


def is_unspaced(text: str) -> bool:
    """True if *text* has letters of a script that is written without spaces between words."""
    if text.isascii():
        return False
    return any(first <= ord(c) <= last for c in text for first, last in _UNSPACED)


def split_unspaced(text: str) -> str:
    """*text* with a space around each letter of a script that is written without spaces.

    This way, a search for words finds any part of such a text.
    """
    if text.isascii():
        return text
    import re  # Deferred: neither prompts nor Tab call this.

    ranges = "".join([f"{chr(first)}-{chr(last)}" for first, last in _UNSPACED])
    return re.sub(f"([{ranges}])", r" \1 ", text)
