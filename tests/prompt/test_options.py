"""The options of a prompt in the words of a command line."""

import pytest

from countdown.core.template import FIELDS, parse_template
from countdown.prompt.options import (
    MAX_COUNT,
    MAX_WIDTH,
    MIN_WIDTH,
    OPTIONS,
    READERS,
    parse_options,
)

# ---- Templates ----


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", [("", "")]),
        ("in {days} days", [("in ", "days"), (" days", "")]),
        ("{title}{left}", [("", "title"), ("", "left"), ("", "")]),
        ("{{title}}", [("{title}", "")]),
        ("{{{title}}}", [("{", "title"), ("}", "")]),
        ("a}}b{{c", [("a}b{c", "")]),
        ("%s $x", [("%s $x", "")]),
        ("XXL {{{{ee", [("XXL {{ee", "")]),
    ],
)
def test_template_is_text_and_fields_and_a_doubled_brace_is_a_brace(
    text: str, parts: list[tuple[str, str]]
) -> None:
    """Other text stays as it is."""
    assert parse_template(text) == parts


@pytest.mark.parametrize("field", FIELDS)
def test_template_has_the_field(field: str) -> None:
    """Each of the six in the manual."""
    assert parse_template(f"{{{field}}}") == [("", field), ("", "")]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{name}", 'there\'s no field "{name}"; write {title}, {days}, '),
        ("{}", 'there\'s no field "{}"; '),
        ("{title", 'there\'s no field "{title"; '),
        ("{title!r}", 'there\'s no field "{title!r}"; '),
        ("{title.__class__}", 'there\'s no field "{title.__class__}"; '),
        ("a } b", "there's a } without its {; "),
        ("a }", "there's a } without its {; "),
        ("a {", 'there\'s no field "{"; '),
    ],
)
def test_wrong_template_is_refused_with_a_right_one(text: str, message: str) -> None:
    """The message names all fields, and how to write a brace."""
    with pytest.raises(ValueError, match=r"and \{\{ for a brace") as raised:
        parse_template(text)
    assert str(raised.value).startswith(message)


# ---- Words ----


def test_default_is_the_next_release_in_plain_text() -> None:
    """With its title and the time left, at any width and distance."""
    options = parse_options([])
    assert options is not None
    assert vars(options) == {
        "filters": [],
        "template": parse_template("{title} {left}"),
        "count": 1,
        "width": MAX_WIDTH,
        "within": None,
        "milestones": (),
        "followed": False,
        "everything": False,
        "reader": "plain",
    }


@pytest.mark.parametrize(
    ("words", "name", "value"),
    [
        (["--count", "3"], "count", 3),
        (["--count=3"], "count", 3),
        (["--count", "3", "--count", "2"], "count", 2),
        (["--count", str(MAX_COUNT)], "count", MAX_COUNT),
        (["--max-width", str(MIN_WIDTH)], "width", MIN_WIDTH),
        (["--max-width", str(MAX_WIDTH)], "width", MAX_WIDTH),
        (["--within", "100d"], "within", (100, "d")),
        (["--within", "14w"], "within", (14, "w")),
        (["--within", "2W"], "within", (2, "w")),
        (["--within", "0d"], "within", (0, "d")),
        (["--within", "6m"], "within", (6, "m")),
        (["--milestones", "100,30, 7,1,0"], "milestones", (100, 30, 7, 1, 0)),
        (["--milestones", "7"], "milestones", (7,)),
        (["--format", "{days}"], "template", [("", "days"), ("", "")]),
        (["--format=a=b"], "template", [("a=b", "")]),
        (["--actor", "Tom", "--actor=Zoe"], "filters", [("actor", "Tom"), ("actor", "Zoe")]),
        (["--id", "--count"], "filters", [("id", "--count")]),
        (["--title", ""], "filters", [("title", "")]),
        (["--followed"], "followed", True),
        (["--all"], "everything", True),
        (["--count", "2", "--followed"], "followed", True),
    ],
    ids=str,
)
def test_option_is_read(words: list[str], name: str, value: object) -> None:
    """As the next word, or after an equals sign; the last one counts, but filters add up."""
    options = parse_options(words)
    assert options is not None
    assert getattr(options, name) == value


def test_template_of_the_settings_is_the_default() -> None:
    """The option overrides it."""
    configured, overridden = (
        parse_options([], "{days}"),
        parse_options(["--format", "{title}"], "{days}"),
    )
    assert configured is not None
    assert overridden is not None
    assert (configured.template, overridden.template) == (
        parse_template("{days}"),
        parse_template("{title}"),
    )


@pytest.mark.parametrize("words", [["--followed=1"], ["--followed="]], ids=str)
def test_flag_takes_no_value(words: list[str]) -> None:
    """Click refuses that too."""
    assert parse_options(words) is None


@pytest.mark.parametrize("reader", READERS)
def test_reader_is_known(reader: str) -> None:
    """Each of those in the manual."""
    options = parse_options(["--for", reader])
    assert options is not None
    assert options.reader == reader


@pytest.mark.parametrize(
    "words",
    [
        ["--json"],
        ["-h"],
        ["--help"],
        ["--region", "BR"],
        ["--as-of", "2022-07-04"],
        ["--cache-file"],
        ["Dune"],
        ["--"],
        [""],
        ["--count"],
        ["--actor", "Tom", "--actor"],
        ["--filters", "x"],
        ["--for", "cmd"],
        ["--format", "{"],
        ["--count", "two"],
    ],
    ids=" ".join,
)
def test_words_that_are_not_simple_are_left_to_click(words: list[str]) -> None:
    """Click knows more options, and reports errors."""
    assert parse_options(words) is None


@pytest.mark.parametrize(
    ("option", "text", "message"),
    [
        *(
            ("--count", text, f'"{text}" isn\'t a number from 1 to 50')
            for text in ("", "0", "51", "-1", "1.5", "٣", "1e1", "9" * 30, "9" * 5000, " 1")
        ),
        ("--max-width", "3", '"3" isn\'t a number from 4 to 500'),
        ("--max-width", "501", '"501" isn\'t a number from 4 to 500'),
        *(
            ("--within", text, f'"{text}" isn\'t a time span; write 90d, 12w, 6m or 1y')
            for text in ("", "d", "2027", "-1d", "1h", f"{'9' * 5000}", "٣d", "1.5d")
        ),
        *(
            ("--milestones", text, f'can\'t read "{text}" as days; write some like 100,30,7,1,0')
            for text in ("", "1,", "-1", "a", "100000", "1;2", "1,٣", "000000000100000")
        ),
        ("--for", "csh", f'unknown program "csh"; choose {", ".join(READERS)}'),
    ],
)
def test_wrong_value_is_refused_with_a_right_one(option: str, text: str, message: str) -> None:
    """Both paths refuse it: the light one silently, click with this message."""
    assert parse_options([option, text]) is None
    _, read, _, _ = OPTIONS[option]
    with pytest.raises(
        ValueError, match=r"isn't a number from|isn't a time span; write|as days; write|; choose "
    ) as raised:
        read(text)
    assert str(raised.value) == message
