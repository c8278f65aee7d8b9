"""A refresh of TMDB, which is a function: what is asked with the key, kept, and forgotten."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import pytest

from countdown.catalogue import load, source_files
from countdown.config.source_settings import SourceSetting
from countdown.core.source_result import SourceResult
from countdown.net.answers import Answer, Failure, Reply
from countdown.net.client import Request
from countdown.refresh import run
from countdown.refresh.plan import Plan
from countdown.refresh.wanted import Wanted
from countdown.toml.parse import Table

DATA: Final = Path(__file__).parents[1] / "data" / "tmdb"
NOON: Final = datetime(2026, 11, 27, 12, tzinfo=UTC)
SOURCE: Final = SourceSetting("tmdb", "tmdb", key_variable="KEY")
FILM: Final = Wanted("film", {"tmdb": 990001})
SERIES: Final = Wanted("series", {"tmdb": 990002})


class Tmdb:
    """TMDB and a state folder; *at* is the time of the next refresh."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.at = NOON
        self.film: dict[str, Any] = json.loads((DATA / "made-film.json").read_text("utf-8"))
        self.series: dict[str, Any] = json.loads((DATA / "made-series.json").read_text("utf-8"))
        self.asked: list[Request] = []
        self.breakage: Callable[[str], Reply | bytes | None] = lambda path: None

    def fetch(self, request: Request) -> Reply:
        """The reply to *request*."""
        self.asked.append(request)
        path = urlsplit(request.url).path.removeprefix("/3")
        broken = self.breakage(path)
        if isinstance(broken, bytes):
            return Answer(request.url, broken)
        known = {
            "/movie/990001": self.film,
            "/tv/990002": self.series,
            "/find/tt90000020": json.loads((DATA / "made-find.json").read_text("utf-8")),
            "/search/person": json.loads((DATA / "made-people.json").read_text("utf-8")),
            "/person/1/combined_credits": json.loads(
                (DATA / "made-credits.json").read_text("utf-8")
            ),
            "/find/tt1": {"movie_results": [], "tv_results": []},
        }
        if broken is None and path in known:
            return Answer(request.url, json.dumps(known[path]).encode())
        return broken or Failure("not found", "There's no such page.", 404)

    def refresh(
        self, *wanted: Wanted, people: tuple[str, ...] = (), **options: Any
    ) -> SourceResult:
        """The result of a refresh."""
        self.asked.clear()
        plan = Plan(
            [*wanted], people, self.fetch, lambda: self.at, lambda *_: None, 2**40, **options
        )
        (result,) = run.refresh([SOURCE], str(self.folder), lambda: plan)
        return result

    def paths(self) -> list[str]:
        """What was asked for."""
        return [urlsplit(request.url).path.removeprefix("/3") for request in self.asked]

    def layer(self) -> dict[str, Table]:
        """The tables of the layer in use by their ids; none if it may not be used any more."""
        path = Path(source_files.path_of(source_files.folder_in(str(self.folder)), "tmdb"))
        layer = load.read_layer(str(path), path.read_bytes())
        assert layer.source is not None
        assert layer.source.problems == ()
        if source_files.has_expired(layer, self.at.date()):
            return {}
        return {table["id"]: table for table in layer.tables if table}


@pytest.fixture
def tmdb(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Tmdb:
    """TMDB with a film and a series, and a key for it."""
    monkeypatch.setenv("KEY", "eyJ.SECRET")
    return Tmdb(tmp_path / "state")


def test_films_and_series_are_read(tmdb: Tmdb) -> None:
    """With the key in a header, and nowhere else."""
    season = Wanted("season", {"tmdb": 990002})
    result = tmdb.refresh(FILM, SERIES, season)
    assert (result.title, result.outcome, result.read, result.changed) == ("TMDB", "read", 2, 2)
    assert tmdb.paths() == ["/movie/990001", "/tv/990002"]
    for request in tmdb.asked:
        assert request.secrets == {"Authorization": "Bearer eyJ.SECRET"}
        assert "SECRET" not in request.url
    assert [*tmdb.layer()] == [
        "tmdb-movie990001",
        "tmdb-tv990002",
        *(f"tmdb-tv990002-season-{number}" for number in (1, 2, 3)),
    ]
    for path in tmdb.folder.rglob("*"):
        assert not path.is_file() or b"SECRET" not in path.read_bytes()


@pytest.mark.parametrize(
    ("key", "why"),
    [
        ("", "The variable KEY has no key."),
        (
            "0123456789abcdef" * 2,
            "That's the short API key of TMDB; copy the longer API Read Access Token below it.",
        ),
    ],
)
def test_without_a_key_nothing_is_asked(
    tmdb: Tmdb, monkeypatch: pytest.MonkeyPatch, key: str, why: str
) -> None:
    """It would only be refused."""
    monkeypatch.setenv("KEY", key)
    result = tmdb.refresh(FILM)
    assert (result.outcome, result.why) == ("failed", why)
    assert tmdb.asked == []


def test_key_is_read_only_if_something_is_asked(
    tmdb: Tmdb, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A command could ask for a passphrase."""
    monkeypatch.delenv("KEY")
    assert tmdb.refresh().outcome == "skipped"


def test_only_what_is_due_is_read_again(tmdb: Tmdb) -> None:
    """TMDB keeps its answers for eight hours; with `--due`, it's the date that counts."""
    tmdb.refresh(FILM)
    tmdb.at += timedelta(hours=2)
    assert tmdb.refresh(FILM).outcome == "skipped"
    assert tmdb.paths() == []
    assert tmdb.refresh(FILM, is_forced=True).outcome == "unchanged"
    tmdb.at += timedelta(hours=9)
    assert tmdb.refresh(FILM, only_due=True).outcome == "skipped"
    assert tmdb.refresh(FILM).outcome == "unchanged"
    tmdb.at += timedelta(days=2)
    tmdb.refresh(FILM, only_due=True)
    assert tmdb.paths() == ["/movie/990001"]


def test_film_is_found_by_its_id_at_imdb(tmdb: Tmdb) -> None:
    """Once; what TMDB doesn't know isn't looked up each time."""
    known, unknown = Wanted("film", {"imdb": "tt90000020"}), Wanted("film", {"imdb": "tt1"})
    gone = Wanted("film", {"imdb": "tt2"})
    tmdb.refresh(known, unknown, gone)
    assert tmdb.paths() == [
        *("/find/tt90000020", "/find/tt1", "/find/tt2"),
        "/movie/990001",
    ]
    assert [*tmdb.layer()] == ["tmdb-movie990001"]
    tmdb.at += timedelta(days=1)
    tmdb.refresh(known, unknown)
    assert tmdb.paths() == ["/movie/990001"]
    tmdb.at += timedelta(days=40)
    tmdb.refresh(known, unknown)
    assert tmdb.paths()[:2] == ["/find/tt90000020", "/find/tt1"]


def test_nothing_is_kept_longer_than_its_terms_allow(tmdb: Tmdb) -> None:
    """Not even if it can't be read again; the oldest fact counts."""
    tmdb.refresh(FILM, SERIES)
    tmdb.breakage = lambda path: Failure("not found", "x", 404) if "tv" in path else None
    tmdb.at += timedelta(days=179)
    tmdb.refresh(FILM, SERIES)
    assert len(tmdb.layer()) == 5
    tmdb.at += timedelta(days=2)
    assert tmdb.layer() == {}
    tmdb.refresh(FILM, SERIES)
    assert [*tmdb.layer()] == ["tmdb-movie990001"]
    tmdb.breakage = lambda path: None
    tmdb.refresh(FILM, SERIES, is_forced=True)
    assert len(tmdb.layer()) == 5


def test_what_nobody_wants_is_dropped(tmdb: Tmdb) -> None:
    """At once."""
    tmdb.refresh(FILM, SERIES)
    tmdb.at += timedelta(days=1)
    tmdb.refresh(FILM)
    assert [*tmdb.layer()] == ["tmdb-movie990001"]


def test_film_that_is_gone_stays(tmdb: Tmdb) -> None:
    """Marked after a day; TMDB has it under another number, perhaps."""
    tmdb.refresh(FILM)
    tmdb.breakage = lambda path: Failure("not found", "x", 404)
    for _ in range(2):
        tmdb.at += timedelta(days=2)
        tmdb.refresh(FILM)
    assert tmdb.layer()["tmdb-movie990001"]["gone"] == date(2026, 11, 29)


@pytest.mark.parametrize(
    ("status", "changes", "stage", "since"),
    [
        ("Post Production", "keep", "post-production", date(2026, 11, 24)),
        ("Post Production", "none", "post-production", date(2026, 11, 24)),
        ("Released", "none", "released", date(2026, 12, 20)),
        ("Canceled", "2026-12-18", "cancelled", date(2026, 12, 18)),
        ("On a boat", "none", None, None),
    ],
)
def test_age_of_a_stage_is_kept(
    tmdb: Tmdb, status: str, changes: str, stage: str | None, since: date | None
) -> None:
    """A new one is of the day that TMDB says, else of today."""
    tmdb.refresh(FILM)
    tmdb.at = datetime(2026, 12, 20, 12, tzinfo=UTC)
    tmdb.film["status"] = status
    if changes != "keep":
        item = {"key": "status", "items": [{"time": f"{changes} 10:00:00 UTC"}]}
        tmdb.film["changes"] = {"changes": [item]}
    tmdb.refresh(FILM)
    table = tmdb.layer()["tmdb-movie990001"]
    assert (table.get("stage"), table.get("stage_since")) == (stage, since)


def test_one_bad_answer_costs_one_film(tmdb: Tmdb) -> None:
    """If all are bad, it's TMDB's."""
    tmdb.breakage = lambda path: b"{}" if "movie" in path else None
    result = tmdb.refresh(FILM, SERIES)
    assert (result.outcome, result.read) == ("read", 1)
    why = "the answer isn't about a film: it has no id or no title"
    assert result.skipped == (f"TMDB movie990001: {why}",)
    tmdb.breakage = lambda path: b"{}"
    others = [Wanted("film", {"tmdb": number}) for number in range(1, 9)]
    result = tmdb.refresh(*others)
    assert (result.outcome, result.why) == ("failed", f"{why[0].upper()}{why[1:]}.")
    assert len(tmdb.asked) == 3


def test_answer_about_something_else_is_bad(tmdb: Tmdb) -> None:
    """A proxy that gives one answer to all mustn't rename films."""
    tmdb.film["id"] = 5
    result = tmdb.refresh(FILM)
    assert (result.outcome, result.why) == ("failed", "The answer is about something else.")


def test_refused_key_ends_it(tmdb: Tmdb) -> None:
    """After one question, whatever the status of its answer is."""
    tmdb.breakage = lambda path: (DATA / "made-bad-key.json").read_bytes()
    result = tmdb.refresh(FILM, SERIES)
    assert result.outcome == "failed"
    assert result.why == "TMDB says: Invalid API key: You must be granted a valid key."
    tmdb.breakage = lambda path: Failure("refused", "api.themoviedb.org wants a key.", 401)
    assert tmdb.refresh(FILM, SERIES).why == "api.themoviedb.org wants a key."
    assert len(tmdb.asked) == 1


def test_works_of_people(tmdb: Tmdb) -> None:
    """What is ahead of it, or has no date; of a series, the seasons that are."""
    tmdb.refresh(people=("ana duarte",))
    assert tmdb.paths()[:2] == ["/search/person", "/person/1/combined_credits"]
    # One is made by them, but TMDB doesn't have it any more; a series of 2025 isn't ahead.
    assert tmdb.paths()[2:] == ["/movie/990001", "/movie/990003", "/movie/990004"]
    assert [*tmdb.layer()] == ["tmdb-movie990001"]
    tmdb.at += timedelta(days=400)
    tmdb.refresh(people=("ana duarte",))
    assert tmdb.layer() == {}


def test_series_of_people_keeps_what_is_ahead(tmdb: Tmdb) -> None:
    """Seasons that are over aren't wanted by anybody."""
    tmdb.at = datetime(2025, 3, 1, 12, tzinfo=UTC)
    tmdb.series["seasons"][1]["air_date"] = "2025-01-05"
    tmdb.refresh(people=("Ana Duarte",))
    ids = ["tmdb-tv990002", *(f"tmdb-tv990002-season-{number}" for number in (2, 3))]
    assert [each for each in tmdb.layer() if "tv" in each] == ids
    tmdb.refresh(Wanted("series", {"tmdb": 990002}))  # Somebody wants all of it now.
    assert tmdb.paths() == ["/tv/990002"]
    assert "tmdb-tv990002-season-1" in tmdb.layer()


def test_person_whom_nobody_knows(tmdb: Tmdb) -> None:
    """Nothing is asked about them then."""
    tmdb.refresh(people=("Zendaya",))
    assert tmdb.paths() == ["/search/person"]
    tmdb.breakage = lambda path: None if path == "/search/person" else Failure("not found", "x")
    assert tmdb.refresh(people=("Ana Duarte",)).read == 0
