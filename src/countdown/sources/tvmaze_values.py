"""The values of TVmaze's answers about shows: days, moments, channels, casts. No I/O.

What can't be read is counted, by what it is.
"""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any, Final, NamedTuple

from countdown.core.regions import REGIONS
from countdown.sources import answers
from countdown.sources.answers import Skipped, day, items, line, mapping, number
from countdown.toml.parse import Table

_PAGES: Final = "https://www.tvmaze.com"
_TIME: Final = re.compile(r"\d\d:\d\d", re.ASCII)
_STAMP: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:Z|[+-]\d\d:\d\d)", re.ASCII)
_LAST_SECOND: Final = 253_402_300_799  # of the year 9999
_MAX_CAST: Final = 1_000  # more than any show has
_MAX_ROLES: Final = 4  # of one person in one show


class Channel(NamedTuple):
    """The *names* of who shows it; the *region* and *type* of the first one."""

    names: tuple[str, ...] = ()
    region: str | None = None
    type: str | None = None


class Episode(NamedTuple):
    """The *day* of an episode, as its channel counts days, and its *moment* if that is known."""

    day: date
    moment: datetime | None


Episodes = dict[tuple[int, int], Episode]  # by the numbers of the season and the episode


def page(section: str, id: int, address: object) -> str:
    """The page of a show or season with that *id*: *address* by https if it is that, else its own.

    TVmaze wrote addresses with http in 2017; without the title, they lead to the same page.
    """
    own = f"{_PAGES}/{section}/{id}"
    path = rf"https?://www\.tvmaze\.com/{section}/{id}(/[a-z0-9-]{{1,200}})"
    match = re.fullmatch(path, address) if isinstance(address, str) else None
    return own + match[1] if match else own


def channel(answer: Mapping[str, Any], skipped: Skipped) -> Channel | None:
    """Who shows the show or season in *answer*: a network before a web channel; None if nobody."""
    network, web = mapping(answer.get("network")), mapping(answer.get("webChannel"))
    if not network and not web:
        return None
    names = [name for each in (network, web) if (name := line(each.get("name")))]
    code = mapping((network or web).get("country")).get("code")
    region = code if isinstance(code, str) and code in REGIONS else None
    if code is not None and region is None:
        skipped["the country of a channel isn't known"] += 1
    return Channel(tuple(dict.fromkeys(names)), region, "tv" if network else "streaming")


def episodes(embedded: Mapping[str, Any], skipped: Skipped) -> Episodes:
    """The days and moments of all episodes with a number and a day."""
    found: Episodes = {}
    lone = (embedded.get("previousepisode"), embedded.get("nextepisode"))
    for each in (*items(embedded.get("episodes")), *lone):
        episode = mapping(each)
        season, at = number(episode.get("season")), number(episode.get("number"))
        on = day(episode.get("airdate"), "the day of an episode", skipped)
        if season and at and on:
            found[season, at] = Episode(on, _moment(episode, on))
    return found


def _moment(episode: Mapping[str, Any], on: date) -> datetime | None:
    """The moment of *episode*, which is *on* that day or beside it.

    Without a time of day, its stamp means nothing.
    """
    time, stamp = episode.get("airtime"), episode.get("airstamp")
    if not (isinstance(time, str) and _TIME.fullmatch(time)):
        return None
    if not (isinstance(stamp, str) and _STAMP.fullmatch(stamp)):
        return None
    try:
        moment = datetime.fromisoformat(stamp).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return moment if abs((moment.date() - on).days) <= 1 else None


def moment_of(seconds: object) -> datetime | None:
    """The moment of *seconds* since 1970, if it is one."""
    count = number(seconds)
    if count is None or count > _LAST_SECOND:
        return None
    return datetime.fromtimestamp(count, UTC)


def imdb_id(answer: Mapping[str, Any], skipped: Skipped) -> str | None:
    """The id at IMDb of the show in *answer*."""
    value = mapping(answer.get("externals")).get("imdb")
    id = answers.imdb_id(value)
    if id is None and value is not None and value != "":
        skipped["its id at IMDb can't be read"] += 1
    return id


def cast(value: object, skipped: Skipped) -> list[Table]:
    """The main cast, each person once; who appears as themselves has no role."""
    roles: dict[str, dict[str, None]] = {}
    for each in items(value):
        credit = mapping(each)
        name = line(mapping(credit.get("person")).get("name"))
        if name is None or (len(roles) >= _MAX_CAST and name not in roles):
            skipped["a member of the cast can't be read"] += 1
            continue
        played = roles.setdefault(name, {})
        role = line(mapping(credit.get("character")).get("name"))
        if role and role != name and credit.get("self") is not True:
            played[role] = None
    return [
        {"name": name, **({"role": " / ".join([*played][:_MAX_ROLES])} if played else {})}
        for name, played in roles.items()
    ]
