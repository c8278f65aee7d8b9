r"""How a record of the index is laid out, and the few fields that a prompt shows.

The text is joined with the ASCII separators (FS, GS, RS, US: ECMA-48, 8.3), which no catalogue
can have in its own text. Splitting it costs a third of what the json module does, which takes
4 ms to import alone. An absent value is the empty text, which no catalogue can have either.
"""

TYPE_CHECKING = False  # The prompt comes this way without typing: see entry.
if TYPE_CHECKING:
    from typing import Final

FIELD: "Final" = "\x1f"  # between the fields of a release
ITEM: "Final" = "\x1e"  # between the items of a list
PART: "Final" = "\x1d"  # between the parts of an item
DATE: "Final" = "\x1c"  # between the parts of a date


class PromptFields:
    """What a prompt shows of a release: its *name* with the season, where it is seen, its stage.

    *where* is the platforms, else the distributors, one comma apart; empty if nobody says.
    """

    __slots__ = ("id", "name", "stage", "where")

    def __init__(self, record: str) -> None:
        fields = record.split(FIELD)
        self.id, title, _, season, _, _, platform, distributor = fields[:8]
        self.name = f"{title}, season {season}" if season else title
        self.where = (platform or distributor).replace(ITEM, ", ")
        self.stage = fields[15]
