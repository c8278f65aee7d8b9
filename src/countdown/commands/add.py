"""`countdown add`: a new release in the user's own catalogue."""

from collections.abc import Sequence
from typing import Final, cast

import click

from countdown.catalogue import release_reader, store
from countdown.catalogue.load import Table
from countdown.catalogue.new_ids import make_id
from countdown.catalogue.new_releases import Namesake
from countdown.catalogue.overlays import UserCatalogue
from countdown.cli import options, release_options, user_catalogue
from countdown.cli.messages import warn
from countdown.cli.release_options import FactTexts
from countdown.cli.session import Session, session
from countdown.core.outlook import outlook
from countdown.core.release import Release
from countdown.errors import UsageError

_MAX_MENTIONED: Final = 3  # other releases of that title


@options.command(
    "add",
    'countdown add "Extraction 4" --date "Q4 2027" --platform Netflix',
    'countdown add "Dune: Part Four" --cast "Zendaya as Chani" --stage announced',
    "countdown add Andor --kind season --season 3 --date US=2028-04",
    "countdown add                        asks four questions",
    exclude=user_catalogue.EXCLUDED_OPTIONS,
)
@click.argument("title", nargs=-1)
@click.option("--id", "identifier", metavar="ID", help="Its id. [default: made from the title]")
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
    """Add a release to your own catalogue. Interactive without a TITLE.

    A title that the catalogue has is refused, unless the year, season or kind is another. Your
    comments and layout are kept. countdown undo takes it back.
    """
    current = session(ctx)
    today = current.now.today
    facts = release_options.without_undated(facts)
    if title:
        if not " ".join(title).strip():
            raise UsageError("The title is empty. To be asked for everything: countdown add")
        kind = "season" if "season" in facts else "film"
        facts = {"kind": kind, **facts, "title": " ".join(title).strip()}
    else:
        from countdown.cli import interview  # Deferred: only for a command without a title.

        catalogue = store.read(user_catalogue.location())
        # Problems of the options must come before the questions.
        catalogue.check_new(release_options.read_table(facts, today=today, region=current.region))
        facts, identifier = interview.ask_facts(
            current, facts, identifier=identifier, catalogue=catalogue
        )
    # An interview has echoed all dates, and has asked about other releases of that title.
    table = release_options.read_table(
        facts, today=today, region=current.region, echo=bool(title), names={"title": "The title"}
    )
    if not identifier:
        identifier = make_id(table, store.read(user_catalogue.location()).ids)
    table = {"id": identifier, **table}
    problems = release_options.check({"id": identifier})
    if problems:
        raise UsageError(*problems)
    namesakes: list[Namesake] = []

    def alter(catalogue: UserCatalogue) -> None:
        namesakes[:] = catalogue.namesakes(table)
        catalogue.add(catalogue.spelled(table), is_another=not title)

    user_catalogue.change(
        current,
        alter,
        command=f"add {table['title']}",
        dry_run=dry_run,
        confirmation=lambda: (_confirmation(table, current),),
    )
    if title and not dry_run:
        _mention(namesakes)


def _mention(namesakes: Sequence[Namesake]) -> None:
    """Say on stderr which releases of another year have the title, in case one of them is meant."""
    for namesake in namesakes[:_MAX_MENTIONED]:
        warn(namesake.sentence)


def _confirmation(table: Table, current: Session) -> str:
    """`Added Extraction 4 (extraction-4): Q4 2027 · 13 months`."""
    release = cast("Release", release_reader.release(table, (), []))  # read_table has checked it.
    counted = outlook(release, now=current.now, region=current.region)
    when = user_catalogue.time_left(counted, current.date_style)
    return f"Added {release.name} ({release.id}): {when}"
