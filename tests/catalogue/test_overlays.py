"""Edits of the user's own catalogue, without the commands."""

from datetime import date
from typing import Any, Final

import pytest

from countdown.catalogue.date_edits import DateChange, DateEdit
from countdown.catalogue.document import Document
from countdown.catalogue.load import Table
from countdown.catalogue.overlays import UserCatalogue
from countdown.errors import CountdownError, NothingFound, UsageError

TODAY: Final = date(2026, 11, 22)
BELOW: Final[list[Table]] = [
    {
        "id": "andor-1",
        "title": "Andor",
        "kind": "season",
        "season": 1,
        "ids": {"imdb": "tt9253284"},
        "dates": [{"type": "premiere", "date": date(2026, 12, 1)}],
    },
    {
        "id": "andor-2",
        "title": "Andor",
        "kind": "season",
        "season": 2,
        "ids": {"imdb": "tt9253284"},
        "date": "2027",
        "dates": [{"region": "BR", "date": "2028"}],
    },
]


def open_catalogue(*releases: str) -> tuple[UserCatalogue, Document]:
    """A catalogue of the [[release]] tables *releases*, over two seasons of Andor."""
    text = "format = 1\n" + "".join(f"\n[[release]]\n{table}\n" for table in releases)
    document = Document("own.toml", text.encode())
    return UserCatalogue(document, BELOW), document


def move(catalogue: UserCatalogue, identifier: str, day: date | str) -> list[DateChange]:
    """The changes of the date that counts in the United States to *day*."""
    edit = DateEdit([{"date": day}], "effective", "US", TODAY)
    return catalogue.edit(identifier, {}, dates=edit)


def test_an_unknown_release_is_none_to_change() -> None:
    """It may have gone since its id was found."""
    catalogue, document = open_catalogue()
    changes: list[Any] = [
        lambda: catalogue.edit("gone", {"stage": "filming"}),
        lambda: move(catalogue, "gone", "2028"),
        lambda: catalogue.remove("gone"),
        lambda: catalogue.hide("gone"),
        lambda: catalogue.find("gone"),
    ]
    for change in changes:
        with pytest.raises(NothingFound, match='No release has the id "gone"'):
            change()
    assert document.data() == b"format = 1\n"


def test_the_season_tells_which_release_has_those_ids() -> None:
    """All seasons have the identifier of their series."""
    catalogue, document = open_catalogue('id = "mine"\nseason = 2\nids = { imdb = "tt9253284" }')
    assert catalogue.find("mine")["id"] == "andor-2"
    assert catalogue.find("mine")["date"] == "2027"
    with pytest.raises(UsageError, match='"andor-1" isn\'t in your own catalogue'):
        catalogue.remove("andor-1")
    assert catalogue.remove("andor-2").is_overlay
    assert document.releases == []


def test_ones_own_id_comes_before_ids_elsewhere() -> None:
    """As where layers are merged."""
    catalogue, document = open_catalogue(
        'id = "andor-1"\nstage = "released"', 'id = "other"\nids = { imdb = "tt9253284" }'
    )
    catalogue.edit("andor-1", {"stage": "wrapped"})
    assert [table.get("stage") for table in document.releases] == ["wrapped", None]
    assert catalogue.find("andor-2").get("stage") is None


def test_overlay_with_another_id_is_added_once() -> None:
    """The second change finds the first."""
    catalogue, document = open_catalogue()
    catalogue.edit("andor-1", {"stage": "filming"})
    catalogue.hide("andor-1")
    catalogue.edit("andor-1", {"platform": ["Disney+"]}, unset=("hidden",))
    assert document.releases == [{"id": "andor-1", "stage": "filming", "platform": ["Disney+"]}]


def test_a_premiere_does_not_move_with_the_release() -> None:
    """The date of the release comes beside it."""
    catalogue, document = open_catalogue()
    assert move(catalogue, "andor-1", "2027") == [DateChange({}, None, "2027")]
    assert document.releases[0]["dates"] == [
        {"type": "premiere", "date": date(2026, 12, 1)},
        {"date": "2027"},
    ]
    assert document.releases[0]["moves"] == [{"announced": TODAY, "to": "2027"}]


def test_the_worldwide_date_moves_where_a_region_has_none() -> None:
    """And becomes one of the list, if there is one already."""
    catalogue, document = open_catalogue()
    day = date(2027, 5, 1)
    assert move(catalogue, "andor-2", day) == [DateChange({}, "2027", day)]
    dates = document.releases[0]["dates"]
    assert dates == [{"date": day}, {"region": "BR", "date": "2028"}]
    assert move(catalogue, "andor-2", "1 May 2027") == []
    assert len(document.releases[0]["moves"]) == 1


def test_a_taken_id_is_refused_whoever_has_it() -> None:
    """Of a lower layer or one's own, hidden or not."""
    catalogue, _ = open_catalogue('id = "mine"\nhidden = true')
    for identifier in ("andor-1", "mine"):
        with pytest.raises(CountdownError) as caught:
            catalogue.add({"id": identifier, "title": "X", "kind": "film"})
        assert str(caught.value) == (
            f'There\'s already a release with the id "{identifier}". '
            f"Choose another --id, or change that one: countdown edit {identifier}"
        )
