"""One TOML value → one domain value.

A reader adds mistakes to the problems and goes on, so that all of them are reported together.
"""

import datetime
from collections.abc import Callable, Collection
from functools import lru_cache
from typing import Any, Final, NamedTuple, TypeGuard, cast

from countdown.core import dates, edtf
from countdown.core.dates import ReleaseDate
from countdown.core.regions import REGIONS, UNSTATED, UnknownRegion, parse_region
from countdown.core.text import escape, escape_hostile, find_hostile, is_visible, is_web_address
from countdown.toml.parse import DROPPED_PROBLEM
from countdown.toml.parse import Problem as Problem
from countdown.toml.parse import Problems as Problems
from countdown.toml.positions import KeyPath as KeyPath

_MAX_KEPT_PROBLEMS: Final = 10_000  # of one file, to save memory
_MAX_HINTED_PROBLEMS: Final = 250  # problems of one file, of which 100 are shown, with such a hint
MAX_SUGGESTION_LENGTH: Final = 80  # characters of a word that is compared with others


class CappedProblems(Problems):
    """A list of problems; beyond `_MAX_KEPT_PROBLEMS` they are only counted."""

    def append(self, problem: Problem) -> None:
        """Add *problem*, or a placeholder once there are too many."""
        super().append(problem if len(self) < _MAX_KEPT_PROBLEMS else DROPPED_PROBLEM)


Reader = Callable[[object, KeyPath, Problems], object]

MAX_NUMBER: Final = 2**63 - 1  # the limit of TOML, which the parser does not check
MAX_TEXT_LENGTH: Final = 4_000  # characters in one string: a synopsis, not a screenplay
MAX_LIST_LENGTH: Final = 10_000  # entries in one list: more than any cast
_REQUIRED_TEXTS: Final = frozenset(("id", "title", "kind", "name", "url"))  # keys
_SLUG: Final = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-")


class Field(NamedTuple):
    """A key of the format: its reader, its JSON Schema, and its line in the docs."""

    read: Reader
    schema: dict[str, object]
    doc: str


def text(value: object, path: KeyPath, problems: Problems) -> str | None:
    """A string of one line that is safe on a terminal, without blanks at its ends."""
    if is_plain(value):
        return cast("str", value)
    if not isinstance(value, str):
        problems.append(Problem(path, f"should be text, not {kind_of(value)}", 'write "…"'))
    elif not value.strip():
        is_optional = _REQUIRED_TEXTS.isdisjoint(path[-1:])
        remedy = "leave it out if you don't know" if is_optional else "write one"
        problems.append(Problem(path, "can't be empty", remedy))
    elif character := find_hostile(value):
        what = f"has the control character {escape(character)}"
        problems.append(Problem(path, what, "remove it"))
    elif not is_visible(value):
        what = f"has nothing that can be seen, only {escape(value[0])}"
        problems.append(Problem(path, what, "write what can be read, or leave it out"))
    elif len(value) > MAX_TEXT_LENGTH:
        what = f"is {len(value):,} characters long"
        problems.append(Problem(path, what, f"use at most {MAX_TEXT_LENGTH:,}"))
    else:
        return value.strip()
    return None


def is_plain(value: object) -> bool:
    """Fast path for most of a catalogue: True if *value* is text that needs no further check."""
    return (
        type(value) is str
        and value.isprintable()
        and 0 < len(value) <= MAX_TEXT_LENGTH
        and value[0] != " " != value[-1]  # No other blank is printable.
        and (value.isascii() or is_visible(value))
    )


def slug(value: object, path: KeyPath, problems: Problems) -> str | None:
    """A stable identifier of a-z, 0-9 and -."""
    word = text(value, path, problems)
    if word is not None and not (_SLUG.issuperset(cast("str", value)) and word.strip("-") == word):
        hint = 'use a-z, 0-9 and -, like "thor-love-and-thunder"'
        problems.append(Problem(path, f'"{value}" isn\'t a valid id', hint))
    return word


def names(value: object, path: KeyPath, problems: Problems) -> tuple[str, ...]:
    """A list of strings."""
    if not is_list(value, path, problems, 'write ["…"], even for one'):
        return ()
    if all(map(is_plain, value)):
        return tuple(value)
    texts = (text(item, (*path, index), problems) for index, item in enumerate(value))
    return tuple(item for item in texts if item is not None)


def choice(*choices: str) -> Reader:
    """A reader for one of *choices*."""

    def read(value: object, path: KeyPath, problems: Problems) -> str | None:
        word = text(value, path, problems)
        if word is not None and word not in choices:
            problems.append(Problem(path, f'unknown value "{word}"', hint(word, choices, problems)))
        return word

    return read


def region(value: object, path: KeyPath, problems: Problems) -> str | None:
    """An ISO 3166-1 alpha-2 code."""
    code, hint = text(value, path, problems), 'write two letters, like "US" or "BR"'
    if code is not None and code not in REGIONS:
        if len(problems) < _MAX_HINTED_PROBLEMS:
            try:
                hint = f'write "{parse_region(code)}"'
            except UnknownRegion as error:
                hint = error.near or hint
        problems.append(Problem(path, f'"{code}" isn\'t a region', hint))
    return code


def place(value: object, path: KeyPath, problems: Problems) -> str | None:
    """`unstated`: the only word for the place of a date that has no region."""
    word = text(value, path, problems)
    if word is None or word == UNSTATED:
        return word
    hint = f'write "{UNSTATED}" if the source doesn\'t say where; else leave it out'
    hint = f'write region = "{word.upper()}"' if word.upper() in REGIONS else hint
    problems.append(Problem(path, f'unknown value "{word}"', hint))
    return word


def region_by_name(value: object, path: KeyPath, problems: Problems) -> str | None:
    """The ISO 3166-1 alpha-2 code, from a code in any case or a name like `Brasil`."""
    name, suggest = text(value, path, problems), len(problems) < _MAX_HINTED_PROBLEMS
    try:
        return None if name is None else parse_region(name, suggest=suggest)
    except UnknownRegion as error:
        problems.append(Problem(path, error.message, error.hint))
        return None


def closed_date(value: object, path: KeyPath, problems: Problems) -> ReleaseDate | None:
    """A day, an instant or a window that has a last day."""
    when = date(value, path, problems)
    if when is None or not when.is_open:
        return when
    problems.append(Problem(path, "needs a last day", f'write "{when.edtf.partition("/")[0]}"'))
    return None


def date(value: object, path: KeyPath, problems: Problems) -> ReleaseDate | None:
    """A day, an instant or a window."""
    if type(value) is datetime.date:
        return _day(value)
    try:
        if isinstance(value, str) and text(value, path, problems) is None:
            return None
        return edtf.from_toml(value)
    except ValueError as error:
        shown = f'"{escape_hostile(value)}": ' if isinstance(value, str) else ""
        message, _, hint = str(error).partition("; ")
        problems.append(Problem(path, shown + message, hint))
        return None


@lru_cache(maxsize=4096)  # Cached: the same days recur, above all in sources and checks.
def _day(value: datetime.date) -> ReleaseDate:
    return dates.day(value)


def number(value: object, path: KeyPath, problems: Problems) -> int | None:
    """A whole number from 0."""
    if type(value) is not int:
        what = "should be a whole number"
    elif 0 <= value <= MAX_NUMBER:
        return value
    else:
        what = "should be 0 or more" if value < 0 else "is too large a number"
    problems.append(Problem(path, what, "write one like 2"))
    return None


def flag(value: object, path: KeyPath, problems: Problems) -> bool:
    """True or false."""
    if not isinstance(value, bool):
        problems.append(Problem(path, f"should be true or false, not {kind_of(value)}"))
    return value is True


def url(value: object, path: KeyPath, problems: Problems) -> str | None:
    """A web address."""
    address = text(value, path, problems)
    if address is not None and not is_web_address(address):
        problems.append(Problem(path, f'"{address}" isn\'t a web address', 'write "https://…"'))
    return address


def table(
    value: object, path: KeyPath, problems: Problems, fields: dict[str, Field]
) -> dict[str, object]:
    """The values that *fields* read from the TOML table *value*; unknown keys are problems."""
    if not isinstance(value, dict):
        what = f"should be a table, not {kind_of(value)}"
        problems.append(Problem(path, what, "write { key = … }"))
        return {}
    values: dict[str, object] = {}
    get_field = fields.get
    for key, item in value.items():
        field = get_field(key)
        if field is None:
            # Without one of its keys, a date or move would mean something else.
            keeps_entry = path[2:3] not in (("dates",), ("moves",))
            near = hint(key, fields, problems)
            if key == "series" and "season" in fields:  # It can be either.
                near = 'write kind = "season" and season = 2, or franchise = ["…"]'
            problems.append(Problem((*path, key), "unknown key", near, keeps_entry))
        elif field.read is text and is_plain(item):  # Fast path: no call, no key path.
            values[key] = item
        else:
            values[key] = field.read(item, (*path, key), problems)
    return values


def check_required(
    values: dict[str, object], path: KeyPath, problems: Problems, key: str, *, example: str
) -> bool:
    """True if *key* has a value in *values*; a missing key is a problem."""
    if key not in values:
        problems.append(Problem(path, f"{key} is missing", f"add {example}"))
    return values.get(key) is not None


def hint(word: str, choices: Collection[str], problems: Problems) -> str:
    """The `suggestion` for *word*, or nothing if there are many problems already.

    Comparing words is slow, and only the first problems are shown.
    """
    return suggestion(word, choices) if len(problems) < _MAX_HINTED_PROBLEMS else ""


def suggestion(word: str, choices: Collection[str], *, fallback: str = "") -> str:
    """A question that names the one of *choices* most like *word*.

    If none is, *fallback*, or a list of all *choices*.
    """
    from difflib import get_close_matches  # Deferred: 1 ms, only for a mistake.

    is_short = len(word) <= MAX_SUGGESTION_LENGTH
    matches = get_close_matches(word.lower(), choices, n=1, cutoff=0.6) if is_short else []
    near = f'did you mean "{matches[0]}"?' if matches else fallback
    return near or "choose " + ", ".join(choices)


def kind_of(value: object) -> str:
    """The TOML type of *value* in everyday words."""
    words = {bool: "true or false", str: "text", list: "a list", dict: "a table"}
    return words.get(type(value), "a number" if type(value) in (int, float) else "a date or time")


def is_list(value: object, path: KeyPath, problems: Problems, example: str) -> TypeGuard[list[Any]]:
    """True if *value* is a list that isn't too long; otherwise adds to *problems*.

    Changing a list of a hundred thousand entries would take 200 MiB.
    """
    if not isinstance(value, list):
        problems.append(Problem(path, f"should be a list, not {kind_of(value)}", example))
    elif len(value) > MAX_LIST_LENGTH:
        what = f"has {len(value):,} entries"
        problems.append(Problem(path, what, f"use at most {MAX_LIST_LENGTH:,}"))
    else:
        return True
    return False


def list_of(read_item: Reader) -> Reader:
    """A reader for a list, each item of which is read by *read_item*."""

    def read(value: object, path: KeyPath, problems: Problems) -> tuple[object, ...]:
        if not is_list(value, path, problems, "write [ … ], even for one"):
            return ()
        items = [read_item(item, (*path, index), problems) for index, item in enumerate(value)]
        return tuple([item for item in items if item is not None])

    return read


_regions_by_name: Final = list_of(region_by_name)


def regions(value: object, path: KeyPath, problems: Problems) -> tuple[str, ...]:
    """The codes of a list of regions, each by its code or name; a region named twice comes once."""
    return tuple(dict.fromkeys(cast("tuple[str, ...]", _regions_by_name(value, path, problems))))
