"""Text for stdout and stderr, made safe for any terminal and any encoding."""

import codecs
from typing import Final

from countdown import streams
from countdown.core.text import escape_hostile

_ERROR_HANDLER: Final = "countdown.unaccented"


def echo(*lines: str) -> None:
    """Write *lines* to stdout as an answer. Raises OutputError."""
    write("".join([f"{escape_hostile(line)}\n" for line in lines]))


def warn(*lines: str) -> None:
    """Write *lines* to stderr: an error or a hint."""
    streams.write_errors(*map(escape_hostile, lines))


def write(text: str) -> None:
    """Write *text*, which must be safe for a terminal, to stdout. Raises OutputError.

    Characters that the encoding lacks are replaced.
    """
    codecs.register_error(_ERROR_HANDLER, strip_accents)
    streams.write(text, errors=_ERROR_HANDLER)


def encode(text: str, encoding: str) -> bytes:
    """*text* in *encoding*; characters that it lacks are replaced."""
    codecs.register_error(_ERROR_HANDLER, strip_accents)
    return text.encode(encoding, _ERROR_HANDLER)


def strip_accents(error: UnicodeError) -> tuple[str, int]:
    """Replacement for characters that an encoding lacks: without accents, else question marks.

    It is as wide as they are, so that columns stay in line. A handler for `codecs.register_error`.
    """
    if not isinstance(error, UnicodeEncodeError):
        raise error
    import unicodedata  # Deferred: few terminals lack a character.

    replaced = ""
    for character in error.object[error.start : error.end]:
        plain = unicodedata.normalize("NFKD", character).encode("ascii", "ignore").decode()
        is_wide = unicodedata.east_asian_width(character) in ("F", "W")
        columns = 0 if unicodedata.category(character) in ("Mn", "Me", "Cf") else 1 + is_wide
        replaced += plain.ljust(columns) if plain else "?" * columns
    return replaced, error.end
