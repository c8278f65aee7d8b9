"""TOML texts with one thing changed, whatever they are about: comments are never lost."""

import gc
import tracemalloc
from collections.abc import Callable, Iterator
from functools import partial
from typing import Final

import pytest
import tomli
import tomlrt

from countdown.toml import edit
from countdown.toml.positions import KeyPath

Change = Callable[[str], str]


def set_at(*path: str | int, value: object) -> Change:
    """A change that sets *path* to *value*."""
    return lambda text: edit.set_value(text, path, value)


def remove_at(*path: str | int) -> Change:
    """A change that removes *path*."""
    return lambda text: edit.remove(text, path)


@pytest.mark.parametrize(
    ("text", "change", "expected"),
    [
        ("a = [\n  1,\n  # two\n  2, # b\n]\n", remove_at("a", 1), "a = [\n  1,\n  # two\n]\n"),
        ("a = [\n  1,\n  # two\n\n  2\n]\n", remove_at("a", 1), "a = [\n  1,\n  # two\n\n]\n"),
        ("a = [\n  # one\n  1, 2\n]\n", remove_at("a", 0), "a = [\n  # one\n  2\n]\n"),
        ("a = [\n  # one\n  1\n  , 2\n]\n", remove_at("a", 0), "a = [\n  # one\n  2\n]\n"),
        ("a = [\n  # one\n  1 # b\n  , 2\n]\n", remove_at("a", 0), "a = [\n  # one\n  2\n]\n"),
        ("a = [\n  1\n  # two\n  , 2\n]\n", remove_at("a", 1), "a = [\n  1\n  # two\n]\n"),
        ("a = [\n  1,\n  # two\n  2]\n", remove_at("a", 1), "a = [\n  1,\n  # two\n]\n"),
        ("# x\na = 1\n\n# y\n\nb = 2\n", remove_at("a"), "# x\n\n# y\n\nb = 2\n"),
        ("# x\na = 1\n\n# y\n\nb = 2\n", remove_at("b"), "# x\na = 1\n\n# y\n"),
        ("a.b = 1 # x\n# y\na.c = 2\nd = 3\n", remove_at("a"), "# y\nd = 3\n"),
        ("# x\n[a]\n# in\nb = 1\n\n# y\n[a.c]\nd = 1\n# z\n", remove_at("a"), "# x\n# z\n"),
        ("[[a]]\nb=1\n# x\n[[a]]\nb=2\n# y\n", remove_at("a", 1), "[[a]]\nb=1\n# x\n# y\n"),
        ("[[a]]\nb=1\n# x\n[c]\nd=2\n", remove_at("a", 0), "# x\n[c]\nd=2\n"),
        ("[[a]]\nb=1\n[c]\na=2\n", set_at("a", 0, "b", value=3), "[[a]]\nb=3\n[c]\na=2\n"),
        # Comments at the end of a list stay there when its rows change places.
        (
            "a = [\n  1, # b\n  # c\n]\n",
            set_at("a", value=[2, 1]),
            "a = [\n  2,\n  1, # b\n  # c\n]\n",
        ),
        (
            "a = [\n  1,\n  2,\n  # c\n]\n",
            set_at("a", value=[2, 1]),
            "a = [\n  2,\n  1,\n  # c\n]\n",
        ),
        (
            "a = [\n  1\n  , 2\n  # c\n]\n",
            set_at("a", value=[2, 1]),
            "a = [\n  2\n  , 1\n  # c\n]\n",
        ),
        # The first element goes from a list whose commas come first, with comments around.
        (
            "a = [\n  # b\n  1\n  # c\n  , 2\n]\n",
            remove_at("a", 0),
            "a = [\n  # b\n  # c\n  2\n]\n",
        ),
        # A comment below a row goes along with it, whatever the ends of lines are.
        (
            "[[a]]\nb = 1\r\n# c\n",
            set_at("a", value=[{"b": 1}, {"b": 2}]),
            "[[a]]\nb = 1\r\n# c\n\n[[a]]\nb = 2\n",
        ),
        (
            "[[a]]\nb = 1\n# c\n# d\r\n\r\n[[a]]\nb = 2\n",
            set_at("a", value=[{"b": 2}, {"b": 1}]),
            "[[a]]\nb = 2\n\r\n[[a]]\nb = 1\n# c\n# d\r\n",
        ),
        (
            "[[a]]\n[[a.b]]\nc=1\n# 1\n\n# two\n[[a.b]]\nc=2\n# below\n",
            set_at("a", 0, "b", value=[{"c": 1}]),
            "[[a]]\n[[a.b]]\nc=1\n# 1\n\n# two\n# below\n",
        ),
        (
            "[[a]]\n[[a.b]]\nc=1\n# 1\n\n# two\n[[a.b]]\nc=2\n# below\n",
            set_at("a", 0, "b", value=[{"c": 2}, {"c": 3}]),
            "[[a]]\n# 1\n\n# two\n[[a.b]]\nc=2\n\n[[a.b]]\nc = 3\n# below\n",
        ),
        (
            "[[a]]\nb = 1\n# of b\n\n# c\n[[a.c]]\nd=1\n",
            set_at("a", 0, "c", value=[{"e": 1}]),
            "[[a]]\nb = 1\nc = [\n    { e = 1 },\n]\n# of b\n\n# c\n",
        ),
        (
            "[[a]]\nb = [[1, # x\n 2], [3]]\n",
            set_at("a", 0, "b", value=[[1, 2], [4]]),
            "[[a]]\nb = [[1, # x\n 2], [4]]\n",
        ),
    ],
)
def test_comments_around_a_removed_part_stay(text: str, change: Change, expected: str) -> None:
    """Those above it, whether an empty line is between or not; those beside it and in it go."""
    tomli.loads(text)
    assert change(text) == expected
    tomli.loads(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[[a]]\nb=1 # x\n", "[[a]]\nb=2 # x\n"),
        ("[[a]]\nc=0\nb = '# ]' # x\n[[a]]\nb=1\n", "[[a]]\nc=0\nb = 2 # x\n[[a]]\nb=1\n"),
        ('b = 0\n[[a]]\nb = """\n1"""\n', "b = 0\n[[a]]\nb = 2\n"),
        ("[[a]]\n'b' = 1\n", "[[a]]\n'b' = 2\n"),
        ("[[a]]\nc.b = 1\nb = 1\n", "[[a]]\nc.b = 1\nb = 2\n"),
        ("[[a]]\nb = [1, # x\n]\n", "[[a]]\nb = 2\n"),
        ("[[a]]\n[a.c]\nb = 1\n", "[[a]]\nb = 2\n[a.c]\nb = 1\n"),
        ("b = 0\na = [{ b = 1 }]\n", "b = 0\na = [{ b = 2 }]\n"),
        ("[x]\nb = 0\n[[a]]\nb = 1\n", "[x]\nb = 0\n[[a]]\nb = 2\n"),
    ],
)
def test_value_in_place_of_another_changes_nothing_else(text: str, expected: str) -> None:
    """Neither a comment behind it nor a key of that name elsewhere."""
    changed = edit.set_value(text, ("a", 0, "b"), 2)
    assert changed == expected
    before, after = tomli.loads(text), tomli.loads(changed)
    before["a"][0]["b"] = 2
    assert after == before


TEXTS: Final = (
    *("", "Thor", "O'Hara", "Amélie", "千と千尋の神隠し", "#1 = [a]", "{x}, y", '"', "\\", "a\tb"),
    *("a\nb", "\x7f", "\u00ad", "\u2028", "\ufeff", "'''", '"""', "[[a]]", "$(x)"),
)


@pytest.mark.parametrize("text", TEXTS)
def test_text_survives_writing_and_parsing(text: str) -> None:
    """Alone, in a list and in a table; quotes, backslashes and what does not print are escaped."""
    for value in (text, [text, "x"], {"b": text}, [{"b": text}]):
        for before in ("", "a = 1\n", 'a = ["x"]\n'):
            assert tomli.loads(edit.set_value(before, ("a",), value)) == {"a": value}
    row = edit.set_value("[[a]]\nb = 1 # c\n", ("a", 0, "b"), text)
    assert row.endswith(" # c\n")
    assert tomli.loads(row) == {"a": [{"b": text}]}


@pytest.mark.parametrize("mark", [edit.LINE_MARK, edit.ELEMENT_MARK, "\ufdd0"])
def test_text_with_the_code_point_of_marks_is_refused(mark: str) -> None:
    """A mark in the text itself would be cut."""
    with pytest.raises(ValueError, match="\ufdd0"):
        edit.set_value(f'a = 1\nb = "{mark}"\n', ("a",), 2)


def parsed_length(change: Change, text: str, monkeypatch: pytest.MonkeyPatch) -> int:
    """The number of characters that the library parses for *change* of *text*."""
    lengths = []

    def loads(text: str, loads: Callable[[str], tomlrt.Document] = tomlrt.loads) -> object:
        lengths.append(len(text))
        return loads(text)

    monkeypatch.setattr(tomlrt, "loads", loads)
    before = tomli.loads(text)
    assert tomli.loads(change(text)) != before
    return sum(lengths)


MANY: Final = "".join(f"# {n}\n[[a]]\nid = {n}\nb = ['x']\n\n[a.c]\nd = 1\n\n" for n in range(500))


@pytest.mark.parametrize(
    "change",
    [
        set_at("a", 250, "b", value=["x", "y"]),
        set_at("a", 250, "c", value={"d": 2}),
        set_at("a", 499, "e", value=True),
        remove_at("a", 0, "c"),
        remove_at("a", 250),
        partial(edit.append_table, name="a", table={"id": 1}, row=True),
    ],
)
def test_only_the_table_that_changes_is_parsed_for_editing(
    change: Change, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The others are as they were anyway."""
    assert parsed_length(change, MANY, monkeypatch) < 100


@pytest.mark.parametrize("quoted", ["'x', # y\n", '{ n = "]" }, ', '"\\"x", ', '"""\n"x""", '])
def test_long_values_that_stay_are_not_parsed_for_editing(
    quoted: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A hundred thousand names take a second and a hundred mebibytes."""
    text = f"[[a]]\nlong = [{quoted * 2000}] # end\nshort = 1\n# below\n"
    change = set_at("a", 0, "short", value=2)
    assert change(text) == text.replace("short = 1", "short = 2")
    assert remove_at("a", 0, "short")(text) == text.replace("short = 1\n", "")
    assert parsed_length(change, text, monkeypatch) < 100


def test_long_list_grows_in_little_more_than_a_hundred_times_its_memory() -> None:
    """Or less: there is one object of the library for each of its rows, and no second one."""
    text = f"a = [{', '.join(['1'] * 8_000)}]\n"
    grown = [*[1] * 8_000, 2]
    tracemalloc.start()
    try:
        result = edit.set_value(text, ("a",), grown)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert result == text.replace("]", ", 2]")
    assert peak < 120 * len(text)


@pytest.fixture
def collector() -> Iterator[None]:
    """The garbage collector, enabled; the program itself disables it, also in tests."""
    enabled = gc.isenabled()
    gc.enable()
    yield
    (gc.enable if enabled else gc.disable)()


def test_garbage_is_collected_again_after_an_edit(collector: None) -> None:
    """Also after an edit that failed, but not if it was disabled before."""
    edit.set_value("a = 1\n", ("a",), 2)
    with pytest.raises(KeyError):
        edit.remove("a = 1\n", ("b",))
    assert gc.isenabled()
    gc.disable()
    edit.set_value("a = 1\n", ("a",), 2)
    assert not gc.isenabled()


@pytest.mark.parametrize(
    ("path", "value"),
    [(("a",), "é"), (("b", 0, "c"), [1, 2]), (("b", 1, "d", "e"), 3), (("new",), {"x": [1]})],
)
def test_lines_may_end_in_two_ways(path: KeyPath, value: object) -> None:
    """Of a file that has both, each line keeps its own."""
    text = "a = 'x'\r\n# y\r\n[[b]]\nc = [1]\r\n\r\n[[b]]\n# z\r\nd.e = 2\n"
    plain = tomli.loads(text)
    result = edit.set_value(text, path, value)
    table = plain
    for key in path[:-1]:
        table = table[key]  # type: ignore[index]
    table[path[-1]] = value  # type: ignore[index]
    assert tomli.loads(result) == plain
    unchanged = [line for line in text.splitlines(keepends=True) if line.startswith(("#", "["))]
    assert [
        line for line in result.splitlines(keepends=True) if line.startswith(("#", "["))
    ] == unchanged


def test_garbage_is_looked_for_once_in_an_edit_of_a_long_text() -> None:
    """When its document is to go; before, all that is found is there to stay."""
    text = f"a = [{', '.join(['1'] * 4_000)}]\n"
    phases: list[str] = []

    def record(phase: str, _: dict[str, int]) -> None:
        phases.append(phase)

    gc.callbacks.append(record)
    try:
        edit.set_value(text, ("a",), [*[1] * 4_000, 2])
    finally:
        gc.callbacks.remove(record)
    assert phases.count("start") < 5


def test_document_of_a_long_text_does_not_stay_in_memory() -> None:
    """It refers to itself, so it would stay while the new text is parsed."""
    rows = ["x" * 90_000, *[1] * 5_000]  # Little is held of the first, and much of the others.
    text = f"a = {rows}\n"
    gc.disable()
    tracemalloc.start()
    try:
        result = edit.set_value(text, ("a",), [*rows, 2])
        size, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
        gc.enable()
    assert len(result) > len(text)
    assert size < 3 * len(text)
