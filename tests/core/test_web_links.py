"""Addresses that are safe to write and to open, and the pages of a release."""

from typing import Any

import pytest

from countdown.core.web_links import WebLink, first_address, linked, pages, safe_address
from tests.views.releases import THOR, film, source


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://deadline.com/a?b=c#d", "https://deadline.com/a?b=c#d"),
        ("http://x.org/%E2%80%99;~'()!*,[]@$&=+", "http://x.org/%E2%80%99;~'()!*,[]@$&=+"),
        ("https://x.org/é木", "https://x.org/%C3%A9%E6%9C%A8"),
        ('https://x.org/"<>\\^`{|}', "https://x.org/%22%3C%3E%5C%5E%60%7B%7C%7D"),
        ("https://evil.org\\@x.org/", "https://evil.org%5C@x.org/"),
        ("https://x.org/\u00a0", "https://x.org/%C2%A0"),
        *(
            (url, None)
            for url in (
                *("javascript:alert(1)", "file:///etc/passwd", "ftp://x.org/", "x.org", ""),
                *("https://", "https:///x", "https://x.org/a b", "-x https://x.org"),
                *("https://x.org/\x1b]8;;", "https://x.org/\x07", "https://x.org/\n"),
                *("https://x.org/\u202e", "https://x.org/\x9d", "https://x.org/\ud800"),
                *("HTTPS://x.org/$(id)\0", "data:text/html,x"),
            )
        ),
    ],
)
def test_address_is_ascii_of_the_web_or_refused(url: str, address: str | None) -> None:
    """Nothing in it can end a link, drive a terminal or be taken for an option."""
    assert safe_address(url) == address


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, []),
        (
            {"ids": (("wikidata", "Q1"), ("tvmaze", 7), ("tmdb", 616037), ("imdb", "tt10648342"))},
            [
                ("IMDb tt10648342", "https://www.imdb.com/title/tt10648342/"),
                ("TMDB 616037", "https://www.themoviedb.org/movie/616037"),
                ("Wikidata Q1", "https://www.wikidata.org/wiki/Q1"),
                ("TVmaze 7", "https://www.tvmaze.com/shows/7"),
            ],
        ),
        (
            {"ids": (("tmdb", "5"), ("tvmaze", "7")), "kind": "series"},
            [
                ("TMDB 5", "https://www.themoviedb.org/tv/5"),
                ("TVmaze 7", "https://www.tvmaze.com/shows/7"),
            ],
        ),
        (
            {"ids": (("tmdb", 5), ("tvmaze", 7)), "kind": "season", "season": 2},
            [
                ("TMDB 5", "https://www.themoviedb.org/tv/5/season/2"),
                ("TVmaze 7", "https://www.tvmaze.com/seasons/7"),
            ],
        ),
        ({"ids": (("imdb", "nm1"),)}, [("IMDb nm1", None)]),
        ({"ids": (("imdb", "tt1/../../x"),)}, [("IMDb tt1/../../x", None)]),
        ({"ids": (("imdb", "tt1\n"),)}, [("IMDb tt1\n", None)]),
        ({"ids": (("tmdb", "１"),)}, [("TMDB １", None)]),
        ({"ids": (("wikidata", "1"), ("tvmaze", "x"))}, [("Wikidata 1", None), ("TVmaze x", None)]),
    ],
)
def test_pages_are_made_of_ids_that_have_their_form(
    facts: dict[str, Any], expected: list[tuple[str, str | None]]
) -> None:
    """In one order; an id of another form leads nowhere."""
    assert pages(film("A", **facts)) == [WebLink(*page) for page in expected]


@pytest.mark.parametrize(
    ("facts", "address"),
    [
        ({}, None),
        ({"ids": (("imdb", "x"),)}, None),
        ({"sources": (source("https://a.org/é"), source("https://b.org"))}, "https://a.org/%C3%A9"),
        ({"sources": (source("ftp://a.org"), source("https://b.org"))}, "https://b.org"),
        (
            {"ids": (("imdb", "x"), ("tmdb", 5)), "sources": (source("https://b.org"),)},
            "https://www.themoviedb.org/movie/5",
        ),
    ],
)
def test_first_address_is_a_page_or_else_a_source(
    facts: dict[str, Any], address: str | None
) -> None:
    """Of those that can be opened."""
    assert first_address(film("A", **facts)) == address
    assert first_address(THOR) == "https://www.imdb.com/title/tt10648342/"


def test_link_is_the_text_without_the_spaces_around_it() -> None:
    """Else they would be underlined, too."""
    link = "\x1b]8;;https://x.org/%C3%A9\x1b\\a b\x1b]8;;\x1b\\"
    assert linked("  a b ", "https://x.org/é") == f"  {link} "
    assert linked(" a ", "ftp://x.org") == " a "
