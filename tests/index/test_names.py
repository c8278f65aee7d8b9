"""What people type and whom or what it means: without accents, by halves, or quite wrong."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from countdown.core.release import JOBS, Release
from countdown.index import names, search, store, suggestions
from countdown.index.record import unpack
from countdown.stamps import CatalogueFiles
from tests.thorough import sample

CAST = ("cast",)

CATALOGUE = """
[[release]]
id = "spider-man-no-way-home"
title = "Spider-Man: No Way Home"
aliases = ["Homem-Aranha: Sem Volta para Casa", "蜘蛛人：無家日"]
kind = "film"
franchise = ["Marvel Cinematic Universe", "Spider-Man"]
cast = ["Tom Holland", "Zendaya", { name = "J.K. Simmons", role = "J. Jonah Jameson" }]
director = ["Jon Watts"]
synopsis = "A spell goes wrong, and visitors from other worlds come for Peter Parker."

[[release]]
id = "the-last-of-us-1"
title = "The Last of Us"
kind = "season"
season = 1
platform = ["HBO", "Max"]
cast = ["Pedro Pascal", "Bella Ramsey"]

[[release]]
id = "the-last-of-us-2"
title = "The Last of Us"
kind = "season"
season = 2
sequel_to = "the-last-of-us-1"
platform = ["HBO", "Max"]
cast = ["Pedro Pascal", "Bella Ramsey", "Isabela Merced"]

[[release]]
id = "volver"
title = "Volver"
kind = "film"
cast = ["Penélope Cruz", "Carmen Maura"]
director = ["Pedro Almodóvar"]
writer = ["Pedro Almodóvar"]

[[release]]
id = "dune-part-three"
title = "Dune: Part Three"
aliases = ["Dune Messiah", "us"]
kind = "film"
franchise = ["Dune"]
cast = ["Zendaya", "Tom Hollander", "Tom Holland Jr."]
synopsis = "The emperor of Arrakis sees the end of his own story."
"""


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    """An index of the releases above, which the tests only read."""
    path = tmp_path_factory.mktemp("names") / "catalogue.toml"
    path.write_text(f"format = 1\n{CATALOGUE}", "utf-8")
    with closing(store.connect(CatalogueFiles((str(path),)), folder=None, now=0)) as connection:
        connection.execute("PRAGMA query_only = ON")
        yield connection


def by_id_or_title(connection: sqlite3.Connection, text: str) -> list[int]:
    """The keys that a command finds for *text*."""
    exact = names.by_id_or_full_title(connection, text)
    return exact or names.by_title_words(connection, text)


def ids(connection: sqlite3.Connection, keys: Iterable[int]) -> list[str]:
    """The ids of the releases *keys*, in that order."""
    known = dict(connection.execute("SELECT key, id FROM release"))
    return [known[key] for key in keys]


# ---- People ----


@pytest.mark.parametrize(
    ("text", "jobs", "expected"),
    [
        ("Penélope Cruz", CAST, ["Penélope Cruz"]),
        ("penelope cruz", CAST, ["Penélope Cruz"]),
        ("PENELOPE", CAST, ["Penélope Cruz"]),
        ("pene cru", CAST, ["Penélope Cruz"]),
        ("cruz penelope", CAST, ["Penélope Cruz"]),
        ("  penélope\tcruz ", CAST, ["Penélope Cruz"]),
        ("Pene\u0301lope", CAST, ["Penélope Cruz"]),
        ("elope", CAST, []),
        ("pedro", CAST, ["Pedro Pascal"]),
        ("pedro", ("director", "writer"), ["Pedro Almodóvar"]),
        ("pedro", JOBS, ["Pedro Almodóvar", "Pedro Pascal"]),
        ("j.k. simmons", CAST, ["J.K. Simmons"]),
        ("J K SIMMONS", CAST, ["J.K. Simmons"]),
        ("tom holland", CAST, ["Tom Holland"]),
        ("tom hollan", CAST, ["Tom Holland", "Tom Holland Jr.", "Tom Hollander"]),
        ("tom hollander", CAST, ["Tom Hollander"]),
        ("tom holland", ("director",), []),
        ("nobody", JOBS, []),
        ("", JOBS, []),
    ],
)
def test_person_matches_the_beginnings_of_a_name(
    text: str, jobs: tuple[str, ...], expected: list[str], catalogue: sqlite3.Connection
) -> None:
    """In any case, order and accent; a name in full is only that one."""
    assert [name for _, name in names.people(catalogue, text, jobs)] == expected


def test_credits_of_a_person_are_those_of_any_job(catalogue: sqlite3.Connection) -> None:
    """Once each, with however many jobs."""
    ((key, _),) = names.people(catalogue, "almodovar", JOBS)
    assert ids(catalogue, names.credits_of(catalogue, key)) == ["volver"]


def test_releases_by_person_are_those_of_everyone_who_matches(
    catalogue: sqlite3.Connection,
) -> None:
    """A first name alone means several people."""
    assert ids(catalogue, sorted(names.by_person(catalogue, "pedro", JOBS))) == [
        *("the-last-of-us-1", "the-last-of-us-2", "volver")
    ]


# ---- Titles ----

BOTH_SEASONS = ["the-last-of-us-1", "the-last-of-us-2"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("spider-man-no-way-home", ["spider-man-no-way-home"]),
        (" volver ", ["volver"]),
        ("VOLVER", ["volver"]),
        ("Spider-Man: No Way Home", ["spider-man-no-way-home"]),
        ("spider man no way home", ["spider-man-no-way-home"]),
        ("spiderman", ["spider-man-no-way-home"]),
        ("spiderman no way", ["spider-man-no-way-home"]),
        ("way home", ["spider-man-no-way-home"]),
        ("homem aranha", ["spider-man-no-way-home"]),
        ("homemaranha", ["spider-man-no-way-home"]),
        ("sem volta para casa", ["spider-man-no-way-home"]),
        ("蜘蛛人", ["spider-man-no-way-home"]),
        ("dune messiah", ["dune-part-three"]),
        ("The Last of Us", BOTH_SEASONS),
        ("last of us", BOTH_SEASONS),
        ("the last of us, season 2", ["the-last-of-us-2"]),
        ("last us season 1", ["the-last-of-us-1"]),
        ("US", ["dune-part-three"]),
        ("the-last-of-us-2", ["the-last-of-us-2"]),
        ("the last of us 2", ["the-last-of-us-2"]),
        ("tom holland", []),
        ("emperor", []),
        ("", []),
        ("-", []),
    ],
)
def test_title_matches_by_id_else_in_full_else_by_its_words(
    text: str, expected: list[str], catalogue: sqlite3.Connection
) -> None:
    """A whole title or alias means only the releases that have it."""
    assert ids(catalogue, sorted(by_id_or_title(catalogue, text))) == expected


def test_id_comes_before_a_title_that_is_spelt_like_it(
    index: Callable[[str], sqlite3.Connection],
) -> None:
    """An id is what scripts use: it must never become ambiguous."""
    connection = index(
        '[[release]]\nid = "it"\ntitle = "It"\nkind = "film"\n'
        '[[release]]\nid = "it-1990"\ntitle = "It"\nkind = "series"\n'
    )
    assert ids(connection, by_id_or_title(connection, "it")) == ["it"]
    assert ids(connection, sorted(by_id_or_title(connection, "It"))) == ["it", "it-1990"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("us", ["dune-part-three"]),
        ("last us", BOTH_SEASONS),
        ("last us s2", ["the-last-of-us-2"]),
        ("volv", ["volver"]),
        ("part dune", ["dune-part-three"]),
        ("dune-part-three", ["dune-part-three"]),
        ("the-last-of-us-2", ["the-last-of-us-2"]),
        ("", []),
        ("***", []),
    ],
)
def test_filter_admits_every_title_that_has_the_words(
    text: str, expected: list[str], catalogue: sqlite3.Connection
) -> None:
    """Unless they are some other title in full: that means just that."""
    assert sorted(ids(catalogue, names.by_name(catalogue, "title", text))) == expected


ALIKE = """
[[release]]
id = "yuma-2007"
title = "3:10 to Yuma"
kind = "film"
date = 2007-09-06
[[release]]
id = "yuma-1957"
title = "3:10 to Yuma"
kind = "film"
date = 1957-08-07
[[release]]
id = "it"
title = "It"
kind = "film"
date = "2027"
platform = ["AMC+"]
franchise = ["G.I. Joe", "Fast & Furious"]
cast = ["Bong Joon-ho", "J.J. Abrams", "柊瑠美"]
[[release]]
id = "italian"
title = "The Italian Job 2"
kind = "film"
platform = ["AMC"]
franchise = ["Alien Nation"]
[[release]]
id = "items"
title = "Items of Love"
kind = "film"
platform = ["AMC Networks", "HBO Max"]
franchise = ["Alien", "Spider-Verse"]
[[release]]
id = "chihiro"
title = "千と千尋の神隠し"
aliases = ["$", "Deadpool & Wolverine", "WALL·E", "A Quiet Place Part II"]
kind = "film"
[[release]]
id = "papa"
title = "パパ"
kind = "film"
[[release]]
id = "haha"
title = "ハハ"
kind = "film"
[[release]]
id = "blade"
title = "Blade Runner 2049"
kind = "film"
stage = "cancelled"
date = 2017-10-05
"""


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        ("title", "It", ["it"]),
        ("title", "ite", ["items"]),
        ("title", "3:10 to Yuma", ["yuma-1957", "yuma-2007"]),
        ("title", "310 to yuma", ["yuma-1957", "yuma-2007"]),
        ("title", "3:10 to Yuma (2007)", ["yuma-2007"]),
        ("title", "3:10 to Yuma 1957", ["yuma-1957"]),
        ("title", "yuma 1957", ["yuma-1957"]),
        ("title", "yuma 1958", []),
        ("title", "yuma 0000", []),
        ("title", "yuma-1957", ["yuma-1957"]),
        ("title", "2027", []),
        ("title", "It 2027", ["it"]),
        ("title", "Blade Runner 2049", ["blade"]),
        ("title", "Deadpool and Wolverine", ["chihiro"]),
        ("title", "walle", ["chihiro"]),
        ("title", "a quiet place 2", ["chihiro"]),
        ("title", "A Quiet Place Part 2", ["chihiro"]),
        ("title", "$", ["chihiro"]),
        ("title", "$$", []),
        ("title", "千尋", ["chihiro"]),
        ("title", "尋千", []),
        ("title", "パパ", ["papa"]),
        ("title", "ハハ", ["haha"]),
        ("person", "Bong Joonho", ["it"]),
        ("person", "bong joon ho", ["it"]),
        ("person", "JJ Abrams", ["it"]),
        ("person", "瑠美", ["it"]),
        ("director", "瑠美", []),
        ("person", "美瑠", []),
        ("platform", "AMC", ["italian"]),
        ("platform", "AMC+", ["it"]),
        ("platform", "amc plus", ["it"]),
        ("platform", "am", ["it", "italian", "items"]),
        ("platform", "max", ["items"]),
        ("platform", "hm", ["items"]),
        ("franchise", "Alien", ["items"]),
        ("franchise", "ali", ["italian", "items"]),
        ("franchise", "spiderverse", ["items"]),
        ("franchise", "gi joe", ["it"]),
        ("franchise", "G I Joe", ["it"]),
        ("franchise", "FF", ["it"]),
        ("franchise", "fast and furious", ["it"]),
        ("franchise", "s", ["items"]),
    ],
)
def test_name_in_full_means_just_that(
    kind: str, text: str, expected: list[str], index_once: Callable[[str], sqlite3.Connection]
) -> None:
    """Else nothing that can be typed would mean the film It, or AMC+; and as people type it."""
    connection = index_once(ALIKE)
    found = {*names.by_name(connection, kind, text)}
    assert sorted(ids(connection, found)) == sorted(expected)


# ---- Franchises and platforms ----


@pytest.mark.parametrize(
    ("text", "sort", "expected"),
    [
        ("Marvel Cinematic Universe", "franchise", ["spider-man-no-way-home"]),
        ("marvel", "franchise", ["spider-man-no-way-home"]),
        ("universe", "franchise", ["spider-man-no-way-home"]),
        ("cinematic uni", "franchise", ["spider-man-no-way-home"]),
        ("MCU", "franchise", ["spider-man-no-way-home"]),
        ("mc", "franchise", []),
        ("arvel", "franchise", []),
        ("dune", "franchise", ["dune-part-three"]),
        ("dune", "platform", []),
        ("hbo", "platform", BOTH_SEASONS),
        ("HB", "platform", BOTH_SEASONS),
        ("", "platform", []),
        ("+", "platform", []),
    ],
)
def test_label_matches_by_its_beginning_or_its_initials(
    text: str, sort: str, expected: list[str], catalogue: sqlite3.Connection
) -> None:
    """Of any of its words; and a platform is no franchise."""
    assert ids(catalogue, sorted(set(names.by_label(catalogue, text, sort)))) == expected


def test_initials_are_those_with_and_without_and(
    index: Callable[[str], sqlite3.Connection],
) -> None:
    """As people write them."""
    connection = index(
        '[[release]]\nid = "r"\ntitle = "A"\nkind = "film"\nfranchise = ["Fast and Furious"]\n'
    )
    found = {text: [*names.by_label(connection, text, "franchise")] for text in ("FaF", "ff", "fa")}
    assert {text for text, keys in found.items() if keys} == {"FaF", "ff", "fa"}


# ---- Search ----


def found_ids(connection: sqlite3.Connection, text: str) -> list[str]:
    """The ids of the releases that a search for *text* finds, the best match first."""
    return [id for keys in search.rank(connection, text) for id in ids(connection, keys)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("dune", ["dune-part-three"]),
        ("hbo", BOTH_SEASONS),
        ("無家", ["spider-man-no-way-home"]),
        ("家日", ["spider-man-no-way-home"]),
        ("家無", []),
        ("spiderman", ["spider-man-no-way-home"]),
        ("jk simmons", ["spider-man-no-way-home"]),
        ("zendaya spider", ["spider-man-no-way-home"]),
        ("almodovar", ["volver"]),
        ("arrakis", ["dune-part-three"]),
        ("peter parker", ["spider-man-no-way-home"]),
        ("cinematic", ["spider-man-no-way-home"]),
        ("isabela", ["the-last-of-us-2"]),
        ("volver xyzzy", ["volver"]),
        ("xyzzy", []),
        ("", []),
        ("!?", []),
    ],
)
def test_search_finds_words_wherever_they_stand(
    text: str, expected: list[str], catalogue: sqlite3.Connection
) -> None:
    """In titles, people, franchises and synopses; if all words are nowhere, then any."""
    assert found_ids(catalogue, text) == expected


def test_search_ranks_titles_before_people_franchises_and_synopses(
    index: Callable[[str], sqlite3.Connection],
) -> None:
    """In each, the whole word before the beginning of one; the file has the opposite order."""
    places = (
        'synopsis = "Jordanna"\ntitle = "Film"',
        'synopsis = "Jordan"\ntitle = "Film"',
        'franchise = ["Jordanna"]\ntitle = "Film"',
        'franchise = ["Jordan"]\ntitle = "Film"',
        'cast = ["Jordanna"]\ntitle = "Film"',
        'cast = ["Jordan"]\ntitle = "Film"',
        'title = "Jordanna"',
        'title = "Jordan"',
    )
    tables = [f'[[release]]\nid = "r{n}"\nkind = "film"\n{place}' for n, place in enumerate(places)]
    found = found_ids(index("\n".join(tables)), "jordan")
    assert found == [f"r{n}" for n in range(7, -1, -1)]


def test_search_puts_a_title_in_full_first(
    index: Callable[[str], sqlite3.Connection],
) -> None:
    """However often another release repeats the word."""
    connection = index(
        '[[release]]\nid = "r0"\ntitle = "Dune Dune"\nkind = "film"\nfranchise = ["Dune"]\n'
        '[[release]]\nid = "r1"\ntitle = "Dune"\naliases = ["Another long title"]\nkind = "film"\n'
    )
    assert found_ids(connection, "dune") == ["r1", "r0"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("joe", ["whole", "begins"]),  # a whole word before the beginning of one
        ("g i joe", ["whole"]),
        ("the moon zzz", ["rare", "b", "c"]),  # a rare word before a frequent one
        ("bong joonho", ["rare"]),
        ("joonho", ["rare"]),
        ("bong joon-ho", ["rare"]),
        ("part 2", ["b"]),
        ("魔女", ["c"]),
        ("の宅", ["c"]),
        ("ジブリ", ["begins"]),
        ("$", ["signs"]),
    ],
)
def test_search_weighs_words(
    text: str, expected: list[str], index: Callable[[str], sqlite3.Connection]
) -> None:
    """And finds them however they are spelt, in any script."""
    facts = {
        "begins": 'title = "Joely"\nsynopsis = "スタジオジブリの映画。"',
        "whole": 'title = "G.I. Joe"',
        "b": 'title = "The Story, Part II"',
        "c": 'title = "The 魔女の宅急便"',
        "rare": 'title = "Moon"\ndirector = ["Bong Joon-ho"]',
        "signs": 'title = "$"',
    }
    tables = (f'[[release]]\nid = "{id}"\nkind = "film"\n{fact}' for id, fact in facts.items())
    assert found_ids(index("\n".join(tables)), text) == expected


def test_search_leaves_matches_of_one_rank_in_the_order_of_the_file(
    index: Callable[[str], sqlite3.Connection],
) -> None:
    """So that the same search always reads the same."""
    connection = index(
        "".join(f'[[release]]\nid = "r{n}"\ntitle = "Film"\nkind = "film"\n' for n in range(9))
    )
    assert found_ids(connection, "film") == [f"r{n}" for n in range(9)]


# ---- What comes before and after ----


def test_links_lead_both_ways_along_a_story(catalogue: sqlite3.Connection) -> None:
    """By name, with the season; a release without either has none."""
    known: dict[str, Release] = {
        identity: unpack(record)
        for identity, record in catalogue.execute("SELECT id, record FROM release")
    }
    found = {identity: suggestions.links(catalogue, release) for identity, release in known.items()}
    assert {identity: links for identity, links in found.items() if links} == {
        "the-last-of-us-1": [("Followed by", "The Last of Us, season 2")],
        "the-last-of-us-2": [("Sequel to", "The Last of Us, season 1")],
    }


# ---- Suggestions ----


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Penelope Kruz", "Penélope Cruz"),
        ("Penelpe Cruz", "Penélope Cruz"),
        ("zendeya", "Zendaya"),
        ("pasqal", "Pedro Pascal"),
        ("Almodovra", "Pedro Almodóvar"),
        ("ramsay", "Bella Ramsey"),
    ],
)
def test_nearest_people_are_suggested_as_they_write_themselves(
    text: str, expected: str, catalogue: sqlite3.Connection
) -> None:
    """The whole name a letter off, or one word of it."""
    assert suggestions.nearest_people(catalogue, text)[0] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("volvre", "Volver"),
        ("dune mesiah", "Dune Messiah"),
        ("the lust of us", "The Last of Us"),
        ("aranya", "Homem-Aranha: Sem Volta para Casa"),
    ],
)
def test_nearest_titles_are_suggested_as_they_are_written(
    text: str, expected: str, catalogue: sqlite3.Connection
) -> None:
    """Aliases too."""
    assert suggestions.nearest_titles(catalogue, text)[0] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("marvel cinematik univers", "Marvel Cinematic Universe"),
        ("CINEMATIK", "Marvel Cinematic Universe"),
        ("Spyder-Man", "Spider-Man"),
    ],
)
def test_nearest_labels_are_suggested_as_they_are_written(
    text: str, expected: str, catalogue: sqlite3.Connection
) -> None:
    """By one word too, however it is typed."""
    assert suggestions.nearest_labels(catalogue, text, "franchise")[0] == expected


@pytest.mark.parametrize("text", ["spiderman bond", "spider-man bond", "bondd", "spidermann"])
def test_titles_with_hyphens_are_suggested_once_each(
    text: str, index: Callable[[str], sqlite3.Connection]
) -> None:
    """As the catalogue writes them, and three of them, though each is there in two spellings."""
    titles = ["Spider-Man Bond", "Spider-Man Bonds", "Spider-Man Bonda"]
    tables = [
        f'[[release]]\nid = "{n}"\ntitle = "{t}"\nkind = "film"\n' for n, t in enumerate(titles)
    ]
    assert sorted(suggestions.nearest_titles(index("\n".join(tables)), text)) == sorted(titles)
    assert suggestions.nearest_titles(index(tables[0]), text) == titles[:1]


@pytest.mark.parametrize("text", ["", "***", "qqqqqq"])
def test_nothing_is_suggested_for_what_is_like_nothing(
    text: str, catalogue: sqlite3.Connection
) -> None:
    """Rather than a far-fetched name."""
    assert suggestions.nearest_people(catalogue, text) == []
    assert suggestions.nearest_titles(catalogue, text) == []


def test_longer_text_is_like_a_name_up_to_three_quarters(
    index: Callable[[str], sqlite3.Connection],
) -> None:
    """Of their letters together: six of the name, twice, and four that it lacks."""
    connection = index('[[release]]\nid = "a"\ntitle = "Abcdef"\nkind = "film"\n')
    assert suggestions.nearest_titles(connection, "abcdefwxyz") == ["Abcdef"]
    assert suggestions.nearest_titles(connection, "abcdefvwxyz") == []


def test_at_most_three_different_names_are_suggested(
    index: Callable[[str], sqlite3.Connection],
) -> None:
    """A hint is one line."""
    cast = ", ".join(f'"Anna Smith{letter}"' for letter in "abcdefgh")
    connection = index(f'[[release]]\nid = "a"\ntitle = "A"\nkind = "film"\ncast = [{cast}]\n')
    for text in ("anna smithx", "smithx"):
        found = suggestions.nearest_people(connection, text)
        assert len(found) == len(set(found)) == 3


# ---- Whatever is typed ----


def everything(connection: sqlite3.Connection, text: str) -> dict[str, Any]:
    """The answers of every lookup for *text*."""
    return {
        "people": names.people(connection, text, JOBS),
        "credited": list(names.by_person(connection, text, JOBS)),
        "titled": by_id_or_title(connection, text),
        "entitled": names.by_title(connection, text),
        "franchise": list(names.by_label(connection, text, "franchise")),
        "platform": list(names.by_label(connection, text, "platform")),
        "searched": search.rank(connection, text),
        "nearest_people": suggestions.nearest_people(connection, text),
        "nearest_titles": suggestions.nearest_titles(connection, text),
    }


NOTHING: dict[str, Any] = {
    "people": [],
    "credited": [],
    "titled": [],
    "entitled": [],
    "franchise": [],
    "platform": [],
    "searched": [],
    "nearest_people": [],
    "nearest_titles": [],
}


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "\t\n", "***", "*", '"', '""', "'", "''", "(", ")", "()", "^", ":", "+", "-"),
        *("{", "--", ";", "%", "_", "\\", "\0", "\0\0", "\x1f", "\x7f", "\u200b", "\u202e"),
        *("\ufeff", "\udcff", "\ud800", "\u0301", "\U000e0001", "🎬", "¿?", "…", "()*\"'"),
    ],
)
def test_text_without_a_letter_means_nothing(text: str, catalogue: sqlite3.Connection) -> None:
    """It is no error, and it is not everything either."""
    assert everything(catalogue, text) == NOTHING


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ('"dune" OR volver NOT c*', "dune or volver not c"),
        ("dune AND volver", "dune and volver"),
        ("NEAR(dune volver, 2)", "near dune volver 2"),
        ("titles:dune", "titles dune"),
        ("{titles people}:dune", "titles people dune"),
        ("^dune*", "dune"),
        ("dune + part", "dune part"),
        ('du"ne', "du ne"),
        ("du\0ne", "du ne"),
        ("dune'; DROP TABLE release; --", "dune drop table release"),
        ("dune%", "dune"),
        ("volver\udcff", "volver"),
        ("\u202evolver", "volver"),
    ],
)
def test_operators_and_signs_are_only_text(
    text: str, plain: str, catalogue: sqlite3.Connection
) -> None:
    """Characters that are syntax to FTS5 or SQL mean no more than a space."""
    assert everything(catalogue, text) == everything(catalogue, plain)


@pytest.mark.parametrize(
    "text",
    [
        "dune " * 20_000,
        " ".join(f"word{n}" for n in range(sample(500, of=2_000))),
        "x" * sample(100_000, of=1_000_000),
        "é" * 10_000,
        '"' * 100_000 + "dune",
    ],
    ids=["one word often", "many words", "a long word", "accents", "quotes"],
)
def test_very_long_text_is_no_error(text: str, catalogue: sqlite3.Connection) -> None:
    """A pasted page is answered like anything else."""
    wanted = ["dune-part-three"] if "dune" in text else []
    assert found_ids(catalogue, text) == wanted
    assert everything(catalogue, text).keys() == NOTHING.keys()


@given(text=st.text(st.characters(), max_size=12))  # lone surrogates among them
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])  # It is only read.
def test_no_text_is_an_error(text: str, catalogue: sqlite3.Connection) -> None:
    """Not even letters younger than the Unicode tables of SQLite."""
    found = everything(catalogue, text)
    assert set(found["people"]) <= set(catalogue.execute("SELECT key, name FROM person"))


@pytest.mark.parametrize("letter", ["\u19b0", "\u1cf2", "\U0001e900", "家"])
def test_letter_is_one_whatever_sqlite_thinks_of_it(
    letter: str, index: Callable[[str], sqlite3.Connection]
) -> None:
    """Its tables of Unicode and Python's are of different years: words must not fall apart."""
    connection = index(
        f'[[release]]\nid = "a"\ntitle = "x{letter}yz and more"\ncast = ["{letter}"]\n'
        'kind = "film"\n'
        '[[release]]\nid = "b"\ntitle = "X and more"\nkind = "film"\n'
    )
    assert ids(connection, by_id_or_title(connection, f"x{letter}y more")) == ["a"]
    assert found_ids(connection, f"x{letter}y") == ["a"]
    assert [name for _, name in names.people(connection, letter, CAST)] == [letter]
    assert everything(connection, f"y{letter}x")["searched"] == []
