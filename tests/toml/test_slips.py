"""The usual slips in a TOML file, in words that a person understands, where they began."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from countdown.errors import CatalogueError
from countdown.toml import slips
from countdown.toml.parse import parse_toml

ABOVE = '[[release]]\ntitle = "A"\n'
WHOLE_DAYS = "only whole days like 2027-06-11 go without quotation marks; write date = "


def told(document: str) -> str:
    """What is said of *document*, which isn't TOML, without the name of the file."""
    with pytest.raises(CatalogueError) as raised:
        parse_toml("f", document)
    return raised.value.lines[0].removeprefix("f:")


@pytest.mark.parametrize(
    ("document", "line"),
    [
        # ---- A quotation mark that isn't closed ----
        ('a = 1\ntitle = "My Film\nb = 2', '2:9: this " isn\'t closed; write title = "My Film"'),
        ("title = 'My Film", "1:9: this ' isn't closed; write title = 'My Film'"),
        ('title = "My # Film', '1:9: this " isn\'t closed; write " at its end'),
        (f'{ABOVE}cast = ["A]\nb = 2', '3:9: this " isn\'t closed; write " at its end'),
        (f'{ABOVE}note = """It\nis\nb = 2', '3:8: this """ isn\'t closed; write """ at its end'),
        ("a = '''b\n", "1:5: this ''' isn't closed; write ''' at its end"),
        ('a = 1 "b', "1:7: Expected newline or end of document after a statement"),
        # ---- Quotation marks within others, and other ones ----
        (
            'title = "The "Real" One"',
            '1:9: the text ends at its second "; write title = \'The "Real" One\'',
        ),
        ("title = 'It's me'", "1:9: the text ends at its second '; write title = \"It's me\""),
        (
            'title = "It\'s "me""',
            '1:9: the text ends at its second "; write title = "It\'s \\"me\\""',
        ),
        (
            "title = “A”",
            '1:9: these quotation marks aren\'t straight; write straight quotes: title = "A"',
        ),
        # ---- Brackets and commas ----
        (f'{ABOVE}cast = ["B", "C"\nkind = "film"', "3:8: this [ isn't closed; write ] at its end"),
        (f'{ABOVE}cast = ["B"\n[[release]]\n', "3:8: this [ isn't closed; write ] at its end"),
        (f'{ABOVE}cast = ["B",', "3:8: this [ isn't closed; write ] at its end"),
        ('a = [ { b = "c" ]\n', "1:7: this { isn't closed; write } at its end"),
        ('a = ["b" "c"]', "1:10: there's no comma before this; add one"),
        ('a = [\n  "b" # B\n  "c"\n]', "3:3: there's no comma before this; add one"),
        ('a = { b = "c" d = 3 }', "1:15: there's no comma before this; add one"),
        ('a = ["b",, "c"]', "1:10: there's an extra comma; take it out"),
        ('a = "b",\nc = 1', "1:8: there's an extra comma; take it out"),
        ('a = "b";\nc = 1', "1:8: there's an extra semicolon; take it out"),
        ('a = ["b"]]', "1:10: there's an extra ]; take it out"),
        ('a = ("b", "c")', '1:5: a list has square brackets; write a = ["b", "c"]'),
        ("a = [ ? ]", "1:7: Invalid value; see https://toml.io"),
        # ---- Keys, and what is between them and their values ----
        ('title "A"', '1:6: there\'s no = after title; write title = "A"'),
        ("title\nb = 1", '1:6: there\'s no = after title; write title = "…"'),
        ('b = 1\ntitle: "A"', '2:6: there\'s a colon where = belongs; write title = "A"'),
        ('title == "A"', '1:8: there\'s an extra =; write title = "A"'),
        ('= "A"', '1:1: there\'s no key before =; write title = "A"'),
        ("title =\nb = 1", "1:1: title has no value; write one, or take it out"),
        ("title = # soon", "1:1: title has no value; write one, or take it out"),
        ("release date = 2027-01-01", "1:1: a key is one word; write release_date = 2027-01-01"),
        ('a = "b" c = "d"', "1:9: there are two facts in this line; write each on its own line"),
        (f'{ABOVE}b = 1\r\ntitle = "B"', "4:1: title is in line 2 already; keep one of them"),
        ("/ mine", "1:1: this isn't a fact; write KEY = VALUE, or begin a comment with #"),
        ("// mine", "1:1: TOML can't read this comment; begin a comment with #"),
        ("!", "1:1: this isn't a fact; write KEY = VALUE, or begin a comment with #"),
        ("It is\nb = 1", "1:1: this isn't a fact; write KEY = VALUE, or begin a comment with #"),
        ('a = "b"\rc = 1', "1:8: this line ends in CR alone; save the file with LF or CR LF"),
        ("[[a]]\rb = 1\r", "1:6: this line ends in CR alone; save the file with LF or CR LF"),
        # ---- Headings ----
        ("[[release]\na = 1", "1:1: this heading isn't closed; write [[release]]"),
        ("[release\na = 1", "1:1: this heading isn't closed; write [release]"),
        ("[a]\nb = 1\n[[a]]", "3:1: [a] is in line 1 already; write [[a]] above each"),
        ("[[a]]\nb = 1\n[a]", "3:1: [[a]] is in line 1 already; write [[a]] above each"),
        (
            "[b]\n[a]\n[a]",
            "3:1: [a] is in line 2 already; keep one of them, or write [[a]] above each",
        ),
        ("a = 1\n[a]", "2:"),
        # ---- Values ----
        ("title = Thor", '1:9: a text needs quotation marks; write title = "Thor"'),
        ("a = 2nd", '1:5: a text needs quotation marks; write a = "2nd"'),
        ("hidden = True", "1:10: True needs lower case; write hidden = true"),
        ("season = 01", "1:10: a number can't begin with 0; write season = 1"),
        ("a = \x0b", "1:5: there's an invisible character (U+000B); take it out"),
        ("season = 00", "1:10: a number can't begin with 0; write season = 0"),
        (
            "date = 2027-02-30",
            "1:8: 2027-02-30 isn't a day of the calendar; write one like 2027-06-11",
        ),
        ("date = 2027-06", f'1:8: {WHOLE_DAYS}"2027-06"'),
        ("date = 7/4/2027", f'1:8: {WHOLE_DAYS}"7/4/2027"'),
        (r'a = "C:\new\qilms"', r"1:14: a backslash needs another one; write \\ for \ "[:-1]),
        ('a = "b\x01c"', "1:7: there's an invisible character (U+0001); take it out"),
        ("a = *", '1:5: Invalid value; write a = "*"'),
    ],
)
def test_slip_is_named_where_it_began(document: str, line: str) -> None:
    """And what is right; what isn't known is left to the parser's own words."""
    assert told(document).startswith(line)


def test_long_text_is_shortened() -> None:
    """No line of a message is as long as that of the file."""
    assert told(f'title = "{"A" * 99}').endswith(f'write title = "{"A" * 50}…')


@pytest.mark.parametrize("document", ["a = { b = 1,\n c = 2 }", "a = { b = 1, }\n[[c]]\n"])
def test_inline_table_on_several_lines_has_a_hint(document: str) -> None:
    """Newer versions of tomli take it."""
    found = slips.find_slip(document, 1, document.index(",") + 2)
    what = "a table in { } has to be on one line, without a comma at its end"
    assert found == (4, what, "write it like { name = …, role = … }")


def test_large_file_is_not_read_again() -> None:
    """It would take too long."""
    large = f'{chr(35) * 1_000_001}\ntitle = "A'
    assert slips.find_slip(large, 2, 1) is None


PIECES = st.sampled_from(
    ['"', "'", '"""', "[", "]", "{", "}", "=", ",", "\n", " ", "#", "\\", "a", "01", "“", ":", "\r"]
)


@given(st.lists(PIECES, max_size=25).map("".join))
def test_any_text_has_a_message(document: str) -> None:
    """In one line, with a place that is in the text."""
    try:
        parse_toml("f", document)
    except CatalogueError as error:
        place = error.lines[0].split(":")
        assert 1 <= int(place[1]) <= document.count("\n") + 1
        assert int(place[2]) >= 1
