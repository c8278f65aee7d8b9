"""`countdown mine`: the user's own catalogue compared with the lower ones."""

import os
import shlex
from pathlib import Path

import pytest

from countdown import paths
from countdown.views.mine import value_text
from tests.cli.shelf import SHIPPED, Shelf


def test_each_key_stands_with_what_it_was_below(shelf: Shelf) -> None:
    """Of lists only what differs; a release without anything below is new."""
    shelf.ran("add", "Andor", "--kind", "season", "--season", "3", "--cast", "A B as C")
    shelf.ran("edit", "dune-3", "--platform", "Netflix", "--cast", "+A", "--stage", "filming")
    shelf.ran("edit", "dune-3", "--alias", "Dune Messiah")
    shelf.ran("edit", "dune-3", "--date", "BR=2026-12-24", "--correction")
    shelf.ran("hide", "thor-5")
    dune, andor = "Changed: Dune: Part Three (dune-3)", "New: Andor, season 3 (andor-season-3)"
    assert shelf.ran("mine").out.splitlines() == [
        f"title\t\tAndor\t{andor}",
        f"kind\t\tseason\t{andor}",
        f"season\t\t3\t{andor}",
        f"cast\t\tA B as C\t{andor}",
        f"platform\tMax\tNetflix\t{dune}",
        f"cast\t\tA\t{dune}",
        f"stage\t\tfilming\t{dune}",
        f"aliases\tDune Messiah\tDune Messiah\t{dune}",
        f"dates\tBR 2026-12-17\tBR 2026-12-24\t{dune}",
        "hidden\t\ttrue\tHidden: Thor 5 (thor-5)",
    ]


def test_terminal_says_it_without_colours_too(shelf: Shelf) -> None:
    """New, changed, gone, the same; and where the file is."""
    shelf.ran("edit", "dune-3", "--platform", "Netflix", "--stage", "filming", "--cast", "Zendaya")
    shelf.write(shelf.text + 'aliases = []\n\n[[release]]\nid = "thor-5"\ndates = []\n')
    title, *lines = shelf.ran("mine", "--format", "table").out.splitlines()
    assert title == "Your catalogue   ~/data/countdown/releases.toml"
    assert lines == [
        "",
        "Changed (2)",
        "Dune: Part Three · dune-3",
        "  platform: Max → Netflix",
        "  cast: Zendaya (same as built in)",
        "  stage: none → filming",
        "  aliases: - Dune Messiah",
        "Thor 5 · thor-5",
        "  dates: 2027 → none",
        "",
        "To change one: countdown edit ID   To remove one: countdown remove ID",
        "To undo the last change: countdown undo",
    ]


def test_a_date_in_short_stands_against_the_list_of_dates(shelf: Shelf) -> None:
    """They say the same thing."""
    shelf.ran("edit", "dune-3", "--date", "worldwide=2027", "--correction")
    shelf.ran("edit", "thor-5", "--date", "US=2028")
    assert [line.split("\t")[:3] for line in shelf.ran("mine").out.splitlines()] == [
        ["date", "US theatrical 2026-12-18, BR 2026-12-17", "2027"],
        ["dates", "", "US 2028"],
    ]


def test_an_entry_is_compared_with_what_has_the_same_ids(shelf: Shelf) -> None:
    """Whatever id it has itself."""
    shelf.write(
        'format = 1\n[[release]]\nid = "mine"\nplatform = ["Netflix"]\n'
        'ids = { imdb = "tt31378509" }\n'
    )
    assert shelf.ran("mine").out.splitlines()[0] == (
        "platform\tMax\tNetflix\tChanged: Dune: Part Three (mine)"
    )


def test_a_hidden_one_needs_no_title_or_id(shelf: Shelf) -> None:
    """It may be known by its ids alone, or hide what is no longer below."""
    shelf.write(
        "format = 1\n[[release]]\nhidden = true\nids = { tmdb = 1170608 }\n\n"
        '[[release]]\nid = "gone"\nhidden = true\n\n[[release]]\nhidden = true\n'
    )
    rows = [line.split("\t") for line in shelf.ran("mine").out.splitlines()]
    assert [row[0] for row in rows] == ["ids", "hidden", "hidden", "hidden"]
    assert rows[0][3] == "Hidden: Dune: Part Three (dune-3)"
    assert [row[3] for row in rows[2:]] == ["Hidden: gone (gone)", "Hidden: no id (no id)"]
    assert "isn't in the catalogue" in shelf.refused("edit", "nosuch", "--unset", "hidden", code=1)


def test_nothing_of_ones_own_has_commands_to_try(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a file, and with an empty one; whatever catalogue is in use."""
    monkeypatch.setenv("COUNTDOWN_TODAY", "2026-11-22")
    monkeypatch.setenv("COUNTDOWN_CATALOGUE", os.devnull)
    said = [
        "You haven't added, changed or hidden anything yet. Try one of these:",
        '  countdown add "My First Film" --date 2027-06-11',
        '  countdown edit "Dune: Part Three" --alias "+My name for it"',
        '  countdown hide "Dune: Part Three"',
    ]
    assert shelf.refused("mine", code=1).splitlines() == said
    shelf.write("format = 1\n")
    assert shelf.refused("mine", code=1).splitlines() == said
    for call in said[1:]:
        _, *words = shlex.split(call)
        shelf.ran(*words, "--dry-run")
    monkeypatch.setenv("COUNTDOWN_TODAY", "2099-11-22")
    assert shelf.refused("mine", code=1).splitlines() == said[:2]


def test_a_catalogue_with_problems_has_them_told(shelf: Shelf) -> None:
    """With their lines, beside what can be used."""
    shelf.write(
        "format = 1\n[[release]]\nid = {}\n[[release]]\nid = 'a'\ntitle = 'A'\nkind = 'film'"
    )
    ran = shelf.ran("mine")
    rows = [line.split("\t") for line in ran.out.splitlines()]
    assert [row[-1] for row in rows] == [*["New: A (a)"] * 2, *["Left out"] * 2]
    assert rows[-1][0] == "3:1"
    assert rows[-1][2].startswith("release[0]: id: should be text, not a table")
    assert ran.err == ("An entry in your catalogue is left out. To see why: countdown check\n")


def test_a_catalogue_that_cannot_be_read_has_its_reason_told(shelf: Shelf) -> None:
    """Nothing of it counts; the command still answers."""
    shelf.write("format = [\n")
    ran = shelf.ran("mine", "--format", "table")
    assert ran.out.splitlines()[1:3] == ["", "Left out"]
    assert "line 1: this [ isn't closed" in ran.out
    assert "To mend it: countdown edit" in ran.out
    assert (
        ran.err == "Your catalogue can't be read, so it's left out. To see why: countdown check\n"
    )


@pytest.mark.parametrize("format", ["json", "jsonl", "csv", "tsv"])
def test_a_difference_has_no_format_for_programs(shelf: Shelf, format: str) -> None:
    """Asked for, that is refused; as a setting, it is about answers."""
    shelf.ran("add", "New")
    assert shelf.refused("--format", format, "mine") == (
        "--format: Choose table, plain, markdown.\n"
    )
    assert f'Unknown format "{format}"' in shelf.refused("mine", "--format", format)
    config = Path(paths.config_file() or "")
    config.parent.mkdir(parents=True, exist_ok=True)
    config.write_text(f'format = "{format}"\n', "utf-8")
    assert shelf.ran("mine").out.startswith("title\t\tNew\t")


def test_what_is_empty_here_and_below_is_no_difference(shelf: Shelf) -> None:
    """As the dates of what had none, and has none any more."""
    shelf.ran("edit", "thor-6", "--date", "2027-06")
    shelf.ran("edit", "thor-6", "--date", "none")
    assert [row.split("\t")[0] for row in shelf.ran("mine").out.splitlines()] == ["moves"]


def test_a_difference_as_markdown_can_be_sent_to_others(shelf: Shelf) -> None:
    """What would be markup there is text."""
    shelf.ran("add", "a | b <c> *d*")
    out = shelf.ran("mine", "--format", "markdown").out
    assert "a \\| b" in out


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (True, "true"),
        (["a", {"name": "b", "role": "c"}], "a, b as c"),
        ({"from": 1, "to": 2}, "1 → 2"),
        ({"announced": 3, "to": 2}, "undated → 2"),
        ({"from": 1}, "1 → withdrawn"),
        ({"url": "https://x.y", "date": "2027"}, "https://x.y 2027"),
        ({"imdb": "tt1", "tmdb": 2}, "imdb=tt1 tmdb=2"),
    ],
)
def test_values_are_told_in_short(value: object, text: str) -> None:
    """As a person would say them."""
    assert value_text(value) == text


def test_the_shipped_catalogue_of_these_tests_is_in_order(shelf: Shelf, tmp_path: Path) -> None:
    """Else they would show nothing."""
    path = tmp_path / "copy.toml"
    path.write_text(SHIPPED, "utf-8")
    assert shelf.run("check", str(path)).code == 0
