"""Write the table of what the built-in catalogue knows into README. `--check` only compares."""

import sys
from pathlib import Path
from typing import Final

from generated import ROOT, replace_between, write_or_check

from countdown.catalogue import coverage, load
from countdown.cli.maintenance import HOBBY_HOSTS
from countdown.views.knowledge import share

README: Final = ROOT / "README.md"
DATA: Final = ROOT / "data"


def table() -> str:
    """The figures as a Markdown table, without those that change from day to day."""
    hosts = coverage.read_hosts((DATA / HOBBY_HOSTS).read_text(encoding="utf-8"))
    releases = load.releases(load.read_layers([str(DATA / "releases.toml")]))
    every, *figures = coverage.figures(releases, hosts)
    rows = [
        f"| {each.label} | {each.number} | {share(each.number, every.number)} |" for each in figures
    ]
    return "\n".join([f"| Of {every.number} releases | with | share |", "|---|---|---|", *rows, ""])


def main(arguments: list[str]) -> int:
    """Write README, or with `--check` compare it."""
    text = replace_between(README.read_text(encoding="utf-8"), "coverage", table())
    files: dict[Path, str] = {README: text}
    return write_or_check(files, check="--check" in arguments, script="coverage_table.py")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
