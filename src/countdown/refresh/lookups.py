"""Films and series of which only the id at IMDb is known, looked up at a provider now and then."""

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from countdown.refresh.due import DAY
from countdown.refresh.job import Job
from countdown.refresh.state import Lookup

LOOK_AGAIN: Final = 30 * DAY  # s after which an id that a provider didn't know is looked up again

Find = Callable[[str], Sequence[str]]


def is_due(lookup: Lookup | None, job: Job) -> bool:
    """True if that *lookup* was never made, or long ago."""
    return lookup is None or not 0 <= job.seconds - lookup.checked < LOOK_AGAIN


def look_up(job: Job, imdb_ids: Iterable[str], find: Find) -> None:
    """Have *find* ask for the entities with each of *imdb_ids* that is due; the first one counts.

    Raises what *find* raises; what was found until then is remembered.
    """
    name = job.draft.provider.name
    known = job.state.lookups(name)
    for imdb in dict.fromkeys(imdb_ids):
        if not job.is_forced and not is_due(known.get(_key(imdb)), job):
            continue
        ids = tuple(find(imdb))
        lookup = Lookup(ids[0] if len(ids) == 1 else None, ids[:1], job.seconds)
        job.state.save_lookups(name, {_key(imdb): lookup})


def looked_up(job: Job, imdb_ids: Iterable[str]) -> list[str]:
    """The entities that were found by *imdb_ids*."""
    lookups = job.state.lookups(job.draft.provider.name)
    keys = map(_key, imdb_ids)
    return [id for key in keys if key in lookups for id in lookups[key].found]


def _key(imdb: str) -> str:
    return f"imdb:{imdb}"
