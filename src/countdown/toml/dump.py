"""Writes a whole TOML file that no person keeps."""

import tomlrt

from countdown.toml.parse import Table


def dump(table: Table) -> bytes:
    """*table* as TOML, in UTF-8. Raises TypeError for a value that TOML doesn't have."""
    return tomlrt.dumps(table).encode()
