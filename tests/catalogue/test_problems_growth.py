"""The costs of a file with thousands of problems, and of changes of a long list."""

import difflib
import tracemalloc
from typing import Any

import pytest

from countdown.catalogue import load, readings
from countdown.catalogue.document import Document
from countdown.catalogue.readers import MAX_LIST_LENGTH, KeyPath
from countdown.errors import CatalogueError
from tests.calls import count_calls

HEAD = "format = 1\n"
FILM = '[[release]]\nid = "a"\ntitle = "A"\nkind = "film"\n'


def problems_and_peak(text: str) -> tuple[tuple[str, ...], int]:
    """The problem lines of the catalogue *text*, and the peak memory in bytes."""
    tracemalloc.start()
    try:
        with pytest.raises(CatalogueError) as caught:
            load.count_releases([load.read_layer("x.toml", text.encode())])
        return caught.value.lines, tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_thousands_of_problems_are_all_counted_but_not_all_kept() -> None:
    """The first are shown, whatever there are; a broken file takes hardly more than a sound one."""
    keys = ("cast", "franchise")
    lists = "".join(f"{key} = [{'1,' * MAX_LIST_LENGTH}]\n" for key in keys)
    lines, peak = problems_and_peak(f"{HEAD}{FILM}{lists}")
    assert len(lines) == load.MAX_PROBLEMS + 1
    assert lines[0].startswith("x.toml:6:9: ")
    assert lines[-1] == "x.toml: and 19900 more problems"
    assert peak < 12 * 2**20


def count_checks(text: str) -> tuple[int, int]:
    """The number of function calls that find the problems of *text*, and that search hints."""

    def check() -> None:
        with pytest.raises(CatalogueError):
            load.count_releases([load.read_layer("x.toml", text.encode())])

    calls = count_calls(check)
    return calls.total(), calls[difflib.__file__]


def count_comparisons(text: str) -> int:
    """The number of function calls that search hints for the catalogue *text*."""
    return count_checks(text)[1]


@pytest.mark.parametrize("length", [8, 200])
def test_sequels_of_nothing_are_not_all_compared_with_every_release(length: int) -> None:
    """Only the first few are, and none that has a name too long to be a slip."""

    def chain(number: int) -> str:
        return HEAD + "".join(
            f'[[release]]\nid = "{n:0{length}}"\ntitle = "A"\nkind = "film"\n'
            f'sequel_to = "x{n:0{length}}"\n'
            for n in range(number)
        )

    assert count_comparisons(chain(100)) < 5_000 + 5 * count_comparisons(chain(20))


def test_unknown_keys_are_not_all_compared_with_every_known_one() -> None:
    """More are wrong than are shown: of the last ones nobody reads what was meant.

    Nor is the title sought anew among all keys for each message: 3,000 took half a minute.
    """
    keys = [f"key{n} = 1\n" for n in range(600)]
    counts = [count_checks(HEAD + FILM + "".join(keys[:n])) for n in (300, 600)]
    (few_calls, fewer), (many_calls, more) = counts
    assert more == fewer
    assert many_calls < 2.2 * few_calls


class Origins(dict[KeyPath, KeyPath]):
    """Origins of loose parts that count how often they are iterated."""

    times = 0

    def items(self) -> Any:
        """The paths of each part, counted."""
        self.times += 1
        return super().items()


def test_loose_parts_are_read_in_a_straight_line() -> None:
    """Where each comes from was sought among those of all releases: 8,000 took a minute."""
    text = "".join(f'[[movie]]\nname = "A {n}"\nreleased = "May 1 2027"\n' for n in range(100))
    layer = load.read_layer("x.toml", text.encode())
    load.complete([layer])
    origins = Origins(layer.origins)
    assert len(readings.lines(layer._replace(origins=origins))) > 100
    assert origins.times < 10


class Row(str):
    """A row of a list that counts how often it is compared with another."""

    __slots__ = ()
    compared = 0
    __hash__ = str.__hash__

    def __eq__(self, other: object) -> bool:
        Row.compared += 1
        return str.__eq__(self, other) is True


@pytest.mark.parametrize("key", ["aliases", "sources"])
def test_rows_of_a_list_are_not_all_compared_with_each_other(key: str) -> None:
    """One more of 1,000 took a million comparisons, with everybody else's change waiting."""
    rows = [Row(f"https://example.org/{n}") for n in range(1_000)]
    new_rows = ", ".join(f'"{row}"' for row in rows)
    document = Document("x.toml", f"{HEAD}{FILM}{key} = [{new_rows}]\n".encode())
    Row.compared = 0
    document.set(0, key, [*rows, Row("https://example.org/new")])
    assert Row.compared < 20 * len(rows)
    assert b"example.org/new" in document.data()
