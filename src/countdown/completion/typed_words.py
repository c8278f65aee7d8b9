"""Parses the words of a command line that is being typed, as the shell will after Enter."""

import os

from countdown import paths

_BREAKS = ":="  # Bash makes each run of these characters a word of its own.


def words_of_bash(typed: list[str]) -> list[str]:
    """The words *typed* in bash, which sends them unparsed and split into pieces.

    An equals sign after an option is dropped. The last word, to be completed, stays the piece that
    bash will replace.
    """
    *before, current = typed
    words: list[str] = []
    is_open = False  # whether the next piece belongs to the last word
    for piece in before:
        is_break = bool(piece) and not piece.strip(_BREAKS)
        if piece == "=" and words and words[-1].startswith("--"):
            continue
        if words and (is_break or is_open):
            words[-1] += piece
        else:
            words.append(piece)
        is_open = is_break
    return [*map(unquote, words), "" if current == "=" else unquote(current)]


def unquote(word: str) -> str:
    """*word* of bash without its quotes, with `~` and variables of the environment expanded.

    A quote may still be open. Command substitutions aren't run.
    """
    if word.startswith("~"):
        word = os.path.expanduser(word)
    parts: list[str] = []
    quote, at = "", 0
    while at < len(word):
        character, at = word[at], at + 1
        if character == quote:
            quote = ""
        elif quote == "'":
            parts.append(character)
        elif character == "\\":
            following, at = word[at : at + 1], at + 1
            parts.append(following if not quote or following in '"\\$`' else f"\\{following}")
        elif character in "\"'" and not quote:
            quote = character
        elif character == "$":
            value, at = _variable(word, at)
            parts.append(value)
        else:
            parts.append(character)
    return "".join(parts)


def catalogue_path(word: str) -> str:
    """The absolute path of the catalogue file that *word* names, without quotes around it."""
    parts, at = [], 0
    while at < len(word):
        character, at = word[at], at + 1
        if character == "$":
            character, at = _variable(word, at)
        parts.append(character)
    return paths.absolute(os.path.expanduser("".join(parts)))


def _variable(word: str, at: int) -> tuple[str, int]:
    """The value of the variable whose name is at *at* in *word*, and where its name ends."""
    braced = word[at : at + 1] == "{"
    start = end = at + braced
    while end < len(word) and (word[end] == "_" or (word[end].isascii() and word[end].isalnum())):
        end += 1
    name = word[start:end]
    if not name or (braced and word[end : end + 1] != "}"):
        return "$", at
    return os.environ.get(name, ""), end + braced
