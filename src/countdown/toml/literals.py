"""Values → TOML on one line."""

import re
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any, Final

_BARE_KEY: Final = re.compile(r"[A-Za-z0-9_-]+")
_ESCAPED: Final = frozenset('"\\')
_DELETE: Final = "\x7f"  # TOML wants an escape for it, JSON does not


def literal(value: Any) -> str:
    """*value* in TOML, on one line."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        if value.isprintable() and _ESCAPED.isdisjoint(value):
            return f'"{value}"'
        import json  # Deferred: few texts need escapes.

        return json.dumps(value, ensure_ascii=False).replace(_DELETE, "\\u007f")
    if isinstance(value, (datetime, date, time)):
        return value.isoformat()
    if isinstance(value, list):
        return f"[{', '.join(map(literal, value))}]"
    if isinstance(value, dict):
        return f"{{ {pairs(value)} }}" if value else "{}"
    return str(value)


def pairs(table: Mapping[str, Any]) -> str:
    """The keys and values of *table* as an inline table has them."""
    return ", ".join(f"{key(name)} = {literal(value)}" for name, value in table.items())


def key(name: str) -> str:
    """*name* as a key: in quotes if it needs them."""
    return name if _BARE_KEY.fullmatch(name) else literal(name)
