"""How much is tried of what is tried many times: a sample, or all of it.

HYPOTHESIS_PROFILE=thorough asks for all. CI does so for the tests of faults, crowds and shells.
"""

import os
from collections.abc import Mapping
from typing import Final, TypeVar

PROFILE: Final = os.environ.get("HYPOTHESIS_PROFILE", "suite")
K = TypeVar("K")
T = TypeVar("T")


def sample(few: T, *, of: T) -> T:
    """*few*, with which a suite is done soon; thoroughly, all that they are a sample *of*."""
    return of if PROFILE == "thorough" else few


def half(cases: Mapping[K, T], which: int) -> dict[K, T]:
    """Every other one of *cases*, beginning with the first or the second; thoroughly, all."""
    items = list(cases.items())
    return dict(sample(items[which % 2 :: 2], of=items))
