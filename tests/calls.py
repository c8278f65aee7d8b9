"""How many functions something calls: what it costs, whatever else the machine does."""

import cProfile
from collections import Counter
from collections.abc import Callable


def count_calls(work: Callable[[], object], *, built_in: bool = False) -> Counter[str]:
    """The number of calls that *work* makes of the functions of each file.

    Those that are *built_in* count under an empty name, and not at all by default.
    """
    profile = cProfile.Profile(builtins=built_in)
    profile.runcall(work)
    counts = Counter[str]()
    for entry in profile.getstats():
        code = entry.code
        counts["" if isinstance(code, str) else code.co_filename] += entry.callcount
    return counts
