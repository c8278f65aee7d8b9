"""Names as people write them: `Zendaya, Tom Holland`, `Zendaya as MJ`. No I/O."""

import re
from collections.abc import Sequence
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

_COMMA: Final = re.compile(r"[,;](?![^()]*\))")  # but those in brackets
_AS: Final = re.compile(r"(.*?\S)(?: +(?:(?i:as)|como|als) +| *(?:\.\.\.|…) *)(\S.*)")
_AS_NOBODY: Final = re.compile(r"\s*(.*?\S)\s+as\s*", re.IGNORECASE)  # the role isn't written
_IN_BRACKETS: Final = re.compile(r"([^()]*[^() ]) *\(([^()]*[^() ][^()]*)\)")
_BARE_AS: Final = re.compile(r" as(?: |$)| como | als |\.\.\.|…|\(", re.IGNORECASE)
# In brackets, numerals tell people of one name apart, as IMDb does, and jobs aren't roles.
_NUMERAL: Final = re.compile(r"[IVXLC]+")
_NO_ROLE: Final = frozenset(("uncredited", "director", "actor", "actress", "writer", "producer"))


def split_credit(text: str) -> tuple[str, str]:
    """The name and the role of `Zendaya as MJ`, `Zendaya (MJ)`; the role is empty without one."""
    if not _BARE_AS.search(text):
        return text, ""
    if text.startswith(" as "):  # Whoever plays that has no name, which is refused.
        return "", text.removeprefix(" as ").strip()
    match = _AS.fullmatch(text.strip())
    if not match:
        if without_role := _AS_NOBODY.fullmatch(text):
            return without_role[1], ""
        match = _IN_BRACKETS.fullmatch(text.strip())
        if not match or _NUMERAL.fullmatch(match[2]) or match[2].casefold() in _NO_ROLE:
            return text, ""
    return match[1].strip(), match[2].strip()


def split_names(text: str) -> list[str]:
    """The names in *text*, split at commas; *text* itself if its parts don't look like names."""
    if "," not in text and ";" not in text:
        return [text]
    parts: list[str] = []
    for part in map(str.strip, _COMMA.split(text)):
        if parts and _SUFFIX.fullmatch(split_credit(part)[0].strip()):
            parts[-1] = f"{parts[-1]}, {part}"
        elif part:
            parts.append(part)
    return parts if parts and all(map(_looks_like_name, parts)) else [text]


def _looks_like_name(part: str) -> bool:
    name = split_credit(part)[0]
    return any(map(str.isalnum, name)) and len(name.split()) <= _MAX_WORDS


def join_names(names: Sequence[str]) -> str:
    """*names*, at least one, in a sentence: `A, B and C`."""
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last
