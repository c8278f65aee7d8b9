"""`countdown why`: one paragraph on one release."""

from collections.abc import Callable
from itertools import pairwise

from tests.cli.conftest import Countdown

Catalogue = Callable[[str], Countdown]
FILMS = """
[[release]]
id = "blade"
title = "Blade"
kind = "film"
franchise = ["MCU"]
stage = "filming"
checked = 2026-11-01
"""


def moving(id: str, franchise: str, *days: str) -> str:
    """A film whose date has moved from one of *days* to the next."""
    moves = "".join(
        f"[[release.moves]]\nannounced = 2026-01-01\nfrom = {before}\nto = {after}\n"
        for before, after in pairwise(days)
    )
    return (
        f'[[release]]\nid = "{id}"\ntitle = "{id.title()}"\nkind = "film"\n'
        f'franchise = ["{franchise}"]\ndate = {days[-1]}\n{moves}'
    )


MOVED = ("2027-01-01", "2027-03-01", "2027-05-01", "2027-04-01")


def test_paragraph_says_what_is_known(catalogue: Catalogue) -> None:
    """In a pipe on one line; on a terminal with the command for the rest."""
    run = catalogue(FILMS + moving("thor", "MCU", *MOVED) + moving("dune", "Dune", *MOVED))
    ran = run("why", "blade")
    assert ran.out == (
        "No date has been announced for Blade. It is being filmed. Of 3 other dates of MCU that "
        "moved, 2 moved to a later day, and half of all 3 by 8 weeks or more. These facts were "
        "checked on 1 Nov 2026.\n"
    )
    assert "Of 3 other dates of MCU" not in run("why", "thor").out
    assert "Of 3 other dates in the catalogue" in run("why", "dune").out
    alone = catalogue(FILMS)("why", "blade").out
    assert "other dates" not in alone


def test_several_releases_are_listed(catalogue: Catalogue) -> None:
    """A whole title is meant alone."""
    run = catalogue(FILMS + FILMS.replace('"blade"', '"blade-2"').replace("Blade", "Blade Two"))
    assert run("why", "blade").out.startswith("No date has been announced for Blade.")
    assert run("why", "bla").titles == ["Blade", "Blade Two"]
    none = run("why", "nothing")
    assert (none.code, none.out) == (1, "")
    assert run("why").code == 2
