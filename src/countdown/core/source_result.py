"""What became of a source of live facts when it was refreshed. No I/O."""

from typing import Final, Literal, NamedTuple, get_args

Outcome = Literal["read", "unchanged", "held back", "stopped", "failed", "skipped"]
OUTCOMES: Final[tuple[Outcome, ...]] = get_args(Outcome)


class SourceResult(NamedTuple):
    """What became of a source: how many entities were *read*, *changed* and *kept* unread.

    *skipped* has a line for each thing that couldn't be read. *why* is for users, if it failed, was
    held back or stopped, or wasn't asked. It is to be asked again at *next*, in POSIX seconds.
    With *is_dry*, nothing of that was kept.
    """

    name: str
    title: str
    outcome: Outcome
    read: int = 0
    changed: int = 0
    kept: int = 0
    skipped: tuple[str, ...] = ()
    why: str = ""
    next: int | None = None
    is_dry: bool = False

    @property
    def is_success(self) -> bool:
        """True if the source was asked, and answered."""
        return self.outcome in ("read", "unchanged")
