"""Candidates for Tab: commands, options, and names from the index. Without click; reads the clock.

The shells' scripts send the words of the line up to the cursor and get one candidate a line, with
a description after a tab. The first line is the kind of candidates: `:words` of the program,
`:names` for the shell to quote, or `:files` for the shell to find itself.
"""

import time

from countdown import cache, paths, streams
from countdown.completion.table import ACTIONS, COMMANDS, OPTIONS, SETTINGS, SYNONYMS
from countdown.core.regions import REGIONS
from countdown.core.text import fold

TYPE_CHECKING = False  # The module typing costs as much as a bare interpreter: see entry.
if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable

    from countdown.config.settings import Follows

REPEATABLE = "…"  # after the kind of an argument that can be given again and again
_KIND = "names"
_MAX_CANDIDATES = 200
_MAX_MATCHES = 2_000  # names compared before the best ones are chosen
_NAME_START, _SPELLING_START = "\x1e", "\x1f"  # before each name, and before its spelling
_FOLLOWED = "followed "  # before the kind of a name that must be followed
_QUERIES = {  # kind of name → its names in the index
    "actor": "SELECT folded, name FROM person WHERE EXISTS"
    " (SELECT 1 FROM credit WHERE credit.person = person.key AND job = 'cast')",
    "director": "SELECT folded, name FROM person WHERE EXISTS"
    " (SELECT 1 FROM credit WHERE credit.person = person.key AND job = 'director')",
    "person": "SELECT folded, name FROM person",
    "title": "SELECT folded, name FROM title",
    "franchise": "SELECT folded, name FROM label WHERE kind = 'franchise'",
    "platform": "SELECT folded, name FROM label WHERE kind = 'platform'",
    "id": "SELECT replace(id, '-', ' '), id FROM release",
}


def run(shell: str, typed: list[str]) -> int | None:
    """Print the candidates of *shell* for the words *typed*; None if the index must be built."""
    lines = candidates(shell, typed, _names)
    if lines is None:
        return None
    streams.print_line("\n".join(lines))
    return 0


def candidates(
    shell: str, typed: list[str], names: "Callable[[str], str | None]"
) -> list[str] | None:
    """The lines to print for the words *typed*, the last of which is to be completed.

    *names* gives the names of a kind like `names_of`; without an index it gives None, and then
    this does too.
    """
    typed = [word for word in typed if word != "="] + ([""] if typed[-1] == "=" else [])
    *before, current = typed
    kind, prefix = _kind_after(before, current)
    current = current.removeprefix(prefix)
    if kind == "words":
        return [":words", *_commands_or_options(before, current)]
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
    all_names = names(kind)
    if all_names is None:
        return None
    if shell == "bash":
        prefix = ""  # Bash starts a new word after an equals sign.
    return [":names", *(prefix + name for name in _matching(all_names, current, shell))]


def _kind_after(before: list[str], current: str) -> tuple[str, str]:
    """The kind of the word after *before*, and the part of *current* that isn't completed."""
    command, arguments = _command(before)
    options = options_of(command)
    last = before[-1] if before else ""
    if options.get(last, ("",))[0] and "=" not in last:
        return options[last][0], ""
    name, equals, _ = current.partition("=")
    if equals and name in options:
        return options[name][0], name + equals
    if current.startswith("-") or not command:
        return "words", ""
    kind = COMMANDS[command][0]
    if kind == "setting":
        return _kind_for_config(arguments), ""
    repeatable = kind.endswith(f" {REPEATABLE}") or kind == "files"
    return kind.removesuffix(f" {REPEATABLE}") if repeatable or not arguments else "none", ""


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


def _command(before: list[str]) -> tuple[str, list[str]]:
    """The command among the words *before*, empty if there is none, and its arguments."""
    command, is_value = "", False
    arguments: list[str] = []
    for word in before:
        if is_value:
            is_value = False
        elif word.startswith("-"):
            is_value = bool(options_of(command).get(word, ("",))[0])
        elif not command:
            command = SYNONYMS.get(word, word) if word in COMMANDS or word in SYNONYMS else "help"
        else:
            arguments.append(word)
    return command if command in COMMANDS else "", arguments


def _commands_or_options(before: list[str], current: str) -> list[str]:
    """The commands, or after one its options, that start with *current*, each with its help."""
    command, _ = _command(before)
    if not command and not current.startswith("-"):
        rows = [(name, summary) for name, (_, summary) in COMMANDS.items() if name]
    else:
        rows = [(name, help) for name, (_, help) in options_of(command).items()]
    return [f"{name}\t{help}" for name, help in rows if name.startswith(current)]


def _matching(names: str, current: str, shell: str) -> list[str]:
    """The *names* with words that start like those of *current*, those that start with it first."""
    wanted = [f" {word}" for word in fold(current).split()] or [" "]
    longest = max(wanted, key=len)
    matches: dict[str, bool] = {}  # name → whether it starts with *current*
    at = names.find(longest)
    while at >= 0 and len(matches) < _MAX_MATCHES:
        start, end = names.rfind(_NAME_START, 0, at) + 1, names.find(_NAME_START, at)
        folded, _, name = names[start : end if end >= 0 else None].partition(_SPELLING_START)
        if name.isprintable() and name and all(word in folded for word in wanted):
            if shell == "fish" and current.isascii() and not name.isascii():
                name = _without_accents(name)  # Fish drops names unlike the word on the line.
            matches[name] = matches.get(name, False) or folded.startswith("".join(wanted))
        at = names.find(longest, end) if end >= 0 else -1
    return sorted(matches, key=lambda name: (not matches[name], name))[:_MAX_CANDIDATES]


def _without_accents(name: str) -> str:
    import unicodedata  # Deferred: few names have accents.

    decomposed = unicodedata.normalize("NFKD", name)
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def _names(kind: str) -> str | None:
    """The names of a *kind*, from a cache file or a fresh index; None if that must be built.

    A cache file is searched in a fraction of the time that it takes to load SQLite.
    """
    now = time.time_ns()
    if kind.startswith(_FOLLOWED):
        from countdown.config import cached  # Deferred: for this alone.

        settings = cached.load(now)
        return None if settings is None else followed_names(settings.follows, kind)
    folder = paths.cache_folder()
    if folder is None:
        return None
    key = cache.answer_key([kind])
    valid = cache.find(folder, _KIND, key, now)
    if valid is not None:
        return valid[1]
    from countdown.index.ask import ask_fresh_index

    answer = ask_fresh_index(lambda index: names_of(index, kind), folder, now)
    if answer is None:
        return None
    names, watched = answer
    made = now - cache.FILE_CLOCK_LAG_NS
    cache.write(folder, _KIND, key, names, made=made, watched=watched)
    return names


def followed_names(follows: "Follows", kind: str) -> str:
    """The names of a *kind* like `followed person` among *follows*, as `names_of` gives them."""
    sort = kind.removeprefix(_FOLLOWED)
    return _joined((fold(name), name) for follow_sort, name in follows if follow_sort == sort)


def names_of(connection: "sqlite3.Connection", kind: str, follows: "Follows" = ()) -> str:
    """Every name of a *kind* in one text: folded for comparison, then as it is spelt.

    They come from the index, or from *follows* if the kind is one of names that are followed.
    """
    if kind.startswith(_FOLLOWED):
        return followed_names(follows, kind)
    return _joined(connection.execute(_QUERIES[kind]))


def _joined(rows: "Iterable[tuple[str, str]]") -> str:
    return "".join([f"{_NAME_START} {folded}{_SPELLING_START}{name}" for folded, name in rows])
