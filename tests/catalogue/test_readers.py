"""TOML values one by one: what is read, and the problems of others."""

import string
from datetime import date, datetime, time
from typing import Any

import pytest

from countdown.catalogue import readers, schema
from countdown.catalogue.readers import (
    MAX_LIST_LENGTH,
    MAX_NUMBER,
    MAX_TEXT_LENGTH,
    KeyPath,
    Problem,
    Problems,
    Reader,
)
from countdown.core import edtf
from countdown.core.release import AnnouncedDate, Credit, Move, Source

AT: KeyPath = ("release", 3, "key")


def read(reader: Reader, value: object) -> tuple[object, list[str]]:
    """The result of *reader* for *value*, and its problems as `message; hint`."""
    problems: Problems = []
    result = reader(value, AT, problems)
    assert all(problem.path[: len(AT)] == AT for problem in problems)
    return result, [f"{problem.message}; {problem.hint}" for problem in problems]


A_STRING = 'should be text, not {}; write "…"'
A_LIST = 'should be a list, not {}; write ["…"], even for one'
WHOLE = "should be a whole number; write one like 2"
TOO_LARGE = "is too large a number; write one like 2"
PLAIN = "has the control character {}; remove it"

# A value of each type that TOML has, and what it is called.
TYPES: tuple[tuple[object, str], ...] = (
    ("text", "text"),
    (7, "a number"),
    (1.5, "a number"),
    (True, "true or false"),
    (["a"], "a list"),
    ({"a": 1}, "a table"),
    (date(2027, 6, 11), "a date or time"),
    (datetime(2027, 6, 11), "a date or time"),
    (time(10), "a date or time"),
)


@pytest.mark.parametrize(("value", "kind"), TYPES)
def test_every_type_of_toml_has_a_name(value: object, kind: str) -> None:
    """In words that a person uses."""
    assert readers.kind_of(value) == kind


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        *((value, A_STRING.format(kind)) for value, kind in TYPES if not isinstance(value, str)),
        ("", "can't be empty; leave it out if you don't know"),
        ("  \t", "can't be empty; leave it out if you don't know"),
        ("Thor\x1b[2J", PLAIN.format(r"\x1b")),
        ("Thor\nRagnarok", PLAIN.format(r"\x0a")),
        ("Thor\u202e", PLAIN.format(r"\u202e")),
        ("a" * 4001, "is 4,001 characters long; use at most 4,000"),
    ],
)
def test_text_is_one_safe_line(value: object, problem: str) -> None:
    """Anything else is a problem, and not read."""
    assert read(readers.text, value) == (None, [problem])


@pytest.mark.parametrize("value", ["Thor", "T  h", "葛\U000e0100", "a" * MAX_TEXT_LENGTH])
def test_text_is_kept_as_it_is(value: str) -> None:
    """Spaces within it as well, and up to the longest."""
    assert read(readers.text, value) == (value, [])


@pytest.mark.parametrize("value", [" Thor ", "Thor ", " Thor", "\xa0Thor", "Thor\u3000", "Thor  "])
def test_text_has_no_blanks_around_it(value: str) -> None:
    """They are not seen, and would make another name and another order of it."""
    assert read(readers.text, value) == ("Thor", [])
    assert read(readers.names, [value, "a"]) == (("Thor", "a"), [])
    assert read(readers.choice("Thor"), value) == ("Thor", [])
    assert read(readers.slug, value.lower())[1] == [
        f'"{value.lower()}" isn\'t a valid id; use a-z, 0-9 and -, like "thor-love-and-thunder"'
    ]


@pytest.mark.parametrize("value", ["a", "thor-2", "3-body-problem", "a--b", "7"])
def test_slug_is_a_stable_identifier(value: str) -> None:
    """Small letters, digits and hyphens within."""
    assert read(readers.slug, value) == (value, [])


@pytest.mark.parametrize("value", ["Thor", "thor 2", "thor_2", "-thor", "thor-", "thör", "-"])
def test_other_text_is_no_slug(value: str) -> None:
    """The problem shows one that would do."""
    hint = 'use a-z, 0-9 and -, like "thor-love-and-thunder"'
    assert read(readers.slug, value)[1] == [f'"{value}" isn\'t a valid id; {hint}']


def test_slug_has_no_character_but_letters_digits_and_hyphens() -> None:
    """Of all that a keyboard has."""
    fit = [item for item in string.printable if read(readers.slug, f"a{item}b")[1] == []]
    assert "".join(fit) == f"{string.digits}{string.ascii_lowercase}-"


def test_value_of_another_type_is_one_problem() -> None:
    """A number is no text, so there is nothing to say of its letters or its region."""
    for reader in (readers.slug, readers.choice("film"), readers.region, readers.url):
        assert read(reader, 7) == (None, [A_STRING.format("a number")])


@pytest.mark.parametrize(
    ("value", "expected", "problems"),
    [
        (["a", "b"], ("a", "b"), []),
        ([], (), []),
        ("a", (), [A_LIST.format("text")]),
        ({"a": 1}, (), [A_LIST.format("a table")]),
        (
            ["a", 7, ""],
            ("a",),
            [A_STRING.format("a number"), "can't be empty; leave it out if you don't know"],
        ),
    ],
)
def test_names_are_a_list_of_strings(value: object, expected: object, problems: list[str]) -> None:
    """Also where there is one; what is no string is left out and told."""
    assert read(readers.names, value) == (expected, problems)


def test_problem_in_a_list_tells_which_one() -> None:
    """The path leads to the element."""
    problems: Problems = []
    readers.names(["a", 7], AT, problems)
    readers.list_of(readers.text)(["a", "b", ""], AT, problems)
    assert [problem.path for problem in problems] == [(*AT, 1), (*AT, 2)]


@pytest.mark.parametrize(
    ("value", "hint"),
    [
        ("filmed", 'did you mean "film"?'),
        ("Film", 'did you mean "film"?'),
        ("seasons", 'did you mean "season"?'),
        ("opera", "choose film, season"),
    ],
)
def test_unknown_word_is_reported_the_nearest(value: str, hint: str) -> None:
    """Or all there are, where none is near."""
    problem = f'unknown value "{value}"; {hint}'
    assert read(readers.choice("film", "season"), value)[1] == [problem]
    assert read(readers.choice("film", "season"), "season") == ("season", [])


def test_suggestion_can_be_something_else_where_nothing_is_near() -> None:
    """A list of thousands helps nobody."""
    assert readers.suggestion("xyz", ("film",), fallback="write one") == "write one"
    assert readers.suggestion("xyz", ("film",)) == "choose film"
    assert readers.suggestion("flim", ("film",), fallback="write one") == 'did you mean "film"?'


def test_hint_is_left_out_once_there_are_so_many_problems() -> None:
    """Nobody reads the last of them."""
    problems = [Problem(AT, "wrong")] * 249
    assert readers.hint("flim", ("film",), problems) == 'did you mean "film"?'
    problems.append(Problem(AT, "wrong"))
    assert readers.hint("flim", ("film",), problems) == ""


@pytest.mark.parametrize(
    ("value", "hint"),
    [
        ("UK", 'write "GB"'),
        ("uk", 'write "GB"'),
        ("EN", 'write two letters, like "US" or "BR"'),
        ("USA", 'write "US"'),
        ("br", 'write "BR"'),
        ("EU", 'write two letters, like "US" or "BR"'),
        ("Brazil", 'write "BR"'),
        ("Brasilia", 'did you mean "Brasil" (BR)?'),
        ("XX", 'write two letters, like "US" or "BR"'),
    ],
)
def test_unknown_region_is_reported_the_right_one(value: str, hint: str) -> None:
    """The country is GB, whatever its own people call it."""
    assert read(readers.region, value)[1] == [f'"{value}" isn\'t a region; {hint}']
    assert read(readers.region, "GB") == ("GB", [])


def test_region_beyond_many_problems_is_not_looked_up() -> None:
    """Comparing names is slow, and nobody reads the last of the problems."""
    problems = [Problem(AT, "wrong")] * 250
    readers.region("Brazil", AT, problems)
    assert problems[-1].hint == 'write two letters, like "US" or "BR"'


@pytest.mark.parametrize("value", ["2027-Q4", date(2027, 6, 11), "2027"])
def test_date_is_read(value: str | date) -> None:
    """From a string or from a date of TOML."""
    assert read(readers.date, value) == (edtf.from_toml(value), [])


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        ("2027-13", '"2027-13": there\'s no month or season 13; months are 01 to 12'),
        ("2027-02-29", '"2027-02-29": February 2027 has only 28 days; '),
        ("", "can't be empty; leave it out if you don't know"),
        ("2027\x1b", PLAIN.format(r"\x1b")),
        (datetime(2027, 6, 11), "a time needs its UTC offset; write 2027-06-11T00:00:00-07:00"),
        (time(10), f"should be a date, not a time of day; write one like {edtf.EXAMPLES}"),
    ],
)
def test_other_values_than_dates_are_problems(value: object, problem: str) -> None:
    """A string is repeated, so that it is found at once."""
    assert read(readers.date, value) == (None, [problem])


@pytest.mark.parametrize(
    "read",
    [readers.names, readers.list_of(readers.text), schema.cast],
    ids=["names", "list", "cast"],
)
@pytest.mark.parametrize("entry", ["A", "\u202e"], ids=["sound", "hostile"])
def test_list_has_only_so_many_entries(read: Reader, entry: str) -> None:
    """Longer ones would take a change of them hundreds of MiB."""
    problems: Problems = []
    assert read([entry] * (MAX_LIST_LENGTH + 1), ("cast",), problems) == ()
    assert problems == [Problem(("cast",), "has 10,001 entries", "use at most 10,000")]
    problems.clear()
    assert read(["A"] * MAX_LIST_LENGTH, ("cast",), problems)
    assert problems == []


@pytest.mark.parametrize("value", [0, 1, 42, MAX_NUMBER])
def test_number_is_whole(value: int) -> None:
    """From nothing to the largest that TOML promises."""
    assert read(readers.number, value) == (value, [])


def test_largest_number_is_that_of_toml() -> None:
    """64 bits with a sign."""
    largest = 9_223_372_036_854_775_807
    assert read(readers.number, largest) == (largest, [])
    assert read(readers.number, largest + 1) == (None, [TOO_LARGE])


@pytest.mark.parametrize("value", [1.0, True, "2", [2]])
def test_anything_else_is_no_number(value: object) -> None:
    """True is none either, whatever Python thinks."""
    assert read(readers.number, value) == (None, [WHOLE])


@pytest.mark.parametrize("value", [-1, -MAX_NUMBER])
def test_number_is_not_below_0(value: int) -> None:
    """It is whole all the same."""
    assert read(readers.number, value) == (None, ["should be 0 or more; write one like 2"])


def test_huge_number_is_a_problem_and_not_a_crash() -> None:
    """Python reads a hexadecimal number of any length, and can't always write it."""
    huge = 0x10**5000
    assert read(readers.number, huge) == (None, [TOO_LARGE])


@pytest.mark.parametrize(
    ("value", "expected", "problems"),
    [
        (True, True, []),
        (False, False, []),
        (1, False, ["should be true or false, not a number; "]),
        ("true", False, ["should be true or false, not text; "]),
    ],
)
def test_flag_is_true_or_false(value: object, expected: bool, problems: list[str]) -> None:
    """A number or a string is neither."""
    assert read(readers.flag, value) == (expected, problems)


@pytest.mark.parametrize("value", ["https://example.org/a?b=c#d", "http://example.org"])
def test_web_address_is_read(value: str) -> None:
    """With or without encryption."""
    assert read(readers.url, value) == (value, [])


@pytest.mark.parametrize(
    "value", ["example.org", "ftp://example.org", "javascript:alert(1)", "https://a b", "HTTPS"]
)
def test_anything_else_is_no_web_address(value: str) -> None:
    """No other scheme can be clicked."""
    assert read(readers.url, value)[1] == [f'"{value}" isn\'t a web address; write "https://…"']


A_TABLE = "should be a table, not {}; write {{ key = … }}"
ON = edtf.parse("2022-07-08")
NAMELESS = 'name is missing; add { name = "…", role = "…" }'


@pytest.mark.parametrize(
    ("reader", "value", "expected"),
    [
        (schema.credit, "Chris Pratt", Credit("Chris Pratt")),
        (schema.credit, {"name": "Bale", "role": "Gorr"}, Credit("Bale", "Gorr")),
        (schema.source, "https://a.org", Source("https://a.org")),
        (
            schema.source,
            {"url": "https://a.org", "date": "2022-07-08"},
            Source("https://a.org", ON),
        ),
        (schema.announced_date, {"date": "2022-07-08"}, AnnouncedDate(ON)),
        (
            schema.announced_date,
            {"date": "2022-07-08", "region": "BR", "type": "tv"},
            AnnouncedDate(ON, "BR", "tv"),
        ),
        (schema.move, {"from": "2022-07-08"}, Move(ON, None)),
        (schema.move, {"to": "2022-07-08"}, Move(None, ON)),
        (
            schema.move,
            {
                "from": "2022-07-08",
                "to": "2022-07-08",
                "announced": "2022-07-08",
                "source": "https://a.org",
            },
            Move(ON, ON, ON, "https://a.org"),
        ),
        (schema.ids_table, {"imdb": "tt1", "tmdb": 2}, (("imdb", "tt0000001"), ("tmdb", 2))),
        (schema.ids_table, {}, ()),
    ],
)
def test_table_becomes_a_value_of_the_domain(reader: Reader, value: Any, expected: object) -> None:
    """Short forms and long ones."""
    assert read(reader, value) == (expected, [])


@pytest.mark.parametrize(
    ("reader", "value", "expected", "problems"),
    [
        (schema.credit, 7, None, [A_TABLE.format("a number")]),
        (schema.credit, "", None, ["can't be empty; leave it out if you don't know"]),
        (schema.credit, {"name": ""}, None, ["can't be empty; write one"]),
        (
            schema.credit,
            {"role": ""},
            None,
            ["can't be empty; leave it out if you don't know", NAMELESS],
        ),
        (schema.credit, {}, None, [NAMELESS]),
        (schema.credit, {"role": "Gorr"}, None, [NAMELESS]),
        (schema.credit, {"name": 7}, None, [A_STRING.format("a number")]),
        (
            *(schema.credit, {"name": "Bale", "rôle": "Gorr"}, Credit("Bale")),
            ['unknown key; did you mean "role"?'],
        ),
        (schema.source, 7, None, [A_TABLE.format("a number")]),
        (
            *(schema.source, "example.org", Source("example.org")),
            ['"example.org" isn\'t a web address; write "https://…"'],
        ),
        (schema.source, "", None, ["can't be empty; leave it out if you don't know"]),
        (
            *(schema.source, {"date": "2022"}, None),
            ['url is missing; add { url = "https://…" }'],
        ),
        (schema.announced_date, "2022", None, [A_TABLE.format("text")]),
        (
            schema.announced_date,
            {"region": "US"},
            None,
            ["date is missing; add a date like 2027-06-11"],
        ),
        (
            schema.announced_date,
            {"date": "soon"},
            None,
            [f'"soon": can\'t read that as a date; write one like {edtf.EXAMPLES}'],
        ),
        (schema.move, "2022", Move(None, None), [A_TABLE.format("text")]),
        (
            *(schema.move, {"announced": "2022-07-08"}, Move(None, None, ON)),
            ["needs from or to; write from = 2022-05-06 and to = 2022-07-08"],
        ),
        (schema.ids_table, [], (), [A_TABLE.format("a list")]),
        (
            *(schema.ids_table, {"imdbb": "tt1"}, ()),
            ['unknown key; did you mean "imdb"?'],
        ),
    ],
)
def test_faulty_table_is_reported(
    reader: Reader, value: Any, expected: object, problems: list[str]
) -> None:
    """One problem each, and nothing is made of what lacks the main thing."""
    assert read(reader, value) == (expected, problems)


@pytest.mark.parametrize(
    ("values", "has_value", "expected"),
    [
        ({"id": "a"}, True, []),
        ({}, False, [Problem(AT, "id is missing", 'add id = "a"')]),
        ({"id": None}, False, []),  # it was there, and is a problem already
    ],
)
def test_required_key_must_be_there(
    values: dict[str, object], has_value: bool, expected: list[Problem]
) -> None:
    """A missing key is a problem; an unreadable one was reported before."""
    problems: Problems = []
    assert readers.check_required(values, AT, problems, "id", example='id = "a"') is has_value
    assert problems == expected
