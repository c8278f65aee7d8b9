"""What the page of one release shows: its facts, dates, moves, cast and sources."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC
from itertools import islice
from typing import Final, NamedTuple

from countdown.core import wording
from countdown.core.change_wording import sentence
from countdown.core.changes import Change, kind_of
from countdown.core.dates import localised
from countdown.core.outlook import Outlook
from countdown.core.regions import region_name
from countdown.core.release import AnnouncedDate, Release
from countdown.core.text import capitalized
from countdown.core.web_links import pages, safe_address
from countdown.views import cells
from countdown.website import addresses, rows
from countdown.website.rows import Row, Until

# A page has a size limit, and the format of catalogues hardly any.
_MAX_TEXT: Final = 1_200  # letters of a synopsis
_MAX_NAME: Final = 80  # columns of a name
_MAX_NAMES: Final = 12  # in one fact
_MAX_CAST: Final = 40
_MAX_DATES: Final = 40
_MAX_MOVES: Final = 20
_MAX_SOURCES: Final = 20
_MAX_ADDRESS: Final = 300  # letters; longer ones are no pages that people read
_PLACES: Final = ("platform", "distributor", "studio")
_MAKERS: Final = ("director", "writer", "creator")


class Link(NamedTuple):
    """A *text* that leads to *target*, or nowhere if that is empty; and a text *after* it."""

    text: str
    target: str = ""
    after: str = ""

    @property
    def is_external(self) -> bool:
        """True if it leads away from the site."""
        return "://" in self.target


class Fact(NamedTuple):
    """A label, and its values."""

    label: str
    links: tuple[Link, ...]


class DateRow(NamedTuple):
    """One of several dates."""

    place: str
    type: str
    when: str
    notes: tuple[str, ...]
    until: Until | None


class MoveRow(NamedTuple):
    """A change of the date, when it was announced, and the page that says so."""

    text: str
    announced: str
    link: Link | None


class PersonLink(NamedTuple):
    """A member of the cast: the *page* about them, and the role."""

    name: str
    page: str
    role: str


class ReleasePage(NamedTuple):
    """All that the page of a release shows; paths lead from the folder of the site."""

    row: Row
    title: str
    labels: tuple[str, ...]
    when: str
    time_left_note: str
    synopsis: str
    facts: tuple[Fact, ...]
    dates: tuple[DateRow, ...]
    moves: tuple[MoveRow, ...]
    cast: tuple[PersonLink, ...]
    more_cast: int
    sources: tuple[Link, ...]
    card: str
    badge: str
    franchise: str
    timeline: str  # of the franchise; empty without one


def release_page(
    outlook: Outlook,
    *,
    people: Mapping[str, str],
    titles: Mapping[str, tuple[str, str]],
    timelines: Mapping[str, str],
    part: int = 1,
) -> ReleasePage:
    """The page of *outlook*; *part* divides how much there is at most of each fact.

    *people* are the files of persons by name, *titles* the names and pages of the site's releases
    by id, and *timelines* those of franchises.
    """
    release = outlook.release
    franchise = next((each for each in release.franchise if each in timelines), "")
    return ReleasePage(
        rows.row(outlook),
        rows.short(release.name, _MAX_NAME),
        tuple(_cut((release.kind, *release.franchise), part)),
        rows.when(outlook, long=True),
        _window_note(outlook),
        _shortened(release.synopsis or "", _MAX_TEXT // part),
        tuple(_facts(outlook, people, titles, part)),
        tuple(_date_row(each, outlook) for each in release.dates[: _MAX_DATES // part]),
        tuple(_moves(release, part)),
        tuple(_cast(release, people, part)),
        max(len(release.cast) - _MAX_CAST // part, 0),
        tuple(_sources(release, part)),
        addresses.picture(release.id, "svg"),
        addresses.badge(release.id),
        rows.short(franchise, _MAX_NAME),
        timelines.get(franchise, ""),
    )


def _window_note(outlook: Outlook) -> str:
    """The two ends of a window in words; empty for a day, and for what has no last day."""
    date = outlook.effective_date.dated.date if outlook.effective_date else None
    if date is None or not outlook.dated or date.is_open or date.earliest == date.latest:
        return ""
    first, last = map(wording.day_label, (date.earliest, date.latest))
    return f"No day has been announced: between {first} and {last}"


def _facts(
    outlook: Outlook, people: Mapping[str, str], titles: Mapping[str, tuple[str, str]], part: int
) -> Iterator[Fact]:
    """The facts that are known, in the order of `show`."""
    release = outlook.release
    for key in (*_PLACES, *_MAKERS):
        names: tuple[str, ...] = getattr(release, key)[: _MAX_NAMES // part]
        if names:
            leads = key in _MAKERS
            yield Fact(
                key.capitalize(), tuple(_person(each, people if leads else {}) for each in names)
            )
    if release.country:
        names = tuple(map(region_name, release.country[: _MAX_NAMES // part]))
        yield Fact("Country", tuple(map(Link, names)))
    if outlook.stage:
        doubt = ", not confirmed" if "stage" in release.unverified else ""
        note = _shortened(outlook.stage_note or "", _MAX_TEXT // part)
        note = f" · {note}" if note else ""
        yield _text("Stage", f"{rows.stage(outlook)}{doubt}{note}")
    if release.expected:
        yield _text("Expected", f"{wording.format_date(release.expected)}, not announced")
    if release.complete:
        yield _text("Last episode", rows.date_text(release.complete))
    if release.cadence:
        yield _text("Episodes", release.cadence)
    if release.sequel_to in titles:
        name, page = titles[release.sequel_to or ""]
        yield Fact("Sequel to", (Link(name, f"../{page}"),))
    others = _cut(_other_titles(release), part)
    if others:
        yield Fact("Also known as", tuple(map(Link, others)))
    yield _text("Checked", wording.format_date(release.checked) if release.checked else "not noted")
    found = [page for page in pages(release) if page.address]
    if found:
        yield Fact("Elsewhere", tuple(Link(page.text, page.address or "") for page in found))


def _other_titles(release: Release) -> Iterator[str]:
    yield from release.aliases
    for language, title in release.titles:
        if title != release.title:
            yield f"{title} ({language})"


def _person(name: str, people: Mapping[str, str]) -> Link:
    target = f"../{addresses.person_page(people[name])}" if name in people else ""
    return Link(rows.short(name, _MAX_NAME), target)


def _text(label: str, text: str) -> Fact:
    return Fact(label, (Link(text),))


def _date_row(dated: AnnouncedDate, outlook: Outlook) -> DateRow:
    place = "place not stated" if dated.place else "worldwide"
    is_doubtful = dated.unverified and not dated.date.qualifier
    return DateRow(
        region_name(dated.region) if dated.region else place,
        dated.type or "",
        rows.date_text(dated.date),
        ("not confirmed",) if is_doubtful else (),
        None if outlook.is_shelved else rows.until_of(dated, outlook.release),
    )


def _moves(release: Release, part: int) -> Iterator[MoveRow]:
    for move in release.moves[: _MAX_MOVES // part]:
        before, after = (each and localised(each, UTC) for each in (move.before, move.after))
        kind = kind_of(before, after)
        if kind is not None:
            text = sentence(Change(kind, before, after))
            announced = wording.format_date(move.announced) if move.announced else ""
            link = _external(move.source) if move.source else None
            yield MoveRow(capitalized(text), announced, link)


def _cast(release: Release, people: Mapping[str, str], part: int) -> Iterator[PersonLink]:
    doubt = "not confirmed" if "cast" in release.unverified else ""
    for name, role in release.cast[: _MAX_CAST // part]:
        said = ", ".join(filter(None, (rows.short(role or "", _MAX_NAME), doubt)))
        yield PersonLink(rows.short(name, _MAX_NAME), addresses.person_page(people[name]), said)


def _sources(release: Release, part: int) -> Iterator[Link]:
    for source in release.all_sources[: _MAX_SOURCES // part]:
        link = _external(source.url)
        if link is not None:
            yield link._replace(after=wording.format_date(source.date) if source.date else "")


def _external(url: str) -> Link | None:
    """A link to *url*, called by its host; None if it can't be opened safely."""
    address = safe_address(url)
    if address is None or len(address) > _MAX_ADDRESS:
        return None
    return Link(rows.short(cells.host(url), _MAX_NAME), address)


def _cut(names: Iterable[str], part: int) -> list[str]:
    """*names*, the first of them, each short enough for a page."""
    first = islice(names, _MAX_NAMES // part)
    return [rows.short(name, _MAX_NAME) for name in first]


def _shortened(text: str, size: int) -> str:
    return text if len(text) <= size else f"{text[: size - 1].rstrip()}…"
