"""Queries for releases → SQL → outlooks, in order. The cost follows the answer.

A query that names people, titles, franchises or platforms starts from the few releases that these
match; any other walks the table of effective dates in order and stops when it has enough. Every
function here raises sqlite3.Error if the index is damaged, also in a single record.
"""

import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import date
from heapq import merge
from typing import Final, NamedTuple

from countdown.core.outlook import UPCOMING_STATES, Moment, Outlook, State, outlook
from countdown.index import names
from countdown.index.days import WITHOUT_OWN_ROW, first_by_day
from countdown.index.record import unpack

MAX_LOOKUPS: Final = 500  # releases that are read one by one and sorted; more are walked in order
_UNDATED_STATES: Final[tuple[State, ...]] = ("undated", "on-hold", "cancelled")

Keys = Collection[int]  # of releases
Condition = tuple[str, list["str | int"]]  # SQL, and the values of its marks
Row = tuple[int, int, str, str]  # latest day, width in days, type, record


class Query(NamedTuple):
    """Filters and order. Filters of one kind widen the answer, different kinds narrow it."""

    now: Moment
    region: str | None = None
    states: tuple[State, ...] = (*UPCOMING_STATES, "undated", "on-hold")
    types: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    words: tuple[str, ...] = ()  # names of any kind
    titles: tuple[str, ...] = ()
    franchises: tuple[str, ...] = ()
    platforms: tuple[str, ...] = ()
    people: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = ()  # (jobs, any of these names)
    follows: tuple[tuple[str, str], ...] | None = None  # (kind of name, name), any of them
    keys: frozenset[int] | None = None  # only these releases
    first: date | None = None  # only windows that reach this day or a later one
    last: date | None = None  # only windows that begin on this day or an earlier one
    limit: int | None = None
    newest_first: bool = False


def find(
    connection: sqlite3.Connection, query: Query, *, max_lookups: int = MAX_LOOKUPS
) -> list[Outlook]:
    """Outlooks of the releases that *query* admits: dated ones by date, then the others by stage.

    A query for several types has a release once for each type that is dated. Up to *max_lookups*
    named releases are looked up one by one, more are walked in order; the answer is the same.
    """
    keys = named_keys(connection, query)
    if keys is not None and len(keys) <= max_lookups:
        return sort_outlooks(read_outlooks(names.records(connection, keys), query), query)
    rows = _rows(connection, query, keys)
    outlooks = sort_outlooks(first_by_day(rows, query.limit, _row_reader(query)), query)
    is_short = query.limit is None or len(outlooks) < query.limit
    outlooks += shelved_later(connection, query, keys)
    if is_short:
        outlooks += read_outlooks(_undated_records(connection, query, keys), query)
    return sort_outlooks(outlooks, query)


def shelved_later(
    connection: sqlite3.Connection, query: Query, keys: Keys | None
) -> Iterator[Outlook]:
    """Outlooks of releases that were shelved only after the day of *query*."""
    later: Condition = ("r.shelved_from > ?", [tomorrow(query.now)])
    where, values = joined_conditions([later, *release_conditions(query, keys)])
    rows = connection.execute(f"SELECT r.record FROM release r WHERE {where}", values)
    return read_outlooks((record for (record,) in rows), query)


def outlooks_of(connection: sqlite3.Connection, keys: Keys, query: Query) -> list[Outlook]:
    """Outlooks of the releases *keys* that *query* admits, in the order of *keys*."""
    records = dict(names.keyed_records(connection, keys))
    return list(read_outlooks((records[key] for key in keys), query))


def count_releases(connection: sqlite3.Connection, keys: Keys, query: Query) -> int:
    """The number of the releases *keys* that *query* admits; none of them is kept in memory."""
    return sum(1 for _ in read_outlooks(names.records(connection, keys), query))


# ---- Releases by name ----


def named_keys(connection: sqlite3.Connection, query: Query) -> set[int] | None:
    """Keys of the releases that match every name in *query*; None if it has no names."""
    lookups: list[tuple[tuple[str, ...], Callable[[str], Iterable[int]]]] = [
        *(
            (people, lambda name, jobs=jobs: names.by_person(connection, name, jobs))
            for jobs, people in query.people
        ),
        (query.words, lambda text: _by_word(connection, text)),
        (query.titles, lambda text: names.by_title(connection, text)),
        *(
            (texts, lambda text, kind=kind: names.by_label(connection, text, kind))
            for kind, texts in (("franchise", query.franchises), ("platform", query.platforms))
        ),
    ]
    sets = [_any_of(texts, look_up) for texts, look_up in lookups if texts]
    if query.follows is not None:
        sets.append(names.by_follows(connection, query.follows))
    if query.keys is not None:
        sets.append({*query.keys})
    return set.intersection(*sets) if sets else None


def _by_word(connection: sqlite3.Connection, text: str) -> set[int]:
    from countdown.index.words import by_word  # Deferred: few queries have words.

    return by_word(connection, text)


def _any_of(texts: Iterable[str], look_up: Callable[[str], Iterable[int]]) -> set[int]:
    """Keys of the releases that any of *texts* finds; if a text finds none, its parts are tried.

    Parts are separated by commas, which a title can have, too.
    """
    found: set[int] = set()
    for text in texts:
        keys = {*look_up(text)}
        parts = [] if keys else text.split(",")
        found |= keys.union(*map(look_up, parts)) if len(parts) > 1 else keys
    return found


# ---- Outlooks ----


def read_outlooks(records: Iterable[str], query: Query) -> Iterator[Outlook]:
    """The admitted outlooks of *records*, one for each type in *query*."""
    for record in records:
        release = unpack(record)
        for type in query.types or (None,):
            candidate = outlook(release, now=query.now, region=query.region, type=type)
            if admits(query, candidate):
                yield candidate


def _row_reader(query: Query) -> Callable[[Row], Iterator[Outlook]]:
    """A function that returns the admitted outlooks of a row."""

    def read_row(row: Row) -> Iterator[Outlook]:
        _, _, type, record = row
        return read_outlooks([record], query._replace(types=(type,) if type else ()))

    return read_row


def admits(query: Query, candidate: Outlook) -> bool:
    """True if *candidate* passes the filters of *query* that are not names."""
    if candidate.state not in query.states:
        return False
    if query.kinds and candidate.release.kind not in query.kinds:
        return False
    if query.stages and candidate.stage not in query.stages:
        return False
    if candidate.date is None or not candidate.dated:
        return not (query.types or query.first or query.last)
    return (query.first is None or candidate.date.latest >= query.first) and (
        query.last is None or candidate.date.earliest <= query.last
    )


def sort_outlooks(outlooks: Iterable[Outlook], query: Query) -> list[Outlook]:
    """*outlooks* in the order of *query*, at most as many as its limit."""
    ordered = sorted(outlooks, key=_order)
    if query.newest_first:
        dated = [each for each in ordered if each.dated]
        ordered = [*reversed(dated), *ordered[len(dated) :]]
    return ordered[: query.limit]


def _order(outlook: Outlook) -> tuple[object, ...]:
    """A sort key that also decides between outlooks of the same date and title."""
    type = outlook.effective_date.dated.type if outlook.effective_date else None
    return (*outlook.order, outlook.release.season or 0, outlook.release.id, type or "")


# ---- Rows of effective dates ----


def _rows(connection: sqlite3.Connection, query: Query, keys: Keys | None) -> Iterator[Row]:
    """Rows of effective dates, in order, whose releases *query* could admit."""
    walks = [
        _walk(connection, query, keys, region=region, type=type, outcome=outcome)
        for region in {"", query.region or ""}
        for type in query.types or ("",)
        for outcome in _outcomes(query)
    ]
    sign = -1 if query.newest_first else 1
    return merge(*walks, key=lambda row: (sign * row[0], sign * row[1]))


def _outcomes(query: Query) -> tuple[int, ...]:
    """The outcomes (see schema.sql) of rows that can be in one of the states of *query*."""
    if any(state in query.states for state in UPCOMING_STATES):
        return (0, 1, 2)
    return (1, 2) if "released" in query.states else ()


def _walk(
    connection: sqlite3.Connection,
    query: Query,
    keys: Keys | None,
    *,
    region: str,
    type: str,
    outcome: int,
) -> Iterator[Row]:
    """The rows of one *region*, *type* and *outcome*, in order."""
    today = query.now.today.toordinal()
    conditions: list[Condition] = [
        ("c.region = ? AND c.type = ? AND c.outcome = ?", [region, type, outcome]),
        *release_conditions(query, keys),
    ]
    # Rows of instants have the day in UTC, which can be one off the user's.
    if "released" not in query.states and (outcome or "overdue" not in query.states):
        conditions.append(("c.latest >= ?", [today - 1]))
    earliest = "c.latest" if outcome == 1 else "c.latest - c.width"  # The first needs no search.
    if query.states == ("released",):
        conditions.append((f"{earliest} <= ?", [today + 1]))
    if query.first is not None:
        conditions.append(("c.latest >= ?", [query.first.toordinal() - 1]))
    if query.last is not None:
        conditions.append((f"{earliest} <= ?", [query.last.toordinal() + 1]))
    if query.region and not region:
        conditions.append((WITHOUT_OWN_ROW, [query.region]))
    direction = "DESC" if query.newest_first else "ASC"
    where, values = joined_conditions(conditions)
    return connection.execute(
        "SELECT c.latest, c.width, c.type, r.record"
        " FROM effective_date c CROSS JOIN release r ON r.key = c.release"
        f" WHERE {where} ORDER BY c.latest {direction}, c.width {direction}",
        values,
    )


def _undated_records(
    connection: sqlite3.Connection, query: Query, keys: Keys | None
) -> Iterator[str]:
    """Records of releases without an effective date that *query* could admit."""
    if query.types or query.first or query.last:
        return iter(())
    conditions: list[Condition] = [
        ("r.has_date = 0 AND coalesce(r.shelved_from, 0) <= ?", [tomorrow(query.now)]),
        *release_conditions(query, keys),
    ]
    if not any(state in query.states for state in _UNDATED_STATES):
        if "released" not in query.states:
            return iter(())
        conditions.append(("r.stage = ?", ["released"]))
    where, values = joined_conditions(conditions)
    rows = connection.execute(f"SELECT r.record FROM release r WHERE {where}", values)
    return (record for (record,) in rows)


def tomorrow(now: Moment) -> int:
    """The latest date that a page read *now* can have: in eastern time zones it is tomorrow."""
    return now.today.toordinal() + 1


def release_conditions(query: Query, keys: Keys | None) -> list[Condition]:
    """SQL for the kinds and stages of *query*, and for *keys* unless they are None."""
    conditions: list[Condition] = []
    if query.kinds:
        conditions.append((f"r.kind IN ({_marks(query.kinds)})", [*query.kinds]))
    if query.stages:
        conditions.append((f"r.stage IN ({_marks(query.stages)})", [*query.stages]))
    if keys is not None:
        listed = f"[{','.join(map(str, keys))}]"
        conditions.append(("r.key IN (SELECT value FROM json_each(?))", [listed]))
    return conditions


def _marks(values: Collection[str]) -> str:
    return ", ".join("?" * len(values))


def joined_conditions(conditions: list[Condition]) -> tuple[str, list[str | int]]:
    """A WHERE clause of *conditions*, and its values; it has placeholders, never a user's text."""
    return (
        " AND ".join(clause for clause, _ in conditions),
        [value for _, values in conditions for value in values],
    )
