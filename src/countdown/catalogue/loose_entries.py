"""Converts an entry by someone who hasn't read the format into a `[[release]]` table.

A table of the format stays as it is, except for roles written after names in `cast`.
"""

from typing import Any, Final

from countdown.catalogue import loose_dates, loose_values
from countdown.catalogue.key_names import CREDIT_NAMES, ID_NAMES, MOVE_NAMES, RELEASE_NAMES, compact
from countdown.catalogue.loose_dates import Row
from countdown.catalogue.loose_values import NOTHING
from countdown.catalogue.readers import KeyPath, Problem, Problems
from countdown.catalogue.schema import MOVE, RELEASE
from countdown.catalogue.strict_tables import Origins
from countdown.core import edtf
from countdown.core.release import KINDS, TYPES
from countdown.core.text import fold
from countdown.toml.parse import Table, shorten

# Keys of TMDB's answers, in which ids are numbers.
_TMDB_KEYS: Final = frozenset(
    {
        *("overview", "originaltitle", "originalname", "voteaverage", "posterpath", "mediatype"),
        *("firstairdate", "genreids", "backdroppath", "releasedate"),
    }
)


def read(raw: Table, path: KeyPath, origin: KeyPath, origins: Origins, problems: Problems) -> Table:
    """*raw*, which is at *origin* in the file, as a table of the format.

    The table will be at *path*. *origins* gets the key path in the file of each key that has
    another one there; *problems* gets values with two meanings.
    """
    entry = _Entry(raw)
    for key, value in raw.items():
        entry.read(key, value)
    entry.write_dates()
    entry.finish()
    if path != origin:
        origins[path] = origin
    origins |= {(*path, *to): (*origin, *at) for to, at in entry.origins.items()}
    problems += [problem._replace(path=(*path, *problem.path)) for problem in entry.problems]
    return entry.table


class _Entry:
    def __init__(self, raw: Table) -> None:
        self._raw = raw
        self.table: Table = {}
        self.origins: Origins = {}
        self.problems: Problems = []
        self._rows: list[Row] = []
        self._year: tuple[str, Any] | None = None  # the key and its value
        self._type: tuple[str, str] | None = None

    def read(self, key: str, value: Any) -> None:
        """Add the meaning of *key* and *value* to the table."""
        word = compact(key)
        name = key if key in RELEASE else RELEASE_NAMES.get(word, key)
        type = loose_values.date_type(value) if word == "type" and key != "kind" else None
        if word in ID_NAMES:
            self._set_id(ID_NAMES[word], value, (key,))
        elif name == "id" and isinstance(value, int) and self._is_of_tmdb():
            self._set_id("tmdb", value, (key,))
        elif name == "ids" and isinstance(value, dict):
            for provider, item in value.items():
                self._set_id(ID_NAMES.get(compact(provider), str(provider)), item, (key, provider))
        elif word == "year":
            self._year = key, value
        elif type in TYPES and loose_values.kind(value) not in KINDS:
            self._type = key, str(type)
        elif word == "released" and isinstance(value, bool):
            if value:
                self._set("stage", "released", key)
        elif name in ("date", "dates") or (name not in RELEASE and self._is_dated(key, value)):
            self._read_dates(name, key, value)
        elif name == "platform" and key != name and self._is_dated(key, value):
            self._read_dates(name, key, value)  # streaming = 2027-06-11
        elif name == "moves" and isinstance(value, (list, dict)):
            self._set(name, [_move(row) for row in _as_list(value)], key)
        elif name == "cast" and isinstance(value, dict) and not _is_credit(value):
            self._report_pairs(key, value)
        elif name in RELEASE:
            value = loose_values.better(name, value, RELEASE[name].read)
            if value is not NOTHING:
                self._set(name, value, key)
        else:
            self.table[key] = value

    def _is_of_tmdb(self) -> bool:
        return not _TMDB_KEYS.isdisjoint(map(compact, self._raw))

    def _is_dated(self, key: str, value: Any) -> bool:
        """True for a key that is a region or type, and has a date: `in_theaters = 2027-06-11`."""
        rows = loose_dates.of_place(key, value) or ()
        is_date = [
            not loose_values.count_problems(row.table.get("date"), RELEASE["date"].read)
            for row in rows
        ]
        return bool(rows) and all(is_date)

    def _set_id(self, provider: str, value: Any, path: KeyPath) -> None:
        ids = self.table.setdefault("ids", {})
        value = loose_values.only(value)
        if loose_values.is_nothing(value):
            return
        before = ids.setdefault(provider, value)
        if str(before) != str(value):
            self._report_twice(path, f"ids.{provider}", before, value)
        elif path != ("ids", provider):
            self.origins[("ids", provider)] = path

    def _set(self, name: str, value: Any, key: str) -> None:
        """Set *name* to *value*, or add *value* to its list; in the file it is *key*."""
        before = self.table.get(name)
        if name not in self.table:
            self.table[name] = value
            if key != name:
                self.origins[(name,)] = (key,)
        elif isinstance(before, list) and isinstance(value, list):
            names = [*map(_name, before)]
            rows = [row for row in value if _name(row) not in names]
            self.origins |= {(name, len(before) + at): (key,) for at in range(len(rows))}
            self.table[name] = [*before, *rows]
        elif _name(before) != _name(value):
            if name == "title" and isinstance(value, str):
                self._set("aliases", [value], key)
            else:
                self._report_twice((key,), name, before, value)

    def _report_twice(self, path: KeyPath, name: str, before: object, value: object) -> None:
        what = f'{name} is "{shorten(str(before))}" and "{shorten(str(value))}"'
        self.problems.append(Problem(path, what, "keep the right one"))

    def _report_pairs(self, key: str, pairs: Table) -> None:
        """Report *pairs* in which either part could be the name."""
        first, second = (f'"{shorten(str(text))}"' for text in [*pairs.items(), ("", "")][0])
        writes = f"{{ name = {first}, role = {second} }} or {{ name = {second}, role = {first} }}"
        what = "can't tell the names from the roles"
        self.problems.append(Problem((key,), what, f"write [{writes}]"))

    def _read_dates(self, name: str, key: str, value: Any) -> None:
        is_place = name not in ("date", "dates")
        if (
            name == key
            and not is_place
            and not loose_values.count_problems(value, RELEASE[name].read)
        ):
            if name == "date":
                self._rows.append(Row({"date": value}, (key,), {}))
            else:
                self.table["dates"] = value
            return
        rows = loose_dates.of_place(key, value) if is_place else loose_dates.read(value, (key,))
        if rows is None:
            self._set(name, value, key)
        else:
            self._rows += rows

    def write_dates(self) -> None:
        """Set `date` and `dates` to the rows that were read."""
        self._add_year()
        if self._type is not None:
            key, type = self._type
            if self._rows:
                self._rows = [row._replace(table={"type": type, **row.table}) for row in self._rows]
            else:
                self.table[key] = self._raw[key]
        strict = self.table.get("dates", [])
        if not isinstance(strict, list):  # It can't be read; its reader reports why.
            return
        rows: list[Row] = []
        for row in self._rows:
            if row.table in [*strict, *(other.table for other in rows)]:
                continue
            if [*row.table] == ["date"] and "date" not in self.table:
                self.table["date"] = row.table["date"]
                self._add_origin(("date",), row.keys.get("date", row.path))
            elif [*row.table] == ["date"] and row.path[0] != "dates":
                if row.table["date"] != self.table["date"]:
                    self._report_twice(row.path, "date", self.table["date"], row.table["date"])
            else:
                rows.append(row)
        for index, row in enumerate(rows, len(strict)):
            self._add_origin(("dates", index), row.path)
            for name, path in row.keys.items():
                self._add_origin(("dates", index, name), path)
        if rows:
            self.table["dates"] = [*strict, *(row.table for row in rows)]

    def finish(self) -> None:
        """Remove aliases equal to the title, and turn a `tv` with a season into a season."""
        table = self.table
        if ("aliases",) in self.origins and isinstance(table["aliases"], list):
            others = [
                alias for alias in table["aliases"] if _name(alias) != _name(table.get("title"))
            ]
            table["aliases"] = others
            if not others:
                del table["aliases"], self.origins[("aliases",)]
        is_loose = self._raw.get("kind") != table.get("kind")
        if is_loose and table.get("kind") == "series" and isinstance(table.get("season"), int):
            table["kind"] = "season"

    def _add_origin(self, path: KeyPath, origin: KeyPath) -> None:
        if path != origin:
            self.origins[path] = origin

    def _add_year(self) -> None:
        """Add the year as a date if there is none; otherwise it must be the year of a date."""
        if self._year is None:
            return
        key, value = self._year
        value = loose_values.day(value)
        years = {_year(row.table.get("date")) for row in self._rows}
        if not self._rows:
            self._rows.append(Row({"date": value}, (key,), {}))
        elif None not in years and not years.intersection(map(_year, [value])):
            self.problems.append(
                Problem((key,), f"the date is not in {value}", "keep the right one")
            )


def _year(value: Any) -> int | None:
    """The year of the date *value*; None if it is no date."""
    try:
        return edtf.from_toml(value).earliest.year
    except ValueError:
        return None


def _name(row: Any) -> Any:
    """The part of *row*, text or a table, that identifies it in a list."""
    row = row.get("name", row.get("url", row)) if isinstance(row, dict) else row
    return fold(row) if isinstance(row, str) else row


def _is_credit(value: Table) -> bool:
    return any(compact(key) in CREDIT_NAMES for key in value)


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _move(row: Any) -> Any:
    """A row of `moves` with the keys of the format."""
    if not isinstance(row, dict):
        return row
    table: Table = {}
    for key, value in row.items():
        name = key if key in MOVE else MOVE_NAMES.get(compact(key), key)
        if name in MOVE and not loose_values.is_nothing(value):
            convert = loose_values.address if name == "source" else loose_values.day
            is_wrong = loose_values.count_problems(value, MOVE[name].read)
            table[name] = convert(value) if is_wrong else value
        elif name not in MOVE:
            table[key] = value
    return table
