"""The works of the people whom the user follows: who they are at a source, and what they are in."""

from collections.abc import Callable, Collection
from datetime import timedelta
from typing import NamedTuple

from countdown.core.text import fold
from countdown.refresh import tmdb, tvmaze, wikidata
from countdown.refresh.due import DAY
from countdown.refresh.job import Job, StoppedError, ask
from countdown.refresh.state import Lookup
from countdown.refresh.wanted import JUST_OUT
from countdown.sources import (
    tmdb_addresses,
    tmdb_lists,
    tvmaze_addresses,
    tvmaze_lists,
    wikidata_needs,
)
from countdown.sources import wikidata as wikidata_api
from countdown.sources.answers import BadAnswerError

_WHO_AGAIN = 30 * DAY  # s after which somebody whom a source didn't know is looked for again
_MAX_SHOWS = 20  # of one person at TVmaze or TMDB: each is a request


class Works(NamedTuple):
    """The *ids* of works that people are in, and a line on each person who wasn't found."""

    ids: frozenset[str]
    skipped: tuple[str, ...] = ()


def at_wikidata(job: Job) -> Works:
    """The items that followed people act in, direct, create or write. Raises StoppedError."""
    return _works(job, wikidata.PROVIDER.name, "Wikidata", _people_at_wikidata, _items_of)


def at_tvmaze(job: Job) -> Works:
    """The running shows in whose main cast followed people are. Raises StoppedError."""
    return _works(job, tvmaze.PROVIDER.name, "TVmaze", _people_at_tvmaze, _shows_of)


def at_tmdb(job: Job) -> Works:
    """The films and series ahead that followed people act in, direct or write."""
    return _works(job, tmdb.PROVIDER.name, "TMDB", _people_at_tmdb, _films_of)


def _works(
    job: Job,
    source: str,
    title: str,
    find: Callable[[Job, str], Collection[str]],
    works_of: Callable[[Job, str], tuple[str, ...]],
) -> Works:
    """The works of all people, who are found once; somebody whose name others have is *skipped*."""
    known = job.state.lookups(source)
    found: set[str] = set()
    skipped: list[str] = []
    try:
        for name in dict.fromkeys(job.people):
            key = f"person:{fold(name)}"
            old = known.get(key)
            id = old.id if old else None
            if id is None and (old is None or _is_old(old, _WHO_AGAIN, job)):
                ids = find(job, name)
                id = next(iter(ids)) if len(ids) == 1 else None
                old = Lookup(id, (), 0) if id else Lookup(None, tuple(ids), job.seconds)
                job.state.save_lookups(source, {key: old})
            if id is None:
                if old is not None and len(old.found) > 1:
                    skipped.append(f"{name}: {title} knows several people of that name")
                continue
            if old is None or not job.only_due or _is_old(old, DAY, job):
                old = Lookup(id, works_of(job, id), job.seconds)
                job.state.save_lookups(source, {key: old})
            found.update(old.found)
    except BadAnswerError as error:
        raise wikidata.stopped(error) from None
    return Works(frozenset(found), tuple(skipped))


def _is_old(lookup: Lookup, seconds: int, job: Job) -> bool:
    return job.is_forced or not 0 <= job.seconds - lookup.checked < seconds


def _people_at_wikidata(job: Job, name: str) -> list[str]:
    """The items of all people in film and television who have that *name*."""
    hits = wikidata_api.candidates(_body(job, wikidata_api.search_url(name)))
    items = [hit.item for hit in hits if fold(hit.label) == fold(name)]
    if not items:
        return []
    people = wikidata_needs.film_people(_body(job, wikidata_api.entities_url(items)))
    job.state.save_labels(wikidata.PROVIDER.name, {id: text for id, text in people.items() if text})
    return [*people]


def _items_of(job: Job, person: str) -> tuple[str, ...]:
    return tuple(wikidata_api.found_items(_body(job, wikidata_api.works_url(person))))


def _people_at_tvmaze(job: Job, name: str) -> list[str]:
    found = tvmaze_lists.people(_body(job, tvmaze_addresses.people(name)))
    return [str(person.id) for person in found if fold(person.name) == fold(name)]


def _shows_of(job: Job, person: str) -> tuple[str, ...]:
    body = ask(job, tvmaze_addresses.cast_credits(int(person)))
    shows = tvmaze_lists.credits_ahead(body) if body is not None else ()
    return tuple(map(str, shows[:_MAX_SHOWS]))


def _people_at_tmdb(job: Job, name: str) -> list[str]:
    """The numbers of all people of that *name* who are known for something."""
    found = tmdb_lists.people(_body(job, tmdb_addresses.people(name)))
    return [str(each.id) for each in found if each.known_for and fold(each.name) == fold(name)]


def _films_of(job: Job, person: str) -> tuple[str, ...]:
    body = ask(job, tmdb_addresses.credits(int(person)))
    works = tmdb_lists.credits(body) if body is not None else ()
    since = job.now.date() - timedelta(days=JUST_OUT)
    ahead = [each for each in works if each.day is None or each.day >= since]
    return tuple(map(tmdb.entity, ahead[:_MAX_SHOWS]))


def _body(job: Job, url: str) -> bytes:
    body = ask(job, url)
    if body is None:
        raise StoppedError("The search isn't where it was.")
    return body
