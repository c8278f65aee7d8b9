"""The contract that programs read: every key of it, with what is known and with what is not."""

import json
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from countdown.core import edtf
from countdown.core.changes import Change, ObservedChange
from countdown.core.history import HistoryStep
from countdown.core.outlook import Moment
from countdown.formats import contract, csv, jsonl, tsv
from countdown.formats import json as json_document
from countdown.views.follows import FollowSummary
from countdown.views.follows import follows as follows_view
from countdown.views.listing import listing
from countdown.views.view import View, ViewContext
from tests.views.releases import CONTEXT, NOW, THOR, film, outlook_of

NO_BASIS: dict[str, Any] = {
    "unverified": False,
    **dict.fromkeys(("source", "checked", "origin", "read")),
    "disputed": [],
}
FULL: dict[str, Any] = {
    "id": "thor-4",
    "was": ["untitled-thor-film"],
    "title": "Thor: Love and Thunder",
    "kind": "film",
    "season": None,
    "aliases": ["Thor 4"],
    "titles": {"pt-BR": "Thor: Amor e Trovão", "ja": "ソー:ラブ&サンダー"},
    "franchise": ["Marvel", "Thor"],
    "platform": ["Disney+", "IMAX"],
    "distributor": ["Disney"],
    "studio": ["Marvel Studios"],
    "country": ["US", "AU"],
    "state": "upcoming",
    "stage": "completed",
    "stage_since": "2022-05",
    "stage_note": "Locked in May.",
    "expected": "2022-07",
    "date": {
        "edtf": "2022-07-08",
        "earliest": "2022-07-08",
        "latest": "2022-07-08",
        "precision": "day",
        "instant": None,
        "region": "US",
        "place": None,
        "type": "theatrical",
        "unverified": False,
        "fallback": False,
    },
    "days": {"min": 4, "max": 4},
    "text": "in 4 days",
    "dates": [
        {
            "edtf": "2022-07-08",
            "earliest": "2022-07-08",
            "latest": "2022-07-08",
            "precision": "day",
            "instant": None,
            "region": "US",
            "place": None,
            "type": "theatrical",
            "days": {"min": 4, "max": 4},
            **NO_BASIS,
        },
        {
            "edtf": "2022-07-07",
            "earliest": "2022-07-07",
            "latest": "2022-07-07",
            "precision": "day",
            "instant": None,
            "region": "BR",
            "place": None,
            "type": "theatrical",
            "days": {"min": 3, "max": 3},
            **NO_BASIS,
        },
        {
            "edtf": "2022-09-08T07:00:00Z",
            "earliest": "2022-09-08",
            "latest": "2022-09-08",
            "precision": "instant",
            "instant": "2022-09-08T07:00:00Z",
            "region": None,
            "place": None,
            "type": "streaming",
            "days": {"min": 66, "max": 66},
            **NO_BASIS,
        },
    ],
    "complete": None,
    "cadence": None,
    "moves": [
        {
            "announced": "2020-04-03",
            "from": "2021-11-05",
            "to": "2022-02-11",
            "days": 98,
            "source": "https://www.variety.com/thor",
        }
    ],
    "director": ["Taika Waititi"],
    "writer": ["Taika Waititi", "Jennifer Kaytin Robinson"],
    "creator": ["Stan Lee"],
    "cast": [
        {"name": "Chris Hemsworth", "role": "Thor"},
        {"name": "Natalie Portman", "role": "Jane Foster"},
        {"name": "Matt Damon", "role": None},
    ],
    "synopsis": "A god in midlife meets a butcher of gods.",
    "sequel_to": "thor-3",
    "ids": {"imdb": "tt10648342", "tmdb": 616037},
    "unverified": ["writer"],
    "checked": "2022-07-01",
    "sources": [
        {"url": "https://deadline.com/1", "date": "2022-06-30"},
        {"url": "https://marvel.com/thor", "date": None},
    ],
    "credits": [],
}
LISTS = {
    *("was", "aliases", "franchise", "platform", "distributor", "studio", "dates", "moves"),
    "director",
    *("writer", "creator", "cast", "unverified", "sources", "credits", "country"),
}
EMPTY: dict[str, Any] = {
    **{key: [] if key in LISTS else None for key in FULL},
    "id": "a",
    "title": "A",
    "kind": "film",
    "state": "undated",
    "text": "no date announced",
    "titles": {},
    "ids": {},
}
HEADING = (
    "id,title,kind,season,state,stage,edtf,earliest,latest,precision,instant,region,place,type,"
    "days_min,days_max,text,aliases,franchise,platform,distributor,studio,country,director,writer,creator,cast,"
    "stage_since,stage_note,expected,complete,cadence,synopsis,unverified,checked,sources"
)


def plain(record: dict[str, Any]) -> dict[str, Any]:
    """*record* as a program gets it, and the order of its keys as it is written."""
    found: dict[str, Any] = json.loads(contract.encode(record))
    return found


def test_record_has_every_known_fact() -> None:
    """Key by key, in the order of the documentation."""
    found = plain(contract.record(outlook_of(THOR), now=NOW))
    assert found == FULL
    assert [*found] == [*FULL]


def test_record_of_next_to_nothing_has_the_same_keys() -> None:
    """What is not known is null, or an empty list."""
    found = plain(contract.record(outlook_of(film("A")), now=NOW))
    assert found == EMPTY
    assert [*found] == [*FULL]


def test_counting_date_of_another_region_is_a_fallback() -> None:
    """And an instant's day is the reader's, its text UTC's."""
    tokyo = Moment.at(NOW.instant, ZoneInfo("Asia/Tokyo"))
    found = contract.record(outlook_of(film("A", "2022-07-07T16:00Z BR tv"), tokyo), now=tokyo)
    instant = "2022-07-07T16:00:00Z"
    assert found["date"] == {
        "edtf": instant,
        "earliest": "2022-07-08",
        "latest": "2022-07-08",
        "precision": "instant",
        "instant": instant,
        "region": "BR",
        "place": None,
        "type": "tv",
        "unverified": False,
        "fallback": True,
    }
    assert found["days"] == {"min": 3, "max": 3}
    assert found["dates"][0]["earliest"] == "2022-07-08"
    assert found["dates"][0]["days"] == {"min": 3, "max": 3}


def test_season_is_a_number() -> None:
    """The title stays without it."""
    found = contract.record(outlook_of(film("A", kind="season", season=2)), now=NOW)
    assert (found["kind"], found["title"], found["season"]) == ("season", "A", 2)


def test_end_of_a_season_is_counted_down_to() -> None:
    """If its episodes come out together, that is its date."""
    release = film("A", "2022-07-08 US", kind="season")
    weekly = release._replace(complete=edtf.parse("2022-09"), cadence="weekly")
    found = contract.record(outlook_of(weekly), now=NOW)
    window = {"edtf": "2022-09", "precision": "month", "instant": None}
    ends = {"earliest": "2022-09-01", "latest": "2022-09-30", "days": {"min": 59, "max": 88}}
    assert (found["complete"], found["cadence"]) == (window | ends, "weekly")
    found = contract.record(outlook_of(release._replace(cadence="all at once")), now=NOW)
    assert found["complete"]["edtf"] == "2022-07-08"
    found = contract.record(outlook_of(film("A")._replace(cadence="all at once")), now=NOW)
    assert found["complete"] is None


AT = datetime(2022, 7, 3, 9, 5, 7, tzinfo=UTC)


def observed(change: Change) -> ObservedChange:
    """That *change* of Thor was seen on 3 July."""
    return ObservedChange(AT, date(2022, 7, 3), "thor-4", "Thor", change)


MOVED = observed(Change("moved", edtf.parse("2022-07-08"), edtf.parse("2022-07-10"), place="BR"))


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (
            MOVED.change,
            {
                "what": "moved",
                "from": "2022-07-08",
                "to": "2022-07-10",
                "region": "BR",
                "place": None,
                "days": 2,
                "stage_from": None,
                "stage_to": None,
                "text": "delayed by 2 days, 8 Jul 2022 BR → 10 Jul 2022 BR",
            },
        ),
        (
            Change("stage", stages=("filming", "wrapped")),
            {
                "what": "stage",
                "from": None,
                "to": None,
                "region": None,
                "place": None,
                "days": None,
                "stage_from": "filming",
                "stage_to": "wrapped",
                "text": "now wrapped (was filming)",
            },
        ),
        (
            Change("cadence", cadences=("weekly", None)),
            {
                "what": "cadence",
                "from": None,
                "to": None,
                "region": None,
                "place": None,
                "days": None,
                "stage_from": None,
                "stage_to": None,
                "cadence_from": "weekly",
                "text": "cadence no longer known (was weekly)",
            },
        ),
    ],
)
def test_change_has_its_time_and_dates(change: Change, expected: dict[str, Any]) -> None:
    """The moment in UTC, and both ends of what changed."""
    found = contract.change(observed(change))
    cadences = {"cadence_from": None, "cadence_to": None}
    head = {"seen": "2022-07-03T09:05:07Z", "announced": None, "id": "thor-4", "name": "Thor"}
    assert found == {**head, **cadences, **expected, "source": None}
    assert [*found][:4] == [*head]


def test_recorded_move_has_its_announcement_and_its_source() -> None:
    """And no moment at which it was seen."""
    move = observed(MOVED.change)._replace(
        at=None, announced=edtf.parse("2022-06"), source="https://a.b"
    )
    found = contract.change(move)
    assert (found["seen"], found["announced"], found["source"]) == (None, "2022-06", "https://a.b")


def test_step_is_announced_or_seen() -> None:
    """Both where both are known."""
    before, after = edtf.parse("2022"), edtf.parse("2022-07")
    assert contract.step(HistoryStep(before, after, edtf.parse("2021-05"), "https://a.b")) == {
        "announced": "2021-05",
        "seen": None,
        "from": "2022",
        "to": "2022-07",
        "days": -153,
        "source": "https://a.b",
    }
    assert contract.step(HistoryStep(None, after, seen=date(2022, 7, 3))) == {
        "announced": None,
        "seen": "2022-07-03",
        "from": None,
        "to": "2022-07",
        "days": None,
        "source": None,
    }


def test_followed_name_has_its_next_release() -> None:
    """By its id; none is null."""
    found = contract.follow(FollowSummary("person", "Zendaya", 3, outlook_of(THOR)))
    assert found == {"sort": "person", "name": "Zendaya", "ahead": 3, "next": "thor-4"}
    assert contract.follow(FollowSummary("title", "X", 0, None))["next"] is None


ENVELOPE = {"schema": 1, "as_of": "2022-07-04", "region": "US", "timezone": "UTC"}


def lone(**more: Any) -> View:
    """A view of Thor alone."""
    return View(tuple, (outlook_of(THOR),), ViewContext(NOW, "US", "UTC"), **more)


def test_document_has_an_envelope_and_the_releases() -> None:
    """One line each, so that a diff of two documents is readable."""
    text = json_document.render(listing([outlook_of(THOR), outlook_of(film("A"))], CONTEXT))
    assert json.loads(text) == {**ENVELOPE, "releases": [FULL, EMPTY]}
    first, second, third, last = text.removesuffix("\n").split("\n")
    assert first == (
        '{"schema": 1, "as_of": "2022-07-04", "region": "US", "timezone": "UTC", "releases": ['
    )
    assert (json.loads(second.removesuffix(",")), json.loads(third)) == (FULL, EMPTY)
    assert last == "]}"


def test_document_of_nothing_has_an_empty_list() -> None:
    """On the line of the envelope; region and zone may be unknown."""
    text = json_document.render(View(tuple, (), ViewContext(NOW)))
    assert text == (
        '{"schema": 1, "as_of": "2022-07-04", "region": null, "timezone": null, "releases": []}\n'
    )


def test_document_has_changes_and_follows_on_request() -> None:
    """Before the releases, also if it is empty."""
    found = json.loads(json_document.render(lone(changes=(MOVED,))))
    assert [*found][-2:] == ["changes", "releases"]
    assert found["changes"] == [contract.change(MOVED)]
    assert json.loads(json_document.render(lone(changes=())))["changes"] == []
    follows = json.loads(
        json_document.render(
            follows_view([FollowSummary("person", "Z", 1, outlook_of(THOR))], CONTEXT, ahead=1)
        )
    )
    assert follows["follows"] == [{"sort": "person", "name": "Z", "ahead": 1, "next": "thor-4"}]
    assert follows["releases"] == [FULL]
    assert {"changes", "follows"} & {*json.loads(json_document.render(lone()))} == set()


def test_release_has_followed() -> None:
    """Where that was looked up."""
    for ids, expected in (({"thor-4"}, True), ({"other"}, False), (set(), False)):
        for render in (json_document.render, jsonl.render):
            text = render(lone(followed=frozenset(ids)))
            line = next(line for line in text.splitlines() if '"thor-4"' in line)
            assert json.loads(line.removesuffix(",")) == {**FULL, "followed": expected}


def test_history_belongs_to_the_release() -> None:
    """Where it was asked for, also if it is empty."""
    step = HistoryStep(None, edtf.parse("2022"), seen=date(2022, 7, 3))
    for render in (json_document.render, jsonl.render):
        text = render(lone(history=(step,)))
        line = next(line for line in text.splitlines() if '"thor-4"' in line)
        assert json.loads(line) == {**FULL, "history": [contract.step(step)]}
    assert json.loads(jsonl.render(lone(history=()))) == {**FULL, "history": []}


def test_json_lines_are_releases_or_changes() -> None:
    """One a line, no envelope; letters are not escaped."""
    views = listing([outlook_of(THOR), outlook_of(film("Amélie"))], CONTEXT)
    first, second = jsonl.render(views).splitlines()
    assert json.loads(first) == FULL
    assert '"title": "Amélie"' in second
    assert jsonl.render(lone(changes=(MOVED,))) == f"{contract.encode(contract.change(MOVED))}\n"
    assert jsonl.render(lone(changes=())) == ""


def test_csv_has_a_column_for_each_plain_value() -> None:
    """Lists are joined, and what is not known is empty."""
    thor = THOR._replace(unverified=("writer", "cast"))
    text = csv.render(listing([outlook_of(thor), outlook_of(film("A, B"))], CONTEXT))
    assert text.split("\n") == [
        HEADING,
        "thor-4,Thor: Love and Thunder,film,,upcoming,completed,2022-07-08,2022-07-08,2022-07-08,"
        "day,,US,,theatrical,4,4,in 4 days,Thor 4,Marvel; Thor,Disney+; IMAX,Disney,Marvel Studios,"
        "US; AU,Taika Waititi,Taika Waititi; Jennifer Kaytin Robinson,Stan Lee,"
        "Chris Hemsworth; Natalie Portman; Matt Damon,2022-05,Locked in May.,2022-07,,,"
        "A god in midlife meets a butcher of gods.,writer; cast,2022-07-01,"
        "https://deadline.com/1; https://marvel.com/thor",
        '"a,\'-b","A, B",film,,undated,,,,,,,,,,,,no date announced' + "," * 19,
        "",
    ]


def test_csv_has_windows_and_instants() -> None:
    """Both ends in days, and the moment."""
    view = listing(
        [outlook_of(film("A", "2022-07")), outlook_of(film("B", "2022-07-09T07:00Z"))], CONTEXT
    )
    _, window, instant = csv.render(view).splitlines()
    assert ",2022-07,2022-07-01,2022-07-31,month,,,,,-3,27," in window
    moment = "2022-07-09T07:00:00Z"
    assert f",{moment},2022-07-09,2022-07-09,instant,{moment},,,,5,5,in 5 days," in instant


def test_tsv_is_csv_with_tabs() -> None:
    """Commas then need no quotes."""
    rows = tsv.render(listing([outlook_of(film("A, B", id="x"))], CONTEXT)).splitlines()
    assert rows[0] == HEADING.replace(",", "\t")
    assert rows[1].startswith("x\tA, B\tfilm\t")


@pytest.mark.parametrize("module", [csv, tsv])
def test_table_of_changes_has_their_columns(module: Any) -> None:
    """Those of the contract; of nothing there is not even a heading."""
    rows = module.render(lone(changes=(MOVED,))).splitlines()
    sign = "," if module is csv else "\t"
    columns = (
        "seen announced id name what from to region place days"
        " stage_from stage_to cadence_from cadence_to source text"
    )
    assert rows[0] == columns.replace(" ", sign)
    assert rows[1].startswith(sign.join(["2022-07-03T09:05:07Z", "", "thor-4", "Thor", "moved"]))
    assert len(rows) == 2
    assert module.render(lone(changes=())) == ""
    assert module.render(View(tuple, (), ViewContext(NOW))) == ""
