"""A release gets another id with a new version of the program, and nothing is lost."""

import json
from pathlib import Path
from typing import Final

import pytest

from countdown import paths
from tests.cli.conftest import World, film
from tests.cli.shelf import SHIPPED, Shelf

BEFORE: Final = (
    film("untitled-rome-film", "2026-12-22", title="Untitled Rome Film", stage="filming"),
    film("duo-1", "2026-12-23", title="Duo 1"),
    film("duo-2", "2027-05-01", title="Duo 2"),
    film("stays", "2026-12-24"),
)
AFTER: Final = (
    f'{film("rome", "2026-12-22", title="Rome", stage="filming")}\nwas = ["untitled-rome-film"]',
    f'{film("duo", "2026-12-23", title="Duo")}\nwas = ["duo-1", "duo-2"]',
    film("stays", "2026-12-24"),
)


def test_rename_is_no_news(world: World) -> None:
    """Neither a new release nor one that was removed; what was seen before goes along."""
    world.says(*BEFORE)
    world("list")
    world.says(film("untitled-rome-film", "2026-12-20", title="Untitled Rome Film"), *BEFORE[1:])
    world.later(1)
    world("list")
    world.says(*AFTER)
    world.later(1)
    changes = json.loads(world("news", "--json").out)["changes"]
    assert [(change["id"], change["what"]) for change in changes] == [
        *(("rome", "moved"), ("rome", "stage")),
        *(("rome", "moved"), ("rome", "stage")),
    ]
    (rome,) = json.loads(world("show", "untitled-rome-film", "--json").out)["releases"]
    assert [step["to"] for step in rome["history"]] == ["2026-12-20", "2026-12-22"]


def test_reminder_that_was_sent_is_not_sent_again(world: World) -> None:
    """Under the new id neither; and what is to come isn't lost."""
    remind = ("remind", "--milestones", "30,7")
    world.says(*BEFORE)
    assert "Untitled Rome Film comes out in 30 days" in world(*remind).out
    world.later(1)
    assert "Duo 1 comes out in 30 days" in world(*remind).out
    world.says(*AFTER)
    assert world(*remind).out == ""
    world.later(1)
    assert world(*remind).out == "Stays comes out in 30 days, on 24 Dec 2026\n"
    world.later(21)
    assert world(*remind).out == "Rome comes out in 7 days, on 22 Dec 2026\n"


def test_release_that_became_part_of_another_is_not_removed(world: World) -> None:
    """And the other is not new."""
    world.says(*BEFORE)
    world("list")
    world.says(*AFTER)
    assert world("news").code == 1
    world.says(*AFTER[:1])
    (line,) = [line for line in world("news").out.splitlines() if "Duo" in line]
    assert "removed" in line


def test_former_id_that_is_in_use_is_not_followed(world: World) -> None:
    """It is that of another release, so the journal keeps both apart."""
    world.says(*BEFORE)
    world("list")
    other = world.path.with_name("other.toml")
    text = f'[[release]]\n{film("x", "2027", title="X")}\nwas = ["stays"]\n'
    other.write_text(f"format = 1\n{text}", "utf-8")
    files = ("--catalogue", str(world.path), "--catalogue", str(other))
    world(*files, "list")
    other.write_text(f"format = 1\n{text.replace('2027', '2028')}", "utf-8")
    changes = json.loads(world(*files, "news", "--json").out)["changes"]
    assert [(change["id"], change["what"]) for change in changes] == [("x", "moved")]


def test_follow_filter_and_prompt_find_a_former_id(world: World) -> None:
    """As `show` does."""
    world.says(*BEFORE)
    world("follow", "--title", "untitled-rome-film")
    world.says(*AFTER)
    assert world("list", "--followed").titles == ["Rome"]
    assert world("prompt", "--id", "duo-2").out.startswith("Duo ")
    assert world("duo-1").out.startswith("◐ Duo ")


@pytest.fixture
def renamed(shelf: Shelf) -> Shelf:
    """An own catalogue with overlays of what ships under another id now."""
    shelf.write(
        "format = 1\n[[release]]\nid = 'dune-3'\nhidden = true\n"
        "[[release]]\nid = 'thor-5'\ndate = 2027-01-01\n"
        "[[release]]\nid = 'thor-6'\ntitle = 'My Sixth'\nkind = 'film'\n"
    )
    text = SHIPPED
    for id in ("dune-3", "thor-5", "thor-6"):
        text = text.replace(f'id = "{id}"', f'id = "new-{id}"\nwas = ["{id}"]')
    Path(paths.shipped("")).write_text(text, "utf-8")
    return shelf


def test_own_entries_go_along(renamed: Shelf) -> None:
    """By both ids they can be changed; nothing is written twice."""
    ran = renamed.ran("list", "--all")
    assert sorted(ran.titles) == ["My Sixth", "Thor 5", "Thor 6"]
    assert ran.err == ""
    renamed.ran("edit", "new-thor-5", "--stage", "filming")
    renamed.ran("edit", "thor-5", "--stage-note", "Mine.")
    renamed.ran("unhide", "new-dune-3")
    renamed.ran("hide", "dune-3")
    assert [release["id"] for release in renamed.releases] == ["thor-5", "thor-6", "new-dune-3"]
    assert renamed.releases[0]["stage_note"] == "Mine."
    renamed.ran("remove", "new-thor-5")
    assert [release["id"] for release in renamed.releases] == ["thor-6", "new-dune-3"]


def test_news_of_hidden_releases_stay_silent(renamed: Shelf) -> None:
    """They are hidden under their new id too."""
    assert renamed.run("show", "dune-3").code == 1
    assert "new-dune-3" in renamed.run("show", "Dune: Part Three").err


def test_new_release_gets_no_former_id(renamed: Shelf) -> None:
    """It would become an overlay of another."""
    assert renamed.refused("add", "X", "--id", "dune-3") == (
        '"dune-3" is a former id of the release "new-dune-3". Choose another --id, or change that'
        " one: countdown edit new-dune-3\n"
    )
    renamed.ran("add", "Dune 3", "--sequel-to", "dune-3")
    assert renamed.last["id"] == "dune-3-2"
    (added,) = json.loads(renamed.ran("show", "dune-3-2", "--json").out)["releases"]
    assert added["sequel_to"] == "new-dune-3"


@pytest.mark.usefixtures("without_shells")
def test_conflict_is_told_by_check_doctor_and_mine(renamed: Shelf) -> None:
    """Nothing is left out for it."""
    line = 'id: "thor-6" is a former id of "new-thor-6", which has another title or kind'
    ran = renamed.ran("check")
    assert line in ran.err
    assert "no problems" in ran.out
    assert line in renamed.ran("mine").out
    assert "Conflicts" in renamed.ran("mine", "--format", "table").out
    assert "An id in your catalogue is a former id of another release." in renamed.ran("doctor").out
