"""Quotes names as words of a command that can be pasted into a shell."""

from typing import Final

_PLAIN_SIGNS: Final = str.maketrans("", "", "-_./")  # that aren't special in any shell


def shell_word(text: str) -> str:
    """*text* as one word that can be pasted into a shell."""
    if text.isascii() and text.translate(_PLAIN_SIGNS).isalnum():
        return text
    if not set(text) & set('"$`\\!'):
        return f'"{text}"'
    from shlex import quote  # Deferred: few names need it.

    return quote(text)


def shell_argument(text: str) -> str:
    """*text* as the last word of a command; after `--` if it looks like an option."""
    return f"-- {shell_word(text)}" if text.startswith("-") else shell_word(text)
