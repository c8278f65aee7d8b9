"""Counts what is left out of the user's catalogue: a mistake there must not stop everything."""

from typing import NamedTuple

UNREADABLE = "unreadable"  # the reason why all of a file is left out: it can't be parsed
NEWER = "newer"  # likewise: its format is newer than this program


class LeftOut(NamedTuple):
    """What is left out of the user's own catalogue because it has problems.

    *reason* says why the whole file is left out; empty if it isn't. *entries* and *keys* count
    entries with a mistake, and keys that can't be used. *ids* are the releases of these entries;
    *has_unknown_ids* is True if that can't be told for all of them. Entries for a release that no
    longer exists don't count: they need not be a mistake.
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
