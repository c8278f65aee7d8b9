r"""The first fields of an index record: all that prompts and the journal read of a release.

A record is text, with fields joined by the ASCII separators (FS, GS, RS, US: ECMA-48, 8.3), which
catalogues can't contain. Splitting it takes a third of the time of the json module, which also
takes 4 ms to import. An absent value is empty text, which catalogues can't contain either.
index/record.py unpacks whole records.
"""

import sqlite3

BETWEEN_FIELDS = "\x1f"  # of a release
BETWEEN_ITEMS = "\x1e"  # of a list
BETWEEN_PARTS = "\x1d"  # of an item
BETWEEN_DATE_PARTS = "\x1c"

# They come first in a record, so that a field added to Release moves none of them.
SUMMARY_FIELDS = (
    *("id", "title", "titles", "season", "stage", "platform", "distributor", "dates"),
    *("complete", "cadence"),
)


class Summary:
    """The fields of a release that are known without unpacking its whole record.

    *name* is the title with the season, *where* the platforms, else the distributors, joined by
    commas. Raises sqlite3.DatabaseError if *record* is damaged.
    """

    __slots__ = (
        *("_complete", "_dates", "_season", "_titles"),
        *("cadence", "id", "name", "stage", "where"),
    )

    def __init__(self, record: str) -> None:
        fields = record.split(BETWEEN_FIELDS, len(SUMMARY_FIELDS))
        try:
            self.id, title, self._titles, season, self.stage, *more, self.cadence, _ = fields
            platform, distributor, self._dates, self._complete = more
        except ValueError as error:
            raise sqlite3.DatabaseError(f"damaged record: {error}") from None
        self._season = f", season {season}" if season else ""
        self.name = title + self._season
        self.where = (platform or distributor).replace(BETWEEN_ITEMS, ", ")

    def name_in(self, languages: "tuple[str, ...]") -> str:
        """The name in the first of *languages* for which there is a title, else the original."""
        if not (languages and self._titles):
            return self.name
        titles = {}
        for item in self._titles.split(BETWEEN_ITEMS):
            language, _, title = item.partition(BETWEEN_PARTS)
            titles[language] = title
        for language in languages:
            if language in titles:
                return titles[language] + self._season
        return self.name

    @property
    def complete(self) -> str:
        """The day or window of the last episode, in EDTF; empty if there is none.

        Raises sqlite3.DatabaseError if the record is damaged.
        """
        try:
            return self._complete and self._complete.split(BETWEEN_DATE_PARTS)[3]
        except IndexError as error:
            raise sqlite3.DatabaseError(f"damaged record: {error}") from None

    def announced_dates(self) -> list[tuple[str, str, str]]:
        """Market, type and EDTF of every announced date; type can be empty.

        The market is a region or `unstated`, and empty for the whole world.

        Raises sqlite3.DatabaseError if the record is damaged.
        """
        dates = []
        try:
            for item in self._dates.split(BETWEEN_ITEMS) if self._dates else ():
                on, market, type, _, _, _, _, _, *disputed = item.split(BETWEEN_PARTS)
                if len(disputed) % 4:
                    raise ValueError("a disputed date lacks a part")
                dates.append((market, type, on.split(BETWEEN_DATE_PARTS)[3]))
        except (ValueError, IndexError) as error:
            raise sqlite3.DatabaseError(f"damaged record: {error}") from None
        return dates
