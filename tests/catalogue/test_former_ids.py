"""Former ids in `was`: found across files, and refused for another release."""

from typing import Final

import pytest

from countdown.catalogue import load, user_layer
from countdown.core.release import Release
from countdown.errors import CatalogueError

SHIPPED: Final = """\
[[release]]
id = "rome"
was = ["untitled-rome-film", "rome-film"]
title = "Rome"
aliases = ["The Rome Film"]
titles = { it = "Roma" }
kind = "film"
date = 2027-02-05
"""


def layers(*documents: str) -> list[load.Layer]:
    """The layers of *documents*, without their heads."""
    return [
        load.read_layer(f"{number}.toml", f"format = 1\n{text}".encode())
        for number, text in enumerate(documents)
    ]


def merged(*documents: str) -> dict[str, Release]:
    """The releases of *documents* by id."""
    return {release.id: release for release in load.releases(layers(*documents))}


def problems(*documents: str) -> tuple[str, ...]:
    """What is wrong in *documents*."""
    with pytest.raises(CatalogueError) as caught:
        merged(*documents)
    return caught.value.lines


@pytest.mark.parametrize("id", ["rome", "untitled-rome-film", "rome-film"])
@pytest.mark.parametrize(
    "more",
    ["", 'title = "ROME!"', 'title = "the rome film"', 'title = "Roma"', 'kind = "film"'],
)
def test_overlay_follows_a_former_id(id: str, more: str) -> None:
    """Also with a title that the release has."""
    (release,) = merged(SHIPPED, f'[[release]]\nid = "{id}"\nstage = "filming"\n{more}\n').values()
    assert (release.id, release.stage) == ("rome", "filming")
    assert release.was == ("untitled-rome-film", "rome-film")


def test_overlays_of_releases_that_became_one_both_count() -> None:
    """In their order, in whichever layer they are; former ids add up."""
    overlays = (
        '[[release]]\nid = "rome-film"\nstage = "filming"\ncast = ["A"]\nwas = ["rome-x"]\n',
        '[[release]]\nid = "rome-x"\nstage_note = "x"\n'
        '[[release]]\nid = "untitled-rome-film"\ncast = ["B"]\n',
    )
    (release,) = merged(SHIPPED, *overlays).values()
    assert (release.stage, release.stage_note, release.cast[0].name) == ("filming", "x", "B")
    assert release.was == ("untitled-rome-film", "rome-film", "rome-x")


def test_sequel_follows_a_former_id() -> None:
    """The release has the present one."""
    sequel = '[[release]]\nid = "two"\ntitle = "Two"\nkind = "film"\nsequel_to = "rome-film"\n'
    assert merged(SHIPPED + sequel)["two"].sequel_to == "rome"
    assert merged(SHIPPED, sequel)["two"].sequel_to == "rome"


@pytest.mark.parametrize("target", ["rome", "rome-film"])
def test_release_that_follows_itself_under_a_former_id_is_a_problem(target: str) -> None:
    """Of one file, or of two."""
    line = 'release[0] "Rome": sequel_to: no release follows itself; write the id of the release'
    assert line in problems(f'{SHIPPED}sequel_to = "{target}"\n')[0]
    overlay = f'[[release]]\nid = "untitled-rome-film"\nsequel_to = "{target}"\n'
    (told,) = problems(SHIPPED, overlay)
    assert told.startswith("1.toml:4:1: ")


@pytest.mark.parametrize(
    "more", ['title = "Home Film"\nkind = "film"', 'kind = "short"\ntitle = "Rome"']
)
def test_entry_with_another_title_or_kind_is_another_release(more: str) -> None:
    """It is named as a conflict, with its place; nothing is left out."""
    own = f'[[release]]\nid = "rome-film"\n{more}\nstage = "filming"\n'
    releases = merged(SHIPPED, own)
    assert [*releases] == ["rome", "rome-film"]
    assert (releases["rome"].stage, releases["rome-film"].stage) == (None, "filming")
    (line,) = user_layer.describe_conflicts(layers(SHIPPED, own))
    assert line.startswith("1.toml:3:1: release[0] ")
    assert 'id: "rome-film" is a former id of "rome", which has another title or kind' in line


def test_no_conflict_is_found_in_what_follows() -> None:
    """Nor in what has nothing to do with it."""
    own = '[[release]]\nid = "rome-film"\nstage = "filming"\n[[release]]\nhidden = true\n'
    assert user_layer.describe_conflicts(layers(SHIPPED, own)) == []


@pytest.mark.parametrize(
    ("tables", "line"),
    [
        (
            'was = ["b"]\n[[release]]\nid = "b"\ntitle = "B"\nkind = "film"\n',
            '6:8: release[0] "A": was[0]: "b" is the id of release[1]; leave it out',
        ),
        (
            'was = ["b"]\n[[release]]\nhidden = true\n[[release]]\nid = "b"\nhidden = true\n',
            '6:8: release[0] "A": was[0]: "b" is the id of release[2]; leave it out',
        ),
        ('was = ["a"]\n', '6:8: release[0] "A": was[0]: "a" is the id of release[0]; leave it out'),
        (
            'was = ["c"]\n[[release]]\nid = "b"\ntitle = "B"\nkind = "film"\nwas = ["x", "c"]\n',
            '11:13: release[1] "B": was[1]: "c" is a former id of release[0]; leave it out',
        ),
        (
            'was = ["b c"]\n',
            '6:8: release[0] "A": was[0]: "b c" isn\'t a valid id; use a-z, 0-9 and -,'
            ' like "thor-love-and-thunder"',
        ),
        ('was = "b"\n', '6:1: release[0] "A": was: should be a list, not text; write [ … ], even'),
        ("was = [1]\n", '6:8: release[0] "A": was[0]: should be text, not a number; write "…"'),
    ],
)
def test_former_id_belongs_to_one_release(tables: str, line: str) -> None:
    """It is nobody's id, and nobody else's former one."""
    (told,) = problems(f'[[release]]\nid = "a"\ntitle = "A"\nkind = "film"\n{tables}')
    assert told.startswith(f"0.toml:{line}")


def test_former_id_that_a_higher_layer_has_is_not_followed_there() -> None:
    """If two claim it, that of the lower layer counts."""
    own = '[[release]]\nid = "x"\ntitle = "X"\nkind = "film"\nwas = ["rome-film", "rome"]\n'
    top = '[[release]]\nid = "rome-film"\nstage = "filming"\n'
    releases = merged(SHIPPED, own, top)
    assert releases["rome"].stage == "filming"
    assert releases["x"].stage is None


def test_own_claim_that_cannot_be_is_left_out_alone() -> None:
    """The entry stays."""
    data = b"format = 1\n[[release]]\nid = 'x'\ntitle = 'X'\nkind = 'film'\nwas = ['x', 'y', 'x']\n"
    own = user_layer.read_user_layer("own.toml", data, layers(SHIPPED))
    assert own.layer.tables == [{"id": "x", "title": "X", "kind": "film", "was": ["y"]}]
    assert (own.left_out.entries, own.left_out.keys) == (0, 2)
