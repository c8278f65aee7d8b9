"""Wikidata and TVmaze without a network: what they would answer, from recordings and made items.

`Replay.fetch` answers in this process. With `serve`, a server on loopback sends the same answers,
and can misbehave as real ones do.
"""

import gzip
import json
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qs, urlsplit

from countdown.net.answers import Answer, Failure, Reply
from countdown.net.client import Request

if TYPE_CHECKING:  # It loads pytest, half the time of a process that only wants the answers.
    from tests.net.conftest import Received

DATA: Final = Path(__file__).parent / "data"
BODY_OF_429: Final = (DATA / "wikidata" / "wikimedia-429-start.html").read_bytes()
NOT_FOUND: Final = (DATA / "tvmaze" / "not-found.json").read_bytes()
Json = dict[str, Any]
Breakage = Callable[[str], Reply | bytes | None]  # None if an address is answered as usual


def film(
    id: str, title: str, *days: str, region: str = "US", cast: tuple[str, ...] = (), **more: Any
) -> Json:
    """An item (made) of a film that comes out on *days* in *region*, in `Q30` by default.

    *more* has ids at other sites, like `imdb`, a `kind` other than a film, and a `revision`.
    """
    places = {"US": "Q30", "BR": "Q155", "DE": "Q183"}
    claims: Json = {
        "P31": [_statement({"id": more.get("kind", "Q11424")})],
        "P577": [_released(id, day, places[region]) for day in days],
        "P161": [_statement({"id": each}) for each in cast],
    }
    for site, property in {"imdb": "P345", "tmdb": "P4947", "tvmaze": "P8600"}.items():
        if site in more:
            claims[property] = [_statement(str(more[site]))]
    if "director" in more:
        claims["P57"] = [_statement({"id": more["director"]})]
    return {
        "id": id,
        "type": "item",
        "lastrevid": more.get("revision", 1),
        "modified": "2026-11-01T10:00:00Z",
        "labels": {"en": {"language": "en", "value": title}},
        "claims": {key: statements for key, statements in claims.items() if statements},
    }


def person(id: str, name: str, occupation: str = "Q33999") -> Json:
    """An item (made) of a human with that *occupation*: an actor by default."""
    claims = {"P31": [_statement({"id": "Q5"})], "P106": [_statement({"id": occupation})]}
    labels = {"en": {"language": "en", "value": name}}
    return {"id": id, "type": "item", "lastrevid": 1, "labels": labels, "claims": claims}


def recorded_show(name: str) -> Json:
    """The show in the recorded or made answer *name* of TVmaze."""
    show: Json = json.loads((DATA / "tvmaze" / f"{name}.json").read_text("utf-8"))
    show["_embedded"].setdefault("cast", [])
    return show


class Replay:
    """What both providers know; *asked* lists the addresses that were asked for."""

    def __init__(self, *items: Json, shows: tuple[Json, ...] = ()) -> None:
        self.items: dict[str, Json] = {item["id"]: item for item in items}
        self.shows: dict[int, Json] = {show["id"]: show for show in shows}
        self.redirects: dict[str, str] = {}
        self.credits: dict[int, list[int]] = {}  # of people at TVmaze
        self.people: list[Json] = []  # of TVmaze
        self.asked: list[str] = []
        self.breakage: Breakage = lambda url: None

    def fetch(self, request: Request) -> Reply:
        """The reply to *request*."""
        self.asked.append(request.url)
        broken = self.breakage(request.url)
        if broken is not None:
            return Answer(request.url, broken) if isinstance(broken, bytes) else broken
        status, body = self.answer(request.url)
        if status != 200:
            return Failure("not found", "https://example.org has no such page.", status)
        return Answer(request.url, body)

    def answer(self, url: str) -> tuple[int, bytes]:
        """The status and the body of the answer of *url*."""
        parts = urlsplit(url)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        if parts.path == "/w/api.php":
            return 200, json.dumps(self._wikidata(query)).encode()
        value = self._tvmaze(parts.path, query)
        return (404, NOT_FOUND) if value is None else (200, json.dumps(value).encode())

    def _wikidata(self, query: dict[str, str]) -> Json:
        if query["action"] == "wbgetentities":
            ids = query["ids"].split("|")
            return {"entities": {id: self._entity(id, query["props"]) for id in ids}}
        if query["action"] == "wbsearchentities":
            words = query["search"].casefold()
            found = [(id, item["labels"]["en"]["value"]) for id, item in self.items.items()]
            return {
                "search": [
                    {"id": id, "label": label} for id, label in found if words in label.casefold()
                ]
            }
        if query.get("prop") == "info":
            pages = [
                {"title": id, "lastrevid": self.items[id]["lastrevid"]}
                if id in self.items
                else {"title": id, "missing": True}
                for id in query["titles"].split("|")
            ]
            return {"query": {"pages": pages}}
        terms = query["srsearch"].removeprefix("haswbstatement:").split("|")
        assert len(query["srsearch"]) <= 300
        found_items = [id for id, item in self.items.items() if _has_any(item, terms)]
        return {"query": {"search": [{"title": id} for id in found_items]}}

    def _entity(self, id: str, props: str) -> Json:
        item = self.items.get(self.redirects.get(id, id))
        if item is None:
            return {"id": id, "missing": ""}
        return item if "claims" in props else {"id": id, "labels": item["labels"]}

    def _tvmaze(self, path: str, query: dict[str, str]) -> object:
        parts = path.strip("/").split("/")
        if parts[0] == "updates":
            return {str(id): show["updated"] for id, show in self.shows.items()}
        if parts[0] == "lookup":
            found = [s for s in self.shows.values() if s["externals"]["imdb"] == query["imdb"]]
            return found[0] if found else None
        if parts[0] == "search":
            return [{"score": 1, "person": each} for each in self.people if parts[1] == "people"]
        if parts[0] == "people":
            shows = self.credits.get(int(parts[1]))
            links = [f"https://api.tvmaze.com/shows/{id}" for id in shows or ()]
            return None if shows is None else [_credit(link, self.shows) for link in links]
        if parts[2:] == ["akas"]:
            return [{"name": "Another title"}]
        return self.shows.get(int(parts[1]))


def _credit(link: str, shows: dict[int, Json]) -> Json:
    show = shows.get(int(link.rpartition("/")[2]))
    return {"_links": {"show": {"href": link}}, **({"_embedded": {"show": show}} if show else {})}


def _statement(value: object) -> Json:
    return {"mainsnak": _snak(value), "rank": "normal"}


def _snak(value: object) -> Json:
    return {"snaktype": "value", "datavalue": {"value": value}}


def _released(id: str, day: str, place: str) -> Json:
    time = {
        "time": f"+{day}T00:00:00Z",
        "precision": 11,
        "calendarmodel": "http://www.wikidata.org/entity/Q1985727",
    }
    return {
        **_statement(time),
        "qualifiers": {"P291": [_snak({"id": place})]},
        "id": f"{id}${day}",
    }


def _has_any(item: Json, terms: list[str]) -> bool:
    return any(
        value in (content, content.get("id") if isinstance(content, dict) else None)
        for property, _, value in (term.partition("=") for term in terms)
        for statement in item["claims"].get(property, ())
        for content in [statement["mainsnak"]["datavalue"]["value"]]
    )


def serve(replay: Replay, mode: str = "") -> "Callable[[Received, socket.socket], None]":
    """A handler for a server on loopback that sends the answers of *replay*, or misbehaves.

    Modes: `429` of Wikimedia, in HTML; `html200`, `empty`; `cut` in the middle of a body; `drip`
    and `driphead`, a byte now and then for ever; `bomb` of gzip; `redirect` to a private host.
    """
    bomb = gzip.compress(bytes(8 * 1024**2)) if mode == "bomb" else b""

    def handle(request: "Received", connection: socket.socket) -> None:
        replay.asked.append(request.target)
        status, body = replay.answer(f"https://example.org{request.target}")
        head = f"HTTP/1.1 {status} OK\r\n"
        if mode == "429":
            head, body = "HTTP/1.1 429 Too Many\r\nRetry-After: 1200\r\n", BODY_OF_429
        elif mode == "html200":
            body = BODY_OF_429
        elif mode == "empty":
            body = b""
        elif mode == "redirect":
            head = "HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/latest\r\n"
        elif mode == "bomb":
            head += "Content-Encoding: gzip\r\n"
            body = bomb
        if mode in ("drip", "driphead"):
            start = head if mode == "driphead" else f"{head}Content-Length: 1000\r\n\r\n"
            connection.sendall(start.encode())
            with suppress(OSError):
                while True:  # Until the other end has had enough.
                    connection.sendall(b"x")
                    time.sleep(0.05)
        length = len(body) + 100 if mode == "cut" else len(body)
        connection.sendall(f"{head}Content-Length: {length}\r\n\r\n".encode() + body)
        if mode == "cut":
            connection.shutdown(socket.SHUT_RDWR)

    return handle
