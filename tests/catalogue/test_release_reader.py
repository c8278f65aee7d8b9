"""One [[release]] table: every key of the format, and how keys depend on each other."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from countdown.catalogue import identity, release_reader
from countdown.catalogue.readers import Problems
from countdown.catalogue.schema import ANNOUNCED_DATE, CREDIT, IDS, MOVE, RELEASE, SOURCE
from countdown.catalogue.season_keys import SEASON_KEYS
from countdown.core import edtf
from countdown.core.dates import ReleaseDate
from countdown.core.release import AnnouncedDate, Credit, Move, Release, Source

MINIMAL = {"id": "thor", "title": "Thor", "kind": "film"}


def parse_date(text: str) -> ReleaseDate:
    """The date of *text*."""
    return edtf.parse(text)


def read_valid(table: dict[str, Any], checked: ReleaseDate | None = None) -> Release:
    """The release of a table without problems."""
    problems: Problems = []
    value = release_reader.release(table, ("release", 0), problems, checked=checked)
    assert problems == []
    assert value is not None
    return value


def problems_of(table: dict[str, Any]) -> list[tuple[tuple[str | int, ...], str, str]]:
    """The problems of an invalid table: path, message and hint."""
    problems: Problems = []
    assert release_reader.release(table, ("release", 0), problems) is None
    return [(problem.path[2:], problem.message, problem.hint) for problem in problems]


def test_id_title_and_kind_are_enough() -> None:
    """Everything else is unknown, and stays so."""
    assert read_valid(MINIMAL) == Release("thor", "Thor", "film")


@pytest.mark.parametrize(
    ("key", "hint"),
    [
        ("id", 'add id = "…"'),
        ("title", 'add title = "…"'),
        ("kind", 'add kind = "film"'),
    ],
)
def test_missing_required_key_is_reported_with_an_example(key: str, hint: str) -> None:
    """An id is not mended with a kind."""
    table = {name: value for name, value in MINIMAL.items() if name != key}
    assert problems_of(table) == [((), f"{key} is missing", hint)]


ON = date(2022, 7, 8)
DAY = parse_date("2022-07-08")


@pytest.mark.parametrize(
    ("unverified", "has_date", "expected"),
    [
        ([], True, [False, False, True]),
        (["cast"], True, [False, False, True]),
        (["date"], True, [True, False, True]),
        (["dates"], True, [True, True, True]),
        (["date"], False, [True, True]),
        (["dates"], False, [True, True]),
    ],
)
def test_unverified_applies_to_the_date_that_it_names(
    unverified: list[str], has_date: bool, expected: list[bool]
) -> None:
    """Its own, or that of the key; `date` is one row if it is there, else it means all."""
    rows = [{"date": ON, "region": "US"}, {"date": ON, "region": "BR", "unverified": True}]
    table = {**MINIMAL, "unverified": unverified, "dates": rows}
    release = read_valid({**table, "date": ON} if has_date else table)
    assert [dated.unverified for dated in release.dates] == expected
    assert release.unverified == tuple(unverified)


def test_row_has_a_source_and_a_check_of_its_own() -> None:
    """Without them it has those of the release."""
    row = {"date": ON, "source": "https://a.org", "checked": "2022-06"}
    (dated,) = read_valid({**MINIMAL, "dates": [row]}).dates
    assert (dated.source, dated.checked) == ("https://a.org", parse_date("2022-06"))
    assert problems_of({**MINIMAL, "dates": [{**row, "source": "a", "unverified": "yes"}]}) == [
        (("dates", 0, "source"), '"a" isn\'t a web address', 'write "https://…"'),
        (("dates", 0, "unverified"), "should be true or false, not text", ""),
    ]


@pytest.mark.parametrize(
    ("key", "value", "attribute", "expected"),
    [
        ("was", ["rescue"], "was", ("rescue",)),
        ("aliases", ["Rescue"], "aliases", ("Rescue",)),
        (
            *("titles", {"PT-br": "Resgate", "zh-hant": "惊天营救"}, "titles"),
            (("pt-BR", "Resgate"), ("zh-Hant", "惊天营救")),
        ),
        ("kind", "season", "kind", "season"),
        ("season", 0, "season", 0),
        ("franchise", ["Extraction"], "franchise", ("Extraction",)),
        ("sequel_to", "extraction", "sequel_to", "extraction"),
        ("platform", ["Netflix"], "platform", ("Netflix",)),
        ("distributor", [], "distributor", ()),
        ("studio", ["AGBO"], "studio", ("AGBO",)),
        ("country", ["GB", "usa", "Brasil", "UK"], "country", ("GB", "US", "BR")),
        ("director", ["Sam Hargrave"], "director", ("Sam Hargrave",)),
        ("writer", ["Joe Russo"], "writer", ("Joe Russo",)),
        ("creator", ["Tony Gilroy"], "creator", ("Tony Gilroy",)),
        (
            *("cast", [{"name": "Chris Hemsworth", "role": "Tyler Rake"}, "Golshifteh Farahani"]),
            *("cast", (Credit("Chris Hemsworth", "Tyler Rake"), Credit("Golshifteh Farahani"))),
        ),
        ("synopsis", "A rescue.", "synopsis", "A rescue."),
        ("stage", "wrapped", "stage", "wrapped"),
        ("stage_since", "2022-04", "stage_since", parse_date("2022-04")),
        ("stage_note", "Filming has wrapped.", "stage_note", "Filming has wrapped."),
        ("expected", "2023", "expected", parse_date("2023")),
        ("date", ON, "dates", (AnnouncedDate(DAY),)),
        (
            *("date", datetime(2022, 7, 8, 7, tzinfo=UTC), "dates"),
            (AnnouncedDate(parse_date("2022-07-08T07:00:00Z")),),
        ),
        (
            *("dates", [{"date": ON, "region": "BR", "type": "theatrical"}], "dates"),
            (AnnouncedDate(DAY, "BR", "theatrical"),),
        ),
        ("complete", "2022-09", "complete", parse_date("2022-09")),
        ("cadence", "all at once", "cadence", "all at once"),
        (
            *("moves", [{"from": "2022-05-06", "to": ON, "announced": "2021-10-18"}], "moves"),
            (Move(parse_date("2022-05-06"), DAY, parse_date("2021-10-18")),),
        ),
        ("moves", [{"from": ON}], "moves", (Move(DAY, None),)),  # the date was withdrawn
        ("unverified", ["stage", "ids.tmdb"], "unverified", ("stage", "ids.tmdb")),
        ("checked", ON, "checked", DAY),
        (
            *("sources", ["https://a.org", {"url": "https://b.org", "date": ON}], "sources"),
            (Source("https://a.org"), Source("https://b.org", DAY)),
        ),
        ("ids", {"imdb": "tt1", "tmdb": 2}, "ids", (("imdb", "tt0000001"), ("tmdb", 2))),
        ("hidden", False, "title", "Thor"),
    ],
)
def test_every_key_is_read(key: str, value: object, attribute: str, expected: object) -> None:
    """Each into the attribute of its name; `date` is short for one of `dates`."""
    kind = "season" if key in SEASON_KEYS else "film"
    assert getattr(read_valid({**MINIMAL, "kind": kind, key: value}), attribute) == expected


def test_every_key_of_the_format_is_tested_above_or_required() -> None:
    """A key that is added to the format is missing here until it is tested."""
    marks = test_every_key_is_read.pytestmark  # type: ignore[attr-defined]  # set by parametrize
    tested = {row[0] for row in marks[0].args[1]}
    assert tested | set(MINIMAL) == set(RELEASE) - {"only_these_dates"}


def test_every_attribute_of_a_release_is_a_key() -> None:
    """But `date`, which is one of the dates, `hidden`, and what is about an overlay alone.

    Where facts are from is worked out.
    """
    keys = set(RELEASE) - {"date", "hidden", "only_these_dates"}
    assert keys == set(Release._fields) - {"providers"}
    assert set(CREDIT) == set(Credit._fields)
    assert set(SOURCE) == set(Source._fields)
    assert set(ANNOUNCED_DATE) == set(AnnouncedDate._fields) - {"origin", "read", "disputed"}
    assert {*set(MOVE) - {"from", "to"}, "before", "after"} == set(Move._fields)


@pytest.mark.parametrize("table", [RELEASE, CREDIT, SOURCE, ANNOUNCED_DATE, MOVE, IDS])
def test_every_key_has_a_description(table: dict[str, Any]) -> None:
    """A schema for editors and one sentence for people."""
    assert all(field.schema and field.doc.endswith(".") for field in table.values())


def test_short_date_stands_before_the_dates_of_regions() -> None:
    """Both may be given, if the others say where."""
    release = read_valid({**MINIMAL, "date": ON, "dates": [{"date": "2022-07-07", "region": "BR"}]})
    assert release.dates == (AnnouncedDate(DAY), AnnouncedDate(parse_date("2022-07-07"), "BR"))


@pytest.mark.parametrize(
    ("own_day", "file", "expected"),
    [(None, None, None), (None, "2022", "2022"), ("2023", "2022", "2023"), ("2023", None, "2023")],
)
def test_entry_that_says_no_day_of_checking_has_that_of_its_file(
    own_day: str | None, file: str | None, expected: str | None
) -> None:
    """Its own comes first."""
    table = {**MINIMAL, "checked": own_day} if own_day else MINIMAL
    release = read_valid(table, checked=parse_date(file) if file else None)
    assert release.checked == (parse_date(expected) if expected else None)


def test_countries_beyond_many_problems_are_refused_without_a_search() -> None:
    """Which takes a millisecond each; names are still read."""
    table = {**MINIMAL, "country": [*(f"Brazl{n}" for n in range(300)), "Brazil", "Brazl"]}
    problems = problems_of(table)
    assert len(problems) == 301
    assert problems[0][2] == 'did you mean "Brazil" (BR)?'
    assert problems[-1] == (
        ("country", 301),
        '"Brazl" isn\'t a region',
        'write a name like "Brazil" or two letters like BR',
    )


ONE_DATE = "if it changed, add that to moves"


@pytest.mark.parametrize(
    ("table", "problems"),
    [
        (
            {"dates": [{"date": ON, "region": "US"}, {"date": "2022", "region": "US"}]},
            [(("dates", 1), "there's already a date for US, no type", ONE_DATE)],
        ),
        (
            {"dates": [{"date": ON}, {"date": ON}, {"date": ON}]},
            [
                (("dates", 1), "there's already a date for worldwide, no type", ONE_DATE),
                (("dates", 2), "there's already a date for worldwide, no type", ONE_DATE),
            ],
        ),
        (
            {"date": ON, "dates": [{"date": ON, "region": "US"}, {"date": "2022"}]},
            [(("dates", 1), "there's already a date for worldwide, no type", ONE_DATE)],
        ),
        (
            {"dates": [{"date": ON, "type": "tv"}, {"date": ON, "type": "tv"}]},
            [(("dates", 1), "there's already a date for worldwide, tv", ONE_DATE)],
        ),
        (  # a date whose place isn't stated stands beside a worldwide one
            {"dates": [{"date": ON}, *2 * [{"date": ON, "place": "unstated"}]]},
            [(("dates", 2), "there's already a date for no stated place, no type", ONE_DATE)],
        ),
        (
            {"dates": [{"date": ON, "region": "BR", "place": "unstated"}]},
            [
                (
                    ("dates", 0, "place"),
                    "the place of a date with a region is stated",
                    "leave out place, or else region",
                )
            ],
        ),
        (
            {"dates": [{"date": ON, "place": "br"}, {"date": ON, "place": "somewhere"}]},
            [
                (("dates", 0, "place"), 'unknown value "br"', 'write region = "BR"'),
                (
                    ("dates", 1, "place"),
                    'unknown value "somewhere"',
                    'write "unstated" if the source doesn\'t say where; else leave it out',
                ),
                (("dates", 1), "there's already a date for no stated place, no type", ONE_DATE),
            ],
        ),
        (
            {"dates": [{"date": ON, "place": 7}]},
            [(("dates", 0, "place"), "should be text, not a number", 'write "…"')],
        ),
        (  # what can't be read does not shift the count of what follows it
            {"dates": [{"region": "US"}, 7, {"date": ON}, {"date": "2022"}]},
            [
                (("dates", 0), "date is missing", "add a date like 2027-06-11"),
                (("dates", 1), "should be a table, not a number", "write { key = … }"),
                (("dates", 3), "there's already a date for worldwide, no type", ONE_DATE),
            ],
        ),
        (  # regions that are none are told as such, not compared
            {"dates": [{"date": ON, "region": 7}, {"date": ON, "region": 7}, {"date": ON}]},
            [
                (("dates", 0, "region"), "should be text, not a number", 'write "…"'),
                (("dates", 1, "region"), "should be text, not a number", 'write "…"'),
            ],
        ),
        (
            {"dates": {"date": ON}},
            [(("dates",), "should be a list, not a table", "write [ … ], even for one")],
        ),
    ],
)
def test_region_and_type_have_one_date(
    table: dict[str, Any], problems: list[tuple[tuple[str | int, ...], str, str]]
) -> None:
    """A second one for the same place is a problem, and told where it stands."""
    assert problems_of({**MINIMAL, **table}) == problems


@pytest.mark.parametrize(
    "dates",
    [
        [{"date": ON, "region": "US"}, {"date": ON, "region": "BR"}],
        [{"date": ON, "type": "theatrical"}, {"date": "2022-09", "type": "digital"}],
        [{"date": ON}, {"date": ON, "region": "US"}, {"date": ON, "type": "tv"}],
    ],
)
def test_other_region_or_type_has_a_date_of_its_own(dates: list[dict[str, Any]]) -> None:
    """One never overwrites another."""
    assert len(read_valid({**MINIMAL, "dates": dates}).dates) == len(dates)


@pytest.mark.parametrize("names", [["stage", "dates", "ids.tmdb", "cast.Chris Pratt"], []])
def test_unverified_names_keys(names: list[str]) -> None:
    """Or parts of one after a dot."""
    assert read_valid({**MINIMAL, "unverified": names}).unverified == tuple(names)


@pytest.mark.parametrize(
    ("names", "problems"),
    [
        (["stages"], [(("unverified", 0), 'unknown key "stages"', 'did you mean "stage"?')]),
        (
            ["ids.tmdb", "idss.tmdb"],
            [(("unverified", 1), 'unknown key "idss.tmdb"', 'did you mean "ids"?')],
        ),
        (
            [7, "", "stages"],
            [
                (("unverified", 0), "should be text, not a number", 'write "…"'),
                (("unverified", 1), "can't be empty", "leave it out if you don't know"),
                (("unverified", 2), 'unknown key "stages"', 'did you mean "stage"?'),
            ],
        ),
        (
            "stage",
            [(("unverified",), "should be a list, not text", 'write ["…"], even for one')],
        ),
    ],
)
def test_unverified_that_names_no_key_is_reported(
    names: object, problems: list[tuple[tuple[str | int, ...], str, str]]
) -> None:
    """With the nearest one, and where in the list it stands."""
    assert problems_of({**MINIMAL, "unverified": names}) == problems


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ({"ids": {"imdb": "tt1"}}, {"ids": {"imdb": "tt1"}}, True),
        ({"ids": {"imdb": "tt1"}}, {"ids": {"imdb": "tt2"}}, False),
        ({"ids": {"imdb": "1"}}, {"ids": {"wikidata": "1"}}, False),
        ({"ids": {"imdb": "tt1", "tmdb": 1}}, {"ids": {"tmdb": 1, "tvmaze": 3}}, True),
        # seasons of one series
        ({"ids": {"tvmaze": 1}, "season": 1}, {"ids": {"tvmaze": 1}, "season": 1}, True),
        ({"ids": {"tvmaze": 1}, "season": 1}, {"ids": {"tvmaze": 1}, "season": 2}, False),
        ({"ids": {"tvmaze": 1}, "season": 1}, {"ids": {"tvmaze": 1}}, False),
        ({"ids": {"tvmaze": 1}, "season": 0}, {"ids": {"tvmaze": 1}}, False),
        # TMDB numbers films and series apart; the others do not
        ({"ids": {"tmdb": 1}, "kind": "film"}, {"ids": {"tmdb": 1}, "kind": "series"}, False),
        ({"ids": {"tmdb": 1}, "kind": "film"}, {"ids": {"tmdb": 1}, "kind": "short"}, True),
        ({"ids": {"tmdb": 1}, "kind": "season"}, {"ids": {"tmdb": 1}, "kind": "series"}, True),
        (
            {"ids": {"imdb": "tt1"}, "kind": "film"},
            {"ids": {"imdb": "tt1"}, "kind": "series"},
            True,
        ),
        # nothing to compare, or nothing that could be an identifier
        ({}, {}, False),
        ({"ids": {}}, {"ids": {}}, False),
        ({"ids": []}, {"ids": []}, False),
        ({"ids": {"imdb": ["tt1"]}}, {"ids": {"imdb": ["tt1"]}}, False),
        ({"ids": {"imdb": "tt1"}, "season": [1]}, {"ids": {"imdb": "tt1"}, "season": {}}, True),
    ],
)
def test_shared_identifier_makes_two_tables_one_release(
    first: dict[str, Any], second: dict[str, Any], same: bool
) -> None:
    """Of the same season, and at TMDB of the same sort."""
    assert (
        bool(set(identity.external_identities(first)) & set(identity.external_identities(second)))
        is same
    )


@pytest.mark.parametrize(
    ("titles", "path", "message", "hint"),
    [
        (["Resgate"], (), "should be a table, not a list", 'write { pt = "…" }'),
        ("Resgate", (), "should be a table, not text", 'write { pt = "…" }'),
        ({"pt": 2}, ("pt",), "should be text, not a number", 'write "…"'),
        ({"pt": " "}, ("pt",), "can't be empty", "leave it out if you don't know"),
        ({"pt_BR": "A"}, ("pt_BR",), '"pt_BR" isn\'t a language', 'write "pt-BR"'),
        ({"Brazilian": "A"}, ("Brazilian",), '"Brazilian" isn\'t a language', 'write "pt-BR"'),
        ({"jp": "A"}, ("jp",), '"jp" isn\'t a language', 'write "ja"'),
        (
            {"x\x1b": "A"},
            ("x\x1b",),
            '"x\\x1b" isn\'t a language',
            'write a code like "de" or "pt-BR"',
        ),
        (
            {"pt-BR": "A", "PT-br": "B"},
            ("PT-br",),
            "there's already a title in pt-BR",
            "keep one, and put others in aliases",
        ),
    ],
)
def test_title_needs_a_language_of_its_own(
    titles: object, path: tuple[str, ...], message: str, hint: str
) -> None:
    """Written as BCP 47 has it, in any case; a text that can be shown."""
    assert problems_of({**MINIMAL, "titles": titles}) == [(("titles", *path), message, hint)]


@pytest.mark.parametrize(
    ("facts", "key", "message", "hint"),
    [
        ({"kind": "film", "complete": ON}, "complete", "a film has no episodes", "leave it out"),
        ({"kind": "short", "cadence": "weekly"}, "cadence", "a short has no episodes", ""),
        (
            {"date": "2022-07-09", "complete": ON},
            *("complete", "is before the first date", "write when the last episode is out"),
        ),
        (
            {"dates": [{"date": "2022-09"}, {"date": "2022-Q4", "region": "BR"}], "complete": ON},
            *("complete", "is before the first date", "write when the last episode is out"),
        ),
        (
            {"date": "2022-07-07", "complete": ON, "cadence": "all at once"},
            *("complete", "isn't its date, although all is out at once"),
            "leave out complete or cadence",
        ),
    ],
)
def test_season_cannot_end_before_it_begins(
    facts: dict[str, Any], key: str, message: str, hint: str
) -> None:
    """And a film has no episodes."""
    ((path, what, advice),) = problems_of({**MINIMAL, "kind": "season", **facts})
    assert (path, what) == ((key,), message)
    assert advice == (hint or "leave it out")


@pytest.mark.parametrize(
    "facts",
    [
        {"date": ON, "complete": ON},
        {"date": ON, "complete": ON, "cadence": "all at once"},
        {"date": "2022-07-10", "complete": "2022-07"},  # The month may end later.
        {"dates": [{"date": "2022-09", "region": "US"}, {"date": ON}], "complete": "2022-08"},
        {"complete": ON, "cadence": "all at once"},
        {"kind": "series", "cadence": "weekly"},
        {"kind": "special", "complete": ON},
    ],
)
def test_season_may_end_whenever_it_can(facts: dict[str, Any]) -> None:
    """A window that has a possible day is no problem, nor is an unknown beginning."""
    release = read_valid({**MINIMAL, "kind": "season", **facts})
    assert release.complete or release.cadence


def test_what_cannot_be_read_contradicts_nothing() -> None:
    """One problem is reported once."""
    wrong = {"date": "TBD?", "complete": "2022-13-41", "cadence": "daily"}
    table = {**MINIMAL, "kind": "season", **wrong}
    assert [path for path, *_ in problems_of(table)] == [("date",), ("complete",), ("cadence",)]
