"""The results of `doctor`."""

from countdown.formats import plain
from countdown.views.diagnosis import Check, Group, diagnosis
from countdown.views.view import Block, Cell, Lines, Pairs, View
from tests.views.releases import CONTEXT, pairs, runs

GROUPS = [
    Group(
        "Program", [Check("countdown", "0.1.0", "cpython"), Check("on PATH", "/h/c", is_good=True)]
    ),
    Group(
        "Folders",
        [
            Check("cache", "/h/k", "shut", "countdown can't write to /h/k.", "chmod u+w /h/k"),
            Check("state", "none", "", "There's no home folder. Set HOME."),
        ],
    ),
]


def view_of(*groups: Group) -> View:
    """The view of *groups*, for somebody at home in /h."""
    return diagnosis(groups, CONTEXT, shorten=lambda path: path.replace("/h/", "~/"))


def screen_of(view: View, columns: int = 80) -> list[Block]:
    """The blocks on a terminal."""
    assert view.screen is not None
    return [*view.screen(columns, 24)]


def test_everything_is_fine_if_there_is_no_problem() -> None:
    """It comes first, with a sign; what was only found out has none."""
    verdict, program = screen_of(view_of(GROUPS[0]))
    assert runs(verdict) == [[Cell("✓", "added"), Cell(" "), Cell("Everything is fine.", "title")]]
    assert isinstance(program, Pairs)
    assert program.heading == "Program"
    assert pairs(program) == [("countdown", "0.1.0  cpython"), ("on PATH  ", "~/c")]
    assert program.signs == (Cell(" "), Cell("✓", "added"))


def test_problems_come_first_each_with_its_remedy() -> None:
    """One that no command mends has its sentence alone."""
    verdict, program, folders = screen_of(view_of(*GROUPS))
    assert isinstance(verdict, Lines)
    assert ["".join(cell.text for cell in line) for line in runs(verdict)] == [
        "2 problems:",
        "✗ countdown can't write to /h/k.",
        "  chmod u+w /h/k",
        "✗ There's no home folder. Set HOME.",
    ]
    assert runs(verdict)[2][1].style == "command"
    assert isinstance(folders, Pairs)
    assert folders.signs == (Cell("✗", "removed"),) * 2
    assert isinstance(program, Pairs)
    assert len({len(label) for label, _ in (*pairs(program), *pairs(folders))}) == 1


def test_labels_stand_in_line_only_where_there_is_room() -> None:
    """On a narrow terminal each group has a width of its own."""
    _, _, folders = screen_of(view_of(*GROUPS), 59)
    assert isinstance(folders, Pairs)
    assert [label for label, _ in folders.rows] == ["cache", "state"]
    assert len(screen_of(view_of())) == 1


def test_programs_read_verdict_and_problems_as_rows() -> None:
    """With whole paths."""
    assert plain.render(view_of(*GROUPS)) == (
        "verdict\t2 problems\n"
        "problem\tcountdown can't write to /h/k. Run: chmod u+w /h/k\n"
        "problem\tThere's no home folder. Set HOME.\n"
        "countdown\t0.1.0  cpython\n"
        "on PATH\t/h/c\n"
        "cache\t/h/k  shut\n"
        "state\tnone\n"
    )
    one = diagnosis([Group("A", [GROUPS[1].checks[0]])], CONTEXT, shorten=str)
    assert plain.render(one).startswith("verdict\t1 problem\nproblem\t")
