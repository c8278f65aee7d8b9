"""Exported catalogues: they say what was read, whatever it was."""

from hypothesis import given
from hypothesis import strategies as st

from countdown import paths
from countdown.catalogue import load
from countdown.core import edtf
from countdown.core.release import KINDS, STAGES, TYPES, AnnouncedDate, Credit, Move, Release
from countdown.core.release import Source as Page
from countdown.exports import catalogue

CLOSED = st.sampled_from(
    ["2027-06-11", "2027-06-11?", "2027-06", "2027-36", "2027~", "2027-01-15T03:00:00Z"]
).map(edtf.parse)
DATES = CLOSED | st.sampled_from(["2027/..", "2027-06-11/2027-06-13", "202X"]).map(edtf.parse)
TEXTS = st.sampled_from(["Text", "# no comment", "'''", 3 * '"', "映画", r"back\slash"])
NAMES = st.lists(TEXTS, max_size=2, unique=True).map(tuple)
PAGES = st.sampled_from(["https://a.example/", "https://b.example/?a=b"])
ANNOUNCED = st.builds(
    AnnouncedDate,
    DATES,
    region=st.none() | st.sampled_from(["US", "BR"]),
    type=st.none() | st.sampled_from(TYPES),
    unverified=st.booleans(),
    source=st.none() | PAGES,
    checked=st.none() | CLOSED,
    place=st.none(),
    origin=st.none(),
    read=st.none(),
    disputed=st.just(()),
)
RELEASES = st.builds(
    Release,
    id=st.just("film"),
    title=TEXTS,
    kind=st.sampled_from([kind for kind in KINDS if kind != "season"]),
    season=st.none(),
    aliases=NAMES,
    titles=st.sampled_from([(), (("pt", "Filme"), ("de-AT", "Der Film"))]),
    franchise=NAMES,
    platform=NAMES,
    distributor=NAMES,
    studio=NAMES,
    country=st.sampled_from([(), ("US", "BR")]),
    director=NAMES,
    writer=NAMES,
    creator=NAMES,
    cast=st.lists(st.builds(Credit, TEXTS, st.none() | TEXTS), max_size=2).map(tuple),
    synopsis=st.none() | TEXTS,
    sequel_to=st.none(),
    stage=st.none() | st.sampled_from(STAGES),
    stage_since=st.none() | CLOSED,
    stage_note=st.none() | TEXTS,
    expected=st.none() | DATES,
    dates=st.lists(ANNOUNCED, max_size=2, unique_by=lambda each: (each.region, each.type)).map(
        tuple
    ),
    complete=st.none(),
    cadence=st.none(),
    moves=st.lists(
        st.builds(Move, DATES, st.none() | DATES, st.none() | CLOSED, st.none() | PAGES),
        max_size=2,
    ).map(tuple),
    unverified=st.sampled_from([(), ("synopsis",), ("date",)]),
    checked=st.none() | CLOSED,
    sources=st.lists(st.builds(Page, PAGES, st.none() | CLOSED), max_size=2).map(tuple),
    ids=st.sampled_from([(), (("imdb", "tt1190080"), ("tmdb", 550))]),
    was=st.sampled_from([(), ("old",)]),
    providers=st.just(()),
)


def read(text: str) -> list[Release]:
    """The releases of the catalogue *text*."""
    return [*load.releases([load.read_layer("x.toml", text.encode())])]


@given(RELEASES)
def test_release_comes_back_unchanged(release: Release) -> None:
    """Every value of every key; a doubt about some of its dates is told by each of them."""
    (back,) = read(catalogue.write([release]))
    are_doubtful = all(dated.unverified for dated in release.dates)
    is_told = "date" not in release.unverified or are_doubtful
    assert back == release._replace(unverified=release.unverified if is_told else ())


def test_season_comes_back_unchanged() -> None:
    """With its number, which can be 0, and what only seasons have."""
    end = edtf.parse("2027-06-11")
    season = Release("s", "Show", "season", 0, complete=end, cadence="weekly")
    assert read(catalogue.write([season])) == [season]


def test_shipped_catalogue_comes_back_unchanged() -> None:
    """All of it; written again it is the same text."""
    with open(paths.shipped("releases.toml"), encoding="utf-8") as file:
        releases = read(file.read())
    text = catalogue.write(releases)
    assert (found := read(text)) == releases
    assert catalogue.write(found) == text


def test_part_of_a_catalogue_is_one() -> None:
    """A sequel to what isn't in it names nobody; by a former id it still does."""
    first = Release("a", "A", "film", was=("old",))
    for sequel, named in (("a", "a"), ("old", "a"), ("gone", None)):
        last = Release("b", "B", "film", sequel_to=sequel)
        assert read(catalogue.write([first, last]))[1].sequel_to == named
    assert read(catalogue.write([])) == []


def test_credits_stand_above() -> None:
    """As comments."""
    text = catalogue.write([], credits=("Data from TVmaze.com", "B\nformat = 99"))
    assert text == "# Data from TVmaze.com\n# B\\x0aformat = 99\nformat = 2\n"
