"""Questions about releases → SQL → outlooks, in order. The cost follows the answer.

A question that names people, titles, franchises or platforms starts from the few releases that
these have; any other walks the table of counting dates in order and stops when it has enough.
"""

import sqlite3
import sys
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from heapq import merge
from typing import Final, NamedTuple

from countdown.core.outlook import UPCOMING_STATES, Moment, Outlook, State, outlook
from countdown.index import names
from countdown.index.record import unpack

FEW: Final = 500  # So many releases are read and sorted one by one; more are walked in order.
NO_DATE: Final[tuple[State, ...]] = ("undated", "on-hold", "cancelled")

Keys = Collection[int]
Condition = tuple[str, list["str | int"]]
Row = tuple[int, int, str, str]  # latest day, width, type, record


class Query(NamedTuple):
    """What is asked. Filters of one kind widen the answer, filters of different kinds narrow it."""

    now: Moment
    region: str | None = None
    states: tuple[State, ...] = (*UPCOMING_STATES, "undated", "on-hold")
    types: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    franchises: tuple[str, ...] = ()
    platforms: tuple[str, ...] = ()
    people: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = ()  # (jobs, any of these names)
    follows: tuple[tuple[str, str], ...] | None = None  # (sort, name), any of them
    first: date | None = None  # only windows that reach this day or a later one
    last: date | None = None  # only windows that begin on this day or an earlier one
    limit: int | None = None
    newest_first: bool = False


def find(connection: sqlite3.Connection, question: Query, *, few: int = FEW) -> list[Outlook]:
    """What *question* asks for: dated releases by date, then the others by stage.

    With several types asked for, a release stands there once for each of them that is dated.
    Up to *few* named releases are looked up one by one, more are walked in order; the answer is
    the same.
    """
    keys = _named(connection, question)
    if keys is not None and len(keys) <= few:
        return _cut(_looked_at(names.records(connection, keys), question), question)
    found = _cut(_enough(_walk(connection, question, keys), question), question)
    if question.limit is None or len(found) < question.limit:
        found += _looked_at(_dateless(connection, question, keys), question)
    return _cut(found, question)


def outlooks_of(connection: sqlite3.Connection, keys: Keys, question: Query) -> list[Outlook]:
    """The releases *keys* that *question* admits, in the order of *keys*."""
    found = dict(names.keyed_records(connection, keys))
    return list(_looked_at((found[key] for key in keys), question))


def count_releases(connection: sqlite3.Connection, keys: Keys, question: Query) -> int:
    """How many of the releases *keys* the *question* admits. None of them is kept."""
    return sum(1 for _ in _looked_at(names.records(connection, keys), question))


def outlooks_by_person(
    connection: sqlite3.Connection,
    people: Iterable[tuple[int, str]],
    jobs: Collection[str],
    question: Query,
    *,
    most: int = sys.maxsize,
) -> list[tuple[str, list[Outlook]]]:
    """The first *most* of *people* with admitted releases that they have one of *jobs* in.

    Nobody is taken from *people* after these.
    """
    found: list[tuple[str, list[Outlook]]] = []
    known: dict[int, list[Outlook]] = {}  # Shared: a cast of thousands has thousands of names.
    for key, name in people:
        releases = names.credits_of(connection, key, jobs)
        new = [release for release in releases if release not in known]
        for release, record in names.keyed_records(connection, new) if new else ():
            known[release] = [*_looked_at([record], question)]
        outlooks = _cut((seen for release in releases for seen in known[release]), question)
        if outlooks:
            found.append((name, outlooks))
        if len(found) == most:
            break
    return found


def _named(connection: sqlite3.Connection, question: Query) -> set[int] | None:
    """The releases that carry every name asked for; None if no name is asked for."""
    found: set[int] | None = None
    for jobs, people in question.people:
        keys = {k for name in people for k in names.by_person(connection, name, jobs)}
        found = _both(found, keys)
    if question.titles:
        found = _both(
            found, {k for text in question.titles for k in names.by_title_words(connection, text)}
        )
    for sort in ("franchise", "platform"):
        wanted = getattr(question, sort + "s")
        if wanted:
            found = _both(
                found, {k for text in wanted for k in names.by_label(connection, text, sort)}
            )
    if question.follows is not None:
        found = _both(found, names.by_follows(connection, question.follows))
    return found


def _both(found: set[int] | None, others: set[int]) -> set[int]:
    return others if found is None else found & others


def _looked_at(records: Iterable[str], question: Query) -> Iterator[Outlook]:
    """Each of *records* as it looks, once for every type asked for, if the question admits it."""
    for record in records:
        release = unpack(record)
        for type in question.types or (None,):
            seen = outlook(release, now=question.now, region=question.region, type=type)
            if _admits(question, seen):
                yield seen


def _admits(question: Query, seen: Outlook) -> bool:
    if seen.state not in question.states:
        return False
    if question.kinds and seen.release.kind not in question.kinds:
        return False
    if question.stages and seen.stage not in question.stages:
        return False
    if seen.date is None or not seen.dated:
        return not (question.types or question.first or question.last)
    return (question.first is None or seen.date.latest >= question.first) and (
        question.last is None or seen.date.earliest <= question.last
    )


def _cut(found: Iterable[Outlook], question: Query) -> list[Outlook]:
    """*found* in order, as many as are asked for."""
    ordered = sorted(found, key=_order)
    if question.newest_first:
        dated = [seen for seen in ordered if seen.dated]
        ordered = [*reversed(dated), *ordered[len(dated) :]]
    return ordered[: question.limit]


def _order(seen: Outlook) -> tuple[object, ...]:
    """The order of an outlook, and what decides between two of one date and title."""
    type = seen.effective_date.dated.type if seen.effective_date else None
    return (*seen.order, seen.release.season or 0, seen.release.id, type or "")


def _enough(rows: Iterable[Row], question: Query) -> Iterator[Outlook]:
    """The outlooks of *rows* up to the limit, and of those that a time zone could put before it."""
    count, border = 0, 0
    for latest, _, type, record in rows:
        if question.limit is not None and count >= question.limit and abs(latest - border) > 1:
            return
        one = question._replace(types=(type,) if type else ())
        for seen in _looked_at([record], one):
            count += 1
            border = latest if count == question.limit else border
            yield seen


def _walk(connection: sqlite3.Connection, question: Query, keys: Keys | None) -> Iterator[Row]:
    """Rows of counting dates in order, of which the question could admit the release."""
    walks = [
        _one_walk(connection, question, keys, region=region, type=type, settles=settles)
        for region in {"", question.region or ""}
        for type in question.types or ("",)
        for settles in _settling(question)
    ]
    sign = -1 if question.newest_first else 1
    return merge(*walks, key=lambda row: (sign * row[0], sign * row[1]))


def _settling(question: Query) -> tuple[int, ...]:
    """Which kinds of row (see schema.sql) can be in one of the states asked for."""
    if any(state in question.states for state in UPCOMING_STATES):
        return (0, 1, 2)
    return (1, 2) if "released" in question.states else ()


def _one_walk(
    connection: sqlite3.Connection,
    question: Query,
    keys: Keys | None,
    *,
    region: str,
    type: str,
    settles: int,
) -> Iterator[Row]:
    today = question.now.today.toordinal()
    conditions: list[Condition] = [
        ("c.region = ? AND c.type = ? AND c.settles = ?", [region, type, settles]),
        *_release_conditions(question, keys),
    ]
    # Instants stand there by their day in UTC, which can be a day off the user's.
    if "released" not in question.states and (settles or "overdue" not in question.states):
        conditions.append(("c.latest >= ?", [today - 1]))
    earliest = "c.latest" if settles == 1 else "c.latest - c.width"  # The first needs no search.
    if question.states == ("released",):
        conditions.append((f"{earliest} <= ?", [today + 1]))
    if question.first is not None:
        conditions.append(("c.latest >= ?", [question.first.toordinal() - 1]))
    if question.last is not None:
        conditions.append((f"{earliest} <= ?", [question.last.toordinal() + 1]))
    if question.region and not region:
        own = (
            "SELECT 1 FROM counting o WHERE (o.release, o.region, o.type) = (c.release, ?, c.type)"
        )
        conditions.append((f"NOT EXISTS ({own})", [question.region]))
    way = "DESC" if question.newest_first else "ASC"
    where, values = _joined(conditions)
    return connection.execute(
        "SELECT c.latest, c.width, c.type, r.record"
        " FROM counting c CROSS JOIN release r ON r.key = c.release"
        f" WHERE {where} ORDER BY c.latest {way}, c.width {way}",
        values,
    )


def _dateless(connection: sqlite3.Connection, question: Query, keys: Keys | None) -> Iterator[str]:
    """Records of releases without a date that counts."""
    if question.types or question.first or question.last:
        return iter(())
    conditions: list[Condition] = [("r.dated = 0", []), *_release_conditions(question, keys)]
    if not any(state in question.states for state in NO_DATE):
        if "released" not in question.states:
            return iter(())
        conditions.append(("r.stage = ?", ["released"]))
    where, values = _joined(conditions)
    rows = connection.execute(f"SELECT r.record FROM release r WHERE {where}", values)
    return (record for (record,) in rows)


def _release_conditions(question: Query, keys: Keys | None) -> list[Condition]:
    found: list[Condition] = []
    if question.kinds:
        found.append((f"r.kind IN ({_marks(question.kinds)})", [*question.kinds]))
    if question.stages:
        found.append((f"r.stage IN ({_marks(question.stages)})", [*question.stages]))
    if keys is not None:
        found.append(
            ("r.key IN (SELECT value FROM json_each(?))", [f"[{','.join(map(str, keys))}]"])
        )
    return found


def _marks(values: Collection[str]) -> str:
    return ", ".join("?" * len(values))


def _joined(conditions: list[Condition]) -> tuple[str, list[str | int]]:
    """The conditions as one WHERE clause. None of them has text of a user's in it, only marks."""
    return (
        " AND ".join(clause for clause, _ in conditions),
        [value for _, values in conditions for value in values],
    )
