"""What TMDB says of a film or a series, as tables for its layer. No I/O.

`tmdb_addresses` has what is asked, `tmdb_lists` reads the answers that are lists.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

from countdown.core.regions import REGIONS, UNSTATED
from countdown.sources import tmdb_dates
from countdown.sources import tmdb_values as values
from countdown.sources.answers import (
    BadAnswerError,
    Parsed,
    Skipped,
    day,
    items,
    line,
    mapping,
    number,
    skipped_lines,
)
from countdown.toml.parse import Table

# What stands at the top of its layer.
ORIGIN: Final = "tmdb"
TITLE: Final = "TMDB"
LICENCE: Final = "LicenseRef-TMDB"  # https://www.themoviedb.org/api-terms-of-use
CREDIT: Final = (  # the words of these terms
    "This program uses TMDB and the TMDB APIs but is not endorsed, certified, or otherwise "
    "approved by TMDB."
)
REFRESH: Final = "P1D"
KEPT_DAYS: Final = 180  # The terms allow six months.
_STAGES: Final = {
    "Rumored": "rumoured",
    "Planned": "announced",
    "In Production": "filming",
    "Post Production": "post-production",
    "Released": "released",
    "Canceled": "cancelled",
}
_BEFORE_A_SERIES: Final = {  # as long as no episode is out
    "Planned": "announced",
    "In Production": "filming",
    "Canceled": "cancelled",
}
_AFTER_A_SERIES: Final = {"Ended": "released", "Canceled": "released"}


def expires(read: date) -> date:
    """The last day on which facts that were *read* on that day may be used."""
    return read + timedelta(days=KEPT_DAYS)


def film(body: bytes, changed: date | None = None) -> Parsed:
    """The table of the film in *body*.

    *changed* is the day of its last known change; without one, its stage has no age, and is left
    out. Raises BadAnswerError if it is no answer about a film.
    """
    answer, id, title = _subject(body, "title", "film")
    skipped: Skipped = Skipped()
    address = values.page("movie", id)
    if "release_dates" not in answer:
        skipped["the answer has no list of release dates"] += 1
    dates = tmdb_dates.rows(answer.get("release_dates"), address, skipped)
    table: Table = {"id": f"{ORIGIN}-movie{id}", "title": title, "kind": "film"}
    if dates:
        table["dates"] = dates
    table |= {"ids": values.ids(id, answer, skipped)}
    table |= _shared(answer, "title", title, skipped)
    table["sources"] = [{"url": address}]
    table |= _age(answer, changed, _STAGES)
    return Parsed((table,), skipped_lines(title, skipped))


def series(body: bytes, changed: date | None = None) -> Parsed:
    """The tables of the series in *body*, then of each of its seasons.

    *changed* is as for a film. Raises BadAnswerError if it is no answer about a series.
    """
    answer, id, title = _subject(body, "name", "series")
    skipped: Skipped = Skipped()
    place, address = _place(answer), values.page("tv", id)
    ids = values.ids(id, answer, skipped)
    platform = values.names(answer.get("networks"))
    networks: Table = {"platform": platform} if platform else {}
    whole: Table = {"id": f"{ORIGIN}-tv{id}", "title": title, "kind": "series"}
    first = day(answer.get("first_air_date"), "the day of its first episode", skipped)
    if first:
        whole["dates"] = [{"date": first, **place, "source": address}]
    whole |= {"ids": ids, **networks} | _shared(answer, "name", title, skipped)
    if creators := values.names(answer.get("created_by")):
        whole["creator"] = creators
    whole["sources"] = [{"url": address}]
    has_begun = bool(answer.get("last_air_date"))
    age = _age(answer, changed, _AFTER_A_SERIES if has_begun else _BEFORE_A_SERIES)
    # A season has an item of its own at Wikidata.
    of_season = {site: value for site, value in ids.items() if site != "wikidata"}
    seasons = _seasons(answer, title, place, {"ids": of_season, **networks}, skipped)
    updated = {"updated": age["updated"]} if "updated" in age else {}
    tables = (whole | age, *(season | updated for season in seasons))
    return Parsed(tables, skipped_lines(title, skipped))


def _subject(body: bytes, key: str, kind: str) -> tuple[Mapping[str, Any], int, str]:
    """The answer in *body*, with the id and title of what it is about."""
    answer = values.load_object(body)
    id = number(answer.get("id"))
    title = line(answer.get(key)) or line(answer.get(f"original_{key}"))
    if id is None or title is None:
        raise BadAnswerError(f"the answer isn't about a {kind}: it has no id or no title")
    return answer, id, title


def _shared(answer: Mapping[str, Any], key: str, title: str, skipped: Skipped) -> Table:
    """The keys that films and series have alike, without those of which nothing is known."""
    by_language, aliases = values.titles(answer, key, title)
    countries = answer.get("production_countries")
    codes = [mapping(each).get("iso_3166_1") for each in items(countries)]
    codes = codes or [*items(answer.get("origin_country"))]
    country = [code for code in codes if isinstance(code, str) and code in REGIONS]
    found: Table = {
        "titles": by_language,
        "aliases": aliases,
        "country": [*dict.fromkeys(country)],
        "studio": values.names(answer.get("production_companies")),
        **values.crew(answer),
        "cast": values.cast(answer, skipped),
    }
    return {name: value for name, value in found.items() if value}


def _age(answer: Mapping[str, Any], changed: date | None, stages: Mapping[str, str]) -> Table:
    """When it was last *changed*, and its stage since then; a stage without an age says nothing."""
    days = [each for each in (values.changed(answer), changed) if each]
    if not days:
        return {}
    found: Table = {"updated": max(days)}
    stage = stages.get(line(answer.get("status")) or "")
    if stage:
        found |= {"stage": stage, "stage_since": values.changed(answer, "status") or max(days)}
    return found


def _place(answer: Mapping[str, Any]) -> Table:
    """The keys of a row for the place of the first network; TMDB has none for worldwide ones."""
    networks = items(answer.get("networks"))
    code = mapping(networks[0]).get("origin_country") if networks else None
    is_region = isinstance(code, str) and code in REGIONS
    return {"region": code} if is_region else {"place": UNSTATED}


def _seasons(
    answer: Mapping[str, Any], title: str, place: Table, shared: Table, skipped: Skipped
) -> list[Table]:
    """The tables of the seasons; of two with one number, the first. Season 0 is no season."""
    id = shared["ids"][ORIGIN]
    found: dict[int, Table] = {}
    for season in map(mapping, items(answer.get("seasons"))):
        at = season.get("season_number")
        if at == 0:
            continue
        at = number(at)
        if at is None or at in found:
            skipped["a season has no number of its own"] += 1
            continue
        address = values.page("tv", id, at)
        table: Table = {
            "id": f"{ORIGIN}-tv{id}-season-{at}",
            "title": title,
            "kind": "season",
            "season": at,
        }
        # A season without a day is news, too.
        first = day(season.get("air_date"), "the first day of a season", skipped)
        if first:
            table["dates"] = [{"date": first, **place, "source": address}]
        name = line(season.get("name"))
        if name and name != title and name.casefold() != f"season {at}":
            table["aliases"] = [name if name.startswith(title) else f"{title}: {name}"]
        # Episodes are known as far as they are announced, so the last one isn't the end.
        found[at] = table | shared | {"sources": [{"url": address}]}
    return [*found.values()]
