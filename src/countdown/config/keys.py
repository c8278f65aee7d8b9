"""The keys of config.toml: how each is read, and its line in the docs. The one truth about them."""

from collections.abc import Callable
from typing import Any, Final

from countdown import environment
from countdown.catalogue import readers
from countdown.catalogue.readers import Field, Path, Problem, Problems, Reader
from countdown.config.settings import FOLLOW_SORTS
from countdown.core.day_style import STYLES
from countdown.core.regions import REGIONS
from countdown.core.template import DEFAULT, parse_template
from countdown.formats import FORMATS

_TEXT: Final[dict[str, object]] = {"type": "string"}
_FOLLOWED: Final = {
    "person": "People: cast, director, writer or creator.",
    "director": "Directors.",
    "title": "Words of titles.",
    "franchise": "Franchises; initials do: MCU.",
    "platform": "Platforms.",
}


def _read_by(read: Callable[[str], object]) -> Reader:
    """A reader for a string that *read* understands; its ValueError says what would be right."""

    def reader(value: object, at: Path, problems: Problems) -> str | None:
        found = readers.text(value, at, problems)
        try:
            if found is not None:
                read(found)
        except ValueError as error:
            message, _, hint = str(error).partition("; ")
            problems.append(Problem(at, message, hint))
        return found

    return reader


def _choice(doc: str, *known: str) -> Field:
    return Field(readers.choice(*known), {"enum": list(known)}, doc)


KEYS: Final = {  # as they are named on the command line
    "region": Field(readers.region, {"enum": sorted(REGIONS)}, "Your region, two letters."),
    "timezone": Field(_read_by(environment.zone), _TEXT, "Your zone: America/Sao_Paulo."),
    "date_style": _choice("How days are written.", *STYLES),
    "format": _choice("How answers are written, on a terminal and into a pipe.", *FORMATS),
    "prompt.format": Field(_read_by(parse_template), _TEXT, "How a prompt writes a release."),
    **{
        f"follow.{sort}": Field(readers.names, {"type": "array", "items": _TEXT}, _FOLLOWED[sort])
        for sort in FOLLOW_SORTS
    },
}


EXAMPLES: Final = {  # as they are written in the file
    "region": '"BR"',
    "timezone": '"America/Sao_Paulo"',
    "date_style": f'"{STYLES[0]}"',
    "format": f'"{FORMATS[0]}"',
    "prompt.format": f'"{DEFAULT}"',
    "follow.person": '["Chris Hemsworth"]',
    "follow.director": '["Denis Villeneuve"]',
    "follow.title": '["Extraction 3"]',
    "follow.franchise": '["MCU"]',
    "follow.platform": '["Netflix"]',
}


def is_list(key: str) -> bool:
    """Whether *key*, one of KEYS, takes several values."""
    return KEYS[key].schema.get("type") == "array"


def choices(key: str) -> list[str]:
    """The values that *key*, one of KEYS, can have, if they can be told."""
    found: list[str] = KEYS[key].schema.get("enum", [])  # type: ignore[assignment]
    return found


def check(value: object, problems: Problems) -> dict[str, Any]:
    """What the top of a file, *value*, says of each of KEYS; *problems* gets what is wrong."""
    found = readers.table(value, (), problems, _TOP)
    return {key: value_in(found, key) for key in KEYS if value_in(found, key) is not None}


def value_in(tables: dict[str, Any], key: str) -> Any:
    """What nested *tables* have for *key*; None if nothing."""
    found: Any = tables
    for part in key.split("."):
        found = found.get(part) if isinstance(found, dict) else None
    return found


def _table(section: str, doc: str) -> Field:
    within = {
        key.removeprefix(f"{section}."): field
        for key, field in KEYS.items()
        if key.startswith(f"{section}.")
    }

    def read(value: object, at: Path, problems: Problems) -> object:
        return readers.table(value, at, problems, within)

    return Field(read, {}, doc)


_TOP: Final = {
    **{key: field for key, field in KEYS.items() if "." not in key},
    "prompt": _table("prompt", "What a prompt shows."),
    "follow": _table("follow", "What you follow."),
}
