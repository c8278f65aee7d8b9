"""Which releases without a common id are offered as the same."""

from datetime import date

import pytest

from countdown.catalogue.title_offers import Offer, title_offers
from countdown.toml.parse import Table

FILM: Table = {"id": "you", "title": "You", "kind": "film", "date": date(2027, 3, 1)}


def film(**keys: object) -> Table:
    """A release like FILM with other *keys*; None leaves one out."""
    table = {**FILM, "id": "q1", **keys}
    return {key: value for key, value in table.items() if value is not None}


@pytest.mark.parametrize(
    "keys",
    [
        {},
        {"title": "YOU"},
        {"title": "Untitled", "aliases": ["You"]},
        {"title": "Du", "titles": {"en": "You"}},
        {"date": "2026"},
        {"date": None, "dates": [{"date": date(2026, 1, 1)}, {"date": "2020"}]},
    ],
)
def test_title_kind_and_year_make_an_offer(keys: Table) -> None:
    """The year may be one off."""
    entry = film(**keys)
    assert title_offers([entry], [FILM, film(title="Deadwood")]) == [Offer(entry, FILM)]


@pytest.mark.parametrize(
    "keys",
    [
        {"title": "Your"},
        {"kind": "series"},
        {"season": 2},
        {"date": "2025"},
        {"date": None},
        {"date": None, "cast": ["Somebody"]},
        {"title": None},
        {"title": "!"},
    ],
)
def test_title_alone_is_not_enough(keys: Table) -> None:
    """Nor one that is only alike."""
    assert title_offers([film(**keys)], [{**FILM, "cast": ["Ana"], "aliases": ["?"]}]) == []


@pytest.mark.parametrize("key", ["director", "creator", "cast"])
def test_person_in_common_stands_for_a_year(key: str) -> None:
    """If one of them has no date yet."""
    release = {**FILM, key: ["Zoë Ana"]}
    entry = film(date=None, cast=[{"name": "Zoe Ana", "role": "R"}])
    assert title_offers([entry], [release]) == [Offer(entry, release)]


def test_several_that_fit_are_no_offer() -> None:
    """Ten shows are called You; and two entries for one release are none either."""
    entry, other = film(), film(id="q2", date="2026")
    assert title_offers([entry], [FILM, {**FILM, "id": "you-2"}]) == []
    assert title_offers([entry, other], [FILM]) == []
    assert title_offers([entry], [entry, FILM]) == [Offer(entry, FILM)]


def test_title_of_many_releases_tells_nothing() -> None:
    """Each entry with it would be compared with each of them."""
    others = [film(id=f"q{at}", season=at) for at in range(50)]
    assert title_offers([film()], [FILM, *others[1:]]) == [Offer(film(), FILM)]
    assert title_offers([film()], [FILM, *others]) == []
    assert title_offers([film(aliases=["Du"])], [{**FILM, "aliases": ["Du"]}, *others]) == [
        Offer(film(aliases=["Du"]), {**FILM, "aliases": ["Du"]})
    ]
