"""`countdown add`: a release of the user's own."""

from typing import Any, cast

import click

from countdown.catalogue import release_reader, store
from countdown.catalogue.load import Table
from countdown.cli import options, release_options, user_catalogue
from countdown.cli.session import Session, session
from countdown.core import wording
from countdown.core.outlook import outlook
from countdown.core.release import Release
from countdown.errors import UsageError


@options.command(
    "add",
    'countdown add "Extraction 4" --date "Q4 2027" --platform Netflix',
    'countdown add "Dune: Part Four" --cast "Zendaya as Chani" --stage announced',
    "countdown add Andor --kind season --season 3 --date US=2028-04 --date BR=2028-05",
    "countdown add                             asks for one thing after the other",
    without=user_catalogue.WITHOUT,
)
@click.argument("title", nargs=-1)
@click.option("--id", "identifier", metavar="ID", help="Its id.  [default: made of the title]")
@release_options.options(without=("title",))
@user_catalogue.dry_run
def command(
    ctx: click.Context,
    /,
    title: tuple[str, ...],
    identifier: str | None,
    dry_run: bool,
    **given: Any,
) -> None:
    """Put a release of your own into your catalogue. Without a TITLE, you are asked.

    It is checked like any catalogue; comments and order stay, and countdown undo takes it back.
    """
    current = session(ctx)
    said = {key: value for key, value in given.items() if value not in (None, ())}
    if title:
        if not " ".join(title).strip():
            raise UsageError("the title is empty; without one, countdown add asks")
        kind = "season" if "season" in said else "film"
        said = {"kind": kind, **said, "title": " ".join(title).strip()}
    else:
        from countdown.cli import interview  # Deferred: only who types no title is asked.

        book = store.read(user_catalogue.location())
        # What is wrong is told before it asks.
        book.check_new(release_options.table(said, today=current.now.today))
        said, identifier = interview.answers(current, said, identifier=identifier, ids=book.ids)
    table = release_options.table(said, today=current.now.today)
    table = {"id": identifier or release_options.slug(table), **table}
    problems = release_options.check({"id": table["id"]})
    if problems:
        raise UsageError(*problems)
    user_catalogue.change(
        current, lambda book: book.add(table), dry_run=dry_run, told=lambda: _told(table, current)
    )


def _told(table: Table, current: Session) -> str:
    release = cast("Release", release_reader.release(table, (), []))  # It has been checked.
    seen = outlook(release, now=current.now, region=current.region)
    when = f"{wording.format_date(seen.date, current.date_style)}, " if seen.date else ""
    return f"Added {release.name} ({release.id}): {when}{wording.time_left(seen)}"
