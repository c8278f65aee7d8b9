"""Fills indexes of releases that were indexed before by copying them: thousands are built."""

import sqlite3
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import Final

import pytest

from countdown.core.release import Release
from countdown.index import build
from countdown.index.open import PAGE_SIZE

_MAX_RELEASES: Final = 40  # of an index that is kept
_MAX_KEPT: Final = 100  # indexes

_kept: OrderedDict[tuple[Release, ...], sqlite3.Connection] = OrderedDict()
_fill = build.fill


def fill(connection: sqlite3.Connection, releases: Iterable[Release]) -> None:
    """Fill *connection* with *releases*, as the program does, or as it did with the same ones."""
    rest = iter(releases)
    few = (*islice(rest, _MAX_RELEASES),)
    if len(few) == _MAX_RELEASES:
        _fill(connection, chain(few, rest))
        return
    filled = _kept.get(few)
    if filled is None:
        filled = _kept[few] = sqlite3.connect(":memory:", isolation_level=None)
        filled.execute(f"PRAGMA page_size = {PAGE_SIZE}")
        _fill(filled, few)
        if len(_kept) > _MAX_KEPT:
            _kept.popitem(last=False)[1].close()
    _kept.move_to_end(few)
    filled.backup(connection)


@pytest.fixture(scope="module", autouse=True)
def indexed_once() -> Iterator[None]:
    """Build an index of the same releases once for all tests of the command line."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(build, "fill", fill)
        yield
