"""What merging many sources costs: counted calls, not time."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from typing import Final

from countdown.catalogue import load
from countdown.index import build
from tests.calls import count_calls

RELEASES: Final = 160  # Of the thousands that the promise is about: each costs the same.
OVERLAPS: Final = 32
NAMES: Final = ("", "wikidata", "tvmaze", "https://feed.example/c.toml")


def catalogue(name: str, numbers: Sequence[int], height: int) -> bytes:
    """The layer of the source *name* with the releases *numbers*."""
    top = "checked = 2026-11-20\n"
    if name:
        top = f'origin = "{name}"\nread = 2026-11-25T20:41:00Z\n'
    entries = (
        f'[[release]]\nid = "r{height}-{number}"\ntitle = "Film {number}"\nkind = "film"\n'
        f'director = ["Ana {number}"]\ncast = ["Lee {number}", "Kim {number}"]\n'
        f"ids = {{ wikidata = {number + 1}, imdb = {number + 1} }}\n"
        f'dates = [{{ region = "US", date = 2027-03-{1 + number % 28:02} }}, '
        f'{{ region = "BR", date = "2027-0{1 + (number + height) % 9}" }}]\n'
        for number in numbers
    )
    return f"format = 1\n{top}{''.join(entries)}".encode()


def cost(files: list[bytes], expected: int) -> int:
    """The calls that merging the *files*, read before, and indexing their releases take."""
    layers = [load.read_layer(f"{at}.toml", data) for at, data in enumerate(files)]
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        count = count_calls(
            lambda: build.fill(connection, load.releases(layers)), built_in=True
        ).total()
        assert connection.execute("SELECT count(*) FROM release").fetchone() == (expected,)
    return count


def test_four_layers_cost_at_most_twice_as_much_as_one() -> None:
    """With a fifth of all releases in two of them.

    Of so few, 1.6 times as much: if each was compared with each, many would cost more than twice.
    """
    one = cost([catalogue("", range(RELEASES), 0)], RELEASES)
    quarter = RELEASES // len(NAMES)
    parts = [
        range(at * quarter, (at + 1) * quarter + (OVERLAPS // 3 if at < 3 else 0))
        for at in range(len(NAMES))
    ]
    files = [
        catalogue(name, part, at) for at, (name, part) in enumerate(zip(NAMES, parts, strict=True))
    ]
    assert cost(files, RELEASES) <= 1.6 * one


def test_merging_grows_in_a_straight_line() -> None:
    """Twice the releases in twice the layers cost about twice as much for each."""

    def both(number: int) -> int:
        files = [catalogue(name, range(number), at) for at, name in enumerate(NAMES[:2])]
        return cost(files, number)

    assert both(160) <= 4.1 * both(40)
