"""A catalogue changed in places: all else stays as it was, by the byte.

Catalogues are put together of pieces as people write them, so that it is known which lines a change
may touch. What is said is held against plain tables that are changed in the same way.
"""

import re
from collections.abc import Iterator, Sequence
from copy import deepcopy
from datetime import UTC, date, datetime
from itertools import count
from typing import Any, Final, NamedTuple

import pytest
import tomli
from hypothesis import given, settings
from hypothesis import strategies as st

from countdown.catalogue import document
from countdown.catalogue.document import Document
from countdown.errors import CatalogueError
from countdown.toml import edit

DAY: Final = date(2028, 1, 1)
TEXTS: Final = (
    *(
        "Amélie",
        "“Thor” 雷神",
        'a "quoted" title',
        "back\\slash",
        "it's",
        "# no comment",
        "[[release]]",
    ),
    *(
        "$(touch x)",
        "`id`",
        "[bold]Thor[/bold]",
        "%F{red}",
        "key = 1",
        "{ }",
        "'''",
        '"""',
        "tab\there",
    ),
)
VALUES: Final[dict[str, tuple[Any, ...]]] = {
    "title": TEXTS,
    "stage": ("filming",),
    "season": (1, 2**62),
    "hidden": (True, False),
    "date": (DAY, "Q4 2027", datetime(2028, 1, 1, 7, tzinfo=UTC)),
    "cast": (["A"], ["A", {"name": "B", "role": 'C "D"'}], [], [*TEXTS]),
    "dates": ([{"date": DAY}], [{"region": "US", "date": DAY}, {"type": "tv", "date": "2028"}], []),
    "moves": ([{"from": DAY}], [{"announced": DAY, "to": "Q1 2027", "source": "https://x.y/#z"}]),
    "sources": ([{"url": "https://x.y", "date": DAY}, "https://y.z"], ["https://y.z" * 12]),
    "ids": ({"imdb": "tt1"}, {"tmdb": 5, "wikidata": "Q1"}),
}
# Ways to write a key; ~ is where a comment may stand, and ^ where a line of comments may.
WRITTEN: Final = {
    "title": (
        'title = "Dune"~',
        "title = 'C:\\Dune # [[release]]'~",
        "  title   =   'x'~",
        '"title" = "x"~',
    ),
    "stage": ('stage="wrapped"~',),
    "season": ("season = 0x10 ~",),
    "date": ("date = 2027-01-01~", "date = 2027-01-01 ~", "date = 2027-01-01T00:00:00-07:00~"),
    "synopsis": (
        'synopsis = """\\\n  # no comment \\\n  [[release]] \\\n  x"""~',
        'synopsis = """\\\n  x \\\n  # no comment"""~',
        "synopsis = '''# [[release]]'''~",
    ),
    "cast": (
        'cast = ["A", { name = "B", role = "C" }]~',
        'cast = [~\n  "A",~\n^  "B"~\n]~',
        'cast = [~\n  "A"~\n  , "B"~\n^]~',
        "cast = []~",
        '[[release.cast]]~\nname = "A"~\n\n^[[release.cast]]\nname = "B"~\nrole = "C"',
    ),
    "sources": (
        'sources = [{ url = "https://x", date = 2022-07-05 }, { url="y://z" , date=2022-07-05 }]~',
        'sources = [\n    { url = "https://x", date = 2022-07-05 },~\n^    "https://y#a",   \n]~',
        '[[release.sources]]~\nurl = "https://x"~',
    ),
    "dates": (
        '[[release.dates]]~\nregion = "US"~\ndate = 2027-01-01 ~\n',
        '\n[[release.dates]]\nregion = "US"\ndate = 2027-01-01\n\n'
        '^  [[ release . dates ]]\ndate = "2027"',
        'dates = [ { region = "US", date = 2027-01-01 } ]~',
        'dates = [\n  { region = "US", date = 2027-01-01   }, ~\n^]~',
    ),
    "moves": (
        "[[release.moves]]~\nfrom = 2026-01-01\nto = 2027-01-01",
        "\n[[release.moves]]\nfrom = 2026-01-01\n\n[[release.moves]]\nto = 2027-01-01~\n",
        "moves = [{ from = 2026-01-01, to = 2027-01-01 }]~",
    ),
    "ids": (
        'ids = { imdb = "tt9", tmdb = 7 }~',
        'ids.imdb = "tt9"~',
        'ids.imdb = "tt9"~\nids . "tmdb" = 7~',
        '[release.ids]~\nimdb = "tt9"',
    ),
}
KEPT: Final = ("id", "synopsis")
NOTE: Final = re.compile(r"note \d+")


class Piece(NamedTuple):
    """Some lines, and which key of which release they say: none, if they are only between."""

    text: str
    number: int = -1
    key: str = ""


@st.composite
def catalogues(draw: st.DrawFn) -> list[Piece]:
    """The pieces of a catalogue, in its order."""
    numbers = count()

    def between() -> str:
        kinds = draw(st.lists(st.sampled_from(("\n", "# {}\n", "  #{}  \n")), max_size=2))
        return "".join(kind.format(f"note {next(numbers)}") for kind in kinds)

    def commented(text: str) -> str:
        for sign, note in (("~", " # {}"), ("^", "# {}\n")):
            while sign in text:
                note_text = note.format(f"note {next(numbers)}") if draw(st.booleans()) else ""
                text = text.replace(sign, note_text, 1)
        return f"{text}\n"

    pieces = [Piece(f"{between()}format = 1{draw(st.sampled_from(('', ' # one')))}\n")]
    for number in range(draw(st.integers(0, 3))):
        header = draw(st.sampled_from(("[[release]]~", "  [[release]]", "[[ 'release' ]] ~")))
        pieces += [Piece(between()), Piece(commented(header), number, "id")]
        keys = draw(st.lists(st.sampled_from([*WRITTEN]), unique=True))
        chosen_keys = [(key, commented(draw(st.sampled_from(WRITTEN[key])))) for key in keys]
        chosen_keys.insert(0, ("id", f'id = "r{number}"\n'))
        chosen_keys.sort(key=lambda pair: pair[1].lstrip().startswith("["))
        for key, text in chosen_keys:
            pieces += [Piece(text, number, key), Piece(between())]
    last = pieces[-1]
    if draw(st.booleans()):
        pieces[-1] = last._replace(text=last.text.removesuffix("\n"))
    return pieces


def encode(pieces: Sequence[Piece], ends: str = "\n", mark: str = "") -> bytes:
    """The catalogue of *pieces*, its lines ended by *ends*, after the byte-order *mark*."""
    return (mark + "".join(piece.text for piece in pieces).replace("\n", ends)).encode()


def changes(releases: list[dict[str, Any]]) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """Every possible change of *releases*, as a method of Document and its arguments."""
    yield from (("add", ({"id": "new", "title": text},)) for text in TEXTS)
    yield "add", ({"id": "new", **{key: values[-1] for key, values in VALUES.items()}},)
    for number, table in enumerate(releases):
        yield "remove", (number,)
        yield from (
            ("set", (number, key, value)) for key, values in VALUES.items() for value in values
        )
        yield from (("unset", (number, key)) for key in table if key not in KEPT)
        for key in ("dates", "moves"):
            name = "date" if key == "dates" else "to"
            for index in range(len(table.get(key, ()))):
                rows = deepcopy(table[key])
                rows[index][name] = DAY
                yield "set", (number, key, rows)
                yield "set", (number, key, [*table[key][:index], *table[key][index + 1 :]])
            if key in table:
                yield (
                    "append",
                    (number, key, VALUES[key][-1][0] if VALUES[key][-1] else {"date": DAY}),
                )
        for key in ("cast", "sources"):
            if key in table:
                yield "set", (number, key, [*table[key], "https://more.org"])


def apply_change(releases: list[dict[str, Any]], method: str, arguments: tuple[Any, ...]) -> None:
    """Apply the same change to the plain tables *releases* as to a Document."""
    if method == "add":
        releases.append(deepcopy(arguments[0]))
    elif method == "remove":
        del releases[arguments[0]]
    elif method == "set":
        releases[arguments[0]][arguments[1]] = deepcopy(arguments[2])
    elif method == "unset":
        del releases[arguments[0]][arguments[1]]
    else:
        releases[arguments[0]][arguments[1]].append(deepcopy(arguments[2]))


def is_touched(piece: Piece, method: str, arguments: tuple[Any, ...]) -> bool:
    """True if a change may touch *piece*; removing a release removes all of its pieces."""
    if method == "add" or piece.number != arguments[0]:
        return False
    return method == "remove" or piece.key == arguments[1]


def without_shorthands(releases: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """*releases* with a table for every bare name and address."""
    names = {"cast": "name", "sources": "url"}
    return [
        {
            key: [{names[key]: row} if isinstance(row, str) else row for row in value]
            if key in names
            else value
            for key, value in release.items()
        }
        for release in releases
    ]


def row_identity(key: str, row: Any) -> object:
    """The part of a row that identifies it in its list."""
    if key == "dates":
        return row.get("region"), row.get("type")
    name = {"cast": "name", "sources": "url"}.get(key)
    return row[name] if name and isinstance(row, dict) else row


def only_adds(releases: list[dict[str, Any]], number: int, key: str, value: Any) -> bool:
    """True if *value* has all the present rows or names of *key*, and perhaps more."""
    rows = releases[number].get(key)
    if isinstance(rows, dict):
        return bool(rows.keys() <= value.keys())
    names = [row_identity(key, row) for row in rows] if isinstance(rows, list) else []
    return bool(names) and [row_identity(key, row) for row in value[: len(names)]] == names


def are_in_order(expected_lines: Sequence[str], lines: Sequence[str]) -> bool:
    """True if all *expected_lines* are among *lines*, in this order."""
    rest = iter(lines)
    return all(line in rest for line in expected_lines)


@settings(max_examples=40)
@given(catalogues(), st.data(), st.sampled_from(("\n", "\r\n")), st.sampled_from(("", "\ufeff")))
def test_change_has_its_values_and_leaves_all_other_lines(
    pieces: list[Piece], data: st.DataObject, ends: str, mark: str
) -> None:
    """Comments, blank lines, order, spaces, line ends and byte-order mark, whatever is changed."""
    before = encode(pieces, ends, mark)
    expected: list[dict[str, Any]] = tomli.loads(encode(pieces).decode()).get("release", [])
    method, arguments = data.draw(st.sampled_from([*changes(expected)]))
    more = method == "append" or (method == "set" and only_adds(expected, *arguments))
    document = Document("own.toml", before)
    getattr(document, method)(*arguments)
    after = document.data().decode()
    apply_change(expected, method, arguments)
    releases = tomli.loads(after.removeprefix("\ufeff")).get("release", [])
    assert without_shorthands(releases) == without_shorthands(expected)
    assert document.releases == releases
    assert after.startswith("\ufeff") == bool(mark)
    if b"\n" in before:
        assert after.count("\r\n") == (after.count("\n") if ends == "\r\n" else 0)
    if more:
        assert set(NOTE.findall(before.decode())) <= set(NOTE.findall(after))
    expected_text = "".join(
        piece.text for piece in pieces if not is_touched(piece, method, arguments)
    )
    if method == "remove":  # A note between the keys of a release goes with them.
        first = next(
            position for position, piece in enumerate(pieces) if piece.number == arguments[0]
        )
        last = max(
            position for position, piece in enumerate(pieces) if piece.number == arguments[0]
        )
        expected_text = "".join(piece.text for piece in (*pieces[:first], *pieces[last + 1 :]))
    lines = after.removeprefix("\ufeff").replace("\r\n", "\n").splitlines()
    if method == "remove":  # Nor does anything of it stay.
        assert not any("no comment" in line for line in lines if line not in expected_text)
    # One more blank line may stand before what is new; where something goes, two become one.
    expected_notes = [line for line in expected_text.splitlines() if line]
    assert are_in_order(expected_notes, lines), "\n".join(lines)


@settings(max_examples=10)
@given(catalogues(), st.data())
def test_successive_changes_have_all_their_values(pieces: list[Piece], data: st.DataObject) -> None:
    """On one document, and on one that is read anew before each."""
    expected: list[dict[str, Any]] = tomli.loads(encode(pieces).decode()).get("release", [])
    document = Document("own.toml", encode(pieces))
    bytes_ = encode(pieces)
    for _ in range(data.draw(st.integers(2, 6))):
        method, arguments = data.draw(st.sampled_from([*changes(expected)]))
        getattr(document, method)(*arguments)
        another = Document("own.toml", bytes_)
        getattr(another, method)(*arguments)
        bytes_ = another.data()
        apply_change(expected, method, arguments)
        assert without_shorthands(
            tomli.loads(bytes_.decode()).get("release", [])
        ) == without_shorthands(expected)
    assert document.data() == bytes_


COMMENTED: Final = """\
format = 1
# above
[[release]]
id = "a" # id
cast = [
    "A", # first
    # and
    { name = "B", role = "C" },
]

[[release.dates]]
region = "US"
date = 2027-01-01

# about moves
[[release.moves]]
to = 2027-01-01

# about b
[[release]]
id = "b"
[release.ids]
imdb = "tt1"
# about c

[[release]]
id = "c"
ids.imdb = "tt1"
ids.tmdb = 5
# the end
"""
LISTED: Final = """\
format = 1
release = [ # first
    { id = "a", date = 2027-01-01 }, # about a
    # about b
    { id = "b", dates = [{ region = "US", date = 2027-01-01 } ], season = 1 },
]
"""

US: Final = {"region": "US", "date": date(2027, 1, 1)}
BR: Final = {"region": "BR", "date": date(2027, 2, 1)}
ROWS: Final = """\
[[release]]
id = "a"

[[release.cast]]
name = "A" # first
[[release.cast]]
name = "B" # second

# about dates
[[release.dates]] # US
region = "US"
date = 2027-01-01

# about BR
[[release.dates]]
region = "BR"
date = 2027-02-01 # BR day
"""
PEOPLE: Final = """\
[[release]]
id = "a"
cast = [
    { name = "A", role = "Q" }, # from Rio
    { name = "B", role = "K" }, # uncle
    { name = "C" },
]
director = [ "E" # first
    , "G" ]
platform = ["N", "H", # two
    "M"]
ids.imdb = "tt1" # x
ids.tmdb = 3

[[release.moves]]
to = 2027-01-01
# I had tickets

[[release]]
id = "b"
"""
COMMAS: Final = """\
release = [
  { id = "a", date = 2027-01-01, ids.imdb = "tt1" } # a
  , { id = "b", season = 1, cast = [] } # b
  # more to come
]
"""
EMPTY: Final = """\
[[release]]
id = "a"
moves = [ # moves
    # none yet
]
sources = []
writer = ["A"]
"""
ENDS: Final = """\
[[release]]
id = "a"
cast = [
    "A",
    "B" # B
    # no more
]
moves = [
    { from = 2026-01-01 },
    # no moves
]
dates = [
  { region = "US", date = 2027-01-01 } # US
  , { region = "BR", date = 2027-02-01 } # BR
]
writer = ["W"
]
"""


@pytest.mark.parametrize(
    ("text", "change", "old", "new"),
    [
        pytest.param(
            *(COMMENTED, ("set", 0, "dates", [{"date": DAY}])),
            '\n[[release.dates]]\nregion = "US"\ndate = 2027-01-01\n',
            "dates = [\n    { date = 2028-01-01 },\n]\n",
            id="what is noted above moves stays there",
        ),
        pytest.param(
            *(COMMENTED, ("unset", 0, "moves")),
            "[[release.moves]]\nto = 2027-01-01\n",
            "",
            id="what is noted above the next release stays there",
        ),
        pytest.param(
            *(COMMENTED, ("set", 0, "cast", ["A", {"name": "B", "role": "C"}, "D"])),
            '"C" },\n',
            '"C" },\n    "D",\n',
            id="what is noted in a list stays when it grows",
        ),
        pytest.param(
            *(COMMENTED, ("set", 0, "cast", ["D"])),
            '[\n    "A", # first\n    # and\n    { name = "B", role = "C" },\n]',
            '[\n    # and\n    "D",\n]',
            id="a list that is another one keeps its manner",
        ),
        pytest.param(
            *(COMMENTED, ("append", 0, "moves", {"to": DAY})),
            "to = 2027-01-01\n",
            "to = 2027-01-01\n\n[[release.moves]]\nto = 2028-01-01\n",
            id="a table comes after the last",
        ),
        pytest.param(
            *(COMMENTED, ("set", 1, "ids", {"imdb": "tt2"})),
            '"b"\n[release.ids]\nimdb = "tt1"\n',
            '"b"\n[release.ids]\nimdb = "tt2"\n',
            id="a table stays a table",
        ),
        pytest.param(
            *(COMMENTED, ("set", 1, "ids", {"imdb": "tt1", "tmdb": 5})),
            'imdb = "tt1"\n# about c',
            'imdb = "tt1"\ntmdb = 5\n# about c',
            id="a table gets another name before what is noted below it",
        ),
        pytest.param(
            *(COMMENTED, ("set", 2, "ids", {"imdb": "tt2", "tmdb": 5})),
            'ids.imdb = "tt1"',
            'ids.imdb = "tt2"',
            id="a key with dots stays one",
        ),
        pytest.param(
            *(COMMENTED, ("set", 1, "ids", {"tmdb": 5})),
            '[release.ids]\nimdb = "tt1"\n',
            "ids = { tmdb = 5 }\n",
            id="a table that is another one becomes a line",
        ),
        pytest.param(
            *(COMMENTED, ("set", 0, "cast", ["A"])),
            '    # and\n    { name = "B", role = "C" },\n',
            "    # and\n",
            id="what is noted in a list stays when it shrinks",
        ),
        pytest.param(
            *(ROWS, ("set", 0, "dates", [US, {**BR, "date": DAY}, {"region": "FR", "date": DAY}])),
            "date = 2027-02-01 # BR day\n",
            'date = 2028-01-01 # BR day\n\n[[release.dates]]\nregion = "FR"\ndate = 2028-01-01\n',
            id="a cell of a table and one more table",
        ),
        pytest.param(
            *(ROWS, ("set", 0, "dates", [BR])),
            '[[release.dates]] # US\nregion = "US"\ndate = 2027-01-01\n',
            "",
            id="one table less",
        ),
        pytest.param(
            *(ROWS, ("set", 0, "cast", [{"name": "A"}, {"name": "B"}, "C"])),
            'name = "B" # second\n',
            'name = "B" # second\n[[release.cast]]\nname = "C"\n',
            id="one more name, where each has a table",
        ),
        pytest.param(
            *(ROWS, ("set", 0, "cast", ["C", {"name": "B"}, {"name": "A", "role": "D"}])),
            '[[release.cast]]\nname = "A" # first\n[[release.cast]]\nname = "B" # second\n',
            '[[release.cast]]\nname = "C"\n[[release.cast]]\nname = "B" # second\n'
            '[[release.cast]]\nname = "A" # first\nrole = "D"\n',
            id="tables in another order, with one more",
        ),
        pytest.param(
            *(ROWS, ("set", 0, "dates", [BR, US])),
            '# about dates\n[[release.dates]] # US\nregion = "US"\ndate = 2027-01-01\n\n'
            '# about BR\n[[release.dates]]\nregion = "BR"\ndate = 2027-02-01 # BR day\n',
            '# about BR\n[[release.dates]]\nregion = "BR"\ndate = 2027-02-01 # BR day\n\n'
            '# about dates\n[[release.dates]] # US\nregion = "US"\ndate = 2027-01-01\n',
            id="tables go with what is noted above them",
        ),
        pytest.param(
            *(ENDS, ("set", 0, "cast", ["A", "B", "C"])),
            '    "B" # B\n    # no more\n',
            '    "B", # B\n    # no more\n    "C"\n',
            id="one more name behind the last comment",
        ),
        pytest.param(
            *(ENDS, ("append", 0, "moves", {"to": DAY})),
            "    # no moves\n",
            "    # no moves\n    { to = 2028-01-01 },\n",
            id="one more move behind the last comment",
        ),
        pytest.param(
            *(ENDS, ("set", 0, "dates", [US, {**BR, "date": DAY}, {"date": "2029"}])),
            ', { region = "BR", date = 2027-02-01 } # BR\n',
            ', { region = "BR", date = 2028-01-01 } # BR\n  , { date = "2029" }\n',
            id="a cell and one more row where commas come first",
        ),
        pytest.param(
            *(ENDS, ("set", 0, "writer", ["W", "X"])),
            '["W"\n]',
            '["W",\n"X"\n]',
            id="one more in a list that is opened before its first",
        ),
        pytest.param(
            *(ROWS, ("set", 0, "stage", "filming")),
            'id = "a"\n',
            'id = "a"\nstage = "filming"\n',
            id="a new key stands with the others, not below what is noted about dates",
        ),
        pytest.param(
            *(PEOPLE, ("set", 0, "cast", [{"name": "B", "role": "K"}, {"name": "C"}, "D"])),
            '    { name = "A", role = "Q" }, # from Rio\n    { name = "B", role = "K" }, # uncle\n'
            '    { name = "C" },\n',
            '    { name = "B", role = "K" }, # uncle\n    { name = "C" },\n    "D",\n',
            id="who stays keeps the note when another goes and one comes",
        ),
        pytest.param(
            *(PEOPLE, ("set", 0, "cast", ["D", "C", "B", {"name": "A", "role": "X"}])),
            '    { name = "A", role = "Q" }, # from Rio\n    { name = "B", role = "K" }, # uncle\n'
            '    { name = "C" },\n',
            '    "D",\n    { name = "C" },\n    "B", # uncle\n'
            '    { name = "A", role = "X" }, # from Rio\n',
            id="notes go along in another order",
        ),
        pytest.param(
            *(PEOPLE, ("set", 0, "director", ["E", "F"])),
            '"E" # first\n    , "G" ]',
            '"E",     # first\n "F"\n ]',
            id="one for another where commas come first",
        ),
        pytest.param(
            *(PEOPLE, ("set", 0, "director", ["G"])),
            '"E" # first\n    , "G" ]',
            '"G" ]',
            id="the first goes where commas come first",
        ),
        pytest.param(
            *(PEOPLE, ("set", 0, "director", ["E"])),
            '"E" # first\n    , "G" ]',
            '"E"     # first\n ]',
            id="the last goes where commas come first",
        ),
        pytest.param(
            *(PEOPLE, ("set", 0, "platform", ["N", "M"])),
            '"N", "H", # two\n    "M"]',
            '"N",\n    "M"]',
            id="one of two on a line goes",
        ),
        pytest.param(
            *(PEOPLE, ("set", 0, "ids", {"imdb": "tt1", "tmdb": 3, "wikidata": "Q1"})),
            "ids.tmdb = 3\n",
            'ids.tmdb = 3\nids.wikidata = "Q1"\n',
            id="one more key with dots",
        ),
        pytest.param(
            *(PEOPLE, ("append", 0, "moves", {"to": "2028"})),
            "# I had tickets\n",
            '# I had tickets\n\n[[release.moves]]\nto = "2028"\n',
            id="what is noted right below a table stays with it",
        ),
        pytest.param(
            *(PEOPLE, ("unset", 0, "ids")),
            'ids.imdb = "tt1" # x\nids.tmdb = 3\n',
            "",
            id="keys with dots go",
        ),
        pytest.param(
            *(COMMAS, ("add", {"id": "c", "cast": [{"name": "A"}]})),
            '{ id = "b", season = 1, cast = [] } # b\n  # more to come\n',
            '{ id = "b", season = 1, cast = [] } # b\n  # more to come\n'
            '  , { id = "c", cast = [{ name = "A" }] }\n',
            id="one more release behind the last comment",
        ),
        pytest.param(
            *(COMMAS, ("remove", 0)),
            '  { id = "a", date = 2027-01-01, ids.imdb = "tt1" } # a\n  , { id = "b"',
            '  { id = "b"',
            id="the first release in brackets goes",
        ),
        pytest.param(
            *(COMMAS, ("unset", 0, "date")),
            'id = "a", date = 2027-01-01, ids',
            'id = "a", ids',
            id="a key in braces goes",
        ),
        pytest.param(
            *(COMMAS, ("unset", 1, "id")),
            '{ id = "b", season',
            "{ season",
            id="the first key in braces goes",
        ),
        pytest.param(
            *(COMMAS, ("set", 0, "ids", {"imdb": "tt1", "tmdb": 5})),
            'ids.imdb = "tt1"',
            'ids.imdb = "tt1", ids.tmdb = 5',
            id="one more key with dots in braces",
        ),
        pytest.param(
            *(COMMAS, ("append", 1, "cast", "A")),
            "cast = []",
            'cast = ["A"]',
            id="first in brackets",
        ),
        pytest.param(
            *(EMPTY, ("append", 0, "moves", {"to": DAY})),
            "    # none yet\n",
            "    # none yet\n    { to = 2028-01-01 },\n",
            id="the first behind a comment",
        ),
        pytest.param(
            *(EMPTY, ("set", 0, "writer", ["A", "A" * 50, "B" * 50])),
            '["A"]',
            f'[\n    "A",\n    "{"A" * 50}",\n    "{"B" * 50}",\n]',
            id="a line that becomes too long",
        ),
        pytest.param(
            *(EMPTY, ("set", 0, "sources", ["https://a"])),
            "[]",
            '["https://a"]',
            id="the first in a line",
        ),
        pytest.param(
            *(
                '[[release]]\nid = "a"\nmoves = [ # none\n    # yet\n  ]\n',
                ("append", 0, "moves", {"to": DAY}),
            ),
            "    # yet\n  ]",
            "    # yet\n  { to = 2028-01-01 },\n]",
            id="the first before a bracket that is indented",
        ),
        pytest.param(
            *('[[release]]\nid = "a"\ncast = [ ]\n', ("append", 0, "cast", "A")),
            "[ ]",
            '["A"]',
            id="the first in brackets with a blank",
        ),
        pytest.param(
            *("[[release]]\ntitle = 'A' # A\n", ("set", 0, "title", "A")),
            "'A' # A",
            "'A' # A",
            id="what is said already stays as it is written",
        ),
        pytest.param(
            *("[[release]]\nwriter = ['A', 'B']\n", ("set", 0, "writer", ["A", "C", "B"])),
            "'A', 'B'",
            "'A', \"C\", 'B'",
            id="names that stay keep their quotes",
        ),
        pytest.param(
            *(
                "[[release]]\ncast = [{name='A',role='B'},{name='C'}]\n",
                ("set", 0, "cast", [{"name": "A", "role": "D"}, {"name": "C"}]),
            ),
            "role='B'",
            'role="D"',
            id="tables that stay keep their manner",
        ),
        pytest.param(
            *(COMMENTED, ("unset", 1, "ids")),
            '[release.ids]\nimdb = "tt1"\n',
            "",
            id="what is noted below a table stays",
        ),
        pytest.param(
            *(COMMENTED, ("set", 2, "ids", {"imdb": "tt2"})),
            'ids.imdb = "tt1"\nids.tmdb = 5\n',
            'ids.imdb = "tt2"\n',
            id="one of the keys with dots goes",
        ),
        pytest.param(
            *(COMMENTED, ("set", 2, "stage", "filming")),
            "# the end",
            'stage = "filming"\n# the end',
            id="a new key comes before the note that ends it",
        ),
        pytest.param(
            *(COMMENTED, ("remove", 1)),
            '[[release]]\nid = "b"\n[release.ids]\nimdb = "tt1"\n',
            "",
            id="a release goes without what is noted around it",
        ),
        pytest.param(
            *('format = 1\n\n[[release]]\nid = "a"\n\n[[release]]\nid = "b"\n', ("remove", 0)),
            '[[release]]\nid = "a"\n\n',
            "",
            id="a release goes with one of the empty lines around it",
        ),
        pytest.param(
            *(LISTED, ("set", 0, "date", "2028")),
            "date = 2027-01-01 }, # about a",
            'date = "2028" }, # about a',
            id="in a list of releases",
        ),
        pytest.param(
            *(LISTED, ("set", 0, "stage", "filming")),
            "2027-01-01 }, #",
            '2027-01-01, stage = "filming" }, #',
            id="a new key in a list of releases",
        ),
        pytest.param(
            *(LISTED, ("set", 1, "dates", [{"region": "US", "date": DAY}])),
            "date = 2027-01-01 } ]",
            "date = 2028-01-01 } ]",
            id="in a list in a list of releases",
        ),
        pytest.param(
            *(LISTED, ("append", 1, "dates", {"date": DAY})),
            "date = 2027-01-01 } ]",
            "date = 2027-01-01 }, { date = 2028-01-01 } ]",
            id="one more in a list in a list of releases",
        ),
        pytest.param(
            *(LISTED, ("add", {"id": "c", "date": DAY})),
            "season = 1 },\n",
            'season = 1 },\n    { id = "c", date = 2028-01-01 },\n',
            id="one more release in a list",
        ),
        pytest.param(
            *(LISTED, ("remove", 1)),
            '    { id = "b", dates = [{ region = "US", date = 2027-01-01 } ], season = 1 },\n',
            "",
            id="one release less in a list",
        ),
        pytest.param(
            *("format = 1\nrelease = []\n", ("add", {"id": "a"})),
            "[]",
            '[{ id = "a" }]',
            id="the first one of a list",
        ),
        pytest.param(
            *("# mine", ("add", {"id": "a"})),
            "# mine",
            '# mine\nformat = 2\n\n[[release]]\nid = "a"\n',
            id="the first one of all",
        ),
        pytest.param(
            *("format = 1\n\n", ("add", {"id": "a"})),
            "\n\n",
            '\n\n[[release]]\nid = "a"\n',
            id="the first one after an empty line",
        ),
        pytest.param(
            *('format = 1\r\n# \u2028\x85\n[[release]]\nid = "a"\n', ("remove", 0)),
            '[[release]]\nid = "a"\n',
            "",
            id="other ends of lines in a note",
        ),
        pytest.param(
            *('[[release]]\nid = "a"\nsynopsis = """\\\n  x \\\n  # y"""\n# z\n', ("remove", 0)),
            '[[release]]\nid = "a"\nsynopsis = """\\\n  x \\\n  # y"""\n',
            "",
            id="a text that ends like a note",
        ),
        pytest.param(
            *("[[release]]\nid='a'\n\n[[ 'release' ]]\nid='b'\n", ("set", 0, "season", 1)),
            "id='a'\n",
            "id='a'\nseason = 1\n",
            id="a header written in another way",
        ),
        pytest.param(
            *('[[release]]\nid = "a"\n# the last\nseason = 1', ("set", 0, "id", "b")),
            '"a"',
            '"b"',
            id="a last line without an end",
        ),
    ],
)
def test_only_the_edited_part_differs(
    text: str, change: tuple[Any, ...], old: str, new: str
) -> None:
    """By the byte, with every note where it belongs."""
    document = Document("own.toml", text.encode())
    getattr(document, change[0])(*change[1:])
    assert text.count(old) == 1
    assert document.data().decode() == text.replace(old, new)


def test_long_lists_are_written_an_element_a_line() -> None:
    """As in the shipped catalogue; short ones are not."""
    document = Document("own.toml", None)
    document.add({"id": "a", "cast": ["A" * 50, "B" * 50], "director": ["C"]})
    assert document.data().decode() == (
        'format = 2\n\n[[release]]\nid = "a"\ncast = [\n'
        f'    "{"A" * 50}",\n    "{"B" * 50}",\n]\ndirector = ["C"]\n'
    )


TANGLED: Final = """\
format = 1
[[release]]
id = "a"

# dates
[[release.dates]]
region = "US"
date = 2027-01-01

[release.ids]
imdb = "tt1"

[[release.dates]]
region = "BR"
date = 2027-02-01
"""


@pytest.mark.parametrize(
    ("change", "old", "new"),
    [
        (("set", 0, "stage", "filming"), '"a"\n', '"a"\nstage = "filming"\n'),
        (("set", 0, "ids", {"imdb": "tt1", "tmdb": 3}), '"tt1"\n', '"tt1"\ntmdb = 3\n'),
        (("unset", 0, "ids"), '[release.ids]\nimdb = "tt1"\n\n', ""),
        (("set", 0, "dates", [US]), '\n[[release.dates]]\nregion = "BR"\ndate = 2027-02-01\n', ""),
        (("append", 0, "dates", {"date": DAY}), "-01\n\n[", "-01\n\n["),
    ],
    ids=["a key", "a name", "a table", "a row less", "a row more"],
)
def test_tables_out_of_order_are_changed_where_they_stand(
    change: tuple[Any, ...], old: str, new: str
) -> None:
    """They are TOML like any."""
    document = Document("own.toml", TANGLED.encode())
    getattr(document, change[0])(*change[1:])
    more = "\n[[release.dates]]\ndate = 2028-01-01\n" if change[0] == "append" else ""
    assert document.data().decode() == TANGLED.replace(old, new) + more


@pytest.mark.parametrize("text", ["= nonsense", 'format = 1\n[[release]]\nid = "b"\n', ""])
def test_wrong_edit_is_not_returned(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is written that has not been read again."""
    document = Document("\x1bown.toml", COMMENTED.encode())
    monkeypatch.setattr(edit, "set_value", lambda *_: text)
    document.set(0, "stage", "filming")
    with pytest.raises(CatalogueError) as caught:
        document.data()
    assert str(caught.value) == (
        "\\x1bown.toml: This can't be changed without changing something else. "
        "Change it by hand: countdown edit"
    )


def test_a_release_is_found_by_its_id() -> None:
    """By its index among them."""
    document = Document("own.toml", COMMENTED.encode())
    assert [document.index(one) for one in ("a", "c", "d")] == [0, 2, None]


def test_bytes_that_are_no_text_are_refused() -> None:
    """With its line."""
    with pytest.raises(CatalogueError, match=r"own\.toml:2:3: byte 0xff is not UTF-8"):
        Document("own.toml", b"\n# \xff")


def test_removing_the_last_release_leaves_the_text_before_it() -> None:
    """So adding one and removing it changes nothing."""
    for text in ("format = 1\n", "format = 1\n# note\n", COMMENTED):
        document = Document("own.toml", text.encode())
        document.add({"id": "new"})
        document.remove(len(document.releases) - 1)
        assert document.data().decode() == text


def test_country_is_the_same_by_code_and_by_name() -> None:
    """What is no country is only itself."""
    names = ("BR", "br", "Brasil", "Narnia")
    found = [document.row_identity("country", name) for name in names]
    assert found == ["BR", "BR", "BR", "Narnia"]
