"""The feed of a site in Atom (RFC 4287): what moved, and what is out.

The ids of its entries are tag URIs (RFC 4151), the same for each build and each address of the
site; that of the feed is its address if it has one. No entry is dated in the future, wherever its
reader is.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, date
from typing import Final, NamedTuple
from urllib.parse import quote

from countdown.core import wording
from countdown.core.change_wording import phrase, sentence
from countdown.core.changes import recorded_moves
from countdown.core.dates import ReleaseDate
from countdown.core.latin import slug
from countdown.core.outlook import Moment, Outlook
from countdown.core.release import Release
from countdown.core.text import capitalized
from countdown.views import cells
from countdown.website import addresses

_TAG: Final = "tag:release-countdown,2026:"
_FIRST_DAY: Final = date(2020, 1, 1)  # of a feed without entries
_MAX_ENTRIES: Final = 60
_MAX_DAYS: Final = 366  # since an entry's day


class Entry(NamedTuple):
    """One piece of news about the release with that *page*; *updated* is in RFC 3339."""

    id: str
    title: str
    updated: str
    page: str
    summary: str


class Feed(NamedTuple):
    """A feed, the newest entries first."""

    id: str
    updated: str
    entries: tuple[Entry, ...]


def feed(outlooks: Sequence[Outlook], now: Moment, *, name: str, base: str) -> Feed:
    """The feed of the site *name* with *outlooks*; *base* is its address, or empty."""
    today = now.instant.astimezone(UTC).date()
    found = {each.id: (day, each) for day, each in _entries(outlooks)}
    new = [pair for pair in found.values() if 0 <= (today - pair[0]).days <= _MAX_DAYS]
    new.sort(key=lambda pair: (-pair[0].toordinal(), pair[1].id))
    entries = tuple(entry for _, entry in new[:_MAX_ENTRIES])
    id = f"{base}{addresses.FEED}" if base else f"{_TAG}feed/{slug(name) or 'releases'}"
    return Feed(id, entries[0].updated if entries else _stamp(_FIRST_DAY), entries)


def _entries(outlooks: Sequence[Outlook]) -> Iterator[tuple[date, Entry]]:
    """All that there is to tell, each with its day."""
    for outlook in outlooks:
        release = outlook.release
        for seen in recorded_moves(release, UTC):
            after = seen.change.after
            what = f"{seen.change.kind}/{seen.on}/{after.edtf if after else ''}"
            title = f"{release.name} {phrase(seen.change, place=wording.place)}"
            text = sentence(seen.change)
            yield seen.on, _entry(release, what, title, f"{capitalized(text)}.", seen.on)
        day = _day_out(outlook)
        if day is not None:
            where = cells.where(outlook)
            title = f"{release.name} is out"
            text = " · ".join(filter(None, (wording.format_date(day), where)))
            yield day.latest, _entry(release, f"out/{day.latest}", title, f"{text}.", day.latest)


def _day_out(outlook: Outlook) -> ReleaseDate | None:
    """The day on which *outlook* came out; None if it isn't out, or nobody knows the day."""
    date = outlook.effective_date.dated.date if outlook.effective_date else None
    is_known = outlook.state == "released" and date is not None and date.exact
    return date if is_known else None


def _entry(release: Release, what: str, title: str, summary: str, on: date) -> Entry:
    oldest = release.was[0] if release.was else release.id
    id = f"{_TAG}{quote(oldest)}/{quote(what, safe='/')}"
    return Entry(id, title, _stamp(on), addresses.release_page(release.id), summary)


def _stamp(on: date) -> str:
    return f"{on.isoformat()}T00:00:00Z"
