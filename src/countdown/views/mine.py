"""The view of `mine`: the user's catalogue compared with the catalogues below it."""

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from countdown.core import wording
from countdown.core.languages import parse_language
from countdown.core.release import Release
from countdown.views import cells
from countdown.views.page import page_title
from countdown.views.view import (
    DOUBT_SIGN,
    Block,
    Cell,
    Column,
    Items,
    Lines,
    Table,
    View,
    ViewContext,
)

_COLUMNS = (
    Column("Key"),
    Column("Below", rank=1, stretch=True),
    Column(""),
    Column("Yours", stretch=True),
)
_DATE_KEYS = ("date", "dates")  # Either replaces both.
_TITLE_IN: Final = "title in "  # before a language
_HEADINGS: Final = {"New": "Added", "Changed": "Changed", "Hidden": "Hidden"}
_KEYS_OF_HEADING: Final = ("title", "season", "kind")
_KEYS_OF_DATES: Final = frozenset(
    ("date", "dates", "from", "to", "announced", "stage_since", "expected", "complete", "checked")
)
_METADATA: Final = ("unverified", "source", "checked")  # metadata of a row of dates


class Difference(NamedTuple):
    """A release in the user's catalogue (*overlay*) and in the catalogues below it (*base*).

    *base* is None for a release that only the user's catalogue has.
    """

    base: dict[str, Any] | None
    overlay: dict[str, Any]


def mine(
    differences: Sequence[Difference],
    context: ViewContext,
    *,
    path: str,
    wrong: Sequence[str] = (),
    conflicts: Sequence[str] = (),
) -> View:
    """A table for each release, with a row for each key that the user's catalogue sets.

    On a terminal, they are grouped by what the user did. *path* is the user's catalogue. *wrong*
    are the problems for which entries are left out, each with its place in the file and a sentence;
    so are *conflicts*, ids that are former ones of other releases.
    """
    sections = {"Left out": wrong, "Conflicts": conflicts}
    differences = [
        each._replace(
            base=each.base and _by_language(each.base), overlay=_by_language(each.overlay)
        )
        for each in differences
    ]

    def screen(_columns: int, _lines: int) -> list[Block]:
        kinds = [_kind(difference) for difference in differences]
        blocks = []
        for kind in [kind for kind in _HEADINGS if kind in kinds]:
            of_kind = [each for each in differences if _kind(each) == kind]
            blocks.append(Lines(tuple(_lines_of(kind, of_kind, context))))
        for heading, problems in sections.items():
            if problems:
                blocks.append(Lines(((Cell(heading, "heading"),), *_problem_lines(problems))))
        return [
            page_title("Your catalogue", path),
            *blocks,
            _footer(kinds, context, has_mistakes=bool(wrong or conflicts)),
        ]

    def tables() -> list[Table]:
        return [
            *(_table(each, context) for each in differences),
            *(_problem_table(*section) for section in sections.items() if section[1]),
        ]

    return View(tables, (), context, screen)


def _problem_lines(wrong: Sequence[str]) -> list[tuple[Cell, ...]]:
    """`line 3: release[0] "Thor": kind: unknown value "flim"`, for each problem."""
    lines: list[tuple[Cell, ...]] = []
    for problem in wrong:
        line, _, text = problem.partition(":")
        lines.append((Cell(f"  line {line}: ", "muted"), Cell(text.partition(": ")[2])))
    return lines


def _problem_table(heading: str, wrong: Sequence[str]) -> Table:
    """A row for each problem: its place in the file, and a sentence."""
    rows = []
    for problem in wrong:
        place, _, text = problem.partition(": ")
        rows.append((Cell(place, "muted"), Cell(""), Cell("!"), Cell(text, "removed")))
    return Table(heading, _COLUMNS, tuple(rows), repeats_heading=True)


def _by_language(table: dict[str, Any]) -> dict[str, Any]:
    """*table* with a separate key for each title, since an overlay replaces titles one by one."""
    titles = table.get("titles", {}).items()
    rest = {key: value for key, value in table.items() if key != "titles"}
    return {**rest, **{f"{_TITLE_IN}{parse_language(tag)}": text for tag, text in titles}}


def _kind(difference: Difference) -> str:
    if difference.overlay.get("hidden"):
        return "Hidden"
    return "New" if difference.base is None else "Changed"


def _table(difference: Difference, context: ViewContext) -> Table:
    base, overlay = difference.base or {}, difference.overlay
    rows = [_row(key, base, value) for key, value in _effective_keys(difference)]
    if overlay.get("hidden"):
        rows.append((Cell("hidden", "muted"), Cell(""), Cell(""), Cell("true", "removed")))
    name, identifier = _name({**base, **overlay}, context)
    heading = f"{_kind(difference)}: {name} ({identifier})"
    return Table(heading, _COLUMNS, tuple(rows), repeats_heading=True)


def _effective_keys(difference: Difference) -> list[tuple[str, Any]]:
    """The keys of the user's catalogue that set or remove a fact."""
    base = difference.base or {}
    return [
        (key, value)
        for key, value in difference.overlay.items()
        if key not in ("id", "hidden")
        and (value_text(value) or any(key in base for key in _replaced_keys(key)))
    ]


def _name(table: dict[str, Any], context: ViewContext) -> tuple[str, str]:
    """`Andor, season 3` and its id; a hidden release may lack both."""
    identifier = table.get("id", "no id")
    title = table.get("title", identifier)
    keys = [key for key in table if key.startswith(_TITLE_IN)]
    titles = tuple((key.removeprefix(_TITLE_IN), table[key]) for key in keys)
    release = Release(identifier, title, "", table.get("season"), titles=titles)
    return context.name(release), identifier


def _lines_of(
    kind: str, differences: Sequence[Difference], context: ViewContext
) -> list[tuple[Cell, ...]]:
    """A heading, and for each release its name, its id and the changes by the user's catalogue."""
    lines: list[tuple[Cell, ...]] = [
        (Cell(_HEADINGS[kind], "heading"), Cell(f" ({len(differences)})", "muted"))
    ]
    for difference in differences:
        name, identifier = _name({**(difference.base or {}), **difference.overlay}, context)
        known_from = f" · {difference.overlay['kind']}" if kind == "New" else ""
        lines.append((Cell(name, "title"), Cell(f"{known_from} · {identifier}", "muted")))
        for key, value in _effective_keys(difference):
            if kind != "New" or key not in _KEYS_OF_HEADING:
                label = Cell(f"{key.replace('_', ' ')}: ", "muted")
                said = _change_text(key, difference.base, value, context.date_style)
                lines.append((Cell("  "), label, *said))
    return lines


def _change_text(key: str, base: dict[str, Any] | None, value: Any, style: str) -> list[Cell]:
    """The change of *key* from *base* to the user's *value*: `18 Dec 2026 → 19 Dec 2026`."""
    value = _in_words(key, value, style)
    if base is None or key == "only_these_dates":  # It says all without what was below.
        return [Cell(value_text(value))]
    below = [_in_words(each, base[each], style) for each in _replaced_keys(key) if each in base]
    before, after = _differing_texts(below, value)
    if before == after:
        return [Cell(after), Cell(" (same as built in)", "muted")]
    if key == "sources" and below:
        # Hosts alone: whole addresses of replaced sources would fill the screen.
        removed, _ = _differing_elements(below[0], value)
        before = ", ".join(dict.fromkeys(map(_host, removed)))
    is_list = isinstance(value, list) and all(isinstance(each, list) for each in below)
    if is_list and not _is_exchange(below, value):
        parts = [Cell(f"- {before}", "removed")] if before else []
        parts += [Cell("  ")] if before and after else []
        return [*parts, *([Cell(f"+ {after}", "added")] if after else [])]
    return [
        Cell(before, "removed") if before else Cell("none", "muted"),
        Cell(" → ", "muted"),
        Cell(after, "added") if after else Cell("none", "muted"),
    ]


def _host(source: Any) -> str:
    """The host of a source, an address or a table with one."""
    return cells.host(source["url"] if isinstance(source, dict) else source)


def _in_words(key: str, value: Any, style: str) -> Any:
    """*value* with its dates in the user's style."""
    if isinstance(value, list):
        return [_in_words(key, each, style) for each in value]
    if isinstance(value, dict):
        return {each: _in_words(each, inner, style) for each, inner in value.items()}
    if key not in _KEYS_OF_DATES or not value:
        return value
    from countdown.core import edtf  # Deferred: its patterns take 6 ms to compile.

    return wording.format_date(edtf.from_toml(value), style)


def _footer(kinds: Sequence[str], context: ViewContext, *, has_mistakes: bool) -> Items:
    """The commands to change, remove and unhide releases of these *kinds*, and to mend mistakes."""
    removable = "New" in kinds or "Changed" in kinds
    commands = {
        "To mend it: ": "countdown edit" if has_mistakes else "",
        "To change one: ": "countdown edit ID" if removable else "",
        "To remove one: ": "countdown remove ID" if removable else "",
        "To show one again: ": "countdown unhide ID" if "Hidden" in kinds else "",
        "To undo the last change: ": "countdown undo",
    }
    return Items(
        tuple(
            (Cell(text, "muted"), context.command(command))
            for text, command in commands.items()
            if command
        )
    )


def _row(key: str, base: dict[str, Any], value: object) -> tuple[Cell, ...]:
    base_values = [base[replaced] for replaced in _replaced_keys(key) if replaced in base]
    before, after = _differing_texts(base_values, value)
    if before == after:
        return Cell(key, "muted"), Cell(before, "muted"), Cell("=", "muted"), Cell(after, "muted")
    sign = "+" if not before else "→" if after else "-"
    return Cell(key, "muted"), Cell(before, "removed"), Cell(sign, "muted"), Cell(after, "added")


def _replaced_keys(key: str) -> tuple[str, ...]:
    """The keys of the base that *key* replaces."""
    return _DATE_KEYS if key in _DATE_KEYS else (key,)


def _differing_texts(base: list[Any], value: object) -> tuple[str, str]:
    """The base's values and the one that replaces them; for lists, only differing elements."""
    if base and isinstance(base[0], list) and isinstance(value, list):
        removed, added = _differing_elements(base[0], value)
        if removed or added:
            return value_text(removed), value_text(added)
    return ", ".join(map(value_text, base)), value_text(value)


def _differing_elements(base: list[Any], value: list[Any]) -> tuple[list[Any], list[Any]]:
    """The elements that only *base* has, and those that only *value* has."""
    after, before = {*map(_hashable, value)}, {*map(_hashable, base)}
    removed = [element for element in base if _hashable(element) not in after]
    return removed, [element for element in value if _hashable(element) not in before]


def _is_exchange(below: list[list[Any]], value: list[Any]) -> bool:
    """True if the user's catalogue replaces one element of a list, or only changes their order."""
    if not below:
        return False
    removed, added = _differing_elements(below[0], value)
    return len(removed) == len(added) < 2


def _hashable(value: object) -> object:
    """*value* in a hashable form; tables in a list contain no lists."""
    return frozenset(value.items()) if isinstance(value, dict) else value


def value_text(value: object) -> str:
    """A TOML value in brief: `US theatrical 2026-12-18`, `Chris Hemsworth as Tyler Rake`."""
    if isinstance(value, list):
        return ", ".join(value_text(element) for element in value)
    if isinstance(value, dict):
        if "role" in value:
            return f"{value['name']} as {value['role']}"
        if "from" in value or "to" in value:
            before, after = value.get("from", "undated"), value.get("to", "withdrawn")
            return f"{value_text(before)} → {value_text(after)}"
        if not {"url", "date", "name"} & {*value}:  # ids
            return " ".join(f"{key}={value_text(element)}" for key, element in value.items())
        text = " ".join(value_text(value[key]) for key in value if key not in _METADATA)
        if value.get("unverified") and not text.endswith(DOUBT_SIGN):
            text += DOUBT_SIGN
        aside = [f"{key} {value_text(value[key])}" for key in _METADATA[1:] if key in value]
        return f"{text} ({', '.join(aside)})" if aside else text
    return str(value).lower() if isinstance(value, bool) else str(value)
