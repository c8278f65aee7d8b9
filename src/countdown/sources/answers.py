"""Answers in JSON, of which nothing is believed: each value is looked at before it is used."""

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any, Final, NamedTuple, NoReturn

from countdown.core.text import find_hostile, is_visible
from countdown.toml.parse import Table

MAX_TEXT: Final = 500  # characters of a title or name; longer ones are no titles
_IMDB: Final = re.compile(r"tt(?!0+\Z)\d{7,10}", re.ASCII)
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_NO_MAPPING: Final[Mapping[str, Any]] = MappingProxyType({})

Skipped = Counter[str]  # what couldn't be read → how often


class BadAnswerError(ValueError):
    """An answer that isn't what the provider's documentation says; its text is for users."""


class Parsed(NamedTuple):
    """The *tables* of an answer, for its source's layer, and a line on each thing *skipped*."""

    tables: tuple[Table, ...]
    skipped: tuple[str, ...] = ()


def load(body: bytes) -> object:
    """The value of *body* in JSON. Raises BadAnswerError, also for the page of an error in HTML."""
    try:
        value: object = json.loads(body, parse_constant=_refuse)
    except (ValueError, RecursionError):  # Python refuses numbers of thousands of digits, too.
        start = body.lstrip()[:1]
        what = "is a web page, not data" if start == b"<" else "isn't JSON"
        raise BadAnswerError(f"the answer {what}") from None
    return value


def _refuse(constant: str) -> NoReturn:
    raise ValueError(constant)


def mapping(value: object) -> Mapping[str, Any]:
    """*value* if it is an object of JSON, else an empty one; PHP writes an empty one as a list."""
    return value if isinstance(value, dict) else _NO_MAPPING


def items(value: object) -> Sequence[Any]:
    """*value* if it is a list, else an empty one."""
    return value if isinstance(value, list) else ()


def line(value: object) -> str | None:
    """*value* as one line of text, blanks made single; None if it is none, or could do harm.

    What nobody can see is no text either: catalogues refuse it.
    """
    if not isinstance(value, str):
        return None
    text = " ".join(value.split())
    if len(text) > MAX_TEXT or find_hostile(text) or not is_visible(text):
        return None
    return text


def imdb_id(value: object) -> str | None:
    """*value* if it is the id of a film or series at IMDb, like `tt1375666`, else None."""
    return value if isinstance(value, str) and _IMDB.fullmatch(value) else None


def number(value: object) -> int | None:
    """*value* if it is a whole number above 0 that fits 63 bits, else None."""
    is_number = type(value) is int and 0 < value < 2**63
    return value if is_number and isinstance(value, int) else None


def day(value: object, what: str, skipped: Skipped) -> date | None:
    """*value* as a day; none and empty ones aren't *skipped* as *what* can't be read."""
    if value is None or value == "":
        return None
    if isinstance(value, str) and _DAY.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    skipped[f"{what} can't be read"] += 1
    return None


def skipped_lines(title: str, skipped: Skipped) -> tuple[str, ...]:
    """A line on each thing of *title* that was *skipped*, and how often."""
    times = {what: f" ({count} times)" if count > 1 else "" for what, count in skipped.items()}
    return tuple(f"{title}: {what}{often}" for what, often in times.items())
