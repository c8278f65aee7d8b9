"""Print the lowest versions of the dependencies that pyproject.toml allows, for pip.

Those of the extra `calendars` count among them.
"""

import sys
from typing import Final

import tomli
from generated import ROOT

BOUND: Final = ">="


def lowest_versions() -> list[str]:
    """The requirements with `==` in place of `>=`; markers stay."""
    project = tomli.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    requirements = []
    for requirement in (*project["dependencies"], *project["optional-dependencies"]["calendars"]):
        if requirement.count(BOUND) != 1:
            raise SystemExit(f"{requirement}: write one lower bound with {BOUND}")
        requirements.append(requirement.replace(BOUND, "=="))
    return requirements


if __name__ == "__main__":
    sys.stdout.write("".join(f"{line}\n" for line in lowest_versions()))
