"""The values of TMDB's answers that films and series have alike. No I/O.

What can't be read is counted, by what it is.
"""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from countdown.core.languages import parse_language
from countdown.sources import answers
from countdown.sources.answers import Skipped, day, items, line, load, mapping
from countdown.sources.wikidata_statements import is_item
from countdown.toml.parse import Table

PAGES: Final = "https://www.themoviedb.org"
NOT_FOUND: Final = 34  # of TMDB's own codes for errors
BAD_KEYS: Final = (3, 7, 10, 14, 33, 35, 36)  # so are these: the key is refused
_TRANSLATED: Final = {  # language and country of a translation → its key in `titles`
    **{f"{each}-{each.upper()}": each for each in ("de", "es", "fr", "pt")},
    "pt-BR": "pt-BR",
}
_JOBS: Final = {
    "Director": "director",
    "Writer": "writer",
    "Screenplay": "writer",
    "Creator": "creator",
}
_SELF: Final = re.compile(r"(?:self|himself|herself|themselves)\b.*", re.IGNORECASE)
_ASIDES: Final = re.compile(r"(?: \((?:voice|uncredited|archive footage)\))+\Z")
_MAX_CAST: Final = 100  # in the order of the credits; below are crowds
_MAX_ALIASES: Final = 100
_MAX_NAMES: Final = 30  # of one kind that are kept


class ApiError(answers.BadAnswerError):
    """An error that TMDB tells instead of an answer; *code* is its own number for it."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(f"TMDB says: {message}")
        self.code = code

    @property
    def is_about_the_key(self) -> bool:
        """True if the key is refused, so that no other question has a better answer."""
        return self.code in BAD_KEYS


def load_object(body: bytes) -> Mapping[str, Any]:
    """The object in *body*. Raises ApiError, and BadAnswerError if there is none."""
    answer = load(body)
    if not isinstance(answer, dict):
        raise answers.BadAnswerError("the answer isn't what TMDB's documentation says")
    code = answers.number(answer.get("status_code"))
    if code is not None:
        raise ApiError(code, line(answer.get("status_message")) or f"error {code}")
    return answer


def page(section: str, id: int, season: int | None = None) -> str:
    """The page of a film (`movie`) or series (`tv`), or of one of its seasons."""
    end = "" if season is None else f"/season/{season}"
    return f"{PAGES}/{section}/{id}{end}"


def ids(id: int, answer: Mapping[str, Any], skipped: Skipped) -> Table:
    """The ids at TMDB, IMDb and Wikidata of what *answer* is about."""
    external = mapping(answer.get("external_ids"))
    found: Table = {"tmdb": id}
    imdb, wikidata = (answer.get("imdb_id") or external.get("imdb_id")), external.get("wikidata_id")
    if answers.imdb_id(imdb):
        found["imdb"] = imdb
    elif imdb:
        skipped["its id at IMDb can't be read"] += 1
    if is_item(wikidata):
        found["wikidata"] = wikidata
    elif wikidata:
        skipped["its id at Wikidata can't be read"] += 1
    return found


def names(value: object) -> list[str]:
    """The names of the companies, networks or people in the list *value*, each once."""
    found = (line(mapping(each).get("name")) for each in items(value))
    return [*dict.fromkeys(name for name in found if name)][:_MAX_NAMES]


def cast(answer: Mapping[str, Any], skipped: Skipped) -> list[Table]:
    """The first of the cast in *answer*, each person once; who appears as themselves has no role.

    Credits are in order, the main ones first.
    """
    found: dict[str, Table] = {}
    for credit in map(mapping, items(mapping(answer.get("credits")).get("cast"))):
        name = line(credit.get("name"))
        if name is None:
            skipped["a member of the cast can't be read"] += 1
        elif name not in found and len(found) < _MAX_CAST:
            part = role(credit)
            found[name] = {"name": name, "role": part} if part else {"name": name}
    return [*found.values()]


def role(credit: Mapping[str, Any]) -> str | None:
    """The role in *credit*, without asides like "(voice)"; None for people as themselves."""
    text = _ASIDES.sub("", line(credit.get("character")) or "")
    return None if not text or plays_self(credit) or text == line(credit.get("name")) else text


def plays_self(credit: Mapping[str, Any]) -> bool:
    """True if *credit* is for somebody who appears as themselves."""
    return _SELF.fullmatch(line(credit.get("character")) or "") is not None


def job(credit: Mapping[str, Any]) -> str | None:
    """The key of the format for the job in *credit*, a member of the crew; None for others."""
    value = credit.get("job")
    return _JOBS.get(value) if isinstance(value, str) else None


def crew(answer: Mapping[str, Any]) -> Table:
    """The names of directors, writers and creators in *answer*, by the key of the format."""
    found: dict[str, list[str]] = {}
    for credit in map(mapping, items(mapping(answer.get("credits")).get("crew"))):
        key, name = job(credit), line(credit.get("name"))
        if key and name:
            found.setdefault(key, []).append(name)
    return {key: [*dict.fromkeys(named)][:_MAX_NAMES] for key, named in found.items()}


def titles(answer: Mapping[str, Any], key: str, title: str) -> tuple[Table, list[str]]:
    """Other titles than *title* in *answer*, by language, and those whose language isn't known.

    *key* is `title` for films and `name` for series.
    """
    by_language: Table = {}
    aliases: list[str] = []
    original = line(answer.get(f"original_{key}"))
    if original and original != title:
        language = _language(answer.get("original_language"))
        if language is None:
            aliases.append(original)
        else:
            by_language[language] = original
    translations = mapping(answer.get("translations")).get("translations")
    for each in map(mapping, items(translations)):
        into = _TRANSLATED.get(f"{line(each.get('iso_639_1'))}-{line(each.get('iso_3166_1'))}")
        text = line(mapping(each.get("data")).get(key))
        if into and text and text != title:
            by_language.setdefault(into, text)
    others = mapping(answer.get("alternative_titles"))
    for each in items(others.get("titles") or others.get("results")):
        text = line(mapping(each).get("title"))
        if text and text != title and text not in by_language.values():
            aliases.append(text)
    return by_language, [*dict.fromkeys(aliases)][:_MAX_ALIASES]


def _language(code: object) -> str | None:
    try:
        return parse_language(code) if isinstance(code, str) else None
    except ValueError:
        return None


def changed(answer: Mapping[str, Any], key: str | None = None) -> date | None:
    """The last day in the list of changes in *answer*, of *key* alone if it is given."""
    found = [
        day(time.partition(" ")[0], "", Skipped())
        for each in map(mapping, items(mapping(answer.get("changes")).get("changes")))
        if key is None or each.get("key") == key
        for item in items(each.get("items"))
        if isinstance(time := mapping(item).get("time"), str)
    ]
    return max((each for each in found if each), default=None)
