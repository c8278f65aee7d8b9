"""Rows in every script: none is wider than the terminal, whose cursor says where columns are."""

import json
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import pyte
import pytest

from countdown.core.text import find_hostile
from countdown.formats import terminal
from countdown.views.view import Block, Cell, Column, Lines, Pairs, Table, View, ViewContext
from tests.programs import needs
from tests.views.releases import NOW

TITLES: Final = (
    "Dune: Part Three",
    "Amélie, le fabuleux destin",
    "君の名は。 Your Name",
    "기생충: 흑백판의 귀환",
    "\u1100\u1175\u1109\u1162\u11bc\u110e\u116e\u11bc",
    "แฟนฉัน ที่นี่มีความรัก",
    "فيلم عربي جميل جداً",
    "ואלס עם באשיר הסרט",
    "Ирония судьбы, или С легким паром",
    "I ❤\ufe0f Huckabees 👍🏽 2",
    "Pride 🏳\ufe0f\u200d🌈 and 👨\u200d👩\u200d👧 and more",
    "Brasil 🇧🇷🇵🇹 x Portugal",
    "…–①½†°±Ω ambiguous",
)
SYLLABLES: Final = (
    "बजरंगी भाईजान हिन्दी",
    "தமிழ் பொன்னியின்",
    "বাংলা চলচ্চিত্র",
    "മലയാളം സിനിമ",
    "ខ្មែរ ភាពយន្ត",
)
PROBE: Final = """
import json, os, sys, termios, tty
tty.setraw(0)
columns = []
for text in json.load(open(sys.argv[1])):
    os.write(1, b"\\r\\x1b[2K" + text.encode() + b"\\x1b[6n")
    answer = b""
    while not answer.endswith(b"R"):
        answer += os.read(0, 1)
    columns.append(int(answer[:-1].rpartition(b";")[2]) - 1)
json.dump(columns, open(sys.argv[2] + ".part", "w"))
os.replace(sys.argv[2] + ".part", sys.argv[2])
"""


def rows(titles: Sequence[str], size: int, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The lines of a table of *titles*, and of the other sorts of blocks, on *size* columns."""
    monkeypatch.setenv("COLUMNS", str(size))
    columns = (Column("Title", stretch=True), Column("Left"), Column("Who", rank=1, stretch=True))
    table = Table("", columns, tuple((Cell(t), Cell("in 3 days"), Cell(t)) for t in titles))
    others: list[Block] = [
        Pairs("", tuple((title[:9], (Cell(f"{title}, {title}"),)) for title in titles)),
        Lines(tuple((Cell("●", "week"), Cell(f" {title}", "title")) for title in titles)),
        Lines(tuple((Cell(title * 3),) for title in titles), verbatim=True),
    ]
    drawn = terminal.draw(View(lambda: [table, *others], (), ViewContext(NOW)))[0]
    return re.sub(r"\x1b\[[0-9;]*m", "", drawn).splitlines()


class Tmux:
    """A terminal that tells where its cursor is."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._server = ("tmux", "-f", "/dev/null", "-S", str(folder / "tmux"))

    def columns(self, texts: Sequence[str]) -> list[int]:
        """The column of the cursor after each of *texts*."""
        asked, told = self._folder / "asked.json", self._folder / "told.json"
        asked.write_text(json.dumps(texts), "utf-8")
        probe = self._folder / "probe.py"
        probe.write_text(PROBE, "utf-8")
        words = ("-x", "250", "-y", "5", sys.executable, str(probe), str(asked), str(told))
        self.run("new-session", "-d", *words)
        deadline = time.monotonic() + 60
        while not told.exists() and time.monotonic() < deadline:
            time.sleep(0.02)
        return [int(column) for column in json.loads(told.read_text("utf-8"))]

    def run(self, *words: str) -> None:
        """Give tmux a command."""
        subprocess.run([*self._server, *words], check=True, timeout=60)


@pytest.fixture
def tmux(tmp_path: Path) -> Iterator[Tmux]:
    """A tmux of its own."""
    made = Tmux(tmp_path)
    yield made
    subprocess.run(["tmux", "-S", str(tmp_path / "tmux"), "kill-server"], check=False, timeout=60)


@needs("tmux")
def test_cursor_of_a_terminal_stands_where_it_is_believed(
    tmux: Tmux, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No row is wider than it may be, and what stands behind a title begins in one column."""
    sizes = (20, 31, 40, 80)
    drawn = {size: rows((*TITLES, *SYLLABLES), size, monkeypatch) for size in sizes}
    titles = [line for size in sizes for line in drawn[size] if "in 3 days" in line]
    assert len(titles) == len(sizes) * len((*TITLES, *SYLLABLES))
    starts = [line.partition("in 3 days")[0] for line in titles]
    every = [line for size in sizes for line in drawn[size]]
    columns = tmux.columns([*every, *starts])
    wide = [
        (size, line)
        for size, line, column in zip(
            (size for size in sizes for _ in drawn[size]), every, columns, strict=False
        )
        if column > size
    ]
    assert wide == []
    count = len((*TITLES, *SYLLABLES))
    found = [columns[len(every) :][at * count : (at + 1) * count] for at in range(len(sizes))]
    assert [len({*of_one_size}) for of_one_size in found] == [1, 1, 1, 1], found


@pytest.mark.parametrize("size", [20, 31, 40, 57, 80, 120])
def test_no_row_is_wider_than_the_terminal_in_any_script(
    size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a terminal in Python has it, which draws a flag as two letters."""
    titles = [title for title in (*TITLES, *SYLLABLES) if "🇧" not in title]
    screen = pyte.Screen(size * 2, 2)
    stream = pyte.Stream(screen)
    for line in rows(titles, size, monkeypatch):
        stream.feed(f"\r\x1b[2K{line}")
        assert screen.cursor.x <= size, line


def test_titles_that_turn_the_direction_are_isolated(monkeypatch: pytest.MonkeyPatch) -> None:
    """In each sort of block, whole or cut; nothing else is."""
    drawn = rows(TITLES, 80, monkeypatch)
    for title in ("فيلم عربي جميل جداً", "ואלס עם באשיר הסרט"):
        shown = [line for line in drawn if title[:5] in line]
        assert len(shown) >= 4
        assert all(f"\u2068{title[:5]}" in line for line in shown)
        assert all(line.count("\u2068") == line.count("\u2069") > 0 for line in shown)
    others = [line for line in drawn if not re.search("[\u0590-\u06ff]", line)]
    assert [line for line in others if find_hostile(line)] == []


def test_ascii_terminal_gets_no_isolates() -> None:
    """It would show them as question marks."""
    view = View(lambda: [Lines(((Cell("שלום"),),))], (), ViewContext(NOW))
    assert terminal.draw(view, ascii=True)[0] == "שלום\n"


@pytest.mark.parametrize("character", ["\u2066", "\u2067", "\u2068", "\u2069"])
def test_isolates_of_a_catalogue_are_spelt_out(character: str) -> None:
    """A title can't close ours and turn the rest of the row."""
    view = View(lambda: [Lines(((Cell(f"ש{character}x"),),))], (), ViewContext(NOW))
    assert f"\\u{ord(character):04x}" in terminal.draw(view)[0]
