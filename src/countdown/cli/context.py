"""The options that all commands share, kept in click's root context while the words are parsed."""

from typing import Final

import click

# Options that a hint doesn't repeat: those that have a value, and others.
_LEFT_OUT: Final = ("--limit", "--format")
_LEFT_OUT_FLAGS: Final = ("--no-pager", "--no-color", "--accessible")


class SharedOptions:
    """Values of the shared options, each named after its option.

    None, False and () stand for an option that is missing. *words* is the whole command line, and
    *similar_command* the command that its first word may be a typo of, if that is no command.
    *is_day_echoed* is True once a guessed day has been echoed on stderr, or if there is none.
    *left_out* is a line for stderr, after the answer, on what is left out of the user's own
    catalogue.
    """

    __slots__ = (
        "accessible",
        "as_of",
        "catalogue",
        "exact_days",
        "format",
        "is_day_echoed",
        "left_out",
        "no_color",
        "no_pager",
        "raw",
        "region",
        "similar_command",
        "timezone",
        "words",
    )

    def __init__(self, words: tuple[str, ...] = ()) -> None:
        self.accessible = False
        self.as_of: str | None = None
        self.catalogue: tuple[str, ...] = ()
        self.exact_days = False
        self.format: str | None = None
        self.is_day_echoed = False
        self.left_out = ""
        self.no_color = False
        self.no_pager = False
        self.raw = False
        self.region: str | None = None
        self.timezone: str | None = None
        self.similar_command = ""
        self.words = words

    def has(self, name: str) -> bool:
        """True if the option *name* is on the command line."""
        return getattr(self, name, None) not in (None, False, ())


def shared_options(ctx: click.Context) -> SharedOptions:
    """The shared options that click has parsed so far."""
    return ctx.find_root().ensure_object(SharedOptions)


def catalogue_words(shared: SharedOptions) -> str:
    """` --catalogue mine.toml`: the files on the command line, for a command in a hint."""
    if not shared.catalogue:
        return ""
    from countdown.cli.shell_words import shell_word  # Deferred: few hints need it.

    return "".join(f" --catalogue {shell_word(file)}" for file in shared.catalogue)


def command_without_limit(ctx: click.Context) -> str:
    """The command line without --limit and options of output, to paste into a shell."""
    from countdown.cli.shell_words import shell_word  # Deferred, as above.

    typed = shared_options(ctx).words
    if "--" in typed:  # Words after it are names; a hint may append options.
        at = typed.index("--")
        typed = (*typed[:at], *(word.lstrip("-") for word in typed[at + 1 :]))
    words = [
        word
        for before, word in zip(("", *typed), typed, strict=False)
        if before not in _LEFT_OUT and word.partition("=")[0] not in (*_LEFT_OUT, *_LEFT_OUT_FLAGS)
    ]
    return " ".join(["countdown", *map(shell_word, words)])
