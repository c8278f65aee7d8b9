"""`countdown add`: a new release in the user's own catalogue."""

from typing import cast

import click

from countdown.catalogue import release_reader, store
from countdown.catalogue.identifiers import make_id
from countdown.catalogue.load import Table
from countdown.cli import options, release_options, user_catalogue
from countdown.cli.release_options import FactTexts
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
    "countdown add                             asks four questions",
    exclude=user_catalogue.EXCLUDED_OPTIONS,
)
@click.argument("title", nargs=-1)
@click.option("--id", "identifier", metavar="ID", help="Its id.  [default: made of the title]")
@release_options.options(exclude=("title",))
@user_catalogue.dry_run
def command(
    ctx: click.Context,
    /,
    title: tuple[str, ...],
    identifier: str | None,
    dry_run: bool,
    facts: FactTexts,
) -> None:
    """Put a release of your own into your catalogue. Without a TITLE, you are asked.

    It is checked like any catalogue; comments and order stay, and countdown undo takes it back.
    """
    current = session(ctx)
    today = current.now.today
    facts = release_options.without_undated(facts)
    if title:
        if not " ".join(title).strip():
            raise UsageError("the title is empty; without one, countdown add asks")
        kind = "season" if "season" in facts else "film"
        facts = {"kind": kind, **facts, "title": " ".join(title).strip()}
    else:
        from countdown.cli import interview  # Deferred: only for a command without a title.

        catalogue = store.read(user_catalogue.location())
        # Problems of the options must come before the questions.
        catalogue.check_new(release_options.read_table(facts, today=today, echo=False))
        facts, identifier = interview.ask_facts(
            current, facts, identifier=identifier, titles=catalogue.titles
        )
    table = release_options.read_table(facts, today=today, region=current.region)
    if not identifier:
        identifier = make_id(table, store.read(user_catalogue.location()).titles)
    table = {"id": identifier, **table}
    problems = release_options.check({"id": identifier})
    if problems:
        raise UsageError(*problems)
    user_catalogue.change(
        current,
        lambda catalogue: catalogue.add(catalogue.spelled(table)),
        command=f"add {table['title']}",
        dry_run=dry_run,
        confirmation=lambda: (_confirmation(table, current),),
    )


def _confirmation(table: Table, current: Session) -> str:
    """`Added Extraction 4 (extraction-4): Q4 2027 · 13 months`."""
    release = cast("Release", release_reader.release(table, (), []))  # read_table has checked it.
    counted = outlook(release, now=current.now, region=current.region)
    style, day = current.date_style, ""
    if counted.date and counted.date.precision in ("day", "instant"):
        day = f"{wording.format_date(counted.date, style)}, "
    return f"Added {release.name} ({release.id}): {day}{wording.time_left(counted, style)}"
