"""Finds the soonest releases, for `next` and `live`."""

import sqlite3
from typing import Final

from countdown.cli.filters import build_query, followed_keys
from countdown.cli.options import Filters
from countdown.cli.session import Session
from countdown.core.outlook import Outlook
from countdown.index.query import find

_MAX_SOONEST: Final = 12  # releases to find: those of the soonest day, and the following ones


def find_soonest(
    index: sqlite3.Connection, current: Session, filters: Filters
) -> tuple[list[Outlook], bool]:
    """The soonest releases, and whether only followed ones are among them."""
    query = build_query(current, filters._replace(followed=False))
    keys = followed_keys(index, current, filters)
    dated = query._replace(states=("upcoming", "open"), limit=_MAX_SOONEST, keys=keys)
    return find(index, dated), keys is not None


def of_first_day(outlooks: list[Outlook]) -> list[Outlook]:
    """Those of *outlooks*, in order, that come out together with the first one."""
    return [outlook for outlook in outlooks if outlook.order[:3] == outlooks[0].order[:3]]
