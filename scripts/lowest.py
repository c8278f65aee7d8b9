"""Print the lowest versions of the dependencies that pyproject.toml allows, for pip.

Those of the extras that users install count among them.
"""

import sys
from typing import Final

import tomli
from generated import ROOT

BOUND: Final = ">="
EXTRAS: Final = ("calendars", "share")


def lowest_versions() -> list[str]:
    """The requirements with `==` in place of `>=`; markers stay."""
    project = tomli.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = [each for name in EXTRAS for each in project["optional-dependencies"][name]]
    requirements = []
    for requirement in (*project["dependencies"], *extras):
        if requirement.startswith(f"{project['name']}["):
            continue  # Another extra
        if requirement.count(BOUND) != 1:
            raise SystemExit(f"{requirement}: write one lower bound with {BOUND}")
        requirements.append(requirement.replace(BOUND, "=="))
    return requirements


if __name__ == "__main__":
    sys.stdout.write("".join(f"{line}\n" for line in lowest_versions()))
