"""Asks the user at a terminal; Ctrl-D and Ctrl-C cancel."""

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Final

import click

from countdown.cli.messages import PROGRAM, warn
from countdown.core.wrapping import wrapped
from countdown.errors import CountdownError
from countdown.formats.terminal_size import terminal_size

_YES_OR_NO: Final = {"": "y", "y": "y", "yes": "y", "n": "n", "no": "n"}  # Enter is yes


@contextmanager
def eof_as_error(message: str) -> Iterator[None]:
    """Turn Ctrl-D in the block into a CountdownError with *message*; Ctrl-C writes that too.

    Click raises one exception for Ctrl-D and Ctrl-C; the latter becomes a KeyboardInterrupt again.
    """
    lines = ("", message)  # The empty one ends the line of the question.
    try:
        yield
    except (EOFError, KeyboardInterrupt, click.Abort) as error:
        if isinstance(error, KeyboardInterrupt) or isinstance(error.__context__, KeyboardInterrupt):
            warn(*lines)
            raise KeyboardInterrupt from None
        raise CountdownError(*lines) from None


def ask_letter(question: str, *, cancelled: str) -> str:
    """The letter of the answer to *question*, `[g]o on, or [l]eave it?`; Enter is the first.

    The whole word is also an answer. Raises CountdownError with *cancelled* at Ctrl-D.
    """
    letters: dict[str, str] = {}
    for part in question.split("[")[1:]:
        letter, _, rest = part.partition("]")
        letters |= {letter: letter, letter + rest.split(" ")[0].rstrip(",?"): letter}
    return _ask(question, letters, default=next(iter(letters)), cancelled=cancelled)


def confirm(question: str, *, cancelled: str, default: bool = True) -> bool:
    """True if the answer to *question* is yes; Enter is the *default*.

    Raises CountdownError with *cancelled* at Ctrl-D.
    """
    answers = _YES_OR_NO if default else {**_YES_OR_NO, "": "n"}
    letters = "[Y/n]" if default else "[y/N]"
    return _ask(f"{question} {letters}", answers, default="", cancelled=cancelled) == "y"


def choose(question: str, count: int, *, cancelled: str) -> int | None:
    """The number of 1 to *count* that the user types; None for Enter.

    Raises CountdownError with *cancelled* at Ctrl-D.
    """
    answers = {str(number): str(number) for number in range(1, count + 1)}
    typed = _ask(question, {"": "", **answers}, default="", cancelled=cancelled)
    return int(typed) if typed else None


def in_lines(question: str, *, room: int = 0) -> str:
    """*question* in lines that fit the terminal at stderr, the last one with *room* for more."""
    text = question.rstrip(" ")
    end = question[len(text) :]
    columns = terminal_size(sys.stderr).columns - len(end) - room
    return "\n".join(wrapped(text, columns, program=PROGRAM)) + end


def _ask(question: str, answers: Mapping[str, str], *, default: str, cancelled: str) -> str:
    """The one of *answers* that the user types; asks again until it is one."""
    question = in_lines(question, room=len(f" [{default}]: "))
    while True:
        with eof_as_error(cancelled):
            typed: str = click.prompt(
                question, default=default, show_default=bool(default), err=True
            )
        answer = answers.get(typed.strip().casefold())
        if answer is not None:
            return answer
        *letters, last = filter(None, dict.fromkeys(answers.values()))
        warn(f'"{typed}" isn\'t an answer. Type {", ".join(letters)} or {last}.')
