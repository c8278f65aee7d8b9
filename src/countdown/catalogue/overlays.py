"""Edits of the user's own catalogue: add releases, overlay others, move dates, hide."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from countdown.catalogue import load, release_reader
from countdown.catalogue.document import Document, row_identity
from countdown.catalogue.load import Table
from countdown.core import edtf
from countdown.core.effective_date import effective_date
from countdown.errors import NothingFound, UsageError

_DATE_KEYS: Final = ("date", "stage_since", "expected", "checked")


class UserCatalogue:
    """The user's own catalogue, and the merged releases of the catalogues below it.

    An entry of the user for a release of these is an overlay.
    """

    def __init__(self, document: Document, lower: Sequence[Table]) -> None:
        self._document = document
        self._lower = lower

    def find(self, identifier: str) -> Table:
        """All facts of the release with that id, with its overlay applied. Raises NothingFound."""
        index = self._index(identifier)
        lower = self._lower_table(identifier, index)
        if index is None and lower is None:
            raise NothingFound(f'no release has the id "{identifier}"; see countdown search --help')
        entry = {} if index is None else self._document.releases[index]
        return load.apply_overlay(lower or {}, entry)

    def entry(self, identifier: str) -> Table | None:
        """The user's entry or overlay for the release, or None."""
        index = self._index(identifier)
        return None if index is None else self._document.releases[index]

    @property
    def ids(self) -> set[str]:
        """The ids of all releases, hidden ones included."""
        return {table["id"] for table in self._all_tables() if "id" in table}

    def add(self, table: Table) -> None:
        """Add a new release. Raises UsageError if it exists."""
        self.check_new(table)
        self._document.add(table)

    def check_new(self, table: Table) -> None:
        """Raise UsageError if the release *table*, perhaps still without an id, can't be added."""
        identifier = table.get("id")
        for other in self._all_tables():
            if identifier is not None and other.get("id") == identifier:
                hint = f"change it with countdown edit {identifier}, or choose another --id"
                raise UsageError(f'there is a release with the id "{identifier}" already; {hint}')
            if not set(load.identities(table)).isdisjoint(load.identities(other)):
                other_id = other.get("id")
                hint = f"change it with countdown edit {other_id}"
                raise UsageError(f'--ids: that is the release "{other_id}"; {hint}')
        self._check_sequel(table)

    def edit(
        self,
        identifier: str,
        changes: Table,
        *,
        unset: Sequence[str] = (),
        replace_dates: bool = False,
    ) -> None:
        """Set *changes* and delete the *unset* keys; an overlay that is left empty is removed.

        New *dates* replace those of the same region and type, or, with *replace_dates*, all of
        them. Raises NothingFound, and UsageError if a key to unset is not in the user's entry.
        """
        known_id = self.find(identifier)["id"]
        self._check_sequel(changes)
        if changes.get("sequel_to") in (identifier, known_id):
            raise UsageError("--sequel-to: no release follows itself")
        entry = self.entry(identifier) or {}
        unset = list(dict.fromkeys(_date_key(key, entry) for key in unset))
        for key in unset:
            if key not in entry:
                hint = "only what your own catalogue says can be taken back: countdown mine"
                raise UsageError(f'--unset: your catalogue has no "{key}" of it; {hint}')
        index = self._index_or_create(identifier)
        for key in unset:
            self._document.unset(index, key)
        table = self.find(identifier)
        for key, value in changes.items():
            if key == "dates":
                dates = [] if replace_dates else _date_tables(table)
                self._write_dates(index, _merge_dates(dates, value))
            else:
                if key == "date":
                    self._unset_if_present(index, "dates")
                if key in _DATE_KEYS and key in table and _is_same_date(table[key], value):
                    value = table[key]  # It stays as it is spelt.
                if key == "sources":
                    value = _with_dates(value, table.get(key, []))
                self._document.set(index, key, value)
        if unset and self._lower_table(identifier, index):
            self._document.remove_if_bare(index)

    def move(
        self,
        identifier: str,
        new_date: object,
        *,
        region: str | None,
        announced: date,
        source: str | None,
    ) -> Table:
        """Change a release's effective date in *region*, and record the move.

        *new_date* is a TOML value, None for a date that is withdrawn; *announced* is the day of
        that news. Returns the previous date's table, with its region and type if any. Raises
        NothingFound, and UsageError if the date is the same, or if none of several dates is for
        *region*.
        """
        table = self.find(identifier)
        dates = _date_tables(table)
        date_index = _effective_index(table, region)
        previous = {} if date_index is None else dict(dates[date_index])
        old_date = previous.get("date")
        if _is_same_date(old_date, new_date):
            shown = "none" if new_date is None else new_date
            raise UsageError(f"that is its date already: {shown}")
        index = self._index_or_create(identifier)
        if date_index is None:
            dates.append({"date": new_date})
        elif new_date is None:
            dates.pop(date_index)
        else:
            dates[date_index] = {**dates[date_index], "date": new_date}
        if "date" in table or date_index is None:
            self._write_dates(index, dates)
        else:
            self._document.set(index, "dates", dates)
        move = {"announced": announced, "from": old_date, "to": new_date, "source": source}
        move = {key: value for key, value in move.items() if value is not None}
        self._append_move(index, move, table)
        return previous

    def remove(self, identifier: str) -> bool:
        """Delete the user's entry; returns whether it was an overlay.

        Raises NothingFound, and UsageError if the user has no entry for it.
        """
        index = self._index(identifier)
        is_overlay = self._lower_table(identifier, index) is not None
        if index is None:
            self.find(identifier)
            hint = f"countdown hide {identifier} keeps it out of every list"
            raise UsageError(f'"{identifier}" is not in your own catalogue; {hint}')
        self._document.remove(index)
        return is_overlay

    def hide(self, identifier: str) -> None:
        """Hide a release from every list. Raises NothingFound."""
        self.find(identifier)
        self._document.set(self._index_or_create(identifier), "hidden", True)

    def _all_tables(self) -> tuple[Table, ...]:
        return (*self._lower, *self._document.releases)

    def _check_sequel(self, table: Table) -> None:
        """Raise UsageError if *table* is the sequel of an unknown release."""
        target = table.get("sequel_to")
        if target is not None and target not in (other.get("id") for other in self._all_tables()):
            hint = "name the id of another; countdown show TITLE --json tells it"
            raise UsageError(f'--sequel-to: no release has the id "{target}"; {hint}')

    def _index(self, identifier: str) -> int | None:
        """The index of the user's entry for that release, by its id or by an external one."""
        index = self._document.index(identifier)
        if index is not None:
            return index
        identities = {
            identity
            for table in self._lower
            if table.get("id") == identifier
            for identity in load.identities(table)
        }
        for index, table in enumerate(self._document.releases):
            if not identities.isdisjoint(load.identities(table)):
                return index
        return None

    def _lower_table(self, identifier: str, index: int | None) -> Table | None:
        """The release in the catalogues below, without the user's entry, which is at *index*."""
        entry = {} if index is None else self._document.releases[index]
        tables = {identity: table for table in self._lower for identity in load.identities(table)}
        identities = (identifier, *load.identities(entry))
        return next((tables[identity] for identity in identities if identity in tables), None)

    def _index_or_create(self, identifier: str) -> int:
        """The index of the release's overlay; an empty one is added if it is missing."""
        index = self._index(identifier)
        if index is None:
            self._document.add({"id": identifier})
            index = len(self._document.releases) - 1
        return index

    def _unset_if_present(self, index: int, key: str) -> None:
        if key in self._document.releases[index]:
            self._document.unset(index, key)

    def _write_dates(self, index: int, dates: list[Table]) -> None:
        """Write *dates*; `date = …` for a worldwide one that is alone or already written so."""
        is_lone = [*map(list, dates)] == [["date"]]
        short = [row for row in dates if [*row] == ["date"]]
        if short and (is_lone or "date" in self._document.releases[index]):
            self._document.set(index, "date", short[0]["date"])
            dates = [row for row in dates if row not in short]
            if not dates:
                self._unset_if_present(index, "dates")
                return
        else:
            self._unset_if_present(index, "date")
        rows = self._document.releases[index].get("dates", [])
        identities = [row_identity("dates", row) for row in rows]
        # Rows that exist stay in front.
        dates = sorted(dates, key=lambda row: row_identity("dates", row) not in identities)
        self._document.set(index, "dates", dates)

    def _append_move(self, index: int, move: Table, table: Table) -> None:
        """Append *move* to the moves of the entry, which start as those of *table*."""
        if "moves" in self._document.releases[index]:
            self._document.append(index, "moves", move)
        else:
            self._document.set(index, "moves", [*table.get("moves", []), move])


def _date_key(key: str, entry: Table) -> str:
    """*key*, or of `date` and `dates` the one that *entry* has."""
    twin = {"date": "dates", "dates": "date"}.get(key, key)
    return twin if key not in entry and twin in entry else key


def _with_dates(sources: list[Any], rows: list[Any]) -> list[Any]:
    """*sources*, with the table of *rows* for each bare address: the page's date must survive."""
    tables = {row_identity("sources", row): row for row in reversed(rows)}
    return [tables.get(source, source) if isinstance(source, str) else source for source in sources]


def _is_same_date(old: object, new: object) -> bool:
    """True if two TOML values are the same date, however each is written."""
    if old is None or new is None:
        return old is new
    return edtf.from_toml(old).edtf == edtf.from_toml(new).edtf


def _date_tables(table: Table) -> list[Table]:
    """The dates of *table*; that of the key `date` comes first."""
    return [*([{"date": table["date"]}] if "date" in table else []), *table.get("dates", [])]


def _merge_dates(dates: list[Table], changes: list[Table]) -> list[Table]:
    """*dates*, in which each of *changes* replaces the one of its region and type.

    A change without a type takes the type of the region's only date. Raises UsageError if the
    region has several.
    """
    merged = {(row.get("region"), row.get("type")): row for row in dates}
    for change in changes:
        region, type = change.get("region"), change.get("type")
        # A premiere is never the effective date, so another date must not replace it.
        types = [t for place, t in merged if region and place == region and t != "premiere"]
        if type is None and len(types) > 1 and None not in types:
            hint = f"say which, like {region}/{types[0]}={change['date']}"
            raise UsageError(f"--date: it has several dates for {region}; {hint}")
        if type is None and len(types) == 1 and types[0] is not None:
            type = types[0]
            change = {**change, "type": type}
        if not _is_same_date(merged.get((region, type), {}).get("date"), change["date"]):
            merged[region, type] = change
    return [*merged.values()]


def _effective_index(table: Table, region: str | None) -> int | None:
    """The index of the effective date in *region* among `_date_tables` of *table*.

    Raises UsageError if none of several is for *region*.
    """
    release = release_reader.release(table, (), [])
    effective = effective_date(release, region=region) if release else None
    if release is None or effective is None:
        return None
    if effective.fallback and len(release.dates) > 1:
        regions = ", ".join(dict.fromkeys(dated.region or "" for dated in release.dates))
        hint = f"say which moved, like --region {effective.dated.region}"
        raise UsageError(f"it has a date of its own in each of {regions}; {hint}")
    return release.dates.index(effective.dated)
