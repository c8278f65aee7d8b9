"""Prints the lowest versions of the dependencies that pyproject.toml allows, as pip wants them."""

import sys
from typing import Final

import tomli
from generated import ROOT

BOUND: Final = ">="


def lowest() -> list[str]:
    """`click==8.2` for `click>=8.2`, and so on; markers stay."""
    project = tomli.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    found = []
    for requirement in project["dependencies"]:
        if requirement.count(BOUND) != 1:
            raise SystemExit(f"{requirement}: write one lower bound with {BOUND}")
        found.append(requirement.replace(BOUND, "=="))
    return found


if __name__ == "__main__":
    sys.stdout.write("".join(f"{line}\n" for line in lowest()))
