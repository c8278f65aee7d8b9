"""`countdown add` without a title asks for a release, fact by fact."""

import os
import re
import signal
import subprocess
import sys
import warnings
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pexpect
import pytest

from countdown import errors
from countdown.cli import interview
from tests.cli.conftest import Ran
from tests.cli.shelf import Shelf
from tests.terminals import hang_up

Asking = Callable[..., Ran]
# Season is asked for only where it is one.
TAKEN = 'already a release with the id "{}"'
QUESTIONS = "When With Where More Kind Stage Director Franchise What Source"
NONE = dict.fromkeys(QUESTIONS.split(), "")


@pytest.fixture
def asking(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> Asking:
    """`countdown add` at a terminal whose user answers by the first word of the question.

    An answer is one text or a list of them; *prompts* holds what was asked.
    """

    def ran(*words: str, sure: Any = "y", **answers: Any) -> Ran:
        waiting: dict[str, Any] = {**NONE, "sure": sure, **answers}
        prompts: list[str] = []

        def answered(prompt: str) -> str:
            prompts.append(prompt)
            word = re.split(r"[:,?' ]", prompt.strip())[0]
            answer = waiting[word]
            found = (answer.pop(0) if answer else "") if isinstance(answer, list) else answer
            if isinstance(found, BaseException):
                raise found
            return str(found)

        monkeypatch.setattr("builtins.input", answered)
        monkeypatch.setattr("click.termui.visible_prompt_func", lambda _: answered("sure"))
        monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
        monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
        found = shelf.run("add", *words)
        return found._replace(err="\n".join([*prompts, found.err]))

    return ran


def test_an_empty_answer_leaves_it_out(shelf: Shelf, asking: Asking) -> None:
    """A film with nothing but a title is enough."""
    ran = asking(Title="Amélie 2")
    assert (ran.code, ran.out) == (0, "Added Amélie 2 (amelie-2): no date announced\n")
    assert shelf.releases == [{"id": "amelie-2", "title": "Amélie 2", "kind": "film"}]
    assert ran.err.startswith("Title: \nWhen? ")
    assert "Press Enter to skip a question, Ctrl-C to cancel.\n" in ran.err
    assert "  title = Amélie 2\n  kind = film\n" in ran.err


def test_date_that_is_to_be_announced_is_none(shelf: Shelf, asking: Asking) -> None:
    """As with the option."""
    assert asking(Title="Dune 4", When="TBA").code == 0
    assert shelf.last == {"id": "dune-4", "title": "Dune 4", "kind": "film"}


def test_four_questions_are_enough(shelf: Shelf, asking: Asking) -> None:
    """Names are parted by commas and spelt as they are known; the rest is only asked for more."""
    ran = asking(
        Title="Dune 4", When="Q4 2027", With="zendaya as Chani, Anya Taylor-Joy", Where="max, HBO"
    )
    assert ran.code == 0, ran.err
    prompts = ran.err.splitlines()[:5]
    assert [line.partition(" ")[0] for line in prompts] == [
        *("Title:", "When?", "With", "Where?", "More?")
    ]
    assert "Kind" not in ran.err
    assert shelf.last == {
        "id": "dune-4",
        "title": "Dune 4",
        "kind": "film",
        "platform": ["Max", "HBO"],
        "cast": [{"name": "Zendaya", "role": "Chani"}, "Anya Taylor-Joy"],
        "date": "2027-36",
    }


def test_all_answers_are_facts(shelf: Shelf, asking: Asking) -> None:
    """As the options would have them, in the words that people type."""
    ran = asking(
        Title=" Andor ",
        When="BR=2028-05, US/tv=Nov 6, 2028",
        With="Diego Luna as Cassian Andor, Adria Arjona",
        Where="Disney+",
        More="Y",
        Kind="season",
        Season="3",
        Stage="shooting",
        What="Sand.",
        Source="https://x.y",
    )
    assert ran.code == 0, ran.err
    assert "  cast = Diego Luna as Cassian Andor, Adria Arjona\n" in ran.err
    found = shelf.last
    assert str(found.pop("checked")) == "2026-11-22"
    assert found == {
        "id": "andor-season-3",
        "title": "Andor",
        "kind": "season",
        "season": 3,
        "platform": ["Disney+"],
        "cast": [{"name": "Diego Luna", "role": "Cassian Andor"}, "Adria Arjona"],
        "synopsis": "Sand.",
        "stage": "filming",
        "dates": [
            {"region": "BR", "date": "2028-05"},
            {"region": "US", "type": "tv", "date": date(2028, 11, 6)},
        ],
        "sources": ["https://x.y"],
    }


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"Title": ["", "X"]}, "Title can't be empty."),
        ({"Title": ["\x1b[2J", "X"]}, "Has the control character \\x1b. Remove it."),
        ({"Title": ["\udcff", "X"]}, "Has the control character \\udcff. Remove it."),
        ({"Kind": ["opera", "movie"], "More": "yes"}, 'Unknown value "opera". Choose film'),
        ({"When": ["soon"]}, '"soon": Can\'t read that as a date. Write one like'),
        ({"When": ["=2027"]}, 'Write one like "Q4 2027", BR=2027-12-16 or BR/theatrical'),
        (
            {"When": ["worldwide=2027, worldwide=2028", ""]},
            "There's already a date for worldwide, no type. If it changed",
        ),
        ({"When": ["BR=2027, br=2028", ""]}, "There's already a date for BR, no type"),
        (
            {"Stage": ["filmed", "filming"], "More": "y"},
            'Unknown value "filmed". Did you mean "filming"?',
        ),
        (
            {"Source": ["example"], "More": "y"},
            '"example" isn\'t a web address. Write "https://',
        ),
    ],
)
def test_a_wrong_answer_is_told_and_asked_again(
    shelf: Shelf, asking: Asking, answers: dict[str, list[str]], said: str
) -> None:
    """In the words of the checker; nothing that was right has to be said again."""
    ran = asking(**{"Title": "X", **answers})
    assert ran.code == 0, ran.err
    assert f"  {said}" in ran.err
    assert shelf.last["title"] == "X"


def test_a_date_that_is_not_announced_is_left_out(shelf: Shelf, asking: Asking) -> None:
    """As announcements say it."""
    ran = asking(Title="X", Date="TBA")
    assert (ran.code, "dates =" in ran.err) == (0, False)
    assert {"date", "dates"}.isdisjoint(shelf.last)


@pytest.mark.parametrize(
    ("when", "readings", "summary"),
    [
        ("12/3/2027", ['"12/3/2027" as Friday, Dec 3, 2027.'], "date = Dec 3, 2027"),
        ("2027-12-03", [], "date = Dec 3, 2027"),
        ("q4 2027", [], "date = Q4 2027"),
        (
            "BR=tomorrow, US/tv=in 2 days",
            ['"tomorrow" as Monday, Nov 23, 2026.', '"in 2 days" as Tuesday, Nov 24, 2026.'],
            "dates = BR=Nov 23, 2026, US/tv=Nov 24, 2026",
        ),
    ],
)
def test_a_date_is_shown_as_it_was_read(
    shelf: Shelf,
    asking: Asking,
    monkeypatch: pytest.MonkeyPatch,
    when: str,
    readings: list[str],
    summary: str,
) -> None:
    """Below the answer if that was a guess, and in the summary, before anything is added."""
    monkeypatch.setenv("LC_TIME", "en_US.UTF-8")
    ran = asking(Title="Z", When=["soon", when], sure="n")
    lines = ran.err.splitlines()
    assert [line for line in lines if 'Reading "' in line] == [f"  Reading {x}" for x in readings]
    assert f"  {summary}" in lines
    assert lines[-1].endswith("Nothing added.")


def test_a_date_of_an_option_is_echoed_before_the_questions(asking: Asking) -> None:
    """Once."""
    ran = asking("--date", "tomorrow", Title="Y")
    assert ran.code == 0
    assert ran.err.count('--date: Reading "tomorrow" as ') == ran.err.count("Reading") == 1
    assert ran.err.index("Reading") < ran.err.index("Press Enter")


@pytest.mark.parametrize("title", ["Thor 5", "thor 5!", "Dune Messiah", "Mein Film"])
def test_a_title_that_is_there_is_told_before_anything_else_is_asked(
    mine: Shelf, asking: Asking, title: str
) -> None:
    """With the way to change it, also of an alias or a translated title; Enter ends it."""
    mine.ran("edit", "short", "--title-in", "de=Mein Film")
    id = {"Dune Messiah": "dune-3", "Mein Film": "short"}.get(title, "thor-5")
    before = mine.text
    ran = asking(Title=title, Add="")
    assert (ran.code, mine.text) == (errors.NOTHING_FOUND, before)
    assert f"({id}). To change it: countdown edit {id} " in " ".join(ran.err.split())
    assert "Nothing added.\n" in ran.err
    assert "When" not in ran.err


def test_another_release_of_a_title_is_added_on_purpose(shelf: Shelf, asking: Asking) -> None:
    """Its id is its own; nothing is asked of a kind that has no such title."""
    ran = asking(Title="Thor 5", Add="y", When="2027")
    assert (ran.code, shelf.last["id"]) == (0, "thor-5-2027")
    assert asking(Title="Thor 5", Add="yes").code == 0
    assert shelf.last["id"] == "thor-5-2"
    assert asking("--kind", "short", Title="Thor 5").code == 0
    assert shelf.last["id"] == "thor-5-3"


@pytest.mark.parametrize(
    ("stages", "answers", "stage"),
    [
        (["filmng"], [""], "filming"),
        (["shoting"], ["y"], "filming"),
        (["planed"], ["Yes"], "announced"),
        (["filmng", "wrapped"], ["n"], "wrapped"),
        (["xyzzy", "in production"], [], "filming"),
    ],
)
def test_near_miss_of_a_choice_is_offered(
    stages: list[str], answers: list[str], stage: str, shelf: Shelf, asking: Asking
) -> None:
    """By its own name; what is no near miss is answered with what can be said."""
    ran = asking(Title="X", More="y", Stage=[*stages], Did=[*answers])
    assert ran.code == 0, ran.err
    assert shelf.last["stage"] == stage
    assert len(re.findall(r"Did you mean [a-z-]+\? \[Y/n\]", ran.err)) == len(answers)


def test_what_is_given_is_not_asked(shelf: Shelf, asking: Asking) -> None:
    """But it is checked before anything is asked."""
    ran = asking("--date", "2028", "--kind", "series", "--cast", "A", Title="X")
    assert ran.code == 0
    assert "When" not in ran.err
    assert shelf.last["date"] == "2028"
    ran = asking("--date", "soon", Title="Y")
    assert ran.code == errors.USAGE
    assert "Title" not in ran.err


@pytest.mark.parametrize(
    ("words", "title", "ids", "said"),
    [
        (
            ("--id", "thor-5"),
            "X",
            ["Thor V", "thor-5-mine"],
            [TAKEN.format("thor-5"), "Thor V\" isn't a valid id. Use"],
        ),
        (("--id", "dune-3"), "X", ["thor-5-mine"], [TAKEN.format("dune-3")]),
        (("--id", "thor-5-mine"), "X", [], []),
    ],
)
def test_an_id_that_will_not_do_is_asked_for(
    shelf: Shelf,
    asking: Asking,
    words: tuple[str, ...],
    title: str,
    ids: list[str],
    said: list[str],
) -> None:
    """Until there is one that is free."""
    ran = asking(*words, Title=title, Id=[*ids])
    assert ran.code == 0, ran.err
    asked = [line for line in ran.err.splitlines() if line.startswith("Id, in a-z, 0-9 and - (")]
    assert len(asked) == len(said)
    assert all(one in line for one, line in zip(said, asked, strict=True))
    assert shelf.last["id"] == "thor-5-mine"


def test_an_id_of_what_is_hidden_is_taken(shelf: Shelf, asking: Asking) -> None:
    """No index has it, but the catalogue. It's said how to see it again."""
    shelf.ran("hide", "thor-5")
    ran = asking(Title="Thor 5", Add="y")
    assert ran.code == 0
    assert "It's hidden. To see it:\n  countdown unhide thor-5\n" in ran.err
    assert shelf.last["id"] == "thor-5-2"


@pytest.mark.parametrize("words", [("--ids", "tmdb=1170608"), ("--sequel-to", "nosuch")])
def test_what_can_not_be_added_is_told_before_anything_is_asked(
    words: tuple[str, ...], shelf: Shelf, asking: Asking
) -> None:
    """A release that is there already under another id, a sequel of nothing."""
    ran = asking(*words, Title="X")
    assert (ran.code, ran.err.count("Title")) == (errors.USAGE, 0)
    assert ran.err.startswith(words[0])


@pytest.mark.parametrize(
    ("stop", "code"),
    [(KeyboardInterrupt(), errors.INTERRUPTED), (EOFError(), errors.NOTHING_FOUND)],
)
@pytest.mark.parametrize("where", ["Title", "With", "More", "sure"])
def test_it_can_be_left_at_any_question(
    shelf: Shelf, asking: Asking, stop: BaseException, code: int, where: str
) -> None:
    """By Ctrl-C, which ends the program as a signal does, and by Ctrl-D, which is an answer.

    The message is in a line of its own: the question has no end.
    """
    ran = asking(**{"Title": "X", where: [stop]})
    assert (ran.code, ran.out) == (code, "")
    assert ran.err.endswith("\nNothing added.\n")
    assert not shelf.path.exists()


def test_nothing_is_added_without_a_yes(shelf: Shelf, asking: Asking) -> None:
    """The last question is whether to."""
    ran = asking(Title="X", sure="n")
    assert (ran.code, ran.out) == (errors.NOTHING_FOUND, "")
    assert ran.err.endswith("Nothing added.\n")
    assert not shelf.path.exists()
    assert asking(Title="X", sure="").code == 0


def test_without_a_terminal_nobody_is_asked(shelf: Shelf) -> None:
    """A script gets told what to write."""
    assert shelf.refused("add") == (
        "There's no terminal to ask you. Name the release: "
        'countdown add "Extraction 4" --date "Q4 2027"\n'
    )


@pytest.mark.parametrize("closed", ["<&-", "2>&-"])
def test_a_closed_stream_is_no_terminal(closed: str, indexed_shipped: None) -> None:
    """As some job runners start programs: there's nobody to ask, and no traceback."""
    ran = subprocess.run(
        ["/bin/sh", "-c", f'"$0" -m countdown add {closed}', sys.executable],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.returncode, ran.stdout) == (2, "")
    said = "There's no terminal to ask you. Name the release: "
    assert ran.stderr.startswith("" if closed == "2>&-" else said)
    assert "Traceback" not in ran.stderr


def test_a_broken_catalogue_is_told_before_anything_is_asked(shelf: Shelf, asking: Asking) -> None:
    """Nobody answers in vain."""
    shelf.write("format = 1\nnonsense\n")
    ran = asking(Title="X")
    assert ran.code == errors.CATALOGUE
    assert ran.err.startswith(f"{shelf.path}:2:9:")
    assert "Title" not in ran.err


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("chris", ["Chris Hemsworth", "chris evans"]),
        ("hems", ["Chris Hemsworth", "Liam Hemsworth"]),
        ("penelope c", ["Penélope Cruz"]),
        ("L", ["Liam Hemsworth"]),
        ("", ["Chris Hemsworth", "Liam Hemsworth", "chris evans", "Penélope Cruz", "A (B)"]),
        ("a (", ["A (B)"]),
        ("emsworth", []),
        (" hems", [" Chris Hemsworth", " Liam Hemsworth"]),
    ],
)
def test_tab_offers_what_begins_so_else_what_has_a_word_that_does(
    text: str, found: list[str]
) -> None:
    """Whatever the case and the accents."""
    names = ["Chris Hemsworth", "Liam Hemsworth", "chris evans", "Penélope Cruz", "A (B)"]
    complete = interview._completer(names)
    assert [complete(text, state) for state in range(len(found) + 1)] == [*found, None]


# ---- at a real terminal ----

MINE = """\
format = 1

[[release]]
id = "qux"
title = "Qux"
kind = "film"
cast = ["Zyxel Ängström"]
"""


@pytest.fixture
def terminal(
    shelf: Shelf, interruptible: None, monkeypatch: pytest.MonkeyPatch
) -> Iterator["pexpect.spawn[str]"]:
    """`countdown add` in a pseudo-terminal, over the catalogue that is really shipped."""
    for name in os.environ:
        if name.startswith("COV"):  # Measured in this process; there it would be slow.
            monkeypatch.delenv(name)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("INPUTRC", "/dev/null")
    shelf.write(MINE)
    script = "import sys; from countdown.entry import main; sys.exit(main())"
    with warnings.catch_warnings():  # Of threads, in a process that is about to be another.
        warnings.simplefilter("ignore", DeprecationWarning)
        child: pexpect.spawn[str] = pexpect.spawn(
            sys.executable,
            ["-c", script, "add"],
            encoding="utf-8",
            dimensions=(30, 120),
            timeout=30,
        )
    child.delaybeforesend = None
    yield child
    hang_up(child)


def test_a_terminal_is_asked_with_tab(shelf: Shelf, terminal: "pexpect.spawn[str]") -> None:
    """Names are completed as written, a title that is there told, a wrong answer mended."""
    for question, answer in (
        ("Title: ", "Qux"),
        (r"\(qux\)\. To change it: countdown edit qux\r\n  Add another .*\? \[y/N\] ", "y"),
        (r"When\? .*: ", "soon"),
        (r'"soon": Can\'t read that.*\r\nWhen\? .*: ', "Q4 2027"),
        (r"With whom\? .*: ", "A B, zyx\t as Xy"),
        (r"Where\? .*: ", ""),
        (r"More\? \[y/N\] ", "y"),
        (r"Kind \(film, .*\) \[film\]: ", "fi\t"),
        (r"Stage \(.*\): ", ""),
        ("Director: ", "angstr\t"),
        ("Franchise: ", ""),
        ("What's it about.*: ", ""),
        ("Source URL: ", ""),
        (r"Add it\? \[Y/n\]: ", "y"),
    ):
        terminal.expect(question)
        terminal.send(f"{answer}\r")
    terminal.expect("Added Qux \\(qux-2027\\): Q4 2027")
    terminal.expect("To undo it: countdown undo")
    terminal.expect(pexpect.EOF)
    terminal.wait()
    assert terminal.exitstatus == 0
    assert shelf.last == {
        "id": "qux-2027",
        "title": "Qux",
        "kind": "film",
        "director": ["Zyxel Ängström"],
        "cast": ["A B", {"name": "Zyxel Ängström", "role": "Xy"}],
        "date": "2027-36",
    }


def test_ctrl_c_at_a_terminal_adds_nothing(shelf: Shelf, terminal: "pexpect.spawn[str]") -> None:
    """Nor is a traceback seen."""
    terminal.expect("Title: ")
    terminal.send("Qux 3\r")
    terminal.expect("When")
    # One that comes between the question and the system call that reads the answer is only seen
    # after the call, and so a user presses it again.
    for _ in range(30):
        terminal.sendintr()
        if terminal.expect([pexpect.EOF, pexpect.TIMEOUT], timeout=1) == 0:
            break
    terminal.wait()
    assert (terminal.signalstatus, shelf.text) == (signal.SIGINT, MINE)
    assert "Traceback" not in (terminal.before or "")
