"""Words that people have for kinds, stages and types, and near misses of these."""

import pytest

from countdown.core import synonyms
from countdown.core.release import KINDS, STAGES, TYPES


@pytest.mark.parametrize(
    ("text", "choices", "choice"),
    [
        ("shooting", STAGES, "filming"),
        ("Post Production", STAGES, "post-production"),
        ("post_production", STAGES, "post-production"),
        ("rumored", STAGES, "rumoured"),
        ("Ended", STAGES, "released"),
        ("movies", KINDS, "film"),
        ("tv", KINDS, "series"),
        ("tv", TYPES, "tv"),
        ("series", KINDS, "series"),
        ("cinemas", TYPES, "theatrical"),
        ("stage note", ("stage_note", "stage"), "stage_note"),
        ("stage-note", ("stage_note", "stage"), "stage_note"),
        ("cinema", STAGES, None),
        ("", STAGES, None),
        ("s", STAGES, None),
    ],
)
def test_word_that_means_one_choice_is_taken(
    text: str, choices: tuple[str, ...], choice: str | None
) -> None:
    """Whatever its case, its plural and the signs between its words."""
    assert synonyms.choose(text, choices) == choice


@pytest.mark.parametrize(
    ("text", "choices", "near"),
    [
        ("filmng", STAGES, ["filming"]),
        ("shoting", STAGES, ["filming"]),
        ("film", STAGES, ["filming"]),
        ("fi", STAGES, []),
        ("post-prod", STAGES, ["post-production"]),
        ("moovie", KINDS, ["film"]),
        ("theatrcal", TYPES, ["theatrical"]),
        ("tabel", ("table", "plain"), ["table"]),
        ("xyzzy", STAGES, []),
        ("", STAGES, []),
    ],
)
def test_near_misses_are_choices(text: str, choices: tuple[str, ...], near: list[str]) -> None:
    """Never a synonym, which no file could have."""
    assert synonyms.nearest(text, choices)[:1] == near
