"""New dates for a release: which of its dates they replace, and the moves to record for that."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, Literal, NamedTuple

from countdown.catalogue import release_reader
from countdown.catalogue.document import row_identity
from countdown.catalogue.load import Table
from countdown.core import edtf
from countdown.core.effective_date import EffectiveDate, effective_date
from countdown.core.regions import UNSTATED
from countdown.core.release import Release
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
        return _replace_effective(dates, _effective(table, edit.region), edit.rows[0]["date"])
    if edit.replaces == "same":
        return _merge_dates(dates, edit.rows)
    return [row for row in edit.rows if row["date"] is not None]


def changes(table: Table, dates: list[Table], edit: DateEdit) -> Iterator[DateChange]:
    """The changes from the dates of the release *table* to *dates*, the result of *edit*.

    The first date of a release is a change; a date for an additional region isn't.
    """
    if edit.replaces == "all" or _effective(table, edit.region) is None:
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


def _effective(table: Table, region: str | None) -> tuple[Release, EffectiveDate] | None:
    """The release *table*, and its date that counts in *region*; None if there is none."""
    release = release_reader.release(table, (), [])
    effective = effective_date(release, region=region) if release else None
    return None if release is None or effective is None else (release, effective)


def _replace_effective(
    dates: list[Table], effective: tuple[Release, EffectiveDate] | None, new_date: Any
) -> list[Table]:
    """*dates* with *new_date* in place of the *effective* one, or without it if that is None.

    Raises UsageError if there is nothing to withdraw, or if none of several is for the region.
    """
    if effective is None:
        if new_date is None:
            raise UsageError("--date: There's no date to withdraw.")
        return [*dates, {"date": new_date}]
    release, (dated, fallback) = effective
    if fallback and len(release.dates) > 1:
        markets = dict.fromkeys(_in_words(date.market) for date in release.dates)
        new = _shown(new_date)
        hint = f"Say which, like --date {dated.market}={new}, or worldwide={new} for all."
        raise UsageError(f"--date: There are dates for {', '.join(markets)}. {hint}")
    index = release.dates.index(dated)
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
        if row.get("type") != "premiere" and not is_same_date(row["date"], new_date):
            yield DateChange(_place(row), row["date"], new_date)


def _effective_change(table: Table, dates: list[Table], region: str | None) -> Iterator[DateChange]:
    """The change of the effective date in *region* between *table* and *dates*, if any."""
    country = table.get("country", [])
    rows = [_effective_row(rows, region, country) for rows in (_date_tables(table), dates)]
    old_date, new_date = (row.get("date") for row in rows)
    if not is_same_date(old_date, new_date):
        yield DateChange(_place(rows[1]), old_date, new_date)


def _effective_row(dates: list[Table], region: str | None, country: list[str]) -> Table:
    """The row of *dates* that counts in *region*; empty if there is none."""
    release_table = {"id": "x", "title": "X", "kind": "film", "country": country, "dates": dates}
    effective = _effective(release_table, region)
    if effective is None:
        return {}
    release, (dated, _) = effective
    return dates[release.dates.index(dated)]


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
    return edtf.from_toml(old).edtf == edtf.from_toml(new).edtf


def _shown(new_date: Any) -> str:
    return "none" if new_date is None else str(new_date)
