"""The paths of a site's files, which stay the same from one build to the next.

Only those of two people or franchises that come to be spelt alike change: then both have a hash.
"""

import re
from collections import Counter
from collections.abc import Iterable
from hashlib import blake2b
from typing import Final

from countdown.core.latin import slug

INDEX: Final = "index.html"
YEARS: Final = "years.html"
PEOPLE: Final = "people.html"
UNDATED: Final = "undated"
LATER: Final = "later"
TIMELINE: Final = "timeline.svg"
ICON: Final = "icon.svg"
FEED: Final = "feed.atom"
CALENDAR: Final = "calendar.ics"
DATA: Final = "releases.json"
CATALOGUE: Final = "catalogue.toml"
ROBOTS: Final = "robots.txt"
MAP: Final = "sitemap.xml"
_MAX_NAME: Final = 80  # characters; some file systems and archives allow few more
_DEVICES: Final = frozenset(  # No file of Windows has such a name.
    {
        "con",
        "prn",
        "aux",
        "nul",
        *(f"{port}{number}" for port in ("com", "lpt") for number in range(10)),
    }
)
_PLAIN: Final = re.compile(rf"[a-z0-9-]{{1,{_MAX_NAME}}}")


def name_of(id: str) -> str:
    """The name of the files about the release *id*."""
    return id if _is_plain(id) else _with_hash(slug(id), id)


def _is_plain(name: str) -> bool:
    return _PLAIN.fullmatch(name) is not None and name not in _DEVICES


def release_page(id: str) -> str:
    """The path of the page about the release *id*."""
    return f"releases/{name_of(id)}.html"


def badge(id: str) -> str:
    """The path of the badge of the release *id*."""
    return f"badges/{name_of(id)}.json"


def picture(id: str, form: str) -> str:
    """The path of the card of the release *id*, in the *form* `svg` or `png`."""
    return f"cards/{name_of(id)}.{form}"


def person_page(name: str) -> str:
    """The path of the page of the person whose files are called *name*."""
    return f"people/{name}.html"


def timeline(folder: str, name: str) -> str:
    """The path of a timeline: *folder* is `people` or `franchises`."""
    return f"{folder}/{name}.svg"


def numbered(stem: str, number: int) -> str:
    """The path of the page *number*, from 1, of those called *stem*: `2027.html`, `2027-2.html`."""
    return f"{stem}.html" if number == 1 else f"{stem}-{number}.html"


def unique_names(texts: Iterable[str]) -> dict[str, str]:
    """A name of files for each of *texts*; those that are spelt alike have a hash."""
    plain = {text: slug(text) for text in {*texts}}
    counts = Counter(plain.values())
    return {
        text: name if counts[name] == 1 and _is_plain(name) else _with_hash(name, text)
        for text, name in plain.items()
    }


def up_from(path: str) -> str:
    """The way from the page *path* to the folder of the site: empty, or `../`."""
    return "../" * path.count("/")


def _with_hash(plain: str, text: str) -> str:
    """*plain*, cut if it's long, with a hash of the *text* that it stands for."""
    digest = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=5).hexdigest()
    cut = plain[: _MAX_NAME - len(digest) - 1].rstrip("-")
    return f"{cut}-{digest}" if cut else digest
