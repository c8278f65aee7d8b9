"""Asks for the facts of a new release; Tab completes names of the catalogue."""

import re
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Final, NamedTuple

from countdown.catalogue.new_ids import make_id
from countdown.catalogue.overlays import UserCatalogue
from countdown.cli import date_arguments, release_options
from countdown.cli.messages import warn
from countdown.cli.questions import confirm, eof_as_error, in_lines
from countdown.cli.release_options import FACTS, FactTexts
from countdown.cli.session import Session
from countdown.core import synonyms, wording
from countdown.core.name_lists import NAME_KEYS, split_names
from countdown.core.text import fold
from countdown.errors import CountdownError, UsageError

_MAX_CANDIDATES: Final = 200  # that Tab shows
_MAX_NAMESAKES: Final = 3  # that are named
_NOTHING_ADDED: Final = "Nothing added."


class _Question(NamedTuple):
    """A question for the fact *key*. *names* is the sort of names that Tab offers."""

    key: str
    words: str
    names: str = ""
    required: bool = False


_NAME_QUERIES: Final = {
    "people": "SELECT name FROM person",
    "platform": "SELECT name FROM label WHERE kind = 'platform'",
    "franchise": "SELECT name FROM label WHERE kind = 'franchise'",
    "title": "SELECT DISTINCT name FROM title",
}
_QUESTIONS: Final = (
    _Question("title", "Title", "title", required=True),
    _Question("dates", "When? A day, June 2027, Q4 2027; BR=2027-12-16 for a region"),
    _Question("cast", "With whom? Names, or NAME as ROLE, with commas between", "people"),
    _Question("platform", "Where? Netflix, say, or nothing for theaters", "platform"),
)
_MORE_QUESTIONS: Final = (
    _Question("kind", "Kind"),
    _Question("season", "Season, as a number"),
    _Question("stage", "Stage"),
    _Question("director", "Director", "people"),
    _Question("franchise", "Franchise", "franchise"),
    _Question("synopsis", "What's it about, in a sentence"),
    _Question("sources", "Source URL"),
)
_DATE_COMMA: Final = re.compile(r",(?=[^,=]*=)")  # between dates of regions, not within a date


def ask_facts(
    current: Session, facts: FactTexts, *, identifier: str | None, catalogue: UserCatalogue
) -> tuple[FactTexts, str | None]:
    """*facts* with those that the user adds, in the form of options, and an id.

    Each answer has been checked, and dates have been echoed as they were read. The id isn't in
    *catalogue*; it is None if the one made from the title will do. Raises UsageError without a
    terminal, and CountdownError if the user cancels, for instance since the title exists.
    """
    if not all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stderr)):
        hint = 'countdown add "Extraction 4" --date "Q4 2027"'
        raise UsageError(f"There's no terminal to ask you. Name the release: {hint}")
    warn("Press Enter to skip a question, Ctrl-C to cancel.")
    answers = dict(facts)
    for question in _QUESTIONS:
        _answer(current, question, answers, given=facts)
        if question.key == "title":
            _check_title(current, answers, catalogue)
    if _is_yes(_line("More? [y/N] ")):
        for question in _MORE_QUESTIONS:
            _answer(current, question, answers, given=facts)
    answers.setdefault("kind", "season" if "season" in answers else "film")
    identifier = _ask_id(current, answers, identifier, catalogue.ids)
    _confirm(current, answers)
    return answers, identifier


def _answer(current: Session, question: _Question, answers: FactTexts, *, given: FactTexts) -> None:
    """Ask *question* and add the answer to *answers*, unless it is *given* or doesn't apply."""
    is_season = answers.get("kind") == "season"
    if question.key in given or (question.key == "season" and not is_season):
        return
    candidates = _candidates(current, question)
    with _completion(candidates, is_list=question.key in NAME_KEYS):
        texts = _ask(question, candidates, current)
    if texts:
        answers[question.key] = texts if FACTS[question.key].is_list else texts[0]


def _check_title(current: Session, answers: FactTexts, catalogue: UserCatalogue) -> None:
    """If the title exists, ask whether another release is meant. Raises CountdownError if not."""
    table = release_options.read_table(answers, today=current.now.today, echo=False)
    namesakes = catalogue.namesakes(table)
    for namesake in namesakes[:_MAX_NAMESAKES]:
        warn(f"  {namesake.sentence}")
    if namesakes and not _is_yes(_line("  Add another one of that title? [y/N] ")):
        raise CountdownError(_NOTHING_ADDED)


def _is_yes(answer: str) -> bool:
    return answer.strip().casefold() in ("y", "yes")


def _ask_id(
    current: Session, answers: FactTexts, identifier: str | None, taken: set[str]
) -> str | None:
    """*identifier* if it is valid and not *taken*, else one that the user types.

    None if the one made from the title is valid.
    """
    table = release_options.read_table(answers, today=current.now.today, echo=False)
    while True:
        id = identifier or make_id(table, taken)
        problems = release_options.check({"id": id}, {"id": ""})
        if not problems and id not in taken:
            return identifier
        duplicate = f'there\'s already a release with the id "{id}"'
        why = problems[0] if problems else duplicate
        identifier = _line(f"Id, in a-z, 0-9 and - ({why}): ").strip() or None


def _ask(question: _Question, candidates: Sequence[str], current: Session) -> tuple[str, ...]:
    """Valid texts for *question*, several for a list; none if the user skips it."""
    choices = FACTS[question.key].choices
    options = f" ({', '.join(choices)})" if choices else ""
    default = " [film]" if question.key == "kind" else ""
    while True:
        text = _line(f"{question.words}{options}{default}: ").strip()
        if question.key == "dates" and not release_options.without_undated({"dates": (text,)}):
            return ()
        texts = _split(question, text, candidates) if text else ()
        problems = _check(question, texts, current.now.today) if texts else []
        if not texts and question.required:
            problems = [f"{question.words} can't be empty."]
        if not problems:
            if FACTS[question.key].is_date:
                _echo_readings(texts, current)
            return texts
        for line in problems:
            warn(f"  {line}")


def _echo_readings(texts: Sequence[str], current: Session) -> None:
    """Write below the answer how each date of *texts* was read, if that was a guess."""
    for text in texts:
        day = text.rpartition("=")[2].strip()
        reading = date_arguments.read_date(day, current.now.today)
        date_arguments.echo_guess(reading, day, origin="", region=current.region)


def _split(question: _Question, text: str, candidates: Sequence[str]) -> tuple[str, ...]:
    """The texts in an answer: the parts of a list, names as *candidates* spell them."""
    fact = FACTS[question.key]
    if fact.choices:
        return (synonyms.choose(text, fact.choices) or _confirm_near(text, fact.choices),)
    if question.key == "dates":
        return tuple(part.strip() for part in _DATE_COMMA.split(text))
    if question.key not in NAME_KEYS:
        return (text,)
    return tuple(_spelled(part, candidates) for part in split_names(text))


def _confirm_near(text: str, choices: Sequence[str]) -> str:
    """The one of *choices* most like *text*, if the user confirms it; else *text*."""
    near = synonyms.nearest(text, choices)
    if len(near) != 1:
        return text
    answer = _line(f"  Did you mean {near[0]}? [Y/n] ").strip().casefold()
    return near[0] if answer in ("", "y", "yes") else text


def _spelled(text: str, candidates: Sequence[str]) -> str:
    """`zendaya as Chani` with the name as *candidates* spell it."""
    name, as_, role = text.partition(" as ")
    known = {candidate.casefold(): candidate for candidate in candidates}
    return f"{known.get(name.strip().casefold(), name)}{as_}{role}"


def _check(question: _Question, texts: Sequence[str], today: date) -> list[str]:
    """The problems of *texts* as answers, without the names of options."""
    fact = FACTS[question.key]
    context = release_options.InputContext(today, echo=False)
    try:
        values = [release_options.read_value(fact, text, context) for text in texts]
    except ValueError as error:
        return [str(error)]
    value = values if fact.is_list else values[0]
    return release_options.check({question.key: value}, {question.key: ""})


def _line(prompt: str) -> str:
    """A line typed by the user, with readline. Raises CountdownError at Ctrl-D."""
    with eof_as_error(_NOTHING_ADDED):
        return input(in_lines(prompt))


def _confirm(current: Session, answers: FactTexts) -> None:
    """Show *answers*, dates as they were read, and ask whether to add them.

    Raises CountdownError if not.
    """
    warn("")
    for key, value in answers.items():
        texts = [value] if isinstance(value, str) else [*value]
        if FACTS[key].is_date:
            texts = [_as_read(text, current) for text in texts]
        name = "date" if key == "dates" and not any("=" in text for text in texts) else key
        warn(f"  {name} = {', '.join(texts)}")
    if not confirm("Add it?", cancelled=_NOTHING_ADDED):
        raise CountdownError(_NOTHING_ADDED)


def _as_read(text: str, current: Session) -> str:
    """`BR=16 Dec 2027`: the date in *text*, with its place, as it was read."""
    place, equals, day = text.rpartition("=")
    reading = date_arguments.read_date(day.strip(), current.now.today)
    return f"{place}{equals}{wording.format_date(reading.date, current.date_style)}"


def _candidates(current: Session, question: _Question) -> Sequence[str]:
    """The words that Tab offers for *question*."""
    choices = FACTS[question.key].choices
    if choices or not question.names:
        return choices
    query = _NAME_QUERIES[question.names]
    return current.ask(lambda index: [name for (name,) in index.execute(query)])


@contextmanager
def _completion(candidates: Sequence[str], *, is_list: bool) -> Iterator[None]:
    """Complete a line from *candidates* at Tab, by the start of any of their words.

    Of a list, each part between commas is completed.
    """
    try:
        import readline  # Deferred: not on every platform, and only here.
    except ImportError:  # pragma: no cover  # Windows
        yield
        return
    readline.set_completer_delims("," if is_list else "")
    readline.set_completer(_completer(candidates))
    for setting in ("set input-meta on", "set output-meta on", "set convert-meta off"):
        readline.parse_and_bind(setting)  # In the C locale, accents are keys.
    readline.parse_and_bind(
        "bind ^I rl_complete" if "libedit" in (readline.__doc__ or "") else "tab: complete"
    )
    try:
        yield
    finally:
        readline.set_completer(None)


def _completer(candidates: Sequence[str]) -> Callable[[str, int], str | None]:
    def complete(text: str, state: int) -> str | None:
        blanks = text[: len(text) - len(text.lstrip())]  # after a comma
        text = text.lstrip()
        start = f" {fold(text)}"
        matches = [name for name in candidates if start in f" {fold(name)}"][:_MAX_CANDIDATES]
        first = [name for name in matches if name.casefold().startswith(text.casefold())]
        found = first or matches
        return blanks + found[state] if state < len(found) else None

    return complete
