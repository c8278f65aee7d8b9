"""Refreshes the layer of Wikidata: asks what changed first, then for the items that did."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Final, TypeVar

from countdown.core.text import sentence
from countdown.refresh import lookups
from countdown.refresh.draft import Provider, entity_of
from countdown.refresh.due import FULL_LOOK, SELDOM, interval, is_due
from countdown.refresh.job import Job, StoppedError, ask
from countdown.refresh.state import EntityState, Lookup
from countdown.refresh.wanted import Wanted, all_windows, is_ahead
from countdown.sources import wikidata, wikidata_entities, wikidata_needs
from countdown.sources.answers import BadAnswerError
from countdown.sources.wikidata import MAX_ITEMS, MAX_SEARCHED_IDS, ApiError
from countdown.toml.parse import Table

Item = TypeVar("Item")
Site = tuple[str, str | int]

PROVIDER: Final = Provider("wikidata", "Wikidata", "CC0-1.0", "Data from Wikidata", "P1D")
_BUSY_WAIT: Final = 600  # s; the answer doesn't say for how long
_LABEL_CALLS: Final = (7, 2)  # calls for names to calls for items, at most; the rest comes later
_SITES: Final = ("imdb", "tmdb", "tvmaze")
_TV: Final = ("series", "season")


def refresh(job: Job, works: Iterable[str] = ()) -> list[str]:
    """Read what changed of the wanted items, and of the *works* of people.

    Returns a line on each thing that was left out. Raises StoppedError, OSError and sqlite3.Error;
    what was read until then is in the draft.
    """
    try:
        ids = _wanted_items(job)
        _look_up(job)
        works = {*works}
        ids |= {id: () for id in (*_looked_up(job), *works) if id not in ids}
        return _read(job, _changed(job, ids), _Keep(job, works))
    except BadAnswerError as error:
        raise stopped(error) from None


def drop_unwanted(job: Job, works: Iterable[str]) -> None:
    """Leave out of the draft what nobody wants any more, and *works* that are long out."""
    keep = _Keep(job, works)
    for id in job.draft.ids():
        if not keep.wants(id, job.draft.tables(id)):
            job.draft.drop(id)


class _Keep:
    """Decides which items are kept: wanted ones, and works of people that are still ahead."""

    def __init__(self, job: Job, works: Iterable[str]) -> None:
        self._sites = {site for wanted in job.wanted for site in wanted.ids.items()}
        self._items = _wanted_items(job)
        self._works = {*works}
        self._today = job.now.date()

    def wants(self, id: str, tables: Sequence[Table]) -> bool:
        """True if the item *id* with these *tables* is kept."""
        if id in self._items or any(s in self._sites for table in tables for s in _sites(table)):
            return True
        return id in self._works and any(is_ahead(table, self._today) for table in tables)


def _wanted_items(job: Job) -> dict[str, Sequence[Wanted]]:
    """The items of the wanted releases, or their successors, each with these releases."""
    found: dict[str, list[Wanted]] = {}
    for wanted in job.wanted:
        id = wanted.ids.get("wikidata")
        if id is not None and wanted.kind != "season":
            found.setdefault(str(id), []).append(wanted)
    former = {
        was: id
        for id in job.draft.ids()
        for table in job.draft.tables(id)
        for was in _former_items(table)
    }
    return {former.get(id, id): releases for id, releases in found.items()}


def _look_up(job: Job) -> None:
    """Ask for the items of releases of which only ids at other sites are known."""
    known = {
        site for id in job.draft.ids() for table in job.draft.tables(id) for site in _sites(table)
    }
    asked = job.state.lookups(PROVIDER.name)
    for kinds in (True, False):
        terms = dict.fromkeys(
            site
            for wanted in job.wanted
            if "wikidata" not in wanted.ids and (wanted.kind in _TV) == kinds
            for site in wanted.ids.items()
            if site not in known and _can_be_looked_up(site, wanted.kind)
        )
        due = [
            site for site in terms if job.is_forced or lookups.is_due(asked.get(_key(site)), job)
        ]
        for batch in _batches(due, MAX_SEARCHED_IDS):
            url = wikidata.known_by_any_url(batch, "series" if kinds else "film")
            items = tuple(wikidata.found_items(_ask(job, url)))
            lookup = Lookup(None, items, job.seconds)
            job.state.save_lookups(PROVIDER.name, dict.fromkeys(map(_key, batch), lookup))


def _can_be_looked_up(site: Site, kind: str) -> bool:
    """True if Wikidata may know the id: a season's at TVmaze or TMDB isn't one that it has."""
    return site[0] == "imdb" or (kind != "season" and site[0] in wikidata.id_properties(kind))


def _looked_up(job: Job) -> set[str]:
    """The items that were found by ids at other sites that are wanted."""
    known = job.state.lookups(PROVIDER.name)
    keys = {_key(site) for wanted in job.wanted for site in wanted.ids.items()}
    return {item for key in keys if key in known for item in known[key].found}


def _changed(job: Job, ids: dict[str, Sequence[Wanted]]) -> list[str]:
    """Those of *ids* that have to be read: new ones, and those that changed since."""
    entities = job.draft.entities
    new = [id for id in ids if job.is_forced or _must_be_read(entities.get(id), job)]
    others = [id for id in ids if id not in {*new} and _must_be_checked(id, ids[id], job)]
    changed: list[str] = []
    for done, batch in enumerate(_batches(others, MAX_ITEMS)):
        job.report(done * MAX_ITEMS, len(others) + len(new))
        revisions = wikidata.revisions(_ask(job, wikidata.revisions_url(batch)))
        same = [id for id in batch if revisions.get(id) == entities[id].revision]
        job.draft.confirm(same)
        changed += [id for id in batch if id not in {*same}]
    return [*new, *changed]


def _must_be_read(entity: EntityState | None, job: Job) -> bool:
    if entity is None or entity.revision is None or entity.read is None:
        return entity is None or entity.missing_since is None
    return job.seconds - entity.read >= FULL_LOOK and entity.missing_since is None


def _must_be_checked(id: str, releases: Sequence[Wanted], job: Job) -> bool:
    """True unless *id* needn't be asked about yet, or is known to be no release that counts."""
    tables = job.draft.tables(id)
    windows = all_windows(tables, releases)
    checked = job.draft.entities[id].checked
    if not tables and not releases:
        return is_due(id, checked, SELDOM, job.seconds)
    return not job.only_due or is_due(id, checked, interval(windows, job.now.date()), job.seconds)


def _read(job: Job, ids: Sequence[str], keep: _Keep) -> list[str]:
    """Read the items *ids*. Returns a line on each thing that was left out."""
    skipped: list[str] = []
    labels = job.state.labels(PROVIDER.name)
    calls = 0
    for done, batch in enumerate(_batches(ids, MAX_ITEMS), 1):
        job.report((done - 1) * MAX_ITEMS, len(ids))
        body = _ask(job, wikidata.entities_url(batch))
        failure: StoppedError | None = None
        kept = _kept(keep, batch, body)
        needed = wikidata_needs.names_by_importance(body, kept)
        needed = [id for id in needed if id not in labels]
        for names in _batches(needed, MAX_ITEMS):
            if calls * _LABEL_CALLS[1] >= done * _LABEL_CALLS[0]:
                break
            calls += 1
            try:
                answer = _ask(job, wikidata.labels_url(names))
                new = dict.fromkeys(names, "") | wikidata_entities.labels(answer)
            except (StoppedError, BadAnswerError) as error:
                failure = error if isinstance(error, StoppedError) else stopped(error)
                break
            labels |= new
            job.state.save_labels(PROVIDER.name, new)
        skipped += _take(job, batch, body, labels, kept)
        if failure is not None:
            raise failure
    return skipped


def _kept(keep: _Keep, batch: Sequence[str], body: bytes) -> set[str]:
    """Those of *batch*, about which *body* is, whose names are needed.

    What can't be read without names, like a season, may be kept.
    """
    tables = wikidata_entities.parse(body, {}).tables
    by_item = {id: table for table in tables for id in (entity_of(table), *_former_items(table))}
    return {id for id in batch if id not in by_item or keep.wants(id, [by_item[id]])}


def _take(
    job: Job, batch: Sequence[str], body: bytes, labels: dict[str, str], kept: set[str]
) -> list[str]:
    """Put the items in *body*, the answer about *batch*, into the draft, if they are *kept*."""
    revisions = wikidata_needs.entity_revisions(body)
    incomplete = wikidata_needs.lacks_names(body, labels) & kept
    parsed = wikidata_entities.parse(body, {id: name for id, name in labels.items() if name})
    tables = {entity_of(table): table for table in parsed.tables}
    successors = {was: id for id, table in tables.items() for was in _former_items(table)}
    answers: dict[str, tuple[int | None, list[Table]]] = {}
    for id in batch:
        revision = revisions.get(id)
        if revision is None:
            job.draft.miss(id)
            continue
        if id in successors:
            job.draft.drop(id)
        item = successors.get(id, id)
        answers[item] = (
            None if id in incomplete else revision,
            [tables[item]] if item in tables and id in kept else [],
        )
    job.draft.put(answers)
    return [line for line in parsed.skipped if "no such item" not in line]


def stopped(error: BadAnswerError) -> StoppedError:
    """The end of the asking by the bad answer *error*; a busy server wants to be left alone."""
    is_busy = isinstance(error, ApiError) and error.code in wikidata.BUSY
    return StoppedError(sentence(str(error)), _BUSY_WAIT if is_busy else None)


def _ask(job: Job, url: str) -> bytes:
    body = ask(job, url)
    if body is None:
        raise StoppedError("Wikidata's API isn't where it was.")
    return body


def _former_items(table: Table) -> list[str]:
    """The items that were merged into the one that *table* is about."""
    return [str(was).rpartition("-")[2].upper() for was in table.get("was", ())]


def _sites(table: Table) -> list[Site]:
    return [*table.get("ids", {}).items()]


def _key(site: Site) -> str:
    return f"{site[0]}:{site[1]}"


def _batches(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    iterator = iter(items)
    while batch := [*islice(iterator, size)]:
        yield batch
