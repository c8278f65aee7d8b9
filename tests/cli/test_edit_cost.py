"""The cost of a change to the user's own catalogue: each text is parsed once."""

import os
import tracemalloc
from collections import Counter
from difflib import unified_diff
from pathlib import Path
from typing import Any, Final

import pytest
import tomli
from hypothesis import example, given
from hypothesis import strategies as st

from countdown import paths
from countdown.catalogue import release_reader
from countdown.cli.text_difference import difference
from tests.cli.shelf import MINE, SHIPPED, Shelf
from tests.thorough import sample

CHANGES = [
    ("hide", "dune-3"),
    ("hide", "Thor 5"),
    ("edit", "short", "--stage", "filming"),
    ("edit", "Thor 6", "--alias", "+Thor VI", "--date", "2028"),
    ("edit", "short", "--unset", "sources"),
    ("edit", "short", "--date", "2028-01-01"),
    ("add", "Extraction 4", "--date", "Q4 2027"),
    ("remove", "long"),
    ("hide", "long", "--dry-run"),
]


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> "Counter[str]":
    """How often each text of some lines has been parsed."""
    texts: Counter[str] = Counter()

    def loads(text: str, loads: Any = tomli.loads) -> dict[str, Any]:
        if text.count("\n") > 3:
            texts[text] += 1
        found: dict[str, Any] = loads(text)
        return found

    monkeypatch.setattr(tomli, "loads", loads)
    return texts


@pytest.fixture
def checked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ids of the tables that have been checked as releases."""
    ids: list[str] = []

    def release(
        table: dict[str, Any], *rest: Any, release: Any = release_reader.release, **named: Any
    ) -> Any:
        ids.append(table["id"])
        return release(table, *rest, **named)

    monkeypatch.setattr(release_reader, "release", release)
    return ids


@pytest.mark.parametrize("words", CHANGES, ids=" ".join)
@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_each_text_is_parsed_once(
    words: tuple[str, ...], end: str, shelf: Shelf, parsed: "Counter[str]"
) -> None:
    """The shipped catalogue, one's own before the change, and after it; with no index at all."""
    shelf.write(MINE.replace("\n", end))
    shelf.ran(*words)
    assert set(parsed.values()) == {1}
    assert len(parsed) == 3


def test_only_what_a_change_is_about_is_checked(shelf: Shelf, checked: list[str]) -> None:
    """As it was and as it is now: the change can't break the rest, nor what ships."""
    shelf.write(MINE)
    shelf.run("list")
    for words, ids in (
        (("edit", "short", "--studio", "A24"), ["short", "short"]),
        (("hide", "short"), ["short"]),
        (("remove", "long"), ["long"]),
        (("add", "Zed"), ["zed", "zed"]),  # The second time for what is said of it.
    ):
        checked.clear()
        shelf.ran(*words)
        assert checked == ids


def test_settings_are_parsed_once_before_and_once_after_a_change(
    shelf: Shelf, parsed: "Counter[str]"
) -> None:
    """As catalogues are."""
    config = Path(paths.config_file() or "")
    config.parent.mkdir(parents=True, exist_ok=True)
    config.write_text('region = "BR"\n\n# whom\n[follow]\nperson = ["Zendaya"]\n', "utf-8")
    os.utime(config, (1_600_000_000, 1_600_000_000))
    shelf.ran("list")  # Notes what it says.
    parsed.clear()
    shelf.ran("follow", "Dune")
    assert sorted(parsed.values()) == [1, 1]


@pytest.mark.parametrize("before", [True, False])
def test_difference_of_a_long_catalogue_takes_no_more_memory_than_some_texts(
    shelf: Shelf, *, before: bool
) -> None:
    """unified_diff keeps what it knows of each line, before the change and after it."""
    comments = "# c\n\n" * 30_000
    text = f"{comments}{MINE}" if before else f"{MINE}\n{comments}"
    shelf.write(text)
    shelf.ran("hide", "short")
    tracemalloc.start()
    try:
        shelf.ran("undo")
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert shelf.text == text
    assert peak < 15 * len(text)


LINES = st.lists(st.sampled_from(["a", "b", "c", "@@ -1 +1 @@", ""]), max_size=30)


@example(head=[], old=["a"] * 10, new=["", "a", ""] * 10, tail=[])
@given(LINES, LINES, LINES, LINES)
def test_difference_is_that_of_all_lines(
    head: list[str], old: list[str], new: list[str], tail: list[str]
) -> None:
    """With the same numbers, wherever it stands; and what it takes away and adds is all."""
    before, after = [*head, *old, *tail], [*head, *new, *tail]
    texts = ["".join(f"{line}\n" for line in lines) for lines in (before, after)]
    found = [*difference(texts[0], texts[1], "x")]
    patched, at = [], 0
    for line in found[2:]:
        if line.startswith("@@"):
            start, _, count = line.split()[1][1:].partition(",")
            first = int(start) - (count != "0")
            patched += before[at:first]
            at = first
        elif line[0] in " -":
            assert before[at] == line[1:]
            at += 1
        if line[0] in " +":
            patched.append(line[1:])
    assert [*patched, *before[at:]] == after
    if not (head or tail):
        assert found == [*unified_diff(before, after, "x", "x", lineterm="")]


def test_numbers_in_a_difference_are_those_of_the_file() -> None:
    """However many lines stand before it."""
    lines = [str(number) for number in range(100)]
    for before, after in ((lines, [*lines[:50], "x", *lines[50:]]), (lines, lines[1:])):
        whole = [*unified_diff(before, after, "x", "x", lineterm="")]
        assert [*difference("\n".join(before), "\n".join(after), "x")] == whole


def test_catalogue_of_the_shelf_is_as_long_as_is_counted() -> None:
    """Texts of a few lines are not: the parser is asked for headers, too."""
    assert min(MINE.count("\n"), SHIPPED.count("\n")) > 3


HEAD = 'format = 1\n\n[[release]]\nid = "a"\ntitle = "A"\nkind = "film"\n'
NAMES = [f'"{number:x}"' for number in range(3_000)]
TITLES = [f'\n[[release]]\nid="r{number}"\ntitle="T"\nkind="film"\n' for number in range(400)]
LONG = [f'"{"é" * 1_990}"'] * 5
SHAPES = {
    "alike": HEAD + "aliases = [" + ",".join(['"a"'] * 9_000) + "]\n",
    "names": HEAD + "aliases = [" + ",".join(NAMES) + "]\n",
    "cast": HEAD + "cast = [" + ",".join(['{name="a"}'] * 1_800) + "]\n",
    "tables": HEAD + '[[release.cast]]\nname="a"\n' * 800,
    "releases": HEAD + "".join(TITLES),
    "text": HEAD + "aliases = [" + ",".join(LONG) + "]\n",
    "comments": "# c\n\n" * 2_000 + HEAD + "# d\n\n" * 2_000,
}
LARGE_CHANGES: Final = (
    *((("edit", "a", "--alias", "+zzz"), shape) for shape in SHAPES),
    *((("hide", "a"), shape) for shape in SHAPES),
    *((("add", "Zed"), shape) for shape in ("cast", "releases")),
    *((("remove", "a"), shape) for shape in ("cast", "releases")),
    *((("undo",), shape) for shape in ("tables", "comments")),
)


@pytest.mark.parametrize(
    ("words", "shape"),
    sample(LARGE_CHANGES[::-6], of=LARGE_CHANGES),
    ids=lambda one: one if isinstance(one, str) else " ".join(one),
)
def test_change_takes_a_hundred_times_the_memory_of_the_text_at_most(
    words: tuple[str, ...], shape: str, shelf: Shelf
) -> None:
    """So that a catalogue of a mebibyte is changed on any machine."""
    text = SHAPES[shape]
    before = ("hide", "a") if words == ("undo",) else words
    shelf.write(text)
    shelf.ran(*before)  # Loads what it needs.
    if before == words:
        shelf.write(text)
    tracemalloc.start()
    try:
        shelf.ran(*words)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 100 * len(text.encode())
