"""Write data/releases.schema.json and the reference tables of docs/catalogue.md.

Both come from the tables that the checker itself reads with. `--check` only compares.

The schema is draft-07, the newest that every TOML language server understands. It can't check which
strings are dates, nor whether an entry without a title is an overlay. `countdown check` does.
"""

import json
import sys
from collections.abc import Sequence
from typing import Any, Final

from generated import ROOT, replace_between, write_or_check

from countdown.catalogue import schema as fields
from countdown.catalogue.readers import Field
from countdown.core.edtf import EXAMPLES

SCHEMA: Final = ROOT / "data" / "releases.schema.json"
REFERENCE: Final = ROOT / "docs" / "catalogue.md"

Json = dict[str, Any]

DATE: Final = "A day or an instant of TOML, or a string: " + EXAMPLES + "."
FORMAT: Final = Field(
    lambda value, *_: value, {"enum": list(fields.FORMATS)}, "The version of this format."
)
TOP: Final = {"format": FORMAT, "checked": fields.RELEASE["checked"]}

# The tables of the format: name → (keys, description, requirements in JSON Schema).
# A `release` needs id, title and kind only once all layers are merged.
TABLES: Final[dict[str, tuple[dict[str, Field], str, Json]]] = {
    "release": (
        fields.RELEASE,
        "A film, series, season, special or short.",
        {"anyOf": [{"required": ["id"]}, {"required": ["ids"]}]},
    ),
    "dated": (
        fields.ANNOUNCED_DATE,
        "An announced date.",
        {"required": ["date"], "not": {"required": ["region", "place"]}},
    ),
    "move": (
        fields.MOVE,
        "A change of the date.",
        {"anyOf": [{"required": ["from"]}, {"required": ["to"]}]},
    ),
    "credit": (fields.CREDIT, "A member of the cast.", {"required": ["name"]}),
    "source": (fields.SOURCE, "A source of its facts.", {"required": ["url"]}),
    "ids": (fields.IDS, "Its ids on other sites.", {}),
}
# Table → its heading in docs/catalogue.md, and the words for its value in a row.
_HEADINGS: Final = {
    "release": ("`[[release]]`", "a table"),
    "dated": ("`[[release.dates]]`", "tables"),
    "move": ("`[[release.moves]]`", "tables"),
    "credit": ("One of `cast`", "tables"),
    "source": ("One of `sources`", "tables"),
    "ids": ("`ids`", "a table"),
}


def schema() -> Json:
    """The JSON Schema of a catalogue file."""
    definitions = {
        name: _table(keys, doc) | requirements for name, (keys, doc, requirements) in TABLES.items()
    }
    date = {"type": "string", "minLength": 4, "description": DATE}
    releases = {"type": "array", "items": {"$ref": "#/$defs/release"}}
    top = _table(TOP, "A catalogue of releases.")
    top["properties"]["release"] = releases
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "A catalogue of countdown",
        **top,
        "required": ["format"],
        "$defs": {"date": date, **definitions},
    }


def reference() -> str:
    """One Markdown table for each table of the format."""
    parts = [_section("The top of the file", "", TOP, ("format",))]
    for name, (keys, doc, requirements) in TABLES.items():
        required = (
            ("id", "title", "kind") if name == "release" else requirements.get("required", ())
        )
        parts.append(_section(_HEADINGS[name][0], doc, keys, required))
    return "\n".join(parts)


def _section(heading: str, doc: str, keys: dict[str, Field], required: Sequence[str]) -> str:
    rows = [
        f"| `{key}`{' (needed)' if key in required else ''} | {_kind(field.schema)} | {field.doc} |"
        for key, field in keys.items()
    ]
    head = [f"### {heading}", "", doc, ""] if doc else [f"### {heading}", ""]
    return "\n".join([*head, "| key | value | meaning |", "|---|---|---|", *rows, ""])


def _table(keys: dict[str, Field], doc: str) -> Json:
    return {
        "type": "object",
        "description": doc,
        "properties": {key: _property(field) for key, field in keys.items()},
        "additionalProperties": False,
    }


def _property(field: Field) -> Json:
    # Draft-07 ignores everything beside a $ref.
    schema = {"allOf": [field.schema]} if "$ref" in field.schema else field.schema
    return {**schema, "description": field.doc}


def _kind(schema: Json) -> str:
    """The kind of value that *schema* allows, in words."""
    if "enum" in schema:
        choices = schema["enum"]
        # 249 region codes would be too many to list.
        return (
            ", ".join(f"`{choice}`" for choice in choices) if len(choices) < 20 else "a region code"
        )
    if "const" in schema:
        return f"`{schema['const']}`"
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return "a date" if name == "date" else _HEADINGS[name][1]
    if "anyOf" in schema:
        return " or ".join(_kind(option) for option in schema["anyOf"])
    if schema["type"] == "array":
        return "a list of " + _kind(schema["items"]).replace("a web address", "web addresses")
    if str(schema.get("pattern", "")).startswith("^https"):
        return "a web address"
    words = {"string": "text", "integer": "a whole number", "boolean": "`true` or `false`"}
    words |= {"object": "a table"}
    return words[schema["type"]]


def main(arguments: list[str]) -> int:
    """Write the files, or with `--check` compare them."""
    text = json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"
    document = replace_between(REFERENCE.read_text(encoding="utf-8"), "reference", reference())
    files = {SCHEMA: text, REFERENCE: document}
    return write_or_check(files, check="--check" in arguments, script="schema.py")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
