"""`countdown track` and `untrack`, with providers that are functions of the tests."""

import sqlite3
from collections.abc import Callable
from datetime import date
from errno import ENOSPC
from unittest.mock import Mock

import pytest

from countdown.net.answers import Failure, Reply
from countdown.net.client import Request
from countdown.refresh import run
from tests.cli import living
from tests.cli.shelf import Shelf
from tests.commands.conftest import Online
from tests.providers import BOOK, SEASON, SERIES, Providers, item, show

OFFLINE = Failure("offline", "https://www.wikidata.org can't be reached.")
ITEMS = (
    item("Q1", "The Lantern Keepers", SERIES, start="2026", created=["Q9"], imdb="tt0000001"),
    item("Q2", "Lantern", year="2027", by=["Q9"]),
    item("Q3", "Dune: Part Three", year="2026", imdb="tt31378509"),
    item("Q4", "Thor 5", year="2027", titles={"pt-br": "Tor 5"}),
    item("Q5", "The Lantern Keepers", SEASON, of="Q1", number=2),
    item("Q6", "Heat", year="1995"),
    item("Q7", "Alone", BOOK),
    item("Q9", "Ava Moreno", "Q5"),
)
SHOWS = (
    show(
        900, "The Lantern Keepers", imdb="tt0000001", network="Harbour TV", premiered="2027-06-11"
    ),
)
KEEPERS = {
    "id": "the-lantern-keepers",
    "title": "The Lantern Keepers",
    "kind": "series",
    "ids": {"wikidata": "Q1", "imdb": "tt0000001", "tvmaze": 900},
}


@pytest.fixture
def known(online: Online) -> Providers:
    """What both providers know."""
    return online(Providers(ITEMS, SHOWS))


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Lets a user at a terminal type lines; after them, Ctrl-D."""

    def at_terminal(*lines: str) -> None:
        waiting = [*lines]

        def read(_: str) -> str:
            if not waiting:
                raise EOFError
            return waiting.pop(0)

        for stream in ("stdin", "stderr"):
            monkeypatch.setattr(f"sys.{stream}.isatty", lambda: True, raising=False)
        monkeypatch.setattr("click.termui.visible_prompt_func", read)

    return at_terminal


@pytest.mark.usefixtures("known")
@pytest.mark.parametrize(
    "text",
    ["Q1", "tt0000001", "tvmaze:900", "https://www.imdb.com/title/tt0000001/?ref_=x"],
)
def test_entry_has_what_tells_it_from_others_and_nothing_else(shelf: Shelf, text: str) -> None:
    """Whichever id is typed; undo takes it back."""
    ran = shelf.ran("track", text)
    entry = shelf.last
    assert entry["ids"] == KEEPERS["ids"]
    assert {**entry, "ids": KEEPERS["ids"]} == KEEPERS
    assert [*entry] == ["id", "title", "kind", "ids"]
    assert ran.out == (
        "Tracking The Lantern Keepers (the-lantern-keepers): 11 Jun 2027, in 6 months\n"
    )
    assert shelf.run("track", text).out == (
        "The Lantern Keepers (the-lantern-keepers) is tracked already.\n"
    )
    assert "track The Lantern Keepers" in shelf.ran("undo").out
    assert not shelf.path.exists()


@pytest.mark.usefixtures("known")
def test_season_keeps_its_number(shelf: Shelf) -> None:
    """It isn't one without it."""
    shelf.ran("track", "Q5")
    assert shelf.last == {
        "id": "the-lantern-keepers-season-2",
        "title": "The Lantern Keepers",
        "kind": "season",
        "season": 2,
        "ids": {"wikidata": "Q5"},
    }


@pytest.mark.usefixtures("known")
def test_release_of_the_catalogue_gets_the_ids_that_it_lacks(shelf: Shelf) -> None:
    """Found by an id, or by its title, kind and year; its own ids and facts stay."""
    ran = shelf.ran("track", "Q3")
    assert shelf.last == {
        "id": "dune-3",
        "ids": {"imdb": "tt31378509", "tmdb": 1170608, "wikidata": "Q3"},
    }
    assert ran.out == (
        "Tracking Dune: Part Three (dune-3), now with its id at Wikidata: 18 Dec 2026, in 26 days\n"
    )
    assert shelf.run("track", "tt31378509").out.endswith("is tracked already.\n")
    shelf.ran("track", "Q4")
    assert shelf.last == {"id": "thor-5", "ids": {"wikidata": "Q4"}}
    shelf.ran("hide", "thor-6")
    ran = shelf.ran("untrack", "dune-3")
    assert ran.out == "No longer tracking dune-3. The built-in catalogue still has it.\n"


def test_another_release_of_that_title_is_another(shelf: Shelf, online: Online) -> None:
    """Of another year, or with another id at a site."""
    online(
        Providers(
            [
                item("Q1", "Thor 5", year="1999"),
                item("Q2", "Dune: Part Three", year="2026", imdb="tt9999999"),
            ]
        )
    )
    shelf.ran("track", "Q1")
    shelf.ran("track", "Q2")
    assert [entry["id"] for entry in shelf.releases] == ["thor-5-1999", "dune-part-three"]


@pytest.mark.usefixtures("known")
def test_hidden_release_stays_hidden(shelf: Shelf) -> None:
    """The user has said so."""
    shelf.ran("hide", "thor-5")
    assert "To see it: countdown unhide thor-5" in shelf.refused("track", "Q4")


@pytest.mark.usefixtures("known")
def test_what_only_a_source_knows_gets_an_entry(shelf: Shelf) -> None:
    """A source may drop it again."""
    when = {"date": date(2027, 6, 11), "region": "US", "type": "tv"}
    table = {**KEEPERS, "id": "tvmaze-900", "ids": {"tvmaze": 900}, "dates": [when]}
    living.put("tvmaze", living.TVMAZE, table)
    ran = shelf.ran("track", "tvmaze:900")
    assert ran.out == "Tracking The Lantern Keepers (tvmaze-900): 11 Jun 2027, in 6 months\n"
    assert shelf.last.keys() == KEEPERS.keys()
    assert shelf.run("track", "Q1").out.endswith("is tracked already.\n")
    ran = shelf.ran("untrack", "the lantern keepers")
    assert ran.out.endswith("It stays in the list until the next: countdown refresh\n")
    assert shelf.releases == []


@pytest.mark.usefixtures("known")
def test_title_is_never_guessed_in_a_pipe(shelf: Shelf) -> None:
    """Commands to paste, exit code 2."""
    assert shelf.refused("track", "lantern") == (
        '"lantern" can be:\n'
        "  countdown track Q2  Lantern (film, 2027, Ava Moreno)\n"
        "  countdown track Q1  The Lantern Keepers (series, 2026, Ava Moreno)\n"
        "  countdown track Q5  The Lantern Keepers, season 2 (season)\n"
    )
    assert "countdown track Q6  Heat (film, 1995)" in shelf.refused("track", "heat")
    shelf.ran("track", "heat", "--yes")
    assert shelf.last["title"] == "Heat"
    assert "can be" in shelf.refused("track", "lantern", "--yes")


@pytest.mark.usefixtures("known")
def test_single_title_is_asked_about(shelf: Shelf, typed: Callable[..., None]) -> None:
    """Enter is no."""
    for answer in ("", "n"):
        typed(answer)
        assert shelf.refused("track", "heat", code=1).endswith("Nothing was tracked.\n")
    typed()
    assert shelf.refused("track", "heat", code=1).endswith("Nothing was tracked.\n")
    typed("perhaps", "y")
    ran = shelf.ran("track", "heat")
    assert "Type n or y." in ran.err
    assert shelf.last["title"] == "Heat"


@pytest.mark.usefixtures("known")
def test_one_of_several_titles_is_chosen_by_number(
    shelf: Shelf, typed: Callable[..., None]
) -> None:
    """Enter is none."""
    typed("")
    err = shelf.refused("track", "lantern", code=1)
    assert "2  The Lantern Keepers (series, 2026, Ava Moreno)\n" in err
    assert err.endswith("Nothing was tracked.\n")
    typed("4", "2")
    ran = shelf.ran("track", "lantern")
    assert "Type 1, 2 or 3." in ran.err
    assert shelf.last["id"] == "the-lantern-keepers"


def test_long_lists_are_cut(shelf: Shelf, online: Online, typed: Callable[..., None]) -> None:
    """The rest is named with the command that shows it."""
    online(Providers([item(f"Q{at}", f"Lantern {at}") for at in range(1, 15)]))
    more = "… and 5 more: countdown search --online lantern\n"
    assert shelf.refused("track", "lantern").endswith(f"  {more}")
    typed("")
    assert more in shelf.refused("track", "lantern", code=1)


@pytest.mark.usefixtures("known")
@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (("Q7",), 1, "Q7 isn't a film or series at Wikidata."),
        (("tvmaze:9",), 1, "TVmaze has no series tvmaze:9."),
        (("https://www.tvmaze.com/seasons/9/x",), 1, "Copy the address of its series."),
        (("tt7777777",), 1, "Neither Wikidata nor TVmaze knows the IMDb id tt7777777."),
        (("https://www.themoviedb.org/movie/9",), 1, "knows the TMDB id 9."),
        (("xyzzy",), 1, 'No film or series called "xyzzy"'),
        (("https://www.imdb.com/name/nm0000001/",), 2, "That isn't the page of a film or series"),
        (("www.example.org",), 2, "That isn't the page of a film or series"),
        ((" ",), 2, "Say what to track"),
        (("Q1", "--offline"), 4, "nothing is tracked"),
    ],
)
def test_what_cannot_be_tracked(
    shelf: Shelf, words: tuple[str, ...], code: int, sentence: str
) -> None:
    """Says why, and changes nothing."""
    assert sentence in shelf.refused("track", *words, code=code)


def test_providers_that_do_not_answer(shelf: Shelf, online: Online) -> None:
    """Exit code 4 if nobody can say; with one, its ids are a start."""
    online(Providers(wikidata=OFFLINE, tvmaze=OFFLINE))
    for text in ("Q1", "lantern", "tt0000001"):
        assert "can't be reached" in shelf.refused("track", text, code=4)
    online(Providers(ITEMS, SHOWS, tvmaze=OFFLINE))
    ran = shelf.ran("track", "Q1")
    assert ran.err.startswith("No answer from TVmaze: ")
    assert ran.out.endswith(": no date announced\n")  # Wikidata says so.
    assert shelf.last["ids"] == {"wikidata": "Q1", "imdb": "tt0000001"}


@pytest.mark.usefixtures("known")
def test_dry_run_and_other_catalogues(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first changes nothing; the second is said."""
    ran = shelf.ran("track", "Q6", "--dry-run")
    assert '+title = "Heat"' in ran.out
    assert not shelf.path.exists()
    shelf.ran("track", "Q6")
    ran = shelf.ran("untrack", "heat", "--dry-run")
    assert '-title = "Heat"' in ran.out
    assert shelf.last["title"] == "Heat"


@pytest.mark.usefixtures("known")
def test_untrack_takes_out_what_track_wrote_alone(mine: Shelf) -> None:
    """An entry with other facts stays, and so does one without ids."""
    mine.ran("track", "Q6")
    mine.ran("edit", "heat", "--stage", "announced")
    err = mine.refused("untrack", "heat")
    assert 'Your entry "heat" has more than what is tracked: stage' in err
    assert "To change it: countdown edit heat\n" in err
    assert "To delete it: countdown remove heat\n" in err
    mine.ran("undo")
    assert mine.ran("untrack", "heat").out == (
        "No longer tracking heat. It stays in the list until the next: countdown refresh\n"
    )
    assert "Undid: untrack heat" in mine.ran("undo").out
    assert "To delete your entry: countdown remove long" in mine.refused("untrack", "long")
    assert "To hide it: countdown hide thor-6" in mine.refused("untrack", "thor-6")
    mine.refused("untrack", "xyzzy", code=1)


@pytest.mark.usefixtures("known")
@pytest.mark.parametrize("text", ["Q1", "wikidata:Q1", "imdb:tt0000001", "tvmaze:900"])
def test_untrack_takes_what_track_took(shelf: Shelf, text: str) -> None:
    """A page of another kind with that number isn't it."""
    shelf.ran("track", text)
    shelf.refused("untrack", "tvmaze:901", code=1)
    shelf.refused("untrack", "https://www.tvmaze.com/seasons/900/x", code=1)
    assert "No longer tracking the-lantern-keepers" in shelf.ran("untrack", text).out


def test_titles_that_could_drive_a_terminal_are_never_written(shelf: Shelf, online: Online) -> None:
    """Markup and shell code are only text."""
    online(
        Providers(
            [
                item("Q1", "Heat \x1b]0;x\x07"),
                item("Q2", "Heat [red]$(touch x)`id` %n \"'\\"),
                item("Q3", "Heat \u202egnp.exe"),
            ]
        )
    )
    for hostile in ("Q1", "Q3"):
        shelf.refused("track", hostile, code=1)
    ran = shelf.ran("track", "Q2")
    assert shelf.last["title"] == "Heat [red]$(touch x)`id` %n \"'\\"
    assert "[red]" in ran.out
    assert shelf.ran("show", shelf.last["id"]).code == 0


def test_entry_stays_if_its_facts_cannot_be_read_at_once(
    shelf: Shelf, online: Online, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The next refresh reads them."""

    class Late(Providers):
        def fetch(self, request: Request) -> Reply:
            is_late = len(self.asked) >= 3  # The item, its people, the show.
            return OFFLINE if is_late else super().fetch(request)

    online(Late(ITEMS, SHOWS))
    ran = shelf.ran("track", "Q1")
    assert shelf.last == KEEPERS
    later = "(the-lantern-keepers). Its dates come with the next: countdown refresh\n"
    assert ran.out.endswith(later)
    assert "Wikidata: https://www.wikidata.org can't be reached." in ran.err
    assert "TVmaze: https://www.wikidata.org can't be reached." in ran.err
    shelf.ran("undo")
    online(Providers(ITEMS, SHOWS))
    for error, line in {
        OSError(ENOSPC, "No space left on device"): "Its facts can't be kept: No space left",
        sqlite3.OperationalError("x"): "Can't remember what sources said: x.",
    }.items():
        monkeypatch.setattr(run, "refresh", Mock(side_effect=error))
        ran = shelf.ran("track", "Q1")
        assert ran.out.endswith(later)
        assert ran.err.startswith(line)
        shelf.ran("undo")
    shelf.ran("track", "Q1")
    assert shelf.ran("untrack", "the-lantern-keepers").out == (
        "No longer tracking the-lantern-keepers\n"
    )
