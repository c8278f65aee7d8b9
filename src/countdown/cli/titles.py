"""What `show` and `status` share: a release found by any of its titles."""

import sqlite3

from countdown.core.remaining import STATES, Outlook
from countdown.errors import NothingFound
from countdown.index import names, related
from countdown.index.query import Question, of_releases


def found(index: sqlite3.Connection, title: str, asked: Question) -> list[Outlook]:
    """Every release that *title* means. Raises NothingFound, with the nearest titles."""
    keys = names.titled(index, title)
    if not keys:
        near = related.nearest_titles(index, title)
        hint = f"did you mean {quoted(near)}?" if near else "see countdown search --help"
        raise NothingFound(f'no release is called "{title}"; {hint}')
    return of_releases(index, keys, asked._replace(states=STATES, limit=None))


def quoted(names: list[str]) -> str:
    """*names* as a hint lists them: `"Thor" or "Thor 4"`."""
    return " or ".join(f'"{name}"' for name in names)
