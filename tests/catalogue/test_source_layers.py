"""Layers of sources: what can't be used of them is left out and counted, and stops nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from countdown.catalogue import format_fixes, load, readings, source_layers
from countdown.catalogue.layer import Source
from countdown.errors import CatalogueError
from tests.strategies import CHARACTERS

TOP = 'format = 1\norigin = "wikidata"\nread = 2026-11-25T20:41:00Z\n'
GOOD = '[[release]]\nid = "wikidata-q1"\ntitle = "Film"\nkind = "film"\n'


def read(text: str) -> load.Layer:
    """The layer of *text*."""
    return load.read_layer("source.toml", text.encode())


def source(text: str) -> Source:
    """What the layer of *text* says about itself."""
    found = read(text).source
    assert found is not None
    return found


def test_withdrawn_date_stands_beside_the_one_that_came_instead() -> None:
    """It isn't a second date; a wrong one still is a mistake."""
    withdrawn = '[[release.dates]]\nregion = "US"\ndate = 2027-05-01\nwithdrawn = 2026-11-20\n'
    moved = '[[release.dates]]\nregion = "US"\ndate = 2027-06-02\n'
    layer = read(TOP + GOOD + withdrawn + moved)
    assert layer.tables[0] is not None
    assert [row["date"].month for row in layer.tables[0]["dates"]] == [5, 6]
    (release,) = load.releases([layer])
    assert [dated.date.edtf for dated in release.dates] == ["2027-06-02"]
    for wrong in (withdrawn.replace('"US"', '"XX"'), withdrawn.replace("2027-05-01", '"soon"')):
        assert source(TOP + GOOD + wrong + moved).wrong == 1
    assert source(TOP + GOOD + moved + moved).wrong == 1


def test_everything_a_source_says_about_itself() -> None:
    """As the design has it."""
    layer = read(
        TOP + 'title = "Wikidata"\nlicence = "CC0-1.0"\ncredit = "Data from Wikidata"\n'
        'refresh = "P1D"\nexpires = 2027-05-24\nserial = 41\nmirrors = ["https://b.example/"]\n'
        f'signature = "x"\n{GOOD}ids = {{ wikidata = "q1", imdb = 1190080 }}\nread = 2026-11-24\n'
        "updated = 2026-11-02\ngone = 2026-11-20\n"
        '[[release.dates]]\nregion = "DE"\ndate = 2009-11-12\nref = "Q1$B"\nnote = "x"\n'
        "withdrawn = 2026-11-24\n"
    )
    found = layer.source
    assert found is not None
    assert found.read is not None
    assert found.expires is not None
    assert found._replace(read=None, expires=None) == Source(
        "wikidata",
        "Wikidata",
        "CC0-1.0",
        "Data from Wikidata",
        refresh=86400,
        serial=41,
        mirrors=("https://b.example/",),
    )
    assert (found.read.edtf, found.expires.edtf) == ("2026-11-25T20:41:00Z", "2027-05-24")
    assert layer.checked is not None
    assert layer.checked.edtf == "2026-11-25"
    (table,) = layer.tables
    assert table is not None
    assert table["ids"] == {"wikidata": "Q1", "imdb": "tt1190080"}
    assert (table["updated"].isoformat(), table["dates"][0]["ref"]) == ("2026-11-02", "Q1$B")
    (release,) = load.releases([layer])
    assert release.dates == ()


def test_unknown_keys_are_counted_and_left_out() -> None:
    """Wherever they are."""
    found = read(
        f"{TOP}mood = 1\n{GOOD}rating = 5\nids = {{ trakt = 1, tmdb = 2 }}\nhidden = true\n"
        'unverified = ["title"]\nsequel_to = "x"\ncast = [{ name = "Ana", photo = "x" }, "Lee"]\n'
        'sources = [{ url = "https://a.example/", lang = "en" }]\n'
        "moves = [{ from = 2026-01-01, why = 1 }]\n"
        '[[release.dates]]\nregion = "DE"\ndate = 2009-11-12\nrank = "preferred"\n'
    )
    assert found.source is not None
    assert (found.source.skipped, found.source.wrong) == (10, 0)
    (release,) = load.releases([found])
    assert (release.ids, release.unverified, release.sequel_to) == ((("tmdb", 2),), (), None)
    assert [credit.name for credit in release.cast] == ["Ana", "Lee"]
    assert release.dates[0].region == "DE"


def test_blanks_around_an_id_do_not_matter() -> None:
    """Nor do they stop anything, in a layer or in one's own catalogue."""
    text = '[[release]]\nid = "a"\ntitle = "A"\nkind = "film"\nids = { imdb = " tt1375666 " }\n'
    for top in ('format = 1\norigin = "https://x.y"\n', "format = 1\n"):
        layer = load.read_layer("x.toml", f"{top}{text}".encode())
        (release,) = load.releases([layer])
        assert release.ids == (("imdb", "tt1375666"),)


@pytest.mark.parametrize(
    "wrong",
    [
        'stage = "rumored-ish"\n',
        "read = 5\n",
        'updated = "soon"\n',
        "gone = []\n",
        "dates = 5\n",
        "dates = [5]\n",
        'dates = [{ date = "2026-13" }]\n',
        'dates = [{ region = "DE" }]\n',
        "dates = [{ date = 2026-01-01, ref = 5 }]\n",
        "dates = [{ date = 2026-01-01, note = 5 }]\n",
        "dates = [{ date = 2026-01-01, withdrawn = 5 }]\n",
        "dates = [{ date = 2026-01-01 }, { date = 2026-01-02 }]\n",
        'ids = { imdb = "nm1" }\n',
        "ids = 5\n",
        "cast = 5\n",
        "moves = 5\n",
        "sources = 5\n",
        'synopsis = "\\u001b[31m"\n',
        'was = ["wikidata-q1"]\n',
        "complete = 2026-01-01\n",
    ],
)
def test_wrong_value_drops_that_release_alone(wrong: str) -> None:
    """The others stay, and no command stops."""
    layer = read(f"{TOP}{GOOD}{GOOD.replace('q1', 'q2')}{wrong}")
    assert [table and table["id"] for table in layer.tables] == ["wikidata-q1", None]
    assert layer.source is not None
    assert layer.source.wrong == 1
    assert [release.id for release in load.releases([layer])] == ["wikidata-q1"]


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        (f"{GOOD}{GOOD}", ["wikidata-q1"]),
        (
            f'{GOOD}ids = {{ tmdb = 5 }}\n{GOOD.replace("q1", "q2")}ids = {{ tmdb = "5" }}\n',
            ["wikidata-q1"],
        ),
        ('[[release]]\ntitle = "Film"\n', []),
        ("release = [5]\n", []),
        ("release = 5\n", []),
        ("[release]\nx = 1\n", []),
    ],
)
def test_what_is_no_release_of_its_own_is_dropped(text: str, ids: list[str]) -> None:
    """A double, one without an id, and what is no table."""
    layer = read(TOP + text)
    assert [table["id"] for table in layer.tables if table] == ids
    assert layer.source is not None
    assert layer.source.wrong == 1


def test_wrong_values_of_the_source_itself_are_left_out() -> None:
    """It stays usable without them."""
    found = source(
        'format = 1\norigin = "a\\u001b"\ntitle = 5\nread = "soon"\nexpires = []\nserial = -1\n'
        "refresh = 5\n"
    )
    assert found._replace(problems=()) == Source("?", skipped=6)


def test_check_reports_all_that_is_left_out() -> None:
    """With its place: whoever writes such a layer has to know."""
    wrong = read(f'{TOP}mood = 1\n{GOOD}rating = 5\nhidden = true\n{GOOD}stage = "rumored-ish"\n')
    with pytest.raises(CatalogueError) as caught:
        load.check([wrong])
    assert caught.value.lines == (
        "source.toml:4:1: mood: unknown key; leave it out",
        'source.toml:9:1: release[0] "Film": rating: unknown key; leave it out',
        'source.toml:10:1: release[0] "Film": hidden: isn\'t for a source to say; leave it out',
        'source.toml:11:1: release[1] "Film": has an id of release[0]; merge the two entries',
        'source.toml:15:1: release[1] "Film": stage: unknown value "rumored-ish"; did you mean '
        '"rumoured"?',
    )
    load.check([read(TOP + GOOD)])


def test_layer_of_a_source_is_in_its_format() -> None:
    """So nothing of it is read in another way, and no person writes it."""
    layer = read(TOP + GOOD)
    assert readings.lines(layer) == []
    with pytest.raises(CatalogueError, match="This is what a source says"):
        format_fixes.fix(layer)


def test_newer_format_is_an_error() -> None:
    """Whoever replaces layers must know, and keep the last one that could be read."""
    with pytest.raises(load.NewerFormatError):
        read(TOP.replace("format = 1", "format = 9"))
    with pytest.raises(CatalogueError):
        read("origin = ")


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("P1D", 24),
        ("P1DT12H", 36),
        ("P1W", 168),
        ("PT90M", 1.5),
        ("PT1M", 1),
        ("P99D", 720),
        ("4 days (update frequency)", 96),
        ("12 hours", 12),
        ("2weeks", 336),
        ("3d", 72),
        ("P", None),
        ("P1X", None),
        ("often", None),
        (24, None),
    ],
)
def test_how_often_a_source_wants_to_be_read(text: object, hours: float | None) -> None:
    """Between an hour and 30 days, whatever follows."""
    seconds = source_layers.refresh_seconds(text)
    assert seconds == (None if hours is None else hours * 3600)


VALUES = st.recursive(
    st.one_of(
        st.none().map(lambda _: "x"),
        st.integers(-5, 5),
        st.booleans(),
        st.text(CHARACTERS, max_size=5),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(["date", "region", "ids", "imdb", "name", "url", "ref", "withdrawn"]),
            inner,
            max_size=3,
        ),
    ),
    max_leaves=8,
)
KEYS = ["id", "title", "kind", "dates", "date", "ids", "was", "stage", "read", "cast", "sources"]


@given(
    st.dictionaries(st.sampled_from(["title", "read", "serial", "refresh", "release"]), VALUES),
    st.lists(st.dictionaries(st.sampled_from(KEYS), VALUES, max_size=5), max_size=4),
)
def test_nothing_in_it_stops_a_command(top: dict[str, object], entries: list[object]) -> None:
    """Of whatever type it is."""
    raw = {"format": 1, "origin": "tmdb", "release": entries, **top}
    layer = load.make_layer("source.toml", b"", raw)
    assert not layer.problems
    shipped = load.read_layer("a.toml", f"format = 1\n{GOOD.replace('wikidata-q1', 'a')}".encode())
    releases = [*load.releases([shipped, layer])]
    assert releases[0].id == "a"
