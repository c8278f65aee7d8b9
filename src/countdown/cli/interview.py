"""A release asked for fact by fact, with Tab for what the catalogue knows. For `add`."""

import sys
from collections.abc import Callable, Iterator, Sequence, Set
from contextlib import contextmanager
from typing import Any, Final, NamedTuple

import click

from countdown.catalogue.schema import RELEASE
from countdown.cli import release_options
from countdown.cli.messages import warn
from countdown.cli.questions import unanswered
from countdown.cli.release_options import FACTS
from countdown.cli.session import Session
from countdown.core.text import escape_hostile, fold
from countdown.errors import CountdownError, UsageError

_MOST: Final = 200  # candidates that Tab shows
_NOTHING_ADDED: Final = "Nothing added."


class _Asked(NamedTuple):
    """A question for the fact *key*. *query* finds the names that Tab offers."""

    key: str
    words: str
    query: str = ""
    needed: bool = False


_NAMES: Final = {
    "people": "SELECT name FROM person",
    "platform": "SELECT name FROM label WHERE sort = 'platform'",
    "franchise": "SELECT name FROM label WHERE sort = 'franchise'",
    "title": "SELECT DISTINCT name FROM title",
}
_QUESTIONS: Final = (
    _Asked("title", "Title", "title", needed=True),
    _Asked("kind", "Kind"),
    _Asked("season", "Season, as a number"),
    _Asked("dates", "Date: a day, Q4 2027, June 2027, or for a region BR=2027-12-16"),
    _Asked("stage", "Stage"),
    _Asked("platform", "Platform", "platform"),
    _Asked("director", "Director", "people"),
    _Asked("cast", "Cast: NAME, or NAME as ROLE", "people"),
    _Asked("franchise", "Franchise", "franchise"),
    _Asked("synopsis", "What it is about, in a sentence"),
    _Asked("sources", "Where you read it: an address"),
)


def answers(
    current: Session, given: dict[str, Any], *, identifier: str | None, ids: Set[str]
) -> tuple[dict[str, Any], str | None]:
    """What the user at the terminal says of a release, with what is *given* already, and its id.

    As options would give it; each answer has passed the checker. The id is none of *ids*, and None
    if one made of the title will do. Raises UsageError if there is no terminal.
    """
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        hint = 'countdown add "Extraction 4" --date "Q4 2027"'
        raise UsageError(f"without a terminal to ask at, name the release: {hint}")
    warn("An empty answer leaves it out; Ctrl-C ends without adding anything.")
    found = dict(given)
    for question in _QUESTIONS:
        if question.key == "dates":  # By now it is known what an id is made of.
            found.setdefault("kind", "film")
            identifier = _another_id(found, identifier, ids)
        if question.key in given or (question.key == "season" and found.get("kind") != "season"):
            continue
        with _completion(_candidates(current, question)):
            answer = _several(question) if FACTS[question.key].several else _one(question, "")
        if answer:
            found[question.key] = answer
    _confirm(found)
    return found, identifier


def _another_id(found: dict[str, Any], identifier: str | None, ids: Set[str]) -> str | None:
    """*identifier*, or one of the user's choice if it won't do, nor one made of the title."""
    while True:
        try:
            made = identifier or release_options.slug(found)
            wrong = release_options.check({"id": made})
            if not wrong and made not in ids:
                return identifier
            taken = f'there is a release with the id "{made}" already'
            why = wrong[0].partition(": ")[2] if wrong else taken
        except UsageError:
            why = "the title has no letter of a to z"
        identifier = _line(escape_hostile(f"Id of a-z, 0-9 and - ({why}): ")).strip() or None


def _one(question: _Asked, again: str, before: Sequence[str] = ()) -> str:
    """One answer that is in order, also after those *before*, or nothing."""
    known = FACTS[question.key].known
    choices = f" ({', '.join(known)})" if known else ""
    default = " [film]" if question.key == "kind" else ""
    while True:
        text = _line(f"{question.words}{again}{choices}{default}: ").strip()
        wrong = _wrong(question, [*before, text]) if text else []
        if not text and question.needed:
            wrong = [f"{RELEASE[question.key].doc} It can't be left out."]
        if not wrong:
            return text
        for line in wrong:
            warn(f"  {line}")


def _several(question: _Asked) -> tuple[str, ...]:
    found: list[str] = []
    while answer := _one(question, ", one more" if found else ", or nothing", found):
        found.append(answer)
    return tuple(found)


def _wrong(question: _Asked, texts: Sequence[str]) -> list[str]:
    """What the checker has to say of *texts* as answers, without the names of options."""
    fact = FACTS[question.key]
    try:
        values = [fact.read(text) for text in texts]
    except ValueError as error:
        return [str(error)]
    found = release_options.check({question.key: values if fact.several else values[0]})
    return [line.partition(": ")[2] for line in found]


def _line(prompt: str) -> str:
    """A line typed by the user, with the readline that Python has."""
    with unanswered(_NOTHING_ADDED):
        return input(prompt)


def _confirm(found: dict[str, Any]) -> None:
    warn("")
    for key, value in found.items():
        told = value if isinstance(value, str) else ", ".join(value)
        warn(f"  {key} = {told}")
    with unanswered(_NOTHING_ADDED):
        sure = click.confirm("Add it?", default=True, err=True)
    if not sure:
        raise CountdownError(_NOTHING_ADDED)


def _candidates(current: Session, question: _Asked) -> Sequence[str]:
    """What Tab offers for *question*."""
    known = FACTS[question.key].known
    if known or not question.query:
        return known
    query = _NAMES[question.query]
    return current.ask(lambda index: [name for (name,) in index.execute(query)])


@contextmanager
def _completion(candidates: Sequence[str]) -> Iterator[None]:
    """Let Tab complete a whole line from *candidates*, by the beginning of any of their words."""
    try:
        import readline  # Deferred: not on every platform, and only here.
    except ImportError:  # pragma: no cover  # Windows
        yield
        return
    readline.set_completer_delims("")
    readline.set_completer(_completer(candidates))
    for way in ("set input-meta on", "set output-meta on", "set convert-meta off"):
        readline.parse_and_bind(way)  # Else an accent is a key of its own in the C locale.
    readline.parse_and_bind(
        "bind ^I rl_complete" if "libedit" in (readline.__doc__ or "") else "tab: complete"
    )
    try:
        yield
    finally:
        readline.set_completer(None)


def _completer(candidates: Sequence[str]) -> Callable[[str, int], str | None]:
    def complete(text: str, state: int) -> str | None:
        wanted = fold(text)
        found = [one for one in candidates if f" {fold(one)}".find(f" {wanted}") >= 0][:_MOST]
        starting = [one for one in found if one.casefold().startswith(text.casefold())]
        return (starting or found)[state] if state < len(starting or found) else None

    return complete
