"""What may be done to the user's own catalogue: releases added, laid over others, moved, hidden."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from countdown.catalogue import load, release_reader
from countdown.catalogue.document import Document, row_name
from countdown.catalogue.load import Table
from countdown.core import edtf
from countdown.core.effective_date import effective_date
from countdown.errors import NothingFound, UsageError


class UserCatalogue:
    """The user's own catalogue, and *below* it the releases of the layers that it lies over."""

    def __init__(self, document: Document, below: Sequence[Table]) -> None:
        self._document = document
        self._below = below

    def find(self, identifier: str) -> Table:
        """All that is said of the release with that id. Raises NothingFound."""
        number = self._number(identifier)
        below = self._under(identifier, number)
        if number is None and below is None:
            raise NothingFound(f'no release has the id "{identifier}"; see countdown search --help')
        own = {} if number is None else self._document.releases[number]
        return load.overlay(below or {}, own)

    def own(self, identifier: str) -> Table | None:
        """What the user's own catalogue itself says of that release; None if nothing."""
        number = self._number(identifier)
        return None if number is None else self._document.releases[number]

    @property
    def ids(self) -> set[str]:
        """The id of every release, also of those that are hidden."""
        return {one["id"] for one in (*self._below, *self._document.releases) if "id" in one}

    def add(self, table: Table) -> None:
        """Put a new release there. Raises UsageError if it is known already."""
        self.check_new(table)
        self._document.add(table)

    def check_new(self, table: Table) -> None:
        """Raise UsageError if the release *table*, perhaps still without an id, can't be added."""
        identifier = table.get("id")
        for one in (*self._below, *self._document.releases):
            if identifier is not None and one.get("id") == identifier:
                hint = f"change it with countdown edit {identifier}, or choose another --id"
                raise UsageError(f'there is a release with the id "{identifier}" already; {hint}')
            if not set(load.identities(table)).isdisjoint(load.identities(one)):
                other = one.get("id")
                hint = f"change it with countdown edit {other}"
                raise UsageError(f'--ids: that is the release "{other}"; {hint}')
        self._check_sequel(table)

    def edit(
        self, identifier: str, given: Table, *, unset: Sequence[str] = (), anew: bool = False
    ) -> None:
        """Say what is *given* of a release, and no more what is *unset*.

        Of *dates*, those of the same region and type are replaced, and the others stay unless all
        of them are to be said *anew*. Of a
        release of a lower layer of which nothing is said any more, no entry stays. Raises
        NothingFound, and UsageError if what is to be unset is not the user's own.
        """
        known = self.find(identifier)
        self._check_sequel(given)
        if given.get("sequel_to") in (identifier, known["id"]):
            raise UsageError("--sequel-to: no release follows itself")
        own = self.own(identifier) or {}
        unset = list(dict.fromkeys(_either(key, own) for key in unset))
        for key in unset:
            if key not in own:
                hint = "only what your own catalogue says can be taken back: countdown diff"
                raise UsageError(f'--unset: your catalogue has no "{key}" of it; {hint}')
        number = self._laid(identifier)
        for key in unset:
            self._document.unset(number, key)
        table = self.find(identifier)
        for key, value in given.items():
            if key == "dates":
                self._say_dates(number, _joined([] if anew else _dates(table), value))
            else:
                self._no_more(number, *(["dates"] if key == "date" else []))
                if key == "sources":  # What is known of one, as when it was written, stays known.
                    value = _known(table.get(key, []), value)
                self._document.set(number, key, value)
        if unset and self._under(identifier, number):
            self._document.drop_empty(number)

    def move(
        self, identifier: str, to: object, *, region: str | None, on: date, source: str | None
    ) -> Table:
        """Change the date of a release that counts in *region*, and note that it moved.

        What moved comes back: its region and type, if any. *to* is a TOML value, None for a date
        that is withdrawn; *on* is when that was announced. Raises NothingFound, and UsageError if
        that is its date already, or if none of several dates is one for *region*.
        """
        table = self.find(identifier)
        dates = _dates(table)
        index = _counting(table, region)
        moved = {} if index is None else dict(dates[index])
        before = moved.get("date")
        if _same(before, to):
            raise UsageError(f"that is its date already: {'none' if to is None else to}")
        number = self._laid(identifier)
        if index is None:
            dates.append({"date": to})
        elif to is None:
            dates.pop(index)
        else:
            dates[index] = {**dates[index], "date": to}
        if "date" in table or index is None:
            self._say_dates(number, dates)
        else:
            self._document.set(number, "dates", dates)
        known = (("announced", on), ("from", before), ("to", to), ("source", source))
        self._note(number, {key: value for key, value in known if value is not None}, table)
        return moved

    def remove(self, identifier: str) -> bool:
        """Take the user's own word on a release out; whether a lower layer still knows it.

        Raises NothingFound, and UsageError if the user said nothing of it.
        """
        number = self._number(identifier)
        below = self._under(identifier, number) is not None
        if number is None:
            self.find(identifier)
            hint = f"countdown hide {identifier} keeps it out of every list"
            raise UsageError(f'"{identifier}" is not in your own catalogue; {hint}')
        self._document.remove(number)
        return below

    def hide(self, identifier: str) -> None:
        """Take a release out of every list. Raises NothingFound."""
        self.find(identifier)
        self._document.set(self._laid(identifier), "hidden", True)

    def _check_sequel(self, table: Table) -> None:
        """Raise UsageError if *table* is the sequel of a release that nobody knows."""
        other = table.get("sequel_to")
        known = (one.get("id") for one in (*self._below, *self._document.releases))
        if other is not None and other not in known:
            hint = "name the id of another; countdown show TITLE --json tells it"
            raise UsageError(f'--sequel-to: no release has the id "{other}"; {hint}')

    def _number(self, identifier: str) -> int | None:
        """Where the user's own catalogue tells of that release, by its id or by an external one."""
        number = self._document.number(identifier)
        if number is not None:
            return number
        names = {
            name
            for table in self._below
            if table.get("id") == identifier
            for name in load.identities(table)
        }
        for number, table in enumerate(self._document.releases):
            if not names.isdisjoint(load.identities(table)):
                return number
        return None

    def _under(self, identifier: str, number: int | None) -> Table | None:
        """What the lower layers say of that release, of which the user's own tells at *number*."""
        own = {} if number is None else self._document.releases[number]
        known = {name: table for table in self._below for name in load.identities(table)}
        names = (identifier, *load.identities(own))
        return next((known[name] for name in names if name in known), None)

    def _laid(self, identifier: str) -> int:
        """Where the user's own catalogue tells of that release; from now on, if not before."""
        number = self._number(identifier)
        if number is None:
            self._document.add({"id": identifier})
            number = len(self._document.releases) - 1
        return number

    def _no_more(self, number: int, *keys: str) -> None:
        for key in keys:
            if key in self._document.releases[number]:
                self._document.unset(number, key)

    def _say_dates(self, number: int, dates: list[Table]) -> None:
        """Say *dates*; the one for the whole world in short, if it is alone or already is."""
        alone = [*map(list, dates)] == [["date"]]
        in_short = [one for one in dates if [*one] == ["date"]]
        if in_short and (alone or "date" in self._document.releases[number]):
            self._document.set(number, "date", in_short[0]["date"])
            dates = [one for one in dates if one not in in_short]
            if not dates:
                self._no_more(number, "dates")
                return
        else:
            self._no_more(number, "date")
        own = self._document.releases[number].get("dates", [])
        order = [row_name("dates", row) for row in own]
        # Those that are there already stay the first.
        dates = sorted(dates, key=lambda row: row_name("dates", row) not in order)
        self._document.set(number, "dates", dates)

    def _note(self, number: int, move: Table, table: Table) -> None:
        """Add *move* to the moves that *table* tells of."""
        if "moves" in self._document.releases[number]:
            self._document.append(number, "moves", move)
        else:
            self._document.set(number, "moves", [*table.get("moves", []), move])


def _either(key: str, own: Table) -> str:
    """*key*, or of date and dates the one that *own* has."""
    other = {"date": "dates", "dates": "date"}.get(key, key)
    return other if key not in own and other in own else key


def _known(rows: list[Any], sources: list[Any]) -> list[Any]:
    """Each of *sources* as one of *rows* tells of it, if one does."""
    known = {row_name("sources", row): row for row in reversed(rows)}
    return [known.get(one, one) if isinstance(one, str) else one for one in sources]


def _same(before: object, to: object) -> bool:
    """Whether two TOML values are one date, however each is written."""
    if before is None or to is None:
        return before is to
    return edtf.from_toml(before).edtf == edtf.from_toml(to).edtf


def _dates(table: Table) -> list[Table]:
    """The dates of *table*; the one that is said in short comes first."""
    return [*([{"date": table["date"]}] if "date" in table else []), *table.get("dates", [])]


def _joined(known: list[Table], given: list[Table]) -> list[Table]:
    """The dates *known*, with those *given* in the place of their own region and type.

    One of a region, without a type, is of the type of the one that is there. Raises UsageError if
    there are several.
    """
    found = {(one.get("region"), one.get("type")): one for one in known}
    for one in given:
        region, type = one.get("region"), one.get("type")
        # A premiere is none that counts, so one that counts does not take its place.
        types = [t for place, t in found if region and place == region and t != "premiere"]
        if type is None and len(types) > 1 and None not in types:
            hint = f"say which, like {region}/{types[0]}={one['date']}"
            raise UsageError(f"--date: it has several dates for {region}; {hint}")
        if type is None and len(types) == 1 and types[0] is not None:
            type = types[0]
            one = {**one, "type": type}
        found[region, type] = one
    return [*found.values()]


def _counting(table: Table, region: str | None) -> int | None:
    """Which of the dates of *table* counts in *region*; the one said in short is the first.

    Raises UsageError if none of several is one for *region*.
    """
    release = release_reader.release(table, (), [])
    counted = effective_date(release, region=region) if release else None
    if release is None or counted is None:
        return None
    if counted.fallback and len(release.dates) > 1:
        regions = ", ".join(dict.fromkeys(dated.region or "" for dated in release.dates))
        hint = f"say which moved, like --region {counted.dated.region}"
        raise UsageError(f"it has a date of its own in each of {regions}; {hint}")
    return release.dates.index(counted.dated)
