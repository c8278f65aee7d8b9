"""`countdown init` without click: the script that a shell reads at its start.

The scripts are real files of this package. Assignments that hold the options go before them.
"""

import os
import sys

from countdown import paths
from countdown.prompt import answer, memo
from countdown.prompt.options import parse_options

MARK = "--words"  # What a script says to `completion` instead of the name of a shell.
SHELLS = ("bash", "zsh", "fish")
WIDTH = ["--max-width", "40"]  # Else a long title would leave no room to type.
_PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def run(words: list[str]) -> int | None:
    """Print the script for the *words* after `init`; None if they need click to be understood."""
    shown = "--no-prompt" not in words
    shell, options = words[:1], [word for word in words[1:] if word != "--no-prompt"]
    if len(shell) != 1 or shell[0] not in SHELLS:
        return None
    asked = parse_options(options)
    if asked is None or asked.reader != "plain":
        return None
    answer.print_line(script(shell[0], options, shown=shown).rstrip("\n"))
    return 0


def script(shell: str, options: list[str], *, shown: bool) -> str:
    """What *shell* is to read, to show what the prompt's *options* ask for, or only to know it."""
    options = [*WIDTH, *options]
    folder = paths.cache_folder()
    known = folder and memo.find(folder, answer.cache_key(options), answer.now_ns())
    words = [*command(), "prompt", answer.MEMO, *options]
    settings = [
        assignment(shell, "command", words),
        assignment(shell, "memo", known[0] if known else ""),
        assignment(shell, "shown", "1" if shown else ""),
        assignment(shell, "started", str(answer.file_clock_now() // 1_000_000_000))
        if shell == "bash"
        else "",
    ]
    return "".join(settings) + read_script(f"prompt/init.{shell}") + completion(shell)


def completion(shell: str) -> str:
    """What *shell* is to read to complete the command line of this program."""
    words = [*command(), "completion", MARK]
    return assignment(shell, "words", words) + read_script(f"completion/complete.{shell}")


def command() -> list[str]:
    """The words that start this program again, from any folder."""
    program = paths.absolute(sys.argv[0])
    if os.path.basename(program) == "__main__.py":
        return [sys.executable, "-m", "countdown"]
    return [program]


def read_script(name: str) -> str:
    """The text of the script *name*, a path within the package."""
    with open(os.path.join(_PACKAGE, *name.split("/")), encoding="utf-8") as file:
        return file.read()


def assignment(shell: str, name: str, value: "str | list[str]") -> str:
    """A line of *shell* that gives the variable *name* a value, or one for each word."""
    quote = _quoted_for_fish if shell == "fish" else _quoted
    if shell == "fish":
        words = [value] if isinstance(value, str) else value
        return f"set -g __countdown_{name} {' '.join(map(quote, words))}\n"
    if isinstance(value, str):
        return f"_countdown_{name}={quote(value)}\n"
    return f"_countdown_{name}=({' '.join(map(quote, value))})\n"


def _quoted(text: str) -> str:
    """*text* as a word of a POSIX shell (XCU, 2.2.2), or of bash and zsh if it needs escapes."""
    spelt = _bytes_spelt_out(text)
    if not spelt:
        return "'" + text.replace("'", "'\\''") + "'"
    inner = {"'": "\\'", "\\": "\\\\"}
    return "$'" + "".join([spelt.get(c) or inner.get(c, c) for c in text]) + "'"


def _quoted_for_fish(text: str) -> str:
    inner = {"'": "\\'", "\\": "\\\\"}
    # Escapes of bytes have a meaning outside of quotes alone; \X is for any byte, \x for ASCII.
    inner.update({c: f"'{e.replace('x', 'X')}'" for c, e in _bytes_spelt_out(text).items()})
    return "'" + "".join([inner.get(c, c) for c in text]) + "'"


def _bytes_spelt_out(text: str) -> "dict[str, str]":
    r"""What a terminal would obey in *text*, as its bytes spelt out: `\xe2\x80\xae`."""
    if text.isprintable():
        return {}
    from countdown.core.text import find_hostile  # Deferred: hardly anybody asks for such text.

    found = {c: c.encode("utf-8", "surrogateescape") for c in {*text} if find_hostile(c)}
    return {c: "".join([f"\\x{byte:02x}" for byte in data]) for c, data in found.items()}
