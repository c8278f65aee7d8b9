"""What Tab offers: commands, options, and the names that the index knows. Without click.

The shells' scripts send the words of the line up to the cursor and get one candidate a line, with
a description after a tab. The first line says what they are: `:words` of the program, `:names` to
be quoted, or `:files` for the shell to find itself.
"""

from countdown import paths
from countdown.core.regions import REGIONS
from countdown.core.text import fold
from countdown.shell import memo, prompt
from countdown.shell.words import WORDS

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable

_MOST = 200  # candidates
_LOOKED_AT = 2_000  # names that have what was typed, of which the best are offered
_NAME, _FORM = "\x1e", "\x1f"  # what begins a name, and what stands before its spelling
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
    prompt.tell("\n".join(found))
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
    choices = kind.split()[2:]
    if kind == "region":
        choices, current = sorted(REGIONS), current.upper()
    if choices:
        return [":words", *(prefix + one for one in choices if one.startswith(current))]
    if kind not in _TABLES:
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
    options = WORDS[command][1]
    last = before[-1] if before else ""
    if options.get(last, ("",))[0] and "=" not in last:
        return options[last][0], ""
    name, equals, _ = current.partition("=")
    if equals and name in options:
        return options[name][0], name + equals
    if current.startswith("-") or not command:
        return "words", ""
    return WORDS[command][0] if not given or WORDS[command][0] == "files" else "none", ""


def _command(before: list[str]) -> tuple[str, bool]:
    """The command among the words *before*, empty if there is none, and if its argument is."""
    command, given, skip = "", False, False
    for word in before:
        if skip:
            skip = False
        elif word.startswith("-"):
            skip = bool(WORDS[command][1].get(word, ("",))[0])
        elif not command:
            command = word if word in WORDS else "help"
        else:
            given = True
    return command if command in WORDS else "", given


def _words(before: list[str], current: str) -> list[str]:
    """The commands and options that begin with *current*, each with its description."""
    command, _ = _command(before)
    found = []
    if not command and not current.startswith("-"):
        found = [(name, entry[2]) for name, entry in WORDS.items() if name]
    else:
        found = [(name, entry[1]) for name, entry in WORDS[command][1].items()]
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
    folder, now = paths.cache_folder(), prompt.made()
    if folder is None:
        return None
    asked = prompt.asked(["names", kind])
    known = memo.find(folder, asked, now, most=memo.MOST)
    if known is not None:
        return known[1]
    found = prompt.of_index(lambda index: names_of(index, kind), folder, now)
    if found is None:
        return None
    names, seen = found
    until = now // 1_000_000_000 + _YEAR
    memo.write(folder, asked, names, made=now, until=until, watched=seen)
    return names


def names_of(connection: "sqlite3.Connection", kind: str) -> str:
    """Every name of one *kind* in the index as one text: how it is compared, how it is spelt."""
    rows = connection.execute(_TABLES[kind])
    return "".join([f"{_NAME} {folded}{_FORM}{name}" for folded, name in rows])
