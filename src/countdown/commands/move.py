"""`countdown move`: give a release a new date."""

from typing import Any

import click

from countdown.catalogue.overlays import UserCatalogue
from countdown.cli import options, release_options, user_catalogue
from countdown.cli.session import Session, session
from countdown.core import edtf, wording
from countdown.core.dates import ReleaseDate
from countdown.core.release import Move
from countdown.errors import UsageError

_WITHDRAWN = "none"


@options.command(
    "move",
    "countdown move extraction-3 2027-06-11 --source https://example.org/news",
    'countdown move "Avengers: Doomsday" 2026-12-16 --region BR --announced 2026-11-20',
    "countdown move extraction-4 none                  the date was withdrawn",
    exclude=user_catalogue.EXCLUDED_OPTIONS,
)
@click.argument("release", metavar="ID")
@click.argument("to", metavar="DATE")
@click.option("--source", metavar="URL", help="Where that can be read.")
@click.option("--announced", metavar="DATE", help="When it was announced.  [default: today]")
@user_catalogue.dry_run
def command(
    ctx: click.Context,
    /,
    release: str,
    to: str,
    source: str | None,
    announced: str | None,
    dry_run: bool,
) -> None:
    """Change the DATE of a release, named by id or title, and note in your catalogue that it moved.

    Of several dates, the one that counts in your --region moves. With none, it is withdrawn.
    """
    current = session(ctx)
    location = user_catalogue.location()
    identifier = user_catalogue.identifier(release, current, location)
    announced_on = current.now.today
    if announced is not None:
        announced_on = _read_date("--announced", announced, current)
    after = None if to.casefold() == _WITHDRAWN else _read_date("DATE", to, current)
    if source is not None:
        _check_value("--source", "sources", [source])
    confirmations: list[str] = []

    def alter(catalogue: UserCatalogue) -> None:
        previous = catalogue.move(
            identifier, after, region=current.region, announced=announced_on, source=source
        )
        last = catalogue.find(identifier)["moves"][-1]
        move = Move(_release_date(last.get("from")), _release_date(last.get("to")))
        place = " ".join(previous[key] for key in ("region", "type") if key in previous)
        name = f"{identifier}, {place}" if place else identifier
        confirmations.append(_describe(name, move, current.date_style))

    user_catalogue.change(current, alter, dry_run=dry_run, confirmation=lambda: confirmations[-1])


def _read_date(name: str, text: str, current: Session) -> Any:
    """*text* as a TOML date or in EDTF. Raises UsageError, with *name* as what is wrong."""
    reader = release_options.DateReader(current.now.today, current.region)
    value = release_options.read_date(text, reader, origin=name)
    _check_value(name, "checked", value)
    return value


def _check_value(name: str, key: str, value: object) -> None:
    """Raise UsageError, with *name* as what is wrong, if *value* is none of *key*."""
    problems = release_options.check({key: value})
    if problems:
        raise UsageError(f"{name}: {problems[0].partition(': ')[2]}")


def _release_date(value: object) -> ReleaseDate | None:
    return None if value is None else edtf.from_toml(value)


def _describe(name: str, move: Move, style: str) -> str:
    """`Moved extraction-3: 2027 → 11 Jun 2027, 203 days earlier`."""
    before = wording.format_date(move.before, style) if move.before else "undated"
    after = wording.format_date(move.after, style) if move.after else "withdrawn"
    by = ""
    if move.days:
        by = f", {wording.days(abs(move.days))} {'later' if move.days > 0 else 'earlier'}"
    return f"Moved {name}: {before} → {after}{by}"
