"""Converts values by someone who hasn't read the format into values of the format.

Each function returns its argument if it can't convert it; the strict reader then reports what is
wrong. Values that the strict reader accepts stay as they are.
"""

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any, Final

from countdown.catalogue import readers
from countdown.catalogue.key_names import CREDIT_NAMES, RELEASE_NAMES, SOURCE_NAMES, compact
from countdown.core import edtf, synonyms
from countdown.core.latin import slug
from countdown.core.name_lists import split_credit, split_names
from countdown.core.regions import UnknownRegion, parse_region
from countdown.core.release import CADENCES, KINDS, STAGES, TYPES
from countdown.core.text import find_hostile

NOTHING: Final = object()  # stands for values like TBA: nothing is known
_NOTHING_KNOWN: Final = frozenset(
    {
        *("", "-", "--", "—", "~", "?", "??", "???", "n/a", "na", "none", "null", "nil", "unknown"),
        *("tba", "tbc", "tbd", "to be announced", "to be confirmed", "to be determined", "undated"),
    }
)
_TRUE: Final = frozenset(("true", "yes", "y", "on", "1", "ja", "sim", "si", "sí", "oui"))
_FALSE: Final = frozenset(("false", "no", "n", "off", "0", "nein", "não", "nao", "non"))
_SEASON_WORDS: Final = "season|staffel|temporada|saison|stagione|series"
_SEASON: Final = re.compile(
    rf"(?:s|#|{_SEASON_WORDS})?[ .:#_-]*([0-9]{{1,4}})"
    rf"(?:st|nd|rd|th|ª|a|\.)?(?: *(?:{_SEASON_WORDS}))?",
    re.IGNORECASE | re.ASCII,
)
_MAX_NUMBER: Final = 10**12
_MIDNIGHT: Final = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[T ]00:00(?::00)?|T00:00:00\.000Z)", re.ASCII
)
_ADDRESS: Final = re.compile(r"(?:www\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}(?:[/?#]\S*)?", re.I)
_LINE_SEPARATORS: Final = re.compile(r"[ \t]*[\r\n\t]\s*")
# TMDB's numbers for types.
_TMDB_TYPES: Final = dict(
    enumerate(("premiere", "limited", "theatrical", "digital", "physical", "tv"), 1)
)


def is_nothing(value: object) -> bool:
    """True if *value* says that nothing is known: an empty text, `TBA`, `null`."""
    return isinstance(value, str) and " ".join(value.casefold().split()) in _NOTHING_KNOWN


def only(value: Any) -> Any:
    """The one element of the list *value*; another value as it is."""
    return value[0] if isinstance(value, list) and len(value) == 1 else value


def text(value: Any) -> Any:
    """Text of one line."""
    value = only(value)
    if isinstance(value, str):
        line = _LINE_SEPARATORS.sub(" ", value.strip(" \t\r\n"))
        return value if find_hostile(line) else line
    return value


def title(value: Any) -> Any:
    """Text of one line; a number as text."""
    value = only(value)
    return str(value) if _is_number(value) else text(value)


def _is_number(value: object) -> bool:
    """True for a whole number that is short enough for a title."""
    return type(value) is int and -_MAX_NUMBER < value < _MAX_NUMBER


def identifier(value: Any) -> Any:
    """A slug of a-z, 0-9 and -: `thor_ragnarok` becomes `thor-ragnarok`."""
    value = title(value)
    is_safe = isinstance(value, str) and not find_hostile(value)
    return (slug(value) or value) if is_safe else value


def kind(value: Any) -> Any:
    """One of KINDS."""
    return _choice(value, KINDS)


def stage(value: Any) -> Any:
    """One of STAGES."""
    return _choice(value, STAGES)


def cadence(value: Any) -> Any:
    """One of CADENCES."""
    return _choice(value, CADENCES)


def date_type(value: Any) -> Any:
    """One of TYPES, also from TMDB's number."""
    if isinstance(value, int) and not isinstance(value, bool):
        return _TMDB_TYPES.get(value, value)
    return _choice(value, TYPES)


def _choice(value: Any, choices: tuple[str, ...]) -> Any:
    value = text(value)
    is_safe = isinstance(value, str) and not find_hostile(value)
    chosen = synonyms.choose(value, choices) if is_safe else None
    return value if chosen is None else chosen


def region(value: Any) -> Any:
    """The code of a region, from the code in any case or the name."""
    value = only(value)
    try:
        return parse_region(value, suggest=False) if isinstance(value, str) else value
    except UnknownRegion:
        return value


def season(value: Any) -> Any:
    """A whole number, from `2`, `S2` or `season 2`."""
    value = only(value)
    if isinstance(value, float) and value.is_integer():
        return int(value)
    match = _SEASON.fullmatch(value.strip()) if isinstance(value, str) else None
    return int(match[1]) if match else value


def flag(value: Any) -> Any:
    """True or false, from `"yes"` or `1` for instance."""
    word = str(only(value)).strip().casefold()
    return True if word in _TRUE else False if word in _FALSE else value


def day(value: Any) -> Any:
    """A date: a number is a year or YYYYMMDD; a time of midnight without an offset is dropped.

    Midnight may have thousandths, as some programs write it.
    """
    value = only(value)
    if isinstance(value, datetime) and value.tzinfo is None and value.time() == datetime.min.time():
        return value.date()
    if _is_number(value) and len(str(value)) in (4, 8):
        value = str(value)
    if not isinstance(value, str):
        return value
    value = text(value)
    match = _MIDNIGHT.fullmatch(value)
    return toml_day(match[1] if match else value)


def toml_day(text: str) -> date | str:
    """*text* as a TOML date, or in EDTF; itself if it is no date."""
    try:
        return edtf.to_toml(edtf.parse(text).edtf)
    except ValueError:
        return text


def names(value: Any) -> Any:
    """A list of names, also from one text with commas."""
    if isinstance(value, str):
        value = split_names(value)
    return _list(value, _name)


def aliases(value: Any) -> Any:
    """A list of titles. A comma is part of a title."""
    return _list(value, lambda item: title(_name(item)))


def _name(value: Any) -> Any:
    """The text of one name, also from a table that has nothing but a name."""
    if isinstance(value, dict) and [*map(compact, value)] in (["name"], ["title"]):
        value = next(iter(value.values()))
    return text(value)


def countries(value: Any) -> Any:
    """A list of countries, also from one text with commas."""
    return _list(value.split(",") if isinstance(value, str) else value, _name)


def _list(value: Any, read_item: Callable[[Any], Any]) -> Any:
    """The list *value*, or a list with only *value*; elements without information are dropped."""
    items = value if isinstance(value, list) else [value]
    return [read_item(item) for item in items if not is_nothing(item)]


def credits(value: Any) -> Any:
    """A list of credits: names, and tables of name and role."""
    if isinstance(value, str):
        value = split_names(value)
    return _list(value, credit)


def credit(value: Any) -> Any:
    """A name, or a table of name and role, also from `Zendaya as MJ`."""
    if isinstance(value, dict):
        names = [CREDIT_NAMES.get(compact(key), str(key)) for key in value]
        pairs = zip(names, value.values(), strict=True)
        table: dict[str, Any] = {key: text(item) for key, item in pairs if not is_nothing(item)}
        return table if len(table) > 1 or "name" not in table else table["name"]
    value = text(value)
    name, role = split_credit(value) if isinstance(value, str) else (value, "")
    return {"name": name, "role": role} if role else name


def sources(value: Any) -> Any:
    """A list of web addresses, and tables of url and date."""
    if isinstance(value, str) and not find_hostile(text(value)):
        value = [part.strip(",;") for part in value.split()]
    return _list(value, _source)


def _source(value: Any) -> Any:
    if isinstance(value, dict):
        pairs = [(SOURCE_NAMES.get(compact(key), str(key)), item) for key, item in value.items()]
        table = {
            key: {"url": address, "date": day}.get(key, text)(item)
            for key, item in pairs
            if not is_nothing(item)
        }
        return table["url"] if [*table] == ["url"] else table
    return address(value)


def address(value: Any) -> Any:
    """A web address: `deadline.com/…` is one of https."""
    value = text(value)
    if not isinstance(value, str):
        return value
    scheme, sign, rest = value.partition("://")
    if sign:
        return f"{scheme.lower()}://{rest}"
    return f"https://{value}" if _ADDRESS.fullmatch(value) else value


def key_list(value: Any) -> Any:
    """A list of keys of a release."""
    return _list(value.split(",") if isinstance(value, str) else value, _key)


def _key(value: Any) -> Any:
    value = text(value)
    return RELEASE_NAMES.get(compact(value), value) if isinstance(value, str) else value


# A key of a release → the converter for its values.
RELEASE_VALUES: Final[dict[str, Callable[[Any], Any]]] = {
    **dict.fromkeys(("synopsis", "stage_note"), text),
    **dict.fromkeys(("title", "sequel_to"), title),
    **dict.fromkeys(("stage_since", "expected", "date", "checked", "complete"), day),
    **dict.fromkeys(("franchise", "platform", "distributor", "studio"), names),
    **dict.fromkeys(("director", "writer", "creator"), names),
    "id": identifier,
    "aliases": aliases,
    "kind": kind,
    "season": season,
    "country": countries,
    "cast": credits,
    "stage": stage,
    "cadence": cadence,
    "unverified": key_list,
    "sources": sources,
    "only_these_dates": flag,
    "hidden": flag,
}


def better(key: str, value: Any, read: readers.Reader) -> Any:
    """*value* of *key* in the format; unchanged if *read* accepts it; NOTHING for none."""
    before = count_problems(value, read)
    if not before and not (key == "cast" and has_roles(value)):
        return value
    if key != "title" and is_nothing(value):
        return NOTHING
    convert = RELEASE_VALUES.get(key)
    found = value if convert is None else convert(value)
    if found == [] != value:
        return NOTHING
    most = before if isinstance(value, str) and isinstance(found, list) else max(before, 1) - 1
    is_better = isinstance(value, list) or count_problems(found, read) <= most
    return found if is_better else value


def count_problems(value: Any, read: readers.Reader) -> int:
    """The number of problems that *read* finds in *value*."""
    problems: readers.Problems = []
    read(value, (), problems)
    return len(problems)


def has_roles(value: Any) -> bool:
    """True if a text in the list *value* has both an actor and a role."""
    return any(isinstance(name, str) and split_credit(name)[1] for name in value)
