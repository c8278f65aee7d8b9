"""What a search at Wikidata and TVmaze finds, of answers made by their documentation."""

import json

import pytest

from countdown.core.candidate import Candidate
from countdown.net.answers import Answer, Failure, NotModified, Reply
from countdown.net.client import Request
from countdown.refresh import candidates, providers
from countdown.refresh.candidates import Found, search
from countdown.sources import wikidata
from tests.providers import BOOK, FILM, SEASON, SERIES, Providers, item, show

DEADLINE = Failure("too slow", "https://api.tvmaze.com took too long to answer.")
HTML = b"<!doctype html><title>Too many requests</title>"
PEOPLE = (
    item("Q101", "Denis Villeneuve", "Q5"),
    item("Q102", "David Lynch", "Q5"),
    item("Q103", "Alison Schapker", "Q5"),
    item("Q104", "Dune", "Q4167410"),  # a page of links to others
)
DUNES = (
    item("Q1", "Dune", BOOK),
    item("Q2", "Dune: Part Three", year="2026", by=["Q101"]),
    item("Q3", "Dune", year="1984", by=["Q102"], imdb="tt0087182", tmdb_film=841),
    item("Q4", "Dune", year="2021", by=["Q101"], titles={"pt-br": "Duna"}),
    item("Q5", "Dune: Prophecy", SERIES, start="2024", created=["Q103"], imdb="tt10466872"),
    item("Q6", "Dune: Prophecy, season 2", SEASON, of="Q5", number=2, cast=["Q103"]),
)
PROPHECY = show(66513, "Dune: Prophecy", imdb="tt10466872", premiered="2024-11-17", network="HBO")
FRANK = show(5, "Frank Herbert's Dune", premiered="2000-12-03", network="Syfy")


def found(providers: Providers, words: str = "dune", *languages: str) -> Found:
    """What a search for *words* finds."""
    return search(words, languages, providers.fetch)


def ids(found: Found) -> list[str]:
    """What is to be typed for each candidate."""
    return [each.track_id for each in found.candidates]


def test_films_and_series_of_both_are_found_and_nothing_else() -> None:
    """First those with that very title, then those whose title has it; each once."""
    asked = Providers([*DUNES, *PEOPLE], [PROPHECY, FRANK])
    answer = found(asked)
    assert ids(answer) == ["Q3", "Q4", "Q2", "Q5", "tvmaze:5", "Q6"]
    assert answer.failures == ()
    assert len(asked.asked) == 4  # a search, its items, names of people; TVmaze's search


def test_candidates_say_what_tells_them_apart() -> None:
    """Joined ones have what either knows."""
    by_id = {
        each.track_id: each for each in found(Providers([*DUNES, *PEOPLE], [PROPHECY])).candidates
    }
    assert by_id["Q3"] == Candidate(
        "Dune",
        "film",
        (("wikidata", "Q3"), ("tmdb", 841), ("imdb", "tt0087182")),
        year=1984,
        people=("David Lynch",),
    )
    series = by_id["Q5"]
    assert dict(series.ids) == {"wikidata": "Q5", "imdb": "tt10466872", "tvmaze": 66513}
    assert (series.kind, series.year) == ("series", 2024)
    assert (series.people, series.platform) == (("Alison Schapker",), ("HBO",))
    season = by_id["Q6"]
    assert (season.name, season.kind, season.people) == (
        "Dune: Prophecy, season 2",
        "season",
        ("Alison Schapker",),
    )
    assert by_id["Q4"].name_in(("pt-BR",)) == "Duna"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("dune 1984", ["Q3"]),
        (" DUNE (2021) ", ["Q4"]),
        ("dune prophecy 2024", ["Q5"]),
        ("dune 1999", ["Q3", "Q4", "Q2", "tvmaze:5", "Q5", "Q6"]),  # No other is of that year.
        ("2049", ["Q7"]),
        ("blade runner 2049", ["Q7"]),
        ("nothing at all", []),
    ],
)
def test_year_narrows_unless_it_is_part_of_a_title(words: str, expected: list[str]) -> None:
    """As it does for titles of the catalogue."""
    runner = item("Q7", "Blade Runner 2049", year="2017")
    prophecy = item("Q5", "Dune Prophecy", SERIES, start="2024", imdb="tt10466872")
    items = [prophecy if each["id"] == "Q5" else each for each in DUNES]
    assert ids(found(Providers([*items, runner, *PEOPLE], [FRANK]), words)) == expected


@pytest.mark.parametrize(
    ("languages", "asked"),
    [((), "en"), (("pt-BR", "pt"), "pt-br"), (("ja",), "en"), (("ja", "de"), "de")],
)
def test_titles_are_searched_in_the_language_of_the_user(
    languages: tuple[str, ...], asked: str
) -> None:
    """If the program reads titles in it."""
    providers = Providers()
    found(providers, "dune", *languages)
    assert f"language={asked}" in providers.asked[0]


@pytest.mark.parametrize(
    ("reply", "sentence"),
    [
        (DEADLINE, "No answer from TVmaze: https://api.tvmaze.com took too long to answer."),
        (HTML, "No answer from TVmaze: the answer is a web page, not data."),
        (b'{"name": "Internal"}', None),
        (b'"text"', "No answer from TVmaze: the answer isn't a list."),
        (NotModified(""), "No answer from TVmaze: it says that nothing changed."),
    ],
    ids=["late", "html", "object", "text", "304"],
)
def test_one_provider_answers_if_the_other_does_not(
    reply: Reply | bytes, sentence: str | None
) -> None:
    """A sentence says why; nothing of the answer is believed."""
    answer = found(Providers([*DUNES, *PEOPLE], tvmaze=reply))
    assert answer.failures == ((sentence,) if sentence else ())
    assert answer.is_answered
    assert len(answer.candidates) == 5


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (HTML, "No answer from Wikidata: the answer is a web page, not data."),
        (b'{"error": {"code": "maxlag"}}', "it is busy; try again in a minute."),
        (b'{"error": {"code": "badvalue"}}', "No answer from Wikidata: Wikidata says: badvalue."),
        (b"{}", "the answer isn't what Wikidata's documentation says."),
    ],
    ids=["html", "busy", "error", "empty"],
)
def test_answer_of_wikidata_that_is_none(body: bytes, sentence: str) -> None:
    """TVmaze's series are found all the same."""
    answer = found(Providers(shows=[FRANK], wikidata=body))
    assert ids(answer) == ["tvmaze:5"]
    assert answer.failures[0].endswith(sentence)


def test_nobody_answers() -> None:
    """Each failure is told."""
    answer = found(Providers(wikidata=HTML, tvmaze=DEADLINE))
    assert not answer.is_answered
    assert len(answer.failures) == 2


def test_only_given_sites_are_asked() -> None:
    """A source that is switched off learns nothing."""
    asked = Providers(DUNES, [FRANK])
    search("dune", (), asked.fetch, sites=("tvmaze",))
    assert [address.startswith("https://api.tvmaze.com") for address in asked.asked] == [True]


def test_hostile_and_endless_answers_are_cut() -> None:
    """Titles that could drive a terminal are none, and 10,000 shows are no choice."""
    hostile = [show(at, f"Dune \x1b]0;{at}\x07") for at in range(1, 50)]
    shows = [*hostile, show(50, "Dune \u202e"), *(show(at, "Dune") for at in range(51, 10_000))]
    items = [item(f"Q{at}", "Dune [bold]$(id)%s") for at in range(1, 200)]
    answer = found(Providers(items, shows))
    assert len(answer.candidates) == 20 + 50
    assert {each.title for each in answer.candidates} == {"Dune", "Dune [bold]$(id)%s"}


def test_damaged_answers_are_no_more_than_failures() -> None:
    """Wherever in a search one comes."""
    for damaged in (b"", b"[]", b"null", b"1e999999", b'{"entities": 1}', b'{"search": [1, {}]}'):
        for step in range(3):
            asked = Providers([*DUNES, *PEOPLE])

            def fetch(
                request: Request,
                asked: Providers = asked,
                step: int = step,
                damaged: bytes = damaged,
            ) -> Reply:
                if len(asked.asked) == step:
                    asked.asked.append("")
                    return Answer(request.url, damaged)
                return asked.fetch(request)

            for each in search("dune", (), fetch).candidates:
                assert each.title


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ({"imdb": "tt0000001"}, {"imdb": "tt0000001"}, True),
        ({"imdb": "tt0000001"}, {"imdb": "tt0000002"}, False),
        ({"imdb": "tt0000001", "tvmaze": 1}, {"imdb": "tt0000001", "tvmaze": 2}, False),
        ({"wikidata": "Q1"}, {"tvmaze": 1}, False),
    ],
    ids=["same", "different", "conflict", "nothing in common"],
)
def test_ids_decide_what_is_joined(
    one: dict[str, str | int], other: dict[str, str | int], *, is_same: bool
) -> None:
    """A shared one, unless another differs."""
    pair = [Candidate("A", "series", tuple(ids.items())) for ids in (one, other)]
    assert len(candidates.join(pair)) == (1 if is_same else 2)


def test_film_and_series_or_seasons_are_not_joined() -> None:
    """IMDb has one id for a series and its seasons."""
    id = (("imdb", "tt0000001"),)
    both = [Candidate("A", "film", id), Candidate("A", "series", id)]
    assert len(candidates.join(both)) == 2
    both = [Candidate("A", "special", id), Candidate("A", "series", id)]
    assert [each.kind for each in candidates.join(both)] == ["special"]
    both = [Candidate("A", "series", id), Candidate("A", "season", (*id, ("wikidata", "Q1")), 1)]
    assert len(candidates.join(both)) == 2
    assert len(candidates.join([both[1], both[1]])) == 1


def test_series_without_a_year_or_people_is_found() -> None:
    """A decade is no year."""
    decade = item("Q1", "Dune", SERIES, start="202X")
    film = item("Q2", "Dune", FILM, year="202X")
    answer = found(Providers([decade, film]))
    assert [(each.year, each.people) for each in answer.candidates] == [(None, ())] * 2


def test_merged_items_come_last() -> None:
    """One that was asked for by its former id has another."""
    body = json.dumps({"entities": {"Q1": item("Q9", "New"), "Q2": item("Q2", "Two")}}).encode()
    answers = {wikidata.entities_url(["Q1", "Q2"]): body}
    found = providers.wikidata_items(
        ["Q1", "Q2"], lambda request: Answer(request.url, answers[request.url])
    )
    assert [each.track_id for each in found] == ["Q2", "Q9"]
