"""What is read of a catalogue that somebody hosts, and what isn't theirs to say."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from countdown.catalogue import source_layers
from countdown.sources import catalogue
from countdown.sources.answers import BadAnswerError
from countdown.sources.catalogue import Catalogue

RELEASE = """
[[release]]
id = "heat-2"
title = "Heat 2"
kind = "film"
"""
HEADER = """\
format = 2
origin = "https://example.org/releases.toml"
title = "Films of friends"
licence = "CC0-1.0"
credit = "friends.example"
serial = 7
refresh = "2 days (or so)"
expires = "2027-05-24 at the latest"
checked = 2026-11-20T08:00:00Z
mirrors = ["https://a.example/r.toml", "https://b.example/r.toml"]
"""


def read(text: str) -> Catalogue:
    """The catalogue *text* as the source "friends"."""
    return catalogue.read(text.encode(), "friends")


def test_header_and_releases_are_read() -> None:
    """Words behind a day don't matter."""
    assert read(HEADER + RELEASE) == Catalogue(
        *(2, ({"id": "friends--heat-2", "title": "Heat 2", "kind": "film"},)),
        *("Films of friends", "CC0-1.0", "friends.example", "2 days (or so)"),
        expires=date(2027, 5, 24),
        checked=date(2026, 11, 20),
        serial=7,
        mirrors=("https://a.example/r.toml", "https://b.example/r.toml"),
    )


def test_header_can_be_missing() -> None:
    """Any catalogue can be hosted as it is."""
    assert read(RELEASE) == Catalogue(2, read(HEADER + RELEASE).tables)


def test_nothing_can_be_hidden_or_doubted() -> None:
    """Former ids have the prefix, too."""
    text = f'{RELEASE}hidden = true\nunverified = ["date"]\nwas = ["heat", 1]\n'
    found = read(text + RELEASE.replace("heat-2", "heat-3") + "hidden = true\n")
    assert found.tables[0]["was"] == ["friends--heat", 1]
    assert [*found.tables[1]] == ["id", "title", "kind"]
    assert found.skipped == (
        "hidden isn't for a source to say (2 times)",
        "unverified isn't for a source to say",
    )


@pytest.mark.parametrize(
    ("line", "skipped"),
    [
        ("title = 1", "its title isn't a line of text"),
        (r'credit = "\u001b[31m"', "its credit isn't a line of text"),
        ('expires = "soon"', "its expires isn't a day"),
        ("checked = 3", "its checked isn't a day"),
        ("serial = -1", "its serial isn't a whole number above 0"),
        ("serial = true", "its serial isn't a whole number above 0"),
        ('mirrors = "https://a.example"', "its mirrors aren't a list"),
        ('mirrors = ["http://a.example"]', "only 3 mirrors with https:// are used"),
        (r'mirrors = ["https://a.example\u001b"]', "only 3 mirrors with https:// are used"),
        ("mirrors = [1]", "only 3 mirrors with https:// are used"),
        (
            f"mirrors = {['https://a.example'] * 4}",
            "only 3 mirrors with https:// are used",
        ),
    ],
)
def test_wrong_value_of_the_header_is_skipped(line: str, skipped: str) -> None:
    """The releases are read."""
    found = read(f"{line}\n{RELEASE}")
    assert found.skipped == (skipped,)
    assert len(found.tables) == 1
    assert len(found.mirrors) <= 3


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"<!doctype html>", "the answer is a web page, not a catalogue"),
        (b"", "the catalogue has no releases"),
        (b"release = []", "the catalogue has no releases"),
        (b"release = [1]", "the catalogue has no releases"),
        (b"release = 1", "the catalogue has no releases"),
        (b"\n\xff", "the catalogue can't be read: catalogue:2:1: byte 0xff is not UTF-8"),
        (b"title = ", "the catalogue can't be read: catalogue:1:1: title has no value"),
        (b"a = " + b"[" * 99_999, "the catalogue can't be read: catalogue:1:1: too deeply nested"),
        (b'{"release": []}', "the catalogue can't be read: catalogue:1:1: "),
    ],
    ids=["page", "empty", "none", "no table", "number", "Latin-1", "cut", "nested", "JSON"],
)
def test_what_is_no_catalogue_is_refused(body: bytes, why: str) -> None:
    """An empty one too: a server that has lost its file must not empty the list."""
    with pytest.raises(BadAnswerError) as raised:
        catalogue.read(body, "friends")
    assert str(raised.value).startswith(why)


def test_odd_releases_are_left_to_the_reader_of_layers() -> None:
    """It drops them, and keeps the others."""
    found = catalogue.read(b'release = [1, {id = 2, was = 3}, {id = "a", title = "A"}]', "b")
    assert found.tables == ({"id": 2, "was": 3}, {"id": "b--a", "title": "A"})
    assert found.skipped == ("a release isn't a table",)
    top = {"origin": "b", "read": datetime(2026, 11, 27, tzinfo=UTC), "release": [*found.tables]}
    layer = source_layers.make("b.toml", b"", top)
    assert layer.tables == [None, found.tables[1]]
    assert layer.source is not None
    assert layer.source.wrong == 1


@given(st.integers(0, 400), st.binary(max_size=4))
def test_damaged_catalogue_is_read_or_refused(at: int, damage: bytes) -> None:
    """Wherever its bytes are replaced."""
    data = (HEADER + RELEASE).encode()
    try:
        found = catalogue.read(data[:at] + damage + data[at + len(damage) :], "friends")
    except BadAnswerError:
        return
    assert found.tables


def test_no_two_sources_make_the_same_id() -> None:
    """Nor one that a built-in release has: it would get the date of another release."""
    pairs = [("a", "b-c"), ("a-b", "c"), ("dune", "3"), ("tvmaze-82", "season-1")]
    ids = [
        catalogue.read(f'[[release]]\nid = "{id}"\n'.encode(), name).tables[0]["id"]
        for name, id in pairs
    ]
    assert ids == ["a--b-c", "a-b--c", "dune--3", "tvmaze-82--season-1"]


def test_calendar_is_named_as_one() -> None:
    """Rather than as a catalogue with a mistake in its first line."""
    with pytest.raises(BadAnswerError, match="is a calendar, not a catalogue"):
        catalogue.read(b"\r\nBEGIN:VCALENDAR\r\n", "friends")
