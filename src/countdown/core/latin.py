"""Latin spellings of words in other scripts, for ids and the names of files."""

import unicodedata
from typing import Final

from countdown.core.text import fold

# Letters as `fold` leaves them: of Russian and its neighbours, simplified from ISO 9, and of Greek.
_LETTERS: Final = (
    dict(zip("абвгдезийклмнопрстуфыэіјєґћђ", "abvgdeziiklmnoprstufyeijegcd", strict=True))
    | {"ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ю": "yu", "я": "ya"}
    | {"ъ": "", "ь": "", "љ": "lj", "њ": "nj", "џ": "dz"}
    | dict(zip("αβγδεζηικλμνξοπρστυφω", "avgdeziiklmnxoprstyfo", strict=True))
    | {"θ": "th", "χ": "ch", "ψ": "ps", "ς": "s"}
)
_SYLLABLES: Final = ("HANGUL SYLLABLE ", "HIRAGANA LETTER ", "KATAKANA LETTER ")


def slug(text: str) -> str:
    """*text* in a to z, digits and hyphens; empty if nothing of it can be spelt so."""
    words = [latin for word in fold(text).split() if (latin := to_latin(word))]
    return "-".join(word for word in words if word.isalnum())


def to_latin(word: str) -> str:
    """The folded *word* in letters of a to z and digits; empty if any letter has no spelling."""
    spelling = ""
    for character in word:
        latin = character if character.isascii() else _spell(character)
        if latin is None:
            return ""
        spelling += latin
    return spelling


def _spell(character: str) -> str | None:
    """The Latin spelling of *character*, for syllables that in their Unicode name; None without."""
    if character in _LETTERS:
        return _LETTERS[character]
    if character == "ー":  # It lengthens the vowel before it.
        return ""
    name = unicodedata.name(character, "")
    if name.startswith(_SYLLABLES):
        return name.split()[-1].lower().replace("c", "ch")
    return str(unicodedata.decimal(character)) if character.isdecimal() else None
