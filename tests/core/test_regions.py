"""Regions by code and by name."""

import pytest

from countdown.core.region_names import NAMES
from countdown.core.regions import REGIONS, parse_region, region_name

ROWS = [row.split("; ") for row in NAMES.strip().replace("\n  ", " ").splitlines()]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("BR", "BR"),
        (" br ", "BR"),
        ("Brazil", "BR"),
        ("brasil", "BR"),
        ("UK", "GB"),
        ("Great Britain", "GB"),
        ("united kingdom", "GB"),
        ("usa", "US"),
        ("U.S.", "US"),
        ("U.S.A.", "US"),
        ("the United States", "US"),
        ("DEUTSCHLAND", "DE"),
        ("osterreich", "AT"),
        ("Österreich", "AT"),
        ("日本", "JP"),
        ("Trinidad and Tobago", "TT"),
        ("Saint Lucia", "LC"),
        ("Cote d'Ivoire", "CI"),
        ("Türkiye", "TR"),
        ("Turkey", "TR"),
    ],
)
def test_region_is_read_by_code_and_by_name(text: str, code: str) -> None:
    """In any case, with accents and without, in English and in its own language."""
    assert parse_region(text) == code


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("Brazl", 'did you mean "Brazil" (BR)?'),
        ("Korea", 'did you mean "North Korea" (KP) or "South Korea" (KR)?'),
        ("EU", 'write a name like "Brazil" or two letters like BR'),
        ("", 'write a name like "Brazil" or two letters like BR'),
        ("a" * 5000, 'write a name like "Brazil" or two letters like BR'),
        ("Atlantis of the sea", 'write a name like "Brazil" or two letters like BR'),
    ],
)
def test_what_is_no_region_is_refused_with_the_nearest_name(text: str, hint: str) -> None:
    """A name that two regions share is nobody's."""
    with pytest.raises(ValueError, match="isn't a region") as raised:
        parse_region(text)
    assert str(raised.value) == f'"{text}" isn\'t a region; {hint}'


def test_every_region_has_names_and_no_two_share_one() -> None:
    """Else which one is meant would depend on the order of the table."""
    assert {row[0] for row in ROWS} == REGIONS
    for code, *names in ROWS:
        assert names
        assert {parse_region(name) for name in names} == {code}


def test_region_has_an_english_name() -> None:
    """The first of its names; what is no code stays."""
    assert [region_name(code) for code in ("BR", "US", "XX")] == ["Brazil", "United States", "XX"]
