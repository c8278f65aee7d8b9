"""A catalogue by its address: conditional requests, mirrors, keys, and answers that are none."""

import hashlib
import sys
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from countdown.catalogue import load
from countdown.config.source_settings import SourceSetting
from countdown.net.answers import Answer, Failure, NotModified, Reply
from countdown.net.client import Request
from countdown.refresh.catalogue import (
    NewCatalogue,
    Unchanged,
    mirrors_of,
    past_releases,
    refresh,
    tables_of,
)
from countdown.refresh.network import Fetch
from countdown.refresh.state import SourceState

NOW = datetime(2026, 11, 27, 8, tzinfo=UTC)
URL = "https://example.org/releases.toml?key=SECRET"
MIRROR = "https://mirror.example/releases.toml"
FRIENDS = SourceSetting("friends", "catalogue", URL)
BODY = b"""\
format = 2
title = "Films of friends"
licence = "CC0-1.0"
serial = 7
refresh = "2 days"
mirrors = ["https://mirror.example/releases.toml"]
[[release]]
id = "heat-2"
title = "Heat 2"
kind = "film"
"""
OTHER = BODY.replace(b"heat-2", b"heat-3")
NEW = SourceState()
KNOWN = SourceState(etag="abc", modified="Fri, 27 Nov 2026 08:00:00 GMT", serial=7)
OFFLINE = Failure("offline", "https://example.org can't be reached.")


def fetching(replies: Mapping[str, Reply], requests: list[Request] | None = None) -> Fetch:
    """A function that gives *replies* by address, and keeps *requests*."""

    def fetch(request: Request) -> Reply:
        if requests is not None:
            requests.append(request)
        return replies[request.url]

    return fetch


def answer(body: bytes = BODY, url: str = URL) -> dict[str, Reply]:
    """The reply of *url* with that *body*."""
    return {url: Answer(url, body, etag='W/"2"', modified="Sat, 28 Nov 2026 08:00:00 GMT")}


def test_new_catalogue_becomes_a_layer() -> None:
    """The address stays out of it: it can hold a key."""
    result = refresh(FRIENDS, NEW, fetching(answer()), NOW)
    assert isinstance(result, NewCatalogue)
    assert (result.etag, result.modified) == ('W/"2"', "Sat, 28 Nov 2026 08:00:00 GMT")
    assert result.sha256 == hashlib.sha256(BODY).hexdigest()
    assert result.refresh == 172_800
    assert b"SECRET" not in result.layer
    layer = load.read_layer("friends.toml", result.layer)
    assert layer.tables == [{"id": "friends--heat-2", "title": "Heat 2", "kind": "film"}]
    assert layer.source is not None
    assert layer.source.origin == "friends"
    assert (layer.source.serial, layer.source.mirrors) == (7, (MIRROR,))


def test_own_setting_decides_how_often_it_is_read() -> None:
    """Not its owner's."""
    result = refresh(FRIENDS._replace(refresh=9_000), NEW, fetching(answer()), NOW)
    assert isinstance(result, NewCatalogue)
    assert result.refresh == 9_000


def test_request_is_conditional() -> None:
    """With what came last time, byte for byte; the user may have typed a host at home."""
    requests: list[Request] = []
    fetch = fetching({URL: NotModified(URL)}, requests)
    assert refresh(FRIENDS, KNOWN, fetch, NOW) == Unchanged(KNOWN.etag, KNOWN.modified)
    expected = Request(URL, etag=KNOWN.etag, modified=KNOWN.modified, is_typed=True)
    assert requests == [expected]
    newer = fetching({URL: NotModified(URL, "def", "Sun")})
    assert refresh(FRIENDS, KNOWN, newer, NOW) == Unchanged("def", "Sun")


def test_same_bytes_are_unchanged() -> None:
    """Servers without conditions send them each time."""
    known = NEW._replace(sha256=hashlib.sha256(BODY).hexdigest())
    result = refresh(FRIENDS, known, fetching(answer()), NOW)
    assert result == Unchanged('W/"2"', "Sat, 28 Nov 2026 08:00:00 GMT")


def test_mirror_is_asked_when_the_address_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the key, and without the address' conditions."""
    monkeypatch.setenv("KEY", "abc")
    requests: list[Request] = []
    fetch = fetching({URL: OFFLINE, **answer(url=MIRROR)}, requests)
    source = FRIENDS._replace(key_variable="KEY")
    assert isinstance(refresh(source, KNOWN, fetch, NOW, mirrors=lambda: (MIRROR,)), NewCatalogue)
    assert requests[0].secrets == {"Authorization": "Bearer abc"}
    assert requests[1:] == [Request(MIRROR)]


@pytest.mark.parametrize(
    "body", [BODY.replace(b"serial = 7", b"serial = 6"), b"<html>"], ids=["older", "page"]
)
def test_mirror_that_is_behind_is_passed_over(body: bytes) -> None:
    """The failure of the address itself is the one to report."""
    fetch = fetching({URL: OFFLINE, **answer(body, MIRROR)})
    assert refresh(FRIENDS, KNOWN, fetch, NOW, mirrors=lambda: (MIRROR,)) == OFFLINE


def test_mirrors_are_those_of_the_layer_in_use(tmp_path: Path) -> None:
    """None of one that isn't there, or can't be read."""
    path = tmp_path / "friends.toml"
    assert mirrors_of(str(path)) == ()
    result = refresh(FRIENDS, NEW, fetching(answer()), NOW)
    assert isinstance(result, NewCatalogue)
    path.write_bytes(result.layer)
    assert mirrors_of(str(path)) == (MIRROR,)
    for damaged in (b"= broken", BODY):
        path.write_bytes(damaged)
        assert mirrors_of(str(path)) == ()


def test_mirror_with_what_is_known_is_fine() -> None:
    """Also one that says no serial."""
    sha256 = hashlib.sha256(BODY).hexdigest()
    fetch = fetching({URL: OFFLINE, **answer(url=MIRROR)})
    known = KNOWN._replace(sha256=sha256)
    assert isinstance(refresh(FRIENDS, known, fetch, NOW, mirrors=lambda: (MIRROR,)), Unchanged)
    body = BODY.replace(b"serial = 7", b"")
    fetch = fetching({URL: OFFLINE, **answer(body, MIRROR)})
    assert isinstance(refresh(FRIENDS, KNOWN, fetch, NOW, mirrors=lambda: (MIRROR,)), NewCatalogue)
    assert isinstance(refresh(FRIENDS, NEW, fetch, NOW, mirrors=lambda: (MIRROR,)), NewCatalogue)


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"<html>", "The answer is a web page, not a catalogue."),
        (b"", "The catalogue has no releases."),
        (
            BODY.replace(b"format = 2", b"format = 99"),
            "Its format 99 needs a newer countdown. Update it.",
        ),
    ],
    ids=["page", "empty", "newer"],
)
def test_answer_that_is_no_catalogue_is_a_failure(body: bytes, why: str) -> None:
    """In a sentence for users."""
    result = refresh(FRIENDS, NEW, fetching(answer(body)), NOW)
    assert result == Failure("broken", why)


def test_without_its_key_nothing_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """It would only be refused."""
    monkeypatch.delenv("KEY", raising=False)
    result = refresh(FRIENDS._replace(key_variable="KEY"), NEW, fetching({}), NOW)
    assert result == Failure("refused", "The variable KEY has no key.")


def test_file_is_read_without_a_request(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Again only if it has other bytes."""
    monkeypatch.setenv("HOME", str(tmp_path))
    path = tmp_path / "a.toml"
    source = SourceSetting("friends", "catalogue", file="~/a.toml")
    missing = refresh(source, NEW, fetching({}), NOW)
    assert isinstance(missing, Failure)
    assert (missing.reason, "No such file" in missing.message) == ("not found", True)
    path.write_bytes(BODY)
    result = refresh(source, NEW, fetching({}), NOW)
    assert isinstance(result, NewCatalogue)
    known = NEW._replace(sha256=result.sha256)
    assert refresh(source, known, fetching({}), NOW) == Unchanged()
    path.write_bytes(OTHER)
    assert isinstance(refresh(source, known, fetching({}), NOW), NewCatalogue)


CALENDAR = SourceSetting("films", "calendar", URL)
FEED = b"""\
BEGIN:VCALENDAR
X-WR-CALNAME:Films to see
REFRESH-INTERVAL;VALUE=DURATION:PT12H
BEGIN:VEVENT
UID:1
SUMMARY:Heat 2 (Theatrical Release)
DTSTART;VALUE=DATE:20270611
END:VEVENT
BEGIN:VEVENT
UID:2
SUMMARY:Somewhen
END:VEVENT
END:VCALENDAR
"""


def test_calendar_becomes_a_layer() -> None:
    """What can't be read of it is said."""
    result = refresh(CALENDAR, NEW, fetching(answer(FEED)), NOW)
    assert isinstance(result, NewCatalogue)
    assert result.refresh == 43_200
    assert result.skipped == ("Films to see: an event has no day that can be read",)
    assert b"SECRET" not in result.layer
    layer = load.read_layer("films.toml", result.layer)
    (table,) = layer.tables
    assert table is not None
    assert (table["title"], table["dates"][0]["type"]) == ("Heat 2", "theatrical")
    assert layer.source is not None
    assert (layer.source.origin, layer.source.title) == ("films", "Films to see")


def test_calendar_without_its_library(monkeypatch: pytest.MonkeyPatch) -> None:
    """The failure says how to get it."""
    monkeypatch.setitem(sys.modules, "icalendar", None)
    result = refresh(CALENDAR, NEW, fetching(answer(FEED)), NOW)
    assert isinstance(result, Failure)
    assert result.message.startswith("Reading a calendar needs the library icalendar. Install it")
    assert "pipx inject release-countdown icalendar" in result.message


def test_past_releases_of_a_layer() -> None:
    """None of a file that isn't there or can't be read."""
    result = refresh(CALENDAR, NEW, fetching(answer(FEED)), NOW)
    assert isinstance(result, NewCatalogue)
    tables = tables_of("films.toml", result.layer)
    assert len(past_releases(tables, date(2027, 6, 12))) == 1
    assert past_releases(tables, date(2027, 6, 11)) == frozenset()
    for data in (None, b"= broken"):
        assert tables_of("films.toml", data) == {}
