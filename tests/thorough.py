"""How much is tried of what is tried many times: a sample, or all of it.

HYPOTHESIS_PROFILE=thorough asks for all. CI does so for the tests of faults, crowds and shells.
"""

import os
from typing import Final, TypeVar

PROFILE: Final = os.environ.get("HYPOTHESIS_PROFILE", "suite")
T = TypeVar("T")


def sample(few: T, *, of: T) -> T:
    """*few*, with which a suite is done soon; thoroughly, all that they are a sample *of*."""
    return of if PROFILE == "thorough" else few
