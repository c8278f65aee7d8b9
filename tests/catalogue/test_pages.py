"""Addresses and ids that people paste."""

import pytest
from hypothesis import given

from countdown.catalogue.external_ids import Page, read_page
from tests.strategies import TEXTS

IMDB = Page("imdb", "tt1160419")
TMDB = Page("tmdb", 438631, "movie")
SERIES = Page("tmdb", 1399, "tv")
TVMAZE = Page("tvmaze", 82, "shows")
WIKIDATA = Page("wikidata", "Q60834962")


@pytest.mark.parametrize(
    ("text", "page"),
    [
        ("tt1160419", IMDB),
        (" TT1160419 ", IMDB),
        ("https://www.imdb.com/title/tt1160419/", IMDB),
        ("https://m.imdb.com/title/tt1160419", IMDB),
        ("imdb.com/title/tt1160419/reference", IMDB),
        ("https://www.imdb.com/pt/title/tt1160419/?ref_=fn_al_tt_1", IMDB),
        ("https://www.imdb.com/title/tt1160419/episodes/?season=2", IMDB),
        ("http://imdb.com/title/tt1160419#cast", IMDB),
        ("https://www.themoviedb.org/movie/438631-dune?language=pt-BR", TMDB),
        ("https://themoviedb.org/movie/438631", TMDB),
        ("HTTPS://WWW.THEMOVIEDB.ORG/MOVIE/438631", TMDB),
        ("https://www.themoviedb.org/movie/438631-dune/cast", TMDB),
        ("https://www.themoviedb.org/tv/1399-game-of-thrones/season/8", SERIES),
        ("https://www.themoviedb.org/tv/1399-game-of-thrones/season/8/episode/1", SERIES),
        ("tvmaze:82", TVMAZE),
        ("TVmaze:82", TVMAZE),
        ("imdb:tt1160419", IMDB),
        ("IMDb: TT1160419", IMDB),
        ("wikidata:Q60834962", WIKIDATA),
        ("tmdb:movie:438631", TMDB),
        ("TMDB:TV:1399", SERIES),
        ("https://www.tvmaze.com/shows/82/game-of-thrones", TVMAZE),
        ("https://api.tvmaze.com/shows/82", TVMAZE),
        (
            "https://www.tvmaze.com/seasons/307/game-of-thrones-season-1",
            Page("tvmaze", 307, "seasons"),
        ),
        ("q60834962", WIKIDATA),
        ("https://www.wikidata.org/wiki/Q60834962", WIKIDATA),
        ("https://m.wikidata.org/wiki/Q60834962?uselang=pt", WIKIDATA),
        ("http://www.wikidata.org/entity/Q60834962", WIKIDATA),
        ("https://www.wikidata.org/wiki/Special:EntityPage/Q60834962#P577", WIKIDATA),
    ],
)
def test_page_is_read(text: str, page: Page) -> None:
    """With or without https and www, on mobile pages, in any language."""
    assert read_page(text) == page


@pytest.mark.parametrize(
    "text",
    [
        "",
        "dune",
        "82",
        "tt1",
        "Q",
        "Q0",
        "tvmaze:",
        "tvmaze:x",
        "tvmaze:0",
        "tmdb:1",
        "tmdb:movie:0",
        "tmdb:film:1",
        "imdb:1160419",
        "wikidata:dune",
        *["https://www.imdb.com/name/nm0898288/", "https://www.themoviedb.org/person/1"],
        *["https://example.org/title/tt1160419", "https://imdb.com.example.org/title/tt1160419"],
        *[
            "https://www.tvmaze.com/people/1",
            "https://www.imdb.com/title/tt0",
            "tvmaze:" + "9" * 30,
        ],
        *[
            "https://www.imdb.com/title/tt" + "9" * 30,
            "q" + "9" * 30,
            "2012",
            "Q & A",
            "tt 1160419",
        ],
    ],
)
def test_other_text_is_no_page(text: str) -> None:
    """A title, a number without a provider, a person, another host."""
    assert read_page(text) is None


@given(TEXTS)
def test_no_text_is_too_strange(text: str) -> None:
    """A page or none."""
    read_page(text)
    read_page(f"https://www.imdb.com/title/tt{text}")
