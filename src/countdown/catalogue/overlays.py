"""Edits of the user's own catalogue: add releases, overlay others, change dates, hide."""

from collections.abc import Callable, Sequence
from functools import cached_property, partial, reduce
from typing import Any, Final, NamedTuple

from countdown.catalogue import date_edits, date_rows, new_releases, overlay_tables, own_dates
from countdown.catalogue.date_edits import DateChange, DateEdit
from countdown.catalogue.document import Document
from countdown.catalogue.entry_keys import name_in_row, names_in, sources_with_dates
from countdown.catalogue.load import Table
from countdown.catalogue.lower_releases import LowerReleases
from countdown.catalogue.new_releases import Namesake
from countdown.catalogue.season_keys import Contradiction, contradictions_of, new_messages
from countdown.errors import NothingFound, UsageError

_NAME_GROUPS = (  # keys whose names share a spelling
    ("cast", "director", "writer", "creator"),
    ("platform", "distributor", "studio"),
    ("franchise",),
)
_DATE_KEYS: Final = ("stage_since", "expected", "complete", "checked")


class Removal(NamedTuple):
    """Whether a deleted entry was an overlay, and the ids of the release's remaining overlays."""

    is_overlay: bool
    other_overlays: list[str]


class UserCatalogue:
    """The user's own catalogue, and the merged releases of the catalogues below it.

    A user's entry for one of these releases is an overlay. A release can have several overlays,
    under its former ids; later ones win, and changes are made in the last one.
    """

    def __init__(
        self,
        document: Document,
        lower: Sequence[Table],
        find_wrong: Callable[[], Sequence[Table]] = tuple,
    ) -> None:
        """*find_wrong* returns the user's entries with a mistake, which are ignored."""
        self._document = document
        self._lower = LowerReleases(lower)
        self._find_wrong = find_wrong

    def find(self, identifier: str) -> Table:
        """The release with that id, overlays applied. Raises NothingFound."""
        entries, lower = self.entries(identifier), self._lower_table(identifier)
        if not entries and lower is None:
            raise NothingFound(
                f'No release has the id "{identifier}". To find it: countdown search TITLE'
            )
        return self._overlaid(lower, entries)

    def entries(self, identifier: str) -> list[Table]:
        """The user's entries for the release with that id, as they are."""
        return [self._document.releases[index] for index in self._indices(identifier)]

    @property
    def ids(self) -> set[str]:
        """The ids of all releases, and their former ones; hidden ones included."""
        ids = (table["id"] for table in self.tables if "id" in table)
        return {*self._lower.present_ids, *ids}

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
            for table in self.tables
            for key in keys
            for name in map(name_in_row, table.get(key, ()))
            if name.lower() == row
        }
        return row if row in names else min(names, default=row)

    def add(self, table: Table, *, is_another: bool = False) -> None:
        """Add a new release. Raises UsageError if it exists, as `new_releases.check` does."""
        self.check_new(table, is_another=is_another)
        self._document.add(table)

    def check_new(self, table: Table, *, is_another: bool = False) -> None:
        """Raise UsageError if the release *table*, perhaps still without an id, can't be added."""
        new_releases.check(table, self.tables, self._lower.present_ids, is_another=is_another)
        self._check_sequel(table)

    def namesakes(self, table: Table) -> list[Namesake]:
        """The releases, hidden ones included, that have the title of *table*."""
        return new_releases.namesakes(table, self.tables)

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
        id = self.find(identifier)["id"]
        self._check_sequel(changes)
        target = changes.get("sequel_to")
        if target is not None and id in (target, self._lower.present_ids.get(target)):
            raise UsageError("--sequel-to: A release can't follow itself.")
        known = self._contradictions(identifier)
        self._unset(identifier, unset)
        index = self._index_or_create(identifier)
        entry, table = self._document.releases[index], self.find(identifier)
        date_changes = [] if dates is None else self._set_dates(index, table, dates)
        for key, value in changes.items():
            if key in _DATE_KEYS and key in table and date_edits.is_same_date(table[key], value):
                value = table[key]  # It stays as it is spelt.
            if key == "titles":  # Those of the lower layers are merged anyway.
                value = overlay_tables.merge_titles(entry.get("titles", {}), value)
            if key == "sources":
                value = sources_with_dates(value, table.get(key, []))
            self._document.set(index, key, value)
        messages = new_messages(self._contradictions(identifier), known, entry, changes)
        if messages:
            raise UsageError(*messages)
        if dates is not None and dates.announced is not None:
            for change in date_changes:
                self._append_move(index, date_edits.move_row(change, dates), table)
        if unset and self._lower_table(identifier):
            if dates is None and not {"date", "dates"}.isdisjoint(unset):
                self._unset_moves(identifier)
            for index in reversed(self._indices(identifier)):
                self._document.remove_if_bare(index)
        return date_changes

    def _unset(self, identifier: str, keys: Sequence[str]) -> None:
        """Delete *keys* from the user's entries for the release. Raises UsageError if none has it.

        `date` also means `dates` if there is no `date`, and the other way round.
        """
        present: dict[tuple[int, str], None] = {}
        for key in keys:
            entries = [(at, self._document.releases[at]) for at in self._indices(identifier)]
            pairs = [(at, name) for at, entry in entries for name in names_in(entry, key)]
            if not pairs:
                what = f'Your catalogue doesn\'t set "{key}" for it.'
                raise UsageError(f"--unset: {what} To see what it sets: countdown mine")
            present |= dict.fromkeys(pairs)
        for at, name in present:
            self._document.unset(at, name)
            if name in date_rows.DATE_KEYS:
                self._unset_if_present(at, date_rows.ONLY)

    def _unset_moves(self, identifier: str) -> None:
        """Delete the moves that led away from the dates of the release below, which count again."""
        lower = self._lower_table(identifier) or {}
        for index in self._indices(identifier):
            if "moves" in self._document.releases[index]:
                before = self._document.releases[index]["moves"]
                moves = date_edits.without_moves_from(lower, before)
                if moves == lower.get("moves", []) and moves != before:
                    self._document.unset(index, "moves")
                else:
                    self._document.set(index, "moves", moves)

    def _contradictions(self, identifier: str) -> list[Contradiction]:
        """The contradictions of a key of seasons and another key of the release."""
        entries = self.entries(identifier)
        lower, format = self._lower_table(identifier), self._document.format
        merged = reduce(partial(overlay_tables.merge, format=format), entries, lower or {})
        return contradictions_of(merged)

    def _set_dates(self, index: int, table: Table, edit: DateEdit) -> list[DateChange]:
        """Write the dates of *edit* for the release *table*, whose entry is at *index*."""
        dates = date_edits.edited_dates(table, edit)
        # A worldwide row stays a row.
        are_rows = edit.replaces == "effective" and table.get("dates") and "date" not in table
        own_dates.write(self._document, index, dates, self._below(index), are_rows=bool(are_rows))
        return [*date_edits.changes(table, dates, edit)]

    def _below(self, index: int) -> Table:
        """The release that the entry at *index* changes, with the entries before that one."""
        lower = self._lower.changed_by(self._document.releases[index])
        if lower is None:
            return {}
        entries = self._document.releases[:index]
        return self._overlaid(
            lower, [entry for entry in entries if self._lower.changed_by(entry) is lower]
        )

    def _overlaid(self, lower: Table | None, entries: Sequence[Table]) -> Table:
        """The release *lower*, changed by *entries* of the user."""
        apply_overlay = partial(overlay_tables.apply_overlay, format=self._document.format)
        return reduce(apply_overlay, entries, lower or {})

    def remove(self, identifier: str) -> Removal:
        """Delete the user's entry with that id; if none has it, all those for the release.

        Raises NothingFound, and UsageError if the user has no entry for it.
        """
        lower, index = self._lower_table(identifier), self._document.index(identifier)
        indices = self._indices(identifier)
        if not indices:
            self.find(identifier)
            hint = f"To hide it: countdown hide {identifier}"
            raise UsageError(f'"{identifier}" isn\'t in your own catalogue. {hint}')
        removed = indices if index is None else [index]
        others = [self._document.releases[each]["id"] for each in indices if each not in removed]
        for each in reversed(removed):
            self._document.remove(each)
        return Removal(lower is not None, others)

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
        lower = self._lower_table(identifier)
        if lower is not None and lower.get("hidden"):
            self._document.set(self._index_or_create(identifier), "hidden", False)
            return
        for index in reversed(self._indices(identifier)):
            if "hidden" in self._document.releases[index]:
                self._document.unset(index, "hidden")
                self._document.remove_if_bare(index)

    @property
    def tables(self) -> tuple[Table, ...]:
        """The releases of the catalogues below, and the user's entries that have no mistake."""
        own = [table for table in self._document.releases if id(table) not in self._wrong_ids]
        return (*self._lower.tables, *own)

    @cached_property
    def _wrong_ids(self) -> set[int]:
        """The Python `id` of each of the user's entries with a mistake."""
        return {*map(id, self._find_wrong())}

    def _check_sequel(self, table: Table) -> None:
        """Raise UsageError if *table* is the sequel of an unknown release."""
        target = table.get("sequel_to")
        if target is not None and target not in self.ids:
            hint = "To find one: countdown search TITLE --json"
            raise UsageError(f'--sequel-to: No release has the id "{target}". {hint}')

    def _indices(self, identifier: str) -> list[int]:
        """The indices of the user's entries for that release, found by any of its ids."""
        lower = self._lower_table(identifier)
        if lower is None:
            index = self._document.index(identifier)
            return [] if index is None else [index]
        entries = enumerate(self._document.releases)
        return [index for index, entry in entries if self._lower.changed_by(entry) is lower]

    def _lower_table(self, identifier: str) -> Table | None:
        """The release in the catalogues below, without the user's entries."""
        index = self._document.index(identifier)
        if index is None:
            return self._lower.called(identifier)
        return self._lower.changed_by(self._document.releases[index])

    def _index_or_create(self, identifier: str) -> int:
        """The index of the release's last entry; an empty overlay is added if there is none."""
        indices = self._indices(identifier)
        if indices:
            return indices[-1]
        self._document.add({"id": self._lower.present_ids.get(identifier, identifier)})
        return len(self._document.releases) - 1

    def _unset_if_present(self, index: int, key: str) -> None:
        if key in self._document.releases[index]:
            self._document.unset(index, key)

    def _append_move(self, index: int, move: Table, table: Table) -> None:
        """Append *move* to the moves of the entry, which start as those of *table*."""
        if "moves" in self._document.releases[index]:
            self._document.append(index, "moves", move)
        else:
            self._document.set(index, "moves", [*table.get("moves", []), move])
