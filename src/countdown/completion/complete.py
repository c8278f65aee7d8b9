"""Candidates for Tab: commands, options, and names from the index. Without click; reads the clock.

The shells' scripts send the words of the line up to the cursor, and get one candidate per line,
with a description after a tab. The first line is the kind of candidates: `:words` of the program;
`:names`, which the shell quotes; `:several`, names that don't begin like the typed word, so that
their common beginning must not replace it; or `:files`, which the shell finds itself.
"""

import os
import time

from countdown import cache, paths, streams
from countdown.completion.table import ACTIONS, COMMANDS, OPTIONS, SETTINGS, SYNONYMS
from countdown.completion.typed_words import catalogue_path, words_of_bash
from countdown.core.regions import REGIONS
from countdown.core.text import find_hostile, fold, is_unspaced

TYPE_CHECKING = False  # The module typing costs as much as a bare interpreter: see entry.
if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable

    from countdown.config.settings import Follows

    Names = Callable[[str, tuple[str, ...]], str | None]

REPEATABLE = "…"  # after the kind of an argument that can be repeated
_KIND = "names"
_CATALOGUE = "--catalogue"
_MAX_CANDIDATES = 200
_MAX_MATCHES = 2_000  # names compared before the best ones are chosen
_NAME_START, _SPELLING_START = "\x1e", "\x1f"  # before each name, and before its spelling
_TITLE_OR_PERSON = "title or person"  # the kind of a first word that isn't a command
_FOLLOWED = "followed "  # before the kind of a name that must be followed
_ANYTHING = "anything"  # the kind of a name of any kind except an id
_QUERIES = {  # kind of name → its names in the index
    "actor": "SELECT folded, name FROM person WHERE EXISTS"
    " (SELECT 1 FROM credit WHERE credit.person = person.key AND job = 'cast')",
    "director": "SELECT folded, name FROM person WHERE EXISTS"
    " (SELECT 1 FROM credit WHERE credit.person = person.key AND job = 'director')",
    "person": "SELECT folded, name FROM person",
    "title": "SELECT folded, name FROM title",
    "franchise": "SELECT folded, name FROM label WHERE kind = 'franchise'",
    "platform": "SELECT folded, name FROM label WHERE kind = 'platform'",
    _ANYTHING: "SELECT folded, name FROM title UNION ALL SELECT folded, name FROM person"
    " UNION ALL SELECT folded, name FROM label",
    _TITLE_OR_PERSON: "SELECT folded, name FROM title UNION ALL SELECT folded, name FROM person",
    "id": "SELECT replace(id, '-', ' '), id FROM release",
}


def run(shell: str, typed: list[str]) -> int | None:
    """Print the candidates of *shell* for the words *typed*; None if the index must be built."""
    lines = candidates(shell, typed, _names)
    if lines is None:
        return None
    streams.print_line("\n".join(lines))
    return 0


def candidates(shell: str, typed: list[str], names: "Names") -> list[str] | None:
    """The lines to print for the words *typed*, the last of which is to be completed.

    *names* returns the names of a kind, like `names_of`, in the catalogue files on the line. If it
    returns None for want of an index, so does this function.
    """
    *before, current = words_of_bash(typed) if shell == "bash" else typed
    line = _Line(before)
    kind, prefix = _kind_after(line, current)
    current = current.removeprefix(prefix)
    if kind == "words":
        return [":words", *_commands_or_options(line, current)]
    if kind == "files":
        return [":files"]
    choices = kind.split()[2:] if kind.startswith("one of ") else []
    if kind in ("actions", "keys"):
        table = ACTIONS if kind == "actions" else {key: help for key, (_, help) in SETTINGS.items()}
        rows = [f"{word}\t{help}" for word, help in table.items() if word.startswith(current)]
        return [":words", *rows]
    if kind == "region":
        choices, current = sorted(REGIONS), current.upper()
    if choices:
        return [":words", *(prefix + word for word in choices if word.startswith(current))]
    if kind.removeprefix(_FOLLOWED) not in _QUERIES:
        return [":words"]
    catalogues = tuple(map(catalogue_path, line.catalogues))
    if not all(map(os.path.isfile, catalogues)):  # Reading a pipe would wait for its writer.
        return [":names"]
    all_names = names(kind, catalogues)
    if all_names is None:
        return None
    found = _matching(all_names, current)
    if not (prefix or line.option or line.is_ended):  # It would be taken for an option.
        found = [name for name in found if not name.startswith("-")]
    if shell == "bash":
        prefix = ""  # Bash starts a new word after an equals sign.
    elif shell == "fish" and not prefix:  # fish doesn't quote a tilde, but expands it.
        found = [name for name in found if not name.startswith("~")]
    return [_kind_of(found, current), *(prefix + name for name in found)]


def _kind_of(found: list[str], current: str) -> str:
    """The first line before the names *found*, which match the word *current*."""
    common = os.path.commonprefix(found)  # noqa: RUF071  # They are no paths.
    begins_alike = fold(common).replace(" ", "").startswith(fold(current).replace(" ", ""))
    return ":names" if len(found) < 2 or begins_alike else ":several"


class _Line:
    """The words *before* the one to complete, parsed: a command, its arguments and options.

    *command* is empty if there is none, *option* if the last word isn't an option that takes a
    value. It *is_empty* if there are only options.
    """

    __slots__ = ("arguments", "catalogues", "command", "is_empty", "is_ended", "option")

    def __init__(self, before: list[str]) -> None:
        command = self.option = ""
        self.is_ended = False  # whether `--` ends the options
        self.arguments: list[str] = []
        self.catalogues: list[str] = []
        for word in before:
            if self.option:
                self.catalogues += [word] if self.option == _CATALOGUE else []
                self.option = ""
            elif word == "--" and command:
                self.is_ended = True
            elif word.startswith("-") and not self.is_ended:
                name, equals, value = word.partition("=")
                takes_value = bool(options_of(command).get(name, ("",))[0])
                self.option = name if takes_value and not equals else ""
                self.catalogues += [value] if takes_value and name == _CATALOGUE and equals else []
            elif word and not command and SYNONYMS.get(word, word) in COMMANDS:
                command = SYNONYMS.get(word, word)
            else:
                command = command or "show"  # for a title without a command
                self.arguments.append(word)
        self.is_empty = not command
        self.command = command


def _kind_after(line: _Line, current: str) -> tuple[str, str]:
    """The kind of the word after *line*, and the start of *current* that isn't completed."""
    options = options_of(line.command)
    if line.option:
        return options[line.option][0], ""
    name, equals, _ = current.partition("=")
    if equals and name in options and not line.is_ended:
        return options[name][0], name + equals
    if line.is_empty and current and not current.startswith("-"):
        is_command = any(name.startswith(current) for name in COMMANDS)
        return "words" if is_command else _TITLE_OR_PERSON, ""
    if (current.startswith("-") and not line.is_ended) or not line.command:
        return "words", ""
    kind = COMMANDS[line.command][0]
    if kind == "setting":
        return _kind_for_config(line.arguments), ""
    repeatable = kind.endswith(f" {REPEATABLE}") or kind == "files"
    return kind.removesuffix(f" {REPEATABLE}") if repeatable or not line.arguments else "none", ""


def options_of(command: str) -> dict[str, tuple[str, str]]:
    """The options of *command*: the kind of word that follows each, and its help."""
    return {
        option: entry
        for commands, options in OPTIONS
        if command in commands
        for option, entry in options.items()
    }


def _kind_for_config(arguments: list[str]) -> str:
    """The kind of the word after *arguments* of `config`."""
    if not arguments:
        return "actions"
    if arguments[0] not in ("get", "set", "unset"):
        return "none"
    if len(arguments) == 1:
        return "keys"
    kind = SETTINGS.get(arguments[1], ("none",))[0]
    return kind if arguments[0] == "set" and (len(arguments) == 2 or kind in _QUERIES) else "none"


def _commands_or_options(line: _Line, current: str) -> list[str]:
    """The commands, or after one its options, that start with *current*, each with its help."""
    if not line.command and not current.startswith("-"):
        rows = [(name, summary) for name, (_, summary) in COMMANDS.items() if name]
    else:
        rows = [(name, help) for name, (_, help) in options_of(line.command).items()]
    return [f"{name}\t{help}" for name, help in rows if name.startswith(current)]


def _matching(names: str, current: str) -> list[str]:
    """The *names* whose words start like those of *current*; best those that start with it."""
    words = fold(current).split()
    wanted = [word if is_unspaced(word) else f" {word}" for word in words] or [" "]
    beginning = "".join([f" {word}" for word in words])
    signs = "" if words else current.strip("'\"\\")  # fish sends quotes too.
    longest = max(wanted, key=len)
    matches: dict[str, bool] = {}  # name → whether it starts with *current*
    at = names.find(longest)
    while at >= 0 and len(matches) < _MAX_MATCHES:
        start, end = names.rfind(_NAME_START, 0, at) + 1, names.find(_NAME_START, at)
        folded, _, name = names[start : end if end >= 0 else None].partition(_SPELLING_START)
        is_match = signs in name and all(word in folded for word in wanted)
        if is_match and name and find_hostile(name) is None:
            matches[name] = matches.get(name, False) or folded.startswith(beginning)
        at = names.find(longest, end) if end >= 0 else -1
    return sorted(matches, key=lambda name: (not matches[name], name))[:_MAX_CANDIDATES]


def _names(kind: str, catalogues: tuple[str, ...]) -> str | None:
    """The names of a *kind*, from a cache file or a fresh index; None if the index must be built.

    Searching a cache file takes a fraction of the time to load SQLite.
    """
    now = time.time_ns()
    if is_followed(kind):
        from countdown.config import cached  # Deferred: only needed here.

        settings = cached.load(now)
        return None if settings is None else followed_names(settings.follows, kind)
    folder = paths.cache_folder()
    if folder is None:
        return None
    key = cache.answer_key([kind, *(f"{_CATALOGUE}={path}" for path in catalogues)])
    valid = cache.find(folder, _KIND, key, now)
    if valid is not None:
        return valid[1]
    from countdown.index.ask import ask_fresh_index

    answer = ask_fresh_index(lambda index: names_of(index, kind), folder, now, catalogues)
    if answer is None:
        return None
    names, watched = answer
    made = now - cache.FILE_CLOCK_LAG_NS
    cache.write(folder, _KIND, key, names, made=made, watched=watched)
    return names


def is_followed(kind: str) -> bool:
    """True if *kind* is of names that the user follows."""
    return kind.startswith(_FOLLOWED)


def followed_names(follows: "Follows", kind: str) -> str:
    """The names of a *kind* like `followed person` in *follows*, in the form of `names_of`."""
    sort = kind.removeprefix(_FOLLOWED)
    return _joined(
        (fold(name), name) for follow_sort, name in follows if sort in (follow_sort, _ANYTHING)
    )


def names_of(connection: "sqlite3.Connection", kind: str) -> str:
    """The names of a *kind* in the index, folded and as they are spelt."""
    return _joined(connection.execute(_QUERIES[kind]))


def _joined(rows: "Iterable[tuple[str, str]]") -> str:
    return "".join([f"{_NAME_START} {folded}{_SPELLING_START}{name}" for folded, name in rows])
