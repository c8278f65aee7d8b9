"""`countdown add` without a title: a release asked for, fact by fact."""

import os
import signal
import sys
import warnings
from collections.abc import Callable, Iterator
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
NONE = dict.fromkeys(
    ("Date", "Stage", "Platform", "Director", "Cast", "Franchise", "What", "Where"), ""
)


@pytest.fixture
def asking(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> Asking:
    """`countdown add` at a terminal whose user answers by the first word of the question.

    An answer is one text or a list of them; *prompts* holds what was asked.
    """

    def ran(*words: str, sure: Any = "y", **answers: Any) -> Ran:
        waiting: dict[str, Any] = {**NONE, "Kind": "", "sure": sure, **answers}
        prompts: list[str] = []

        def answered(prompt: str) -> str:
            prompts.append(prompt)
            word = prompt.replace(":", " ").replace(",", " ").split()[0]
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
    assert "Ctrl-C ends without adding anything" in ran.err
    assert "  title = Amélie 2\n  kind = film\n" in ran.err


def test_all_answers_are_facts(shelf: Shelf, asking: Asking) -> None:
    """As the options would have them; of lists, one more is asked for until there is none."""
    ran = asking(
        Title=" Andor ",
        Kind="season",
        Season="3",
        Date=["BR=2028-05", "US=2028-04"],
        Stage="filming",
        Platform=["Disney+"],
        Cast=["Diego Luna as Cassian Andor", "Adria Arjona"],
        What="Sand.",
        Where=["https://x.y"],
    )
    assert ran.code == 0, ran.err
    assert "Cast: NAME, or NAME as ROLE, or nothing: " in ran.err
    assert ran.err.count("Cast: NAME, or NAME as ROLE, one more: ") == 2
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
        "dates": [{"region": "BR", "date": "2028-05"}, {"region": "US", "date": "2028-04"}],
        "sources": ["https://x.y"],
    }


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"Title": ["", "X"]}, "The title, without season or year. It can't be left out."),
        ({"Title": ["\x1b[2J", "X"]}, "has the control character \\x1b; remove it"),
        ({"Title": ["\udcff", "X"]}, "has the control character \\udcff; remove it"),
        ({"Kind": ["movie", "film"]}, '"movie" is not known; known are film'),
        ({"Date": ["soon"]}, '"soon": not a date that this program knows; write one like'),
        ({"Date": ["=2027"]}, 'write one like "Q4 2027", BR=2027-12-16 or BR/theatrical'),
        ({"Date": ["2027", "2028"]}, "a second date for worldwide, no type; one region"),
        ({"Date": ["BR=2027", "XX=2028"]}, 'region: "XX" is no region; two letters of ISO'),
        ({"Stage": ["filmed", "filming"]}, '"filmed" is not known; did you mean "filming"?'),
        ({"Where": ["example.org"]}, '"example.org" is no web address; write "https://'),
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
    """As announcements say it; and a guess is echoed once, at the end."""
    ran = asking(Title="X", Date="TBA")
    assert (ran.code, "dates =" in ran.err) == (0, False)
    assert {"date", "dates"}.isdisjoint(shelf.last)
    ran = asking("--date", "tomorrow", Title="Y")
    assert ran.err.count('--date: "tomorrow" read as ') == 1


def test_what_is_given_is_not_asked(shelf: Shelf, asking: Asking) -> None:
    """But it is checked before anything is asked."""
    ran = asking("--date", "2028", "--kind", "series", "--cast", "A", Title="X")
    assert ran.code == 0
    assert "Date" not in ran.err
    assert shelf.last["date"] == "2028"
    ran = asking("--date", "soon", Title="Y")
    assert ran.code == errors.USAGE
    assert "Title" not in ran.err


@pytest.mark.parametrize(
    ("words", "title", "ids", "said"),
    [
        ((), "Thor 5", ["dune-3", "thor-5-mine"], ['id "thor-5" already', 'id "dune-3" already']),
        ((), "雷神", ["", "thor-5-mine"], ["(the title has no letter of a to z)"] * 2),
        ((), "Thor 5", ["Thor V", "thor-5-mine"], ["already", '"Thor V" is no identifier; use']),
        (("--id", "dune-3"), "X", ["thor-5-mine"], ['id "dune-3" already']),
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
    asked = [line for line in ran.err.splitlines() if line.startswith("Id of a-z, 0-9 and - (")]
    assert len(asked) == len(said)
    assert all(one in line for one, line in zip(said, asked, strict=True))
    assert shelf.last["id"] == "thor-5-mine"


def test_an_id_of_what_is_hidden_is_taken(shelf: Shelf, asking: Asking) -> None:
    """No index has it, but the catalogue."""
    shelf.ran("hide", "thor-5")
    assert asking(Title="Thor 5", Id=["thor-5-mine"]).code == 0
    assert shelf.last["id"] == "thor-5-mine"


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
@pytest.mark.parametrize("where", ["Title", "Cast", "sure"])
def test_it_can_be_left_at_any_question(
    shelf: Shelf, asking: Asking, stop: BaseException, code: int, where: str
) -> None:
    """By Ctrl-C, which ends the program as a signal does, and by Ctrl-D, which is an answer."""
    ran = asking(**{"Title": "X", where: [stop]})
    assert (ran.code, ran.out) == (code, "")
    assert ran.err.endswith("Nothing added.\n") == (code == errors.NOTHING_FOUND)
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
        "without a terminal to ask at, name the release: "
        'countdown add "Extraction 4" --date "Q4 2027"\n'
    )


def test_a_broken_catalogue_is_told_before_anything_is_asked(shelf: Shelf, asking: Asking) -> None:
    """Nobody answers in vain."""
    shelf.write("format = 1\nnonsense = 2\n")
    ran = asking(Title="X")
    assert ran.code == errors.CATALOGUE
    assert ran.err.startswith(f"{shelf.path}:2:1: nonsense: unknown key")
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
    """Names are completed as written, a wrong answer mended, an id chosen before the rest."""
    for question, answer in (
        ("Title: ", "Qux"),
        (r"Kind \(film, .*\) \[film\]: ", "fi\t"),
        (r'Id of a-z, 0-9 and - \(there is a release with the id "qux" already\): ', "qux-2"),
        ("Date: .*, or nothing: ", "soon"),
        (r'"soon": not a date.*\r\nDate: .*, or nothing: ', "Q4 2027"),
        ("Date: .*, one more: ", ""),
        (r"Stage \(.*\): ", ""),
        ("Platform, or nothing: ", ""),
        ("Director, or nothing: ", "angstr\t"),
        ("Director, one more: ", ""),
        ("Cast: .*, or nothing: ", "zyx\t as Xy"),
        ("Cast: .*, one more: ", ""),
        ("Franchise, or nothing: ", ""),
        ("What it is about.*: ", ""),
        ("Where you read it.*, or nothing: ", ""),
        (r"Add it\? \[Y/n\]: ", "y"),
    ):
        terminal.expect(question)
        terminal.send(f"{answer}\r")
    terminal.expect("Added Qux \\(qux-2\\): Q4 2027")
    terminal.expect("countdown undo takes it back")
    terminal.expect(pexpect.EOF)
    terminal.wait()
    assert terminal.exitstatus == 0
    assert shelf.last == {
        "id": "qux-2",
        "title": "Qux",
        "kind": "film",
        "director": ["Zyxel Ängström"],
        "cast": [{"name": "Zyxel Ängström", "role": "Xy"}],
        "date": "2027-36",
    }


def test_ctrl_c_at_a_terminal_adds_nothing(shelf: Shelf, terminal: "pexpect.spawn[str]") -> None:
    """Nor is a traceback seen."""
    terminal.expect("Title: ")
    terminal.send("Qux 3\r")
    terminal.expect("Kind")
    # One that comes between the question and the system call that reads the answer is only seen
    # after the call, and so a user presses it again.
    for _ in range(30):
        terminal.sendintr()
        if terminal.expect([pexpect.EOF, pexpect.TIMEOUT], timeout=1) == 0:
            break
    terminal.wait()
    assert (terminal.signalstatus, shelf.text) == (signal.SIGINT, MINE)
    assert "Traceback" not in (terminal.before or "")
