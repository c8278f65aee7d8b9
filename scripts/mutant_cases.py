"""Mutants of a package or module, their names, and the accepted ones."""

import difflib
import hashlib
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

import tomli
from cosmic_ray.work_item import MutationSpec, WorkItem
from generated import ROOT
from mutant_operators import Mutant, mutants

ACCEPTED: Final = ROOT / "tests" / "mutants.toml"
Name = tuple[str, str, str]  # module, line before, line after


class Case(NamedTuple):
    """A mutant of a module."""

    module: str
    original: str
    mutant: Mutant

    @property
    def id(self) -> str:
        """Key of its result in the database; a change of the module gives it a new one."""
        return hashlib.sha256(f"{self.module}\0{self.mutant.id}".encode()).hexdigest()[:32]

    @property
    def diff(self) -> list[str]:
        """The lines that differ."""
        before, after = (text.splitlines() for text in (self.original, self.mutant.text))
        lines = list(difflib.unified_diff(before, after, n=0, lineterm=""))[2:]
        return [line for line in lines if line[0] in "+-"]

    @property
    def name(self) -> Name:
        """Key of its entry in tests/mutants.toml: module and changed lines, not their numbers."""
        parts = {sign: [line[1:].strip() for line in self.diff if line[0] == sign] for sign in "-+"}
        module = self.module.removeprefix("src/countdown/").removesuffix(".py")
        return module, "\n".join(parts["-"]), "\n".join(parts["+"])

    @property
    def package(self) -> str:
        """The package of the module."""
        return self.module.split("/")[2].removesuffix(".py")

    @property
    def item(self) -> WorkItem:
        """The record of the mutant in cosmic-ray's database."""
        mutant = self.mutant
        spec = MutationSpec(
            self.module,
            mutant.operator,
            mutant.occurrence,
            mutant.start,
            mutant.end,
            {},
            mutant.definition,
        )
        return WorkItem.single(self.id, spec)


def cases(places: Iterable[str]) -> Iterator[Case]:
    """The mutants of *places*, which are packages or modules."""
    for path in sorted((ROOT / "src" / "countdown").rglob("*.py")):
        module = path.relative_to(ROOT).as_posix()
        short = module.removeprefix("src/countdown/").removesuffix(".py")
        if any(short == place or short.startswith(f"{place}/") for place in places):
            text = path.read_text("utf-8")
            yield from (Case(module, text, mutant) for mutant in mutants(text))


def sample(cases: list[Case], size: int, seed: str = "") -> list[Case]:
    """*size* cases of each package: always the same of a *seed*, independent of other packages."""
    selection: list[Case] = []
    for package in dict.fromkeys(case.package for case in cases):
        candidates = [case for case in cases if case.package == package]
        candidates.sort(
            key=lambda case: hashlib.sha256((seed + "\0".join(case.name)).encode()).digest()
        )
        selection += candidates[:size]
    return selection


def read_accepted() -> dict[Name, str]:
    """The names of survivors that tests need not notice, with the reasons."""
    entries = tomli.loads(ACCEPTED.read_text("utf-8")).get("accepted", [])
    return {(entry["module"], entry["line"], entry["mutant"]): entry["reason"] for entry in entries}
