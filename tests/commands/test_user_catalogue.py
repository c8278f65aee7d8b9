"""`add`, `edit ID`, `remove`, `hide`, `undo`: the user's own catalogue, changed in places.

It is applied over a small catalogue in place of the shipped one. It is the evening of 22 November
2026.
"""

import json
import os
import re
import sys
from pathlib import Path
from typing import Final

import click
import pytest
import tomli

from countdown import errors, paths
from countdown.cli.group import root
from countdown.toml import edit
from tests.cli.shelf import MINE, SHIPPED, Shelf

# ---- add ----


def test_the_first_release_makes_the_file(shelf: Shelf) -> None:
    """With the format on top, and nothing that was not said but what kind it is."""
    ran = shelf.ran("add", "Extraction", "4", "--date", "Q4 2027", "--platform", "Netflix")
    assert ran == (0, "Added Extraction 4 (extraction-4): Q4 2027 · 13 months\n", "")
    assert shelf.text == (
        'format = 2\n\n[[release]]\nid = "extraction-4"\ntitle = "Extraction 4"\nkind = "film"\n'
        'platform = ["Netflix"]\ndate = "2027-36"\n'
    )
    assert "Extraction 4" in shelf.ran("show", "Extraction 4").out.splitlines()[0]


@pytest.mark.parametrize(
    ("title", "id"),
    [
        ("Amélie", "amelie"),
        ("Łódź: Über ŒUVRE", "lodz-uber-oeuvre"),
        ('He said "hi"', "he-said-hi"),
        ("C:\\new\\table", "c-new-table"),
        ("My Cousin's Short", "my-cousins-short"),
        ("$(touch x) `id` %F{red}", "touch-x-id-f-red"),
        ("[bold red]Thor[/] :smile:", "bold-red-thor-smile"),
        ("雷神 Thor", "thor"),
        ("'''\"\"\"9\"\"\"'''", "9"),
        ("# [[release]]", "release"),
    ],
)
def test_any_title_is_kept_as_typed_and_makes_an_id(shelf: Shelf, title: str, id: str) -> None:
    """Accents, quotes, backslashes, what shells and rich would read: all of it is text."""
    ran = shelf.ran("add", title)
    assert ran.out == f"Added {title} ({id}): no date announced\n"
    assert shelf.last == {"id": id, "title": title, "kind": "film"}


def test_a_season_is_part_of_the_id(shelf: Shelf) -> None:
    """Each season of a series is a release."""
    shelf.ran("add", "Andor", "--kind", "season", "--season", "3")
    assert shelf.last == {"id": "andor-season-3", "title": "Andor", "kind": "season", "season": 3}


def test_types_and_providers_are_known_by_other_words(shelf: Shelf) -> None:
    """As kinds and stages are, also in a date and an id."""
    words = ("--date", "BR/cinema=2027-01-01", "--date", "US/DVD=2027-02-01", "--ids", "TMDB=5")
    shelf.ran("add", "New", *words)
    assert [row["type"] for row in shelf.last["dates"]] == ["theatrical", "physical"]
    assert shelf.last["ids"] == {"tmdb": 5}
    shelf.ran("edit", "new", "--stage-note", "On Crete.")
    shelf.ran("edit", "new", "--unset", "stage-note")
    assert "stage_note" not in shelf.last
    assert 'Did you mean "stage_note"?' in shelf.refused("edit", "new", "--unset", "stage_not")


@pytest.mark.parametrize(
    ("words", "id"),
    [
        ("Ну, погоди! 2", "nu-pogodi-2"),
        ("Война и мир", "voina-i-mir"),
        ("Щедрик їжак", "shchedrik-izhak"),
        ("Ψυχή", "psychi"),
        ("기생충 2", "gisaengchung-2"),
        ("となりのトトロ", "tonarinototoro"),
        ("スター", "suta"),
        ("雷神", "film-dade83"),
        ("雷神 2", "film-2-7366f1"),
        ("雷神 --date 2027-06-11", "film-dade83"),
        ("雷神 --kind series", "series-dade83"),
        ("雷神 --kind season --season 2", "season-dade83-season-2"),
        ("雷神 Thor", "thor"),
        ("मिशन ٣", "film-3-0ce561"),
        ("😍", "film-627414"),
        ("$", "film-f64aa0"),
        ("1917", "1917"),
        ("Short", "short-2"),  # the id of another title
        ("Short --date 2028", "short-2028"),
        ("Dune 3", "dune-3-2"),
    ],
)
def test_a_title_in_any_script_makes_an_id_of_its_own(mine: Shelf, words: str, id: str) -> None:
    """It can be typed anywhere, and is never that of another release, shipped or not."""
    mine.ran("add", *words.split())
    assert mine.last["id"] == id


def test_titles_without_a_latin_spelling_have_different_ids(shelf: Shelf) -> None:
    """However many there are, with and without a date; the same title is not added twice."""
    for title, *date in (
        ("千尋",),
        ("雷神",),
        ("神隠",),
        ("城", "--date", "2027"),
        ("崖", "--date", "2027"),
    ):
        shelf.ran("add", title, *date)
    assert len({release["id"] for release in shelf.releases}) == 5
    for title, *date in (("神隠",), ("城", "--date", "2027")):
        assert "To change it: countdown edit film-" in shelf.refused("add", title, *date)


@pytest.mark.parametrize(
    ("words", "id"),
    [
        *(((title,), "thor-5") for title in ("Thor 5", "thor-5", "THOR: 5")),
        (("Thor 5", "--id", "another"), "thor-5"),
        (("Thor 5", "--date", "BR=2027-05-06"), "thor-5"),
        (("Dune Messiah",), "dune-3"),
        (("Thor 6", "--date", "2031"), "thor-6"),  # It may be the date that is still missing.
        (("Mein Film",), "short"),
        (("Short Cut", "--kind", "season", "--season", "2"), "long"),
    ],
)
def test_a_title_that_is_there_is_not_added_again(
    mine: Shelf, words: tuple[str, ...], id: str
) -> None:
    """Neither of a shipped release nor of one's own, under any id; how to go on is said."""
    mine.ran("edit", "short", "--title-in", "de=Mein Film")
    mine.ran("edit", "long", "--alias", "Short Cut", "--kind", "season", "--season", "2")
    message = mine.refused("add", *words)
    assert message.startswith("There's already \"")
    assert f"({id}). To change it: countdown edit {id}\n" in message
    assert message.endswith("give --date in another year, --season or --kind.\n")


def test_a_year_from_before_a_move_is_no_other_one(mine: Shelf) -> None:
    """Who doesn't know of the delay means the same release."""
    mine.ran("edit", "thor-5", "--date", "2029")
    for year in ("2027", "2029"):
        assert "(thor-5)" in mine.refused("add", "Thor 5", "--date", year)
    mine.ran("add", "Thor 5", "--date", "2028")


def test_a_hidden_title_is_there(mine: Shelf) -> None:
    """No list has it, so that is said."""
    mine.ran("hide", "thor-5")
    assert "It's hidden. To see it: countdown unhide thor-5\n" in mine.refused("add", "Thor 5")


@pytest.mark.parametrize(
    ("words", "id", "said"),
    [
        (("--date", "2031"), "thor-5-2031", True),
        (("--date", "2031", "--id", "remake"), "remake", True),
        (("--kind", "series"), "thor-5-2", False),
        (("--season", "2"), "thor-5-season-2", False),
    ],
)
def test_another_year_season_or_kind_is_another_release(
    mine: Shelf, words: tuple[str, ...], id: str, said: bool
) -> None:
    """One of another year may have been meant, so it is mentioned."""
    ran = mine.ran("add", "Thor 5", *words)
    assert mine.last["id"] == id
    mention = 'There\'s already "Thor 5" (thor-5). To change it: countdown edit thor-5\n'
    assert ran.err.count(mention) == said
    other = mine.run("add", "Thor 5", "--season", "3")
    assert (other.code, mine.last["id"]) == (0, "thor-5-season-3")
    mine.refused("add", "Thor 5", "--season", "3")


def test_adding_changes_nothing_that_stands_there(mine: Shelf) -> None:
    """Not even that the last line has no end."""
    mine.ran("add", "New")
    added = '\n\n[[release]]\nid = "new"\ntitle = "New"\nkind = "film"\n'
    assert mine.text == f"{MINE}{added}"


def test_every_fact_has_an_option(shelf: Shelf) -> None:
    """And each is written as the shipped catalogue writes it."""
    shelf.ran(
        *("add", "All", "--id", "all", "--kind", "season", "--season", "2", "--alias", "Tudo"),
        *("--alias", "Alles", "--title-in", "PT-br=Tudo = nada", "--title-in", "de=Alles"),
        *("--date", "US/theatrical=2027-06-11", "--date", "BR=2027-07"),
        *("--date", "/streaming=Q4 2027", "--date", "2028", "--stage", "filming"),
        *("--stage-since", "2026-10", "--stage-note", "In Rome.", "--expected", "2029"),
        *("--cast", "Zendaya as Chani", "--cast", "A B", "--cast", "C as D as E"),
        *("--director", "D1", "--director", "D2", "--writer", "W", "--creator", "C"),
        *("--platform", "Max", "--distributor", "WB", "--studio", "Legendary"),
        *("--country", "uk, Brasil", "--country", "US"),
        *("--franchise", "Dune", "--sequel-to", "dune-3", "--synopsis", "Sand."),
        *("--source", "https://x.y", "--checked", "2026-11-01", "--unverified", "stage"),
        *("--ids", "imdb=tt0000001", "--ids", "tmdb=42"),
    )
    day = tomli.loads("day = 2027-06-11\nother = 2026-11-01")
    assert shelf.last == {
        "id": "all",
        "title": "All",
        "kind": "season",
        "season": 2,
        "aliases": ["Tudo", "Alles"],
        "titles": {"pt-BR": "Tudo = nada", "de": "Alles"},
        "dates": [
            {"region": "US", "type": "theatrical", "date": day["day"]},
            {"region": "BR", "date": "2027-07"},
            {"type": "streaming", "date": "2027-36"},
            {"date": "2028"},
        ],
        "stage": "filming",
        "stage_since": "2026-10",
        "stage_note": "In Rome.",
        "expected": "2029",
        "cast": [
            {"name": "Zendaya", "role": "Chani"},
            "A B",
            {"name": "C", "role": "D as E"},
        ],
        "director": ["D1", "D2"],
        "writer": ["W"],
        "creator": ["C"],
        "platform": ["Max"],
        "distributor": ["WB"],
        "studio": ["Legendary"],
        "country": ["GB", "BR", "US"],
        "franchise": ["Dune"],
        "sequel_to": "dune-3",
        "synopsis": "Sand.",
        "sources": ["https://x.y"],
        "checked": day["other"],
        "unverified": ["stage"],
        "ids": {"imdb": "tt0000001", "tmdb": 42},
    }


@pytest.mark.parametrize(
    ("words", "written"),
    [
        ("2027-06-11", "2027-06-11"),
        ("11 June 2027", "2027-06-11"),
        ("20270611", "2027-06-11"),
        ("2027-06-11T20:00:00-03:00", '"2027-06-11T23:00:00Z"'),
        ("early June 2027", '"2027-06-01/2027-06-10"'),
    ],
)
def test_a_day_is_written_as_a_day_and_all_else_in_quotes(
    shelf: Shelf, words: str, written: str
) -> None:
    """Whatever Python reads as a day."""
    shelf.ran("add", "New", "--date", words)
    assert f"\ndate = {written}\n" in shelf.text


def test_a_source_dates_the_facts(shelf: Shelf) -> None:
    """Naming a source means that the facts were checked today."""
    shelf.ran("add", "New", "--source", "https://x.y")
    assert str(shelf.last["checked"]) == "2026-11-22"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--date", "2027-02-30"), '--date: "2027-02-30": February 2027 has only 28 days'),
        (("--date", "soon"), '--date: "soon": Can\'t read that as a date. Write one like'),
        (("--date", "2027-W23"), '--date: "2027-W23": Can\'t read that as a date'),
        (("--date", "2027-W23-5"), '--date: "2027-W23-5": Can\'t read that as a date'),
        (
            ("--date", "7/4/2027"),
            '--date: "7/4/2027": That can be 7 April or 4 July. Write 2027-04',
        ),
        (("--date", ""), "--date can't be empty"),
        (("--date", "bx=2027"), '--date: region: "bx" isn\'t a region. Write two letters'),
        (
            ("--date", "Brazl=2027"),
            '--date: region: "Brazl" isn\'t a region. Did you mean "Brazil"',
        ),
        (("--date", "BR/opera=2027"), '--date: type: Unknown value "opera"'),
        (("--date", "=2027"), '--date: Write one like "Q4 2027", BR=2027-12-16 or'),
        (
            ("--date", "2027", "--date", "2028"),
            "--date: There can be only one worldwide date. Write BR=",
        ),
        (
            ("--date", "BR=2027", "--date", "BR=2028"),
            "--date: There's already a date for BR, no type. If it",
        ),
        (("--cast", " as Thor"), "--cast: name: Can't be empty. Write one."),
        (("--cast", ""), "--cast can't be empty. Leave it out"),
        (("--cast", "a\x1b[2J"), "--cast has the control character \\x1b. Remove it"),
        (("--synopsis", "two\nlines"), "--synopsis has the control character \\x0a. Remove it"),
        (("--season", "two"), "--season should be a whole number"),
        (("--season", "-1"), "--season should be 0 or more"),
        (("--season", "²"), "--season should be a whole number"),
        (("--season", str(2**63)), "--season is too large a number"),
        (("--season", "9" * 5000), "--season is too large a number"),
        (("--source", "my news"), '--source: "my news" isn\'t a web address. Write "https:'),
        (("--source", "ftp://x.y"), '--source: "ftp://x.y" isn\'t a web address'),
        (("--source", "https://a b"), '--source: "https://a b" isn\'t a web address'),
        (("--checked", "soon"), '--checked: "soon": Can\'t read that'),
        (("--expected", "soon"), '--expected: "soon": Can\'t read that'),
        (("--stage-since", "soon"), '--stage-since: "soon": Can\'t read that'),
        (("--stage-note", " "), "--stage-note can't be empty"),
        (("--sequel-to", "Thor 5"), '--sequel-to: "Thor 5" isn\'t a valid id. Use a-z, 0-9 and -'),
        (("--unverified", "roles"), '--unverified: Unknown key "roles". Did you mean'),
        (("--ids", "imdb"), "--ids: Write one like imdb=tt1375666, with wikidata, imdb, tmdb"),
        (("--ids", "imbd=tt1"), "--ids: Write one like imdb=tt1375666"),
        (("--ids", "imdb="), "--ids: imdb: Can't be empty"),
        (("--id", "Bad Id"), '--id: "Bad Id" isn\'t a valid id. Use a-z, 0-9 and -'),
    ],
)
def test_problem_is_reported_with_its_option(
    shelf: Shelf, words: tuple[str, ...], message: str
) -> None:
    """In the checker's own words, with its hint, and without a line of a file."""
    assert shelf.refused("add", "New", *words).startswith(message)


@pytest.mark.parametrize(
    ("words", "key", "choice"),
    [
        (("--kind", "movie"), "kind", "film"),
        (("--kind", "TV show"), "kind", "series"),
        (("--stage", "shooting"), "stage", "filming"),
        (("--stage", "Post Production"), "stage", "post-production"),
        (("--stage", "canceled"), "stage", "cancelled"),
    ],
)
def test_other_words_for_a_choice_are_understood(
    shelf: Shelf, words: tuple[str, ...], key: str, choice: str
) -> None:
    """As people type them."""
    shelf.ran("add", "New", *words)
    assert shelf.last[key] == choice


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Zendaya, Tom Holland", ["Zendaya", "Tom Holland"]),
        ("zendaya,tom holland", ["Zendaya", "tom holland"]),
        ("ZENDAYA", ["ZENDAYA"]),
        ("Robert Downey, Jr., Zendaya,", ["Robert Downey, Jr.", "Zendaya"]),
        ("Zendaya, Robert Downey, Jr.", ["Zendaya", "Robert Downey, Jr."]),
        (",", None),
        ("A, one of the many people in it", ["A, one of the many people in it"]),
        ("A as B, C", [{"name": "A", "role": "B"}, "C"]),
        ("A, !", ["A, !"]),
        ("zendaya as chani", [{"name": "Zendaya", "role": "chani"}]),
    ],
)
def test_comma_list_is_split_where_its_parts_look_like_names(
    shelf: Shelf, text: str, names: list[object] | None
) -> None:
    """Names in lower case are spelt as other releases spell them."""
    if names is None:
        names = [text]
    shelf.ran("add", "New", "--cast", text)
    assert shelf.last["cast"] == names


def test_known_names_are_spelt_as_they_are_known(shelf: Shelf) -> None:
    """Of a kind: a studio is no person; and what is added twice is there once."""
    shelf.ran("add", "New", "--platform", "max", "--studio", "max", "--franchise", "zendaya")
    assert [shelf.last[key] for key in ("platform", "studio", "franchise")] == [
        *(["Max"], ["Max"], ["zendaya"]),
    ]
    shelf.ran("edit", "dune-3", "--cast", "+zendaya, anya", "--writer", "zendaya")
    assert (shelf.last["cast"], shelf.last["writer"]) == (["Zendaya", "anya"], ["Zendaya"])
    shelf.ran("edit", "dune-3", "--distributor", "max")
    assert shelf.releases[-1]["distributor"] == ["Max"]
    shelf.ran("add", "Newer", "--franchise", "Dune Saga")
    shelf.ran("add", "Newest", "--franchise", "dune saga")
    assert shelf.last["franchise"] == ["Dune Saga"]


@pytest.mark.parametrize("words", [("--kind", "opera"), ("--stage", "filmed")])
def test_a_word_of_a_list_is_one_of_the_list(shelf: Shelf, words: tuple[str, ...]) -> None:
    """Click names those there are."""
    message = shelf.refused("add", "New", *words)
    assert "Unknown" in message
    assert "Choose " in message or "Did you mean " in message


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--checked", "2099-01-01"), "--checked: 2099-01-01 is in the future. Is that right?\n"),
        (
            ("--stage", "wrapped", "--stage-since", "2030"),
            "--stage-since: 2030 is in the future. Is that right?\n",
        ),
        (("--stage", "filming", "--stage-since", "2030"), ""),  # It may be planned.
        (("--stage", "wrapped", "--stage-since", "2026"), ""),
        (("--checked", "2026-11-23"), ""),  # It is that day in the east already.
        (("--checked", "2026-11-24"), "--checked: 2026-11-24 is in the future. Is that right?\n"),
    ],
)
def test_day_that_must_have_passed_is_questioned(
    shelf: Shelf, words: tuple[str, ...], told: str
) -> None:
    """It is written all the same."""
    assert shelf.run("add", "New", *words).err == told
    assert shelf.run("edit", "thor-6", *words).err == told
    assert shelf.last["id"] == "thor-6"


def test_announcement_in_the_future_is_questioned(shelf: Shelf) -> None:
    """It can't have been read yet."""
    words = ("thor-5", "--date", "2028", "--announced", "2099-01-01")
    assert "--announced: 2099-01-01 is in the future." in shelf.run("edit", *words).err


def test_source_without_https_is_read_as_in_a_file(shelf: Shelf) -> None:
    """As people copy them from an address bar."""
    shelf.ran("add", "New", "--source", "www.example.org/x", "--source", "HTTPS://a.b/C")
    assert shelf.last["sources"] == ["https://www.example.org/x", "https://a.b/C"]
    shelf.ran("edit", "new", "--source", "example.org")
    assert shelf.last["sources"][-1] == "https://example.org"


def test_role_may_be_a_letter_or_a_job(shelf: Shelf) -> None:
    """Without a role, only the name is written; in brackets, a numeral belongs to the name."""
    names = ("Hugo Weaving as V", "Ken as Director", "Jo as ", "Ana (II)")
    shelf.ran("add", "New", *(word for name in names for word in ("--cast", name)))
    assert shelf.last["cast"] == [
        {"name": "Hugo Weaving", "role": "V"},
        {"name": "Ken", "role": "Director"},
        *("Jo", "Ana (II)"),
    ]


def test_all_problems_are_reported_together(shelf: Shelf) -> None:
    """A line for each option."""
    message = shelf.refused("add", "New", "--stage-note", "", "--season", "x", "--source", "y")
    assert [line.partition(" ")[0].rstrip(":") for line in message.splitlines()] == [
        *("--season", "--stage-note", "--source"),
    ]


def test_title_that_cannot_be_one_is_refused_as_the_title(shelf: Shelf) -> None:
    """It is an argument of `add`, and an option of `edit`."""
    what = "has the control character \\x0a. Remove it.\n"
    assert shelf.refused("add", "a\nb") == f"The title {what}"
    assert shelf.refused("edit", "thor-6", "--title", "a\nb") == f"--title {what}"
    assert shelf.refused("add", "x" * 5000) == (
        "The title is 5,000 characters long. Use at most 4,000.\n"
    )


def test_an_empty_title_is_none(shelf: Shelf) -> None:
    """Whatever quotes a script put around nothing."""
    assert "is empty" in shelf.refused("add", "")


# ---- edit ----


@pytest.mark.parametrize("name", ["dune-3", "Dune: Part Three", "dune messiah"])
def test_a_release_is_named_by_id_title_or_alias(shelf: Shelf, name: str) -> None:
    """And an overlay of a shipped one has only the changed keys."""
    ran = shelf.ran("edit", name, "--stage", "wrapped")
    assert ran.out == "Changed dune-3: stage\n"
    assert shelf.releases == [{"id": "dune-3", "stage": "wrapped"}]
    assert "Zendaya" in shelf.ran("show", "dune-3").out


def test_words_that_several_titles_have_are_not_enough(shelf: Shelf) -> None:
    """The ids to choose from are named."""
    assert shelf.refused("edit", "thor", "--stage", "wrapped") == (
        '"thor" can be thor-5, thor-6. Name one by its id.\n'
    )
    for number in range(7, 14):
        shelf.ran("add", f"Thor {number}")
    message = shelf.refused("edit", "thor", "--stage", "wrapped")
    assert message.endswith(" and 4 more. Name one by its id.\n")


def test_an_unknown_title_gets_the_nearest(shelf: Shelf) -> None:
    """Exit code 1, as everywhere."""
    message = shelf.refused("edit", "Dume: Part Tree", "--stage", "wrapped", code=1)
    assert message == (
        '"Dume: Part Tree" isn\'t in the catalogue (3 titles).\nDid you mean "Dune: Part Three"?\n'
    )


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ((), "Say what to change, like --stage filming. To edit everything: countdown edit\n"),
        (("--stage-since", "?"), '--stage-since: "?": Can\'t read that as a date'),
        (("--cast", "+A", "--cast", "B"), "--cast: Write + before every value to add them, or"),
        (
            ("--unset", "stage"),
            '--unset: Your catalogue doesn\'t set "stage" for it. To see',
        ),
    ],
)
def test_senseless_edit_is_refused_with_its_reason(
    shelf: Shelf, words: tuple[str, ...], message: str
) -> None:
    """And changes nothing."""
    assert shelf.refused("edit", "thor-6", *words).startswith(message)


def test_facts_without_a_release_are_refused(shelf: Shelf) -> None:
    """Before an editor is opened."""
    message = "Name the release to change, by its id or title.\n"
    assert shelf.refused("edit", "--stage", "wrapped") == message
    assert shelf.refused("edit", "--unset", "stage") == message


def test_only_the_line_of_the_change_changes(mine: Shelf) -> None:
    """The comment behind it stays, too."""
    mine.ran("edit", "short", "--title", "Théâtre", "--date", "2028-01-02", "--correction")
    mine.ran("edit", "short", "--source", "https://z")
    assert mine.text == (
        MINE.replace("My Cousin's Short", "Théâtre")
        .replace('"Q4 2027"', "2028-01-02")
        .replace("date = 2022-07-05 } ]", 'date = 2022-07-05 }, "https://z" ]')
        .replace("# about the next", "checked = 2026-11-22\n# about the next")
    )


def test_a_list_replaces_the_list_and_plus_adds_to_it(shelf: Shelf) -> None:
    """Plus adds to what is known from below, too."""
    shelf.ran("edit", "dune-3", "--cast", "+Anya Taylor-Joy as Alia", "--cast", "+A")
    alia = {"name": "Anya Taylor-Joy", "role": "Alia"}
    assert shelf.last["cast"] == ["Zendaya", alia, "A"]
    shelf.ran("edit", "dune-3", "--cast", "B")
    assert shelf.last["cast"] == ["B"]
    shelf.ran("edit", "dune-3", "--director", "+C", "--ids", "+wikidata=Q1")
    assert shelf.last["director"] == ["C"]
    assert shelf.last["ids"] == {"imdb": "tt31378509", "tmdb": 1170608, "wikidata": "Q1"}


def test_plus_leaves_the_notes_in_a_long_list(shelf: Shelf) -> None:
    """Only a line is added."""
    text = (
        'format = 1\n[[release]]\nid = "x"\ntitle = "X"\nkind = "film"\nsources = [\n'
        '    { url = "https://x.y", date = 2022-07-05 }, # seen\n    # and\n    "https://y.z",\n]\n'
    )
    shelf.write(text)
    shelf.ran("edit", "x", "--source", "+https://new.org", "--checked", "2022-01-01")
    assert (
        shelf.text
        == text.replace('"https://y.z",\n]', '"https://y.z",\n    "https://new.org",\n]')
        + "checked = 2022-01-01\n"
    )


def test_a_date_of_a_region_replaces_that_of_the_region(shelf: Shelf) -> None:
    """The others stay as they are below."""
    fix = "--correction"
    shelf.ran("edit", "dune-3", "--date", "BR=2027-01-01", "--date", "/streaming=2027", fix)
    br = {"region": "BR", "date": tomli.loads("d = 2027-01-01")["d"]}
    streaming = {"type": "streaming", "date": "2027"}
    assert shelf.releases == [{"id": "dune-3", "dates": [br, streaming]}]
    shelf.ran("edit", "dune-3", "--date", "+2028")
    assert shelf.last["dates"] == [br, streaming, {"date": "2028"}]
    shelf.ran("edit", "dune-3", "--date", "Worldwide = 2029", fix)
    assert shelf.releases == [{"id": "dune-3", "date": "2029"}]
    shelf.ran("edit", "dune-3", "--date", "BR=2030")
    assert shelf.last["date"] == "2029"
    assert shelf.last["dates"] == [{"region": "BR", "date": "2030"}]


def test_a_date_whose_place_is_not_stated_is_a_row_of_its_own(shelf: Shelf) -> None:
    """Beside the worldwide one and those of regions; any of them is changed alone."""
    row = {"place": "unstated", "date": "2027"}
    ran = shelf.ran("add", "New", "--date", "Unstated = 2027", "--date", "unstated/tv=2028")
    assert ran.out == "Added New (new): sometime in 2027\n"
    assert shelf.last["dates"] == [row, {"type": "tv", "place": "unstated", "date": "2028"}]
    message = shelf.refused("edit", "new", "--date", "unstated/digital=none")
    assert message.startswith("--date: There's no date for no stated place digital to")
    ran = shelf.ran("edit", "new", "--date", "unstated=2029")
    assert ran.out == "Moved new, place not stated: 2027 → 2029, delayed by 2 years\n"
    assert shelf.ran("edit", "new", "--date", "unstated/tv=none").out == (
        "Moved new, place not stated tv: 2028 → withdrawn\n"
    )
    shelf.ran("edit", "new", "--date", "+2030", "--correction")
    assert shelf.last["dates"] == [{**row, "date": "2029"}, {"date": "2030"}]
    shelf.ran("edit", "new", "--date", "unstated=none", "--correction")
    assert (shelf.last["date"], "dates" in shelf.last) == ("2030", False)


def test_a_worldwide_date_stays_when_one_of_no_stated_place_moves(shelf: Shelf) -> None:
    """They are two rows, so only one move is told and recorded."""
    shelf.ran("add", "New", "--date", "2027", "--date", "unstated=2028")
    ran = shelf.ran("edit", "new", "--date", "unstated=2029")
    assert ran.out == "Moved new, place not stated: 2028 → 2029, delayed by 12 months\n"
    assert len(shelf.last["moves"]) == 1


def test_a_date_whose_place_is_not_stated_keeps_that(shelf: Shelf) -> None:
    """A lone date changes the one that counts; among several it must be said which is meant."""
    shelf.ran("add", "New", "--date", "unstated=2027")
    ran = shelf.ran("edit", "new", "--date", "2028")
    assert ran.out == "Moved new, place not stated: 2027 → 2028, delayed by 12 months\n"
    assert shelf.last["dates"] == [{"place": "unstated", "date": "2028"}]
    shelf.ran("edit", "new", "--date", "FR/tv=2029")
    message = shelf.refused("edit", "new", "--date", "2030", "--region", "US")
    assert message == (
        "--date: There are dates for no stated place, FR. "
        "Say which, like --date unstated=2030, or worldwide=2030 for all.\n"
    )
    shelf.ran("edit", "new", "--date", "unstated/digital=2031", "--date", "unstated/tv=2032")
    shelf.ran("edit", "new", "--date", "unstated=none")
    message = shelf.refused("edit", "new", "--date", "unstated=2033")
    assert message == (
        "--date: There are several dates for no stated place."
        " Say which, like unstated/digital=2033.\n"
    )


def test_place_that_is_not_stated_is_shown_as_such(shelf: Shelf) -> None:
    """Briefly in a table, with its meaning below; in words elsewhere; in fields for programs."""
    shelf.ran("add", "New", "--date", "unstated=2027-05-05")
    assert "New\tfilm\t5 May 2027 place?\t" in shelf.ran("list").out
    table = shelf.ran("list", "--format", "table").out
    assert "place? the source doesn't say where" in table
    card = shelf.ran("show", "new").out
    assert "· Wednesday, 5 May 2027 (place not stated) ·" in card
    assert "\nnot stated\t\t5 May 2027\t" in card
    (release,) = json.loads(shelf.ran("show", "new", "--json").out)["releases"]
    for dated in (release["date"], *release["dates"]):
        assert (dated["region"], dated["place"]) == (None, "unstated")
    assert release["date"]["fallback"] is True
    assert ",unstated,," in shelf.ran("list", "--format", "csv").out


def test_unset_dates_are_not_merged(mine: Shelf) -> None:
    """One command can take the old date back and say a new one."""
    mine.ran("edit", "short", "--unset", "date", "--date", "BR=2028")
    assert mine.releases[0]["dates"] == [{"region": "BR", "date": "2028"}]
    assert "date" not in mine.releases[0]


def test_unset_lets_the_lower_layer_speak_again(shelf: Shelf) -> None:
    """The key is gone from one's own catalogue."""
    shelf.ran("edit", "dune-3", "--platform", "Netflix", "--stage", "wrapped")
    ran = shelf.ran("edit", "dune-3", "--unset", "platform")
    assert ran.out == "Changed dune-3: platform (built-in again)\n"
    assert shelf.releases == [{"id": "dune-3", "stage": "wrapped"}]
    assert "Max" in shelf.ran("show", "dune-3").out


def test_repeating_an_edit_changes_nothing(mine: Shelf) -> None:
    """Neither the file nor what can be undone."""
    ran = mine.ran("edit", "short", "--date", "Q4 2027")
    assert ran.out == "Nothing to change: your catalogue says so already.\n"
    assert (mine.text, mine.steps) == (MINE, [])


OTHER_ID: Final = """\
format = 1
[[release]]
id = "my-dune"
platform = ["Netflix"]
ids = { imdb = "tt31378509" }
"""


@pytest.mark.parametrize("name", ["dune-3", "my-dune", "Dune Messiah"])
def test_an_entry_of_another_id_is_the_same_release_by_its_ids(shelf: Shelf, name: str) -> None:
    """It is the one that is edited, under either id, and what lies below it still counts."""
    shelf.write(OTHER_ID)
    shelf.ran("edit", name, "--date", "BR=2027-01-01", "--cast", "+A", "--correction")
    assert [table["id"] for table in shelf.releases] == ["my-dune"]
    assert [dated["region"] for dated in shelf.last["dates"]] == ["US", "BR"]
    assert shelf.last["cast"] == ["Zendaya", "A"]
    shelf.ran("edit", name, "--date", "2027-03-03", "--region", "US")
    assert [str(move["to"]) for move in shelf.last["moves"]] == ["2026-12-18", "2027-03-03"]
    assert "The built-in facts are back" in shelf.ran("remove", name).out


# ---- move ----


def moves(shelf: Shelf) -> list[dict[str, str]]:
    """The moves that were noted last."""
    return [{key: str(value) for key, value in move.items()} for move in shelf.last["moves"]]


def test_a_move_changes_the_date_and_notes_it(mine: Shelf) -> None:
    """With the day of the news, from, to, and where it was read, which is one more source."""
    ran = mine.ran("edit", "short", "--date", "2028-01-14", "--source", "https://x.y/news")
    assert ran.out == (
        "Moved short: Q4 2027 → 14 Jan 2028, delayed by 14 days\nChanged short: checked, sources\n"
    )
    date, sources = 'date = "Q4 2027"', '{ url = "https://x.y", date = 2022-07-05 }'
    both = f'[ {sources}, "https://x.y/news" ]'
    text = MINE.replace(date, "date = 2028-01-14").replace(f"[ {sources} ]", both)
    assert mine.text == text.replace(
        "# about the next",
        "checked = 2026-11-22\nmoves = [\n"
        '    { announced = 2026-11-22, from = "Q4 2027", to = 2028-01-14, '
        'source = "https://x.y/news" },\n]\n# about the next',
    )


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("Q4 2027", "2027-12-03", "Q4 2027 → 3 Dec 2027, more exact"),
        ("2027-12-03", "2027", "3 Dec 2027 → 2027, less exact"),
        ("2027?", "2027", "2027? → 2027, more exact"),
    ],
)
def test_a_date_within_the_other_has_not_moved(
    mine: Shelf, before: str, after: str, said: str
) -> None:
    """As `show` and `news` say it; it is recorded like a move, unless it is a correction."""
    mine.ran("edit", "long", "--date", before, "--correction")
    assert mine.ran("edit", "long", "--date", after).out == f"Changed long: {said}\n"
    assert [move["to"] for move in moves(mine)] == [after]
    mine.ran("undo")
    ran = mine.ran("edit", "long", "--date", after, "--correction")
    assert ran.out == f"Corrected long: {said}\n"
    assert "moves" not in mine.last


def test_the_next_move_is_below_the_first(mine: Shelf) -> None:
    """As tables and as a list."""
    mine.write(
        'format = 1\n[[release]]\nid = "x"\ntitle = "X"\nkind = "film"\ndate = 2027-01-01\n\n'
        "[[release.moves]]\nto = 2027-01-01\n\n# the end\n"
    )
    ran = mine.ran("edit", "x", "--date", "2026-12-31", "--announced", "2026-11")
    assert ran.out == "Moved x: 1 Jan 2027 → 31 Dec 2026, brought forward by 1 day\n"
    assert mine.text.endswith(
        "date = 2026-12-31\n\n[[release.moves]]\nto = 2027-01-01\n\n[[release.moves]]\n"
        'announced = "2026-11"\nfrom = 2027-01-01\nto = 2026-12-31\n\n# the end\n'
    )
    mine.ran("edit", "x", "--date", "2028")
    assert len(moves(mine)) == 3


def test_the_date_of_the_region_moves(shelf: Shelf) -> None:
    """The other dates and the moves that the shipped catalogue knows stay."""
    ran = shelf.ran("edit", "dune-3", "--date", "2026-12-24", "--region", "BR")
    assert ran.out == "Moved dune-3, BR: 17 Dec 2026 → 24 Dec 2026, delayed by 7 days\n"
    assert [str(dated["date"]) for dated in shelf.last["dates"]] == ["2026-12-24"]
    assert moves(shelf) == [
        {"from": "2026-11-20", "to": "2026-12-18"},
        {"announced": "2026-11-22", "from": "2026-12-17", "to": "2026-12-24"},
    ]
    ran = shelf.ran("edit", "dune-3", "--date", "2027", "--region", "US")
    assert ran.out.startswith("Moved dune-3, US theatrical: 18 Dec 2026 → 2027, ")
    assert [str(dated["date"]) for dated in shelf.last["dates"]] == ["2027", "2026-12-24"]


def test_a_country_is_added_once_and_refused_if_there_is_none(shelf: Shelf) -> None:
    """Known by any of its names; the message has the option and what is meant."""
    shelf.ran("add", "New", "--country", "Brazil")
    assert shelf.last["country"] == ["BR"]
    shelf.ran("edit", "new", "--country", "+Brasil", "--country", "+fr")
    assert shelf.last["country"] == ["BR", "FR"]
    assert "Country   BR, FR\n" in shelf.ran("show", "new").out.replace("\t", "   ")
    message = shelf.refused("edit", "new", "--country", "Brazl,US")
    assert message == ('--country: "Brazl" isn\'t a region. Did you mean "Brazil" (BR)?\n')
    assert shelf.last["country"] == ["BR", "FR"]


def test_a_country_that_is_there_by_name_is_not_added_by_code(mine: Shelf) -> None:
    """As its own catalogue spells it, it stays."""
    mine.write(mine.text + '\ncountry = ["Brazil"]\n')
    mine.ran("edit", "long", "--country", "+BR", "--country", "+US")
    assert mine.last["country"] == ["Brazil", "US"]


def test_the_home_markets_date_is_the_one_that_moved(shelf: Shelf) -> None:
    """Where all dates are replaced: that of the first country counted for a fan of none."""
    shelf.ran("add", "New", "--country", "GB", "--date", "US=2027-01-01", "--date", "GB=2027-02-02")
    ran = shelf.ran("edit", "new", "--date", "worldwide=2027-02-12", "--region", "FR")
    assert ran.out == "Moved new: 2 Feb 2027 → 12 Feb 2027, delayed by 10 days\n"


def test_move_without_a_date_for_the_region_needs_an_option(shelf: Shelf) -> None:
    """Else the news from one place would move the date of another."""
    message = shelf.refused("edit", "dune-3", "--date", "2027", "--region", "FR")
    assert message.startswith(
        "--date: There are dates for US, BR. Say which, like --date US=2027, or worldwide="
    )
    message = shelf.refused("edit", "dune-3", "--date", "none", "--region", "FR")
    assert message.endswith(". Say which, like --date US=none, or worldwide=none for all.\n")


RE: Final = ("BR", "US")
ENTRY_X: Final = 'format = 1\n[[release]]\nid = "x"\ntitle = "X"\nkind = "film"\n'
SHORT_AND_MORE: Final = """\
format = 1
[[release]]
id = "x"
title = "X"
kind = "film"
date = 2027-01-01 # the world
dates = [
    { region = "BR", date = 2027-01-02 }, # BR
    { region = "US", date = 2027-01-03 }, # US
]
"""


def test_dates_beside_one_in_short_change_where_they_stand(shelf: Shelf) -> None:
    """`date` and `dates` of one entry stay two keys, with what is noted beside each row."""
    shelf.write(SHORT_AND_MORE)
    shelf.ran("edit", "x", "--date", "2027-02-02", "--region", "BR")
    changed = SHORT_AND_MORE.replace("2027-01-02", "2027-02-02")
    assert shelf.text.startswith(changed)
    shelf.ran("edit", "x", "--date", "+US=2029", "--date", "+FR=2030", "--date", "+2028")
    changed = changed.replace("date = 2027-01-01", 'date = "2028"').replace("2027-01-03", '"2029"')
    row = '    { region = "FR", date = "2030" },\n'
    assert shelf.text.startswith(changed.replace("# US\n", f"# US\n{row}"))


@pytest.mark.parametrize("region", ["BR", "US"])
def test_a_date_that_is_withdrawn_goes_alone(region: str, shelf: Shelf) -> None:
    """Comments beside the others stay; and the report names its region."""
    shelf.write(SHORT_AND_MORE)
    ran = shelf.ran("edit", "x", "--date", "none", "--region", region)
    day = {"BR": 2, "US": 3}[region]
    assert ran.out == f"Moved x, {region}: {day} Jan 2027 → withdrawn\n"
    row = f'    {{ region = "{region}", date = 2027-01-0{day} }}, # {region}\n'
    assert shelf.text.startswith(SHORT_AND_MORE.replace(row, ""))


@pytest.mark.parametrize(("region", "left"), [("BR", "US"), ("US", "BR")])
def test_a_date_with_a_header_is_withdrawn(region: str, left: str, shelf: Shelf) -> None:
    """As those in brackets are."""
    rows = [
        f'[[release.dates]]\nregion = "{region}"\ndate = 2027-01-01 # {region}\n' for region in RE
    ]
    shelf.write(f"{ENTRY_X}# dates\n{''.join(rows)}")
    ran = shelf.ran("edit", "x", "--date", "none", "--region", region)
    assert ran.out == f"Moved x, {region}: 1 Jan 2027 → withdrawn\n"
    row = rows[RE.index(left)]
    assert shelf.text.endswith(f"\n# dates\n{row}")


@pytest.mark.parametrize(
    ("arguments", "after"),
    [
        (("--cast", "+Bob Ray", "--cast", "+Ann Lee"), ""),
        (("--cast", "Ann Lee", "--cast", "Bob Ray as King"), ""),
        (("--source", "+https://x.org/a"), "checked"),
        (("--source", "https://x.org/a"), "checked"),
    ],
)
def test_present_rows_keep_their_spelling(
    arguments: tuple[str, ...], after: str, shelf: Shelf
) -> None:
    """A name that has a role is there, and so is an address with a day."""
    text = (
        f'{ENTRY_X}cast = [\n    {{ name = "Ann Lee" }}, # a\n'
        '    { name = "Bob Ray", role = "King" }, # b\n]\n'
        'sources = [{ url="https://x.org/a", date=2026-01-01 }] # press\n'
    )
    shelf.write(text)
    shelf.ran("edit", "x", *arguments)
    assert shelf.text.startswith(text)
    assert shelf.text[len(text) :].partition(" ")[0] == after


def test_an_entry_stays_if_a_comment_is_right_below(shelf: Shelf) -> None:
    """With nothing noted, it would go."""
    text = '[[release]]\nid = "dune-3"\nhidden = true\n# too long\n\n'
    other = ENTRY_X.removeprefix("format = 1\n")
    shelf.write(f"format = 1\n{text}{other}")
    shelf.ran("edit", "dune-3", "--unset", "hidden")
    assert shelf.text == "format = 1\n" + text.replace("hidden = true\n", "") + other


def test_key_is_not_set_and_unset_together(shelf: Shelf) -> None:
    """Which of the two was meant?"""
    assert shelf.refused("edit", "dune-3", "--unset", "cast", "--cast", "+Zed") == (
        "--unset: cast is set as well. Choose one.\n"
    )


def test_unforeseen_toml_is_left_to_an_editor(mine: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    """And never a traceback."""

    def fail(*_: object) -> str:
        raise KeyError("unforeseen")

    monkeypatch.setattr(edit, "set_value", fail)
    error = mine.refused("edit", "short", "--stage", "filming", code=errors.CATALOGUE)
    assert "Change it by hand: countdown edit\n" in error


def test_a_date_in_short_keeps_its_note_when_a_region_gets_its_own(shelf: Shelf) -> None:
    """It is still that of the world."""
    short = SHORT_AND_MORE[: SHORT_AND_MORE.index("dates")]
    shelf.write(short)
    shelf.ran("edit", "x", "--date", "BR=2028")
    assert shelf.text == short + 'dates = [\n    { region = "BR", date = "2028" },\n]\n'


def test_a_table_of_dates_moves_where_it_stands(shelf: Shelf) -> None:
    """Nothing around it changes."""
    text = SHIPPED.replace("[[release.dates]]", "[[release.dates]] # note", 1)
    shelf.write(text)
    shelf.ran("edit", "dune-3", "--date", "2027-01-01", "--region", "US")
    moved = "\n[[release.moves]]\nannounced = 2026-11-22\nfrom = 2026-12-18\nto = 2027-01-01\n"
    known_ids = "from = 2026-11-20\nto = 2026-12-18\n"
    assert shelf.text == text.replace("date = 2026-12-18", "date = 2027-01-01").replace(
        known_ids, known_ids + moved
    )


def test_an_undated_one_gets_its_first_date(shelf: Shelf) -> None:
    """Which it had none before."""
    assert shelf.ran("edit", "thor 6", "--date", "2028").out == "Moved thor-6: undated → 2028\n"
    assert moves(shelf) == [{"announced": "2026-11-22", "to": "2028"}]
    assert shelf.last["date"] == "2028"


@pytest.mark.parametrize("none", ["none", "None"])
def test_a_date_can_be_withdrawn(shelf: Shelf, none: str) -> None:
    """Then none is known."""
    assert shelf.ran("edit", "thor-5", "--date", none).out == "Moved thor-5: 2027 → withdrawn\n"
    assert moves(shelf) == [{"announced": "2026-11-22", "from": "2027"}]
    assert "Thor 5" in shelf.ran("status").titles
    shelf.ran("edit", "dune-3", "--date", none, "--region", "BR")
    assert [dated["region"] for dated in shelf.last["dates"]] == ["US"]


def test_an_instant_is_a_date_too(mine: Shelf) -> None:
    """With its offset."""
    mine.ran("edit", "short", "--date", "2027-12-31T20:00:00-03:00")
    assert mine.releases[0]["date"] == "2027-12-31T23:00:00Z"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("thor-6", "--date", "none"), "--date: There's no date to withdraw.\n"),
        (
            ("thor-5", "--date", "BR=none"),
            "--date: There's no date for BR to withdraw.\n",
        ),
        (
            ("dune-3", "--date", "US/tv=none"),
            "--date: There's no date for US tv to withdraw.\n",
        ),
        (
            ("dune-3", "--date", "+none"),
            "--date: There's no date for the whole world to withdraw.\n",
        ),
        (("dune-3", "--date", "QQ=none"), "--date: region: "),
        (("short", "--date", "2027-W23-5"), '--date: "2027-W23-5": Can\'t read that as a date'),
        (
            ("short", "--date", "soon"),
            '--date: "soon": Can\'t read that as a date. Write',
        ),
        (("short", "--date", "=none"), '--date: Write one like "Q4 2027", BR='),
        (("short", "--date", "/=none"), '--date: Write one like "Q4 2027", BR='),
        (
            ("short", "--date", "2028", "--date", "worldwide=2029"),
            "--date: There can be only one worldwide date. ",
        ),
        (
            ("short", "--date", "2028", "--announced", "x"),
            '--announced: "x": Can\'t read that as a date',
        ),
        (("short", "--date", "2028", "--source", "x"), '--source: "x" isn\'t a web address. Write'),
        (
            ("short", "--date", "2027-Q4", "--announced", "2026-11"),
            "--announced: No date changes. It has that date already.\n",
        ),
        (
            ("short", "--stage", "filming", "--announced", "2026-11"),
            "--announced needs a new date. Add --date.\n",
        ),
        (
            ("short", "--stage", "filming", "--correction"),
            "--correction needs a new date. Add --date.\n",
        ),
        (
            ("short", "--date", "2028", "--correction", "--announced", "2026-11"),
            "--correction records no change of date. Leave out --announced.\n",
        ),
    ],
)
def test_a_date_that_can_not_change_so_is_refused(
    mine: Shelf, words: tuple[str, ...], message: str
) -> None:
    """With what is wrong."""
    assert mine.refused("edit", *words).startswith(message)


@pytest.mark.parametrize("date", ["2027-Q4", "q4 2027", "Q4 2027"])
def test_same_date_in_other_words_is_no_move(mine: Shelf, date: str) -> None:
    """However it is written; what is there stays as it is spelt."""
    ran = mine.ran("edit", "short", "--date", date, "--stage", "filming")
    assert ran.out == "Changed short: date, stage\n"
    assert "moves" not in mine.releases[0]
    assert mine.releases[0]["date"] == "Q4 2027"


def test_correction_records_no_move(mine: Shelf) -> None:
    """The date was never another one."""
    ran = mine.ran("edit", "short", "--date", "2028-01-14", "--correction", "--stage", "filming")
    assert ran.out == ("Corrected short: Q4 2027 → 14 Jan 2028\nChanged short: stage\n")
    assert mine.text == MINE.replace('date = "Q4 2027"', "date = 2028-01-14").replace(
        "# about the next", 'stage = "filming"\n# about the next'
    )


def test_number_that_can_not_be_written_stops_no_change(shelf: Shelf) -> None:
    """In another entry, whose mistake it is; a change of that one must mend it."""
    other = f"\n[[release]]\nid = 'b'\ntitle = 'B'\nkind = 'film'\nseason = 0x{'f' * 5000}\n"
    shelf.write(f"format = 1\n\n[[release]]\nid = 'a'\ntitle = 'A'\nkind = 'film'\n{other}")
    shelf.ran("edit", "a", "--stage", "filming")
    assert shelf.releases[0]["stage"] == "filming"
    assert shelf.text.endswith(other)
    assert "season: " in shelf.refused("edit", "b", "--stage", "filming", code=errors.CATALOGUE)
    assert shelf.text.endswith(other)


def test_new_date_has_nothing_of_what_was_said_of_the_old_one(shelf: Shelf) -> None:
    """Its source, its check and its doubt; its place and type stay."""
    row = 'region = "US"\ntype = "theatrical"\ndate = 2027-05-01'
    shelf.write(
        'format = 1\n\n[[release]]\nid = "a"\ntitle = "A"\nkind = "film"\n\n[[release.dates]]\n'
        f'{row}\nunverified = true\nsource = "https://a.org"\nchecked = 2026-01-01\n'
    )
    shelf.ran("edit", "a", "--date", "2027-06-01", "--correction")
    assert shelf.text.endswith(f"[[release.dates]]\n{row.replace('-05-', '-06-')}\n")


def test_dates_of_several_regions_move_together(shelf: Shelf) -> None:
    """Each with its line; one more region is no move, nor is a premiere."""
    shelf.ran("edit", "dune-3", "--date", "US/premiere=2026-12-01")
    assert "moves" not in shelf.last
    ran = shelf.ran(
        *("edit", "dune-3", "--date", "BR=2027-01-01", "--date", "US/theatrical=2027"),
        *("--date", "FR=2028", "--date", "US/premiere=2026-12-02", "--announced", "2026-11-01"),
    )
    assert ran.out == (
        "Moved dune-3, US theatrical: 18 Dec 2026 → 2027, delayed by 12 months\n"
        "Moved dune-3, BR: 17 Dec 2026 → 1 Jan 2027, delayed by 15 days\n"
    )
    assert moves(shelf)[1:] == [
        {"announced": "2026-11-01", "from": "2026-12-18", "to": "2027"},
        {"announced": "2026-11-01", "from": "2026-12-17", "to": "2027-01-01"},
    ]
    ran = shelf.ran("edit", "dune-3", "--date", "BR=none")
    assert ran.out == "Moved dune-3, BR: 1 Jan 2027 → withdrawn\n"
    assert [dated["region"] for dated in shelf.last["dates"]] == ["US", "US", "FR"]


def test_date_for_the_whole_world_replaces_all_and_moves_the_one_that_counts(shelf: Shelf) -> None:
    """Recorded once, from the date in the user's region; withdrawn for all, too."""
    ran = shelf.ran("edit", "dune-3", "--date", "worldwide=2027-01-01", "--region", "US")
    assert ran.out == "Moved dune-3: 18 Dec 2026 → 1 Jan 2027, delayed by 14 days\n"
    assert (str(shelf.last["date"]), len(moves(shelf))) == ("2027-01-01", 2)
    assert "dates" not in shelf.last
    ran = shelf.ran("edit", "dune-3", "--date", "worldwide=none")
    assert ran.out == "Moved dune-3: 1 Jan 2027 → withdrawn\n"
    assert shelf.ran("edit", "dune-3", "--date", "BR=2028", "--date", "US=2029").out == (
        "Moved dune-3, US: undated → 2029\n"
    )


def test_premiere_of_an_undated_release_is_no_move(shelf: Shelf) -> None:
    """It still has no date that counts."""
    ran = shelf.ran("edit", "thor-6", "--date", "FR/premiere=2027-05")
    assert (ran.out, "moves" in shelf.last) == ("Changed thor-6: date\n", False)


def test_date_that_is_unset_and_set_has_not_moved(mine: Shelf) -> None:
    """It was one's own word."""
    ran = mine.ran("edit", "short", "--unset", "date", "--date", "2028")
    assert ran.out == "Corrected short: undated → 2028\n"
    assert "moves" not in mine.releases[0]


def test_sources_are_always_added(mine: Shelf) -> None:
    """With a date and without, with a plus and without; each once."""
    first = mine.releases[0]["sources"]
    ran = mine.ran("edit", "short", "--source", "https://a.b", "--source", first[0]["url"])
    assert ran.out == "Changed short: checked, sources\n"
    assert mine.releases[0]["sources"] == [*first, "https://a.b"]
    mine.ran("edit", "short", "--stage", "filming", "--source", "+https://b.c")
    mine.ran(
        "edit", "short", "--date", "2028", "--source", "https://c.d", "--source", "https://e.f"
    )
    added = ["https://a.b", "https://b.c", "https://c.d", "https://e.f"]
    assert mine.releases[0]["sources"] == [*first, *added]
    assert mine.releases[0]["moves"][0]["source"] == "https://c.d"


# ---- remove, hide ----


def test_removing_leaves_everything_else(mine: Shelf) -> None:
    """Notes above and below it stay, so does the order."""
    assert mine.ran("remove", "My Cousin's Short").out == "Removed short\n"
    assert mine.text == MINE[: MINE.index("[[release]]")] + MINE[MINE.index("# about the next") :]


def test_removing_an_overlay_restores_the_shipped_release(shelf: Shelf) -> None:
    """Which is said."""
    shelf.ran("edit", "dune-3", "--platform", "Netflix")
    assert shelf.ran("remove", "dune-3").out == ("Removed dune-3. The built-in facts are back.\n")
    assert shelf.text == "format = 2\n"
    assert "Max" in shelf.ran("show", "dune-3").out


def test_a_shipped_one_can_not_be_removed(shelf: Shelf) -> None:
    """But hidden."""
    assert shelf.refused("remove", "dune-3") == (
        '"dune-3" isn\'t in your own catalogue. To hide it: countdown hide dune-3\n'
    )


@pytest.mark.parametrize("end", ["# the end\n", "# the end\n\n", "# the\n# end", "\n# the end\n"])
def test_comment_that_closes_the_file_stays_at_its_end(shelf: Shelf, end: str) -> None:
    """A new row comes before it, so that it doesn't go with the release."""
    entry = "# mine\n[[release]]\nid = 'a'\ntitle = 'A'\nkind = 'film'\n"
    shelf.write(f"{entry}[[release.cast]]\nname = 'Q'\n{end}")
    shelf.ran("edit", "a", "--cast", "+R")
    assert [row["name"] for row in shelf.last["cast"]] == ["Q", "R"]
    assert shelf.text.rstrip().endswith(end.strip())
    shelf.ran("remove", "a")
    assert shelf.text.startswith("# mine\n")
    assert shelf.text.rstrip().endswith(end.strip())


def test_comment_below_a_row_stays_there_before_another_release(shelf: Shelf) -> None:
    """It doesn't close the file."""
    entry = "[[release]]\nid = 'a'\ntitle = 'A'\nkind = 'film'\n[[release.cast]]\nname = 'Q'\n"
    other = "\n[[release]]\nid = 'b'\ntitle = 'B'\nkind = 'film'\n"
    shelf.write(f"{entry}# of Q\n{other}")
    shelf.ran("edit", "a", "--cast", "+R")
    assert "name = 'Q'\n# of Q\n" in shelf.text


def test_one_that_another_follows_is_not_removed(mine: Shelf) -> None:
    """The check after the change tells of it, and nothing is written."""
    mine.ran("add", "Longer", "--sequel-to", "long")
    message = mine.refused("remove", "long", code=3).splitlines()
    assert 'sequel_to: unknown release "long"' in message[0]
    assert message[-1] == "Nothing was changed."


def test_hidden_release_is_in_no_list_and_can_return(shelf: Shelf) -> None:
    """By its id or its title, though no index knows it."""
    assert shelf.ran("hide", "dune", "messiah").out == (
        "Hidden: dune-3. To show it again: countdown unhide dune-3\n"
    )
    assert shelf.releases == [{"id": "dune-3", "hidden": True}]
    assert "Dune" not in shelf.ran("list").out
    for name in ("Dune Messiah", "dune-3"):
        shelf.ran("edit", name, "--unset", "hidden")
        assert "Dune" in shelf.ran("list").out
        assert shelf.releases == []
        shelf.ran("hide", "dune-3")
    assert shelf.ran("hide", "dune-3").out.startswith("Nothing to change")
    assert shelf.refused("hide", "Dune Messiahs", code=1).startswith('"Dune Messiahs" isn\'t in')


@pytest.mark.parametrize("name", ["dune-3", "DUNE: MESSIAH"])
@pytest.mark.parametrize("command", ["show", "status"])
def test_hidden_release_is_reported_as_hidden(command: str, name: str, shelf: Shelf) -> None:
    """By its id or its title: the user may have forgotten that."""
    shelf.ran("hide", "dune-3")
    assert shelf.refused(command, name, code=1) == (
        f'"{name}" is hidden by {shelf.path}. To see it: countdown unhide dune-3\n'
    )


def test_release_hidden_by_another_catalogue_is_reported_with_its_file(
    shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Edit can't change that, not even under another id; what the last file hides is another."""
    other, last = tmp_path / "other.toml", tmp_path / "last.toml"
    last.write_text('format = 1\n[[release]]\nid = "zed"\nhidden = true\n', "utf-8")
    own = {'id = "mine"\nids = { imdb = "tt31378509" }': [other], 'id = "dune-3"': [other, last]}
    for message, files in own.items():
        other.write_text(f"format = 1\n[[release]]\n{message}\nhidden = true\n", "utf-8")
        catalogues = map(str, (paths.shipped("releases.toml"), *files))
        monkeypatch.setenv("COUNTDOWN_CATALOGUE", os.pathsep.join(catalogues))
        assert shelf.refused("show", "dune-3", code=1) == (
            f'"dune-3" is hidden by {other}. To see it, remove hidden = true there.\n'
        )


@pytest.mark.parametrize("text", ["dune", "three par", "messiah"])
@pytest.mark.parametrize("words", ["", "list", "list --title", "show", "search", "next"])
def test_hidden_release_is_found_by_its_words(shelf: Shelf, words: str, text: str) -> None:
    """Where nothing else has them."""
    shelf.ran("hide", "dune-3")
    assert shelf.refused(*words.split(), text, code=1) == (
        f'"Dune: Part Three" is hidden by {shelf.path}. To see it: countdown unhide dune-3\n'
    )
    assert "is hidden" not in shelf.refused(*words.split(), f"{text} xyzzy", code=1)


@pytest.mark.parametrize(
    "key", ["hidden = true", "Hide = 'yes'", '"hidden" = true', "'hidden'=true", "HIDDEN = true"]
)
def test_full_name_of_a_hidden_release_precedes_the_beginning_of_a_word(
    shelf: Shelf, key: str
) -> None:
    """Of another title, or of a person's name; however the file says that it's hidden."""
    entry = f"format = 1\n[[release]]\nid = 'par'\ntitle = 'Mess'\n{key}\n"
    for name in ("par", "mess", "Mess"):
        shelf.write(entry)
        for command in ("show", "status"):
            assert "To see it: countdown unhide par" in shelf.refused(command, name, code=1)
    shelf.write(entry.replace("Mess", "Zend"))
    assert "To see it: countdown unhide par" in shelf.refused("show", "zend", code=1)
    shelf.write(entry.replace("Mess", "Zendaya"))
    assert "Dune: Part Three" in shelf.ran("show", "zendaya").out


def test_hidden_release_can_be_changed_by_its_title(shelf: Shelf) -> None:
    """Also if that begins a word of another title."""
    shelf.write("format = 1\n[[release]]\nid = 'par'\ntitle = 'Mess'\nhidden = true\n")
    assert shelf.ran("edit", "mess", "--stage", "filming").out == "Changed par: stage\n"
    assert shelf.ran("hide", "mess").out.startswith("Nothing to change")
    assert shelf.ran("unhide", "mess").out == "Shown again: par\n"


def test_list_that_is_empty_says_what_is_hidden(shelf: Shelf) -> None:
    """Behind what else would help; not if there are other filters, which may be at fault."""
    shelf.write(
        'format = 1\n[[release]]\nid = "a"\ntitle = "Dune"\nkind = "film"\nstage = "released"\n'
        'franchise = ["Dune"]\n'
    )
    shelf.ran("hide", "dune-3")
    said = "Add --all to include released titles."
    hidden = f'"Dune: Part Three" is hidden by {shelf.path}. To see it: countdown unhide dune-3'
    for words in (("dune",), ("--title", "dune"), ("--franchise", "dune")):
        assert shelf.refused("list", *words, code=1).endswith(f"{said} {hidden}\n")
    assert "is hidden" not in shelf.refused("list", "dune", "--within", "5d", code=1)


def test_an_unknown_one_is_not_hidden(shelf: Shelf) -> None:
    """Nothing is laid over nothing."""
    assert "isn't in the catalogue" in shelf.refused("hide", "nosuch", code=1)


@pytest.mark.parametrize("name", ["dune-3", "DUNE MESSIAH"])
def test_hidden_release_is_shown_again(shelf: Shelf, name: str) -> None:
    """By its id or its title; an entry that said nothing else goes."""
    shelf.ran("hide", "dune-3")
    assert shelf.ran("unhide", *name.split()).out == "Shown again: dune-3\n"
    assert shelf.releases == []
    assert "Dune" in shelf.ran("list").out
    shelf.ran("edit", "dune-3", "--stage", "filming")
    shelf.ran("hide", "dune-3")
    shelf.ran("unhide", "dune-3")
    assert shelf.releases == [{"id": "dune-3", "stage": "filming"}]


def test_own_release_that_is_hidden_is_shown_again(mine: Shelf) -> None:
    """It has nothing below."""
    mine.ran("hide", "long")
    mine.ran("unhide", "long")
    assert mine.text == MINE


def test_release_that_was_shipped_hidden_is_shown(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Only one's own word against it helps."""
    below = tmp_path / "below.toml"
    below.write_text(SHIPPED + "hidden = true\n", "utf-8")
    monkeypatch.setattr(paths, "shipped", lambda name: str(below))
    shelf.ran("unhide", "thor-6")
    assert shelf.releases == [{"id": "thor-6", "hidden": False}]
    assert "Thor 6" in shelf.ran("list").out


def test_hidden_one_of_two_of_the_same_name_is_meant(mine: Shelf) -> None:
    """The other can't be shown again."""
    mine.ran("add", "Thor 5", "--id", "other-thor", "--date", "2031")
    mine.ran("hide", "other-thor")
    assert mine.ran("unhide", "thor 5").out == "Shown again: other-thor\n"


@pytest.mark.parametrize("name", ["dune-3", "Dune Messiah"])
def test_release_that_is_not_hidden_can_not_be_shown_again(shelf: Shelf, name: str) -> None:
    """The message says where to look."""
    message = shelf.refused("unhide", name)
    assert message == '"dune-3" isn\'t hidden. To see what is: countdown mine\n'


def test_rm_is_another_word_for_remove(mine: Shelf) -> None:
    """It is in no list, but its help is that of remove."""
    assert mine.ran("rm", "short").out == "Removed short\n"
    usage = mine.ran("rm", "--help").out
    assert usage == mine.ran("remove", "--help").out
    assert "countdown rm" in usage
    assert " rm " not in mine.ran("--help").out
    assert root.get_command(click.Context(root), "rm") is not None


# ---- undo, --dry-run ----


CHANGES: Final = (
    ("add", "New", "--date", "2027"),
    ("edit", "short", "--stage", "filming"),
    ("edit", "long", "--unset", "sources", "--stage", "filming"),
    ("edit", "short", "--date", "2028"),
    ("remove", "long"),
    ("hide", "dune-3"),
)


def test_undo_goes_back_step_by_step_to_no_file_at_all(shelf: Shelf) -> None:
    """Each step says what it takes back."""
    states = []
    for title in ("A", "B", "C"):
        states.append(shelf.text if shelf.path.exists() else None)
        shelf.ran("add", title)
    for title, state in zip("CBA", reversed(states), strict=True):
        assert '\n-title = "' in shelf.ran("undo", "--dry-run").out
        assert shelf.ran("undo").out == f"Undid: add {title}\n"
        assert (shelf.text if shelf.path.exists() else None) == state
    assert not shelf.path.exists()
    assert shelf.refused("undo", code=1) == "There's nothing to undo.\n"
    assert "A" not in shelf.ran("list").out


@pytest.mark.parametrize("words", CHANGES[:2] + CHANGES[3:])
def test_undo_takes_any_change_back_to_the_byte(mine: Shelf, words: tuple[str, ...]) -> None:
    """Whatever it was."""
    mine.ran(*words)
    assert mine.text != MINE
    after = mine.text
    mine.ran("undo")
    assert mine.text == MINE
    assert [name[8:16] for name in mine.steps] == ["-undone-"]
    mine.ran("redo")
    assert mine.text == after
    assert [name[8:18] for name in mine.steps] == ["-catalogue"]


def test_change_by_hand_is_not_undone(mine: Shelf) -> None:
    """The message names the folder of the snapshots."""
    mine.ran("add", "New")
    mine.write(mine.text + "# by hand\n")
    message = mine.refused("undo", code=1)
    assert message.startswith(f"Can't undo: add New. {mine.path} has changed since then. ")
    assert str(Path(paths.state_folder() or "") / "undo") in message
    mine.ran("add", "Newer")
    mine.ran("undo")
    assert mine.text.endswith("# by hand\n")
    mine.refused("undo", code=1)


def test_a_catalogue_that_was_removed_by_hand_is_not_undone(mine: Shelf) -> None:
    """It is gone by other means."""
    mine.ran("add", "New")
    mine.path.unlink()
    assert "has changed since then" in mine.refused("undo", code=1)


@pytest.mark.parametrize("words", CHANGES[:2] + CHANGES[3:])
def test_dry_run_shows_the_difference_and_writes_nothing(
    mine: Shelf, words: tuple[str, ...]
) -> None:
    """The difference is that of the real change, in the format of diff -u."""
    ran = mine.ran(*words, "--dry-run")
    assert (mine.text, mine.steps) == (MINE, [])
    head = ran.out.splitlines()[:3]
    assert head[:2] == [f"--- {mine.path}", f"+++ {mine.path}"]
    assert head[2].startswith("@@ -")
    removed = [line[1:] for line in ran.out.splitlines()[2:] if line.startswith("-")]
    added = [line[1:] for line in ran.out.splitlines()[2:] if line.startswith("+")]
    mine.ran(*words)
    lines = mine.text.splitlines()
    assert all(line in MINE.splitlines() for line in removed)
    assert all(line in lines for line in added)
    assert removed or added


def test_dry_run_leaves_no_trace_where_there_was_nothing(shelf: Shelf) -> None:
    """No folder, no file, no lock."""
    shelf.ran("add", "New", "--dry-run")
    assert not shelf.path.parent.exists()
    assert shelf.steps == []
    assert not Path(paths.state_folder() or "").exists() or shelf.steps == []


def test_dry_run_of_undo_takes_nothing_back(mine: Shelf) -> None:
    """It shows what would change; so does that of redo."""
    mine.ran("add", "New")
    after = mine.text
    assert '-title = "New"' in mine.ran("undo", "--dry-run").out.splitlines()
    assert (mine.text, len(mine.steps)) == (after, 1)
    mine.ran("undo")
    assert '+title = "New"' in mine.ran("redo", "--dry-run").out.splitlines()
    assert (mine.text, len(mine.steps)) == (MINE, 1)
    assert mine.ran("redo").out == "Redid: add New\n"
    assert mine.text == after
    assert mine.refused("redo", code=1) == ("There's nothing to redo.\n")


UNDONE: Final = (  # a command, and what undo takes back
    ("add New --date 2027", "add New"),
    ("edit short --stage filming --unset sources", "edit short (stage, sources)"),
    ("edit short --date 2028 --source https://a.b", "edit short (date, checked, sources)"),
    ("remove short", "remove short"),
    ("hide dune-3", "hide dune-3"),
    ("follow --person Zendaya", "follow Zendaya"),
    ("follow --person Zendaya --platform Max", "follow Zendaya, Max (platform)"),
    ("config set region BR", "config set region BR"),
    ("config set follow.title a b", "config set follow.title a, b"),
)


def test_undo_and_redo_say_what_they_take_back(mine: Shelf) -> None:
    """Each in the words of what was done, to the catalogue, the settings or what is followed."""
    config = Path(paths.config_file() or "")
    states = []
    words = [*UNDONE, ("unhide dune-3", "unhide dune-3"), ("unfollow Max", "")]
    words[-1] = ("unfollow --platform Max", "unfollow Max (platform)")
    words.append(("config unset region", "config unset region"))
    for command, _ in words:
        states.append((mine.text, config.read_bytes() if config.exists() else None))
        mine.ran(*command.split())
    states.append((mine.text, config.read_bytes()))
    steps = [done for command, done in words if command != "follow --person Zendaya --platform Max"]
    steps.insert(6, "follow Max (platform)")
    for step, state in zip(reversed(steps), reversed(states[:-1]), strict=True):
        assert mine.ran("undo").out == f"Undid: {step}\n"
        assert (mine.text, config.read_bytes() if config.exists() else None) == state
    assert mine.refused("undo", code=1) == "There's nothing to undo.\n"
    for step, state in zip(steps, states[1:], strict=True):
        assert mine.ran("redo").out == f"Redid: {step}\n"
        assert (mine.text, config.read_bytes() if config.exists() else None) == state


@pytest.mark.parametrize(
    "words",
    [
        ("--date", "US/premiere=2027-01-01", "--stage", "filming"),
        ("--date", "US/premiere=2027-01-01", "--date", "FR=2028", "--title", "D"),
        ("--title", "D", "--cast", "+Lee"),
    ],
)
def test_undo_has_the_words_of_the_answer(shelf: Shelf, words: tuple[str, ...]) -> None:
    """The same keys in the same order."""
    keys = shelf.ran("edit", "dune-3", *words).out.removeprefix("Changed dune-3: ").strip()
    assert shelf.ran("undo").out == f"Undid: edit dune-3 ({keys})\n"


def test_undo_after_follow_leaves_the_catalogue(mine: Shelf) -> None:
    """A release of one's own was taken back once, and nothing said so before."""
    mine.ran("add", "New")
    text = mine.text
    mine.ran("follow", "Zendaya")
    assert mine.ran("undo").out == "Undid: follow Zendaya\n"
    assert mine.text == text
    assert mine.run("following").code == 1


def test_settings_that_were_edited_by_hand_are_not_undone(mine: Shelf) -> None:
    """Nor is anything else in their place."""
    mine.ran("add", "New")
    mine.ran("config", "set", "region", "BR")
    config = Path(paths.config_file() or "")
    config.write_text('region = "US"\n')
    message = mine.refused("undo", code=1)
    assert message.startswith(f"Can't undo: config set region BR. {config} has changed since")
    assert config.read_text() == 'region = "US"\n'


def test_write_protected_settings_are_reported_with_their_path(
    mine: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not with that of the catalogue."""
    mine.ran("config", "set", "region", "BR")
    config = Path(paths.config_file() or "")
    steps = mine.steps
    with monkeypatch.context() as patch:
        patch.setattr(os, "access", lambda path, mode: False)
        ran = mine.run("undo")
    assert (ran.code, ran.err) == (
        3,
        f"{config}: The file is write-protected. Nothing was changed.\n",
    )
    assert mine.steps == steps
    assert mine.ran("undo").out == "Undid: config set region BR\n"


def test_on_a_terminal_undo_says_how_to_bring_back(
    mine: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And what a dry run would take back, beside the difference."""
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    mine.ran("hide", "dune-3")
    assert mine.ran("undo", "--dry-run").err == "Would undo: hide dune-3\n"
    ran = mine.ran("undo", "--no-color")
    assert (ran.out, ran.err) == ("✓ Undid: hide dune-3\n", "To redo it: countdown redo\n")
    assert mine.ran("redo", "--dry-run").err == "Would redo: hide dune-3\n"
    assert mine.ran("redo").err == "To undo it: countdown undo\n"


def test_text_of_a_file_that_would_move_the_cursor_is_made_visible(shelf: Shelf) -> None:
    """Comments may hold what titles may not; a diff shows them as they are written."""
    shelf.write(MINE.replace("# keep me", "# \u202ekeep\x9b2J").replace("# the", "# a\u2028b the"))
    shelf.ran("add", "New")
    for words in (("undo", "--dry-run"), ("remove", "short", "--dry-run")):
        out = shelf.ran(*words).out
        assert "\u202e" not in out
        assert "\x9b" not in out
        assert "\u2028" not in out
    assert "# \\u202ekeep\\x9b2J" in out


# ---- what is around them ----


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (MINE.replace("format = 1", "format = ["), ":4:3: Invalid value"),
        (MINE.replace("format = 1", "format = 3"), ":2:1: format: format 3 needs a newer"),
        (MINE.replace("format = 1", "format = 'x'"), ":2:1: format: unknown format"),
        ("format = 1\nrelease = [7]\n", ":2:12: release[0]: should be a table, not a number"),
    ],
)
@pytest.mark.parametrize("words", CHANGES)
def test_a_catalogue_that_cannot_be_read_is_never_overwritten(
    shelf: Shelf, text: str, message: str, words: tuple[str, ...]
) -> None:
    """Its problems are reported with their lines; its bytes stay."""
    shelf.write(text)
    if "short" not in text:
        words = tuple("dune-3" if word in ("short", "long") else word for word in words)
    confirmation = shelf.refused(*words, code=3)
    assert f"{shelf.path}{message}" in confirmation
    assert shelf.refused(*words, "--dry-run", code=3)


@pytest.mark.parametrize("words", CHANGES)
def test_a_mistake_in_one_entry_stops_no_change_of_others(
    shelf: Shelf, words: tuple[str, ...]
) -> None:
    """It stays as it is, for its author to mend; a change that would leave it so is refused."""
    wrong = "\n[[release]]\nid = 'wrong'\ntitle = {}\nkind = 'x'\ncast = 3\ndates = [3]\n"
    shelf.write(f"{MINE}\nsources = ['https://x.y']\n{wrong}")
    shelf.ran(*words)
    assert shelf.text.count(wrong) == 1
    message = shelf.refused("edit", "wrong", "--stage", "filming", code=3)
    assert "cast: should be a list, not a number" in message
    assert "Nothing was changed." in message
    shelf.ran("remove", "wrong")
    assert "wrong" not in shelf.text


@pytest.mark.parametrize(
    "change",
    [
        *(("edit", "wrong", "--cast", "+Me"), ("edit", "wrong", "--date", "2027")),
        *(("edit", "wrong", "--source", "+https://example.org"), ("hide", "wrong")),
        *(("edit", "wrong", "--title", "W"), ("edit", "wrong", "--unset", "title")),
    ],
    ids=" ".join,
)
def test_change_of_an_entry_that_leaves_it_wrong_is_refused(
    shelf: Shelf, change: tuple[str, ...]
) -> None:
    """Without a traceback, whatever its mistakes are."""
    wrong = "title = {}\nkind = 'x'\ncast = 3\ndates = [3]\nsources = 7\nmoves = 'x'\n"
    shelf.write(f"{MINE}\n[[release]]\nid = 'wrong'\n{wrong}")
    assert shelf.refused(*change, code=3).endswith("\n")


def test_change_that_mends_an_entry_is_made(shelf: Shelf) -> None:
    """Also one that takes the wrong value out."""
    shelf.write(f"{MINE}\n[[release]]\nid = 'wrong'\ntitle = 'W'\nkind = 'flim'\nseason = 'x'\n")
    shelf.refused("edit", "wrong", "--kind", "film", code=3)
    shelf.ran("edit", "wrong", "--kind", "film", "--unset", "season")
    assert shelf.ran("show", "wrong").err == ""


def test_release_that_another_one_follows_is_not_removed(shelf: Shelf) -> None:
    """A change may not make mistakes in other entries."""
    shelf.write(f"{MINE}\n[[release]]\nid = 'b'\ntitle = 'B'\nkind = 'film'\nsequel_to = 'long'\n")
    assert 'sequel_to: unknown release "long"' in shelf.refused("remove", "long", code=3)


def test_number_that_can_not_be_written_stops_no_change_of_another_entry(shelf: Shelf) -> None:
    """It has too many digits for Python."""
    shelf.write(f"{MINE}\n[[release]]\nid = 'big'\ntitle = 'B'\nseason = 0x{'f' * 5000}\n")
    shelf.ran("edit", "long", "--stage", "filming")
    assert 'stage = "filming"' in shelf.text


def test_unknown_key_stays_and_stops_nothing(shelf: Shelf) -> None:
    """Of the entry that is changed, and of the file."""
    shelf.write(MINE.replace("format = 1", "format = 1\nmood = 1") + "\ncolour = 'red'\n")
    shelf.ran("edit", "long", "--stage", "filming")
    assert "colour = 'red'" in shelf.text
    assert "mood = 1" in shelf.text


@pytest.mark.parametrize("text", ["", "# mine", "# mine\n\n", "\n"])
def test_an_empty_file_is_an_empty_catalogue(shelf: Shelf, text: str) -> None:
    """As `touch` makes it: what is added goes there, below its comments."""
    shelf.write(text)
    assert shelf.ran("list").err == ""
    assert shelf.ran("check").code == 0
    assert shelf.run("mine").code == errors.NOTHING_FOUND
    shelf.ran("add", "New")
    assert shelf.text.startswith(text)
    assert "format = 2\n\n[[release]]" in shelf.text
    shelf.ran("undo")
    assert shelf.text == text


def test_problems_that_a_change_would_make_are_refused(mine: Shelf) -> None:
    """The resulting file is checked, too; most messages name the option."""
    message = mine.refused("edit", "long", "--sequel-to", "nosuch", code=2)
    assert message.startswith('--sequel-to: No release has the id "nosuch". ')


def test_one_is_reported_if_no_command_reads_the_catalogue(
    mine: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    """COUNTDOWN_CATALOGUE names others."""
    monkeypatch.setenv("COUNTDOWN_CATALOGUE", "/nowhere.toml")
    ran = mine.ran("add", "New")
    assert ran.err == (f"{mine.path}: Not in use: COUNTDOWN_CATALOGUE names other catalogues.\n")
    assert mine.ran("edit", "new", "--stage", "filming").out == "Changed new: stage\n"


def test_on_a_terminal_it_says_how_to_go_back(mine: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not into a pipe."""
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    assert mine.ran("add", "New").err == "To undo it: countdown undo\n"


def test_difference_has_a_style_for_each_sign(mine: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a terminal; what stays has none."""
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    ran = mine.ran("edit", "short", "--stage", "filming", "--unset", "date", "--dry-run")
    styles = dict(re.findall(r"^\x1b\[([\d;]+)m(---|\+\+\+|@@|-d|\+s)", ran.out, re.MULTILINE))
    assert sorted(styles.values()) == ["+++", "+s", "-d", "@@"]
    assert '\n kind = "film"\n' in ran.out


def test_a_format_in_the_settings_does_not_matter(mine: Shelf) -> None:
    """These tell of a file; they have no JSON."""
    config = Path(paths.config_file() or "")
    config.parent.mkdir(parents=True)
    config.write_text('format = "json"\n', "utf-8")
    assert mine.ran("list").out.startswith("{")
    assert mine.ran("add", "New", "--dry-run").out.startswith("---")
    mine.ran("add", "New")
    assert mine.ran("mine").out.startswith("title\t")
    assert mine.ran("undo", "--dry-run").out.startswith("---")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("\ufeff" + MINE, ["1:1: starts with a byte-order mark, which is kept"]),
        (MINE.replace("\n", "\r\n"), []),
        (
            "\ufeff" + MINE.replace("\nid", "\r\nid"),
            [
                "1:1: starts with a byte-order mark, which is kept",
                "4: ends in CR LF, unlike others, which is kept",
            ],
        ),
        (
            MINE.replace("\n# the end", "\r\n# the end"),
            ["16: ends in CR LF, unlike others, which is kept"],
        ),
    ],
)
def test_unusual_bytes_are_reported_and_kept(shelf: Shelf, text: str, message: list[str]) -> None:
    """New lines are as the others are."""
    shelf.write(text)
    ran = shelf.ran("edit", "short", "--stage", "filming")
    assert ran.err.splitlines() == [f"{shelf.path}:{one}" for one in message]
    end = "\n" if message else "\r\n"
    before, note, after = text.partition("# about")
    assert shelf.text == f'{before}stage = "filming"{end}{note}{after}'


def test_without_a_home_there_is_no_catalogue_of_ones_own(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The message says what to set."""
    for name in ("HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, "")
    monkeypatch.setattr("sys.platform", "linux")
    message = "There's no home folder for your catalogue. Set HOME.\n"
    for words in (*CHANGES[:2], ("undo",), ("mine",)):
        ran = shelf.run(*words)
        assert (ran.code, ran.err) == (2, message)


# ---- All of it, in an editor ----


@pytest.fixture
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An editor that adds a release."""
    script = tmp_path / "editor"
    lines = '[[release]]\\nid = "typed"\\ntitle = "Typed"\\nkind = "film"'
    script.write_text(f"""#!/bin/sh\nprintf '\\n{lines}\\n' >>"$1"\n""")
    script.chmod(0o755)
    monkeypatch.setenv("VISUAL", str(script))


@pytest.mark.usefixtures("editor")
def test_text_saved_in_the_editor_is_the_catalogue(shelf: Shelf) -> None:
    """Also the first one, which begins with a few words on what may stand there."""
    ran = shelf.ran("edit")
    assert (ran.out, ran.err) == ("Changed ~/data/countdown/releases.toml\n", "")
    text = shelf.path.read_text("utf-8")
    assert text.startswith("# Your own catalogue.")
    assert text.endswith('\n[[release]]\nid = "typed"\ntitle = "Typed"\nkind = "film"\n')
    shelf.ran("undo")
    assert not shelf.path.exists()


@pytest.mark.usefixtures("editor")
def test_dry_run_shows_the_text_saved_in_the_editor(mine: Shelf) -> None:
    """With --dry-run, like any other change; what was typed is kept all the same."""
    before = mine.path.read_bytes()
    ran = mine.ran("edit", "--dry-run")
    assert '+id = "typed"' in ran.out.splitlines()
    draft = Path(ran.err.removeprefix("Your draft is kept: ").rstrip("\n"))
    assert 'id = "typed"' in draft.read_text("utf-8")
    assert mine.path.read_bytes() == before


def test_byte_order_mark_that_the_editor_removes_is_not_kept(
    mine: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So nothing says that it is."""
    mine.path.write_bytes(b"\xef\xbb\xbf" + mine.path.read_bytes())
    script = tmp_path / "editor"
    program = "import sys; p = sys.argv[1]; d = open(p, 'rb').read(); open(p, 'wb').write(d[3:])"
    script.write_text(f'#!/bin/sh\n"{sys.executable}" -c "{program}" "$1"\n')
    script.chmod(0o755)
    monkeypatch.setenv("VISUAL", str(script))
    ran = mine.ran("edit")
    assert (ran.out, ran.err) == ("Changed ~/data/countdown/releases.toml\n", "")
    assert mine.path.read_bytes().startswith(b"# My own.")


def test_release_with_an_identifier_that_is_known_is_not_added(mine: Shelf) -> None:
    """It would be an overlay of that one; the message names edit."""
    message = mine.refused("add", "Dune Messiah", "--ids", "imdb=tt31378509", code=2)
    assert message == '--ids: That\'s the release "dune-3". To change it: countdown edit dune-3\n'


# ---- Which one is changed ----


@pytest.mark.parametrize("words", [("hide",), ("remove",), ("edit", "--stage", "filming")])
def test_the_beginning_of_a_title_is_not_enough_to_change_one(
    mine: Shelf, words: tuple[str, ...]
) -> None:
    """To look at one it is; here the name in full is asked for."""
    message = mine.refused(words[0], "cousin", *words[1:], code=1)
    assert message == '"cousin" isn\'t an exact title. Did you mean "My Cousin\'s Short"?\n'


def test_a_date_of_a_region_keeps_its_type(shelf: Shelf) -> None:
    """Else there would be two, and the new one would not count."""
    shelf.ran("edit", "dune-3", "--date", "US=2027-01-01", "--correction")
    (us,) = shelf.last["dates"]
    assert (us["type"], str(us["date"])) == ("theatrical", "2027-01-01")
    shelf.ran("edit", "dune-3", "--date", "US/streaming=2027-03")
    message = shelf.refused("edit", "dune-3", "--date", "US=2028")
    assert message == (
        "--date: There are several dates for US. Say which, like US/theatrical=2028.\n"
    )
    assert shelf.ran("edit", "dune-3", "--unset", "date").out == (
        "Changed dune-3: date (built-in again)\n"
    )
    assert shelf.releases == []


def test_withdrawn_date_leaves_only_the_others(shelf: Shelf) -> None:
    """The built-in rows don't come back with it, until all of one's own are dropped."""
    br = {"region": "BR", "date": tomli.loads("d = 2026-12-17")["d"]}
    shelf.ran("edit", "dune-3", "--date", "US=none", "--correction")
    assert shelf.last == {"id": "dune-3", "dates": [br], "only_these_dates": True}
    shelf.ran("edit", "dune-3", "--date", "BR=2028", "--correction")
    assert shelf.last["dates"] == [{"region": "BR", "date": "2028"}]
    assert "US" not in shelf.ran("show", "dune-3").out
    line = "only_these_dates\t\ttrue\tChanged: Dune: Part Three (dune-3)"
    assert line in shelf.ran("mine").out.splitlines()
    drawn = shelf.ran("mine", "--format", "table").out.splitlines()
    assert "  only these dates: true" in drawn
    shelf.ran("edit", "dune-3", "--unset", "only_these_dates")
    assert "US" in shelf.ran("show", "dune-3").out
    shelf.ran("edit", "dune-3", "--date", "US=none", "--correction")
    shelf.ran("edit", "dune-3", "--date", "BR=none", "--correction")
    assert shelf.last == {"id": "dune-3", "dates": [], "only_these_dates": True}
    shelf.ran("edit", "dune-3", "--unset", "date")
    assert shelf.releases == []


def test_file_of_format_1_keeps_its_whole_list(shelf: Shelf) -> None:
    """A change writes all rows, as before: other built-in dates don't appear in it."""
    shelf.write("format = 1\n")
    shelf.ran("edit", "dune-3", "--date", "BR=2027-01-01", "--correction")
    assert [row["region"] for row in shelf.last["dates"]] == ["US", "BR"]
    shelf.ran("edit", "dune-3", "--date", "US=none", "--correction")
    (row,) = shelf.last["dates"]
    assert row["region"] == "BR"
    assert "only_these_dates" not in shelf.text
    assert "US" not in shelf.ran("show", "dune-3").out
    assert shelf.text.startswith("format = 1\n")


def test_row_of_a_date_replaces_one_of_another_entry_for_it(shelf: Shelf) -> None:
    """Of two overlays, each has its rows."""
    shelf.write(
        'format = 2\n[[release]]\nid = "mine"\nids = { imdb = "tt31378509" }\n'
        'dates = [{ region = "DE", date = 2027-01-01 }]\n[[release]]\nid = "dune-3"\n'
    )
    shelf.ran("edit", "dune-3", "--date", "BR=2028", "--correction")
    assert shelf.last["dates"] == [{"region": "BR", "date": "2028"}]
    shown = shelf.ran("show", "dune-3").out
    assert all(region in shown for region in ("US", "DE", "BR"))


def test_no_release_follows_itself(mine: Shelf) -> None:
    """Neither by its id nor by that of the one below."""
    message = mine.refused("edit", "short", "--sequel-to", "short")
    assert message == "--sequel-to: A release can't follow itself.\n"


@pytest.mark.parametrize(
    "entry",
    [
        '[[release]]\nid = "dune-3" # mine\nhidden = true\n',
        '[[release]]\n# A note.\nid = "dune-3"\nhidden = true\n',
        'release = [{ id = "dune-3", hidden = true }]\n',
    ],
)
def test_an_entry_with_a_comment_stays(entry: str, shelf: Shelf) -> None:
    """Though it says nothing any more."""
    shelf.write(f"format = 1\n{entry}")
    shelf.ran("edit", "dune-3", "--unset", "hidden")
    assert shelf.releases == [{"id": "dune-3"}]
    assert shelf.text.count("#") == entry.count("#")


def test_a_premiere_stays_when_a_release_date_is_set(shelf: Shelf) -> None:
    """It is none that counts."""
    shelf.ran("edit", "thor-5", "--date", "US/premiere=2027-01-01")
    shelf.ran("edit", "thor-5", "--date", "US=2027-01-08")
    assert [
        (one.get("type"), str(one["date"])) for one in shelf.last["dates"] if "region" in one
    ] == [
        ("premiere", "2027-01-01"),
        (None, "2027-01-08"),
    ]


def test_a_date_for_the_world_replaces_all_also_beside_another(shelf: Shelf) -> None:
    """Unless it is one more."""
    shelf.ran("edit", "dune-3", "--date", "2028", "--date", "BR=2029")
    assert shelf.last["dates"] == [{"date": "2028"}, {"region": "BR", "date": "2029"}]
    shelf.ran("undo")
    shelf.ran("edit", "dune-3", "--date", "+2028", "--date", "+BR=2029")
    assert [one.get("region") for one in shelf.last["dates"]] == ["BR", None]


@pytest.mark.parametrize("keys", [("stage", "stage"), ("date", "dates"), ("date", "date")])
def test_key_that_is_unset_twice_is_unset(keys: tuple[str, str], mine: Shelf) -> None:
    """Date and dates are two ways to say the same."""
    mine.ran("edit", "short", "--stage", "filming")
    mine.ran("edit", "short", "--unset", keys[0], "--unset", keys[1])
    assert keys[0] not in mine.releases[0]


@pytest.mark.parametrize(
    "line", ["hidden = true # because", "hidden=true", "hidden = true\nstage = 'filming'"]
)
def test_unchanged_value_keeps_its_spelling(line: str, shelf: Shelf) -> None:
    """And nothing is written."""
    text = f'format = 1\n[[release]]\nid = "dune-3"\n{line}\n'
    shelf.write(text)
    assert shelf.ran("hide", "dune-3").out.startswith("Nothing to change")
    assert shelf.text == text
    shelf.write(text.replace("true", "false"))
    shelf.ran("hide", "dune-3")
    assert shelf.text == text


@pytest.mark.parametrize(
    ("option", "message"),
    [("--source", "--source can't be empty"), ("--announced", "--announced can't be empty")],
)
def test_an_empty_option_of_a_move_is_none(option: str, message: str, shelf: Shelf) -> None:
    """Nothing else would be noted in its place."""
    assert shelf.refused("edit", "thor-5", "--date", "2028", option, "").startswith(message)


def test_values_that_are_added_are_trimmed_and_added_once(shelf: Shelf) -> None:
    """As one types them."""
    shelf.ran("edit", "dune-3", "--cast", "+ Idris Elba", "--alias", "+C", "--alias", "+C")
    assert shelf.last["cast"] == ["Zendaya", "Idris Elba"]
    assert shelf.last["aliases"] == ["Dune Messiah", "C"]


def test_values_that_a_new_list_lacks_are_told(shelf: Shelf) -> None:
    """Those of the built-in release, too, but not what stays in another spelling."""
    ran = shelf.ran("edit", "dune-3", "--alias", "My name for it", "--cast", "zendaya as Chani")
    assert ran.out == "Changed dune-3: aliases (dropped: Dune Messiah), cast\n"
    ran = shelf.ran("edit", "dune-3", "--cast", "Idris Elba", "--alias", "+B")
    assert ran.out == "Changed dune-3: aliases, cast (dropped: Zendaya)\n"
    ran = shelf.ran("edit", "dune-3", "--alias", "C")
    assert ran.out == "Changed dune-3: aliases (dropped: My name for it, B)\n"


def test_lines_of_a_difference_are_those_of_the_file(shelf: Shelf) -> None:
    """Other characters that some programs take for line ends are none in TOML."""
    shelf.write('# a\u2028bc\nformat = 1\n\n[[release]]\nid = "dune-3"\nstage = "filming"\n')
    out = shelf.ran("edit", "dune-3", "--stage", "wrapped", "--dry-run").out
    assert "@@ -3,4 +3,4 @@" in out


def test_a_title_can_be_taken_back(shelf: Shelf) -> None:
    """If a lower layer has one."""
    shelf.ran("edit", "dune-3", "--title", "Dune Drei")
    shelf.ran("edit", "dune-3", "--unset", "title")
    assert shelf.releases == []


def test_one_more_of_a_list_is_there_once(shelf: Shelf) -> None:
    """Said twice or known already."""
    shelf.ran("edit", "dune-3", "--cast", "+Zendaya", "--cast", "+Florence Pugh")
    assert shelf.last["cast"] == ["Zendaya", "Florence Pugh"]


def test_a_season_is_of_that_kind(shelf: Shelf) -> None:
    """If nothing else is said."""
    shelf.ran("add", " Andor ", "--season", "3")
    assert (shelf.last["title"], shelf.last["kind"]) == ("Andor", "season")
    shelf.ran("edit", "andor-season-3", "--season", str(2**63 - 1))
    assert shelf.last["season"] == 2**63 - 1


def test_another_catalogue_can_not_be_changed(mine: Shelf) -> None:
    """Nor is any other option taken that the command does not have, before its name or after."""
    for option in (["--catalogue", "x.toml"], ["--format", "csv"], ["--json"]):
        message = mine.refused(*option, "add", "New")
        name = option[0] if option[0] != "--json" else "--format"
        assert message.startswith(f"countdown add doesn't take {name}.\n")
    assert mine.refused("--catalogue", "x", "mine").startswith(
        "countdown mine doesn't take --catalogue.\n"
    )
    assert mine.refused("--no-color", "prompt").startswith(
        "countdown prompt doesn't take --no-color.\n"
    )
    assert mine.refused("--json", "check").startswith("countdown check doesn't take --format.\n")
    assert mine.refused("check", "--json").startswith("countdown check doesn't take --json.\n")
    assert mine.refused("check", "--jsom").startswith("Unknown option --jsom.")
    output = mine.refused("--format", "csv", "remind")
    assert output.startswith("--format: Choose plain, json, jsonl.\n")


def test_mistake_that_a_change_mends_is_not_reported_any_more(shelf: Shelf) -> None:
    """But those that are left, with their new number."""
    twin = "[[release]]\ntitle = 'Nobody Knows'\ndate = 2028-01-01\n"
    shelf.write(f"format = 1\n{twin}{twin}")
    assert "An entry in your catalogue is left out" in shelf.ran("list").err
    assert shelf.ran("remove", "nobody knows").err == ""
    shelf.write(f"format = 1\n{twin}{twin}[[release]]\ntitle = ''\n")
    assert shelf.ran("list").err.startswith("2 entries in your catalogue are left out")
    assert shelf.ran("remove", "nobody knows").err.startswith("An entry in your catalogue is left")
