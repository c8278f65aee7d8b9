"""Runs the commands that the docs show and writes what they print below them.

A block that begins with ```console and `$ countdown` is one. It is run on the evening of 4 July
2022 in Brazil, on tests/data/july-2022.toml, as on a terminal of 90 columns. `--check` only
compares.
"""

import os
import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

from generated import ROOT, settle

DOCUMENTS: Final = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
_BLOCK: Final = re.compile(r"```console\n\$ (?P<command>countdown[^\n]*)\n.*?```", re.DOTALL)


def told(document: str) -> str:
    """*document* with what its commands print now."""

    def block(match: "re.Match[str]") -> str:
        return f"```console\n$ {match['command']}\n{_printed(match['command'])}```"

    return _BLOCK.sub(block, document)


def _printed(command: str) -> str:
    """What *command* prints, on stdout and stderr, without spaces at the ends of lines."""
    _, *arguments = shlex.split(command)
    if not {"--format", "--json", "--help", "--version", "check", "prompt"} & set(arguments):
        arguments += ["--format", "table"]
    with tempfile.TemporaryDirectory() as home:
        done = subprocess.run(
            [sys.executable, "-m", "countdown", *arguments],
            cwd=ROOT,
            env={
                "PATH": os.environ.get("PATH", ""),
                "SYSTEMROOT": os.environ.get("SYSTEMROOT", ""),
                "HOME": home,
                "XDG_CACHE_HOME": home,
                "XDG_DATA_HOME": home,
                "LANG": "C.UTF-8",
                "PYTHONUTF8": "1",
                "TERM": "xterm",
                "COLUMNS": "90",
                "NO_COLOR": "1",
                "COUNTDOWN_TODAY": "2022-07-04",
                "COUNTDOWN_REGION": "BR",
                "COUNTDOWN_TIMEZONE": "America/Sao_Paulo",
                "COUNTDOWN_CATALOGUE": str(Path("tests") / "data" / "july-2022.toml"),
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
        )
    plain = re.sub(r"\x1b\[[0-9;]*m", "", done.stdout)  # Bold is no colour, and stays in NO_COLOR.
    return "".join(f"{line.rstrip()}\n" for line in plain.splitlines())


def main(arguments: list[str]) -> int:
    """Write the transcripts, or with `--check` compare them."""
    files = {path: told(path.read_text(encoding="utf-8")) for path in DOCUMENTS}
    return settle(files, check="--check" in arguments, script="transcripts.py")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
