"""Warnings about days that must have passed, but are in the future: slips of the keyboard."""

from datetime import date
from typing import Final

from countdown.cli.messages import warn
from countdown.core import edtf
from countdown.toml.parse import Table

_REACHED: Final = ("wrapped", "post-production", "completed")  # stages that nobody says in advance


def warn_of_future(option: str, value: date | str, today: date) -> None:
    """Say on stderr that *value* of *option* is after *today*; in the east it is tomorrow."""
    if (edtf.from_toml(value).earliest - today).days > 1:
        warn(f"{option}: {value} is in the future. Is that right?")


def warn_of_facts(table: Table, today: date) -> None:
    """Say on stderr which days of *table*, the facts of a release, can't be after *today*."""
    if "checked" in table:
        warn_of_future("--checked", table["checked"], today)
    if "stage_since" in table and table.get("stage") in _REACHED:
        warn_of_future("--stage-since", table["stage_since"], today)
