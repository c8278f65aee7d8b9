"""Options of less(1), read as far as it takes to know whether it shows colours."""

from typing import Final

# What takes a text up to the next dollar sign or the end. The numbers that others take need no
# care: digits are no options.
_TEXT: Final = frozenset('"#DjkoOpPtTx')
_LONG_TEXT: Final = (
    *("color", "header", "intr", "jump-target", "lesskey-", "log-file", "pattern", "prompt"),
    *("quotes", "rscroll", "search-options", "shift", "tabs", "tag"),
)
_RAW: Final = "raw-control-chars"
_SHORTEST: Final = 2  # letters of a long option that less takes for one: --ra is --raw-…


def shows_colours(variable: str, words: list[str]) -> bool:
    """Whether less shows colours with *variable* as its LESS, called with the options *words*."""
    raw = _scan(variable, False)
    for word in words:
        if word[:1] in ("-", "+"):
            raw = _scan(word, raw)
    return raw


def _scan(text: str, raw: bool) -> bool:
    """Whether raw control characters are on after the options *text*, if they were *raw* before."""
    at, usual = 0, False  # *usual*: after -+, options go back to what they are without LESS.
    while at < len(text):
        letter = text[at]
        at += 1
        if letter == "-":
            if text[at : at + 1] == "-":
                found, at = _long(text, at + 1)
                raw = found if found is not None else raw
                usual = False
            else:
                usual = text[at : at + 1] == "+"
                at += usual
        elif letter in "rR":
            raw = not usual
        elif letter == "+" or (letter in _TEXT and not usual):
            at = _after_text(text, at)
    return raw


def _long(text: str, at: int) -> tuple[bool | None, int]:
    """What the long option at *at* makes of raw control characters, if anything, and its end."""
    usual = text[at : at + 1] == "+"
    begin = at = at + usual
    while at < len(text) and text[at] not in " \t=$":
        at += 1
    name = text[begin:at].lower()
    if len(name) >= _SHORTEST and _RAW.startswith(name):
        return not usual, at
    if text[at : at + 1] == "=" or name.startswith(_LONG_TEXT):
        at = _after_text(text, at)
    return None, at


def _after_text(text: str, at: int) -> int:
    end = text.find("$", at)
    return len(text) if end < 0 else end + 1
