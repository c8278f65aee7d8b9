"""How much is tried of what is tried many times: a sample, or all of it.

HYPOTHESIS_PROFILE=thorough asks for all. CI does so for the tests of faults, crowds and shells.
"""

import os
from collections.abc import Mapping, Sequence
from itertools import product
from typing import Final, TypeVar

PROFILE: Final = os.environ.get("HYPOTHESIS_PROFILE", "suite")
K = TypeVar("K")
S = TypeVar("S")
T = TypeVar("T")


def sample(few: T, *, of: T) -> T:
    """*few*, with which a suite is done soon; thoroughly, all that they are a sample *of*."""
    return of if PROFILE == "thorough" else few


def part(cases: Mapping[K, T], which: int, *, of: int) -> dict[K, T]:
    """The *which*th part *of* so many, in which *cases* are dealt out; thoroughly, all."""
    items = list(cases.items())
    return dict(sample(items[which % of :: of], of=items))


def pairs(first: Sequence[S], second: Sequence[T]) -> list[tuple[S, T]]:
    """Each of *first* and each of *second* in a pair at least; thoroughly, all pairs."""
    longest = range(max(len(first), len(second)))
    few = [(first[at % len(first)], second[at % len(second)]) for at in longest]
    return sample(few, of=[*product(first, second)])
