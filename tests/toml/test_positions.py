"""Key path → line and column: every path leads to where its key or element stands."""

import tracemalloc
from dataclasses import dataclass, field

import pytest
import tomli
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from countdown.toml.positions import KeyPath, Place, Places


def position_of(document: str, path: KeyPath) -> Place:
    """The line and column of *path* in *document*, which must be TOML."""
    tomli.loads(document)
    return Places(document).line_and_column(path)


CATALOGUE = "\n".join(
    (
        "# A catalogue.",  # 1
        "format = 1   # the first",  # 2
        "",  # 3
        "[[release]]",  # 4
        'id = "thor"',  # 5
        '  title = "Thor" # indented',  # 6
        'cast = [{ name = "Bale", role = "Gorr" }, "Pratt", # a comment with ] and }',  # 7
        '  "Alexander",',  # 8
        "]",  # 9
        'synopsis = """',  # 10
        'id = "not a key"',  # 11
        "[[release]]",  # 12
        r'of \""" three quotes"""',  # 13
        "stage_note = '''it's [not] {a} table'''",  # 14
        "ids.tmdb = 1",  # 15
        'ids . "imdb" = "tt1"',  # 16
        "",  # 17
        "[[release.dates]]",  # 18
        'region = "US"',  # 19
        "[[release.dates]]",  # 20
        "date = 2022-07-08 07:00:00Z",  # 21
        "",  # 22
        "[[ release ]]",  # 23
        r''''id' = "x = 1"''',  # 24
        r'"ti\u0074le" = ""',  # 25
        "[release.ids]",  # 26
        'imdb = "#not a comment"',  # 27
        "[[release.moves]]",  # 28
        "from = 2022-05-06",  # 29
        "[release . links.a]",  # 30
        "b = 1",  # 31
        "",  # 32
    )
)


@pytest.mark.parametrize(
    ("path", "line", "column"),
    [
        ((), 1, 1),
        (("format",), 2, 1),
        (("release",), 4, 1),  # the first of them
        (("release", 0), 4, 1),
        (("release", 0, "id"), 5, 1),
        (("release", 0, "title"), 6, 3),
        (("release", 0, "cast"), 7, 1),
        (("release", 0, "cast", 0), 7, 9),
        (("release", 0, "cast", 0, "name"), 7, 11),
        (("release", 0, "cast", 0, "role"), 7, 26),
        (("release", 0, "cast", 1), 7, 43),
        (("release", 0, "cast", 2), 8, 3),
        (("release", 0, "cast", 3), 7, 1),  # there is none: the list that would have it
        (("release", 0, "synopsis"), 10, 1),
        (("release", 0, "stage_note"), 14, 1),
        (("release", 0, "ids"), 15, 1),
        (("release", 0, "ids", "tmdb"), 15, 1),
        (("release", 0, "ids", "imdb"), 16, 1),
        (("release", 0, "ids", "tvmaze"), 15, 1),
        (("release", 0, "dates", 0), 18, 1),
        (("release", 0, "dates", 0, "region"), 19, 1),
        (("release", 0, "dates", 1), 20, 1),
        (("release", 0, "dates", 1, "date"), 21, 1),
        (("release", 0, "dates", 1, "region"), 20, 1),  # missing: the table that lacks it
        (("release", 0, "kind"), 4, 1),
        (("release", 1), 23, 1),
        (("release", 1, "id"), 24, 1),
        (("release", 1, "title"), 25, 1),
        (("release", 1, "ids"), 26, 1),
        (("release", 1, "ids", "imdb"), 27, 1),
        (("release", 1, "moves", 0), 28, 1),
        (("release", 1, "moves", 0, "from"), 29, 1),
        (("release", 0, "dates"), 18, 1),
        (("release", 1, "moves"), 28, 1),
        (("release", 1, "links"), 30, 1),
        (("release", 1, "links", "a"), 30, 1),
        (("release", 1, "links", "a", "b"), 31, 1),
        (("release", 2), 4, 1),
    ],
)
def test_path_leads_to_its_key(path: KeyPath, line: int, column: int) -> None:
    """Past comments and strings that look like keys; or else to what contains it."""
    assert position_of(CATALOGUE, path) == (line, column)
    crlf = CATALOGUE.replace("\n", "\r\n")
    assert position_of(crlf, path) == (line, column)


@pytest.mark.parametrize(
    "value",
    [
        *("1", "1.5", "true", "2022-07-08", "2022-07-08 07:00:00Z", "07:00:00", "0xff", "-inf"),
        *('""', "''", '"a \\" b"', "'a \\'", '"# ] } ,"', "'# ] } ,'", '"\\\\"'),
        *('""""""', "''''''", '"""a"""', "'''a'''", '"""""a"" b"""', '""""a"""""', "'''''a'''''"),
        *('"""\n[x]\nk = 1\n"""', "'''\n[x]\nk = 1\n'''", '"""a \\\n  b \\""" c"""'),
        *("[]", "{}", "[[]]", "[{}]", "[ [1, 2], [ ] ]", "[1,]", "[ # a\n  1, # b\n ]"),
        *("{ a = 1, b.c = [2], 'd' = { e = 3 } }", "[\n\n[\n\n1\n\n]\n\n]"),
    ],
)
@pytest.mark.parametrize("ending", ["", "# a comment", "   # another ] } ' \""])
def test_key_after_a_value_has_its_place(value: str, ending: str) -> None:
    """Whatever the value, and whatever is said of it."""
    document = f"first = {value}{ending}\nsecond = 2\n"
    lines = document.count("\n")
    assert position_of(document, ("second",)) == (lines, 1)
    within = f"key = [ {value}, {{ inner = {value} }}, 'last' ]{ending}\nsecond = 2"
    if "\n" not in value:
        assert position_of(within, ("key", 0)) == (1, 9)
        assert position_of(within, ("key", 1)) == (1, 11 + len(value))
        assert position_of(within, ("key", 1, "inner")) == (1, 13 + len(value))
        assert position_of(within, ("key", 2)) == (1, 25 + 2 * len(value))
    assert position_of(within, ("second",)) == (within.count("\n") + 1, 1)


@pytest.mark.parametrize(
    ("key", "name"),
    [
        *(("bare_key-1", "bare_key-1"), ("1234", "1234")),
        *(('"a key"', "a key"), ("'a key'", "a key"), ('""', ""), ("''", "")),
        *(('"a.b"', "a.b"), ('"[x]"', "[x]"), ('"a = 1 # b"', "a = 1 # b")),
        *(("\"'quoted'\"", "'quoted'"), ("'\"quoted\"'", '"quoted"'), ('"\\""', '"')),
        *(('"\\u0061\\\\"', "a\\"), ('"ü"', "ü")),
    ],
)
def test_key_is_found_by_the_name_that_it_means(key: str, name: str) -> None:
    """Quotes and escapes are spellings; quotes within quotes are part of the name."""
    assert position_of(f"x = 1\n  {key} = 2", (name,)) == (2, 3)
    assert position_of(f"x = 1\n[table]\n[table.{key}]\ny = 1", ("table", name, "y")) == (4, 1)
    assert position_of(f"x = 1\n{key} . sub = 1", (name, "sub")) == (2, 1)


@pytest.mark.parametrize(
    ("opening", "closing", "depth"), [("[", "]", 200), ("{a=", "}", 200), ("[{a=", "}]", 100)]
)
def test_deep_nesting_is_walked_through(opening: str, closing: str, depth: int) -> None:
    """Deeper than anybody writes, and as deep as the oldest parser goes below a test runner."""
    document = f"deep = {opening * depth}1{closing * depth}\nlast = 1"
    assert position_of(document, ("last",)) == (2, 1)


def test_places_can_be_looked_up_in_any_order() -> None:
    """The lines before the last place asked for are counted again."""
    places = Places("a = 1\nb = 2\n\nc = 3\n")
    assert [places.line_and_column((name,)) for name in "cbac"] == [(4, 1), (2, 1), (1, 1), (4, 1)]


def test_nothing_stands_in_an_empty_document() -> None:
    """Its problems are told at its beginning."""
    for document in ("", "\n\n", "# nothing\n", "# nothing"):
        assert position_of(document, ("format",)) == (1, 1)


@dataclass
class Written:
    """A document in the making, and where in it each path has been written."""

    newline: str
    text: str = ""
    offsets: dict[KeyPath, int] = field(default_factory=dict)

    def add(self, text: str) -> None:
        """Write *text*, with the document's own line ends."""
        self.text += text.replace("\n", self.newline)

    def mark(self, path: KeyPath) -> None:
        """Note that *path* begins here; a dotted key's parents begin where they first did."""
        self.offsets.setdefault(path, len(self.text))


names = st.text("abc.é 'x#[\"\\", max_size=4)
scalars = st.sampled_from(
    [
        *("1", "true", "1979-05-27 07:32:00Z", "'# no comment'", '"] } , \\" = "', "''", '""'),
        *('"""\nkey = 1\n[[table]]\n"""', "'''\n# ]\n'''", '""" \\""" ""\\" """'),
    ]
)
blanks = st.sampled_from(["", " ", "\t "])
breaks = st.sampled_from(["", " ", "\n", " # ] } ' \" , =\n", "\n\n  "])
line_ends = st.sampled_from(["\n", " # key = 1\n", "\n\n# [table]\n", "\t\n"])


@st.composite
def documents(draw: st.DrawFn) -> Written:
    """A document of pairs, tables and arrays of tables, in any spelling that TOML allows."""
    document = Written(draw(st.sampled_from(["\n", "\r\n"])))

    def quoted(name: str) -> str:
        bare = name.isascii() and name.isalpha()
        styles = ["basic", *(["bare"] if bare else []), *([] if "'" in name else ["literal"])]
        style = draw(st.sampled_from(styles))
        if style == "bare":
            return name
        if style == "literal":
            return f"'{name}'"
        return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'

    def pair(parent: KeyPath, name: str, depth: int) -> None:
        path = (*parent, name)
        document.mark(path)
        document.add(quoted(name))
        while depth and draw(st.integers(0, 3)) == 0:
            part = draw(names)
            start = document.offsets[path]
            path = (*path, part)
            document.offsets[path] = start
            document.add(f"{draw(blanks)}.{draw(blanks)}{quoted(part)}")
        document.add(f"{draw(blanks)}={draw(blanks)}")
        value(path, depth)

    def value(path: KeyPath, depth: int) -> None:
        kind = draw(st.sampled_from(["scalar", "array", "table"] if depth else ["scalar"]))
        if kind == "scalar":
            document.add(draw(scalars))
        elif kind == "array":
            document.add("[")
            count = draw(st.integers(0, 2))
            for index in range(count):
                document.add(draw(breaks))
                document.mark((*path, index))
                value((*path, index), depth - 1)
                document.add(draw(breaks) + ("," if index + 1 < count else draw(blanks)))
            document.add(f"{draw(breaks)}]")
        else:
            document.add("{")
            keys = draw(st.lists(names, unique=True, max_size=2))
            for index, key in enumerate(keys):
                document.add(("," if index else "") + draw(blanks))
                pair(path, key, depth - 1)
            document.add(f"{draw(blanks)}}}")

    def pairs(parent: KeyPath, reserved: frozenset[str] = frozenset()) -> None:
        for name in draw(st.lists(names, unique=True, max_size=2)):
            if name not in reserved:
                document.add(draw(blanks))
                pair(parent, name, 2)
                document.add(draw(line_ends))

    document.add(draw(line_ends))
    pairs(())
    for number in range(draw(st.integers(0, 2))):
        document.mark(("release",))
        document.mark(("release", number))
        document.add(f"[[{draw(blanks)}release{draw(blanks)}]]{draw(line_ends)}")
        pairs(("release", number))
        for inner in range(draw(st.integers(0, 2))):
            document.mark(("release", number, "dates"))
            document.mark(("release", number, "dates", inner))
            document.add(f"[[release.{draw(blanks)}dates]]{draw(line_ends)}")
            pairs(("release", number, "dates", inner))
        if draw(st.booleans()):
            document.mark(("release", number, "ids"))
            document.add(f"[release . 'ids']{draw(line_ends)}")
            pairs(("release", number, "ids"))
    return document


@settings(  # documents are large
    deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(documents())
def test_every_path_of_any_document_leads_to_its_line(document: Written) -> None:
    """Whatever the spelling of keys and values, and whatever stands between them."""
    tomli.loads(document.text)
    places = Places(document.text)
    for path, offset in document.offsets.items():
        line = document.text.count("\n", 0, offset) + 1
        column = offset - document.text.rfind("\n", 0, offset)
        assert places.line_and_column(path) == (line, column)


# ---- Cost ----


@pytest.mark.parametrize(
    "filling",
    [
        "\n" * 25_000,
        " \t\r\n" * 6_000,
        "\n# note\n" * 3_000,
        "#\n" * 12_000,
        f'synopsis = "{"ab" * 12_000}"\n',
        f'synopsis = "{chr(92)}n{chr(92)}{chr(34)}xxxxxx" # \n'.replace("xxxxxx", r"x\n\\" * 3_000),
        f"synopsis = '''{'ab' * 12_000}'''\n",
        f'synopsis = """{chr(92)}" ""{"ab" * 12_000}"""\n',
        f'"{"k" * 12_000}" = 1\n',
        f"aliases = [{', '.join(['1'] * 8_000)}]\n",
    ],
    ids=[
        *("lines", "blanks", "notes", "hashes", "text", "escapes", "literal", "lines of text"),
        *("key", "array"),
    ],
)
def test_place_behind_a_long_stretch_takes_no_more_memory_than_a_few_texts(filling: str) -> None:
    """A regular expression that repeats a group keeps 160 bytes for each turn of it."""
    document = f"format = 1\n{filling}titel = 1\n"
    tracemalloc.start()
    try:
        places = Places(document, [("titel",)])
        line, column = places.line_and_column(("titel",))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert (line, column) == (document.count("\n"), 1)
    assert peak < 4 * len(document)


@given(document=st.data())
def test_places_of_some_paths_are_the_same_as_among_all(document: st.DataObject) -> None:
    """With all paths of a document, and with some of them."""
    paths = [("format",), ("release", 0), ("release", 0, "dates", 1, "date"), ("release", 1, "ids")]
    paths_drawn = document.draw(st.lists(st.sampled_from(paths), max_size=4))
    all_places, few = Places(CATALOGUE), Places(CATALOGUE, paths_drawn)
    assert [few.line_and_column(path) for path in paths_drawn] == [
        all_places.line_and_column(path) for path in paths_drawn
    ]
