"""Finds the titles of a list in the catalogue, and follows those that are still ahead."""

import sqlite3
from collections.abc import Iterable
from typing import Final

from countdown.cli.next_release import first_ahead
from countdown.cli.session import Session
from countdown.cli.shell_words import shell_word
from countdown.core.outlook import Outlook
from countdown.core.release import Release
from countdown.index import meanings, names
from countdown.index.record import unpack
from countdown.views.imported import Imported, Unfound
from countdown.watchlists.wanted import Kind, Wanted

_SERIES: Final = ("series", "season")
_BOTH: Final[tuple[Kind, ...]] = ("film", "series")
_AHEAD: Final = ("upcoming", "open", "undated", "overdue")


class _Matcher:
    """Finds titles of lists in an *index*."""

    def __init__(self, index: sqlite3.Connection) -> None:
        self._index = index
        self._releases: dict[int, Release] = {}
        self._by_id: dict[tuple[Kind, str, str | int], set[int]] = {}
        for key, record in index.execute("SELECT key, record FROM release"):
            release = self._releases[key] = unpack(record)
            for provider, id in release.ids:
                if (provider, release.kind) != ("tvmaze", "season"):  # not the id of a series
                    for kind in _kinds(release):
                        self._by_id.setdefault((kind, provider, id), set()).add(key)

    def find(self, wanted: Wanted) -> set[int]:
        """Keys of the releases with the ids of *wanted*, else with its title and year."""
        kinds = _BOTH if wanted.kind is None else (wanted.kind,)
        keys: set[int] = set()
        for kind in kinds:
            keys.update(*(self._by_id.get((kind, *id), ()) for id in wanted.ids))
        keys = keys or self._with_title(wanted)
        for key in [key for key in keys if self._releases[key].kind in _SERIES]:
            same = self._titled(self._releases[key].title)
            keys.update(each for each in same if self._releases[each].kind in _SERIES)
        return keys

    def _with_title(self, wanted: Wanted) -> set[int]:
        """Those with the title and kind of *wanted*, and its year if any of them has a year."""
        fitting = {key for key in self._titled(wanted.title) if self._fits(key, wanted)}
        dated = {key for key in fitting if wanted.year is not None and self._releases[key].dates}
        return dated or fitting

    def _titled(self, title: str) -> list[int]:
        return names.by_whole_title(self._index, title)

    def _fits(self, key: int, wanted: Wanted) -> bool:
        """True if the release *key* has the kind and year of *wanted*.

        A series comes back for years; a film can come a year later elsewhere, or have no date yet.
        """
        release = self._releases[key]
        if wanted.kind is not None and wanted.kind not in _kinds(release):
            return False
        years = {each.date.earliest.year for each in release.dates}
        if wanted.year is None or release.kind in _SERIES or not years:
            return True
        return any(abs(year - wanted.year) <= 1 for year in years)


def _kinds(release: Release) -> tuple[Kind, ...]:
    if release.kind == "special":
        return _BOTH
    return ("series",) if release.kind in _SERIES else ("film",)


def find_wanted(index: sqlite3.Connection, current: Session, wanted: Iterable[Wanted]) -> Imported:
    """Which titles of a list are in the catalogue, and which of them to follow."""
    matcher = _Matcher(index)
    followed = names.by_follows(index, current.follows)
    new: dict[str, Outlook] = {}
    unfound: list[Unfound] = []
    past = already = out = 0
    for each in wanted:
        keys = matcher.find(each)
        if not keys and each.year is not None and each.year < current.now.today.year:
            past += 1
        elif not keys:
            unfound.append(Unfound(each.title, each.year, _track_command(each)))
        elif keys <= followed:
            already += 1
        else:
            ahead = _ahead(index, current, keys - followed)
            new.update(ahead)
            out += not ahead
    return Imported(new, already, out + past, tuple(unfound))


def _ahead(index: sqlite3.Connection, current: Session, keys: set[int]) -> dict[str, Outlook]:
    """The names under which releases of *keys* can be followed, each with the next one ahead."""
    found = {}
    for meaning in meanings.title_meanings(index, sorted(keys), current.languages):
        means = names.by_follows(index, ((meaning.sort, meaning.name),))
        outlook = first_ahead(index, current, means)
        if outlook is not None and outlook.state in _AHEAD:
            found[meaning.name] = outlook
    return found


def _track_command(wanted: Wanted) -> str:
    """The command that finds *wanted* online: by its id at IMDb, else by its title."""
    id = dict(wanted.ids).get("imdb")
    return f"countdown track {id or shell_word(wanted.title)}"
