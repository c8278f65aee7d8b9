"""The names that `follow` and `unfollow` take: people, titles, franchises and platforms."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final, NamedTuple

import click

from countdown.cli.messages import about
from countdown.cli.options import Decorator, gather
from countdown.cli.shell_words import shell_word
from countdown.config.settings import FOLLOW_SORTS, Follows
from countdown.core.text import fold
from countdown.errors import UsageError

HOW_TO_BEGIN: Final = "To see names to begin with: countdown follow"
EXCLUDED_OPTIONS: Final = ("--format", "--json", "--days")  # of `unfollow`, which writes sentences
MAX_CHOICES: Final = 8  # meanings to list
_OPTIONS: Final = {
    "person": "This person, in any job.",
    "director": "This director.",
    "title": "Titles with these words.",
    "franchise": "This franchise.",
    "platform": "This platform.",
}


class FollowNames(NamedTuple):
    """The names on the command line: *anything* of unknown sort, and the names of each sort."""

    anything: tuple[str, ...]
    person: tuple[str, ...]
    director: tuple[str, ...]
    title: tuple[str, ...]
    franchise: tuple[str, ...]
    platform: tuple[str, ...]

    def by_sort(self) -> Follows:
        """The names with a sort, from an option, without duplicates. Raises UsageError."""
        follows: dict[tuple[str, str], tuple[str, str]] = {}
        for sort in FOLLOW_SORTS:
            for name in getattr(self, sort):
                check_name(name, f"--{sort}")
                follows.setdefault((sort, fold(name)), (sort, name))
        return tuple(follows.values())


def name_options() -> Decorator[Callable[..., None]]:
    """A decorator for words and for names by sort; the command gets them as *names*."""
    options: list[Decorator[Any]] = [click.argument("anything", nargs=-1, metavar="[NAME]...")]
    for sort, help in _OPTIONS.items():
        metavar = "WORDS" if sort == "title" else "NAME"
        options.append(click.option(f"--{sort}", metavar=metavar, multiple=True, help=help))
    return gather("names", FollowNames._fields, FollowNames, options)


def split_names(
    words: Sequence[str], is_full: Callable[[str], bool], is_known: Callable[[str], bool]
) -> list[str]:
    """The names in *words*: all of them together, or separated by quotes or commas.

    *is_full* tests if a text is a full name, *is_known* if it means anything. Words that mean
    nothing together, but are full names one by one, are separate names. Raises UsageError.
    """
    for word in words:
        check_name(word)
    text = " ".join(words)
    if len(words) > 1 and is_full(text):
        return [text]
    names = [name for group in _groups(words) for name in _split_group(group, is_full, is_known)]
    if words and not names:
        raise UsageError(f'"{text}" isn\'t a name.')
    by_fold: dict[str, str] = {}
    for name in names:
        by_fold.setdefault(fold(name), name)
    return [*by_fold.values()]


def _groups(words: Sequence[str]) -> Iterator[list[str]]:
    """*words* in groups: each word with spaces was quoted, and a comma ends a group."""
    group: list[str] = []
    for word in words:
        if " " in word.strip():
            yield group
            yield [word]
            group = []
        else:
            group.append(word)
            if word.endswith(","):
                yield group
                group = []
    yield group


def _split_group(
    group: list[str], is_full: Callable[[str], bool], is_known: Callable[[str], bool]
) -> list[str]:
    text = " ".join(group).strip(" ,")
    if not text:
        return []
    if "," in text and not is_full(text):
        return [part.strip() for part in text.split(",") if part.strip()]
    if len(group) > 1 and not is_known(text) and all(map(is_full, group)):
        return group
    return [text]


def describe_follow(sort: str, name: str) -> str:
    """`MCU (franchise)`."""
    return f"{name} ({sort})"


def list_choices(
    command: str, text: str, choices: Sequence[tuple[str, str, str]], *, more: str
) -> list[str]:
    """Lines that list what *text* can mean: a command to paste for each of *choices*.

    *choices* have sort, name and description; *more* is the last line if there are too many.
    """
    calls = [
        f"  countdown {command} --{sort} {shell_word(name)}"
        for sort, name, _ in choices[:MAX_CHOICES]
    ]
    width = max(map(len, calls))
    rows = [
        f"{call:<{width}}  {description}"
        for call, (_, _, description) in zip(calls, choices, strict=False)
    ]
    left_out = len(choices) - len(rows)
    rows += [f"  … and {left_out} more. {more}"] if left_out else []
    return [f'"{text}" can mean several things. Choose one:', *rows]


def check_name(name: str, origin: str = "") -> None:
    """Raise UsageError, which begins with *origin*, if *name* can't be a name."""
    from countdown.catalogue.readers import Problems, text  # Deferred: lists of follows need none.

    problems: Problems = []
    text(name, (), problems)
    if problems:
        raise UsageError(about(origin or "The name", problems[0].describe()))
