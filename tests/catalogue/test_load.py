"""Files and layers: reading one, merging several, and the places of problems."""

import os
from pathlib import Path

import pytest

from countdown.catalogue import load
from countdown.catalogue.load import MAX_PROBLEMS
from countdown.core.release import Credit, Release
from countdown.errors import CATALOGUE, CatalogueError
from countdown.toml import parse

THOR = """
[[release]]
id = "thor"
title = "Thor"
kind = "film"
"""


def layers(*documents: str | bytes) -> list[load.Layer]:
    """Each of *documents* as a file: `0.toml`, `1.toml` and so on; `format = 1` is put on top."""
    return [
        load.read_layer(
            f"{number}.toml",
            document if isinstance(document, bytes) else f"format = 1\n{document}".encode(),
        )
        for number, document in enumerate(documents)
    ]


def releases(*documents: str | bytes) -> list[Release]:
    """The releases of *documents*, each applied over those before it."""
    return list(load.releases(layers(*documents)))


def only(*documents: str | bytes) -> Release:
    """The only release of *documents*."""
    (release,) = releases(*documents)
    return release


def problem_lines(*documents: str | bytes) -> tuple[str, ...]:
    """The lines of the error that *documents* raise."""
    with pytest.raises(CatalogueError) as caught:
        releases(*documents)
    assert caught.value.exit_code == CATALOGUE
    return caught.value.lines


# Files


def test_file_is_read_whole(tmp_path: Path) -> None:
    """Byte for byte."""
    path = tmp_path / "a.toml"
    path.write_bytes(b"format = 1\r\n")
    assert load.content(str(path)) == b"format = 1\r\n"


def test_file_that_is_missing_is_reported(tmp_path: Path) -> None:
    """With its path, and what to do."""
    path = tmp_path / "none.toml"
    with pytest.raises(CatalogueError) as caught:
        load.content(str(path))
    assert caught.value.lines == (
        f"{path}: No such file or directory; check that the file exists and that you can read it",
    )


def test_folder_is_no_catalogue(tmp_path: Path) -> None:
    """It can't be read as a file."""
    with pytest.raises(CatalogueError, match=": Is a directory; it has to be a file"):
        load.content(str(tmp_path))


def test_file_name_with_an_escape_is_made_visible(tmp_path: Path) -> None:
    """An error goes to a terminal."""
    with pytest.raises(CatalogueError, match=r"none\\x1b\[2J: No such file"):
        load.content(str(tmp_path / "none\x1b[2J"))


def test_file_over_the_limit_is_refused(tmp_path: Path) -> None:
    """To the byte."""
    path = tmp_path / "large.toml"
    path.write_bytes(b"#" * 2 * 1024**2)
    assert len(parse.content(str(path), max_size=2 * 1024**2, hint="")) == 2 * 1024**2
    with pytest.raises(CatalogueError, match="too large"):
        parse.content(str(path), max_size=2 * 1024**2 - 1, hint="")


def test_limit_of_a_catalogue_is_named(tmp_path: Path) -> None:
    """A hundred thousand releases fit."""
    path = tmp_path / "large.toml"
    path.touch()
    os.truncate(path, 256 * 1024**2 + 1)  # It takes no room on the disk.
    with pytest.raises(CatalogueError) as caught:
        load.content(str(path))
    assert caught.value.lines == (f"{path}: is too large; keep it under 256 MiB",)


# Encodings


def test_byte_order_mark_is_accepted() -> None:
    """Some editors write one, and problems are still told at their column."""
    assert only(f"\ufeffformat = 1\n{THOR}".encode()).id == "thor"
    assert problem_lines("\ufeffbeginning = 1\nformat = 1".encode()) == (
        "0.toml:1:1: beginning: unknown key; choose format, checked, release",
    )


def test_line_ends_of_windows_are_accepted() -> None:
    """Also within a text that goes on over a line end, and for the place of a problem."""
    document = f'format = 1\n{THOR}synopsis = """\nOne \\\n  line."""\n'
    assert only(document.replace("\n", "\r\n").encode()).synopsis == "One line."
    faulty = f'format = 1\n{THOR}\n  stage = "filmed"'
    (line,) = problem_lines(faulty.replace("\n", "\r\n").encode())
    assert line.startswith('0.toml:8:3: release[0] "Thor": stage: unknown value "filmed"')


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (b"\xff", "1:1: byte 0xff"),
        (b"format = 1\ntitle = '\xe9t\xe9'", "2:10: byte 0xe9"),
        ("title = 'é".encode() + b"\xe9'", "1:11: byte 0xe9"),  # characters count, not bytes
        (b"\xef\xbb\xbfa\xfe", "1:2: byte 0xfe"),
        (b"\xef\xbb\xbfformat = 1\n\n\xc3\xa9\xc3", "3:2: byte 0xc3"),
        (b"a\r\nb\xc0\x80", "2:2: byte 0xc0"),
        (b"\xed\xa0\x80", "1:1: byte 0xed"),  # a lone surrogate
    ],
)
def test_byte_that_is_not_utf8_is_reported_with_its_place(data: bytes, place: str) -> None:
    """Line and column as an editor counts them."""
    assert problem_lines(data) == (f"0.toml:{place} is not UTF-8; save the file as UTF-8",)


# What is no TOML


@pytest.mark.parametrize(
    ("document", "line"),
    [
        ("id = ?", '2:6: Invalid value; write id = "?"'),
        ("a = 1\na = 2", "3:1: a is in line 2 already; keep one of them"),
        ("title = \x1b'Thor'", "2:9: there's an invisible character (U+001B); take it out"),
        ("title = ['\x1b']", "2:11: there's an invisible character (U+001B); take it out"),
        ("\x1b = ", "2:1: there's an invisible character (U+001B); take it out"),
        ("a = {\u202eb}", "2:6: there's an invisible character (U+202E); take it out"),
    ],
)
def test_invalid_toml_is_reported_with_its_place(document: str, line: str) -> None:
    """And what is right, safe for a terminal."""
    (told_line,) = problem_lines(document)
    assert told_line == f"0.toml:{line}"


def test_nesting_without_end_is_refused() -> None:
    """No stack overflows."""
    for opening in ("[", "{a="):
        assert problem_lines(f"a = {opening * 100_000}") == (
            "0.toml:1:1: too deeply nested; flatten it",
        )


def test_problem_within_deep_nesting_is_reported() -> None:
    """As deep as the parser goes, the place of a problem is found, too."""
    line = problem_lines(f"a = {'[' * 300}{']' * 300}\nb = 1")[1]
    assert line == "0.toml:3:1: b: unknown key; choose format, checked, release"


def test_number_without_end_is_refused() -> None:
    """Python reads no decimal number of five thousand digits."""
    assert problem_lines(f"a = {'9' * 5000}") == ("0.toml:1:1: a number is too long; shorten it",)


@pytest.mark.parametrize(
    "key", ["season", "date", "checked", "ids.tmdb", "synopsis", "dates", "stage"]
)
def test_huge_hexadecimal_number_is_a_problem_like_others(key: str) -> None:
    """Python does read that one, but can't write it."""
    (line,) = problem_lines(f"{THOR}{key} = 0x{'f' * 5000}")
    assert line.startswith(f'0.toml:7:1: release[0] "Thor": {key}: ')
    assert len(line) < 300


# The top of a file


@pytest.mark.parametrize(
    ("top", "lines"),
    [
        ("format = 0", ["1:1: format: unknown format; write format = 2"]),
        ("format = -1", ["1:1: format: unknown format; write format = 2"]),
        ("format = true", ["1:1: format: unknown format; write format = 2"]),
        ('format = "one"', ["1:1: format: unknown format; write format = 2"]),
        (f"format = 0x{'f' * 5000}", ["1:1: format: unknown format; write format = 2"]),
        (
            "\nformat = 3\nwhatever = true\n[release]",  # only what is newer can be known
            ["2:1: format: format 3 needs a newer countdown; update countdown"],
        ),
        (
            "format = 1\nchecked = 7\nformate = 1",
            [
                "2:1: checked: should be a date, not a number; write one like "
                '"2027-06-11", "2027-06", "Q4 2027", "summer 2027", "early 2027", "2027", "202X"',
                '3:1: formate: unknown key; did you mean "format"?',
            ],
        ),
        (
            "format = 1\n[release]\n",
            ['2:1: release: title is missing; add title = "…"'],
        ),
        (
            "format = 1\nrelease = 3\n",
            [
                "2:1: release: should be a list of tables, not a number;"
                " write [[release]] with double brackets"
            ],
        ),
        (
            'format = 1\nrelease = [1, {}, "thor"]\n',  # The last one is its title.
            [
                "2:12: release[0]: should be a table, not a number; write [[release]] and its keys",
                '2:15: release[1]: title is missing; add title = "…"',
            ],
        ),
    ],
)
def test_top_of_a_file_is_checked(top: str, lines: list[str]) -> None:
    """Its format, its day of checking, and that releases are tables."""
    assert problem_lines(top.encode()) == tuple(f"0.toml:{line}" for line in lines)


@pytest.mark.parametrize("document", ["", "release = []", "checked = 2022-07-04", "# nothing"])
def test_catalogue_without_releases_is_one(document: str) -> None:
    """The user's own begins so."""
    assert releases(document) == []


@pytest.mark.parametrize("data", [b"", b"# nothing yet\n", b"\xef\xbb\xbf\n\n"])
def test_empty_file_is_an_empty_catalogue(data: bytes) -> None:
    """`touch releases.toml` is no mistake."""
    assert releases(data) == []


# Problems


def test_all_problems_of_all_files_are_reported_at_once_in_their_order() -> None:
    """Those of a file by their place in it, whatever found them."""
    first = f'{THOR}sequel_to = "thro"\nstage = 1\n{THOR}regions = "US"'
    second = 'first = 1\n[[release]]\nid = "a b"'
    lines = problem_lines(first, second)
    assert [line.partition(": ")[0] for line in lines] == [
        *("0.toml:7:1", "0.toml:8:1", "0.toml:11:1", "0.toml:14:1"),
        *("1.toml:2:1", "1.toml:4:1", "1.toml:4:1"),
    ]


def test_title_is_before_its_problem() -> None:
    """The id where there is no title, and nothing where neither is a string."""
    lines = problem_lines(
        '[[release]]\ntitle = "A"\nkind = 1\n[[release]]\nid = "b"\n[[release]]\ntitle = {}\n'
    )
    assert {line.split(": ")[1] for line in lines} == {
        'release[0] "A"',
        'release[1] "b"',
        "release[2]",
    }


def test_long_title_and_key_are_cut() -> None:
    """A line of an error is not a file."""
    (line,) = problem_lines(THOR.replace('"Thor"', f'"{"Thor" * 900}"') + f"{'k' * 5000} = 1")
    head, _, _ = line.partition(": unknown key")
    assert head == f'0.toml:7:1: release[0] "{"Thor" * 19}Tho…": {"k" * 79}…'


def test_hostile_title_is_made_visible() -> None:
    """An escape in a title reaches no terminal, nor does a line end break a line."""
    lines = problem_lines(
        '[[release]]\nid = "a"\nkind = "film"\ntitle = "Th\\u001b[2J\\nor\\u202e"'
    )
    assert lines == (
        r'0.toml:5:1: release[0] "Th\x1b[2J\x0aor\u202e": title: has the control character \x1b; '
        "remove it",
    )


@pytest.mark.parametrize(
    ("count", "last"),
    [
        (MAX_PROBLEMS, None),
        (MAX_PROBLEMS + 1, "0.toml: and 1 more problem"),
        (MAX_PROBLEMS + 150, "0.toml: and 150 more problems"),
    ],
)
def test_only_the_first_problems_are_reported(count: int, last: str | None) -> None:
    """And how many more there are."""
    lines = problem_lines("\n".join(f"k{number} = 1" for number in range(count)))
    shown = [line for line in lines if "unknown key" in line]
    assert len(shown) == MAX_PROBLEMS
    assert [line.split(":")[1] for line in shown] == [str(n + 2) for n in range(MAX_PROBLEMS)]
    assert lines[MAX_PROBLEMS:] == ((last,) if last else ())


def test_path_is_made_visible_before_each_problem_and_before_how_many_more_there_are() -> None:
    """An escape in the name of a file reaches no terminal."""
    text = "\n".join(f"k{number} = 1" for number in range(MAX_PROBLEMS + 2))
    with pytest.raises(CatalogueError) as caught:
        list(load.releases([load.read_layer("\x1b[2J.toml", f"format = 1\n{text}".encode())]))
    assert all(line.startswith("\\x1b[2J.toml:") for line in caught.value.lines)
    assert caught.value.lines[-1] == "\\x1b[2J.toml: and 2 more problems"


def test_sequels_to_nothing_are_reported_also_where_there_are_many() -> None:
    """The nearest id is looked for only as long as the problem is among those told."""
    many = "".join(
        f'[[release]]\nid = "thor-{n}"\ntitle = "A"\nkind = "film"\nsequel_to = "thorr-{n}"\n'
        for n in range(MAX_PROBLEMS + 5)
    )
    lines = problem_lines(many)
    assert len(lines) == MAX_PROBLEMS + 1
    assert lines[0] == (
        '0.toml:6:1: release[0] "A": sequel_to: unknown release "thorr-0"; did you mean "thor-0"?'
    )
    assert lines[-1] == "0.toml: and 5 more problems"


# Layers


def test_later_layer_replaces_key_by_key() -> None:
    """Other keys stay, and so does the place in the order."""
    below = f'{THOR}synopsis = "Below."\nstage = "filming"\n{THOR.replace("thor", "other")}'
    above = '[[release]]\nid = "thor"\nstage = "wrapped"\nstage_since = "2022-04"'
    first, second = releases(below, above)
    assert (first.id, second.id) == ("thor", "other")
    assert (first.title, first.synopsis, first.stage) == ("Thor", "Below.", "wrapped")
    assert first.stage_since is not None


def test_list_replaces_a_list() -> None:
    """It is not added to it; an empty one empties it."""
    below = f'{THOR}cast = ["A", "B"]\naliases = ["T"]\nids = {{ imdb = "tt1", tmdb = 1 }}'
    above = '[[release]]\nid = "thor"\ncast = ["C"]\naliases = []\nids = { tvmaze = 2 }'
    release = only(below, above)
    assert release.cast == (Credit("C"),)
    assert release.aliases == ()
    assert release.ids == (("tvmaze", 2),)


US = '[[release.dates]]\nregion = "US"\ndate = 2022-07-08\n'
BR = '[[release.dates]]\nregion = "BR"\ndate = 2022-07-07\n'


@pytest.mark.parametrize(
    ("below", "above", "dates"),
    [
        ("date = 2022-05-06", "date = 2022-07-08", ["2022-07-08 None"]),
        ("date = 2022-05-06", US, ["2022-07-08 US"]),
        (US, "date = 2022-05-06", ["2022-05-06 None"]),
        (US + BR, US, ["2022-07-08 US"]),
        (f"date = 2022-05-06\n{US}", BR, ["2022-07-07 BR"]),
        (US, f"date = 2022-05-06\n{BR}", ["2022-05-06 None", "2022-07-07 BR"]),
        (US, "dates = []", []),
        (US, 'stage = "wrapped"', ["2022-07-08 US"]),
    ],
)
def test_date_and_dates_replace_each_other(below: str, above: str, dates: list[str]) -> None:
    """They are two ways to say the same thing, so an old date never stands beside a new one."""
    release = only(f"{THOR}{below}", f'[[release]]\nid = "thor"\n{above}')
    assert [f"{one.date.edtf} {one.region}" for one in release.dates] == dates


SEASON = 'kind = "season"\nseason = '


@pytest.mark.parametrize(
    ("below", "above", "same"),
    [
        ('ids = { imdb = "tt1" }', 'ids = { imdb = "tt1" }', True),
        ('ids = { imdb = "tt1", tmdb = 1 }', "ids = { tmdb = 1 }", True),
        ('ids = { imdb = "tt1" }', 'ids = { imdb = "tt2" }', False),
        (f"{SEASON}1\nids.tvmaze = 1", f"{SEASON}1\nids.tvmaze = 1", True),
        (f"{SEASON}1\nids.tvmaze = 1", f"{SEASON}2\nids.tvmaze = 1", False),
        ('kind = "film"\nids.tmdb = 1', 'kind = "series"\nids.tmdb = 1', False),
        ('kind = "series"\nids.tmdb = 1', 'kind = "series"\nids.tmdb = 1', True),
    ],
)
def test_entries_match_by_any_shared_id(below: str, above: str, same: bool) -> None:
    """Of the same season; TMDB's films and series are counted apart. The lower id stays."""

    def entry(id: str, keys: str) -> str:
        kind = "" if "kind" in keys else 'kind = "film"\n'
        return f'[[release]]\nid = "{id}"\ntitle = "{id}"\n{kind}{keys}'

    result = releases(entry("below", below), entry("above", above))
    assert [(one.id, one.title) for one in result] == (
        [("below", "above")] if same else [("below", "below"), ("above", "above")]
    )


def test_matched_entry_is_found_by_its_other_id_as_well() -> None:
    """A third layer may name it as the second does."""
    above = '[[release]]\nid = "mine"\nids = { imdb = "tt1" }'
    highest = '[[release]]\nid = "mine"\ntitle = "Mine"'
    release = only(f'{THOR}ids = {{ imdb = "tt1" }}', above, highest)
    assert (release.id, release.title) == ("thor", "Mine")


def test_entry_matches_by_its_id_before_any_shared_one() -> None:
    """Its name for itself is the nearer one."""
    below = f'{THOR}ids.imdb = "tt1"\n{THOR.replace("thor", "other")}ids.imdb = "tt2"'
    first, second = releases(below, '[[release]]\nid = "other"\nids.imdb = "tt1"\ntitle = "New"')
    assert (first.title, second.title) == ("Thor", "New")


def test_entry_without_an_id_below_takes_that_from_above() -> None:
    """They share another one."""
    below = '[[release]]\ntitle = "Thor"\nids = { imdb = "tt1" }'
    above = '[[release]]\nid = "thor"\nkind = "film"\nids = { imdb = "tt1" }'
    assert only(below, above).id == "thor"
    assert only(below, above.replace("thor", "custom")).id == "custom"
    assert only(below.replace("Thor", "Own"), above.replace('id = "thor"\n', "")).id == "own"


def test_new_entry_of_a_later_layer_is_added_at_the_end() -> None:
    """It must be whole, as in any file."""
    result = releases(THOR, THOR.replace("thor", "mine"))
    assert [one.id for one in result] == ["thor", "mine"]
    assert releases(THOR, '[[release]]\nid = "mine"\ntitle = "Mine"')[1].kind == "film"


def test_hidden_entry_is_taken_away() -> None:
    """By id or by a shared one, and a later layer can bring it back."""
    below = f'{THOR}ids.imdb = "tt1"\n{THOR.replace("thor", "other")}'
    assert [one.id for one in releases(below, '[[release]]\nid = "thor"\nhidden = true')] == [
        "other"
    ]
    by_other = '[[release]]\nid = "mine"\nids.imdb = "tt1"\nhidden = true'
    assert [one.id for one in releases(below, by_other)] == ["other"]
    back = '[[release]]\nid = "thor"\nhidden = false'
    result = releases(below, '[[release]]\nid = "thor"\nhidden = true', back)
    assert [one.id for one in result] == ["thor", "other"]


def test_hiding_an_unknown_release_is_no_problem() -> None:
    """The layer below may have dropped it by itself."""
    assert only(THOR, '[[release]]\nid = "gone"\nhidden = true').id == "thor"


def test_hidden_entry_is_checked_all_the_same() -> None:
    """A problem is a problem, also where nobody looks; but nothing is required of it."""
    assert problem_lines('[[release]]\nid = "gone"\nhidden = true\nstagee = "filming"') == (
        '0.toml:5:1: release[0] "gone": stagee: unknown key; did you mean "stage"?',
    )
    assert problem_lines(THOR, '[[release]]\nid = "thor"\nhidden = "maybe"') == (
        '1.toml:4:1: release[0] "thor": hidden: should be true or false, not text',
    )


def test_problem_of_an_overlay_is_reported_in_its_own_file() -> None:
    """With its own number there, and once; what lies below is still checked."""
    below = f'{THOR.replace("thor", "first")}{THOR}stage = "filmed"'
    above = 'checked = 2022-07-04\n\n[[release]]\nid = "thor"\nregion = "US"'
    first, second = problem_lines(below, above)
    assert first.startswith('0.toml:12:1: release[1] "Thor": stage: unknown value "filmed"')
    assert second.startswith('1.toml:6:1: release[0] "thor": region: unknown key')


def test_overlay_corrects_problems_below() -> None:
    """A user need not wait for the file that is subscribed to."""
    above = '[[release]]\nid = "thor"\nstage = "filming"'
    assert only(f'{THOR}stage = "filmed"', above).stage == "filming"


def test_sequel_may_be_to_a_release_of_any_layer() -> None:
    """Above or below; one that is hidden still is one."""
    sequel = f'{THOR.replace("thor", "thor-2")}sequel_to = "thor"'
    assert [one.id for one in releases(THOR, sequel)] == ["thor", "thor-2"]
    assert [one.id for one in releases(sequel, THOR)] == ["thor-2", "thor"]
    assert [one.id for one in releases(f"{THOR}hidden = true", sequel)] == ["thor-2"]
    assert problem_lines(sequel) == (
        '0.toml:7:1: release[0] "Thor": sequel_to: unknown release "thor"; did you mean "thor-2"?',
    )


@pytest.mark.parametrize("target", ["none", "7"])
def test_entry_without_an_id_is_nothing_to_follow(target: str) -> None:
    """Nor is one whose id is no string."""
    lines = problem_lines(
        f'{THOR}sequel_to = "{target}"\n[[release]]\ntitle = "A"\n[[release]]\nid = 7'
    )
    assert lines[0] == (
        f'0.toml:7:1: release[0] "Thor": sequel_to: unknown release "{target}"; '
        "write the id of another release"
    )


@pytest.mark.parametrize(
    ("documents", "checked"),
    [
        ((THOR,), None),
        ((f"checked = 2022-07-04\n{THOR}",), "2022-07-04"),
        ((f"checked = 2022-07-04\n{THOR}checked = 2022-06-01",), "2022-06-01"),
        # A layer above vouches for what it says, which is not all that is known of an entry below.
        ((THOR, 'checked = 2022-07-04\n[[release]]\nid = "thor"'), None),
        (
            (f"checked = 2022-07-04\n{THOR}", 'checked = 2023-01-01\n[[release]]\nid = "thor"'),
            "2022-07-04",
        ),
        (
            (f"checked = 2022-07-04\n{THOR}", '[[release]]\nid = "thor"\nchecked = 2023-01-01'),
            "2023-01-01",
        ),
        (("checked = 2022-01-01", f"checked = 2022-07-04\n{THOR}"), "2022-07-04"),
    ],
)
def test_day_of_checking_is_that_of_the_entry_or_else_of_its_own_file(
    documents: tuple[str, ...], checked: str | None
) -> None:
    """The file in which the entry begins."""
    result = only(*documents).checked
    assert (result.edtf if result else None) == checked


# Duplicates


@pytest.mark.parametrize(
    ("second", "line"),
    [
        ('id = "thor"', "id: is already used by release[0]; choose another"),
        (
            'id = "b"\nids = { imdb = "tt1" }',
            "ids.imdb: is already used by release[0]; merge the two entries",
        ),
    ],
)
def test_two_entries_of_a_file_share_no_id(second: str, line: str) -> None:
    """Neither their own nor one from elsewhere."""
    first = f'{THOR}ids = {{ imdb = "tt1", tmdb = 1 }}\n'
    lines = problem_lines(f'{first}[[release]]\ntitle = "B"\nkind = "film"\n{second}')
    assert [told_line.partition(": ")[2] for told_line in lines] == [f'release[1] "B": {line}']


@pytest.mark.parametrize(
    "keys",
    [
        'kind = "film"\nids.tmdb = 2',
        'kind = "series"\nids.tmdb = 1',
        'kind = "film"\nids.imdb = "1"',
    ],
)
def test_entries_that_only_look_alike_are_two(keys: str) -> None:
    """Another number, another sort of thing, another provider."""
    first = f"{THOR}ids.tmdb = 1\n"
    assert len(releases(f'{first}[[release]]\nid = "b"\ntitle = "Thor"\n{keys}')) == 2


def test_seasons_of_a_series_share_its_id() -> None:
    """Each is an entry, and none twice."""
    season = (
        '[[release]]\nid = "s{0}"\ntitle = "A"\nkind = "season"\nseason = {0}\nids.tvmaze = 1\n'
    )
    assert len(releases(season.format(1) + season.format(2))) == 2
    (line,) = problem_lines(season.format(1) + season.format(1).replace('"s1"', '"other"'))
    assert "ids.tvmaze: is already used by release[0]" in line


# Progress


def test_progress_is_reported_now_and_then() -> None:
    """Every thousand releases, and for the last one, hidden or not."""
    many = "".join(f'[[release]]\nid = "a{n}"\ntitle = "A"\nkind = "film"\n' for n in range(2001))
    steps: list[tuple[int, int]] = []

    def progress(finished: int, total: int) -> None:
        steps.append((finished, total))

    result = load.releases(layers(f"{many}hidden = true"), progress=progress)
    assert sum(1 for _ in result) == 2000
    assert steps == [(1, 2001), (1001, 2001), (2001, 2001)]


def test_releases_come_one_after_another() -> None:
    """A catalogue of a hundred thousand is never held in memory twice."""
    read = layers(THOR + THOR.replace("thor", "other"))
    result = load.releases(read)
    assert next(result).id == "thor"
    assert read[0].tables[0] is None
    assert read[0].tables[1] is not None
    assert next(result).id == "other"
    assert next(result, None) is None


def test_other_values_than_tables_in_an_upper_layer_are_reported() -> None:
    """The layer below it is read all the same."""
    below = load.read_layer(
        "0.toml", b'format = 1\n[[release]]\nid = "a"\ntitle = "A"\nkind = "film"\n'
    )
    above = load.read_layer("1.toml", b"format = 1\nrelease = [3]\n")
    result: list[Release] = []
    with pytest.raises(CatalogueError, match=r"1\.toml:2:12: release\[0\]: should be a table"):
        result.extend(load.releases([below, above]))
    assert [release.id for release in result] == ["a"]


def test_overlay_adds_titles_language_by_language() -> None:
    """Whatever the case of the tag; the others stay."""
    lower = THOR + 'titles = { pt = "A", "pt-BR" = "B", de = "C" }'
    upper = '[[release]]\nid = "thor"\ntitles = { "PT-br" = "D", fr = "E" }'
    assert dict(only(lower, upper).titles) == {"pt": "A", "pt-BR": "D", "de": "C", "fr": "E"}
    assert dict(only(THOR, upper).titles) == {"pt-BR": "D", "fr": "E"}
    untitled = '[[release]]\nid = "thor"\nseason = 2'
    assert dict(only(lower, untitled).titles) == {"pt": "A", "pt-BR": "B", "de": "C"}


SEASON = """
[[release]]
id = "thor"
title = "Thor"
kind = "season"
date = 2027-01-13
complete = 2027-03-10
cadence = "weekly"
"""


@pytest.mark.parametrize(
    ("overlay", "complete", "cadence"),
    [
        ("date = 2027-02-01", "2027-03-10", "weekly"),
        ("date = 2027-04-01", None, "weekly"),
        ('cadence = "all at once"', None, "all at once"),
        ('kind = "film"', None, None),
        ("complete = 2027-03-17", "2027-03-17", "weekly"),
        ("complete = 2027-01-01", None, "weekly"),
    ],
)
def test_overlay_that_contradicts_the_end_of_a_season_drops_it(
    overlay: str, complete: str | None, cadence: str | None
) -> None:
    """No problem: the catalogue below may have changed since the overlay was written."""
    release = only(SEASON, f'[[release]]\nid = "thor"\n{overlay}')
    assert (release.complete and release.complete.edtf, release.cadence) == (complete, cadence)
