"""The pages of a site: what they show, where they lead, and what they never do."""

import json
import re
from base64 import b64encode
from datetime import date, timedelta
from hashlib import sha256
from pathlib import PurePosixPath
from urllib.parse import urljoin
from xml.etree import ElementTree

import pytest

from countdown.core import edtf
from countdown.core.release import AnnouncedDate, Credit, Move, Provider, Source
from countdown.website import addresses
from tests.exports.test_events import NOW, release
from tests.thorough import sample
from tests.website.sites import BASE, Page, files, rows, text

HOSTILE = "</li><script>alert(1)</script><img src=x onerror=alert(1)> ]]> {{7*7}} \u202ex & \"'"
DUE = {"stage": "filming", "checked": edtf.parse("2026-11-25")}
FULL = release(
    AnnouncedDate(edtf.parse("2026-12-18"), "US", "theatrical"),
    AnnouncedDate(edtf.parse("2027-36"), "BR", "streaming", unverified=True),
    AnnouncedDate(edtf.parse("2027-02-01T02:00:00Z"), type="tv"),
    AnnouncedDate(edtf.parse("2027/.."), place="unstated"),
    id="full",
    title="Full",
    aliases=("Other",),
    titles=(("pt", "Cheio"), ("en", "Full")),
    franchise=("Saga",),
    platform=("Netflix",),
    country=("US", "BR"),
    director=("Ana Director",),
    writer=("Wu Writer",),
    cast=(Credit("Ana Actor", "Hero"), Credit("Zoë")),
    synopsis="All that happens.",
    sequel_to="first",
    stage="filming",
    stage_since=edtf.parse("2026-06"),
    stage_note="In Prague.",
    expected=edtf.parse("2027"),
    complete=edtf.parse("2027-03-01"),
    cadence="weekly",
    moves=(
        Move(edtf.parse("2026-05-01"), edtf.parse("2026-12-18"), edtf.parse("2025-05-22"), "x:y"),
        Move(edtf.parse("2026-12-18"), edtf.parse("2026-12-18")),
        Move(None, edtf.parse("2026-05-01"), None, "https://news.example/a"),
    ),
    unverified=("stage", "cast"),
    checked=edtf.parse("2026-11-01"),
    sources=(
        Source("https://www.example.org/a?b=c&d", edtf.parse("2026-11-01")),
        Source("javascript:alert(1)"),
        Source("https://long.example/" + "x" * 500),
    ),
    ids=(("imdb", "tt0000001"), ("tmdb", "strange")),
    providers=(Provider("w", "Wiki <b>", "CC-BY-SA-4.0", "Data from Wiki", facts=("dates",)),),
)
FIRST = release("2020-01-01", id="first", title="First", franchise=("Saga",), cast=(Credit("Zoë"),))


def test_page_of_a_release_has_all_that_is_known() -> None:
    """Each fact with its doubt; links only to what can be opened."""
    made = files(FULL, FIRST)
    page = Page(made["releases/full.html"])
    said = text(made["releases/full.html"])
    for fact in (
        *("film · Saga", "Friday, 18 December 2026", "All that happens.", "Platform Netflix"),
        *("Director Ana Director", "Writer Wu Writer", "Country United States, Brazil"),
        "Stage filming since Jun 2026, not confirmed · In Prague.",
        *("Expected 2027, not announced", "Last episode 1 Mar 2027", "Episodes weekly"),
        *("Sequel to First", "Also known as Other, Cheio (pt)", "Checked 1 Nov 2026"),
        *("Brazil streaming Q4 2027 · not confirmed", "worldwide tv 1 Feb 2027, 02:00 UTC"),
        *("place not stated", "Delayed by 8 months, 1 May 2026 → 18 Dec 2026 (22 May 2025)"),
        *("Dated, 1 May 2026 news.example", "Ana Actor Hero, not confirmed"),
        *("Zoë not confirmed", "example.org 1 Nov 2026", "a timeline of Saga"),
        *("Facts as of 27 Nov 2026 , with dates for United States", "Data from Wiki"),
    ):
        assert fact in said, fact
    assert "long.example" not in said
    assert "javascript" not in made["releases/full.html"].decode().partition("<script>")[0]
    targets = {"../releases/first.html", "../people/ana-director.html", "../people/zoe.html"}
    targets |= {"https://www.imdb.com/title/tt0000001/", "https://www.example.org/a?b=c&d"}
    assert targets < {*page.links}
    assert not any("themoviedb" in link for link in page.links)
    assert [link["rel"] for link in page.those("a") if "://" in str(link["href"])] == [
        "noopener nofollow"
    ] * 3


def test_page_of_little_says_so() -> None:
    """No date, no stage, no source."""
    said = text(files(release(id="bare", title="Bare"))["releases/bare.html"])
    for fact in ("No date announced", "stage unknown", "Checked not noted", "None is named."):
        assert fact in said
    assert "Dates" not in said
    assert "Cast" not in said


@pytest.mark.parametrize(
    ("of", "said"),
    [
        ({"dates": "2027-36"}, "No day has been announced: between 1 Oct 2027 and 31 Dec 2027"),
        ({"dates": "2026-12-18?"}, "Friday, 18 December 2026?"),
        ({"stage": "on-hold", "dates": "2026-12-18"}, "on hold Was 18 Dec 2026"),
        (
            {"stage": "on-hold", "unverified": ("stage",)},
            "on hold No date announced · stage not confirmed",
        ),
        ({"stage": "released"}, "out Out, day unknown"),
        ({"stage": "cancelled", "dates": "2026-12-18"}, "Date Time left worldwide 18 Dec 2026 So"),
        ({"dates": "2022-07-08"}, "out Friday, 8 July 2022"),
    ],
)
def test_what_is_known_stands_on_top(of: dict[str, object], said: str) -> None:
    """A window stays a window, and what isn't certain says so."""
    dates = [str(of.pop("dates"))] if "dates" in of else []
    assert said in text(files(release(*dates, **of))["releases/film.html"])


def test_index_has_the_next_twelve_months() -> None:
    """By month, with what is due first; the others go by year, and what has no date by stage."""
    made = files(
        release("2028-01-01", id="far", title="Far"),
        release("2027-01-09", id="near", title="Near"),
        release("2026-12-18?", id="soon", title="Soon"),
        release(AnnouncedDate(edtf.parse("2026-12-28"), unverified=True), id="x", title="Perhaps"),
        release(
            "2026-11-20", id="due", title="Due", stage="filming", checked=edtf.parse("2026-11-25")
        ),
        release("2026-11-20", id="out", title="Out"),
        release("2027/..", id="open", title="Open"),
        release(id="none", title="None", stage="filming"),
        release(id="held", title="Held", stage="on-hold"),
    )
    index = made["index.html"]
    assert rows(index) == [
        *(("20 Nov 2026", "Due"), ("18 Dec 2026?", "Soon"), ("28 Dec 2026", "Perhaps")),
        ("9 Jan 2027", "Near"),
    ]
    said = text(index)
    assert "Due, not confirmed 20 Nov 2026 Due film" in said
    assert "December 2026 18 Dec 2026? Soon" in said
    assert said.startswith("Films Skip to the releases Coming up 2026 2027 2028 No date All years ")
    assert "Near 9 Jan 2027 · film Due" in said  # The next whose day is certain
    assert "More 2026 (4) 2027 (1) 2028 (1) No last day (1) No date (2)" in said
    assert rows(made["2026.html"])[1:3] == [("20 Nov 2026", "Out"), ("18 Dec 2026?", "Soon")]
    assert rows(made["later.html"]) == [("2027 or later", "Open")]
    undated = text(made["undated.html"])
    assert "No date yet No date announced None film filming On hold" in undated
    assert list(made)[-1] == "index.html"


def test_site_without_anything_ahead_says_so() -> None:
    """And has no timeline."""
    made = files(release("2022-07-08", id="thor"))
    assert "Nothing comes out in the next twelve months." in text(made["index.html"])
    assert "timeline.svg" not in made
    assert "hero" not in made["index.html"].decode().partition("<body>")[2]


def test_people_have_pages() -> None:
    """What is ahead first, then what is out, newest first, with what they do in each."""
    made = files(
        FULL,
        FIRST,
        release("2021-01-01", id="second", title="Second", cast=(Credit("Zoë", "Queen"),)),
        release(id="direct", title="Direct", director=("Zoë",)),
    )
    page = made["people/zoe.html"]
    assert rows(page) == [
        *(("18 Dec 2026", "Full"), ("No date announced", "Direct")),
        *(("1 Jan 2021", "Second"), ("1 Jan 2020", "First")),
    ]
    said = text(page)
    for credit in ("cast (not confirmed)", "· director", "· as Queen", "Ahead", "Out"):
        assert credit in said
    assert "people/zoe.svg" in made
    assert "people/ana-actor.svg" not in made
    listed = text(made["people.html"])
    assert "Zoë 2" in listed
    assert "Data from Wiki" in listed
    assert "people.html" not in files(release())


def test_everything_that_is_linked_exists() -> None:
    """From every page, with and without an address of the site."""
    for base in ("", BASE):
        made = files(FULL, FIRST, release(id="x" * 200, title="映画"), base=base)
        for path, content in made.items():
            if not path.endswith(".html"):
                continue
            for attributes in (each for tag, each in Page(content).elements if tag in "a img link"):
                target = attributes.get("href") or attributes.get("src") or ""
                full = urljoin(f"{BASE}{path}", target)
                if full.startswith(BASE) and not target.startswith("#"):
                    there = full.removeprefix(BASE) or "index.html"
                    known = {*made, "releases.json", "calendar.ics", "catalogue.toml"}
                    assert there in known or there.endswith(".png"), (path, target)


def test_only_a_site_with_an_address_names_it() -> None:
    """Without one, no link is absolute but those to sources."""
    here, there = files(release("2026-12-18")), files(release("2026-12-18"), base=BASE)
    for path, content in here.items():
        if path.endswith((".html", ".atom", ".txt")):
            named = {*re.findall(rb"https?://[^\s\"<]*", content)}
            assert named <= {b"http://www.w3.org/2005/Atom"}, path
    page = Page(there["releases/film.html"])
    assert {"rel": "canonical", "href": f"{BASE}releases/film.html"} in page.those("link")
    image = {"property": "og:image", "content": f"{BASE}cards/film.png"}
    assert image in page.those("meta")
    below = files(release("2026-12-18"), base=f"{BASE}mcu/")
    assert "robots.txt" not in below
    assert {"rel": "canonical", "href": BASE} in Page(there["index.html"]).those("link")
    assert b"Sitemap: https://films.example/sitemap.xml\n" in there["robots.txt"]
    places = [
        each.text for each in ElementTree.fromstring(there["sitemap.xml"]).iter() if each.text
    ]
    assert f"{BASE}releases/film.html" in places
    assert "sitemap.xml" not in here
    assert b"Sitemap" not in here["robots.txt"]


def test_pages_ask_nobody_for_anything() -> None:
    """Their policy allows their own style and script, by hash, and pictures of the site."""
    for path, content in files(FULL, FIRST).items():
        if not path.endswith(".html"):
            continue
        page, source = Page(content), content.decode()
        policy = page.those("meta")[1]["content"]
        hashes = [
            f"{kind}-src 'sha256-{b64encode(sha256(found.encode()).digest()).decode()}'"
            for kind, tag in (("style", "style"), ("script", "script"))
            for found in re.findall(rf"<{tag}>(.*?)</{tag}>", source, re.S)
        ]
        others = ("default-src 'none'", *hashes, "img-src 'self'", "base-uri 'none'")
        assert policy == "; ".join((*others, "form-action 'none'"))
        names = {name for _, each in page.elements for name in each}
        assert not any(name.startswith("on") or name == "style" for name in names)
        loaded = [each.get("src") for each in (*page.those("img"), *page.those("script"))]
        assert not any("://" in str(each) for each in loaded)


def test_hostile_text_stays_text() -> None:
    """Wherever a catalogue can say something."""
    of = dict.fromkeys(("aliases", "franchise", "platform", "distributor", "studio"), (HOSTILE,))
    of |= dict.fromkeys(("director", "writer", "creator"), (HOSTILE,))
    made = files(
        release(
            AnnouncedDate(edtf.parse("2026-12-18"), source="javascript:alert(1)"),
            id="bad",
            title=HOSTILE,
            cast=(Credit(HOSTILE, HOSTILE),),
            titles=(("pt", HOSTILE),),
            synopsis=HOSTILE,
            stage="filming",
            stage_note=HOSTILE,
            sources=(Source(f"https://x.example/{HOSTILE}"), Source("data:text/html,x")),
            providers=(Provider(HOSTILE, HOSTILE, credit=HOSTILE, facts=("dates",)),),
            **of,
        ),
        name=HOSTILE,
    )
    for path, content in made.items():
        source = content.decode()
        assert "\u202e" not in source, path
        assert "49" not in text(content) or path.endswith((".svg", ".json")), path
        if path.endswith(".html"):
            page = Page(content)
            assert len(page.those("script")) == 1, path
            assert not [each for each in page.those("img") if each.get("onerror")], path
            assert not [link for link in page.links if link.startswith(("javascript", "data"))]
        elif path.endswith((".svg", ".atom")):
            root = ElementTree.fromstring(content)
            assert not [each for each in root.iter() if each.tag.endswith("script")], path


def test_no_page_is_larger_than_a_hundred_kibibytes() -> None:
    """However much a catalogue has, and however long its texts are."""
    long = "&'<>\"" * 800
    names = tuple(f"{long[:3900]}{number}" for number in range(100))
    marks = tuple(f"{number}{chr(0x301) * sample(500, of=1500)}" for number in range(400))
    count = sample(150, of=250)
    many = [
        release(
            date(2027, 1, 1).isoformat(),
            id=f"film-{number}",
            title=long,
            platform=(long,) if number else names,
            cast=(Credit("Everyone", long),),
        )
        for number in range(count)
    ]
    full = release(
        *(AnnouncedDate(edtf.parse("2027-01-01T00:00:00Z"), "BR") for _ in range(100)),
        id="full",
        title=long,
        synopsis=long,
        aliases=names,
        franchise=names,
        director=names,
        stage_note=long,
        stage="filming",
        cast=tuple(Credit(name, long) for name in names),
        moves=tuple(
            Move(
                edtf.parse("2026"), edtf.parse("2027"), edtf.parse("2026"), f"https://{n}.example/"
            )
            for n in range(100)
        ),
        sources=tuple(Source(f"https://{n}.example/{'x' * 300}") for n in range(100)),
    )
    marked = release(id="marked", title=marks[0], cast=tuple(map(Credit, marks)), writer=marks)
    same = release("2026", id="same", cast=tuple(Credit("Everyone", long) for _ in range(2000)))
    every = range(sample(2000, of=1000), 2500)
    years = [release(str(year), id=f"year-{year}", title=str(year)) for year in every]
    kinds: set[str] = set()

    def is_new(path: str) -> bool:
        kind = re.sub(r"[0-9a-f]*\d[0-9a-f]*", "0", path)  # Others have another number or hash.
        is_new = kind not in kinds or path.startswith("2027")
        kinds.add(kind)
        return is_new and path.endswith(".html")

    wanted = sample(is_new, of=lambda path: path.endswith(".html"))
    made = files(*many, full, marked, same, *years, name=long, wanted=wanted)
    sizes = {path: len(content) for path, content in made.items()}
    assert max(sizes.values()) < 100 * 1024, max(sizes, key=lambda path: sizes[path])
    assert "2027-2.html" in sizes
    assert "2027, page 2" in text(made["2027-2.html"])
    numbered = [path for path in made if path.startswith("2027")]
    assert sum(len(rows(made[path])) for path in numbered) == count + 2
    everyone = made["people/everyone.html"]
    left_out = int(re.findall(r"and (\d+) more", text(everyone))[0])
    assert len(rows(everyone)) + left_out == count + 1


def test_index_has_at_most_a_hundred() -> None:
    """The first ones; the year has them all."""
    first = date(2026, 12, 1)
    many = [
        release((first + timedelta(days=n)).isoformat(), id=f"film-{n:03}", title=f"Film {n:03}")
        for n in range(130)
    ]
    made = files(*many)
    titles = [title for _, title in rows(made["index.html"])]
    assert titles == [f"Film {n:03}" for n in range(100)]


def test_same_facts_give_the_same_files() -> None:
    """In whatever order they come, and at whatever time of the day."""
    later = NOW._replace(instant=NOW.instant + timedelta(hours=3))
    moment = release("2026-11-28T10:00:00Z", id="moment", title="Moment")
    assert files(FULL, FIRST, moment) == files(moment, FIRST, FULL, now=later)
    twice = files(FIRST, FIRST)
    assert rows(twice["2020.html"]) == [("1 Jan 2020", "First")]


def test_badge_says_the_date() -> None:
    """Which stays true, unlike the days left."""
    made = files(
        release("2026-12-18", id="day", title="Day"),
        release("2027-36", id="window", title="Window"),
        release(AnnouncedDate(edtf.parse("2027-01-01"), "BR", unverified=True), id="there"),
        release(id="none", stage="filming", unverified=("stage",)),
        release("2022-07-08", id="out"),
        release("2026-12-18", id="held", stage="on-hold"),
        release("2026-11-20", id="due", **DUE),
    )
    badges = {
        PurePosixPath(path).stem: json.loads(content)
        for path, content in made.items()
        if path.startswith("badges/")
    }
    assert badges["day"]["schemaVersion"] == 1
    assert badges["day"]["label"] == "Day"
    found = {id: (each["message"], each["color"]) for id, each in badges.items()}
    assert found == {
        "day": ("18 Dec 2026", "blue"),
        "window": ("Q4 2027", "blueviolet"),
        "there": ("1 Jan 2027 BR, not confirmed", "blue"),
        "none": ("filming, stage not confirmed", "lightgrey"),
        "out": ("out since 8 Jul 2022", "brightgreen"),
        "held": ("on hold", "lightgrey"),
        "due": ("20 Nov 2026", "red"),
    }


def test_names_of_files_are_short_and_different() -> None:
    """Whatever ids and people are called; the same names each time."""
    names = ["Zoë", "Zoe", "宮崎 駿", "宮崎 吾朗", "A" * 300, "../x", "", "CON/.."]
    files = addresses.unique_names(names)
    assert len({*files.values()}) == len(names)
    alone = addresses.unique_names(["Zoë"])["Zoë"]
    assert alone == "zoe"
    assert alone not in files.values()  # It never becomes somebody else's.
    assert addresses.unique_names(["con"])["con"] != "con"
    assert addresses.release_page("nul") != "releases/nul.html"
    assert all(re.fullmatch(r"[a-z0-9-]{1,80}", each) for each in files.values())
    assert files == addresses.unique_names(reversed(names))
    assert addresses.release_page("a" * 300) != addresses.release_page("a" * 301)
    assert addresses.release_page("../../etc") == addresses.release_page("../../etc")
    assert ".." not in addresses.release_page("../../etc")
    assert addresses.badge("thor") == "badges/thor.json"
