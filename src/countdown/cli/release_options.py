"""The facts of a release as options of `add` and `edit`: one for each key of the catalogue."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final, NamedTuple

import click

from countdown.catalogue import release_reader
from countdown.catalogue.load import Table
from countdown.catalogue.readers import Problem, Problems
from countdown.catalogue.schema import RELEASE
from countdown.catalogue.season_keys import contradictions_of
from countdown.cli import date_arguments, future_days
from countdown.cli.choices import Word
from countdown.cli.keyed_texts import credit, external_id, number, title_in
from countdown.cli.messages import about, sentences
from countdown.cli.options import Decorator, gather
from countdown.core import edtf, synonyms
from countdown.core.regions import UNSTATED, parse_region
from countdown.core.release import CADENCES, KINDS, STAGES, TYPES
from countdown.errors import UsageError

WORLDWIDE: Final = "worldwide"  # in place of a region
_NO_NAMES: Final[Mapping[str, str]] = {}
FactTexts = dict[str, str | tuple[str, ...]]  # texts of options by key; no key for a missing option


class Fact(NamedTuple):
    """An option for *key*. *read* turns a text into a TOML value; a list takes several texts.

    Dates are in EDTF by then: `read_value` reads the user's spelling first.
    """

    key: str
    option: str
    metavar: str
    read: Callable[[str], Any]
    is_list: bool = False
    choices: tuple[str, ...] = ()
    is_date: bool = False


class InputContext(NamedTuple):
    """The user's day and region, for reading dates. Without *echo*, no guess is echoed."""

    today: date
    region: str | None = None
    echo: bool = True


def read_date(text: str, context: InputContext, *, origin: str) -> date | str:
    """*text* as a TOML date or in EDTF; *text* itself if it isn't a date.

    The checker then reports that. A guess is echoed on stderr, with *origin*.
    """
    try:
        reading = date_arguments.read_date(text, context.today)
    except ValueError:
        return text
    if context.echo:
        date_arguments.echo_guess(reading, text, origin=origin, region=context.region)
    return edtf.to_toml(reading.date.edtf)


def _address(text: str) -> str:
    """The web address *text*, as in a file: `deadline.com/…` is one of https."""
    from countdown.catalogue.loose_values import address  # Deferred: 2 ms, seldom needed.

    return str(address(text))


def _date(text: str) -> Table:
    """`BR=2022-07-07`, `BR/theatrical=…`, `/streaming=…`; `worldwide=…`, `unstated=…`; a lone date.

    Raises ValueError.
    """
    before, equals, day = text.rpartition("=")
    region, _, type = before.partition("/")
    if equals and not before.strip(" /"):
        raise ValueError('Write one like "Q4 2027", BR=2027-12-16 or BR/theatrical=2027-12-16.')
    word = region.strip().casefold()
    place = UNSTATED if word == UNSTATED else ""
    if word in (WORLDWIDE, UNSTATED):
        region = ""
    type = synonyms.choose(type, TYPES) or type.strip()
    keys = {"region": _region(region.strip()), "type": type, "place": place}
    table: Table = {key: value for key, value in keys.items() if value}
    return {**table, "date": edtf.to_toml(day.strip())}


def _region(text: str) -> str:
    """The code of the region *text*; *text* itself, for the checker to refuse, if unknown."""
    try:
        return parse_region(text) if text else ""
    except ValueError:
        return text


_TITLES: Final = (
    Fact("title", "--title", "TEXT", str),
    Fact("aliases", "--alias", "TEXT", str, is_list=True),
    Fact("titles", "--title-in", "LANGUAGE=TITLE", title_in, is_list=True),
)
_FACTS: Final = (
    Fact("kind", "--kind", "", str, choices=KINDS),
    Fact("season", "--season", "N", number),
    Fact("dates", "--date", "DATE", _date, is_list=True, is_date=True),
    Fact("stage", "--stage", "", str, choices=STAGES),
    Fact("stage_since", "--stage-since", "DATE", edtf.to_toml, is_date=True),
    Fact("stage_note", "--stage-note", "TEXT", str),
    Fact("expected", "--expected", "DATE", edtf.to_toml, is_date=True),
    Fact("complete", "--complete", "DATE", edtf.to_toml, is_date=True),
    Fact("cadence", "--cadence", "", str, choices=CADENCES),
    Fact("cast", "--cast", "NAME", credit, is_list=True),
    *(
        Fact(key, f"--{key}", "NAME", str, is_list=True)
        for key in (
            *("director", "writer", "creator", "platform", "distributor", "studio"),
            "franchise",
        )
    ),
    Fact("country", "--country", "COUNTRY", _region, is_list=True),
    Fact("sequel_to", "--sequel-to", "ID", str),
    Fact("synopsis", "--synopsis", "TEXT", str),
    Fact("sources", "--source", "URL", _address, is_list=True),
    Fact("checked", "--checked", "DATE", edtf.to_toml, is_date=True),
    Fact("unverified", "--unverified", "KEY", str, is_list=True),
    Fact("ids", "--ids", "PROVIDER=ID", external_id, is_list=True),
)
FACTS: Final = {fact.key: fact for fact in (*_TITLES, *_FACTS)}
_HELP: Final = {
    "title": "Title, without season or year.",
    "aliases": "Another title, like a working title.",
    "titles": "Title in another language, like de=TITLE.",
    "kind": "Kind.",
    "season": "Season number.",
    "dates": "Date, like Q4 2027; BR=DATE for Brazil.",
    "stage": "How far along it is.",
    "stage_since": "When it reached that stage.",
    "stage_note": "One sentence about the stage.",
    "complete": "When a season's last episode is out.",
    "cadence": "How its episodes come out.",
    "expected": "Rumoured date: shown, never counted down to.",
    "cast": 'Actor, or "ACTOR as ROLE".',
    "director": "Director.",
    "writer": "Writer.",
    "creator": "Creator of a series.",
    "platform": "Streaming service or TV network.",
    "distributor": "Distributor.",
    "studio": "Studio.",
    "franchise": "Franchise.",
    "country": "Country; the first one is its home market.",
    "sequel_to": "Id of the release before it.",
    "synopsis": "What it's about, in your own words.",
    "sources": "Source URL.",
    "checked": "When you last checked these facts.",
    "unverified": "Key of a fact that you couldn't confirm.",
    "ids": "Id on another site, like imdb=tt1375666.",
}


def options(
    *, exclude: tuple[str, ...] = (), helps: Mapping[str, str] | None = None
) -> Decorator[Callable[..., None]]:
    """A decorator that adds an option for each fact, which the command gets as *facts*.

    The keys in *exclude* have no option; *helps* are help lines by key, in place of the usual ones.
    """
    facts = [fact for key, fact in FACTS.items() if key not in exclude]
    help_lines = {**_HELP, **(helps or {})}
    added: list[Decorator[Any]] = [
        click.option(
            fact.option,
            fact.key,
            metavar=fact.metavar or None,
            multiple=fact.is_list,
            type=Word(fact.choices) if fact.choices else str,
            help=help_lines[fact.key],
        )
        for fact in facts
    ]
    return gather("facts", [fact.key for fact in facts], _texts, added)


def _texts(**values: str | tuple[str, ...] | None) -> FactTexts:
    """The *values* of the options that are on the command line."""
    return {key: value for key, value in values.items() if value not in (None, ())}


def without_undated(facts: FactTexts) -> FactTexts:
    """*facts* without dates like TBA, which mean that there is none yet."""
    from countdown.core.date_words import is_undated  # Deferred: 1 ms.

    texts = [text for text in facts.get("dates", ()) if not is_undated(text.rpartition("=")[2])]
    known = {key: value for key, value in facts.items() if key != "dates"}
    return {**known, "dates": tuple(texts)} if texts else known


def read_table(
    facts: FactTexts,
    *,
    today: date,
    region: str | None = None,
    echo: bool = True,
    names: Mapping[str, str] = _NO_NAMES,
) -> Table:
    """The TOML table of a release with *facts*. Raises UsageError with every problem.

    Problems name the options, or the *names* of keys that have none. A release with a source counts
    as checked *today*, unless *facts* say otherwise. Dates are read for *today* and *region*; with
    *echo*, guesses are echoed on stderr.
    """
    context = InputContext(today, region, echo)
    table: Table = {
        fact.key: _read_value(fact, facts[fact.key], context)
        for fact in FACTS.values()
        if fact.key in facts
    }
    for key in ("ids", "titles"):
        if key in table:
            table[key] = dict(table[key])
    if "dates" in table and all({*row} == {"date"} for row in table["dates"]):
        if len(table["dates"]) > 1:
            what = "There can be only one worldwide date. Write BR=DATE for a region."
            raise UsageError(f"--date: {what}")
        table["date"] = table.pop("dates")[0]["date"]
    if "sources" in table:
        table.setdefault("checked", today)
    problems = check(table, names)
    if problems:
        raise UsageError(*problems)
    if echo and not {"checked", "stage_since"}.isdisjoint(facts):
        future_days.warn_of_facts(table, today)
    return {key: table[key] for key in RELEASE if key in table}


def checked_date(text: str, context: InputContext, *, option: str) -> date | str:
    """*text* as the TOML value of a date. Raises UsageError, which begins with *option*."""
    value = read_date(text, context, origin=option)
    problems = check({"checked": value}, {"checked": option})
    if problems:
        raise UsageError(problems[0])
    future_days.warn_of_future(option, value, context.today)
    return value


def check(table: Table, names: Mapping[str, str] = _NO_NAMES) -> list[str]:
    """Every problem of the keys in *table*, each as a sentence about its option.

    *names* are other names by key; with an empty one, the problem stands alone.
    """
    problems: Problems = []
    release_reader.read_keys(table, (), problems)
    known = {each.key: each.message(is_given=True) for each in contradictions_of(table)}
    return [known.get(str(each.path[0])) or _describe(each, names) for each in problems]


def _describe(problem: Problem, names: Mapping[str, str]) -> str:
    """*problem* with its option: `--title can't be empty.`, `--date: region: …`."""
    key = {"date": "dates"}.get(str(problem.path[0]), str(problem.path[0]))
    subkeys = [str(part) for part in problem.path[1:] if part != "date" and isinstance(part, str)]
    name = names.get(key, FACTS[key].option if key in FACTS else f"--{key}")
    if subkeys:
        label = f"{' '.join(subkeys)}: "
        return f"{name and f'{name}: '}{label}{sentences(problem.describe())}"
    return about(name, problem.describe())


def _read_value(fact: Fact, texts: str | tuple[str, ...], context: InputContext) -> Any:
    """The TOML value of *fact*. Raises UsageError."""
    try:
        if isinstance(texts, str):
            return read_value(fact, texts, context)
        from countdown.core.name_lists import NAME_KEYS, split_names  # Deferred: a millisecond.

        if fact.key == "country":
            texts = tuple(part.strip() for text in texts for part in text.split(","))
        if fact.key in NAME_KEYS:
            texts = tuple(part for text in texts for part in split_names(text))
        return [read_value(fact, text, context) for text in texts]
    except ValueError as error:
        raise UsageError(f"{fact.option}: {error}") from None


def read_value(fact: Fact, text: str, context: InputContext) -> Any:
    """The TOML value of *fact* for *text*, typed by the user in *context*. Raises ValueError."""
    if not fact.is_date:
        return fact.read(text)
    place, equals, day = text.rpartition("=")
    written = read_date(day.strip(), context, origin=fact.option)
    return fact.read(f"{place}{equals}{written}")
