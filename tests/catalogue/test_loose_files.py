"""Files by people who haven't read the docs, in ten styles, and how each is read.

Beside each `.toml` in tests/data/loose its `.txt` has the lines of `countdown check`, then the
facts that are read, or the problems. With REGOLD=1 it is written again.
"""

import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from countdown.catalogue import load, readings
from countdown.catalogue.schema import RELEASE
from countdown.core.release import Release
from countdown.core.text import fold
from countdown.errors import CatalogueError
from tests.catalogue.test_format_files import VALID, facts
from tests.strategies import CHARACTERS, TEXTS
from tests.thorough import sample

DATA = Path(__file__).parents[1] / "data"
LOOSE = sorted((DATA / "loose").glob("*.toml"))
FEW = "brazil-5 german-5 imdb-6 json-4 capitals-4 strings-3 terse-3 tmdb-1 tmdb-4 windows-5 yaml-5"
SOME = sample([path for path in LOOSE if path.stem in FEW.split()], of=LOOSE)
STYLES = {"terse", "json", "yaml", "brazil", "german", "strings", "imdb", "tmdb"} | {
    "windows",
    "capitals",
}


def read(text: str | bytes, name: str = "x.toml") -> list[Release]:
    """The releases of the catalogue *text*."""
    data = text.encode() if isinstance(text, str) else text
    return list(load.releases([load.read_layer(name, data)]))


def lines(text: str | bytes, name: str = "x.toml") -> list[str]:
    """What `countdown check` says of the parts of *text* that are written loosely."""
    layer = load.read_layer(name, text.encode() if isinstance(text, str) else text)
    load.complete([layer])
    return readings.lines(layer)


def report(path: Path) -> list[str]:
    """The lines of check, then the facts or the problems of the file *path*."""
    data, found = load.content(str(path)), []
    try:
        found += lines(data, path.name)
        found += [line for release in read(data, path.name) for line in facts(release)]
    except CatalogueError as error:
        found += error.lines
    return [line.replace(", ".join(RELEASE), "<every key>") for line in found]


def test_there_are_fifty_files_in_ten_styles() -> None:
    """Five at least of each."""
    styles = [path.stem.partition("-")[0] for path in LOOSE]
    assert set(styles) == STYLES
    assert min(map(styles.count, STYLES)) >= 5


@pytest.mark.parametrize("path", SOME, ids=lambda path: path.stem)
def test_file_is_read_as_beside_it(path: Path) -> None:
    """Each line of check, each fact, each problem."""
    golden, found = path.with_suffix(".txt"), report(path)
    if os.environ.get("REGOLD"):
        golden.write_text("\n".join(found) + "\n", "utf-8")
    assert found == golden.read_text("utf-8").splitlines()


@pytest.mark.parametrize("path", VALID, ids=lambda path: path.stem)
def test_file_in_the_format_is_read_as_it_is(path: Path) -> None:
    """Nothing in it has another reading."""
    assert lines(load.content(str(path))) == []


def test_shipped_catalogue_is_in_the_format() -> None:
    """Not even a name looks like a role."""
    assert lines(load.content(str(DATA.parents[1] / "data" / "releases.toml"))) == []


# Ids


def ids(text: str) -> dict[str, str]:
    """The id of each release of *text* by its name."""
    return {f"{one.name} {one.kind}": one.id for one in read(text)}


def test_made_id_is_none_of_a_shipped_release_with_another_title() -> None:
    """But the title of a shipped one means that one."""
    shipped = read(load.content(str(DATA.parents[1] / "data" / "releases.toml")))
    films = [one for one in shipped if one.kind == "film"]
    other = next(one for one in films if fold(one.id) not in fold(one.title))
    title = other.id.replace("-", " ")
    assert ids(f'[[movie]]\ntitle = "{title}"')[f"{title} film"] != other.id
    one = films[0]
    assert read(f'[[movie]]\ntitle = "{one.title.upper()}"')[0].id == one.id
    (series,) = read(f'[[show]]\ntitle = "{one.title}"')
    assert series.id != one.id


def test_entry_with_the_title_of_a_release_below_lies_over_it() -> None:
    """If nothing tells them apart: kind, season, or a date many years off."""
    below = '[[release]]\nid = "d-21"\ntitle = "Dune"\nkind = "film"\ndate = 2021-10-22\n'

    def names(above: str) -> list[tuple[str, str]]:
        texts = (below, above)
        layers = [load.read_layer(f"{at}.toml", text.encode()) for at, text in enumerate(texts)]
        return [(one.id, one.kind) for one in load.releases(layers)]

    assert names('[[movie]]\ntitle = "dune"\ndate = 2022-01-01\n') == [("d-21", "film")]
    assert names('title = "Dune"\ndirector = "Denis Villeneuve"\n') == [("d-21", "film")]
    for above, id, kind in (
        ('[[show]]\ntitle = "Dune"', "dune", "series"),
        ('[[movie]]\ntitle = "Dune"\nyear = 1984', "dune", "film"),
        ('title = "Dune"\nseason = 2', "dune-season-2", "season"),
    ):
        assert names(above) == [("d-21", "film"), (id, kind)]


def test_title_of_two_releases_has_two_meanings() -> None:
    """Both are named, with what to write."""
    below = "".join(
        f'[[release]]\nid = "loki-{kind}"\ntitle = "Loki"\nkind = "{kind}"\n'
        for kind in ("film", "series")
    )
    layers = [load.read_layer("a", below.encode()), load.read_layer("b", b'title = "Loki"')]
    with pytest.raises(CatalogueError) as caught:
        list(load.releases(layers))
    assert caught.value.lines == (
        'b:1:1: title: "Loki" can be loki-film (film) or loki-series (series); '
        'add id = "loki-film" or id = "loki-series"',
    )


TITLES = st.lists(
    st.sampled_from(
        ["Dune", "Thor", "雷神", "神隠し", "千と千尋", "Ну, погоди!", "Dune 2021", "1917", "😍"]
    ),
    min_size=2,
    max_size=6,
    unique=True,
)


@settings(max_examples=sample(8, of=40))
@given(TITLES, st.randoms(use_true_random=False))
def test_ids_do_not_depend_on_the_place_in_the_file(titles: list[str], random: Any) -> None:
    """Nor are two of them equal, in whatever script the titles are."""
    entries = [f'[[movie]]\ntitle = "{title}"\n' for title in titles]
    entries += ['[[movie]]\ntitle = "Dune"\nyear = 1984\n', '[[show]]\ntitle = "Thor"\n']
    entries = list(dict.fromkeys(entries))
    if "Dune" in titles:
        entries.remove('[[movie]]\ntitle = "Dune"\n')
    found = ids("".join(entries))
    assert len(set(found.values())) == len(found) == len(entries)
    random.shuffle(entries)
    assert ids("".join(entries)) == found


def test_entry_that_is_there_twice_is_a_problem() -> None:
    """Nothing tells them apart."""
    with pytest.raises(CatalogueError, match=r"is the same release as release\[0\]"):
        read('[[movie]]\ntitle = "Nobody"\n[[movie]]\ntitle = "Nobody"\n')


# What was read before


VALUES = st.one_of(
    st.text(CHARACTERS, max_size=8),
    st.integers(-5, 10**9),
    st.booleans(),
    st.lists(st.text(CHARACTERS, max_size=4), max_size=3),
    st.dictionaries(st.sampled_from(["name", "role", "date", "region", "url", "x"]), TEXTS),
)


@settings(max_examples=sample(60, of=1_000))
@given(st.dictionaries(st.sampled_from([*RELEASE, "actors", "year", "releases"]), VALUES))
def test_what_the_format_reads_is_not_read_otherwise(table: dict[str, Any]) -> None:
    """A key that can be read is left as it is; whatever the file has, there is an answer."""
    from countdown.catalogue import loose_files, loose_values

    file = loose_files.read({"format": 1, "release": [table]}, [])
    (strict,) = file.tables
    assert strict is not None
    for key, value in table.items():
        if key in RELEASE and not loose_values.count_problems(value, RELEASE[key].read):
            merged = {name for name in table if name not in RELEASE}
            # An empty table says nothing.
            assert merged or key in ("cast", "kind", "dates") or strict.get(key, {}) == value
