"""Films and series that are looked up by an id that they have anywhere."""

from typing import Any

import pytest

from countdown.catalogue.external_ids import Page, read_page
from countdown.core.candidate import Candidate
from countdown.net.answers import Failure
from countdown.refresh.candidates import Found
from countdown.refresh.lookup import complete, look_up
from tests.providers import BOOK, SEASON, SERIES, Providers, item, show

LATE = Failure("too slow", "https://api.tvmaze.com took too long to answer.")
ITEMS = (
    item("Q1", "Dune", BOOK),
    item("Q2", "Dune", year="2021", imdb="tt1160419", tmdb_film=438631),
    item("Q3", "Dune: Prophecy", SERIES, imdb="tt10466872", tmdb_tv=438631, tvmaze=66513),
    item("Q4", "Dune: Prophecy, season 2", SEASON, of="Q3", number=2, imdb="tt10466872"),
    item("Q5", "Lonely", SERIES, imdb="tt0000005"),
)
SHOWS = (
    show(66513, "Dune: Prophecy", imdb="tt10466872"),
    show(5, "Lonely", imdb="tt0000005"),
    show(6, "Only at TVmaze", imdb="tt0000006"),
    show(
        7,
        "One evening",
        seasons=[{"id": 70, "number": 1, "episodeOrder": 1, "premiereDate": "2026-01-01"}],
    ),
)


def providers(**instead: Any) -> Providers:
    """Both, with what they know."""
    made = Providers(ITEMS, SHOWS, **instead)
    made.episodes = {
        100: [{"_links": {"show": {"href": "https://api.tvmaze.com/shows/66513"}}}],
        101: [{"id": 1}],
    }
    return made


def found(text: str, **instead: Any) -> Found:
    """What is found for *text*."""
    page = read_page(text)
    assert page is not None
    return look_up(page, providers(**instead).fetch)


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("Q2", {"wikidata": "Q2", "imdb": "tt1160419", "tmdb": 438631}),
        ("tt1160419", {"wikidata": "Q2", "imdb": "tt1160419", "tmdb": 438631}),
        ("https://www.themoviedb.org/movie/438631-dune", {"wikidata": "Q2"}),
        ("https://www.themoviedb.org/tv/438631/season/2", {"wikidata": "Q3", "tvmaze": 66513}),
        ("tt10466872", {"wikidata": "Q3", "tvmaze": 66513}),
        ("tvmaze:66513", {"wikidata": "Q3", "tvmaze": 66513, "imdb": "tt10466872"}),
        ("https://www.tvmaze.com/seasons/100/x", {"wikidata": "Q3", "tvmaze": 66513}),
        ("Q5", {"wikidata": "Q5", "tvmaze": 5}),
        ("tvmaze:5", {"wikidata": "Q5", "tvmaze": 5}),
        ("tt0000006", {"tvmaze": 6, "imdb": "tt0000006"}),
        ("tvmaze:7", {"tvmaze": 7}),
        ("Q4", {"wikidata": "Q4"}),
    ],
)
def test_one_is_found_by_any_id_with_those_that_both_know(
    text: str, ids: dict[str, str | int]
) -> None:
    """Of a season's page at TMDB and TVmaze, it's the series."""
    answer = found(text)
    assert answer.failures == ()
    (candidate,) = answer.candidates
    assert ids.items() <= dict(candidate.ids).items()


def test_special_is_no_series() -> None:
    """TVmaze says so in the whole answer alone."""
    assert [each.kind for each in found("tvmaze:7").candidates] == ["special"]


@pytest.mark.parametrize(
    "text",
    [
        "Q1",
        "Q99",
        "tt7777777",
        "tvmaze:99",
        "https://www.tvmaze.com/seasons/101/x",
        "https://www.tvmaze.com/seasons/999/x",
        "https://www.themoviedb.org/movie/1",
    ],
)
def test_what_nobody_knows(text: str) -> None:
    """And what is no film: that is an answer, too."""
    assert found(text) == Found((), ())


def test_failure_is_no_answer_unless_the_other_finds_it() -> None:
    """Who may know it must have answered."""
    answer = found("tt7777777", tvmaze=LATE)
    assert (answer.candidates, len(answer.failures), answer.is_answered) == ((), 1, False)
    answer = found("tvmaze:66513", tvmaze=LATE)
    assert not answer.is_answered
    answer = found("https://www.tvmaze.com/seasons/100/x", tvmaze=LATE)
    assert not answer.is_answered
    answer = found("tt0000006", wikidata=b"<html>")
    assert [each.track_id for each in answer.candidates] == ["tvmaze:6"]
    assert len(answer.failures) == 1  # It may have more ids.
    answer = found("Q5", tvmaze=LATE)
    assert [each.track_id for each in answer.candidates] == ["Q5"]


def test_sites_that_are_off_are_not_asked() -> None:
    """The user reads why nothing is found."""
    made = providers()
    answer = look_up(Page("wikidata", "Q2"), made.fetch, sites=("tvmaze",))
    assert (answer.failures, answer.is_answered) == (
        ("Wikidata is switched off in config.toml.",),
        False,
    )
    candidate = Candidate("Lonely", "series", (("wikidata", "Q5"), ("imdb", "tt0000005")))
    assert complete(candidate, made.fetch, sites=("wikidata",)).candidates == (candidate,)
    candidate = Candidate("Lonely", "series", (("tvmaze", 5),))
    assert complete(candidate, made.fetch, sites=("tvmaze",)).candidates == (candidate,)
    assert made.asked == []
