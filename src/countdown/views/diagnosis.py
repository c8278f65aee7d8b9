"""The view of `doctor`: a verdict, then every check."""

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from countdown.core.width import width
from countdown.views.view import Block, Cell, Lines, Pairs, View, ViewContext

_GOOD: Final = Cell("✓", "added")
_BAD: Final = Cell("✗", "removed")
_MIN_COLUMNS: Final = 60  # of a terminal on which the values of all groups stand in line


class Check(NamedTuple):
    """The result of a check: a *label*, a *value*, and a *note* on it.

    A *problem* is a sentence on what is wrong, and *remedy* the command that mends it. What
    *is_good* was checked; all else is only told.
    """

    label: str
    value: str
    note: str = ""
    problem: str = ""
    remedy: str = ""
    is_good: bool = False


class Group(NamedTuple):
    """*checks* under a *heading*."""

    heading: str
    checks: Sequence[Check]


def diagnosis(
    groups: Sequence[Group], context: ViewContext, *, shorten: Callable[[str], str]
) -> View:
    """The verdict, with each problem and its remedy; then every check.

    On a terminal, *shorten* makes paths shorter.
    """
    problems = [check for group in groups for check in group.checks if check.problem]
    verdict = "Everything is fine."
    if problems:
        verdict = "1 problem:" if len(problems) == 1 else f"{len(problems)} problems:"

    def blocks() -> list[Block]:
        rows = [("verdict", (Cell(verdict.removesuffix(":")),))]
        rows += [("problem", (Cell(" ".join(_with_remedy(check, context))),)) for check in problems]
        return [
            Pairs("", tuple(rows)),
            *(Pairs(group.heading, tuple(map(_row, group.checks))) for group in groups),
        ]

    def screen(columns: int, _lines: int) -> list[Block]:
        longest = max((width(check.label) for group in groups for check in group.checks), default=0)
        if columns < _MIN_COLUMNS:
            longest = 0
        return [
            _verdict(verdict, problems, context),
            *(_drawn(group, longest, shorten) for group in groups),
        ]

    return View(blocks, (), context, screen)


def _with_remedy(check: Check, context: ViewContext) -> list[str]:
    return [check.problem, *([f"Run: {context.hint(check.remedy)}"] if check.remedy else [])]


def _row(check: Check) -> tuple[str, tuple[Cell, ...]]:
    note = (Cell(f"  {check.note}", "muted"),) if check.note else ()
    return check.label, (Cell(check.value), *note)


def _verdict(text: str, problems: Sequence[Check], context: ViewContext) -> Lines:
    """The verdict, and below it each problem with the command to paste."""
    if not problems:
        return Lines(((_GOOD, Cell(" "), Cell(text, "title")),))
    lines: list[tuple[Cell, ...]] = [(Cell(text, "title"),)]
    for check in problems:
        lines.append((_BAD, Cell(" "), Cell(check.problem)))
        if check.remedy:
            lines.append((Cell("  "), context.command(check.remedy)))
    return Lines(tuple(lines))


def _drawn(group: Group, longest: int, shorten: Callable[[str], str]) -> Pairs:
    """*group* with signs before labels, which are as wide as the *longest* of all groups."""
    rows = tuple(
        (
            check.label + " " * (longest - width(check.label)),
            _row(check._replace(value=shorten(check.value)))[1],
        )
        for check in group.checks
    )
    signs = tuple(
        _BAD if check.problem else _GOOD if check.is_good else Cell(" ") for check in group.checks
    )
    return Pairs(group.heading, rows, signs)
