"""Runs the commands that the docs show and writes what they print below them.

A block that begins with ```console and `$ countdown` is one. It is run on the evening of 4 July
2022 in Brazil, on tests/data/july-2022.toml, as on a terminal of 90 columns; what changes the
user's own catalogue, on the shipped one. The commands of a page share a home, which is empty at its
top. `--check` only compares.
"""

import os
import re
import shlex
import sys
import tempfile
from pathlib import Path
from typing import Final

from generated import ROOT, printed, settle

OWN: Final = frozenset({"add", "edit", "move", "remove", "hide", "undo", "diff"})
PLAIN: Final = OWN - {"diff"} | {
    "check",
    "prompt",
    "config",
    "follow",
    "unfollow",
}  # commands that write in one way alone
DOCUMENTS: Final = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
_BLOCK: Final = re.compile(r"```console\n\$ (?P<command>countdown[^\n]*)\n.*?```", re.DOTALL)


def told(document: str) -> str:
    """*document* with what its commands print now."""
    with tempfile.TemporaryDirectory() as home:

        def block(match: "re.Match[str]") -> str:
            return f"```console\n$ {match['command']}\n{_printed(match['command'], home)}```"

        return _BLOCK.sub(block, document)


def _printed(command: str, home: str) -> str:
    """What *command* prints, on stdout and stderr, without spaces at the ends of lines."""
    _, *arguments = shlex.split(command)
    if not {"--format", "--json", "--help", "--version", *PLAIN} & set(arguments):
        arguments += ["--format", "table"]
    own = not OWN.isdisjoint(arguments)
    catalogue = (
        {} if own else {"COUNTDOWN_CATALOGUE": str(Path("tests") / "data" / "july-2022.toml")}
    )
    text = printed(
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
    files = {path: told(path.read_text(encoding="utf-8")) for path in DOCUMENTS}
    return settle(files, check="--check" in arguments, script="transcripts.py")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
