"""Questions at a terminal, asked until there is an answer."""

import os

import pexpect
import pytest

from countdown.cli import questions
from countdown.errors import CountdownError
from tests import preloaded


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Lines that the user types; none is Ctrl-D."""
    lines: list[str] = []

    def read(_: str) -> str:
        if not lines:
            raise EOFError
        return lines.pop(0)

    monkeypatch.setattr("click.termui.visible_prompt_func", read)
    return lines


@pytest.mark.parametrize(
    ("answer", "letter"),
    [("", "e"), ("e", "e"), (" K ", "k"), ("keep", "k"), ("Edit", "e"), ("give", "g")],
)
def test_a_letter_its_word_or_enter_is_an_answer(
    typed: list[str], answer: str, letter: str
) -> None:
    """In any case; Enter is the first one."""
    typed += [answer]
    question = "[e]dit again, [k]eep it, or [g]ive?"
    assert questions.ask_letter(question, cancelled="No.") == letter


def test_another_key_is_refused_and_asked_again(
    typed: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """With the answers that there are, in the words of this program."""
    typed += ["?", "\x1b[2J", "k"]
    assert questions.ask_letter("[e]dit again, or [k]eep it?", cancelled="No.") == "k"
    err = capsys.readouterr().err
    places = [err.index(f"{text} isn't an answer") for text in ('"?"', '"\\x1b[2J"')]
    assert places == sorted(places)
    assert "Type e or k.\n" in err
    typed += ["perhaps", "no"]
    assert not questions.confirm("Sure?", cancelled="No.")
    assert '"perhaps" isn\'t an answer. Type y or n.\n' in capsys.readouterr().err


@pytest.mark.parametrize(("answer", "yes"), [("", True), ("YES", True), ("y", True), ("n", False)])
def test_enter_is_yes(typed: list[str], answer: str, yes: bool) -> None:
    """As [Y/n] says."""
    typed += [answer]
    assert questions.confirm("Sure?", cancelled="No.") is yes


def test_ctrl_d_is_no_answer(typed: list[str]) -> None:
    """It ends the command."""
    assert not typed
    with pytest.raises(CountdownError) as caught:
        questions.confirm("Sure?", cancelled="Nothing added.")
    assert caught.value.lines[-1] == "Nothing added."


def test_ctrl_c_says_what_ctrl_d_says(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """In a line of its own, below that of the question."""

    def interrupt(_: str) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr("click.termui.visible_prompt_func", interrupt)
    with pytest.raises(KeyboardInterrupt):
        questions.confirm("Sure?", cancelled="Nothing was added.")
    assert capsys.readouterr().err.endswith("\nNothing was added.\n")
    with pytest.raises(KeyboardInterrupt), questions.eof_as_error("None."):
        raise KeyboardInterrupt
    assert capsys.readouterr().err == "\nNone.\n"


def test_question_is_broken_between_words(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """With room for the answer that Enter gives."""
    prompts: list[str] = []

    def read(prompt: str) -> str:
        prompts.append(prompt)
        return ""

    monkeypatch.setattr("click.termui.visible_prompt_func", read)
    monkeypatch.setenv("COLUMNS", "24")
    questions.ask_letter("[e]dit it once again, [g]ive up?", cancelled="No.")
    shown = capsys.readouterr().err + "".join(prompts)
    assert shown.rstrip() == "[e]dit it once\nagain, [g]ive up? [e]:"


@pytest.mark.usefixtures("indexed_shipped")
def test_narrow_terminal_asks_in_whole_words() -> None:
    """A terminal would break them anywhere."""
    command, *words = preloaded.words_on_terminal()
    child: pexpect.spawn[str] = pexpect.spawn(
        command,
        [*words, "add"],
        env={name: text for name, text in os.environ.items() if name not in ("COLUMNS", "LINES")},
        dimensions=(24, 40),
        encoding="utf-8",
        timeout=60,
    )
    child.expect_exact("Title: ")
    child.sendline("Some Film")
    child.expect_exact("When? A day, June 2027, Q4 2027;\r\nBR=2027-12-16 for a region: ")
    child.sendeof()
    child.expect_exact("Nothing added.")
    child.close()
