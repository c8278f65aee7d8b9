"""Reads answers that atheris makes: `python -m tests.sources.fuzz FOLDER [OPTION…]`.

FOLDER keeps the answers that reached new lines; options are libFuzzer's, like
`-max_total_time=3600`.
"""

import json
import random
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import atheris

with atheris.instrument_imports(include=["countdown", "icalendar"]):
    from countdown.catalogue import load, source_files
    from countdown.catalogue.source_files import Header
    from countdown.config.source_settings import SourceSetting
    from countdown.core.text import find_hostile
    from countdown.refresh import catalogue as catalogues
    from countdown.sources import (
        calendar,
        catalogue,
        tmdb,
        tmdb_lists,
        tvmaze,
        tvmaze_lists,
        wikidata,
        wikidata_candidates,
        wikidata_entities,
        wikidata_needs,
    )
    from countdown.sources.answers import BadAnswerError
    from countdown.toml.parse import Table
    from tests.sources import damage, test_calendar, test_catalogue

DATA: Final = Path(__file__).parents[1] / "data"
NOW: Final = datetime(2026, 11, 26, tzinfo=UTC)


def check(name: str, tables: tuple[Table, ...], skipped: tuple[str, ...]) -> None:
    """Hold what was read against the format of a layer, once it's written as a file."""
    data = source_files.render(Header(name, NOW), tables)
    made = load.read_layer(f"{name}.toml", data)
    assert made.source is not None
    assert made.source.problems == (), made.source.problems
    assert len([*filter(None, made.tables)]) == len(tables)
    assert not any(map(find_hostile, skipped))


def _wikidata(body: bytes) -> None:
    labels = dict.fromkeys(wikidata_entities.named(body), "Name")
    check("wikidata", *wikidata_entities.parse(body, labels))
    wikidata_entities.labels(body)
    wikidata_needs.film_people(body)
    wikidata_needs.names_by_importance(body, labels)
    wikidata_needs.lacks_names(body, {})
    wikidata_needs.entity_revisions(body)
    wikidata_candidates.candidates(body, labels)
    wikidata_candidates.needed_names(body)


def _feed(body: bytes) -> None:
    found = calendar.feed(body, "films")
    check("films", found.tables, found.skipped)


def _catalogue(body: bytes) -> None:
    found = catalogue.read(body, "friends")
    source = SourceSetting("friends", "catalogue", url="https://example.org/")
    data = catalogues.render(source, found, NOW)
    assert load.read_layer("friends.toml", data).source is not None


READERS: Final[tuple[Callable[[bytes], object], ...]] = (
    _catalogue,
    _feed,
    _wikidata,
    wikidata.revisions,
    wikidata.candidates,
    wikidata.found_items,
    lambda body: check("tvmaze", *tvmaze.show(body, ["Other"])),
    tvmaze_lists.candidates,
    tvmaze_lists.people,
    tvmaze_lists.credits,
    tvmaze_lists.credits_ahead,
    tvmaze_lists.show_of_episodes,
    tvmaze_lists.changed,
    tvmaze_lists.aliases,
    lambda body: tvmaze_lists.not_found(404, body),
    lambda body: check("tmdb", *tmdb.film(body)),
    lambda body: check("tmdb", *tmdb.series(body)),
    tmdb_lists.find,
    lambda body: tmdb_lists.search(body, "movie"),
    lambda body: tmdb_lists.work(body, "tv"),
    tmdb_lists.people,
    tmdb_lists.credits,
    tmdb_lists.changes,
    lambda body: tmdb_lists.not_found(404, body),
)


def read(data: bytes) -> None:
    """Read an answer by the reader that its first byte names: it's refused, or can be used."""
    with suppress(BadAnswerError):
        READERS[data[0] % len(READERS) if data else 0](data[1:])


def mutate(data: bytes, max_size: int, seed: int) -> bytes:
    """*data* with a few values or bytes changed."""
    chance = random.Random(seed)
    if chance.random() < 0.6:
        try:
            value = json.loads(data[1:])
        except (ValueError, RecursionError):
            pass
        else:
            for _ in range(chance.randint(1, 4)):
                _damage(value, chance)
            return (data[:1] + json.dumps(value).encode())[:max_size]
    return bytes(atheris.Mutate(data, max_size))


def _damage(value: Any, chance: random.Random) -> None:
    found = [*damage.places(value)]
    if not found:
        return
    *above, last = chance.choice(found)
    holder = value
    for key in above:
        holder = holder[key]
    text = str(holder[last])
    other: Any = value
    for key in chance.choice(found):
        other = other[key]
    others = (*damage.WRONG, "9999-12-31", "0001-01-01", "\ud800", 2**63, 10**30, text, text[1:])
    match chance.randrange(4):
        case 0:
            del holder[last]
        case 1:
            holder[last] = chance.choice(others)
        case 2:  # Another part of the answer, in its place
            holder[last] = json.loads(json.dumps(other))
        case _:
            holder[last] = [holder[last]] if chance.random() < 0.5 else {"id": holder[last]}


def seed(folder: Path) -> None:
    """Write the recorded and made answers, for each reader, into *folder*."""
    folder.mkdir(parents=True, exist_ok=True)
    texts = [test_catalogue.HEADER + test_catalogue.RELEASE]
    texts += [path.read_text() for path in sorted((DATA / "valid").glob("*.toml"))]
    bodies = [("catalogue", text.encode()) for text in texts]
    bodies += [("feed", test_calendar.wire(text)) for text in test_calendar.FEEDS.values()]
    for source in ("wikidata", "tvmaze", "tmdb"):
        bodies += [(source, path.read_bytes()) for path in sorted((DATA / source).glob("*.json"))]
    readers = {
        "catalogue": (0,),
        "feed": (1,),
        "wikidata": range(2, 6),
        "tvmaze": range(6, 15),
        "tmdb": range(15, 24),
    }
    for at, (name, body) in enumerate(bodies):
        for reader in readers[name]:
            (folder / f"seed-{at}-{reader}").write_bytes(bytes([reader]) + body)


if __name__ == "__main__":
    seed(Path(sys.argv[1]))
    atheris.Setup(sys.argv, read, custom_mutator=mutate)
    atheris.Fuzz()
