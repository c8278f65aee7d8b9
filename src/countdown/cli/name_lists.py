"""Lists of names in one text: `Zendaya, Tom Holland`."""

import re
from typing import Final

NAME_KEYS: Final = frozenset(
    {
        *("cast", "director", "writer", "creator"),
        *("platform", "distributor", "studio", "franchise"),
    }
)
_MAX_WORDS: Final = 5  # of a name; a longer part is no name, so the comma belongs to the text
# What follows a comma within a name: Robert Downey, Jr.; Pixar, Inc.
_SUFFIX: Final = re.compile(r"(?:jr|sr|ii|iii|iv|inc|ltd|llc|co|esq|phd|md)\.?", re.IGNORECASE)


def split_names(text: str) -> list[str]:
    """The names in *text*, which commas part; *text* alone if its parts don't look like names."""
    if "," not in text:
        return [text]
    parts: list[str] = []
    for part in map(str.strip, text.split(",")):
        if parts and _SUFFIX.fullmatch(part.partition(" as ")[0].strip()):
            parts[-1] = f"{parts[-1]}, {part}"
        elif part:
            parts.append(part)
    return parts if parts and all(map(_looks_like_name, parts)) else [text]


def _looks_like_name(part: str) -> bool:
    name = part.partition(" as ")[0]
    return any(map(str.isalnum, name)) and len(name.split()) <= _MAX_WORDS
