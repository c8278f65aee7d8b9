"""`countdown init` without click: the script that a shell reads at its start.

The scripts are files of this package; assignments with the options are printed before them.
"""

import os
import sys
import time

from countdown import paths, streams
from countdown.prompt import answer
from countdown.prompt.options import parse_options

NO_PROMPT, COMPLETION_ONLY = "--no-prompt", "--completion-only"  # `prompt` lacks these options.
SHELLS = ("bash", "zsh", "fish", "nu", "powershell")
OTHER_NAMES = {"nushell": "nu", "pwsh": "powershell"}  # by which people call a shell
UNLIKE_POSIX = ("nu", "powershell")
_SUFFIXES = {"powershell": "ps1"}  # of the scripts; those of others end in their name
WIDTH = ["--max-width", "40"]  # A longer line would leave no room to type.
_PLAIN_CHARACTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./,:@+"
_PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def run(words: list[str]) -> int | None:
    """Answer the *words* after `init`; None if they need click."""
    name = OTHER_NAMES.get(words[0], words[0]) if words else ""
    shell = name if name in SHELLS else ""
    options = words[1:] if shell else words
    if options != [COMPLETION_ONLY]:
        parsed = parse_options([word for word in options if word != NO_PROMPT])
        if parsed is None or parsed.reader != "plain":
            return None
    if shell:
        print_script(shell, options)
        return 0
    from countdown.prompt.running_shell import running_shell  # Deferred: most calls name the shell.

    shell = running_shell(["init", *words])
    shell = OTHER_NAMES.get(shell, shell)
    if shell not in SHELLS:
        return None
    print_for_found_shell(shell, options)
    return 0


def print_script(shell: str, options: list[str]) -> None:
    """Print the script of *shell* for `countdown init` with *options*. Raises OutputError.

    On a terminal, stderr explains below it what it is for.
    """
    if options == [COMPLETION_ONLY]:
        text = completion(shell)
    else:
        words = [word for word in options if word != NO_PROMPT]
        text = script(shell, words, shown=NO_PROMPT not in options)
    streams.print_line(text.rstrip("\n"))
    if _is_terminal():
        from countdown.prompt import startup_line  # Deferred: shells read it through a pipe.

        what = f"{shell} is meant to read this script."
        streams.write_errors("", what, *_fitted(startup_line.advice(shell, options)))


def print_for_found_shell(shell: str, options: list[str]) -> None:
    """Print the script of a detected *shell*; on a terminal, its start-up line instead."""
    if not _is_terminal():
        print_script(shell, options)
        return
    from countdown.prompt import startup_line

    advice = startup_line.advice(shell, options)
    streams.print_line("\n".join([f"Your shell is {shell}.", *_fitted(advice)]))


def _fitted(advice: list[str]) -> list[str]:
    """*advice* in lines for the terminal; its last line stays whole, so that it can be copied."""
    from shutil import get_terminal_size  # Deferred, both: shells read the script through a pipe.

    from countdown.core.wrapping import wrapped

    *texts, line = advice
    columns = get_terminal_size().columns
    return [*(part for text in texts for part in wrapped(text, columns, program="")), line]


def _is_terminal() -> bool:
    return sys.stdout is not None and sys.stdout.isatty()


def script(shell: str, words: list[str], *, shown: bool) -> str:
    """The script of *shell* for a prompt with the options *words*, and for completion.

    Unless the answer is to be *shown*, the script only sets COUNTDOWN_PROMPT.
    """
    words = [*WIDTH, *words]
    folder = paths.cache_folder()
    cached = folder and answer.find_cached(folder, words, time.time_ns())
    assignments = [
        assignment(shell, "command", [*command(), "prompt", answer.HOOK_OPTION, *words]),
        assignment(shell, "cache", cached[0] if cached else ""),
        assignment(shell, "shown", "1" if shown else ""),
        assignment(shell, "started", str(answer.file_clock_now() // 1_000_000_000))
        if shell == "bash"
        else "",
    ]
    return "".join(assignments) + read_script("prompt/init", shell) + completion(shell)


def completion(shell: str) -> str:
    """The script of *shell* for the completion of this program's command line."""
    words = command()
    text = assignment(shell, "program", words) + read_script("completion/complete", shell)
    if shell == "nu":  # It must know which commands it completes when it reads the script.
        is_on_path = len(words) == 1 and paths.folder_on_path(words[0])
        text += read_script(f"completion/{'extern' if is_on_path else 'wrapper'}", shell)
    return text


def command() -> list[str]:
    """The words that start this program again, from any folder."""
    program = paths.absolute(sys.argv[0])
    if os.path.basename(program) == "__main__.py":
        return [sys.executable, "-m", "countdown"]
    return [program]


def read_script(name: str, shell: str) -> str:
    """The text of the script *name*, a path in the package, for *shell*."""
    path = os.path.join(_PACKAGE, *name.split("/"))
    with open(f"{path}.{_SUFFIXES.get(shell, shell)}", encoding="utf-8") as file:
        return file.read()


def assignment(shell: str, name: str, value: "str | list[str]") -> str:
    """The line of *shell* that assigns *value*, one word or a list, to the variable *name*."""
    if shell in UNLIKE_POSIX:
        from countdown.prompt import other_shells  # Deferred, as below: most use another shell.

        return other_shells.assignment(shell, name, value)
    quote = _quoted_for_fish if shell == "fish" else _quoted
    if shell == "fish":
        words = [value] if isinstance(value, str) else value
        return f"set -g __countdown_{name} {' '.join(map(quote, words))}\n"
    if isinstance(value, str):
        return f"_countdown_{name}={quote(value)}\n"
    return f"_countdown_{name}=({' '.join(map(quote, value))})\n"


def shell_word(shell: str, text: str) -> str:
    """*text* as a word of *shell*, for people too: quoted only if necessary."""
    if text and not text.strip(_PLAIN_CHARACTERS):
        return text
    if shell in UNLIKE_POSIX:
        from countdown.prompt import other_shells

        return other_shells.quoted(shell, text)
    return _quoted_for_fish(text) if shell == "fish" else _quoted(text)


def _quoted(text: str) -> str:
    """*text* as a word of a POSIX shell (XCU, 2.2.2), or of bash and zsh if it needs escapes."""
    escapes = _byte_escapes(text)
    if not escapes:
        return "'" + text.replace("'", "'\\''") + "'"
    quotes = {"'": "\\'", "\\": "\\\\"}
    return "$'" + "".join([escapes.get(c) or quotes.get(c, c) for c in text]) + "'"


def _quoted_for_fish(text: str) -> str:
    replacements = {"'": "\\'", "\\": "\\\\"}
    # fish reads escapes of bytes only outside of quotes; \X is for any byte, \x for ASCII.
    replacements.update({c: f"'{e.replace('x', 'X')}'" for c, e in _byte_escapes(text).items()})
    return "'" + "".join([replacements.get(c, c) for c in text]) + "'"


def _byte_escapes(text: str) -> "dict[str, str]":
    r"""Escapes of the bytes of each character in *text* that a terminal obeys: `\xe2\x80\xae`."""
    if text.isprintable():
        return {}
    from countdown.core.text import find_hostile  # Deferred: options hardly ever need it.

    hostile = {c: c.encode("utf-8", "surrogateescape") for c in {*text} if find_hostile(c)}
    return {c: "".join([f"\\x{byte:02x}" for byte in data]) for c, data in hostile.items()}
