"""Releases as rows of a page. The time left isn't among it: a browser counts that itself."""

from collections.abc import Iterable, Sequence
from datetime import UTC
from typing import Final, NamedTuple

from countdown.core import wording
from countdown.core.dates import ReleaseDate
from countdown.core.outlook import Outlook, is_out_after
from countdown.core.release import AnnouncedDate, Release
from countdown.core.text import capitalized
from countdown.core.width import cut
from countdown.views import cells
from countdown.views.view import urgency
from countdown.website import addresses

_MAX_TITLE: Final = 120  # columns, as those of a terminal: pages have a size limit
_MAX_ABOUT: Final = 70
_MAX_PAGE: Final = 80_000  # bytes of rows on one page, of the 100 KiB that a page may have
MAX_ROWS: Final = 100  # on one page
_FRAME: Final = 420  # bytes of a row besides its texts


def short(text: str, size: int) -> str:
    """*text* in at most *size* columns, and in not many more letters: some have no width."""
    return cut(text[: size * 4], size)


class Until(NamedTuple):
    """What a browser counts to: days in ISO 8601, and the moment *at* in UTC if that is known.

    *last* is empty for a window without an end. After it, the release *is_out* or only due.
    """

    first: str
    last: str
    at: str = ""
    is_out: bool = False
    is_about: bool = False


class Row(NamedTuple):
    """One release: its *page*, when it comes out, and what else is to be known at a glance.

    *left* stands for the time left where there is none to count; *style* is its urgency.
    """

    name: str
    page: str
    when: str
    notes: tuple[str, ...]
    about: str
    style: str
    until: Until | None
    left: str


class Section(NamedTuple):
    """Rows below a heading, which can be empty."""

    heading: str
    rows: tuple[Row, ...]


def row(outlook: Outlook) -> Row:
    """The row of *outlook*."""
    release = outlook.release
    where = ", ".join(release.platform or release.distributor)
    return Row(
        short(release.name, _MAX_TITLE),
        addresses.release_page(release.id),
        when(outlook),
        notes(outlook),
        short(" · ".join(filter(None, (release.kind, where))), _MAX_ABOUT),
        urgency(outlook),
        until(outlook),
        left(outlook),
    )


def when(outlook: Outlook, *, long: bool = False) -> str:
    """The date of *outlook*, or `No date announced`; *long* writes it in full."""
    effective = outlook.effective_date
    if effective is None or not outlook.dated:
        former = cells.former_date(outlook)
        out = "Out, day unknown" if outlook.state == "released" else "No date announced"
        return capitalized(former) or out
    text = date_text(effective.dated.date, long=long)
    return text + cells.place_and_type(effective, wording.place)


def date_text(date: ReleaseDate, *, long: bool = False) -> str:
    """*date* in words; a moment is in UTC, and says so: `18 Dec 2026, 02:00 UTC`."""
    text = (wording.long_date if long else wording.format_date)(date)
    return f"{text}, {date.instant.astimezone(UTC):%H:%M} UTC" if date.instant else text


def notes(outlook: Outlook) -> tuple[str, ...]:
    """What has to be known about the date of *outlook*, or about its stage if it has none."""
    if not outlook.dated:
        is_doubtful = outlook.stage is not None and "stage" in outlook.release.unverified
        return ("stage not confirmed",) if is_doubtful else ()
    # A date can say so itself: `2027?`.
    is_said = outlook.date is not None and outlook.date.qualifier
    return ("not confirmed",) if wording.is_doubtful(outlook) and not is_said else ()


def left(outlook: Outlook) -> str:
    """`out`, or for what isn't dated its stage: `filming since Jun 2026`."""
    if outlook.state == "released":
        return "out"
    if outlook.dated:
        return ""
    return stage(outlook)


def stage(outlook: Outlook) -> str:
    """`filming since Jun 2026`, `on hold`, `stage unknown`."""
    name = wording.stage_name(outlook.stage) or "stage unknown"
    since = wording.format_date(outlook.stage_since) if outlook.stage_since else ""
    return f"{name} since {since}" if since else name


def until(outlook: Outlook) -> Until | None:
    """What there is to count for *outlook*; None for what is out, on hold or has no date."""
    effective = outlook.effective_date
    if effective is None or not outlook.dated or outlook.state == "released":
        return None
    return until_of(effective.dated, outlook.release)


def until_of(dated: AnnouncedDate, release: Release) -> Until:
    """What there is to count until the date *dated* of *release*."""
    date = dated.date
    return Until(
        date.earliest.isoformat(),
        "" if date.is_open else date.latest.isoformat(),
        f"{date.instant.astimezone(UTC).replace(tzinfo=None).isoformat()}Z" if date.instant else "",
        is_out_after(release, dated),
        date.qualifier in ("~", "%"),
    )


def pages(sections: Iterable[Section]) -> list[list[Section]]:
    """*sections* on one page after another, each with as many rows as a page may have."""
    found: list[list[Section]] = [[]]
    size = number = 0
    for section in sections:
        for row in section.rows:
            weight = _weight(row)
            if number and (number == MAX_ROWS or size + weight > _MAX_PAGE):
                found.append([])
                size = number = 0
            page = found[-1]
            if page and page[-1].heading == section.heading:
                page[-1] = page[-1]._replace(rows=(*page[-1].rows, row))
            else:
                page.append(Section(section.heading, (row,)))
            size, number = size + weight, number + 1
    return found if found[0] else []


def _weight(row: Row) -> int:
    """About how many bytes *row* takes on a page, at most."""
    from html import escape  # Deferred: few want a site.

    texts: Sequence[str] = (row.name, row.page, row.when, *row.notes, row.about, row.left)
    return _FRAME + sum(len(escape(text).encode("utf-8", "replace")) for text in texts)
