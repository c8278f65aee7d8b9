"""Run the commands that the docs show, and write their output below them.

Such a command is in a block that begins with ```console and `$ countdown`. It runs on the evening
of 4 July 2022 in Brazil, on tests/data/july-2022.toml, as on a terminal of 90 columns; commands for
the user's own catalogue run on the shipped one. The commands of a page share a home folder, which
is empty at its top. `--check` only compares. What else follows are the pages; without any, all.
"""

import os
import re
import shlex
import sys
import tempfile
from pathlib import Path
from typing import Final

from generated import ROOT, program_output, write_or_check

USER_CATALOGUE_COMMANDS: Final = frozenset(
    {"add", "edit", "remove", "hide", "unhide", "undo", "redo", "mine"}
)
FIXED_FORMAT_COMMANDS: Final = USER_CATALOGUE_COMMANDS - {"mine"} | {
    "check",
    "prompt",
    "config",
    "follow",
    "unfollow",
    "export",
    "import",
    "why",
    "card",
    "share",
}  # that have no --format
DOCUMENTS: Final = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
_BLOCK: Final = re.compile(r"```console\n\$ (?P<command>countdown[^\n]*)\n.*?```", re.DOTALL)


def update_commands(document: str) -> str:
    """*document* with the present output of its commands."""
    with tempfile.TemporaryDirectory() as home:

        def block(match: "re.Match[str]") -> str:
            return f"```console\n$ {match['command']}\n{_run(match['command'], home)}```"

        return _BLOCK.sub(block, document)


def _run(command: str, home: str) -> str:
    """The stdout and stderr of *command*, without spaces at the ends of lines."""
    _, *arguments = shlex.split(command)
    fixed = {"--format", "--json", "--help", "--version", *FIXED_FORMAT_COMMANDS}
    if arguments == ["follow"] or not fixed & set(arguments):
        arguments += ["--format", "table"]
    uses_own_catalogue = not USER_CATALOGUE_COMMANDS.isdisjoint(arguments)
    catalogue = (
        {}
        if uses_own_catalogue
        else {"COUNTDOWN_CATALOGUE": str(Path("tests") / "data" / "july-2022.toml")}
    )
    text = program_output(
        arguments,
        {
            "PATH": os.environ.get("PATH", ""),
            "SYSTEMROOT": os.environ.get("SYSTEMROOT", ""),
            "HOME": home,
            "LANG": "C.UTF-8",
            "PYTHONUTF8": "1",
            "TERM": "xterm",
            "COLUMNS": "90",
            "NO_COLOR": "1",
            "COUNTDOWN_TODAY": "2022-07-04",
            "COUNTDOWN_REGION": "BR",
            "COUNTDOWN_TIMEZONE": "America/Sao_Paulo",
            **catalogue,
        },
    )
    plain = re.sub(r"\x1b\[[0-9;]*m", "", text)  # Bold is no colour, and stays in NO_COLOR.
    plain = plain.replace(home, "~")
    return "".join(f"{line.rstrip()}\n" for line in plain.splitlines())


def main(arguments: list[str]) -> int:
    """Write the transcripts, or with `--check` compare them."""
    named = [ROOT / argument for argument in arguments if argument != "--check"]
    files = {path: update_commands(path.read_text("utf-8")) for path in named or DOCUMENTS}
    return write_or_check(files, check="--check" in arguments, script="transcripts.py")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
