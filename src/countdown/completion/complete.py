"""What Tab offers: commands, options, and the names that the index knows. Without click.

The shells' scripts send the words of the line up to the cursor and get one candidate a line, with
a description after a tab. The first line says what they are: `:words` of the program, `:names` to
be quoted, or `:files` for the shell to find itself.
"""

from countdown import paths
from countdown.completion.table import ACTIONS, COMMANDS, OPTIONS, SETTINGS
from countdown.core.regions import REGIONS
from countdown.core.text import fold
from countdown.prompt import answer, memo

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable

    from countdown.config.settings import Follows

MANY = "…"  # stands behind the kind of an argument that can be given again and again
_MOST = 200  # candidates
_LOOKED_AT = 2_000  # names that have what was typed, of which the best are offered
_NAME, _FORM = "\x1e", "\x1f"  # what begins a name, and what stands before its spelling
_FOLLOWED = "followed "  # stands before the kind of a name that is to be one of those followed
_YEAR = 366 * 86_400  # s: names do not change with the day
_TABLES = {  # kind of name → where the index has such names
    "actor": "SELECT folded, name FROM person WHERE EXISTS"
    " (SELECT 1 FROM credit WHERE credit.person = person.key AND job = 'cast')",
    "director": "SELECT folded, name FROM person WHERE EXISTS"
    " (SELECT 1 FROM credit WHERE credit.person = person.key AND job = 'director')",
    "person": "SELECT folded, name FROM person",
    "title": "SELECT folded, name FROM title",
    "franchise": "SELECT folded, name FROM label WHERE sort = 'franchise'",
    "platform": "SELECT folded, name FROM label WHERE sort = 'platform'",
    "id": "SELECT replace(id, '-', ' '), id FROM release",
}


def run(shell: str, typed: list[str]) -> int | None:
    """Print what *shell* offers for the words *typed*; None if an index is to be built first."""
    found = candidates(shell, typed, _names)
    if found is None:
        return None
    answer.print_line("\n".join(found))
    return 0


def candidates(
    shell: str, typed: list[str], names: "Callable[[str], str | None]"
) -> list[str] | None:
    """The lines to print for the words *typed*, the last of which is to be completed.

    *names* gives the names of one kind as *names_of* does, None if there is no index, and then this
    gives None too.
    """
    typed = [word for word in typed if word != "="] + ([""] if typed[-1] == "=" else [])
    *before, current = typed
    kind, prefix = _asked(before, current)
    current = current.removeprefix(prefix)
    if kind == "words":
        return [":words", *_words(before, current)]
    if kind == "files":
        return [":files"]
    choices = kind.split()[2:] if kind.startswith("one of ") else []
    if kind in ("actions", "keys"):
        table = ACTIONS if kind == "actions" else {key: said for key, (_, said) in SETTINGS.items()}
        rows = [f"{one}\t{said}" for one, said in table.items() if one.startswith(current)]
        return [":words", *rows]
    if kind == "region":
        choices, current = sorted(REGIONS), current.upper()
    if choices:
        return [":words", *(prefix + one for one in choices if one.startswith(current))]
    if kind.removeprefix(_FOLLOWED) not in _TABLES:
        return [":words"]
    known = names(kind)
    if known is None:
        return None
    if shell == "bash":
        prefix = ""  # To bash the equals sign begins a word.
    return [":names", *(prefix + name for name in _matching(known, current, shell))]


def _asked(before: list[str], current: str) -> tuple[str, str]:
    """What kind of word is to come after *before*, and the part of *current* that stands."""
    command, given = _command(before)
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
        return _of_settings(given), ""
    many = kind.endswith(f" {MANY}") or kind == "files"
    return kind.removesuffix(f" {MANY}") if many or not given else "none", ""


def options_of(command: str) -> dict[str, tuple[str, str]]:
    """The options of *command*: the kind of word that follows each, and its help."""
    return {
        option: entry
        for commands, options in OPTIONS
        if command in commands
        for option, entry in options.items()
    }


def _of_settings(given: list[str]) -> str:
    """What kind of word comes after those *given* to `config`."""
    if not given:
        return "actions"
    if given[0] not in ("get", "set", "unset"):
        return "none"
    if len(given) == 1:
        return "keys"
    kind = SETTINGS.get(given[1], ("none",))[0]
    return kind if given[0] == "set" and (len(given) == 2 or kind in _TABLES) else "none"


def _command(before: list[str]) -> tuple[str, list[str]]:
    """The command among the words *before*, empty if there is none, and its arguments."""
    command, skip = "", False
    given: list[str] = []
    for word in before:
        if skip:
            skip = False
        elif word.startswith("-"):
            skip = bool(options_of(command).get(word, ("",))[0])
        elif not command:
            command = word if word in COMMANDS else "help"
        else:
            given.append(word)
    return command if command in COMMANDS else "", given


def _words(before: list[str], current: str) -> list[str]:
    """The commands and options that begin with *current*, each with its description."""
    command, _ = _command(before)
    found = []
    if not command and not current.startswith("-"):
        found = [(name, summary) for name, (_, summary) in COMMANDS.items() if name]
    else:
        found = [(name, entry[1]) for name, entry in options_of(command).items()]
    return [f"{name}\t{text}" for name, text in found if name.startswith(current)]


def _matching(known: str, current: str, shell: str) -> list[str]:
    """The names of which words begin as those of *current* do, those that begin with it first."""
    wanted = [f" {word}" for word in fold(current).split()] or [" "]
    first = max(wanted, key=len)
    found: dict[str, bool] = {}
    at = known.find(first)
    while at >= 0 and len(found) < _LOOKED_AT:
        begin, end = known.rfind(_NAME, 0, at) + 1, known.find(_NAME, at)
        folded, _, name = known[begin : end if end >= 0 else None].partition(_FORM)
        if name.isprintable() and name and all(word in folded for word in wanted):
            if shell == "fish" and current.isascii() and not name.isascii():
                name = _unaccented(name)  # fish drops what does not look like what was typed.
            found[name] = found.get(name, False) or folded.startswith("".join(wanted))
        at = known.find(first, end) if end >= 0 else -1
    return sorted(found, key=lambda name: (not found[name], name))[:_MOST]


def _unaccented(name: str) -> str:
    import unicodedata  # Deferred: few names have accents.

    decomposed = unicodedata.normalize("NFKD", name)
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def _names(kind: str) -> str | None:
    """The names of one *kind*: from a memo that holds, else from an index that is fresh.

    A memo is searched in a fraction of the time in which SQLite is loaded.
    """
    folder, now = paths.cache_folder(), answer.file_clock_now()
    if kind.startswith(_FOLLOWED):
        from countdown.config.memo import known as known_settings  # Deferred: for this alone.

        settings = known_settings(now)
        return None if settings is None else followed(settings.follows, kind)
    if folder is None:
        return None
    asked = answer.cache_key(["names", kind])
    known = memo.find(folder, asked, now, most=memo.MOST)
    if known is not None:
        return known[1]
    found = answer.query_index(lambda index: names_of(index, kind), folder, now)
    if found is None:
        return None
    names, seen = found
    until = now // 1_000_000_000 + _YEAR
    memo.write(folder, asked, names, made=now, until=until, watched=seen)
    return names


def followed(follows: "Follows", kind: str) -> str:
    """The names of one *kind*, `followed person`, among *follows*, as *names_of* gives them."""
    sort = kind.removeprefix(_FOLLOWED)
    return _together((fold(name), name) for one, name in follows if one == sort)


def names_of(connection: "sqlite3.Connection", kind: str, follows: "Follows" = ()) -> str:
    """Every name of one *kind* as one text: how it is compared, how it is spelt.

    They are those of the index, or of *follows* if what is followed is asked for.
    """
    if kind.startswith(_FOLLOWED):
        return followed(follows, kind)
    return _together(connection.execute(_TABLES[kind]))


def _together(rows: "Iterable[tuple[str, str]]") -> str:
    return "".join([f"{_NAME} {folded}{_FORM}{name}" for folded, name in rows])
