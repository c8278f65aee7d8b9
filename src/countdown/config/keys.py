"""The keys of config.toml, each with its reader, its choices as JSON Schema, and its summary.

The template of `countdown config edit` and tab completion are made from these.
"""

from collections.abc import Callable
from typing import Any, Final

from countdown import environment
from countdown.catalogue import readers
from countdown.catalogue.readers import Field, KeyPath, Problem, Problems, Reader
from countdown.config import source_settings
from countdown.config.settings import FOLLOW_SORTS
from countdown.core.day_style import STYLES
from countdown.core.regions import REGIONS
from countdown.core.template import DEFAULT, parse_template
from countdown.formats import FORMATS
from countdown.formats.themes import THEMES

_FOLLOW_DOCS: Final = {
    "person": "People: cast, director, writer or creator.",
    "director": "Directors.",
    "title": "Titles, or words of them.",
    "franchise": "Franchises (initials work: MCU).",
    "platform": "Platforms.",
}


def _text_reader(parse: Callable[[str], object]) -> Reader:
    """A reader for a string that *parse* accepts; its ValueError has a message and a hint."""

    def reader(value: object, path: KeyPath, problems: Problems) -> str | None:
        text = readers.text(value, path, problems)
        try:
            if text is not None:
                parse(text)
        except ValueError as error:
            problems.append(Problem(path, str(error)))
        return text

    return reader


def _choice_field(doc: str, *choices: str) -> Field:
    return Field(readers.choice(*choices), {"enum": list(choices)}, doc)


def _check_contact(text: str) -> None:
    """Raise ValueError if *text* can't be in the header of a request."""
    if not (text.isascii() and text.isprintable()) or {*"()\\"} & {*text}:
        raise ValueError("isn't an address of ASCII letters, without brackets")


KEYS: Final = {  # by name on the command line
    "region": Field(
        readers.region_by_name, {"enum": sorted(REGIONS)}, "Your region, like BR or Brazil."
    ),
    "timezone": Field(
        _text_reader(environment.zone), {}, "Your time zone, like America/Sao_Paulo."
    ),
    "date_style": _choice_field("Date style.", *STYLES),
    "theme": _choice_field("Colours on a terminal: for a dark background, a light one.", *THEMES),
    "format": _choice_field("Output format, on a terminal and in a pipe.", *FORMATS),
    "contact": Field(
        _text_reader(_check_contact), {}, "Your address, told to sources of live facts; else none."
    ),
    "prompt.format": Field(_text_reader(parse_template), {}, "Template of the prompt."),
    **{
        f"follow.{sort}": Field(readers.names, {"type": "array"}, _FOLLOW_DOCS[sort])
        for sort in FOLLOW_SORTS
    },
}


EXAMPLES: Final = {  # TOML literals
    "region": '"BR"',
    "timezone": '"America/Sao_Paulo"',
    "date_style": f'"{STYLES[0]}"',
    "theme": f'"{THEMES[1]}"',
    "format": f'"{FORMATS[0]}"',
    "contact": '"me@example.org"',
    "prompt.format": f'"{DEFAULT}"',
    "follow.person": '["Chris Hemsworth"]',
    "follow.director": '["Denis Villeneuve"]',
    "follow.title": '["Extraction 3"]',
    "follow.franchise": '["MCU"]',
    "follow.platform": '["Netflix"]',
}


def is_list(key: str) -> bool:
    """True if *key*, one of KEYS, takes several values."""
    return KEYS[key].schema.get("type") == "array"


def choices(key: str) -> list[str]:
    """The possible values of *key*, one of KEYS; empty if it isn't limited to some."""
    values: list[str] = KEYS[key].schema.get("enum", [])  # type: ignore[assignment]
    return values


def check(value: object, problems: Problems) -> dict[str, Any]:
    """The value of each of KEYS and of `source` in *value*, the tables of a file.

    Adds to *problems*.
    """
    tables = readers.table(value, (), problems, _TOP_KEYS)
    names = (*KEYS, "source")
    return {key: value_in(tables, key) for key in names if value_in(tables, key) is not None}


def value_in(tables: dict[str, Any], key: str) -> Any:
    """The value of the dotted *key* in nested *tables*, or None."""
    value: Any = tables
    for part in key.split("."):
        value = value.get(part) if isinstance(value, dict) else None
    return value


def _section_field(section: str) -> Field:
    fields = {
        key.removeprefix(f"{section}."): field
        for key, field in KEYS.items()
        if key.startswith(f"{section}.")
    }

    def read(value: object, path: KeyPath, problems: Problems) -> object:
        return readers.table(value, path, problems, fields)

    return Field(read, {}, "")


_TOP_KEYS: Final = {
    **{key: field for key, field in KEYS.items() if "." not in key},
    "prompt": _section_field("prompt"),
    "follow": _section_field("follow"),
    "source": Field(source_settings.read_sources, {"type": "array"}, ""),
}
