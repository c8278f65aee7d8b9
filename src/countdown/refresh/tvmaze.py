"""Refreshes the layer of TVmaze: asks which shows changed, then for each of these."""

from collections.abc import Collection, Iterable, Sequence
from functools import partial
from typing import Final

from countdown.core.text import sentence
from countdown.refresh.draft import Provider
from countdown.refresh.due import DAY, FULL_LOOK, interval, is_due
from countdown.refresh.job import Job, StoppedError, ask, keep_wanted, read_each
from countdown.refresh.lookups import look_up, looked_up
from countdown.refresh.wanted import Wanted, all_windows
from countdown.sources import tvmaze, tvmaze_addresses, tvmaze_lists
from countdown.sources.answers import BadAnswerError
from countdown.sources.tvmaze_addresses import Span

PROVIDER: Final = Provider(
    tvmaze.ORIGIN, tvmaze.TITLE, tvmaze.LICENCE, tvmaze.CREDIT, tvmaze.REFRESH
)
_SPANS: Final[tuple[tuple[int, Span], ...]] = (
    (DAY, "day"),
    (7 * DAY, "week"),
    (FULL_LOOK, "month"),
)
_MARGIN: Final = 3600  # s that an answer may be old: TVmaze keeps each for an hour
_BY_IMDB: Final = ("series", "season", "special")
_SHOWS: Final = ("series", "special")


def refresh(job: Job, works: Iterable[str] = ()) -> list[str]:
    """Read the wanted shows that changed, and the *works* of people.

    Returns a line on each thing that was left out. Raises StoppedError, OSError and sqlite3.Error;
    what was read until then is in the draft.
    """
    try:
        shows = _wanted_shows(job)
        look_up(job, _by_imdb(job), partial(_find, job))
        whole = {*shows, *looked_up(job, _by_imdb(job))}
        shows |= {id: [] for id in (*looked_up(job, _by_imdb(job)), *works) if id not in shows}
        changed = _changed(job, shows, whole)
        return read_each(job, changed, tvmaze.TITLE, partial(_read, job, whole))
    except BadAnswerError as error:
        raise StoppedError(sentence(str(error))) from None


def drop_unwanted(job: Job, works: Iterable[str]) -> None:
    """Leave shows out of the draft that nobody wants any more.

    Of *works* that aren't wanted otherwise, the series and the seasons that are still ahead stay,
    if there are any.
    """
    keep_wanted(job, {*_wanted_shows(job), *looked_up(job, _by_imdb(job))}, {*works})


def _wanted_shows(job: Job) -> dict[str, list[Wanted]]:
    found: dict[str, list[Wanted]] = {}
    for wanted in job.wanted:
        if wanted.kind in _SHOWS and "tvmaze" in wanted.ids:
            found.setdefault(str(wanted.ids["tvmaze"]), []).append(wanted)
    return found


def _by_imdb(job: Job) -> list[str]:
    """The ids at IMDb of wanted series of which nobody knows the id at TVmaze."""
    return [
        str(wanted.ids["imdb"])
        for wanted in job.wanted
        if wanted.kind in _BY_IMDB and "imdb" in wanted.ids and "tvmaze" not in wanted.ids
    ]


def _find(job: Job, imdb: str) -> list[str]:
    """The show with the id *imdb* at IMDb, if TVmaze knows it."""
    body = ask(job, tvmaze_addresses.by_imdb(imdb))
    shows = tvmaze_lists.candidates(body) if body is not None else ()
    return [str(show.id) for show in shows[:1] if show.imdb == imdb]


def _changed(job: Job, shows: dict[str, list[Wanted]], whole: Collection[str]) -> list[str]:
    """Those of *shows* that have to be read: new ones, and those that changed since.

    New are also those that are wanted *whole* and of which only a part was kept.
    """
    entities = job.draft.entities
    is_new = {
        id: id not in entities
        or (entities[id].revision is None and entities[id].missing_since is None)
        or job.is_forced
        or (id in whole and job.draft.is_limited(id))
        for id in shows
    }
    old = [id for id in shows if not is_new[id] and _must_be_checked(id, shows[id], job)]
    changed = [id for id, new in is_new.items() if new]
    oldest = min((entities[id].checked or 0 for id in old), default=job.seconds)
    age = job.seconds - oldest + _MARGIN
    span = next((name for seconds, name in _SPANS if age <= seconds), None)
    if old and span is not None:
        body = ask(job, tvmaze_addresses.changed(span))
        moments = tvmaze_lists.changed(body) if body is not None else {}
        for id in old:
            at = moments.get(int(id))
            entity = entities[id]
            is_same = at is None or int(at.timestamp()) <= (entity.revision or 0)
            is_recent = job.seconds - (entity.read or 0) < FULL_LOOK
            if not (is_same and is_recent and entity.missing_since is None):
                changed.append(id)
        job.draft.confirm(id for id in old if id not in {*changed})
    else:
        changed += old
    return changed


def _must_be_checked(id: str, releases: Sequence[Wanted], job: Job) -> bool:
    windows = all_windows(job.draft.tables(id), releases)
    checked = job.draft.entities[id].checked
    return not job.only_due or is_due(id, checked, interval(windows, job.now.date()), job.seconds)


def _read(job: Job, whole: Collection[str], id: str) -> Sequence[str]:
    """Read the show *id*. Returns a line on each thing that was left out.

    Only of those that are wanted *whole* other titles are asked for.
    """
    body = ask(job, tvmaze_addresses.show(int(id)))
    if body is None:
        job.draft.miss(id)
        return ()
    parsed = tvmaze.show(body, _aliases(job, id) if id in whole else ())
    first = parsed.tables[0]
    if first["id"] != f"{tvmaze.ORIGIN}-{id}":
        raise BadAnswerError("the answer is about something else")
    updated = first.get("updated")
    revision = int(updated.timestamp()) if updated is not None else 0
    job.draft.put({id: (revision, parsed.tables)})
    return parsed.skipped


def _aliases(job: Job, id: str) -> Sequence[str]:
    """The other titles of a show, which are asked for only once: few ever change."""
    tables = job.draft.tables(id)
    if tables and not job.draft.is_limited(id):
        aliases: list[str] = tables[0].get("aliases", [])
        return aliases
    body = ask(job, tvmaze_addresses.alternative_titles(int(id)))
    try:
        return tvmaze_lists.aliases(body) if body is not None else ()
    except BadAnswerError:
        return ()
