"""How many releases have a date, a role, a source; and which sources are hobby pages."""

from datetime import date

import pytest

from countdown import paths
from countdown.catalogue import coverage
from countdown.core import edtf
from countdown.core.release import AnnouncedDate, Credit, Release, Source

HOSTS = coverage.read_hosts("# a comment\n\ngithub.com # code\n Pages.Dev \n")


def test_hosts_are_a_line_each() -> None:
    """Without comments, in small letters; the shipped list has some."""
    assert frozenset({"github.com", "pages.dev"}) == HOSTS
    with open(paths.shipped("hobby-hosts.txt"), encoding="utf-8") as file:
        shipped = coverage.read_hosts(file.read())
    assert {"github.com", "wikipedia.org", "reddit.com"} <= shipped
    assert all("." in host and "/" not in host and " " not in host for host in shipped)


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("https://github.com/x/y", True),
        ("https://GitHub.com:443/x", True),
        ("https://a.b.pages.dev/", True),
        ("https://notgithub.com/", False),
        ("https://github.com.evil.example/", False),
        ("https://deadline.com/github.com", False),
        ("https://[bad/", False),
    ],
)
def test_host_stands_for_its_subdomains(address: str, found: bool) -> None:
    """But not for what only ends or begins like it."""
    assert coverage.is_of(address, HOSTS) is found


def test_figures_count_releases() -> None:
    """A release counts once, whatever it has more of."""
    full = Release(
        *("a", "A", "film"),
        director=("B",),
        cast=(Credit("C", "D"), Credit("E")),
        synopsis="F.",
        dates=(
            AnnouncedDate(edtf.parse("2027-06-11"), "BR", "theatrical"),
            AnnouncedDate(edtf.parse("2027-06-12"), "US"),
        ),
        checked=edtf.parse("2026-11-01"),
        sources=(Source("https://github.com/x"), Source("https://deadline.com/x")),
        ids=(("tmdb", 1),),
    )
    window = Release(
        *("b", "B", "series"),
        creator=("B",),
        cast=(Credit("C"),),
        dates=(AnnouncedDate(edtf.parse("2027"), "US"), AnnouncedDate(edtf.parse("2028-01-01?"))),
        checked=edtf.parse("2026-05-01"),
        sources=(Source("https://github.com/x"),),
    )
    empty = Release("c", "C", "film")
    found = coverage.figures([full, window, empty], HOSTS, date(2026, 11, 22))
    assert {figure.label: figure.number for figure in found} == {
        "Releases": 3,
        "A date": 2,
        "An exact day": 1,
        "A day in a region": 1,
        "How it comes out": 1,
        "A director or creator": 2,
        "Cast": 2,
        "A role": 1,
        "A synopsis": 1,
        "An id on another site": 1,
        "A source": 2,
        "A source beyond hobby pages": 1,
        "Checked in the last half year": 1,
    }
    assert found[:-1] == coverage.figures([full, window, empty], HOSTS)
