"""`countdown show --open`: a page in the browser, and nothing else."""

import webbrowser
from collections.abc import Callable

import pytest

from countdown.cli import browser
from countdown.errors import CountdownError
from tests.cli.conftest import Countdown

FILM = '[[release]]\nid = "a"\ntitle = "Alpha"\nkind = "film"\n'


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses that a browser got."""
    addresses: list[str] = []

    def take(address: str) -> bool:
        addresses.append(address)
        return True

    monkeypatch.setattr(webbrowser, "open", take)
    return addresses


@pytest.mark.parametrize(
    ("facts", "address"),
    [
        ('ids = { tmdb = 7, imdb = "tt1" }', "https://www.imdb.com/title/tt0000001/"),
        ('sources = ["https://x.org/$(id)é"]', "https://x.org/$(id)%C3%A9"),
    ],
)
def test_first_link_is_opened(
    catalogue: Callable[[str], Countdown], opened: list[str], facts: str, address: str
) -> None:
    """Instead of the card; that is said, for who doesn't see the browser."""
    countdown = catalogue(FILM + facts)
    assert countdown("show", "alpha", "--open") == (0, "", f"Opening {address}\n")
    assert countdown("alpha", "--open").code == 0
    assert opened == [address, address]


def test_release_without_links_opens_nothing(
    catalogue: Callable[[str], Countdown], opened: list[str]
) -> None:
    """That is said."""
    ran = catalogue(FILM)("alpha", "--open")
    assert ran == (1, "", "Alpha has no links.\n")
    assert opened == []


def test_nothing_is_opened_where_it_is_not_clear_what(
    countdown: Countdown, opened: list[str]
) -> None:
    """Several titles, and people, are listed as without the option."""
    for words in (("ra",), ("chris hemsworth",)):
        assert countdown("show", *words, "--open").out == countdown("show", *words).out
    assert opened == []


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "file:///etc/passwd", "--new-window", "https://x.org/\x1b[m"]
)
def test_hostile_address_is_refused(opened: list[str], url: str) -> None:
    """Whatever a catalogue may say."""
    with pytest.raises(CountdownError, match=r"^Only addresses of http and https are opened\.$"):
        browser.open_page(url)
    assert opened == []


def test_missing_browser_is_told_with_the_address(
    catalogue: Callable[[str], Countdown], monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that it can be opened elsewhere."""
    monkeypatch.setattr(webbrowser, "open", lambda _: False)
    ran = catalogue(FILM + 'sources = ["https://x.org/1"]')("alpha", "--open")
    assert ran.err == "No browser was found. The address is https://x.org/1\n"
    assert ran.code == 1
