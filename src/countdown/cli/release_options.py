"""The facts of a release as options of `add` and `edit`: one for each key of the catalogue."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, Final, NamedTuple

import click

from countdown.catalogue import release_reader
from countdown.catalogue.load import Table
from countdown.catalogue.readers import Problem, Problems
from countdown.catalogue.schema import IDS, RELEASE
from countdown.cli.options import Decorator
from countdown.core.release import KINDS, STAGES
from countdown.core.text import fold
from countdown.errors import UsageError


class Fact(NamedTuple):
    """An option for *key*. Of a list there can be several, and *read* is given each."""

    key: str
    option: str
    metavar: str
    read: Callable[[str], Any]
    several: bool = False
    known: tuple[str, ...] = ()


def toml_date(text: str) -> date | str:
    """*text* as a catalogue writes it: a day as such, and all else as a string."""
    try:
        # Newer Pythons read weeks and days without hyphens too, which the catalogue does not.
        return date.fromisoformat(text) if len(text) == 10 and "W" not in text else text
    except ValueError:
        return text


def _credit(text: str) -> str | Table:
    """`Chris Hemsworth as Tyler Rake`, or a name alone."""
    name, _, role = text.partition(" as ")
    return {"name": name.strip(), "role": role.strip()} if role.strip() else text


def _dated(text: str) -> Table:
    """`BR=2022-07-07`, `BR/theatrical=…`, `/streaming=…`, or a date alone: for the whole world."""
    where, equals, when = text.rpartition("=")
    region, _, type = where.partition("/")
    known = (("region", region.strip()), ("type", type.strip()))
    found: Table = {key: value for key, value in known if value}
    if equals and not found:
        raise ValueError('write one like "Q4 2027", BR=2027-12-16 or BR/theatrical=2027-12-16')
    return {**found, "date": toml_date(when.strip())}


def _number(text: str) -> int | str:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else text


def _identity(text: str) -> tuple[str, str | int]:
    provider, equals, value = text.partition("=")
    if not equals or provider not in IDS:
        raise ValueError(f"write one like imdb=tt1375666; there are {', '.join(IDS)}")
    number = value.isascii() and value.isdecimal() and len(value) < 19
    return provider, int(value) if number and str(int(value)) == value else value


_TITLES: Final = (
    Fact("title", "--title", "TEXT", str),
    Fact("aliases", "--alias", "TEXT", str, several=True),
)
_FACTS: Final = (
    Fact("kind", "--kind", "", str, known=KINDS),
    Fact("season", "--season", "N", _number),
    Fact("dates", "--date", "DATE", _dated, several=True),
    Fact("stage", "--stage", "", str, known=STAGES),
    Fact("stage_since", "--stage-since", "DATE", toml_date),
    Fact("stage_note", "--stage-note", "TEXT", str),
    Fact("expected", "--expected", "DATE", toml_date),
    Fact("cast", "--cast", "NAME", _credit, several=True),
    *(
        Fact(key, f"--{key}", "NAME", str, several=True)
        for key in (
            *("director", "writer", "creator", "platform", "distributor", "studio"),
            "franchise",
        )
    ),
    Fact("sequel_to", "--sequel-to", "ID", str),
    Fact("synopsis", "--synopsis", "TEXT", str),
    Fact("sources", "--source", "URL", str, several=True),
    Fact("checked", "--checked", "DATE", toml_date),
    Fact("unverified", "--unverified", "KEY", str, several=True),
    Fact("ids", "--ids", "PROVIDER=ID", _identity, several=True),
)
FACTS: Final = {fact.key: fact for fact in (*_TITLES, *_FACTS)}
_HELP: Final = {
    "dates": "When: a day, Q4 2027, June 2027; for a region BR=DATE, with a type BR/tv=DATE.",
    "cast": 'Who plays in it: NAME, or "NAME as ROLE".',
}


def options(*, without: tuple[str, ...] = ()) -> Decorator[Any]:
    """A decorator that gives a command an option for each fact, *without* some keys."""

    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        for fact in reversed(FACTS.values()):
            if fact.key not in without:
                function = click.option(
                    fact.option,
                    fact.key,
                    metavar=fact.metavar or None,
                    multiple=fact.several,
                    type=click.Choice(fact.known) if fact.known else str,
                    help=_HELP.get(fact.key, RELEASE[fact.key].doc),
                )(function)
        return function

    return decorate


def table(given: dict[str, Any], *, today: date) -> Table:
    """The keys of a release that the options *given* say. Raises UsageError for each wrong one.

    Facts with a source were checked *today*, unless it says otherwise.
    """
    found: Table = {}
    for key, fact in FACTS.items():
        value = given.get(key)
        if value not in (None, ()):
            found[key] = _read(fact, value)
    if "ids" in found:
        found["ids"] = dict(found["ids"])
    if "dates" in found and all(key == "date" for one in found["dates"] for key in one):
        if len(found["dates"]) > 1:
            raise UsageError("--date: the whole world has one date; write BR=DATE for a region")
        found["date"] = found.pop("dates")[0]["date"]
    if "sources" in found:
        found.setdefault("checked", today)
    problems = check(found)
    if problems:
        raise UsageError(*problems)
    return {key: found[key] for key in RELEASE if key in found}


def slug(found: Table) -> str:
    """An id made of the title of *found*, without accents, and of the season.

    Raises UsageError if the title has no letter for it.
    """
    words = ("".join(c for c in word if c.isascii()) for word in fold(found["title"]).split())
    plain = "-".join(word for word in words if word)
    if not plain:
        raise UsageError("--id: the title has no letter of a to z; choose an id")
    return f"{plain}-season-{found['season']}" if "season" in found else plain


def check(found: Table) -> list[str]:
    """Everything that the checker has to say of the keys *found*, by option."""
    problems: Problems = []
    release_reader.keys(found, (), problems)
    return [format_problem(problem) for problem in problems]


def format_problem(problem: Problem) -> str:
    """*problem* as one of an option."""
    key = {"date": "dates"}.get(str(problem.path[0]), str(problem.path[0]))
    hint = f"; {problem.hint}" if problem.hint else ""
    within = [str(part) for part in problem.path[1:] if part != "date" and isinstance(part, str)]
    what = f"{' '.join(within)}: " if within else ""
    option = FACTS[key].option if key in FACTS else f"--{key}"
    return f"{option}: {what}{problem.message}{hint}"


def _read(fact: Fact, value: str | Iterable[str]) -> Any:
    try:
        return fact.read(value) if isinstance(value, str) else [fact.read(one) for one in value]
    except ValueError as error:
        raise UsageError(f"{fact.option}: {error}") from None
