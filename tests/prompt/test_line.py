"""The line of a prompt: the text of a release, its width, and when it goes out of date."""

import unicodedata
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

import pytest
import wcwidth
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from countdown.core.text import find_hostile
from countdown.index.days import UpcomingDay
from countdown.prompt import line as line_module
from countdown.prompt.clock import Clock
from countdown.prompt.line import (
    Item,
    clean,
    cut,
    phrase,
    render_line,
    time_left,
    valid_until,
    width,
)
from countdown.prompt.options import PromptOptions, parse_options
from tests.prompt.fixtures import NOON, TODAY, ahead, clock
from tests.thorough import sample

HOUR, DAY = 3600, 86_400


def said(
    releases: Sequence[UpcomingDay],
    *words: str,
    at: int = NOON,
    region: str | None = None,
    ascii: bool = False,
) -> str:
    """The line of *releases* with the options *words*."""
    options = parse_options([*words])
    assert options is not None
    items = [Item(one, clock(at), region, ascii=ascii) for one in releases]
    return render_line(items, options, ascii=ascii)


# ---- The time left ----


@pytest.mark.parametrize(("days", "text"), [(0, "today"), (1, "1d"), (3, "3d"), (400, "400d")])
def test_day_without_an_hour_is_counted_to_in_days(days: int, text: str) -> None:
    """Until the day itself."""
    assert time_left(ahead(days=days), clock()) == text


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (2 * DAY, "2d"),
        (DAY, "1d"),
        (DAY - 1, "23h"),
        (13 * HOUR, "13h"),
        (2 * HOUR, "2h"),
        (2 * HOUR - 1, "1h"),
        (HOUR, "1h"),
        (HOUR - 1, "59min"),
        (61, "1min"),
        (59, "1min"),
        (1, "1min"),
        (0, "out"),
        (-1, "out"),
        (-HOUR, "out"),
    ],
)
def test_known_instant_is_counted_to_in_hours_and_minutes_on_the_last_day(
    seconds: int, text: str
) -> None:
    """After the instant, it is out."""
    instant = NOON + seconds
    days = (datetime.fromtimestamp(instant, UTC).date() - TODAY).days
    assert time_left(ahead(days=days, instant=instant), clock()) == text


def test_instant_late_on_a_day_of_25_hours_is_not_out_at_its_start() -> None:
    """That day has more than 24 hours left at its start."""
    zone = ZoneInfo("America/New_York")
    start = datetime(2026, 11, 1, 0, 10, tzinfo=zone)
    instant = datetime(2026, 11, 1, 23, 30, tzinfo=zone)
    day = start.toordinal()
    one = UpcomingDay(day, int(instant.timestamp()), "", ahead().summary)
    text = time_left(one, Clock(day, int(start.timestamp()), zone))
    assert text in ("today", "24h")


@pytest.mark.parametrize(
    ("days", "seconds", "text"),
    [
        (0, None, "today"),
        (1, None, "tomorrow"),
        (3, None, "in 3 days"),
        (49, None, "in 7 weeks"),
        (400, None, "in 13 months"),
        (2, 2 * DAY, "in 2 days"),
        (1, 2 * DAY - 1, "in 47 h 59 min"),
        (0, 3 * HOUR + 60, "today, in 3 h 1 min"),
        (0, 0, "out today"),
    ],
)
def test_phrase_is_that_of_lists(days: int, seconds: int | None, text: str) -> None:
    """In a template that asks for it."""
    instant = None if seconds is None else NOON + seconds
    one = ahead(days=days, instant=instant)
    assert said([one, one], "--format", "{phrase}", "--count", "2") == f"{text}, {text}"


# ---- When it goes out of date ----

instants = st.lists(st.none() | st.integers(-2 * DAY, 3 * DAY), max_size=4)


def falling(offsets: Sequence[int | None], seconds: int) -> list[UpcomingDay]:
    """A release at each of *offsets* from noon; None is the day after tomorrow."""
    releases = []
    for offset in offsets:
        instant = None if offset is None else seconds + offset
        moment = seconds + (2 * DAY if offset is None else offset)
        day = datetime.fromtimestamp(moment, UTC).toordinal()
        releases.append(UpcomingDay(day, instant, "", ahead().summary))
    return [one for one in releases if one.day >= clock(seconds).today]


@given(offsets=instants, later=st.floats(0, 1, exclude_max=True), shift=st.integers(0, DAY))
def test_line_stays_right_until_it_goes_out_of_date(
    offsets: list[int | None], later: float, shift: int
) -> None:
    """A shell may show it until then without asking again."""
    seconds = NOON + shift
    releases = falling(offsets, seconds)
    for field in (time_left, phrase):
        until = valid_until(releases, clock(seconds), has_phrase=field is phrase)
        assert seconds < until <= clock(seconds).day_end
        moment = seconds + int(later * (until - seconds))
        for at in (moment, until - 1):
            assert [field(one, clock(at)) for one in releases] == [
                field(one, clock(seconds)) for one in releases
            ]


@given(offset=st.integers(1, 3 * DAY), shift=st.integers(0, DAY))
def test_line_that_goes_out_of_date_has_changed(offset: int, shift: int) -> None:
    """Shells don't ask too early, except once in the last two minutes before an instant."""
    seconds = NOON + shift
    (one,) = falling([offset], seconds)
    for field in (time_left, phrase):
        until = valid_until([one], clock(seconds), has_phrase=field is phrase)
        if until != clock(seconds).day_end and not 60 <= offset < 120:
            assert field(one, clock(until)) != field(one, clock(seconds))


@pytest.mark.parametrize(
    ("offset", "lasts"),
    [
        (2 * DAY, 12 * HOUR),
        (DAY + 10, 11),
        (DAY, 1),
        (5 * HOUR + 10, 11),
        (5 * HOUR, 1),
        (130, 11),
        (30, 30),
        (1, 1),
        (-5, 12 * HOUR),
        (None, 12 * HOUR),
    ],
)
def test_line_is_valid_until_an_hour_a_minute_or_the_day_is_over(
    offset: int | None, lasts: int
) -> None:
    """The first of those that it shows."""
    assert valid_until(falling([offset], NOON), clock()) == NOON + lasts


def test_line_of_several_is_valid_until_the_first_change() -> None:
    """In any order of releases."""
    assert valid_until(falling([2 * HOUR + 5, 100, 2 * DAY], NOON), clock()) == NOON + 6


def test_line_of_a_stopped_clock_is_valid_for_a_day() -> None:
    """Hours don't pass on that clock."""
    stopped = Clock(TODAY.toordinal(), NOON, UTC, stopped=1_800_000_000)
    assert valid_until([ahead(days=0, instant=NOON + 100)], stopped) == 1_800_000_000 + DAY


# ---- Fields ----


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("{title}", "Dune"),
        ("{days}", "3"),
        ("{left}", "3d"),
        ("{date}", "7 Jul 2022 BR"),
        ("{stage}", "filming"),
        ("{platform}", "Max, HBO"),
        ("{{{days}}}", "{3}"),
        ("{title}  \t {left} ", "Dune 3d"),
    ],
)
def test_template_is_filled(template: str, text: str) -> None:
    """Each field with its text; spaces collapse."""
    one = ahead(place="BR", stage="filming", platform=("Max", "HBO"))
    assert said([one], "--format", template, region="US") == text


def test_unknown_field_is_empty() -> None:
    """Without a second space around it."""
    assert said([ahead()], "--format", "{title} {platform} {stage} {left}") == "Dune 3d"


@pytest.mark.parametrize(("days", "text"), [(3, "-"), (0, "released")])
def test_release_of_a_day_to_come_is_not_released_yet(days: int, text: str) -> None:
    """Whatever a later catalogue says."""
    assert said([ahead(days=days, stage="released")], "--format", "{stage}-").strip("-") == (
        text.strip("-")
    )


def test_platform_is_the_distributor_where_there_is_none() -> None:
    """Cinemas have none."""
    assert said([ahead(distributor=("Toho",))], "--format", "{platform}") == "Toho"


@pytest.mark.parametrize(
    ("place", "region", "text"),
    [
        ("", "US", "7 Jul 2022"),
        ("US", "US", "7 Jul 2022"),
        ("BR", "US", "7 Jul 2022 BR"),
        ("unstated", "US", "7 Jul 2022 place?"),
    ],
)
def test_date_of_another_region_has_its_code(place: str, region: str, text: str) -> None:
    """As it does in a list."""
    assert said([ahead(place=place)], "--format", "{date}", region=region) == text


def test_season_comes_after_the_title() -> None:
    """As in every other answer."""
    assert said([ahead("Loki", season=2)]) == "Loki, season 2 3d"


def test_title_without_letters_to_show_is_the_id() -> None:
    """Else the days would have no title."""
    assert said([ahead("🎬")]) == "dune 3d"


def test_nothing_ahead_is_an_empty_line() -> None:
    """A prompt doesn't show it."""
    assert said([]) == ""


# ---- Widths ----


@pytest.mark.parametrize(
    ("most", "text"),
    [
        (40, "Thor: Love and Thunder 3d"),
        (25, "Thor: Love and Thunder 3d"),
        (24, "Thor: Love and Thun.. 3d"),
        (12, "Thor: L.. 3d"),
        (10, "Thor:.. 3d"),
        (7, "Th.. 3d"),
        (6, "Th...."),
        (4, "Th.."),
    ],
)
def test_title_is_cut_first(most: int, text: str) -> None:
    """The time left stays readable while there is room for anything else."""
    assert said([ahead("Thor: Love and Thunder")], "--max-width", str(most)) == text


@pytest.mark.parametrize(
    ("most", "text"),
    [
        (40, "Alien 1d, Brazil 3d, Casablanca 30d"),
        (34, "Alien 1d, Brazil 3d, Casabla.. 30d"),
        (29, "Alien 1d, Bra.. 3d, Cas.. 30d"),
        (25, "Alien 1d, Brazil 3d"),
        (18, "Alien 1d, Bra.. 3d"),
        (15, "Alien 1d"),
        (7, "Al.. 1d"),
    ],
)
def test_then_the_last_releases_are_left_out(most: int, text: str) -> None:
    """Until only the first is left."""
    releases = [ahead("Alien", days=1), ahead("Brazil"), ahead("Casablanca", days=30)]
    line = said(releases, "--max-width", str(most))
    assert width(line) <= most
    assert line == text


def test_wide_characters_take_two_columns() -> None:
    """None is cut in half."""
    assert said([ahead("君の名は。 Your Name")], "--max-width", "12") == "君の名.. 3d"
    assert cut("君の名は", 7) == "君の.."
    assert cut("ab cdef", 5) == "ab.."


words = st.text(st.sampled_from("ab 漢é\u0301ß—ｶ\u0e33한"), max_size=60)


@given(titles=st.lists(words, max_size=4), platform=words, most=st.integers(4, 60))
def test_line_is_never_wider_than_its_limit(titles: list[str], platform: str, most: int) -> None:
    """As Rich measures it; and it is never empty if something is upcoming."""
    options = parse_options(["--max-width", str(most), "--format", "{title} {platform} {left}"])
    assert options is not None
    items = [
        Item(ahead(title, platform=(platform,)), clock(), None, ascii=False) for title in titles
    ]
    line = render_line(items, options, ascii=False)
    assert cell_len(line) <= most
    assert bool(line) == bool(items)


@pytest.fixture
def looked_at(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The lengths of the texts whose width was computed."""
    releases: list[int] = []
    measure = line_module.width

    def record(text: str) -> int:
        releases.append(len(text))
        return measure(text)

    monkeypatch.setattr(line_module, "width", record)
    return releases


@pytest.mark.parametrize("letter", ["x", "é", "漢", "e\u0301", "\u0e33"])
def test_title_of_any_length_is_cut_at_once(letter: str, looked_at: list[int]) -> None:
    """A megabyte of it must not keep a shell waiting."""
    line = said([ahead(letter * 1_000_000)], "--max-width", "40")
    assert sum(looked_at) < 20_000
    assert line.endswith(".. 3d")
    assert 30 < cell_len(line) <= 40


@pytest.mark.parametrize("letter", ["x", "é", "漢"])
def test_line_in_which_no_title_fits_is_cut_at_once(letter: str, looked_at: list[int]) -> None:
    """With several titles, and long fields beside them."""
    one = ahead(letter * 400, platform=(letter * 1_000_000,))
    line = said([one] * 5, "--count", "5", "--max-width", "100", "--format", "{title} {platform}")
    assert sum(looked_at) < 200_000
    assert cell_len(line) <= 100


# ---- Cleaning ----


def properties(character: str) -> tuple[object, ...]:
    """Its category, East Asian width, combining class, and cells as wcwidth counts them."""
    wide = unicodedata.east_asian_width(character)
    combining, cells = unicodedata.combining(character), wcwidth.wcwidth(character)
    return unicodedata.category(character), wide, combining, cells


def test_every_character_that_is_kept_has_the_width_that_programs_agree_on() -> None:
    """Else the cursor stands where the shell does not believe it to be.

    Of neighbours with the same properties the first is tried; thoroughly, all are.
    Where rich and wcwidth disagree with each other there is nothing to agree with.
    """
    wrong = []
    # Of the syllables and ideographs that are all alike, a few.
    few = (*range(0x3400, 0xA000, 97), *range(0xAC00, 0xD7B0, 97), *range(0x20000, 0x110000, 997))
    every = map(chr, (*range(0x3400), *range(0xA000, 0xAC00), *range(0xD7B0, 0x20000), *few))
    shown = [c for c in every if unicodedata.category(c) not in ("Cn", "Co", "Mc")]
    alike = (next(group) for _, group in groupby(shown, properties))
    for character in sample([*alike], of=shown):
        text = clean(f"a{character}b", ascii=False)
        measured = {cell_len(text), wcwidth.wcswidth(text)}
        if len(measured) == 1 and measured != {width(text)}:
            wrong.append(f"U+{ord(character):04X}")
        assert text.isprintable()
        assert find_hostile(text) is None
    assert wrong == []


@pytest.mark.parametrize("ascii", [False, True])
@given(text=st.text(st.characters(), max_size=40))
def test_nothing_unprintable_is_left_of_any_text(ascii: bool, text: str) -> None:
    """No control character, no change of direction, no half of a surrogate pair."""
    cleaned = clean(text, ascii=ascii)
    assert cleaned.isprintable()
    assert find_hostile(cleaned) is None
    assert not ascii or cleaned.isascii()
    assert clean(cleaned, ascii=ascii) == cleaned


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Amélie", "Amélie"),
        ("Ame\u0301lie", "Amélie"),
        ("Tár — Part 2", "Tár — Part 2"),
        ("君の名は。", "君の名は。"),
        ("Борат", "Борат"),
        ("Star Wars 🚀 now", "Star Wars  now"),
        ("☀\ufe0f Sun", " Sun"),
        ("8\ufe0f⃣ ball", "8 ball"),
        ("≨\ufe00 x", "≨ x"),  # the first of the variation selectors, as the last one above
        ("ﾊﾟ", "ﾊﾟ"),
        ("👩\u200d🚀x", "x"),
        ("🇧🇷x", "x"),
        ("👍🏽x", "x"),
        ("❤x", "x"),
        ("葛\U000e0100城", "葛\U000e0100城"),
        ("a\u0301\u0302\u0303\u0304\u0305b", "á\u0302\u0303b"),
        ("\x1b[31mred\x07", "[31mred"),
        ("é\x1b]0;title\x07", "é]0;title"),
        ("é\x9b31m", "é31m"),
        ("\u202egnp.exe", "gnp.exe"),
        ("é\ud800", "é"),
        ("é\u3000b\u00a0c", "é b c"),
        ("é\tb\nc", "é b c"),
        ("© ® °", "© ® °"),
        ("", ""),
    ],
)
def test_text_keeps_letters_and_loses_what_draws_differently_everywhere(
    text: str, shown: str
) -> None:
    """Accents stay; emoji and their parts are removed."""
    assert clean(text, ascii=False) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Amélie", "Amelie"),
        ("Ame\u0301lie", "Amelie"),
        ("½ ﬁlm", "12 film"),
        ("Борат", "?????"),
        ("\x1b[31mred", "[31mred"),
        ("Ame\u0301\x1blie", "Amelie"),
    ],
)
def test_without_unicode_accents_go_too(text: str, shown: str) -> None:
    """Other letters become question marks."""
    assert clean(text, ascii=True).replace("1⁄2", "12").replace("1?2", "12") == shown


def test_template_is_cleaned_too() -> None:
    """Another user may have written config.toml."""
    assert said([ahead()], "--format", "\x1b[5m{title}\u202e🎬") == "[5mDune"


def test_templates_and_items_have_the_same_fields() -> None:
    """Else a template could have a field that no item has."""
    from countdown.core.template import FIELDS

    item = Item(ahead(), clock(), None, ascii=True)
    item.text(PromptOptions("{phrase}"), ascii=True, title_width=9)
    assert set(item.fields) == set(FIELDS)
    assert (
        Item(ahead(), clock(), None, ascii=True).text(PromptOptions(), ascii=True, title_width=9)
        == "Dune 3d"
    )


def test_days_and_left_are_of_the_same_clock() -> None:
    """A day later, both are a day less."""
    later = clock(NOON + int(timedelta(days=1).total_seconds()))
    item = Item(ahead(), later, None, ascii=False)
    assert (item.fields["days"], item.fields["left"], item.whole_days) == ("2", "2d", 2)
