"""Cells of a terminal: how many a text takes, where it is cut and wrapped, and what turns it."""

import re
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from countdown.core.width import clusters, cut, isolated, pad, plain_emoji, width, wrap

# What the cursor of tmux 3.3a does, in the locale C.UTF-8 of glibc 2.36.
CELLS: Final = {
    "": 0,
    "Dune: Part Three": 16,
    "Amélie": 6,
    "Ame\u0301lie": 6,
    "Tár — Part 2…": 13,
    "★●♥▲◐■█→×": 9,
    "Борат": 5,
    "Ω ± ° ½ † ①": 11,
    "日本語": 6,
    "한국어": 6,
    "\u1112\u1161\u11ab": 2,  # the same syllable in its parts
    "ﾊﾟ": 2,
    "は\u3099": 2,
    "\u3000": 2,
    "हिन्दी": 5,
    "बजरंगी भाईजान": 12,
    "नमस्ते": 4,
    "தமிழ்": 4,
    "বাংলা": 5,
    "മലയാളം": 6,
    "ที่นี่": 2,
    "กำ": 2,
    "العربية": 7,
    "عَرَبِيّ": 4,
    "שָׁלוֹם": 4,
    "🚀": 2,
    "🇧🇷": 2,
    "🇧": 1,
    "🇧🇷🇵": 3,
    "👨\u200d👩\u200d👧": 2,
    "❤": 1,
    "❤\ufe0f": 1,
    "⭐": 2,
    "葛\U000e0100城": 4,
    "\u2068x\u2069": 1,
    "\u200b\u200d": 0,
    "\u00ad": 1,
    "नमस्ते 🇧🇷 日本": 12,
    "\U0001facf": 2,  # an emoji of tomorrow
}
LETTERS: Final = st.text(
    st.sampled_from(
        "ab  é漢字。かe\u0301\u0302ßｶﾞ\u0e33한\u1112\u1161हिन्दीשםع\u064e🇧🇷👨\u200d👩🏽❤\ufe0f🚀"
    ),
    max_size=50,
)


@pytest.mark.parametrize(("text", "cells"), CELLS.items())
def test_text_takes_the_cells_of_a_terminal(text: str, cells: int) -> None:
    """Whatever its script."""
    assert width(text) == cells
    assert sum(map(width, clusters(text))) == cells


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("abc", ["a", "b", "c"]),
        ("e\u0301a\u0302\u0303", ["e\u0301", "a\u0302\u0303"]),
        ("हिन्दी", ["हि", "न्दी"]),
        ("ที่นี่", ["ที่", "นี่"]),
        ("\u1112\u1161\u11ab\u1100", ["\u1112\u1161\u11ab", "\u1100"]),
        ("🇧🇷🇵🇹", ["🇧🇷", "🇵🇹"]),
        ("🇧a🇷", ["🇧", "a", "🇷"]),
        ("👍🏽x", ["👍🏽", "x"]),
        ("👨\u200d👩\u200d👧👧", ["👨\u200d👩\u200d👧", "👧"]),
        ("❤\ufe0fa", ["❤\ufe0f", "a"]),
        ("1\ufe0f\u20e32", ["1\ufe0f\u20e3", "2"]),
        ("می\u200cخواهم", ["م", "ی\u200c", "خ", "و", "ا", "ه", "م"]),
        ("\u0301é", ["\u0301", "é"]),
        ("ക്\u200dഷ", ["ക്\u200dഷ"]),
        ("क्क्क्क्क्क", ["क्क्क्क्", "क्क"]),
        ("a🏽b\u200d日", ["a", "🏽", "b\u200d", "日"]),
    ],
)
def test_what_is_drawn_as_one_stays_together(text: str, parts: list[str]) -> None:
    """A letter and its marks, a syllable, a flag, a family."""
    assert clusters(text) == parts


@pytest.mark.parametrize(
    ("text", "size", "shown"),
    [
        ("Dune: Part Three", 16, "Dune: Part Three"),
        ("Dune: Part Three", 11, "Dune: Part…"),
        ("Dune: Part Three", 1, "…"),
        ("Dune", 0, ""),
        ("", 0, ""),
        ("君の名は", 7, "君の名…"),
        ("君の名は", 6, "君の…"),
        ("ame\u0301lie", 4, "ame\u0301…"),
        ("हिन्दी फ़िल्म", 4, "हि…"),
        ("🇧🇷🇵🇹🇦🇴", 4, "🇧🇷…"),
        ("a" + "\u0301" * 50 + "bc", 2, "a" + "\u0301" * 15 + "…"),
    ],
)
def test_cut_splits_no_letter(text: str, size: int, shown: str) -> None:
    """It leaves room for the mark."""
    assert cut(text, size) == shown
    assert pad(shown, 20).startswith(shown)
    assert width(pad(shown, 20)) == 20


@given(text=LETTERS, size=st.integers(0, 30))
def test_cut_text_fits_and_is_the_start_of_it(text: str, size: int) -> None:
    """And every letter of it is whole."""
    shown = cut(text, size)
    assert width(shown) <= size
    if shown != text:
        kept = clusters(shown.removesuffix("…"))
        assert clusters(text)[: len(kept)] == kept


def lines(text: str, size: int) -> list[str]:
    """*text* wrapped."""
    return [text[start:end] for start, end in wrap(text, size)]


@pytest.mark.parametrize(
    ("text", "size", "wrapped"),
    [
        ("", 5, [""]),
        ("a god in midlife", 7, ["a god", "in", "midlife"]),
        ("a god in midlife", 16, ["a god in midlife"]),
        ("a god   in", 5, ["a god", "in"]),
        ("abcdefgh ij", 4, ["abcd", "efgh", "ij"]),
        ("a bcdefgh", 4, ["a", "bcde", "fgh"]),
        ("雷神、愛と雷。", 6, ["雷神、", "愛と", "雷。"]),
        ("版「鬼滅」編『刃』", 4, ["版", "「鬼", "滅」", "編", "『刃", "』"]),
        ("雷神“愛”と(雷)", 5, ["雷神", "“愛”", "と", "(雷)"]),
        ("「「鬼", 4, ["「「", "鬼"]),  # nothing but a bracket
        ("雷神 (Thor) と", 8, ["雷神", "(Thor)", "と"]),
        ("ที่นี่นี่", 2, ["ที่นี่", "นี่"]),
        ("日", 1, ["日"]),  # nothing fits
        ("雷神abcdef", 8, ["雷神", "abcdef"]),
        ("from 12\u00a0Feb\u00a027 to", 11, ["from", "12\u00a0Feb\u00a027", "to"]),
        ("from 12\u00a0Feb\u00a027", 7, ["from", "12\u00a0Feb", "27"]),
        ("は 2027年2月12日(金)に", 17, ["は", "2027年2月12日(金)", "に"]),
        ("在 2026年12月18日周五 上", 18, ["在", "2026年12月18日周五", "上"]),
        ("在 2026年12月18日星期五 上", 20, ["在", "2026年12月18日星期五", "上"]),
        ("は 2026年12月17日木曜日 に", 20, ["は", "2026年12月17日木曜日", "に"]),
        ("は2027年2月12日", 11, ["は2027年2月", "12日"]),
        ("는 2월\u00a08일\u00a0(금) 에", 13, ["는", "2월\u00a08일\u00a0(금)", "에"]),
        ("न्दी", 2, ["न्द", "ी"]),
    ],
)
def test_lines_break_between_words(text: str, size: int, wrapped: list[str]) -> None:
    """In Chinese and Japanese between letters; a word longer than a line, within it."""
    assert lines(text, size) == wrapped


@given(text=LETTERS, size=st.integers(12, 30))
def test_wrapped_lines_fit_and_lose_no_letter(text: str, size: int) -> None:
    """But the spaces between them."""
    found = lines(text, size)
    assert all(width(line) <= size for line in found)
    assert "".join(found).replace(" ", "") == text.replace(" ", "")
    assert [c for line in found for c in clusters(line) if c != " "] == [
        c for c in clusters(text) if c != " "
    ]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Dune — Part", "Dune — Part"),
        ("I ❤\ufe0f Huckabees", "I ❤ Huckabees"),
        ("⭐\ufe0e", "⭐"),
        ("8\ufe0f\u20e3 Mile", "8 Mile"),
        ("👍🏽", "👍"),
        ("👨\u200d👩\u200d👧", "👨"),
        ("🏳\ufe0f\u200d🌈!", "🏳!"),
        ("🇧🇷", "🇧🇷"),
        ("ക്\u200dഷ", "ക്\u200dഷ"),  # joins letters, not emoji
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("葛\U000e0100城", "葛\U000e0100城"),
    ],
)
def test_emoji_are_drawn_as_all_terminals_draw_them(text: str, shown: str) -> None:
    """Their variants have one cell here and two there."""
    assert plain_emoji(text) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Dune", "Dune"),
        ("Amélie — 君の名は", "Amélie — 君の名は"),
        ("שלום", "\u2068שלום\u2069"),
        ("العربية 2", "\u2068العربية 2\u2069"),
        ("Fauda (פאודה)", "\u2068Fauda (פאודה)\u2069"),
        (" שלום  ", " \u2068שלום\u2069  "),
    ],
)
def test_what_turns_the_direction_is_isolated(text: str, shown: str) -> None:
    """The spaces of the layout stay outside."""
    assert isolated(text) == shown
    assert width(shown) == width(text)
    assert re.sub("[\u2068\u2069]", "", shown) == text
