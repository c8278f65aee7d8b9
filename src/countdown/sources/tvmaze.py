"""What TVmaze says of a show, as tables for its layer: the series and each of its seasons. No I/O.

`tvmaze_addresses` has what is asked, `tvmaze_lists` reads the answers that are lists.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final, NamedTuple

from countdown.core.regions import UNSTATED
from countdown.sources import tvmaze_values as values
from countdown.sources.answers import (
    BadAnswerError,
    Parsed,
    Skipped,
    day,
    items,
    line,
    load,
    mapping,
    number,
    skipped_lines,
)
from countdown.sources.tvmaze_values import Channel, Episodes
from countdown.toml.parse import Table

# What stands at the top of its layer.
ORIGIN: Final = "tvmaze"
TITLE: Final = "TVmaze"
LICENCE: Final = "CC-BY-SA-4.0"
CREDIT: Final = "Data from TVmaze.com (CC BY-SA 4.0)"
REFRESH: Final = "P1D"
_STAGES: Final = {"In Development": "development", "Ended": "released"}  # Others say nothing.
_SPECIALS: Final = ("Scripted", "Animation", "Documentary")  # types of which one episode is a whole


class _Show(NamedTuple):
    """What the tables of a show have in common."""

    id: int
    title: str
    aliases: Sequence[str]
    imdb: str | None
    channel: Channel
    updated: datetime | None
    episodes: Episodes
    last: dict[int, int]  # season → the highest number of its known episodes


def show(body: bytes, aliases: Sequence[str] = ()) -> Parsed:
    """The tables of the show in *body*: the series, or a special, then each of its seasons.

    *aliases* are its other titles, of `tvmaze_lists.aliases`. Raises BadAnswerError if it is no
    answer about a show.
    """
    answer = mapping(load(body))
    skipped: Skipped = Counter()
    id, title = number(answer.get("id")), line(answer.get("name"))
    if id is None or title is None:
        raise BadAnswerError("the answer isn't about a show: it has no id or no title")
    embedded = mapping(answer.get("_embedded"))
    for part in ("seasons", "cast"):
        if not isinstance(embedded.get(part), list):
            skipped[f"the answer has no list of {part}"] += 1
    episodes = values.episodes(embedded, skipped)
    common = _Show(
        id=id,
        title=title,
        aliases=[alias for alias in dict.fromkeys(aliases) if alias != title],
        imdb=values.imdb_id(answer, skipped),
        channel=values.channel(answer, skipped) or Channel(),
        updated=values.moment_of(answer.get("updated")),
        episodes=episodes,
        last=dict(sorted(episodes)),
    )
    if common.updated is None:
        skipped["the time of its last change can't be read"] += 1
    seasons = _seasons(embedded, common, skipped)
    is_special = _is_special(answer, seasons, items(embedded.get("seasons")))
    whole = _whole(answer, embedded, common, skipped, kind="special" if is_special else "series")
    if is_special and "dates" not in whole and "dates" in seasons[0]:
        whole["dates"] = seasons[0]["dates"]
    tables = (whole,) if is_special else (whole, *seasons)
    return Parsed(tables, skipped_lines(title, skipped))


def _whole(
    answer: Mapping[str, Any],
    embedded: Mapping[str, Any],
    common: _Show,
    skipped: Skipped,
    *,
    kind: str,
) -> Table:
    """The table of the whole show: a series or a special."""
    address = values.page("shows", common.id, answer.get("url"))
    premiered = day(answer.get("premiered"), "the day of its first episode", skipped)
    table: Table = {"id": f"{ORIGIN}-{common.id}", "title": common.title, "kind": kind}
    ids: Table = {ORIGIN: common.id}
    if premiered is not None:
        when = _first_moment(premiered, 1, common.episodes, common.channel)
        table["dates"] = [_row(when, common.channel, address)]
    table |= _shared(common, common.channel, ids, address)
    stage = _STAGES.get(line(answer.get("status")) or "")
    # A stage without its age says nothing, and what never began isn't out, although it is over.
    if common.updated and stage and (premiered or stage != "released"):
        table |= {"stage": stage, "stage_since": common.updated.date()}
    if cast := values.cast(embedded.get("cast"), skipped):
        table["cast"] = cast
    return table


def _seasons(embedded: Mapping[str, Any], common: _Show, skipped: Skipped) -> list[Table]:
    """The tables of the seasons; of two with one number or id, the first."""
    tables: dict[int, Table] = {}
    ids: set[int] = set()
    for each in items(embedded.get("seasons")):
        season = mapping(each)
        id, at = number(season.get("id")), number(season.get("number"))
        if id is None or at is None:
            skipped["a season has no id or no number"] += 1
        elif at in tables or id in ids:
            skipped["a season is there twice"] += 1
        else:
            tables[at] = _season(season, id, at, common, skipped)
            ids.add(id)
    return [*tables.values()]


def _season(season: Mapping[str, Any], id: int, at: int, common: _Show, skipped: Skipped) -> Table:
    """The table of the season with that *id*, the number *at*."""
    address = values.page("seasons", id, season.get("url"))
    channel = values.channel(season, skipped) or common.channel
    table: Table = {
        "id": f"{ORIGIN}-{common.id}-season-{at}",
        "title": common.title,
        "kind": "season",
        "season": at,
    }
    premiere = day(season.get("premiereDate"), "the first day of a season", skipped)
    if premiere is not None:  # A season without a day is news, too.
        when = _first_moment(premiere, at, common.episodes, channel)
        table["dates"] = [_row(when, channel, address)]
        end = day(season.get("endDate"), "the last day of a season", skipped)
        order = number(season.get("episodeOrder"))
        if end is not None and end < premiere:
            skipped["a season ends before it begins"] += 1
        elif end is not None and _is_last(order, at, end, common):
            # Episodes of one day are one moment, though the channel's day can be another in UTC.
            table["complete"] = when if end == premiere else end
    table |= _shared(common, channel, {ORIGIN: id}, address)
    name = line(season.get("name"))
    if name is not None and name != common.title:
        own = name if name.startswith(common.title) else f"{common.title}: {name}"
        table["aliases"] = [*dict.fromkeys([*common.aliases, own])]
    return table


def _shared(common: _Show, channel: Channel, ids: Table, address: str) -> Table:
    """The keys that the whole show and its seasons have alike."""
    table: Table = {"ids": {**ids, **({"imdb": common.imdb} if common.imdb else {})}}
    if common.aliases:
        table["aliases"] = [*common.aliases]
    if channel.names:
        table["platform"] = [*channel.names]
    table["sources"] = [{"url": address}]
    if common.updated is not None:
        table["updated"] = common.updated
    return table


def _row(when: date, channel: Channel, address: str) -> Table:
    """The row of `dates` for the day or moment *when*.

    TVmaze calls a channel without a country global, but doesn't say that a show is shown everywhere
    on that day: its place isn't stated.
    """
    place = {"region": channel.region} if channel.region else {"place": UNSTATED}
    type = {"type": channel.type} if channel.type else {}
    return {"date": when, **place, **type, "source": address}


def _first_moment(day: date, season: int, episodes: Episodes, channel: Channel) -> date:
    """The moment of the first episode of *season*, if it is known to be on *day*, else *day*.

    Where a channel has no country, nobody knows in which time zone its times are.
    """
    first = episodes.get((season, 1))
    if first is None or first.moment is None or first.day != day or channel.region is None:
        return day
    return first.moment


def _is_last(order: int | None, season: int, end: date, common: _Show) -> bool:
    """True if the last of *order* episodes of *season* is known, and is on the day *end*.

    An order that more episodes than that have outgrown says nothing.
    """
    if order is None or common.last.get(season) != order:
        return False
    return common.episodes[season, order].day == end


def _is_special(answer: Mapping[str, Any], seasons: list[Table], listed: Sequence[Any]) -> bool:
    """True if a single episode is all that there is to be: its only season has an order of one."""
    if not len(seasons) == len(listed) == 1 or seasons[0]["season"] != 1:
        return False
    return number(mapping(listed[0]).get("episodeOrder")) == 1 and answer.get("type") in _SPECIALS
