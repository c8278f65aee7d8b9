"""Lists of thousands of rows: what a change of one costs."""

import sys
import tracemalloc
from typing import Final

import pytest
import tomli

from countdown.catalogue.amend import literal
from countdown.catalogue.locate import places_in

PLAIN: Final = ("", "Thor", "O'Hara", "Amélie", "千と千尋の神隠し", "#1 = [a]", "{x}, y")
ODD: Final = ('"', "\\", "a\tb", "a\nb", "\x7f", "\u00ad", "\u2028")


def test_plain_texts_are_written_without_a_library(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its object for each of thousands of rows takes longer than everything else."""
    monkeypatch.setitem(sys.modules, "tomlkit", None)
    for text in PLAIN:
        assert tomli.loads(f"a = {literal(text)}") == {"a": text}
    assert literal([*PLAIN[1:3], {"name": "Thor"}]) == (
        '[\n    "Thor",\n    "O\'Hara",\n    { name = "Thor" },\n]'
    )


@pytest.mark.parametrize("text", ODD)
def test_other_texts_are_read_as_they_were(text: str) -> None:
    """Quotes, backslashes and what does not print are escaped."""
    assert tomli.loads(f"a = {literal(text)}") == {"a": text}


def test_places_of_two_texts_are_not_kept_at_once() -> None:
    """A step of a change has a text of its own, and its places need room."""
    texts = [f"a = [{', '.join(map(str, range(last)))}]" for last in (20_000, 20_001)]
    tracemalloc.start()
    try:
        first = places_in(texts[0])
        assert places_in(texts[0]) is first
        del first
        size, _ = tracemalloc.get_traced_memory()
        tracemalloc.reset_peak()
        assert len(places_in(texts[1]).spans) == 20_002
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 1.5 * size
