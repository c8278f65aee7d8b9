"""Ids of releases on other sites, as people copy them: normalised, and checked for their form."""

import re
from typing import Final, NamedTuple

from countdown.catalogue import readers
from countdown.catalogue.readers import KeyPath, Problem, Problems, Reader
from countdown.core.web_links import PROVIDERS

_MAX_DIGITS: Final = 18  # of a number of TOML
_IMDB_DIGITS: Final = 7  # at least, with zeros before the number
_TV: Final = ("series", "season", "special")
_FILM: Final = ("film", "special", "short")


class _Form(NamedTuple):
    """The form of a provider's ids: a number after *prefix*, and *page* before it in an address.

    The group `section` of *page* says what kind of release a page is about.
    """

    prefix: str
    page: str
    example: str


_FORMS: Final = {
    "wikidata": _Form("Q", r"wikidata\.org/(?:wiki|entity|wiki/Special:EntityPage)/", '"Q83495"'),
    "imdb": _Form("tt", r"imdb\.com/(?:[a-z-]+/)?title/", '"tt1375666"'),
    "tmdb": _Form("", r"(?:themoviedb\.org|tmdb\.org)/(?P<section>movie|tv)/", "27205"),
    "tvmaze": _Form("", r"tvmaze\.com/(?P<section>shows|seasons)/", "82"),
}
# Section of an address → the kinds of the releases that it is for.
_KINDS: Final = {"movie": _FILM, "tv": _TV, "shows": ("series", "special"), "seasons": ("season",)}
# Texts, which `re` compiles when they are first used: most catalogues have ids of few providers.
_BARE: Final = {provider: f"(?ia)(?:{form.prefix})?([0-9]+)" for provider, form in _FORMS.items()}
_ADDRESS: Final = {
    provider: r"(?ia)(?:https?://)?(?:[a-z]+\.)?"
    rf"{form.page}{form.prefix}(?P<number>[0-9]+)(?:[-/?#].*)?"
    for provider, form in _FORMS.items()
}
_WHOLE_IDS: Final = {"imdb": "(?ia)tt[0-9]{7,10}", "wikidata": "(?ia)Q[1-9][0-9]*"}
# An id with its provider before it.
_NAMED: Final = (
    r"(?ia)(?P<provider>imdb|wikidata):\s*(?P<id>(?:tt|Q)[0-9]+)"
    r"|(?:tvmaze|tmdb:(?P<section>movie|tv)):\s*(?P<number>[0-9]+)"
)
_NOTHING: Final = "(?!)"  # matches no text
# Provider → its id in JSON Schema; `countdown check` looks closer at addresses.
SCHEMAS: Final[dict[str, dict[str, object]]] = {
    provider: {
        "anyOf": [
            {"type": "integer", "minimum": 1},
            {"type": "string", "pattern": rf"^{prefix}[0-9]+$|^(https?://)?[a-z.]+/.*[0-9]"},
        ]
    }
    for provider, prefix in {
        "wikidata": "[Qq]?",
        "imdb": "([Tt][Tt])?",
        "tmdb": "",
        "tvmaze": "",
    }.items()
}


def reader(provider: str) -> Reader:
    """A reader for an id at *provider*."""

    def read(value: object, path: KeyPath, problems: Problems) -> str | int | None:
        id = readers.text(value, path, problems) if isinstance(value, str) else value
        if id is None:
            return None
        try:
            return normalise(provider, id)
        except InvalidIdError as error:
            problems.append(Problem(path, error.message, error.hint))
            return None

    return read


class InvalidIdError(ValueError):
    """Text that can't be an id of a provider: a *message* and a *hint*, for users."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(f"{message}; {hint}")
        self.message = message
        self.hint = hint


def normalise(provider: str, value: object) -> str | int:
    """The normal form of *value*, an id at *provider* or the address of a page there.

    Blanks around it don't matter. Raises InvalidIdError if it can't be one.
    """
    prefix = _FORMS[provider].prefix
    if isinstance(value, str):
        number = _number(provider, value.strip())
        if not number:
            article = "an" if provider == "imdb" else "a"
            message = f'"{value}" isn\'t {article} {PROVIDERS[provider]} id'
            raise InvalidIdError(message, _hint(provider, value))
    elif type(value) is int and 1 <= value <= readers.MAX_NUMBER:
        number = value
    else:
        hint = f"write one like {_FORMS[provider].example}"
        raise InvalidIdError("should be text or a number above 0", hint)
    if provider == "imdb":
        return f"{prefix}{number:0{_IMDB_DIGITS}}"
    return f"{prefix}{number}" if prefix else number


def provider_of(address: str) -> str | None:
    """The provider whose page of a release *address* is; None if it is none."""
    return next((name for name, form in _ADDRESS.items() if re.fullmatch(form, address)), None)


class Page(NamedTuple):
    """The *id* of a release at *provider*; *section* says what kind of page it was copied from."""

    provider: str
    id: str | int
    section: str | None = None

    def is_for(self, kind: object) -> bool:
        """True if a release of that *kind* can have the page."""
        return self.section is None or kind in _KINDS[self.section]


def read_page(text: str) -> Page | None:
    """The page that *text* is the address of, or the id that it is; None if it is neither.

    Numbers need their provider before them: `tvmaze:82`, and `tmdb:movie:5` or `tmdb:tv:5`.
    """
    text = text.strip()
    named = re.fullmatch(_NAMED, text)
    if named and named["provider"]:
        text = named["id"]
    elif named:
        provider, section = ("tmdb", named["section"]) if named["section"] else ("tvmaze", "shows")
        if not _number(provider, named["number"]):
            return None
        return Page(provider, normalise(provider, named["number"]), section.lower())
    for site in _FORMS:
        match = re.fullmatch(_ADDRESS[site], text)
        is_id = match or re.fullmatch(_WHOLE_IDS.get(site, _NOTHING), text)
        if is_id and _number(site, text):
            section = match.groupdict().get("section") if match else None
            return Page(site, normalise(site, text), section.lower() if section else None)
    return None


def check_kind(provider: str, value: object, kind: object) -> None:
    """Raise InvalidIdError if *value* is the address of a page for another kind than *kind*."""
    match = re.fullmatch(_ADDRESS[provider], value) if isinstance(value, str) else None
    section = match.groupdict().get("section") if match else None
    if section is None or not isinstance(kind, str) or kind in _KINDS[section.lower()]:
        return
    of_that = _KINDS[section.lower()][0]
    message = f"that's the page of a {of_that}, and the kind of this entry is {kind}"
    raise InvalidIdError(message, "write the address of its own page")


def _number(provider: str, text: str) -> int | None:
    match = re.fullmatch(_BARE[provider], text)
    if match:
        return int(match[1]) if len(match[1]) <= _MAX_DIGITS else None
    match = re.fullmatch(_ADDRESS[provider], text)
    return int(match["number"]) if match and len(match["number"]) <= _MAX_DIGITS else None


def _hint(provider: str, text: str) -> str:
    """The provider whose id *text* looks like, else an example."""
    for other, form in _FORMS.items():
        is_bare = form.prefix and re.fullmatch(_BARE[other], text) and not text.isdecimal()
        if other != provider and (is_bare or re.fullmatch(_ADDRESS[other], text)):
            right = normalise(other, text)
            return f"write {other} = " + (f'"{right}"' if isinstance(right, str) else str(right))
    return f"copy the address of its page, or write one like {_FORMS[provider].example}"
