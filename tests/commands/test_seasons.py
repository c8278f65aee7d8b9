"""The end of a season: set, shown, listed, and in reminders."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from rich.cells import cell_len

from tests.cli.conftest import World
from tests.cli.shelf import Shelf

ROOT = Path(__file__).resolve().parents[2]
SCHEMA: dict[str, Any] = json.loads((ROOT / "data/output.schema.json").read_bytes())
REMINDER = Draft202012Validator({"$ref": "#/$defs/reminder", "$defs": SCHEMA["$defs"]})


def season(id: str, *facts: str) -> str:
    """The table of a second season with those *facts*, lines of TOML."""
    lines = [f'id = "{id}"', f'title = "{id.title()}"', 'kind = "season"', "season = 2", *facts]
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        (("complete = 2027-03-10", 'cadence = "weekly"'), "complete from 10 Mar 2027 · weekly"),
        (("complete = 2026-11-22",), "complete from 22 Nov 2026"),
        (("complete = 2026-11-21",), "complete since 21 Nov 2026"),
        (('complete = "Q1 2027"',), "complete in Q1 2027"),
        (('complete = "2027-03?"', 'unverified = ["complete"]'), "complete in Mar 2027?"),
        (('cadence = "all at once"',), "all at once"),
    ],
)
def test_card_says_when_a_season_is_complete(
    world: World, facts: tuple[str, ...], said: str
) -> None:
    """On a terminal and in other formats; a window never becomes a day."""
    world.says(season("bridge", "date = 2026-11-01", *facts))
    screen = world("show", "bridge", "--format", "table").out
    assert f"Episodes  {said}\n" in screen.replace("\u00a0", " ")
    assert ("not confirmed" in screen) == said.endswith("?")
    plain = world("show", "bridge", "--format", "plain").out
    assert f"Episodes\t{said}\n" in plain.replace("\u00a0", " ")


def test_card_says_it_in_the_style_of_the_user(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the language of LC_TIME."""
    monkeypatch.setenv("LC_TIME", "pt_BR.UTF-8")
    world.says(season("bridge", "complete = 2027-03-10"))
    screen = world("show", "bridge", "--format", "table").out.replace("\u00a0", " ")
    assert "complete from 10 de mar. de 2027" in screen


def test_options_set_the_end_of_a_season(shelf: Shelf) -> None:
    """In words that people have for it."""
    shelf.ran("add", "Bridge", "--season", "2", "--date", "2027-01-13", "--cadence", "week")
    shelf.ran("edit", "bridge season 2", "--complete", "10 March 2027")
    assert shelf.last["cadence"] == "weekly"
    assert shelf.last["complete"].isoformat() == "2027-03-10"
    shelf.ran("edit", "bridge season 2", "--unset", "complete", "--cadence", "binge")
    assert shelf.last["cadence"] == "all at once"
    assert "complete" not in shelf.last


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (
            ("bridge-season-2", "--complete", "2027-01-12"),
            "--complete is before the first date. Write when the last episode is out.",
        ),
        (
            ("bridge-season-2", "--complete", "2027-03", "--cadence", "all-at-once"),
            "--complete isn't its date, although all is out at once. Leave out complete or",
        ),
        (
            ("dune-3", "--cadence", "weekly"),
            "--cadence: A film has no episodes. Leave it out.",
        ),
        (("bridge-season-2", "--cadence", "daily"), "weekly, all at once"),
    ],
)
def test_what_cannot_be_is_refused(shelf: Shelf, words: tuple[str, ...], message: str) -> None:
    """Also where a built-in release contradicts it, of which the user's entry says nothing."""
    shelf.ran("add", "Bridge", "--season", "2", "--date", "2027-01-13")
    before = shelf.text
    ran = shelf.run("edit", *words)
    assert (ran.code, ran.out) == (2, "")
    assert message in " ".join(ran.err.split())
    assert shelf.text == before


def test_date_after_the_end_is_refused(shelf: Shelf) -> None:
    """The end must be moved with it."""
    shelf.ran("add", "Bridge", "--season", "2", "--date", "2027-01-13", "--complete", "2027-03-10")
    ran = shelf.run("edit", "bridge-season-2", "--date", "2027-06")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == (
        'Its "complete" is before the first date. '
        "Change that too, with --complete, or drop it: --unset complete\n"
    )
    ran = shelf.run("edit", "bridge-season-2", "--date", "2027-06", "--complete", "2027-09-01")
    assert ran.code == 0
    (release,) = json.loads(shelf.run("show", "bridge", "--json").out)["releases"]
    assert release["complete"]["edtf"] == "2027-09-01"


def test_key_that_a_new_kind_contradicts_is_named_with_what_drops_it(shelf: Shelf) -> None:
    """It isn't on the command line."""
    shelf.ran("add", "Bridge", "--season", "2", "--cadence", "weekly")
    assert shelf.refused("edit", "bridge-season-2", "--kind", "film") == (
        'A film has no season number, but it has "season". Add --unset season.\n'
        'A film has no episodes, but it has "cadence". Add --unset cadence.\n'
    )
    words = ("--kind", "film", "--unset", "cadence", "--unset", "season")
    shelf.ran("edit", "bridge-season-2", *words)


def test_contradiction_that_was_there_stops_no_other_change(shelf: Shelf) -> None:
    """Nobody gave that key on this command line."""
    shelf.write("[[release]]\nid = 'near'\ntitle = 'Near'\nkind = 'film'\ncomplete = 2027-01-01\n")
    shelf.ran("edit", "near", "--date", "2028-01-01", "--stage", "filming")
    assert shelf.last["stage"] == "filming"
    message = shelf.refused("edit", "near", "--complete", "2028-02-01")
    assert message == "--complete: A film has no episodes. Leave it out.\n"


@pytest.mark.parametrize("kind", ["film", "short", "special"])
def test_only_a_season_has_a_number(shelf: Shelf, kind: str) -> None:
    """On another kind, the key is ignored and the entry stays; `check` says what is right."""
    text = f"format = 1\n[[release]]\nid = 'near'\ntitle = 'Near'\nkind = '{kind}'\n"
    shelf.write(f"{text}season = 2\n")
    message = f'A {kind} has no season number. Leave it out, or write kind = "season".'
    ran = shelf.run("check")
    assert (ran.code, ran.out) == (3, "")
    what, count = ran.err.removesuffix("\n").replace(f"{shelf.path}:", "").split("\n")
    assert what == f'6:1: release[0] "Near": season: {message[0].lower()}' + (
        message[1:-1].replace(". L", "; l")
    )
    assert count == " 1 problem"
    shown = shelf.run("show", "near", "--json")
    assert (shown.code, shown.err.count("\n")) == (0, 1)
    (release,) = json.loads(shown.out)["releases"]
    assert (release["title"], release["kind"], release["season"]) == ("Near", kind, None)
    shelf.write(text)
    assert shelf.ran("check").err == ""


def test_series_with_a_number_is_read_as_ever(shelf: Shelf) -> None:
    """Catalogues that say so were written before there were seasons."""
    entry = "id = 'near'\ntitle = 'Near'\nkind = 'series'\nseason = 2\n"
    shelf.write(f"format = 1\n[[release]]\n{entry}")
    assert shelf.ran("check").err == ""
    (release,) = json.loads(shelf.ran("show", "near", "--json").out)["releases"]
    assert (release["kind"], release["season"]) == ("series", 2)


@pytest.mark.parametrize("value", ["2", "'Thor'"])
def test_key_of_series_is_refused_with_what_it_can_be(shelf: Shelf, value: str) -> None:
    """The number of a season, or films that belong together; the entry stays."""
    entry = "id = 'near'\ntitle = 'Near'\nkind = 'film'\n"
    shelf.write(f"format = 1\n[[release]]\n{entry}series = {value}\n")
    what = 'unknown key; write kind = "season" and season = 2, or franchise = ["…"]'
    assert f'release[0] "Near": series: {what}\n' in shelf.run("check").err
    assert shelf.run("show", "near").code == 0


def test_season_number_needs_a_season_on_the_command_line(shelf: Shelf) -> None:
    """Where another option says so."""
    message = "--season: A film has no season number. Leave it out, or add --kind season.\n"
    assert shelf.refused("add", "Near", "--kind", "film", "--season", "2") == message
    assert shelf.refused("edit", "dune-3", "--season", "2") == message
    shelf.ran("add", "Near", "--season", "2")
    assert shelf.last["kind"] == "season"


def test_number_that_a_film_has_no_use_for_is_not_read(shelf: Shelf) -> None:
    """Neither into the id, nor as something that `check` describes."""
    shelf.write("[[movie]]\nname = 'Near'\nstaffel = 3\n")
    ran = shelf.run("check")
    assert "staffel: a film has no season number;" in ran.err
    assert "staffel" not in ran.out
    assert shelf.ran("show", "near", "--json").code == 0
    assert 'id = "near"' in ran.out


def test_series_whose_title_has_a_season_is_a_season(shelf: Shelf) -> None:
    """It has no other meaning."""
    shelf.write("[[release]]\ntitle = 'Near, season 3'\nkind = 'series'\n")
    ran = shelf.ran("check")
    assert 'read with id = "near-season-3", season = 3\n' in ran.out
    assert 'kind: read as "season"\n' in ran.out


def test_season_of_which_the_catalogue_makes_a_film_loses_its_number(shelf: Shelf) -> None:
    """Between two files, that is nobody's mistake."""
    shelf.write("[[release]]\nid = 'dune-3'\nseason = 2\n")
    assert shelf.ran("check").code == 0
    (release,) = json.loads(shelf.ran("show", "dune-3", "--json").out)["releases"]
    assert (release["kind"], release["season"]) == ("film", None)


SEASONS = (
    season("andor", "date = 2026-10-01", "complete = 2026-11-20", 'stage = "released"'),
    season("bridge", "date = 2026-11-01", "complete = 2027-01-13", 'platform = ["Netflix"]'),
    season("chef", "date = 2027-02-01", 'complete = "Q2 2027"', 'unverified = ["complete"]'),
    season("dark", 'cadence = "all at once"', "date = 2026-12-24", 'cast = ["Ann Lee"]'),
    season("elite", 'complete = "2026-10"', "date = 2026-09-01", 'stage = "released"'),
    season("fargo", "date = 2026-12-01", 'cadence = "weekly"'),
    season("gone", "complete = 2027-01-01", 'stage = "cancelled"'),
    season("hope", 'cadence = "all at once"', 'stage = "filming"'),
)


def ids(world: World, *words: str) -> list[str]:
    """The releases that `list --complete` has with *words*, in its order."""
    releases = json.loads(world("list", "--complete", *words, "--json").out)["releases"]
    return [release["id"] for release in releases]


def test_seasons_are_listed_by_their_ends(world: World) -> None:
    """Those that have begun too; those of which nobody knows the end, or that have none, aren't."""
    world.says(*SEASONS)
    assert ids(world) == ["elite", "dark", "bridge", "chef"]
    assert ids(world, "--all") == ["elite", "andor", "dark", "bridge", "chef"]
    assert ids(world, "--released") == ["andor"]
    assert ids(world, "--reverse") == ["chef", "bridge", "dark", "elite"]
    assert ids(world, "--sort", "title") == ["bridge", "chef", "dark", "elite"]
    assert ids(world, "--limit", "2") == ["elite", "dark"]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (("netflix",), ["bridge"]),
        (("--actor", "ann lee"), ["dark"]),
        (("--within", "40d"), ["dark"]),
        (("--from", "2027", "--to", "2027-03"), ["bridge"]),
        (("--to", "2027-04"), ["elite", "dark", "bridge", "chef"]),
        (("--from", "2026-11-01", "--to", "2026-12"), ["andor", "dark"]),
        (("--stage", "released"), ["elite", "andor"]),
        (("--kind", "series"), ["elite", "dark", "bridge", "chef"]),
    ],
)
def test_filters_narrow_the_seasons(world: World, words: tuple[str, ...], found: list[str]) -> None:
    """Days are those of the ends."""
    world.says(*SEASONS)
    assert ids(world, *words) == found


def test_type_is_that_of_any_date(world: World) -> None:
    """The end itself has none."""
    streaming = '[[release.dates]]\ndate = 2026-11-01\ntype = "streaming"'
    world.says(season("bridge", "complete = 2027-01-13", streaming), SEASONS[3])
    assert ids(world, "--type", "streaming") == ["bridge"]


def test_screen_has_ends_in_place_of_dates(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """A window stays one, doubt is that about the end, and what isn't shown is counted."""
    monkeypatch.setenv("COLUMNS", "80")
    world.says(*SEASONS)
    screen = world("list", "--complete", "--format", "table").out.replace("\u00a0", " ")
    lines = [" ".join(line.split()) for line in screen.splitlines()]
    assert lines[0].startswith("Ready to watch in one go Sun 22 Nov 2026")
    assert "in 32 days Dark, season 2 Thu 24 Ann Lee" in lines
    assert "in 7 weeks Bridge, season 2 Wed 13 Netflix" in lines
    assert "by 30 Jun Chef, season 2 Q2?" in lines
    assert "1 complete already countdown list --complete --all" in lines
    assert "Andor" not in screen
    assert "1 Nov" not in screen
    plain = world("list", "--complete", "--format", "plain").out.splitlines()
    assert "\t13 Jan 2027\t" in next(line for line in plain if "Bridge" in line)


@pytest.mark.parametrize("width", [40, 60, 80, 120, 200])
@pytest.mark.parametrize("locale", ["en_US.UTF-8", "pt_BR.UTF-8", "de_DE.UTF-8", "ja_JP.UTF-8"])
def test_no_line_of_a_season_is_wider_than_the_terminal(
    world: World, monkeypatch: pytest.MonkeyPatch, width: int, locale: str
) -> None:
    """And nothing of it is lost."""
    monkeypatch.setenv("COLUMNS", str(width))
    monkeypatch.setenv("LC_ALL", locale)
    titles = 'titles = { pt = "A Ponte do Rio", de = "Die Brücke am Fluss", ja = "川の橋" }'
    world.says(*SEASONS, season("river", titles, "complete = 2027-03-10", 'cadence = "weekly"'))
    listed = world("list", "--complete", "--format", "table").out
    card = world("show", "river", "--format", "table").out
    title = {"pt": "A Ponte do Rio", "de": "Die Brücke am Fluss", "ja": "川の橋"}
    for screen in (listed, card):
        assert all(cell_len(line) <= width for line in screen.splitlines())
        words = " ".join(screen.replace("\u00a0", " ").split())
        assert f"{title.get(locale[:2], 'River')}, season 2" in words
    assert "weekly" in card


def test_programs_get_the_dates_of_the_releases(world: World) -> None:
    """As from every other list, and the end beside them."""
    world.says(*SEASONS)
    releases = json.loads(world("list", "--complete", "netflix", "--json").out)["releases"]
    assert [release["date"]["edtf"] for release in releases] == ["2026-11-01"]
    assert releases[0]["complete"]["days"] == {"min": 52, "max": 52}


def test_limit_is_counted(world: World) -> None:
    """With the command that shows the rest."""
    world.says(*SEASONS)
    screen = world("list", "--complete", "--limit", "3", "--format", "table").out
    assert "1 more · 1 complete already" in screen


def test_nothing_to_watch_says_why(world: World) -> None:
    """The filter to drop, or what is complete already."""
    world.says(*SEASONS)
    assert world("list", "--complete", "ann lee", "netflix").err == (
        "Nothing matches, but something does without --person 'ann lee' or without"
        " --platform netflix.\n"
    )
    world.says(SEASONS[0])
    assert "Add --all to include released titles." in world("list", "--complete").err
    world.says(SEASONS[5])
    ran = world("list", "--complete")
    assert (ran.code, ran.err) == (1, "Nothing matches --complete.\n")


WEEKLY = season("bridge", "date = 2026-11-01", "complete = 2026-11-29", 'cadence = "weekly"')


def test_end_of_a_followed_season_is_told_on_its_milestones(world: World) -> None:
    """Ahead, on the day and, if nothing ran then, afterwards; each once, to each recipient."""
    world.says(WEEKLY, season("other", "date = 2026-11-01", "complete = 2026-11-29"))
    world("follow", "--title", "bridge")
    assert world("remind").out == "Bridge, season 2 is complete in 7 days, on 29 Nov 2026\n"
    assert world("remind").code == 1
    assert world("remind", "--recipient", "mail").out.startswith("Bridge, season 2 is complete in")
    world.later(7)
    (reminder,) = json.loads(world("remind", "--json").out)["reminders"]
    REMINDER.validate(reminder)
    assert reminder["text"] == "Bridge, season 2 is complete today: ready to watch in one go"
    assert (reminder["day"], reminder["days"], reminder["complete"]) == ("2026-11-29", 0, True)
    assert world("remind").code == 1
    world.later(3)
    assert world("remind").code == 1
    assert world("remind", "--recipient", "mail").out == (
        "Bridge, season 2 has been complete since 29 Nov 2026: ready to watch in one go\n"
    )
    world.later(7)
    assert world("remind", "--recipient", "late").code == 1


def test_milestones_are_those_that_are_asked_for(world: World) -> None:
    """As for releases."""
    world.says(WEEKLY)
    world("follow", "--title", "bridge")
    assert world("remind", "--milestones", "30").code == 1
    assert world("remind", "--milestones", "30,7").out.startswith("Bridge, season 2 is complete in")


def test_nothing_is_told_of_what_is_not_followed(world: World) -> None:
    """Nor of the end of what isn't known to the day, was given up, or isn't confirmed."""
    world.says(
        WEEKLY,
        season("chef", 'complete = "2026-11"'),
        season("dark", 'complete = "2026-11-29?"'),
        season("gone", "complete = 2026-11-29", 'stage = "cancelled"'),
        season("hope", "complete = 2026-11-21", 'unverified = ["complete"]'),
        season("fargo", 'cadence = "weekly"', "date = 2026-11-01"),
    )
    assert world("remind", "--milestones", "7,1,0").code == 1
    for name in ("chef", "dark", "gone", "hope", "fargo"):
        world("follow", "--title", name)
    assert world("remind", "--milestones", "7,1,0").code == 1


def test_season_that_comes_at_once_is_told_of_once(world: World) -> None:
    """On the day of its release, with what that means; so is one whose end is its date."""
    world.says(
        season("dark", "date = 2026-11-23", 'cadence = "all at once"'),
        season("elite", "date = 2026-11-23", "complete = 2026-11-23"),
        season("fargo", "date = 2026-11-23", "complete = 2026-11-30"),
    )
    world("follow", "--title", "dark", "--title", "elite", "--title", "fargo")
    assert world("remind").out.splitlines() == [
        f"{name}, season 2 comes out tomorrow, on 23 Nov 2026"
        for name in ("Dark", "Elite", "Fargo")
    ]
    world.later(1)
    assert world("remind").out.splitlines() == [
        "Dark, season 2 comes out today: ready to watch in one go",
        "Elite, season 2 comes out today: ready to watch in one go",
        "Fargo, season 2 comes out today",
        "Fargo, season 2 is complete in 7 days, on 30 Nov 2026",
    ]
    world.later(1)
    assert world("remind", "--recipient", "new").code == 1


def test_end_at_an_instant_is_told_once_in_any_zone(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its day is the user's."""
    world.says(season("bridge", "date = 2026-11-01", "complete = 2026-11-29T02:00:00Z"))
    world("follow", "--title", "bridge")
    monkeypatch.setenv("COUNTDOWN_TIMEZONE", "America/Sao_Paulo")
    world.later(-1)
    assert world("remind").out == "Bridge, season 2 is complete in 7 days, on 28 Nov 2026\n"
    monkeypatch.setenv("COUNTDOWN_TIMEZONE", "UTC")
    world.later(1)
    assert world("remind").code == 1


def test_old_check_of_an_end_is_told(world: World) -> None:
    """As of any date that is due soon."""
    world.says(WEEKLY + "\nchecked = 2026-02-01")
    world("follow", "--title", "bridge")
    assert world("remind").out.endswith("on 29 Nov 2026 (not checked since Feb 2026)\n")


def test_reminder_follows_a_release_to_its_new_id(world: World) -> None:
    """What was sent under the former id isn't sent again."""
    world.says(WEEKLY)
    world("follow", "--title", "bridge")
    assert "is complete in 7 days" in world("remind").out
    world.says(WEEKLY.replace('id = "bridge"', 'id = "bridge-2"\nwas = ["bridge"]'))
    assert world("remind").code == 1
    world.later(7)
    assert "is complete today" in world("remind").out


BEGUN = 'date = 2026-11-01\ncadence = "weekly"'


def moved(world: World, *ends: str) -> list[str]:
    """What `remind` says of a followed season that will be complete at each of *ends* in turn."""
    said = []
    for end in ends:
        world.says(season("bridge", BEGUN, f"complete = {end}" if end else ""))
        said.append(world("remind", "--milestones", "400").out.removesuffix("\n"))
    return said


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("2027-03-10", "2027-03-17", "is complete 7 days later: 10 Mar 2027 → 17 Mar 2027"),
        ("2027-03-10", "2027-03-03", "is complete 7 days earlier: 10 Mar 2027 → 3 Mar 2027"),
        ("2027-03-10", "2027-06-09", "is complete 13 weeks later: 10 Mar 2027 → 9 Jun 2027"),
        (
            '"2027-04"',
            '"2027-03-29/2027-04-30"',
            "has a less exact date for its last episode: 29 Mar–30 Apr 2027 (was Apr 2027)",
        ),
        (
            '"2027-03"',
            "2027-03-10",
            "has a more exact date for its last episode: 10 Mar 2027 (was Mar 2027)",
        ),
        ('"2027-03-10?"', "2027-03-10", "has a confirmed date for its last episode: 10 Mar 2027"),
        (
            "2027-03-10",
            '"2027-03-10?"',
            "has an unconfirmed date for its last episode: 10 Mar 2027?",
        ),
        ("", "2027-03-10", "has a date for its last episode: 10 Mar 2027"),
        ("2027-03-10", "", "has no day of the last episode any more (was 10 Mar 2027)"),
        (
            "2027-03-10T10:00:00Z",
            "2027-03-10T12:30:00Z",
            "is complete 2 h 30 min later: 10 Mar 2027, 10:00 UTC → 10 Mar 2027, 12:30 UTC",
        ),
        (
            '"2027-03-10/2027-04-02"',
            '"2027-02-01/2027-03-20"',
            "is complete 13 days earlier: 10 Mar–2 Apr 2027 → 1 Feb–20 Mar 2027",
        ),
    ],
)
def test_changed_end_of_a_followed_season_is_told(
    world: World, before: str, after: str, said: str
) -> None:
    """As a changed date is, and once."""
    world("follow", "--title", "bridge")
    told = moved(world, before, before, after, after)
    assert told == ["", "", f"Bridge, season 2 {said}", ""]


def test_changed_end_of_what_is_not_followed_is_not_told(world: World) -> None:
    """Nor is its reminder, whatever else is told."""
    assert moved(world, "2027-03-10", "2027-03-17") == ["", ""]
    world("follow", "--title", "bridge")
    assert moved(world, "2027-03-17") == [""]


def test_changed_end_is_told_as_a_change(world: World) -> None:
    """For programs, and on desktops and terminals."""
    world("follow", "--title", "bridge")
    moved(world, "2027-03-10")
    world.says(season("bridge", BEGUN, "complete = 2027-03-17"))
    (reminder,) = json.loads(world("remind", "--dry-run", "--json").out)["reminders"]
    REMINDER.validate(reminder)
    change = reminder["change"]
    assert (change["what"], change["from"], change["to"]) == (
        *("complete", "2027-03-10", "2027-03-17"),
    )
    assert reminder["day"] is None
    exact = world("remind", "--days").out
    assert exact == "Bridge, season 2 is complete 7 days later: 10 Mar 2027 → 17 Mar 2027\n"


def test_date_and_end_that_move_are_told_both(world: World) -> None:
    """Unless all of it is out on its date: then it is one move."""
    world("follow", "--title", "bridge", "--title", "dark")
    for week in (10, 17):
        world.says(
            season("bridge", f"date = 2027-02-{week}", f"complete = 2027-03-{week}"),
            season("dark", f"date = 2027-02-{week}", f"complete = 2027-02-{week}"),
        )
        told = world("remind", "--milestones", "400").out
    assert told.splitlines() == [
        "Bridge, season 2 is delayed by 7 days: 10 Feb 2027 → 17 Feb 2027",
        "Bridge, season 2 is complete 7 days later: 10 Mar 2027 → 17 Mar 2027",
        "Dark, season 2 is delayed by 7 days: 10 Feb 2027 → 17 Feb 2027",
    ]


def test_milestones_of_a_new_end_begin_when_it_was_noticed(world: World) -> None:
    """The change is a reminder of its own; nothing is sent from before."""
    world("follow", "--title", "bridge")
    world.says(season("bridge", BEGUN, "complete = 2027-06-01"))
    assert world("remind", "--milestones", "30,7").code == 1
    world.later(5)
    world.says(season("bridge", BEGUN, "complete = 2026-12-02"))
    assert world("remind", "--milestones", "30,7").out.splitlines() == [
        "Bridge, season 2 is complete 26 weeks earlier: 1 Jun 2027 → 2 Dec 2026"
    ]
    assert world("remind", "--milestones", "30,7").code == 1


def test_own_change_of_an_end_is_not_told(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    """The user knows it."""
    monkeypatch.delenv("COUNTDOWN_TODAY")
    shelf.ran("add", "Bridge", "--season", "2", "--date", "2090-01-01", "--complete", "2090-03-10")
    shelf.ran("follow", "--title", "Bridge")
    shelf.run("remind", "--milestones", "7")
    shelf.ran("edit", "bridge-season-2", "--complete", "2090-03-17")
    assert shelf.run("remind", "--milestones", "7").out == ""
