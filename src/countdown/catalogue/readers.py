"""One TOML value → one domain value.

A reader notes what is wrong and goes on, so that all of it is told at once.
"""

import datetime
from collections.abc import Callable
from difflib import get_close_matches
from functools import lru_cache
from typing import Any, Final, NamedTuple, TypeGuard, cast

from countdown.core import dates, edtf
from countdown.core.dates import ReleaseDate
from countdown.core.regions import REGIONS
from countdown.core.text import escape, escape_hostile, find_hostile
from countdown.toml.parse import NOT_KEPT as NOT_KEPT
from countdown.toml.parse import Problem as Problem
from countdown.toml.parse import Problems as Problems
from countdown.toml.positions import Path as Path

_KEPT: Final = (
    10_000  # problems of one file, so that a broken one takes no more memory than a sound
)
_HINTED: Final = 1_000  # problems of one file for which it is looked what was meant
MAX_SUGGESTION_LENGTH: Final = 80  # characters of a word for which it is looked what was meant


class CappedProblems(Problems):
    """Problems of which those after the first thousands are only counted."""

    def append(self, problem: Problem) -> None:
        """Keep *problem*, or count it."""
        super().append(problem if len(self) < _KEPT else NOT_KEPT)


Reader = Callable[[object, Path, Problems], object]

MAX_NUMBER: Final = 2**63 - 1  # TOML's own; the parser has none
MAX_TEXT_LENGTH: Final = 4_000  # characters in one string: a synopsis, not a screenplay
MAX_LIST_LENGTH: Final = 10_000  # entries in one list: more than any cast
_SLUG: Final = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-")
_COMMON_REGIONS: Final = {"UK": "GB", "EN": "GB", "USA": "US"}


class Field(NamedTuple):
    """One key of the format: how it is read, its JSON Schema, and its line in the docs."""

    read: Reader
    schema: dict[str, object]
    doc: str


def text(value: object, at: Path, problems: Problems) -> str | None:
    """A string of one line that is safe on a terminal."""
    if is_plain(value):
        return cast("str", value)
    if not isinstance(value, str):
        problems.append(Problem(at, f"a string is wanted, not {kind_of(value)}", 'write "…"'))
    elif not value.strip():
        problems.append(Problem(at, "is empty", "leave the key out if nothing is known"))
    elif character := find_hostile(value):
        what = f"has the control character {escape(character)}"
        problems.append(Problem(at, what, "remove it; write plain text on one line"))
    elif len(value) > MAX_TEXT_LENGTH:
        problems.append(
            Problem(at, f"is {len(value):,} characters long", f"{MAX_TEXT_LENGTH:,} are the most")
        )
    else:
        return value
    return None


def is_plain(value: object) -> bool:
    """Whether *value* is certainly text that is in order, as nearly all of it is."""
    return (
        type(value) is str
        and value.isprintable()
        and not value.isspace()
        and 0 < len(value) <= MAX_TEXT_LENGTH
    )


def slug(value: object, at: Path, problems: Problems) -> str | None:
    """A stable identifier of a-z, 0-9 and -."""
    found = text(value, at, problems)
    if found is not None and not (_SLUG.issuperset(found) and found.strip("-") == found):
        problems.append(
            Problem(
                at, f'"{found}" is no identifier', 'use a-z, 0-9 and -: "thor-love-and-thunder"'
            )
        )
    return found


def names(value: object, at: Path, problems: Problems) -> tuple[str, ...]:
    """A list of strings."""
    if not is_list(value, at, problems, 'write ["…"], even for one'):
        return ()
    if all(map(is_plain, value)):
        return tuple(value)
    found = (text(one, (*at, index), problems) for index, one in enumerate(value))
    return tuple(one for one in found if one is not None)


def choice(*known: str) -> Reader:
    """A reader for one word of *known*."""

    def read(value: object, at: Path, problems: Problems) -> str | None:
        if value in known:
            return value
        found = text(value, at, problems)
        if found is not None:
            problems.append(Problem(at, f'"{found}" is not known', hint(found, known, problems)))
        return found

    return read


def region(value: object, at: Path, problems: Problems) -> str | None:
    """An ISO 3166-1 alpha-2 code."""
    found = text(value, at, problems)
    if found is not None and found not in REGIONS:
        better = found.upper() if found.upper() in REGIONS else _COMMON_REGIONS.get(found.upper())
        hint = f'write "{better}"' if better in REGIONS else 'two letters of ISO 3166-1: "US", "BR"'
        problems.append(Problem(at, f'"{found}" is no region', hint))
    return found


def date(value: object, at: Path, problems: Problems) -> ReleaseDate | None:
    """A day, an instant or a window."""
    if type(value) is datetime.date:
        return _day(value)
    try:
        if isinstance(value, str) and text(value, at, problems) is None:
            return None
        return edtf.from_toml(value)
    except ValueError as error:
        shown = f'"{escape_hostile(value)}": ' if isinstance(value, str) else ""
        message, _, hint = str(error).partition("; ")
        problems.append(Problem(at, shown + message, hint))
        return None


@lru_cache(maxsize=4096)  # Days repeat: those of sources and checks above all.
def _day(value: datetime.date) -> ReleaseDate:
    return dates.day(value)


def number(value: object, at: Path, problems: Problems) -> int | None:
    """A whole number from 0."""
    if type(value) is not int or not 0 <= value <= MAX_NUMBER:
        problems.append(Problem(at, "a whole number is wanted", "write it without quotes: 2"))
        return None
    return value


def flag(value: object, at: Path, problems: Problems) -> bool:
    """True or false."""
    if not isinstance(value, bool):
        problems.append(Problem(at, f"true or false is wanted, not {kind_of(value)}"))
    return value is True


def url(value: object, at: Path, problems: Problems) -> str | None:
    """A web address."""
    found = text(value, at, problems)
    if found is not None and (not found.startswith(("https://", "http://")) or " " in found):
        problems.append(Problem(at, f'"{found}" is no web address', 'write "https://…"'))
    return found


def table(
    value: object, at: Path, problems: Problems, fields: dict[str, Field]
) -> dict[str, object]:
    """The keys of *fields* that a TOML table has, each read; unknown keys are problems."""
    if not isinstance(value, dict):
        problems.append(
            Problem(at, f"a table is wanted, not {kind_of(value)}", "write { key = … }")
        )
        return {}
    found: dict[str, object] = {}
    known = fields.get
    for key, one in value.items():
        field = known(key)
        if field is None:
            unknown = Problem((*at, key), "unknown key", hint(key, fields, problems))
            problems.append(unknown)
        elif field.read is text and is_plain(one):  # Most of a catalogue: no call, no path.
            found[key] = one
        else:
            found[key] = field.read(one, (*at, key), problems)
    return found


def required(
    found: dict[str, object], at: Path, problems: Problems, key: str, *, example: str
) -> bool:
    """Whether *key* was read; it is a problem if it is missing."""
    if key not in found:
        problems.append(Problem(at, f"{key} is missing", example))
    return found.get(key) is not None


def hint(word: str, known: "dict[str, Field] | tuple[str, ...]", problems: Problems) -> str:
    """What *word* was probably meant to be, if there are not too many problems already.

    Likeness is slow to tell, and only the first problems are shown.
    """
    return suggestion(word, known) if len(problems) < _HINTED else ""


def suggestion(
    word: str, known: "dict[str, Field] | tuple[str, ...]", *, otherwise: str = ""
) -> str:
    """What *word* was probably meant to be, else *otherwise*, or all that is known."""
    likely = len(word) <= MAX_SUGGESTION_LENGTH
    near = get_close_matches(word.lower(), known, n=1, cutoff=0.6) if likely else []
    if near:
        return f'did you mean "{near[0]}"?'
    return otherwise or "known are " + ", ".join(known)


def kind_of(value: object) -> str:
    """The TOML type of *value*, as a person calls it."""
    words = {bool: "true or false", str: "a string", int: "a number", float: "a number"}
    words |= {list: "a list", dict: "a table"}
    return words.get(type(value), "a date or time")


def is_list(value: object, at: Path, problems: Problems, example: str) -> TypeGuard[list[Any]]:
    """True if *value* is a list that isn't too long; else *problems* gets what is wrong.

    A list of a hundred thousand entries would take a change of it 200 MiB.
    """
    if not isinstance(value, list):
        problems.append(Problem(at, f"a list is wanted, not {kind_of(value)}", example))
    elif len(value) > MAX_LIST_LENGTH:
        problems.append(
            Problem(at, f"has {len(value):,} entries", f"{MAX_LIST_LENGTH:,} are the most")
        )
    else:
        return True
    return False


def list_of(one: Reader) -> Reader:
    """A reader for a list of what *one* reads."""

    def read(value: object, at: Path, problems: Problems) -> tuple[object, ...]:
        if not is_list(value, at, problems, "write [ … ], even for one"):
            return ()
        found = [one(item, (*at, index), problems) for index, item in enumerate(value)]
        return tuple([item for item in found if item is not None])

    return read


def external_id(value: object, at: Path, problems: Problems) -> str | int | None:
    """An identifier at a provider: a string or a number above 0."""
    if isinstance(value, str):
        return text(value, at, problems)
    if type(value) is not int or not 1 <= value <= MAX_NUMBER:
        problems.append(Problem(at, "a string or a number above 0 is wanted", "leave it out"))
        return None
    return value
