"""Indexes of catalogues that many tests only read."""

import sqlite3
from collections.abc import Callable, Iterator

import pytest

from countdown.catalogue import load
from countdown.index import build

Index = Callable[[str], sqlite3.Connection]


@pytest.fixture(scope="module")
def index_once() -> Iterator[Index]:
    """An index of the catalogue whose [[release]] tables are the text given; see `index`.

    It is built once for the tests of a module, and can't be changed.
    """
    built: dict[str, sqlite3.Connection] = {}

    def indexed(tables: str) -> sqlite3.Connection:
        if tables not in built:
            layer = load.read_layer("catalogue.toml", f"format = 1\n{tables}".encode())
            connection = sqlite3.connect(":memory:", isolation_level=None)
            build.fill(connection, load.releases([layer]))
            connection.execute("PRAGMA query_only = ON")
            built[tables] = connection
        return built[tables]

    yield indexed
    for connection in built.values():
        connection.close()
