"""Ids on other sites: every way to copy them, and texts that can't be one."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest

from countdown.catalogue import external_ids, identity, release_reader, schema
from countdown.catalogue.external_ids import InvalidIdError, normalise
from countdown.catalogue.readers import Problems
from tests.cli.conftest import Countdown, film
from tests.cli.shelf import Shelf

Catalogue = Callable[[str], Countdown]

LARGEST: Final = 2**63 - 1
SPELLINGS: Final = (
    ("tmdb", 5, 5),
    ("tmdb", "5", 5),
    ("tmdb", "0005", 5),
    ("tmdb", LARGEST, LARGEST),
    ("tmdb", "https://www.themoviedb.org/movie/1003596-avengers-doomsday?language=pt-BR", 1003596),
    ("tmdb", "themoviedb.org/tv/84958-loki/season/2", 84958),
    ("tmdb", "https://themoviedb.org/movie/5/", 5),
    ("tvmaze", 82, 82),
    ("tvmaze", "82", 82),
    ("tvmaze", "https://www.tvmaze.com/shows/82/game-of-thrones", 82),
    ("tvmaze", "http://tvmaze.com/seasons/123#x", 123),
    ("imdb", "tt21357150", "tt21357150"),
    ("imdb", "TT21357150", "tt21357150"),
    ("imdb", "21357150", "tt21357150"),
    ("imdb", 133093, "tt0133093"),
    ("imdb", "tt133093", "tt0133093"),
    ("imdb", "https://www.imdb.com/title/tt21357150/?ref_=fn_al_tt_1", "tt21357150"),
    ("imdb", "https://m.imdb.com/title/tt0133093", "tt0133093"),
    ("imdb", "imdb.com/pt/title/tt0133093/fullcredits", "tt0133093"),
    ("imdb", "HTTPS://WWW.IMDB.COM/title/tt0133093/", "tt0133093"),
    ("wikidata", "Q83495", "Q83495"),
    ("wikidata", "q83495", "Q83495"),
    ("wikidata", 83495, "Q83495"),
    ("wikidata", "https://www.wikidata.org/wiki/Q83495#P577", "Q83495"),
    ("wikidata", "http://www.wikidata.org/entity/Q83495", "Q83495"),
    ("wikidata", "https://m.wikidata.org/wiki/Special:EntityPage/Q83495", "Q83495"),
)
COPY: Final = "copy the address of its page, or write one like "
WRONG: Final = (
    ("imdb", "nm0000123", '"nm0000123" isn\'t an IMDb id', f'{COPY}"tt1375666"'),
    ("imdb", "https://www.imdb.com/name/nm0000123/", None, f'{COPY}"tt1375666"'),
    ("imdb", "https://imdb.com.evil.example/title/tt0133093", None, f'{COPY}"tt1375666"'),
    ("imdb", "tt", None, f'{COPY}"tt1375666"'),
    ("imdb", "tt0000000", None, f'{COPY}"tt1375666"'),
    ("imdb", "ｔｔ０１３３０９３", None, f'{COPY}"tt1375666"'),
    ("imdb", "tt" + "1" * 19, None, f'{COPY}"tt1375666"'),
    ("imdb", "Q83495", '"Q83495" isn\'t an IMDb id', 'write wikidata = "Q83495"'),
    ("imdb", "https://www.tvmaze.com/shows/82/x", None, "write tvmaze = 82"),
    ("tmdb", "dune", '"dune" isn\'t a TMDB id', f"{COPY}27205"),
    ("tmdb", "tt0133093", None, 'write imdb = "tt0133093"'),
    ("tmdb", "https://www.themoviedb.org/person/1190668", None, f"{COPY}27205"),
    ("tmdb", "https://www.themoviedb.org/movie/" + "1" * 19, None, f"{COPY}27205"),
    ("tvmaze", "https://www.tvmaze.com/episodes/1", None, f"{COPY}82"),
    ("wikidata", "P577", '"P577" isn\'t a Wikidata id', f'{COPY}"Q83495"'),
    ("wikidata", "https://en.wikipedia.org/wiki/Loki", None, f'{COPY}"Q83495"'),
    *(
        (provider, value, "should be text or a number above 0", f"write one like {example}")
        for provider, example in (("tmdb", 27205), ("imdb", '"tt1375666"'))
        for value in (0, -1, True, 1.0, ["tt1"], LARGEST + 1)
    ),
)


@pytest.mark.parametrize(("provider", "value", "id"), SPELLINGS)
def test_every_spelling_is_one_id(provider: str, value: str | int, id: str | int) -> None:
    """Bare, in capitals, as a number, as text, or the whole address; again it is itself."""
    problems: Problems = []
    assert schema.IDS[provider].read(value, (), problems) == id
    assert problems == []
    assert normalise(provider, id) == id
    same = [{"ids": {provider: each}, "kind": "film"} for each in (value, id)]
    assert identity.external_identities(same[0]) == identity.external_identities(same[1])


@pytest.mark.parametrize(("provider", "value", "message", "hint"), WRONG)
def test_what_cannot_be_an_id_is_refused(
    provider: str, value: object, message: str | None, hint: str
) -> None:
    """With the provider that it is from, or an example."""
    problems: Problems = []
    assert schema.IDS[provider].read(value, ("x",), problems) is None
    (problem,) = problems
    assert (problem.path, problem.hint) == (("x",), hint)
    assert message in (None, problem.message)


def test_huge_number_is_a_problem_and_not_a_crash() -> None:
    """Python reads a hexadecimal number of any length, and can't always write it."""
    for provider, field in schema.IDS.items():
        problems: Problems = []
        assert field.read(0x10**5000, (), problems) is None
        assert len(problems) == 1
        table = {"ids": {provider: 0x10**5000}}
        assert len(identity.external_identities(table)) == 1


def test_text_that_is_no_text_is_refused_once() -> None:
    """A control character is told of as in other texts."""
    problems: Problems = []
    assert schema.IDS["imdb"].read("tt1\x1b", ("x",), problems) is None
    assert [problem.message for problem in problems] == ["has the control character \\x1b"]


@pytest.mark.parametrize(
    ("kind", "provider", "address", "page"),
    [
        ("season", "tmdb", "https://www.themoviedb.org/movie/5", "film"),
        ("film", "tmdb", "https://www.themoviedb.org/TV/5", "series"),
        ("season", "tvmaze", "https://www.tvmaze.com/shows/5/x", "series"),
        ("series", "tvmaze", "https://www.tvmaze.com/seasons/5/x", "season"),
    ],
)
def test_page_of_another_kind_is_refused(kind: str, provider: str, address: str, page: str) -> None:
    """The same number means another release there."""
    table = {"id": "a", "title": "A", "kind": kind, "ids": {provider: address}}
    problems: Problems = []
    release_reader.read_keys(table, ("release", 0), problems)
    (problem,) = problems
    assert problem.path == ("release", 0, "ids", provider)
    assert problem.message == f"that's the page of a {page}, and the kind of this entry is {kind}"


@pytest.mark.parametrize("kind", ["film", "special", None, 7])
def test_page_of_the_same_kind_is_fine(kind: object) -> None:
    """So is one of an entry without a kind: it's an overlay."""
    external_ids.check_kind("tmdb", "https://www.themoviedb.org/movie/5", kind)
    with pytest.raises(InvalidIdError, match="series"):
        external_ids.check_kind("tmdb", "https://www.themoviedb.org/tv/5", "film")


CATALOGUE: Final = """
[[release]]
id = "loki"
title = "Loki"
kind = "series"
ids = { imdb = "tt9140554", tmdb = 84958 }
[[release]]
id = "loki-2"
title = "Loki"
kind = "KIND"
season = 2
ids = { imdb = "https://www.imdb.com/title/TT9140554/", tmdb = "84958" }
"""


def test_seasons_share_the_id_of_their_series(catalogue: Catalogue) -> None:
    """Any other entry is the same release twice, and the hint says what a season needs."""
    assert catalogue(CATALOGUE.replace("KIND", "season"))("list", "--all").code == 0
    refused = catalogue(CATALOGUE.replace("KIND", "series").replace("season = 2\n", ""))("list")
    hint = 'merge the two entries; only seasons share an id, as kind = "season" with season = 2'
    assert refused.code == 3
    for provider in ("imdb", "tmdb"):
        assert f'"Loki": ids.{provider}: is already used by release[0]; {hint}' in refused.err
    films = (
        CATALOGUE.replace("KIND", "film").replace('"series"', '"film"').replace("season = 2", "")
    )
    assert catalogue(films)("list").err.count("release[0]; merge the two entries\n") == 2


def test_overlay_is_found_by_any_spelling_of_an_id(catalogue: Catalogue, tmp_path: Path) -> None:
    """As text, as a number or as an address: it is one release, with the facts of both."""
    countdown = catalogue(f"[[release]]\n{film('doomsday')}\nids = {{ tmdb = 1003596 }}\n")
    for id in ("1003596", "https://www.themoviedb.org/movie/1003596-avengers-doomsday"):
        upper = tmp_path / "upper.toml"
        entry = f'{film("mine", stage="completed")}\nids = {{ tmdb = "{id}" }}\n'
        upper.write_text(f"format = 1\n[[release]]\n{entry}", encoding="utf-8")
        lower = ("--catalogue", os.environ["COUNTDOWN_CATALOGUE"])
        out = countdown(*lower, "--catalogue", str(upper), "list", "--json").out
        (release,) = json.loads(out)["releases"]
        assert (release["id"], release["stage"]) == ("doomsday", "completed")
        assert release["ids"] == {"tmdb": 1003596}


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        (["imdb=TT133093"], {"imdb": "tt0133093"}),
        (["tmdb=0603"], {"tmdb": 603}),
        (["IMDB = https://www.imdb.com/title/tt0133093/"], {"imdb": "tt0133093"}),
        (
            ["https://www.themoviedb.org/movie/603-the-matrix", "wikidata.org/wiki/q83495"],
            {"tmdb": 603, "wikidata": "Q83495"},
        ),
    ],
)
def test_ids_are_written_in_their_one_spelling(
    shelf: Shelf, words: list[str], ids: dict[str, str | int]
) -> None:
    """The address of a page needs no provider."""
    shelf.ran("add", "The Matrix 5", *(word for id in words for word in ("--ids", id)))
    assert shelf.last["ids"] == ids


def test_id_that_can_be_none_is_refused_before_it_is_written(shelf: Shelf) -> None:
    """With the provider that it is from."""
    assert 'Write imdb = "tt0133093"' in shelf.refused("add", "X", "--ids", "tmdb=tt0133093")
    assert "Write one like imdb=tt1375666" in shelf.refused("add", "X", "--ids", "https://x.org")
