"""Releases of the catalogues below the user's own, by any id that the user may use for them."""

from collections.abc import Sequence

from countdown.catalogue.former_ids import find_present_ids
from countdown.catalogue.identity import Releases
from countdown.toml.parse import Table


class LowerReleases:
    """*tables*, the merged releases of the lower layers.

    *present_ids* has the present id for each former one.
    """

    def __init__(self, tables: Sequence[Table]) -> None:
        self.tables = tables
        self.present_ids = find_present_ids(tables)
        self._releases = Releases([tables])

    def called(self, id: str) -> Table | None:
        """The release with that *id*, or former one; None if there is none."""
        return self.changed_by({"id": self.present_ids.get(id, id)})

    def changed_by(self, entry: Table) -> Table | None:
        """The release that the user's *entry* overlays; None if it is an entry of its own."""
        parts = self._releases.find(entry)
        return parts[0].table if parts else None
