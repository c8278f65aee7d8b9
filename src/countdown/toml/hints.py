"""Hints for a text that isn't TOML: TOML for what its author probably meant."""

import json
import re
from collections.abc import Iterator
from typing import Any, Final

from countdown.core.text import escape_hostile
from countdown.toml.literals import key, literal
from countdown.toml.slips import find_slip

_MAX_LINES: Final = 6  # of an example
_MAX_JSON: Final = 1_000_000  # characters that are parsed for a hint
_MAX_VALUE: Final = 60  # characters of a value in a hint
_QUOTES: Final = str.maketrans("“”„‟«»‘’‚′″", '""""""\'\'\'\'\'')
_YAML_ITEM: Final = re.compile(r"(?:- +)?(\"?[\w ()-]+\"?) *: +(\S.*)|- +(\S.*)")
# Each turn takes one line in one way: else many empty lines would take for ever.
_YAML_START: Final = re.compile(
    r"(?:---[^\S\n]*\n|#[^\n]*\n|[^\S\n]*\n)*(?:[\w-]+:\s*(?:#.*)?\n|- )"
)
_PAIR: Final = re.compile(r"([^=:\"'#\[\]]*[^=:\"'#\[\]\s]) *([=:]) *(.*)")
_WORD: Final = re.compile(r"\w+")
_BARE: Final = re.compile(r"[A-Za-z0-9_.-]+", re.ASCII)
# Looks like a TOML value, but may not be a valid number or day.
_PLAIN: Final = re.compile(r"[0-9.]+|true|false|[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[T ].*)?", re.ASCII)


def explain(document: str, line: int, column: int, message: str) -> tuple[str, ...]:
    """A message on *document*, which isn't TOML at *line* and *column*, both from 1.

    It begins with `line:column: ` of the mistake; further lines are an example. If the mistake
    isn't recognised, it has the *message* of tomli.
    """
    hint, *example = _hints(document, line, column) or ("",)
    if example:
        return (f"{line}:{column}: {hint}", *example)
    slip = find_slip(document, line, column)
    if slip:
        line = document.count("\n", 0, slip.offset) + 1
        column = slip.offset - document.rfind("\n", 0, slip.offset)
        message = slip.message
        hint = slip.hint or hint or "see https://toml.io"
    return (f"{line}:{column}: {message}; {hint or 'see https://toml.io'}",)


def _hints(document: str, line: int, column: int) -> tuple[str, ...]:
    """Hints on what to write instead; the first belongs to the message, others are lines."""
    table = _json(document)
    name = "JSON" if table is not None else ""
    if not name and _YAML_START.match(document):
        name, table = "YAML", dict(_yaml_pairs(document))
    if name:
        known = {word: value for word, value in (table or {}).items() if value is not None}
        pairs = [*known.items()][:_MAX_LINES]
        example = [f"  {key(str(word))} = {_value(value)}" for word, value in pairs]
        return (f"this is {name}; in TOML it begins like this:", "  [[release]]", *example)
    lines = document.split("\n")
    text = lines[line - 1] if line <= len(lines) else ""
    hint = _line_hint(text.strip()) or _key_hint(text, column)
    return (hint,) if hint else ()


def _json(document: str) -> dict[str, Any] | None:
    """The first release of *document* if that is JSON, without lists of tables."""
    text = document.strip()
    if text[:1] not in ("{", "[") or len(text) > _MAX_JSON:
        return None
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    for _ in range(3):
        if isinstance(value, dict):
            inner = [item for item in value.values() if isinstance(item, (list, dict)) and item]
            if all(isinstance(item, (list, dict)) for item in value.values()) and inner:
                value = inner[0]
        if isinstance(value, list) and value:
            value = value[0]
    return value if isinstance(value, dict) else {"title": str(value)}


def _yaml_pairs(document: str) -> Iterator[tuple[str, str]]:
    """The keys and values of the first release of *document*."""
    seen = set[str]()
    for line in document.split("\n"):
        match = _YAML_ITEM.fullmatch(line.strip())
        if match is None:
            continue
        name, value = (match[1] or "title").strip('"'), match[2] or match[3]
        if name in seen:
            return
        seen.add(name)
        yield name, value.partition(" #")[0].strip().strip("\"'")


def _value(value: Any) -> str:
    text = literal(value)
    return text if len(text) <= _MAX_VALUE else literal("…")


def _line_hint(line: str) -> str:
    straight = line.translate(_QUOTES)
    if straight != line:
        return f"write straight quotes: {_shorten(straight)}"
    if line.startswith((";", "//", "--")):
        return "begin a comment with #"
    match = _PAIR.fullmatch(line)
    if not match or not match[3]:
        return ""
    name, sign, value = match.groups()
    value = value.partition(" #")[0].strip().rstrip(",;")
    is_plain = value[:1] in "\"'[{" or _PLAIN.fullmatch(value)
    written = value if is_plain else literal(value)
    name = name.strip()
    if sign == ":" or not is_plain or not _BARE.fullmatch(name):
        return f"write {_shorten(f'{name if _BARE.fullmatch(name) else key(name)} = {written}')}"
    return ""


def _key_hint(line: str, column: int) -> str:
    """A hint for a key with letters that need quotes, as in `{ Österreich = … }`."""
    for word in _WORD.finditer(line):
        if word.start() <= column - 1 <= word.end() and not word[0].isascii():
            return f"write {_shorten(literal(word[0]))} = …"
    return ""


def _shorten(text: str) -> str:
    text = escape_hostile(text)
    return text if len(text) <= _MAX_VALUE else f"{text[: _MAX_VALUE - 1]}…"
