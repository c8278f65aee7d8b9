"""What a person sees: on real pseudo-terminals, at every width, in colour and without."""

import os
import shlex
import shutil
import sys
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

import pexpect
import pyte
import pytest
from rich.cells import cell_len

from countdown.cli import messages, progress
from tests import preloaded
from tests.cli.conftest import JULY, Countdown
from tests.thorough import pairs, sample

pytestmark = pytest.mark.usefixtures("indexed_july", "parsed_once")

GOLDEN = Path(__file__).parent / "golden"
REGOLD = (
    os.environ.get("REGOLD") == "1"
)  # Write the golden files anew, to be looked at in git diff.
DRAWN = {
    "list": ("list", "--region", "BR"),
    "calendar": ("calendar", "july", "--months", "2", "--region", "BR"),
    "timeline": ("timeline", "mcu", "--all"),
    "status": ("status",),
    "show": ("show", "Rescue 2"),
    "actor": ("actor", "hemsworth", "--all"),
    "next": ("next",),
    "news": ("news", "--since", "3y"),
    "next-window": ("next", "pinocchio"),
    "next-today": ("next", "--as-of", "2022-07-08"),
    "follow": ("follow",),
    "mine": ("mine",),
}
# Words and variables with which a terminal gets no colours.
COLOURLESS = [(("--no-color",), {}), ((), {"NO_COLOR": "1"}), ((), {"TERM": "dumb"})]
PREPARED: dict[str, tuple[tuple[str, ...], ...]] = {  # Commands before these.
    "follow": (
        ("follow", "Chris Hemsworth, MCU, Netflix"),
        ("follow", "--title", "Furiosa", "--title", "Witcher", "--person", "Nobody Yet"),
    ),
    "mine": (
        ("add", "Extraction 9", "--date", "Q4 2027", "--platform", "Netflix"),
        ("add", "A Short", "--kind", "short", "--date", "BR=2027-07-08", "--cast", "Ann B as C"),
    ),
}


def terminal(
    *words: str,
    width: int = 80,
    height: int = 100,
    variables: Mapping[str, str] = MappingProxyType({}),
) -> tuple[str, list[str]]:
    """Run the program on a pseudo-terminal: its raw output, and the screen that it leaves."""
    # Another locale is looked at when an interpreter starts.
    called = preloaded.ITSELF if "LC_ALL" in variables else preloaded.words_on_terminal()
    command, *rest = (*called, *words)
    child: pexpect.spawn[str] = pexpect.spawn(
        command,
        rest,
        env={
            **os.environ,
            "TERM": "xterm-256color",
            "COUNTDOWN_TODAY": "2022-07-04",
            "COUNTDOWN_CATALOGUE": str(JULY),
            **variables,
        },
        dimensions=(height, width),
        encoding="utf-8",
        timeout=60,
    )
    raw = str(child.read())
    child.wait()
    child.close()
    assert child.exitstatus == 0
    screen = pyte.Screen(width, height)
    pyte.Stream(screen).feed(raw)
    return raw, [line.rstrip() for line in screen.display]


@pytest.mark.parametrize("name", DRAWN)
def test_what_is_drawn_is_as_it_was_looked_at(
    countdown: Countdown, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Golden files, at a fixed day and widths."""
    for words in PREPARED.get(name, ()):
        assert countdown(*words).code == 0
    for width in (40, 60, 80, 120, 200):
        monkeypatch.setenv("COLUMNS", str(width))
        out = countdown(*DRAWN[name], "--format", "table").out
        golden = GOLDEN / f"{name}-{width}.txt"
        if REGOLD:
            golden.write_text(out, "utf-8")
        assert out == golden.read_text("utf-8"), golden.name


@pytest.mark.parametrize("name", DRAWN)
def test_no_line_is_wider_than_the_terminal(
    shipped: Countdown, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Whatever the width, in cells; but a command stays in one piece, to be copied."""
    for prepared in PREPARED.get(name, ()):
        assert shipped(*prepared).code == 0
    words = ("show", "avengers-doomsday") if name == "show" else DRAWN[name]
    for width in sample([31, 57], of=[20, 31, 40, 57, 80, 120, 200]):
        monkeypatch.setenv("COLUMNS", str(width))
        for line in shipped(*words, "--format", "table").out.splitlines():
            assert cell_len(line) <= width or line.startswith("countdown "), width


def test_a_terminal_gets_a_table_with_colour() -> None:
    """And a bare `countdown` what is not shown, with the commands for it."""
    raw, screen = terminal()
    assert "\x1b[" in raw
    assert screen[0] == "Coming up   Mon 4 Jul 2022"
    status = shlex.join([sys.executable, "-m", "countdown", "status"])
    assert "3 without a date" in "".join(screen)
    assert status in "".join(screen)  # A long one goes on in the next row.


@pytest.mark.parametrize(
    ("words", "variables"),
    sample(COLOURLESS[:1], of=COLOURLESS),
    ids=str,
)
def test_colours_can_be_done_without(words: tuple[str, ...], variables: dict[str, str]) -> None:
    """No colour is set; the words say the same."""
    raw, screen = terminal("list", *words, variables=variables)
    assert not any(f"\x1b[{colour}m" in raw for colour in (31, 32, 34, 35, 36, "1;32", "1;35"))
    assert any(line.strip().startswith("in 4 days  Thor: Love and Thunder") for line in screen)


def test_force_color_colours_a_pipe(countdown: Countdown, monkeypatch: pytest.MonkeyPatch) -> None:
    """For `countdown list --format table | less -R`."""
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")
    assert "\x1b[38;5;215m" in countdown("list", "--format", "table").out
    assert "\x1b" not in countdown("list").out


def test_empty_force_color_changes_nothing() -> None:
    """Neither on a terminal nor into a pipe: a variable that is empty counts as not set."""
    raw, _ = terminal("list", variables={"FORCE_COLOR": ""})
    assert "\x1b[38;5;247m" in raw


def test_an_ascii_terminal_gets_nothing_else() -> None:
    """Signs, dashes and accents all have a stand-in."""
    _, screen = terminal(
        "show",
        "thor: love and thunder",
        variables={"LC_ALL": "C", "PYTHONIOENCODING": "ascii"},
    )
    assert "\n".join(screen).isascii()
    assert any("Thor: Amor e Trovao" in line for line in screen)
    _, screen = terminal("next", variables={"LC_ALL": "POSIX"})
    assert screen[0].startswith("Thor: Love and Thunder   film . Marvel Cinematic Universe")
    assert "####" in "".join(screen)


def test_letters_stay_where_the_encoding_has_them() -> None:
    """Where the locale allows ASCII alone, signs are drawn in it."""
    _, screen = terminal("show", "thor: love and thunder", variables={"LC_ALL": "C"})
    text = "\n".join(screen)
    assert "Thor: Amor e Trovão" in text
    assert not set(text) & set("·█▀▄■□")


def test_what_an_encoding_lacks_is_a_question_mark(
    catalogue: Callable[[str], Countdown],
) -> None:
    """Where stripping accents does not help; two for a wide one, so that rows stay in line."""
    error = UnicodeEncodeError("ascii", "é木", 0, 2, "")
    assert messages.strip_accents(error) == ("e??", 2)
    for text, shown in (("木", "??"), ("木と", "????"), ("ш", "?"), ("Ａ", "A "), ("\u0301ж", "?")):
        error = UnicodeEncodeError("ascii", text, 0, len(text), "")
        assert messages.strip_accents(error) == (shown, len(text))
    with pytest.raises(UnicodeDecodeError):
        messages.strip_accents(UnicodeDecodeError("ascii", b"x", 0, 1, ""))


def test_wide_and_combining_characters_keep_the_columns_straight(
    catalogue: Callable[[str], Countdown],
) -> None:
    """Two cells for an ideograph, none for an accent of its own."""
    countdown = catalogue(
        '[[release]]\nid = "a"\ntitle = "千と千尋の神隠し"\nkind = "film"\ndate = 2026-11-25\n'
        '[[release]]\nid = "b"\ntitle = "Ame\\u0301lie"\nkind = "film"\ndate = 2026-11-26\n'
    )
    rows = countdown("list", "--format", "table").out.splitlines()[4:6]
    assert cell_len(rows[0].partition("Wed 25")[0]) == cell_len(rows[1].partition("Thu 26")[0])


def test_rich_markup_in_a_title_is_only_text(catalogue: Callable[[str], Countdown]) -> None:
    """Square brackets are drawn, not obeyed; an unbalanced one is no error."""
    countdown = catalogue(
        '[[release]]\nid = "a"\ntitle = "[rec] 4 [/b] [red]x[/red] :smile:"\nkind = "film"\n'
        'synopsis = "[link=https://example.org]click[/link]"\n'
        'cast = [{ name = "[bold]A[/bold]", role = "[/]" }]\n'
    )
    title = "[rec] 4 [/b] [red]x[/red] :smile:"
    assert title in countdown("list", "--format", "table").out
    page = countdown("show", "a", "--format", "table").out
    for text in (title, "[link=https://example.org]click[/link]", "[bold]A[/bold]", "[/]"):
        assert text in page


ESCAPES: Final = (
    *(r"\u001b]0;pwned\u0007", r"\u009b31m", r"\u202e", r"\u0000", r"\u0085", r"\u2066"),
)
KEYS: Final = ("title", "synopsis", "stage_note", "aliases", "franchise", "platform", "director")


@pytest.mark.parametrize(("escape", "key"), pairs(ESCAPES, KEYS))
def test_a_catalogue_cannot_drive_the_terminal(
    catalogue: Callable[[str], Countdown], escape: str, key: str
) -> None:
    """Control and bidi characters are refused in every field, and told as letters."""
    value = (
        f'["x{escape}"]'
        if key in ("aliases", "franchise", "platform", "director")
        else (f'"x{escape}"')
    )
    title = "" if key == "title" else 'title = "A"\n'
    countdown = catalogue(f'[[release]]\nid = "a"\nkind = "film"\n{title}{key} = {value}\n')
    for command in (["list"], ["list", "--json"], ["show", "a"], ["search", "x"], ["check"]):
        ran = countdown(*command)
        assert (ran.code, ran.out) == (3, "")
        assert "control character" in ran.err
        assert all(character.isprintable() or character == "\n" for character in ran.err)


def test_build_reports_progress_to_the_end(
    countdown: Countdown, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether that is shown depends on how long it takes."""
    told: list[tuple[str, int, int]] = []
    monkeypatch.setattr(progress, "report", lambda *step: told.append(step))
    shutil.rmtree(os.environ["XDG_CACHE_HOME"])
    countdown("list")
    assert list(dict.fromkeys(what for what, _, _ in told)) == ["Reading", "Indexing"]
    assert told[-1] == ("Indexing", 16, 16)


def test_a_build_is_announced_to_a_screen_reader(
    countdown: Countdown, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether that is said depends on how long it takes, too."""
    told: list[tuple[str, int, int]] = []
    monkeypatch.setattr(progress, "announce", lambda *step: told.append(step))
    shutil.rmtree(os.environ["XDG_CACHE_HOME"])
    countdown("list", "--accessible")
    assert told[-1] == ("Indexing", 16, 16)


@pytest.mark.parametrize("name", ["countdown", "shipped"])
def test_index_that_is_there_is_not_built(
    name: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else these tests would take twice their time, and nobody would know."""
    monkeypatch.setattr(progress, "report", lambda *step: pytest.fail(str(step)))
    assert request.getfixturevalue(name)("list").code == 0


def test_a_long_build_shows_progress_on_a_terminal_only(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Past its patience, and wiped when done; a pipe is told nothing."""
    progress._bar.cache_clear()  # Another test in this process may have drawn one.
    clock, later = time.monotonic, -1000.0
    monkeypatch.setattr(time, "monotonic", lambda: clock() + later)
    progress.report("Indexing", 0, 10)
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    progress.report("Indexing", 0, 10)
    assert capsys.readouterr().err == ""
    later = 0.0
    progress.report("Reading", 0, progress.LARGE_BYTES)
    bar, _ = progress._bar()
    assert bar.live.is_started
    later = 2 * progress.DELAY_S
    progress.report("Indexing", 5, 10)
    assert bar.live.is_started
    progress.report("Indexing", 10, 10)
    assert not bar.live.is_started
    out, err = capsys.readouterr()
    assert out == ""
    assert "Indexing the catalogue" in err
    progress._bar.cache_clear()


def test_asking_a_source_shows_progress_on_a_terminal_only(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """After two seconds, even if no answer comes, and gone at the end."""
    with progress.of_sources(is_accessible=False) as report:
        report("Wikidata", 0, 10)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    with progress.of_sources(is_accessible=False) as report:
        report("Wikidata", 0, 10)
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(progress, "DELAY_S", 0.2)
    with progress.of_sources(is_accessible=False) as report:
        report("Wikidata", 0, 0)  # Nothing else is told, and the answer takes its time.
        until_written(capsys, "Asking Wikidata")
    capsys.readouterr()
    monkeypatch.setattr(progress, "DELAY_S", 0)
    started = threading.active_count()
    with progress.of_sources(is_accessible=False) as report:
        while threading.active_count() > started:
            time.sleep(0.01)  # Until the two seconds are over.
        assert capsys.readouterr().err == ""
        report("Wikidata", 0, 0)
        drawn = until_written(capsys, "Asking Wikidata")
        report("TVmaze", 5, 10)
    drawn += capsys.readouterr().err
    assert "Asking TVmaze" in drawn
    assert " 50%" in drawn
    assert drawn.count("\x1b[?25l") == drawn.count("\x1b[?25h")  # The cursor is there again.


def test_screen_reader_gets_a_line_for_each_source(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Instead of a bar that moves."""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(progress, "DELAY_S", 0)
    with progress.of_sources(is_accessible=True) as report:
        report("Friends", 0, 0)
        drawn = until_written(capsys, "Asking Friends. This can take minutes.")
        for title in ("Friends", "Family", "Family"):
            report(title, 1, 10)
    drawn += capsys.readouterr().err
    assert drawn.count("This can take minutes.\n") == 2


def until_written(capsys: pytest.CaptureFixture[str], text: str) -> str:
    """What was written to stderr once *text* was."""
    drawn = ""
    while text not in drawn:
        time.sleep(0.01)
        drawn += capsys.readouterr().err
    return drawn
