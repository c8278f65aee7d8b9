"""Releases → one SQLite database."""

import os
import sqlite3
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final

from countdown.core.effective_date import choose_date, effective_date
from countdown.core.outlook import settles
from countdown.core.release import JOBS, SHELVED, AnnouncedDate, Release
from countdown.core.text import fold
from countdown.index.record import pack

_Counting = tuple[str, str, int, int, int, bool, int | None, str, int]  # A row of that table.
_BATCH: Final = 2_000  # releases held as rows at a time

_INSERTS: Final = {
    "release": "INSERT INTO release VALUES (?, ?, ?, ?, ?, ?, ?)",
    "counting": "INSERT INTO counting VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
    "title": "INSERT INTO title VALUES (NULL, ?, ?, ?)",
    "credit": "INSERT INTO credit VALUES (?, ?, ?)",
    "labelled": "INSERT INTO labelled VALUES (?, ?)",
    "words": (
        "INSERT INTO words (rowid, titles, people, franchises, synopsis) VALUES (?, ?, ?, ?, ?)"
    ),
}
_FILL_WORDS: Final = (
    "INSERT INTO title_words (title_words) VALUES ('rebuild')",
    "INSERT INTO person_words (person_words) VALUES ('rebuild')",
)


def fill(
    connection: sqlite3.Connection, releases: Iterable[Release], *, batch: int = _BATCH
) -> None:
    """Make the tables of the index in the empty database *connection*, and fill them.

    As many releases as *batch* says are held as rows at a time. Raises whatever *releases* raises;
    the database is then to be thrown away.
    """
    connection.executescript(_script("schema.sql"))
    connection.execute("BEGIN")
    rows = _Rows()
    numbered = enumerate(releases, 1)
    while held := list(islice(numbered, batch)):
        for key, release in held:
            rows.add(key, release)
        rows.write(connection)
    connection.executemany("INSERT INTO person VALUES (?, ?, ?)", rows.people())
    connection.executemany("INSERT INTO label VALUES (?, ?, ?, ?)", rows.labels())
    for statement in _FILL_WORDS:
        connection.execute(statement)
    connection.execute("COMMIT")
    connection.executescript(_script("indices.sql"))


def _script(name: str) -> str:
    here = os.path.dirname(os.path.abspath(__file__))  # importlib.resources takes 20 ms.
    with open(os.path.join(here, name), encoding="utf-8") as file:
        return file.read()


class _Rows:
    """Rows on their way into the tables, and the keys given to people and labels so far."""

    def __init__(self) -> None:
        self._people: dict[str, tuple[int, str]] = {}  # name → key, folded
        self._labels: dict[tuple[str, str], tuple[int, str]] = {}  # sort, folded → key, name
        self._folded: dict[str, str] = {}  # the names of labels, as they come again and again
        self._rows: dict[str, list[tuple[object, ...]]] = {table: [] for table in _INSERTS}

    def add(self, key: int, release: Release) -> None:
        rows = self._rows
        dates = list(_countings(release, key))
        dated = any(region == type == "" for region, type, *_ in dates)
        rows["release"].append(
            (key, release.id, release.kind, release.stage, dated, release.sequel_to, pack(release))
        )
        rows["counting"] += dates
        titles = _titles(release)
        rows["title"] += [(name, folded, key) for folded, name in titles.items()]
        names = self._credits(key, release)
        franchises = [self._label("franchise", name, key) for name in release.franchise]
        for name in release.platform:
            self._label("platform", name, key)
        synopsis = fold(release.synopsis) if release.synopsis else ""
        rows["words"].append(
            (key, " ".join(titles), " ".join(names), " ".join(franchises), synopsis)
        )

    def _credits(self, key: int, release: Release) -> list[str]:
        """Note who is credited in *release*; their names, folded."""
        people, rows, folded = self._people, self._rows["credit"], []
        cast = [name for name, _ in release.cast]
        makers = (release.director, release.writer, release.creator)
        for job, names in zip(JOBS, (cast, *makers), strict=True):
            for name in dict.fromkeys(names) if names else ():
                person = people.get(name)
                if person is None:
                    person = people[name] = (len(people) + 1, fold(name))
                rows.append((person[0], job, key))
                folded.append(person[1])
        return folded

    def _label(self, sort: str, name: str, key: int) -> str:
        """Note that *release* carries the label *name*; the name, folded."""
        folded = self._folded.get(name)
        if folded is None:
            folded = self._folded[name] = fold(name)
        label, _ = self._labels.setdefault((sort, folded), (len(self._labels) + 1, name))
        self._rows["labelled"].append((label, key))
        return folded

    def write(self, connection: sqlite3.Connection) -> None:
        for table, rows in self._rows.items():
            connection.executemany(_INSERTS[table], rows)
            rows.clear()

    def people(self) -> Iterator[tuple[int, str, str]]:
        return ((key, name, folded) for name, (key, folded) in self._people.items())

    def labels(self) -> Iterator[tuple[int, str, str, str]]:
        return ((key, sort, folded, name) for (sort, folded), (key, name) in self._labels.items())


def _titles(release: Release) -> dict[str, str]:
    """Every spelling by which a fan may name *release*: folded → as it is written."""
    spelled = [release.title, *release.aliases]
    if release.season is not None:
        spelled.append(release.name)
    spelled += [title.replace("-", "") for title in spelled if "-" in title]
    return {fold(name): name for name in reversed(spelled)}


def _countings(release: Release, key: int) -> Iterator[_Counting]:
    """A row for every region and type whose counting date differs from everyone else's."""
    if release.stage in SHELVED or not release.dates:
        return
    types = {dated.type for dated in release.dates}
    regions = {dated.region for dated in release.dates if dated.region}
    if len(release.dates) == 1:
        regions = set()  # The one date is everyone's.
    if len(types) == 1 and "premiere" not in types:
        # As most have it: whoever asks for no type gets what they get who ask for this one.
        for row in _of_type(types.pop(), release, regions, key):
            yield row
            if row[1]:
                yield (row[0], "", *row[2:])
        return
    for type in (None, *(types - {None})):
        yield from _of_type(type, release, regions, key)


def _of_type(
    type: str | None, release: Release, regions: set[str], key: int
) -> Iterator[_Counting]:
    common = effective_date(release, type=type)
    if common is None:
        return
    yield _counting("", type, common.dated, release, key)
    dates: dict[str | None, list[AnnouncedDate]] = {}  # by region, so that each region looks at few
    for dated in release.dates:
        dates.setdefault(dated.region, []).append(dated)
    for region in regions:
        near = choose_date([*dates[region], *dates.get(None, ())], region=region, type=type)
        own = (near or common).dated
        # Of one day announced for both regions, each fan is told of their own.
        theirs = common.dated.region not in (None, own.region)
        if theirs or own.date != common.dated.date:
            yield _counting(region, type, own, release, key)


def _counting(
    region: str, type: str | None, dated: AnnouncedDate, release: Release, key: int
) -> _Counting:
    date = dated.date
    latest = date.latest.toordinal()
    width = latest - date.earliest.toordinal()
    settled = 2 if release.stage == "released" else int(settles(release, date))
    instant = None if date.instant is None else int(date.instant.timestamp())
    place = dated.region or ""
    return region, type or "", settled, latest, width, date.exact, instant, place, key
