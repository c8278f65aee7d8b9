"""What is left out of the user's own catalogue, so that a mistake in it stops nothing else."""

from typing import NamedTuple

UNREADABLE = "unreadable"  # the reason why all of a file is left out: it can't be parsed
NEWER = "newer"  # likewise: its format is newer than this program


class LeftOut(NamedTuple):
    """What is left out of the user's own catalogue because it has problems.

    *reason* says why all of it is; empty if it isn't. *entries* and *keys* are the numbers of
    entries that have a mistake, and of keys that can't be used. *ids* are those of the releases
    that the entries are about; an entry that doesn't tell makes it *has_unknown_ids*. What may be
    nobody's mistake doesn't count: entries that change a release which no longer exists.
    """

    reason: str = ""
    entries: int = 0
    keys: int = 0
    ids: tuple[str, ...] = ()
    has_unknown_ids: bool = False

    @property
    def advice(self) -> str:
        """A sentence and the command that helps; empty if there is no mistake."""
        if self.reason == NEWER:
            what = "Your catalogue needs a newer countdown"
        elif self.reason:
            what = "Your catalogue can't be read, so it's left out"
        elif self.entries:
            one = self.entries == 1
            what = "An entry" if one else f"{self.entries} entries"
            what = f"{what} in your catalogue {'is' if one else 'are'} left out"
        elif self.keys:
            one = self.keys == 1
            what = "A key" if one else f"{self.keys} keys"
            what = f"{what} in your catalogue {'is' if one else 'are'} ignored"
        else:
            return ""
        return f"{what}. To see why: countdown check"
