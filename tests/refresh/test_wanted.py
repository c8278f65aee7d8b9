"""What is wanted of sources: what people keep in catalogues, with what sources know about it."""

from datetime import date
from pathlib import Path

import pytest

from countdown.errors import CatalogueError
from countdown.refresh.wanted import AllWanted, Wanted, read_wanted
from countdown.stamps import CatalogueFiles

TODAY = date(2026, 11, 25)
BUILT_IN = """
[[release]]
id = "dune"
title = "Dune"
kind = "film"
date = 2026-12-18
ids = { imdb = "tt0000007" }
[[release]]
id = "old"
title = "Old"
kind = "film"
date = 2020-01-01
ids = { wikidata = "Q3" }
[[release]]
id = "show"
title = "Show"
kind = "series"
date = 2019-01-01
ids = { tvmaze = 82 }
[[release]]
id = "none"
title = "None"
kind = "film"
"""
LAYER = """
origin = "wikidata"
read = 2026-11-20
[[release]]
id = "wikidata-q7"
title = "Dune"
kind = "film"
ids = { wikidata = "Q7", imdb = "tt0000007" }
dates = [{ date = 2026-12-20, region = "BR" }, { date = 2025-01-01, withdrawn = 2026-01-01 }]
[[release]]
id = "wikidata-q8"
title = "Unasked for"
kind = "film"
ids = { wikidata = "Q8" }
"""


def read(folder: Path, own: str | None, layer: str = LAYER) -> AllWanted:
    """What is wanted of the catalogues above, with the text *own* over them."""
    built_in, mine = folder / "built-in.toml", folder / "own.toml"
    built_in.write_text("format = 1\n" + BUILT_IN, "utf-8")
    if own is not None:
        mine.write_text(own, "utf-8")
    sources = folder / "sources"
    sources.mkdir(mode=0o700)
    (sources / "wikidata.toml").write_text("format = 1\n" + layer, "utf-8")
    paths = (str(built_in), str(mine))
    return read_wanted(CatalogueFiles(paths, (str(mine),)), str(folder), TODAY)


def test_what_is_coming_is_wanted_with_all_that_is_known_of_it(tmp_path: Path) -> None:
    """A source's own releases aren't, nor is what's long out; a series goes on."""
    (dune, show), is_whole = read(tmp_path, None)
    assert is_whole
    assert dune.ids == {"imdb": "tt0000007", "wikidata": "Q7"}
    day, other = date(2026, 12, 18), date(2026, 12, 20)
    assert {*dune.windows} == {(day, day), (other, other)}
    assert not dune.is_own
    assert (show.kind, show.ids) == ("series", {"tvmaze": 82})


def test_what_the_user_has_is_always_wanted(tmp_path: Path) -> None:
    """An id with a mistake is left out, and the others count."""
    own = """format = 1
[[release]]
id = "old"
[[release]]
id = "mine"
title = "Mine"
kind = "film"
date = "soon"
ids = { wikidata = "Q9", imdb = "x", netflix = 3 }
[[release]]
id = "hers"
title = "Hers"
kind = "film"
ids = 3
"""
    found = {each.ids.get("wikidata"): each for each in read(tmp_path, own).releases}
    assert found["Q3"].is_own
    assert found["Q9"] == Wanted("film", {"wikidata": "Q9"}, (), True)


@pytest.mark.parametrize("own", ["x = [", "format = 99\n", "release = 3\n"])
def test_own_catalogue_that_cannot_be_read_stops_nothing(own: str, tmp_path: Path) -> None:
    """Nor does a layer."""
    releases, is_whole = read(tmp_path, own, layer="x = [")
    assert (len(releases), is_whole) == (2, False)


def test_own_catalogue_that_is_no_file_may_want_more(tmp_path: Path) -> None:
    """Unlike one that isn't there."""
    (tmp_path / "own.toml").mkdir()
    assert not read(tmp_path, None).is_whole


@pytest.mark.parametrize(
    ("ids", "is_whole"),
    [
        ('{ wikidata = "Q9", tvmaze = 82, netflix = 3 }', True),
        ('{ wikidata = "x", tvmaze = 82 }', False),
        ('"Q9"', False),
    ],
)
def test_id_that_cannot_be_read_may_be_wanted(ids: str, is_whole: bool, tmp_path: Path) -> None:
    """What a source knows under it stays."""
    own = f'[[release]]\nid = "mine"\ntitle = "Mine"\nkind = "film"\nids = {ids}\n'
    assert read(tmp_path, own).is_whole == is_whole


def test_catalogue_that_was_named_has_to_be_readable(tmp_path: Path) -> None:
    """Like for every other command."""
    path = tmp_path / "named.toml"
    path.write_text("x = [", "utf-8")
    with pytest.raises(CatalogueError):
        read_wanted(CatalogueFiles((str(path),)), str(tmp_path), TODAY)
    (tmp_path / "sources").write_text("no folder", "utf-8")
    path.write_text("format = 1\n", "utf-8")
    assert read_wanted(CatalogueFiles((str(path),)), str(tmp_path), TODAY).releases == ()
