"""Contradictions of the keys of seasons: `season`, `complete` and `cadence`.

Within one file, a contradiction is a problem. Between two it isn't: a new built-in catalogue must
not break an overlay, so the key is dropped from the merged release.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, Final, NamedTuple, cast

from countdown.catalogue import readers
from countdown.catalogue.readers import Problems
from countdown.catalogue.schema import RELEASE
from countdown.core.dates import ReleaseDate
from countdown.core.release import AnnouncedDate
from countdown.core.season_end import AT_ONCE

SEASON_KEYS: Final = ("season", "complete", "cadence")
_EPISODE_KEYS: Final = ("complete", "cadence")
_WITHOUT_SEASONS: Final = ("film", "special", "short")
_OTHER_KEYS: Final = ("kind", "date", "dates")  # that can contradict them


class Contradiction(NamedTuple):
    """A *key* of a release that another key contradicts, what is wrong, and a *hint* to mend it.

    *option_hint* takes its place on a command line, if it isn't the same there.
    """

    key: str
    what: str
    hint: str
    option_hint: str = ""

    def message(self, *, is_given: bool) -> str:
        """Both as sentences, about the option for the key if it *is_given*."""
        is_about_key = self.what.startswith("is")
        if is_given:
            what = f" {self.what}" if is_about_key else f": {self.what.capitalize()}"
            hint = self.option_hint or self.hint
            return f"--{self.key}{what}. {hint[0].upper()}{hint[1:]}."
        if is_about_key:
            remedy = f"Change that too, with --{self.key}, or drop it: --unset {self.key}"
            return f'Its "{self.key}" {self.what}. {remedy}'
        return f'{self.what.capitalize()}, but it has "{self.key}". Add --unset {self.key}.'


def contradictions(values: Mapping[str, object]) -> Iterator[Contradiction]:
    """The contradictions of a release whose keys have been read as *values*."""
    kind, complete = values.get("kind"), cast("ReleaseDate | None", values.get("complete"))
    if kind in _WITHOUT_SEASONS and values.get("season") is not None:
        what = f"a {kind} has no season number"
        hint = 'leave it out, or write kind = "season"'
        yield Contradiction("season", what, hint, "leave it out, or add --kind season")
    if kind in ("film", "short"):
        for key in _EPISODE_KEYS:
            if values.get(key):
                yield Contradiction(key, f"a {kind} has no episodes", "leave it out")
        return
    dates = [each.date for each in cast("tuple[AnnouncedDate, ...]", values.get("dates") or ())]
    if values.get("date"):
        dates.append(cast("ReleaseDate", values["date"]))
    if complete is None or not dates:
        return
    if complete.latest < min(date.earliest for date in dates):
        hint = "write when the last episode is out"
        yield Contradiction("complete", "is before the first date", hint)
    elif values.get("cadence") == AT_ONCE and complete.edtf not in {date.edtf for date in dates}:
        what = "isn't its date, although all is out at once"
        yield Contradiction("complete", what, "leave out complete or cadence")


def contradictions_of(table: Mapping[str, Any]) -> list[Contradiction]:
    """The contradictions of the release *table*; unreadable values contradict nothing."""
    if not any(key in table for key in SEASON_KEYS):
        return []
    keys = {key: table[key] for key in (*SEASON_KEYS, *_OTHER_KEYS) if key in table}
    unreported: Problems = []
    return [*contradictions(readers.table(keys, (), unreported, RELEASE))]


def new_messages(
    found: Iterable[Contradiction],
    known: Collection[Contradiction],
    entry: Mapping[str, object],
    changes: Collection[str],
) -> list[str]:
    """Messages about the contradictions *found* that the *changes* of a command cause.

    Those of *known* were there before, and those of keys that the user's *entry* lacks are dropped.
    """
    return [
        each.message(is_given=each.key in changes)
        for each in found
        if each.key in changes or (each.key in entry and each not in known)
    ]
