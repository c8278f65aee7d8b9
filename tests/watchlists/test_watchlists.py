"""Lists of other programs: each is told by its content, and nothing in it is believed."""

import io
import json
import zipfile
from collections.abc import Mapping
from typing import Any

import pytest

from countdown.watchlists.read import MAX_BYTES, PROGRAMS, read
from countdown.watchlists.wanted import MAX_TITLES, ListError, Wanted, Watchlist, without_year

LETTERBOXD = "Date,Name,Year,Letterboxd URI\n"
IMDB = "Position,Const,Created,Modified,Description,Title,URL,Title Type,Year\n"
DUNE = Wanted("Dune: Part Three", 2026, "film")
LOST = Wanted("Lost", 2004, "series")
TRAKT_DUNE = {"title": "Dune: Part Three", "year": 2026, "ids": {"imdb": "tt31378509", "tmdb": 11}}
WITH_IDS = DUNE._replace(ids=(("imdb", "tt31378509"), ("tmdb", 11)))


def read_json(data: object, of: str | None = None) -> Watchlist:
    """The list of *data* in JSON."""
    return read(json.dumps(data).encode(), of)


def archive(files: Mapping[str, str]) -> bytes:
    """A zip archive of *files*, by name."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as zip:
        for name, text in files.items():
            zip.writestr(name, text)
    return buffer.getvalue()


def refusal(data: bytes) -> ListError:
    """The error with which *data* is refused."""
    with pytest.raises(ListError) as caught:
        read(data)
    return caught.value


def test_letterboxd() -> None:
    """Letterboxd lists films with the years of their releases."""
    rows = '2026-01-09,Dune: Part Three,2026,https://boxd.it/a\n2026-01-09,"A, B",,\n\n'
    found = read(f"\ufeff{LETTERBOXD}{rows}".encode())
    assert found == ("letterboxd", (DUNE, Wanted("A, B", None, "film")), ())


def test_imdb() -> None:
    """IMDb says what each title is; games are no releases."""
    rows = (
        "1,tt31378509,,,,Dune: Part Three,,Movie,2026\n"
        "2,tt0411008,,,,Lost,,TV Mini Series,2004\n"
        "3,tt1,,,,A Game,,Video Game,2027\n"
        "4,tt2,,,,Another,,videoGame,2027\n"
        "5,x,,,,No Id,,,\n"
    )
    assert read(f"{IMDB}{rows}".encode()) == (
        "imdb",
        (
            DUNE._replace(ids=(("imdb", "tt31378509"),)),
            LOST._replace(ids=(("imdb", "tt0411008"),)),
            Wanted("No Id"),
        ),
        (("video game", 1), ("videogame", 1)),
    )


def test_tv_time_shows() -> None:
    """TV Time has the year behind the title of a show, and marks those given up."""
    text = (
        "notification_type,archived,tv_show_name,active,tv_show_id\n"
        "2,0,Lost (2004),1,73739\n2,1,Arrow,1,1\n"
    )
    assert read(text.encode()) == ("tvtime", (LOST,), (("archived", 1),))


def test_tv_time_records() -> None:
    """A film is wanted until it was watched; a watched show goes on."""
    text = (
        "type,movie_name,release_date,series_name\n"
        "towatch,Dune: Part Three,2026-12-18,\n"
        "follow,Seen,2026-01-01,\n"
        "watch,Seen,2026-01-01,\n"
        "watch,,,Lost (2004)\n"
        "watch,,,\n"
    )
    assert read(text.encode()) == ("tvtime", (DUNE, LOST), (("watched", 1),))


def test_trakt() -> None:
    """Trakt lists films and shows, and people, whom a list of titles can't have."""
    rows = [
        {"rank": 1, "type": "movie", "movie": TRAKT_DUNE},
        {"type": "season", "season": {"number": 2}, "show": {"title": "Lost", "year": 2004}},
        {"type": "person", "person": {"name": "Zendaya"}},
    ]
    reason = ("neither a film nor a series", 1)
    assert read_json(rows) == ("trakt", (WITH_IDS, LOST), (reason,))


def test_simkl() -> None:
    """Simkl says how far somebody got; what is completed has nothing ahead for them."""
    dune = {**TRAKT_DUNE, "ids": {"imdb": "tt31378509", "tmdb": "11"}}
    data = {
        "movies": [
            {"status": "plantowatch", "movie": dune},
            {"status": "completed", "movie": {"title": "Old"}},
            {"status": 3, "movie": {"title": "Odd"}},
        ],
        "shows": [{"status": "watching", "show": {"title": "Lost", "year": 2004, "ids": []}}],
        "anime": [{"status": "hold", "show": None}, "text"],
    }
    assert read_json(data) == (
        "simkl",
        (WITH_IDS, LOST),
        (("completed", 1), ("of an unknown status", 1), ("without a title that can be shown", 1)),
    )


def test_radarr() -> None:
    """Radarr has ids of IMDb and TMDB; what it doesn't monitor isn't wanted."""
    row = {"title": "Dune: Part Three", "year": 2026, "tmdbId": 11, "imdbId": "tt31378509"}
    rows = [{**row, "monitored": True}, {**row, "title": "Had", "monitored": False}]
    assert read_json(rows) == ("radarr", (WITH_IDS,), (("not monitored", 1),))


def test_sonarr() -> None:
    """Sonarr has the ids of TVmaze, too."""
    row = {"title": "Lost", "year": 2004, "tvdbId": 73739, "tvMazeId": 123, "tmdbId": 4607}
    ids = (("tmdb", 4607), ("tvmaze", 123))
    assert read_json([row]) == ("sonarr", (LOST._replace(ids=ids),), ())


def test_calendar() -> None:
    """A calendar has titles with types or episodes behind them."""
    pytest.importorskip("icalendar")
    titles = ("Dune (Theatrical)", "Andor - 2x01 - One Year Later", "Andor - 2x02 - Next")
    events = "".join(
        f"BEGIN:VEVENT\r\nUID:{n}\r\nDTSTART;VALUE=DATE:20270101\r\n"
        f"SUMMARY:{title}\r\nEND:VEVENT\r\n"
        for n, title in enumerate(titles)
    )
    data = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n{events}END:VCALENDAR\r\n".encode()
    assert read(data) == ("ics", (Wanted("Dune"), Wanted("Andor", kind="series")), ())
    with pytest.raises(ListError):
        read(b"{}", "ics")


def test_archive_has_known_files_only() -> None:
    """An archive is read as it was downloaded, without what was deleted."""
    dune = f"{LETTERBOXD},Dune: Part Three,2026,x\n"
    other = f"{LETTERBOXD},Deleted,2026,x\n"
    files = {"watchlist.csv": dune, "deleted/watchlist.csv": other, "profile.csv": "a,b\n"}
    assert read(archive(files)).wanted == (DUNE,)
    shows = "tv_show_id,tv_show_name,archived\n1,Lost (2004),0\n2,Arrow,1\n"
    records = "type,movie_name,release_date\ntowatch,Dune: Part Three,2026\n"
    found = read(
        archive({"gdpr/followed_tv_show.csv": shows, "gdpr/tracking-prod-records.csv": records})
    )
    assert found == ("tvtime", (LOST, DUNE), (("archived", 1),))


def test_titles_are_listed_once() -> None:
    """A title that stands twice is one."""
    row = ",Dune: Part Three,2026,x\n"
    assert read(f"{LETTERBOXD}{row}{row}".encode()).wanted == (DUNE,)


@pytest.mark.parametrize(
    "title", ["\x1b[31mRed", "a\u202eb", "  ", "x" * 501], ids=["escape", "bidi", "blank", "long"]
)
def test_title_that_cannot_be_shown_is_left_out(title: str) -> None:
    """No terminal gets what could harm it."""
    found = read(f"{LETTERBOXD},{title},2026,x\n".encode())
    assert found.wanted == ()
    assert found.left_out == (("without a title that can be shown", 1),)


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"title": None, "tmdbId": 1}, ()),
        ({"title": ["x"], "tmdbId": 1}, ()),
        ({"title": "x", "tmdbId": True, "year": -5}, ((), None)),
        ({"title": "x", "tmdbId": 10**15, "year": "soon"}, ((), None)),
        ({"title": "x", "tmdbId": 7, "imdbId": "tt12345678901"}, ((("tmdb", 7),), None)),
        ({"title": "x", "tmdbId": 7, "imdbId": 5, "year": 2027.5}, ((("tmdb", 7),), 2027)),
    ],
    ids=lambda value: None,
)
def test_values_of_wrong_types(row: dict[str, Any], expected: tuple[Any, ...]) -> None:
    """A value of a wrong type is as good as none."""
    wanted = read_json([row]).wanted
    assert [(each.ids, each.year) for each in wanted] == ([expected] if expected else [])


def test_number_with_thousands_of_digits() -> None:
    """Python refuses such numbers; here they are no ids."""
    assert read(b'[{"title": "x", "tmdbId": %s}]' % (b"9" * 5_000)).wanted == (
        Wanted("x", None, "film"),
    )


@pytest.mark.parametrize(
    ("data", "line", "text"),
    [
        (b"", None, "it is empty"),
        (b"\xef\xbb\xbf \n", None, "it is empty"),
        (b"\n<html>", 1, "this is a web page"),
        (b"Name,Year\n\xff\n", 2, "this isn't UTF-8"),
        (b"a,b\n1,2\n", 1, "these aren't the headings of a list"),
        (b'Name,Year,Letterboxd URI\n"a\n', 2, "this isn't CSV"),
        (b"[\n1,\n", 3, "this isn't JSON"),
        (b"[1]", None, "this isn't a list that can be read"),
        (b"{}", None, "this isn't a list that can be read"),
        (b"[" * 100_000, None, "its lists are nested too deep"),
        (b"PK\x03\x04nothing", None, "this zip archive is damaged"),
        (archive({"a.csv": ""}), None, "this zip archive has no list"),
        (archive({"x/watchlist.csv": "a,b\n"}), 1, "watchlist.csv: these aren't the headings"),
    ],
    ids=lambda value: value[:20] if isinstance(value, str) else None,
)
def test_what_is_no_list(data: bytes, line: int | None, text: str) -> None:
    """It is said where a file is wrong, and what would be right."""
    error = refusal(data)
    assert str(error).startswith(text)
    assert error.line == line


@pytest.mark.parametrize(
    ("member", "text"),
    [("watchlist.csv", "watchlist.csv: it is larger"), (None, "it is larger than 16 MiB")],
)
def test_list_that_is_too_large(member: str | None, text: str) -> None:
    """Also in an archive, which takes a while to pack: not while tests are collected."""
    content = "x" * (MAX_BYTES + 1)
    error = refusal(archive({member: content}) if member else content.encode())
    assert str(error).startswith(text)
    assert error.line is None


def test_damaged_member_of_an_archive() -> None:
    """A file of an archive may not unpack."""
    data = bytearray(archive({"watchlist.csv": LETTERBOXD * 50}))
    data[60:70] = bytes(10)
    with pytest.raises(ListError, match="zip archive is damaged"):
        read(bytes(data))


def test_too_many_titles() -> None:
    """No list has so many titles."""
    rows = "".join(f",Film {number},2027,x\n" for number in range(MAX_TITLES + 1))
    with pytest.raises(ListError, match="more than 20,000 titles"):
        read(f"{LETTERBOXD}{rows}".encode())


def test_the_program_that_is_named_must_have_written_it() -> None:
    """Where two programs write alike, the user says which one it was."""
    row = {"title": "x", "tmdbId": 1, "tvdbId": 1}
    assert read_json([row]).of == "sonarr"
    assert read_json([row], "radarr").of == "radarr"
    with pytest.raises(ListError, match='"shows"'):
        read_json([row], "simkl")
    with pytest.raises(ListError, match="const, title"):
        read(LETTERBOXD.encode(), "imdb")
    assert set(PROGRAMS) >= {"ics", "letterboxd", "tvtime", "trakt", "simkl", "radarr", "sonarr"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Doctor Who (2005)", ("Doctor Who", 2005)),
        ("Doctor Who", ("Doctor Who", None)),
        ("(2005)", ("(2005)", None)),
        (" (2005)", (" (2005)", None)),
        ("Rome (the 1)", ("Rome (the 1)", None)),
        ("Rome (0000)", ("Rome (0000)", None)),
    ],
)
def test_year_behind_a_title(text: str, expected: tuple[str, int | None]) -> None:
    """Only four digits in brackets behind a title are a year."""
    assert without_year(text) == expected
