"""Web addresses made safe for a terminal and a browser, and the pages of a release. No I/O."""

import re
from typing import Final, NamedTuple

from countdown.core.release import Release
from countdown.core.text import find_hostile, is_web_address

_UNESCAPED: Final = re.compile(r"[^A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]")
PROVIDERS: Final = {"imdb": "IMDb", "tmdb": "TMDB", "wikidata": "Wikidata", "tvmaze": "TVmaze"}
_LINK, _END = "\x1b]8;;", "\x1b\\"  # around an address; what follows leads there (OSC 8)
# Provider → the form of its ids; others have no address.
_IDS: Final = {"imdb": r"tt\d+", "tmdb": r"\d+", "wikidata": r"Q\d+", "tvmaze": r"\d+"}
_SHOWS: Final = ("series", "season")  # kinds whose ids at TMDB and TVmaze are those of television


class WebLink(NamedTuple):
    """A page about a release: `IMDb tt21357150`; no *address* if the id has an unknown form."""

    text: str
    address: str | None


def safe_address(url: str) -> str | None:
    """*url* in ASCII, other characters percent-encoded; None if it isn't safe to open.

    A safe one is of http or https, with a host and without hostile characters.
    """
    if not is_web_address(url) or find_hostile(url):
        return None
    return _UNESCAPED.sub(lambda match: _percent(match[0]), url)


def linked(text: str, url: str) -> str:
    """*text* without spaces around it, as a link to *url* for terminals that show links.

    If that isn't a safe address, it is *text* unchanged.
    """
    address, bare = safe_address(url), text.strip(" ")
    if address is None:
        return text
    return text.replace(bare, f"{_LINK}{address}{_END}{bare}{_LINK}{_END}", 1)


def _percent(character: str) -> str:
    return "".join(f"%{byte:02X}" for byte in character.encode())


def pages(release: Release) -> list[WebLink]:
    """The pages of *release* at IMDb, TMDB, Wikidata and TVmaze, as far as their ids are known."""
    known = dict(release.ids)
    return [
        WebLink(f"{name} {known[provider]}", _address(release, provider, str(known[provider])))
        for provider, name in PROVIDERS.items()
        if provider in known
    ]


def first_address(release: Release) -> str | None:
    """The first of its *pages* and sources that can be opened."""
    addresses = [*(page.address for page in pages(release)), *(s.url for s in release.sources)]
    safe = (safe_address(address) for address in addresses if address)
    return next(filter(None, safe), None)


def _address(release: Release, provider: str, id: str) -> str | None:
    if not re.fullmatch(_IDS[provider], id, re.ASCII):
        return None
    if provider == "imdb":
        return f"https://www.imdb.com/title/{id}/"
    if provider == "wikidata":
        return f"https://www.wikidata.org/wiki/{id}"
    if provider == "tvmaze":
        return f"https://www.tvmaze.com/{'seasons' if release.kind == 'season' else 'shows'}/{id}"
    path = "tv" if release.kind in _SHOWS else "movie"
    season = f"/season/{release.season}" if release.kind == "season" else ""
    return f"https://www.themoviedb.org/{path}/{id}{season}"
