"""Tells showings before a release by what a source notes about them. No I/O."""

import re
from typing import Final

_WORDS: Final = r"(?i)premi[eè]re|festival|preview|sneak"


def is_premiere(note: str) -> bool:
    """True if a date with that *note* is a premiere or a festival's, and no release."""
    return re.search(_WORDS, note) is not None
