"""Creates the tables of the index and fills them with releases."""

import os
import sqlite3
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final

from countdown.core.effective_date import choose_date, effective_date
from countdown.core.outlook import is_out_after, is_out_since, stage_known_since
from countdown.core.release import JOBS, SHELVED, AnnouncedDate, Release
from countdown.core.season_end import AT_ONCE
from countdown.core.text import fold, spellings, split_unspaced
from countdown.index.record import pack

_DateRow = tuple[str, str, int, int, int, bool, int | None, str, int]  # of effective_date
_BATCH_SIZE: Final = 2_000  # releases held as rows at a time

_INSERTS: Final = {
    "release": "INSERT INTO release VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    "effective_date": "INSERT INTO effective_date VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
    "former_id": "INSERT INTO former_id VALUES (?, ?)",
    "move": "INSERT INTO move VALUES (?, ?, ?)",
    "title": "INSERT INTO title VALUES (NULL, ?, ?, ?)",
    "credit": "INSERT INTO credit VALUES (?, ?, ?)",
    "source_fact": "INSERT INTO source_fact VALUES (?, ?, ?)",
    "release_label": "INSERT INTO release_label VALUES (?, ?)",
    "words": ("INSERT INTO words (rowid, titles, people, labels, synopsis) VALUES (?, ?, ?, ?, ?)"),
}
_FACTS_OF_KEYS: Final = {  # what the journal compares of a key
    "title": "name",
    "season": "name",
    "stage": "stage",
    "complete": "complete",
    "cadence": "cadence",
}
_FILL_WORDS: Final = (
    "INSERT INTO title_words (title_words) VALUES ('rebuild')",
    "INSERT INTO person_words (person_words) VALUES ('rebuild')",
)


def fill(
    connection: sqlite3.Connection, releases: Iterable[Release], *, batch: int = _BATCH_SIZE
) -> None:
    """Create the tables of the index in the empty database *connection*, and fill them.

    *batch* is the number of releases that are held as rows at a time. Raises sqlite3.Error and
    anything that *releases* raises; the caller must then discard the database.
    """
    create_tables(connection)
    connection.execute("BEGIN")
    rows = _Rows()
    numbered = enumerate(releases, 1)
    while part := list(islice(numbered, batch)):
        for key, release in part:
            rows.add(key, release)
        rows.write(connection)
    connection.executemany("INSERT INTO person VALUES (?, ?, ?, ?)", rows.people())
    connection.executemany("INSERT INTO label VALUES (?, ?, ?, ?)", rows.labels())
    for statement in _FILL_WORDS:
        connection.execute(statement)
    connection.execute("COMMIT")
    connection.executescript(_script("indices.sql"))


def create_tables(connection: sqlite3.Connection) -> None:
    """Create the empty tables of the index in the empty database *connection*."""
    connection.executescript(_script("schema.sql"))


def _script(name: str) -> str:
    here = os.path.dirname(os.path.abspath(__file__))  # importlib.resources takes 20 ms.
    with open(os.path.join(here, name), encoding="utf-8") as file:
        return file.read()


class _Rows:
    """Rows that wait to be written, and the keys of people and labels so far."""

    def __init__(self) -> None:
        self._people: dict[str, tuple[int, str, str]] = {}  # name → key, folded, its spellings
        self._labels: dict[tuple[str, str], tuple[int, str]] = {}  # kind, folded → key, name
        self._folded: dict[str, str] = {}  # of labels, whose names recur
        self._rows: dict[str, list[tuple[object, ...]]] = {table: [] for table in _INSERTS}

    def add(self, key: int, release: Release) -> None:
        rows = self._rows
        dates = list(_date_rows(release, key))
        has_date = any(region == type == "" for region, type, *_ in dates)
        rows["release"].append(
            (
                *(key, release.id, release.kind, release.stage, has_date),
                *(_shelved_from(release), release.sequel_to),
                release.complete is not None or release.cadence == AT_ONCE,
                release.checked.latest.toordinal() if release.checked else None,
                pack(release),
            )
        )
        rows["source_fact"] += _source_facts(release)
        rows["former_id"] += [(id, key) for id in release.was]
        rows["effective_date"] += dates
        rows["move"] += [
            (day.earliest.toordinal(), day.latest.toordinal(), key)
            for day in (move.announced for move in release.moves)
            if day is not None
        ]
        titles = _titles(release)
        rows["title"] += [(name, folded, key) for folded, name in titles.items()]
        names = self._credits(key, release)
        labels = [self._label("franchise", name, key) for name in release.franchise]
        for name in release.platform or release.distributor:  # as every table shows it
            labels.append(self._label("platform", name, key))
        synopsis = fold(release.synopsis) if release.synopsis else ""
        words = (" ".join(titles), " ".join(names), " ".join(labels), synopsis)
        rows["words"].append((key, *map(split_unspaced, words)))

    def _credits(self, key: int, release: Release) -> list[str]:
        """Add a row for each credit of *release*; return the spellings of the names."""
        people, rows, names_spelled = self._people, self._rows["credit"], []
        cast = [name for name, _ in release.cast]
        makers = (release.director, release.writer, release.creator)
        for job, names in zip(JOBS, (cast, *makers), strict=True):
            for name in dict.fromkeys(names) if names else ():
                person = people.get(name)
                if person is None:
                    person = people[name] = (len(people) + 1, *_spelled(name))
                rows.append((person[0], job, key))
                names_spelled.append(person[2])
        return names_spelled

    def _label(self, kind: str, name: str, key: int) -> str:
        """Add a row for the label *name* of the release *key*; return the folded name."""
        folded = self._folded.get(name)
        if folded is None:
            folded = self._folded[name] = fold(name)
        label, _ = self._labels.setdefault((kind, folded), (len(self._labels) + 1, name))
        self._rows["release_label"].append((label, key))
        return folded

    def write(self, connection: sqlite3.Connection) -> None:
        """Write the rows so far, except those of people and labels."""
        for table, rows in self._rows.items():
            connection.executemany(_INSERTS[table], rows)
            rows.clear()

    def people(self) -> Iterator[tuple[int, str, str, str]]:
        """Key, name, folded name and its spellings of everyone credited so far."""
        for name, (key, folded, words) in self._people.items():
            yield key, name, folded, words

    def labels(self) -> Iterator[tuple[int, str, str, str]]:
        """Key, kind, folded name and name of every label so far."""
        return ((key, kind, folded, name) for (kind, folded), (key, name) in self._labels.items())


def _source_facts(release: Release) -> list[tuple[str, str, str]]:
    """The rows of source_fact about *release*."""
    rows = [(each.origin, release.id, "") for each in release.providers]
    for each in release.providers:
        facts = dict.fromkeys(_FACTS_OF_KEYS[key] for key in each.facts if key in _FACTS_OF_KEYS)
        rows += [(each.origin, release.id, fact) for fact in facts]
    origins = {each.origin for each in release.providers}
    dated = {(each.origin, each.market or "") for each in release.dates if each.origin in origins}
    return [*rows, *((str(origin), release.id, f"dates {place}") for origin, place in dated)]


def _shelved_from(release: Release) -> int | None:
    """The first day on which *release* is known to be shelved; None if it isn't."""
    if release.stage not in SHELVED:
        return None
    since = stage_known_since(release)
    return since.earliest.toordinal() if since else 0


def _spelled(name: str) -> tuple[str, str]:
    """The folded *name* of a person, and the words of all its spellings."""
    folded = fold(name)
    is_plain = name.isascii() and name.replace(" ", "").isalpha()
    return folded, folded if is_plain else " ".join(spellings(name))


def _titles(release: Release) -> dict[str, str]:
    """Every spelling of a title that a fan may type: folded → the title as it is written."""
    titles = release.names
    found: dict[str, str] = {}
    for title in titles:  # Real spellings first, so that no derived spelling hides one.
        found.setdefault(fold(title), title)
    for title in titles:
        for spelling in spellings(title)[1:]:
            found.setdefault(spelling, title)
    if release.season is not None:
        for language, title in ((None, release.title), *release.titles):
            name = release.name_in((language,) if language else ())
            for season in (f"S{release.season}", f"S{release.season:02}"):
                found.setdefault(fold(f"{title} {season}"), name)
    return found


def _date_rows(release: Release, key: int) -> Iterator[_DateRow]:
    """A row for every region and type whose effective date differs from everyone else's."""
    if release.stage in SHELVED or not release.dates:
        return
    types = {dated.type for dated in release.dates}
    regions = {dated.region for dated in release.dates if dated.region}
    if len(release.dates) == 1:
        regions = set()  # The only date counts for everyone.
    if len(types) == 1 and "premiere" not in types:
        # In most releases: without a type, the answer is that for the only type.
        for row in _rows_of_type(types.pop(), release, regions, key):
            yield row
            if row[1]:
                yield (row[0], "", *row[2:])
        return
    for type in (None, *(types - {None})):
        yield from _rows_of_type(type, release, regions, key)


def _rows_of_type(
    type: str | None, release: Release, regions: set[str], key: int
) -> Iterator[_DateRow]:
    common = effective_date(release, type=type)
    if common is None:
        return
    yield _date_row("", type, common.dated, release, key)
    dates: dict[str | None, list[AnnouncedDate]] = {}  # by market, so that each region reads few
    for dated in release.dates:
        dates.setdefault(dated.market, []).append(dated)
    for region in regions:
        near = choose_date([*dates[region], *dates.get(None, ())], region=region, type=type)
        regional = (near or common).dated
        # If one day was announced for several regions, each fan sees their own.
        elsewhere = common.dated.market not in (None, regional.market)
        if elsewhere or regional.date != common.dated.date:
            yield _date_row(region, type, regional, release, key)


def _date_row(
    region: str, type: str | None, dated: AnnouncedDate, release: Release, key: int
) -> _DateRow:
    date = dated.date
    latest, width = date.order_days
    outcome = 2 if is_out_since(release, dated) else int(is_out_after(release, dated))
    instant = None if date.instant is None else int(date.instant.timestamp())
    return region, type or "", outcome, latest, width, date.exact, instant, dated.market or "", key
