"""A text that isn't TOML, and how it looks in TOML."""

import pytest

from countdown.errors import CatalogueError
from countdown.toml import parse

THOR = ("  [[release]]", '  title = "Thor"')


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("title = Thor 5", ['1:9: *; write title = "Thor 5"']),
        ("title: Thor 5", ['1:6: *; write title = "Thor 5"']),
        ('title: "Thor 5",', ['1:6: *; write title = "Thor 5"']),
        ("release date = 2027", ["1:1: *; write release_date = 2027"]),
        ("größe = 2027", ['1:3: *; write "größe" = 2027']),
        ("title = “Thor”", ['1:9: *; write straight quotes: title = "Thor"']),
        ("// mine", ["1:1: *; begin a comment with #"]),
        ("; mine", ["1:1: *; begin a comment with #"]),
        ("d = { Österreich = 1 }", ['1:7: *; write "Österreich" = …']),
        ("a = 1\na = 2", ["2:1: *; keep one of them"]),
        ("date = 2027-02-30", ["1:8: *; write one like 2027-06-11"]),
        ("[[release]", ["1:1: *; write [[release]]"]),
        (f"title = {'x' * 90}", [f'1:9: *; write title = "{"x" * 50}…']),
        (
            '{"movies": [{"title": "Thor", "date": null, "n": 1e400, "x": "' + "y" * 70 + '"}]}',
            [
                "1:1: this is JSON; in TOML it begins like this:",
                *("  [[release]]", '  title = "Thor"', "  n = inf", '  x = "…"'),
            ],
        ),
        ('["Thor"]\n', []),
        (
            '["Thor", 5]',
            [
                "1:8: this is JSON; in TOML it begins like this:",
                "  [[release]]",
                '  title = "Thor"',
            ],
        ),
        (
            "# mine\nmovies:\n  - title: Thor # a\n    cast:\n      - Ana\n  - title: B\n",
            [
                "2:7: this is YAML; in TOML it begins like this:",
                "  [[release]]",
                '  title = "Thor"',
            ],
        ),
        (
            "- title: Thor\n",
            [
                "1:1: this is YAML; in TOML it begins like this:",
                "  [[release]]",
                '  title = "Thor"',
            ],
        ),
        (
            "- Thor\n- Dune\n",
            [
                "1:1: this is YAML; in TOML it begins like this:",
                "  [[release]]",
                '  title = "Thor"',
            ],
        ),
    ],
)
def test_text_that_is_not_toml_has_a_hint(text: str, lines: list[str]) -> None:
    """With the words of the file; where nothing is known, the address of TOML."""
    if not lines:
        parse.parse_toml("x", text)
        return
    with pytest.raises(CatalogueError) as caught:
        parse.parse_toml("x", text)
    first, *example = caught.value.lines
    place, _, hint = lines[0].partition("*")
    assert first.startswith(f"x:{place.split(':')[0]}:")
    assert first.endswith(hint)
    assert example == lines[1:]


def test_many_empty_lines_take_no_time() -> None:
    """A pattern that could read them in many ways would take for ever."""
    with pytest.raises(CatalogueError) as raised:
        parse.parse_toml("f", "# Dates" + "\n" * 5_000 + 'a = 1\nb = [ { "x" } ]\n')
    assert raised.value.lines[0].startswith("f:5002:")
