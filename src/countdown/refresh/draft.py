"""The next layer of a provider, while it is put together from its last one and from answers."""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Final, NamedTuple

from countdown import files
from countdown.catalogue import load, source_files
from countdown.catalogue.source_files import Header, Verdict
from countdown.errors import CatalogueError
from countdown.refresh.state import EntityState, SourceState, State
from countdown.toml import dump, parse
from countdown.toml.parse import Table

_KEEP_WITHDRAWN: Final = timedelta(days=90)
_CONFIRM_AFTER: Final = timedelta(days=7)  # A layer in which nothing changed isn't written daily.
_GONE_AFTER: Final = 24 * 3600  # s between two answers that there is no such entity
_UNCOUNTED: Final = ("read", "gone")  # keys whose change is none of the facts
_NOTHING: Final = SourceState()


class Provider(NamedTuple):
    """What stands at the top of the layer of a provider, whose facts may be *kept* so many days."""

    name: str
    title: str
    licence: str
    credit: str
    refresh: str
    kept: int | None = None


class Draft:
    """The tables of a layer by the entity that they are about, and what is known of each entity.

    Answers are saved as they come, so that a refresh that is cut short loses none; `finish` writes
    the layer.
    """

    def __init__(self, provider: Provider, folder: str, state: State, now: datetime) -> None:
        """Raises OSError and sqlite3.Error."""
        self.provider = provider
        self.entities: dict[str, EntityState] = {}
        self.changed: set[str] = set()
        self.read: set[str] = set()
        self._tables: dict[str, list[Table]] = {}
        self._folder = folder
        self._state = state
        self._now = now
        self._dropped: set[str] = set()
        self._limited = state.limited(provider.name)
        self._seconds = int(now.timestamp())
        self._layer_read = date.max
        self._data = files.content(source_files.path_of(folder, provider.name))
        self._load()

    def tables(self, id: str) -> list[Table]:
        """The tables about the entity *id*; none if it isn't in the layer."""
        return self._tables.get(id, [])

    def ids(self) -> list[str]:
        """The entities of which there are tables."""
        return [id for id, tables in self._tables.items() if tables]

    def is_limited(self, id: str) -> bool:
        """True if only a part of the entity *id* was kept, as nobody wanted the rest."""
        return id in self._limited

    def put(self, answers: Mapping[str, tuple[int | None, Iterable[Table]]]) -> None:
        """Take the tables of each entity in *answers*, which were read just now, with a revision.

        A revision of None means that it has to be read again. Without tables, the entity is known
        to be no release that is wanted: its old ones stay until they are dropped.
        """
        saved, states = {}, {}
        for id, (revision, found) in answers.items():
            old = self.tables(id)
            tables = [self._with_withdrawn(table, old) for table in found] or old
            if [*map(_facts, tables)] != [*map(_facts, old)]:
                self.changed.add(id)
            self._tables[id] = [{**table, "read": self._now.date()} for table in tables]
            self.read.add(id)
            self._set_limited(id, is_limited=False)
            states[id] = EntityState(revision, self._seconds, self._seconds)
            saved[id] = dump.dump({"release": self._tables[id]})
        self.entities |= states
        self._state.save_pending(self.provider.name, states, saved)

    def confirm(self, ids: Iterable[str]) -> None:
        """Remember that nothing changed about the entities *ids*."""
        states = {}
        for id in ids:
            states[id] = self.entities[id]._replace(checked=self._seconds, missing_since=None)
            if any("gone" in table for table in self.tables(id)):
                self.changed.add(id)
            self._tables[id] = [
                {**_without_gone(table), "read": self._now.date()} for table in self.tables(id)
            ]
        self.entities |= states
        self._state.save_entities(self.provider.name, states)

    def miss(self, id: str) -> None:
        """Remember that there's no entity *id* any more. What was read of it stays.

        It is marked as gone if that was said at least a day ago before.
        """
        old = self.entities.get(id, EntityState())
        since = self._seconds if old.missing_since is None else old.missing_since
        self.entities[id] = old._replace(checked=self._seconds, missing_since=since)
        if self._seconds - since >= _GONE_AFTER:
            gone = datetime.fromtimestamp(since, UTC).date()
            tables = [{"gone": gone, **table} for table in self.tables(id)]
            if tables != self.tables(id):
                self.changed.add(id)
                self._tables[id] = tables
        self._state.save_entities(self.provider.name, {id: self.entities[id]})

    def drop(self, id: str) -> None:
        """Leave out the tables of the entity *id*, which nobody wants any more.

        If it's wanted again, it must be read again.
        """
        tables = self._tables.pop(id, [])
        self._dropped |= {str(table["id"]) for table in tables}
        self.entities[id] = EntityState()
        self._state.save_entities(self.provider.name, {id: self.entities[id]})

    def limit(self, id: str, tables: list[Table]) -> None:
        """Leave out all tables of the entity *id* but *tables*.

        Unlike one that was dropped, it's read again only if it changes, or if all of it is wanted.
        """
        self._set_limited(id, is_limited=True)
        dropped = {str(each["id"]) for each in self.tables(id) if each not in tables}
        self._tables[id] = tables
        self._dropped |= dropped

    def finish(self, *, is_dry: bool = False) -> Verdict | None:
        """Offer the layer; None if it needn't be written. Raises OSError and sqlite3.Error.

        With *is_dry*, nothing is written: the verdict says what would become of it.
        """
        pending = self._state.pending(self.provider.name)
        is_old = self._now.date() - self._layer_read >= _CONFIRM_AFTER
        if not (self.changed or self._dropped or pending or is_old):
            return None
        tables = [table for id in sorted(self._tables) for table in self._tables[id]]
        data = source_files.render(self._header(), tables)
        if is_dry:
            return self._offer(data, is_dry=True)
        verdict = None
        if self.changed or self._dropped or is_old:
            self._remember(_sha256(self._data), _sha256(data))
            verdict = self._offer(data)
            if verdict.outcome == "held back":
                return verdict  # What waits for the layer waits on.
            self._remember(_sha256(data))
        self._state.clear_pending(self.provider.name)
        return verdict

    def _offer(self, data: bytes, *, is_dry: bool = False) -> Verdict:
        name = self.provider.name
        return source_files.offer(self._folder, name, data, dropped=self._dropped, is_dry=is_dry)

    def _set_limited(self, id: str, *, is_limited: bool) -> None:
        if self.is_limited(id) != is_limited:
            self._limited ^= {id}
            self._state.save_limited(self.provider.name, id, is_limited=is_limited)

    def _load(self) -> None:
        """Take the tables of the layer in use, and what was read after it was written.

        If it isn't the layer that was written, as it was deleted or changed by hand, everything
        about entities is forgotten: they must be read again.
        """
        name = self.provider.name
        known = (self._state.sources().get(name) or _NOTHING).sha256 or ""
        if self._data is not None and _sha256(self._data) in known.split():
            for table in self._tables_of(self._data):
                self._tables.setdefault(entity_of(table), []).append(table)
            self.entities = self._state.entities(name)
        elif self._data is None and not known:
            self.entities = self._state.entities(name)
        for id, data in self._state.pending(name).items():
            rows = parse.parse_toml(name, data.decode()).get("release", [])
            if rows != self._tables.get(id, []):
                self.changed.add(id)
            self._tables[id] = [*rows]
            self.entities.setdefault(id, self._state.entities(name)[id])

    def _tables_of(self, data: bytes) -> list[Table]:
        try:
            layer = load.read_layer(self.provider.name, data)
        except CatalogueError:  # It was written by a newer program, say.
            return []
        read = layer.source.read if layer.source else None
        self._layer_read = read.latest if read else date.max
        return [table for table in layer.tables if table is not None]

    def _with_withdrawn(self, table: Table, old: Iterable[Table]) -> Table:
        """*table* with the dates that are in *old* and aren't claimed any more, as withdrawn."""
        before = next((each for each in old if each["id"] == table["id"]), None)
        rows = [*table.get("dates", ())]
        slots = {_slot(row) for row in rows}
        for row in before.get("dates", ()) if before else ():
            since = row.get("withdrawn", self._now.date())
            is_recent = isinstance(since, date) and self._now.date() - since <= _KEEP_WITHDRAWN
            if _slot(row) not in slots and is_recent:
                rows.append({**row, "withdrawn": since})
        return {**table, "dates": rows} if rows else table

    def _header(self) -> Header:
        provider = self.provider
        return Header(
            origin=provider.name,
            read=self._now.replace(microsecond=0),
            title=provider.title,
            licence=provider.licence,
            credit=provider.credit,
            refresh=provider.refresh,
            expires=self._expires(),
        )

    def _expires(self) -> date | None:
        """The last day on which all facts may be used, the oldest ones too."""
        if self.provider.kept is None:
            return None
        days: list[date] = [each["read"] for tables in self._tables.values() for each in tables]
        return min([self._now.date(), *days]) + timedelta(days=self.provider.kept)

    def _remember(self, *hashes: str) -> None:
        """Save the *hashes* of the layers that are known to have what entities say."""
        known = self._state.sources().get(self.provider.name) or _NOTHING
        sha256 = " ".join(filter(None, hashes))
        self._state.save_source(self.provider.name, known._replace(sha256=sha256))


def entity_of(table: Table) -> str:
    """The id at its provider of the entity that *table* is about: `Q184605`, or `82` of a show."""
    return str(table["id"]).split("-")[1].upper()


def _without_gone(table: Table) -> Table:
    return {key: value for key, value in table.items() if key != "gone"}


def _slot(row: Table) -> tuple[object, ...]:
    return row.get("region"), row.get("place"), row.get("type")


def _facts(table: Table) -> Table:
    return {key: value for key, value in table.items() if key not in _UNCOUNTED}


def _sha256(data: bytes | None) -> str:
    return "" if data is None else hashlib.sha256(data).hexdigest()
