"""Text for stdout and stderr, made safe for any terminal and any encoding.

Commands in hints are adapted to the user's situation: with the program's path and --catalogue.
"""

import codecs
import os
import re
import sys
from typing import Final, NamedTuple, TextIO

import click

from countdown import paths, streams
from countdown.cli.context import SharedOptions, catalogue_words
from countdown.core.text import escape_hostile

_ERROR_HANDLER: Final = "countdown.unaccented"
PROGRAM: Final = "countdown"  # its name in all texts
# Beginnings of problems that an option's name can precede.
_VERBS: Final = ("can't be ", "has ", "is ", "isn't ", "needs ", "should ")
_NAMES: Final = (PROGRAM, "release-countdown")
# Commands to which hints add --catalogue.
_ABOUT_A_CATALOGUE: Final = (
    *("list", "next", "status", "show", "actor", "search", "follow", "unfollow", "news", "remind"),
    *("calendar", "import", "export", "share", "init", "doctor", "check", "live", "why"),
    *("card", "marathon"),
)
_OTHERS: Final = (
    *(
        "config",
        "prompt",
        "track",
        "untrack",
        "refresh",
        "source",
        "add",
        "edit",
        "remove",
        "hide",
        "unhide",
        "undo",
        "redo",
        "mine",
    ),
    *("help", "--help"),
)
_PATH: Final = r"/.+?(?=:[\d ])"  # at the beginning of a line
# A command at the beginning of a line, or after a colon.
_COMMAND: Final = rf"(^ *|: ){PROGRAM} ({'|'.join((*_ABOUT_A_CATALOGUE, *_OTHERS))})(?![\w-])"


def sentences(message: str) -> str:
    """*message* in sentences: `what; remedy` becomes `What. Remedy.`."""
    what, semicolon, remedy = message.rpartition("; ")
    return " ".join(_sentence(part) for part in ([what, remedy] if semicolon else [message]))


def about(name: str, message: str) -> str:
    """*message* as sentences about the option *name*, like `--season should be a whole number.`.

    Without a verb at its start, it follows a colon: `--date: There's already one.`; without a name
    it stands alone.
    """
    text = sentences(message)
    if not name:
        return text
    if message.startswith(_VERBS):
        return f"{name} {text[0].lower()}{text[1:]}"
    return f"{name}: {text}"


def _sentence(text: str) -> str:
    """*text* with a capital, also after a value in quotes at its start, and a full stop."""
    start = text.find('": ') + len('": ') if text.startswith('"') and '": ' in text else 0
    end = "" if text.endswith((".", "?")) else "."
    return f"{text[:start]}{text[start : start + 1].upper()}{text[start + 1 :]}{end}"


def echo(*lines: str) -> None:
    """Write *lines* to stdout as an answer; on a terminal, they are wrapped.

    Raises OutputError.
    """
    texts = _fitted([_near(escape_hostile(line)) for line in lines], sys.stdout, PROGRAM)
    write("".join([f"{text}\n" for text in texts]))


def warn(*lines: str) -> None:
    """Write *lines* to stderr: an error or a hint, with its commands adapted to the user.

    On a terminal, they are wrapped.
    """
    program, _ = hints = current_hints()
    texts = [_near(escape_hostile(hints.adapt(line))) for line in lines]
    streams.write_errors(*_fitted(texts, sys.stderr, program))


def _near(text: str) -> str:
    """*text*, with a path at its start shortened relative to the current folder."""
    path = re.match(_PATH, text)
    return f"{paths.near(path[0])}{text[path.end() :]}" if path else text


def _fitted(texts: list[str], stream: TextIO | None, program: str) -> list[str]:
    """*texts* in lines for the terminal at *stream*, or as they are if there is none."""
    if stream is None or not stream.isatty():
        return texts
    from countdown.core.wrapping import wrapped  # Deferred: most answers have no errors.
    from countdown.formats.terminal_size import terminal_size

    columns = terminal_size(stream).columns
    return [part for text in texts for part in wrapped(text, columns, program=program)]


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

    It has the same width, so that columns stay aligned. A handler for `codecs.register_error`.
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


class Hints(NamedTuple):
    """The words that start this *program*, and ` --catalogue FILE` as on the command line."""

    program: str
    catalogue: str = ""

    def adapt(self, text: str) -> str:
        """*text*, with commands adapted so that the user can run them; names in quotes stay."""
        if self == (PROGRAM, ""):
            return text

        def adapted(found: "re.Match[str]") -> str:
            before, command = found.groups()
            if text.count('"', 0, found.start()) % 2:
                return found[0]
            is_about = command in _ABOUT_A_CATALOGUE and "--catalogue" not in text
            return f"{before}{self.program} {command}{self.catalogue if is_about else ''}"

        return re.sub(_COMMAND, adapted, text)


def hints(shared: SharedOptions | None) -> Hints:
    """The `Hints` for this process, with the *shared* options if they are known."""
    return Hints(_program(), catalogue_words(shared) if shared else "")


def current_hints() -> Hints:
    """The `Hints` for the command line that click is running, if any."""
    ctx = click.get_current_context(silent=True)
    return hints(ctx.find_root().obj if ctx else None)


def _program() -> str:
    """The words that start this program in this terminal: its name if PATH has it, else its path.

    The path is as typed by the user, which is short.
    """
    typed = sys.argv[0]
    name = os.path.basename(typed)
    if name in _NAMES and (os.sep not in typed or paths.folder_on_path(typed) is not None):
        return name
    from countdown.cli.shell_words import shell_word  # Deferred: most users have it on PATH.

    if typed == os.path.join(os.path.dirname(paths.__file__), "__main__.py"):
        return f"{shell_word(sys.executable)} -m {PROGRAM}"
    return shell_word(typed) if name in _NAMES else PROGRAM
