"""Text from outside: which characters no terminal may be sent, and how names compare."""

import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from countdown.core.text import (
    escape,
    escape_hostile,
    find_hostile,
    fold,
    is_unspaced,
    is_visible,
    natural_key,
    spellings,
)


@pytest.mark.parametrize(
    ("character", "spelt"),
    [
        ("\x00", r"\x00"),
        ("\t", r"\x09"),
        ("\n", r"\x0a"),
        ("\r", r"\x0d"),
        ("\x1b", r"\x1b"),  # the start of every terminal sequence
        ("\x7f", r"\x7f"),
        ("\x85", r"\x85"),  # a line end in Latin-1
        ("\x9b", r"\x9b"),  # the start of a terminal sequence in one byte
        ("\x9f", r"\x9f"),
        ("\u061c", r"\u061c"),
        ("\u200b", r"\u200b"),
        ("\u200e", r"\u200e"),
        ("\u200f", r"\u200f"),
        ("\u2028", r"\u2028"),
        ("\u2029", r"\u2029"),
        ("\u202a", r"\u202a"),
        ("\u202e", r"\u202e"),
        ("\u2060", r"\u2060"),
        ("\u2066", r"\u2066"),
        ("\u2069", r"\u2069"),
        ("\ud800", r"\ud800"),
        ("\udfff", r"\udfff"),
        ("\ufeff", r"\ufeff"),
        ("\ufff9", r"\ufff9"),
        ("\U000e0001", r"\U000e0001"),
        ("\U000e0041", r"\U000e0041"),
    ],
)
def test_control_or_bidi_character_is_hostile_and_spelt_out(character: str, spelt: str) -> None:
    """It is found at any position, and shown as Python writes it."""
    assert find_hostile(f"Thor{character}: Ragnarok") == character
    assert find_hostile(character) == character
    assert escape_hostile(f"Thor{character}") == f"Thor{spelt}"
    assert escape(character) == spelt


@pytest.mark.parametrize(
    "character",
    [
        *(
            "\x00",
            "\x1f",
            "\x7f",
            "\x9f",
            "\u061c",
            "\u200b",
            "\u200e",
            "\u200f",
            "\u2028",
            "\u202e",
        ),
        *("\u2060", "\u206f", "\ud800", "\udfff", "\ufeff", "\ufff9", "\ufffb"),
        *("\U000e0000", "\U000e00ff", "\U000e01f0", "\U000e0fff"),
    ],
    ids=ascii,
)
def test_range_of_hostile_characters_has_both_its_ends(character: str) -> None:
    """The first and the last of each are refused like all between them."""
    assert find_hostile(f"a{character}") == character


@pytest.mark.parametrize(
    "character",
    [
        *(" ", "~", "\xa0", "\u061b", "\u061d", "\u200a", "\u200c", "\u200d", "\u2010", "\u2027"),
        *("\u202f", "\u205f", "\u2070", "\ud7ff", "\ue000", "\ufefe", "\uff00", "\ufff8", "\ufffc"),
        *("\U000dffff", "\U000e0100", "\U000e01ef", "\U000e1000"),
    ],
    ids=ascii,
)
def test_neighbour_of_a_hostile_character_is_left_alone(character: str) -> None:
    """Also in a text that has another one, which is spelt out."""
    assert find_hostile(character) is None
    assert escape_hostile(f"{character}\x1b{character}") == rf"{character}\x1b{character}"


@pytest.mark.parametrize(
    ("character", "spelt"),
    [
        *(("\x09", r"\x09"), ("\xff", r"\xff"), ("\u0100", r"\u0100")),
        *(("\uffff", r"\uffff"), ("\U00010000", r"\U00010000"), ("\U0010ffff", r"\U0010ffff")),
    ],
)
def test_character_is_spelt_as_python_does(character: str, spelt: str) -> None:
    """With two, four or eight digits."""
    assert escape(character) == spelt


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Thor: Love and Thunder",
        "Misión de rescate",
        "Тор: Любовь и гром",
        "雷神索爾",
        "葛\U000e0100飾",  # a variant form of an ideograph
        "نورا",
        "می\u200cخواهم",  # joiners belong to the spelling of some languages
        "👨\u200d👩\u200d👧",
        "a\xa0b",  # a space that does not break
        "soft\xadhyphen",
        "\ufffd",
        "a\u0301",
    ],
)
def test_plain_text_of_any_language_is_left_alone(text: str) -> None:
    """Only what could deceive or harm is refused."""
    assert find_hostile(text) is None
    assert escape_hostile(text) == text


def test_first_hostile_character_is_returned() -> None:
    """A message names one; the text may have more."""
    assert find_hostile("a\u202eb\x1b") == "\u202e"


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Thor: Love and Thunder", "thor love and thunder"),
        ("  Thor  —  Ragnarok!  ", "thor ragnarok"),
        ("Penélope Cruz", "penelope cruz"),
        ("PENÉLOPE", "penelope"),
        ("Pene\u0301lope", "penelope"),
        ("Trovão", "trovao"),
        ("Mads Mikkelsen & Søren", "mads mikkelsen and soren"),
        ("Łódź", "lodz"),
        ("Đorđe", "dorde"),
        ("Æon Flux", "aeon flux"),
        ("Cœur", "coeur"),
        ("Straße", "strasse"),
        ("İstanbul", "istanbul"),
        ("ışık", "isik"),
        ("Guillermo del Toro's", "guillermo del toros"),
        ("Guillermo del Toro’s", "guillermo del toros"),
        ("Spider-Man", "spider man"),
        ("M3GAN 2.0", "m3gan 2 0"),
        ("~az\x7fb{}", "az b"),
        ("ＴＨＯＲ", "thor"),
        ("ﬁlm", "film"),
        ("Тор", "тор"),
        ("Deadpool & Wolverine", "deadpool and wolverine"),
        ("AMC+", "amc plus"),
        ("Canal＋", "canal plus"),
        ("+1", "1"),
        ("1+1", "1 1"),
        ("F.A.S.T.", "fast"),
        ("M*A*S*H", "mash"),
        ("J.J. Abrams", "jj abrams"),
        ("J J Abrams", "jj abrams"),
        ("WALL·E", "wall e"),
        ("Plan 9 B", "plan 9 b"),
        ("家 家", "家 家"),
        ("Auliʻi", "aulii"),
        ("Conan O`Brien", "conan obrien"),
        ("Vincent D´Onofrio", "vincent donofrio"),
        ("Chris O‘Dowd", "chris odowd"),
        ("Ocean’s", "oceans"),
        ("Guðnason", "gudnason"),
        ("Hafþór", "hafthor"),
        ("Super\u00adman", "superman"),
        ("می\u200cخواهم", "میخواهم"),
        ("❤\ufe0f", "❤"),
        ("葛\U000e0100飾", "葛飾"),
        ("Bat\u180eman", "batman"),
        ("Bat\u034fman", "batman"),
        ("A\u3164B", "ab"),
        ("Ħamrun Ŧor Ŋuna Ɓako Ɖeŋu", "hamrun tor nguna bako dengu"),
        ("Əliyev", "eliyev"),
        ("كيف", "کیف"),
        ("Alien³", "alien 3"),
        ("8½", "8 1 2"),
        ("³", "3"),
        ("①②", "1 2"),
        ("パパ", "パパ"),
        ("ハハ", "ハハ"),
        ("ﾊﾟﾊﾟ", "パパ"),
        ("기생충", "기생충"),
        ("!!!", "!!!"),
        ("$", "$"),
        ("…", "..."),
        ("😍", "😍"),
        ("\u00ad", ""),
        ("\u200d", ""),
        ("\u3164", ""),
        ("\u2800", ""),
        ("\x00 \t", ""),
        ("", ""),
    ],
)
def test_names_compare_without_case_accents_and_punctuation(text: str, folded: str) -> None:
    """As people type them into a search."""
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Thor", ["thor"]),
        ("Spider-Man", ["spider man", "spiderman"]),
        ("A Quiet Place Part II", ["a quiet place part ii", "a quiet place part 2"]),
        ("20,000 Leagues", ["20 000 leagues", "20000 leagues"]),
        ("V", ["v"]),
        ("WALL·E II", ["wall e ii", "walle ii", "wall e 2"]),
        ("Thor: Love", ["thor love"]),
        ("Alien³", ["alien 3", "alien3"]),
        ("8½", ["8 1 2", "81 2"]),
        ("Romeo + Juliet", ["romeo juliet", "romeo and juliet"]),
        ("Dune: Part Three", ["dune part three", "dune part 3"]),
        ("Ocean's Eleven", ["oceans eleven", "oceans 11"]),
        ("One Hundred", ["one hundred"]),
        ("-M-", ["m"]),
        ("", []),
    ],
)
def test_spellings_are_what_people_type_otherwise(text: str, expected: list[str]) -> None:
    """The one that is written comes first."""
    assert spellings(text) == expected


def test_order_is_that_of_people() -> None:
    """Accents and capitals don't count, and numbers do."""
    titles = ["Toy Story 6", "Toy Story 10", "The Batman", "iZombie", "Zorro", "Éternels 2", "300"]
    assert sorted([*titles, "Rocky IX", "Rocky V", ""], key=natural_key) == [
        *("", "300", "Éternels 2", "iZombie", "Rocky V", "Rocky IX"),
        *("The Batman", "Toy Story 6", "Toy Story 10", "Zorro"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        *("Thor", "$", "...", "😍", "Тор", "می\u200cخواهم", "क्\u200dष", "a\u0301", "A\ue000"),
        *("\u3164a", "❤\ufe0f", "한", "\u0378", "👨\u200d👩", "Super\u00adman", "\u0149"),
    ],
    ids=ascii,
)
def test_letter_digit_or_sign_can_be_seen(text: str) -> None:
    """One is enough, of any script, also of one that Python does not know yet."""
    assert is_visible(text)


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "\xa0", "\u3000", "\u00ad", "\u3164", "\u115f", "\u1160", "\uffa0", "\u2800"),
        *("\u180e", "\u200c", "\u200d", "\ufe0f", "\U000e0100", "\u034f", "\u17b4", "\u0301"),
        *("\ue000", "\U000f0000", "\U0010fffd", "\ufffe", "\uffff", "\U0001ffff", "\ufdd0"),
        *("\ufdef", "\u00ad \u200d", "\u2800\u3164"),
    ],
    ids=ascii,
)
def test_blanks_marks_and_private_characters_cannot_be_seen(text: str) -> None:
    """A title of these would be an empty row, and nobody could type it."""
    assert not is_visible(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("千尋", True), ("a 千", True), ("パ", True), ("ไทย", True), ("Тор", False), ("Thor", False)],
)
def test_scripts_without_spaces_are_known(text: str, expected: bool) -> None:
    """Their words can't be told apart, so a part of a text is looked for."""
    assert is_unspaced(text) is expected


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=())))
def test_what_is_visible_has_no_hostile_character(text: str) -> None:
    """Not a single one, whatever is around it; and plain text is not touched."""
    shown = escape_hostile(text)
    assert find_hostile(shown) is None
    assert not any(
        unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp") for character in shown
    )
    assert not any(unicodedata.bidirectional(c) in BIDI_CONTROLS for c in shown)
    assert (shown == text) == (find_hostile(text) is None)
    assert escape_hostile(shown) == shown


@settings(deadline=None)
@example("\N{DOUBLE PRIME}")
@given(st.text(st.characters(exclude_categories=())))
def test_folding_twice_is_folding_once(text: str) -> None:
    """A folded name is its own folded form, of words one space apart."""
    folded = fold(text)
    assert fold(folded) == folded
    assert folded == " ".join(folded.split())


@settings(deadline=None)
@given(st.text(st.characters(codec="ascii")))
def test_case_and_accents_make_no_difference(text: str) -> None:
    """An acute on every letter changes nothing, nor do capitals."""
    accented = "".join(f"{c}\u0301" if c.isalpha() else c for c in text)
    assert fold(accented) == fold(text) == fold(text.upper())


BIDI_CONTROLS = ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI")
