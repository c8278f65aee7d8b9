"""Refreshes the layer of TMDB: reads each film and series that is due.

What changed isn't asked first: TMDB's lists of that are longer than what anybody wants of it.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache, partial
from typing import TYPE_CHECKING, Final

from countdown.config.source_settings import SourceSetting
from countdown.core.text import sentence
from countdown.net.answers import Failure, Reply
from countdown.refresh.draft import Provider
from countdown.refresh.due import HOUR, interval, is_due
from countdown.refresh.job import Job, StoppedError, ask, keep_wanted, read_each
from countdown.refresh.keys import MissingKeyError, read_key
from countdown.refresh.lookups import look_up, looked_up
from countdown.refresh.network import Fetch
from countdown.refresh.wanted import Wanted, all_windows
from countdown.sources import tmdb, tmdb_addresses, tmdb_lists
from countdown.sources.answers import BadAnswerError, Parsed
from countdown.sources.tmdb_lists import Candidate
from countdown.sources.tmdb_values import ApiError
from countdown.toml.parse import Table

if TYPE_CHECKING:  # It loads urllib3.
    from countdown.net.client import Request

PROVIDER: Final = Provider(
    tmdb.ORIGIN, tmdb.TITLE, tmdb.LICENCE, tmdb.CREDIT, tmdb.REFRESH, tmdb.KEPT_DAYS
)
_FRESH: Final = 8 * HOUR  # for which TMDB lets its answers be kept
_TV: Final = ("series", "season")  # A season has the id of its series.
_MOVIE_ID, _TV_ID = "MOVIE", "TV"  # before the number of an entity


def secrets(source: SourceSetting) -> Mapping[str, str]:
    """The headers with the key. Raises StoppedError if there is none that can be used."""
    try:
        return dict([tmdb_addresses.authorization(read_key(source) or "")])
    except MissingKeyError as error:
        raise StoppedError(str(error)) from None
    except ValueError as error:
        raise StoppedError(sentence(str(error))) from None


def with_key(fetch: Fetch, source: SourceSetting) -> Fetch:
    """*fetch*, which sends the key of *source* with questions to TMDB, and only then reads it."""

    @cache
    def headers() -> Mapping[str, str]:
        return secrets(source)

    def fetch_with_key(request: "Request") -> Reply:
        if request.secrets or not request.url.startswith(f"{tmdb_addresses.API}/"):
            return fetch(request)
        try:
            return fetch(request._replace(secrets=headers()))
        except StoppedError as error:
            return Failure("refused", error.why)

    return fetch_with_key


def entity(found: Candidate) -> str:
    """The id of a film or series in the layer's draft: TMDB numbers both from 1."""
    return f"{_MOVIE_ID if found.kind == 'film' else _TV_ID}{found.id}"


def refresh(job: Job, works: Iterable[str] = ()) -> list[str]:
    """Read the wanted films and series that are due, and the *works* of people.

    Returns a line on each thing that was left out. Raises StoppedError, OSError and sqlite3.Error;
    what was read until then is in the draft.
    """
    _forget_old(job)
    try:
        wanted = _wanted(job)
        look_up(job, _by_imdb(job), partial(_find, job))
        wanted |= {
            id: [] for id in (*looked_up(job, _by_imdb(job)), *sorted(works)) if id not in wanted
        }
        due = [id for id in wanted if _must_be_read(id, wanted[id], job)]
        return read_each(job, due, tmdb.TITLE, partial(_read, job))
    except BadAnswerError as error:
        raise StoppedError(sentence(str(error))) from None


def drop_unwanted(job: Job, works: Iterable[str]) -> None:
    """Leave films and series out of the draft that nobody wants any more.

    Of *works* that aren't wanted otherwise, what is still ahead stays, and its series.
    """
    keep_wanted(job, {*_wanted(job), *looked_up(job, _by_imdb(job))}, {*works})


def _forget_old(job: Job) -> None:
    """Leave out what was read so long ago that it mustn't be kept."""
    today = job.now.date()
    for id in job.draft.ids():
        if any(tmdb.expires(table["read"]) < today for table in job.draft.tables(id)):
            job.draft.drop(id)


def _wanted(job: Job) -> dict[str, list[Wanted]]:
    found: dict[str, list[Wanted]] = {}
    for wanted in job.wanted:
        if "tmdb" in wanted.ids:
            id = f"{_TV_ID if wanted.kind in _TV else _MOVIE_ID}{wanted.ids['tmdb']}"
            found.setdefault(id, []).append(wanted)
    return found


def _by_imdb(job: Job) -> list[str]:
    """The wanted ids at IMDb of which nobody knows the id at TMDB."""
    return [
        str(wanted.ids["imdb"])
        for wanted in job.wanted
        if "imdb" in wanted.ids and "tmdb" not in wanted.ids
    ]


def _find(job: Job, imdb: str) -> list[str]:
    """The films and series with the id *imdb* at IMDb."""
    body = ask(job, tmdb_addresses.find(imdb))
    return [*map(entity, tmdb_lists.find(body))] if body is not None else []


def _must_be_read(id: str, releases: Sequence[Wanted], job: Job) -> bool:
    known, tables = job.draft.entities.get(id), job.draft.tables(id)
    if known is None or job.is_forced or (known.revision is None and not known.missing_since):
        return True
    if releases and job.draft.is_limited(id):
        return True
    if not job.only_due:
        return is_due(id, known.checked, _FRESH, job.seconds)
    windows = all_windows(tables, releases)
    return is_due(id, known.checked, interval(windows, job.now.date()), job.seconds)


def _read(job: Job, id: str) -> Sequence[str]:
    """Read the film or series *id*. Returns a line on each thing that was left out."""
    body = ask(job, _address(id, job.now.date()))
    if body is None:
        job.draft.miss(id)
        return ()
    try:
        parsed = _parse(id, body, job)
    except ApiError as error:
        raise StoppedError(sentence(str(error))) from None
    job.draft.put({id: (job.seconds, parsed.tables)})
    return parsed.skipped


def _address(id: str, today: date) -> str:
    if id.startswith(_TV_ID):
        return tmdb_addresses.series(int(id.removeprefix(_TV_ID)), today)
    return tmdb_addresses.film(int(id.removeprefix(_MOVIE_ID)), today)


def _parse(id: str, body: bytes, job: Job) -> Parsed:
    """The tables in *body*, with what is known of the age of their stage.

    A stage that is another one than before has changed by today.
    """
    read = tmdb.series if id.startswith(_TV_ID) else tmdb.film
    old: Table = next(iter(job.draft.tables(id)), {})
    parsed = read(body, old.get("updated"))
    first, *others = parsed.tables
    if first["id"] != f"{tmdb.ORIGIN}-{id.lower()}":
        raise BadAnswerError("the answer is about something else")
    if "stage" in old and old["stage"] == first.get("stage"):
        kept: Table = {"stage_since": old["stage_since"]}
        return parsed._replace(tables=({**first, **kept}, *others))
    return read(body, job.now.date()) if "stage" in old else parsed
