"""Releases of the catalogues below the user's own, by any id that the user may use for them."""

from collections.abc import Sequence

from countdown.catalogue import load
from countdown.catalogue.former_ids import find_present_ids, is_conflict
from countdown.toml.parse import Table


class LowerReleases:
    """*tables*, the merged releases of the lower layers.

    *present_ids* has the present id for each former one.
    """

    def __init__(self, tables: Sequence[Table]) -> None:
        self.tables = tables
        self.present_ids = find_present_ids(tables)
        self._by_identity: dict[object, Table] = {
            identity: table for table in tables for identity in load.identities(table)
        }

    def called(self, id: str) -> Table | None:
        """The release with that *id*, or former one; None if there is none."""
        return self._by_identity.get(self.present_ids.get(id, id))

    def changed_by(self, entry: Table) -> Table | None:
        """The release that the user's *entry* overlays; None if it is an entry of its own."""
        for identity in load.identities(entry):
            if identity in self._by_identity:
                return self._by_identity[identity]
        table = self._by_identity.get(self.present_ids.get(str(entry.get("id"))))
        return None if table is None or is_conflict(entry, table) else table
