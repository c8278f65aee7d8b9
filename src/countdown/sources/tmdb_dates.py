"""The release dates of a film at TMDB, as rows of `dates`: one for each region and type. No I/O.

See https://developer.themoviedb.org/reference/movie-release-dates.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final, NamedTuple

from countdown.core.premieres import is_premiere
from countdown.core.regions import REGIONS
from countdown.sources.answers import Skipped, day, items, line, mapping
from countdown.toml.parse import Table

_TYPES: Final = {
    1: "premiere",
    2: "limited",
    3: "theatrical",
    4: "digital",
    5: "physical",
    6: "tv",
}
_IN_CINEMAS: Final = ("theatrical", "limited")
_RE_RELEASE_AFTER: Final = timedelta(days=548)  # 18 months
_STREAMERS: Final = (  # that subscribers watch; a note of these says where it's to be streamed
    *("netflix", "disney+", "disney plus", "hulu", "apple tv", "apple tv+", "peacock"),
    *("paramount+", "hbo max", "max", "prime video", "amazon prime video"),
)
_PLACEHOLDERS: Final = ((1, 1), (12, 31))  # month and day
_MAX_NOTE: Final = 400  # characters
_MAX_OTHERS: Final = 5  # dates of one slot that a note names
_WHAT: Final = "a release date"


class _Dated(NamedTuple):
    """A day with what TMDB says about it; *language* and *note* can be empty."""

    day: date
    type: str
    note: str
    language: str
    rating: str

    @property
    def is_placeholder(self) -> bool:
        """True if the day stands for its whole year, as far as anything tells."""
        is_edge = (self.day.month, self.day.day) in _PLACEHOLDERS
        return is_edge and not self.note and not self.rating


def rows(answer: object, address: str, skipped: Skipped) -> list[Table]:
    """The rows of `release_dates` in the *answer* about a film, whose page is *address*.

    Of several dates for a region and type, the earliest one counts, but of re-releases the last
    one; its note names the others.
    """
    by_region: dict[str, list[_Dated]] = {}
    for each in items(mapping(answer).get("results")):
        country = mapping(each)
        region = country.get("iso_3166_1")
        if not isinstance(region, str) or region not in REGIONS:
            skipped["the region of a release date isn't known"] += 1
            continue
        found = (_dated(mapping(row), skipped) for row in items(country.get("release_dates")))
        by_region.setdefault(region, []).extend(each for each in found if each)
    return [
        _row(region, slot, address)
        for region, dates in by_region.items()
        for slot in _slots(dates).values()
    ]


def _dated(row: Mapping[str, Any], skipped: Skipped) -> _Dated | None:
    """The date in *row*; None if it can't be read."""
    number = row.get("type")
    type = _TYPES.get(number) if isinstance(number, int) else None
    if type is None:
        skipped["the type of a release date isn't known"] += 1
        return None
    stamp = row.get("release_date")
    # TMDB knows days; it writes each as the midnight that begins it.
    on = day(stamp.partition("T")[0] if isinstance(stamp, str) else stamp, _WHAT, skipped)
    if on is None:
        return None
    note, language, rating = (
        line(row.get(key)) or "" for key in ("note", "iso_639_1", "certification")
    )
    note = note[:_MAX_NOTE].rstrip()
    if type in _IN_CINEMAS and is_premiere(note):
        type = "premiere"
    elif type == "digital" and note.casefold() in _STREAMERS:
        type = "streaming"
    return _Dated(on, type, note, language if len(language) == 2 else "", rating[:30])


def _slots(dates: Sequence[_Dated]) -> dict[str, list[_Dated]]:
    """The *dates* of one region by type, the one that counts first."""
    in_cinemas = [each.day for each in dates if each.type in _IN_CINEMAS]
    firm = [each.day for each in dates if each.type in _IN_CINEMAS and not each.is_placeholder]
    first = min(firm or in_cinemas, default=None)
    slots: dict[str, list[_Dated]] = {}
    for each in sorted(dates, key=lambda dated: (dated.is_placeholder, dated)):
        type = each.type
        if type in _IN_CINEMAS and first and each.day - first > _RE_RELEASE_AFTER:
            type = "re-release"
        slots.setdefault(type, []).append(each._replace(type=type))
    if again := slots.get("re-release"):
        again.sort(key=lambda dated: (dated.is_placeholder, -dated.day.toordinal()))
    return slots


def _row(region: str, slot: Sequence[_Dated], address: str) -> Table:
    """The row of the first date in *slot*."""
    dated = slot[0]
    row: Table = {"date": dated.day, "region": region, "type": dated.type, "source": address}
    note = _note(dated, slot[1:])
    return {**row, "note": note} if note else row


def _note(dated: _Dated, others: Sequence[_Dated]) -> str:
    """The note of *dated*, with the *others* for its region and type.

    A placeholder has none, so that it is read as its year.
    """
    if dated.is_placeholder:
        return ""
    parts = [part for part in (dated.note, _in_language(dated)) if part]
    is_edge = (dated.day.month, dated.day.day) in _PLACEHOLDERS
    if not parts and is_edge:  # A day for which it was rated is meant.
        parts = [f"rated {dated.rating}"]
    days = {each.day: each for each in others if each.day != dated.day and not each.is_placeholder}
    more = [
        " ".join(filter(None, (f"also {each.day}", _in_language(each))))
        for each in [*days.values()][:_MAX_OTHERS]
    ]
    return "; ".join((*parts, *more))


def _in_language(dated: _Dated) -> str:
    return f"in {dated.language}" if dated.language else ""
