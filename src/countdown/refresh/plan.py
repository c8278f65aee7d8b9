"""What a refresh is to do, for whom, and with what."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import NamedTuple

from countdown.refresh.network import Fetch
from countdown.refresh.wanted import Wanted

Report = Callable[[str, int, int], None]  # title of the source, steps done, all steps


class Plan(NamedTuple):
    """What a refresh is to do, for whom. *since* is when the user asked for it, in POSIX seconds.

    A source that another refresh has read since then isn't asked again.
    """

    wanted: Sequence[Wanted]
    people: Sequence[str]
    fetch: Fetch
    now: Callable[[], datetime]
    report: Report
    since: int
    only_due: bool = False
    is_forced: bool = False
    is_dry: bool = False
    is_partial: bool = False  # only a part of what is wanted is known: nothing else is left out
    keeps_unwanted: bool = False  # likewise, as the user's own catalogue can't be read
