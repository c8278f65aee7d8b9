"""The catalogue format as tables of keys: each one's reader, JSON Schema and doc.

The checker, `data/releases.schema.json` and the reference in docs/catalogue.md all come from here.
"""

from typing import Final

from countdown.catalogue import external_ids, readers
from countdown.catalogue.readers import Field, KeyPath, Problem, Problems
from countdown.core.languages import TAG_PATTERN, parse_language
from countdown.core.regions import REGIONS, UNSTATED
from countdown.core.release import (
    CADENCES,
    KINDS,
    STAGES,
    TYPES,
    AnnouncedDate,
    Credit,
    Move,
    Source,
)
from countdown.core.text import escape_hostile

FORMAT: Final = 2
FORMATS: Final = (1, 2)  # In format 1, a list of dates always replaces the one below.
DEFAULT_FORMAT: Final = 1  # of a file that doesn't say


def cast(value: object, path: KeyPath, problems: Problems) -> object:
    """A list of credits. Most are lists of plain names, which are read in one step."""
    if (
        isinstance(value, list)
        and len(value) <= readers.MAX_LIST_LENGTH
        and all(map(readers.is_plain, value))
    ):
        return tuple([Credit(name) for name in value])
    return _credits(value, path, problems)


def credit(value: object, path: KeyPath, problems: Problems) -> Credit | None:
    """A name, or a table of name and role."""
    if isinstance(value, str):
        name = readers.text(value, path, problems)
        return Credit(name) if name else None
    values = readers.table(value, path, problems, CREDIT)
    if isinstance(value, dict) and not readers.check_required(
        values, path, problems, "name", example='{ name = "…", role = "…" }'
    ):
        return None
    return Credit(**values) if values else None  # type: ignore[arg-type]  # read by CREDIT


_credits: Final = readers.list_of(credit)


def source(value: object, path: KeyPath, problems: Problems) -> Source | None:
    """A web address, or a table of url and date."""
    if isinstance(value, str):
        address = readers.url(value, path, problems)
        return Source(address) if address else None
    values = readers.table(value, path, problems, SOURCE)
    if isinstance(value, dict) and not readers.check_required(
        values, path, problems, "url", example='{ url = "https://…" }'
    ):
        return None
    return Source(**values) if values else None  # type: ignore[arg-type]  # read by SOURCE


def announced_date(value: object, path: KeyPath, problems: Problems) -> AnnouncedDate | None:
    """A [[release.dates]] table."""
    values = readers.table(value, path, problems, ANNOUNCED_DATE)
    if isinstance(value, dict) and not readers.check_required(
        values, path, problems, "date", example="a date like 2027-06-11"
    ):
        return None
    if values.get("region") and values.get("place"):
        what = "the place of a date with a region is stated"
        problems.append(Problem((*path, "place"), what, "leave out place, or else region"))
    return AnnouncedDate(**values) if values else None  # type: ignore[arg-type]  # read by ANNOUNCED_DATE


def move(value: object, path: KeyPath, problems: Problems) -> Move | None:
    """A [[release.moves]] table."""
    values = readers.table(value, path, problems, MOVE)
    if isinstance(value, dict) and not ("from" in values or "to" in values):
        problems.append(
            Problem(path, "needs from or to", "write from = 2022-05-06 and to = 2022-07-08")
        )
    before, after = values.pop("from", None), values.pop("to", None)
    return Move(before, after, **values)  # type: ignore[arg-type]  # read by MOVE


def titles(value: object, path: KeyPath, problems: Problems) -> tuple[tuple[str, str], ...]:
    """The titles table: pairs of a language and the title in it."""
    if not isinstance(value, dict):
        what = f"should be a table, not {readers.kind_of(value)}"
        problems.append(Problem(path, what, 'write { pt = "…" }'))
        return ()
    found: dict[str, str] = {}
    for key, item in value.items():
        title = readers.text(item, (*path, key), problems)
        try:
            language = parse_language(key)
        except ValueError as error:
            message, _, hint = escape_hostile(str(error)).partition("; ")
            problems.append(Problem((*path, key), message, hint))
            continue
        if language in found:
            what = f"there's already a title in {language}"
            problems.append(Problem((*path, key), what, "keep one, and put others in aliases"))
        found[language] = title or ""
    return tuple(found.items())


def ids_table(value: object, path: KeyPath, problems: Problems) -> tuple[tuple[str, object], ...]:
    """The ids table."""
    return tuple(readers.table(value, path, problems, IDS).items())


_TEXT: Final[dict[str, object]] = {"type": "string", "minLength": 1}
_SLUG: Final[dict[str, object]] = {
    "type": "string",
    "pattern": "^[a-z0-9]+([a-z0-9-]*[a-z0-9])?$",
}
_NAMES: Final[dict[str, object]] = {"type": "array", "items": _TEXT}
_DATE: Final[dict[str, object]] = {"$ref": "#/$defs/date"}


def _names_field(doc: str) -> Field:
    return Field(readers.names, _NAMES, doc)


def _choice_field(choices: tuple[str, ...], doc: str) -> Field:
    return Field(readers.choice(*choices), {"enum": list(choices)}, doc)


def _tables_field(read: readers.Reader, definition: str, doc: str) -> Field:
    return Field(
        readers.list_of(read), {"type": "array", "items": {"$ref": f"#/$defs/{definition}"}}, doc
    )


CREDIT: Final = {
    "name": Field(readers.text, _TEXT, "The person's name."),
    "role": Field(readers.text, _TEXT, "Role."),
}
SOURCE: Final = {
    "url": Field(readers.url, {"type": "string", "pattern": "^https?://"}, "The page's address."),
    "date": Field(readers.closed_date, _DATE, "When the page was written."),
}
ANNOUNCED_DATE: Final = {
    "date": Field(readers.date, _DATE, "A day, an instant or a window."),
    "region": Field(
        readers.region,
        {"enum": sorted(REGIONS)},
        "Where, as ISO 3166-1 alpha-2. Without it and `place`, the date is worldwide.",
    ),
    "type": _choice_field(TYPES, "How it comes out there."),
    "place": Field(
        readers.place,
        {"enum": [UNSTATED]},
        "If the source doesn't say where; the date then has no region, and isn't worldwide.",
    ),
    "unverified": Field(
        readers.flag,
        {"type": "boolean"},
        "`true` if this date isn't confirmed.",
    ),
    "source": Field(readers.url, SOURCE["url"].schema, "Address of the page that says so."),
    "checked": Field(
        readers.closed_date, _DATE, "When this date was last checked, if not with the rest."
    ),
}
MOVE: Final = {
    "announced": Field(readers.closed_date, _DATE, "When the change was announced."),
    "from": Field(readers.date, _DATE, "The old date."),
    "to": Field(readers.date, _DATE, "The new date; without it, the date was withdrawn."),
    "source": Field(readers.url, SOURCE["url"].schema, "Address of the page that says so."),
}
IDS: Final = {
    provider: Field(
        external_ids.reader(provider),
        external_ids.SCHEMAS[provider],
        f"Its id at {name}, or the address of its page there.",
    )
    for provider, name in (
        ("wikidata", "Wikidata"),
        ("imdb", "IMDb"),
        ("tmdb", "TMDB"),
        ("tvmaze", "TVmaze"),
    )
}
RELEASE: Final = {
    "id": Field(
        readers.slug,
        _SLUG,
        "A stable identifier, unique in the file: a-z, 0-9 and -.",
    ),
    "was": Field(
        readers.list_of(readers.slug),
        {"type": "array", "items": _SLUG},
        "Former ids, by which overlays, `sequel_to`, follows and reminders still find it.",
    ),
    "title": Field(readers.text, _TEXT, "The title, without season or year."),
    "aliases": _names_field("Other titles: other languages, working titles."),
    "titles": Field(
        titles,
        {
            "type": "object",
            "propertyNames": {"pattern": TAG_PATTERN},
            "additionalProperties": _TEXT,
        },
        'Titles in other languages, by BCP 47 tag: `{ pt = "…", de-AT = "…" }`.',
    ),
    "kind": _choice_field(KINDS, "What it is."),
    "season": Field(
        readers.number, {"type": "integer", "minimum": 0}, "Its number, if it's a season."
    ),
    "franchise": _names_field("Franchises it belongs to."),
    "sequel_to": Field(readers.slug, {"type": "string"}, "The `id` of the release before it."),
    "platform": _names_field(
        "The service or network that shows it first; leave it out if it opens in theaters."
    ),
    "distributor": _names_field("Companies that release it."),
    "studio": _names_field("Companies that make it."),
    "country": Field(
        readers.regions,
        _NAMES,
        "Where it's made, as ISO 3166-1 alpha-2 or by name; the first is the home market.",
    ),
    "director": _names_field("Directors."),
    "writer": _names_field("Writers."),
    "creator": _names_field("Creators of the series."),
    "cast": Field(
        cast,
        {"type": "array", "items": {"anyOf": [_TEXT, {"$ref": "#/$defs/credit"}]}},
        "Actors: names, or tables of name and role.",
    ),
    "synopsis": Field(readers.text, _TEXT, "What it's about, in your own words, on one line."),
    "stage": _choice_field(STAGES, "How far along it is."),
    "stage_since": Field(readers.closed_date, _DATE, "When it reached that stage."),
    "stage_note": Field(readers.text, _TEXT, "One sentence about the stage."),
    "expected": Field(
        readers.date,
        _DATE,
        "Rumoured date: shown, never counted down to.",
    ),
    "date": Field(readers.date, _DATE, "Short for a single worldwide date."),
    "dates": _tables_field(
        announced_date, "dated", "Every announced date, with its region and type."
    ),
    "only_these_dates": Field(
        readers.flag,
        {"type": "boolean"},
        "`true` if no date of the catalogues below counts; else each row replaces its own.",
    ),
    "complete": Field(readers.closed_date, _DATE, "When the last episode of a season is out."),
    "cadence": _choice_field(CADENCES, "How the episodes of a season come out."),
    "moves": _tables_field(move, "move", "Changes of the date, oldest first."),
    "unverified": _names_field(
        "Keys whose facts aren't confirmed: remembered or inferred, without a source."
    ),
    "checked": Field(readers.closed_date, _DATE, "When these facts were last checked."),
    "sources": Field(
        readers.list_of(source),
        {"type": "array", "items": {"anyOf": [SOURCE["url"].schema, {"$ref": "#/$defs/source"}]}},
        "Source URLs, or tables of url and date.",
    ),
    "ids": Field(ids_table, {"$ref": "#/$defs/ids"}, "Its ids on other sites."),
    "hidden": Field(readers.flag, {"type": "boolean"}, "`true` hides the release."),
}
