"""Edits of the user's own catalogue: add releases, overlay others, change dates, hide."""

from collections.abc import Sequence
from typing import Any, Final

from countdown.catalogue import date_edits, load, new_releases, overlay_tables
from countdown.catalogue.date_edits import DateChange, DateEdit
from countdown.catalogue.document import Document, row_identity
from countdown.catalogue.former_ids import is_conflict, present_ids
from countdown.catalogue.load import Table
from countdown.catalogue.new_releases import Namesake
from countdown.catalogue.season_keys import contradictions_of
from countdown.errors import NothingFound, UsageError

_NAME_GROUPS = (  # keys with names of the same things
    ("cast", "director", "writer", "creator"),
    ("platform", "distributor", "studio"),
    ("franchise",),
)
_DATE_KEYS: Final = ("stage_since", "expected", "complete", "checked")


class UserCatalogue:
    """The user's own catalogue, and the merged releases of the catalogues below it.

    An entry of the user for a release of these is an overlay.
    """

    def __init__(
        self, document: Document, lower: Sequence[Table], wrong: Sequence[Table] = ()
    ) -> None:
        """*wrong* are the entries of the user that have a mistake: nothing is taken from them."""
        self._document = document
        self._lower = lower
        self._wrong = wrong
        self._renamed = present_ids(lower)

    def find(self, identifier: str) -> Table:
        """All facts of the release with that id, with its overlay applied. Raises NothingFound."""
        index = self._index(identifier)
        lower = self._lower_table(identifier, index)
        if index is None and lower is None:
            raise NothingFound(
                f'No release has the id "{identifier}". To find it: countdown search TITLE'
            )
        entry = {} if index is None else self._document.releases[index]
        return overlay_tables.apply_overlay(lower or {}, entry)

    def entry(self, identifier: str) -> Table | None:
        """The user's entry or overlay for the release, or None."""
        index = self._index(identifier)
        return None if index is None else self._document.releases[index]

    @property
    def ids(self) -> set[str]:
        """The ids of all releases, and their former ones; hidden ones included."""
        return {*self._renamed, *(table["id"] for table in self._all_tables() if "id" in table)}

    def spelled(self, table: Table) -> Table:
        """*table* with names in lower case as other releases spell them: `netflix` → `Netflix`."""
        return {
            key: [self._spelled(row, group) for row in table[key]] if group else table[key]
            for key in table
            for group in [next((group for group in _NAME_GROUPS if key in group), ())]
        }

    def _spelled(self, row: Any, keys: tuple[str, ...]) -> Any:
        """*row* of a list of names as the rows of *keys* spell it."""
        if isinstance(row, dict):
            return {**row, "name": self._spelled(row["name"], keys)}
        if row != row.lower():
            return row
        names = {
            name
            for table in self._all_tables()
            for key in keys
            for name in map(_name, table.get(key, ()))
            if name.lower() == row
        }
        return row if row in names else min(names, default=row)

    def add(self, table: Table, *, is_another: bool = False) -> None:
        """Add a new release. Raises UsageError if it exists, as `new_releases.check` does."""
        self.check_new(table, is_another=is_another)
        self._document.add(table)

    def check_new(self, table: Table, *, is_another: bool = False) -> None:
        """Raise UsageError if the release *table*, perhaps still without an id, can't be added."""
        new_releases.check(table, self._all_tables(), self._renamed, is_another=is_another)
        self._check_sequel(table)

    def namesakes(self, table: Table) -> list[Namesake]:
        """The releases, hidden ones included, that have the title of *table*."""
        return new_releases.namesakes(table, self._all_tables())

    def edit(
        self,
        identifier: str,
        changes: Table,
        *,
        unset: Sequence[str] = (),
        dates: DateEdit | None = None,
    ) -> list[DateChange]:
        """Set *changes* and *dates*, and delete the *unset* keys; returns dates that changed.

        An overlay that is left empty is removed. Raises NothingFound, and UsageError if a key to
        unset is not in the user's entry, or if it isn't clear which date is meant.
        """
        known_id = self.find(identifier)["id"]
        self._check_sequel(changes)
        if changes.get("sequel_to") in (identifier, known_id):
            raise UsageError("--sequel-to: A release can't follow itself.")
        entry = self.entry(identifier) or {}
        unset = list(dict.fromkeys(_date_key(key, entry) for key in unset))
        for key in unset:
            if key not in entry:
                hint = "To see what it sets: countdown mine"
                raise UsageError(f'--unset: Your catalogue doesn\'t set "{key}" for it. {hint}')
        index = self._index_or_create(identifier)
        for key in unset:
            self._document.unset(index, key)
        table = self.find(identifier)
        date_changes = [] if dates is None else self._set_dates(index, table, dates)
        for key, value in changes.items():
            if key in _DATE_KEYS and key in table and date_edits.is_same_date(table[key], value):
                value = table[key]  # It stays as it is spelt.
            if key == "titles":  # Those below are merged by themselves.
                value = overlay_tables.merge_titles(entry.get("titles", {}), value)
            if key == "sources":
                value = _with_dates(value, table.get(key, []))
            self._document.set(index, key, value)
        self._check_episodes(identifier, index, {*changes, *(["date"] if dates else [])})
        if dates is not None and dates.announced is not None:
            for change in date_changes:
                self._append_move(index, date_edits.move_row(change, dates), table)
        if unset and self._lower_table(identifier, index):
            self._document.remove_if_bare(index)
        return date_changes

    def _check_episodes(self, identifier: str, index: int, changed: set[str]) -> None:
        """Raise UsageError if `complete` or `cadence` contradicts one of the *changed* keys."""
        if changed.isdisjoint(("complete", "cadence", "kind", "date")):
            return
        entry = self._document.releases[index]
        merged = overlay_tables.merge(self._lower_table(identifier, index) or {}, entry)
        for contradiction in contradictions_of(merged):
            raise UsageError(contradiction.message)

    def _set_dates(self, index: int, table: Table, edit: DateEdit) -> list[DateChange]:
        """Write the dates of *edit* for the release *table*, whose entry is at *index*."""
        dates = date_edits.edited_dates(table, edit)
        if edit.replaces == "effective" and table.get("dates") and "date" not in table:
            self._document.set(index, "dates", dates)  # A row for the world stays a row.
        else:
            self._write_dates(index, dates)
        return [*date_edits.changes(table, dates, edit)]

    def remove(self, identifier: str) -> bool:
        """Delete the user's entry; returns whether it was an overlay.

        Raises NothingFound, and UsageError if the user has no entry for it.
        """
        index = self._index(identifier)
        is_overlay = self._lower_table(identifier, index) is not None
        if index is None:
            self.find(identifier)
            hint = f"To hide it: countdown hide {identifier}"
            raise UsageError(f'"{identifier}" isn\'t in your own catalogue. {hint}')
        self._document.remove(index)
        return is_overlay

    def hide(self, identifier: str) -> None:
        """Hide a release from every list. Raises NothingFound."""
        self.find(identifier)
        self._document.set(self._index_or_create(identifier), "hidden", True)

    def unhide(self, identifier: str) -> None:
        """Show a hidden release in lists again; an overlay that is left empty is removed.

        Raises NothingFound, and UsageError if the release isn't hidden.
        """
        if not self.find(identifier).get("hidden"):
            raise UsageError(f'"{identifier}" isn\'t hidden. To see what is: countdown mine')
        index = self._index_or_create(identifier)
        lower = self._lower_table(identifier, index)
        if lower is not None and lower.get("hidden"):
            self._document.set(index, "hidden", False)
            return
        self._document.unset(index, "hidden")
        self._document.remove_if_bare(index)

    def _all_tables(self) -> tuple[Table, ...]:
        wrong = [*map(id, self._wrong)]
        own = [table for table in self._document.releases if id(table) not in wrong]
        return (*self._lower, *own)

    def _check_sequel(self, table: Table) -> None:
        """Raise UsageError if *table* is the sequel of an unknown release."""
        target = table.get("sequel_to")
        ids = [*self._renamed, *(other.get("id") for other in self._all_tables())]
        if target is not None and target not in ids:
            hint = "To find one: countdown search TITLE --json"
            raise UsageError(f'--sequel-to: No release has the id "{target}". {hint}')

    def _index(self, identifier: str) -> int | None:
        """The index of the user's entry for that release, by its id or by an external one."""
        index = self._document.index(identifier)
        if index is not None:
            return index
        present = self._renamed.get(identifier, identifier)
        lower = next((table for table in self._lower if table.get("id") == present), None)
        if lower is None:
            return None
        identities = {*load.identities(lower)}
        for index, table in enumerate(self._document.releases):
            former = self._renamed.get(str(table.get("id"))) == present
            is_renamed = former and not is_conflict(table, lower)
            if is_renamed or not identities.isdisjoint(load.identities(table)):
                return index
        return None

    def _lower_table(self, identifier: str, index: int | None) -> Table | None:
        """The release in the catalogues below, without the user's entry, which is at *index*."""
        entry = {} if index is None else self._document.releases[index]
        tables = {identity: table for table in self._lower for identity in load.identities(table)}
        identities = (identifier, *load.identities(entry))
        found = next((tables[identity] for identity in identities if identity in tables), None)
        if found is not None:
            return found
        present = self._renamed.get(identifier) or self._renamed.get(str(entry.get("id")), "")
        renamed = tables.get(present)
        return None if renamed is None or is_conflict(entry, renamed) else renamed

    def _index_or_create(self, identifier: str) -> int:
        """The index of the release's overlay; an empty one is added if it is missing."""
        index = self._index(identifier)
        if index is None:
            self._document.add({"id": self._renamed.get(identifier, identifier)})
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


def _name(row: Any) -> str:
    """The name in a *row* of `cast` or of another list of names."""
    name: str = row["name"] if isinstance(row, dict) else row
    return name


def _date_key(key: str, entry: Table) -> str:
    """*key*, or of `date` and `dates` the one that *entry* has."""
    twin = {"date": "dates", "dates": "date"}.get(key, key)
    return twin if key not in entry and twin in entry else key


def _with_dates(sources: list[Any], rows: list[Any]) -> list[Any]:
    """*sources*, with the table of *rows* for each bare address: the page's date must survive."""
    tables = {row_identity("sources", row): row for row in reversed(rows)}
    return [tables.get(source, source) if isinstance(source, str) else source for source in sources]
