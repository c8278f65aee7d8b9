"""What a file with thousands of problems costs, and what a change of a long list does."""

import tracemalloc

import pytest

from countdown.catalogue import load
from countdown.errors import CatalogueError

HEAD = "format = 1\n"
FILM = '[[release]]\nid = "a"\ntitle = "A"\nkind = "film"\n'


def told(text: str) -> tuple[tuple[str, ...], int]:
    """What is said of the problems of the catalogue *text*, and the most bytes held meanwhile."""
    tracemalloc.start()
    try:
        with pytest.raises(CatalogueError) as caught:
            load.count([load.read("x.toml", text.encode())])
        return caught.value.lines, tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_thousands_of_problems_are_all_counted_but_not_all_kept() -> None:
    """The first are shown, whatever there are; a broken file takes hardly more than a sound one."""
    lines, peak = told(f"{HEAD}{FILM}cast = [{'1,' * 100_000}]\n")
    assert len(lines) == load.MOST_PROBLEMS + 1
    assert lines[0].startswith("x.toml:6:9: ")
    assert lines[-1] == "x.toml: and 99900 more problems"
    assert peak < 20 * 2**20


def test_sequels_of_nothing_with_long_names_are_not_compared_for_likeness() -> None:
    """To compare two of them takes a millisecond, and each would be with thousands."""
    names = "".join(
        f'[[release]]\nid = "{"ab" * 300}{n}"\ntitle = "A"\nkind = "film"\n'
        f'sequel_to = "{"ba" * 300}{n}"\n'
        for n in range(120)
    )
    lines, _ = told(f"{HEAD}{names}")
    assert all("write the id of another release" in line for line in lines[:-1])
