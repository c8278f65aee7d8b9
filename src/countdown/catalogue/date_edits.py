"""New dates for a release: which of its dates they replace, and the moves to record for that."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, Literal, NamedTuple, cast

from countdown.catalogue import release_reader
from countdown.catalogue.document import row_identity
from countdown.catalogue.load import Table
from countdown.catalogue.readers import Problems
from countdown.core import edtf
from countdown.core.effective_date import HOME_MARKET, EffectiveDate, choose_date
from countdown.core.regions import UNSTATED
from countdown.core.release import AnnouncedDate
from countdown.core.text import escape_hostile
from countdown.errors import UsageError


class DateEdit(NamedTuple):
    """New dates for a release, as rows of `dates`; a row whose date is None withdraws its date.

    They replace the "effective" date in *region*, those of the "same" place and type, or "all".
    Changes are recorded as moves, *announced* on that day and found at *source*; without a day,
    none is recorded.
    """

    rows: Sequence[Table]
    replaces: Literal["effective", "same", "all"]
    region: str | None
    announced: date | str | None = None
    source: str | None = None


class DateChange(NamedTuple):
    """A date of a release before and after an edit, as TOML values; None where there is none.

    *place* has the keys `region`, `type` and `place` of its row.
    """

    place: Table
    before: Any
    after: Any


def edited_dates(table: Table, edit: DateEdit) -> list[Table]:
    """The dates of the release *table* after *edit*, as rows.

    Raises UsageError if it isn't clear which date is meant, or if there is none to withdraw.
    """
    dates = _date_tables(table)
    if edit.replaces == "effective":
        effective = _effective(table, dates, edit.region)
        return _replace_effective(dates, effective, edit.rows[0]["date"])
    if edit.replaces == "same":
        return _merge_dates(dates, edit.rows)
    return [row for row in edit.rows if row["date"] is not None]


def changes(table: Table, dates: list[Table], edit: DateEdit) -> Iterator[DateChange]:
    """The changes from the dates of the release *table* to *dates*, the result of *edit*.

    The first date of a release is a change; a date for an additional region isn't, nor is one in
    place of a date that can't be read.
    """
    if edit.replaces == "all" or _effective(table, _date_tables(table), edit.region) is None:
        return _effective_change(table, dates, edit.region)
    return _date_changes(_date_tables(table), dates)


def move_row(change: DateChange, edit: DateEdit) -> Table:
    """The row of `moves` for a *change* by *edit*."""
    move = {
        "announced": edit.announced,
        "from": change.before,
        "to": change.after,
        "source": edit.source,
    }
    return {key: value for key, value in move.items() if value is not None}


def without_moves_from(table: Table, moves: list[Table]) -> list[Table]:
    """*moves* without those that led away from the dates of the release *table*, step by step.

    Its own moves stay.
    """
    kept, dates = [], {_edtf(row.get("date")) for row in _date_tables(table)} or {None}
    for move in moves:
        if move in table.get("moves", []) or _edtf(move.get("from")) not in dates:
            kept.append(move)
        else:
            dates.add(_edtf(move.get("to")))
    return kept


def _edtf(value: object) -> str | None:
    return None if value is None else edtf.from_toml(value).edtf


def _date_tables(table: Table) -> list[Table]:
    """The dates of *table*; the one from the key `date` comes first."""
    return [*([{"date": table["date"]}] if "date" in table else []), *table.get("dates", [])]


def _merge_dates(dates: list[Table], changes: Sequence[Table]) -> list[Table]:
    """*dates*, in which each of *changes* replaces the one of its place and type.

    A change without a type takes the type of the region's only date. Raises UsageError if the
    region has several, or if there is no date to withdraw. `unstated` is treated like a region.
    """
    merged = {(_market(row), row.get("type")): row for row in dates}
    for change in changes:
        market, type = _market(change), change.get("type")
        # A premiere is never the effective date, so another date must not replace it.
        types = [t for place, t in merged if market and place == market and t != "premiere"]
        if type is None and len(types) > 1 and None not in types:
            hint = f"Say which, like {market}/{types[0]}={_shown(change['date'])}"
            raise UsageError(f"--date: There are several dates for {_in_words(market)}. {hint}.")
        if type is None and len(types) == 1 and types[0] is not None:
            type = types[0]
            change = {**change, "type": type}
        if change["date"] is not None:
            # An equal date keeps its spelling.
            if not is_same_date(merged.get((market, type), {}).get("date"), change["date"]):
                merged[market, type] = change
        elif merged.pop((market, type), None) is None:
            place = " ".join(part for part in (_in_words(market), type) if part)
            raise UsageError(f"--date: There's no date for {place} to withdraw.")
    return [*merged.values()]


def has_unreadable_date(table: Table) -> bool:
    """True if a date of the release *table* can't be read."""
    return any(_read_row(row) is None for row in _date_tables(table))


def _read_row(row: Table) -> AnnouncedDate | None:
    """The date of a *row*; None if it has a mistake."""
    problems: Problems = []
    values = release_reader.read_keys({"dates": [row]}, (), problems)
    dates = cast("tuple[AnnouncedDate, ...]", values.get("dates", ()))
    return None if problems else dates[0]


def _effective(
    table: Table, dates: list[Table], region: str | None
) -> tuple[int, EffectiveDate] | None:
    """Which of *dates*, those of the release *table*, counts in *region*; None if none does.

    Mistakes in other keys of *table* don't matter, and rows with a mistake don't count.
    """
    problems: Problems = []
    country = {key: table[key] for key in ("country",) if key in table}
    countries = cast(
        "tuple[str, ...]", release_reader.read_keys(country, (), problems).get("country", ())
    )
    rows = [_read_row(row) for row in dates]
    effective = choose_date(
        [row for row in rows if row is not None],
        region=region,
        home=countries[0] if countries else HOME_MARKET,
    )
    return None if effective is None else (rows.index(effective.dated), effective)


def _replace_effective(
    dates: list[Table], effective: tuple[int, EffectiveDate] | None, new_date: Any
) -> list[Table]:
    """*dates* with *new_date* in place of the *effective* one, or without it if that is None.

    If no date counts, one that can't be read is replaced. Raises UsageError if there is nothing to
    withdraw, or if none of several is for the region.
    """
    if effective is None:
        unreadable = [
            at
            for at, row in enumerate(dates)
            if row.get("type") != "premiere" and _read_row(row) is None
        ]
        if len(unreadable) > 1:
            hint = (
                f"Say which, like BR={_shown(new_date)}, or worldwide={_shown(new_date)} for all."
            )
            raise UsageError(f"--date: Several dates can't be read. {hint}")
        if not unreadable and new_date is None:
            raise UsageError("--date: There's no date to withdraw.")
        if not unreadable:
            return [*dates, {"date": new_date}]
        index = unreadable[0]
    else:
        index, (dated, fallback) = effective
        if fallback and len(dates) > 1:
            markets = dict.fromkeys(escape_hostile(_in_words(_market(row))) for row in dates)
            new = _shown(new_date)
            hint = f"Say which, like --date {dated.market}={new}, or worldwide={new} for all."
            raise UsageError(f"--date: There are dates for {', '.join(markets)}. {hint}")
        if is_same_date(dates[index]["date"], new_date):
            return dates  # It keeps its spelling.
    # The source of the old date, and whether it was verified, don't apply to the new one.
    rows = [] if new_date is None else [{"date": new_date, **_place(dates[index])}]
    return [*dates[:index], *rows, *dates[index + 1 :]]


def _date_changes(before: list[Table], after: list[Table]) -> Iterator[DateChange]:
    """The dates that differ, by region and type, but premieres: nobody waits for these."""
    new = {row_identity("dates", row): row["date"] for row in after}
    for row in before:
        new_date = new.get(row_identity("dates", row))
        if row.get("type") == "premiere" or _read_row(row) is None:
            continue
        if not is_same_date(row["date"], new_date):
            yield DateChange(_place(row), row["date"], new_date)


def _effective_change(table: Table, dates: list[Table], region: str | None) -> Iterator[DateChange]:
    """The change of the effective date in *region* between *table* and *dates*, if any."""
    rows = [_effective_row(table, rows, region) for rows in (_date_tables(table), dates)]
    old_date, new_date = (row.get("date") for row in rows)
    if old_date is None and has_unreadable_date(table):
        return  # It isn't the first date, and nobody knows what it was.
    if not is_same_date(old_date, new_date):
        yield DateChange(_place(rows[1]), old_date, new_date)


def _effective_row(table: Table, dates: list[Table], region: str | None) -> Table:
    """The row of *dates*, those of the release *table*, that counts; empty if there is none."""
    effective = _effective(table, dates, region)
    return {} if effective is None else dates[effective[0]]


def _market(row: Table) -> str | None:
    """The region of *row* or `unstated`; None is the whole world."""
    market: str | None = row.get("region") or row.get("place")
    return market


def _in_words(market: str | None) -> str:
    return "no stated place" if market == UNSTATED else market or "the whole world"


def _place(row: Table) -> Table:
    return {key: row[key] for key in ("region", "type", "place") if key in row}


def is_same_date(old: object, new: object) -> bool:
    """True if two TOML values are the same date, however each is written."""
    if old is None or new is None:
        return old is new
    try:
        return edtf.from_toml(old).edtf == edtf.from_toml(new).edtf
    except ValueError:
        return False  # One of them can't be read.


def _shown(new_date: Any) -> str:
    return "none" if new_date is None else str(new_date)
