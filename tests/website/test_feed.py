"""The feed: what moved and what is out, with ids that stay."""

from datetime import UTC, date, datetime
from xml.etree import ElementTree

from countdown.core import edtf
from countdown.core.outlook import Moment
from countdown.core.release import AnnouncedDate, Move, Provider, Release
from tests.exports.test_events import NOW, release
from tests.website.sites import BASE, files

ATOM = "{http://www.w3.org/2005/Atom}"
MOVED = release(
    "2026-12-18",
    id="new-id",
    title="Film",
    was=("old-id",),
    moves=(
        Move(edtf.parse("2026-05-01"), edtf.parse("2026-12-18"), edtf.parse("2026-11-20")),
        Move(edtf.parse("2025"), edtf.parse("2026-05-01"), edtf.parse("2026-10")),
        Move(edtf.parse("2026-12-18"), None, edtf.parse("2026-11")),  # It may be later than today.
        Move(None, edtf.parse("2025"), edtf.parse("2020-01-01")),
        Move(edtf.parse("2025"), edtf.parse("2025")),
    ),
    providers=(Provider("w", "Wiki", "CC-BY-SA-4.0", facts=("dates",)),),
)


def feed(*releases: Release, base: str = "", now: Moment = NOW) -> ElementTree.Element:
    """The feed of a site."""
    return ElementTree.fromstring(files(*releases, base=base, now=now)["feed.atom"])


def entries(feed: ElementTree.Element) -> list[tuple[str, ...]]:
    """The day, the title and the summary of each entry."""
    return [
        tuple(str(each.findtext(f"{ATOM}{key}")) for key in ("updated", "title", "summary"))
        for each in feed.iter(f"{ATOM}entry")
    ]


def test_feed_has_what_moved_and_what_is_out() -> None:
    """Of the last year, the newest first; a day of which only the month is known waits."""
    out = AnnouncedDate(edtf.parse("2026-11-25"), "US", "theatrical")
    found = feed(
        MOVED,
        release(out, id="out", title="Out"),
        release("2022-07-08", id="long", title="Long out"),
        release("2026-11-25?", id="doubt", title="Doubtful", stage="released"),
        release(id="undated", title="Undated", stage="released"),
    )
    assert entries(found) == [
        ("2026-11-25T00:00:00Z", "Out is out", "25 Nov 2026 · in theaters."),
        (
            "2026-11-20T00:00:00Z",
            "Film moved from 1 May 2026 to 18 Dec 2026",
            "Delayed by 8 months, 1 May 2026 → 18 Dec 2026.",
        ),
        (
            "2026-10-31T00:00:00Z",
            "Film moved from 2025 to 1 May 2026",
            "Delayed by 17 weeks, 2025 → 1 May 2026.",
        ),
    ]
    assert found.findtext(f"{ATOM}updated") == "2026-11-25T00:00:00Z"
    assert found.findtext(f"{ATOM}rights") == "Wiki (CC-BY-SA-4.0)"


def test_ids_are_tags_that_stay() -> None:
    """They name the id of the release when it was new, and not the address of the site."""
    here, there = feed(MOVED), feed(MOVED, base=BASE)
    ids = [each.findtext(f"{ATOM}id") for each in here.iter(f"{ATOM}entry")]
    assert ids == [each.findtext(f"{ATOM}id") for each in there.iter(f"{ATOM}entry")]
    assert ids[0] == "tag:release-countdown,2026:old-id/moved/2026-11-20/2026-12-18"
    assert here.findtext(f"{ATOM}id") == "tag:release-countdown,2026:feed/films"
    assert there.findtext(f"{ATOM}id") == f"{BASE}feed.atom"
    links = [each.get("href") for each in here.iter(f"{ATOM}link")]
    assert links == ["./", "releases/new-id.html", "releases/new-id.html"]
    links = [each.get("href") for each in there.iter(f"{ATOM}link")]
    assert links[:2] == [f"{BASE}feed.atom", BASE]
    assert links[2] == f"{BASE}releases/new-id.html"


def test_no_entry_is_dated_in_the_future() -> None:
    """In Tokyo it's the next day already; for most readers it isn't."""
    early = Moment(date(2026, 11, 28), datetime(2026, 11, 27, 20, tzinfo=UTC), UTC)
    film = release("2026-11-28", title="Film", stage="released")
    assert entries(feed(film, now=early)) == []
    late = Moment(date(2026, 11, 28), datetime(2026, 11, 28, 1, tzinfo=UTC), UTC)
    assert entries(feed(film, now=late)) == [
        ("2026-11-28T00:00:00Z", "Film is out", "28 Nov 2026.")
    ]


def test_feed_without_entries_is_a_feed() -> None:
    """With a day that stays the same."""
    found = feed(release(id="none"))
    assert found.findtext(f"{ATOM}updated") == "2020-01-01T00:00:00Z"
    assert found.findtext(f"{ATOM}title") == "Films"
    assert found.find(f"{ATOM}rights") is None


def test_feed_has_sixty_entries_at_most() -> None:
    """The newest."""
    many = [release(f"2026-{n % 11 + 1:02}-{n % 27 + 1:02}", id=f"film-{n}") for n in range(90)]
    found = entries(feed(*many))
    assert len(found) == 60
    assert found == sorted(found, reverse=True)
