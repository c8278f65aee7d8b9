"""Wikidata, TVmaze and TMDB as functions: they answer from tables, as documented (made)."""

import json
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from countdown.net.answers import Answer, Failure, Reply
from countdown.net.client import Request

FILM, SERIES, SEASON, BOOK = "Q11424", "Q5398426", "Q3464665", "Q571"
Item = dict[str, Any]
_IDS = {"imdb": "P345", "tmdb_film": "P4947", "tmdb_tv": "P4983", "tvmaze": "P8600"}


def item(id: str, title: str, kind: str = FILM, **more: Any) -> dict[str, Any]:
    """An item: *more* has a `year`, a `start`, `by`, `cast`, `of` a series, and ids elsewhere."""
    statements: dict[str, list[Any]] = {"P31": [_statement({"id": kind})]}
    for key, property in {"by": "P57", "created": "P170", "cast": "P161"}.items():
        if key in more:
            statements[property] = [_statement({"id": each}) for each in more[key]]
    if "of" in more:
        number = {"P1545": [_snak(str(more["number"]))]}
        statements["P179"] = [{**_statement({"id": more["of"]}), "qualifiers": number}]
    for key, property in {"year": "P577", "start": "P580"}.items():
        if key in more:
            statements[property] = [_statement(_time(more[key]))]
    for key, property in _IDS.items():
        if key in more:
            statements[property] = [_statement(str(more[key]))]
    labels = {"en": title, **more.get("titles", {})}
    return {
        "id": id,
        "labels": {tag: {"language": tag, "value": text} for tag, text in labels.items()},
        "claims": statements,
    }


def _statement(value: object) -> dict[str, Any]:
    return {"mainsnak": _snak(value), "rank": "normal"}


def _snak(value: object) -> dict[str, Any]:
    return {"snaktype": "value", "datavalue": {"value": value}}


def _time(year: str) -> dict[str, Any]:
    precision = 8 if year.endswith("X") else 9
    return {
        "time": f"+{year.replace('X', '0')}-00-00T00:00:00Z",
        "precision": precision,
        "calendarmodel": "http://www.wikidata.org/entity/Q1985727",
    }


def show(id: int, title: str, **more: Any) -> dict[str, Any]:
    """A show of TVmaze: *more* has `imdb`, `premiered`, `network`, and `seasons` if embedded."""
    embedded = {"seasons": more.get("seasons", []), "cast": [], "episodes": []}
    return {
        "id": id,
        "name": title,
        "type": "Scripted",
        "premiered": more.get("premiered"),
        "network": {"name": more["network"], "country": None} if "network" in more else None,
        "externals": {"imdb": more.get("imdb")},
        "updated": 1_700_000_000,
        "_embedded": embedded,
    }


def work(section: str, id: int, title: str, first: str = "") -> dict[str, Any]:
    """A film (`movie`) or series (`tv`) of TMDB, with its *first* day."""
    names = ("title", "release_date") if section == "movie" else ("name", "first_air_date")
    return {"section": section, "id": id, **dict(zip(names, (title, first), strict=True))}


class Providers:
    """The providers. *wikidata*, *tvmaze* and *tmdb* can be failures, or bytes that are no answer.

    *headers* are the secrets that were sent with each question to TMDB, whose films are *works*.
    """

    def __init__(
        self,
        items: Iterable[Item] = (),
        shows: Iterable[Item] = (),
        works: Iterable[Item] = (),
        *,
        wikidata: Reply | bytes | None = None,
        tvmaze: Reply | bytes | None = None,
        tmdb: Reply | bytes | None = None,
    ) -> None:
        self.items = {each["id"]: each for each in items}
        self.shows = {each["id"]: each for each in shows}
        self.works = [*works]
        self.headers: list[dict[str, str]] = []
        self.episodes: dict[int, Any] = {}  # of seasons
        self.asked: list[str] = []  # addresses
        self._instead = {
            "www.wikidata.org": wikidata,
            "api.tvmaze.com": tvmaze,
            "api.themoviedb.org": tmdb,
        }

    def fetch(self, request: Request) -> Reply:
        """The answer to *request*."""
        self.asked.append(unquote(request.url))
        parts = urlsplit(request.url)
        instead = self._instead[parts.netloc]
        if isinstance(instead, bytes):
            return Answer(request.url, instead)
        if instead is not None:
            return instead
        query = {key: values[0] for key, values in parse_qs(parts.query).items()}
        answer = self._wikidata(query) if "wikidata" in parts.netloc else None
        if "tvmaze" in parts.netloc:
            answer = self._tvmaze(parts.path, query)
        if "themoviedb" in parts.netloc:
            self.headers.append(dict(request.secrets))
            answer = self._tmdb(parts.path, query)
        if answer is None:
            return Failure("not found", "https://api.tvmaze.com has no such page.", 404)
        return Answer(request.url, json.dumps(answer).encode())

    def _wikidata(self, query: dict[str, str]) -> object:
        if query["action"] == "wbgetentities":
            found = {id: self.items.get(id, {"missing": ""}) for id in query["ids"].split("|")}
            return {"entities": found}
        if query.get("prop") == "info":
            titles = query["titles"].split("|")
            return {"query": {"pages": [{"title": id, "lastrevid": 7} for id in titles]}}
        if query["action"] == "query":
            return {"query": {"search": [*map(_hit, self._with_statement(query["srsearch"]))]}}
        hits = self._titled([*self.items.values()], query["search"], _label)[: int(query["limit"])]
        return {"search": [{"id": each["id"], "label": _label(each)} for each in hits]}

    def _with_statement(self, text: str) -> list[Item]:
        terms = text.removeprefix("haswbstatement:").split("|")
        wanted = [term.partition("=")[::2] for term in terms]
        return [
            each
            for each in self.items.values()
            for property, value in wanted
            for statement in each["claims"].get(property, ())
            if statement["mainsnak"]["datavalue"]["value"] == value
        ]

    def _tmdb(self, path: str, query: dict[str, str]) -> object:
        _, section, rest = path.lstrip("/").split("/")
        if section == "search":
            works = [each for each in self.works if each["section"] == rest]
            return {"results": self._titled(works, query["query"], _title)}
        key = (section, int(rest))
        return next((each for each in self.works if (each["section"], each["id"]) == key), None)

    def _tvmaze(self, path: str, query: dict[str, str]) -> object:
        section, _, rest = path.lstrip("/").partition("/")
        if section == "search":
            shows = self._titled([*self.shows.values()], query["q"], lambda each: each["name"])
            return [{"score": 1.0, "show": each} for each in shows]
        if section == "lookup":
            shows = [*self.shows.values()]
            return next((s for s in shows if s["externals"]["imdb"] == query["imdb"]), None)
        if section == "seasons":
            return self.episodes.get(int(rest.split("/")[0]))
        if section == "updates":
            return {str(id): 1_700_000_000 for id in self.shows}
        id, _, part = rest.partition("/")
        return [] if part == "akas" else self.shows.get(int(id))

    def _titled(self, found: list[Item], words: str, title: Callable[[Item], str]) -> list[Item]:
        return [each for each in found if words.casefold() in title(each).casefold()]


def _label(item: dict[str, Any]) -> str:
    return str(item["labels"]["en"]["value"])


def _hit(item: dict[str, Any]) -> dict[str, Any]:
    return {"title": item["id"]}


def _title(work: Item) -> str:
    return str(work.get("title") or work["name"])
