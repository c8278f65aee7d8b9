"""What is drawn for a terminal: colours, signs for one that has only ASCII, lines that fit."""

from collections.abc import Iterator

import pytest
from rich.color import ColorSystem
from rich.console import Console
from rich.style import Style as RichStyle

from countdown.core.text import HOSTILE
from countdown.core.width import unbroken
from countdown.formats import terminal
from countdown.formats.themes import looks
from countdown.views.view import (
    STYLES,
    Block,
    Cell,
    Column,
    Items,
    Lines,
    Pairs,
    Style,
    Table,
    View,
    ViewContext,
)
from tests.views.releases import NOW


def view(*blocks: Block) -> View:
    """A view of *blocks*."""
    return View(lambda: blocks, (), ViewContext(NOW))


def line(text: str, style: Style = "") -> Lines:
    """One line of text."""
    return Lines(((Cell(text, style),),))


@pytest.fixture(autouse=True)
def size(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal of 30 cells and 10 lines."""
    monkeypatch.setenv("COLUMNS", "30")
    monkeypatch.setenv("LINES", "10")


@pytest.fixture
def colour(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal with sixteen colours."""
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm")


def drawn(*blocks: Block, ascii: bool = False) -> str:
    """What is drawn of *blocks*."""
    return terminal.draw(view(*blocks), theme="dark", ascii=ascii)[0]


TABLE = Table(
    "Films",
    (
        Column(""),
        Column("Title", stretch=True),
        Column("When", rank=1, days=True),
        Column("Who", rank=2, stretch=True),
    ),
    (
        (Cell("●", "week"), Cell("Dune", "title"), Cell("4 Dec 2026"), Cell("", "muted")),
        (Cell("○"), Cell("千と千尋"), Cell("25 Nov 2026"), Cell("Zendaya", "muted")),
        (Cell("·", "undated"), Cell("Blade", "title"), Cell(""), Cell("")),
    ),
    ((0, (Cell("2026"),)), (2, (Cell("No date"), Cell(" 1")))),
)

# ---- Colours ----


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize(("term", "colours"), [("xterm-256color", 256), ("xterm", 16)])
@pytest.mark.parametrize("theme", ["dark", "light", "mono"])
def test_style_has_its_look(
    monkeypatch: pytest.MonkeyPatch, theme: str, term: str, colours: int, style: Style
) -> None:
    """That of the theme, by what the terminal can show."""
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", term)
    look = RichStyle.parse(looks(theme, colours).get(style, "none"))
    expected = look.render("x", color_system=ColorSystem.EIGHT_BIT)
    assert terminal.draw(view(line("x", style)), theme=theme)[0] == f"{expected}\n"


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_without_colour_weights_stay(
    theme: str, colour: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Bold and dim say the same on a terminal of one colour."""
    monkeypatch.setenv("NO_COLOR", "1")
    text, _ = terminal.draw(view(line("x", "week"), line("y", "muted")), theme=theme)
    assert text == "\x1b[1mx\x1b[0m\n\n\x1b[2my\x1b[0m\n"


def test_colour_ends_with_the_cell(colour: None) -> None:
    """In rows, lines, items, and values with their labels."""
    run = (Cell("a", "week"), Cell("b", "later"))
    expected = "\x1b[32ma\x1b[0m\x1b[36mb\x1b[0m\n"
    assert drawn(Lines((run,))) == drawn(Lines((run,), verbatim=True)) == expected
    assert drawn(Items((run,))) == expected
    assert drawn(Pairs("H", (("Key", run),))) == f"\x1b[1mH\x1b[0m\n\x1b[2mKey  \x1b[0m{expected}"
    table = Table("H", (Column("A"), Column("B")), (run,), ((0, (Cell("2026", "muted"),)),))
    assert drawn(table) == (
        "\x1b[1mH\x1b[0m\n\x1b[2m2026\x1b[0m\n\x1b[32ma  \x1b[0m\x1b[36mb\x1b[0m\n"
    )


# ---- Tables ----


def test_rows_stand_below_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    """Days are aligned, wide characters counted, and no line ends in blanks."""
    monkeypatch.setenv("COLUMNS", "60")
    assert drawn(TABLE) == (
        "Films\n"
        "2026\n"
        "●  Dune       4 Dec 2026\n"
        "○  千と千尋  25 Nov 2026  Zendaya\n"
        "No date 1\n"
        "·  Blade\n"
    )


def test_rows_are_cut_to_the_terminal() -> None:
    """First columns drop out, then the text is cut."""
    assert drawn(TABLE) == (
        "Films\n2026\n●  Dune       4 Dec 2026\n○  千と千尋  25 Nov 2026\nNo date 1\n·  Blade\n"
    )
    long = Table("", (Column(""), Column("", stretch=True)), ((Cell("●"), Cell("word " * 9)),))
    assert drawn(long) == "●  word word word word word…\n"
    assert drawn(long, ascii=True) == "o  word word word word word~\n"


def test_cut_does_not_leave_a_blank_before_the_ellipsis() -> None:
    """Nor half of a wide character."""
    column = (Column("", stretch=True),)
    assert drawn(Table("", column, ((Cell("a" * 28 + " bcd"),),))) == "a" * 28 + "…\n"
    assert drawn(Table("", column, ((Cell("千" * 16),),))) == "千" * 14 + "…\n"
    assert drawn(Table("", column, ((Cell("千" * 15),),))) == "千" * 15 + "\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("4 Dec 2026", " 4 Dec 2026"),
        ("14 Dec 2026", "14 Dec 2026"),
        ("Dec 2026", "Dec 2026"),
        ("4–9 Dec 2026", "4–9 Dec 2026"),
        ("2026", "2026"),
        ("", ""),
    ],
)
def test_day_of_one_digit_is_aligned(text: str, expected: str) -> None:
    """Only where a column has days; a title may begin with a number."""
    for days, shown in ((True, expected), (False, text)):
        table = Table("", (Column("", days=days), Column("")), ((Cell(text), Cell("x")),))
        assert drawn(table) == (f"{shown}  x\n" if text else "x\n")


def test_row_without_text_is_an_empty_line() -> None:
    """It still is a row."""
    table = Table("", (Column(""), Column("")), ((Cell("a"), Cell("b")), (Cell(""), Cell(""))))
    assert drawn(table) == "a  b\n\n"
    assert drawn(Table("H", (Column(""),), ())) == "H\n"


def test_heading_is_cut_and_an_empty_one_left_out() -> None:
    """It is never more than a line."""
    heading = "A heading that is longer than thirty cells"
    for block in (Table(heading, (), ()), Pairs(heading, ())):
        assert drawn(block) == "A heading that is longer than…\n"
        assert drawn(block, ascii=True) == "A heading that is longer than~\n"
    assert drawn(Table("", (), ())) == ""


def test_lines_between_rows_are_broken_between_words() -> None:
    """Several can stand above a row, and below the last."""
    lines = ((0, (Cell("a line that has to be broken "), Cell("here"))), (0, ()), (0, (Cell("b"),)))
    table = Table("", (Column("A"),), ((Cell("row"),),), (*lines, (1, ()), (1, (Cell("end"),))))
    assert drawn(table) == "a line that has to be broken\nhere\n\nb\nrow\n\nend\n"


def test_cells_go_on_below_themselves() -> None:
    """Beside each other, whatever the number of their lines."""
    columns = (
        Column("A"),
        Column("B", stretch=True, wraps=True, least=7),
        Column("C", rank=1, stretch=True, wraps=True, least=9),
    )
    row = (Cell("a"), Cell("one two three four five"), Cell("one two three four"))
    table = Table("", columns, (row, (Cell("b"), Cell("six"), Cell(""))))
    assert drawn(table) == (
        "a  one two three     one two\n   four five         three\n"
        "                     four\nb  six\n"
    )


def test_names_are_left_out_rather_than_cut() -> None:
    """From the last one on, but for the first."""
    columns = (Column("A"), Column("B", rank=1, stretch=True, names=True, least=10))
    for names, shown in (
        ("Al Bo, Cy Do", "Al Bo, Cy Do"),
        ("Al Bo, Cy Do, Ed Flo", "Al Bo, Cy Do"),
        ("Albert Bo Cy Do, Ed", "Albert Bo Cy…"),
    ):
        table = Table("", columns, ((Cell("x" * 14), Cell(names)),))
        assert drawn(table) == f"{'x' * 14}  {shown}\n"


def test_text_below_a_row_begins_where_its_title_does() -> None:
    """And goes on there."""
    columns = (Column("", right=True), Column("Title", stretch=True), Column("C"))
    rows = ((Cell("ten"), Cell("A"), Cell("c")), (Cell("b"), Cell("B"), Cell("")))
    table = Table("", columns, rows, below=((0, (Cell("one two three four five six seven"),)),))
    assert drawn(table) == ("ten  A  c\n     one two three four five\n     six seven\n  b  B\n")
    plain = Table("", (Column("A"),), ((Cell("a"),),), below=((0, (Cell("b"),)),))
    assert drawn(plain) == "a\nb\n"


# ---- Pairs, lines, items ----


def test_values_stand_below_each_other_and_go_on_there() -> None:
    """Two cells right of the longest label."""
    value = (Cell("one two three "), Cell("four five six seven"))
    assert drawn(Pairs("Facts", (("Studio", value), ("By", (Cell("x"),))))) == (
        "Facts\nStudio  one two three four\n        five six seven\nBy      x\n"
    )


def test_value_has_at_least_one_cell() -> None:
    """However long the label is, which is cut before the row is too wide."""
    assert drawn(Pairs("", (("x" * 40, (Cell("ab"),)),))) == f"{'x' * 23}…  ab\n"


def test_signs_of_pairs_stand_before_the_labels(colour: None) -> None:
    """In their own style; values still start and go on below each other."""
    rows = (("A", (Cell("one"),)), ("Bcd", (Cell("a value that goes on below itself"),)))
    assert drawn(Pairs("", rows, (Cell("✓", "added"), Cell(" ")))) == (
        "\x1b[32m✓ \x1b[0m\x1b[2mA    \x1b[0mone\n"
        "  \x1b[2mBcd  \x1b[0ma value that goes on\n       below itself\n"
    )


def test_lines_are_broken_between_words() -> None:
    """An empty one stays; a word without end is broken anywhere."""
    lines = Lines(((Cell("a line that has to be broken "), Cell("somewhere")), (), (Cell("b"),)))
    assert drawn(lines) == "a line that has to be broken\nsomewhere\n\nb\n"
    assert drawn(line("x" * 32)) == f"{'x' * 30}\nxx\n"


def test_date_stays_in_one_line() -> None:
    """With the spaces of any other text."""
    text = f"moved from then to {unbroken('Feb 12, 2027')}"
    assert drawn(line(text)) == "moved from then to\nFeb 12, 2027\n"


def test_line_goes_on_where_it_begins() -> None:
    """If its first cell is blank."""
    indented = Lines(((Cell("  "), Cell("a line that has to be broken once")),))
    assert drawn(indented) == "  a line that has to be broken\n  once\n"


def test_lines_that_are_drawn_by_the_character_are_cut() -> None:
    """Blanks in them are part of the drawing."""
    big = Lines(((Cell("█  █  "), Cell("█")), (Cell("▀" * 32),)), verbatim=True)
    assert drawn(big) == "█  █  █\n" + "▀" * 29 + "…\n"
    assert drawn(big, ascii=True) == "#  #  #\n" + "#" * 29 + "~\n"
    full = Lines(((Cell("a" * 20), Cell("b" * 12)),), verbatim=True)
    assert drawn(full) == "a" * 20 + "b" * 9 + "…\n"
    filled = Lines(((Cell("a" * 30), Cell("b"), Cell("c")),), verbatim=True)
    assert drawn(filled) == "a" * 30 + "\n"


def test_command_of_items_is_on_one_line() -> None:
    """Below its label, however long it is: two lines would be two commands to a shell."""
    command = Cell("countdown list --catalogue /home/ana/films.toml", "command")
    assert drawn(Items(((Cell("To see more: "), command),))) == f"To see more:\n{command.text}\n"
    assert drawn(Items(((command,), (Cell("end"),)))) == f"{command.text}\nend\n"


def test_command_at_the_end_of_a_line_is_on_one_line() -> None:
    """Where the text begins, and below it unless there is room; other cells are broken."""
    text, command = (
        Cell("Hidden: hexed. To show it again: "),
        Cell("countdown unhide he", "command"),
    )
    assert (
        drawn(Lines(((text, command),))) == f"Hidden: hexed. To show it\nagain:\n{command.text}\n"
    )
    indented = Lines(((Cell("  "), Cell("It is hidden: "), command),))
    assert drawn(indented) == f"  It is hidden:\n  {command.text}\n"
    short = Lines(((Cell("Hidden: "), command),))
    assert drawn(short) == f"Hidden: {command.text}\n"
    wide = Cell("countdown unhide my-cousins-short-2", "command")
    assert drawn(Lines(((Cell("  "), wide),))) == f"  {wide.text}\n"
    assert drawn(Lines(((command, Cell(" shows it again")),))) == (
        "countdown unhide he shows it\nagain\n"
    )


def test_items_stay_whole() -> None:
    """Three cells apart; one that has no room begins a line, one without end is broken."""
    items = Items(
        (
            (Cell("●"), Cell(" a week")),
            (Cell("x" * 19),),
            (Cell("twelve chars"),),
            (Cell("fifteen letters"),),
            (Cell("y" * 32),),
            (Cell("end"),),
        )
    )
    assert drawn(items) == (
        f"● a week   {'x' * 19}\ntwelve chars   fifteen letters\n{'y' * 30}\nyy\nend\n"
    )
    # One cell more, and it is the next line's.
    assert drawn(Items(((Cell("a" * 8),), (Cell("b" * 20),)))) == f"{'a' * 8}\n{'b' * 20}\n"
    assert drawn(Items(((Cell("a" * 30),), (Cell("b"),)))) == f"{'a' * 30}\nb\n"
    assert drawn(Items(((Cell("千" * 15),), (Cell("b"),)))) == f"{'千' * 15}\nb\n"
    assert drawn(Items(())) == ""


def test_blocks_are_parted_by_an_empty_line() -> None:
    """None stands where a block has nothing to draw."""
    empty = Items(())
    assert drawn(line("a"), empty, line("b"), empty) == "a\n\nb\n"
    assert drawn(empty, line("a")) == "a\n"


# ---- Terminals ----


@pytest.mark.parametrize(
    ("sign", "expected"),
    [
        *(
            ("▲", "!"),
            ("★", "*"),
            ("●", "o"),
            ("◐", "+"),
            ("○", "-"),
            ("◇", "~"),
            ("✓", "v"),
            ("✗", "x"),
            ("▼", "v"),
        ),
        *(("·", "."), ("–", "-"), ("…", "~"), ("─", "-"), ("█", "#"), ("▀", "#"), ("▄", "#")),
        *(
            ("×", "x"),
            ("■", "#"),
            ("□", "-"),
            ("→", "->"),
            ("♥", "<3"),
            ("━", "="),
            ("┬", "+"),
            ("é", "é"),
            ("a", "a"),
        ),
    ],
)
def test_ascii_terminal_gets_a_stand_in_for_each_sign(sign: str, expected: str) -> None:
    """Accents are the encoding's business."""
    assert drawn(line(sign), ascii=True) == f"{expected}\n"
    assert drawn(line(sign)) == f"{sign}\n"


def test_terminal_shows_unicode_unless_it_cannot() -> None:
    """Nobody has to ask for the signs, in a capture neither."""
    assert terminal.draw(view(line("●")))[0] == "●\n"
    console = Console(width=30)
    with console.capture() as captured:
        console.print(terminal.drawing(view(line("●")), console))
    assert captured.get() == "●\n"


def everywhere(text: str) -> Iterator[Block]:
    """Blocks that have *text* in each place where a view can have any."""
    cell = Cell(text)
    yield Table(text, (), ())
    yield Table("", (Column(""),), ((cell,),))
    yield Table("", (Column(""), Column("")), ((Cell("x"), cell),))
    yield Table("", (Column("", days=True),), ((cell,),), ((0, (cell,)),))
    yield Table("", (Column(text),), ((Cell("x"),),), has_headings=True)
    yield Table("", (Column("", wraps=True, right=True),), ((cell,),))
    yield Table("", (Column(""),), ((Cell("x"),),), below=((0, (cell,)),))
    yield Pairs(text, ())
    yield Pairs("", ((text, (Cell("x"),)),))
    yield Pairs("", (("x", (cell,)),))
    yield Lines(((cell,),))
    yield Lines(((cell,),), verbatim=True)
    yield Items(((cell,),))
    yield Items(((Cell("x"), cell),))


@pytest.mark.parametrize("character", [chr(end) for both in HOSTILE for end in both])
def test_hostile_character_reaches_no_terminal(character: str) -> None:
    """It is spelt out wherever a view has text, so that nothing moves, hides or is set."""
    for block in everywhere(f"a{character}b"):
        text = drawn(block)
        assert character not in text.replace("\n", "") or character == "\n"
        assert (
            f"a\\{'x' if ord(character) < 256 else 'u' if ord(character) < 65536 else 'U'}" in text
        )


def test_spelt_out_character_counts_as_it_is_drawn() -> None:
    """Four letters for an escape: columns stay straight, and lines are not too long."""
    table = Table("", (Column(""), Column("")), ((Cell("\x1b"), Cell("a")), (Cell(""), Cell("b"))))
    assert drawn(table) == "\\x1b  a\n      b\n"
    items = Items(((Cell("\x1b" * 5),), (Cell("b" * 9),)))
    assert drawn(items) == "\\x1b" * 5 + "\n" + "b" * 9 + "\n"
    assert drawn(Lines(((Cell("\x1b" * 8),),), verbatim=True)) == "\\x1b" * 7 + "\\…\n"
    assert drawn(Table("\x1b" * 8, (), ())) == "\\x1b" * 7 + "\\…\n"


def test_narrowest_terminal_has_twenty_cells(monkeypatch: pytest.MonkeyPatch) -> None:
    """Below that, what is drawn is as for that."""
    monkeypatch.setenv("COLUMNS", "5")
    assert drawn(line("x" * 21)) == f"{'x' * 20}\nx\n"
    monkeypatch.setenv("COLUMNS", "21")
    assert drawn(line("x" * 21)) == f"{'x' * 21}\n"


@pytest.mark.parametrize(("lines", "fits"), [(8, True), (9, True), (10, False), (11, False)])
def test_drawing_returns_whether_it_fits(lines: int, fits: bool) -> None:
    """The prompt that follows needs a line, too."""
    view_of_lines = view(Lines(tuple((Cell("x"),) for _ in range(lines))))
    assert terminal.draw(view_of_lines) == ("x\n" * lines, fits)


def test_markup_and_emoji_codes_are_text() -> None:
    """A title in square brackets is drawn, not obeyed."""
    for block in everywhere("[b]x[/b] :smile:"):
        assert "[b]x[/b] :smile:" in drawn(block)
