"""Dates and windows in other languages than English, by the tables in core/date_tables. No I/O."""

from countdown.core.day_style import is_month_end

TYPE_CHECKING = False  # The prompt comes this way without typing: see entry.
if TYPE_CHECKING:
    from datetime import date
    from typing import Final

    from countdown.core.dates import ReleaseDate

    Table = dict[str, str]

_TABLES: "Final[dict[str, Table]]" = {}  # by language, filled on first use
# Codes of EDTF in the order of `parts_of_year`: seasons, thirds, halves.
PARTS_OF_YEAR: "Final" = (21, 22, 23, 24, 37, 38, 39, 40, 41)
FIRST_QUARTER: "Final" = 33  # in EDTF
_LISTS: "Final" = ("long_months", "short_months", "own_long_months", "own_short_months")


def table_of(language: str) -> "Table":
    """The table of *language*, one of day_style.LANGUAGES."""
    if language not in _TABLES:
        module = __import__(f"countdown.core.date_tables.{language}", fromlist=["TABLE"])
        _TABLES[language] = module.TABLE
    return _TABLES[language]


def format_day(on: "date", language: str, *, has_year: bool = True) -> str:
    """`8. Juli 2022`, `2022年7月8日`; without its year `8. Juli`."""
    return _filled("day_form" if has_year else "day_without_year_form", on, language)


def short_day(on: "date", language: str, *, year: bool = False) -> str:
    """`Fr., 8. Juli`, `7月8日(金)`; with *year*, that too."""
    return _filled("short_day_and_year_form" if year else "short_day_form", on, language)


def long_day(on: "date", language: str) -> str:
    """`Freitag, 8. Juli 2022`, `2022年7月8日金曜日`."""
    return _filled("long_day_form", on, language)


def day_of_month(on: "date", language: str) -> str:
    """`Fr.,  8.`, `8日(金)`, below the heading of its month, padded so that numbers line up."""
    fields = _fields(on, language)
    day = f" {fields['day']}" if on.day < 10 else fields["day"]
    return table_of(language)["day_of_month_form"].format_map({**fields, "day": day})


def weekday(on: "date", language: str) -> str:
    """`Freitag`, `金曜日`."""
    return table_of(language)["weekdays"].split(";")[on.weekday()]


def short_weekdays(language: str) -> "list[str]":
    """The short names of the weekdays, Monday first: `Mo.`, `月`."""
    return table_of(language)["short_weekdays"].split(";")


def format_month(on: "date", language: str) -> str:
    """`Dez. 2022`, `2022年12月`."""
    return _filled("month_form", on, language)


def long_month(on: "date", language: str, *, year: bool = False) -> str:
    """`Dezember`, or with *year* `Dezember 2022`, as it stands alone."""
    if year:
        return _filled("long_month_form", on, language)
    return table_of(language)["own_long_months"].split(";")[on.month - 1]


def format_window(when: "ReleaseDate", language: str, *, long: bool = False) -> str:
    """*when* without its qualifier: `8. Juli 2022`, `Q4 2027`, `Sommer 2027 (Juni–Aug.)`.

    With *long*, days and months are in full.
    """
    if when.is_open:
        from countdown.core.dates import start_of  # Deferred: prompts have no windows.

        return f"{format_window(start_of(when), language, long=long)}–"
    first, last, precision = when.earliest, when.latest, when.precision
    if precision in ("day", "instant"):
        return long_day(first, language) if long else format_day(first, language)
    if precision == "month":
        return long_month(first, language, year=True) if long else format_month(first, language)
    if precision == "year":
        return _filled("year_form", first, language)
    if precision == "decade":
        return f"{first.year}–{last.year}"
    if precision == "interval":
        return _interval(first, last, language)
    label = part_of_year(int(when.edtf[5:7]), first, language, long=long)
    if precision == "quarter":
        return label
    months = [_short_month(on, language) for on in (first, last)]
    return f"{label} ({'–'.join(months)})"


def part_of_year(code: int, first: "date", language: str, *, long: bool = False) -> str:
    """The season, quarter, third or half with the EDTF *code*, which begins on *first*."""
    if code in PARTS_OF_YEAR:
        names = table_of(language)["parts_of_year"].split(";")
        return names[PARTS_OF_YEAR.index(code)].format(year=first.year)
    return _filled("quarter_form" if long else "short_quarter_form", first, language)


def _short_month(on: "date", language: str) -> str:
    return table_of(language)["own_short_months"].split(";")[on.month - 1]


def _interval(first: "date", last: "date", language: str) -> str:
    """`3.–9. Juni 2027`, `Jan.–Apr. 2027`, `Nov. 2027–Feb. 2028`, `3. Juni–4. Juli 2027`."""
    whole_months = first.day == 1 and is_month_end(last)
    if first.year != last.year:
        form = "months_over_years_form" if whole_months else "days_over_years_form"
    elif whole_months:
        if first.month == last.month:
            return format_month(first, language)
        form = "months_in_year_form"
    else:
        form = "days_in_month_form" if first.month == last.month else "days_in_year_form"
    begin, _, end = table_of(language)[form].partition("|")
    return begin.format_map(_fields(first, language)) + end.format_map(_fields(last, language))


def _filled(form: str, on: "date", language: str) -> str:
    return table_of(language)[form].format_map(_fields(on, language))


def _fields(on: "date", language: str) -> "dict[str, str | int]":
    """The parts of the day *on*, as numbers and in words, by their names in forms."""
    table, weekday, quarter = table_of(language), on.weekday(), (on.month - 1) // 3
    first = table.get("first_of_month")  # of French: `1er`
    return {
        "year": on.year,
        "month": on.month,
        "day": first if first and on.day == 1 else on.day,
        "quarter_number": quarter + 1,
        **{name[:-1]: table[name].split(";")[on.month - 1] for name in _LISTS},
        "weekday": table["weekdays"].split(";")[weekday],
        "short_weekday": table["short_weekdays"].split(";")[weekday],
        "quarter": table["quarters"].split(";")[quarter],
        "short_quarter": table["short_quarters"].split(";")[quarter],
    }
