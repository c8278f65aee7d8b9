"""A refresh of both providers, which are functions: what is asked, kept, moved and remembered."""

import hashlib
import json
import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from countdown import files
from countdown.catalogue import load, source_files
from countdown.config.source_settings import SourceSetting
from countdown.core.source_result import SourceResult
from countdown.net.answers import Failure, NotModified, Reply
from countdown.refresh import run, state
from countdown.refresh.plan import Plan
from countdown.refresh.wanted import Wanted
from countdown.toml.parse import Table
from tests.replay import Replay, film, person, recorded_show

WIKIDATA, TVMAZE = SourceSetting("wikidata", "wikidata"), SourceSetting("tvmaze", "tvmaze")
NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
BUSY = b'{"error": {"code": "maxlag", "info": "Waiting for a server"}}'


def wanted(*items: str, **ids: Any) -> list[Wanted]:
    """Films that are wanted: one for each of *items*, and one with *ids* if there are any."""
    found = [Wanted("film", {"wikidata": item}) for item in items]
    return [*found, *([Wanted(ids.pop("kind", "film"), ids)] if ids else [])]


class Refreshes:
    """Refreshes in one state folder; *at* is the time of the next one."""

    def __init__(self, folder: Path, replay: Replay) -> None:
        self.folder = folder
        self.replay = replay
        self.at = NOON

    def __call__(
        self,
        releases: Iterable[Wanted],
        *sources: SourceSetting,
        since: datetime | None = None,
        people: tuple[str, ...] = (),
        **options: bool,
    ) -> SourceResult:
        """The result of the last of *sources*, by default Wikidata."""
        plan = Plan(
            [*releases],
            people,
            self.replay.fetch,
            lambda: self.at,
            lambda *_: None,
            int((since or self.at + timedelta(seconds=1)).timestamp()),
            **options,
        )
        self.replay.asked.clear()
        return run.refresh(sources or (WIKIDATA,), str(self.folder), lambda: plan)[-1]

    def layer(self, name: str = "wikidata") -> dict[str, Table]:
        """The tables of the layer in use by their ids."""
        folder = source_files.folder_in(str(self.folder))
        path = Path(source_files.path_of(folder, name))
        if not path.exists():
            return {}
        layer = load.read_layer(str(path), path.read_bytes())
        assert layer.source is not None
        assert layer.source.problems == ()
        return {table["id"]: table for table in layer.tables if table}

    def later(self, **span: float) -> None:
        """Let time pass."""
        self.at += timedelta(**span)


@pytest.fixture
def refreshes(tmp_path: Path) -> Refreshes:
    """Refreshes of two films and a series."""
    dune = film("Q1", "Dune", "2026-12-18", cast=("Q9",), tmdb=7, revision=10)
    thor = film("Q2", "Thor", "2027-05-01", region="BR")
    people = film("Q9", "Zendaya", kind="Q5")
    replay = Replay(dune, thor, people, shows=(recorded_show("made-show"),))
    return Refreshes(tmp_path / "state", replay)


def calls(replay: Replay, word: str) -> int:
    """How often an address with *word* in it was asked for."""
    return sum(word in url for url in replay.asked)


def test_first_refresh_reads_what_is_wanted(refreshes: Refreshes) -> None:
    """With the names of its people, and nothing else."""
    result = refreshes(wanted("Q1"))
    assert (result.outcome, result.read, result.changed, result.kept) == ("read", 1, 1, 0)
    (table,) = refreshes.layer().values()
    assert (table["title"], table["cast"]) == ("Dune", ["Zendaya"])
    assert table["dates"][0]["date"] == date(2026, 12, 18)
    assert table["read"] == NOON.date()
    assert len(refreshes.replay.asked) == 2


def test_second_refresh_asks_what_changed_and_reads_nothing(refreshes: Refreshes) -> None:
    """The file of the layer isn't even touched."""
    refreshes(wanted("Q1", "Q2"))
    (path,) = refreshes.folder.glob("sources/*")
    before = path.stat()
    refreshes.later(hours=2)
    result = refreshes(wanted("Q1", "Q2"))
    assert (result.outcome, result.read, result.changed, result.kept) == ("unchanged", 0, 0, 2)
    assert len(refreshes.replay.asked) == 1
    assert path.stat() == before
    refreshes.later(days=8)  # But its age is told now and then.
    refreshes(wanted("Q1", "Q2"))
    assert refreshes.layer()["wikidata-q1"]["read"] == refreshes.at.date()


def test_only_what_changed_is_read(refreshes: Refreshes) -> None:
    """The rest of the layer stays, and the date that isn't claimed any more is withdrawn."""
    refreshes(wanted("Q1", "Q2"))
    refreshes.replay.items["Q1"] = film("Q1", "Dune", "2027-03-01", region="DE", revision=11)
    refreshes.later(days=1)
    result = refreshes(wanted("Q1", "Q2"))
    assert (result.outcome, result.read, result.changed, result.kept) == ("read", 1, 1, 1)
    rows = refreshes.layer()["wikidata-q1"]["dates"]
    assert [(row["region"], row["date"], row.get("withdrawn")) for row in rows] == [
        ("DE", date(2027, 3, 1), None),
        ("US", date(2026, 12, 18), refreshes.at.date()),
    ]
    refreshes.later(days=100)  # After 30 days, it is read as a whole anyway.
    assert refreshes(wanted("Q1", "Q2")).read == 2
    assert [row["region"] for row in refreshes.layer()["wikidata-q1"]["dates"]] == ["DE"]


def test_revision_that_changes_no_fact_is_no_change(refreshes: Refreshes) -> None:
    """A typo in a description moves nothing."""
    refreshes(wanted("Q1"))
    refreshes.replay.items["Q1"]["lastrevid"] = 11
    refreshes.later(hours=2)
    result = refreshes(wanted("Q1"))
    assert (result.outcome, result.read, result.changed) == ("unchanged", 1, 0)
    assert refreshes(wanted("Q1")).read == 0


def test_300_titles_take_few_requests(refreshes: Refreshes) -> None:
    """At most 30 at first, and 10 if nothing changed."""
    people = [film(f"Q{9000 + number}", f"Name {number}", kind="Q5") for number in range(900)]
    items = [
        film(
            f"Q{number + 100}",
            f"Film {number}",
            "2027-01-01",
            cast=tuple(f"Q{9000 + number * 3 + at}" for at in range(3)),
        )
        for number in range(300)
    ]
    refreshes.replay.items = {item["id"]: item for item in (*items, *people)}
    releases = wanted(*(item["id"] for item in items))
    assert refreshes(releases).read == 300
    assert len(refreshes.replay.asked) <= 30
    assert refreshes.layer()["wikidata-q399"]["cast"] == ["Name 897", "Name 898", "Name 899"]
    refreshes.later(hours=2)
    assert refreshes(releases).outcome == "unchanged"
    assert len(refreshes.replay.asked) <= 10


def test_names_that_are_left_for_later_come_later(refreshes: Refreshes) -> None:
    """A film with a cast of hundreds doesn't keep others from being read."""
    cast = [f"Q{9000 + number}" for number in range(30)]
    people = [film(id, f"Name {id}", kind="Q5") for id in cast]
    items = [film(f"Q{n}", f"Film {n}", "2027-01-01", cast=tuple(cast)) for n in range(1, 9)]
    extra = [film(f"Q{n}0000", f"Name {n}", kind="Q5") for n in range(1, 300)]
    for number, item in enumerate(items):
        crew = [each["id"] for each in extra[number * 30 : number * 30 + 30]]
        item["claims"]["P58"] = film("Q0", "", cast=tuple(crew))["claims"]["P161"]
    refreshes.replay.items = {item["id"]: item for item in (*items, *people, *extra)}
    releases = wanted(*(item["id"] for item in items))
    refreshes(releases)
    assert len(refreshes.replay.asked) <= 5
    assert len(refreshes.layer()["wikidata-q1"]["cast"]) == 30
    assert len(refreshes.layer()["wikidata-q8"].get("writer", ())) < 30
    for _ in range(3):
        refreshes(releases)
    assert len(refreshes.layer()["wikidata-q8"]["writer"]) == 30
    assert refreshes(releases).read == 0


def test_busy_server_is_left_alone_and_the_rest_comes_later(refreshes: Refreshes) -> None:
    """The first 50 items stay; an explicit refresh within ten minutes asks nobody."""
    items = [film(f"Q{n}", f"Film {n}", "2027-01-01") for n in range(1, 71)]
    refreshes.replay.items = {item["id"]: item for item in items}
    refreshes.replay.breakage = lambda url: BUSY if "Q70" in url else None
    releases = wanted(*(item["id"] for item in items))
    result = refreshes(releases)
    assert (result.outcome, result.read, result.why) == ("stopped", 50, "Wikidata says: maxlag.")
    assert len(refreshes.layer()) == 50
    result = refreshes(releases)
    assert (result.outcome, result.why) == ("stopped", "Wikidata says: maxlag.")
    assert refreshes.replay.asked == []
    refreshes.replay.breakage = lambda url: None
    refreshes.later(minutes=11)
    result = refreshes(releases)
    assert (result.read, result.kept) == (20, 50)
    assert len(refreshes.layer()) == 70


def test_busy_server_keeps_what_it_answered_before_the_names(refreshes: Refreshes) -> None:
    """They come with the next refresh."""
    refreshes.replay.breakage = lambda url: BUSY if "props=labels" in url else None
    result = refreshes(wanted("Q1"))
    assert (result.outcome, result.read) == ("stopped", 1)
    assert "cast" not in refreshes.layer()["wikidata-q1"]
    refreshes.replay.breakage = lambda url: None
    assert refreshes(wanted("Q1"), is_forced=True).outcome == "read"
    assert refreshes.layer()["wikidata-q1"]["cast"] == ["Zendaya"]


@pytest.mark.parametrize(
    ("broken", "outcome", "why"),
    [
        (b"<!DOCTYPE html>", "failed", "The answer is a web page, not data."),
        (b"", "failed", "The answer isn't JSON."),
        (b'{"error": {"code": "internal"}}', "failed", "Wikidata says: internal."),
        (Failure("offline", "It can't be reached."), "failed", "It can't be reached."),
        (Failure("refused", "It refuses to answer.", 403), "failed", "It refuses to answer."),
        (Failure("not found", "None.", 404), "failed", "Wikidata's API isn't where it was."),
        (Failure("too many requests", "Too often.", 429, 900), "stopped", "Too often."),
        (Failure("too many requests", "Too often.", 429), "stopped", "Too often."),
        (NotModified("https://example.org"), "failed", "The answer is broken."),
    ],
    ids=["html", "empty", "error", "offline", "403", "404", "429", "429-without-a-time", "304"],
)
def test_broken_answer_changes_nothing(
    broken: bytes | Reply, outcome: str, why: str, refreshes: Refreshes
) -> None:
    """The last good layer stays as it was, byte for byte."""
    refreshes(wanted("Q1"))
    (path,) = refreshes.folder.glob("sources/*")
    before = path.read_bytes()
    refreshes.later(days=1)
    refreshes.replay.breakage = lambda url: broken
    result = refreshes(wanted("Q1", "Q2"))
    assert (result.outcome, result.why) == (outcome, why)
    assert path.read_bytes() == before
    known = state.read(str(refreshes.folder))["wikidata"]
    assert known.error == why
    assert known.read == int(NOON.timestamp())


def test_failures_are_tried_again_later_and_later(refreshes: Refreshes) -> None:
    """In an hour, then two, up to a day; who asks explicitly is answered at once."""
    refreshes.replay.breakage = lambda url: Failure("offline", "It can't be reached.")
    waits = []
    for _ in range(7):
        result = refreshes(wanted("Q1"))
        assert result.next is not None
        waits.append((result.next - int(refreshes.at.timestamp())) // 3600)
    assert waits == [1, 2, 4, 8, 16, 24, 24]
    assert refreshes(wanted("Q1"), only_due=True).why == "Not due yet."
    refreshes.replay.breakage = lambda url: None
    assert refreshes(wanted("Q1")).outcome == "read"
    assert state.read(str(refreshes.folder))["wikidata"].failures == 0


def test_item_that_is_gone_keeps_its_claims(refreshes: Refreshes) -> None:
    """It is marked after two refreshes, a day apart; what comes back isn't gone."""
    refreshes(wanted("Q1"))
    item = refreshes.replay.items.pop("Q1")
    for hours, is_gone in ((1, False), (1, False), (25, True), (1, True)):
        refreshes.later(hours=hours)
        result = refreshes(wanted("Q1"))
        assert (result.changed, result.kept) == (int(is_gone and hours == 25), 1)
        (table,) = refreshes.layer().values()
        assert table.get("gone") == (date(2026, 11, 25) if is_gone else None)
        assert table["dates"][0]["date"] == date(2026, 12, 18)
    refreshes.replay.items["Q1"] = item
    refreshes.later(hours=1)
    refreshes(wanted("Q1"))
    assert "gone" not in refreshes.layer()["wikidata-q1"]


def test_item_that_was_never_there_is_no_release(refreshes: Refreshes) -> None:
    """Nor is one that's something else, which isn't asked about again until it's due."""
    result = refreshes(wanted("Q7", "Q9"))
    assert (result.outcome, refreshes.layer()) == ("unchanged", {})
    assert result.skipped == ("Q9: isn't a film or series",)
    refreshes.later(hours=2)
    refreshes(wanted("Q7", "Q9"))
    assert [*refreshes.replay.asked] == [url for url in refreshes.replay.asked if "=info" in url]


def test_item_that_was_merged_is_read_under_its_new_id(refreshes: Refreshes) -> None:
    """The release is found under both; from then on, the new item alone is asked about."""
    refreshes(wanted("Q1", "Q2"))
    refreshes.replay.items["Q5"] = {**refreshes.replay.items.pop("Q1"), "id": "Q5"}
    refreshes.replay.redirects["Q1"] = "Q5"
    refreshes.later(hours=2)
    assert refreshes(wanted("Q1", "Q2")).changed == 1
    layer = refreshes.layer()
    assert [*layer] == ["wikidata-q2", "wikidata-q5"]
    assert layer["wikidata-q5"]["was"] == ["wikidata-q1"]
    refreshes.later(hours=2)
    assert refreshes(wanted("Q1", "Q2")).outcome == "unchanged"
    assert len(refreshes.replay.asked) == 1


def test_release_without_an_item_is_looked_up_by_other_ids(refreshes: Refreshes) -> None:
    """Once; what isn't known is looked up again after a month."""
    refreshes.replay.items["Q1"] = film("Q1", "Dune", "2026-12-18", imdb="tt0000007")
    releases = [
        *wanted(imdb="tt0000007"),
        *wanted(imdb="tt0000008", tmdb=8),
        *wanted(kind="season", tvmaze=3, tmdb=9),
    ]
    refreshes(releases)
    assert [*refreshes.layer()] == ["wikidata-q1"]
    assert calls(refreshes.replay, "haswbstatement") == 1
    assert not calls(refreshes.replay, "%3D9")
    refreshes.later(days=1)
    refreshes(releases)
    assert not calls(refreshes.replay, "haswbstatement")
    refreshes.later(days=40)
    refreshes(releases)
    assert calls(refreshes.replay, "haswbstatement") == 1


def test_what_nobody_wants_any_more_leaves_the_layer(refreshes: Refreshes) -> None:
    """That isn't a loss, for which a layer would be held back."""
    refreshes(wanted("Q1", "Q2"))
    refreshes.later(hours=2)
    assert refreshes(wanted("Q2")).outcome == "unchanged"
    assert [*refreshes.layer()] == ["wikidata-q2"]


@pytest.mark.parametrize("name", ["wikidata", "tvmaze"])
def test_what_is_wanted_again_is_read_again(name: str, refreshes: Refreshes) -> None:
    """Its dates are back, though nothing changed at the source since."""
    source = {"wikidata": WIKIDATA, "tvmaze": TVMAZE}[name]
    releases = [*wanted("Q1", "Q2"), SERIES]
    refreshes(releases, source)
    before = refreshes.layer(name)
    refreshes.later(hours=2)
    refreshes(wanted("Q2"), source)
    assert len(refreshes.layer(name)) < len(before)
    refreshes.later(hours=2)
    assert refreshes(releases, source).read == 1
    after = refreshes.layer(name)
    assert {id: table.get("dates") for id, table in after.items()} == {
        id: table.get("dates") for id, table in before.items()
    }


def test_layer_of_a_newer_program_is_no_start(refreshes: Refreshes) -> None:
    """Even if what is remembered is about it, everything is read again."""
    refreshes(wanted("Q1"))
    (path,) = refreshes.folder.glob("sources/*")
    path.write_text(re.sub(r"format = \d", "format = 9", path.read_text("utf-8")), "utf-8")
    with state.open_state(str(refreshes.folder)) as opened:
        known = opened.sources()["wikidata"]
        sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
        opened.save_source("wikidata", known._replace(sha256=sha256))
    refreshes(wanted("Q1"), is_forced=True)
    assert [*refreshes.layer()] == ["wikidata-q1"]


@pytest.mark.parametrize("change", ["deleted", "edited", "newer"])
def test_layer_that_was_touched_is_read_again(change: str, refreshes: Refreshes) -> None:
    """What is remembered of it says nothing about the file."""
    refreshes(wanted("Q1", "Q2"))
    (path,) = refreshes.folder.glob("sources/*")
    text = path.read_text("utf-8")
    if change == "deleted":
        path.unlink()
    else:
        path.write_text(
            re.sub(r"format = \d", "format = 9", text) if change == "newer" else "x = ["
        )
    refreshes.later(hours=2)
    assert refreshes(wanted("Q1", "Q2")).read == 2
    assert len(refreshes.layer()) == 2


def test_clock_that_went_back_holds_the_layer_back(refreshes: Refreshes) -> None:
    """What was read waits, and is there once the clock is right again."""
    refreshes(wanted("Q1"))
    refreshes.later(days=-3)
    refreshes.replay.items["Q1"] = film("Q1", "Dune: Part Three", "2026-12-18", revision=11)
    result = refreshes(wanted("Q1"))
    assert result.outcome == "held back"
    assert result.why == "It was read before the one in use."
    assert refreshes.layer()["wikidata-q1"]["title"] == "Dune"
    refreshes.later(days=4)
    assert refreshes(wanted("Q1")).outcome == "read"
    assert refreshes.layer()["wikidata-q1"]["title"] == "Dune: Part Three"


@pytest.mark.parametrize("step", range(12))
def test_refresh_that_is_killed_goes_on_where_it_stopped(
    step: int, refreshes: Refreshes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The old layer is whole, and nothing that was answered is lost or asked for twice."""
    refreshes(wanted("Q1"))
    old = refreshes.layer()
    refreshes.later(days=1)
    refreshes.replay.items["Q1"] = film("Q1", "Dune", "2027-01-01", revision=11)
    real, left = {"replace": files.replace}, [step]

    class Killed(BaseException):
        """The process is gone: nothing below it runs, and what was committed stays."""

    def dying(name: str) -> Any:
        def call(*arguments: Any, **named: Any) -> object:
            left[0] -= 1
            if left[0] < 0:
                raise Killed
            return real[name](*arguments, **named)

        return call

    for name in ("save_pending", "save_source", "clear_pending", "save_entities"):
        real[name] = getattr(state.State, name)
        method = real[name]

        def saved(self: Any, *arguments: Any, method: Any = method) -> object:
            left[0] -= 1
            if left[0] < 0:
                raise Killed
            return method(self, *arguments)

        monkeypatch.setattr(state.State, name, saved)
    monkeypatch.setattr(files, "replace", dying("replace"))
    try:
        refreshes(wanted("Q1", "Q2"))
    except Killed:
        assert [*refreshes.layer()] in (["wikidata-q1"], ["wikidata-q1", "wikidata-q2"])
        assert len(refreshes.layer()) == 2 or refreshes.layer() == old
    monkeypatch.undo()
    left[0] = 1000
    refreshes.later(hours=1)
    refreshes(wanted("Q1", "Q2"))
    layer = refreshes.layer()
    assert layer["wikidata-q1"]["dates"][0]["date"] == date(2027, 1, 1)
    assert layer["wikidata-q2"]["title"] == "Thor"
    refreshes.later(hours=1)
    assert refreshes(wanted("Q1", "Q2")).outcome == "unchanged"


def test_ctrl_c_keeps_what_was_answered(refreshes: Refreshes) -> None:
    """It is in the layer at once."""
    items = [film(f"Q{n}", f"Film {n}", "2027-01-01") for n in range(1, 71)]
    refreshes.replay.items = {item["id"]: item for item in items}

    def interrupt(url: str) -> None:
        if "Q70" in url:
            raise KeyboardInterrupt

    refreshes.replay.breakage = interrupt
    with pytest.raises(KeyboardInterrupt):
        refreshes(wanted(*(item["id"] for item in items)))
    assert len(refreshes.layer()) == 50


def test_second_of_two_refreshes_asks_nobody(refreshes: Refreshes) -> None:
    """It waited for the first, which began after it was called."""
    refreshes(wanted("Q1"))
    result = refreshes(wanted("Q1"), since=NOON - timedelta(seconds=5))
    assert (result.outcome, result.why) == ("skipped", "Read just now.")
    assert refreshes.replay.asked == []
    assert refreshes(wanted("Q1"), since=NOON).outcome == "unchanged"  # One after the other.


def test_only_what_is_due_is_asked_about(refreshes: Refreshes) -> None:
    """The film in three weeks daily, the one in May once a week; forced, both at once."""
    releases = wanted("Q1", "Q2")
    refreshes(releases)
    asked = []
    for _ in range(8):
        refreshes.later(days=1, hours=3)
        refreshes(releases, only_due=True)
        asked.append([calls(refreshes.replay, word) for word in ("Q1", "Q2")])
    assert asked[:5] == [[1, 0]] * 5
    assert [1, 1] in asked
    refreshes(releases, only_due=True, is_forced=True)
    assert calls(refreshes.replay, "wbgetentities") == 1


def test_dry_run_leaves_everything_as_it_was(refreshes: Refreshes) -> None:
    """It says what it would have done."""
    result = refreshes(wanted("Q1"), is_dry=True)
    assert (result.outcome, result.read, result.is_dry) == ("read", 1, True)
    assert [path.name for path in refreshes.folder.iterdir()] == ["refresh.lock"]


def test_dry_run_says_what_would_be_held_back(refreshes: Refreshes) -> None:
    """A layer that was read before the one in use, by a clock that ran ahead."""
    refreshes(wanted("Q1"))
    refreshes.replay.items["Q1"] = film("Q1", "Dune", "2027-03-01", revision=11)
    refreshes.at -= timedelta(days=2)
    before = sorted(refreshes.folder.rglob("*"))
    result = refreshes(wanted("Q1"), is_dry=True, is_forced=True)
    assert (result.outcome, result.why) == ("held back", "It was read before the one in use.")
    assert sorted(refreshes.folder.rglob("*")) == before


def test_source_that_cannot_be_written_fails_alone(refreshes: Refreshes) -> None:
    """The other one is read."""
    refreshes(wanted("Q1"))
    (path,) = refreshes.folder.glob("sources/*")
    path.unlink()
    path.mkdir()
    result = refreshes([*wanted("Q1"), SERIES], WIKIDATA, TVMAZE)
    assert result.outcome == "read"
    assert "directory" in state.read(str(refreshes.folder))["wikidata"].error


# ---- TVmaze ----

SERIES = Wanted("series", {"tvmaze": 900001})


def test_series_is_read_with_its_seasons(refreshes: Refreshes) -> None:
    """And then only once it changed; the list of changes is one request."""
    result = refreshes([SERIES], TVMAZE)
    assert (result.outcome, result.read) == ("read", 1)
    layer = refreshes.layer("tvmaze")
    assert "tvmaze-900001-season-2" in layer
    assert layer["tvmaze-900001"]["aliases"] == ["Another title"]
    refreshes.later(hours=2)
    assert refreshes([SERIES], TVMAZE).outcome == "unchanged"
    assert refreshes.replay.asked == ["https://api.tvmaze.com/updates/shows?since=day"]
    show = refreshes.replay.shows[900001]
    show["updated"] += 60
    show["_embedded"]["seasons"][1]["premiereDate"] = "2027-03-05"
    refreshes.later(days=3)
    result = refreshes([SERIES], TVMAZE)
    assert (result.outcome, result.read, result.changed) == ("read", 1, 1)
    assert refreshes.replay.asked[0].endswith("since=week")
    assert len(refreshes.replay.asked) == 2
    season = refreshes.layer("tvmaze")["tvmaze-900001-season-2"]
    assert season["dates"][0]["date"] == date(2027, 3, 5)
    refreshes.later(days=40)  # Longer than the list goes back.
    refreshes([SERIES], TVMAZE)
    assert not calls(refreshes.replay, "updates")
    assert calls(refreshes.replay, "/shows/900001") == 1


def test_series_is_looked_up_by_its_id_at_imdb(refreshes: Refreshes) -> None:
    """One that TVmaze doesn't know isn't looked up again for a month."""
    releases = [
        *wanted(kind="series", imdb="tt90000010"),
        *wanted(kind="series", imdb="tt0000001"),
    ]
    refreshes(releases, TVMAZE)
    assert "tvmaze-900001" in refreshes.layer("tvmaze")
    refreshes.later(days=1)
    refreshes(releases, TVMAZE)
    assert not calls(refreshes.replay, "lookup")
    refreshes(wanted(kind="series", tvmaze=1), TVMAZE)
    assert refreshes.layer("tvmaze") == {}


def test_show_that_is_gone_keeps_its_dates(refreshes: Refreshes) -> None:
    """Both kinds of 404 are one."""
    refreshes([SERIES], TVMAZE)
    del refreshes.replay.shows[900001]
    for days, is_gone in ((31, False), (2, True)):
        refreshes.later(days=days)
        refreshes([SERIES], TVMAZE)
        assert ("gone" in refreshes.layer("tvmaze")["tvmaze-900001"]) == is_gone


def test_broken_answer_about_one_show_stops_no_other(refreshes: Refreshes) -> None:
    """Three in a row aren't about a show any more."""
    ids = range(900001, 900007)
    show = refreshes.replay.shows[900001]
    refreshes.replay.shows = {id: {**show, "id": id} for id in ids}
    for each in ids:
        seasons = [
            {**season, "id": season["id"] * 10 + each} for season in show["_embedded"]["seasons"]
        ]
        embedded = {**show["_embedded"], "seasons": seasons}
        imdb = {"imdb": f"tt{each}0"}
        refreshes.replay.shows[each] |= {"_embedded": embedded, "externals": imdb}
    releases = [Wanted("series", {"tvmaze": id}) for id in ids]
    refreshes.replay.breakage = lambda url: b"[]" if "900002?" in url or "2/akas" in url else None
    result = refreshes(releases, TVMAZE)
    assert (result.outcome, result.read) == ("read", 5)
    assert any("900002: the answer isn't about a show" in line for line in result.skipped)
    refreshes.replay.breakage = lambda url: b"<html>" if "embed" in url or "akas" in url else None
    result = refreshes(releases, TVMAZE, is_forced=True)
    assert (result.outcome, result.why) == ("failed", "The answer is a web page, not data.")
    assert len(refreshes.layer("tvmaze")) == 5 * 4


SHOWS = [Wanted("series", {"tvmaze": number}) for number in range(1, 7)]


def plain_show(number: int) -> dict[str, Any]:
    """A show without seasons."""
    made = {**recorded_show("made-show"), "id": number, "externals": {}}
    return {**made, "_embedded": {**made["_embedded"], "seasons": []}}


@pytest.mark.parametrize("reason", ["broken", "too slow", "unexpected"])
def test_show_that_always_fails_starves_no_other(reason: Any, refreshes: Refreshes) -> None:
    """It is counted at each refresh, also once the others are only confirmed."""
    refreshes.replay.shows = {number: plain_show(number) for number in range(1, 7)}
    failure = Failure(reason, "https://api.tvmaze.com says: 500.", 500)
    refreshes.replay.breakage = lambda url: failure if "shows/2?" in url else None
    for read, kept in ((5, 0), (0, 5)):
        result = refreshes(SHOWS, TVMAZE)
        assert (result.is_success, result.read, result.kept) == (True, read, kept)
        assert result.skipped == ("TVmaze 2: https://api.tvmaze.com says: 500.",)
        refreshes.later(hours=2)
    refreshes.replay.breakage = lambda url: None
    assert refreshes(SHOWS, TVMAZE).read == 1


def test_three_shows_that_always_fail_starve_no_other(refreshes: Refreshes) -> None:
    """The rest is asked first the next time; they wait in vain longer and longer."""
    refreshes.replay.shows = {number: plain_show(number) for number in range(1, 7)}
    failure = Failure("broken", "It says: 500.", 500)
    broken = ("shows/1?", "shows/2?", "shows/3?")
    refreshes.replay.breakage = lambda url: failure if any(s in url for s in broken) else None
    assert refreshes(SHOWS, TVMAZE).outcome == "failed"
    asked = []
    for hours in (0.5, 1, 1, 1, 1, 2):
        refreshes.later(hours=hours)
        result = refreshes(SHOWS, TVMAZE)
        assert (result.is_success, len(result.skipped)) == (True, 3)
        asked.append(sum(calls(refreshes.replay, show) for show in broken))
    assert asked == [0, 3, 0, 3, 0, 0]
    assert len(refreshes.layer("tvmaze")) == 3
    assert result.skipped[0] == "TVmaze 1: it failed before, and is asked about later"
    refreshes.replay.breakage = lambda url: None
    refreshes.later(days=1)
    result = refreshes(SHOWS, TVMAZE)
    assert (result.read, result.skipped) == (3, ())
    refreshes.replay.breakage = lambda url: failure if "shows/1?" in url else None
    assert refreshes(SHOWS, TVMAZE, is_forced=True).skipped == ("TVmaze 1: It says: 500.",)


@pytest.mark.parametrize(
    ("failure", "asked"),
    [
        (Failure("offline", "It can't be reached."), 1),
        (Failure("broken", "It says: 500.", 500), 3),
        (Failure("too many requests", "Too often.", 429, 60), 1),
    ],
    ids=["offline", "500", "429"],
)
def test_source_that_is_down_is_left_alone(
    failure: Failure, asked: int, refreshes: Refreshes
) -> None:
    """Three shows in a row aren't the fault of one."""
    refreshes.replay.breakage = lambda url: failure
    result = refreshes(SHOWS, TVMAZE)
    assert not result.is_success
    assert (result.why, len(refreshes.replay.asked)) == (failure.message, asked)
    assert refreshes(SHOWS[:1], TVMAZE, is_forced=True).why == failure.message


def test_answer_about_another_show_is_bad(refreshes: Refreshes) -> None:
    """It says nothing about the one that was asked for, nor about itself."""
    refreshes.replay.shows = {1: plain_show(1), 2: plain_show(3)}
    for _ in range(2):
        result = refreshes(SHOWS[:2], TVMAZE)
        assert result.is_success
        assert result.skipped == ("TVmaze 2: the answer is about something else",)
        assert [*refreshes.layer("tvmaze")] == ["tvmaze-1"]
        refreshes.later(hours=2)


def test_flash_loses_no_season(refreshes: Refreshes) -> None:
    """Recorded in 2017 and 2020: season 4 was undated, then season 7."""
    for name, day in (("flash-2017-03", (2017, 3, 15)), ("flash-2020-01", (2020, 1, 15))):
        refreshes.at = datetime(*day, 12, tzinfo=UTC)
        refreshes.replay.shows = {13: recorded_show(name)}
        refreshes([Wanted("series", {"tvmaze": 13})], TVMAZE)
        layer = refreshes.layer("tvmaze")
        undated = [id for id, table in layer.items() if not table.get("dates")]
        assert undated == [f"tvmaze-13-season-{4 if day[0] == 2017 else 7}"]


# ---- Catalogues of others ----

CATALOGUE = SourceSetting("mine", "catalogue", url="https://example.org/releases.toml")


def catalogue(count: int) -> bytes:
    """A catalogue of so many films."""
    entries = [
        f'[[release]]\nid = "f{n}"\ntitle = "Film {n}"\nkind = "film"\n' for n in range(count)
    ]
    return ("format = 1\n" + "".join(entries)).encode()


def test_catalogue_is_read_and_held_back_if_half_of_it_is_gone(refreshes: Refreshes) -> None:
    """An unchanged one isn't written again."""
    answers = {"body": catalogue(10)}
    refreshes.replay.breakage = lambda url: answers["body"]
    assert refreshes([], CATALOGUE).read == 10
    refreshes.later(days=1)
    result = refreshes([], CATALOGUE)
    assert (result.outcome, result.read) == ("unchanged", 0)
    assert refreshes([], CATALOGUE, is_dry=True).outcome == "unchanged"
    answers["body"] = catalogue(3)
    result = refreshes([], CATALOGUE, is_dry=True)
    assert (result.outcome, result.why) == ("held back", "It has lost 7 of 10 releases.")
    assert not [*refreshes.folder.glob("sources/*held*")]
    result = refreshes([], CATALOGUE)
    assert (result.outcome, result.why) == ("held back", "It has lost 7 of 10 releases.")
    assert len(refreshes.layer("mine")) == 10
    assert refreshes([], CATALOGUE, is_forced=True).outcome == "held back"


def test_catalogue_that_cannot_be_read_stays(refreshes: Refreshes) -> None:
    """Whatever the reason."""
    refreshes.replay.breakage = lambda url: catalogue(2)
    refreshes([], CATALOGUE)
    for reply in (
        Failure("offline", "It can't be reached."),
        Failure("too many requests", "Too often.", 429, 120),
    ):
        refreshes.later(days=1)
        refreshes.replay.breakage = lambda url, reply=reply: reply  # type: ignore[misc]
        result = refreshes([], CATALOGUE)
        assert result.outcome == ("stopped" if reply.retry_after else "failed")
        assert len(refreshes.layer("mine")) == 2


def feed(*days: str) -> bytes:
    """A calendar with a film on each of *days*."""
    events = [
        f"BEGIN:VEVENT\nUID:{day}\nSUMMARY:Film {day}\nDTSTART:{day}\nEND:VEVENT" for day in days
    ]
    return "\n".join(("BEGIN:VCALENDAR", *events, "END:VCALENDAR", "")).encode()


def test_calendar_loses_what_is_out(refreshes: Refreshes) -> None:
    """It's held back only if it has lost half of what is ahead."""
    source = SourceSetting("films", "calendar", url="https://example.org/films.ics")
    answers = {"body": feed("20261120", "20261121", "20261122", "20261211", "20261212", "20261213")}
    refreshes.replay.breakage = lambda url: answers["body"]
    assert refreshes([], source).read == 6
    answers["body"] = feed("20261212", "20261213")
    refreshes.later(days=1)
    assert refreshes([], source).outcome == "read"
    assert len(refreshes.layer("films")) == 2
    answers["body"] = feed()
    refreshes.later(days=1)
    result = refreshes([], source)
    assert (result.outcome, result.why) == ("held back", "It has lost all 2 releases.")
    refreshes.later(days=30)
    assert refreshes([], source).outcome == "read"
    assert refreshes.layer("films") == {}


def test_json_of_a_body_is_not_needed(refreshes: Refreshes) -> None:
    """Items are what Wikidata has: nothing of them is believed."""
    body = json.dumps({"entities": {"Q1": [], "x": {}}}).encode()
    refreshes.replay.breakage = lambda url: body
    assert refreshes(wanted("Q1", "Q2")).outcome == "unchanged"


# ---- People ----


@pytest.fixture
def zendaya(refreshes: Refreshes) -> Refreshes:
    """Somebody who is in films and series, and somebody else of her name."""
    replay = refreshes.replay
    films = [
        film("Q11", "Ahead", "2027-06-01", cast=("Q8", "Q9")),
        film("Q12", "Long out", "2019-06-01", cast=("Q8", *(f"Q{n}" for n in range(500, 520)))),
        film("Q13", "Undated", cast=("Q8",)),
        film("Q14", "By her", "2027-07-01", director="Q8"),
    ]
    for each in (*films, person("Q8", "Zendaya"), person("Q7", "Zendaya", "Q1028181")):
        replay.items[each["id"]] = each
    show = replay.shows[900001]
    old = {**show, "id": 5, "status": "Ended", "externals": {}}
    over = {**recorded_show("flash-2017-03"), "id": 6, "externals": {}, "status": "Running"}
    over["_embedded"] = {**over["_embedded"], "seasons": over["_embedded"]["seasons"][:1]}
    replay.shows |= {5: old, 6: over}
    replay.people = [{"id": 1, "name": "Zendaya"}, {"id": 2, "name": "Zendaya Other"}]
    replay.credits = {1: [900001, 5, 6]}
    return refreshes


def test_works_of_somebody_who_is_followed_come_in(zendaya: Refreshes) -> None:
    """What is ahead or undated, not what is long out, of which no names are asked for."""
    result = zendaya([], people=("zendaya",))
    assert (result.outcome, result.skipped) == ("read", ())
    assert [*zendaya.layer()] == ["wikidata-q11", "wikidata-q13", "wikidata-q14"]
    assert zendaya.layer()["wikidata-q11"]["cast"] == ["Zendaya"]
    assert not calls(zendaya.replay, "Q510")
    zendaya.later(hours=2)
    assert zendaya([], people=("zendaya",)).outcome == "unchanged"
    assert len(zendaya.replay.asked) == 2  # Her works, and what changed about three.
    assert not calls(zendaya.replay, "Q12")
    zendaya.later(hours=2)
    result = zendaya([], people=("zendaya",), only_due=True)
    assert (result.outcome, result.why) == ("skipped", "Nothing is due yet.")
    zendaya.later(days=100)  # Who can say whether it comes out again?
    zendaya([], people=("zendaya",))
    assert calls(zendaya.replay, "Q12")
    zendaya([])
    assert zendaya.layer() == {}


def test_name_of_several_people_is_not_guessed_at(zendaya: Refreshes) -> None:
    """Nor is somebody looked for at every refresh whom nobody knows."""
    zendaya.replay.items["Q6"] = person("Q6", "Zendaya")
    for _ in range(2):
        result = zendaya([], people=("Zendaya", "Nobody"))
        assert result.skipped == ("Zendaya: Wikidata knows several people of that name",)
        assert zendaya.layer() == {}
    assert zendaya.replay.asked == []
    del zendaya.replay.items["Q6"]
    zendaya.later(days=31)
    assert zendaya([], people=("Zendaya",)).changed == 3


def test_series_of_somebody_who_is_followed_come_in(zendaya: Refreshes) -> None:
    """Those that go on, with the seasons that are ahead."""
    assert zendaya([], TVMAZE, people=("Zendaya",)).outcome == "read"
    assert [*zendaya.layer("tvmaze")] == [
        "tvmaze-900001",
        *(f"tvmaze-900001-season-{number}" for number in (2, 3)),
    ]
    assert not calls(zendaya.replay, "/shows/5?")
    zendaya.replay.credits = {}
    zendaya.later(days=1)
    assert zendaya([], TVMAZE, people=("Zendaya",)).outcome == "unchanged"
    assert zendaya.layer("tvmaze") == {}


def test_person_takes_a_request_for_each_show_once(zendaya: Refreshes) -> None:
    """Nothing is asked again that has nothing ahead, and other titles only of what is wanted."""
    zendaya([], TVMAZE, people=("Zendaya",))
    assert not calls(zendaya.replay, "akas")
    assert len(zendaya.replay.asked) == 2 + 2  # Who she is, what she's in, and two shows.
    zendaya.later(hours=2)
    assert zendaya([], TVMAZE, people=("Zendaya",)).outcome == "unchanged"
    assert len(zendaya.replay.asked) == 2  # What she's in, and what changed.


@pytest.mark.parametrize("reply", [b"<html>", Failure("not found", "None.", 404)])
def test_show_without_other_titles_is_read(reply: Any, refreshes: Refreshes) -> None:
    """They are worth no failure."""
    refreshes.replay.breakage = lambda url: reply if "akas" in url else None
    assert refreshes([SERIES], TVMAZE).read == 1
    assert "aliases" not in refreshes.layer("tvmaze")["tvmaze-900001"]


@pytest.mark.parametrize("is_partial", [False, True])
def test_show_of_a_person_is_whole_once_it_is_tracked(
    zendaya: Refreshes, *, is_partial: bool
) -> None:
    """With its other seasons and titles at once, though nothing about it changed."""
    zendaya([], TVMAZE, people=("Zendaya",))
    before = {*zendaya.layer("tvmaze")}
    zendaya.later(hours=2)
    assert zendaya([SERIES], TVMAZE, people=("Zendaya",), is_partial=is_partial).read == 1
    layer = zendaya.layer("tvmaze")
    assert {*layer} - before == {"tvmaze-900001-season-1"}
    assert layer["tvmaze-900001"]["aliases"] == ["Another title"]
    zendaya.later(hours=2)
    assert zendaya([SERIES], TVMAZE, people=("Zendaya",)).read == 0


@pytest.mark.parametrize(
    ("word", "broken", "why"),
    [
        ("wbsearchentities", b"<html>", "The answer is a web page, not data."),
        ("wbsearchentities", Failure("not found", "", 404), "The search isn't where it was."),
        ("haswbstatement", BUSY, "Wikidata says: maxlag."),
    ],
)
def test_person_who_cannot_be_looked_for_stops_the_source(
    word: str, broken: bytes | Reply, why: str, zendaya: Refreshes
) -> None:
    """For now: what is in its layer stays."""
    zendaya(wanted("Q1"))
    zendaya.replay.breakage = lambda url: broken if word in url else None
    zendaya.later(hours=1)
    assert zendaya(wanted("Q1"), people=("Zendaya",)).why == why
    assert [*zendaya.layer()] == ["wikidata-q1"]


def test_one_release_is_read_at_once(refreshes: Refreshes) -> None:
    """The rest of the layer stays, and the next refresh is due when it was."""
    refreshes(wanted("Q1"))
    refreshes.later(hours=1)
    seconds = int(refreshes.at.timestamp())
    plan = Plan(
        wanted("Q2"), (), refreshes.replay.fetch, lambda: refreshes.at, lambda *_: None, seconds
    )
    result, other = run.refresh_one((WIKIDATA, TVMAZE, CATALOGUE), str(refreshes.folder), plan)
    assert (result.read, result.kept, other.outcome) == (1, 1, "skipped")
    assert [*refreshes.layer()] == ["wikidata-q1", "wikidata-q2"]
    assert state.read(str(refreshes.folder))["wikidata"].read == int(NOON.timestamp())
