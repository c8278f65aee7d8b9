"""The view of `config`: every setting with its value and its source."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from countdown.views.page import page_title
from countdown.views.view import Block, Cell, Column, Items, Lines, Pairs, Table, View, ViewContext

_COLUMNS: Final = (Column("Key"), Column("Value", stretch=True), Column("From", rank=1))
_SCREEN_COLUMNS: Final = (
    Column("Setting"),
    Column("Value", stretch=True, wraps=True),
    Column("From"),
)
_MIN_COLUMNS: Final = 56  # of a terminal that has room for a table
_FOLLOW: Final = "follow."
_GROUPS: Final = {  # of keys, by their names or what these begin with
    "region": "Place and time",
    "timezone": "Place and time",
    "date_style": "Screen",
    "theme": "Screen",
    "format": "Screen",
    "contact": "Live facts",
    "prompt.": "Prompt",
    "": "Other",
}


class Setting(NamedTuple):
    """A key with its effective values and their source."""

    key: str
    values: tuple[str, ...]
    origin: str


def settings(settings: Sequence[Setting], context: ViewContext, *, path: str, state: str) -> View:
    """A row for each setting. On a terminal, they are in groups, without empty lists of follows.

    *path* is the file of the user's settings, and *state* a remark on it.
    """

    def blocks() -> list[Block]:
        return [Table("Settings", _COLUMNS, tuple(map(_row, settings)))]

    def screen(columns: int, _lines: int) -> list[Block]:
        table = _grouped([each for each in settings if not each.key.startswith(_FOLLOW)])
        # A table of its own: its long lists would push the sources of the others far to the right.
        follows = [each for each in settings if each.key.startswith(_FOLLOW) and each.values]
        lists = tuple((f"  {each.key}", (Cell(", ".join(each.values)),)) for each in follows)
        return [
            page_title("Settings", *(fact for fact in (path, state) if fact)),
            _narrow(table) if columns < _MIN_COLUMNS else table,
            *([Pairs("You follow", lists)] if lists else []),
            _footer(context, follows=bool(lists)),
        ]

    return View(blocks, (), context, screen)


def _row(setting: Setting) -> tuple[Cell, ...]:
    text = ", ".join(setting.values)
    return Cell(setting.key, "title"), Cell(text), Cell(setting.origin, "muted")


def _grouped(settings: Sequence[Setting]) -> Table:
    groups: dict[str, list[Setting]] = {heading: [] for heading in _GROUPS.values()}
    for setting in settings:
        key = next(key for key in _GROUPS if setting.key.startswith(key))
        groups[_GROUPS[key]].append(setting)
    rows: list[tuple[Cell, ...]] = []
    breaks: list[tuple[int, tuple[Cell, ...]]] = []
    for heading, members in groups.items():
        if members:
            breaks.append((len(rows), (Cell(heading, "heading"),)))
            rows += map(_screen_row, members)
    return Table("", _SCREEN_COLUMNS, tuple(rows), tuple(breaks), has_headings=True)


def _screen_row(setting: Setting) -> tuple[Cell, ...]:
    value = Cell(", ".join(setting.values)) if setting.values else Cell("not set", "muted")
    return Cell(f"  {setting.key}"), value, Cell(setting.origin, "muted")


def _narrow(table: Table) -> Lines:
    """*table* for a terminal that is too narrow for columns: a value below its key."""
    breaks, lines = dict(table.breaks), list[tuple[Cell, ...]]()
    for number, (key, value, origin) in enumerate(table.rows):
        if number in breaks:
            lines.append(breaks[number])
        source = Cell(f" · {origin.text}" if origin.text else "", "muted")
        lines += [(Cell(key.text.strip()), source), (Cell("  "), value._replace(style="title"))]
    return Lines(tuple(lines))


def _footer(context: ViewContext, *, follows: bool) -> Items:
    commands = {
        "To change one: ": "countdown config set region BR",
        "To reset one: ": "countdown config unset region",
        "To follow someone: ": "" if follows else "countdown follow",
    }
    return Items(
        tuple(
            (Cell(text, "muted"), context.command(command))
            for text, command in commands.items()
            if command
        )
    )
