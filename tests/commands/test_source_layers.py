"""Every command reads the layers of sources, and none of these stops one."""

import json
import os
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from countdown import environment, paths
from countdown.index.open import index_path, open_fresh
from countdown.stamps import CatalogueFiles
from tests.cli import living
from tests.cli.living import ARCANE, DUNE, TMDB, TVMAZE, WIKIDATA
from tests.cli.shelf import Shelf

READING = (
    *(("list",), ("next",), ("status",), ("show", "thor 5"), ("search", "thor"), ("news",)),
    *(("remind",), ("prompt",), ("check",), ("follow",), ("list", "--json"), ("doctor",)),
)
FILM = {"title": "Zodiac 2", "kind": "film", "id": "wikidata-q2", "dates": [{"date": "2027"}]}


@pytest.fixture
def shelf(shelf: Shelf, without_shells: None) -> Shelf:
    """One's own catalogue, beside which there is nothing to look at for `doctor`."""
    return shelf


def is_fresh() -> bool:
    """True if the next command need not build the index."""
    layers = CatalogueFiles(*environment.catalogues())
    file = index_path(layers, str(paths.cache_folder()))
    index = open_fresh(file, layers, time.time_ns())
    if index is None:
        return False
    index.close()
    return True


def listed(shelf: Shelf) -> str:
    """The titles of the list."""
    return shelf.ran("list", "--all", "--format", "csv").out


def test_commands_show_what_only_a_source_has(shelf: Shelf) -> None:
    """By all its names, in lists, and for programs."""
    living.put("tvmaze", TVMAZE, ARCANE)
    assert "Arcane" in listed(shelf)
    assert "Arcane" in shelf.ran("show", "arcane 3").out
    assert "Arcane" in shelf.ran("search", "arcane").out
    assert shelf.ran("prompt", "--platform", "Max", "--all").out == "Dune: Part Three 26d\n"
    assert "Arcane" in shelf.ran("prompt", "--count", "9").out


def test_facts_of_a_source_join_those_of_the_built_in_catalogue(shelf: Shelf) -> None:
    """It is found by the id that both have, and keeps what only one has."""
    living.put("wikidata", WIKIDATA, {**DUNE, "dates": [{"date": "2027", "region": "DE"}]})
    shown = shelf.ran("show", "dune part three", "--format", "plain").out
    assert "DE\t\t2027" in shown
    assert "BR\t\t17 Dec 2026" in shown


def test_own_catalogue_lies_over_sources(shelf: Shelf) -> None:
    """What only a source has can be changed, hidden, and shown again."""
    living.put("tvmaze", TVMAZE, ARCANE)
    shelf.ran("edit", "Arcane, season 3", "--stage-note", "soon", "--stage", "filming")
    assert shelf.last["id"] == "tvmaze-46331-s3"
    assert "title" not in shelf.last
    assert "soon" in shelf.ran("show", "arcane 3").out
    assert "Arcane" in shelf.ran("mine").out
    assert shelf.ran("check").out.count("no problems") == 1
    shelf.ran("hide", "tvmaze-46331-s3")
    assert "Arcane" not in listed(shelf)
    assert "is hidden" in shelf.run("show", "arcane").err
    shelf.ran("unhide", "arcane")
    assert "Arcane" in listed(shelf)


def test_named_catalogues_are_read_without_sources(shelf: Shelf, tmp_path: Path) -> None:
    """They are all that the user wants."""
    living.put("tvmaze", TVMAZE, ARCANE)
    ran = shelf.ran("--catalogue", str(tmp_path / "shipped.toml"), "list")
    assert "Thor 5" in ran.out
    assert "Arcane" not in ran.out


# ---- What can't be used ----


def _loop(path: Path) -> None:
    path.symlink_to(path.name)


def _junk(path: Path) -> None:
    path.write_bytes(b"\xff\x00[[")


def _html(path: Path) -> None:
    path.write_text("<!doctype html>", "utf-8")


def _newer(path: Path) -> None:
    path.write_text('format = 99\norigin = "x"\n', "utf-8")


def _by_hand(path: Path) -> None:
    path.write_text('format = 1\n[[release]]\nid = "x"\ntitle = "X"\nkind = "film"\n', "utf-8")


def _open(path: Path) -> None:
    living.put("wikidata", WIKIDATA, FILM)
    path.chmod(0o666)


def _expired(path: Path) -> None:
    living.put("wikidata", WIKIDATA._replace(expires=date(2020, 1, 1)), FILM)


REASONS: dict[Callable[[Path], None], str] = {
    _loop: "Not a regular file",
    os.mkfifo: "Not a regular file",
    Path.mkdir: "Not a regular file",
    _junk: "1:1",
    _html: "1:1",
    _newer: "needs a newer countdown",
    _by_hand: "it isn't the file of a source",
    _open: "Other users can change",
    _expired: "its licence ended on 2020-01-01",
}


@pytest.mark.parametrize("make", REASONS)
def test_layer_that_cannot_be_used_stops_nothing(
    make: Callable[[Path], None], shelf: Shelf
) -> None:
    """Others are used, the index is built once, and `doctor` says why."""
    living.put("tvmaze", TVMAZE, ARCANE)
    make(living.folder() / "wikidata.toml")
    for words in READING:
        ran = shelf.run(*words)
        assert (ran.code, ran.err) in ((0, ""), (1, ran.err)), (words, ran.err)
        assert "Zodiac" not in ran.out, words
    assert "Arcane" in listed(shelf)
    assert is_fresh()
    report = " ".join(shelf.run("doctor").out.split())
    assert "source tvmaze" in report
    assert REASONS[make] in report.partition("left out: ")[2][:200]


def test_expired_layer_is_not_used_on_a_past_day_either(shelf: Shelf) -> None:
    """A licence ends on the day that it is, whatever --as-of says."""
    living.put("tvmaze", TVMAZE, ARCANE)
    _expired(living.folder() / "wikidata.toml")
    for words in READING:
        assert "Zodiac" not in shelf.run(*words, "--as-of", "2019-12-01").out, words
    assert "Arcane" in shelf.run("search", "arcane", "--as-of", "2019-12-01").out


@pytest.mark.parametrize("make", [_loop, os.mkfifo, _junk])
def test_folder_of_sources_that_is_none_stops_nothing(
    make: Callable[[Path], None], shelf: Shelf
) -> None:
    """A link to itself, a pipe, a file."""
    living.folder().parent.mkdir(parents=True)
    make(living.folder())
    assert "Thor 5" in listed(shelf)
    assert is_fresh()


def test_folder_that_cannot_be_listed_stops_nothing(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its layers count again as soon as it can."""
    living.put("tvmaze", TVMAZE, ARCANE)
    real = os.listdir

    def listdir(path: str) -> list[str]:
        if os.fsdecode(path) == str(living.folder()):
            raise PermissionError(13, "Permission denied", path)
        return real(path)

    with monkeypatch.context() as patch:
        patch.setattr(os, "listdir", listdir)
        patch.setattr(paths, "is_blocked_folder", lambda path: True)
        assert "Arcane" not in listed(shelf)
        assert is_fresh()
    assert "Arcane" in listed(shelf)


def test_layer_counts_again_once_only_its_user_can_change_it(shelf: Shelf) -> None:
    """A change of mode leaves its stamp as it was."""
    path = living.put("tvmaze", TVMAZE, ARCANE)
    path.chmod(0o666)
    assert "Arcane" not in listed(shelf)
    path.chmod(0o600)
    assert "Arcane" in listed(shelf)


def test_layer_that_cannot_be_opened_counts_again_once_it_can(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Root can open all, so the system is said to refuse."""
    living.put("tvmaze", TVMAZE, ARCANE)
    with monkeypatch.context() as patch:
        patch.setattr(paths, "untrusted_reason", _refuse)
        assert "Arcane" not in listed(shelf)
    assert "Arcane" in listed(shelf)


def _refuse(path: str) -> str:
    raise PermissionError(13, "Permission denied", path)


# ---- What the index notices ----


def test_index_notices_layers_that_come_change_and_go(shelf: Shelf) -> None:
    """Each is a rename or a removal, which the folder's time shows."""
    assert "Arcane" not in listed(shelf)
    path = living.put("tvmaze", TVMAZE, ARCANE)
    assert "Arcane" in listed(shelf)
    assert is_fresh()
    living.put("tvmaze", TVMAZE, {**ARCANE, "title": "Zodiac"})
    assert not is_fresh()
    assert "Zodiac" in listed(shelf)
    path.unlink()
    assert "Zodiac" not in listed(shelf)


def test_replaced_layer_of_the_same_age_and_size_is_noticed(shelf: Shelf) -> None:
    """By the folder: the file may even get the inode of the one before."""
    path = living.put("tvmaze", TVMAZE, ARCANE)
    os.utime(path, ns=(1, 1))
    old = time.time_ns() - 10**10
    os.utime(path.parent, ns=(old, old))
    assert "Arcane" in listed(shelf)
    path = living.put("tvmaze", TVMAZE, {**ARCANE, "title": "Arkane"})
    os.utime(path, ns=(1, 1))
    assert "Arkane" in listed(shelf)


def test_layer_changed_within_the_grain_of_the_clock_is_noticed(shelf: Shelf) -> None:
    """By its content, as for all catalogues; so is one that came then."""
    path = living.put("tvmaze", TVMAZE, ARCANE)
    assert "Arcane" in listed(shelf)
    stamps = [(each, each.stat()) for each in (path, path.parent)]
    path.write_bytes(path.read_bytes().replace(b"Arcane", b"Arkane"))
    for each, stat in stamps:
        os.utime(each, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert "Arkane" in listed(shelf)
    living.put("wikidata", WIKIDATA, FILM)
    os.utime(path.parent, ns=(0, stamps[1][1].st_mtime_ns))
    assert "Zodiac" in listed(shelf)


@pytest.mark.parametrize(
    ("day", "is_used"), [(date(2027, 5, 24), True), (date(2027, 5, 25), False)]
)
def test_layer_is_used_to_the_end_of_its_licence(
    day: date, *, is_used: bool, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the clock, whatever day is asked for; set back, it is used again."""
    living.put("tmdb", TMDB, ARCANE)
    assert "Arcane" in listed(shelf)
    with monkeypatch.context() as patch:
        moment = datetime(day.year, day.month, day.day, 23, 59, tzinfo=UTC).timestamp()
        patch.setattr(time, "time", lambda: moment)
        patch.setattr(time, "time_ns", lambda: int(moment) * 10**9)
        assert is_fresh() is is_used
        assert ("Arcane" in listed(shelf)) is is_used
        assert is_fresh()
    assert is_fresh() is is_used
    assert "Arcane" in listed(shelf)


def test_prompt_shows_the_first_layer_at_once(shelf: Shelf) -> None:
    """No folder was there to be watched when its answer was kept."""
    words = ("prompt", "--count", "9")
    assert "Arcane" not in shelf.ran(*words).out
    living.put("tvmaze", TVMAZE, ARCANE)
    shelf.ran("list")
    assert "Arcane" in shelf.ran(*words).out
    living.put("tvmaze", TVMAZE, {**ARCANE, "title": "Zodiac"})
    assert "Zodiac" in shelf.ran(*words).out


# ---- Where facts come from ----

CREDIT = "Data from TVmaze.com (CC BY-SA 4.0)"
WITH_CREDIT = TVMAZE._replace(credit=CREDIT)
DISPUTE = {"date": date(2026, 12, 11), "region": "US", "type": "theatrical"}


def pairs(shelf: Shelf, *words: str) -> list[list[str]]:
    """The lines of the card of *words*, as a pipe gets them."""
    shown = shelf.ran("show", *words, "--format", "plain").out
    return [line.split("\t") for line in shown.splitlines()]


@pytest.fixture
def disputed(shelf: Shelf) -> Shelf:
    """One's own date of Dune, about which TMDB says something else since."""
    shelf.write(
        'format = 2\n[[release]]\nid = "dune-3"\nchecked = 2026-11-20\n[[release.dates]]\n'
        'region = "US"\ntype = "theatrical"\ndate = 2026-12-25\n'
    )
    living.put("tmdb", TMDB, {**DUNE, "dates": [DISPUTE]})
    return shelf


def test_card_names_each_source_with_its_facts_day_licence_and_credit(shelf: Shelf) -> None:
    """A source that says nothing that is shown isn't named."""
    cast = {"cast": [{"name": "Ella Purnell"}], "stage": "filming", "updated": date(2026, 11, 2)}
    living.put("tvmaze", WITH_CREDIT, {**ARCANE, **cast, "aliases": ["Arcane 3"]})
    living.put(
        "wikidata", WIKIDATA, {"id": "w", "ids": {"tvmaze": 46331}, "season": 3, "kind": "season"}
    )
    rows = pairs(shelf, "arcane 3")
    facts = "TVmaze: cast, dates, kind, other titles, season, stage, title"
    assert ["Live facts", f"{facts} · read yesterday · CC-BY-SA-4.0"] in rows
    assert ["Credit", CREDIT] in rows
    assert len([row for row in rows if row[0] == "Live facts"]) == 1


def test_lists_end_with_the_credits_of_what_they_show(shelf: Shelf) -> None:
    """Each once; not where rows are read by a program, nor twice on a card."""
    other = {"id": "tvmaze-9", "title": "Other", "kind": "series", "ids": {"tvmaze": 9}}
    living.put("tvmaze", WITH_CREDIT, ARCANE, {**other, "dates": ARCANE["dates"]})
    living.put("wikidata", WIKIDATA, {**DUNE, "director": ["Denis Villeneuve"]})
    for words in (("list",), ("next", "arcane"), ("search", "arcane"), ("status",)):
        shown = shelf.ran(*words, "--format", "table").out
        assert shown.count(CREDIT) == (words != ("status",)), words
        assert CREDIT not in shelf.ran(*words, "--format", "plain").out
    assert shelf.ran("list", "--format", "table").out.rstrip().endswith(CREDIT)
    assert CREDIT not in shelf.ran("list", "thor", "--format", "table").out
    assert CREDIT in shelf.ran("list", "--format", "markdown").out
    assert shelf.ran("show", "arcane 3", "--format", "table").out.count(CREDIT) == 1


@pytest.mark.parametrize("is_first_run", [True, False])
def test_first_screen_credits_only_what_is_on_it(
    is_first_run: bool, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What doesn't fit isn't shown, so that nothing is due for it."""
    monkeypatch.setenv("COLUMNS", "80")
    if is_first_run:
        monkeypatch.delenv("COUNTDOWN_TODAY")
        monkeypatch.setattr(time, "time", lambda: 1_795_348_800)  # 2026-11-22 12:00 UTC
        monkeypatch.setattr(time, "time_ns", lambda: 1_795_348_800 * 10**9)
    early = [
        {"id": f"a-{n}", "title": f"Film {n}", "kind": "film", "dates": [{"date": "2026-12"}]}
        for n in range(19)
    ]
    living.put("friends", WIKIDATA._replace(origin="friends", credit="Data of friends"), *early)
    living.put("tvmaze", WITH_CREDIT, {**ARCANE, "dates": [{"date": date(2039, 6, 11)}]})
    for lines, is_seen in (("24", False), ("200", True)):
        monkeypatch.setenv("LINES", lines)
        shown = shelf.ran("--format", "table").out
        assert ("Arcane" in shown, shown.count(CREDIT)) == (is_seen, int(is_seen))
        assert shown.count("Data of friends") == 1


@pytest.mark.parametrize(
    ("day", "when"),
    [("2026-11-21", "today"), ("2026-11-22", "yesterday"), ("2026-11-30", "21 Nov 2026")],
)
def test_card_says_when_a_source_was_read(
    day: str, when: str, disputed: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In words if that was just now."""
    monkeypatch.setenv("COUNTDOWN_TODAY", day)
    rows = pairs(disputed, "dune-3")
    claims = f"25 Dec 2026 (yours) · TMDB 11 Dec 2026, read {when}"
    assert ["Disputed", f"United States theatrical: {claims}"] in rows


def test_disputes_of_sources_stand_side_by_side(shelf: Shelf) -> None:
    """The one that is shown, and what the built-in catalogue and others say."""
    living.put("tmdb", TMDB, {**DUNE, "dates": [{"date": date(2026, 12, 16), "region": "BR"}]})
    day = {"date": date(2027, 1, 1), "place": "unstated"}
    thor = {"id": "t", "title": "Zed", "kind": "film", "ids": {"imdb": "tt0000009"}}
    living.put("wikidata", WIKIDATA, {**thor, "dates": [day]})
    living.put("tvmaze", TVMAZE, {**thor, "dates": [{**day, "date": date(2027, 2, 1)}]})
    assert any(
        row[0] == "Disputed" and "built in 17 Dec 2026" in row[1] for row in pairs(shelf, "dune-3")
    )
    disputes = [row[1] for row in pairs(shelf, "zed") if row[0] == "Disputed"]
    assert disputes == ["1 Jan 2027 (Wikidata) · TVmaze 1 Feb 2027, read yesterday"]
    world = {**thor, "dates": [{"date": date(2027, 1, 1)}, {**day, "date": "2030"}]}
    living.put("wikidata", WIKIDATA, world)
    (dispute,) = [row[1] for row in pairs(shelf, "zed") if row[0] == "Disputed"]
    assert dispute.startswith("Place not stated: 2030 (Wikidata)")


def test_programs_get_origins_disputes_and_credits(disputed: Shelf) -> None:
    """One's own date is `own`; a page's address is `source`, as ever."""
    living.put("tvmaze", WITH_CREDIT, ARCANE)
    (dune,) = json.loads(disputed.ran("show", "dune-3", "--json").out)["releases"]
    american, brazilian = dune["dates"]
    assert (american["origin"], american["read"]) == ("own", None)
    assert american["disputed"] == [
        {"date": "2026-12-11", "origin": "tmdb", "read": "2026-11-21", "source": None}
    ]
    assert (brazilian["origin"], brazilian["disputed"]) == (None, [])
    (arcane,) = json.loads(disputed.ran("show", "arcane 3", "--json").out)["releases"]
    assert [each["origin"] for each in arcane["dates"]] == ["tvmaze"]
    (credit,) = arcane["credits"]
    assert (credit["origin"], credit["credit"], credit["licence"]) == (
        *("tvmaze", CREDIT),
        "CC-BY-SA-4.0",
    )
    assert "dates" in credit["facts"]


def test_text_of_a_source_cannot_control_the_terminal(shelf: Shelf) -> None:
    """What has such characters is left out, or escaped."""
    hostile = WITH_CREDIT._replace(title="Fine \x1b[31mred", credit="\u202egnp", licence="[bold]x")
    living.put(
        "tvmaze", hostile, {**ARCANE, "title": "Zed \x1b]0;x\x07"}, {**DUNE, "stage": "filming"}
    )
    for words in (("show", "dune-3"), ("show", "dune-3", "--json"), ("list",), ("doctor",)):
        out = shelf.run(*words).out
        assert not {*"\x1b\x07\u202e"} & {*out}, words
